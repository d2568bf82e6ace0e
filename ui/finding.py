"""What the one search box finds in the open file."""

from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.i18n import _, ngettext
from casemgr.services import households
from ui.desk import Desk
from ui.places import Place
from ui.tones import class_tone
from ui.widgets.search_box import Hit

_MOST = 8


def find_everything(desk: Desk, text: str) -> list[Hit]:
    """The best hits for a text, best first."""
    ids = desk.workspace.read(households.find, households.HouseholdQuery(text=text))[:_MOST]
    return [
        Hit(
            "house-line",
            row.head,
            " · ".join(
                (
                    row.code,
                    row.hamlet,
                    ngettext("{count} person", "{count} people", row.people).format(count=row.people),
                )
            ),
            Place("households", row.id),
            _(CLASS_SHORT_LABELS[row.class_value]),
            class_tone(row.class_value),
        )
        for row in desk.workspace.read(households.rows, ids)
    ]

"""Career advice of pupils: who was advised in a year, and which way they chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QLabel

from casemgr.domain.text import clean, fold
from casemgr.domain.training import TRACK_LABELS, Track
from casemgr.i18n import _, format_number
from casemgr.services import career_advice, households
from casemgr.services.career_advice import AdviceData, AdviceView
from ui.pages.training.columns import ADVICE
from ui.pages.training.fields import advice_fields
from ui.record_topic import Kind, RecordTopic
from ui.translation import Says
from ui.who_editor import Chosen
from ui.widgets.chips import Chip
from ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job

_YEARS = 5


class AdviceTopic(RecordTopic):
    """The talks of a year; chips narrow them by the way chosen."""

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "advice",
            "student",
            lambda: _("New advice"),
            lambda: _("Career advice"),
            lambda: _("No career advice yet"),
            lambda: _("Write down which way a pupil chose: upper secondary school, a trade, continuing education."),
            lambda: _("Pupil or school"),
        )
        chips = [Chip(track.value, partial(_, words)) for track, words in TRACK_LABELS.items()]
        self._known: dict[UUID, AdviceView] = {}
        self.year: ChoiceBox[int] = ChoiceBox()
        self.tracks = QLabel()
        super().__init__(desk, kind, ADVICE, advice_fields(desk), chips)
        this = self.today.year
        self.year.setObjectName("adviceYear")
        self.year.set_choices([(year, partial(str, year)) for year in range(this, this - _YEARS, -1)])
        self.year.set_value(this)
        Says(self.year, self.year.setAccessibleName, lambda: _("Year"))
        self.year.chosen.connect(self.refresh)
        self.top.insertWidget(0, self.year)
        self.tracks.setObjectName("adviceTracks")
        self.tracks.setProperty("class", "strong")
        self.tracks.setWordWrap(True)
        left = self.stack.parentWidget()
        layout = left.layout() if left is not None else None
        if layout is not None:
            layout.addWidget(self.tracks)
        self.refresh()

    def read_rows(self) -> Sequence[AdviceView]:
        """The talks as narrowed."""
        year = self.year.value() or self.today.year
        rows = self.desk.workspace.read(career_advice.of_year, year)
        counted = self.desk.workspace.read(career_advice.by_track, year)
        parts = [f"{_(TRACK_LABELS[track])}: {format_number(counted[track])}" for track in Track]
        self.tracks.setText(" · ".join(parts) if rows else "")
        wanted, on = fold(clean(self.text.text())), self.chips.on()
        found = [row for row in rows if wanted in fold(f"{row.person} {row.data.school}")]
        self._known = {row.id: row for row in rows}
        return [row for row in found if not on or row.data.track.value in on]

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One talk."""
        row = self._known[record]
        chosen = Chosen(row.data.household_id, row.data.person_id)
        return row.version, {**vars(row.data), "person_id": chosen}

    def blank(self) -> Mapping[str, Any]:
        """A new talk."""
        blank = {"person_id": None, "school": "", "grade": "", "adviser": "", "note": ""}
        return {**blank, "on": self.today, "track": Track.VOCATIONAL}

    def submit(self, form: Form) -> Job:
        """Write it down."""
        typed = form.values()
        chosen: Chosen = typed.pop("person_id")
        person = chosen.person_id
        if person is None:  # a household was chosen: its head
            home = self.desk.workspace.read(households.view, chosen.household_id)
            person = home.head.person_id if home.head is not None else None
        data = AdviceData(person_id=person, household_id=chosen.household_id, **typed)  # type: ignore[arg-type]  # told by the use case
        return self.desk.write(career_advice.keep, data, advice_id=self.record, version=self.version)

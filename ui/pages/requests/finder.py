"""Search before create: the one box that finds the household that asks, by name, code, number or a scanned card."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from casemgr.domain.cards import IdentityCard, parse_cccd_qr
from casemgr.domain.households import CLASS_LABELS, CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.people import PersonData
from casemgr.i18n import _, ngettext
from casemgr.services import households, people
from casemgr.services.households import HouseholdView
from casemgr.services.search import search
from casemgr.services.search_hits import Hit as Found
from ui.desk import Desk
from ui.icons import icon
from ui.theme import spaced
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.search_box import Hit, SearchBox

NEW: Final = "new"
"""What stands for a household that is not in the file."""
_MOST: Final = 7
_ASKED: Final = 12


def find_households(desk: Desk, text: str) -> list[Hit]:
    """Households a text or a scanned card means, best first, and last the way to enter a new one."""
    card = parse_cccd_qr(text)
    hits = _of_card(desk, card) if card is not None else _of_text(desk, text)
    told = _("It is not in the file: enter it, then come back here")
    return [*hits, Hit("plus", _("New household…"), told, NEW)]


def _of_text(desk: Desk, text: str) -> list[Hit]:
    """One line per household, under the name that was found."""
    found: dict[UUID, Found] = {}
    for hit in desk.workspace.read(search, text, limit=_ASKED, kinds=("household", "person")):
        if hit.household_id is not None:
            known = found.get(hit.household_id)
            if known is None or (known.kind == "person" and known.title == hit.title):
                found[hit.household_id] = hit
    return [_line(hit) for hit in list(found.values())[:_MOST]]


def _line(hit: Found) -> Hit:
    detail = " · ".join((hit.code, hit.subtitle if hit.active else _("no longer kept")))
    word = _(CLASS_SHORT_LABELS[hit.class_value]) if hit.kind == "household" else ""
    picture = "house-line" if hit.kind == "household" else "user"
    return Hit(picture, hit.title, detail, hit.household_id, word, class_tone(hit.class_value))


def _of_card(desk: Desk, card: IdentityCard) -> list[Hit]:
    """Whose card it is; nobody with that number is said first, so that Enter chooses nothing by accident."""
    data = PersonData(card.name or "", birth=card.birth, id_number=card.number)
    matches = desk.workspace.read(people.near_matches, data, limit=_MOST)
    hits = [
        Hit(
            "identification-card" if match.certain else "user",
            match.full_name,
            " · ".join(filter(None, (match.household, match.birth.text if match.birth else ""))),
            match.household_id,
        )
        for match in matches
        if match.household_id is not None
    ]
    if any(match.certain and match.household_id is not None for match in matches):
        return hits
    name = card.name or card.number
    told = _("Only the name and the birth year fit those below") if hits else ""
    nobody = Hit(
        "identification-card", _("Nobody in the file has the number of this card: {name}").format(name=name), told, None
    )
    return [nobody, *hits]


class _HouseholdBox(SearchBox):
    """The search box with its own words."""

    def changeEvent(self, event: QEvent) -> None:
        """Say the words again after a switch of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.say()

    def say(self) -> None:
        """Its own words."""
        words = _("Name, code, identity number, or scan the card")
        self.setPlaceholderText(words)
        self.setAccessibleName(_("Household that asks"))


class HouseholdFinder(Speaks):
    """The box, or the household chosen with a way to choose another."""

    chosen = Signal()
    """Another household, or none, is chosen."""
    new_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("householdFinder")
        self._desk = desk
        self.view: HouseholdView | None = None
        self.box = _HouseholdBox(self._find)
        self.box.setObjectName("requestHousehold")
        self.box.chosen.connect(self._on_chosen)
        self.box.say()
        self.name, self.meta = QLabel(), ElidedLabel()
        self.name.setObjectName("requestHouseholdName")
        self.name.setProperty("class", "h3")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        self.meta.setProperty("class", "soft")
        self.badge = Badge()
        self.other = QPushButton()
        self.other.setObjectName("requestHouseholdOther")
        self.other.setIcon(icon("arrows-clockwise"))
        self.other.clicked.connect(self.clear)
        self.problem = QLabel()
        self.problem.setObjectName("requestHouseholdProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.name)
        words.addWidget(self.meta)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addLayout(words, 1)
        row.addWidget(self.badge)
        row.addWidget(self.other)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=4)
        layout.addWidget(self.box)
        layout.addLayout(row)
        layout.addWidget(self.problem)
        self._show()
        self.retranslate()

    def show_household(self, household: UUID | None, *, fixed: bool = False) -> None:
        """Choose a household, or none; a fixed one cannot be changed for another."""
        self.view = self._desk.workspace.read(households.view, household) if household is not None else None
        self.problem.clear()
        self.other.setVisible(not fixed)
        self._show()
        self.other.setVisible(self.view is not None and not fixed)
        self.retranslate()

    def clear(self) -> None:
        """Choose another one."""
        self.show_household(None)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit()

    def say_problem(self, words: str) -> None:
        """What is wrong with the household."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words and self.view is None:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words again."""
        self.other.setText(_("Another household"))
        self.other.setAccessibleName(_("Choose another household"))
        view = self.view
        if view is None:
            return
        self.name.setText(view.name or _("Household without members"))
        count = len(view.members)
        members = ngettext("{count} person", "{count} people", count).format(count=count)
        self.meta.setText(" · ".join(filter(None, (view.code, view.hamlet, members))))
        current = view.current_class
        value = current.data.value if current else HouseholdClass.UNREVIEWED
        self.badge.show_text(_(CLASS_LABELS[value]), class_tone(value))

    def _find(self, text: str) -> Sequence[Hit]:
        return find_households(self._desk, text)

    def _on_chosen(self, target: object) -> None:
        if isinstance(target, UUID):
            self.show_household(target)
            self.chosen.emit()
        elif target == NEW:
            self.new_requested.emit()

    def _show(self) -> None:
        here = self.view is not None
        self.box.setVisible(not here)
        for widget in (self.name, self.meta, self.badge, self.other):
            widget.setVisible(here)
        self.problem.setVisible(bool(self.problem.text()))

"""The household of the sheet: who lives there, how old on the day of the survey, and what the file knows."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.offices import AREA_LABELS
from casemgr.domain.reviews import CASE_SOURCE_LABELS
from casemgr.i18n import _, format_number, ngettext
from casemgr.services.survey_sheets import SheetMember, SheetView
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.card import Card


class HouseholdSide(Speaks):
    """Words only; nothing here can be changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheetHousehold")
        self._sheet: SheetView | None = None
        self.facts, self.members, self.rounds = QLabel(), QLabel(), QLabel()
        for name, label in (("Facts", self.facts), ("Members", self.members), ("Rounds", self.rounds)):
            label.setObjectName(f"sheet{name}")
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.rounds.setProperty("class", "small")
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, spacing=10)
        for label in (self.facts, self.members, self.rounds):
            column.addWidget(label)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("sheetHouseholdArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        card = Card(lambda: _("Household"), margin=12)
        card.add(area, 1)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(card)

    def show_sheet(self, sheet: SheetView) -> None:
        """Show a household."""
        self._sheet = sheet
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        sheet = self._sheet
        if sheet is None:
            return
        before = _(CLASS_LABELS[sheet.opening])
        facts = [
            sheet.address,
            _(AREA_LABELS[sheet.area]) if sheet.area else _("Area type not known"),
            f"{before} {sheet.opening_year}" if sheet.opening_year else before,
            _(CASE_SOURCE_LABELS[sheet.source]),
            *sheet.flags,
        ]
        self.facts.setText("<br>".join(escape(fact) for fact in facts if fact))
        self.members.setText("".join(map(_member_words, sheet.members)))
        self.members.setAccessibleName(", ".join(member.name for member in sheet.members))
        earlier = sum(not one.counts for one in sheet.rounds)
        words = ngettext("{count} earlier survey is on record.", "{count} earlier surveys are on record.", earlier)
        self.rounds.setText(words.format(count=format_number(earlier)))
        self.rounds.setVisible(earlier > 0)


def _member_words(member: SheetMember) -> str:
    age = _("{age} years").format(age=member.age) if member.age is not None else _("age not known")
    first = " · ".join(part for part in (member.relation, age, member.birth) if part)
    facts = ", ".join(member.facts)
    return (
        f'<p style="margin:0 0 8px 0"><b>{escape(member.name)}</b><br>{escape(first)}'
        f"{'<br>' + escape(facts) if facts else ''}</p>"
    )

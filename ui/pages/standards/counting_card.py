"""A small calculator: so many days after a day, by the deadlines of the standard or by a number of one's own."""

from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout

from casemgr.domain.packs import Deadline, Pack
from casemgr.domain.reviews import HolidayKind
from casemgr.errors import NotFoundError
from casemgr.i18n import _, format_date, format_number, ngettext
from casemgr.services import holidays, packs
from ui.desk import Desk
from ui.pages.standards.columns import weekday
from ui.pages.standards.parts import days_words, word
from ui.theme import spaced
from ui.translation import Says, Speaks
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.date_edit import DateEdit
from ui.widgets.sentences import sentence

AHEAD: Final = 366 * 5
MOST: Final = 400
"""Days a period can have here."""
_FIRST_DAYS: Final = 3
_NAMED: Final = 6
"""Days left out that are named; the others are counted."""


class CountingCard(Speaks):
    """Counts while one types; the day an act is done on is not counted itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("countingCard")
        self._desk = desk
        self._deadlines: dict[str, Deadline] = {}
        self.start = DateEdit(whole=True, ahead=AHEAD)
        self.start.setObjectName("countStart")
        self.deadline: ChoiceBox[str] = ChoiceBox()
        self.deadline.setObjectName("countDeadline")
        self.days = QLineEdit()
        self.days.setObjectName("countDays")
        self.days.setMaxLength(3)
        self.result = sentence("countResult", "h3")
        self.told = sentence("countTold", "small")
        self.warning = sentence("countWarning", "problem")
        self.start.set_value(desk.workspace.now.astimezone().date())
        self.days.setText(str(_FIRST_DAYS))
        self.card = Card(lambda: _("Count days"), margin=10)
        grid = QFormLayout()
        spaced(grid, spacing=6)
        grid.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for words, widget in (
            (lambda: _("&After the day"), self.start),
            (lambda: _("&Deadline"), self.deadline),
            (lambda: _("&Number of days"), self.days),
        ):
            label = QLabel()
            label.setBuddy(widget)
            Says(label, label.setText, words)
            grid.addRow(label, widget)
        self.card.add(grid)
        for each in (self.result, self.told, self.warning):
            self.card.add(each)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.card)
        self.start.changed.connect(self.count)
        self.days.textEdited.connect(self._on_typed)
        self.deadline.chosen.connect(self._on_deadline)
        self.retranslate()

    def count(self) -> None:
        """Count again, by what is typed and by the table as it stands."""
        self._load_deadlines()
        start, text = self.start.day(), self.days.text().strip()
        number = int(text) if text.isascii() and text.isdigit() else None
        if start is None or number is None or number > MOST:
            self.result.setText("–")
            self.told.setText(_("Type a day and a number from 0 to {most}.").format(most=MOST))
            self.warning.setText("")
            return
        read = self._desk.workspace.read
        known = read(holidays.calendar)
        working = self.working
        end = known.add(start, number) if working else start + timedelta(days=number)
        self.result.setText(_("{weekday}, {date}").format(weekday=weekday(end), date=format_date(end)))
        said = read(holidays.warning, start, end) if working else None
        self.told.setText(self._left_out(start, end) if working else self._falls_on(end, known.is_workday(end)))
        self.warning.setText(said or "")

    @property
    def working(self) -> bool:
        """Whether working days are counted; all days where the chosen deadline says so."""
        chosen = self._deadlines.get(self.deadline.value() or "")
        return chosen is None or chosen.working

    def _left_out(self, start: date, end: date) -> str:
        days = {}
        for year in range(start.year, end.year + 1):
            for view in self._desk.workspace.read(holidays.holidays, year):
                if start < view.day <= end and not view.removed:
                    days[view.day] = view
        off = [view for view in days.values() if view.kind is HolidayKind.HOLIDAY]
        worked = [view for view in days.values() if view.kind is HolidayKind.WORKDAY]
        said = [_("Saturdays and Sundays are left out.")]
        if off:
            named = "; ".join(f"{format_date(view.day)} {view.name}" for view in off[:_NAMED])
            more = len(off) - _NAMED
            if more > 0:
                named += "; " + ngettext("{count} more", "{count} more", more).format(count=format_number(more))
            said.append(_("Days off left out: {days}.").format(days=named))
        if worked:
            said.append(
                _("Worked in exchange, counted: {days}.").format(
                    days=", ".join(format_date(view.day) for view in worked[:_NAMED])
                )
            )
        return " ".join(said)

    def _falls_on(self, end: date, workday: bool) -> str:
        said = _("All days are counted, as the standard says.")
        return said if workday else said + " " + _("The last day is a day off.")

    def _on_typed(self) -> None:
        chosen = self._deadlines.get(self.deadline.value() or "")
        if chosen is not None and self.days.text().strip() != str(chosen.days):
            self.deadline.set_value(None)
        self.count()

    def _on_deadline(self) -> None:
        chosen = self._deadlines.get(self.deadline.value() or "")
        if chosen is not None:
            self.days.setText(str(chosen.days))
        self.count()

    def _load_deadlines(self) -> None:
        pack = self._standard()
        fresh = dict(pack.deadlines) if pack is not None else {}
        if fresh == self._deadlines and self.deadline.count():
            return
        self._deadlines = fresh
        choices = [(key, partial(_deadline_words, key, one)) for key, one in fresh.items()]
        self.deadline.set_choices([(None, lambda: _("Working days")), *choices])
        if self.deadline.currentIndex() < 0:
            self.deadline.set_value(None)

    def _standard(self) -> Pack | None:
        today = self._desk.workspace.now.astimezone().date()
        try:
            return self._desk.workspace.read(packs.national, self.start.day() or today)
        except NotFoundError:  # a day before every standard of the program
            return None

    def retranslate(self) -> None:
        """Say the words again."""
        self.start.setAccessibleName(_("After the day"))
        self.deadline.setAccessibleName(_("Deadline of the standard"))
        self.days.setAccessibleName(_("Number of days"))
        self.count()


def _deadline_words(key: str, one: Deadline) -> str:
    return f"{word(key)}: {days_words(one)}"

"""Days off and days worked in exchange, year by year, and a small calculator of working days."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import HOLIDAY_LABELS, HolidayKind
from casemgr.errors import AppError
from casemgr.i18n import N_, _, format_date
from casemgr.services import holidays
from casemgr.services.holidays import HolidayView
from ui.desk import Desk
from ui.editors import ChoiceEditor, DayEditor, LineEditor, labelled
from ui.forms import Field
from ui.icons import icon
from ui.jobs import Job
from ui.models.rows import RowsModel
from ui.pages.standards.columns import HOLIDAYS, weekday
from ui.pages.standards.counting_card import CountingCard
from ui.pages.standards.topic import Topic
from ui.theme import sized, spaced, theme
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice
from ui.widgets.sentences import sentence

AHEAD: Final = 366 * 5
"""Days into the future for which a day can be entered."""


def _day() -> DayEditor:
    return DayEditor(ahead=AHEAD)


DAY_FIELDS: Final = (
    Field("day", N_("&Day"), _day, required=True),
    Field("name", N_("&What day it is"), LineEditor, required=True),
    Field("kind", N_("&Counts as"), lambda: ChoiceEditor(labelled(HOLIDAY_LABELS)), required=True),
)
EDIT_FIELDS: Final = DAY_FIELDS[1:]
SWAP_FIELDS: Final = (
    Field("off", N_("Day &off"), _day, required=True),
    Field("worked", N_("&Worked in exchange on"), _day, required=True, help=N_("A Saturday or Sunday")),
    Field("name", N_("&What for"), LineEditor, required=True),
)


class DaysTopic(Topic):
    """The table of one year; Enter corrects a day, Del takes it out or puts it back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("standardsDays")
        self._views: Sequence[HolidayView] = ()
        self._editing: date | None = None
        self._kept: date | None = None
        self.year: ChoiceBox[int] = ChoiceBox()
        self.year.setObjectName("daysYear")
        self.year.chosen.connect(self._show_year)
        self.warning = sentence("daysWarning", "problem")
        self.add, self.swap, self.edit, self.out = (QPushButton() for _each in range(4))
        self.model: RowsModel[int, HolidayView] = RowsModel(HOLIDAYS, lambda ids: [self._views[each] for each in ids])
        self.table = ListTable(self.model, name="daysTable")
        self.table.opened.connect(lambda _row: self.begin_edit())
        self.table.current_changed.connect(lambda _row: self._say_out())
        self.day_card = VerbCard(
            lambda: _("Day off or day worked"), lambda: _("Keep the day"), DAY_FIELDS, self._keep, name="day"
        )
        self.edit_card = VerbCard(
            lambda: _("Correct the day"), lambda: _("Keep the day"), EDIT_FIELDS, self._correct, name="dayEdit"
        )
        self.swap_card = VerbCard(
            lambda: _("Days exchanged"), lambda: _("Keep both days"), SWAP_FIELDS, self._swap, name="swap"
        )
        self.editing = sentence("dayEditing", "strong")
        self.edit_card.body.insertWidget(0, self.editing)
        self.cards = (self.day_card, self.edit_card, self.swap_card)
        self.counting = CountingCard(desk)
        for card in self.cards:
            card.hide()
            card.done.connect(self._on_done)
            card.closed.connect(self._close_cards)
        self.nothing = EmptyState(
            "calendar-x",
            self._nothing_title,
            lambda: _("Until it is entered only Saturdays and Sundays are left out of working days."),
            (lambda: _("Add a day…"),),
        )
        self.nothing.setObjectName("daysNothing")
        self.nothing.chosen.connect(lambda _number: self.begin_new())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        self._lay_out()
        self.retranslate()
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        spaced(top, spacing=8)
        label = QLabel()
        label.setBuddy(self.year)
        Says(label, label.setText, lambda: _("&Year"))
        sized(self.year, width=190)
        top.addWidget(label)
        top.addWidget(self.year)
        top.addStretch()
        for button, name, picture, act in (
            (self.out, "daysOut", "trash", self.take_out),
            (self.edit, "daysEdit", "pencil-simple", self.begin_edit),
            (self.swap, "daysSwap", "swap", self.begin_swap),
            (self.add, "daysAdd", "plus", self.begin_new),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            button.clicked.connect(act)
            top.addWidget(button)
        left, inside = QWidget(), QWidget()
        column = QVBoxLayout(left)
        spaced(column, spacing=8)
        column.addWidget(self.warning)
        column.addWidget(self.stack, 1)
        side = QVBoxLayout(inside)
        spaced(side, spacing=8)
        for card in self.cards:
            side.addWidget(card)
        side.addWidget(self.counting)
        side.addStretch()
        right = QScrollArea()
        right.setObjectName("daysSide")
        right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.setFrameShape(QFrame.Shape.NoFrame)
        right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right.setWidgetResizable(True)
        right.setWidget(inside)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setObjectName("daysHalves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(left)
        halves.addWidget(right)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 1)
        left.setMinimumWidth(theme().px(260))
        right.setMinimumWidth(theme().px(270))
        halves.setSizes([760, 340])
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addWidget(halves, 1)

    # ---- the table

    def refresh(self) -> None:
        """Read the table again; what is being typed stays."""
        known = self.desk.workspace.read(holidays.years)
        now = self._today().year
        years = sorted({*known, now, now + 1, now + 2})
        self.year.set_choices([(year, partial(_year_words, year, known=year in known)) for year in years])
        if self.year.value() is None:
            self.year.set_value(now)
        may = self.desk.may(Permission.SETTINGS)
        for button in (self.add, self.swap):
            button.setEnabled(may)
        self._show_year()
        self.counting.count()

    def show_day(self, day: date) -> None:
        """Go to a day of the table."""
        self.refresh()
        self.year.set_value(day.year)
        self._show_year()
        days = [view.day for view in self._views]
        if day in days:
            self.table.go(days.index(day))

    def _today(self) -> date:
        return self.desk.workspace.now.astimezone().date()

    def _show_year(self) -> None:
        year, row = self.year.value() or self._today().year, self.table.current()
        kept = self._views[row].day if 0 <= row < len(self._views) else None
        self._views = self.desk.workspace.read(holidays.holidays, year)
        self.model.set_ids(range(len(self._views)))
        days = [view.day for view in self._views]
        self.table.go(days.index(kept) if kept in days else 0)
        self.stack.setCurrentWidget(self.table if days else self.nothing)
        self.nothing.retranslate()
        first = date(year, 1, 1)
        words = self.desk.workspace.read(holidays.warning, first, date(year, 12, 31))
        self.warning.setText(words or "")
        self.warning.setVisible(bool(words))
        self._say_out()

    @property
    def current(self) -> HolidayView | None:
        """The day one is on."""
        row = self.table.current()
        return self._views[row] if 0 <= row < len(self._views) else None

    # ---- changes

    def begin_new(self) -> None:
        """Ask for a day."""
        if self.may_change():
            self._show(self.day_card, {"day": None, "name": "", "kind": HolidayKind.HOLIDAY})

    def begin_edit(self) -> None:
        """Ask what is to be corrected in the day one is on."""
        view = self.current
        if view is not None and self.may_change():
            self._editing = view.day
            self.editing.setText(f"{weekday(view.day)}, {format_date(view.day)}")
            self._show(self.edit_card, {"name": view.name, "kind": view.kind})

    def begin_swap(self) -> None:
        """Ask for a day off and the day that is worked in exchange."""
        if self.may_change():
            self._show(self.swap_card, {"off": None, "worked": None, "name": ""})

    def take_out(self) -> None:
        """Take the day out of the table, or put it back."""
        view = self.current
        if view is None or not self.may_change():
            return
        if view.removed:
            job = self.desk.write(holidays.keep_holiday, view.day, view.name, view.kind)
            words = _("{date} counts as “{name}” again.")
        else:
            job = self.desk.write(holidays.remove_holiday, view.day)
            words = _("{date} ({name}) was taken out.")
        text = words.format(date=format_date(view.day), name=view.name)
        job.succeeded.connect(lambda _done: self.said.emit(Notice(text, "ok")))
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert asks for a day, Del takes the current one out."""
        if event.key() == Qt.Key.Key_Insert:
            self.begin_new()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.take_out()
        else:
            super().keyPressEvent(event)

    def _show(self, card: VerbCard, values: Mapping[str, object]) -> None:
        self._close_cards()
        card.begin(values)

    def _close_cards(self) -> None:
        for card in self.cards:
            card.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, values: Mapping[str, Any]) -> Job:
        return self._write(values["day"], values)

    def _correct(self, values: Mapping[str, Any]) -> Job:
        return self._write(self._editing or self._today(), values)

    def _write(self, day: date, values: Mapping[str, Any]) -> Job:
        self._kept = day
        return self.desk.write(holidays.keep_holiday, day, values["name"], HolidayKind(values["kind"]))

    def _swap(self, values: Mapping[str, Any]) -> Job:
        self._kept = values["off"]
        return self.desk.write(holidays.swap_days, values["off"], values["worked"], values["name"])

    def _on_done(self) -> None:
        self._close_cards()
        if self._kept is not None:
            self.show_day(self._kept)

    # ---- words

    def _nothing_title(self) -> str:
        return _("No days off of {year} are entered").format(year=self.year.value() or "")

    def _say_out(self) -> None:
        view = self.current
        words = _("Put it back") if view is not None and view.removed else _("Take it out")
        self.out.setText(words)
        self.out.setAccessibleName(words)
        may = self.desk.may(Permission.SETTINGS)
        for button in (self.out, self.edit):
            button.setEnabled(may and view is not None)

    def retranslate(self) -> None:
        """Say the words again."""
        self.year.setAccessibleName(_("Year"))
        self.table.setAccessibleName(_("Days off and days worked in exchange"))
        for button, words in (
            (self.add, _("Add a day…")),
            (self.swap, _("Exchange days…")),
            (self.edit, _("Correct…")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self._say_out()


def _year_words(year: int, *, known: bool) -> str:
    return str(year) if known else _("{year} (no table)").format(year=year)

"""The day's list with what narrows it: a text, whose work, how far ahead, the part of the day, and the kinds."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout

from casemgr.domain.agenda import SOON_DAYS, URGENCY_LABELS, Urgency
from casemgr.domain.searching import loose
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.services import agenda
from casemgr.services.agenda import AgendaQuery, AgendaRow, Count
from ui.desk import Desk
from ui.editors import labelled
from ui.icons import icon
from ui.pages.today.columns import DAY, HEADING, DayLine, Key, lines
from ui.pages.today.day_table import DayModel, DayTable
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.chips import Chip, Chips
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState

LIST: Final = "today"
MINE: Final = "mine"
ALL: Final = "all"
NEAR, MONTH, YEAR = SOON_DAYS, 30, 365
_WHOSE: Final = {MINE: N_("My work"), ALL: N_("Of all officers")}
_AHEAD: Final = {NEAR: N_("The coming week"), MONTH: N_("The coming month"), YEAR: N_("The coming year")}
_GROUPS: Final = (Urgency.OVERDUE, Urgency.TODAY, Urgency.SOON, Urgency.WAITING)


class DayList(Speaks):
    """Knows which lines are shown and which one is current."""

    opened = Signal(object)
    """Enter or double click on a line (AgendaRow)."""
    settle_requested = Signal()
    new_requested = Signal()
    counted = Signal(int)
    """How many of the own lines are overdue or due today."""
    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("dayList")
        self._desk = desk
        self._lines: Mapping[Key, DayLine] = {}
        self._rows: Sequence[AgendaRow] = ()
        self._cut = False
        self._kinds: tuple[str, ...] = ()
        self.day: date | None = None
        self.text = QLineEdit()
        self.text.setObjectName("dayFilter")
        self.text.setClearButtonEnabled(True)
        self.text.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)
        self._delay.timeout.connect(self._show)
        self.text.textChanged.connect(lambda _text: self._delay.start())
        self.whose: ChoiceBox[str] = ChoiceBox()
        self.whose.setObjectName("dayWhose")
        self.whose.set_choices(labelled(_WHOSE))
        self.whose.set_value(MINE)
        self.ahead: ChoiceBox[int] = ChoiceBox()
        self.ahead.setObjectName("dayAhead")
        self.ahead.set_choices(labelled(_AHEAD))
        self.ahead.set_value(NEAR)
        for choice in (self.whose, self.ahead):
            choice.setMinimumContentsLength(14)
            choice.chosen.connect(self.read)
        self.groups = Chips([Chip(group.value, partial(_, URGENCY_LABELS[group])) for group in _GROUPS], single=True)
        self.groups.setObjectName("dayGroups")
        self.groups.changed.connect(self._show)
        self.kinds = Chips([])
        self.kinds.setObjectName("dayKinds")
        self.kinds.changed.connect(self.read)
        self.count = QLabel()
        self.count.setObjectName("dayCount")
        self.count.setProperty("class", "small")
        self.model = DayModel(DAY, self._fetch)
        self.model.set_columns(desk.settings.columns.get(LIST, ()))
        self.table = DayTable(self.model)
        self.table.opened.connect(self._on_opened)
        self.table.settle_requested.connect(self.settle_requested)
        self.table.current_changed.connect(lambda _row: self.moved.emit())
        self.table.columns_chosen.connect(lambda keys: desk.prefer(columns={**desk.settings.columns, LIST: keys}))
        self.empty = EmptyState("calendar-check", lambda: "", lambda: "", (lambda: _("New task"),))
        self.empty.chosen.connect(lambda _number: self.new_requested.emit())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        second = QHBoxLayout()
        spaced(second, spacing=12)
        second.addWidget(self.groups, 1)
        second.addWidget(self.count)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(second)
        layout.addWidget(self.kinds)
        layout.addWidget(self.stack, 1)

    # ---- what the page uses

    def query(self) -> AgendaQuery:
        """What is asked for."""
        workspace = self._desk.workspace
        today = workspace.now.astimezone().date()
        until = today + timedelta(days=self.ahead.value() or NEAR)
        officer = workspace.actor.user_id if self.whose.value() == MINE else None
        return AgendaQuery(until=until, kinds=self.kinds.on(), officer_id=officer)

    def read(self) -> None:
        """Read the list anew; the current line stays current, or the one that takes its place."""
        self.day = self._desk.workspace.now.astimezone().date()
        query, read = self.query(), self._desk.workspace.read
        found = self.show_counts(read(agenda.counts, AgendaQuery(until=query.until, officer_id=query.officer_id)))
        self._rows = read(agenda.due, query)
        wanted = sum(count.total for count in found if not query.kinds or count.kind in query.kinds)
        self._cut = len(self._rows) < wanted
        self._show()

    def show_counts(self, found: Sequence[Count]) -> Sequence[Count]:
        """Show how many there are of each kind and in each part of the day; a kind with none has no chip."""
        kinds = tuple(count.kind for count in found)
        if kinds != self._kinds:
            self._kinds = kinds
            self.kinds.set_chips([Chip(kind, partial(agenda.kind_label, kind)) for kind in kinds])
        self.kinds.set_counts({count.kind: count.total for count in found})
        on = self.kinds.on()
        parts = [count.parts for count in found if not on or count.kind in on]
        self.groups.set_counts({group.value: sum(part.get(group, 0) for part in parts) for group in _GROUPS})
        return found

    def tell_count(self) -> None:
        """Say how many of the own lines are overdue or due today."""
        query = AgendaQuery(officer_id=self._desk.workspace.actor.user_id)
        urgent = (Urgency.OVERDUE, Urgency.TODAY)
        found = self._desk.workspace.read(agenda.counts, query)
        self.counted.emit(sum(count.parts.get(group, 0) for count in found for group in urgent))

    def current(self) -> AgendaRow | None:
        """The thing to do one is on."""
        place = self.table.current()
        return self.model.row(place).row if 0 <= place < len(self.model.ids) else None

    def shown(self) -> list[AgendaRow]:
        """The things to do on show, in order."""
        return [line.row for line in self._lines.values() if line.row is not None]

    def narrow(self, text: str) -> None:
        """Show what a text finds; a kind or a part of the day narrows to it."""
        key = text.strip()
        known = {group.value for group in _GROUPS}
        self.groups.set_on((key,) if key in known else ())
        self.text.setText("" if key in known else text)
        self._delay.stop()
        self.read()

    def focus(self) -> None:
        """Begin in the list, or where a new task is written."""
        (self.table if self.model.ids else self.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words again."""
        words = _("Filter: what, name, code or hamlet")
        self.text.setPlaceholderText(words)
        self.text.setAccessibleName(words)
        self.table.setAccessibleName(_("What is due"))
        for widget, name in (
            (self.groups, _("Part of the day's work")),
            (self.kinds, _("Kinds of work")),
            (self.whose, _("Whose work")),
            (self.ahead, _("How far ahead")),
        ):
            widget.setAccessibleName(name)
        self._say_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the filter goes to the list."""
        if event.key() == Qt.Key.Key_Down and self.text.hasFocus() and self.model.ids:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    # ---- inside

    def _fetch(self, ids: Sequence[Key]) -> Sequence[DayLine]:
        return [self._lines[key] for key in ids]

    def _show(self) -> None:
        kept, place = self.current(), self.table.current()
        groups, wanted = self.groups.on(), loose(self.text.text())
        rows = [row for row in self._rows if (not groups or row.urgency.value in groups) and _fits(row, wanted)]
        made = lines(rows, self.day or self._desk.workspace.now.astimezone().date())
        self._lines = made
        self.model.set_ids(tuple(made))
        same = self.model.place_of((kept.kind, kept.due_id.hex)) if kept is not None else -1
        self.table.go_near(same if same >= 0 else max(0, place))
        if rows:
            self.stack.setCurrentWidget(self.table)
        else:
            self._say_empty()
            self.stack.setCurrentWidget(self.empty)
        self._say_count()
        self.moved.emit()

    def _say_empty(self) -> None:
        if self._rows or self.kinds.on() or self.text.text():
            self.empty.say(
                lambda: _("Nothing fits"), lambda: _("Take away a filter, or look at the work of all officers.")
            )
            return
        self.empty.say(
            lambda: _("Nothing is due"),
            lambda: _(
                "Tasks, visits, answers to requests, postings and every other due date of the file stand here as soon "
                "as their day comes near. What you plan yourself is written as a new task."
            ),
        )

    def _say_count(self) -> None:
        number = sum(key[0] != HEADING for key in self._lines)
        words = ngettext("{count} thing to do", "{count} things to do", number).format(count=format_number(number))
        if self._cut:
            words = _("{words}; the most urgent of each kind").format(words=words)
        day = self.day or self._desk.workspace.now.astimezone().date()
        self.count.setText(_("Today, {date}: {words}").format(date=format_date(day), words=words))

    def _on_opened(self, place: int) -> None:
        row = self.model.row(place).row
        if row is not None:
            self.opened.emit(row)


def _fits(row: AgendaRow, wanted: str) -> bool:
    if not wanted:
        return True
    told = loose(" ".join((row.title, row.code, row.head, row.person, row.hamlet, row.officer)))
    return all(word in told for word in wanted.split())

"""One topic of the page: a list at the left with its filters, what belongs to the current line at the right."""

from collections.abc import Callable, Hashable, Sequence
from typing import Final, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.permissions import Permission
from casemgr.domain.text import fold
from casemgr.i18n import _, format_number, ngettext
from casemgr.jobs import Progress
from casemgr.services import offices
from ui.desk import Desk
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.pages.ledgers.side_parts import SidePane
from ui.paper_pane import Drawing
from ui.places import Place
from ui.theme import sized, spaced, theme
from ui.translation import Says, Speaks
from ui.widgets.chips import Chip, Chips
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

R = TypeVar("R")
Words = Callable[[], str]
SIDE: Final = 430
LEAST: Final = 330
"""Natural widths of the side: wanted, and never less."""
BESIDE: Final = 860
"""Below this natural width the list steps aside while something is open."""


class ListTopic(Speaks, Generic[R]):
    """Reads its lines as a job, narrows them at once; what the person is doing at the side stays."""

    said = Signal(Notice)
    paper_requested = Signal(Drawing)
    place_requested = Signal(Place)
    paste_requested = Signal(str)
    """A list on the clipboard is to be taken in."""

    def __init__(
        self, desk: Desk, name: str, columns: Sequence[Column[R]], chips: Sequence[Chip], *, picture: str
    ) -> None:
        super().__init__()
        self.setObjectName(f"{name}Topic")
        self.desk = desk
        self.read_once = False
        self._all: Sequence[R] = ()
        self._shown: dict[Hashable, R] = {}
        self._asked = 0
        self._wanted: Hashable = None
        self._quiet = False
        self.text = QLineEdit()
        self.text.setObjectName(f"{name}Filter")
        self.text.setClearButtonEnabled(True)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)
        self._delay.timeout.connect(self.narrow)
        self.text.textChanged.connect(lambda _text: self._delay.start())
        self.text.returnPressed.connect(self._to_table)
        Says(self.text, self.text.setPlaceholderText, self.filter_words)
        Says(self.text, self.text.setAccessibleName, self.filter_words)
        self.hamlet: ChoiceBox[UUID] = ChoiceBox()
        self.hamlet.setObjectName(f"{name}Hamlet")
        sized(self.hamlet, width=168)
        Says(self.hamlet, self.hamlet.setAccessibleName, lambda: _("Hamlet"))
        self.hamlet.chosen.connect(self.narrow)
        self.chips = Chips(chips, single=True)
        self.chips.setObjectName(f"{name}Chips")
        self.chips.changed.connect(self.narrow)
        self.count, self.sums = QLabel(), QLabel()
        self.count.setObjectName(f"{name}Count")
        self.sums.setObjectName(f"{name}Sums")
        for label in (self.count, self.sums):
            label.setProperty("class", "small")
        self.top, self.second = QHBoxLayout(), QHBoxLayout()
        self.tools = QWidget()
        self.tool_row = QHBoxLayout(self.tools)
        for row in (self.top, self.second, self.tool_row):
            spaced(row, spacing=8)
        self.model: RowsModel[Hashable, R] = RowsModel(columns, lambda ids: [self._shown[one] for one in ids])
        self.table = ListTable(self.model, name=f"{name}Table")
        Says(self.table, self.table.setAccessibleName, self.title_words)
        self.table.opened.connect(lambda _row: self.open_current())
        self.table.current_changed.connect(self._on_current)
        self.empty = EmptyState(picture, self.none_words, self.hint_words)
        self.empty.setObjectName(f"{name}Empty")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.side = QStackedWidget()
        self.side.setObjectName(f"{name}Side")
        self._lay_out(name)

    def _lay_out(self, name: str) -> None:
        self.top.addWidget(self.text, 1)
        self.top.addWidget(self.hamlet)
        third = QHBoxLayout()
        spaced(third, spacing=8)
        third.addWidget(self.sums, 1)
        third.addWidget(self.count)
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        spaced(column, spacing=8)
        column.addLayout(self.top)
        column.addLayout(self.second)
        column.addWidget(self.chips)
        column.addWidget(self.stack, 1)
        column.addLayout(third)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setObjectName(f"{name}Halves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(self.left)
        halves.addWidget(self.side)
        halves.setStretchFactor(0, 1)
        self.side.setMinimumWidth(theme().px(LEAST))
        halves.setSizes([900, theme().room(SIDE)])
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(halves, 1)
        self.side.hide()

    # ---- what a topic says

    def title_words(self) -> str:
        """What the list is called."""
        raise NotImplementedError

    def filter_words(self) -> str:
        """What may be typed into the filter."""
        raise NotImplementedError

    def none_words(self) -> str:
        """The empty list."""
        raise NotImplementedError

    def hint_words(self) -> str:
        """What to do first."""
        raise NotImplementedError

    def read(self, progress: Progress) -> Sequence[R]:
        """Every line, in its order; runs as a job."""
        raise NotImplementedError

    def key(self, row: R) -> Hashable:
        """What a line is known by."""
        raise NotImplementedError

    def words(self, row: R) -> str:
        """What the filter looks at."""
        raise NotImplementedError

    def hamlet_of(self, row: R) -> str:
        """The hamlet of a line."""
        raise NotImplementedError

    def states(self, row: R) -> tuple[str, ...]:
        """The chips that let it through."""
        raise NotImplementedError

    def show_current(self, row: R) -> None:
        """Show what belongs to a line at the side."""
        raise NotImplementedError

    def sum_words(self, rows: Sequence[R]) -> str:
        """The sums of what is shown."""
        raise NotImplementedError

    def open_current(self) -> None:
        """Enter on a line: show it and go to its first verb."""
        row = self.current_row()
        if row is not None:
            self.show_current(row)
            self.side.show()
            self._fit()
            self.detail.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def detail(self) -> SidePane:
        """What is shown of the current line."""
        raise NotImplementedError

    # ---- what the page uses

    @property
    def listed(self) -> ListTable:
        """The table that is shown."""
        return self.table

    def refresh(self) -> None:
        """Read the list again; an older answer never overwrites a newer one."""
        self._asked += 1
        asked = self._asked
        hamlets = [(view.id, view.data.full_name) for view in self.desk.workspace.read(offices.hamlets)]
        self.hamlet.set_choices(
            [(None, lambda: _("All hamlets")), *((one, lambda name=name: name) for one, name in hamlets)]
        )
        if self.hamlet.value() is None:
            self.hamlet.set_value(None)
        job = self.desk.jobs.start(self.read)
        job.succeeded.connect(lambda rows: self._on_read(rows, asked))

    def narrow(self) -> None:
        """Show what the filters let through."""
        words, on = fold(self.text.text()).split(), self.chips.on()
        where = self.hamlet.currentText() if self.hamlet.value() is not None else ""
        kept = [
            row
            for row in self._all
            if (not where or self.hamlet_of(row) == where) and all(word in fold(self.words(row)) for word in words)
        ]
        counts: dict[str, int] = {}
        for row in kept:
            for state in self.states(row):
                counts[state] = counts.get(state, 0) + 1
        self.chips.set_counts(counts)
        shown = [row for row in kept if not on or set(on) & set(self.states(row))]
        current = self.current_key()
        self._shown = {self.key(row): row for row in shown}
        ids = tuple(self._shown)
        self._quiet = True
        if ids == tuple(self.model.ids):
            self.model.reload()
        else:
            self.model.set_ids(ids)
            self.table.go(self.model.place_of(current))
        self._quiet = False
        if not ids and self._all:
            self.empty.say(lambda: _("Nothing fits"), lambda: _("Take away a filter, or try fewer letters."))
        else:
            self.empty.say(self.none_words, self.hint_words)
        self.stack.setCurrentWidget(self.table if ids else self.empty)
        self.count.setText(ngettext("{count} line", "{count} lines", len(ids)).format(count=format_number(len(ids))))
        self.sums.setText(self.sum_words(shown))

    def may_leave(self) -> bool:
        """Whether one may go away now."""
        return True

    def focus_filter(self) -> None:
        """Type into the filter."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def current_key(self) -> Hashable:
        """The current line."""
        row = self.table.current()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    def current_row(self) -> R | None:
        """The current line."""
        key = self.current_key()
        return self._shown.get(key) if key is not None else None

    def selected_rows(self) -> list[R]:
        """The selected lines in order."""
        return [self._shown[self.model.ids[row]] for row in self.table.selected()]

    def shown_rows(self) -> list[R]:
        """Every line shown."""
        return list(self._shown.values())

    def row_of(self, key: Hashable) -> R | None:
        """A line by its key, filters aside."""
        return next((row for row in self._all if self.key(row) == key), None)

    def reach(self, key: Hashable) -> None:
        """Read again and go to a line that may be new."""
        self._wanted = key
        self.refresh()

    def go_to(self, key: Hashable) -> None:
        """Make a line current; filters that hide it go."""
        if self.model.place_of(key) < 0:
            self.text.clear()
            self._delay.stop()
            self.chips.set_on(())
            self.hamlet.set_value(None)
            self.narrow()
        self.table.go(self.model.place_of(key))

    def button(
        self, name: str, words: Words, act: Callable[[], object], *, picture: str, primary: bool = False
    ) -> QPushButton:
        """A button that speaks; EDIT is asked for by who places it."""
        made = QPushButton()
        made.setObjectName(name)
        made.setIcon(icon(picture, "on" if primary else "soft"))
        if primary:
            made.setProperty("class", "primary")
        Says(made, made.setText, words)
        Says(made, made.setAccessibleName, words)
        made.clicked.connect(lambda _checked=False: act())
        return made

    @property
    def may_edit(self) -> bool:
        """Whether the signed-in person may write."""
        return self.desk.may(Permission.EDIT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the filter goes to the list, Esc closes the side."""
        if event.key() == Qt.Key.Key_Down and self.text.hasFocus() and self.model.ids:
            self._to_table()
        elif event.key() == Qt.Key.Key_Escape and self.side.isVisibleTo(self):
            self.close_side()
        else:
            super().keyPressEvent(event)

    def close_side(self) -> None:
        """Only the list again."""
        self.side.hide()
        self._fit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_side(self, pane: QWidget) -> None:
        """Show something at the side; where the window is narrow, instead of the list."""
        self.side.setCurrentWidget(pane)
        self.side.show()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list steps aside where both have no room."""
        super().resizeEvent(event)
        self._fit()

    # ---- inside

    @property
    def _narrow(self) -> bool:
        return self.width() < theme().room(BESIDE)

    def _fit(self) -> None:
        self.left.setVisible(not (self._narrow and self.side.isVisibleTo(self)))

    def _on_read(self, rows: Sequence[R], asked: int) -> None:
        if asked != self._asked:
            return
        self._all, self.read_once = rows, True
        self.narrow()
        if self._wanted is not None and self.row_of(self._wanted) is not None:
            self.go_to(self._wanted)
            self._wanted = None
            self.side.show()
            self._fit()
        row = self.current_row()
        if row is not None and self.side.isVisibleTo(self):
            self.show_current(row)

    def _on_current(self, row: int) -> None:
        hidden = self._narrow and not self.side.isVisibleTo(self)  # moving along the list does not hide it
        if not self._quiet and not hidden and 0 <= row < len(self.model.ids):
            self.show_current(self._shown[self.model.ids[row]])

    def _to_table(self) -> None:
        if self._delay.isActive():
            self._delay.stop()
            self.narrow()
        if self.model.ids:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.table.current() < 0:
                self.table.go(0)

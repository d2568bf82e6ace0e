"""The plan: households of the list with their fate, narrowed by chips; below, the doubts of the current one."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import _
from casemgr.services.imports import ACTION_LABELS, Action
from ui.models.rows import RowsModel
from ui.pages.imports.known_people import KnownPeople
from ui.pages.imports.lines import LINES, PLAN, Line, PlanRow, counts, lines, narrowed, people_words, plan_rows
from ui.pages.imports.reading import Reading, doubtful
from ui.theme import sized, spaced, theme
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.chips import Chip, Chips
from ui.widgets.list_table import ListTable

KNOWN_WIDTH = 270
NARROW = 640


class PlanView(Speaks):
    """Shows a reading; asks for decisions about one household by signals."""

    known_chosen = Signal(object, str)
    skip_toggled = Signal(str, int)
    household_requested = Signal(UUID)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importPlan")
        self._is_narrow = False
        self._rows: list[PlanRow] = []
        self._doubtful: dict[int, bool] = {}
        self._lines: list[Line] = []
        self._known: Mapping[object, str] = {}
        self.chips = Chips(
            [
                Chip("doubtful", lambda: _("To look at")),
                *(Chip(action.value, partial(_, words)) for action, words in ACTION_LABELS.items()),
            ],
            single=True,
        )
        self.chips.setObjectName("importChips")
        self.chips.changed.connect(lambda: self._narrow())
        self.model: RowsModel[int, PlanRow] = RowsModel(PLAN, lambda ids: [self._rows[each] for each in ids])
        self.table = ListTable(self.model, name="importTable")
        self.table.current_changed.connect(lambda _row: self._show_current())
        self.line_model: RowsModel[int, Line] = RowsModel(LINES, lambda ids: [self._lines[each] for each in ids])
        self.line_table = ListTable(self.line_model, name="importLines")
        self.line_table.setWordWrap(True)
        self.line_table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.known = KnownPeople()
        self.known.chosen.connect(self.known_chosen)
        self.head, self.nothing = QLabel(), QLabel()
        self.head.setObjectName("importHead")
        self.head.setProperty("class", "strong")
        self.head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.nothing.setObjectName("importPeople")
        self.nothing.setProperty("class", "soft")
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.skip, self.on_file = QPushButton(), QPushButton()
        self.skip.setObjectName("importSkip")
        self.on_file.setObjectName("importOnFile")
        self.skip.clicked.connect(self._on_skip)
        self.on_file.clicked.connect(self._on_file)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        card = Card(margin=10)
        card.setObjectName("importDetail")
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.head, 1)
        head.addWidget(self.on_file)
        head.addWidget(self.skip)
        body = QHBoxLayout()
        spaced(body, spacing=10)
        body.addWidget(self.line_table, 1)
        body.addWidget(self.nothing, 1)
        body.addWidget(self.known)
        sized(self.known, width=KNOWN_WIDTH)
        card.add(head)
        card.add(body, 1)
        upper = QWidget()
        column = QVBoxLayout(upper)
        spaced(column, spacing=8)
        column.addWidget(self.chips)
        column.addWidget(self.table, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setObjectName("importHalves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(upper)
        halves.addWidget(card)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(halves)

    # ---- what the pane uses

    def show_reading(self, reading: Reading) -> None:
        """Show a plan; the current household stays current."""
        current = self._current()
        self._rows = plan_rows(reading.plan, reading.imported)
        self._doubtful = {number: doubtful(row.planned) or bool(row.unread) for number, row in enumerate(self._rows)}
        self._known = {key: str(choice) for key, choice in reading.choices.known.items()}
        self.chips.set_counts(counts(self._rows, self._doubtful))
        self._narrow(current.place if current else "")

    def show_doubtful_first(self) -> None:
        """Begin with what somebody should look at, where there is something."""
        self.chips.set_on(("doubtful",) if any(self._doubtful.values()) else ())
        self._narrow()

    def retranslate(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(_("Households of the list"))
        self.line_table.setAccessibleName(_("What is to say about this household"))
        self._say_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow only the columns that decide stay."""
        super().resizeEvent(event)
        narrow = self.width() < theme().px(NARROW)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            row, line = self.table.current(), self.line_table.current()
            self.model.set_columns(("place", "head", "action", "doubts") if narrow else ())
            self.line_model.set_columns(("place", "written", "read", "why") if narrow else ())
            self.table.go(row)
            self.line_table.go(line)

    # ---- inside

    def _current(self) -> PlanRow | None:
        row = self.table.current()
        return self._rows[self.model.ids[row]] if 0 <= row < len(self.model.ids) else None

    def _narrow(self, place: str = "") -> None:
        on = self.chips.on()
        place = place or (current.place if (current := self._current()) else "")
        ids = list(narrowed(self._rows, self._doubtful, on[0] if on else ""))
        self.model.set_ids(ids)
        again = next((at for at, number in enumerate(ids) if self._rows[number].place == place), 0)
        self.table.go(again)
        self._show_current()

    def _show_current(self) -> None:
        row = self._current()
        self._lines = lines(row) if row else []
        self.line_model.set_ids(range(len(self._lines)))
        self.line_table.setVisible(bool(self._lines))
        self.nothing.setVisible(not self._lines)
        self.known.show_people(row.planned.known if row else (), self._known)
        self._say_current()

    def _say_current(self) -> None:
        row = self._current()
        self.head.setText(f"{row.planned.sheet}!{row.planned.row} · {row.planned.head}" if row else "")
        said = people_words(row) if row else _("No household here.")
        self.nothing.setText(said)
        skipped = row is not None and row.planned.action is Action.SKIPPED
        for button, words, shown in (
            (self.skip, _("Take it in again") if skipped else _("Leave it out"), row is not None),
            (self.on_file, _("Open on file"), row is not None and row.planned.household_id is not None),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setVisible(shown)

    def _on_skip(self) -> None:
        row = self._current()
        if row is not None:
            self.skip_toggled.emit(row.planned.sheet, row.planned.row)

    def _on_file(self) -> None:
        row = self._current()
        if row is not None and row.planned.household_id is not None:
            self.household_requested.emit(row.planned.household_id)

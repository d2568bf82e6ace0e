"""The totals no register holds, typed per hamlet in a grid: numbers, arrow keys, and a block pasted from Excel."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.reviews import DenominatorData
from casemgr.errors import Problem
from casemgr.i18n import _, format_number, ngettext
from casemgr.services.denominators import FIELD_LABELS, FIELDS
from ui.theme import spaced, theme
from ui.translation import Speaks

_SEPARATORS: Final = str.maketrans("", "", " .,\u00a0\u202f")
_WRONG: Final = -1


def read_number(text: str) -> int | None:
    """A whole number as people and Excel write it: 1.234, 1 234, 1,234; None when empty, -1 when it is none."""
    plain = text.strip().translate(_SEPARATORS)
    if not plain:
        return None
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else _WRONG


class TotalsGrid(QTableWidget):
    """One line per hamlet; Ctrl+V spreads a block from the current cell on."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("totalsGrid")
        self.setProperty("class", "framed")
        self._hamlets: tuple[UUID, ...] = ()
        self._known: dict[UUID, DenominatorData] = {}
        self._quiet = False
        self.setColumnCount(len(FIELDS))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag(int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap))
        )
        self.itemChanged.connect(self._on_changed)

    def show_totals(self, hamlets: Sequence[tuple[UUID, str]], known: Mapping[UUID, DenominatorData]) -> None:
        """Show what is on record."""
        self._hamlets, self._known = tuple(one for one, _name in hamlets), dict(known)
        self._quiet = True
        self.setRowCount(len(hamlets))
        self.setVerticalHeaderLabels([name for _one, name in hamlets])
        for row, (hamlet, _name) in enumerate(hamlets):
            data = known.get(hamlet, DenominatorData())
            for column, field in enumerate(FIELDS):
                value = getattr(data, field)
                item = QTableWidgetItem("" if value is None else format_number(value))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        self._quiet = False
        self.verticalHeader().setDefaultSectionSize(theme().row)
        self.retitle()

    def retitle(self) -> None:
        """Say the heads again."""
        self.setHorizontalHeaderLabels([_(FIELD_LABELS[field]) for field in FIELDS])
        self.horizontalHeader().setFixedHeight(theme().font_px(17) * 3 + theme().px(10))

    def typed(self) -> dict[UUID, DenominatorData]:
        """Hamlets whose numbers differ from what is on record."""
        found = {}
        for row, hamlet in enumerate(self._hamlets):
            values = {field: read_number(self._text(row, column)) for column, field in enumerate(FIELDS)}
            data = DenominatorData(**values)
            if data != self._known.get(hamlet, DenominatorData()):
                found[hamlet] = data
        return found

    def unreadable(self) -> int:
        """How many cells hold no number; they are marked."""
        count = 0
        for row in range(self.rowCount()):
            for column in range(len(FIELDS)):
                wrong = read_number(self._text(row, column)) == _WRONG
                count += wrong
                self._mark(row, column, wrong=wrong)
        return count

    def mark(self, problems: Sequence[Problem]) -> None:
        """Mark the cells of problems and go to the first."""
        for number, problem in enumerate(problems):
            hamlet, _dot, field = problem.field.partition(".")
            if field not in FIELDS:
                continue
            row, column = self._hamlets.index(UUID(hamlet)), FIELDS.index(field)
            self._mark(row, column, wrong=True)
            if number == 0:
                self.setCurrentCell(row, column)

    def paste(self, text: str) -> int:
        """Spread a copied block from the current cell on; how many cells it filled."""
        top, left, filled = max(0, self.currentRow()), max(0, self.currentColumn()), 0
        for row, line in enumerate(text.rstrip("\r\n").splitlines(), top):
            for column, cell in enumerate(line.split("\t"), left):
                item = self.item(row, column)
                if item is not None:
                    item.setText(cell.strip())
                    filled += 1
        return filled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste a block, empty cells, Enter goes down."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for item in self.selectedItems():
                item.setText("")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.setCurrentCell(min(self.currentRow() + 1, self.rowCount() - 1), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text() if item is not None else ""

    def _mark(self, row: int, column: int, *, wrong: bool) -> None:
        item = self.item(row, column)
        if item is None:
            return
        self._quiet = True
        item.setForeground(QBrush(theme().colour("poor" if wrong else "text")))
        item.setBackground(QBrush(theme().colour("poorbg")) if wrong else QBrush())
        self._quiet = False

    def _on_changed(self, item: QTableWidgetItem) -> None:
        if self._quiet:
            return
        number = read_number(item.text())
        self._mark(item.row(), item.column(), wrong=number == _WRONG)
        if number is not None and number != _WRONG:
            self._quiet = True
            item.setText(format_number(number))
            self._quiet = False
        self.edited.emit()


class TotalsPane(Speaks):
    """The grid with what to do with it."""

    save_requested = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("totalsPane")
        self._title, self._text, self.problem = QLabel(), QLabel(), QLabel()
        self._title.setProperty("class", "h3")
        self._text.setProperty("class", "soft")
        self.problem.setProperty("class", "problem")
        self.problem.setObjectName("totalsProblem")
        for label in (self._text, self.problem):
            label.setWordWrap(True)
        self.grid = TotalsGrid()
        self.save, self.cancel = QPushButton(), QPushButton()
        self.save.setObjectName("totalsSave")
        self.save.setProperty("class", "primary")
        self.cancel.setObjectName("totalsCancel")
        self.save.clicked.connect(self.try_save)
        self.cancel.clicked.connect(self.closed)
        self.grid.edited.connect(lambda: self.problem.setText(""))
        buttons = QHBoxLayout()
        spaced(buttons, spacing=8)
        buttons.addWidget(self.problem, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(16, 14, 16, 14), spacing=8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addWidget(self.grid, 1)
        layout.addLayout(buttons)
        self._period = ""
        self.retranslate()

    def begin(
        self, period: str, hamlets: Sequence[tuple[UUID, str]], known: Mapping[UUID, DenominatorData], *, closed: bool
    ) -> None:
        """Type the totals of a review; a closed one is only shown."""
        self._period = period
        self.grid.show_totals(hamlets, known)
        self.grid.setEnabled(not closed)
        self.save.setVisible(not closed)
        self.problem.setText(_("The review is closed: its totals stay as they are.") if closed else "")
        self.retranslate()
        self.grid.setCurrentCell(0, 0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_save(self) -> None:
        """Hand over what was typed, if every cell is a number."""
        wrong = self.grid.unreadable()
        if wrong:
            self.problem.setText(
                ngettext("{count} cell holds no whole number.", "{count} cells hold no whole number.", wrong).format(
                    count=wrong
                )
            )
            return
        self.save_requested.emit(self.grid.typed())

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say and mark why it cannot be saved."""
        self.problem.setText("\n".join(problem.message for problem in problems[:3]))
        self.grid.mark(problems)

    @property
    def changed(self) -> bool:
        """Whether something typed is not saved."""
        return bool(self.grid.typed())

    def retranslate(self) -> None:
        """Say the words again."""
        self._title.setText(_("Totals of the hamlets: {review}").format(review=self._period))
        self._text.setText(
            _("They are not in the register of poor households. Type them, or paste the block from Excel (Ctrl+V).")
        )
        self.save.setText(_("Save the totals"))
        self.cancel.setText(_("Back to the report"))
        self.grid.setAccessibleName(_("Totals of the hamlets"))
        self.grid.retitle()

"""A list beside the file: what differs, what stands only here or only there; nothing is written."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.domain.reconciling import Difference, Reconciliation
from casemgr.i18n import _, format_number, ngettext
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.imports.compare_lines import COMPARED, FIELDS, KINDS, CompareRow, compare_rows, counts
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.chips import Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable


class ComparePane(Speaks):
    """Shows a comparison; asks for everything else by signals."""

    closed = Signal()
    again_requested = Signal()
    excel_requested = Signal()
    household_requested = Signal(UUID)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importCompare")
        self._found: Reconciliation | None = None
        self._rows: list[CompareRow] = []
        self._lines: tuple[Difference, ...] = ()
        self.close_button = QToolButton()
        self.close_button.setObjectName("compareClose")
        self.close_button.setProperty("class", "flat")
        self.close_button.setIcon(icon("arrow-left"))
        self.close_button.clicked.connect(self.closed)
        self.name, self.meta, self.stale = QLabel(), QLabel(), QLabel()
        for label, name, look in (
            (self.name, "compareName", "h1"),
            (self.meta, "compareMeta", "soft"),
            (self.stale, "compareStale", "problem"),
        ):
            label.setObjectName(name)
            label.setProperty("class", look)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.meta.setWordWrap(True)
        self.stale.setVisible(False)
        self.again, self.excel = QPushButton(), QPushButton()
        for button, name, signal in (
            (self.again, "compareAgain", self.again_requested),
            (self.excel, "compareExcel", self.excel_requested),
        ):
            button.setObjectName(name)
            button.clicked.connect(signal)
        self.excel.setIcon(icon("table"))
        self.chips = Chips([Chip(kind, partial(_, words)) for kind, words in KINDS.items()], single=True)
        self.chips.setObjectName("compareChips")
        self.chips.changed.connect(self._narrow)
        self.model: RowsModel[int, CompareRow] = RowsModel(COMPARED, lambda ids: [self._rows[each] for each in ids])
        self.table = ListTable(self.model, name="compareTable")
        self.table.current_changed.connect(lambda _row: self._show_current())
        self.table.opened.connect(lambda _row: self._on_open())
        self.line_model: RowsModel[int, Difference] = RowsModel(FIELDS, lambda ids: [self._lines[each] for each in ids])
        self.line_table = ListTable(self.line_model, name="compareFields")
        self.head, self.told = QLabel(), QLabel()
        self.head.setObjectName("compareHead")
        self.head.setProperty("class", "strong")
        self.head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.told.setObjectName("compareTold")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.open = QPushButton()
        self.open.setObjectName("compareOpen")
        self.open.clicked.connect(self._on_open)
        self.agreed = EmptyState("check-circle", lambda: _("Nothing differs"), self._agreed_words)
        self.agreed.setObjectName("compareAgreed")
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        spaced(words, spacing=2)
        for label in (self.name, self.meta, self.stale):
            words.addWidget(label)
        top = QHBoxLayout()
        spaced(top, spacing=10)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        top.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.excel, 0, Qt.AlignmentFlag.AlignTop)
        card = Card(margin=10)
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.head, 1)
        head.addWidget(self.open)
        card.add(head)
        self.detail = QStackedWidget()
        self.detail.addWidget(self.line_table)
        self.detail.addWidget(self.told)
        card.add(self.detail, 1)
        upper = QWidget()
        column = QVBoxLayout(upper)
        spaced(column, spacing=8)
        column.addWidget(self.chips)
        column.addWidget(self.table, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setObjectName("compareHalves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(upper)
        halves.addWidget(card)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        self.body = QStackedWidget()
        self.body.addWidget(halves)
        self.body.addWidget(self.agreed)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addLayout(top)
        layout.addWidget(self.body, 1)

    # ---- what the page uses

    @property
    def found(self) -> Reconciliation | None:
        """The comparison on show."""
        return self._found

    def show_comparison(self, found: Reconciliation) -> None:
        """A comparison just made."""
        self._found, self._rows = found, compare_rows(found)
        self.stale.setVisible(False)
        self.chips.set_counts(counts(self._rows))
        self.chips.set_on(())
        self.body.setCurrentIndex(0 if self._rows else 1)
        self._narrow()
        self.retranslate()
        (self.table if self._rows else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_stale(self) -> bool:
        """Whether the file was changed since."""
        return not self.stale.isHidden()

    def show_stale(self) -> None:
        """The file was changed since."""
        self.stale.setVisible(True)

    # ---- inside

    def _current(self) -> CompareRow | None:
        row = self.table.current()
        return self._rows[self.model.ids[row]] if 0 <= row < len(self.model.ids) else None

    def _narrow(self) -> None:
        on = self.chips.on()
        self.model.set_ids([at for at, row in enumerate(self._rows) if not on or row.kind in on])
        self.table.go(0)
        self._show_current()

    def _show_current(self) -> None:
        row = self._current()
        self._lines = row.differences if row else ()
        self.line_model.set_ids(range(len(self._lines)))
        self.detail.setCurrentIndex(0 if self._lines else 1)
        self.head.setText(" · ".join(filter(None, (row.head, row.hamlet, row.code, row.place))) if row else "")
        self.told.setText(row.told if row else _("No household here."))
        self.open.setVisible(row is not None and row.household_id is not None)

    def _on_open(self) -> None:
        row = self._current()
        if row is not None and row.household_id is not None:
            self.household_requested.emit(row.household_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _agreed_words(self) -> str:
        same = self._found.same if self._found else 0
        return ngettext(
            "{count} household is the same in the list and in this file.",
            "{count} households are the same in the list and in this file.",
            same,
        ).format(count=format_number(same))

    def _meta_words(self, found: Reconciliation) -> str:
        classes = ", ".join(_(CLASS_SHORT_LABELS[value]) for value in found.classes)
        compared = _(
            "Classes of {year} in this file: {classes}; {here} households expected, {there} in the list"
        ).format(year=found.year, classes=classes, here=format_number(found.here), there=format_number(found.there))
        same = ngettext("{count} is the same", "{count} are the same", found.same).format(
            count=format_number(found.same)
        )
        only = _("Only {hamlet}").format(hamlet=", ".join(found.hamlets)) if found.hamlets else ""
        return " · ".join(filter(None, (compared, same, only)))

    def retranslate(self) -> None:
        """Say the words again."""
        self.close_button.setAccessibleName(_("Back to the list"))
        self.close_button.setToolTip(_("Back to the list (Esc)"))
        self.again.setText(_("Compare again"))
        self.excel.setText(_("Write the differences to Excel…"))
        self.open.setText(_("Open on file"))
        for button in (self.again, self.excel, self.open):
            button.setAccessibleName(button.text())
        self.stale.setText(_("The file has changed since this comparison."))
        self.table.setAccessibleName(_("Households that are not the same"))
        self.line_table.setAccessibleName(_("Fields that differ"))
        found = self._found
        if found is not None:
            self.name.setText(_("Comparison with {file}").format(file=found.label))
            self.meta.setText(self._meta_words(found))
            self.agreed.retranslate()
        self._show_current()

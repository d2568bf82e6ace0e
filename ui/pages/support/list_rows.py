"""The rows of a distribution: amounts and goods while it is prepared, then who collected, who was left out, a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.distributions import DistributionStatus
from casemgr.i18n import _
from ui.models.rows import RowsModel
from ui.pages.support.amount_grid import AmountGrid, AmountModel
from ui.pages.support.distribution_words import LEFT_OUT, entry_line
from ui.pages.support.excel_pane import ExcelPane
from ui.pages.support.goods_card import GoodsCard
from ui.pages.support.receipt_grid import ReceiptGrid, ReceiptModel
from ui.theme import spaced, theme
from ui.translation import Says
from ui.widgets.sentences import SentenceTable

if TYPE_CHECKING:
    from casemgr.exchange.distributions import ReadDistribution
    from casemgr.services.distribution_lists import Excluded
    from casemgr.services.distributions import DistributionRow, DistributionView


class ListRows(QWidget):
    """`changed` after anything that is typed, ticked or shown."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("listRows")
        self.rows: Sequence[DistributionRow] = ()
        self._drafted = True
        self.excluded: Sequence[Excluded] = ()
        self.amounts = AmountModel()
        self.grid = AmountGrid(self.amounts, name="amountGrid")
        self.amounts.changed.connect(self.changed)
        self.grid.goods_requested.connect(lambda: self.ask_goods(self.grid.marked()))
        self.goods = GoodsCard("listGoods")
        self.goods.given.connect(self.amounts.put_goods_at)
        self.goods.closed.connect(self._close_goods)
        self.receipts = ReceiptModel()
        self.ticks = ReceiptGrid(self.receipts, name="receiptGrid")
        self.receipts.changed.connect(self.changed)
        self.left_model: RowsModel[int, Excluded] = RowsModel(LEFT_OUT, lambda ids: [self.excluded[n] for n in ids])
        self.left_out = SentenceTable(self.left_model, name="listExcluded")
        Says(self.left_out, self.left_out.setAccessibleName, lambda: _("Left out, and why"))
        self.excel = ExcelPane()
        self.excel.closed.connect(self.show_rows)
        self.stack = QStackedWidget()
        for widget in (self.grid, self.ticks, self.left_out, self.excel):
            self.stack.addWidget(widget)
        self.stack.setMinimumHeight(theme().px(120))  # a card below needs its room more than a page that is not shown
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.goods)

    def show_list(
        self, view: DistributionView, rows: Sequence[DistributionRow], *, editable: bool, again: bool
    ) -> None:
        """Show a list; read `again`, what is typed and ticked stays."""
        drafted = view.status is DistributionStatus.DRAFT
        self.rows, self.excluded, self._drafted = rows, view.excluded, drafted
        self.left_model.set_ids(range(len(self.excluded)))
        if not again:
            self.goods.hide()
            self.receipts.forget()
        self.receipts.show(rows)
        show = self.amounts.show_again if drafted and again else self.amounts.show
        show([entry_line(row) for row in rows], editable=drafted and editable)
        if not again or self.stack.currentWidget() in (self.grid, self.ticks):
            self.stack.setCurrentWidget(self._usual())

    @property
    def dirty(self) -> bool:
        """Whether something is typed or ticked and not saved."""
        return bool(self.amounts.touched or self.receipts.ticked)

    def discard(self) -> None:
        """What is typed and ticked is given up."""
        self.amounts.touched.clear()
        self.receipts.forget()

    def typed(self) -> list[DistributionRow]:
        """The rows with the amounts and goods that stand in the grid."""
        lines = {line.key: line for line in self.amounts.lines}
        return [replace(row, amount=lines[row.id].amount, goods=lines[row.id].goods) for row in self.rows]

    def marked(self) -> list[int]:
        """The marked rows."""
        return self.grid.marked() if self._drafted else self.ticks.selected()

    def mark(self, wrong: Mapping[UUID, str]) -> None:
        """Say beside its row what stands in the way, and show the first one."""
        first = self.amounts.mark(wrong) if self._drafted else self.receipts.mark(wrong)
        if first >= 0:
            (self.grid if self._drafted else self.ticks).stand_on(first)

    def ask_goods(self, rows: Sequence[int]) -> None:
        """What these rows get; from the first of them that gets something."""
        if rows and self.amounts.open:
            lines = [self.amounts.lines[row] for row in rows]
            self.goods.begin(rows, next((line.goods for line in lines if line.goods), ()))

    def show_file(self, file: str, read: ReadDistribution, status: DistributionStatus) -> None:
        """What a file that came back would change."""
        self.goods.hide()
        self.excel.show_file(file, read, self.typed(), status)
        self._go(self.excel)

    def show_rows(self) -> None:
        """The rows again."""
        self._go(self._usual())

    def show_left_out(self) -> None:
        """Who was left out, or the rows again."""
        self._go(self._usual() if self.shows(self.left_out) else self.left_out)

    def shows(self, widget: QWidget) -> bool:
        """Whether this one is on show."""
        return self.stack.currentWidget() is widget

    def focus(self) -> None:
        """Begin in what is on show."""
        shown = self.stack.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _usual(self) -> QWidget:
        return self.grid if self._drafted else self.ticks

    def _go(self, widget: QWidget) -> None:
        self.stack.setCurrentWidget(widget)
        self.focus()
        self.changed.emit()

    def _close_goods(self) -> None:
        self.goods.hide()
        self.focus()

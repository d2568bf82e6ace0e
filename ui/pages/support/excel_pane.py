"""What a returned Excel file would change, line by line, before anything is taken over; what does not fit beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from casemgr.domain.distributions import DistributionStatus
from casemgr.domain.support import RECEIPT_LABELS
from casemgr.i18n import N_, _, format_date, format_money, format_number, ngettext
from casemgr.services.distribution_papers import goods_text
from ui.models.rows import Column, RowsModel
from ui.theme import spaced
from ui.translation import Says, Speaks
from ui.widgets.list_table import ListTable
from ui.widgets.sentences import SentenceTable

if TYPE_CHECKING:
    from casemgr.domain.support import GoodsLine, ReceiptData
    from casemgr.errors import Problem
    from casemgr.exchange.distributions import ReadDistribution
    from casemgr.services.distributions import DistributionRow

_MOST_TOLD: Final = 200
AMOUNT, GOODS, RECEIPT = N_("Amount"), N_("Goods"), N_("Receipt")


@dataclass(frozen=True)
class Change:
    """One thing the file says otherwise than the list."""

    code: str
    name: str
    what: str
    """One of the N_ words."""
    before: str
    after: str


CHANGES: Final = (
    Column[Change]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[Change]("name", N_("Full name"), lambda row: row.name, 190),
    Column[Change]("what", N_("What changes"), lambda row: _(row.what), 110, code=True),
    Column[Change]("before", N_("In the list"), lambda row: row.before, 240, hint=lambda row: row.before),
    Column[Change]("after", N_("In the file"), lambda row: row.after, 240, hint=lambda row: row.after),
)
PROBLEMS: Final = (Column[str]("told", N_("Not taken over, and why"), lambda row: row, 700),)


class ExcelPane(Speaks):
    """`wanted` carries what is to be taken over."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("excelPane")
        self.read: ReadDistribution | None = None
        self.changes: Sequence[Change] = ()
        self.problems: Sequence[str] = ()
        self._file = ""
        self.title, self.summary = QLabel(), QLabel()
        self.title.setProperty("class", "h2")
        self.summary.setObjectName("excelSummary")
        self.summary.setWordWrap(True)
        self.model: RowsModel[int, Change] = RowsModel(CHANGES, lambda ids: [self.changes[one] for one in ids])
        self.table = ListTable(self.model, name="excelChanges")
        self.problem_model: RowsModel[int, str] = RowsModel(PROBLEMS, lambda ids: [self.problems[one] for one in ids])
        self.problem_table = SentenceTable(self.problem_model, name="excelProblems")
        Says(self.table, self.table.setAccessibleName, lambda: _("What the file changes"))
        Says(self.problem_table, self.problem_table.setAccessibleName, lambda: _("Not taken over, and why"))
        self.take, self.back = QPushButton(), QPushButton()
        self.take.setObjectName("excelTake")
        self.take.setProperty("class", "primary")
        self.back.setObjectName("excelBack")
        for button, act in ((self.take, self.take_over), (self.back, self.closed.emit)):
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked, act=act: act())
        foot = QHBoxLayout()
        spaced(foot, spacing=8)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.take)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self.title)
        layout.addWidget(self.problem_table, 1)
        layout.addWidget(self.table, 2)
        layout.addLayout(foot)
        self.setFocusProxy(self.take)
        self.retranslate()

    def show_file(
        self, file: str, read: ReadDistribution, rows: Sequence[DistributionRow], status: DistributionStatus
    ) -> None:
        """Show what the file says otherwise; on a list being prepared amounts and goods, afterwards receipts."""
        self._file, self.read = file, read
        problems = [one.message for one in read.problems]
        drafted = status is DistributionStatus.DRAFT
        late = len(read.receipts) if drafted else len(read.amounts.keys() | read.goods.keys())
        if late:
            problems.insert(0, _draft_words(late) if drafted else _settled_words(late))
        self.changes = changes(read, rows, drafted=drafted)
        self.model.set_ids(range(len(self.changes)))
        self._tell(problems)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """What stands in the way of taking it over."""
        self._tell([one.message for one in problems])

    def take_over(self) -> None:
        """Take over what fits."""
        if self.read is not None and self.take.isEnabled():
            self.wanted.emit(self.read)

    def _tell(self, problems: Sequence[str]) -> None:
        more = len(problems) - _MOST_TOLD
        self.problems = [*problems[:_MOST_TOLD]]
        if more > 0:
            words = ngettext("{count} more of this kind.", "{count} more of this kind.", more)
            self.problems.append(words.format(count=format_number(more)))
        self.problem_model.set_ids(range(len(self.problems)))
        self.problem_table.setVisible(bool(self.problems))
        self.table.setVisible(bool(self.changes))
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        count = len(self.changes)
        self.title.setText(_("What {file} changes").format(file=self._file))
        words = ngettext("Take {count} change over", "Take {count} changes over", count)
        self.take.setText(words.format(count=format_number(count)))
        self.take.setEnabled(bool(count))
        self.back.setText(_("Back"))
        for button in (self.take, self.back):
            button.setAccessibleName(button.text())
        self.summary.setText("" if count else _("The file says nothing else than the list."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the rows."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def changes(read: ReadDistribution, rows: Sequence[DistributionRow], *, drafted: bool) -> list[Change]:
    """Line by line in the order of the list."""
    found = []
    for row in rows:
        if drafted and row.id in read.amounts:
            after = format_money(read.amounts[row.id])
            found.append(Change(row.code, row.name, AMOUNT, format_money(row.amount), after))
        if drafted and row.id in read.goods:
            now = read.goods[row.id]
            before = _goods_words([line for line in row.goods if line not in now])
            after = _goods_words([line for line in now if line not in row.goods])
            found.append(Change(row.code, row.name, GOODS, before, after))
        if not drafted and row.id in read.receipts:
            after = _receipt_words(read.receipts[row.id])
            found.append(Change(row.code, row.name, RECEIPT, "", after))
    return found


def _goods_words(goods: Sequence[GoodsLine]) -> str:
    """Everything the list says of goods, and the price; what is the same in both is left out before."""
    prices = ("× " + format_money(line.unit_price) if line.unit_price else "" for line in goods)
    parts = (" ".join(filter(None, (goods_text(line), price))) for line, price in zip(goods, prices, strict=True))
    return "; ".join(parts) or _("none")


def _receipt_words(receipt: ReceiptData) -> str:
    parts = (
        format_date(receipt.received_on),
        receipt.by_name,
        receipt.by_relation,
        receipt.authorisation,
        _(RECEIPT_LABELS[receipt.proof]),
    )
    return " · ".join(filter(None, parts))


def _draft_words(count: int) -> str:
    words = ngettext(
        "{count} receipt is not taken over: the list is not approved yet.",
        "{count} receipts are not taken over: the list is not approved yet.",
        count,
    )
    return words.format(count=format_number(count))


def _settled_words(count: int) -> str:
    words = ngettext(
        "{count} row has another amount or other goods: an approved list keeps its own.",
        "{count} rows have other amounts or goods: an approved list keeps its own.",
        count,
    )
    return words.format(count=format_number(count))

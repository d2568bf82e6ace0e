"""Payments and hand-overs of a household: how far each is, who collected; a settled one is corrected by a new entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from casemgr.domain.support import DELIVERY_LABELS, DeliveryStatus
from casemgr.i18n import N_, _, format_date, format_money
from ui.desk import Desk
from ui.goods_editor import goods_words
from ui.models.rows import Column, RowsModel
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.chips import FlowLayout
from ui.widgets.fit_table import FitTable, flat_button

if TYPE_CHECKING:
    from casemgr.services.deliveries import DeliveryView

TONES: Final = {
    DeliveryStatus.PLANNED: "info",
    DeliveryStatus.APPROVED: "info",
    DeliveryStatus.DELIVERED: "near",
    DeliveryStatus.RECEIVED: "ok",
    DeliveryStatus.RETURNED: "plain",
    DeliveryStatus.CANCELLED: "plain",
}
OPEN: Final = (DeliveryStatus.PLANNED, DeliveryStatus.APPROVED, DeliveryStatus.DELIVERED)


def state_words(row: DeliveryView) -> str:
    """How far it is; a correction says so."""
    if row.corrects_id is not None and row.status is DeliveryStatus.RECEIVED:
        return _("Correction")
    return _(DELIVERY_LABELS[row.status])


def worth_words(row: DeliveryView) -> str:
    """Money, or what was handed over."""
    money = format_money(row.data.amount) if row.data.amount else ""
    return " + ".join(filter(None, (money, goods_words(row.data.goods))))


def _hint(row: DeliveryView) -> str:
    receipt = row.receipt
    collected = ""
    if receipt is not None:
        who = " · ".join(filter(None, (receipt.by_name, receipt.by_relation, receipt.authorisation)))
        collected = _("Received on {date}: {who}").format(date=format_date(receipt.received_on), who=who)
    decision = row.data.decision_number
    return " · ".join(filter(None, (state_words(row), collected, decision, row.data.note)))


_COLUMNS: Final = (
    Column["DeliveryView"]("on", N_("Day"), lambda row: format_date(row.data.on), 92, code=True),
    Column["DeliveryView"]("programme", N_("Programme"), lambda row: row.programme, 170),
    Column["DeliveryView"]("person", N_("For"), lambda row: row.person, 110, spare=True),
    Column["DeliveryView"]("worth", N_("Amount"), worth_words, 130, right=True),
    Column["DeliveryView"](
        "state", N_("State"), state_words, 120, code=True, tone=lambda row: TONES[row.status], hint=_hint
    ),
)


class DeliveriesCard(Card):
    """`receive_requested`, `correct_requested` and `back_requested` carry the delivery."""

    receive_requested = Signal(object)
    correct_requested = Signal(object)
    back_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("Payments and hand-overs"), margin=10)
        self.setObjectName("deliveriesCard")
        self._desk = desk
        self._may = False
        self._rows: Sequence[DeliveryView] = ()
        self.model: RowsModel[int, DeliveryView] = RowsModel(_COLUMNS, lambda ids: [self._rows[each] for each in ids])
        self.table = FitTable(self.model, name="householdDeliveries", most=6)
        self.table.opened.connect(lambda _row: self._on_opened())
        self.table.current_changed.connect(lambda _row: self._say())
        Says(self.table, self.table.setAccessibleName, lambda: _("Payments and hand-overs"))
        self.receive = flat_button("deliveryReceive", "pen-nib")
        self.correct = flat_button("deliveryCorrect", "pencil-simple")
        self.back = flat_button("deliveryBack", "arrow-u-up-left")
        inside = QWidget()
        verbs = FlowLayout(inside)
        spaced(verbs)
        self.head.addWidget(inside, 1)
        for button, words, act in (
            (self.receive, lambda: _("Record the receipt"), self._on_receive),
            (self.correct, lambda: _("Correct…"), self._on_correct),
            (self.back, lambda: _("Take back…"), self._on_back),
        ):
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            button.clicked.connect(act)
            verbs.addWidget(button)
        self.none = QLabel()
        self.none.setProperty("class", "soft")
        Says(self.none, self.none.setText, lambda: _("Nothing was paid or handed over yet."))
        self.add(self.table)
        self.add(self.none)

    def show_household(self, household: UUID) -> None:
        """Show its entries, newest first."""
        from casemgr.services import deliveries  # not wanted before a household is open

        kept = self.current()
        self._rows = self._desk.workspace.read(deliveries.of_household, household)
        self.model.set_ids(range(len(self._rows)))
        places = [place for place, row in enumerate(self._rows) if kept is not None and row.id == kept.id]
        self.table.go(places[0] if places else 0)
        self.table.setVisible(bool(self._rows))
        self.none.setVisible(not self._rows)
        self._say()

    def current(self) -> DeliveryView | None:
        """The entry one is on."""
        row = self.table.current()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        self._may = may
        self._say()

    def _say(self) -> None:
        row = self.current()
        for button in (self.receive, self.correct, self.back):
            button.setVisible(bool(self._rows))
        opened = row is not None and row.status in OPEN
        settled = row is not None and row.status is DeliveryStatus.RECEIVED and row.corrects_id is None
        self.receive.setEnabled(self._may and opened)
        self.correct.setEnabled(self._may and settled)
        self.back.setEnabled(self._may and (opened or settled))

    def _on_opened(self) -> None:
        if self.receive.isEnabled():
            self._on_receive()
        else:
            self._on_correct()

    def _on_receive(self) -> None:
        row = self.current()
        if row is not None and self.receive.isEnabled():
            self.receive_requested.emit(row)

    def _on_correct(self) -> None:
        row = self.current()
        if row is not None and self.correct.isEnabled():
            self.correct_requested.emit(row)

    def _on_back(self) -> None:
        row = self.current()
        if row is not None and self.back.isEnabled():
            self.back_requested.emit(row)

"""The list of requests: text, chips and year narrow it, those due first stand at the top; a scanned receipt opens."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QToolButton, QVBoxLayout

from casemgr.domain.paper_codes import read_request_qr
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import REQUEST_STATUS_LABELS, RequestStatus
from casemgr.errors import AppError
from casemgr.i18n import N_, _, format_number, ngettext
from casemgr.services import request_standing, requests
from casemgr.services.requests import RequestQuery, RequestRow
from ui.desk import Desk
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.requests.columns import BESIDE, REQUESTS
from ui.request_words import KIND_WORDS
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.chips import Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

LIST: Final = "requests"
LATE: Final = "late"
ANSWERED: Final = "answered"
SCANNED: Final = "CM1"
"""How the QR of every working paper begins."""
_ANSWERS: Final = (RequestStatus.ACCEPTED.value, RequestStatus.REFUSED.value, RequestStatus.WITHDRAWN.value)
_STATES: Final = {
    LATE: N_("Late"),
    RequestStatus.RECEIVED.value: REQUEST_STATUS_LABELS[RequestStatus.RECEIVED],
    RequestStatus.IN_REVIEW.value: REQUEST_STATUS_LABELS[RequestStatus.IN_REVIEW],
    ANSWERED: N_("Answered"),
}


class RequestList(Speaks):
    """Knows which requests are shown and which one is current."""

    opened = Signal(UUID)
    """Enter, double click, or a scanned receipt."""
    moved = Signal(UUID)
    """Another line became current."""
    new_requested = Signal()
    print_requested = Signal()
    said = Signal(Notice)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("requestList")
        self._desk = desk
        self._quiet = False
        self._beside = False
        self.text = QLineEdit()
        self.text.setObjectName("requestFilter")
        self.text.setClearButtonEnabled(True)
        self.text.addAction(icon("qr-code"), QLineEdit.ActionPosition.LeadingPosition)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)
        self._delay.timeout.connect(self.search)
        self.text.textChanged.connect(lambda _text: self._delay.start())
        self.text.returnPressed.connect(self._on_enter)
        self.states = Chips([Chip(key, partial(_, words)) for key, words in _STATES.items()], single=True)
        self.states.setObjectName("requestStates")
        self.kinds = Chips([Chip(kind.value, partial(_, words)) for kind, words in KIND_WORDS.items()])
        self.kinds.setObjectName("requestKinds")
        for chips in (self.states, self.kinds):
            chips.changed.connect(self.search)
        self.count = QLabel()
        self.count.setObjectName("requestCount")
        self.count.setProperty("class", "small")
        self.new = QPushButton()
        self.new.setObjectName("requestNew")
        self.new.setProperty("class", "primary")
        self.new.setIcon(icon("plus", "on"))
        self.new.clicked.connect(self.new_requested)
        self.paper = QToolButton()
        self.paper.setObjectName("requestListPrint")
        self.paper.setProperty("class", "flat")
        self.paper.setIcon(icon("printer"))
        self.paper.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.paper.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.paper.clicked.connect(self.print_requested)
        self.model: RowsModel[UUID, RequestRow] = RowsModel(REQUESTS, self._fetch)
        self.table = ListTable(self.model, name="requestTable")
        self.table.opened.connect(lambda row: self.opened.emit(self.model.ids[row]))
        self.table.columns_chosen.connect(self._on_columns)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.empty = EmptyState("tray", lambda: "", lambda: "", (lambda: _("New request"),))
        self.empty.chosen.connect(lambda _number: self.new_requested.emit())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._lay_out()
        self.set_beside(beside=False)
        self.retranslate()

    def _lay_out(self) -> None:
        top, third = QHBoxLayout(), QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.text, 1)
        top.addWidget(self.new)
        spaced(third, spacing=4)
        third.addWidget(self.kinds, 1)
        third.addWidget(self.count)
        third.addWidget(self.paper)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 6, 10), spacing=8)
        layout.addLayout(top)
        layout.addWidget(self.states)
        layout.addLayout(third)
        layout.addWidget(self.stack, 1)

    # ---- what the page uses

    def query(self) -> RequestQuery:
        """What is shown."""
        on = self.states.on()
        key = on[0] if on else ""
        text = self.text.text()
        statuses = () if key in ("", LATE) else _ANSWERS if key == ANSWERED else (key,)
        return RequestQuery(
            text="" if _is_scan(text) else text, kinds=self.kinds.on(), statuses=statuses, late=key == LATE
        )

    def search(self) -> None:
        """Ask for the ids anew; the current request stays current where it is still shown."""
        current = self.current()
        ids = self._desk.workspace.read(requests.find, self.query())
        self._quiet = True
        if list(ids) == list(self.model.ids):
            self.model.reload()
        else:
            self.model.set_ids(ids)
            self.table.go(self.model.place_of(current))
        self._quiet = False
        waiting = self._desk.workspace.read(request_standing.waiting)
        self.states.set_counts(
            {
                LATE: waiting.late,
                RequestStatus.RECEIVED.value: waiting.received,
                RequestStatus.IN_REVIEW.value: waiting.in_review,
            }
        )
        self._show()

    def current(self) -> UUID | None:
        """The current request."""
        row = self.table.current()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    def selected(self) -> tuple[UUID, ...]:
        """The selected requests in order."""
        return tuple(self.model.ids[row] for row in self.table.selected())

    def show_request(self, request: UUID) -> None:
        """Make a request current, without telling; filters that hide it go."""
        self._quiet = True
        if self.model.place_of(request) < 0:
            self.narrow("")
            self._quiet = True
        place = self.model.place_of(request)
        if place != self.table.current():
            self.table.go(place)
        self._quiet = False

    def narrow(self, text: str) -> None:
        """Show what a text finds, everything else off."""
        self.text.setText(text)
        self._delay.stop()
        self.states.set_on(())
        self.kinds.set_on(())
        self.search()

    def set_beside(self, *, beside: bool) -> None:
        """Few columns beside an open request, or the columns chosen."""
        current = self.current()
        self._beside = beside
        self._quiet = True
        self.model.set_columns(BESIDE if beside else self._desk.settings.columns.get(LIST, ()))
        self.table.go(self.model.place_of(current))
        self._quiet = False
        self.kinds.setVisible(not beside)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        self.text.setPlaceholderText(_("Name, code, number, or scan a receipt"))
        self.text.setAccessibleName(_("Name, code, number, or scan a receipt"))
        self.new.setText("" if self._beside else _("New request"))
        self.new.setToolTip(_("New request (Ctrl+Shift+R)"))
        self.new.setAccessibleName(_("New request"))
        self.new.setEnabled(self._desk.may(Permission.EDIT))
        self.table.setAccessibleName(_("Requests"))
        self.paper.setText("" if self._beside else _("Print the list"))
        self.paper.setToolTip(_("Print the list as it is shown, or save it as PDF"))
        self.paper.setAccessibleName(_("Print the list"))
        self.paper.setVisible(self._desk.may(Permission.EXPORT) and not self._beside)
        self._say_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the filter goes to the list."""
        if event.key() == Qt.Key.Key_Down and self.text.hasFocus() and self.model.ids:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if self.table.current() < 0:
                self.table.go(0)
            return
        super().keyPressEvent(event)

    # ---- inside

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[RequestRow]:
        return self._desk.workspace.read(requests.rows, ids)

    def _show(self) -> None:
        if self.model.ids:
            self.stack.setCurrentWidget(self.table)
        else:
            if self.query() != RequestQuery():
                self.empty.say(lambda: _("No request fits"), lambda: _("Take away a filter, or try fewer letters."))
            else:
                self.empty.say(
                    lambda: _("No requests yet"),
                    lambda: _(
                        "When a household hands in Mẫu số 01 or Mẫu số 04, take it in here: it gets its number, "
                        "its due date and a receipt."
                    ),
                )
            self.stack.setCurrentWidget(self.empty)
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.model.ids)
        self.count.setText(ngettext("{count} request", "{count} requests", count).format(count=format_number(count)))

    def _on_enter(self) -> None:
        text = self.text.text().strip()
        if _is_scan(text):
            self._open_scanned(text)
            return
        if self._delay.isActive():
            self._delay.stop()
            self.search()
        if self.model.ids:
            self.table.go(max(0, self.table.current()))
            self.opened.emit(self.model.ids[self.table.current()])

    def _open_scanned(self, text: str) -> None:
        self.text.clear()
        self._delay.stop()
        self.search()
        try:
            request = read_request_qr(text)
            self._desk.workspace.read(requests.view, request)
        except AppError as error:
            hint = _("If a scanner typed it, turn the Vietnamese keyboard (UniKey) off and scan again.")
            self.said.emit(Notice(f"{error} {hint}", "near"))
            return
        self.opened.emit(request)

    def _on_columns(self, keys: tuple[str, ...]) -> None:
        if not self._beside:
            self._desk.prefer(columns={**self._desk.settings.columns, LIST: keys})

    def _on_current(self, now: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self.moved.emit(self.model.ids[now.row()])


def _is_scan(text: str) -> bool:
    return text.strip().upper().startswith(SCANNED)

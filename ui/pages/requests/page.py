"""The page of requests: the list with one request beside it, a new one, its papers, and a refusal."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignKind, RequestKind
from casemgr.errors import NotFoundError, ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.services import households, requests
from ui.actions import handles
from ui.desk import Desk
from ui.page import Page
from ui.pages.requests import detail as verbs
from ui.pages.requests import papers
from ui.pages.requests.confirmation_pane import ConfirmationPane
from ui.pages.requests.detail import RequestDetail
from ui.pages.requests.entry_pane import EntryPane
from ui.pages.requests.list_pane import RequestList
from ui.pages.requests.refusal_pane import RefusalPane
from ui.pages.requests.returning import Returning
from ui.paper_pane import Drawing, PaperPane
from ui.places import Place
from ui.theme import spaced, theme
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

NAME = "requests"
BESIDE = 860
"""Below this natural width the list steps aside while a request is open."""
LIST_WIDE = 400
_LIST_ONLY = frozenset({"view.find", "view.columns", "edit.copy_table", "edit.select_all"})


class RequestsPage(Page):
    """`Place` with an id opens a request; with the wish "new" the id is the household that asks, if it is known."""

    tables = frozenset(
        {
            "review_request",
            "review_case",
            "case_step",
            "campaign",
            "posting",
            "decision",
            "office_paper",
            "household",
            "household_class",
            "membership",
            "person",
            "hamlet",
            "holiday",
            "policy_pack",
        }
    )

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("requestsPage")
        self.list, self.detail = RequestList(desk), RequestDetail(desk)
        self.entry = EntryPane(desk)
        self.paper, self.refusal = PaperPane(desk, printing, name="requestPaper"), RefusalPane(desk, printing)
        self.confirmation = ConfirmationPane(desk, printing)
        self._returning = Returning(desk)
        self.detail.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("requestSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(6)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(1, 1)
        self.stack = QStackedWidget()
        self.stack.setObjectName("requestStack")
        for pane in (self._splitter, self.entry, self.paper, self.refusal, self.confirmation):
            self.stack.addWidget(pane)
        self._back_to: QWidget = self._splitter
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self._wire(desk)
        self.list.search()
        self.retranslate()

    def _wire(self, desk: Desk) -> None:
        self.list.opened.connect(self.open_request)
        self.list.moved.connect(self._on_moved)
        self.list.new_requested.connect(self.start_new)
        self.list.print_requested.connect(self._print_list)
        self.detail.closed.connect(self.close_request)
        self.detail.verb_requested.connect(self._on_verb)
        self.detail.paper_requested.connect(lambda one: self._show_paper(papers.issued(desk.workspace, one)))
        self.entry.saved.connect(self._on_saved)
        self.entry.closed.connect(self._show_list)
        self.entry.household_wanted.connect(self._enter_household)
        self.entry.form_requested.connect(self._print_typed_form)
        self.entry.conflicted.connect(lambda error: self.said.emit(Notice(str(error), "near")))
        self.paper.closed.connect(self._leave_paper)
        for letter in (self.refusal, self.confirmation):
            letter.closed.connect(self._leave_letter)
        self._returning.entered.connect(self._on_household_entered)
        for source in (self.list, self.paper, self.refusal, self.confirmation):
            source.said.connect(self.said)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Requests")

    def place(self) -> Place:
        """The open request, or the list."""
        view = self.detail.view if self._showing else None
        return Place(NAME, view.id if view else None)

    def show_place(self, place: Place) -> None:
        """Take a request in, open one, or narrow the list; what was being typed is still there."""
        self._returning.stop()
        if place.wish == "new":
            self.start_new(place.id or next(iter(place.ids), None))
        elif place.wish == "back":
            self._go(self.entry)
        elif place.id is not None:
            self._show_list()
            self.open_request(place.id)
        elif place.text:
            self._show_list()
            self.list.narrow(place.text)
        elif self.stack.currentWidget() is self._splitter:
            self.list.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again what is shown."""
        self._returning.look()
        self.list.search()
        if self._showing:
            try:
                self.detail.reload()
            except NotFoundError:  # its receipt was taken back
                self.close_request()
        self.state_changed.emit()

    def leave(self) -> bool:
        """Asks about what is typed; not while the missing household is entered elsewhere."""
        if self._returning.waiting:
            return True
        shown = self.stack.currentWidget()
        if shown is self.entry:
            if not self.entry.may_leave():
                return False
            self._show_list()
        return True

    def can(self, action: str) -> bool:
        """What makes sense now."""
        shown = self.stack.currentWidget()
        if action in ("edit.save", "edit.discard"):
            return shown is self.entry
        return shown is self._splitter if action in _LIST_ONLY else True

    # ---- opening and closing

    @property
    def _showing(self) -> bool:
        return self.detail.isVisibleTo(self._splitter)

    def open_request(self, request: UUID) -> None:
        """Show a request beside the list."""
        self.detail.show_request(request)
        self._go(self._splitter)
        first = not self._showing
        self.detail.show()
        if first:
            self.list.set_beside(beside=True)
            wide = theme().room(LIST_WIDE)
            self._splitter.setSizes([wide, max(wide, self.width() - wide)])
        self._fit()
        self.list.show_request(request)
        if first or not self.list.table.hasFocus():
            expected = self.detail.buttons.get(self.detail.expected())
            (expected or self.detail.wide).setFocus(Qt.FocusReason.OtherFocusReason)
        self.state_changed.emit()

    def close_request(self) -> None:
        """Back to the whole list."""
        self.detail.hide()
        self.list.show()
        self.list.set_beside(beside=False)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state_changed.emit()

    # ---- actions

    @handles("requests.new")
    def start_new(self, household: UUID | None = None) -> None:
        """Begin a request; one that waits for its household gets it."""
        if not self.desk.may(Permission.EDIT):
            return
        if self.stack.currentWidget() is self.entry and self.entry.waiting:
            if household is not None:
                self.entry.take_household(household)
            return
        if self.stack.currentWidget() is self.entry and not self.entry.may_leave():
            return
        self._go(self.entry)
        self.entry.begin(household)

    @handles("edit.save")
    def save(self) -> None:
        """Save what is typed, without printing."""
        self.entry.save(receipt=False)

    @handles("edit.discard")
    def discard(self) -> None:
        """Forget what is typed."""
        self.entry.forget()
        self._show_list()

    @handles("view.find")
    def filter(self) -> None:
        """Type or scan into the filter."""
        self.list.show()
        self.list.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.text.selectAll()

    @handles("view.columns")
    def choose_columns(self) -> None:
        """Choose columns of the whole list."""
        self.close_request()
        self.list.table.choose_columns()

    @handles("edit.copy_table")
    def copy_table(self) -> None:
        """Copy the list for Excel."""
        count = self.list.table.copy_for_excel()
        words = ngettext(
            "{count} line copied; paste it into Excel.", "{count} lines copied; paste them into Excel.", count
        )
        self.said.emit(Notice(words.format(count=count), "ok"))

    @handles("edit.select_all")
    def select_all(self) -> None:
        """Select the whole list."""
        self.list.table.selectAll()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- verbs of a request

    def _on_verb(self, verb: str) -> None:
        view = self.detail.view
        if view is None:
            return
        standing = self.detail.standing
        if verb == verbs.TAKE:
            campaign, title = self.detail.reviews[0]
            job = self.desk.write(requests.take_into_review, [view.id], campaign)
            done = _("Request {number} is on the list of “{review}”.").format(number=view.row.number, review=title)
            job.succeeded.connect(lambda _nothing: self.said.emit(Notice(done, "ok")))
            job.catch(ValidationError, lambda error: self.said.emit(Notice(str(error), "poor")))
        elif verb == verbs.OPEN_REVIEW:
            average = view.data.kind is RequestKind.AVERAGE
            kind = CampaignKind.AVERAGE if average else CampaignKind.IN_YEAR
            self.open_requested.emit(Place("review", text=kind.value, wish="open"))
        elif verb == verbs.SEE and standing is not None:
            self.open_requested.emit(Place("review", standing.case_id, wish="case"))
        elif verb in (verbs.REFUSE, verbs.LETTER):
            self._go(self.refusal)
            self.refusal.begin_refusal(view)
        elif verb == verbs.CONFIRM:
            self._go(self.confirmation)
            self.confirmation.begin_confirmation(view)
        elif verb == verbs.RECEIPT:
            self._show_paper(papers.receipt_of(self.desk.workspace, view.id, view.row.number))
        elif verb == verbs.FORM:
            self._show_paper(papers.form_of(self.desk.workspace, view.id, view.row.number))
        elif verb == verbs.CORRECT:
            self._go(self.entry)
            self.entry.correct(view)
        elif verb == verbs.HOUSEHOLD:
            self.open_requested.emit(Place("households", view.data.household_id))

    def _on_saved(self, request: UUID, receipt: bool) -> None:
        row = self.desk.workspace.read(requests.rows, [request])[0]
        self._show_list()
        self.open_request(request)
        told = _("Request {number} is in; to be answered by {date}.").format(
            number=row.number, date=format_date(row.due_on)
        )
        self.said.emit(Notice(told, "ok"))
        if receipt:
            self._show_paper(papers.receipt_of(self.desk.workspace, request, row.number), ask=True)

    def _enter_household(self) -> None:
        """Enter the missing household; its entry brings one back here."""
        self._returning.start()
        self.open_requested.emit(Place("households", wish="new"))

    def _on_household_entered(self, household: UUID) -> None:
        self.entry.take_household(household)
        code = self.desk.workspace.read(households.view, household).code
        back = partial(self.open_requested.emit, Place(NAME, wish="back"))
        self.said.emit(
            Notice(
                _("{code} is in the file: the request can go on.").format(code=code),
                "info",
                _("Back to the request"),
                back,
            )
        )

    # ---- papers

    def _print_typed_form(self) -> None:
        house, values = self.entry.finder.view, self.entry.values()
        if house is not None and values["kind"] is not None and values["received_on"] is not None:
            self._show_paper(papers.form_for(self.desk.workspace, house.id, house.code, values))

    def _print_list(self) -> None:
        if self.list.model.ids:
            self._show_paper(papers.list_of(self.desk.workspace, tuple(self.list.model.ids)))

    def _show_paper(self, drawing: Drawing, *, ask: bool = False) -> None:
        self._back_to = self.entry if self.stack.currentWidget() is self.entry else self._splitter
        self._go(self.paper)
        self.paper.begin(drawing, ask=ask)

    def _leave_paper(self) -> None:
        if self._back_to is self.entry:
            self._go(self.entry)
        else:
            self._show_list()

    def _leave_letter(self) -> None:
        self._show_list()
        if self._showing:
            self.detail.reload()

    # ---- inside

    def _go(self, pane: QWidget) -> None:
        self.stack.setCurrentWidget(pane)
        self.state_changed.emit()

    def _show_list(self) -> None:
        self._go(self._splitter)
        (self.detail.wide if self._showing else self.list.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_moved(self, request: UUID) -> None:
        if self._showing:
            self.detail.show_request(request)
        self.state_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes an open request."""
        if event.key() == Qt.Key.Key_Escape and self._showing:
            self.close_request()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On narrow windows the list steps aside while a request is open."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._showing:
            self.list.setVisible(self.width() >= theme().room(BESIDE))

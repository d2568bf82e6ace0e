"""The panes of the review and the ways between them; each is made when it is first wanted, its wiring stands here."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from casemgr.domain.paper_codes import read_case_qr
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.reviews import CaseState
from casemgr.errors import AppError, ValidationError
from casemgr.i18n import _
from casemgr.services import campaign_board, meetings, survey_sheets
from casemgr.services.campaign_board import CaseQuery
from ui.desk import Desk
from ui.pages.review import papers
from ui.pages.review.board_pane import BoardPane
from ui.pages.review.board_table import NOWHERE, TOTAL
from ui.pages.review.bulk_pane import BulkPane
from ui.pages.review.case_list import CaseListPane
from ui.pages.review.decision_pane import DecisionPane
from ui.pages.review.edit_pane import EditPane
from ui.pages.review.explain_pane import ExplainPane
from ui.pages.review.key_pane import KeyPane
from ui.pages.review.meeting_pane import MeetingPane
from ui.pages.review.meeting_window import MeetingWindow
from ui.pages.review.office_paper_pane import OfficePaperPane
from ui.pages.review.open_form import OpenForm
from ui.pages.review.opinion_pane import OpinionPane
from ui.pages.review.posting_pane import PostingPane
from ui.paper_pane import PaperPane
from ui.places import Place
from ui.widgets.message_bar import Notice
from ui.widgets.printing import Printing

W = TypeVar("W", bound=QWidget)


class Routes(QStackedWidget):
    """Shows one pane at a time; Esc goes back the way one came."""

    said = Signal(Notice)
    place_requested = Signal(Place)
    moved = Signal()
    """Another pane, or another selection in it."""
    verb_requested = Signal(str)

    def __init__(self, desk: Desk, printing: Printing) -> None:
        super().__init__()
        self.setObjectName("reviewStack")
        self._desk, self._printing = desk, printing
        self._panes: dict[type[QWidget], QWidget] = {}
        self._trail: list[QWidget] = []
        self.wall: MeetingWindow | None = None
        self.board = BoardPane(desk)
        self.addWidget(self.board)
        self.board.list_requested.connect(self.show_list)
        self.board.chosen.connect(self.moved)

    # ---- panes

    def _pane(self, kind: type[W], make: Callable[[], W], wire: Callable[[W], object]) -> W:
        found = self._panes.get(kind)
        if isinstance(found, kind):
            return found
        made = make()
        self._panes[kind] = made
        self.addWidget(made)
        wire(made)
        return made

    @property
    def cases(self) -> CaseListPane:
        """The households behind a number."""

        def wire(pane: CaseListPane) -> None:
            pane.closed.connect(self.go_back)
            pane.opened.connect(self.open_case)
            pane.verb_requested.connect(self.verb_requested)
            pane.scanned.connect(self.look_for)
            pane.selection_changed.connect(self.moved)
            pane.add_requested.connect(self.look_in_commune)

        return self._pane(CaseListPane, lambda: CaseListPane(self._desk), wire)

    @property
    def key(self) -> KeyPane:
        """The sheet that is keyed."""

        def wire(pane: KeyPane) -> None:
            pane.closed.connect(self.go_back)
            pane.finished.connect(self.say_all_keyed)
            pane.said.connect(self.said)
            pane.explain_requested.connect(self.explain_case)
            pane.scanned.connect(self.look_for)

        return self._pane(KeyPane, lambda: KeyPane(self._desk), wire)

    @property
    def explain(self) -> ExplainPane:
        """Why a household has its class."""

        def wire(pane: ExplainPane) -> None:
            pane.closed.connect(self.go_back)
            pane.key_requested.connect(self.key_case)
            pane.household_requested.connect(self.open_household)
            pane.objection_requested.connect(self.object_to)

        return self._pane(ExplainPane, lambda: ExplainPane(self._desk), wire)

    @property
    def bulk(self) -> BulkPane:
        """A step for many."""

        def wire(pane: BulkPane) -> None:
            pane.closed.connect(self.go_back)
            pane.done.connect(self.go_back)

        return self._pane(BulkPane, lambda: BulkPane(self._desk), wire)

    @property
    def opening(self) -> OpenForm:
        """A new review."""

        def wire(pane: OpenForm) -> None:
            pane.closed.connect(self.show_board)
            pane.opened.connect(self.show_opened)

        return self._pane(OpenForm, lambda: OpenForm(self._desk), wire)

    @property
    def edit(self) -> EditPane:
        """A running review, corrected."""
        return self._pane(EditPane, lambda: EditPane(self._desk), lambda pane: pane.closed.connect(self.go_back))

    @property
    def meetings(self) -> MeetingPane:
        """The residents' meetings."""

        def wire(pane: MeetingPane) -> None:
            pane.closed.connect(self.go_back)
            pane.said.connect(self.said)
            pane.show_requested.connect(self.show_on_wall)
            pane.minutes_requested.connect(lambda meeting: self.show_paper(PaperKind.MINUTES, meeting))

        return self._pane(MeetingPane, lambda: MeetingPane(self._desk), wire)

    @property
    def posting(self) -> PostingPane:
        """Postings and objections."""

        def wire(pane: PostingPane) -> None:
            pane.closed.connect(self.go_back)
            pane.said.connect(self.said)
            pane.paper_requested.connect(lambda posting: self.show_paper(PaperKind.POSTING, posting))
            pane.explain_requested.connect(self.explain_case)
            pane.list_requested.connect(lambda: self.show_list(None, CaseState.POSTED.value))

        return self._pane(PostingPane, lambda: PostingPane(self._desk), wire)

    @property
    def opinion(self) -> OpinionPane:
        """The superior's opinion."""

        def wire(pane: OpinionPane) -> None:
            pane.closed.connect(self.go_back)
            pane.paper_requested.connect(lambda: self.show_campaign_paper(PaperKind.SUPERIOR_REPORT))

        return self._pane(OpinionPane, lambda: OpinionPane(self._desk), wire)

    @property
    def decision(self) -> DecisionPane:
        """The decision."""

        def wire(pane: DecisionPane) -> None:
            pane.closed.connect(self.show_board)
            pane.paper_requested.connect(lambda: self.show_campaign_paper(papers.decision_kind(self.board.view)))
            pane.list_requested.connect(self.show_households)
            pane.household_requested.connect(self.open_household)
            pane.certificates_requested.connect(
                lambda ids: self.place_requested.emit(Place("certificates", ids=ids, wish="papers"))
            )
            pane.blocks_requested.connect(self._print_blocks)

        return self._pane(DecisionPane, lambda: DecisionPane(self._desk), wire)

    @property
    def paper(self) -> PaperPane:
        """Survey sheets."""

        def wire(pane: PaperPane) -> None:
            pane.closed.connect(self.go_back)
            pane.said.connect(self.said)

        return self._pane(PaperPane, lambda: PaperPane(self._desk, self._printing, name="paper"), wire)

    @property
    def office_paper(self) -> OfficePaperPane:
        """Numbered papers."""

        def wire(pane: OfficePaperPane) -> None:
            pane.closed.connect(self.go_back)
            pane.said.connect(self.said)

        return self._pane(OfficePaperPane, lambda: OfficePaperPane(self._desk, self._printing), wire)

    # ---- going about inside

    def go(self, pane: QWidget) -> None:
        """Show a pane; Esc there comes back here."""
        here = self.currentWidget()
        if here is not pane:
            if here is not None:
                self._trail = [each for each in self._trail if each is not pane]
                self._trail.append(here)
            self.setCurrentWidget(pane)
        self.moved.emit()

    def go_back(self) -> None:
        """Where one came from."""
        pane = self._trail.pop() if self._trail else self.board
        self.setCurrentWidget(pane)
        self.refresh()
        self.moved.emit()
        focus = pane.table if isinstance(pane, BoardPane | CaseListPane) else pane
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_board(self) -> None:
        """Back to the board."""
        self._trail = []
        self.setCurrentWidget(self.board)
        self.board.refresh()
        self.board.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()

    def show_list(self, hamlet: UUID | None, column: str) -> None:
        """The households behind a number."""
        campaign = self.board.campaign
        if campaign is not None:
            self.go(self.cases)
            self.cases.show_list(campaign, hamlet, column)

    def show_households(self, households: Sequence[UUID], message: str) -> None:
        """The households a refusal is about; those not in the review are opened as households."""
        campaign = self.board.campaign
        if campaign is None:
            return
        read = self._desk.workspace.read
        if not any(read(campaign_board.case_of, campaign, household) for household in households):
            self.go(self.bulk)
            self.bulk.begin(papers.adding(self._desk, campaign, households, message))
            return
        self.go(self.cases)
        self.cases.show_households(campaign, households, message)

    def look_in_commune(self, text: str) -> None:
        """Households that are not in the review, to put some on its list."""
        campaign = self.board.campaign
        if campaign is None:
            return
        found = papers.not_listed(self._desk.workspace, campaign, text)
        if not found:
            self.said.emit(Notice(_("No other household of the commune fits."), "info"))
            return
        self.go(self.bulk)
        words = _("Households not on the list: {text}").format(text=text) if text else _("Households not on the list")
        self.bulk.begin(papers.adding(self._desk, campaign, found, words, picks=True))

    def open_case(self, case: UUID) -> None:
        """The sheet where it can be keyed, else why the household has its class."""
        if self._desk.workspace.read(survey_sheets.sheet, case).locked:
            self.explain_case(case)
        else:
            self.key_case(case)

    def key_case(self, case: UUID) -> None:
        """Key a sheet; the run stays in the hamlet the list shows."""
        listed = self.currentWidget() is self.cases
        hamlet = self.cases.hamlet.value() if listed else self._desk.workspace.read(survey_sheets.sheet, case).hamlet_id
        self.go(self.key)
        self.key.begin(case, hamlet=None if hamlet == NOWHERE else hamlet)

    def explain_case(self, case: UUID) -> None:
        """Explain a household."""
        self.go(self.explain)
        self.explain.show_case(case)

    def look_for(self, text: str) -> None:
        """A scanned sheet opens its case; a code or a name is looked for in the review."""
        campaign = self.board.campaign
        try:
            case = read_case_qr(text)
            sheet = self._desk.workspace.read(survey_sheets.sheet, case)
        except ValidationError as error:
            if ":" in text or campaign is None:
                self.said.emit(Notice(str(error), "near"))
                return
            found = self._desk.workspace.read(campaign_board.cases, CaseQuery(campaign, text=text))
            if len(found) == 1:
                self.open_case(found[0])
                return
            self.show_list(None, TOTAL)
            self.cases.text.setText(text)
        except AppError as error:
            self.said.emit(Notice(str(error), "near"))
        else:
            if sheet.campaign_id != campaign:
                self.board.show_campaign(sheet.campaign_id)
            self.open_case(case)

    def object_to(self, case: UUID, head: str) -> None:
        """Somebody objects to the result of a household."""
        campaign = self.board.campaign
        if campaign is not None:
            self.go(self.posting)
            self.posting.begin_objection(campaign, case, head)

    def show_paper(self, kind: PaperKind, subject: UUID) -> None:
        """A numbered paper."""
        self.go(self.office_paper)
        self.office_paper.show_paper(kind, subject)

    def show_on_wall(self, meeting: UUID) -> None:
        """Meeting mode, when there is a household to vote on."""
        if not self._desk.workspace.read(meetings.vote_list, meeting):
            words = _("No checked household of this hamlet waits for a vote. Key and check its sheets first.")
            self.said.emit(Notice(words, "info"))
            return
        counts = papers.deprivations(self._desk.workspace, self.board.view)
        self.wall = MeetingWindow(self._desk, meeting, counts)
        self.wall.ended.connect(lambda counted: self._on_wall_dark(meeting, counted))
        papers.put_on_wall(self.wall, self)

    def _on_wall_dark(self, meeting: UUID, counted: int) -> None:
        self.wall = None
        self.meetings.after_wall(meeting, counted)

    def refresh(self) -> None:
        """Read again what is shown; the board waits while sheets are keyed one after another."""
        shown = self.currentWidget()
        if not isinstance(shown, KeyPane):
            self.board.refresh()
        if isinstance(
            shown, CaseListPane | KeyPane | ExplainPane | MeetingPane | PostingPane | OpinionPane | DecisionPane
        ):
            shown.refresh()

    def show_campaign_paper(self, kind: PaperKind) -> None:
        """A paper about the review as a whole."""
        campaign = self.board.campaign
        if campaign is not None:
            self.show_paper(kind, campaign)

    def show_opened(self, campaign: UUID) -> None:
        """A review just opened."""
        self.show_board()
        self.board.show_campaign(campaign)
        view = self.board.view
        if view is not None:
            self.said.emit(Notice(papers.opened_words(view), "ok"))

    def _print_blocks(self, certificates: tuple[UUID, ...]) -> None:
        view = self.board.view
        if view is not None:
            self.place_requested.emit(papers.blocks_place(certificates, view))

    def open_household(self, household: UUID) -> None:
        """The household's own page."""
        self.place_requested.emit(Place("households", household))

    def say_all_keyed(self) -> None:
        """No sheet is left."""
        self.go_back()
        campaign = self.board.campaign
        more = self.key.following(campaign) if campaign is not None else None
        if more is None:
            self.said.emit(Notice(_("Every sheet of this review is keyed."), "ok"))
        else:
            words = _("Every sheet of this hamlet is keyed.")
            self.said.emit(Notice(words, "ok", _("Go on with the next hamlet"), lambda: self.key_case(more)))

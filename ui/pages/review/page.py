"""The page of the poverty review: its place in the window, and the actions of its menu."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from casemgr.domain.reviews import CampaignKind, CampaignStatus, CaseState
from casemgr.i18n import _, ngettext
from casemgr.services import campaign_board, campaigns, surveys
from casemgr.services.campaign_board import CaseQuery
from ui.actions import handles
from ui.desk import Desk
from ui.page import Page
from ui.pages.review import case_list, next_step, papers
from ui.pages.review.board_table import TOTAL
from ui.pages.review.bulk_steps import bulk
from ui.pages.review.case_list import CaseListPane
from ui.pages.review.edit_pane import EditPane
from ui.pages.review.key_pane import KeyPane
from ui.pages.review.routes import Routes
from ui.places import Place
from ui.questions import Answer, ask
from ui.theme import spaced
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

NAME = "review"
_IN_LISTS = frozenset({"edit.copy_table", "edit.select_all", "view.columns"})


class ReviewPage(Page):
    """`Place` with the wish "open" begins a review; an id is a review, with the wish "case" one of its households."""

    tables = frozenset(
        {
            "campaign",
            "review_case",
            "survey",
            "case_step",
            "meeting",
            "meeting_vote",
            "posting",
            "objection",
            "opinion",
            "office_paper",
            "household",
            "household_class",
            "membership",
            "person",
            "person_condition",
            "dwelling",
            "hamlet",
            "holiday",
            "print_event",
            "review_request",
            "policy_pack",
            "decision",
        }
    )

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("reviewPage")
        self.routes = Routes(desk, printing)
        self.board = self.routes.board
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.routes)
        self.routes.said.connect(self.said)
        self.routes.place_requested.connect(self.open_requested)
        self.routes.moved.connect(self.state_changed)
        self.routes.verb_requested.connect(self.take_verb)
        self.board.step_requested.connect(self.take_step)
        self.board.open_requested.connect(self.open_review)
        self.board.show_campaign(None)
        self.retranslate()

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Poverty review")

    def place(self) -> Place:
        """The review on the board."""
        return Place(NAME, self.board.campaign)

    def show_place(self, place: Place) -> None:
        """Begin a review, show one, or one of its households."""
        if place.wish == "open":
            self.open_review(CampaignKind(place.text) if place.text else CampaignKind.PERIODIC)
        elif place.wish == "case" and place.id is not None:
            self.routes.explain_case(place.id)
        else:
            if place.id is not None or self.routes.currentWidget() is self.board:
                self.routes.show_board()
                self.board.show_campaign(place.id or self.board.campaign)
            if self.routes.currentWidget() is self.board:
                self.board.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again what is shown."""
        self.routes.refresh()
        self.state_changed.emit()

    def leave(self) -> bool:
        """Asks about a sheet that is not saved."""
        shown = self.routes.currentWidget()
        if isinstance(shown, EditPane):
            return shown.pane.may_leave()
        return not isinstance(shown, KeyPane) or shown.may_leave()

    def can(self, action: str) -> bool:
        """What makes sense now."""
        view = self.board.view
        shown = self.routes.currentWidget()
        if action == "review.open":
            return True
        if action == "edit.save":
            return isinstance(shown, KeyPane | EditPane)
        if action == "edit.start":
            return shown is self.board and view is not None and view.status is CampaignStatus.OPEN
        if action == "view.find":
            return isinstance(shown, KeyPane | CaseListPane) or view is not None
        if action in _IN_LISTS:
            return isinstance(shown, CaseListPane)
        if view is None:
            return False
        if action in ("review.close", "review.decide"):
            return view.status is not CampaignStatus.CLOSED
        if action == "review.meeting":
            return CaseState.VOTED in view.steps
        if action == "review.opinion":
            return CaseState.OPINION in view.steps
        return view.status is CampaignStatus.OPEN

    # ---- actions

    @handles("review.open")
    def open_review(self, kind: CampaignKind = CampaignKind.PERIODIC) -> None:
        """Open a review of a kind; requests ask for theirs by the text of the place."""
        self.routes.go(self.routes.opening)
        self.routes.opening.begin(kind)

    @handles("review.sheets")
    def print_sheets(self) -> None:
        """Survey sheets of the selected households, of the list, or of all still to survey."""
        campaign = self.board.campaign
        if campaign is None:
            return
        shown = self.routes.currentWidget()
        if isinstance(shown, CaseListPane):
            ids = shown.selected() if len(shown.selected()) > 1 else tuple(shown.model.ids)
        else:
            query = CaseQuery(campaign, hamlets=self.board.hamlets(), states=(CaseState.LISTED,))
            ids = tuple(self.desk.workspace.read(campaign_board.cases, query))
            self._draw_sheets(ids, self.board.where())
            return
        self._draw_sheets(ids)

    @handles("review.key")
    def start_keying(self) -> None:
        """The current line's sheet, or the next one of the hamlet."""
        campaign = self.board.campaign
        if campaign is None:
            return
        shown = self.routes.currentWidget()
        if isinstance(shown, KeyPane):
            return
        current = shown.current() if isinstance(shown, CaseListPane) else None
        if current is not None:
            self.routes.open_case(current)
            return
        case = self.desk.workspace.read(surveys.next_case, campaign, None, self.board.hamlet())
        if case is None:
            self.said.emit(Notice(_("No sheet is left to key here."), "ok"))
        else:
            self.routes.key_case(case)

    @handles("review.meeting")
    def hold_meetings(self) -> None:
        """Meetings, the current hamlet's first."""
        campaign = self.board.campaign
        if campaign is not None:
            self.routes.go(self.routes.meetings)
            self.routes.meetings.begin(campaign, self.board.hamlet())

    @handles("review.post")
    def post(self) -> None:
        """Post the results."""
        self._show_postings(post=True)

    @handles("review.opinion")
    def ask_superior(self) -> None:
        """The superior's opinion."""
        campaign = self.board.campaign
        if campaign is not None:
            self.routes.go(self.routes.opinion)
            self.routes.opinion.begin(campaign)

    @handles("review.decide")
    def decide(self) -> None:
        """The decision, or its paper when it is signed."""
        view = self.board.view
        if view is None:
            return
        if view.status is CampaignStatus.OPEN:
            self.routes.go(self.routes.decision)
            self.routes.decision.begin(view.id)
        else:
            self.routes.show_campaign_paper(papers.decision_kind(view))

    @handles("review.close")
    def close_review(self) -> None:
        """Close the review for good."""
        view = self.board.view
        if view is None:
            return
        answers = (Answer("", _("Keep it open")), Answer("close", _("Close the review"), "primary"))
        told = _("“{review}” is closed for good: nothing of it can be changed afterwards.").format(
            review=view.data.title
        )
        if ask(self, _("Close the review"), told, answers) == "close":
            self.desk.write(campaigns.close_campaign, view.id, view.version)

    @handles("edit.start")
    def correct(self) -> None:
        """Correct the days of the review."""
        view = self.board.view
        if view is not None:
            self.routes.go(self.routes.edit)
            self.routes.edit.begin(view)

    @handles("edit.save")
    def save(self) -> None:
        """Save the sheet and show the next one, or the days of the review."""
        if isinstance(self.routes.currentWidget(), EditPane):
            self.routes.edit.pane.save()
        else:
            self.routes.key.save()

    @handles("view.find")
    def filter(self) -> None:
        """Scan a sheet or type a name."""
        shown = self.routes.currentWidget()
        if isinstance(shown, KeyPane):
            shown.scan.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        if not isinstance(shown, CaseListPane):
            self.routes.show_list(None, TOTAL)
        self.routes.cases.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.routes.cases.text.selectAll()

    @handles("view.columns")
    def choose_columns(self) -> None:
        """Choose the columns of the list."""
        self.routes.cases.table.choose_columns()

    @handles("edit.copy_table")
    def copy_table(self) -> None:
        """Copy the list for Excel."""
        count = self.routes.cases.table.copy_for_excel()
        words = ngettext(
            "{count} line copied; paste it into Excel.", "{count} lines copied; paste them into Excel.", count
        )
        self.said.emit(Notice(words.format(count=count), "ok"))

    @handles("edit.select_all")
    def select_all(self) -> None:
        """Select the whole list."""
        self.routes.cases.table.selectAll()
        self.routes.cases.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- steps and verbs

    def take_step(self, key: str) -> None:
        """The expected step of the board, or another one chosen there."""
        acts = {
            next_step.REQUESTS: lambda: self.open_requested.emit(Place("requests")),
            next_step.SHEETS: self.print_sheets,
            next_step.KEY: self.start_keying,
            next_step.CHECK: lambda: self.routes.show_list(None, CaseState.KEYED.value),
            next_step.MEETING: self.hold_meetings,
            next_step.POST: self.post,
            next_step.POST_AGAIN: lambda: self._show_postings(post=True, again=True),
            next_step.SETTLE: lambda: self._show_postings(post=False),
            next_step.OPINION: self.ask_superior,
            next_step.DECIDE: self.decide,
            next_step.CERTIFICATES: self._print_certificates,
            next_step.EDIT: self.correct,
            next_step.CLOSE: self.close_review,
        }
        if key in acts:
            acts[key]()

    def take_verb(self, verb: str) -> None:
        """A verb of the list, for the selected households."""
        selected, row = self.routes.cases.selected(), self.routes.cases.current_row()
        if not selected or row is None:
            return
        if verb == case_list.SHEETS:
            self._draw_sheets(selected)
        elif verb == case_list.OBJECT:
            self.routes.object_to(row.id, row.head)
        elif verb == case_list.EXPLAIN:
            self.routes.explain_case(row.id)
        elif verb == case_list.OPEN:
            self.routes.open_household(row.household_id)
        else:
            self.routes.go(self.routes.bulk)
            self.routes.bulk.begin(bulk(self.desk, verb, selected))

    def _show_postings(self, *, post: bool, again: bool = False) -> None:
        campaign = self.board.campaign
        if campaign is not None:
            self.routes.go(self.routes.posting)
            self.routes.posting.begin(campaign, self.board.hamlet(), post=post, again=again)

    def _draw_sheets(self, cases: tuple[UUID, ...], where: str = "") -> None:
        if not cases:
            self.said.emit(Notice(_("No household is left to survey here."), "info"))
            return
        self.routes.go(self.routes.paper)
        self.routes.paper.begin(papers.survey_sheets(self.desk.workspace, cases, where))

    def _print_certificates(self) -> None:
        view = self.board.view
        if view is not None:
            self.open_requested.emit(papers.certificates_place(self.desk.workspace, view))

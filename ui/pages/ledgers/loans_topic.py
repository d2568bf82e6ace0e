"""Loans of the policy bank: the list with its sums, one loan at the side, and every step from asking to repaying."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.domain.loans import DUE_DAYS, LOAN_LABELS, LoanStatus
from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _, format_money, format_number, ngettext
from casemgr.services import loan_lists, loans
from casemgr.services.loan_lists import DueRow, LoanQuery, LoanRow, LoanTotal
from casemgr.services.loans import LoanView
from ui.form_pane import FormPane
from ui.models.rows import RowsModel
from ui.pages.ledgers import loan_form, papers
from ui.pages.ledgers.columns import DUES, LOANS, TOTALS, loan_state_words, loan_tone
from ui.pages.ledgers.list_topic import ListTopic
from ui.pages.ledgers.loan_cards import LoanCards
from ui.pages.ledgers.loan_lines import loan_lines
from ui.pages.ledgers.side_parts import SidePane
from ui.places import Place
from ui.theme import sized
from ui.translation import Says
from ui.who_editor import Chosen
from ui.widgets.chips import Chip
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from ui.desk import Desk

_K = TypeVar("_K", str, int)
OVERDUE: Final = "overdue"
DUE: Final = "due"
PASTE: Final = "loans"
_CHIPS: Final = {
    OVERDUE: N_("Overdue"),
    LoanStatus.ASKED.value: LOAN_LABELS[LoanStatus.ASKED],
    LoanStatus.LISTED.value: LOAN_LABELS[LoanStatus.LISTED],
    LoanStatus.RUNNING.value: LOAN_LABELS[LoanStatus.RUNNING],
    LoanStatus.REPAID.value: LOAN_LABELS[LoanStatus.REPAID],
    LoanStatus.REFUSED.value: LOAN_LABELS[LoanStatus.REFUSED],
}
_BY: Final = {
    "": N_("Loan by loan"),
    DUE: N_("Instalments due"),
    "programme": N_("Sums by programme"),
    "hamlet": N_("Sums by hamlet"),
    "organisation": N_("Sums by mass organisation"),
    "group": N_("Sums by group"),
    "class": N_("Sums by class"),
}
_WITHIN: Final = {
    DUE_DAYS: N_("Due within 30 days"),
    90: N_("Due within 90 days"),
    366: N_("Due within a year"),
}
_VERBS: Final = {
    LoanStatus.ASKED: ("loanPutOnList", "loanCorrect", "loanRefuse", "loanHousehold"),
    LoanStatus.LISTED: ("loanDisburse", "loanCorrect", "loanRefuse", "loanHousehold"),
    LoanStatus.RUNNING: ("loanRepay", "loanPlan", "loanExtend", "loanDisburse", "loanCorrect", "loanHousehold"),
    LoanStatus.REPAID: ("loanCorrect", "loanHousehold"),
    LoanStatus.REFUSED: ("loanHousehold",),
}


class LoansTopic(ListTopic[LoanRow]):
    """Asked for, on the list 03/TD, outstanding, repaid."""

    def __init__(self, desk: Desk) -> None:
        chips = [Chip(key, partial(_, words)) for key, words in _CHIPS.items()]
        super().__init__(desk, "loans", LOANS, chips, picture="bank")
        self.view: LoanView | None = None
        self.pane: FormPane | None = None
        self.new = self.button("loanNew", lambda: _("New loan"), self.begin_new, picture="plus", primary=True)
        self.paper = self.button("loanPaper", lambda: _("List 03/TD…"), self.print_list, picture="printer")
        self.paste = self.button(
            "loanPaste",
            lambda: _("Repayments from Excel…"),
            lambda: self.paste_requested.emit(PASTE),
            picture="clipboard-text",
        )
        for button in (self.paste, self.paper, self.new):
            self.tool_row.addWidget(button)
        self.by = self._box("loanBy", _BY, lambda: _("Loans, instalments or sums"), 186)
        self.within = self._box("loanWithin", _WITHIN, lambda: _("Instalments until"), 150)
        self.within.set_value(DUE_DAYS)
        self.top.addWidget(self.within)
        self.top.addWidget(self.by)
        self._totals: dict[str, LoanTotal] = {}
        self.total_model: RowsModel[str, LoanTotal] = RowsModel(
            TOTALS, lambda keys: [self._totals[one] for one in keys]
        )
        self.totals = ListTable(self.total_model, name="loanTotals")
        self.totals.opened.connect(self._open_total)
        self._dues: Sequence[DueRow] = ()
        self.due_model: RowsModel[int, DueRow] = RowsModel(DUES, lambda ids: [self._dues[one] for one in ids])
        self.dues = ListTable(self.due_model, name="loanDues")
        self.dues.opened.connect(self._open_due)
        self.no_dues = EmptyState(
            "calendar-check",
            lambda: _("No instalment is overdue or falls due in this time"),
            lambda: _("Choose a longer time, or take away a filter."),
        )
        for pane in (self.totals, self.dues, self.no_dues):
            self.stack.addWidget(pane)
        self._detail = SidePane("loanDetail")
        self._cards = LoanCards(desk, self.side, lambda: self.view, self._asked_for)
        self.cards = self._cards.cards
        for name, words, act, picture in (
            ("loanPutOnList", lambda: _("Put on the list 03/TD…"), self._cards.ask_list, "list-plus"),
            ("loanRepay", lambda: _("Repayment…"), self._cards.ask_repay, "arrow-u-down-left"),
            ("loanPlan", lambda: _("Instalments…"), self._cards.ask_plan, "calendar-blank"),
            ("loanExtend", lambda: _("Extension…"), self._cards.ask_extend, "calendar-plus"),
            ("loanDisburse", lambda: _("Pay-out…"), self._cards.ask_disburse, "coin"),
            ("loanCorrect", lambda: _("Correct…"), self._correct, "pencil-simple"),
            ("loanRefuse", lambda: _("Refuse…"), self._cards.ask_refuse, "x"),
            ("loanHousehold", lambda: _("Open the household"), self._open_household, "house-line"),
        ):
            self.detail.add_verb(self.button(name, words, act, picture=picture))
        self.detail.finish()
        self.detail.closed.connect(self.close_side)
        self.side.addWidget(self.detail)
        self._cards.said.connect(self.said)
        self._cards.shown.connect(self.show_side)
        self._cards.closed.connect(self._to_detail)
        self._cards.done.connect(self._on_done)

    def _box(self, name: str, choices: Mapping[_K, str], words: Callable[[], str], width: int) -> ChoiceBox[_K]:
        box: ChoiceBox[_K] = ChoiceBox()
        box.setObjectName(name)
        box.set_choices([(key, partial(_, told)) for key, told in choices.items()])
        box.set_value(next(iter(choices)))
        box.chosen.connect(self._on_by)
        sized(box, width=width)
        Says(box, box.setAccessibleName, words)
        return box

    # ---- what the list says

    def title_words(self) -> str:
        """Loans."""
        return _("Loans")

    def filter_words(self) -> str:
        """Names, codes, groups."""
        return _("Name, household, group or organisation")

    def none_words(self) -> str:
        """Nothing yet."""
        return _("No loans yet")

    def hint_words(self) -> str:
        """What to do first."""
        return _(
            "Write down who asks for a loan of the policy bank; the list 03/TD, the pay-out, the due date and the "
            "balance follow from it."
        )

    def read(self, progress: Progress) -> Sequence[LoanRow]:
        """Every loan as it stands today."""
        workspace = self.desk.workspace
        return workspace.read(loan_lists.rows, workspace.read(loan_lists.find, LoanQuery()))

    def key(self, row: LoanRow) -> Hashable:
        """Its id."""
        return row.id

    def words(self, row: LoanRow) -> str:
        """What the filter looks at."""
        return f"{row.borrower} {row.head} {row.code} {row.group_name} {row.organisation} {row.programme}"

    def hamlet_of(self, row: LoanRow) -> str:
        """Of the household."""
        return row.hamlet

    def states(self, row: LoanRow) -> tuple[str, ...]:
        """Its state, and whether it is overdue."""
        late = row.status is LoanStatus.RUNNING and row.overdue_days
        return (row.status.value, OVERDUE) if late else (row.status.value,)

    def sum_words(self, rows: Sequence[LoanRow]) -> str:
        """What is owed, and how much of it is overdue."""
        stands = [row.standing for row in rows if row.standing is not None]
        if not self.may_see:
            return _("What is owed is not shown: your role does not allow it.")
        told = _("Outstanding {amount}").format(amount=format_money(sum(one.balance for one in stands)))
        late = [one.overdue for one in stands if one.overdue]
        if not late:
            return told
        more = ngettext("{count} loan overdue: {amount}", "{count} loans overdue: {amount}", len(late))
        return f"{told} · {more.format(count=len(late), amount=format_money(sum(late)))}"

    def narrow(self) -> None:
        """The instalments and the sums follow the filters."""
        super().narrow()
        by = self.by.value() or ""
        until = self._today() + timedelta(self.within.value() or DUE_DAYS)
        self.within.setVisible(bool(by))
        if by == DUE:
            self._dues = loan_lists.dues(self.shown_rows(), until, self._today())
            self.due_model.set_ids(range(len(self._dues)))
            self._say_dues()
            self.stack.setCurrentWidget(self.dues if self._dues else self.no_dues)
        elif by:
            found = loan_lists.summed(self.shown_rows(), by, until)
            self._totals = {total.key: total for total in found}
            self.total_model.set_ids(tuple(self._totals))
            self.stack.setCurrentWidget(self.totals)

    def _say_dues(self) -> None:
        late, soon = (sum(row.amount for row in self._dues if bool(row.late_days) is past) for past in (True, False))
        told = _("Overdue {overdue} · not due yet {soon}")
        self.sums.setText(told.format(overdue=format_money(late), soon=format_money(soon)))
        told = ngettext("{count} instalment", "{count} instalments", len(self._dues))
        self.count.setText(told.format(count=format_number(len(self._dues))))

    @property
    def listed(self) -> ListTable:
        """Loans, instalments or sums, whichever is shown."""
        return {DUE: self.dues, "": self.table}.get(self.by.value() or "", self.totals)

    @property
    def may_see(self) -> bool:
        """Whether the signed-in person may see what is owed."""
        return self.desk.may(Permission.SEE_BALANCES)

    def refresh(self) -> None:
        """Read again; the loan at the side is read when the list arrives."""
        super().refresh()
        self.new.setEnabled(self.may_edit)
        self.paste.setEnabled(self.may_edit and self.may_see)
        self.by.setEnabled(self.may_see)
        self.paper.setEnabled(self.desk.may(Permission.EXPORT))

    # ---- one loan

    def show_current(self, row: LoanRow) -> None:
        """Show a loan, unless something is being typed."""
        if self.pane is not None and self.side.currentWidget() is self.pane and self.pane.dirty:
            return
        self.view = self.desk.workspace.read(loans.view, row.id)
        self.show_side(self.detail)
        self._say_detail(row, self.view)

    def _say_detail(self, row: LoanRow, view: LoanView) -> None:
        detail, data = self.detail, view.data
        detail.title.setText(row.borrower)
        detail.meta.setText(
            " · ".join(filter(None, (row.head if row.head != row.borrower else "", row.code, row.hamlet)))
        )
        detail.badge.show_text(loan_state_words(row), loan_tone(row))
        wanted = _VERBS[view.status] if self.may_edit else ("loanHousehold",)
        now = view.standing
        hidden = {"loanDisburse"} if now is not None and now.disbursed >= data.amount else set()
        if now is None:
            hidden |= {"loanRepay", "loanPlan", "loanExtend", "loanDisburse"}

        def visible(button: QPushButton) -> bool:
            name = button.objectName()
            return name in wanted and name not in hidden

        detail.show_verbs(visible)
        detail.say_warning([finding.text for finding in view.findings])
        detail.facts.show_lines(loan_lines(view))

    # ---- asking

    def begin_new(self, chosen: Chosen | None = None) -> None:
        """Write down a loan somebody asks for."""
        if self.may_edit and self.may_leave():
            self._begin_form(loan_form.new_loan(self.desk, chosen))

    def _correct(self) -> None:
        if self.view is not None:
            self._begin_form(loan_form.correction(self.desk, self.view))

    def _begin_form(self, asked: loan_form.Asked) -> None:
        if self.pane is not None:
            self.side.removeWidget(self.pane)
            self.pane.deleteLater()
        self.pane, values = asked
        self.pane.saved.connect(self._on_saved)
        self.pane.closed.connect(self._to_detail)
        self.pane.conflicted.connect(lambda error: self.said.emit(Notice(str(error), "near")))
        self.side.addWidget(self.pane)
        self.show_side(self.pane)
        self.pane.begin(values)

    def _on_saved(self, loan: UUID) -> None:
        self.said.emit(Notice(_("Saved."), "ok"))
        self.side.setCurrentWidget(self.detail)
        self.reach(loan)

    # ---- verbs

    def _asked_for(self) -> list[UUID]:
        return [row.id for row in self.selected_rows() if row.status is LoanStatus.ASKED]

    @property
    def _view(self) -> LoanView:
        assert self.view is not None  # noqa: S101 - verbs are shown for a loan only
        return self.view

    def _on_done(self, name: str) -> None:
        self._to_detail()
        self.reach(self._view.id)
        if name == "list":
            self.said.emit(Notice(_("On the list 03/TD."), "ok", _("Show the list"), self.print_list))
        elif name == "extend" and self._view.plan:
            told = _("Saved. The instalments were spread anew until the new due date.")
            self.said.emit(Notice(told, "ok", _("Look at the instalments"), self._cards.ask_plan))
        else:
            self.said.emit(Notice(_("Saved."), "ok"))

    def _to_detail(self) -> None:
        if self.view is None:
            self.close_side()
            return
        self.side.setCurrentWidget(self.detail)
        self.detail.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_household(self) -> None:
        self.place_requested.emit(Place("households", self._view.data.household_id))

    # ---- papers and sums

    def print_list(self) -> None:
        """The list 03/TD: the selected loans, else all that stand on it."""
        chosen = [row for row in self.selected_rows() if row.status in (LoanStatus.ASKED, LoanStatus.LISTED)]
        if len(chosen) < 2:
            chosen = [row for row in self._all if row.status is LoanStatus.LISTED] or chosen
        if not chosen:
            told = _("No loan stands on the list 03/TD. Put the loans asked for on it first.")
            self.said.emit(Notice(told, "near"))
            return
        days = {row.listed_on for row in chosen}
        day = days.pop() if len(days) == 1 else None
        self.paper_requested.emit(
            papers.loan_list(self.desk.workspace, tuple(row.id for row in chosen), day or self._today())
        )

    def _on_by(self) -> None:
        self.narrow()
        if self.by.value():
            self.side.hide()
            self._fit()

    def _open_due(self, row: int) -> None:
        loan = self._dues[row].loan_id
        self.by.set_value("")
        self.narrow()
        self.go_to(loan)
        self.open_current()

    def _open_total(self, row: int) -> None:
        total, by = self._totals[self.total_model.ids[row]], self.by.value()
        self.by.set_value("")
        if by in ("organisation", "group") and total.key:
            self.text.setText(total.key)
        self.narrow()

    def may_leave(self) -> bool:
        """Ask about what is being typed."""
        if self.pane is None or self.side.currentWidget() is not self.pane:
            return True
        return self.pane.may_leave()

    @property
    def detail(self) -> SidePane:
        """What is shown of the current line."""
        return self._detail

    @property
    def typing(self) -> QWidget | None:
        """The form that is being filled in."""
        shown = self.side.currentWidget()
        return shown if self.side.isVisibleTo(self) and shown is not self.detail else None

    def _today(self) -> date:
        return self.desk.workspace.now.astimezone().date()

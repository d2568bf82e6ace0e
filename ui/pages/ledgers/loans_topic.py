"""Loans of the policy bank: the list with its sums, one loan at the side, and every step from asking to repaying."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.domain.loans import LOAN_LABELS, LoanData, LoanStatus
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError
from casemgr.i18n import N_, _, format_money, ngettext
from casemgr.services import loan_lists, loans
from casemgr.services.loan_lists import LoanQuery, LoanRow, LoanTotal
from casemgr.services.loan_rules import loan_programmes
from casemgr.services.loans import LoanView
from casemgr.services.programmes import catalogue
from ui.form_pane import FormPane
from ui.forms import Form
from ui.jobs import Job
from ui.models.rows import RowsModel
from ui.pages.ledgers import fields, papers
from ui.pages.ledgers.columns import LOANS, TOTALS, loan_state_words, loan_tone
from ui.pages.ledgers.list_topic import ListTopic
from ui.pages.ledgers.loan_lines import loan_lines
from ui.pages.ledgers.side_parts import SidePane
from ui.places import Place
from ui.theme import sized
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.who_editor import Chosen
from ui.widgets.chips import Chip
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from ui.desk import Desk

OVERDUE: Final = "overdue"
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
    "programme": N_("Sums by programme"),
    "hamlet": N_("Sums by hamlet"),
    "organisation": N_("Sums by mass organisation"),
    "group": N_("Sums by group"),
    "class": N_("Sums by class"),
}
_VERBS: Final = {
    LoanStatus.ASKED: ("loanPutOnList", "loanCorrect", "loanRefuse", "loanHousehold"),
    LoanStatus.LISTED: ("loanDisburse", "loanCorrect", "loanRefuse", "loanHousehold"),
    LoanStatus.RUNNING: ("loanRepay", "loanExtend", "loanDisburse", "loanCorrect", "loanHousehold"),
    LoanStatus.REPAID: ("loanCorrect", "loanHousehold"),
    LoanStatus.REFUSED: ("loanHousehold",),
}


class LoansTopic(ListTopic[LoanRow]):
    """Asked for, on the list 03/TD, outstanding, repaid."""

    def __init__(self, desk: Desk) -> None:
        chips = [Chip(key, partial(_, words)) for key, words in _CHIPS.items()]
        super().__init__(desk, "loans", LOANS, chips, picture="bank")
        self.view: LoanView | None = None
        self._editing: tuple[UUID, int] | None = None
        self.new = self.button("loanNew", lambda: _("New loan"), self.begin_new, picture="plus", primary=True)
        self.paper = self.button("loanPaper", lambda: _("List 03/TD…"), self.print_list, picture="printer")
        self.by: ChoiceBox[str] = ChoiceBox()
        self.by.setObjectName("loanBy")
        self.by.set_choices([(key, partial(_, words)) for key, words in _BY.items()])
        self.by.set_value("")
        self.by.chosen.connect(self._on_by)
        sized(self.by, width=186)
        Says(self.by, self.by.setAccessibleName, lambda: _("Loans or sums"))
        self.top.addWidget(self.by)
        self.tool_row.addWidget(self.paper)
        self.tool_row.addWidget(self.new)
        self._totals: dict[str, LoanTotal] = {}
        self.total_model: RowsModel[str, LoanTotal] = RowsModel(
            TOTALS, lambda keys: [self._totals[one] for one in keys]
        )
        self.totals = ListTable(self.total_model, name="loanTotals")
        self.totals.opened.connect(self._open_total)
        self.stack.addWidget(self.totals)
        self._detail = SidePane("loanDetail")
        for name, words, act, picture in (
            ("loanPutOnList", lambda: _("Put on the list 03/TD…"), self._ask_list, "list-plus"),
            ("loanRepay", lambda: _("Repayment…"), self._ask_repay, "arrow-u-down-left"),
            ("loanExtend", lambda: _("Extension…"), self._ask_extend, "calendar-plus"),
            ("loanDisburse", lambda: _("Pay-out…"), self._ask_disburse, "coin"),
            ("loanCorrect", lambda: _("Correct…"), self._correct, "pencil-simple"),
            ("loanRefuse", lambda: _("Refuse…"), self._ask_refuse, "x"),
            ("loanHousehold", lambda: _("Open the household"), self._open_household, "house-line"),
        ):
            self.detail.add_verb(self.button(name, words, act, picture=picture))
        self.detail.finish()
        self.detail.closed.connect(self.close_side)
        self.side.addWidget(self.detail)
        self.pane: FormPane | None = None
        self.cards: dict[str, VerbCard] = {}
        self._make_cards()

    def _make_cards(self) -> None:
        made: tuple[tuple[str, Callable[[], str], Callable[[], str], Any, Any], ...] = (
            ("list", lambda: _("Put on the list 03/TD"), lambda: _("Put on the list"), fields.LIST_FIELDS, self._list),
            ("pay", lambda: _("The bank paid out"), lambda: _("Record the pay-out"), fields.PAY_FIELDS, self._disburse),
            ("repay", lambda: _("Repayment"), lambda: _("Record the repayment"), fields.REPAY_FIELDS, self._repay),
            ("extend", lambda: _("Extension"), lambda: _("Record the extension"), fields.EXTEND_FIELDS, self._extend),
            ("refuse", lambda: _("Refuse the loan"), lambda: _("Refuse"), fields.REFUSE_FIELDS, self._refuse),
        )
        for name, title, verb, asked, submit in made:
            card = VerbCard(title, verb, asked, submit, name=f"loan_{name}")
            card.done.connect(partial(self._on_done, name))
            card.closed.connect(self._to_detail)
            card.body.addStretch(1)
            self.side.addWidget(card)
            self.cards[name] = card

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
        late = row.status is LoanStatus.RUNNING and row.standing.overdue_days
        return (row.status.value, OVERDUE) if late else (row.status.value,)

    def sum_words(self, rows: Sequence[LoanRow]) -> str:
        """What is owed, and how much of it is overdue."""
        owed = sum(row.standing.balance for row in rows)
        late = [row.standing.balance for row in rows if row.standing.overdue_days]
        told = _("Outstanding {amount}").format(amount=format_money(owed))
        if not late:
            return told
        more = ngettext("{count} loan overdue: {amount}", "{count} loans overdue: {amount}", len(late))
        return f"{told} · {more.format(count=len(late), amount=format_money(sum(late)))}"

    def narrow(self) -> None:
        """The sums follow the filters."""
        super().narrow()
        by = self.by.value()
        if by:
            found = loan_lists.summed(self.shown_rows(), by)
            self._totals = {total.key: total for total in found}
            self.total_model.set_ids(tuple(self._totals))
            self.stack.setCurrentWidget(self.totals)

    def refresh(self) -> None:
        """Read again; the loan at the side is read when the list arrives."""
        super().refresh()
        self.new.setEnabled(self.may_edit)
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
        whole = view.standing.disbursed >= data.amount

        def visible(button: QPushButton) -> bool:
            name = button.objectName()
            return name in wanted and not (name == "loanDisburse" and whole)

        detail.show_verbs(visible)
        detail.say_warning([finding.text for finding in view.findings])
        detail.facts.show_lines(loan_lines(view))

    # ---- asking

    def begin_new(self, chosen: Chosen | None = None) -> None:
        """Write down a loan somebody asks for."""
        if not self.may_edit or not self.may_leave():
            return
        self._editing = None
        blank: dict[str, Any] = dict(vars(LoanData("", UUID(int=0), asked_on=self._today())))
        self._begin_form({**blank, "who": chosen, "programme": None, "amount": None, "term_months": None})

    def _correct(self) -> None:
        if self.view is None:
            return
        data = self.view.data
        self._editing = (self.view.id, self.view.version)
        who = Chosen(data.household_id, data.person_id)
        self._begin_form({**vars(data), "who": who, "organisation": data.organisation or None})

    def _begin_form(self, values: Mapping[str, Any]) -> None:
        read = self.desk.workspace.read
        if self.pane is not None:
            self.side.removeWidget(self.pane)
            self.pane.deleteLater()
        asked = fields.loan_fields(
            self.desk, loan_programmes(read(catalogue)), read(loan_lists.names_used)[1], new=self._editing is None
        )
        self.pane = FormPane(lambda: _("Loan"), asked, self._submit, name="loan", columns=1)
        self.pane.saved.connect(self._on_saved)
        self.pane.closed.connect(self._to_detail)
        self.pane.conflicted.connect(lambda error: self.said.emit(Notice(str(error), "near")))
        self.side.addWidget(self.pane)
        self.show_side(self.pane)
        self.pane.begin(values)

    def _submit(self, form: Form) -> Job:
        values: dict[str, Any] = form.values()
        who: Chosen = values.pop("who")
        numbers: dict[str, Any] = {"amount": values.pop("amount") or 0, "term_months": values.pop("term_months") or 0}
        organisation, paid_on = values.pop("organisation") or "", values.pop("paid_on", None)
        data = LoanData(
            household_id=who.household_id,
            person_id=self._borrower(who, values["programme"]),
            organisation=organisation,
            **numbers,
            **values,
        )
        if paid_on is not None:
            return self.desk.write(loans.take_over, data, on=paid_on, amount=data.amount)
        loan, version = self._editing or (None, None)
        return self.desk.write(loans.keep, loan, version, data)

    def _borrower(self, who: Chosen, programme: str) -> UUID | None:
        """A programme of the household names a person only when somebody else than the head was found."""
        return self.desk.workspace.read(loans.borrower, who.household_id, who.person_id, programme)

    def _on_saved(self, loan: UUID) -> None:
        self.said.emit(Notice(_("Saved."), "ok"))
        self.side.setCurrentWidget(self.detail)
        self.reach(loan)

    # ---- verbs

    def _ask_list(self) -> None:
        self._ask("list", {"on": self._today(), "reason": ""})

    def _ask_disburse(self) -> None:
        view = self.view
        if view is not None:
            left = view.data.amount - view.standing.disbursed
            self._ask("pay", {"on": self._today(), "amount": left, "due_on": None, "document": ""})

    def _ask_repay(self) -> None:
        if self.view is not None:
            self._ask("repay", {"on": self._today(), "amount": None, "document": ""})

    def _ask_extend(self) -> None:
        self._ask("extend", {"on": self._today(), "due_on": None, "document": ""})

    def _ask_refuse(self) -> None:
        self._ask("refuse", {"on": self._today(), "reason": ""})

    def _ask(self, name: str, values: Mapping[str, object]) -> None:
        card = self.cards[name]
        self.show_side(card)
        card.begin(values)

    def _list(self, values: Mapping[str, Any]) -> Job:
        ids = [row.id for row in self.selected_rows() if row.status is LoanStatus.ASKED] or [self._view.id]
        return self._caught(self.desk.write(loans.put_on_list, ids, on=values["on"], reason=values["reason"]))

    def _disburse(self, values: Mapping[str, Any]) -> Job:
        return self._caught(self.desk.write(loans.disburse, self._view.id, self._view.version, **values))

    def _repay(self, values: Mapping[str, Any]) -> Job:
        return self._caught(self.desk.write(loans.repay, self._view.id, self._view.version, **values))

    def _extend(self, values: Mapping[str, Any]) -> Job:
        return self._caught(self.desk.write(loans.extend, self._view.id, self._view.version, **values))

    def _refuse(self, values: Mapping[str, Any]) -> Job:
        return self._caught(self.desk.write(loans.refuse, self._view.id, self._view.version, **values))

    def _caught(self, job: Job) -> Job:
        return job.catch(ConflictError, lambda error: self.said.emit(Notice(str(error), "near")))

    @property
    def _view(self) -> LoanView:
        assert self.view is not None  # noqa: S101 - verbs are shown for a loan only
        return self.view

    def _on_done(self, name: str) -> None:
        self._to_detail()
        self.reach(self._view.id)
        if name == "list":
            self.said.emit(Notice(_("On the list 03/TD."), "ok", _("Show the list"), self.print_list))
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
        self.paper_requested.emit(papers.loan_list(self.desk.workspace, tuple(row.id for row in chosen)))

    def _on_by(self) -> None:
        self.narrow()
        if self.by.value():
            self.side.hide()
            self._fit()

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

    def _today(self) -> Any:  # noqa: ANN401 - a date
        return self.desk.workspace.now.astimezone().date()

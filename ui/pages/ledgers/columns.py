"""Columns of the lists of loans, cards and school support, and of a pasted list."""

from typing import Final

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.insurance import CARD_STATE_LABELS, CardState
from casemgr.domain.loans import LOAN_LABELS, LoanStatus, rate_text
from casemgr.domain.schooling import SCHOOL_STATE_LABELS, SchoolState
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.services.insurance_lists import CoverageRow
from casemgr.services.loan_lists import DueRow, LoanRow, LoanTotal
from casemgr.services.schooling import SchoolRow
from ui.models.rows import Column

LOAN_TONES: Final = {
    LoanStatus.ASKED: "info",
    LoanStatus.LISTED: "near",
    LoanStatus.RUNNING: "ok",
    LoanStatus.REPAID: "plain",
    LoanStatus.REFUSED: "plain",
}
CARD_TONES: Final = {
    CardState.NONE: "poor",
    CardState.ENDED: "poor",
    CardState.ENDING: "near",
    CardState.VALID: "ok",
}
SCHOOL_TONES: Final = {
    SchoolState.MISSING: "poor",
    SchoolState.UNKNOWN: "near",
    SchoolState.PLANNED: "info",
    SchoolState.APPROVED: "ok",
    SchoolState.OVER: "plain",
}


def loan_state_words(row: LoanRow) -> str:
    """The state, or that it is overdue."""
    late = row.overdue_days
    if late and row.status is LoanStatus.RUNNING:
        return ngettext("Overdue {count} day", "Overdue {count} days", late).format(count=format_number(late))
    return _(LOAN_LABELS[row.status])


def loan_tone(row: LoanRow) -> str:
    """Overdue loans stand out."""
    late = row.overdue_days and row.status is LoanStatus.RUNNING
    return "poor" if late else LOAN_TONES[row.status]


def class_words(value: str) -> str:
    """A class in few words."""
    return _(CLASS_SHORT_LABELS[HouseholdClass(value)]) if value in set(HouseholdClass) else ""


def sum_text(amount: int | None) -> str:
    """Đồng with dots; nothing for none."""
    return format_number(amount) if amount else ""


def _next_words(row: LoanRow) -> str:
    due = row.standing.next_due if row.standing else None
    return format_date(due.due_on) if due else ""


def _due_words(row: LoanRow) -> str:
    return format_date(row.standing.due_on) if row.standing and row.standing.due_on else ""


def _late_words(row: DueRow) -> str:
    if not row.late_days:
        return _("Not due yet")
    return ngettext("Overdue {count} day", "Overdue {count} days", row.late_days).format(
        count=format_number(row.late_days)
    )


LOANS: Final = (
    Column[LoanRow]("borrower", N_("Borrower"), lambda row: row.borrower, 168),
    Column[LoanRow]("code", N_("Household"), lambda row: row.code, 80, code=True),
    Column[LoanRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[LoanRow]("programme", N_("Programme"), lambda row: row.programme_name, 190, spare=True),
    Column[LoanRow]("group", N_("Group"), lambda row: row.group_name, 92, spare=True),
    Column[LoanRow]("amount", N_("Sum"), lambda row: sum_text(row.amount), 96, right=True),
    Column[LoanRow]("balance", N_("Outstanding"), lambda row: sum_text(row.balance), 104, right=True),
    Column[LoanRow]("next", N_("Next due"), _next_words, 92),
    Column[LoanRow]("due", N_("Repay by"), _due_words, 92, shown=False),
    Column[LoanRow]("state", N_("State"), loan_state_words, 146, code=True, tone=loan_tone),
    Column[LoanRow]("purpose", N_("What it is for"), lambda row: row.purpose, 150, shown=False),
    Column[LoanRow]("organisation", N_("Mass organisation"), lambda row: row.organisation, 140, shown=False),
    Column[LoanRow]("rate", N_("Rate"), lambda row: rate_text(row.rate_millionths), 110, shown=False),
)
TOTALS: Final = (
    Column[LoanTotal]("label", N_("Of"), lambda row: class_words(row.key) or row.label, 260),
    Column[LoanTotal]("loans", N_("Loans"), lambda row: format_number(row.loans), 70, right=True),
    Column[LoanTotal](
        "disbursed", N_("Paid out"), lambda row: format_number(row.disbursed), 124, right=True, spare=True
    ),
    Column[LoanTotal]("repaid", N_("Repaid"), lambda row: format_number(row.repaid), 124, right=True, spare=True),
    Column[LoanTotal]("balance", N_("Outstanding"), lambda row: format_number(row.balance), 124, right=True),
    Column[LoanTotal]("overdue", N_("Overdue loans"), lambda row: format_number(row.overdue), 116, right=True),
    Column[LoanTotal]("due", N_("Due soon"), lambda row: format_number(row.due), 112, right=True),
    Column[LoanTotal](
        "overdue_balance", N_("Overdue sum"), lambda row: format_number(row.overdue_balance), 124, right=True
    ),
)
DUES: Final = (
    Column[DueRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130),
    Column[DueRow]("group", N_("Group"), lambda row: row.group_name, 120),
    Column[DueRow]("borrower", N_("Borrower"), lambda row: row.borrower, 168),
    Column[DueRow]("code", N_("Household"), lambda row: row.code, 80, code=True),
    Column[DueRow]("programme", N_("Programme"), lambda row: row.programme_name, 190, spare=True),
    Column[DueRow]("due", N_("Repay by"), lambda row: format_date(row.due_on), 92),
    Column[DueRow]("amount", N_("Sum"), lambda row: format_number(row.amount), 104, right=True),
    Column[DueRow](
        "late", N_("State"), _late_words, 146, code=True, tone=lambda row: "poor" if row.late_days else "info"
    ),
    Column[DueRow]("organisation", N_("Mass organisation"), lambda row: row.organisation, 140, shown=False),
)
CARDS: Final = (
    Column[CoverageRow]("name", N_("Full name"), lambda row: row.who.name, 168),
    Column[CoverageRow]("birth", N_("Born"), lambda row: row.who.birth.text if row.who.birth else "", 88),
    Column[CoverageRow]("code", N_("Household"), lambda row: row.who.code, 80, code=True),
    Column[CoverageRow]("head", N_("Head"), lambda row: row.who.head, 150, spare=True),
    Column[CoverageRow]("hamlet", N_("Hamlet"), lambda row: row.who.hamlet, 130, spare=True),
    Column[CoverageRow]("class", N_("Class"), lambda row: class_words(row.who.class_value), 92),
    Column[CoverageRow]("number", N_("Card number"), lambda row: row.card.number if row.card else "", 124, code=True),
    Column[CoverageRow](
        "to",
        N_("Card valid to"),
        lambda row: format_date(row.card.valid_to) if row.card and row.card.valid_to else "",
        92,
    ),
    Column[CoverageRow](
        "state",
        N_("State"),
        lambda row: _(CARD_STATE_LABELS[row.state]),
        136,
        code=True,
        tone=lambda row: CARD_TONES[row.state],
    ),
    Column[CoverageRow]("group", N_("Entitled to"), lambda row: row.group_name, 200, shown=False),
    Column[CoverageRow]("card_group", N_("Group of the card"), lambda row: row.card_group, 200, shown=False),
    Column[CoverageRow]("id_number", N_("Identity number"), lambda row: row.who.id_number, 116, code=True, shown=False),
)
SCHOOL: Final = (
    Column[SchoolRow]("name", N_("Pupil"), lambda row: row.name, 168),
    Column[SchoolRow]("birth", N_("Born"), lambda row: row.birth.text if row.birth else "", 88),
    Column[SchoolRow]("code", N_("Household"), lambda row: row.code, 80, code=True),
    Column[SchoolRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[SchoolRow]("class", N_("Class"), lambda row: class_words(row.class_value), 92),
    Column[SchoolRow]("school", N_("Name of the school"), lambda row: row.data.school, 170, spare=True),
    Column[SchoolRow]("grade", N_("Grade"), lambda row: row.data.grade, 60),
    Column[SchoolRow]("months", N_("Months"), lambda row: str(row.months) if row.months else "", 62, right=True),
    Column[SchoolRow]("amount", N_("Sum"), lambda row: sum_text(row.amount), 96, right=True),
    Column[SchoolRow](
        "state",
        N_("State"),
        lambda row: _(SCHOOL_STATE_LABELS[row.state]),
        166,
        code=True,
        tone=lambda row: SCHOOL_TONES[row.state],
    ),
)

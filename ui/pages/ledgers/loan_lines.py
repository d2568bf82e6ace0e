"""A loan in lines: what was asked, how it stands, its rates and movements."""

from collections.abc import Sequence

from casemgr.domain.loans import LOAN_EVENT_LABELS, LoanEventKind, LoanMove, rate_text
from casemgr.i18n import _, format_date, format_money, format_number, ngettext
from casemgr.services.loans import LoanView
from ui.pages.ledgers.columns import class_words, sum_text


def loan_lines(view: LoanView) -> Sequence[tuple[str, str]]:
    """Names with their words; empty ones are left out where they are shown."""
    data, standing = view.data, view.standing
    term = ngettext("{count} month", "{count} months", data.term_months)
    rates = "\n".join(
        _("{rate} from {date}").format(rate=rate_text(span.millionths), date=format_date(span.from_on))
        for span in view.rates
    )
    return (
        (_("Programme"), view.programme),
        (_("What it is for"), data.purpose),
        (_("Sum asked for"), format_money(data.amount)),
        (_("Asked for on"), format_date(data.asked_on) if data.asked_on else ""),
        (_("Term of the loan"), term.format(count=format_number(data.term_months)) if data.term_months else ""),
        (_("Savings and loan group"), data.group_name),
        (_("Mass organisation"), data.organisation),
        (_("Class when signed"), class_words(view.class_value)),
        (_("Paid out"), format_money(standing.disbursed) if standing.disbursed else ""),
        (_("Repaid"), format_money(standing.repaid) if standing.repaid else ""),
        (_("Outstanding"), format_money(standing.balance) if standing.disbursed else ""),
        (_("Repay by"), format_date(standing.due_on) if standing.due_on else ""),
        (_("Rate of the pay-out"), rate_text(view.rate_millionths)),
        (_("Rates since"), rates if len(view.rates) > 1 else ""),
        (_("Movements"), "\n".join(_move_words(move) for _id, move in view.events)),
        (_("Note"), data.note),
    )


def _move_words(move: LoanMove) -> str:
    later = format_date(move.due_on) if move.kind is LoanEventKind.EXTENDED and move.due_on else ""
    kind = _(LOAN_EVENT_LABELS[move.kind])
    return " · ".join(filter(None, (format_date(move.on), kind, sum_text(move.amount), later, move.document)))

"""A loan in lines: what was asked, how it stands, its rates and movements."""

from collections.abc import Sequence

from casemgr.domain.loans import LOAN_EVENT_LABELS, LoanEventKind, LoanMove, LoanStanding, rate_text
from casemgr.domain.pack_parts import VERIFIED
from casemgr.i18n import _, format_date, format_money, format_number, ngettext
from casemgr.services.loans import LoanView
from ui.pages.ledgers.columns import class_words, sum_text
from ui.pages.ledgers.plan_editor import plan_words


def loan_lines(view: LoanView) -> Sequence[tuple[str, str]]:
    """Names with their words; empty ones are left out where they are shown."""
    data, now = view.data, view.standing
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
        (_("On the list 03/TD of"), format_date(view.listed_on) if view.listed_on else ""),
        *(_sums(view, now) if now is not None else ()),
        (_("Rate of the pay-out"), rate_text(view.rate_millionths)),
        (_("Rates since"), rates if len(view.rates) > 1 else ""),
        (_("Movements"), "\n".join(_move_words(move) for _id, move in view.events)),
        (_("Overdue interest"), _overdue_words(view)),
        (_("Why lawful all the same"), data.override_reason),
        (_("Reason of the refusal"), view.reason),
        (_("Note"), data.note),
    )


def _sums(view: LoanView, now: LoanStanding) -> Sequence[tuple[str, str]]:
    plan = plan_words(now.open) if view.plan else ""
    return (
        (_("Paid out"), format_money(now.disbursed) if now.disbursed else ""),
        (_("Repaid"), format_money(now.repaid) if now.repaid else ""),
        (_("Outstanding"), format_money(now.balance) if now.disbursed else ""),
        (_("Overdue"), format_money(now.overdue) if now.overdue else ""),
        (_("Repay by"), format_date(now.due_on) if now.due_on else ""),
        (_("Instalments not repaid"), plan),
    )


def _overdue_words(view: LoanView) -> str:
    rate, now = view.overdue_rate, view.standing
    if rate is None or now is None or not now.overdue:
        return ""
    message = _("{rate} on what is overdue: {percent} % of the rate of the loan ({law})")
    told = message.format(
        rate=rate_text(rate.millionths), percent=format_number(rate.percent / 100).rstrip("0").rstrip(","), law=rate.law
    )
    return told if rate.certainty == VERIFIED else _("{text}, not confirmed").format(text=told)


def _move_words(move: LoanMove) -> str:
    later = format_date(move.due_on) if move.kind is LoanEventKind.EXTENDED and move.due_on else ""
    kind = _(LOAN_EVENT_LABELS[move.kind])
    return " · ".join(filter(None, (format_date(move.on), kind, sum_text(move.amount), later, move.document)))

"""What the dated rules of the catalogue say of a loan: who may borrow, how much, for how long, at which rate."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.findings import Severity
from casemgr.domain.loans import LoanData, LoanFinding, LoanStatus, RateSpan, rate_spans
from casemgr.domain.pack_parts import VERIFIED
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import MILLION, Catalogue, Limit, Rule
from casemgr.domain.support import SupportKind
from casemgr.i18n import _, format_date, format_money
from casemgr.persistence.models import Loan
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.entitlements import Entitlement, entitlements
from casemgr.services.programmes import catalogue


def loan_programmes(found: Catalogue) -> dict[str, str]:
    """Programmes that lend, by code."""
    return {code: one.title for code, one in found.programmes.items() if one.kind is SupportKind.LOAN}


OVERDUE: Final = "TD.OVERDUE"
"""The base figure of overdue interest: hundredths of a per cent of the rate of the loan."""


@dataclass(frozen=True)
class OverdueRate:
    """What the bank asks a year for what is overdue, and what it rests on."""

    millionths: int
    percent: int
    """Hundredths of a per cent of the rate of the loan."""
    law: str
    certainty: str


def overdue_rate(uow: UnitOfWork, data: LoanData, on: date) -> OverdueRate | None:
    """The rate of overdue sums on the day; None where the tables know none or the rate of the loan is not known."""
    uow.require(Permission.READ)
    figure = catalogue(uow).rate(OVERDUE, on)
    rate = rate_on(uow, data, on)
    if figure is None or rate is None:
        return None
    return OverdueRate(rate * figure.value // 10_000, figure.value, figure.law, figure.certainty)


def check(uow: UnitOfWork, data: LoanData, on: date, *, own: UUID | None = None) -> tuple[LoanFinding, ...]:
    """What does not fit the rules of that day: not entitled, above the cap, too long, a loan of the kind is running."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    entitled = entitled_to(uow, data, on)
    said: list[LoanFinding] = []
    if entitled is None:
        message = _("On {date} {programme} has no rule in force.")
        name = loan_programmes(found).get(data.programme, data.programme)
        said.append(LoanFinding(Severity.WARN, message.format(date=format_date(on), programme=name)))
    else:
        said += _of_entitlement(entitled)
        rule = found.rule(entitled.rule)
        if rule is not None:
            said += _of_amounts(found, rule, data, on)
        said += [LoanFinding(Severity.WARN, text) for text in entitled.conflicts]
    running = select(Loan.id).where(
        Loan.programme == data.programme,
        Loan.household_id == data.household_id,
        Loan.person_id == data.person_id if data.person_id else Loan.person_id.is_(None),
        Loan.status == LoanStatus.RUNNING.value,
    )
    if any(loan != own for loan in uow.session.scalars(running)):
        said.append(LoanFinding(Severity.WARN, _("A loan of this programme is still outstanding.")))
    return tuple(said)


def entitled_to(uow: UnitOfWork, data: LoanData, on: date) -> Entitlement | None:
    """What the programme says of the borrower that day; None when none of its rules is in force."""
    found = entitlements(uow, data.household_id, on, programmes=(data.programme,))
    own = [one for one in found if one.person_id == data.person_id or one.person_id is None]
    return own[0] if own else None


def rates_between(uow: UnitOfWork, data: LoanData, from_on: date, to_on: date) -> tuple[RateSpan, ...]:
    """The rates of the days between, for what is still owed; the rule is the one that counted on the first day."""
    found = catalogue(uow)
    entitled = entitled_to(uow, data, from_on)
    rule = found.rule(entitled.rule) if entitled is not None else None
    if rule is None or rule.interest is None:
        return ()
    if rule.interest.fixed is not None:
        fixed = found.interest(rule, from_on)
        return () if fixed is None else rate_spans([(None, None, fixed)], from_on, to_on)
    changes = [
        (rate.valid_from, rate.valid_to, rate.value * rule.interest.factor // MILLION)
        for rate in found.rates
        if rate.code == rule.interest.rate
    ]
    return rate_spans(changes, from_on, to_on)


def rate_on(uow: UnitOfWork, data: LoanData, on: date) -> int | None:
    """The yearly rate in millionths of the rule that counts that day, else of the programme's first."""
    found = catalogue(uow)
    entitled = entitled_to(uow, data, on)
    rule = found.rule(entitled.rule) if entitled is not None else None
    if rule is None:
        rule = next(iter(found.rules_of(data.programme)), None)
    return found.interest(rule, on) if rule is not None else None


def _of_entitlement(one: Entitlement) -> list[LoanFinding]:
    if one.result is True:
        return []
    if one.result is False:
        severity = Severity.REFUSE if one.certainty == VERIFIED else Severity.WARN
        message = _("Not entitled: {reason}").format(reason="; ".join(one.reason) or one.rule_title)
        return [LoanFinding(severity, message, one.citation)]
    message = _("It is not known whether the household is entitled: {missing}")
    missing = ", ".join(one.missing) or _("the rule itself is not certain")
    return [LoanFinding(Severity.WARN, message.format(missing=missing), one.citation)]


def _of_amounts(found: Catalogue, rule: Rule, data: LoanData, on: date) -> list[LoanFinding]:
    said = []
    cap = found.amount(rule.amount, on) if rule.amount is not None and rule.period is None else None
    rate = found.rate(rule.amount.rate, on) if rule.amount is not None and rule.amount.rate else None
    added = [other for code in rule.adds if (other := found.rule(code)) is not None]
    if cap is not None and rule.amount is not None and rule.amount.limit is not Limit.AT_LEAST:
        cap += sum(found.amount(other.amount, on) or 0 for other in added)
        if data.amount > cap:
            sure = rule.certainty == VERIFIED and (rate is None or rate.certainty == VERIFIED)
            message = _("{amount} is more than the {cap} this programme lends at most.")
            text = message.format(amount=format_money(data.amount), cap=format_money(cap))
            severity = Severity.REFUSE if sure else Severity.WARN
            said.append(LoanFinding(severity, text, rate.law if rate is not None else rule.citation))
    if rule.term_months is not None and data.term_months > rule.term_months:
        message = _("{term} months is longer than the {most} months of the rule.")
        severity = Severity.REFUSE if rule.certainty == VERIFIED else Severity.WARN
        text = message.format(term=data.term_months, most=rule.term_months)
        said.append(LoanFinding(severity, text, rule.citation))
    return said

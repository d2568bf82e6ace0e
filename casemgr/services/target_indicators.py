"""Measures of households: the poverty rate, who received and attended what, who lost a deprivation."""

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from sqlalchemy import func, or_, select

from casemgr.domain.dates import add_months
from casemgr.domain.loans import LoanStatus
from casemgr.domain.movements import AGAIN, CLOSING, ESCAPED, FROM_OTHER, NEW, OPENING, OTHER_IN, OTHER_OUT, TO_OTHER
from casemgr.domain.reviews import CampaignKind, CaseState
from casemgr.domain.support import EnrolmentStatus
from casemgr.domain.targets import Measure, TargetUnit
from casemgr.i18n import N_, _, format_date, format_number
from casemgr.persistence.models import Activity, Attendance, Campaign, Enrolment, Loan, ReviewCase
from casemgr.services import left_behind, movements, packs
from casemgr.services.offices import setting
from casemgr.services.target_cohorts import Reading
from casemgr.services.target_exits import partition
from casemgr.services.target_findings import Finding, Part, counted, of_whole, ratio
from casemgr.services.target_rows import Id

Compute = Callable[[Reading, Measure], Finding]

BENCHMARKS: Final = "targets.benchmarks"
"""Office setting: year to area to {income, source}: the common living standard of target I02b."""

_COLUMNS: Final = (
    (OPENING, N_("At the start")),
    (TO_OTHER, N_("Left for the near-poor list")),
    (ESCAPED, N_("Escaped")),
    (OTHER_OUT, N_("Other decrease")),
    (FROM_OTHER, N_("Came from the near-poor list")),
    (AGAIN, N_("Fell back")),
    (NEW, N_("Newly poor")),
    (OTHER_IN, N_("Other increase")),
    (CLOSING, N_("At the end")),
)


def rate_fall(reading: Reading, measure: Measure) -> Finding:
    """P(start) - P(day) in percentage points under one standard."""
    before, after = reading.standard(reading.start), reading.standard(reading.day)
    parts = _movement(reading) if measure.params.get("balance") else ()
    listed = reading.on.of(measure.params["classes"])
    if before != after:
        message = _("The standards differ ({before} and {after}): rates under two standards are not compared.")
        return Finding(listed, reason=message.format(before=before, after=after), parts=parts)
    totals = reading.households_total(reading.start), reading.households_total(reading.day)
    reasons = [one.reason for one in totals if one.reason]
    if reasons or not all(one.households for one in totals):
        return Finding(
            listed, reason=" ".join(dict.fromkeys(reasons)) or _("The total of households is 0."), parts=parts
        )
    was, now = totals[0].households or 1, totals[1].households or 1
    old = reading.at_start.of(measure.params["classes"])
    fall = Fraction(100 * len(old), was) - Fraction(100 * len(listed), now)
    rates = (
        counted(_("On the list at the start"), old),
        Part(_("Households of the commune at the start"), Fraction(was), TargetUnit.HOUSEHOLDS),
        Part(_("Rate at the start"), Fraction(100 * len(old), was), TargetUnit.PERCENT),
        counted(_("On the list on the day"), listed),
        Part(_("Households of the commune on the day"), Fraction(now), TargetUnit.HOUSEHOLDS),
        Part(_("Rate on the day"), Fraction(100 * len(listed), now), TargetUnit.PERCENT),
    )
    return Finding(listed, value=fall, parts=(*rates, *parts))


def _movement(reading: Reading) -> tuple[Part, ...]:
    """Report 2 of the yearly review decided in the period: how the start became the end."""
    campaign = reading.uow.session.scalars(
        select(Campaign.id)
        .join(ReviewCase, ReviewCase.campaign_id == Campaign.id)
        .where(Campaign.kind == CampaignKind.PERIODIC.value, ReviewCase.state == CaseState.DECIDED.value)
        .where(reading.inside(ReviewCase.decided_on))
        .order_by(ReviewCase.decided_on.desc())
        .limit(1)
    ).first()
    if campaign is None:
        return ()
    made = movements.movements(reading.uow, campaign).balance.poor.households
    return tuple(
        Part(_("Report 2: {column}").format(column=_(name)), Fraction(made[place]), TargetUnit.HOUSEHOLDS)
        for place, name in _COLUMNS
    )


def rate(reading: Reading, measure: Measure) -> Finding:
    """The share of the commune's households that is on a list."""
    listed, total = reading.on.of(measure.params["classes"]), reading.households_total(reading.day)
    if total.reason:
        return Finding(listed, reason=total.reason, numerator=Fraction(len(listed)))
    return ratio(len(listed), total.households or 0, part=listed, empty=_("The total of households is 0."))


def received(reading: Reading, measure: Measure) -> Finding:
    """Who of the cohort received something of the programmes."""
    whole = reading.cohort(measure)
    got = reading.got(reading.programmes(measure))
    if measure.unit is TargetUnit.HOUSEHOLDS:
        return Finding(got & whole)
    if not measure.params.get("able"):
        return of_whole(got, whole)
    made = partition(reading)
    able, unsorted = made.able & whole, made.unsorted & whole
    # Whoever is not sorted may belong to the whole or not: it is told apart, not counted as helped or forgotten.
    found = of_whole(
        got,
        able,
        parts=(counted(_("Not sorted yet"), unsorted),),
        empty=_("No household is marked as able to leave poverty."),
    )
    if unsorted and not found.reason:
        return Finding(found.part, able | unsorted, unsorted, parts=found.parts)
    return found


def income_reached(reading: Reading, measure: Measure) -> Finding:
    """Who has at least the common income of the area, by the review of the period."""
    whole = reading.cohort(measure)
    wanted = json.loads(setting(reading.uow, BENCHMARKS) or "{}").get(str(reading.day.year), {})
    if not wanted:
        message = _("The common income of {year} has not been entered.").format(year=reading.day.year)
        return Finding(whole=whole, reason=message)
    case = ReviewCase
    rows = reading.rows(
        select(case.household_id, case.income, case.area)
        .where(case.state == CaseState.DECIDED.value, reading.inside(case.decided_on))
        .order_by(case.decided_on, case.id)
    )
    known = {home: (income, area) for home, income, area in rows if income is not None and str(area) in wanted}
    reached = frozenset(home for home, (income, area) in known.items() if income >= wanted[area]["income"])
    return of_whole(reached, whole, whole - known.keys())


def loans(reading: Reading, measure: Measure) -> Finding:
    """Who asked for a loan, may have it, and got it in the period."""
    codes, listed = sorted(reading.programmes(measure)), reading.cohort(measure)
    asked: dict[Id, bool | None] = {}

    def note(home: Id, eligible: bool | None) -> None:
        asked[home] = eligible if home not in asked or eligible else asked[home]

    needs = select(Enrolment.household_id, Enrolment.eligible, Enrolment.status).where(
        Enrolment.programme.in_(codes), Enrolment.need_on.is_not(None), Enrolment.need_on <= reading.day
    )
    for home, eligible, status in reading.rows(needs):
        refused = status == EnrolmentStatus.REFUSED.value
        note(home, False if refused else None if eligible is None else bool(eligible))
    day = func.coalesce(Loan.asked_on, Loan.disbursed_on)
    lent = select(Loan.household_id, Loan.status, Loan.disbursed_on).where(
        Loan.programme.in_(codes), day <= reading.day
    )
    paid = set()
    first, last = reading.start.isoformat(), reading.day.isoformat()
    for home, status, paid_on in reading.rows(lent):
        if paid_on and first < paid_on <= last:
            paid.add(home)
            note(home, True)
        elif not (paid_on and paid_on <= first):
            note(home, {LoanStatus.ASKED.value: None, LoanStatus.REFUSED.value: False}.get(status, True))
    whole = frozenset(home for home, eligible in asked.items() if eligible is not False) & listed
    unknown = frozenset(home for home, eligible in asked.items() if eligible is None)
    return of_whole(
        frozenset(paid),
        whole,
        unknown,
        parts=(
            counted(_("Asked, but not eligible"), (home for home in asked if asked[home] is False and home in listed)),
            counted(_("No need recorded"), listed - asked.keys()),
        ),
        empty=_("No household's need for a loan is recorded."),
    )


def attended(reading: Reading, measure: Measure) -> Finding:
    """Who of the cohort took part in events of these kinds or purposes."""
    whole = reading.cohort(measure)
    if measure.params.get("need"):
        codes = sorted(reading.programmes(measure))
        need = select(Enrolment.household_id).where(
            Enrolment.programme.in_(codes), Enrolment.need_on.is_not(None), Enrolment.need_on <= reading.day
        )
        whole &= reading.ids(need)
    statement = (
        select(Attendance.household_id, func.sum(Attendance.days))
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(reading.inside(Activity.on_date), Attendance.household_id.is_not(None))
        .group_by(Attendance.household_id)
    )
    kinds, purposes = measure.params.get("kinds"), measure.params.get("purposes", ())
    if kinds:
        of_kind = Activity.kind.in_(kinds)
        codes = sorted(reading.programmes(measure))
        statement = statement.where(or_(of_kind, Activity.programme.in_(codes)) if codes else of_kind)
    for purpose in purposes:
        statement = statement.where(func.instr(Activity.purposes, f'"{purpose}"') > 0)
    days = dict(reading.rows(statement))
    attending = frozenset(days)
    total = Fraction(sum(days[home] for home in whole & attending))
    return of_whole(
        attending,
        whole,
        parts=(Part(_("Days of participation"), total, TargetUnit.COUNT),),
        empty=_("No household's need for it is recorded.") if measure.params.get("need") else "",
    )


def relieved(reading: Reading, measure: Measure) -> Finding:
    """Who was deprived at the start and is no more by a later review; help alone proves nothing."""
    if reading.standard(reading.start) != reading.standard(reading.day):
        return Finding(reason=_("The standards differ: deprivations under two standards are not compared."))
    codes = _codes_of(reading, measure)
    whole = (reading.at_start.lacking_any(codes) & reading.cohort(measure)) - reading.gone
    looked = reading.looked_at & whole
    still = reading.found_lacking(codes) & looked
    waiting = whole - looked
    helped = reading.got(
        code for code, one in reading.catalogue.programmes.items() if measure.params["dimension"] in one.dimensions
    )
    return of_whole(
        looked - still,
        whole,
        waiting,
        parts=(
            counted(_("Supported, waiting for the review"), waiting & helped),
            counted(_("Still deprived"), still),
        ),
        empty=_("No household of the list was deprived of it at the start."),
    )


def _codes_of(reading: Reading, measure: Measure) -> tuple[str, ...]:
    pack = packs.national(reading.uow, reading.start)
    return tuple(one.code for one in pack.indicators if one.service == measure.params["service"])


def behind(reading: Reading, measure: Measure) -> Finding:
    """Who received nothing at all for so many months."""
    months = int(measure.params["months"])
    listed = reading.cohort(measure)
    since = add_months(reading.day, -months)
    return Finding(
        left_behind.without_support(reading, listed, months),
        parts=(counted(_("Households of the list"), listed),),
        notes=(
            _("Nothing received after {day} ({months} months).").format(
                day=format_date(since), months=format_number(months)
            ),
        ),
    )


def split(reading: Reading, measure: Measure) -> Finding:
    """Which of the cohort are headed by women, or of a minority."""
    return of_whole(
        reading.on.women if measure.params["by"] == "women" else reading.on.minority, reading.cohort(measure)
    )


HOWS: Final[Mapping[str, Compute]] = {
    "rate_fall": rate_fall,
    "rate": rate,
    "received": received,
    "income_reached": income_reached,
    "loans": loans,
    "attended": attended,
    "relieved": relieved,
    "left_behind": behind,
    "split": split,
}

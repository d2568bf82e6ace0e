"""Measures of works, events, money and the review itself: sums and registers beside the lists of the poor."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Final

from sqlalchemy import func, or_, select

from casemgr.domain.community import SPONSOR_KIND_LABELS
from casemgr.domain.reviews import CampaignKind, CaseState, ObjectionOutcome
from casemgr.domain.support import SETTLED, DeliveryStatus, EnrolmentStatus
from casemgr.domain.targets import Measure, TargetUnit
from casemgr.i18n import _
from casemgr.persistence.models import (
    Activity,
    Budget,
    Campaign,
    Delivery,
    Enrolment,
    Objection,
    ReviewCase,
    Works,
)
from casemgr.services import sponsor_giving
from casemgr.services.target_cohorts import Reading
from casemgr.services.target_findings import Finding, Part, counted, of_whole, ratio
from casemgr.services.target_received import Sums
from casemgr.services.target_rows import Id, Ids

_CAME: Final = tuple(status.value for status in SETTLED)
"""A return is an entry with the other sign: summed with what it takes back."""


def _works(reading: Reading) -> list[tuple[Id, str | None, int, int, int, bool]]:
    """Works begun by the day: id, acceptance, budget, disbursed, per cent done, agrees with the plan."""
    w = Works
    begun = or_(w.start_on.is_(None), w.start_on <= reading.day)
    rows = reading.rows(select(w.id, w.accepted_on, w.budget, w.disbursed, w.progress, w.planned_for).where(begun))
    return [(one, on, budget, paid, done, bool(planned)) for one, on, budget, paid, done, planned in rows]


def _no_works() -> str:
    return _("No works are on record.")


def works_accepted(reading: Reading, _measure: Measure) -> Finding:
    """Works accepted by the day."""
    rows, last = _works(reading), reading.day.isoformat()
    done = frozenset(one for one, on, *_rest in rows if on and on <= last)
    return of_whole(done, frozenset(row[0] for row in rows), empty=_no_works())


def works_planned(reading: Reading, _measure: Measure) -> Finding:
    """Works that agree with the plan."""
    rows = _works(reading)
    return of_whole(frozenset(row[0] for row in rows if row[5]), frozenset(row[0] for row in rows), empty=_no_works())


def works_volume(reading: Reading, _measure: Measure) -> Finding:
    """Work done, weighted by budget."""
    rows = _works(reading)
    done = sum((Fraction(budget * progress, 100) for _one, _on, budget, _paid, progress, _plan in rows), Fraction(0))
    return ratio(done, sum(row[2] for row in rows), part=frozenset(row[0] for row in rows), empty=_no_works())


def works_paid(reading: Reading, _measure: Measure) -> Finding:
    """Money paid out of the budgets of works."""
    rows = _works(reading)
    ids = frozenset(row[0] for row in rows)
    return ratio(sum(row[3] for row in rows), sum(row[2] for row in rows), part=ids, empty=_no_works())


def works_upkeep(reading: Reading, _measure: Measure) -> Finding:
    """Upkeep done in time, of the works whose upkeep fell due in the period or was due before and not done by then.

    Whoever has done it and already wrote the next due day has done it in time.
    """
    w = Works
    accepted = reading.rows(
        select(w.id, w.maintained_on, w.maintenance_due).where(w.accepted_on.is_not(None), w.accepted_on <= reading.day)
    )
    first, last = reading.start.isoformat(), reading.day.isoformat()
    whole: set[Id] = set()
    done: set[Id] = set()
    for one, kept, due in accepted:
        if due is None:
            continue
        in_period = kept is not None and first < kept <= last
        before = due <= first and kept is not None and due <= kept <= first
        if in_period and (due > last or kept <= due):
            done.add(one)
        if (due <= last and not before) or one in done:
            whole.add(one)
    unplanned = frozenset(one for one, _kept, due in accepted if due is None)
    return of_whole(
        frozenset(done),
        frozenset(whole),
        parts=(counted(_("Accepted works without a day their upkeep is due"), unplanned, TargetUnit.COUNT),),
        empty=_("No upkeep of works fell due in the period."),
    )


def events(reading: Reading, measure: Measure) -> Finding:
    """Events of the period, of some kinds or with some topics."""
    statement = select(Activity.id).where(reading.inside(Activity.on_date))
    if kinds := measure.params.get("kinds"):
        statement = statement.where(Activity.kind.in_(kinds))
    for topic in measure.params.get("topics", ()):
        statement = statement.where(func.instr(Activity.topics, f'"{topic}"') > 0)
    return Finding(reading.ids(statement))


def cases(reading: Reading, measure: Measure) -> Finding:
    """Requests of the period and how far they are; a household counts once, by its furthest one."""
    asked = func.coalesce(Enrolment.need_on, Enrolment.decision_on, Enrolment.from_on)
    statement = select(Enrolment.household_id, Enrolment.status).where(
        Enrolment.programme.in_(sorted(reading.programmes(measure))), reading.inside(asked)
    )
    rows = reading.rows(statement)
    whole = frozenset(home for home, _status in rows)
    done = frozenset(home for home, status in rows if status in measure.params["states"])
    waiting = (EnrolmentStatus.NEED.value, EnrolmentStatus.PLANNED.value)
    unanswered = frozenset(home for home, status in rows if status in waiting)
    # A case that runs is not solved; a request without an answer may still be accepted.
    return of_whole(
        done,
        whole,
        unanswered if EnrolmentStatus.APPROVED.value in measure.params["states"] else frozenset(),
        empty=_("No request is recorded in the period."),
    )


def _given(reading: Reading, sources: tuple[str, ...]) -> Sums:
    key = f"given {sources}"
    if key not in reading.kept:
        reading.kept[key] = Sums(reading.receipts.since(reading.start), sources)
    found: Sums = reading.kept[key]
    return found


def given(reading: Reading, measure: Measure) -> Finding:
    """Money and value of goods that came in the period, or the households they came to."""
    sources = tuple(measure.params.get("sources", ()))
    found = _given(reading, sources)
    if measure.params.get("households"):
        return Finding(found.homes)
    dong = TargetUnit.DONG
    parts = [Part(_("Money"), Fraction(found.money), dong), Part(_("Goods"), Fraction(found.goods), dong)]
    if sources:
        first = reading.start + timedelta(days=1)
        parts += [
            Part(_(SPONSOR_KIND_LABELS[one.kind]), Fraction(one.money + one.goods), dong)
            for one in sponsor_giving.giving(reading.uow, first, reading.day)
            if one.kind in SPONSOR_KIND_LABELS
        ]
    else:
        by_amount = sorted(found.by_programme.items(), key=lambda pair: (-pair[1], pair[0]))
        parts += [Part(code, Fraction(value), dong) for code, value in by_amount]
    return Finding(found.homes, value=Fraction(found.money + found.goods), parts=tuple(parts))


def promises(reading: Reading, _measure: Measure) -> Finding:
    """What came on promises against what fell due."""
    found = sponsor_giving.giving(reading.uow, reading.start + timedelta(days=1), reading.day)
    return ratio(
        sum(one.kept for one in found),
        sum(one.promised for one in found),
        empty=_("No promise fell due in the period."),
    )


def _campaign(reading: Reading) -> Campaign | None:
    return reading.uow.session.scalars(
        select(Campaign)
        .where(Campaign.kind == CampaignKind.PERIODIC.value, reading.inside(Campaign.opened_on))
        .order_by(Campaign.opened_on.desc())
    ).first()


def reviewed(reading: Reading, measure: Measure) -> Finding:
    """Households of the yearly review whose sheet is keyed, or which were decided in time."""
    campaign = _campaign(reading)
    if campaign is None:
        return Finding(reason=_("No yearly review was opened in the period."))
    case = ReviewCase
    rows = reading.rows(
        select(case.household_id, case.result_class, case.state, case.decided_on).where(
            case.campaign_id == campaign.id, case.state != CaseState.REMOVED.value
        )
    )
    whole = frozenset(row[0] for row in rows)
    last = min(campaign.due_on, reading.day).isoformat()
    if not measure.params.get("in_time"):
        return of_whole(frozenset(home for home, result, *_rest in rows if result), whole)
    done = frozenset(home for home, _result, _state, on in rows if on and on <= last)
    open_ones = whole - done if reading.day < campaign.due_on else frozenset()
    return of_whole(done, whole, open_ones)


def objections(reading: Reading, _measure: Measure) -> Finding:
    """Households with an objection that is not settled on the day."""
    statement = (
        select(ReviewCase.household_id)
        .join(Objection, Objection.case_id == ReviewCase.id)
        .where(reading.inside(Objection.received_on))
        .where(
            or_(
                Objection.outcome == ObjectionOutcome.OPEN.value,
                Objection.settled_on > reading.day,
            )
        )
    )
    return Finding(reading.ids(statement))


def budget_spent(reading: Reading, _measure: Measure) -> Finding:
    """What was paid from the budgets of the year."""
    year = reading.day.year
    budget = Budget
    whole = dict(reading.rows(select(budget.id, budget.amount).where(budget.year == year)))
    names = dict(reading.rows(select(budget.id, budget.programme).where(budget.year == year)))
    day = func.coalesce(Delivery.received_on, Delivery.on_date)
    spent_statuses = (*_CAME, DeliveryStatus.DELIVERED.value)
    rows = reading.rows(
        select(Delivery.budget_id, func.sum(Delivery.amount + Delivery.goods_value))
        .where(Delivery.budget_id.is_not(None), Delivery.status.in_(spent_statuses), day <= reading.day)
        .group_by(Delivery.budget_id)
    )
    by_programme: dict[str, int] = {}
    for one, amount in rows:
        if one in whole:
            by_programme[names[one]] = by_programme.get(names[one], 0) + amount
    parts = tuple(Part(code, Fraction(value), TargetUnit.DONG) for code, value in sorted(by_programme.items()))
    empty = _("No budget of {year} is entered.").format(year=year)
    return ratio(sum(by_programme.values()), sum(whole.values()), empty=empty, parts=parts)


def stages(reading: Reading, measure: Measure) -> Finding:
    """How far the houses of a programme are; the value is the share handed over."""
    codes = sorted(reading.programmes(measure))
    asked = func.coalesce(Enrolment.need_on, Enrolment.decision_on, Enrolment.from_on)
    rows = reading.rows(
        select(Enrolment.household_id, Enrolment.status, Enrolment.to_on).where(
            Enrolment.programme.in_(codes),
            Enrolment.status != EnrolmentStatus.REFUSED.value,
            or_(asked.is_(None), asked <= reading.day),
        )
    )
    last = reading.day.isoformat()

    def of(*statuses: EnrolmentStatus) -> Ids:
        return frozenset(home for home, status, _to in rows if status in {one.value for one in statuses})

    s = EnrolmentStatus
    whole = of(*s)
    done = frozenset(home for home, status, to in rows if status == s.ENDED.value and (to is None or to <= last))
    came = (Delivery.status == DeliveryStatus.RECEIVED.value) & (Delivery.on_date <= reading.day)
    paid = reading.ids(select(Delivery.household_id).where(Delivery.programme.in_(codes), came))
    return of_whole(
        done,
        whole,
        parts=(
            counted(_("Registered"), whole),
            counted(_("Approved"), of(s.APPROVED, s.RUNNING, s.SUSPENDED, s.ENDED)),
            counted(_("Begun"), of(s.RUNNING, s.SUSPENDED, s.ENDED)),
            counted(_("At least one payment"), paid),
            counted(_("Handed over"), done),
        ),
        empty=_("No household is registered."),
    )


HOWS: Final[Mapping[str, Callable[[Reading, Measure], Finding]]] = {
    "works_accepted": works_accepted,
    "works_planned": works_planned,
    "works_volume": works_volume,
    "works_paid": works_paid,
    "works_upkeep": works_upkeep,
    "events": events,
    "cases": cases,
    "given": given,
    "promises": promises,
    "reviewed": reviewed,
    "objections": objections,
    "budget_spent": budget_spent,
    "stages": stages,
}

"""Measures of work abroad: departures, people abroad, returns on time, start-ups; from the cases of work abroad.

Support under way counts as work abroad only for people who have no case yet.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import func, or_, select

from casemgr.domain.targets import Measure, TargetUnit
from casemgr.i18n import _
from casemgr.persistence.models import Enrolment
from casemgr.services import abroad_figures
from casemgr.services.abroad_numbers import numbers
from casemgr.services.target_cohorts import TAKING_PART, Reading
from casemgr.services.target_findings import Finding, counted
from casemgr.services.target_rows import Ids

_DAY: Final = timedelta(days=1)


def departures(reading: Reading, measure: Measure) -> Finding:
    """People who left for work abroad in the period, or who are there on the day."""
    homes = reading.cohort(measure)
    if measure.params.get("still"):
        cases = abroad_figures.still_abroad(reading.uow, reading.day)
    else:
        cases = abroad_figures.departures(reading.uow, reading.start + _DAY, reading.day)
    return Finding(abroad_figures.inside(cases, homes) | _enrolled(reading, measure, homes))


def returned_on_time(reading: Reading, measure: Measure) -> Finding:
    """Of the people whose contract ended or who came home in the period, who came home at its end."""
    homes, first = reading.cohort(measure), reading.start + _DAY
    whole = abroad_figures.inside(abroad_figures.contracts_ended(reading.uow, first, reading.day), homes)
    if not whole:
        return Finding(reason=_("Nobody's contract abroad ended in the period."))
    grace = numbers(reading.uow, reading.day)("ABROAD.GRACE") or 0
    timely = abroad_figures.returned_on_time(reading.uow, first, reading.day, grace=grace)
    ended = counted(_("Contract ended or came home in the period"), whole, TargetUnit.PEOPLE)
    return Finding(abroad_figures.inside(timely, homes), parts=(ended,))


def startups(reading: Reading, measure: Measure) -> Finding:
    """Households that began a business in the period, or received something of the programme."""
    homes = reading.cohort(measure)
    begun = abroad_figures.startups_begun(reading.uow, reading.start + _DAY, reading.day)
    own = frozenset(home.bytes for home, _person in begun)
    return Finding((own | reading.got(reading.programmes(measure))) & homes)


def _enrolled(reading: Reading, measure: Measure, homes: Ids) -> Ids:
    """People of whom only support to work abroad is on record."""
    begun = func.coalesce(Enrolment.from_on, Enrolment.decision_on)
    statement = select(Enrolment.household_id, Enrolment.person_id).where(
        Enrolment.programme.in_(sorted(reading.programmes(measure))),
        Enrolment.person_id.is_not(None),
        Enrolment.status.in_(TAKING_PART),
    )
    if measure.params.get("still"):
        open_end = or_(Enrolment.to_on.is_(None), Enrolment.to_on > reading.day)
        statement = statement.where(begun <= reading.day, open_end)
    else:
        statement = statement.where(reading.inside(begun))
    followed = {one.bytes for one in abroad_figures.followed(reading.uow)}
    return frozenset(person for home, person in reading.rows(statement) if home in homes and person not in followed)


HOWS: Final[Mapping[str, Callable[[Reading, Measure], Finding]]] = {
    "departures": departures,
    "returned_on_time": returned_on_time,
    "startups": startups,
}

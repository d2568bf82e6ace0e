"""Measures of work abroad: departures, people abroad, returns on time, start-ups; from the cases of work abroad.

Support under way counts as work abroad only for people who have no case yet.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from casemgr.domain.targets import Measure, TargetUnit
from casemgr.i18n import _, format_number
from casemgr.persistence.models import AbroadCase, Enrolment
from casemgr.services import abroad_figures
from casemgr.services.abroad_numbers import numbers
from casemgr.services.target_cohorts import TAKING_PART, Reading
from casemgr.services.target_findings import NOBODY, Finding, Part, counted, of_whole
from casemgr.services.target_rows import Id, Ids

_PEOPLE: Final = TargetUnit.PEOPLE


def _first(reading: Reading) -> date:
    return reading.start + timedelta(days=1)


def _of_lists(reading: Reading, measure: Measure, pairs: abroad_figures.Pairs) -> Ids:
    """Those of the cohort; `registered`: or whose household was on a list when they registered."""
    found = abroad_figures.inside(pairs, reading.cohort(measure))
    if not measure.params.get("registered"):
        return found
    known = reading.case_records.registered_from_lists
    return found | frozenset(person.bytes for _home, person in pairs if person.bytes in known)


def departures(reading: Reading, measure: Measure) -> Finding:
    """Who left for work abroad in the period, with the way there; without a case, by the support that began."""
    pairs = abroad_figures.departures(reading.uow, _first(reading), reading.day)
    begun = _begun(reading, measure, still=False)
    return Finding(_of_lists(reading, measure, pairs) | begun, parts=_funnel(reading, measure))


def still_abroad(reading: Reading, measure: Measure) -> Finding:
    """Who is abroad on the day."""
    pairs = abroad_figures.still_abroad(reading.uow, reading.day)
    return Finding(_of_lists(reading, measure, pairs) | _begun(reading, measure, still=True))


def _begun(reading: Reading, measure: Measure, *, still: bool) -> Ids:
    """People of the cohort whom nobody follows in a case: their support began in the period, or runs on the day."""
    homes, codes = reading.cohort(measure), sorted(reading.programmes(measure))
    begun = func.coalesce(Enrolment.from_on, Enrolment.decision_on)
    statement = select(Enrolment.household_id, Enrolment.person_id).where(
        Enrolment.programme.in_(codes), Enrolment.person_id.is_not(None), Enrolment.status.in_(TAKING_PART)
    )
    if still:
        open_end = or_(Enrolment.to_on.is_(None), Enrolment.to_on > reading.day)
        statement = statement.where(begun <= reading.day, open_end)
    else:
        statement = statement.where(reading.inside(begun))
    found = frozenset(person for home, person in reading.rows(statement) if home in homes)
    if not found:
        return NOBODY
    return found - {one.bytes for one in abroad_figures.followed(reading.uow)}


def _funnel(reading: Reading, measure: Measure) -> tuple[Part, ...]:
    """How many of the cohort came to each step in the period, and how many are abroad on the day."""
    case, homes = AbroadCase, reading.cohort(measure)
    days = (case.registered_on, case.selected_on, case.signed_on, case.departed_on, case.returned_on)
    statement = select(case.household_id, case.person_id, *days).where(or_(*(reading.inside(one) for one in days)))
    first, last = reading.start.isoformat(), reading.day.isoformat()
    steps: list[set[Id]] = [set() for _day in days]
    for home, person, *came in reading.rows(statement):
        if home not in homes:
            continue
        for step, on in zip(steps, came, strict=True):
            if on is not None and first < on <= last:
                step.add(person)
    abroad = abroad_figures.inside(abroad_figures.still_abroad(reading.uow, reading.day), homes)
    registered, selected, signed, left, returned = steps
    return (
        counted(_("Registered in the period"), registered, _PEOPLE),
        counted(_("Selected in the period"), selected, _PEOPLE),
        counted(_("Contract signed in the period"), signed, _PEOPLE),
        counted(_("Left in the period"), left, _PEOPLE),
        counted(_("Abroad on the day"), abroad, _PEOPLE),
        counted(_("Came home in the period"), returned, _PEOPLE),
    )


def returned_on_time(reading: Reading, measure: Measure) -> Finding:
    """Of those whose contract ended in the period or who came home in it, who came at its end."""
    grace = numbers(reading.uow, reading.day)("ABROAD.GRACE")
    if grace is None:
        return Finding(reason=_("The days of grace after the end of a contract are not entered."))
    uow, first, day = reading.uow, _first(reading), reading.day
    whole = _of_lists(reading, measure, abroad_figures.contracts_ended(uow, first, day))
    away = _of_lists(reading, measure, abroad_figures.still_abroad(uow, day))
    timely = _of_lists(reading, measure, abroad_figures.returned_on_time(uow, first, day, grace=grace))
    recent = max(first, day - timedelta(days=grace))
    waiting = _of_lists(reading, measure, abroad_figures.contracts_ended(uow, recent, day)) & away
    return of_whole(
        timely - away,
        whole,
        waiting,
        parts=(
            counted(_("Still abroad after the end of the contract"), (whole & away) - waiting, _PEOPLE),
            counted(_("Contract ended less than {days} days ago").format(days=format_number(grace)), waiting, _PEOPLE),
        ),
        empty=_("No contract abroad ended in the period."),
    )


def startups(reading: Reading, measure: Measure) -> Finding:
    """Households of the cohort that began a business or took part in the programme."""
    begun = frozenset(
        home.bytes for home, _person in abroad_figures.startups_begun(reading.uow, _first(reading), reading.day)
    )
    return Finding(reading.cohort(measure) & (begun | reading.got(reading.programmes(measure))))


HOWS: Final[Mapping[str, Callable[[Reading, Measure], Finding]]] = {
    "departures": departures,
    "still_abroad": still_abroad,
    "returned_on_time": returned_on_time,
    "startups": startups,
}

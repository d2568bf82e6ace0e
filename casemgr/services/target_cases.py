"""Measures from the case records of training and jobs, and of models of poverty reduction."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import select

from casemgr.domain.people import LabourCapacity
from casemgr.domain.targets import Measure, TargetUnit, year_start
from casemgr.i18n import _, ngettext
from casemgr.persistence.models import Enrolment, JobFollowUp
from casemgr.services.entitlement_reading import Reading as Standings
from casemgr.services.target_casework import Learning, Model
from casemgr.services.target_cohorts import Reading
from casemgr.services.target_exits import left_the_list
from casemgr.services.target_findings import Finding, counted, of_whole, uuids
from casemgr.services.target_listings import AgeLimits, persons
from casemgr.services.target_rows import Id, Ids, parts

_PEOPLE: Final = TargetUnit.PEOPLE

# ---- training, jobs


def trained(reading: Reading, measure: Measure) -> Finding:
    """People of working age, able to work, who asked for training; who of them finished a class or sits in one."""
    homes, codes = reading.cohort(measure), sorted(reading.programmes(measure))
    records, last, start = reading.case_records, reading.day.isoformat(), reading.start.isoformat()
    asking = {one.person for one in records.learners if one.ended is None or one.ended > start}
    over = {one.person for one in records.learners} - asking
    asked = reading.rows(
        select(Enrolment.household_id, Enrolment.person_id).where(
            Enrolment.programme.in_(codes),
            Enrolment.person_id.is_not(None),
            Enrolment.need_on.is_not(None),
            Enrolment.need_on <= reading.day,
        )
    )
    need = {person for home, person in asked if home in homes and person not in over}
    need.update(one.person for one in records.learners if one.home in homes and one.person in asking)
    whole: set[Id] = set()
    unknown: set[Id] = set()
    fitting = AgeLimits(measure.params["ages"], reading.day)
    for one in persons(reading.uow, need):
        fits = fitting.holds(one.birth)
        if fits is False or (one.labour is not None and one.labour != LabourCapacity.ABLE.value):
            continue
        whole.add(one.id)
        if fits is None or one.labour is None:
            unknown.add(one.id)
    finished, attending = _people(records.finished), _people(records.attending)
    dropped = _people(one for one in records.learners if one.status == "dropped" and start < (one.ended or "") <= last)
    followed = _people(records.learners)
    got = finished | attending | (reading.got_people(codes) - followed)
    inside = frozenset(whole)
    return of_whole(
        got - unknown,
        inside,
        frozenset(unknown),
        parts=(
            counted(_("Finished the class in the period"), finished & inside, _PEOPLE),
            counted(_("In a class on the day"), attending & inside, _PEOPLE),
            counted(_("Dropped out in the period"), (dropped & inside) - finished - attending, _PEOPLE),
        ),
        empty=_("No need for training is recorded."),
    )


def finished(reading: Reading, measure: Measure) -> Finding:
    """Who finished a class in the period, of people whose household was on a list when they registered."""
    return Finding(_people(_completed(reading, measure)))


def in_work(reading: Reading, measure: Measure) -> Finding:
    """Of those, who was at work so many months later; whoever was not asked yet is not known."""
    completed = _completed(reading, measure)
    by_learner = {one.id: one.person for one in completed}
    follow_up = JobFollowUp
    told: dict[Id, bool] = {}
    statement = (
        select(follow_up.learner_id, follow_up.in_work)
        .where(follow_up.month == int(measure.params["months"]), follow_up.on_date <= reading.day)
        .order_by(follow_up.on_date, follow_up.id)
    )
    for learner, works in reading.rows(statement):
        if learner in by_learner:
            told[by_learner[learner]] = bool(works)
    whole = frozenset(by_learner.values())
    working = frozenset(person for person, works in told.items() if works)
    return of_whole(
        working,
        whole,
        whole - told.keys(),
        parts=(counted(_("Not at work"), told.keys() - working, _PEOPLE),),
        empty=_("Nobody of a poor or near-poor household finished a class in the period."),
    )


def _completed(reading: Reading, measure: Measure) -> list[Learning]:
    classes = frozenset(measure.params["classes"])
    return [one for one in reading.case_records.finished if one.class_value in classes]


def _people(learners: Iterable[Learning]) -> Ids:
    return frozenset(one.person for one in learners)


# ---- models of poverty reduction


def _models(reading: Reading, measure: Measure) -> tuple[list[Model], Ids]:
    """Every model, and which of them run on the day."""
    codes = reading.programmes(measure)
    key = f"models {sorted(codes)}"
    if key not in reading.kept:
        found = reading.case_records.models(codes)
        reading.kept[key] = found, reading.case_records.running(found, reading.day, reading.day)
    kept: tuple[list[Model], Ids] = reading.kept[key]
    return kept


def models(reading: Reading, measure: Measure) -> Finding:
    """Models that run on the day."""
    found, running = _models(reading, measure)
    if not found:
        return Finding(reason=_("No model of poverty reduction is on record."))
    copied = frozenset(one.copies for one in found if one.id in running and one.copies is not None)
    homes = _in_models(reading, measure, reading.start, reading.day)
    count = TargetUnit.COUNT
    return Finding(
        running,
        parts=(
            counted(_("Models that others replicate"), copied, count),
            counted(_("Households in models"), homes),
            counted(_("Models that do not run"), frozenset(one.id for one in found) - running, count),
        ),
    )


def copies(reading: Reading, measure: Measure) -> Finding:
    """Models that run on the day and replicate another."""
    found, running = _models(reading, measure)
    if not found:
        return Finding(reason=_("No model of poverty reduction is on record."))
    return Finding(frozenset(one.id for one in found if one.id in running and one.copies is not None))


def _in_models(reading: Reading, measure: Measure, first: date, last: date) -> Ids:
    """Households of models at some time after a day up to another: plans, members of groups, and support that ran."""
    codes = reading.programmes(measure)
    key = f"in models {sorted(codes)} {first} {last}"
    if key not in reading.kept:
        took = frozenset(home for _code, home, _person in reading.taking_part(codes, first, last))
        reading.kept[key] = took | reading.case_records.in_models(codes, first, last)
    found: Ids = reading.kept[key]
    return found


def in_models(reading: Reading, measure: Measure) -> Finding:
    """Households in models in the period, and how many of them are on a list."""
    took = _in_models(reading, measure, reading.start, reading.day)
    if measure.unit is TargetUnit.HOUSEHOLDS:
        return Finding(took)
    return of_whole(reading.cohort(measure), took, empty=_("No household takes part."))


def models_escaped(reading: Reading, measure: Measure) -> Finding:
    """Who was in a model and on a list, and left it: since the start of the period, or of one some reviews before."""
    back = int(measure.params.get("reviews", 1)) - 1
    classes = tuple(measure.params["classes"])
    if not back:
        return left_the_list(
            reading, _in_models(reading, measure, reading.start, reading.day) & reading.cohort(measure), classes
        )
    before = reading.start
    for _year in range(back):
        before = year_start(before)
    took = _in_models(reading, measure, before, reading.start)
    whole = _listed(reading, took, before, classes) - reading.gone
    now = reading.on.of(classes)
    waiting = (whole & reading.at_start.of(classes)) - reading.reviewed
    text = ngettext(
        "No household of the lists was in a model {years} year before.",
        "No household of the lists was in a model {years} years before.",
        back,
    )
    return of_whole(whole - now, whole, waiting, empty=text.format(years=back))


def _listed(reading: Reading, homes: Ids, day: date, classes: tuple[str, ...]) -> Ids:
    """Which of some households were on a list on a day."""
    found: set[Id] = set()
    for part in parts(sorted(homes)):
        values = Standings(reading.uow, reading.catalogue, day, uuids(frozenset(part))).classes()
        found.update(home for home, value in values.items() if value in classes)
    return frozenset(found)


HOWS: Final[Mapping[str, Callable[[Reading, Measure], Finding]]] = {
    "trained": trained,
    "finished": finished,
    "in_work": in_work,
    "models": models,
    "copies": copies,
    "in_models": in_models,
    "models_escaped": models_escaped,
}

"""Measures of people: insurance cards, exempted pupils, training, officers; those of work abroad come in here."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, or_, select

from casemgr.domain.conditions import SchoolLevel
from casemgr.domain.support import EnrolmentStatus
from casemgr.domain.targets import Measure, TargetUnit
from casemgr.i18n import _
from casemgr.persistence.models import Enrolment, InsuranceCard, PersonCondition
from casemgr.services import officers
from casemgr.services.target_cohorts import TAKING_PART, Reading
from casemgr.services.target_findings import Finding, counted, of_whole
from casemgr.services.target_listings import AgeLimits
from casemgr.services.target_rows import Id, Ids


def _covered(reading: Reading) -> tuple[Ids, Ids]:
    """People with a valid card on the day, and people of whom nothing at all is known about it.

    A card on record decides; without any, what the review noted of the person.
    """
    if "cards" not in reading.kept:
        card = InsuranceCard
        valid = (card.valid_from <= reading.day) & or_(card.valid_to.is_(None), card.valid_to >= reading.day)
        cards = reading.rows(select(card.person_id, valid).where(card.valid_from <= reading.day))
        insured, _schools = _noted(reading)
        carded = {person for person, _valid in cards}
        covered = {person for person, said in insured.items() if said} - carded
        covered.update(person for person, is_valid in cards if is_valid)
        people = _of(reading, frozenset(reading.on.homes))
        reading.kept["cards"] = (people & covered, people.difference(carded, insured))
    found: tuple[Ids, Ids] = reading.kept["cards"]
    return found


def _noted(reading: Reading) -> tuple[Mapping[Id, bool], Mapping[Id, str]]:
    """What reviews noted of people: whether insured, which school."""
    if "noted" not in reading.kept:
        table = PersonCondition
        said = select(table.person_id, table.insured, table.school)
        rows = reading.rows(said.where(or_(table.insured.is_not(None), table.school.is_not(None))))
        reading.kept["noted"] = (
            {person: bool(insured) for person, insured, _school in rows if insured is not None},
            {person: school for person, _insured, school in rows if school is not None},
        )
    found: tuple[Mapping[Id, bool], Mapping[Id, str]] = reading.kept["noted"]
    return found


def insured(reading: Reading, measure: Measure) -> Finding:
    """People of the lists with a valid card."""
    homes = reading.cohort(measure)
    covered, unknown = _covered(reading)
    whole = _of(reading, homes)
    return of_whole(covered, whole, unknown)


def _of(reading: Reading, homes: Ids) -> Ids:
    members = reading.on.members
    key = f"people of {len(homes)} {hash(homes)}"
    if key not in reading.kept:
        everybody = len(homes) == len(reading.on.homes)
        reading.kept[key] = frozenset(
            members if everybody else (person for person, home in members.items() if home in homes)
        )
    found: Ids = reading.kept[key]
    return found


def insured_households(reading: Reading, measure: Measure) -> Finding:
    """Households of the lists whose members all have a valid card."""
    homes = reading.cohort(measure)
    covered, unknown = _covered(reading)
    members = reading.on.members
    lacking = frozenset(
        map(members.__getitem__, _of(reading, frozenset(reading.on.homes)).difference(covered, unknown))
    )
    open_ones = frozenset(map(members.__getitem__, unknown))
    peopled = frozenset(members.values()) & homes
    return of_whole(
        peopled - lacking - open_ones,
        peopled,
        open_ones - lacking,
        parts=(counted(_("Somebody has no valid card"), peopled & lacking),),
    )


def _pupils(reading: Reading, limits: list[int]) -> tuple[Ids, Ids]:
    """Members of an age who attend a school, and those of whom it is not known."""
    key = f"pupils {limits}"
    if key not in reading.kept:
        _insured, schools = _noted(reading)
        studying = reading.registered.studying
        pupils: set[Id] = set()
        unknown: set[Id] = set()
        members, fitting = reading.on.members, AgeLimits(limits, reading.day)
        for person, birth in reading.registered.young.items():
            if person not in members:
                continue
            fits = fitting.holds(birth)
            if fits is False:
                continue
            school = schools.get(person)
            attends = True if person in studying else None if school is None else school != SchoolLevel.NONE.value
            if attends is False:
                continue
            (pupils if fits and attends else unknown).add(person)
        reading.kept[key] = (frozenset(pupils), frozenset(unknown))
    found: tuple[Ids, Ids] = reading.kept[key]
    return found


def pupils(reading: Reading, measure: Measure) -> Finding:
    """Children who study, with something of the programme recorded: an exemption that holds, or a delivery."""
    homes = reading.cohort(measure)
    codes = sorted(reading.programmes(measure))
    studying, unknown = _pupils(reading, list(measure.params["ages"]))
    inside = _of(reading, homes)
    named = reading.got_people(codes)
    holding = (EnrolmentStatus.APPROVED.value, *TAKING_PART)
    begun = func.coalesce(Enrolment.from_on, Enrolment.decision_on)
    enrolled = reading.ids(
        select(Enrolment.person_id).where(
            Enrolment.programme.in_(codes),
            Enrolment.person_id.is_not(None),
            Enrolment.status.in_(holding),
            begun <= reading.day,
            or_(Enrolment.to_on.is_(None), Enrolment.to_on > reading.start),
        )
    )
    helped = named | enrolled
    return of_whole(
        helped,
        (studying | unknown) & inside,
        unknown - helped,
        parts=(counted(_("Not known whether at school"), unknown & inside, TargetUnit.PEOPLE),),
    )


def trained_officers(reading: Reading, measure: Measure) -> Finding:
    """Positions filled on the day whose holder had a qualifying course in the period."""
    if "officers" not in reading.kept:
        first = reading.start + timedelta(days=1)
        reading.kept["officers"] = officers.trained(reading.uow, reading.day, first, reading.day)
    found: officers.Trained = reading.kept["officers"]
    topic = measure.params.get("topic")
    done = found.by_topic.get(topic, ()) if topic else found.trained
    return of_whole(_bytes(done), _bytes(found.filled), empty=_("No position is filled on that day."))


def _bytes(ids: Iterable[UUID]) -> Ids:
    return frozenset(one.bytes for one in ids)


HOWS: Final[Mapping[str, Callable[[Reading, Measure], Finding]]] = {
    "insured": insured,
    "insured_households": insured_households,
    "pupils": pupils,
    "officers": trained_officers,
}

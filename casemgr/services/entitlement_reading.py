"""Reads what the rules of programmes ask for: of one household, of some, or of all in a few large queries."""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, Text, and_, case, func, literal, or_, select, type_coerce

from casemgr.domain.certificates import CertificateStatus
from casemgr.domain.class_history import UNREVIEWED, ClassEvent, Standing, standing
from casemgr.domain.conditions import Nutrition, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.entitlement_facts import NEVER, NO_DISABILITY, About, Facts, Value
from casemgr.domain.households import PolicyFlag
from casemgr.domain.indicator_members import age_range
from casemgr.domain.people import LeaveReason, Relation
from casemgr.domain.programmes import Catalogue
from casemgr.domain.reviews import CaseState, Movement
from casemgr.persistence.models import (
    Certificate,
    Circumstance,
    Decision,
    Hamlet,
    Household,
    HouseholdClassRow,
    Membership,
    Person,
    PersonCondition,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.entitlement_receipts import Receipts, receipts
from casemgr.services.entitlement_texts import at_school, day_of, is_insured, truth_of
from casemgr.services.programmes import commune_values

_ROWS: Final = 5_000
_KINH: Final = "01"
_YEAR: Final = 12
_GONE: Final = (Movement.POOR_OUT.value, Movement.NEAR_POOR_OUT.value)

Noted = tuple[tuple[str, bool], ...]
"""Circumstances of one beneficiary: fact and whether it holds."""


class Home(NamedTuple):
    """One household as the rules see it; those alike are equal but for the id."""

    raw: bytes
    """Its id as it is stored."""
    standing: Standing
    area: str | None
    flags: str
    certificate: bool
    noted: Noted
    receives: frozenset[str]

    @property
    def id(self) -> UUID:
        """Of the household."""
        return UUID(bytes=self.raw)

    @property
    def key(self) -> tuple[Any, ...]:
        """Equal for households that are alike."""
        return self[1:]


class Member(NamedTuple):
    """One member as the rules see her."""

    raw: bytes
    """Her id as it is stored."""
    birth: str | None
    key: str
    """Everything else the record tells, as the database glued it."""
    died: date | None = None
    card: bool | None = None
    """Whether a card on record is valid; None: no card on record."""
    noted: Noted = ()
    receives: frozenset[str] = frozenset()

    @property
    def id(self) -> UUID:
        """Of the person."""
        return UUID(bytes=self.raw)


class Reading:
    """Some households with their people on a day; `household_ids` None: every one the office keeps."""

    def __init__(
        self, uow: UnitOfWork, catalogue: Catalogue, on: date, household_ids: Sequence[UUID] | None = None
    ) -> None:
        self._uow = uow
        self._catalogue = catalogue
        self._ids = household_ids
        self._births: dict[str | None, tuple[int, int]] = {}
        self.on = on

    @cached_property
    def commune(self) -> Mapping[str, bool]:
        """What the office said of the whole commune."""
        return commune_values(self._uow)

    @cached_property
    def receipts(self) -> Receipts:
        """What is received, and was last."""
        return receipts(self._uow, self._catalogue, self.on, self._ids)

    @cached_property
    def _noted(self) -> dict[bytes, Noted]:
        return self._circumstances()

    @cached_property
    def bare(self) -> bool:
        """Nothing is on record but the households and people themselves."""
        return not (self._noted or self.receipts)

    def classes(self) -> dict[bytes, str]:
        """The class alone of each household that has one on record, by the bytes of its id."""
        return {raw: standing(events, self.on).value for raw, events in self._events().items()}

    @cached_property
    def homes(self) -> dict[bytes, Home]:
        """The households by the bytes of their id."""
        return dict(self._homes())

    def _homes(self) -> Iterator[tuple[bytes, Home]]:
        events = self._events()
        certified = self._certified()
        statement = (
            select(_raw(Household.id), func.coalesce(Household.area, Hamlet.area), type_coerce(Household.flags, Text))
            .outerjoin(Hamlet, Hamlet.id == Household.hamlet_id)
            .where(or_(Household.ended_on.is_(None), Household.ended_on > self.on))
        )
        stood: dict[tuple[ClassEvent, ...], Standing] = {}
        for raw, area, flags in self._rows(statement, Household.id):
            own = tuple(events.get(raw, ()))
            if own not in stood:
                stood[own] = standing(own, self.on) if own else UNREVIEWED
            noted = self._noted.get(raw, ())
            yield raw, Home(raw, stood[own], area, flags, raw in certified, noted, self.receipts.of(raw))

    def members(self) -> Iterator[tuple[bytes, list[Member]]]:
        """The people of each household that has any, present or dead by then, in the order on paper."""
        statement = (
            select(_raw(Membership.household_id), _raw(Person.id), Person.birth, _died(self.on), _glued(_PERSON))
            .join(Person, Person.id == Membership.person_id)
            .outerjoin(PersonCondition, PersonCondition.person_id == Membership.person_id)
            .where(_present(self.on))
            .order_by(Membership.household_id, Membership.position, Membership.id)
        )
        current = b""
        group: list[Member] = []
        bare = self.bare
        for household, raw, birth, died, key in self._rows(statement, Membership.household_id):
            if household != current:
                if group:
                    yield current, group
                current, group = household, []
            if bare and died is None:
                group.append(Member(raw, birth, key))
                continue
            gone = day_of(died)
            got = self.receipts.of(raw) if gone is None else self.receipts.until_death(raw, gone)
            noted = self._noted.get(raw, ())
            group.append(Member(raw, birth, key, gone, self.receipts.cards.get(raw), noted, got))
        if group:
            yield current, group

    def names(self, household_ids: Sequence[UUID]) -> dict[UUID, str]:
        """Names of the people of some households."""
        statement = (
            select(Person.id, Person.full_name)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.household_id.in_(household_ids))
        )
        return {row.id: row.full_name for row in self._uow.session.execute(statement)}

    def home_facts(self, home: Home) -> Facts:
        """Facts of a household, with those of the commune."""
        held = json.loads(home.flags)
        lacking = home.standing.deprivations
        values: dict[str, Value] = {
            "class": home.standing.value,
            "months_off_list": (home.standing.months_off, home.standing.months_off),
            "area": home.area,
            "minority_household": PolicyFlag.ETHNIC_MINORITY in held,
            "no_labour": PolicyFlag.NO_LABOUR in held,
            "merit_household": PolicyFlag.MERIT in held,
            "protected_household": PolicyFlag.SOCIAL_PROTECTION in held,
            "deprivations": None if lacking is None else frozenset(json.loads(lacking)),
            "certificate": home.certificate,
            "household_receives": home.receives,
        }
        return self._with_noted(values, home.noted, (About.HOUSEHOLD, About.COMMUNE))

    def person_facts(self, member: Member, name: str = "") -> Facts:
        """Facts of one member."""
        (
            sex, ethnic, education, work, labour, disability, allowance, merit, number, identified, school, nutrition,
            insured, seeks_work, relation,
        ) = member.key.split("|")  # fmt: skip
        age = self.age(member.birth)
        attends = at_school(school, work)
        unasked = attends is None and age[0] >= self._school_age
        attends = False if unasked else attends
        values: dict[str, Value] = {
            "age": age,
            "sex": sex or None,
            "head": relation == Relation.HEAD,
            "minority": ethnic != _KINH if ethnic else None,
            "merit": merit == "1",
            "allowance": allowance == "1",
            "disability": disability or NO_DISABILITY,
            "labour": labour or None,
            "work": work or None,
            "education": education or None,
            "school": school or (SchoolLevel.NONE.value if attends is False else None),
            "studying": attends,
            "malnourished": nutrition != Nutrition.NORMAL if nutrition else None,
            "insured": is_insured(member.card, insured, number),
            "seeks_work": truth_of(seeks_work),
            "identified": identified == "1",
            "receives": member.receives,
        }
        assumed = ("school", "studying") if unasked else ()
        return self._with_noted(values, member.noted, (About.PERSON,), name, assumed)

    def age(self, birth: str | None) -> tuple[int, int]:
        """The fewest and most completed years of age."""
        found = self._births.get(birth)
        if found is None:
            low, high = age_range(PartialDate.from_iso(birth) if birth else None, self.on)
            found = self._births[birth] = (low // _YEAR, high // _YEAR)
        return found

    def age_group(self, birth: str | None, edges: Sequence[int]) -> tuple[int, int]:
        """Equal for people no rule tells apart by their age."""
        low, high = self.age(birth)
        return bisect_right(edges, low), bisect_right(edges, high)

    def _with_noted(
        self,
        values: dict[str, Value],
        noted: Noted,
        about: tuple[About, ...],
        name: str = "",
        unasked: tuple[str, ...] = (),
    ) -> Facts:
        said: dict[str, bool] = dict(noted)
        assumed = list(unasked)
        for code, fact in self._noted_facts:
            if fact.about in about:
                value = self.commune.get(code) if fact.about is About.COMMUNE else said.get(code)
                if value is None and fact.assumed is not None:
                    assumed.append(code)
                    value = fact.assumed
                values[code] = value
        return Facts(values, frozenset(assumed), name)

    @cached_property
    def _school_age(self) -> int:
        age = self._catalogue.facts["studying"].assumed_from_age
        return NEVER if age is None else age

    @cached_property
    def _noted_facts(self) -> list[tuple[str, Any]]:
        return [(code, fact) for code, fact in self._catalogue.facts.items() if not fact.recorded]

    def _events(self) -> dict[bytes, list[ClassEvent]]:
        """Every class on record and every decided review, by household."""
        found: dict[bytes, list[ClassEvent]] = {}
        row = HouseholdClassRow
        since = func.coalesce(
            type_coerce(row.since, Text), type_coerce(Decision.signed_on, Text), func.printf("%d-01-01", row.year)
        )
        lacking = type_coerce(row.deprivations, Text)
        surveyed = case((or_(row.standard != "", lacking != "[]"), lacking), else_=None)
        written = select(_raw(row.household_id), since, row.value, surveyed).outerjoin(
            Decision, Decision.id == row.decision_id
        )
        decided = select(
            _raw(ReviewCase.household_id),
            type_coerce(ReviewCase.decided_on, Text),
            ReviewCase.result_class,
            type_coerce(ReviewCase.deprivations, Text),
        ).where(
            ReviewCase.state == CaseState.DECIDED.value,
            ReviewCase.decided_on <= self.on,
            ReviewCase.result_class.is_not(None),
            or_(ReviewCase.movement.is_(None), ReviewCase.movement.not_in(_GONE)),
        )
        alike: dict[tuple[Any, ...], ClassEvent] = {}
        for statement, column in ((decided, ReviewCase.household_id), (written, row.household_id)):
            for raw, *rest in self._rows(statement, column):
                key = tuple(rest)
                if key not in alike:
                    alike[key] = ClassEvent(*key)
                found.setdefault(raw, []).append(alike[key])
        return found

    def _certified(self) -> set[bytes]:
        statement = (
            select(_raw(Certificate.household_id))
            .where(Certificate.status == CertificateStatus.ISSUED.value, Certificate.issued_on <= self.on)
            .distinct()
        )
        return {raw for (raw,) in self._rows(statement, Certificate.household_id)}

    def _circumstances(self) -> dict[bytes, Noted]:
        """The latest word on each fact that holds on the day, by person and household."""
        beneficiary = func.coalesce(Circumstance.person_id, Circumstance.household_id)
        statement = select(Circumstance.code, Circumstance.holds, beneficiary).where(
            or_(Circumstance.from_on.is_(None), Circumstance.from_on <= self.on),
            or_(Circumstance.to_on.is_(None), Circumstance.to_on >= self.on),
        )
        if self._ids is not None:
            people = select(Membership.person_id).where(Membership.household_id.in_(self._ids))
            statement = statement.where(
                or_(Circumstance.household_id.in_(self._ids), Circumstance.person_id.in_(people))
            )
        found: dict[bytes, dict[str, bool]] = {}
        ordered = statement.order_by(Circumstance.from_on.nulls_first(), Circumstance.id)
        for code, holds, one in self._uow.session.execute(ordered):
            found.setdefault(one.bytes, {})[code] = holds
        return {one: tuple(sorted(said.items())) for one, said in found.items()}

    def _rows(self, statement: Any, column: Any) -> Iterator[Any]:  # noqa: ANN401 - selects and columns of any kind
        """The driver's own rows: at this size what the toolkit makes of each costs as much as reading it."""
        part = statement if self._ids is None else statement.where(column.in_(self._ids))
        with self._uow.session.connection().execute(part) as result:
            cursor = result.cursor
            while cursor is not None and (rows := cursor.fetchmany(_ROWS)):
                yield from rows


_PERSON: Final[tuple[Any, ...]] = (
    Person.sex,
    Person.ethnic,
    Person.education,
    Person.work,
    Person.labour,
    Person.disability,
    type_coerce(Person.allowance, Text),
    type_coerce(Person.merit, Text),
    Person.insurance_number.is_not(None),
    Person.id_number.is_not(None),
    PersonCondition.school,
    PersonCondition.nutrition,
    type_coerce(PersonCondition.insured, Text),
    type_coerce(PersonCondition.seeks_work, Text),
    Membership.relation,
)


def _glued(facts: tuple[Any, ...]) -> ColumnElement[str]:
    """The facts as one text: the database glues them, so that people alike are one look-up here."""
    parted = [part for fact in facts for part in (fact, "|")]
    return func.concat(*parted[:-1], type_=Text)


def _raw(column: Any) -> ColumnElement[bytes]:  # noqa: ANN401 - any id column
    return type_coerce(column, LargeBinary)


def _died(on: date) -> ColumnElement[Any]:
    return case((Person.died_on <= on, type_coerce(Person.died_on, Text)), else_=literal(None))


def _present(on: date) -> ColumnElement[bool]:
    """A member that day, or one who had died as a member by then."""
    return and_(
        or_(Membership.joined_on.is_(None), Membership.joined_on <= on),
        or_(
            and_(Membership.left_on.is_(None), Membership.left_reason.is_(None)),
            Membership.left_on > on,
            and_(Person.died_on <= on, Membership.left_reason == LeaveReason.DIED.value),
        ),
    )

"""Which households a report counts, and what each of its columns counts of them, as expressions for one SQL query."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from casemgr.domain.households import HouseholdClass, PolicyFlag
from casemgr.domain.people import Sex
from casemgr.domain.reviews import CaseState, Movement
from casemgr.domain.statistics import HOUSEHOLDS, PEOPLE
from casemgr.persistence.models import (
    Campaign,
    Decision,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    Person,
    ReviewCase,
)

Columns = Any
"""The columns of `decided`, `running` or `standing`, by name."""

_POOR, _NEAR = HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value
_GONE: Final = (Movement.POOR_OUT.value, Movement.NEAR_POOR_OUT.value)
_NO_MINORITY: Final = ("01", "55")
"""Kinh and foreigners."""
SNAPSHOT: Final = (
    "household_id",
    "hamlet_id",
    "people",
    "opening_people",
    "opening_class",
    "head_sort",
    "head_ethnic",
    "head_female",
    "minority",
    "local_minority",
    "no_labour",
    "merit",
    "deprivations",
    "causes",
    "children",
    "children_nutrition",
    "children_insurance",
    "children_school",
)
"""What stood when the survey was keyed and again when the decision was made."""


def decided(campaign: Campaign) -> Subquery:
    """The households a decision recognised, as they stood then."""
    table = ReviewCase.__table__.c
    statement = select(
        *(table[name] for name in SNAPSHOT),
        table.result_class,
        table.movement,
        literal(False).label("recorded"),
        table.id.label("case_id"),
    )
    here = (table.campaign_id == campaign.id, table.state == CaseState.DECIDED.value)
    return statement.where(*here).subquery("counted")


def once(statement: Any, name: str) -> CTE:  # noqa: ANN401 - any select
    """The rows of a statement, worked out once however often their columns are used."""
    made: CTE = statement.cte(name)
    return made.prefix_with("MATERIALIZED")


def standing(day: date, *, local: tuple[str, ...] = ()) -> FromClause:
    """Every household as it stood on a day: by its latest decided review, else by the class on record.

    `local` are the codes of the local peoples, for the latter.
    """
    one, later = ReviewCase.__table__.alias("one"), ReviewCase.__table__.alias("later")
    newer = exists(
        select(later.c.id).where(
            later.c.household_id == one.c.household_id,
            later.c.decided_on >= one.c.decided_on,
            later.c.decided_on <= day,
            later.c.state == CaseState.DECIDED.value,
            or_(later.c.decided_on > one.c.decided_on, later.c.id > one.c.id),
        )
    )
    latest = (
        select(
            *(one.c[name] for name in SNAPSHOT),
            one.c.result_class,
            one.c.movement,
            literal(False).label("recorded"),
            one.c.id.label("case_id"),
        )
        .where(one.c.decided_on <= day, one.c.state == CaseState.DECIDED.value, ~newer)
        .subquery("latest")
    )
    ended = select(Household.id).where(Household.ended_on <= day)
    reviewed = select(latest).where(
        latest.c.household_id.not_in(ended),
        or_(latest.c.movement.is_(None), latest.c.movement.not_in(_GONE)),
    )
    return once(union_all(reviewed, _recorded(day, local), _overwritten(day)), "standing")


def _overwritten(day: date) -> Select[*tuple[Any, ...]]:
    """Households whose class of that day only their first decision after it tells: it wrote over it."""
    one, other = ReviewCase.__table__.alias("first_later"), ReviewCase.__table__.alias("other")
    decided_ones = ReviewCase.__table__.c
    # Of the index alone, which mostly finds nobody; only then the cases themselves.
    later = select(decided_ones.household_id).where(decided_ones.decided_on > day)
    sooner = exists(
        select(other.c.id).where(
            other.c.household_id == one.c.household_id,
            other.c.state == CaseState.DECIDED.value,
            or_(
                other.c.decided_on < one.c.decided_on,
                and_(other.c.decided_on == one.c.decided_on, other.c.id < one.c.id),
            ),
        )
    )
    written, made = HouseholdClassRow.__table__.alias("its_class"), Decision.__table__.alias("its_decision")
    on_record = exists(
        select(written.c.id)
        .outerjoin(made, made.c.id == written.c.decision_id)
        .where(written.c.household_id == one.c.household_id)
        .where(func.coalesce(written.c.since, made.c.signed_on, func.printf("%d-01-01", written.c.year)) <= day)
    )
    ended = select(Household.id).where(Household.ended_on <= day)
    then: dict[str, ColumnElement[Any]] = {
        "people": one.c.opening_people,
        "opening_class": literal(HouseholdClass.UNREVIEWED.value),
        "deprivations": literal("[]"),
        "causes": literal("[]"),
    }
    then.update((name, literal(0)) for name in SNAPSHOT if name.startswith("children"))
    return select(
        *(then.get(name, one.c[name]).label(name) for name in SNAPSHOT),
        one.c.opening_class.label("result_class"),
        null().label("movement"),
        literal(True).label("recorded"),
        null().label("case_id"),
    ).where(
        one.c.household_id.in_(later),
        one.c.decided_on > day,
        one.c.state == CaseState.DECIDED.value,
        one.c.opening_year <= day.year + 1,
        one.c.opening_class != HouseholdClass.UNREVIEWED.value,
        one.c.household_id.not_in(ended),
        ~sooner,
        ~on_record,
    )


def _recorded(day: date, local: tuple[str, ...]) -> Any:  # noqa: ANN401 - a select of many columns
    """Households no decided review reached by then, by the class written down for them."""
    written, index, home, person = (
        model.__table__.c for model in (HouseholdClassRow, HouseholdIndex, Household, Person)
    )
    made = Decision.__table__.c
    since = func.coalesce(written.since, made.signed_on, func.printf("%d-01-01", written.year))
    place = func.row_number().over(partition_by=written.household_id, order_by=written.year.desc())
    table = ReviewCase.__table__.c
    reviewed = select(table.household_id).where(table.decided_on <= day, table.state == CaseState.DECIDED.value)
    ranked = (
        select(written.household_id, written.value, written.deprivations, written.causes, place.label("place"))
        .outerjoin(Decision.__table__, made.id == written.decision_id)
        .where(since <= day, written.household_id.not_in(reviewed))
        .subquery("written")
    )

    def flag(one: PolicyFlag) -> ColumnElement[Any]:
        return func.instr(home.flags, f'"{one.value}"') > 0

    values: dict[str, ColumnElement[Any]] = {
        "household_id": ranked.c.household_id,
        "hamlet_id": home.hamlet_id,
        "people": index.people,
        "opening_people": index.people,
        "opening_class": literal(HouseholdClass.UNREVIEWED.value),
        "head_sort": index.head_sort,
        "head_ethnic": person.ethnic,
        "head_female": func.coalesce(person.sex == Sex.FEMALE.value, False),
        "minority": or_(flag(PolicyFlag.ETHNIC_MINORITY), func.coalesce(person.ethnic.not_in(_NO_MINORITY), False)),
        "local_minority": func.coalesce(person.ethnic.in_(local), False),
        "no_labour": flag(PolicyFlag.NO_LABOUR),
        "merit": flag(PolicyFlag.MERIT),
        "deprivations": ranked.c.deprivations,
        "causes": ranked.c.causes,
    }
    none = [literal(0).label(name) for name in SNAPSHOT if name.startswith("children")]
    return (
        select(
            *(value.label(name) for name, value in values.items()),
            *none,
            ranked.c.value.label("result_class"),
            null().label("movement"),
            literal(True).label("recorded"),
            null().label("case_id"),
        )
        .join(Household.__table__, home.id == ranked.c.household_id)
        .join(HouseholdIndex.__table__, index.household_id == ranked.c.household_id)
        .outerjoin(Person.__table__, person.id == index.head_id)
        .where(ranked.c.place == 1, or_(home.ended_on.is_(None), home.ended_on > day))
    )


@dataclass(frozen=True)
class Source:
    """What a condition counts: `people` is how many people one row stands for, where it is not all its members."""

    households: Callable[[Columns], ColumnElement[bool]]
    people: Callable[[Columns], ColumnElement[int]] | None = None


def _moved(*movements: Movement) -> Callable[[Columns], ColumnElement[bool]]:
    values = [movement.value for movement in movements]
    return lambda c: c.movement.in_(values)


def _is(value: str) -> Callable[[Columns], ColumnElement[bool]]:
    # Who is gone keeps the result of the survey, if there was one, and stands on no list.
    away = (*_GONE, Movement.NOT_POOR.value) if value in (_POOR, _NEAR) else _GONE
    return lambda c: and_(c.result_class == value, or_(c.movement.is_(None), c.movement.not_in(away)))


def _difference(staying: tuple[Movement, ...], moved: Movement, *, more: bool) -> Callable[[Columns], Any]:
    """People of columns 4 and 8: whole households, and what those of the list lost or won in members."""
    values = [movement.value for movement in staying]

    def people(c: Columns) -> ColumnElement[int]:
        won = c.people - c.opening_people if more else c.opening_people - c.people
        whole = c.people if more else c.opening_people
        return case(
            (c.movement == moved.value, whole),
            (and_(c.movement.in_(values), won > 0), won),
            else_=0,
        )

    return people


_FROM_POOR: Final = (Movement.STAYED_POOR, Movement.POOR_TO_NEAR_POOR, Movement.POOR_ESCAPED)
_FROM_NEAR: Final = (Movement.STAYED_NEAR_POOR, Movement.NEAR_POOR_TO_POOR, Movement.NEAR_POOR_ESCAPED)

CONDITIONS: Final[Mapping[str, Source]] = {
    "poor": Source(_is(_POOR)),
    "near_poor": Source(_is(_NEAR)),
    "listed": Source(lambda c: or_(_is(_POOR)(c), _is(_NEAR)(c))),
    "average": Source(_is(HouseholdClass.AVERAGE.value)),
    "poor_opening": Source(
        lambda c: c.opening_class == _POOR, lambda c: case((c.opening_class == _POOR, c.opening_people), else_=0)
    ),
    "near_poor_opening": Source(
        lambda c: c.opening_class == _NEAR, lambda c: case((c.opening_class == _NEAR, c.opening_people), else_=0)
    ),
    "poor_to_near_poor": Source(_moved(Movement.POOR_TO_NEAR_POOR)),
    "near_poor_to_poor": Source(_moved(Movement.NEAR_POOR_TO_POOR)),
    "poor_escaped": Source(_moved(Movement.POOR_ESCAPED)),
    "near_poor_escaped": Source(_moved(Movement.NEAR_POOR_ESCAPED)),
    "poor_again": Source(_moved(Movement.POOR_AGAIN)),
    "near_poor_again": Source(_moved(Movement.NEAR_POOR_AGAIN)),
    "poor_new": Source(_moved(Movement.POOR_NEW)),
    "near_poor_new": Source(_moved(Movement.NEAR_POOR_NEW)),
    "poor_other_down": Source(_moved(Movement.POOR_OUT), _difference(_FROM_POOR, Movement.POOR_OUT, more=False)),
    "poor_other_up": Source(_moved(Movement.POOR_IN), _difference(_FROM_POOR, Movement.POOR_IN, more=True)),
    "near_poor_other_down": Source(
        _moved(Movement.NEAR_POOR_OUT), _difference(_FROM_NEAR, Movement.NEAR_POOR_OUT, more=False)
    ),
    "near_poor_other_up": Source(
        _moved(Movement.NEAR_POOR_IN), _difference(_FROM_NEAR, Movement.NEAR_POOR_IN, more=True)
    ),
    "minority": Source(lambda c: c.minority),
    "kinh": Source(lambda c: ~c.minority),
    "local": Source(lambda c: c.local_minority),
    "no_labour": Source(lambda c: c.no_labour),
    "merit": Source(lambda c: c.merit),
    "no_group": Source(lambda c: ~or_(c.minority, c.no_labour, c.merit)),
    "head_female": Source(lambda c: c.head_female),
}
"""What a form may name in `count`; beside them lacks:CODE, cause:CODE, ethnic:CODE and other_ethnic."""


@dataclass(frozen=True)
class Measure:
    """One column in one unit: which rows it counts, and what each of them adds."""

    rows: ColumnElement[bool]
    amount: ColumnElement[int]

    @property
    def total(self) -> ColumnElement[int]:
        """The sum over the rows."""
        return func.coalesce(func.sum(case((self.rows, self.amount), else_=0)), 0)


def measure(c: Columns, count: str, of: str, *, ethnic: tuple[str, ...] = ()) -> Measure:
    """The measure of a column: `count` is its conditions joined by "&", `of` what is counted of those rows."""
    sources = [_source(name.strip(), ethnic) for name in count.split("&")]
    if of == PEOPLE:
        own = next((source.people for source in sources if source.people), None)
        if own is not None:
            return Measure(own(c) > 0, own(c))
    rows = and_(true(), *(source.households(c) for source in sources))
    if of == HOUSEHOLDS:
        return Measure(rows, literal(1))
    amount = c[of]
    return Measure(rows if of == PEOPLE else and_(rows, amount > 0), amount)


def _source(name: str, ethnic: tuple[str, ...]) -> Source:
    kind, _colon, code = name.partition(":")
    if kind == "lacks":
        return Source(lambda c: _holds(c.deprivations, code))
    if kind == "cause":
        return Source(lambda c: _holds(c.causes, code))
    if kind == "ethnic":
        return Source(lambda c: func.coalesce(c.head_ethnic == code, false()))
    if kind == "other_ethnic":
        return Source(lambda c: or_(c.head_ethnic.is_(None), c.head_ethnic.not_in(ethnic)) if ethnic else true())
    return CONDITIONS[name]


def _holds(codes: ColumnElement[Any], code: str) -> ColumnElement[bool]:
    # The list is JSON text of plain codes: the code in its quotes is found ten times faster than by json_each.
    return func.instr(codes, f'"{code}"') > 0


def hamlet_key(hamlet: UUID | None) -> str:
    """The key of a hamlet's row."""
    return hamlet.hex if hamlet else "none"

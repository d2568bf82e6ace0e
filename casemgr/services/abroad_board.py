"""Cases of work abroad as lists: the board by state, the funnel by market, who is abroad, who was not heard of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all

from casemgr.domain.abroad import AWAY, PREPARING, AbroadState, Incident
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_reckoning import over_after
from casemgr.domain.households import household_code
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold
from casemgr.i18n import _
from casemgr.persistence.models import AbroadCase, AbroadContact, HouseholdIndex, Person, StateStep, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.abroad_numbers import numbers
from casemgr.services.offices import hamlet_names

KIND = "abroad"
_MANY = 500
_PLACE = {state: place for place, state in enumerate(AbroadState)}
_NAMES = (
    *("id", "version", "household_id", "person_id", "class_value", "status", "status_on", "incident", "form", "market"),
    *("country", "firm", "departed_on", "contract_to", "returned_on", "due_on"),
)
_COLUMNS = tuple(getattr(AbroadCase, name) for name in _NAMES)
_REACHED = (*PREPARING, AbroadState.DEPARTED, AbroadState.RETURNED, AbroadState.ENDED)


@dataclass(frozen=True)
class AbroadQuery:
    """Which cases a board or list shows; empty means all."""

    states: tuple[str, ...] = ()
    hamlet_id: UUID | None = None
    market: str = ""
    form: str = ""
    officer_id: UUID | None = None
    incident: bool | None = None
    text: str = ""
    """In the name of the worker."""
    due_until: date | None = None
    limit: int = 200
    """Of each state."""


@dataclass(frozen=True)
class AbroadRow:
    """One card of the board."""

    id: UUID
    version: int
    household_id: UUID
    person_id: UUID
    code: str
    head: str
    person: str
    hamlet: str
    class_value: str
    """When the person registered."""
    state: AbroadState
    state_on: date
    incident: Incident | None
    form: str
    market: str
    country: str
    firm: str
    departed_on: date | None
    contract_to: date | None
    returned_on: date | None
    due_on: date | None
    overdue: bool
    officer: str


@dataclass(frozen=True)
class FunnelRow:
    """How far the people of one market got."""

    market: str
    """Empty: no market was chosen."""
    label: str
    total: int
    counts: dict[AbroadState, int]
    """Cases that came to each state, or past it where one has to."""
    abroad: int
    cancelled: int


@dataclass(frozen=True)
class SilentRow:
    """Somebody abroad who was not reached for longer than the office asks."""

    row: AbroadRow
    last_on: date
    """The last contact, or the departure."""
    days: int
    never: bool


def board(uow: UnitOfWork, query: AbroadQuery | None = None) -> list[AbroadRow]:
    """Cards of a board: of every state the first `limit`, what is due first at the top."""
    uow.require(Permission.READ)
    query = query or AbroadQuery()
    rows = _by_ids(uow, _first_ids(uow, query))
    return sorted(rows, key=lambda row: (_PLACE[row.state], row.due_on is None, row.due_on or date.min, row.id))


def counts(uow: UnitOfWork, query: AbroadQuery | None = None) -> dict[AbroadState, int]:
    """How many cases are in each state."""
    uow.require(Permission.READ)
    query = query or AbroadQuery()
    statement = _joined(select(AbroadCase.status, func.count()), query)
    found = dict(uow.session.execute(statement.group_by(AbroadCase.status)).all())
    return {state: found.get(state.value, 0) for state in AbroadState}


def of_household(uow: UnitOfWork, household_id: UUID) -> list[AbroadRow]:
    """The cases of a household, the newest first."""
    uow.require(Permission.READ)
    return _rows(uow, _cards().where(AbroadCase.household_id == household_id).order_by(AbroadCase.id.desc()))


def of_person(uow: UnitOfWork, person_id: UUID) -> list[AbroadRow]:
    """The cases of a person, the newest first."""
    uow.require(Permission.READ)
    return _rows(uow, _cards().where(AbroadCase.person_id == person_id).order_by(AbroadCase.id.desc()))


def of_cases(uow: UnitOfWork, case_ids: Sequence[UUID]) -> list[AbroadRow]:
    """These cases as cards."""
    uow.require(Permission.READ)
    return _by_ids(uow, case_ids)


def cases_named(uow: UnitOfWork, text: str) -> list[UUID]:
    """Ids of the cases of a person, the newest first: by identity number, id of the person or id of one case."""
    uow.require(Permission.READ)
    statement = select(AbroadCase.id).order_by(AbroadCase.id.desc())
    try:
        known = UUID(clean(text))
    except ValueError:
        number = "".join(clean(text).split())
        own = select(Person.id).where(or_(Person.id_number == number, Person.old_id_number == number))
        return list(uow.session.scalars(statement.where(AbroadCase.person_id.in_(own))))
    return list(uow.session.scalars(statement.where(or_(AbroadCase.id == known, AbroadCase.person_id == known))))


def abroad_on(uow: UnitOfWork, day: date, *, limit: int = 500) -> list[AbroadRow]:
    """Who was abroad at the end of a day, whose contract ends first at the top."""
    uow.require(Permission.READ)
    statement = _cards().where(abroad_at(day)).order_by(AbroadCase.contract_to, AbroadCase.id)
    return _rows(uow, statement.limit(limit))


def count_abroad(uow: UnitOfWork, day: date) -> int:
    """How many were abroad at the end of a day."""
    uow.require(Permission.READ)
    return uow.session.scalar(select(func.count()).select_from(AbroadCase).where(abroad_at(day))) or 0


def abroad_at(day: date) -> ColumnElement[bool]:
    """The condition that somebody was abroad at the end of a day; a case ended without a return counts until then."""
    ended = and_(AbroadCase.status == AbroadState.ENDED.value, AbroadCase.returned_on.is_(None))
    return and_(
        AbroadCase.departed_on <= day,
        or_(AbroadCase.returned_on.is_(None), AbroadCase.returned_on > day),
        or_(~ended, AbroadCase.status_on > day),
    )


def funnel(uow: UnitOfWork, *, first: date | None = None, last: date | None = None) -> list[FunnelRow]:
    """How many cases registered in a period came to each state, by market; steps of the log and the present state."""
    uow.require(Permission.READ)
    chosen = select(AbroadCase.id)
    if first is not None:
        chosen = chosen.where(AbroadCase.registered_on >= first)
    if last is not None:
        chosen = chosen.where(AbroadCase.registered_on <= last)
    now = select(AbroadCase.market, AbroadCase.status, func.count()).where(AbroadCase.id.in_(chosen))
    present = uow.session.execute(now.group_by(AbroadCase.market, AbroadCase.status)).all()
    steps = (
        select(AbroadCase.market, StateStep.to_state, func.count(func.distinct(StateStep.subject_id)))
        .join(AbroadCase, AbroadCase.id == StateStep.subject_id)
        .where(StateStep.kind == KIND, AbroadCase.id.in_(chosen))
        .group_by(AbroadCase.market, StateStep.to_state)
    )
    came: dict[str, dict[str, int]] = {}
    for market, state, count in uow.session.execute(steps):
        came.setdefault(market, {})[state] = count
    totals: dict[str, dict[str, int]] = {}
    for market, state, count in present:
        totals.setdefault(market, {})[state] = count
    lists, rows = shipped(), []
    order = [*lists.markets, ""]
    for market in sorted(totals, key=lambda one: order.index(one) if one in order else len(order)):
        here, reached = totals[market], came.get(market, {})
        total = sum(here.values())
        known = lists.markets.get(market)
        rows.append(
            FunnelRow(
                market=market,
                label=known.label if known else _("Market not chosen"),
                total=total,
                counts={one: total if one is AbroadState.ADVISED else reached.get(one, 0) for one in _REACHED},
                abroad=sum(here.get(one, 0) for one in AWAY),
                cancelled=here.get(AbroadState.CANCELLED, 0),
            )
        )
    return rows


def silent(uow: UnitOfWork, on: date | None = None, *, limit: int = 500) -> list[SilentRow]:
    """Who is abroad and was not reached for n days, the longest silence first; n is a figure of the office."""
    uow.require(Permission.READ)
    day = on or uow.today
    days = numbers(uow, day)("ABROAD.SILENCE")
    if days is None:
        return []
    last = (
        select(AbroadContact.case_id, func.max(AbroadContact.on_date).label("last_on"))
        .where(AbroadContact.reached.is_(True), AbroadContact.on_date <= day)
        .group_by(AbroadContact.case_id)
        .subquery()
    )
    since = func.coalesce(last.c.last_on, AbroadCase.departed_on)
    statement = (
        select(AbroadCase.id, since, last.c.last_on.is_(None))
        .outerjoin(last, last.c.case_id == AbroadCase.id)
        .where(AbroadCase.status.in_([one.value for one in AWAY]), since < over_after(day, -days))
        .order_by(since, AbroadCase.id)
        .limit(limit)
    )
    found = uow.session.execute(statement).all()
    rows = {row.id: row for row in _by_ids(uow, [one[0] for one in found])}
    return [SilentRow(rows[case], at, (day - at).days, bool(never)) for case, at, never in found]


def _cards() -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS, Person.full_name, HouseholdIndex.number, HouseholdIndex.head_name)
        .add_columns(HouseholdIndex.hamlet_id, User.name)
        .join(Person, Person.id == AbroadCase.person_id)
        .join(HouseholdIndex, HouseholdIndex.household_id == AbroadCase.household_id)
        .outerjoin(User, User.id == AbroadCase.officer_id)
    )


def _first_ids(uow: UnitOfWork, query: AbroadQuery) -> list[UUID]:
    """Ids of the first cards of every state: those with a due day by their day, then the others; by the index only."""
    parts = []
    for state in query.states or tuple(AbroadState):
        here = _joined(select(AbroadCase.status, AbroadCase.id), query).where(AbroadCase.status == state)
        dated = here.where(AbroadCase.due_on.is_not(None)).order_by(AbroadCase.due_on).limit(query.limit)
        parts += [dated, here.where(AbroadCase.due_on.is_(None)).limit(query.limit)]
    ids: list[UUID] = []
    taken: dict[str, int] = {}
    wrapped = [select(*one.subquery().columns) for one in parts]
    for state, case in uow.session.execute(union_all(*wrapped)):
        taken[state] = taken.get(state, 0) + 1
        if taken[state] <= query.limit:
            ids.append(case)
    return ids


def _by_ids(uow: UnitOfWork, ids: Sequence[UUID]) -> list[AbroadRow]:
    return [
        row
        for start in range(0, len(ids), _MANY)
        for row in _rows(uow, _cards().where(AbroadCase.id.in_(ids[start : start + _MANY])))
    ]


def _joined(statement: Select[*tuple[Any, ...]], query: AbroadQuery) -> Select[*tuple[Any, ...]]:
    """What a query asks for, with only the tables it needs."""
    if query.hamlet_id is not None:
        statement = statement.join(HouseholdIndex, HouseholdIndex.household_id == AbroadCase.household_id)
    if clean(query.text):
        statement = statement.join(Person, Person.id == AbroadCase.person_id)
    return _narrowed(statement, query)


def _narrowed(statement: Select[*tuple[Any, ...]], query: AbroadQuery) -> Select[*tuple[Any, ...]]:
    if query.hamlet_id is not None:
        statement = statement.where(HouseholdIndex.hamlet_id == query.hamlet_id)
    if query.market:
        statement = statement.where(AbroadCase.market == query.market)
    if query.form:
        statement = statement.where(AbroadCase.form == query.form)
    if query.officer_id is not None:
        statement = statement.where(AbroadCase.officer_id == query.officer_id)
    if query.incident is not None:
        statement = statement.where((AbroadCase.incident != "") == query.incident)
    if query.due_until is not None:
        statement = statement.where(AbroadCase.due_on <= query.due_until)
    if clean(query.text):
        statement = statement.where(Person.name_key.contains(fold(clean(query.text))))
    return statement


def _rows(uow: UnitOfWork, statement: Select[*tuple[Any, ...]]) -> list[AbroadRow]:
    hamlets = hamlet_names(uow)
    wide, rows = len(_COLUMNS), []
    for found in uow.session.execute(statement):
        known = dict(zip(_NAMES, found[:wide], strict=True))
        person, number, head, hamlet, officer = found[wide:]
        state, incident, due = known.pop("status"), known.pop("incident"), known["due_on"]
        known["state_on"] = known.pop("status_on")
        rows.append(
            AbroadRow(
                **known,
                code=household_code(number),
                head=head,
                person=person,
                hamlet=hamlets.get(hamlet, "") if hamlet else "",
                state=AbroadState(state),
                incident=Incident(incident) if incident else None,
                overdue=due is not None and due < uow.today,
                officer=officer or "",
            )
        )
    return rows

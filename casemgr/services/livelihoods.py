"""Use cases of livelihood plans: written from what the review found, opened as a whole, listed by state."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Integer, Select, String, bindparam, func, select

from casemgr.domain.findings import Finding
from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.livelihood_reckoning import Reckoning, reckon
from casemgr.domain.livelihoods import PlanContent, PlanState
from casemgr.domain.paper_json import from_json, to_json
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold
from casemgr.errors import ConflictError, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Household, HouseholdIndex, Livelihood, Person, ReviewCase, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import households, packs
from casemgr.services.households import HouseholdView
from casemgr.services.livelihood_checks import Subject
from casemgr.services.livelihood_checks import findings as content_findings
from casemgr.services.livelihood_writing import problems_of
from casemgr.services.offices import hamlet_names

_FIXED = (PlanState.HANDED_OVER, PlanState.RUNNING, PlanState.ACCEPTED, PlanState.REVOLVING, PlanState.COMPLETED)
"""What was decided and handed over is not rewritten; the season, risks and result still are."""


@dataclass(frozen=True)
class LivelihoodData:
    """A plan as an officer writes it."""

    household_id: UUID
    programme: str
    generation: str = ""
    area: str = "other"
    """Area type that caps the state's share: hard, difficult or other."""
    person_id: UUID | None = None
    """Who signs when it is not the head."""
    project_id: UUID | None = None
    trade: str = ""
    product: str = ""
    asked_on: date | None = None
    escape_year: int | None = None
    officer_id: UUID | None = None
    content: PlanContent = field(default_factory=PlanContent)


@dataclass(frozen=True)
class LivelihoodView:
    """A plan with what it comes to."""

    id: UUID
    version: int
    data: LivelihoodData
    state: PlanState
    state_on: date
    at_risk: bool
    class_value: HouseholdClass
    """Of the household when it registered, until then of today."""
    decision_number: str
    decision_on: date | None
    committed_on: date | None
    due_on: date | None
    code: str
    head: str
    hamlet: str
    people: int
    line: int | None
    """The income line of the area on the day, đồng per head and month."""
    reckoning: Reckoning
    findings: tuple[Finding, ...]
    """What speaks against the plan as it is written."""


@dataclass(frozen=True)
class BoardQuery:
    """Which plans a board or list shows; empty means all."""

    states: tuple[str, ...] = ()
    hamlet_id: UUID | None = None
    project_id: UUID | None = None
    programme: str = ""
    officer_id: UUID | None = None
    at_risk: bool | None = None
    text: str = ""
    due_until: date | None = None
    limit: int = 200


@dataclass(frozen=True)
class BoardRow:
    """One card of the board."""

    id: UUID
    version: int
    household_id: UUID
    code: str
    head: str
    hamlet: str
    class_value: str
    state: PlanState
    state_on: date
    at_risk: bool
    programme: str
    trade: str
    product: str
    total_cost: int
    state_amount: int
    due_on: date | None
    overdue: bool
    officer: str


def fresh(uow: UnitOfWork, household_id: UUID, programme: str = "") -> LivelihoodData:
    """A new plan with what the program knows: causes and deprivations of the latest review, workers, income."""
    uow.require(Permission.READ)
    home = households.view(uow, household_id)
    found = home.current_class.data if home.current_class else None
    workers = sum(member.person.labour in ("able", "reduced") for member in home.members)
    content = PlanContent(
        causes=tuple(found.causes) if found else (),
        deprived=tuple(found.deprivations) if found else (),
        workers=workers,
        income_now=_income(uow, household_id),
    )
    return LivelihoodData(household_id=household_id, programme=programme, content=content)


def keep(uow: UnitOfWork, data: LivelihoodData, *, livelihood_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a plan, or correct it; what was decided is not changed any more."""
    uow.require(Permission.EDIT)
    problems = problems_of(
        data.content,
        programme=data.programme,
        product=data.product,
        asked_on=data.asked_on,
        escape_year=data.escape_year,
        today=uow.today,
    )
    if problems:
        raise ValidationError(problems)
    home = uow.record(Household, data.household_id)
    values = _values(uow, data)
    if livelihood_id is None:
        record = Livelihood(
            **values,
            status=PlanState.DRAFT.value,
            status_on=uow.today,
            at_risk=False,
            class_value=_class_now(uow, data.household_id),
            decision_number="",
            decision_on=None,
            committed_on=None,
            due_on=None,
        )
        uow.add(record)
    else:
        record = uow.record(Livelihood, livelihood_id, version)
        _refuse_decided(record, data, values)
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("livelihood.keep", home)
    uow.session.flush()
    return record.id


def view(uow: UnitOfWork, livelihood_id: UUID, *, home: HouseholdView | None = None) -> LivelihoodView:
    """A plan opened as a whole; `home` is its household where it was read already."""
    uow.require(Permission.READ)
    record = uow.record(Livelihood, livelihood_id)
    home = home or households.view(uow, record.household_id)
    data = data_of(record)
    line = packs.national(uow, uow.today).line(home.area) if home.area else None
    reckoning = reckon(data.content, people=len(home.members), line=line)
    return LivelihoodView(
        id=record.id,
        version=record.version,
        data=data,
        state=PlanState(record.status),
        state_on=record.status_on,
        at_risk=record.at_risk,
        class_value=HouseholdClass(record.class_value),
        decision_number=record.decision_number,
        decision_on=record.decision_on,
        committed_on=record.committed_on,
        due_on=record.due_on,
        code=home.code,
        head=home.name,
        hamlet=home.hamlet,
        people=len(home.members),
        line=line,
        reckoning=reckoning,
        findings=content_findings(uow, subject_of(data, record.decision_on), data.content, reckoning, uow.today),
    )


def of_household(uow: UnitOfWork, household_id: UUID) -> list[BoardRow]:
    """The plans of a household, the newest first."""
    uow.require(Permission.READ)
    statement = _cards().where(Livelihood.household_id == household_id).order_by(Livelihood.id.desc())
    return _rows(uow, uow.session.execute(statement).all())


def board(uow: UnitOfWork, query: BoardQuery | None = None) -> list[BoardRow]:
    """Cards of a board: of every state the first `limit`, what is due first at the top."""
    uow.require(Permission.READ)
    query = query or BoardQuery()
    state = bindparam("state", type_=String)
    chosen = _narrowed(_cards(), query).where(Livelihood.status == state).limit(bindparam("most", type_=Integer))
    dated = chosen.where(Livelihood.due_on.is_not(None)).order_by(Livelihood.due_on, Livelihood.id)
    undated = chosen.where(Livelihood.due_on.is_(None)).order_by(Livelihood.id)
    lines: list[Any] = []
    for one in query.states or tuple(PlanState):  # two walks along the index instead of one sort
        first = uow.session.execute(dated, {"state": str(one), "most": query.limit}).all()
        lines += first
        if len(first) < query.limit and query.due_until is None:
            lines += uow.session.execute(undated, {"state": str(one), "most": query.limit - len(first)}).all()
    return _rows(uow, lines)


def counts(uow: UnitOfWork, query: BoardQuery | None = None) -> dict[PlanState, int]:
    """How many plans are in each state."""
    uow.require(Permission.READ)
    statement = _narrowed(select(Livelihood.status, func.count()), query or BoardQuery())
    if query and query.states:
        statement = statement.where(Livelihood.status.in_(query.states))
    if query and (query.hamlet_id or query.text):
        statement = statement.join(HouseholdIndex, HouseholdIndex.household_id == Livelihood.household_id)
    found = dict(uow.session.execute(statement.group_by(Livelihood.status)).all())
    return {state: found.get(state.value, 0) for state in PlanState}


def data_of(record: Livelihood) -> LivelihoodData:
    """What was written down of a plan."""
    return LivelihoodData(
        household_id=record.household_id,
        programme=record.programme,
        generation=record.generation,
        area=record.area,
        person_id=record.person_id,
        project_id=record.project_id,
        trade=record.trade,
        product=record.product,
        asked_on=record.asked_on,
        escape_year=record.escape_year,
        officer_id=record.officer_id,
        content=from_json(PlanContent, record.content),
    )


def subject_of(data: LivelihoodData, decision_on: date | None = None) -> Subject:
    """What the checks ask of a plan."""
    return Subject(data.household_id, data.programme, data.area, decision_on)


def _values(uow: UnitOfWork, data: LivelihoodData) -> dict[str, Any]:
    content = data.content
    reckoning = reckon(content, people=1, line=None)
    return {
        "household_id": data.household_id,
        "person_id": data.person_id,
        "project_id": data.project_id,
        "programme": data.programme,
        "generation": data.generation,
        "area": data.area,
        "trade": data.trade,
        "product": clean(data.product),
        "asked_on": data.asked_on,
        "total_cost": reckoning.total,
        "state_amount": reckoning.state,
        "own_amount": reckoning.own,
        "escape_year": data.escape_year,
        "officer_id": data.officer_id or uow.actor.user_id,
        "content": to_json(content),
    }


def _refuse_decided(record: Livelihood, data: LivelihoodData, values: dict[str, Any]) -> None:
    if PlanState(record.status) not in _FIXED:
        return
    kept = data_of(record)
    same = (
        replace(
            data.content,
            season=kept.content.season,
            risks=kept.content.risks,
            result=kept.content.result,
            opinions=kept.content.opinions,
            training=kept.content.training,
            own=kept.content.own,
        )
        == kept.content
    )
    fixed = ("household_id", "programme", "generation", "area", "trade", "product", "state_amount")
    if not same or any(getattr(record, name) != values[name] for name in fixed):
        message = _("The support was handed over: only season, training, risks, own share and result can be changed.")
        raise ConflictError(message)


def _income(uow: UnitOfWork, household_id: UUID) -> int:
    """Of one head in a month, as the latest survey has it."""
    statement = (
        select(ReviewCase.income)
        .where(ReviewCase.household_id == household_id, ReviewCase.income.is_not(None))
        .order_by(ReviewCase.id.desc())
        .limit(1)
    )
    return uow.session.scalar(statement) or 0


def _class_now(uow: UnitOfWork, household_id: UUID) -> str:
    return (
        uow.session.scalar(select(HouseholdIndex.class_value).where(HouseholdIndex.household_id == household_id))
        or HouseholdClass.UNREVIEWED.value
    )


_CARD: Final = (
    *(Livelihood.id, Livelihood.version, Livelihood.household_id, Livelihood.status, Livelihood.status_on),
    *(Livelihood.at_risk, Livelihood.programme, Livelihood.trade, Livelihood.product),
    *(Livelihood.total_cost, Livelihood.state_amount, Livelihood.due_on),
    *(HouseholdIndex.number, HouseholdIndex.head_name, HouseholdIndex.hamlet_id, HouseholdIndex.class_value),
    User.name,
)
"""What a card shows: not the thirteen parts, which are long."""


def _cards() -> Select[*tuple[Any, ...]]:
    return (
        select(*_CARD)
        .select_from(Livelihood)
        .join(HouseholdIndex, HouseholdIndex.household_id == Livelihood.household_id)
        .outerjoin(User, User.id == Livelihood.officer_id)
    )


def _narrowed(statement: Select[*tuple[Any, ...]], query: BoardQuery) -> Select[*tuple[Any, ...]]:
    if query.hamlet_id is not None:
        statement = statement.where(HouseholdIndex.hamlet_id == query.hamlet_id)
    if query.project_id is not None:
        statement = statement.where(Livelihood.project_id == query.project_id)
    if query.programme:
        statement = statement.where(Livelihood.programme == query.programme)
    if query.officer_id is not None:
        statement = statement.where(Livelihood.officer_id == query.officer_id)
    if query.at_risk is not None:
        statement = statement.where(Livelihood.at_risk == query.at_risk)
    if query.due_until is not None:
        statement = statement.where(Livelihood.due_on <= query.due_until)
    if clean(query.text):
        people = select(Person.id).where(Person.name_key.contains(fold(clean(query.text))))
        statement = statement.where(HouseholdIndex.head_id.in_(people))
    return statement


def _rows(uow: UnitOfWork, lines: Iterable[Any]) -> list[BoardRow]:
    hamlets, today = hamlet_names(uow), uow.today
    return [
        BoardRow(
            id=one.id,
            version=one.version,
            household_id=one.household_id,
            code=household_code(one.number),
            head=one.head_name,
            hamlet=hamlets.get(one.hamlet_id, "") if one.hamlet_id else "",
            class_value=one.class_value,
            state=PlanState(one.status),
            state_on=one.status_on,
            at_risk=one.at_risk,
            programme=one.programme,
            trade=one.trade,
            product=one.product,
            total_cost=one.total_cost,
            state_amount=one.state_amount,
            due_on=one.due_on,
            overdue=one.due_on is not None and one.due_on < today,
            officer=one.name or "",
        )
        for one in lines
    ]

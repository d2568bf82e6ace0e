"""The board of a review: what of each hamlet is where and what is late, and the households behind every number."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, LargeBinary, Select, column, exists, func, or_, select, text, type_coerce

from casemgr.domain.certificates import CertificateStatus
from casemgr.domain.households import HouseholdClass, household_code, parse_household_code
from casemgr.domain.idlist import IdList
from casemgr.domain.permissions import Permission
from casemgr.domain.review_flow import CLOSED, UNKEYED
from casemgr.domain.reviews import CampaignStatus, CaseSource, CaseState, Movement
from casemgr.domain.searching import loose
from casemgr.domain.text import clean, word_sort_key
from casemgr.persistence.models import (
    Campaign,
    Certificate,
    CertificateBlock,
    Hamlet,
    Household,
    HouseholdIndex,
    PrintEvent,
    ReviewCase,
    SearchEntry,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_steps
from casemgr.services.offices import hamlet_names
from casemgr.services.rechecks import Rechecks, rechecks

_TEXT_HITS = text("SELECT rowid FROM search_text WHERE search_text MATCH :match").columns(column("rowid", Integer))
_PART: Final = 500
_PAPER: Final = (HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value)


@dataclass(frozen=True)
class BoardRow:
    """How far one hamlet is."""

    hamlet_id: UUID | None
    hamlet: str
    """Empty for households without a hamlet."""
    cases: int
    """On the list, without those taken off."""
    counts: Mapping[CaseState, int]
    """Households that are in that state now."""
    printed: int
    """Recognised households whose certificate of the year was printed."""
    to_print: int
    """Recognised poor and near-poor households."""
    gone: int
    """Households the office no longer keeps; they need no survey."""
    late: int

    def reached(self, *states: CaseState) -> int:
        """Households in any of these states."""
        return sum(self.counts.get(state, 0) for state in states)


@dataclass(frozen=True)
class Board:
    """The rows of the hamlets and their sum."""

    rows: tuple[BoardRow, ...]
    total: BoardRow
    survey_late: bool
    """The survey days are over."""
    decision_late: bool
    """The decision is overdue."""
    rechecks: Rechecks


@dataclass(frozen=True)
class CaseQuery:
    """Which households of a review a list shows; empty means all."""

    campaign_id: UUID
    hamlets: tuple[UUID | None, ...] = ()
    """None among them: the households without a hamlet."""
    states: tuple[CaseState, ...] = ()
    """Empty: all but those taken off the list."""
    text: str = ""
    classes: tuple[str, ...] = ()
    """Results."""
    openings: tuple[str, ...] = ()
    """Classes before the review."""
    movements: tuple[Movement, ...] = ()
    sources: tuple[CaseSource, ...] = ()
    changed_only: bool = False
    """Only those whose result is another class than before."""
    late_only: bool = False
    gone_only: bool = False
    printed: bool | None = None
    """Recognised poor and near-poor ones with, or without, a printed certificate of the year."""
    order: str = "paper"
    """paper (hamlet, given name), name, state, class or result."""
    descending: bool = False


@dataclass(frozen=True)
class CaseRow:
    """One line of a list of the review."""

    id: UUID
    version: int
    household_id: UUID
    code: str
    head: str
    hamlet_id: UUID | None
    hamlet: str
    people: int
    state: CaseState
    state_on: date
    source: CaseSource
    opening: HouseholdClass
    result: HouseholdClass | None
    local: HouseholdClass | None
    movement: Movement | None
    b1: int | None
    b2: int | None
    gone: bool
    late: bool
    removed_reason: str


def board(uow: UnitOfWork, campaign_id: UUID, today: date | None = None) -> Board:
    """The counts of every hamlet, the hamlets in their order, and what is late on that day."""
    uow.require(Permission.READ)
    campaign = uow.record(Campaign, campaign_id)
    day = today or uow.today
    counts: dict[UUID | None, dict[CaseState, int]] = {}
    for hamlet, state, count in uow.session.execute(
        select(ReviewCase.hamlet_id, ReviewCase.state, func.count())
        .where(ReviewCase.campaign_id == campaign_id)
        .group_by(ReviewCase.hamlet_id, ReviewCase.state)
    ):
        counts.setdefault(hamlet, {})[CaseState(state)] = int(count)
    gone = Counter(  # counted here: grouping would tempt the database away from the few households that are gone
        (hamlet, CaseState(state))
        for hamlet, state in uow.session.execute(
            select(ReviewCase.hamlet_id, ReviewCase.state).where(ReviewCase.campaign_id == campaign_id, _gone())
        )
    )
    if any(CaseState.DECIDED in found for found in counts.values()):
        papers = _by_hamlet(uow, campaign_id, _entitled())
        printed = _by_hamlet(uow, campaign_id, _entitled() & _printed(campaign))
    else:
        papers = printed = {}
    late = _late_states(campaign, day)
    names = hamlet_names(uow)
    rows = [
        BoardRow(
            hamlet_id=hamlet,
            hamlet=names.get(hamlet, "") if hamlet else "",
            cases=sum(count for state, count in found.items() if state is not CaseState.REMOVED),
            counts=found,
            printed=printed.get(hamlet, 0),
            to_print=papers.get(hamlet, 0),
            gone=sum(gone[hamlet, state] for state in found),
            late=sum(count - gone[hamlet, state] for state, count in found.items() if state in late),
        )
        for hamlet, found in counts.items()
    ]
    rows.sort(key=lambda row: (row.hamlet_id is None, word_sort_key(row.hamlet)))
    running = campaign.status == CampaignStatus.OPEN
    return Board(
        tuple(rows),
        _sum(rows),
        running and day > campaign.survey_to,
        running and day > campaign.due_on,
        rechecks(uow, campaign_id),
    )


def cases(uow: UnitOfWork, query: CaseQuery) -> IdList:
    """Ids of the cases the query shows, in its order."""
    uow.require(Permission.READ)
    statement = select(type_coerce(ReviewCase.id, LargeBinary))
    order: dict[str, Any] = {
        "name": ReviewCase.head_sort,
        "state": ReviewCase.state,
        "class": ReviewCase.opening_class,
        "result": ReviewCase.result_class,
        "paper": Hamlet.name_key,
    }
    if query.order == "paper":
        statement = statement.outerjoin(Hamlet, Hamlet.id == ReviewCase.hamlet_id)
    key = order[query.order]
    keys = [key.desc() if query.descending else key]
    if query.order != "name":
        keys.append(ReviewCase.head_sort)
    found = uow.session.connection().execute(_narrowed(uow, statement, query).order_by(*keys, ReviewCase.id))
    return IdList(row[0] for row in found)


def count(uow: UnitOfWork, query: CaseQuery) -> int:
    """How many cases the query shows."""
    uow.require(Permission.READ)
    return int(uow.session.execute(_narrowed(uow, select(func.count(ReviewCase.id)), query)).scalar_one())


def rows(uow: UnitOfWork, ids: Sequence[UUID]) -> list[CaseRow]:
    """The lines of these cases, in the order of `ids`."""
    uow.require(Permission.READ)
    names = hamlet_names(uow)
    found: dict[UUID, CaseRow] = {}
    campaigns: dict[UUID, Campaign] = {}
    for start in range(0, len(ids), _PART):
        for row in uow.session.execute(_LINE.where(ReviewCase.id.in_(ids[start : start + _PART]))):
            if row.campaign_id not in campaigns:
                campaigns[row.campaign_id] = uow.record(Campaign, row.campaign_id)
            found[row.id] = CaseRow(
                id=row.id,
                version=row.version,
                household_id=row.household_id,
                code=household_code(row.number),
                head=row.head_name,
                hamlet_id=row.hamlet_id,
                hamlet=names.get(row.hamlet_id, "") if row.hamlet_id else "",
                people=row.people,
                state=CaseState(row.state),
                state_on=row.state_on,
                source=CaseSource(row.source),
                opening=HouseholdClass(row.opening_class),
                result=HouseholdClass(row.result_class) if row.result_class else None,
                local=HouseholdClass(row.local_class) if row.local_class else None,
                movement=Movement(row.movement) if row.movement else None,
                b1=row.b1,
                b2=row.b2,
                gone=row.ended_on is not None,
                late=row.ended_on is None and row.state in _late_states(campaigns[row.campaign_id], uow.today),
                removed_reason=row.removed_reason,
            )
    return [found[case] for case in ids if case in found]


def case_of(uow: UnitOfWork, campaign_id: UUID, household_id: UUID) -> UUID | None:
    """The case of a household in a review; None when it is not on its list."""
    uow.require(Permission.READ)
    return uow.session.scalars(
        select(ReviewCase.id).where(ReviewCase.campaign_id == campaign_id, ReviewCase.household_id == household_id)
    ).first()


_LINE: Final = select(
    ReviewCase.id,
    ReviewCase.version,
    ReviewCase.campaign_id,
    ReviewCase.household_id,
    Household.number,
    Household.ended_on,
    ReviewCase.head_name,
    ReviewCase.hamlet_id,
    ReviewCase.people,
    ReviewCase.state,
    ReviewCase.state_on,
    ReviewCase.source,
    ReviewCase.opening_class,
    ReviewCase.result_class,
    ReviewCase.local_class,
    ReviewCase.movement,
    ReviewCase.b1,
    ReviewCase.b2,
    ReviewCase.removed_reason,
).join(Household, Household.id == ReviewCase.household_id)


def _by_hamlet(uow: UnitOfWork, campaign_id: UUID, condition: ColumnElement[bool]) -> dict[UUID | None, int]:
    statement = (
        select(ReviewCase.hamlet_id, func.count())
        .where(ReviewCase.campaign_id == campaign_id, condition)
        .group_by(ReviewCase.hamlet_id)
    )
    return {hamlet: int(number) for hamlet, number in uow.session.execute(statement)}


def _gone() -> ColumnElement[bool]:
    ended = select(HouseholdIndex.household_id).where(HouseholdIndex.active.is_(False))
    return ReviewCase.household_id.in_(ended) & (ReviewCase.state != CaseState.REMOVED.value)


def _entitled() -> ColumnElement[bool]:
    return (ReviewCase.state == CaseState.DECIDED.value) & ReviewCase.result_class.in_(_PAPER)


def _printed(campaign: Campaign) -> ColumnElement[bool]:
    """A certificate in force of the class year, or its block of that year, went through the printer."""
    whole = (Certificate.class_year == campaign.class_year) & PrintEvent.block_year.is_(None)
    block = exists().where(
        CertificateBlock.certificate_id == Certificate.id,
        CertificateBlock.year == campaign.class_year,
        PrintEvent.block_year == CertificateBlock.year,
    )
    return exists().where(
        Certificate.household_id == ReviewCase.household_id,
        Certificate.status == CertificateStatus.ISSUED.value,
        PrintEvent.certificate_id == Certificate.id,
        or_(whole, block),
    )


def _late_states(campaign: Campaign, day: date) -> frozenset[str]:
    if campaign.status != CampaignStatus.OPEN:
        return frozenset()
    if day > campaign.due_on:
        return frozenset(state.value for state in CaseState if state not in CLOSED)
    return frozenset(state.value for state in UNKEYED) if day > campaign.survey_to else frozenset()


def _narrowed(uow: UnitOfWork, statement: Select[Any], query: CaseQuery) -> Select[Any]:
    statement = statement.where(ReviewCase.campaign_id == query.campaign_id)
    if query.states:
        statement = statement.where(ReviewCase.state.in_([state.value for state in query.states]))
    else:
        statement = statement.where(ReviewCase.state != CaseState.REMOVED.value)
    for chosen, wanted in (
        (ReviewCase.result_class, query.classes),
        (ReviewCase.opening_class, query.openings),
        (ReviewCase.movement, [movement.value for movement in query.movements]),
        (ReviewCase.source, [source.value for source in query.sources]),
    ):
        if wanted:
            statement = statement.where(chosen.in_(wanted))
    if query.hamlets:
        named = [hamlet for hamlet in query.hamlets if hamlet is not None]
        wanted_hamlet = ReviewCase.hamlet_id.in_(named)
        nowhere = ReviewCase.hamlet_id.is_(None)
        statement = statement.where(or_(wanted_hamlet, nowhere) if None in query.hamlets else wanted_hamlet)
    if query.changed_only:
        statement = statement.where(_changed())
    if query.gone_only:
        statement = statement.where(_gone())
    campaign = uow.record(Campaign, query.campaign_id)
    if query.late_only:
        late = sorted(_late_states(campaign, uow.today))
        statement = statement.where(ReviewCase.state.in_(late), campaign_steps.kept())
    if query.printed is not None:
        printed = _printed(campaign)
        statement = statement.where(_entitled(), printed if query.printed else ~printed)
    return _found_by_text(statement, query.text)


def _changed() -> ColumnElement[bool]:
    """Poor, near-poor and anything else: what lies beside the lists is all the same to them."""
    before, after = (
        func.iif(chosen.in_(_PAPER), chosen, HouseholdClass.NONE.value)
        for chosen in (ReviewCase.opening_class, ReviewCase.result_class)
    )
    changed: ColumnElement[bool] = ReviewCase.result_class.is_not(None) & (before != after)
    return changed


def _found_by_text(statement: Select[Any], asked: str) -> Select[Any]:
    number = parse_household_code(asked)
    if number is not None:
        return statement.where(ReviewCase.household_id.in_(select(Household.id).where(Household.number == number)))
    words = [word for word in loose(clean(asked)).replace('"', " ").split() if word]
    if not words:
        return statement
    beginnings = " AND ".join(f'"{word}"*' for word in words)
    hits = _TEXT_HITS.bindparams(match=f"loose : ({beginnings})")
    found = select(SearchEntry.household_id).where(SearchEntry.id.in_(hits))
    return statement.where(ReviewCase.household_id.in_(found))


def _sum(rows: Sequence[BoardRow]) -> BoardRow:
    counts: dict[CaseState, int] = {}
    for row in rows:
        for state, number in row.counts.items():
            counts[state] = counts.get(state, 0) + number
    return BoardRow(
        hamlet_id=None,
        hamlet="",
        cases=sum(row.cases for row in rows),
        counts=counts,
        printed=sum(row.printed for row in rows),
        to_print=sum(row.to_print for row in rows),
        gone=sum(row.gone for row in rows),
        late=sum(row.late for row in rows),
    )

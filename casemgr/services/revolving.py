"""The revolving ledger: duties by a project's rules, given back, waived, passed on, taken back by an entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from casemgr.domain.livelihoods import PlanState, RevolvingRules
from casemgr.domain.permissions import Permission
from casemgr.domain.revolving import Balance, DutyLine, EntryKind, Movement, balance, days_over, planned
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_money
from casemgr.persistence.models import Household, Livelihood, RevolvingDuty, RevolvingEntry
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import state_steps
from casemgr.services.keeping import NOWHERE, Home, homes_of
from casemgr.services.programmes import catalogue


@dataclass(frozen=True)
class EntryData:
    """A movement as an officer writes it."""

    kind: EntryKind
    on: date
    amount: int = 0
    animals: int = 0
    document: str = ""
    """Receipt, or the decision that waives."""
    next_livelihood_id: UUID | None = None
    """Whose plan receives what is passed on."""
    asset_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True)
class EntryView:
    """A movement on record."""

    id: UUID
    data: EntryData
    next_head: str
    """Head of the household it was passed on to."""


@dataclass(frozen=True)
class DutyView:
    """One line of the ledger with its movements."""

    id: UUID
    livelihood_id: UUID
    household_id: UUID
    home: Home
    round: int
    line: DutyLine
    entries: tuple[EntryView, ...]
    balance: Balance
    overdue_days: int
    alarm: bool
    """Due within the days the data say, or overdue."""


def propose(uow: UnitOfWork, livelihood_id: UUID, rules: RevolvingRules) -> tuple[DutyLine, ...]:
    """The duties of a plan by its project's rules, counted from the hand-over; none before it."""
    uow.require(Permission.READ)
    record = uow.record(Livelihood, livelihood_id)
    handed = state_steps.day_of(uow, livelihood_id, PlanState.HANDED_OVER)
    return () if handed is None else planned(rules, value=record.state_amount, handed_on=handed)


def write_duties(uow: UnitOfWork, livelihood_id: UUID, lines: Sequence[DutyLine], *, round_: int = 1) -> list[UUID]:
    """Write what a household owes; duties that have movements already are not rewritten."""
    uow.require(Permission.EDIT)
    record = uow.record(Livelihood, livelihood_id)
    if record.status in (PlanState.DRAFT, PlanState.REGISTERED, PlanState.REJECTED):
        raise ConflictError(_("Nothing was handed over yet."))
    problems = []
    if not lines:
        problems.append(Problem("duties", _("Write at least one line.")))
    if any(line.amount < 0 or line.animals < 0 or not (line.amount or line.animals) for line in lines):
        problems.append(Problem("duties", _("Each line says how much money or how many animals are owed.")))
    if record.decision_on is not None and any(line.due_on < record.decision_on for line in lines):
        problems.append(Problem("due_on", _("The due date lies before the decision.")))
    if problems:
        raise ValidationError(problems)
    present = list(uow.session.scalars(_duties().where(RevolvingDuty.livelihood_id == livelihood_id)))
    present = [duty for duty in present if duty.round == round_]
    if any(_movements(uow, [duty.id])[duty.id] for duty in present):
        raise ConflictError(_("Something was given back already: correct it by an entry."))
    for duty in present:
        uow.session.delete(duty)
    made = []
    for line in lines:
        duty = RevolvingDuty(
            livelihood_id=record.id,
            project_id=record.project_id,
            household_id=record.household_id,
            round=round_,
            period=clean(line.period),
            due_on=line.due_on,
            amount=line.amount,
            animals=line.animals,
        )
        uow.add(duty)
        made.append(duty.id)
    uow.name_step("revolving.plan", uow.record(Household, record.household_id))
    uow.session.flush()
    return made


def enter(uow: UnitOfWork, duty_id: UUID, data: EntryData) -> UUID:
    """Write a movement; nothing is given back beyond what is owed, nothing passed on beyond what was given back."""
    uow.require(Permission.EDIT)
    duty = uow.record(RevolvingDuty, duty_id)
    moves = [_move(entry) for entry in _movements(uow, [duty_id])[duty_id]]
    problems = _problems(uow, duty, data, balance([_line(duty)], moves))
    if problems:
        raise ValidationError(problems)
    following = uow.record(Livelihood, data.next_livelihood_id) if data.next_livelihood_id else None
    sign = -1 if data.kind is EntryKind.CORRECTED else 1
    entry = RevolvingEntry(
        duty_id=duty_id,
        kind=data.kind.value,
        on_date=data.on,
        amount=sign * data.amount,
        animals=sign * data.animals,
        document=clean(data.document),
        next_household_id=following.household_id if following else None,
        next_livelihood_id=data.next_livelihood_id,
        asset_id=data.asset_id,
        note=clean(data.note),
    )
    uow.add(entry)
    uow.name_step("revolving.entry", uow.record(Household, duty.household_id))
    uow.session.flush()
    return entry.id


def ledger(
    uow: UnitOfWork, *, livelihood_id: UUID | None = None, project_id: UUID | None = None, open_only: bool = False
) -> list[DutyView]:
    """The ledger of a plan, a project or the commune, what is due first at the top."""
    uow.require(Permission.READ)
    statement = _duties()
    if livelihood_id is not None:
        statement = statement.where(RevolvingDuty.livelihood_id == livelihood_id)
    if project_id is not None:
        statement = statement.where(RevolvingDuty.project_id == project_id)
    duties = list(uow.session.scalars(statement))
    moved = _movements(uow, [duty.id for duty in duties])
    following = {entry.next_household_id for entries in moved.values() for entry in entries if entry.next_household_id}
    homes = homes_of(uow, {duty.household_id for duty in duties} | following)
    alarm = catalogue(uow).rate("SK.REVOLVING_ALARM", uow.today)
    views = [_view(uow, duty, moved[duty.id], homes, alarm.value if alarm else 0) for duty in duties]
    return [view for view in views if not (open_only and view.balance.settled)]


def total(views: Iterable[DutyView]) -> Balance:
    """All lines of a ledger added up."""
    views = tuple(views)
    moves = [_data_move(entry.data) for view in views for entry in view.entries]
    return balance([view.line for view in views], moves)


def _problems(uow: UnitOfWork, duty: RevolvingDuty, data: EntryData, found: Balance) -> list[Problem]:
    problems = []
    if data.amount < 0 or data.animals < 0 or not (data.amount or data.animals):
        problems.append(Problem("amount", _("Write how much money or how many animals.")))
    if data.on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if not clean(data.document):
        problems.append(Problem("document", _("Write the number of the receipt or decision.")))
    match data.kind:
        case EntryKind.PAID | EntryKind.WAIVED:
            problems += _most(data, found.open, found.open_animals, _("Only {rest} is still owed."))
        case EntryKind.PASSED_ON:
            problems += _most(data, found.fund, found.fund_animals, _("Only {rest} was given back and not passed on."))
            if data.next_livelihood_id is None:
                problems.append(Problem("next", _("Choose the plan that receives it.")))
            elif uow.record(Livelihood, data.next_livelihood_id).household_id == duty.household_id:
                problems.append(Problem("next", _("It goes to another household.")))
        case EntryKind.CORRECTED:
            problems += _most(data, found.fund, found.fund_animals, _("Only {rest} can be taken back."))
            if not clean(data.note):
                problems.append(Problem("note", _("Write the reason.")))
    return problems


def _most(data: EntryData, money: int, animals: int, text: str) -> list[Problem]:
    if data.amount <= max(money, 0) and data.animals <= max(animals, 0):
        return []
    rest = _("{money} and {animals} animals").format(money=format_money(max(money, 0)), animals=max(animals, 0))
    return [Problem("amount", text.format(rest=rest))]


def _view(
    uow: UnitOfWork, duty: RevolvingDuty, entries: Sequence[RevolvingEntry], homes: dict[UUID, Home], alarm: int
) -> DutyView:
    line = _line(duty)
    found = balance([line], [_move(entry) for entry in entries])
    return DutyView(
        id=duty.id,
        livelihood_id=duty.livelihood_id,
        household_id=duty.household_id,
        home=homes.get(duty.household_id, NOWHERE),
        round=duty.round,
        line=line,
        entries=tuple(_entry(entry, homes) for entry in entries),
        balance=found,
        overdue_days=days_over(line, found, uow.today),
        alarm=not found.settled and line.due_on - timedelta(days=alarm) <= uow.today,
    )


def _entry(entry: RevolvingEntry, homes: dict[UUID, Home]) -> EntryView:
    data = EntryData(
        kind=EntryKind(entry.kind),
        on=entry.on_date,
        amount=abs(entry.amount),
        animals=abs(entry.animals),
        document=entry.document,
        next_livelihood_id=entry.next_livelihood_id,
        asset_id=entry.asset_id,
        note=entry.note,
    )
    head = homes.get(entry.next_household_id, NOWHERE).head if entry.next_household_id else ""
    return EntryView(entry.id, data, head)


def _duties() -> Select[RevolvingDuty]:
    return select(RevolvingDuty).order_by(RevolvingDuty.due_on, RevolvingDuty.id)


def _movements(uow: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, list[RevolvingEntry]]:
    found: dict[UUID, list[RevolvingEntry]] = {duty: [] for duty in ids}
    for start in range(0, len(ids), 500):
        statement = (
            select(RevolvingEntry)
            .where(RevolvingEntry.duty_id.in_(ids[start : start + 500]))
            .order_by(RevolvingEntry.on_date, RevolvingEntry.id)
        )
        for entry in uow.session.scalars(statement):
            found[entry.duty_id].append(entry)
    return found


def _line(duty: RevolvingDuty) -> DutyLine:
    return DutyLine(duty.due_on, duty.amount, duty.animals, duty.period)


def _move(entry: RevolvingEntry) -> Movement:
    return Movement(EntryKind(entry.kind), entry.on_date, entry.amount, entry.animals)


def _data_move(data: EntryData) -> Movement:
    sign = -1 if data.kind is EntryKind.CORRECTED else 1
    return Movement(data.kind, data.on, sign * data.amount, sign * data.animals)

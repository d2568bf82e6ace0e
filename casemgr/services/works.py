"""The register of public works: progress, money paid out, what people gave, acceptance (target I05)."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain import community
from casemgr.domain.permissions import Permission
from casemgr.domain.support import FUND_LABELS
from casemgr.domain.text import clean, fold, word_sort_key
from casemgr.domain.works import WorksData
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import N_, _, format_number
from casemgr.persistence.models import Works
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.keeping import keep_record
from casemgr.services.offices import hamlet_names

_WHOLE: Final = 100


class WorksState(StrEnum):
    """How far works are, from their dates."""

    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"
    """All done, not accepted yet."""
    ACCEPTED = "accepted"


WORKS_STATE_LABELS: Final = {
    WorksState.PLANNED: N_("Not begun"),
    WorksState.RUNNING: N_("Being built"),
    WorksState.FINISHED: N_("Done, not accepted"),
    WorksState.ACCEPTED: N_("Accepted"),
}


@dataclass(frozen=True)
class WorksQuery:
    """What the register shows; empty means all."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorksRow:
    """One line of the register."""

    id: UUID
    version: int
    data: WorksData
    hamlet: str
    state: WorksState

    @property
    def paid_percent(self) -> int | None:
        """Share of the budget paid out; None without a budget."""
        return self.data.disbursed * _WHOLE // self.data.budget if self.data.budget else None

    def overdue(self, on: date) -> bool:
        """Whether upkeep was due before a day and has not been done since."""
        due, done = self.data.maintenance_due, self.data.maintained_on
        return due is not None and due < on and (done is None or done < due)


@dataclass(frozen=True)
class WorksTotals:
    """Sums over works (target I05)."""

    count: int
    by_state: dict[WorksState, int]
    budget: int
    disbursed: int
    contribution: int
    contribution_days: int
    households: int
    planned_for: int
    land: int


def rows(uow: UnitOfWork, query: WorksQuery, on: date) -> list[WorksRow]:
    """The register as of a day, in Vietnamese order of the names."""
    uow.require(Permission.READ)
    hamlets, wanted = hamlet_names(uow), fold(clean(query.text))
    found = []
    for record in uow.session.scalars(select(Works)):
        row = _row(record, hamlets.get(record.hamlet_id, "") if record.hamlet_id else "", on)
        if query.kinds and record.kind not in query.kinds:
            continue
        if query.states and row.state not in query.states:
            continue
        if wanted and wanted not in fold(f"{record.name} {row.hamlet} {record.investor}"):
            continue
        found.append(row)
    return sorted(found, key=lambda row: word_sort_key(row.data.name))


def view(uow: UnitOfWork, works_id: UUID, on: date) -> WorksRow:
    """One of the works."""
    uow.require(Permission.READ)
    record = uow.record(Works, works_id)
    return _row(record, hamlet_names(uow).get(record.hamlet_id, "") if record.hamlet_id else "", on)


def totals(uow: UnitOfWork, on: date) -> WorksTotals:
    """How many works in which state, and their money, as of a day."""
    found = rows(uow, WorksQuery(), on)
    return WorksTotals(
        count=len(found),
        by_state={state: sum(row.state is state for row in found) for state in WorksState},
        budget=sum(row.data.budget for row in found),
        disbursed=sum(row.data.disbursed for row in found),
        contribution=sum(row.data.contribution for row in found),
        contribution_days=sum(row.data.contribution_days for row in found),
        households=sum(row.data.households for row in found),
        planned_for=sum(row.data.planned_for for row in found),
        land=sum(row.data.land for row in found),
    )


def keep_works(uow: UnitOfWork, data: WorksData, *, works_id: UUID | None = None, version: int = 0) -> UUID:
    """Write works down or correct them."""
    uow.require(Permission.EDIT)
    problems = _problems(data, uow.today)
    if problems:
        raise ValidationError(problems)
    values = {
        "name": clean(data.name),
        "kind": data.kind,
        "programme": data.programme,
        "hamlet_id": data.hamlet_id,
        "investor": clean(data.investor),
        "approval": clean(data.approval),
        "budget": data.budget,
        "contribution": data.contribution,
        "contribution_days": data.contribution_days,
        "land": data.land,
        "budget_sources": json.dumps({code: amount for code, amount in sorted(data.budget_sources.items()) if amount}),
        "maintenance": clean(data.maintenance),
        "maintained_on": data.maintained_on,
        "maintenance_due": data.maintenance_due,
        "start_on": data.start_on,
        "accepted_on": data.accepted_on,
        "progress": data.progress,
        "disbursed": data.disbursed,
        "households": data.households,
        "planned_for": data.planned_for,
        "note": data.note.strip(),
    }
    return keep_record(uow, Works, values, works_id, version, "works.keep").id


def _row(record: Works, hamlet: str, on: date) -> WorksRow:
    data = WorksData(
        name=record.name,
        kind=record.kind,
        programme=record.programme,
        hamlet_id=record.hamlet_id,
        investor=record.investor,
        approval=record.approval,
        budget=record.budget,
        contribution=record.contribution,
        contribution_days=record.contribution_days,
        land=record.land,
        budget_sources=json.loads(record.budget_sources),
        maintenance=record.maintenance,
        maintained_on=record.maintained_on,
        maintenance_due=record.maintenance_due,
        start_on=record.start_on,
        accepted_on=record.accepted_on,
        progress=record.progress,
        disbursed=record.disbursed,
        households=record.households,
        planned_for=record.planned_for,
        note=record.note,
    )
    return WorksRow(record.id, record.version, data, hamlet, _state(data, on))


def _state(data: WorksData, on: date) -> WorksState:
    if data.accepted_on is not None and data.accepted_on <= on:
        return WorksState.ACCEPTED
    if data.start_on is None or data.start_on > on:
        return WorksState.PLANNED
    return WorksState.FINISHED if data.progress == _WHOLE else WorksState.RUNNING


def _problems(data: WorksData, today: date) -> list[Problem]:
    problems = []
    if not clean(data.name):
        problems.append(Problem("name", _("Write the name of the works.")))
    if data.kind not in community.codes(community.WORKS):
        problems.append(Problem("kind", _("Choose a kind from the list.")))
    if not 0 <= data.progress <= _WHOLE:
        problems.append(Problem("progress", _("Progress goes from 0 to 100 per cent.")))
    sums = {"budget": data.budget, "contribution": data.contribution, "disbursed": data.disbursed}
    counts = {"contribution_days": data.contribution_days, "households": data.households, "land": data.land}
    problems += [
        Problem(name, _("A number here is 0 or more.")) for name, value in {**sums, **counts}.items() if value < 0
    ]
    problems += _source_problems(data)
    if data.disbursed > data.budget:
        problems.append(Problem("disbursed", _("More is paid out than the budget holds; correct one of the two.")))
    if data.progress and data.start_on is None:
        problems.append(Problem("start_on", _("Work is under way: write when it began.")))
    if data.accepted_on is not None:
        if data.progress != _WHOLE:
            problems.append(Problem("progress", _("Accepted works are done to 100 per cent.")))
        if data.start_on is not None and data.accepted_on < data.start_on:
            problems.append(Problem("accepted_on", _("The acceptance lies before the beginning.")))
        if data.accepted_on > today:
            problems.append(Problem("accepted_on", _("The date lies in the future.")))
    return [*problems, *_upkeep_problems(data, today)]


def _source_problems(data: WorksData) -> list[Problem]:
    """The parts of the budget are of known funds and make the whole."""
    given = {code: amount for code, amount in data.budget_sources.items() if amount}
    if any(code not in FUND_LABELS for code in given):
        return [Problem("budget_sources", _("Choose the funds from the list."))]
    if any(amount < 0 for amount in given.values()):
        return [Problem("budget_sources", _("A number here is 0 or more."))]
    total = sum(given.values())
    if given and total != data.budget:
        words = _("The funds add up to {sum} đồng, the budget is {budget} đồng; correct one of them.")
        return [Problem("budget_sources", words.format(sum=format_number(total), budget=format_number(data.budget)))]
    return []


def _upkeep_problems(data: WorksData, today: date) -> list[Problem]:
    """Upkeep follows the acceptance."""
    problems = []
    days = {"maintained_on": data.maintained_on, "maintenance_due": data.maintenance_due}
    for name, day in days.items():
        if day is None:
            continue
        if data.accepted_on is None:
            problems.append(Problem(name, _("Upkeep begins after the acceptance: write when the works were accepted.")))
        elif day < data.accepted_on:
            problems.append(Problem(name, _("The upkeep lies before the acceptance.")))
    if data.maintained_on is not None and data.maintained_on > today:
        problems.append(Problem("maintained_on", _("The date lies in the future.")))
    return problems

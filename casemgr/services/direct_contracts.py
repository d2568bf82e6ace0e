"""Contracts signed directly with an employer abroad: received, checked, answered by the commune in working days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.abroad import AbroadContent
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_words import Outcome
from casemgr.domain.findings import Finding, Severity
from casemgr.domain.paper_json import from_json
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import AbroadCase, DirectContract, Household
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import abroad_papers, case_papers, holidays
from casemgr.services.abroad_numbers import numbers
from casemgr.services.abroad_papers import PaperValues
from casemgr.services.office_papers import IssuedPaper, Render


@dataclass(frozen=True)
class DirectData:
    """A registration as it was handed in."""

    received_on: date
    present: tuple[str, ...] = ()
    """Codes of the papers and of the contents of the contract that were found."""
    note: str = ""


@dataclass(frozen=True)
class DirectLine:
    """One line of the checklist."""

    code: str
    label: str
    law: str
    paper: bool
    """A paper handed in; otherwise a content of the contract."""
    present: bool


@dataclass(frozen=True)
class DirectView:
    """A registration on record."""

    id: UUID
    version: int
    case_id: UUID
    data: DirectData
    lines: tuple[DirectLine, ...]
    complete_on: date | None
    due_on: date | None
    """Empty while something is missing."""
    outcome: Outcome | None
    decided_on: date | None
    paper_number: str
    reason: str
    late: bool
    """Answered, or still open, after the due day."""
    warning: str
    """Years whose days off nobody entered."""


def receive(uow: UnitOfWork, case_id: UUID, data: DirectData) -> UUID:
    """Write a registration down; when nothing is missing, the working days of the answer begin."""
    uow.require(Permission.EDIT)
    case = uow.record(AbroadCase, case_id)
    form = shipped().form(case.form)
    problems = _problems(uow, data)
    if form is None or not form.direct:
        told = _("Only a contract signed directly with the employer is registered here: change the way of going first.")
        problems.append(Problem("form", told))
    if problems:
        raise ValidationError(problems)
    waiting = select(DirectContract.id).where(DirectContract.case_id == case_id, DirectContract.decided_on.is_(None))
    if uow.session.scalar(waiting.limit(1)) is not None:
        raise ConflictError(_("A registration of this case waits for its answer already."))
    complete = data.received_on if not missing(data.present) else None
    record = DirectContract(
        case_id=case_id,
        received_on=data.received_on,
        complete_on=complete,
        due_on=_due(uow, complete),
        present=_present(data.present),
        outcome="",
        decided_on=None,
        paper_number="",
        reason="",
        note=clean(data.note),
    )
    uow.add(record)
    uow.name_step("direct.receive", uow.record(Household, case.household_id))
    uow.session.flush()
    return record.id


def complete(uow: UnitOfWork, direct_id: UUID, version: int, present: Sequence[str], *, on: date) -> None:
    """Something was handed in later or found missing; the day the last thing came is the first of the period."""
    uow.require(Permission.EDIT)
    record = _open(uow, direct_id, version)
    if not record.received_on <= on <= uow.today:
        told = _("Write a day from {date} to today.").format(date=format_date(record.received_on))
        raise ValidationError([Problem("on", told)])
    record.present = _present(present)
    whole = not missing(record.present)
    if whole and record.complete_on is None:
        record.complete_on = on
    elif not whole:
        record.complete_on = None
    record.due_on = _due(uow, record.complete_on)
    case = uow.record(AbroadCase, record.case_id)
    uow.name_step("direct.receive", uow.record(Household, case.household_id))


def check_confirmation(uow: UnitOfWork, direct_id: UUID, on: date) -> tuple[Finding, ...]:
    """What speaks against confirming: papers or contents that are missing, facts the paper needs, the day."""
    uow.require(Permission.READ)
    record = uow.record(DirectContract, direct_id)
    case, found = uow.record(AbroadCase, record.case_id), []
    for line in _lines(record.present):
        if not line.present:
            told = _("Missing: {what}.").format(what=line.label)
            found.append(Finding(Severity.REFUSE, "present", told, line.law))
    content = from_json(AbroadContent, case.content)
    for name, value in (("employer", content.employer), ("job", content.job), ("country", case.country)):
        if not value:
            found.append(Finding(Severity.REFUSE, name, _("The paper needs employer, work and country.")))
            break
    return (*found, *_day_findings(uow, record, on))


def confirm(
    uow: UnitOfWork,
    direct_id: UUID,
    version: int,
    *,
    on: date,
    render: Render,
    signatory_id: UUID | None = None,
    number: int | None = None,
) -> IssuedPaper:
    """Confirm the registration with paper C19; `render` is `reports.office_papers.render_paper`."""
    uow.require(Permission.EDIT)
    record = _open(uow, direct_id, version)
    _stop(check_confirmation(uow, direct_id, on))
    made = abroad_papers.confirmation(uow, direct_id)
    return _decide(uow, record, Outcome.CONFIRMED, made, on=on, render=render, signatory_id=signatory_id, number=number)


def refuse(
    uow: UnitOfWork,
    direct_id: UUID,
    version: int,
    *,
    on: date,
    reason: str,
    render: Render,
    signatory_id: UUID | None = None,
    number: int | None = None,
) -> IssuedPaper:
    """Refuse in writing, with the reason (paper C20)."""
    uow.require(Permission.EDIT)
    record = _open(uow, direct_id, version)
    if not clean(reason):
        law = shipped().needs["received"]
        told = _("Write the reason; the law asks for it. ({law})").format(law=law)
        raise ValidationError([Problem("reason", told)])
    _stop(_day_findings(uow, record, on))
    record.reason = clean(reason)
    made = abroad_papers.refusal(uow, direct_id, record.reason)
    return _decide(uow, record, Outcome.REFUSED, made, on=on, render=render, signatory_id=signatory_id, number=number)


def view(uow: UnitOfWork, direct_id: UUID) -> DirectView:
    """One registration."""
    uow.require(Permission.READ)
    return _view(uow, uow.record(DirectContract, direct_id))


def of_case(uow: UnitOfWork, case_id: UUID) -> list[DirectView]:
    """The registrations of a case, the newest first."""
    uow.require(Permission.READ)
    statement = select(DirectContract).where(DirectContract.case_id == case_id).order_by(DirectContract.id.desc())
    return [_view(uow, record) for record in uow.session.scalars(statement)]


def open_ones(uow: UnitOfWork, *, limit: int = 200) -> list[DirectView]:
    """What waits for an answer of the commune, what is due first; incomplete ones at the end."""
    uow.require(Permission.READ)
    statement = select(DirectContract).where(DirectContract.decided_on.is_(None))
    ordered = statement.order_by(DirectContract.due_on.is_(None), DirectContract.due_on, DirectContract.id)
    return [_view(uow, record) for record in uow.session.scalars(ordered.limit(limit))]


def missing(present: Sequence[str]) -> list[str]:
    """Codes of what the law asks for and was not found."""
    lists, found = shipped(), set(present)
    return [code for code in (*lists.direct_papers, *lists.contents) if code not in found]


def _decide(
    uow: UnitOfWork,
    record: DirectContract,
    outcome: Outcome,
    made: PaperValues,
    *,
    on: date,
    render: Render,
    signatory_id: UUID | None,
    number: int | None,
) -> IssuedPaper:
    case = uow.record(AbroadCase, record.case_id)
    uow.name_step("direct.decide", uow.record(Household, case.household_id), undoable=False)
    paper = case_papers.issue(
        uow,
        made.code,
        made.values,
        made.tables,
        on=on,
        person_id=made.person_id,
        household_id=made.household_id,
        subject_id=made.subject_id,
        signatory_id=signatory_id,
        number=number,
        render=render,
    )
    record.outcome, record.decided_on, record.paper_number = outcome.value, on, paper.number
    return paper


def _open(uow: UnitOfWork, direct_id: UUID, version: int) -> DirectContract:
    record = uow.record(DirectContract, direct_id, version)
    if record.decided_on is not None:
        raise ConflictError(_("This registration was answered already."))
    return record


def _day_findings(uow: UnitOfWork, record: DirectContract, on: date) -> list[Finding]:
    found = []
    if on > uow.today:
        found.append(Finding(Severity.REFUSE, "on", _("The date lies in the future.")))
    begun = record.complete_on or record.received_on
    if on < begun:
        told = _("The papers came on {date}.").format(date=format_date(begun))
        found.append(Finding(Severity.REFUSE, "on", told))
    return found


def _stop(found: Sequence[Finding]) -> None:
    problems = [
        Problem(one.field, f"{one.text} ({one.citation})" if one.citation else one.text)
        for one in found
        if one.severity is Severity.REFUSE
    ]
    if problems:
        raise ValidationError(problems)


def _due(uow: UnitOfWork, complete_on: date | None) -> date | None:
    if complete_on is None:
        return None
    days = numbers(uow, complete_on)("ABROAD.ANSWER")
    return holidays.calendar(uow).add(complete_on, days) if days is not None else None


def _present(codes: Sequence[str]) -> tuple[str, ...]:
    lists, found = shipped(), set(codes)
    return tuple(code for code in (*lists.direct_papers, *lists.contents) if code in found)


def _lines(present: Sequence[str]) -> tuple[DirectLine, ...]:
    lists, found = shipped(), set(present)
    papers = [DirectLine(one.code, one.label, one.law, True, one.code in found) for one in lists.direct_papers.values()]
    contents = [DirectLine(one.code, one.label, one.law, False, one.code in found) for one in lists.contents.values()]
    return (*papers, *contents)


def _problems(uow: UnitOfWork, data: DirectData) -> list[Problem]:
    problems = []
    if data.received_on > uow.today:
        problems.append(Problem("received_on", _("The date lies in the future.")))
    if set(data.present) - {*shipped().direct_papers, *shipped().contents}:
        problems.append(Problem("present", _("A line of the checklist is not known.")))
    return problems


def _view(uow: UnitOfWork, record: DirectContract) -> DirectView:
    last = record.decided_on or uow.today
    told = ""
    if record.complete_on is not None and record.due_on is not None:
        told = holidays.warning(uow, record.complete_on, record.due_on) or ""
    return DirectView(
        id=record.id,
        version=record.version,
        case_id=record.case_id,
        data=DirectData(record.received_on, record.present, record.note),
        lines=_lines(record.present),
        complete_on=record.complete_on,
        due_on=record.due_on,
        outcome=Outcome(record.outcome) if record.outcome else None,
        decided_on=record.decided_on,
        paper_number=record.paper_number,
        reason=record.reason,
        late=record.due_on is not None and last > record.due_on,
        warning=told,
    )

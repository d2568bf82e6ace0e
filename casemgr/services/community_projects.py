"""Community production projects and models: their dossier, steps, costs with ceilings, and the plans inside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.casework_areas import AREAS
from casemgr.domain.findings import Finding, Severity
from casemgr.domain.livelihoods import PROJECT_MACHINE, ProjectState, RevolvingRules
from casemgr.domain.paper_json import from_json, to_json
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold, word_sort_key
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Acceptance, CommunityProject, Livelihood, LivelihoodGroup, Loss, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import livelihood_checks, revolving, state_steps
from casemgr.services.keeping import keep_record
from casemgr.services.programme_views import rate_words
from casemgr.services.programmes import catalogue
from casemgr.services.state_steps import StepData

KIND = PROJECT_MACHINE.kind


@dataclass(frozen=True)
class ProjectData:
    """A project as an officer writes it."""

    title: str
    programme: str
    generation: str = ""
    area: str = "other"
    group_id: UUID | None = None
    leader: str = ""
    copies_id: UUID | None = None
    """The model it replicates."""
    total_cost: int = 0
    state_amount: int = 0
    start_on: date | None = None
    end_on: date | None = None
    due_on: date | None = None
    """Of the next step."""
    officer_id: UUID | None = None
    revolving: RevolvingRules = field(default_factory=RevolvingRules)
    note: str = ""


@dataclass(frozen=True)
class ProjectView:
    """A project with how it stands."""

    id: UUID
    version: int
    data: ProjectData
    state: ProjectState
    state_on: date
    decision_number: str
    decision_on: date | None
    contract_number: str
    contract_on: date | None
    group: str
    officer: str
    copies: str
    """Title of the model it replicates."""
    plans: int
    """Households with a plan in it."""
    state_share: int | None
    """Hundredths of a per cent."""
    findings: tuple[Finding, ...]


def keep(uow: UnitOfWork, data: ProjectData, *, project_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a project down, or correct it."""
    uow.require(Permission.EDIT)
    problems = _problems(uow, data, project_id)
    if problems:
        raise ValidationError(problems)
    values: dict[str, Any] = {
        "title": clean(data.title),
        "programme": data.programme,
        "generation": data.generation,
        "area": data.area,
        "group_id": data.group_id,
        "leader": clean(data.leader),
        "copies_id": data.copies_id,
        "total_cost": data.total_cost,
        "state_amount": data.state_amount,
        "start_on": data.start_on,
        "end_on": data.end_on,
        "due_on": data.due_on,
        "officer_id": data.officer_id or uow.actor.user_id,
        "revolving": to_json(data.revolving),
        "note": data.note.strip(),
    }
    if project_id is None:
        values |= {
            "status": ProjectState.ANNOUNCED.value,
            "status_on": uow.today,
            "decision_number": "",
            "decision_on": None,
            "contract_number": "",
            "contract_on": None,
        }
    return keep_record(uow, CommunityProject, values, project_id, version, "project.keep").id


def view(uow: UnitOfWork, project_id: UUID) -> ProjectView:
    """A project opened as a whole."""
    uow.require(Permission.READ)
    return _view(uow, uow.record(CommunityProject, project_id))


def projects(
    uow: UnitOfWork, *, states: tuple[str, ...] = (), programme: str = "", text: str = ""
) -> list[ProjectView]:
    """The projects, by title."""
    uow.require(Permission.READ)
    statement = select(CommunityProject)
    if states:
        statement = statement.where(CommunityProject.status.in_(states))
    if programme:
        statement = statement.where(CommunityProject.programme == programme)
    wanted = fold(clean(text))
    found = [_view(uow, one) for one in uow.session.scalars(statement) if wanted in fold(one.title)]
    return sorted(found, key=lambda one: word_sort_key(one.data.title))


def check(uow: UnitOfWork, project_id: UUID, data: StepData) -> tuple[Finding, ...]:
    """What speaks against a step as it is typed."""
    uow.require(Permission.READ)
    return _step_findings(uow, uow.record(CommunityProject, project_id), data)


def move_on(uow: UnitOfWork, project_id: UUID, version: int, data: StepData) -> UUID:
    """Take a step; what asks for a reason is let through with one."""
    uow.require(Permission.EDIT)
    record = uow.record(CommunityProject, project_id, version)
    found = _step_findings(uow, record, data)
    asked = () if clean(data.reason) else (Severity.WARN,)
    problems = [Problem(one.field, one.text) for one in found if one.severity in (Severity.REFUSE, *asked)]
    if problems:
        raise ValidationError(problems)
    step = state_steps.record(uow, KIND, record.id, None, record.status, data)
    record.status, record.status_on, record.due_on = data.to, data.on, None
    if data.to == ProjectState.APPROVED:
        record.decision_number, record.decision_on = clean(data.document_number), data.document_on
    if data.to == ProjectState.CONTRACTED:
        record.contract_number, record.contract_on = clean(data.document_number), data.document_on
    uow.name_step("project.step", record)
    return step


def accept(uow: UnitOfWork, project_id: UUID, *, on: date, planned: str, actual: str, value: int, passed: bool) -> UUID:
    """Write minutes of acceptance of the whole project."""
    uow.require(Permission.EDIT)
    record = uow.record(CommunityProject, project_id)
    if record.status not in (ProjectState.RUNNING, ProjectState.ACCEPTED):
        raise ConflictError(_("A project is accepted while it is carried out."))
    problems = [] if clean(actual) else [Problem("actual", _("Write what was found."))]
    if on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if problems:
        raise ValidationError(problems)
    minutes = Acceptance(
        livelihood_id=None,
        project_id=record.id,
        on_date=on,
        planned=clean(planned),
        actual=clean(actual),
        value=value,
        own_paid=0,
        passed=passed,
        signers="",
        note="",
    )
    uow.add(minutes)
    uow.name_step("project.step", record)
    uow.session.flush()
    return minutes.id


def _step_findings(uow: UnitOfWork, record: CommunityProject, data: StepData) -> tuple[Finding, ...]:
    typed = bool(clean(data.document_number)) and data.document_on is not None
    told = list(PROJECT_MACHINE.check(record.status, data.to, _facts(uow, record, data, typed), reason=data.reason))
    if data.on > uow.today:
        told.append(Finding(Severity.REFUSE, "on", _("The date lies in the future.")))
    if record.status != ProjectState.ANNOUNCED and data.on < record.status_on:
        text = _("The step before was on {date}.").format(date=format_date(record.status_on))
        told.append(Finding(Severity.REFUSE, "on", text))
    if data.to == ProjectState.CONTRACTED and record.decision_on is not None and data.on < record.decision_on:
        text = _("The decision is of {date}; nothing is handed over or promised before it.")
        told.append(Finding(Severity.REFUSE, "on", text.format(date=format_date(record.decision_on))))
    return tuple(told)


def _facts(uow: UnitOfWork, record: CommunityProject, data: StepData, typed: bool) -> Mapping[str, bool | None]:
    detail = data.detail
    plans = _plans(uow, record.id)
    handed = ("handed_over", "running", "accepted", "revolving", "completed")
    passed = uow.session.scalar(
        select(Acceptance.passed)
        .where(Acceptance.project_id == record.id)
        .order_by(Acceptance.on_date.desc(), Acceptance.id.desc())
        .limit(1)
    )
    losses = select(func.count()).select_from(Loss).join(Livelihood, Livelihood.id == Loss.livelihood_id)
    lost = uow.session.scalar(losses.where(Livelihood.project_id == record.id, Loss.settled_on.is_(None)))
    ledger = revolving.ledger(uow, project_id=record.id)
    return {
        "public": bool(clean(str(detail.get("published_on", "")))),
        "dossier": plans > 0 and record.total_cost > 0,
        "group": record.group_id is not None or bool(record.leader),
        "council": bool(clean(str(detail.get("council", "")))),
        "result_public": bool(clean(str(detail.get("published_on", "")))),
        "decision": typed or bool(record.decision_number),
        "contract": typed or bool(record.contract_number),
        "handed": any(state in handed for state in _states(uow, record.id)),
        "accepted": passed is True,
        "loss_settled": not lost,
        "duty": bool(ledger),
        "duties_closed": all(line.balance.settled for line in ledger),
    }


def _plans(uow: UnitOfWork, project_id: UUID) -> int:
    return uow.session.scalar(select(func.count()).where(Livelihood.project_id == project_id)) or 0


def _states(uow: UnitOfWork, project_id: UUID) -> list[str]:
    return list(uow.session.scalars(select(Livelihood.status).where(Livelihood.project_id == project_id).distinct()))


def _problems(uow: UnitOfWork, data: ProjectData, own: UUID | None) -> list[Problem]:
    problems = [] if clean(data.title) else [Problem("title", _("Write the title of the project."))]
    if not data.programme:
        problems.append(Problem("programme", _("Choose the programme.")))
    if data.area not in AREAS:
        problems.append(Problem("area", _("Choose a kind from the list.")))
    if min(data.total_cost, data.state_amount) < 0 or data.state_amount > data.total_cost:
        problems.append(Problem("state_amount", _("The state's part is at most the whole cost.")))
    if data.start_on and data.end_on and data.end_on < data.start_on:
        problems.append(Problem("end_on", _("The end lies before the beginning.")))
    if data.copies_id is not None and data.copies_id == own:
        problems.append(Problem("copies_id", _("A project does not replicate itself.")))
    if own is None and data.due_on is not None and data.due_on < uow.today:
        problems.append(Problem("due_on", _("The due date lies in the past.")))
    return problems


def _view(uow: UnitOfWork, record: CommunityProject) -> ProjectView:
    group = uow.session.get(LivelihoodGroup, record.group_id) if record.group_id else None
    officer = uow.session.get(User, record.officer_id) if record.officer_id else None
    model = uow.session.get(CommunityProject, record.copies_id) if record.copies_id else None
    share = record.state_amount * 10_000 // record.total_cost if record.total_cost else None
    return ProjectView(
        id=record.id,
        version=record.version,
        data=ProjectData(
            title=record.title,
            programme=record.programme,
            generation=record.generation,
            area=record.area,
            group_id=record.group_id,
            leader=record.leader,
            copies_id=record.copies_id,
            total_cost=record.total_cost,
            state_amount=record.state_amount,
            start_on=record.start_on,
            end_on=record.end_on,
            due_on=record.due_on,
            officer_id=record.officer_id,
            revolving=from_json(RevolvingRules, record.revolving),
            note=record.note,
        ),
        state=ProjectState(record.status),
        state_on=record.status_on,
        decision_number=record.decision_number,
        decision_on=record.decision_on,
        contract_number=record.contract_number,
        contract_on=record.contract_on,
        group=group.name if group else "",
        officer=officer.name if officer else "",
        copies=model.title if model else "",
        plans=_plans(uow, record.id),
        state_share=share,
        findings=_share_findings(uow, record, share),
    )


def _share_findings(uow: UnitOfWork, record: CommunityProject, share: int | None) -> tuple[Finding, ...]:
    most = livelihood_checks.ceiling(catalogue(uow), record.programme, record.area, record.decision_on or uow.today)
    if most is None or share is None or share <= most.value:
        return ()
    text = _("The state's part is above the ceiling of {most}.").format(most=rate_words(most))
    return (Finding(Severity.WARN, "state_amount", text, most.law),)

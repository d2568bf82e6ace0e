"""Cases of households: who keeps one, opened and closed with a reason, handed over to another officer."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, NotFoundError, Problem, ValidationError
from casemgr.i18n import N_, _, format_date
from casemgr.persistence.models import (
    AbroadCase,
    CaseAction,
    CaseFile,
    CommunityProject,
    Course,
    Household,
    Learner,
    Livelihood,
    Referral,
    Task,
    User,
)
from casemgr.persistence.uow import UnitOfWork

_OPEN_WORK: Final[tuple[tuple[str, Any, Any], ...]] = (
    ("cases", CaseFile, CaseFile.closed_on.is_(None)),
    ("tasks", Task, Task.status == "open"),
    ("actions", CaseAction, CaseAction.done_on.is_(None)),
    ("referrals", Referral, Referral.answered_on.is_(None)),
    ("livelihoods", Livelihood, Livelihood.status.not_in(("completed", "stopped", "rejected"))),
    ("projects", CommunityProject, CommunityProject.status.not_in(("ended", "not_chosen", "stopped"))),
    ("courses", Course, Course.closed_on.is_(None)),
    ("learners", Learner, Learner.status.not_in(("dropped", "not_eligible"))),
    ("abroad", AbroadCase, AbroadCase.status.not_in(("ended", "cancelled"))),
)
"""What an officer has in hand: name, records, which of them are open."""

WORK_LABELS: Final = {
    "cases": N_("Cases of households"),
    "tasks": N_("Tasks"),
    "actions": N_("Actions of plans"),
    "referrals": N_("Referrals without an answer"),
    "livelihoods": N_("Livelihood plans"),
    "projects": N_("Community projects"),
    "courses": N_("Courses"),
    "learners": N_("Learners"),
    "abroad": N_("Cases of work abroad"),
}
"""What each kind of open work is called."""


@dataclass(frozen=True)
class CaseView:
    """One time a household's case was open."""

    id: UUID
    version: int
    household_id: UUID
    officer_id: UUID | None
    officer: str
    opened_on: date
    open_reason: str
    closed_on: date | None
    close_reason: str


@dataclass(frozen=True)
class OfficerView:
    """Somebody who can keep a case."""

    id: UUID
    name: str


def officers(uow: UnitOfWork, *, closed: bool = False) -> list[OfficerView]:
    """Everybody with an open account, by name; `closed` adds who left, whose work somebody has to take over."""
    uow.require(Permission.READ)
    statement = select(User.id, User.name, User.active).order_by(User.active.desc(), User.name)
    if not closed:
        statement = statement.where(User.active.is_(True))
    return [
        OfficerView(user, name if active else _("{name} (account closed)").format(name=name))
        for user, name, active in uow.session.execute(statement)
    ]


def officer_by_login(uow: UnitOfWork, login: str) -> UUID:
    """The account with this login."""
    uow.require(Permission.READ)
    found = uow.session.scalar(select(User.id).where(User.login == login))
    if found is None:
        raise NotFoundError(_("There is no account “{login}”.").format(login=login))
    return found


def cases(uow: UnitOfWork, household_id: UUID) -> list[CaseView]:
    """Every time the case was open, the newest first."""
    uow.require(Permission.READ)
    statement = (
        select(CaseFile, User.name)
        .outerjoin(User, User.id == CaseFile.officer_id)
        .where(CaseFile.household_id == household_id)
        .order_by(CaseFile.opened_on.desc(), CaseFile.id.desc())
    )
    return [
        CaseView(
            id=record.id,
            version=record.version,
            household_id=record.household_id,
            officer_id=record.officer_id,
            officer=name or "",
            opened_on=record.opened_on,
            open_reason=record.open_reason,
            closed_on=record.closed_on,
            close_reason=record.close_reason,
        )
        for record, name in uow.session.execute(statement)
    ]


def open_case(
    uow: UnitOfWork, household_id: UUID, *, on: date, reason: str = "", officer_id: UUID | None = None
) -> UUID:
    """Open a household's case; opening one again says why."""
    uow.require(Permission.EDIT)
    home, before = uow.record(Household, household_id), cases(uow, household_id)
    if before and before[0].closed_on is None:
        raise ConflictError(_("The case of this household is open already."))
    problems = []
    if on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if before and before[0].closed_on is not None:
        if not clean(reason):
            problems.append(Problem("reason", _("Write why the case is opened again.")))
        if on < before[0].closed_on:
            text = _("The case was closed on {date}.").format(date=format_date(before[0].closed_on))
            problems.append(Problem("on", text))
    if problems:
        raise ValidationError(problems)
    record = CaseFile(
        household_id=household_id,
        officer_id=officer_id or uow.actor.user_id,
        opened_on=on,
        open_reason=clean(reason),
        closed_on=None,
        close_reason="",
    )
    uow.add(record)
    uow.name_step("case.open", home)
    uow.session.flush()
    return record.id


def close_case(uow: UnitOfWork, case_id: UUID, version: int, *, on: date, reason: str) -> None:
    """Close a case with its reason; what is still open of it is named first."""
    uow.require(Permission.EDIT)
    record = uow.record(CaseFile, case_id, version)
    if record.closed_on is not None:
        raise ConflictError(_("This case was closed already."))
    problems = [] if clean(reason) else [Problem("reason", _("Write why the case is closed."))]
    if not record.opened_on <= on <= uow.today:
        problems.append(Problem("on", _("The day lies between the opening and today.")))
    still = open_work(uow, household_id=record.household_id)
    still.pop("cases", None)
    if still:
        text = _("Open work is left: {number}. Settle it or hand it over first.").format(number=sum(still.values()))
        problems.append(Problem("", text))
    if problems:
        raise ValidationError(problems)
    record.closed_on, record.close_reason = on, clean(reason)
    uow.name_step("case.close", uow.record(Household, record.household_id))


def assign(uow: UnitOfWork, case_id: UUID, version: int, officer_id: UUID) -> None:
    """Give a case to an officer."""
    uow.require(Permission.EDIT)
    record = uow.record(CaseFile, case_id, version)
    if record.closed_on is not None:
        raise ConflictError(_("This case was closed already."))
    _officer(uow, officer_id)
    record.officer_id = officer_id
    uow.name_step("case.assign", uow.record(Household, record.household_id))


def open_work(uow: UnitOfWork, *, officer_id: UUID | None = None, household_id: UUID | None = None) -> dict[str, int]:
    """How much is open by kind, of an officer or a household; kinds with nothing are left out."""
    uow.require(Permission.READ)
    told = {}
    for name, model, condition in _OPEN_WORK:
        statement = select(func.count()).select_from(model).where(condition)
        if officer_id is not None:
            statement = statement.where(model.officer_id == officer_id)
        if household_id is not None:
            if not hasattr(model, "household_id"):
                continue
            statement = statement.where(model.household_id == household_id)
        if count := uow.session.scalar(statement):
            told[name] = count
    return told


def hand_over(uow: UnitOfWork, from_id: UUID, to_id: UUID) -> dict[str, int]:
    """Give everything an officer has open to another one, all in one step; says how much of each kind."""
    uow.require(Permission.EDIT)
    if from_id == to_id:
        raise ValidationError([Problem("to", _("Choose another officer."))])
    _officer(uow, to_id)
    moved = {}
    for name, model, condition in _OPEN_WORK:
        wanted = select(model.id).where(condition, model.officer_id == from_id)
        ids = list(uow.session.scalars(wanted))
        if ids:
            uow.update_many(model, {one: {"officer_id": (from_id, to_id)} for one in ids})
            moved[name] = len(ids)
    uow.name_step("task.hand_over", uow.record(User, to_id))
    return moved


def _officer(uow: UnitOfWork, officer_id: UUID) -> None:
    user = uow.session.get(User, officer_id)
    if user is None or not user.active:
        raise NotFoundError(_("This officer has no open account."))

"""Groups of households that run a project, and the two checks of NĐ 27/2022: enough members, one experienced."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.findings import Finding, Severity
from casemgr.domain.households import HouseholdClass
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, word_sort_key
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import N_, _
from casemgr.persistence.models import GroupMember, HouseholdIndex, LivelihoodGroup
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.keeping import NOWHERE, homes_of, keep_record
from casemgr.services.offices import hamlet_names
from casemgr.services.programme_views import rate_words
from casemgr.services.programmes import catalogue

GROUP_KINDS: Final = {
    "households": N_("Group of households"),
    "cooperative_group": N_("Cooperative group"),
    "association": N_("Group of a mass organisation"),
}
REPRESENTATIVE: Final = "representative"
MEMBER: Final = "member"
_MEANT: Final = (
    HouseholdClass.POOR,
    HouseholdClass.NEAR_POOR,
    HouseholdClass.ESCAPED_POOR,
    HouseholdClass.ESCAPED_NEAR_POOR,
)
"""Members the support is meant for: poor, near-poor and just out of poverty."""


@dataclass(frozen=True)
class GroupData:
    """A group as an officer writes it."""

    name: str
    kind: str = "households"
    hamlet_id: UUID | None = None
    certificate: str = ""
    certified_on: date | None = None
    rules: str = ""
    account: str = ""
    ended_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class MemberData:
    """A household in a group."""

    household_id: UUID
    person_id: UUID | None = None
    role: str = MEMBER
    experienced: bool = False
    from_on: date | None = None


@dataclass(frozen=True)
class MemberView:
    """A member with names."""

    id: UUID
    version: int
    data: MemberData
    to_on: date | None
    code: str
    head: str
    hamlet: str
    class_value: str


@dataclass(frozen=True)
class GroupView:
    """A group with its members and what speaks against it."""

    id: UUID
    version: int
    data: GroupData
    hamlet: str
    members: tuple[MemberView, ...]
    share_hundredths: int | None
    """Members the support is meant for, per cent times 100; None without members."""
    findings: tuple[Finding, ...]


def keep(uow: UnitOfWork, data: GroupData, *, group_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a group down, or correct it."""
    uow.require(Permission.EDIT)
    problems = [] if clean(data.name) else [Problem("name", _("Write the name of the group."))]
    if data.kind not in GROUP_KINDS:
        problems.append(Problem("kind", _("Choose a kind from the list.")))
    if data.certified_on is not None and data.certified_on > uow.today:
        problems.append(Problem("certified_on", _("The date lies in the future.")))
    if problems:
        raise ValidationError(problems)
    values = {
        "name": clean(data.name),
        "kind": data.kind,
        "hamlet_id": data.hamlet_id,
        "certificate": clean(data.certificate),
        "certified_on": data.certified_on,
        "rules": data.rules.strip(),
        "account": clean(data.account),
        "ended_on": data.ended_on,
        "note": data.note.strip(),
    }
    return keep_record(uow, LivelihoodGroup, values, group_id, version, "group.keep").id


def add_member(uow: UnitOfWork, group_id: UUID, data: MemberData) -> UUID:
    """A household joins; a group has one representative, who signs the contract and receives the money."""
    uow.require(Permission.EDIT)
    present = [one for one in _members(uow, group_id) if one.to_on is None]
    problems = []
    if any(one.household_id == data.household_id for one in present):
        problems.append(Problem("household_id", _("This household is in the group already.")))
    if data.role == REPRESENTATIVE and any(one.role == REPRESENTATIVE for one in present):
        problems.append(Problem("role", _("The group has a representative already.")))
    if problems:
        raise ValidationError(problems)
    made = GroupMember(
        group_id=group_id,
        household_id=data.household_id,
        person_id=data.person_id,
        role=data.role,
        experienced=data.experienced,
        from_on=data.from_on or uow.today,
        to_on=None,
    )
    uow.add(made)
    uow.name_step("group.keep", uow.record(LivelihoodGroup, group_id))
    uow.session.flush()
    return made.id


def remove_member(uow: UnitOfWork, member_id: UUID, version: int, *, on: date) -> None:
    """A household leaves; it stays in the group's history."""
    uow.require(Permission.EDIT)
    found = uow.record(GroupMember, member_id, version)
    if found.to_on is not None:
        raise ConflictError(_("This household has left the group already."))
    if found.from_on is not None and on < found.from_on:
        raise ValidationError([Problem("on", _("The day lies before it joined."))])
    found.to_on = on
    uow.name_step("group.keep", uow.record(LivelihoodGroup, found.group_id))


def view(uow: UnitOfWork, group_id: UUID) -> GroupView:
    """A group opened as a whole."""
    uow.require(Permission.READ)
    return _view(uow, uow.record(LivelihoodGroup, group_id))


def groups(uow: UnitOfWork, *, running_only: bool = False) -> list[GroupView]:
    """Every group, by name."""
    uow.require(Permission.READ)
    statement = select(LivelihoodGroup)
    if running_only:
        statement = statement.where(LivelihoodGroup.ended_on.is_(None))
    found = [_view(uow, record) for record in uow.session.scalars(statement)]
    return sorted(found, key=lambda one: word_sort_key(one.data.name))


def _members(uow: UnitOfWork, group_id: UUID) -> list[GroupMember]:
    statement = (
        select(GroupMember).where(GroupMember.group_id == group_id).order_by(GroupMember.from_on, GroupMember.id)
    )
    return list(uow.session.scalars(statement))


def _view(uow: UnitOfWork, record: LivelihoodGroup) -> GroupView:
    members = _members(uow, record.id)
    ids = {one.household_id for one in members}
    homes, hamlets = homes_of(uow, ids), hamlet_names(uow)
    statement = select(HouseholdIndex.household_id, HouseholdIndex.class_value)
    classes = dict(uow.session.execute(statement.where(HouseholdIndex.household_id.in_(ids))).all())
    views = tuple(
        MemberView(
            id=one.id,
            version=one.version,
            data=MemberData(one.household_id, one.person_id, one.role, one.experienced, one.from_on),
            to_on=one.to_on,
            code=homes.get(one.household_id, NOWHERE).code,
            head=homes.get(one.household_id, NOWHERE).head,
            hamlet=homes.get(one.household_id, NOWHERE).hamlet,
            class_value=classes.get(one.household_id, ""),
        )
        for one in members
    )
    present = [one for one in views if one.to_on is None]
    meant = sum(one.class_value in _MEANT for one in present)
    share = (meant * 20_000 + len(present)) // (2 * len(present)) if present else None
    data = GroupData(
        name=record.name,
        kind=record.kind,
        hamlet_id=record.hamlet_id,
        certificate=record.certificate,
        certified_on=record.certified_on,
        rules=record.rules,
        account=record.account,
        ended_on=record.ended_on,
        note=record.note,
    )
    hamlet = hamlets.get(record.hamlet_id, "") if record.hamlet_id else ""
    told = _findings(uow, data, present, share)
    return GroupView(record.id, record.version, data, hamlet, views, share, told)


def _findings(uow: UnitOfWork, data: GroupData, present: list[MemberView], share: int | None) -> tuple[Finding, ...]:
    known, told = catalogue(uow), []
    least, skilled = known.rate("SK.GROUP_SHARE_MIN", uow.today), known.rate("SK.GROUP_EXPERIENCED_MIN", uow.today)
    if least is not None and (share or 0) < least.value:
        text = _("Fewer than {least} of the members are poor, near-poor or just out of poverty.")
        told.append(Finding(Severity.WARN, "members", text.format(least=rate_words(least)), least.law))
    if skilled is not None and sum(one.data.experienced for one in present) < skilled.value:
        text = _("No member has experience of running a good business.")
        told.append(Finding(Severity.WARN, "members", text, skilled.law))
    if not any(one.data.role == REPRESENTATIVE for one in present):
        told.append(Finding(Severity.WARN, "members", _("The group has not chosen its representative.")))
    if not data.certificate:
        told.append(Finding(Severity.WARN, "certificate", _("The commune has not certified the group.")))
    return tuple(told)

"""Use cases of a household's members: they join, move, leave, and one of them is the head."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from casemgr.domain.people import LeaveReason, PersonData, Relation
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Household, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.people import doubts, new_person, person_data


@dataclass(frozen=True)
class NewMember:
    """A person with her place in the household, as entered."""

    person: PersonData
    relation: Relation
    relation_text: str = ""
    joined_on: date | None = None


@dataclass(frozen=True)
class MemberView:
    """A person in this household, with both versions for saving."""

    membership_id: UUID
    membership_version: int
    person_id: UUID
    person_version: int
    person: PersonData
    relation: Relation
    relation_text: str
    joined_on: date | None
    left_on: date | None
    left_reason: LeaveReason | None
    doubts: tuple[str, ...]


def add_member(uow: UnitOfWork, household_id: UUID, member: NewMember) -> UUID:
    """A new person joins the household."""
    uow.require(Permission.EDIT)
    record = uow.record(Household, household_id)
    if member.relation == Relation.HEAD and _head(uow, household_id) is not None:
        raise ValidationError([Problem("relation", _("There is already a head of household; use “New head”."))])
    someone = new_person(uow, member.person)
    uow.name_step("member.add", someone)
    join(uow, record.id, someone.id, member, _next_position(uow, household_id))
    return someone.id


def move_in(
    uow: UnitOfWork, household_id: UUID, person_id: UUID, relation: Relation, *, joined_on: date | None
) -> None:
    """Somebody already on file joins this household and leaves the one she is in."""
    uow.require(Permission.EDIT)
    someone = uow.record(Person, person_id)
    uow.name_step("member.move", someone)
    current = select(Membership).where(
        Membership.person_id == person_id, Membership.left_on.is_(None), Membership.left_reason.is_(None)
    )
    for membership in uow.session.scalars(current):
        if membership.household_id == household_id:
            raise ValidationError([Problem("person", _("{name} is already a member.").format(name=someone.full_name))])
        membership.left_on, membership.left_reason = joined_on or uow.today, LeaveReason.MOVED.value
    member = NewMember(person_data(someone), relation, joined_on=joined_on)
    join(uow, uow.record(Household, household_id).id, person_id, member, _next_position(uow, household_id))


def change_relation(
    uow: UnitOfWork, membership_id: UUID, version: int, relation: Relation, relation_text: str = ""
) -> None:
    """Correct how a member is related to the head."""
    uow.require(Permission.EDIT)
    record = uow.record(Membership, membership_id, version)
    if (relation == Relation.HEAD) != (record.relation == Relation.HEAD):
        raise ValidationError([Problem("relation", _("To change the head of household use “New head”."))])
    uow.name_step("member.relation", table="person", subject=record.person_id)
    record.relation, record.relation_text = relation.value, clean(relation_text)


def leave(uow: UnitOfWork, membership_id: UUID, version: int, *, on: date, reason: LeaveReason) -> None:
    """A member leaves; the person stays on file. The head cannot leave while others remain: name a new head first."""
    uow.require(Permission.EDIT)
    record = uow.record(Membership, membership_id, version)
    others = uow.session.scalars(_current(record.household_id).where(Membership.id != record.id)).all()
    if record.relation == Relation.HEAD and others:
        raise ValidationError([Problem("reason", _("Name a new head of household before this one leaves."))])
    if on > uow.today:
        raise ValidationError([Problem("on", _("The date lies in the future."))])
    uow.name_step("member.leave", table="person", subject=record.person_id)
    record.left_on, record.left_reason = on, reason.value
    if reason == LeaveReason.DIED:
        someone = uow.record(Person, record.person_id)
        someone.died_on = someone.died_on or on


def change_head(uow: UnitOfWork, household_id: UUID, membership_id: UUID, *, old_head_relation: Relation) -> None:
    """Name another member head; what the old head now is must be said, the others' relations are to be checked."""
    uow.require(Permission.EDIT)
    new = uow.record(Membership, membership_id)
    if new.household_id != household_id or new.left_on is not None or new.left_reason is not None:
        raise ValidationError([Problem("member", _("Only a present member can be head of household."))])
    if old_head_relation == Relation.HEAD:
        raise ValidationError([Problem("relation", _("Say what the former head is to the new one."))])
    old = _head(uow, household_id)
    uow.name_step("household.head", uow.record(Household, household_id))
    if old is not None and old.id != new.id:
        old.relation, old.relation_text, old.position = old_head_relation.value, "", new.position
    new.relation, new.relation_text, new.position = Relation.HEAD.value, "", 0


def members_of(uow: UnitOfWork, household_id: UUID) -> list[MemberView]:
    """Everybody who is or was a member, in the order on paper."""
    pairs = uow.session.execute(
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.household_id == household_id)
        .order_by(Membership.position, Membership.id)
    ).all()
    return [_member(membership, someone, uow.today) for membership, someone in pairs]


def join(uow: UnitOfWork, household_id: UUID, person_id: UUID, member: NewMember, position: int) -> None:
    """Write the membership of a person in a household; who may do so is the caller's to ask."""
    uow.add(
        Membership(
            household_id=household_id,
            person_id=person_id,
            relation=member.relation.value,
            relation_text=clean(member.relation_text),
            position=position,
            joined_on=member.joined_on,
            left_on=None,
            left_reason=None,
        )
    )


def _member(membership: Membership, someone: Person, today: date) -> MemberView:
    data = person_data(someone)
    return MemberView(
        membership_id=membership.id,
        membership_version=membership.version,
        person_id=someone.id,
        person_version=someone.version,
        person=data,
        relation=Relation(membership.relation),
        relation_text=membership.relation_text,
        joined_on=membership.joined_on,
        left_on=membership.left_on,
        left_reason=LeaveReason(membership.left_reason) if membership.left_reason else None,
        doubts=doubts(data, today),
    )


def _current(household_id: UUID) -> Select[Membership]:
    return select(Membership).where(
        Membership.household_id == household_id, Membership.left_on.is_(None), Membership.left_reason.is_(None)
    )


def _head(uow: UnitOfWork, household_id: UUID) -> Membership | None:
    return uow.session.scalars(_current(household_id).where(Membership.relation == Relation.HEAD)).first()


def _next_position(uow: UnitOfWork, household_id: UUID) -> int:
    last = uow.session.execute(
        select(func.max(Membership.position)).where(Membership.household_id == household_id)
    ).scalar()
    return (last or 0) + 1

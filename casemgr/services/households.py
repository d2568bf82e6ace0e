"""Use cases of households: lists, the one page, opening, correcting and ending a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, LargeBinary, Select, column, func, select, text, type_coerce

from casemgr.domain.households import (
    EndReason,
    HouseholdClass,
    HouseholdData,
    PolicyFlag,
    household_code,
    parse_household_code,
)
from casemgr.domain.identity import read_phone
from casemgr.domain.idlist import IdList
from casemgr.domain.offices import Area, in_sentence
from casemgr.domain.people import Relation
from casemgr.domain.permissions import Permission
from casemgr.domain.searching import loose
from casemgr.domain.text import clean
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Hamlet, Household, HouseholdIndex, SearchEntry
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.classes import ClassView, classes_of
from casemgr.services.members import MemberView, NewMember, join, members_of
from casemgr.services.offices import hamlet_names, office
from casemgr.services.people import new_person

_TEXT_HITS = text("SELECT rowid FROM search_text WHERE search_text MATCH :match").columns(column("rowid", Integer))


@dataclass(frozen=True)
class HouseholdQuery:
    """What a list shows: `hamlets` and `classes` empty mean all; `text` narrows to heads, members and codes."""

    text: str = ""
    hamlets: tuple[UUID, ...] = ()
    classes: tuple[str, ...] = ()
    ended: bool = False
    order: str = "name"
    """name (given name first), code, hamlet, class or people."""
    descending: bool = False
    only: frozenset[UUID] | None = None
    """Just these, kept or not: the households behind a number elsewhere."""


@dataclass(frozen=True)
class HouseholdRow:
    """One line of a list."""

    id: UUID
    code: str
    head: str
    hamlet: str
    class_value: HouseholdClass
    class_year: int | None
    people: int
    active: bool


@dataclass(frozen=True)
class HouseholdView:
    """The household's page."""

    id: UUID
    version: int
    number: int
    code: str
    data: HouseholdData
    hamlet: str
    area: Area | None
    """The household's own, else the hamlet's."""
    address: str
    """Where it lives, to the province, for papers."""
    permanent_address: str
    members: tuple[MemberView, ...]
    former: tuple[MemberView, ...]
    classes: tuple[ClassView, ...]
    """Newest year first."""
    ended_on: date | None
    end_reason: EndReason | None

    @property
    def head(self) -> MemberView | None:
        """The head of household, if one is named."""
        return next((member for member in self.members if member.relation == Relation.HEAD), None)

    @property
    def current_class(self) -> ClassView | None:
        """The newest class."""
        return self.classes[0] if self.classes else None

    @property
    def name(self) -> str:
        """The head's name, else the first member's."""
        first = self.head or (self.members[0] if self.members else None)
        return first.person.full_name if first else ""


_ORDERS = {
    "name": HouseholdIndex.head_sort,
    "code": HouseholdIndex.number,
    "hamlet": HouseholdIndex.hamlet_id,
    "class": HouseholdIndex.class_value,
    "people": HouseholdIndex.people,
}


_LINE = (
    HouseholdIndex.household_id,
    HouseholdIndex.number,
    HouseholdIndex.head_name,
    HouseholdIndex.hamlet_id,
    HouseholdIndex.class_value,
    HouseholdIndex.class_year,
    HouseholdIndex.people,
    HouseholdIndex.active,
)


def find(uow: UnitOfWork, query: HouseholdQuery) -> IdList:
    """Ids of the households the query shows, in its order."""
    uow.require(Permission.READ)
    order: Any = _ORDERS[query.order]
    statement = _narrowed(uow, select(type_coerce(HouseholdIndex.household_id, LargeBinary)), query)
    if query.order == "hamlet":
        statement = statement.outerjoin(Hamlet, Hamlet.id == HouseholdIndex.hamlet_id)
        order = Hamlet.name_key
    keys = [order.desc() if query.descending else order]
    if query.order != "name":
        keys.append(HouseholdIndex.head_sort)
    rows = uow.session.connection().execute(statement.order_by(*keys, HouseholdIndex.household_id))
    if query.only is None:
        return IdList(row[0] for row in rows)
    wanted = {household.bytes for household in query.only}
    return IdList(row[0] for row in rows if row[0] in wanted)


def count(uow: UnitOfWork, query: HouseholdQuery) -> int:
    """How many households the query shows."""
    statement = _narrowed(uow, select(func.count()).select_from(HouseholdIndex), query)
    return int(uow.session.execute(statement).scalar_one())


def rows(uow: UnitOfWork, ids: Sequence[UUID]) -> list[HouseholdRow]:
    """The lines of these households, in the order of `ids`."""
    names = hamlet_names(uow)
    found = {
        row.household_id: HouseholdRow(
            id=row.household_id,
            code=household_code(row.number),
            head=row.head_name,
            hamlet=names.get(row.hamlet_id, ""),
            class_value=HouseholdClass(row.class_value),
            class_year=row.class_year,
            people=row.people,
            active=row.active,
        )
        for start in range(0, len(ids), 500)
        for row in uow.session.execute(select(*_LINE).where(HouseholdIndex.household_id.in_(ids[start : start + 500])))
    }
    return [found[household] for household in ids if household in found]


def by_code(uow: UnitOfWork, code: str) -> UUID:
    """The household with this readable code."""
    number = parse_household_code(code)
    found = uow.session.scalars(select(Household.id).where(Household.number == number)).first() if number else None
    if found is None:
        raise NotFoundError(_("There is no household with the code {code}.").format(code=code))
    return found


def view(uow: UnitOfWork, household_id: UUID) -> HouseholdView:
    """The household's page."""
    uow.require(Permission.READ)
    record = uow.record(Household, household_id)
    hamlet = uow.session.get(Hamlet, record.hamlet_id) if record.hamlet_id else None
    where = office(uow)
    everyone = members_of(uow, household_id)
    hamlet_name = f"{hamlet.kind} {hamlet.name}".strip() if hamlet else ""
    own_area = Area(record.area) if record.area else None
    tail = map(in_sentence, (hamlet_name, where.commune_name, where.province_name))
    address = ", ".join(part for part in (record.address, *tail) if part)
    return HouseholdView(
        id=record.id,
        version=record.version,
        number=record.number,
        code=household_code(record.number),
        data=HouseholdData(
            hamlet_id=record.hamlet_id,
            area=own_area,
            address=record.address,
            permanent_address=record.permanent_address,
            phone=record.phone,
            flags=record.flags,
            notes=record.notes,
        ),
        hamlet=hamlet_name,
        area=own_area or (Area(hamlet.area) if hamlet else None),
        address=address,
        permanent_address=record.permanent_address or address,
        members=tuple(member for member in everyone if member.left_on is None and member.left_reason is None),
        former=tuple(member for member in everyone if member.left_on is not None or member.left_reason is not None),
        classes=classes_of(uow, household_id),
        ended_on=record.ended_on,
        end_reason=EndReason(record.end_reason) if record.end_reason else None,
    )


def open_household(uow: UnitOfWork, data: HouseholdData, members: Sequence[NewMember]) -> UUID:
    """Open the case of a household with its people; exactly one of them is the head."""
    uow.require(Permission.EDIT)
    problems = []
    if not members:
        problems.append(Problem("members", _("Enter at least the head of household.")))
    elif sum(member.relation == Relation.HEAD for member in members) != 1:
        problems.append(Problem("members", _("Exactly one member is the head of household.")))
    values = _checked(data, problems)
    record = Household(**values, number=next_number(uow), ended_on=None, end_reason=None)
    uow.add(record)
    uow.name_step("household.open", record)
    for position, member in enumerate(sorted(members, key=lambda entry: entry.relation != Relation.HEAD)):
        join(uow, record.id, new_person(uow, member.person).id, member, position)
    return record.id


def correct_household(uow: UnitOfWork, household_id: UUID, version: int, data: HouseholdData) -> None:
    """Write the corrected data of a household."""
    uow.require(Permission.EDIT)
    record = uow.record(Household, household_id, version)
    values = _checked(data, [])
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    uow.name_step(f"household.{changed[0]}" if len(changed) == 1 else "household.correct", record)


def end_household(uow: UnitOfWork, household_id: UUID, version: int, *, on: date, reason: EndReason) -> None:
    """Stop keeping a household; it leaves the lists and stays on file."""
    uow.require(Permission.EDIT)
    record = uow.record(Household, household_id, version)
    uow.name_step("household.end", record)
    record.ended_on, record.end_reason = on, reason.value


def reopen_household(uow: UnitOfWork, household_id: UUID, version: int) -> None:
    """Keep an ended household again."""
    uow.require(Permission.EDIT)
    record = uow.record(Household, household_id, version)
    uow.name_step("household.reopen", record)
    record.ended_on = record.end_reason = None


def next_number(uow: UnitOfWork) -> int:
    """The next free number of the readable code."""
    uow.session.flush()
    return (
        uow.session.execute(select(func.max(Household.number)).where(Household.commune == uow.commune)).scalar() or 0
    ) + 1


def _narrowed(uow: UnitOfWork, statement: Select[Any], query: HouseholdQuery) -> Select[Any]:
    if query.only is None:
        statement = statement.where(HouseholdIndex.active == (not query.ended))
    if query.hamlets:
        statement = statement.where(HouseholdIndex.hamlet_id.in_(query.hamlets))
    if query.classes:
        statement = statement.where(HouseholdIndex.class_value.in_(query.classes))
    words = [word for word in loose(clean(query.text)).replace('"', " ").split() if word]
    number = parse_household_code(query.text) if query.text[:1].isalpha() else None
    if number is not None:
        statement = statement.where(HouseholdIndex.number == number)
    elif words:
        beginnings = " AND ".join(f'"{word}"*' for word in words)
        hits = _TEXT_HITS.bindparams(match=f"loose : ({beginnings})")
        found = select(SearchEntry.household_id).where(SearchEntry.id.in_(hits))
        statement = statement.where(HouseholdIndex.household_id.in_(found))
    return statement


def _checked(data: HouseholdData, problems: list[Problem]) -> dict[str, Any]:
    phone = clean(data.phone or "").replace(" ", "").replace(".", "") or None
    if phone and read_phone(phone).value is None:
        problems.append(
            Problem("phone", _("A phone number has 10 digits from 03, 05, 07, 08, 09, or 11 digits from 02."))
        )
    if set(data.flags) - set(PolicyFlag):
        problems.append(Problem("flags", _("Choose policy attributes from the list.")))
    if problems:
        raise ValidationError(problems)
    return {
        "hamlet_id": data.hamlet_id,
        "area": data.area.value if data.area else None,
        "address": clean(data.address),
        "permanent_address": clean(data.permanent_address),
        "phone": phone,
        "flags": tuple(flag.value for flag in PolicyFlag if flag in data.flags),
        "notes": data.notes.strip(),
    }

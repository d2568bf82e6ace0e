"""Use cases of one person: what is refused, what is only doubted, and corrections."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.dates import PartialDate
from casemgr.domain.ethnic import ethnic_groups
from casemgr.domain.households import household_code
from casemgr.domain.identity import check_cccd, read_identity, read_insurance, read_phone
from casemgr.domain.people import Disability, Education, LabourCapacity, PersonData, Sex, Work
from casemgr.domain.permissions import Permission
from casemgr.domain.readings import reason
from casemgr.domain.text import clean, fold
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Household, HouseholdIndex, Membership, Person
from casemgr.persistence.uow import UnitOfWork

NAME_LETTERS = 200
CCCD_DIGITS = 12


@dataclass(frozen=True)
class PersonMatch:
    """Somebody already on file who may be the one being entered."""

    person_id: UUID
    household_id: UUID | None
    household: str
    """Readable code, empty when the person lives in no household now."""
    full_name: str
    birth: PartialDate | None
    id_number: str | None
    certain: bool
    """The identity number is the same."""


def correct_person(uow: UnitOfWork, person_id: UUID, version: int, data: PersonData) -> None:
    """Write the corrected data of a person; every changed field is logged."""
    uow.require(Permission.EDIT)
    record = uow.record(Person, person_id, version)
    values = person_values(_checked(uow, data, own=person_id))
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    uow.name_step(f"person.{changed[0]}" if len(changed) == 1 else "person.correct", record)


def new_person(uow: UnitOfWork, data: PersonData) -> Person:
    """Write a new person; the caller gives her a household in the same transaction."""
    record = Person(**person_values(_checked(uow, data, own=None)))
    uow.add(record)
    return record


def person(uow: UnitOfWork, person_id: UUID) -> tuple[int, PersonData]:
    """Version and data of a person."""
    record = uow.record(Person, person_id)
    return record.version, person_data(record)


def near_matches(uow: UnitOfWork, data: PersonData, *, limit: int = 5) -> list[PersonMatch]:
    """People on file with the same identity number, or the same name (tones aside) and no other birth year."""
    found: dict[UUID, PersonMatch] = {}
    if data.id_number:
        same = select(Person).where((Person.id_number == data.id_number) | (Person.old_id_number == data.id_number))
        for record in uow.session.scalars(same.limit(limit)):
            found[record.id] = _match(uow, record, certain=True)
    if clean(data.full_name):
        for record in uow.session.scalars(
            select(Person).where(Person.name_key == fold(clean(data.full_name))).limit(200)
        ):
            birth = PartialDate.from_iso(record.birth) if record.birth else None
            if record.id not in found and (data.birth is None or birth is None or data.birth.year == birth.year):
                found[record.id] = _match(uow, record, certain=False)
            if len(found) >= limit:
                break
    return list(found.values())


def doubts(data: PersonData, today: date) -> tuple[str, ...]:
    """What looks wrong but may be right, as sentences."""
    said: list[str] = []
    if data.id_number:
        codes = check_cccd(data.id_number, year=data.birth.year if data.birth else None, sex=data.sex)
        said += [reason(code) for code in codes]
    if data.birth and data.birth.age_on(today) > 110:
        said.append(_("Older than 110 years: check the year of birth."))
    if data.labour == LabourCapacity.ABLE and data.birth and data.birth.age_on(today) < 15:
        said.append(_("Marked able to work but younger than 15."))
    return tuple(said)


def person_data(record: Person) -> PersonData:
    """The person as plain data."""
    return PersonData(
        full_name=record.full_name,
        sex=Sex(record.sex) if record.sex else None,
        birth=PartialDate.from_iso(record.birth) if record.birth else None,
        id_number=record.id_number,
        id_issued_on=record.id_issued_on,
        old_id_number=record.old_id_number,
        ethnic=record.ethnic,
        education=Education(record.education) if record.education else None,
        work=Work(record.work) if record.work else None,
        occupation=record.occupation,
        labour=LabourCapacity(record.labour) if record.labour else None,
        disability=Disability(record.disability) if record.disability else None,
        insurance_number=record.insurance_number,
        merit=record.merit,
        allowance=record.allowance,
        phone=record.phone,
        died_on=record.died_on,
        notes=record.notes,
    )


def person_values(data: PersonData) -> dict[str, Any]:
    """The columns of a person, from plain data."""
    values: dict[str, Any] = dict(vars(data))
    values["birth"] = data.birth.iso if data.birth else None
    for name in ("sex", "education", "work", "labour", "disability"):
        values[name] = values[name].value if values[name] is not None else None
    return values


def cleaned(data: PersonData) -> PersonData:
    """The same with every text clean, and empty numbers as None."""
    return replace(
        data,
        full_name=clean(data.full_name),
        id_number=_digits(data.id_number),
        old_id_number=_digits(data.old_id_number),
        insurance_number=_digits(data.insurance_number.upper()) if data.insurance_number else None,
        phone=_digits(data.phone),
        occupation=clean(data.occupation),
        notes=data.notes.strip(),
    )


def _digits(text: str | None) -> str | None:
    return clean(text).replace(" ", "").replace(".", "") or None if text else None


def _checked(uow: UnitOfWork, data: PersonData, *, own: UUID | None) -> PersonData:
    data = cleaned(data)
    problems: list[Problem] = []
    if not data.full_name:
        problems.append(Problem("full_name", _("Write the full name, e.g. Nguyễn Thị Ánh.")))
    elif len(data.full_name) > NAME_LETTERS:
        problems.append(Problem("full_name", _("The name is longer than {count} letters.").format(count=NAME_LETTERS)))
    if data.birth and data.birth.first_day > uow.today:
        problems.append(Problem("birth", _("The birth date lies in the future.")))
    if data.died_on and data.died_on > uow.today:
        problems.append(Problem("died_on", _("The date of death lies in the future.")))
    if data.died_on and data.birth and data.died_on < data.birth.first_day:
        problems.append(Problem("died_on", _("The date of death lies before the birth.")))
    if data.id_number:
        problems += _identity_problems(uow, data.id_number, own)
    if data.old_id_number:
        read = read_identity(data.old_id_number)
        if read.value is None or read.value.kind != "cmnd":
            problems.append(Problem("old_id_number", _("The old identity number (CMND) has 9 digits.")))
    if data.phone and read_phone(data.phone).value is None:
        problems.append(
            Problem("phone", _("A phone number has 10 digits from 03, 05, 07, 08, 09, or 11 digits from 02."))
        )
    if data.insurance_number and read_insurance(data.insurance_number).value is None:
        problems.append(
            Problem(
                "insurance_number",
                _("A health insurance number has 10 or 12 digits, or 15 characters such as HN2838312345678."),
            )
        )
    if data.ethnic is not None and data.ethnic not in {group.code for group in ethnic_groups()}:
        problems.append(Problem("ethnic", _("Choose an ethnic group from the list.")))
    if problems:
        raise ValidationError(problems)
    return data


def _identity_problems(uow: UnitOfWork, number: str, own: UUID | None) -> list[Problem]:
    if not (number.isdecimal() and len(number) == CCCD_DIGITS):
        return [Problem("id_number", _("An identity number has exactly 12 digits, e.g. 083179001234."))]
    other = uow.session.scalars(select(Person).where(Person.id_number == number)).first()
    if other is None or other.id == own:
        return []
    match = _match(uow, other, certain=True)
    return [
        Problem(
            "id_number",
            _("This identity number already belongs to {name}, household {code}.").format(
                name=match.full_name, code=match.household or "–"
            ),
        )
    ]


def _match(uow: UnitOfWork, record: Person, *, certain: bool) -> PersonMatch:
    row = uow.session.execute(
        select(Household.id, Household.number)
        .join(Membership, Membership.household_id == Household.id)
        .where(Membership.person_id == record.id, Membership.left_on.is_(None), Membership.left_reason.is_(None))
        .join(HouseholdIndex, HouseholdIndex.household_id == Household.id)
    ).first()
    return PersonMatch(
        person_id=record.id,
        household_id=row.id if row else None,
        household=household_code(row.number) if row else "",
        full_name=record.full_name,
        birth=PartialDate.from_iso(record.birth) if record.birth else None,
        id_number=record.id_number,
        certain=certain,
    )

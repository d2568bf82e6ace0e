"""Lines pasted from Excel as participants of an event: matched by code, identity number or name, nothing guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from casemgr.domain.activities import AttendanceData
from casemgr.domain.households import household_code, parse_household_code
from casemgr.domain.identity import read_identity
from casemgr.domain.money import read_money
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold
from casemgr.i18n import _
from casemgr.persistence.models import Household, HouseholdIndex, Membership, Person, PovertyOfficer
from casemgr.persistence.uow import UnitOfWork

_CELLS = 5


@dataclass(frozen=True)
class PastedLine:
    """A line as pasted: who, days, contribution, result; who it was, or why nobody was found."""

    text: str
    data: AttendanceData
    problem: str = ""


def read_lines(uow: UnitOfWork, text: str, *, officers: bool = False) -> list[PastedLine]:
    """Lines of cells: code or identity number or name; days; contribution; result. A name alone must be unique."""
    uow.require(Permission.READ)
    found = []
    for raw in text.splitlines():
        cells = [clean(cell) for cell in raw.split("\t")][:_CELLS]
        if any(cells):
            found.append(_officer(uow, cells) if officers else _participant(uow, cells))
    return found


def _participant(uow: UnitOfWork, cells: Sequence[str]) -> PastedLine:
    who, rest = cells[0], list(cells[1:])
    if not who:  # a column of numbers stands before the names
        who = rest.pop(0) if rest else ""
    number = parse_household_code(who) if who[:1] in "hH" else None
    name = ""
    if number is not None and rest and rest[0] and not _is_number(rest[0]):
        name = rest.pop(0)
    if number is not None:
        household = uow.session.scalars(select(Household.id).where(Household.number == number)).first()
        if household is None:
            return _line(who, rest, problem=_("There is no household with the code {code}.").format(code=who))
        person = _member_called(uow, household, name) if name else None
        return _line(f"{household_code(number)} {name}".strip(), rest, household=household, person=person, name=name)
    read = read_identity(who).value
    matches = _by_number(uow, read.number) if read is not None else _by_name(uow, who)
    if len(matches) == 1:
        household, person = matches[0]
        return _line(who, rest, household=household, person=person)
    if matches:
        return _line(
            who, rest, problem=_("Several people are called {name}; write the code of the household.").format(name=who)
        )
    return _line(who, rest, problem=_("Nobody in the file is called {name}.").format(name=who))


def _officer(uow: UnitOfWork, cells: Sequence[str]) -> PastedLine:
    wanted = fold(cells[0])
    today = uow.today
    matches = [
        record.id
        for record in uow.session.scalars(select(PovertyOfficer))
        if fold(record.name) == wanted and (record.to_on is None or record.to_on >= today)
    ]
    if len(matches) == 1:
        return _line(cells[0], cells[1:], officer=matches[0])
    if matches:
        return _line(cells[0], cells[1:], problem=_("Several officers are called {name}.").format(name=cells[0]))
    return _line(cells[0], cells[1:], problem=_("No officer in office is called {name}.").format(name=cells[0]))


def _line(
    text: str,
    rest: Sequence[str],
    *,
    household: UUID | None = None,
    person: UUID | None = None,
    officer: UUID | None = None,
    name: str = "",
    problem: str = "",
) -> PastedLine:
    cells = [*rest, "", "", ""]
    days = int(cells[0]) if _is_number(cells[0]) else 1
    money = read_money(cells[1]) if cells[1] else None
    data = AttendanceData(
        household_id=household,
        person_id=person,
        officer_id=officer,
        name="" if person else name,
        days=days,
        contribution=(money.value or 0) if money else 0,
        result=cells[2],
    )
    if not problem and cells[0] and not _is_number(cells[0]):
        problem = _("“{text}” is no number of days.").format(text=cells[0])
    if not problem and money is not None and money.value is None:
        problem = _("“{text}” is no amount of money.").format(text=cells[1])
    return PastedLine(text, data, problem)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= len("365")


def _by_number(uow: UnitOfWork, number: str) -> list[tuple[UUID, UUID]]:
    return _people(uow, Person.id_number == number) or _people(uow, Person.old_id_number == number)


def _by_name(uow: UnitOfWork, name: str) -> list[tuple[UUID, UUID]]:
    wanted = fold(name)
    matches = _people(uow, Person.name_key == wanted)
    exact = [
        (household, person)
        for household, person in matches
        if clean(uow.session.get_one(Person, person).full_name).casefold() == clean(name).casefold()
    ]
    return exact or matches


def _people(uow: UnitOfWork, condition: ColumnElement[bool]) -> list[tuple[UUID, UUID]]:
    statement = (
        select(Membership.household_id, Person.id)
        .join(Person, Person.id == Membership.person_id)
        .join(HouseholdIndex, HouseholdIndex.household_id == Membership.household_id)
        .where(condition, Membership.left_reason.is_(None), Membership.left_on.is_(None), HouseholdIndex.active)
        .limit(5)
    )
    return [(household, person) for household, person in uow.session.execute(statement)]


def _member_called(uow: UnitOfWork, household: UUID, name: str) -> UUID | None:
    wanted = fold(name)
    statement = (
        select(Person.id, Person.full_name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.household_id == household)
    )
    return next((person for person, written in uow.session.execute(statement) if fold(written) == wanted), None)

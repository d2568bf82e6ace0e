"""The detailed lists of poor and near-poor households (forms 14 and 15): one line per person under each hamlet."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, LargeBinary, Select, and_, func, or_, select, true, type_coerce

from casemgr.domain.ethnic import name_of
from casemgr.domain.people import RELATION_LABELS, Relation, Sex
from casemgr.domain.reviews import Movement
from casemgr.domain.statistics import Column, Form, Value, sheet_words
from casemgr.domain.text import word_sort_key
from casemgr.errors import NotFoundError
from casemgr.i18n import _, using
from casemgr.persistence.models import Decision, Membership, Person, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.offices import hamlets
from casemgr.services.statistic_basis import Basis
from casemgr.services.statistic_rows import FigureRow
from casemgr.services.statistic_sources import Columns, measure

PAPER_LANGUAGE: Final = "vi"

_NEW: Final = frozenset(
    {
        Movement.POOR_NEW,
        Movement.POOR_IN,
        Movement.NEAR_POOR_TO_POOR,
        Movement.NEAR_POOR_NEW,
        Movement.NEAR_POOR_IN,
        Movement.POOR_TO_NEAR_POOR,
    }
)
_AGAIN: Final = frozenset({Movement.POOR_AGAIN, Movement.NEAR_POOR_AGAIN})
_OLD: Final = frozenset({Movement.STAYED_POOR, Movement.STAYED_NEAR_POOR})


def members(
    uow: UnitOfWork, form: Form, basis: Basis, columns: Sequence[Column], hamlet: UUID | None
) -> tuple[FigureRow, ...]:
    """The people of the households of the form's class, head first; a line with its name above each hamlet."""
    with using(PAPER_LANGUAGE):
        lines = _Lines(columns)
    people: dict[bytes | None, list[Any]] = {}
    for row in _people(uow, form, basis, hamlet):
        people.setdefault(row[2], []).append(row)
    rows: list[FigureRow] = []
    number = 0
    for here, title in _in_order(uow, people):
        rows.append(_heading(here, title, columns))
        number = lines.add(rows, people[here], number)
    return tuple(rows)


def _in_order(uow: UnitOfWork, people: Mapping[bytes | None, object]) -> Iterator[tuple[bytes | None, str]]:
    for view in sorted(hamlets(uow), key=lambda view: word_sort_key(view.data.name)):
        if view.id.bytes in people:
            yield view.id.bytes, view.data.full_name
    if None in people:
        yield None, sheet_words().no_hamlet


def _heading(here: bytes | None, title: str, columns: Sequence[Column]) -> FigureRow:
    cells: tuple[Value, ...] = tuple(title if column.field == "name" else None for column in columns)
    return FigureRow(f"hamlet-{here.hex() if here else 'none'}", "", title, "", cells, total=True)


def household_of(key: str) -> tuple[UUID, ...]:
    """The household of a line."""
    place = key.partition(":")[0]
    if place.startswith("hamlet-"):
        raise NotFoundError(_("This line names a hamlet; choose the line of a person."))
    return (UUID(place),)


def _people(uow: UnitOfWork, form: Form, basis: Basis, hamlet: UUID | None) -> Sequence[Any]:
    """One row per person by head: as the decision recognised them, or those of the register where none did."""
    c = basis.rows.c
    here = and_(measure(c, form.list_class, "households").rows, c.hamlet_id == hamlet if hamlet is not None else true())
    kept, living = _frozen(uow, c, here), _living(uow, basis, here)
    if not (kept and living):
        return kept or living
    return sorted([*kept, *living], key=lambda row: row[:2])


def _household(c: Columns) -> tuple[ColumnElement[Any], ...]:
    """What every line needs to know of its household: first what lines are sorted by."""
    return (
        c.head_sort,
        type_coerce(c.household_id, LargeBinary).label("household"),
        type_coerce(c.hamlet_id, LargeBinary).label("hamlet"),
        c.movement,
        type_coerce(c.merit, Integer),
        type_coerce(c.local_minority, Integer),
        type_coerce(c.no_labour, Integer),
    )


def _frozen(uow: UnitOfWork, c: Columns, here: ColumnElement[bool]) -> list[Any]:
    case = ReviewCase.__table__.c
    statement = (
        select(*_household(c), case.members)
        .join(ReviewCase.__table__, case.id == c.case_id)
        .where(here, case.members.is_not(None))
        .order_by(c.head_sort, c.household_id)
    )
    rows = []
    for *household, members in uow.session.connection().execute(statement):
        for name, sex, birth, ethnic, relation, own_words in json.loads(members):
            rows.append((*household, name, birth, sex, ethnic, relation, own_words))
    return rows


def _living(uow: UnitOfWork, basis: Basis, here: ColumnElement[bool]) -> Sequence[Any]:
    c = basis.rows.c
    belongs, person = Membership.__table__.c, Person.__table__.c
    statement = _belonging(uow, basis, here).order_by(
        c.head_sort,
        c.household_id,
        belongs.relation != Relation.HEAD.value,
        belongs.position,
        belongs.id,
    )
    statement = statement.add_columns(
        *_household(c),
        person.full_name,
        person.birth,
        person.sex,
        person.ethnic,
        belongs.relation,
        belongs.relation_text,
    )
    return uow.session.connection().execute(statement).all()


def _belonging(uow: UnitOfWork, basis: Basis, here: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The people of the register in households whose members no decision wrote down."""
    c, on = basis.rows.c, _day(uow, basis)
    belongs, person, case = Membership.__table__.c, Person.__table__.c, ReviewCase.__table__.c
    there = or_(belongs.joined_on.is_(None), belongs.joined_on <= on)
    still = or_(
        belongs.left_on > on,
        belongs.left_on.is_(None) & belongs.left_reason.is_(None),
    )
    return (
        select()
        .select_from(basis.rows)
        .outerjoin(ReviewCase.__table__, case.id == c.case_id)
        .join(Membership.__table__, belongs.household_id == c.household_id)
        .join(Person.__table__, person.id == belongs.person_id)
        .where(here, case.members.is_(None), there, still)
    )


def without_birth(uow: UnitOfWork, basis: Basis, here: ColumnElement[bool]) -> int:
    """Members of these households whose birth is not known: whether they are children is not known either."""
    case = ReviewCase.__table__.c
    member = func.json_each(case.members).table_valued("value")
    kept = (
        select(func.count())
        .select_from(basis.rows)
        .join(ReviewCase.__table__, case.id == basis.rows.c.case_id)
        .join(member, true())
        .where(here, case.members.is_not(None), func.json_extract(member.c.value, "$[2]").is_(None))
    )
    living = _belonging(uow, basis, here).add_columns(func.count()).where(Person.__table__.c.birth.is_(None))
    connection = uow.session.connection()
    return int(connection.execute(kept).scalar_one() + connection.execute(living).scalar_one())


def _day(uow: UnitOfWork, basis: Basis) -> date:
    """The day whose members of the register are listed: that of the decision, or today while there is none."""
    if basis.day is not None:
        return basis.day
    campaign = basis.campaign
    made = uow.session.get(Decision, campaign.decision_id) if campaign is not None and campaign.decision_id else None
    if made is not None and made.signed_on is not None:
        return made.signed_on
    return (campaign.closed_on if campaign is not None else None) or uow.today


class _Lines:
    """Writes the lines of people into the columns of a form."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._blank: list[Value] = [None] * len(columns)
        self._place = {column.field: place for place, column in enumerate(columns) if column.field != "empty"}
        self._relations = {one.value: _(label) for one, label in RELATION_LABELS.items()}
        self._mark = sheet_words().mark

    def add(self, rows: list[FigureRow], people: Sequence[Any], number: int) -> int:
        """Append the lines of a hamlet; gives the number of its last household."""
        place, household, member, home, key = self._place, b"", 0, UUID(int=0), ""
        name, count, relation = place["name"], place["member_number"], place["relation"]
        ethnic = place["ethnic"]
        born = {Sex.MALE.value: place["born_male"], Sex.FEMALE.value: place["born_female"]}
        for row in people:
            _sort, of, _hamlet, movement, merit, local, no_labour, full_name, birth, sex, people_of, kin, kin_text = row
            cells = self._blank.copy()
            if of != household:
                household, number, member = of, number + 1, 0
                home = UUID(bytes=household)
                key = home.hex
                self._mark_household(cells, number, movement, merit=merit, local=local, no_labour=no_labour)
            member += 1
            cells[count], cells[name] = member, full_name
            cells[relation] = kin_text or self._relations.get(kin, kin)
            if people_of:
                cells[ethnic] = name_of(people_of)
            if birth and sex:
                cells[born[sex]] = birth[:4]
            rows.append(FigureRow(f"{key}:{member}", "", "", "", tuple(cells), household_id=home))
        return number

    def _mark_household(
        self, cells: list[Value], number: int, movement: str | None, *, merit: int, local: int, no_labour: int
    ) -> None:
        """What stands on the first line of a household only."""
        cells[self._place["household_number"]] = number
        marks = {
            "new": movement in _NEW,
            "again": movement in _AGAIN,
            "old": movement in _OLD,
            "merit": merit,
            "local": local,
            "no_labour": no_labour,
        }
        for field, holds in marks.items():
            if holds:
                cells[self._place[field]] = self._mark

"""Turns matched households of a list into rows to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select

from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.imports import ImportedPerson
from casemgr.domain.offices import DecisionData
from casemgr.domain.people import LeaveReason, Relation
from casemgr.domain.text import clean
from casemgr.persistence.base import Record, new_id
from casemgr.persistence.models import (
    Decision,
    Household,
    HouseholdClassRow,
    Membership,
    Person,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.import_differences import (
    FieldChange,
    Fields,
    class_changes,
    class_values,
    household_changes,
    membership_changes,
    person_changes,
    unreadable_words,
)
from casemgr.services.import_matches import KnownPerson, Match, PersonKey
from casemgr.services.import_places import ProposedHamlet
from casemgr.services.import_records import people_on_file
from casemgr.services.people import person_values

Row = dict[str, Any]


Decided = Mapping[PersonKey, tuple[str, KnownPerson]]


class Work(Enum):
    """What a household needs."""

    CREATE = auto()
    CHANGE = auto()
    NONE = auto()


@dataclass
class PlannedWork:
    """Rows and changes of one household, not yet accepted."""

    match: Match
    kind: Work
    household_id: UUID
    code: str = ""
    household: Row | None = None
    new_people: list[Row] = field(default_factory=list)
    memberships: list[Row] = field(default_factory=list)
    classes: list[Row] = field(default_factory=list)
    updates: dict[type[Record], dict[UUID, Fields]] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    new_count: int = 0
    """People who will be written as new."""
    decided: Decided = field(default_factory=dict)
    value: HouseholdClass | None = None
    decision: UUID | None = None
    filled: bool = False
    linked_twice: bool = False
    head_elsewhere: bool = False
    head_skipped: bool = False

    def forget(self) -> None:
        """Let go of the rows once they are written."""
        self.household = None
        self.new_people, self.memberships, self.classes, self.updates = [], [], [], {}

    def update(self, model: type[Record], record_id: UUID, fields: Fields, who: str) -> None:
        """Change fields of a record, and say so."""
        if not fields:
            return
        self.updates.setdefault(model, {}).setdefault(record_id, {}).update(fields)
        for name, (old, new) in fields.items():
            if name not in {"position", "left_on", "left_reason"}:
                self.changes.append(FieldChange(f"{model.__tablename__}.{name}", who, old, new))


class Draft:
    """Everything an import will write, gathered household by household."""

    def __init__(self, uow: UnitOfWork, label: str, year: int, decision: DecisionData | None) -> None:
        self.uow = uow
        self.label = label
        self.year = year
        self.hamlets: list[ProposedHamlet] = []
        self.accepted: list[PlannedWork] = []
        self.decisions: dict[UUID, Row] = {}
        self.signed: dict[UUID, Fields] = {}
        self._default = decision
        self._linked_to: dict[UUID, PlannedWork] = {}
        self._decisions = {
            number: (decision_id, signed_on)
            for decision_id, number, signed_on in uow.session.execute(
                select(Decision.id, Decision.number, Decision.signed_on).where(Decision.year == year)
            )
        }

    def decision_number(self, decision_id: UUID | None) -> str:
        """How people call a decision on file or of this list."""
        if decision_id is None:
            return ""
        own = next((number for number, (known, _signed) in self._decisions.items() if known == decision_id), None)
        if own is not None:
            return own
        found = self.uow.session.scalars(select(Decision.number).where(Decision.id == decision_id)).first()
        return found or ""

    @property
    def dirty(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.accepted)

    def accept(self, work: PlannedWork) -> None:
        """Let the work be written."""
        self.accepted.append(work)

    def work(self, match: Match, decided: Decided, *, value: HouseholdClass | None) -> PlannedWork:
        """What one household needs."""
        decision = self._decision(match) if value else None
        work = PlannedWork(match, Work.CREATE, new_id()) if match.on_file is None else self._update(match)
        work.decided, work.value, work.decision = decided, value, decision
        if work.kind is Work.CREATE and not decided:
            work.new_count = len(match.source.members)  # its rows are made when they are written: they are many
        else:
            self.fill(work)
            work.new_count = len(work.new_people)
        if work.kind is not Work.CREATE:
            work.kind = Work.CHANGE if work.changes else Work.NONE
        return work

    def fill(self, work: PlannedWork) -> None:
        """Make the rows and changes of a household, once."""
        if work.filled:
            return
        work.filled = True
        if work.kind is Work.CREATE:
            work.household = self._household(work)
        self._people(work)
        self._class(work)

    def _decision(self, match: Match) -> UUID | None:
        number, signed = match.source.decision_number, match.source.decision_date
        if not number and self._default:
            number, signed = clean(self._default.number), self._default.signed_on
        if not number:
            return None
        if number not in self._decisions:
            decision_id = new_id()
            self._decisions[number] = (decision_id, signed)
            self.decisions[decision_id] = {
                "id": decision_id,
                "number": number,
                "signed_on": signed,
                "year": self.year,
                "summary": "",
            }
        decision_id, known = self._decisions[number]
        if signed and known is None:
            self._decisions[number] = (decision_id, signed)
            if decision_id in self.decisions:
                self.decisions[decision_id]["signed_on"] = signed
            else:
                self.signed[decision_id] = {"signed_on": (None, signed)}
        return decision_id

    def _household(self, work: PlannedWork) -> Row:
        match, source = work.match, work.match.source
        address = source.address
        if source.hamlet and match.hamlet_id is None:
            address = ", ".join(filter(None, (source.address, source.hamlet)))
        return {
            "id": work.household_id,
            "number": 0,
            "hamlet_id": match.hamlet_id,
            "area": None,
            "address": address,
            "permanent_address": source.permanent_address,
            "phone": source.phone,
            "flags": source.flags,
            "notes": _remarks(match),
            "ended_on": None,
            "end_reason": None,
        }

    def _update(self, match: Match) -> PlannedWork:
        assert match.on_file is not None  # noqa: S101 - narrows the type
        row = match.on_file.household
        work = PlannedWork(match, Work.CHANGE, row["id"], code=household_code(row["number"]))
        changes = household_changes(row, match.source, match.hamlet_id, _remarks(match))
        work.update(Household, row["id"], changes, match.source.head.data.full_name)
        return work

    def _people(self, work: PlannedWork) -> None:
        match = work.match
        members = match.on_file.members if match.on_file else []
        position = max((row["position"] for row in members), default=-1)
        for place, person in enumerate(match.source.members):
            row = match.people.get(place)
            if row is not None:
                self._known_member(work, row, person)
                continue
            choice, known = work.decided.get(match.key(place), ("new", None))
            if choice == "skip":
                work.head_skipped = work.head_skipped or place == 0
                continue
            here = next((row for row in members if known and row["id"] == known.person_id), None)
            if choice == "link" and here is not None:  # she lives here, under another name or number
                self._known_member(work, here, person)
                continue
            position += 1
            if choice == "link" and known is not None:
                self._linked(work, known, person, position)
            else:
                self._newcomer(work, person, position, taken=known is not None and known.certain)
        if _head_changes(match):
            self._demote_head(work, members)

    def _known_member(self, work: PlannedWork, row: RowMapping, person: ImportedPerson) -> None:
        words = unreadable_words(work.match.source, person.row, of_person=True)
        work.update(Person, row["id"], person_changes(row, person, words), person.data.full_name)
        changes = membership_changes(row, person)
        work.update(Membership, row["membership_id"], changes, person.data.full_name)

    def _newcomer(self, work: PlannedWork, person: ImportedPerson, position: int, *, taken: bool) -> None:
        values = person_values(person.data)
        words = [values["notes"], unreadable_words(work.match.source, person.row, of_person=True)]
        if taken:
            words.append(f"CCCD: {person.data.id_number}")
            values["id_number"] = None
        values["notes"] = "; ".join(filter(None, words))
        values["id"] = new_id()
        work.new_people.append(values)
        self._join(work, values["id"], person, position)

    def _join(self, work: PlannedWork, person_id: UUID, person: ImportedPerson, position: int) -> None:
        relation = person.relation
        if work.match.on_file is not None:
            work.changes.append(FieldChange("membership", person.data.full_name, "", person.data.full_name))
        work.memberships.append(
            {
                "household_id": work.household_id,
                "person_id": person_id,
                "relation": relation.value,
                "relation_text": person.relation_text,
                "position": 0 if relation is Relation.HEAD else position,
                "joined_on": None,
                "left_on": None,
                "left_reason": None,
            }
        )

    def _linked(self, work: PlannedWork, known: KnownPerson, person: ImportedPerson, position: int) -> None:
        """Somebody already on file moves in."""
        work.linked_twice = work.linked_twice or self._linked_to.setdefault(known.person_id, work) is not work
        row = people_on_file(self.uow, [known.person_id])[0]
        words = unreadable_words(work.match.source, person.row, of_person=True)
        work.update(Person, row["id"], person_changes(row, person, words), person.data.full_name)
        if row["membership_id"] is not None:
            if row["relation"] == Relation.HEAD and self._others_remain(work, row):
                work.head_elsewhere = True
            left: Fields = {
                "left_on": (None, self.uow.today),
                "left_reason": (None, LeaveReason.MOVED.value),
            }
            work.update(Membership, row["membership_id"], left, person.data.full_name)
        self._join(work, row["id"], person, position)

    def _others_remain(self, work: PlannedWork, row: RowMapping) -> bool:
        linked = {known.person_id for known in work.match.known}
        others = self.uow.session.scalars(
            select(Membership.person_id).where(
                Membership.household_id == row["household_id"],
                Membership.left_on.is_(None),
                Membership.left_reason.is_(None),
                Membership.person_id != row["id"],
            )
        )
        return any(other not in linked for other in others)

    def _demote_head(self, work: PlannedWork, members: Sequence[RowMapping]) -> None:
        """The former head, where the list names another and does not say what the former one is now."""
        for row in members:
            changed = work.updates.get(Membership, {}).get(row["membership_id"], {})
            if row["relation"] == Relation.HEAD and "relation" not in changed:
                last = max(other["position"] for other in members) + 1
                fields: Fields = {
                    "relation": (Relation.HEAD.value, Relation.OTHER.value),
                    "position": (row["position"], last),
                }
                work.update(Membership, row["membership_id"], fields, row["full_name"])

    def _class(self, work: PlannedWork) -> None:
        source, value = work.match.source, work.value
        values = class_values(source, value, work.decision)
        row = work.match.on_file.class_row if work.match.on_file else None
        if row is not None:
            work.update(HouseholdClassRow, row["id"], class_changes(row, values), source.head.data.full_name)
            return
        if value is None and source.b1 is None and source.b2 is None and not source.causes:
            return
        values["value"] = (value or HouseholdClass.UNREVIEWED).value
        work.classes.append(
            values
            | {
                "household_id": work.household_id,
                "year": self.year,
                "since": None,
                "standard": "",
                "deprivations": (),
                "note": "",
            }
        )
        if work.match.on_file is not None:
            who = source.head.data.full_name
            work.changes.append(FieldChange("household_class.value", who, "", values["value"]))


def _remarks(match: Match) -> str:
    words = unreadable_words(match.source, match.source.row, of_person=False)
    return "; ".join(filter(None, (match.source.remarks, words)))


def _head_changes(match: Match) -> bool:
    """Whether the list's head is another than the one on file."""
    if match.on_file is None:
        return False
    row = match.people.get(0)
    return row is None or row["relation"] != Relation.HEAD

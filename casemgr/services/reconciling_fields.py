"""What differs between a household of a list and the one on file; an unreadable cell counts as it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import RowMapping

from casemgr.domain import ethnic
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import (
    CLASS_LABELS,
    POLICY_LABELS,
    POVERTY_CAUSES,
    HouseholdClass,
    PolicyFlag,
)
from casemgr.domain.imports import ImportedHousehold, ImportedList, ImportedPerson, Severity
from casemgr.domain.people import RELATION_LABELS, SEX_LABELS, Relation, Sex
from casemgr.domain.reconciling import Difference
from casemgr.domain.text import clean, tone_old
from casemgr.i18n import _, format_date, format_number
from casemgr.services.import_births import births_agree, iso
from casemgr.services.import_matches import KnownPerson, Match

_FLAG_COLUMNS = {
    "minority": PolicyFlag.ETHNIC_MINORITY,
    "no_labour": PolicyFlag.NO_LABOUR,
    "merit": PolicyFlag.MERIT,
    "social_protection": PolicyFlag.SOCIAL_PROTECTION,
}
_CLASS_COLUMNS = frozenset({"class", "class_poor", "class_near_poor", "class_escaped_poor", "class_escaped_near_poor"})

Pair = tuple[ImportedPerson, RowMapping]
Newcomer = tuple[ImportedPerson, KnownPerson | None]


@dataclass
class Sheets:
    """What the list's sheets have columns for, and whether they name the members."""

    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    with_members: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, imported: ImportedList) -> "Sheets":
        """Look at a whole list."""
        columns: dict[str, frozenset[str]] = {}
        for table in imported.tables:
            read = frozenset(use.field for use in table.columns if use.field)
            columns[table.sheet] = columns.get(table.sheet, frozenset()) | read
        return cls(columns, {one.sheet for one in imported.households if len(one.members) > 1})


@dataclass(frozen=True)
class Lookup:
    """Names of what rows point to."""

    hamlets: Mapping[UUID | None, str]
    decisions: Mapping[UUID, tuple[str, date | None]]


@lru_cache(maxsize=65536)
def _name_key(name: str) -> str:
    return tone_old(clean(name)).casefold()


def birth_text(birth: str | None) -> str:
    """A birth on file as people write it."""
    return PartialDate.from_iso(birth).text if birth else ""


def class_text(value: str | None) -> str:
    """A class in words."""
    return _(CLASS_LABELS[HouseholdClass(value)]) if value else ""


class Comparison:
    """The differences of one matched household."""

    def __init__(self, match: Match, sheets: Sheets, lookup: Lookup) -> None:
        assert match.on_file is not None  # noqa: S101 - narrows the type
        self._match = match
        self._source: ImportedHousehold = match.source
        self._file = match.on_file
        self._columns = sheets.columns.get(match.source.sheet, frozenset())
        self._with_members = match.source.sheet in sheets.with_members
        self._lookup = lookup
        self._raw = {
            (note.row, note.field): " ".join(note.raw.split())
            for note in match.source.notes
            if note.severity is Severity.ERROR or note.reason == "duplicate-id"
        }
        self._found: list[Difference] = []
        self._compare()

    @property
    def found(self) -> tuple[Difference, ...]:
        """What differs."""
        return tuple(self._found)

    def _compare(self) -> None:
        self._class()
        self._places()
        pairs, newcomers, missing = self._people()
        heads = self._head(pairs, newcomers, missing)
        for person, row in pairs:
            self._person(person, row, related=person is not self._source.head and row["id"] not in heads)
        if not self._with_members:
            self._count()
            return
        for person, known in newcomers:
            self._add("member", person.data.full_name, self._where(known), person.data.full_name)
        for row in missing:
            self._add("member", row["full_name"], row["full_name"], "")

    # ---- adding

    def _add(self, name: str, who: str, here: str, there: str) -> None:
        self._found.append(Difference(name, who, here, there))

    def _value(self, name: str, who: str, here: str, there: str, raw: str = "", *, blank: bool = False) -> None:
        """One value; `blank` says that an empty cell of the list differs too."""
        written = there or raw
        if written == here or (not written and not blank):
            return
        self._add(name, who, here, written)

    # ---- the household

    def _class(self) -> None:
        source, row, who = self._source, self._file.class_row, self._source.head.data.full_name
        raw = self._raw.get((source.row, "class"), "")
        here, there = (row["value"] if row else None), (source.value.value if source.value else None)
        if here in (None, HouseholdClass.UNREVIEWED.value) and not there and not raw:
            return
        self._value("class", who, class_text(here), class_text(there), raw, blank=bool(_CLASS_COLUMNS & self._columns))
        if row is None:
            return
        for name, score in (("b1", source.b1), ("b2", source.b2)):
            said = "" if row[name] is None else format_number(row[name])
            written = "" if score is None else format_number(score)
            raw = self._raw.get((source.row, name), "")
            self._value(name, who, said, written, raw, blank=bool({name, "score"} & self._columns))
        self._decision(row, who)
        if "causes" in self._columns and sorted(row["causes"]) != sorted(source.causes):
            self._add("causes", who, _causes(row["causes"]), _causes(source.causes))
        self._flags(who)

    def _decision(self, row: RowMapping, who: str) -> None:
        number, signed = self._lookup.decisions.get(row["decision_id"], ("", None))
        there, on = clean(self._source.decision_number), self._source.decision_date
        if "decision_number" in self._columns and number.casefold() != there.casefold():
            self._add("decision_number", who, number, there)
        elif on is not None and signed != on:
            self._add("decision_date", who, format_date(signed) if signed else "", format_date(on))

    def _flags(self, who: str) -> None:
        asked = [flag for column, flag in _FLAG_COLUMNS.items() if column in self._columns]
        here = [flag for flag in asked if flag.value in self._file.household["flags"]]
        there = [flag for flag in asked if flag.value in self._source.flags]
        if here != there:
            self._add("flags", who, *(", ".join(_(POLICY_LABELS[flag]) for flag in side) for side in (here, there)))

    def _places(self) -> None:
        here = self._file.household["hamlet_id"]
        if self._match.hamlet_id is not None and self._match.hamlet_id != here:
            names, who = self._lookup.hamlets, self._source.head.data.full_name
            self._value("hamlet", who, names.get(here, ""), names.get(self._match.hamlet_id) or self._source.hamlet)

    # ---- its people

    def _people(
        self,
    ) -> tuple[list[tuple[ImportedPerson, RowMapping]], list[Newcomer], list[RowMapping]]:
        """People on both sides, only there, only here."""
        known = {one.key: one for one in self._match.known}
        free: dict[UUID, RowMapping] = {row["id"]: row for row in self._file.members}
        for matched in self._match.people.values():
            free.pop(matched["id"], None)
        pairs: list[Pair] = []
        newcomers: list[Newcomer] = []
        for place, person in enumerate(self._source.members):
            row: RowMapping | None = self._match.people.get(place)
            one = known.get(self._match.key(place))
            if row is None and one is not None and not one.conflict:
                row = free.pop(one.person_id, None)
            if row is not None:
                pairs.append((person, row))
            else:
                newcomers.append((person, one))
        return pairs, newcomers, list(free.values())

    def _head(
        self,
        pairs: Sequence[Pair],
        newcomers: list[Newcomer],
        missing: list[RowMapping],
    ) -> set[UUID]:
        """Say it when the heads are different people; returns whose relations that already explains."""
        head = min(self._file.members, key=lambda row: row["relation"] != Relation.HEAD)
        first = self._source.head
        listed = next((row for person, row in pairs if person is first), None)
        if listed is not None and listed["id"] == head["id"]:
            return set()
        name = first.data.full_name
        self._add("head", name, head["full_name"], name)
        gone = any(row["id"] == head["id"] for row in missing)
        if listed is None and gone and all(known is None for person, known in newcomers if person is first):
            newcomers[:] = [one for one in newcomers if one[0] is not first]  # one took the other's place: said above
            missing[:] = [row for row in missing if row["id"] != head["id"]]
        return {head["id"], *([listed["id"]] if listed is not None else [])}

    def _where(self, known: KnownPerson | None) -> str:
        if known is None or not known.certain or known.conflict or not known.household:
            return ""
        return _("in household {code}").format(code=known.household)

    def _count(self) -> None:
        stated, here = self._source.stated_members, len(self._file.members)
        if stated is not None and stated != here:
            self._add("members", self._source.head.data.full_name, format_number(here), format_number(stated))

    def _person(self, person: ImportedPerson, row: RowMapping, *, related: bool) -> None:
        data, who = person.data, person.data.full_name
        if _name_key(row["full_name"]) != _name_key(who):
            self._add("name", who, row["full_name"], who)
        self._birth(person, row)
        if data.sex is not None and row["sex"] and data.sex != row["sex"]:
            self._add("sex", who, _(SEX_LABELS[Sex(row["sex"])]), _(SEX_LABELS[data.sex]))
        raw = self._raw.get((person.row, "identity"), "")
        blank = "identity" in self._columns and data.old_id_number is None
        self._value("identity", who, row["id_number"] or "", data.id_number or "", raw, blank=blank)
        if data.old_id_number and row["old_id_number"] and data.old_id_number != row["old_id_number"]:
            self._add("old_identity", who, row["old_id_number"], data.old_id_number)
        if data.ethnic and row["ethnic"] and data.ethnic != row["ethnic"]:
            self._add("ethnic", who, ethnic.name_of(row["ethnic"]), ethnic.name_of(data.ethnic))
        relations = {person.relation.value, row["relation"]}
        if related and len(relations) == 2 and Relation.OTHER not in relations and "relation" in self._columns:
            here = _(RELATION_LABELS[Relation(row["relation"])])
            self._add("relation", who, here, person.relation_text or _(RELATION_LABELS[person.relation]))

    def _birth(self, person: ImportedPerson, row: RowMapping) -> None:
        """Births differ when they contradict, when only one side has one, and when the file is the vaguer one."""
        here, there = row["birth"] or "", iso(person.data.birth) or ""
        raw = next(
            (text for (at, name), text in self._raw.items() if at == person.row and name.startswith("birth")), ""
        )
        if there and here and births_agree(here, there) and len(here) >= len(there):
            return
        asked = any(name.startswith("birth") for name in self._columns)
        said = person.data.birth.text if person.data.birth else ""
        self._value("birth", person.data.full_name, birth_text(here), said, raw, blank=asked)


def _causes(codes: Sequence[str]) -> str:
    return "; ".join(_(POVERTY_CAUSES.get(code, code)) for code in sorted(codes))

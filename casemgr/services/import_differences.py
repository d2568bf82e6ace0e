"""What an imported list would change on file, field by field; an empty cell never overwrites, nor a vaguer value."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.imports import FIELDS, ImportedHousehold, ImportedPerson, Severity
from casemgr.domain.people import RELATION_LABELS, SEX_LABELS, Relation
from casemgr.domain.text import tone_old
from casemgr.i18n import N_, _
from casemgr.services.people import person_values

Fields = dict[str, tuple[Any, Any]]
"""Old and new value by field."""

CHANGE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person.full_name": N_("Full name"),
        "person.sex": N_("Sex"),
        "person.birth": N_("Birth date"),
        "person.id_number": N_("Identity number (CCCD)"),
        "person.id_issued_on": N_("Identity card issued on"),
        "person.old_id_number": N_("Old identity number (CMND)"),
        "person.ethnic": N_("Ethnic group"),
        "person.education": N_("Education"),
        "person.occupation": N_("Occupation"),
        "person.labour": N_("Ability to work"),
        "person.disability": N_("Disability"),
        "person.insurance_number": N_("Health insurance number"),
        "person.merit": N_("Person of merit"),
        "person.phone": N_("Telephone"),
        "person.notes": N_("Notes"),
        "household.hamlet_id": N_("Hamlet"),
        "household.address": N_("Address"),
        "household.permanent_address": N_("Registered residence"),
        "household.phone": N_("Telephone"),
        "household.flags": N_("Policy attributes"),
        "household.notes": N_("Notes"),
        "household_class.value": N_("Class"),
        "household_class.b1": N_("Score B1"),
        "household_class.b2": N_("Score B2"),
        "household_class.causes": N_("Causes of poverty"),
        "household_class.decision_id": N_("Decision number"),
        "membership": N_("New member"),
        "membership.relation": N_("Relation to head"),
        "membership.relation_text": N_("Words for the relation"),
    }
)
_ENUM_LABELS: Final[Mapping[str, Mapping[Any, str]]] = MappingProxyType(
    {
        "household_class.value": {value.value: label for value, label in CLASS_LABELS.items()},
        "membership.relation": {value.value: label for value, label in RELATION_LABELS.items()},
        "person.sex": {value.value: label for value, label in SEX_LABELS.items()},
    }
)
_PERSON_CELLS: Final = frozenset(
    {"name", "head_name", "member_name", "relation", "birth", "birth_day", "birth_month", "birth_year", "birth_male",
     "birth_female", "sex", "sex_male", "sex_female", "identity", "old_identity", "identity_date", "ethnic",
     "insurance"}
)  # fmt: skip


@dataclass(frozen=True)
class FieldChange:
    """One field the import would change."""

    field: str
    """Table and column, a key of `CHANGE_LABELS`."""
    who: str
    old: Any
    new: Any

    @property
    def label(self) -> str:
        """What the field is called."""
        return _(CHANGE_LABELS[self.field])

    def shown(self, value: object) -> str:
        """A value of this field in words."""
        labels = _ENUM_LABELS.get(self.field, {})
        if value in (None, "", ()):
            return ""
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        return _(labels[value]) if value in labels else str(value)


def differences(row: RowMapping, values: Mapping[str, Any]) -> Fields:
    """Fields of a row that have another, non-empty value."""
    return {
        name: (row[name], value)
        for name, value in values.items()
        if value not in (None, "", (), False) and row[name] != value
    }


def person_changes(row: RowMapping, person: ImportedPerson, unreadable: str) -> Fields:
    """What the list knows better about a person."""
    values = person_values(person.data)
    notes = "; ".join(filter(None, (values.pop("notes"), unreadable)))
    changes = differences(row, values)
    if "full_name" in changes and tone_old(row["full_name"]) == tone_old(values["full_name"]):
        del changes["full_name"]
    if "birth" in changes and row["birth"] and row["birth"].startswith(values["birth"]):
        del changes["birth"]  # the file knows the day, the list only the year
    changes |= added_words(row["notes"], "notes", notes)
    return changes


def added_words(old: str, name: str, new: str) -> Fields:
    """Remarks are added to those on file, never put in their place."""
    missing = [part for part in (part.strip() for part in new.split(";")) if part and part not in old]
    if not missing:
        return {}
    return {name: (old, "; ".join(filter(None, (old, *missing))))}


def household_changes(row: RowMapping, household: ImportedHousehold, hamlet_id: UUID | None, remarks: str) -> Fields:
    """What the list knows better about a household."""
    changes = differences(
        row,
        {
            "hamlet_id": hamlet_id,
            "address": household.address,
            "permanent_address": household.permanent_address,
            "phone": household.phone,
        },
    )
    flags = tuple(dict.fromkeys((*row["flags"], *household.flags)))
    if flags != tuple(row["flags"]):
        changes["flags"] = (row["flags"], flags)
    return changes | added_words(row["notes"], "notes", remarks)


def class_values(household: ImportedHousehold, value: HouseholdClass | None, decision: UUID | None) -> dict[str, Any]:
    """The columns of a class row the list fills."""
    return {
        "value": value.value if value else None,
        "decision_id": decision,
        "b1": household.b1,
        "b2": household.b2,
        "causes": household.causes,
    }


def class_changes(row: RowMapping, values: Mapping[str, Any]) -> Fields:
    """What the list knows better about the class of the year; a score of 0 counts."""
    changes = differences(row, values)
    for name in ("b1", "b2"):
        if values[name] == 0 and row[name] != 0:
            changes[name] = (row[name], 0)
    return changes


def membership_changes(row: RowMapping, person: ImportedPerson) -> Fields:
    """What the list knows better about a member's relation; "other" does not overwrite what is known."""
    relation, text = person.relation.value, person.relation_text
    changes: Fields = {}
    vague = person.relation is Relation.OTHER and row["relation"] != Relation.HEAD
    if row["relation"] != relation and not vague:
        changes["relation"] = (row["relation"], relation)
        if person.relation is Relation.HEAD:
            changes["position"] = (row["position"], 0)
    if text and row["relation_text"] != text and not (vague and row["relation"] != Relation.OTHER):
        changes["relation_text"] = (row["relation_text"], text)
    return changes


def unreadable_words(household: ImportedHousehold, row: int, *, of_person: bool) -> str:
    """The raw text of cells that could not be read, to be kept in the notes."""
    return "; ".join(
        dict.fromkeys(
            f"{_(FIELDS.get(note.field, note.field))}: {' '.join(note.raw.split()).replace(';', ',')}"
            for note in household.notes
            if note.severity is Severity.ERROR
            and note.row == row
            and note.raw
            and (note.field in _PERSON_CELLS) is of_person
        )
    )

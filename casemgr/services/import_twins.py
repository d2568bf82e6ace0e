"""Households that stand in one list twice: by mistake, or because they left one class for another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import ImportedHousehold
from casemgr.domain.text import clean, fold
from casemgr.services.import_births import iso, names_day

ESCAPED: Final = frozenset({HouseholdClass.ESCAPED_POOR, HouseholdClass.ESCAPED_NEAR_POOR})
LISTED: Final = frozenset({HouseholdClass.POOR, HouseholdClass.NEAR_POOR})


@dataclass(frozen=True)
class Listed:
    """The households of a list, each once, and those that stand there again with their first place."""

    once: list[ImportedHousehold]
    again: list[tuple[ImportedHousehold, ImportedHousehold]]
    moved: list[tuple[ImportedHousehold, ImportedHousehold]]
    """On a list of escaped households, and on the list of poor or near-poor ones too: the latter is its class."""


def each_once(households: Sequence[ImportedHousehold]) -> Listed:
    """Sort out what stands in the list twice."""
    found = Listed([], [], [])
    seen: dict[str, ImportedHousehold] = {}
    for household in sorted(households, key=lambda one: one.value in ESCAPED):
        keys = list(_keys(household))
        first = next((seen[key] for key in keys if key in seen), None)
        if first is None:
            found.once.append(household)
            seen.update(dict.fromkeys(keys, household))
        elif household.value in ESCAPED and first.value in LISTED:
            found.moved.append((household, first))
        else:
            found.again.append((household, first))
    return found


def _keys(household: ImportedHousehold) -> Iterator[str]:
    """What says that two rows are about one household: the head's number, or name, full birth and hamlet."""
    head = household.head
    raw = next((note.raw for note in household.notes if note.reason == "duplicate-id" and note.row == head.row), None)
    number = head.data.id_number or raw
    if number:
        yield number
    birth = iso(head.data.birth)
    if names_day(birth):
        yield f"{fold(clean(head.data.full_name))} {birth} {fold(household.hamlet)}"

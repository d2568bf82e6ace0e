"""Comparing a list from the national system with the file: only here, only there, and what differs field by field."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from casemgr.domain.households import HouseholdClass
from casemgr.i18n import N_, _

COMPARED: Final = MappingProxyType(
    {
        "class": N_("Class"),
        "b1": N_("Score B1"),
        "b2": N_("Score B2"),
        "decision_number": N_("Decision number"),
        "decision_date": N_("Decision date"),
        "causes": N_("Causes of poverty"),
        "flags": N_("Policy attributes"),
        "hamlet": N_("Hamlet"),
        "head": N_("Head of household"),
        "members": N_("Number of people"),
        "member": N_("Member"),
        "relation": N_("Relation to head"),
        "name": N_("Full name"),
        "birth": N_("Birth date"),
        "sex": N_("Sex"),
        "identity": N_("Identity number (CCCD)"),
        "old_identity": N_("Old identity number (CMND)"),
        "ethnic": N_("Ethnic group"),
    }
)
"""Every field that is compared, with its label."""


REMARKS: Final = MappingProxyType(
    {
        "twice": N_("The same household stands in the list already at {place}."),
        "taken": N_("Its household on file already belongs to another row of the list."),
        "ended": N_("The household {code} has ended here."),
        "elsewhere": N_("{name} is on file in household {code}."),
        "nowhere": N_("{name} is on file, in no household."),
        "number-taken": N_("The identity number of {name} is on file for {other}."),
        "in-list": N_("{name} stands in the list at {place}."),
    }
)
"""What may help to understand why a household stands on one side only."""


@dataclass(frozen=True)
class Remark:
    """One sentence of `REMARKS` with its names."""

    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        """The sentence in the language in force."""
        return _(REMARKS[self.code]).format(**dict(self.values))


@dataclass(frozen=True)
class Difference:
    """One field that is not the same; both values as people read them."""

    field: str
    """A key of `COMPARED`."""
    who: str
    here: str
    there: str

    @property
    def label(self) -> str:
        """What the field is called."""
        return _(COMPARED[self.field])


@dataclass(frozen=True)
class OnlyHere:
    """A household on file that the list does not have."""

    household_id: UUID
    code: str
    head: str
    birth: str
    hamlet: str
    people: int
    value: HouseholdClass
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class OnlyThere:
    """A household of the list that is not on file."""

    sheet: str
    row: int
    head: str
    birth: str
    hamlet: str
    people: int
    value: HouseholdClass | None
    household_id: UUID | None = None
    """A household on file that has to do with it, where one is known."""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Differing:
    """A household on both sides that is not the same on both."""

    household_id: UUID
    code: str
    head: str
    hamlet: str
    sheet: str
    row: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Reconciliation:
    """The whole comparison; nothing was written."""

    label: str
    year: int
    classes: tuple[HouseholdClass, ...]
    """Classes of the year a household on file must have to be expected in the list."""
    hamlets: tuple[str, ...]
    """Names of the only hamlets looked at; empty = the whole commune."""
    here: int
    """Households on file that were expected in the list."""
    there: int
    """Households of the list."""
    same: int
    """Households that are the same on both sides."""
    only_here: tuple[OnlyHere, ...]
    only_there: tuple[OnlyThere, ...]
    differs: tuple[Differing, ...]

"""What the tables of a comparison show: households on one side or differing, and the fields of one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.reconciling import Difference, Reconciliation, Remark
from casemgr.i18n import N_, _, format_number
from ui.models.rows import Column

DIFFERS, HERE, THERE = "differs", "here", "there"
KINDS: Final[Mapping[str, str]] = {
    DIFFERS: N_("Differs"),
    HERE: N_("Only in this file"),
    THERE: N_("Only in the list"),
}
TONES: Final = {DIFFERS: "near", HERE: "info", THERE: "poor"}


@dataclass(frozen=True)
class CompareRow:
    """A household that is not the same on both sides."""

    kind: str
    place: str
    """Sheet and row of the list; empty when it is not there."""
    code: str
    head: str
    hamlet: str
    people: str
    value: HouseholdClass | None
    household_id: UUID | None
    differences: tuple[Difference, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def told(self) -> str:
        """Why it stands on one side only, as far as anything is known."""
        if self.remarks:
            return "\n".join(remark.message for remark in self.remarks)
        if self.kind == HERE:
            return _("Nothing in the list seems to be about this household.")
        return _("Nobody of this household seems to be on file.") if self.kind == THERE else ""

    @property
    def what(self) -> str:
        """What differs, or what may explain why it stands on one side only."""
        if self.differences:
            return ", ".join(dict.fromkeys(each.label for each in self.differences))
        return " ".join(remark.message for remark in self.remarks)


def compare_rows(found: Reconciliation) -> list[CompareRow]:
    """What differs first, then what stands only here, then only there."""
    rows = [
        CompareRow(
            DIFFERS, f"{one.sheet}!{one.row}", one.code, one.head, one.hamlet, "", None, one.household_id,
            one.differences,
        )
        for one in found.differs
    ]  # fmt: skip
    rows += [
        CompareRow(
            HERE, "", one.code, one.head, one.hamlet, format_number(one.people), one.value, one.household_id,
            remarks=one.remarks,
        )
        for one in found.only_here
    ]  # fmt: skip
    rows += [
        CompareRow(
            THERE, f"{one.sheet}!{one.row}", "", one.head, one.hamlet, format_number(one.people), one.value,
            one.household_id, remarks=one.remarks,
        )
        for one in found.only_there
    ]  # fmt: skip
    return rows


def counts(rows: Sequence[CompareRow]) -> dict[str, int]:
    """How many rows each chip lets through."""
    return {kind: sum(row.kind == kind for row in rows) for kind in KINDS}


COMPARED: Final = (
    Column[CompareRow]("kind", N_("Comparison"), lambda row: _(KINDS[row.kind]), 180, tone=lambda row: TONES[row.kind]),
    Column[CompareRow]("head", N_("Head of household"), lambda row: row.head, 180),
    Column[CompareRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 120),
    Column[CompareRow]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[CompareRow]("place", N_("Place"), lambda row: row.place, 150, spare=True),
    Column[CompareRow]("people", N_("People"), lambda row: row.people, 100, right=True, spare=True),
    Column[CompareRow](
        "class", N_("Class"), lambda row: _(CLASS_SHORT_LABELS[row.value]) if row.value else "", 110, spare=True
    ),
    Column[CompareRow]("what", N_("What differs"), lambda row: row.what, 260),
)

FIELDS: Final = (
    Column[Difference]("field", N_("Field"), lambda line: line.label, 170),
    Column[Difference]("who", N_("Person"), lambda line: line.who, 190),
    Column[Difference]("here", N_("In this file"), lambda line: line.here or "–", 230),
    Column[Difference]("there", N_("In the list"), lambda line: line.there or "–", 230),
)

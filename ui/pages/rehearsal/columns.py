"""The columns of the lists of a trial: who changes, what is missing, what support begins, who is behind a number."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.rehearsal import Change, Missing
from casemgr.i18n import N_, _, format_number
from casemgr.services.entitlement_changes import BEGINS, EFFECT_LABELS, ENDS, MAY_BEGIN, ProgrammeEffect
from casemgr.services.households import HouseholdRow
from ui.models.rows import Column
from ui.tones import class_tone


def short(value: HouseholdClass | None) -> str:
    """A class in one word."""
    return _("Not determined") if value is None else _(CLASS_SHORT_LABELS[value])


def tone(value: HouseholdClass | None) -> str:
    """Its colour."""
    return "plain" if value is None else class_tone(value)


CHANGES: Final = (
    Column[Change]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[Change]("head", N_("Head of household"), lambda row: row.head, 180),
    Column[Change]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 120),
    Column[Change]("old", N_("Class now"), lambda row: short(row.old), 130, code=True, tone=lambda row: tone(row.old)),
    Column[Change](
        "new", N_("By this standard"), lambda row: short(row.new), 130, code=True, tone=lambda row: tone(row.new)
    ),
    Column[Change]("why", N_("Why"), lambda row: row.reason, 360),
)


def missing_columns(name_of: Callable[[str], str]) -> tuple[Column[Missing], ...]:
    """The list of missing answers; `name_of` says what an answer is called in the standard tried."""
    return (
        Column[Missing]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 120),
        Column[Missing]("code", N_("Code"), lambda row: row.code, 84, code=True),
        Column[Missing]("head", N_("Head of household"), lambda row: row.head, 180),
        Column[Missing](
            "old", N_("Class now"), lambda row: short(row.old), 130, code=True, tone=lambda row: tone(row.old)
        ),
        Column[Missing]("possible", N_("May be"), lambda row: ", ".join(short(value) for value in row.possible), 170),
        Column[Missing]("missing", N_("Missing"), lambda row: "; ".join(map(name_of, row.codes)), 380),
    )


class EffectRow(NamedTuple):
    """One number of a programme: what happens, to which households, for how many beneficiaries."""

    programme: str
    title: str
    what: str
    homes: Sequence[UUID]
    people: int | None

    @property
    def words(self) -> str:
        """What happens."""
        return _(EFFECT_LABELS[self.what])


def effect_rows(effects: Sequence[ProgrammeEffect]) -> list[EffectRow]:
    """A line for every number, in the order of the programmes."""
    return [EffectRow(one.programme, one.title, *each) for one in effects for each in one.lists]


_EFFECT_TONES: Final = {BEGINS: "ok", MAY_BEGIN: "plain", ENDS: "poor"}

EFFECTS: Final = (
    Column[EffectRow]("programme", N_("Programme code"), lambda row: row.programme, 100, code=True),
    Column[EffectRow]("title", N_("Programme"), lambda row: row.title, 320),
    Column[EffectRow](
        "what", N_("What happens"), lambda row: row.words, 130, code=True, tone=lambda row: _EFFECT_TONES[row.what]
    ),
    Column[EffectRow]("homes", N_("Households"), lambda row: format_number(len(row.homes)), 100, right=True, code=True),
    Column[EffectRow](
        "people",
        N_("Beneficiaries"),
        lambda row: "" if row.people is None else format_number(row.people),
        120,
        right=True,
    ),
)


HOUSEHOLDS: Final = (
    Column[HouseholdRow]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[HouseholdRow]("head", N_("Head of household"), lambda row: row.head, 220),
    Column[HouseholdRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 160),
    Column[HouseholdRow](
        "class", N_("Class"), lambda row: short(row.class_value), 130, tone=lambda row: tone(row.class_value)
    ),
    Column[HouseholdRow]("people", N_("People"), lambda row: format_number(row.people), 80, right=True),
)

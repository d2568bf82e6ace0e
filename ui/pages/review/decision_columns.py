"""The lists of a decision and their columns."""

from typing import Final

from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.domain.reviews import MOVEMENT_LABELS
from casemgr.i18n import N_, _, format_number
from casemgr.services import decision_previews as lists
from casemgr.services.decision_previews import DecisionRow
from ui.models.rows import Column
from ui.tones import class_tone

LISTS: Final = {
    lists.POOR: N_("Poor households"),
    lists.NEAR_POOR: N_("Near-poor households"),
    lists.ESCAPED_POOR: N_("Escaped from poverty"),
    lists.ESCAPED_NEAR_POOR: N_("Escaped from near-poverty"),
    lists.AVERAGE: N_("Average living standard"),
    lists.REFUSED: N_("Asked in vain"),
    lists.GONE: N_("No longer kept"),
}
"""In the order of the decision."""


def result_words(row: DecisionRow) -> str:
    """The class the decision writes."""
    return _(CLASS_SHORT_LABELS[row.result]) if row.result is not None else "–"


def _number(value: int | None) -> str:
    return "–" if value is None else format_number(value)


COLUMNS: Final = (
    Column[DecisionRow]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[DecisionRow]("head", N_("Head of household"), lambda row: row.head, 190),
    Column[DecisionRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 140, spare=True),
    Column[DecisionRow]("people", N_("People"), lambda row: format_number(row.people), 88, right=True, spare=True),
    Column[DecisionRow](
        "opening",
        N_("Before"),
        lambda row: _(CLASS_SHORT_LABELS[row.opening]),
        110,
        tone=lambda row: class_tone(row.opening),
        spare=True,
    ),
    Column[DecisionRow](
        "result",
        N_("Result"),
        result_words,
        120,
        tone=lambda row: class_tone(row.result) if row.result is not None else "plain",
    ),
    Column[DecisionRow]("movement", N_("Movement"), lambda row: _(MOVEMENT_LABELS[row.movement]), 180, spare=True),
    Column[DecisionRow]("b1", N_("B1"), lambda row: _number(row.b1), 52, right=True, spare=True),
    Column[DecisionRow]("b2", N_("B2"), lambda row: _number(row.b2), 52, right=True, spare=True),
)

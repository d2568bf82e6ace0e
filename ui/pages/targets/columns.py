"""Columns of the targets and of the lists behind them."""

from typing import Final

from casemgr.domain.targets import STATE_LABELS, State
from casemgr.i18n import N_, _, format_number
from casemgr.services.target_items import ItemRow
from casemgr.services.targets import Figure
from ui.models.rows import Column

STATE_TONES: Final = {
    State.REACHED: "ok",
    State.NOT_REACHED: "poor",
    State.CANNOT_SAY: "near",
    State.NO_PLAN: "plain",
}


def state_words(figure: Figure) -> str:
    """The state where there is a plan to compare with."""
    return "" if figure.state is State.NO_PLAN else _(STATE_LABELS[figure.state])


def hint(figure: Figure) -> str:
    """What the measure is, and why nothing is said."""
    return "\n".join(part for part in (figure.indicator.label, figure.measure.label, figure.reason) if part)


FIGURE_COLUMNS: Final = (
    Column[Figure](
        "code", N_("Code of the target"), lambda row: row.measure.code, 80, code=True, hint=hint, spare=True
    ),
    Column[Figure]("name", N_("Target"), lambda row: row.measure.label, 180, hint=hint),
    Column[Figure]("value", N_("Achieved"), lambda row: row.text, 94, right=True, hint=hint),
    Column[Figure]("counts", N_("Counted / of"), lambda row: row.counts, 116, right=True, spare=True),
    Column[Figure]("state", N_("Result"), state_words, 104, tone=lambda row: STATE_TONES[row.state]),
    Column[Figure]("plan", N_("Plan"), lambda row: row.plan_words, 108, hint=lambda row: row.plan_words, spare=True),
    Column[Figure](
        "unknown",
        N_("Not known"),
        lambda row: format_number(row.unknown) if row.unknown else "",
        84,
        right=True,
        spare=True,
    ),
)

ITEM_COLUMNS: Final = (
    Column[ItemRow]("name", N_("Name"), lambda row: row.name, 168),
    Column[ItemRow]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[ItemRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[ItemRow]("detail", N_("Detail"), lambda row: row.detail, 110),
)

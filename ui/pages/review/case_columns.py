"""The columns of a list of the review, and how states look."""

from typing import Final

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.reviews import CASE_SOURCE_LABELS, CASE_STATE_LABELS, MOVEMENT_LABELS, CaseState
from casemgr.i18n import N_, _, format_date, format_number
from casemgr.services.campaign_board import CaseRow
from ui.models.rows import Column
from ui.tones import class_tone

STATE_TONES: Final = {
    CaseState.LISTED: "plain",
    CaseState.SURVEYED: "plain",
    CaseState.KEYED: "info",
    CaseState.CHECKED: "info",
    CaseState.VOTED: "info",
    CaseState.POSTED: "info",
    CaseState.RECHECK: "near",
    CaseState.POSTED_AGAIN: "info",
    CaseState.OPINION: "info",
    CaseState.DECIDED: "ok",
    CaseState.REMOVED: "plain",
}


def class_words(value: HouseholdClass | None) -> str:
    """A class, or nothing."""
    return _(CLASS_SHORT_LABELS[value]) if value is not None else ""


def state_words(row: CaseRow) -> str:
    """How far it is; late is said in words."""
    words = _(CASE_STATE_LABELS[row.state])
    return _("{step}, late").format(step=words) if row.late else words


def _state_tone(row: CaseRow) -> str:
    return "near" if row.late else STATE_TONES[row.state]


def _number(value: int | None) -> str:
    return "" if value is None else format_number(value)


def _note(row: CaseRow) -> str:
    if row.gone:
        return _("No longer kept")
    return row.removed_reason or (_(MOVEMENT_LABELS[row.movement]) if row.movement else "")


CASES: Final = (
    Column[CaseRow]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[CaseRow]("head", N_("Head of household"), lambda row: row.head, 190, "name"),
    Column[CaseRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 132, "paper"),
    Column[CaseRow]("people", N_("People"), lambda row: format_number(row.people), 88, right=True),
    Column[CaseRow](
        "opening",
        N_("Before"),
        lambda row: class_words(row.opening),
        112,
        "class",
        tone=lambda row: class_tone(row.opening),
    ),
    Column[CaseRow](
        "result",
        N_("Result"),
        lambda row: class_words(row.result),
        112,
        "result",
        tone=lambda row: class_tone(row.result) if row.result else "plain",
    ),
    Column[CaseRow](
        "local",
        N_("Province"),
        lambda row: class_words(row.local),
        112,
        tone=lambda row: class_tone(row.local) if row.local else "plain",
        shown=False,
    ),
    Column[CaseRow]("state", N_("Step"), state_words, 150, "state", tone=_state_tone),
    Column[CaseRow]("state_on", N_("Since"), lambda row: format_date(row.state_on), 92),
    Column[CaseRow]("b1", N_("B1"), lambda row: _number(row.b1), 52, right=True, spare=True),
    Column[CaseRow]("b2", N_("B2"), lambda row: _number(row.b2), 52, right=True, spare=True),
    Column[CaseRow]("note", N_("Movement"), _note, 170, spare=True),
    Column[CaseRow]("source", N_("Why listed"), lambda row: _(CASE_SOURCE_LABELS[row.source]), 150, shown=False),
)

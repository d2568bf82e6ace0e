"""Columns of the lists of cases, registrations, people not heard of and businesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casemgr.domain.abroad import ABROAD_MACHINE, INCIDENT_LABELS, AbroadState
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_words import STARTUP_LABELS, StartupStatus
from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.services.abroad_board import AbroadRow, SilentRow
from casemgr.services.startups import StartupView
from ui.due_words import due_tone, due_words
from ui.models.rows import Column
from ui.tones import class_tone

if TYPE_CHECKING:
    from datetime import date

    from casemgr.domain.abroad_flags import Assessment

_TONES: Final = {
    AbroadState.ADVISED: "plain",
    AbroadState.ENDED: "ok",
    AbroadState.CANCELLED: "plain",
}


def market_words(row: AbroadRow) -> str:
    """Country, or the market where none is written."""
    known = shipped().markets.get(row.market)
    return row.country or (known.label if known is not None else "")


def form_words(row: AbroadRow) -> str:
    """The way of going."""
    known = shipped().form(row.form)
    return known.label if known is not None else ""


def check_words(told: Assessment | None) -> str:
    """How many things are to be checked, the urgent ones in words."""
    if told is None or not told.flags:
        return ""
    if told.red:
        words = ngettext("{count} to check soon", "{count} to check soon", told.red)
        return words.format(count=format_number(told.red))
    count = len(told.flags)
    return ngettext("{count} to check", "{count} to check", count).format(count=format_number(count))


def incident_words(row: AbroadRow) -> str:
    """What happened beside the state."""
    return _(INCIDENT_LABELS[row.incident]) if row.incident is not None else ""


def _class_words(row: AbroadRow) -> str:
    return _(CLASS_SHORT_LABELS[HouseholdClass(row.class_value)]) if row.class_value else ""


def _day(day: date | None) -> str:
    return format_date(day) if day is not None else ""


CASES: Final = (
    Column[AbroadRow]("person", N_("Worker"), lambda row: row.person, 180, hint=lambda row: row.person),
    Column[AbroadRow]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[AbroadRow]("head", N_("Head of household"), lambda row: row.head, 160, spare=True),
    Column[AbroadRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 120, spare=True),
    Column[AbroadRow](
        "class",
        N_("Class"),
        _class_words,
        110,
        tone=lambda row: class_tone(HouseholdClass(row.class_value or HouseholdClass.UNREVIEWED)),
        spare=True,
    ),
    Column[AbroadRow]("market", N_("Country, market"), market_words, 130),
    Column[AbroadRow]("form", N_("Way of going"), form_words, 160, spare=True, shown=False),
    Column[AbroadRow]("firm", N_("Firm"), lambda row: row.firm, 160, spare=True, shown=False),
    Column[AbroadRow](
        "state",
        N_("State"),
        lambda row: ABROAD_MACHINE.label(row.state),
        190,
        tone=lambda row: _TONES.get(row.state, "info"),
    ),
    Column[AbroadRow]("incident", N_("Happened"), incident_words, 140, tone=lambda row: "near"),
    Column[AbroadRow]("due", N_("Due"), due_words, 150, tone=due_tone),
    Column[AbroadRow]("departed", N_("Left"), lambda row: _day(row.departed_on), 92, code=True, spare=True),
    Column[AbroadRow]("end", N_("Contract until"), lambda row: _day(row.contract_to), 104, code=True, spare=True),
    Column[AbroadRow]("returned", N_("Came home"), lambda row: _day(row.returned_on), 92, spare=True, shown=False),
    Column[AbroadRow]("officer", N_("Officer"), lambda row: row.officer, 140, spare=True, shown=False),
)


def _silence(row: SilentRow) -> str:
    return ngettext("{count} day", "{count} days", row.days).format(count=format_number(row.days))


SILENT: Final = (
    Column[SilentRow]("person", N_("Worker"), lambda row: row.row.person, 180, hint=lambda row: row.row.person),
    Column[SilentRow]("code", N_("Code"), lambda row: row.row.code, 84, code=True),
    Column[SilentRow]("head", N_("Head of household"), lambda row: row.row.head, 160, spare=True),
    Column[SilentRow]("hamlet", N_("Hamlet"), lambda row: row.row.hamlet, 120, spare=True),
    Column[SilentRow]("market", N_("Country, market"), lambda row: market_words(row.row), 130),
    Column[SilentRow](
        "last",
        N_("Last contact"),
        lambda row: (
            _("never, left {date}").format(date=format_date(row.last_on)) if row.never else format_date(row.last_on)
        ),
        170,
    ),
    Column[SilentRow]("days", N_("Not heard of for"), _silence, 130, tone=lambda row: "near"),
    Column[SilentRow]("end", N_("Contract until"), lambda row: _day(row.row.contract_to), 104, code=True, spare=True),
    Column[SilentRow]("incident", N_("Happened"), lambda row: incident_words(row.row), 140, tone=lambda row: "near"),
)
STARTUPS: Final = (
    Column[StartupView]("person", N_("Who"), lambda row: row.person, 150, hint=lambda row: row.person),
    Column[StartupView]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[StartupView]("idea", N_("Business"), lambda row: row.data.idea, 180, hint=lambda row: row.data.idea),
    Column[StartupView](
        "capital", N_("Capital, đồng"), lambda row: format_number(row.capital), 110, right=True, spare=True
    ),
    Column[StartupView](
        "state",
        N_("State"),
        lambda row: _(STARTUP_LABELS[row.data.status]),
        130,
        tone=lambda row: {StartupStatus.RUNNING: "ok", StartupStatus.PLANNED: "info"}.get(row.data.status, "plain"),
    ),
    Column[StartupView]("start", N_("Begins"), lambda row: _day(row.data.start_on), 92, code=True, spare=True),
)

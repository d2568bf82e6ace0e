"""Lines of the strip of support: what is received, has ended, could be had, or waits for a fact; order and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casemgr.domain.pack_changes import CERTAINTY_LABELS
from casemgr.domain.pack_parts import VERIFIED
from casemgr.domain.programmes import LIMIT_LABELS, PERIOD_LABELS, Limit
from casemgr.i18n import N_, _, format_date, format_money
from ui.models.rows import Column

if TYPE_CHECKING:
    from casemgr.services.entitlements import Entitlement
    from casemgr.services.support_strip import Line, Strip


class State(StrEnum):
    """The parts of the strip."""

    MISSED = "missed"
    RECEIVING = "receiving"
    ENDED = "ended"
    UNKNOWN = "unknown"


STATE_LABELS: Final = {
    State.MISSED: N_("Entitled, not received"),
    State.RECEIVING: N_("Receiving"),
    State.ENDED: N_("Ended"),
    State.UNKNOWN: N_("Not known yet"),
}
BADGES: Final = STATE_LABELS | {State.MISSED: N_("Not received")}
STATE_TONES: Final = {State.MISSED: "near", State.RECEIVING: "ok", State.ENDED: "plain", State.UNKNOWN: "info"}


@dataclass(frozen=True)
class SupportLine:
    """One line: a support on record, or an entitlement."""

    state: State
    programme: str
    title: str
    person_id: UUID | None
    person: str
    line: Line | None = None
    entitlement: Entitlement | None = None


def of_strip(strip: Strip) -> list[SupportLine]:
    """What could be had first, then what is received, then what has ended."""
    missed = [
        SupportLine(
            State.MISSED,
            one.entitlement.programme,
            one.title,
            one.entitlement.person_id,
            one.person,
            entitlement=one.entitlement,
        )
        for one in strip.entitled_not_received
    ]
    had = [
        SupportLine(state, line.programme, line.title, line.person_id, line.person, line=line)
        for state, lines in ((State.RECEIVING, strip.receiving), (State.ENDED, strip.ended))
        for line in lines
    ]
    return [*missed, *had]


def of_unknown(found: Sequence[Entitlement], titles: Mapping[str, str], names: Mapping[UUID, str]) -> list[SupportLine]:
    """Entitlements that wait for a fact."""
    return [
        SupportLine(
            State.UNKNOWN,
            one.programme,
            titles[one.programme],
            one.person_id,
            names.get(one.person_id, "") if one.person_id else "",
            entitlement=one,
        )
        for one in found
        if one.result is None and not one.receiving
    ]


def state_words(row: SupportLine) -> str:
    """Its part in a word or two."""
    return _(BADGES[row.state])


def days_words(row: SupportLine) -> str:
    """Since and until when."""
    line = row.line
    if line is None:
        return ""
    return span_words(line.since, line.until)


def span_words(since: date | None, until: date | None) -> str:
    """Days of a record in few words."""
    if since and until:
        return f"{format_date(since)} – {format_date(until)}"
    if since:
        return _("since {date}").format(date=format_date(since))
    return _("until {date}").format(date=format_date(until)) if until else ""


def sum_words(row: SupportLine) -> str:
    """The sum that is paid, or would be; with whether it is a floor or a cap."""
    if row.line is not None:
        return format_money(row.line.amount) if row.line.amount else ""
    one = row.entitlement
    if one is None or one.amount is None:
        return ""
    money = format_money(one.amount)
    return money if one.limit is Limit.EXACT else f"{_(LIMIT_LABELS[one.limit])} {money}"


def about_words(row: SupportLine) -> str:
    """What is still needed, or what the record says beyond sums and days."""
    one = row.entitlement
    if one is None:
        return row.line.detail if row.line is not None else ""
    if one.missing:
        return _("Still to be asked: {facts}").format(facts="; ".join(one.missing))
    if one.papers:
        return _("Missing paper: {papers}").format(papers="; ".join(one.papers))
    return one.citation


def told_lines(row: SupportLine) -> list[tuple[str, str]]:
    """Everything about a line, as sentences with their tone: why, article, papers, what to look at."""
    one = row.entitlement
    if one is None:
        parts = (days_words(row), sum_words(row), row.line.detail if row.line is not None else "")
        said = " · ".join(filter(None, (row.title, row.person, *parts)))
        return [(said, "info")]
    found = []
    head = " · ".join(filter(None, (row.title, row.person, one.rule_title)))
    pays = " · ".join(filter(None, (sum_words(row), _(PERIOD_LABELS[one.period]).lower() if one.period else "")))
    found.append((" – ".join(filter(None, (head, pays))), "ok" if one.result else "info"))
    if one.reason:
        found.append((_("Why: {reasons}").format(reasons="; ".join(one.reason)), "info"))
    if one.citation:
        basis = _("Legal basis: {citation}").format(citation=one.citation)
        certainty = "" if one.certainty == VERIFIED else f" ({_(CERTAINTY_LABELS[one.certainty])})"
        found.append((basis + certainty, "info" if one.certainty == VERIFIED else "near"))
    if one.missing:
        found.append((_("Still to be asked: {facts}").format(facts="; ".join(one.missing)), "near"))
    if one.papers:
        found.append((_("Missing paper: {papers}").format(papers="; ".join(one.papers)), "near"))
    found += [(words, "near") for words in one.conflicts]
    return found


COLUMNS: Final = (
    Column[SupportLine](
        "state", N_("State"), state_words, 112, code=True, tone=lambda row: STATE_TONES[row.state], hint=state_words
    ),
    Column[SupportLine]("title", N_("Programme"), lambda row: row.title, 280),
    Column[SupportLine]("person", N_("For"), lambda row: row.person or _("the household"), 170),
    Column[SupportLine]("days", N_("Since, until"), days_words, 128, spare=True),
    Column[SupportLine]("amount", N_("Amount"), sum_words, 172, right=True, code=True),
    Column[SupportLine]("about", N_("Basis, what is missing"), about_words, 260, spare=True),
)

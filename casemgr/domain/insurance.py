"""Health insurance cards: one card for one person at a time, the one with the best benefit; cards read from a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from casemgr.domain.dates import PartialDate, read_date
from casemgr.domain.identity import read_identity, read_insurance
from casemgr.domain.pasted_lists import Cell, cell_at, cell_plain, cell_text, heading, is_numbering
from casemgr.domain.readings import reason
from casemgr.domain.text import clean, fold
from casemgr.i18n import N_, _

ENDING_DAYS: Final = 60
"""A card that ends within so many days is told apart; the list may ask for another number."""
OTHER_GROUP: Final = "OTHER"
"""A card of a group no programme of the catalogue stands for."""
AHEAD: Final = timedelta(days=366 * 5)
"""Cards may begin and end so far in the future."""


@dataclass(frozen=True)
class CardData:
    """A health insurance card of a person."""

    person_id: UUID
    number: str
    group: str
    """Programme code: BHYT-HN, BHYT-HCN, BHYT-NDTB or another."""
    valid_from: date
    valid_to: date | None = None
    facility: str = ""
    payer_percent: int | None = None


class CardState(StrEnum):
    """How a person stands with the card."""

    NONE = "none"
    ENDED = "ended"
    ENDING = "ending"
    VALID = "valid"


CARD_STATE_LABELS = {
    CardState.NONE: N_("No card"),
    CardState.ENDED: N_("Card has ended"),
    CardState.ENDING: N_("Card is ending"),
    CardState.VALID: N_("Card is valid"),
}


class ChangeKind(StrEnum):
    """Whether a person comes onto the list of cards or leaves it."""

    INCREASE = "increase"
    DECREASE = "decrease"


CHANGE_LABELS = {ChangeKind.INCREASE: N_("Increase"), ChangeKind.DECREASE: N_("Decrease")}


class Cause(StrEnum):
    """Why somebody comes onto the list of cards or leaves it."""

    CLASS_BEGAN = "class_began"
    BORN = "born"
    JOINED = "joined"
    GROUP = "group"
    DIED = "died"
    LEFT = "left"
    CLASS_ENDED = "class_ended"
    HOUSEHOLD_ENDED = "household_ended"


CAUSE_LABELS = {
    Cause.CLASS_BEGAN: N_("Household newly recognised"),
    Cause.BORN: N_("Born"),
    Cause.JOINED: N_("Came into the household"),
    Cause.GROUP: N_("Another group"),
    Cause.DIED: N_("Died"),
    Cause.LEFT: N_("Left the household"),
    Cause.CLASS_ENDED: N_("Household left the list"),
    Cause.HOUSEHOLD_ENDED: N_("The office no longer keeps the household"),
}


def covers(card: CardData, on: date) -> bool:
    """Whether the card is valid that day."""
    return card.valid_from <= on and (card.valid_to is None or on <= card.valid_to)


def overlap(one: CardData, other: CardData) -> bool:
    """Whether both are valid on some day."""
    first = max(one.valid_from, other.valid_from)
    ends = [card.valid_to for card in (one, other) if card.valid_to is not None]
    return not ends or first <= min(ends)


def state_on(cards: Sequence[CardData], on: date, *, within: int = ENDING_DAYS) -> tuple[CardState, CardData | None]:
    """How somebody with these cards stands that day, and the card it is about; one that follows at once goes on."""
    if not cards:
        return CardState.NONE, None
    ordered = sorted(cards, key=lambda card: card.valid_from)
    now = next((card for card in reversed(ordered) if covers(card, on)), None)
    if now is None:
        past = [card for card in ordered if card.valid_from <= on]
        return (CardState.ENDED, past[-1]) if past else (CardState.NONE, ordered[0])
    end = now.valid_to
    for card in ordered:
        if end is not None and card.valid_from <= end + timedelta(1) and (card.valid_to is None or card.valid_to > end):
            end = card.valid_to
    ending = end is not None and end <= on + timedelta(days=within)
    return (CardState.ENDING if ending else CardState.VALID), now


FIELDS: Final = (
    "id_number",
    "name",
    "birth",
    "hamlet",
    "number",
    "group",
    "valid_from",
    "valid_to",
    "facility",
    "payer_percent",
)
"""The columns of a pasted list without a heading, in this order."""

COLUMN_LABELS: Final[Mapping[str, str]] = {
    "id_number": N_("Identity number"),
    "name": N_("Full name"),
    "birth": N_("Date of birth"),
    "hamlet": N_("Hamlet"),
    "number": N_("Card number"),
    "group": N_("Group of the card"),
    "valid_from": N_("Card valid from"),
    "valid_to": N_("Card valid to"),
    "facility": N_("First place of treatment"),
    "payer_percent": N_("Paid by the state (%)"),
}

_HEADINGS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("facility", ("noi dang ky", "noi kcb", "kham chua benh", "co so")),
    ("payer_percent", ("ty le", "muc dong", "nha nuoc dong", "muc huong", "% ")),
    ("valid_from", ("tu ngay", "gia tri tu", "hieu luc tu", "ngay bat dau")),
    ("valid_to", ("den ngay", "gia tri den", "het han", "ngay ket thuc")),
    ("id_number", ("dinh danh", "cccd", "cmnd", "can cuoc")),
    ("number", ("so the", "ma the", "bhyt so", "so bhyt", "ma so bhxh", "ma bhxh")),
    ("group", ("nhom", "doi tuong")),
    ("birth", ("ngay sinh", "nam sinh", "sinh ngay")),
    ("hamlet", ("thon", "ap", "khu pho", "khom", "dia chi")),
    ("name", ("ho va ten", "ho ten", "ten")),
)


@dataclass(frozen=True)
class CardLine:
    """One line of a list of cards as it was read."""

    line: int
    """As counted in the list, from 1."""
    name: str
    birth: PartialDate | None
    id_number: str | None
    hamlet: str
    number: str
    group: str
    """Programme code, or `OTHER_GROUP`."""
    valid_from: date | None
    valid_to: date | None
    facility: str
    payer_percent: int | None
    problems: tuple[str, ...] = field(default=())


def read_cards(rows: Sequence[Sequence[Cell]], groups: Mapping[str, str], *, today: date) -> list[CardLine]:
    """The cards of a list, with or without a heading; `groups` are the names of card programmes by code."""
    columns: Mapping[str, int] = {name: place for place, name in enumerate(FIELDS)}
    first = 0
    for place, row in enumerate(rows[:20]):
        found = heading(row, _HEADINGS)
        if "number" in found and ("name" in found or "id_number" in found):
            columns, first = found, place + 1
            break
    return [
        _line(number, row, columns, groups, today)
        for number, row in enumerate(rows[first:], first + 1)
        if any(cell_text(cell) for cell in row) and not is_numbering(row)
    ]


def group_of(text: str, groups: Mapping[str, str]) -> str | None:
    """The programme a text such as “HN” or “Hộ cận nghèo” stands for; None when no or several programmes fit."""
    wanted = fold(text)
    if not wanted:
        return None
    exact = [code for code in groups if fold(code) == wanted or fold(code).endswith(f"-{wanted}")]
    named = [code for code, name in groups.items() if wanted in fold(name)]
    found = exact or named
    return found[0] if len(found) == 1 else None


def _line(
    number: int, row: Sequence[Cell], columns: Mapping[str, int], groups: Mapping[str, str], today: date
) -> CardLine:
    problems: list[str] = []

    def cell(name: str) -> Cell:
        return cell_at(row, columns, name)

    def refused(name: str, code: str) -> None:
        problems.append(_("{column}: {reason}").format(column=_(COLUMN_LABELS[name]), reason=reason(code)))

    def day(name: str) -> date | None:
        read = read_date(cell(name), today=today + AHEAD)
        if read.rejected:
            refused(name, read.rejected)
        value = read.value
        if value is not None and (value.month is None or value.day is None):
            refused(name, "date-unclear")
            return None
        return date(value.year, value.month, value.day) if value and value.month and value.day else None

    identity = read_identity(cell_plain(cell("id_number")))
    if identity.rejected:
        refused("id_number", identity.rejected)
    card = read_insurance(cell_plain(cell("number")))
    if card.rejected:
        refused("number", card.rejected)
    birth = read_date(cell("birth"), today=today)
    if birth.rejected:
        refused("birth", birth.rejected)
    told = cell_text(cell("group"))
    percent = "".join(mark for mark in cell_text(cell("payer_percent")).split(",")[0].split(".")[0] if mark.isdecimal())
    starts = day("valid_from")
    if not card.rejected and card.value is None:
        refused("number", "blank")
    if starts is None and not problems:
        refused("valid_from", "blank")
    return CardLine(
        line=number,
        name=clean(cell_text(cell("name"))),
        birth=birth.value,
        id_number=identity.value.number if identity.value else None,
        hamlet=clean(cell_text(cell("hamlet"))),
        number=card.value.text if card.value else "",
        group=(group_of(told, groups) or OTHER_GROUP) if told else "",
        valid_from=starts,
        valid_to=day("valid_to"),
        facility=clean(cell_text(cell("facility"))),
        payer_percent=int(percent) if percent and int(percent) <= 100 else None,
        problems=tuple(problems),
    )

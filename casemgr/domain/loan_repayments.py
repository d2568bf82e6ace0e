"""Repayments as the bank lists them in Excel: one line each, with whose loan it means, its day and its sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from casemgr.domain.dates import PartialDate, read_date
from casemgr.domain.identity import read_identity
from casemgr.domain.money import read_money
from casemgr.domain.pasted_lists import Cell, cell_at, cell_plain, cell_text, heading, is_numbering
from casemgr.domain.readings import reason
from casemgr.domain.text import clean, fold
from casemgr.i18n import N_, _

FIELDS: Final = ("id_number", "name", "birth", "hamlet", "programme", "on", "amount", "document")
"""The columns of a pasted list without a heading, in this order."""

COLUMN_LABELS: Final[Mapping[str, str]] = {
    "id_number": N_("Identity number"),
    "name": N_("Full name"),
    "birth": N_("Date of birth"),
    "hamlet": N_("Hamlet"),
    "programme": N_("Programme"),
    "on": N_("Repaid on"),
    "amount": N_("Principal repaid"),
    "document": N_("Paper"),
}
_HEADINGS: Final = (
    ("id_number", ("dinh danh", "cccd", "cmnd", "can cuoc")),
    ("birth", ("ngay sinh", "nam sinh", "sinh ngay")),
    ("on", ("ngay tra", "ngay thu", "ngay giao dich", "ngay gd", "ngay hach toan")),
    ("amount", ("tra goc", "thu goc", "no goc", "so tien", "goc ")),
    ("programme", ("chuong trinh", "ma ct")),
    ("document", ("chung tu", "so phieu", "phieu thu", "but toan")),
    ("hamlet", ("thon", "ap ", "khu pho", "khom", "dia chi")),
    ("name", ("ho va ten", "ho ten", "khach hang", "nguoi vay", "ten")),
)


class MatchState(StrEnum):
    """What a line of the list means for the file."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    """Several people or loans fit."""
    UNKNOWN = "unknown"
    """Nobody, or no loan of hers, fits."""
    RECORDED = "recorded"
    """The same repayment is on record already."""
    WRONG = "wrong"
    """The line cannot be read, or the sum does not fit the loan."""


MATCH_LABELS: Final = {
    MatchState.MATCHED: N_("Will be written"),
    MatchState.AMBIGUOUS: N_("Several fit"),
    MatchState.UNKNOWN: N_("Not found"),
    MatchState.RECORDED: N_("On record already"),
    MatchState.WRONG: N_("Does not fit"),
}


@dataclass(frozen=True)
class RepaymentLine:
    """One line of the list as it was read."""

    line: int
    """As counted in the list, from 1."""
    id_number: str | None
    name: str
    birth: PartialDate | None
    hamlet: str
    programme: str
    """Code, or empty where the line names none."""
    on: date | None
    amount: int
    document: str
    problems: tuple[str, ...]


def read_repayments(
    rows: Sequence[Sequence[Cell]], programmes: Mapping[str, str], *, today: date
) -> list[RepaymentLine]:
    """The repayments of a list, with or without a heading; `programmes` are names of programmes that lend, by code."""
    columns: Mapping[str, int] = {name: place for place, name in enumerate(FIELDS)}
    first = 0
    for place, row in enumerate(rows[:20]):
        found = heading(row, _HEADINGS)
        if "amount" in found and ("name" in found or "id_number" in found):
            columns, first = found, place + 1
            break
    return [
        _line(number, row, columns, programmes, today)
        for number, row in enumerate(rows[first:], first + 1)
        if any(cell_text(cell) for cell in row) and not is_numbering(row) and not _is_sum(row, columns)
    ]


def programme_of(text: str, programmes: Mapping[str, str]) -> str | None:
    """The programme a text such as “TD-HN”, “HN” or “Cho vay hộ nghèo” stands for; None when no or several fit."""
    wanted = fold(text)
    exact = [code for code, name in programmes.items() if fold(code) == wanted or fold(name) == wanted]
    short = [code for code in programmes if fold(code).endswith(f"-{wanted}")]
    named = [code for code, name in programmes.items() if fold(name).endswith(wanted)]
    found = exact or short or named
    return found[0] if len(found) == 1 else None


def _is_sum(row: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    """The line that adds the others up."""
    told = [fold(cell_text(cell)) for cell in row]
    nobody = not cell_text(cell_at(row, columns, "id_number"))
    return nobody and any(text in ("tong", "tong cong", "cong") for text in told)


def _line(
    number: int, row: Sequence[Cell], columns: Mapping[str, int], programmes: Mapping[str, str], today: date
) -> RepaymentLine:
    problems: list[str] = []

    def refused(name: str, code: str | None) -> None:
        if code:
            problems.append(_("{column}: {reason}").format(column=_(COLUMN_LABELS[name]), reason=reason(code)))

    def cell(name: str) -> Cell:
        return cell_at(row, columns, name)

    identity = read_identity(cell_plain(cell("id_number")))
    refused("id_number", identity.rejected)
    birth = read_date(cell("birth"), today=today)
    refused("birth", birth.rejected)
    money = read_money(cell_plain(cell("amount")))
    refused("amount", money.rejected or (None if money.value else "blank"))
    told = read_date(cell("on"), today=today)
    day = told.value
    whole = date(day.year, day.month, day.day) if day and day.month and day.day else None
    refused("on", told.rejected or (None if whole else "date-unclear" if day else "blank"))
    named = cell_text(cell("programme"))
    code = programme_of(named, programmes) if named else None
    if named and code is None:
        problems.append(_("No programme that lends is called “{name}”.").format(name=named))
    return RepaymentLine(
        line=number,
        id_number=identity.value.number if identity.value else None,
        name=clean(cell_text(cell("name"))),
        birth=birth.value,
        hamlet=clean(cell_text(cell("hamlet"))),
        programme=code or "",
        on=whole,
        amount=money.value or 0,
        document=clean(cell_text(cell("document"))),
        problems=tuple(problems),
    )

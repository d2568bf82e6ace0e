"""What the QR codes of identity and insurance cards say, also when a scanner damaged the letters."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import unquote_to_bytes

from casemgr.domain.dates import PartialDate
from casemgr.domain.identity import read_insurance
from casemgr.domain.people import Sex
from casemgr.domain.text import clean, fold, is_syllable, nfc


@dataclass(frozen=True)
class IdentityCard:
    """The QR of a CCCD or Căn cước; None where a field is empty or came damaged (then see `raw`)."""

    number: str
    old_number: str | None
    name: str | None
    birth: PartialDate | None
    sex: Sex | None
    address: str | None
    issued_on: date | None
    extra: tuple[str, ...]
    """Fields of the 2024 card whose order is not certain, as they stand."""
    raw: tuple[str, ...]


@dataclass(frozen=True)
class InsuranceCard:
    """The QR of a BHYT card."""

    code: str
    name: str | None
    birth: PartialDate | None
    sex: Sex | None
    address: str | None
    facility: str | None
    valid_from: PartialDate | None
    valid_to: PartialDate | None


# --- letters a scanner damaged ---------------------------------------------------------------------------------------

_EDGES: Final = ".,;:()[]\"'-/"
_NUMBERISH: Final = re.compile(r"[0-9][0-9/.-]*[A-Za-z]?")
_LETTERS: Final = re.compile(
    r"(?:[A-Za-zđĐ]|[\u00c0-\u00c3\u00c8-\u00ca\u00cc\u00cd\u00d2-\u00d5\u00d9\u00da\u00dd]"
    r"|[\u00e0-\u00e3\u00e8-\u00ea\u00ec\u00ed\u00f2-\u00f5\u00f9\u00fa\u00fd]|[ĂăĨĩŨũƠơƯư\u1ea0-\u1ef9]|[\s'’.,/0-9()-])+"
)
_BYTE_RUN: Final = re.compile(r"(?:0(?:1[2-9]\d|2[0-5]\d))+")
_ESCAPED: Final = re.compile(r"%[0-9A-Fa-f]{2}")


def _reads_well(text: str) -> bool:
    words = [word for word in (part.strip(_EDGES) for part in text.replace("-", " ").split()) if word]
    return bool(words) and all(is_syllable(word) or _NUMBERISH.fullmatch(word) for word in words)


def _from_byte_numbers(text: str) -> str:
    def decode(run: re.Match[str]) -> str:
        digits = run[0]
        return bytes(int(digits[i : i + 4]) for i in range(0, len(digits), 4)).decode()

    return _BYTE_RUN.sub(decode, text)


def _from_cp1252(text: str) -> str:
    return b"".join(ch.encode("latin-1") if "\x80" <= ch <= "\x9f" else ch.encode("cp1252") for ch in text).decode()


def _through(encoding: str) -> Callable[[str], str]:
    return lambda text: text.encode(encoding).decode()


def _from_percent(text: str) -> str:
    return unquote_to_bytes(text.encode()).decode() if _ESCAPED.search(text) else text


_REPAIRS: Final[tuple[Callable[[str], str], ...]] = (
    _from_byte_numbers,
    _from_cp1252,
    *map(_through, ("latin-1", "cp437", "cp850", "cp932", "big5")),
    html.unescape,
    _from_percent,
)


def _candidates(text: str) -> Iterator[str]:
    for repair in _REPAIRS:
        try:
            yield clean(repair(text))
        except (UnicodeError, ValueError):
            continue


def repair_scanned(text: str) -> str | None:
    """The text as the card has it, undoing what scanners do to letters; None when that cannot be known."""
    plain = nfc(text)
    if _reads_well(plain):
        return clean(plain)
    for candidate in _candidates(text):
        if _reads_well(candidate):
            return candidate
    return clean(plain) if _LETTERS.fullmatch(plain) and not _BYTE_RUN.search(plain) else None


# --- identity card ---------------------------------------------------------------------------------------------------

_CCCD: Final = re.compile(r"\d{12}")
_CMND: Final = re.compile(r"\d{9}")


def _packed_date(text: str) -> date | None:
    if not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def _sex(text: str) -> Sex | None:
    return {"nam": Sex.MALE, "nu": Sex.FEMALE}.get(fold(text))


def parse_cccd_qr(text: str) -> IdentityCard | None:
    """The fields of an identity card's QR, 7 or more; None when it is another code (VNeID, BHYT, a product)."""
    fields = [field.strip(" \t\r\n\ufeff") for field in text.strip(" \t\r\n\ufeff").split("|")]
    if not _CCCD.fullmatch(fields[0]):
        return None
    if len(fields) == 6 and _packed_date(fields[2]):
        fields.insert(1, "")
    if len(fields) < 7:
        return None
    number, old, name, born, sex, address, issued, *extra = fields
    birth = _packed_date(born)
    return IdentityCard(
        number=number,
        old_number=old if _CMND.fullmatch(old) else None,
        name=repair_scanned(name),
        birth=PartialDate.of(birth) if birth else None,
        sex=_sex(sex),
        address=repair_scanned(address),
        issued_on=_packed_date(issued),
        extra=tuple(extra),
        raw=tuple(fields),
    )


# --- insurance card --------------------------------------------------------------------------------------------------


def _hex_text(field: str) -> str | None:
    try:
        return clean(bytes.fromhex(field).decode()) or None
    except ValueError:
        return None


def _slashed_date(field: str) -> PartialDate | None:
    match = re.fullmatch(r"(?:(\d{1,2})/(\d{1,2})/)?(\d{4})", field)
    if not match:
        return None
    day, month, year = match.groups()
    try:
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError:
        return None


def parse_bhyt_qr(text: str) -> InsuranceCard | None:
    """The fields of a health insurance card's QR; None when it is another code."""
    fields = [field.strip() for field in text.strip(" \t\r\n\ufeff").split("|")]
    if len(fields) < 5:
        return None
    code = read_insurance(fields[0]).value
    if code is None or len(fields[0]) == 12:
        return None
    fields += ["-"] * (8 - len(fields))
    return InsuranceCard(
        code=code.text,
        name=_hex_text(fields[1]),
        birth=_slashed_date(fields[2]),
        sex={"1": Sex.MALE, "2": Sex.FEMALE}.get(fields[3]),
        address=_hex_text(fields[4]),
        facility=None if fields[5] in ("", "-") else fields[5],
        valid_from=_slashed_date(fields[6]),
        valid_to=_slashed_date(fields[7]),
    )

"""Who a person is on paper: identity numbers, sex, names, phones and insurance numbers as lists and cards give them."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from casemgr.assets import resource
from casemgr.domain.people import Sex
from casemgr.domain.readings import Reading
from casemgr.domain.text import clean, fold, title_name

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class IdNumber:
    """An identity number: `cccd` has 12 digits, the old `cmnd` 9."""

    kind: Literal["cccd", "cmnd"]
    number: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name, and what stood beside it in the cell, e.g. "chết" or another name."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class InsuranceNumber:
    """A health insurance number: the 15 characters of old cards carry group, level and province."""

    text: str
    """As kept: 10 or 12 digits, or 15 characters."""
    number: str
    """The social insurance number, 10 digits, or the 12 of the identity number."""
    group: str = ""
    level: str = ""
    province: str = ""


_NOTHING: Final = frozenset(("", "-", "--", "–", "—", "không", "ko", "không có", "chưa có", "chưa", "k"))
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_BETWEEN: Final = str.maketrans("", "", " .-'’‘`\u00a0")
_WHOLE_FLOAT: Final = re.compile(r"(\d+)\.0")


def _digits_text(value: str | float) -> str:
    if isinstance(value, str):
        text = clean(value)
        whole = _WHOLE_FLOAT.fullmatch(text)
        return whole[1] if whole else text
    return str(int(value)) if value == int(value) else str(value)


@cache
def cccd_provinces() -> dict[str, str]:
    """The province of birth registration by the first three digits of an identity number."""
    with resource("data", "cccd-province-codes.csv").open(encoding="utf-8", newline="") as file:
        return {row["cccd_code"]: row["province_at_birth_registration_pre_2025_07"] for row in csv.DictReader(file)}


def _cccd(number: str, *warnings: str) -> Reading[IdNumber]:
    if number[:3] not in cccd_provinces():
        warnings = (*warnings, "province-unknown")
    return Reading(IdNumber("cccd", number), warnings)


def read_identity(value: Cell) -> Reading[IdNumber]:
    """CCCD or CMND from a cell; a lost leading 0 is put back where only one number can be meant."""
    if value is None:
        return Reading()
    text = _digits_text(value)
    if text.lower() in _NOTHING:
        return Reading()
    if _SCIENTIFIC.fullmatch(text):
        return Reading(rejected="scientific")
    digits = text.translate(_BETWEEN)
    if not (digits.isascii() and digits.isdecimal()):
        return Reading(rejected="non-digit")
    length = len(digits)
    if length == 12:
        return _cccd(digits)
    if length == 11:
        return _cccd("0" + digits, "zero-restored")
    if length == 9:
        return Reading(IdNumber("cmnd", digits))
    if length == 8:
        return Reading(IdNumber("cmnd", "0" + digits), ("zero-restored",))
    return Reading(rejected="ambiguous-10-digits" if length == 10 else "bad-length")


def cccd_birth_year(number: str) -> int:
    """The year of birth in a 12-digit number."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def cccd_sex(number: str) -> Sex:
    """The sex in a 12-digit number."""
    return Sex.FEMALE if int(number[3]) % 2 else Sex.MALE


def check_cccd(number: str, *, year: int | None, sex: Sex | None) -> tuple[str, ...]:
    """Codes of what in a 12-digit number does not go with the person; real cards may differ, so these are warnings."""
    found = []
    if number[:3] not in cccd_provinces():
        found.append("province-unknown")
    if year is not None and cccd_birth_year(number) != year:
        found.append("year-mismatch")
    if sex is not None and cccd_sex(number) is not sex:
        found.append("sex-mismatch")
    return tuple(found)


_MALE: Final = Reading(Sex.MALE)
_FEMALE: Final = Reading(Sex.FEMALE)


def read_sex(value: Cell) -> Reading[Sex]:
    """Nam or Nữ; nothing else is guessed."""
    text = fold(value) if isinstance(value, str) else ""
    if text == "nam":
        return _MALE
    if text == "nu":
        return _FEMALE
    return Reading(
        rejected="blank" if value is None or value == "" or (isinstance(value, str) and not text) else "sex-unclear"
    )


_MARKS: Final = frozenset(("x", "v", "✓", "✔", "☑", "√", "1", "có", "co"))
_NO_MARKS: Final = frozenset(("", "-", "0", "không", "ko", "☐"))


def read_mark(value: Cell | bool) -> Reading[bool]:
    """Whether a box is marked; a blank cell is an unmarked one."""
    if value is None:
        return Reading(value=False)
    text = clean(value).lower() if isinstance(value, str) else str(int(value))
    if text in _MARKS:
        return Reading(value=True)
    return Reading(value=False) if text in _NO_MARKS else Reading(rejected="mark-unclear")


_BULLET: Final = re.compile(r"^(?:[-–—+*•·.,:;/\\]+|\d{1,3}\s*[.)\]/:-]+|\(\d{1,3}\))\s*")
_NOTE: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_SEVERAL: Final = re.compile(r"[+;&/]|\n|\bvà\b")
_UNUSUAL: Final = re.compile(r"[^\w\s.'’‘ʼ-]|\d|_")
_LETTERS: Final = re.compile(r"[^\W\d_]")


def read_person_name(value: Cell) -> Reading[PersonName]:
    """A name without bullets and numbers, capitals where names have them; words in brackets become a note."""
    if value is None:
        return Reading()
    text = value if isinstance(value, str) else str(value)
    several = bool(_SEVERAL.search(text.strip()))
    text = clean(text)
    note = ""
    if "(" in text or "[" in text:
        text = _BULLET.sub("", text)
        note = "; ".join(filter(None, (part.strip() for part in _NOTE.findall(text))))
        text = clean(_NOTE.sub(" ", text))
    while match := _BULLET.match(text):
        text = text[match.end() :]
    text = text.rstrip(" .,;:-–")
    if not text:
        return Reading(rejected="no-name") if note else Reading()
    if not _LETTERS.search(text):
        return Reading(rejected="no-name")
    warnings: tuple[str, ...] = ()
    if several:
        warnings = ("several-names",)
    elif _UNUSUAL.search(text):
        warnings = ("name-doubtful",)
    return Reading(PersonName(title_name(text), note), warnings)


_PHONE_SEVERAL: Final = re.compile(r"[/;,\n]|\s-\s")
_PHONE_SIGNS: Final = str.maketrans("", "", " .-()'’")
_MOBILE: Final = re.compile(r"0[35789]\d{8}")
_FIXED: Final = re.compile(r"02\d{9}")
_RETIRED: Final = re.compile(r"01[2689]\d{8}")


def read_phone(value: Cell) -> Reading[str]:
    """A mobile or fixed number with its leading 0."""
    if value is None:
        return Reading()
    text = _digits_text(value)
    if text.lower() in _NOTHING:
        return Reading()
    digits = text.translate(_PHONE_SIGNS)
    if digits.startswith("+84"):
        digits = "0" + digits[3:].removeprefix("0")
    elif digits.startswith("84") and len(digits) in (11, 12) and not digits.startswith("840"):
        digits = "0" + digits[2:]
    elif digits[:1] in "235789" and len(digits) in (9, 10):
        digits = "0" + digits
    if _MOBILE.fullmatch(digits) or _FIXED.fullmatch(digits):
        return Reading(digits)
    if _RETIRED.fullmatch(digits):
        return Reading(rejected="phone-retired")
    return Reading(rejected="several-phones" if _PHONE_SEVERAL.search(text) and len(digits) > 12 else "phone-unclear")


_OLD_INSURANCE: Final = re.compile(r"([A-Z]{2})([1-5])(\d{2})(\d{10})")


def read_insurance(value: Cell) -> Reading[InsuranceNumber]:
    """A health insurance number of 10, 12 or 15 characters."""
    if value is None:
        return Reading()
    text = _digits_text(value)
    if text.lower() in _NOTHING:
        return Reading()
    if _SCIENTIFIC.fullmatch(text):
        return Reading(rejected="scientific")
    code = text.translate(_BETWEEN).upper()
    if code.isascii() and code.isdecimal() and len(code) in (10, 12):
        return Reading(InsuranceNumber(code, code))
    if match := _OLD_INSURANCE.fullmatch(code):
        group, level, province, number = match.groups()
        return Reading(InsuranceNumber(code, number, group, level, province))
    return Reading(rejected="insurance-unclear")

"""Amounts in whole đồng: read from cells, written in digits and in words."""

import re
from typing import Final

from casemgr.domain.readings import Reading
from casemgr.domain.text import clean

_PER: Final = r"(?:\s*/\s*(?:tháng|thg|th|người|hộ|khẩu|năm|quý|lần)\s*)*"
_CURRENCY: Final = r"\s*(?:đồng|đ|d|vnđ|vnd|₫)?"
_PLAIN: Final = re.compile(
    rf"(?P<digits>\d+|\d{{1,3}}(?:(?P<sep>[.,\s])\d{{3}})(?:(?P=sep)\d{{3}})*)(?:(?P<point>[.,])(?P<rest>\d{{1,2}}))?{_CURRENCY}{_PER}"
)
_MILLIONS: Final = re.compile(
    rf"(\d+)(?:[.,](\d{{1,2}}))?\s*(?:triệu|trieu|tr)\s*(?:(\d{{1,3}})\s*(nghìn|ngàn|nghin|ngan|k)?)?{_CURRENCY}{_PER}"
)
_THOUSANDS: Final = re.compile(rf"(\d+|\d{{1,3}}(?:[.,]\d{{3}})+)\s*(?:nghìn|ngàn|nghin|ngan|k){_CURRENCY}{_PER}")
_NOTHING: Final = frozenset(("", "-", "--", "–", "—", "không", "ko", "không có"))
_AMBIGUOUS: Final[Reading[int]] = Reading(rejected="ambiguous")


def _read_plain(match: re.Match[str]) -> Reading[int]:
    separator, point, rest = match["sep"], match["point"], match["rest"]
    if rest and (rest.strip("0") or len(rest) != 2 or point == separator):
        return _AMBIGUOUS
    return Reading(int(re.sub(r"\D", "", match["digits"])))


def _read_millions(match: re.Match[str]) -> Reading[int]:
    whole, fraction, tail, unit = match.groups()
    value = int(whole) * 1_000_000
    if fraction:
        return _AMBIGUOUS if tail else Reading(value + int(fraction.ljust(6, "0")))
    if not tail:
        return Reading(value)
    if unit or len(tail) == 3:
        return Reading(value + int(tail) * 1_000)
    return Reading(value + int(tail) * 100_000) if len(tail) == 1 else _AMBIGUOUS


def read_money(value: str | float | None) -> Reading[int]:
    """The amount of a cell in whole đồng; what can be read in two ways is refused."""
    if value is None:
        return Reading()
    if isinstance(value, int | float):
        if value != int(value):
            return _AMBIGUOUS
        return Reading(int(value)) if value >= 0 else Reading(rejected="negative")
    text = clean(value).lower()
    if text in _NOTHING:
        return Reading()
    if match := _PLAIN.fullmatch(text):
        return _read_plain(match)
    if match := _MILLIONS.fullmatch(text):
        return _read_millions(match)
    if match := _THOUSANDS.fullmatch(text):
        return Reading(int(re.sub(r"\D", "", match[1])) * 1_000)
    if text.startswith("-") and _PLAIN.fullmatch(text[1:].strip()):
        return Reading(rejected="negative")
    return _AMBIGUOUS


def money_text(amount: int) -> str:
    """As papers write it: "1.500.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"


_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNITS: Final = ("", "nghìn", "triệu")
_BILLION: Final = 1_000_000_000


def _group_words(group: int, zero_word: str, *, full: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    tens, unit = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        if unit:
            words += [zero_word, _DIGITS[unit]] if words else [_DIGITS[unit]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if unit == 1 and tens > 1:
        words.append("mốt")
    elif unit == 5:
        words.append("lăm")
    elif unit:
        words.append(_DIGITS[unit])
    return words


def _words(number: int, zero_word: str, *, full: bool) -> list[str]:
    billions, below = divmod(number, _BILLION)
    words = [*_words(billions, zero_word, full=full), "tỷ"] if billions else []
    for power in (2, 1, 0):
        group = below // 1000**power % 1000
        if group:
            words += _group_words(group, zero_word, full=full or bool(words))
            words += [_UNITS[power]] if power else []
    return words


def money_words(amount: int, *, zero_word: str = "lẻ") -> str:
    """The number in words without its unit, e.g. "một nghìn không trăm lẻ năm"; in the North `zero_word` is "linh"."""
    if amount == 0:
        return _DIGITS[0]
    words = _words(abs(amount), zero_word, full=False)
    return " ".join(["âm", *words] if amount < 0 else words)

"""What kind of row a row is: section, subtotal, numbering, repeated titles, signatures, or a person."""

import re
from dataclasses import dataclass, field
from typing import Final

from casemgr.domain.households import HouseholdClass
from casemgr.domain.text import clean, fold
from casemgr.exchange.addresses import is_hamlet
from casemgr.exchange.cells import class_in_title, plain
from casemgr.exchange.columns import label_key
from casemgr.exchange.headers import is_numbering, title_strength
from casemgr.exchange.prepared import PreparedTable
from casemgr.exchange.workbooks import Row

NAME_FIELDS: Final = ("member_name", "name", "head_name")
_FACTS: Final = ("birth", "birth_male", "birth_female", "birth_year", "sex", "identity", "old_identity", "relation")

_SIGNATURE: Final = re.compile(
    r"^(nguoi lap|lap bieu|lap bang|nguoi tong hop|can bo|cong chuc|tm\.|tm uy|kt\.|kt chu|tl\.|tuq\.|"
    r"chu tich|pho chu tich|ke toan|thu truong|truong (ap|thon|khu|ban|khom)|bi thu|xac nhan|uy ban nhan dan|"
    r"t/?m\b|noi nhan)"
)
_DATED: Final = re.compile(r"\bngay\s*[\d.… ]*\s*thang\s*[\d.… ]*\s*nam\b")
_SUBTOTAL: Final = re.compile(r"^(tong cong|tong so|tong|cong)\b(?!\s*(van|thi|ngoc|huu|minh|tang)\b)")
_COUNTED: Final = re.compile(r"(\d[\d.]*)\s*(ho|khau|nguoi|nhan khau)\b")
_NUMERAL: Final = re.compile(r"^([ivxlc]+|[a-z])\s*[.)/:-]?$")
_LEADING_NUMERAL: Final = re.compile(r"^([IVXLC]+|[A-Z]|\d{1,2})\s*[.)/:-]+\s*")


@dataclass(frozen=True)
class RowKind:
    """The kind of a row, and what a section or a subtotal says."""

    kind: str
    text: str = ""
    value: HouseholdClass | None = None
    hamlet: str = ""
    counts: dict[str, int] = field(default_factory=dict)


PERSON: Final = RowKind("person")


def _texts(table: PreparedTable, row: Row) -> dict[int, str]:
    texts = ((column, clean(plain(table.value(row, column)))) for column in range(len(row.values)))
    return {column: text for column, text in texts if text}


def has_name(table: PreparedTable, row: Row) -> bool:
    """Whether a name column of the row is filled."""
    values = row.values
    return any(
        column < len(values) and values[column] not in (None, "")
        for field in NAME_FIELDS
        for column in table.columns.get(field, ())
    )


def _facts(table: PreparedTable, row: Row) -> bool:
    values = row.values
    return any(
        column < len(values) and values[column] not in (None, "")
        for field in _FACTS
        for column in table.columns.get(field, ())
    )


def _plainly_person(table: PreparedTable, row: Row) -> bool:
    """The usual row, decided quickly: a name that is no total, and a birth or an identity number with digits."""
    values = row.values
    named = False
    for name in NAME_FIELDS:
        for column in table.columns.get(name, ()):
            value = values[column] if column < len(values) else None
            if isinstance(value, str) and value:
                named = True
                if value.lstrip()[:1] in "TtCc" and _SUBTOTAL.search(fold(value.lstrip())):
                    return False
    first = values[0] if values else None
    if not named or (isinstance(first, str) and not first.strip().isdecimal()):
        return False
    for name in ("birth", "birth_male", "birth_female", "identity", "birth_year"):
        for column in table.columns.get(name, ()):
            value = values[column] if column < len(values) else None
            if value is not None and (not isinstance(value, str) or any(ch.isdecimal() for ch in value)):
                return True
    return False


def classify(table: PreparedTable, row: Row, *, spans: int, near_titles: bool) -> RowKind:
    """The kind of one row; `spans` is how many columns its widest merged cell covers."""
    facts = _facts(table, row)
    if facts and not near_titles and _plainly_person(table, row):
        return PERSON
    texts = _texts(table, row)
    if not texts:
        return RowKind("text") if row.faults else RowKind("blank")
    if near_titles and is_numbering(texts):
        return RowKind("numbering")
    joined = " ".join(texts.values())
    if title_strength(texts) >= 4:
        own = sum(label_key(text) in table.titles.get(column, ()) for column, text in texts.items())
        return RowKind("header" if own >= 3 else "other-table", joined)
    first = next(iter(texts.values()))
    key = fold(first)
    if _SUBTOTAL.search(key) and not facts_of_person(table, row):
        return _subtotal(table, row, joined)
    if not facts:
        if any(_SIGNATURE.search(fold(text)) or _DATED.search(fold(text)) for text in texts.values()):
            return RowKind("signature", joined)
        section = _section(list(texts.values()), spans)
        if section:
            return section
    if has_name(table, row):
        return PERSON
    return RowKind("nameless" if facts else "text", joined)


def facts_of_person(table: PreparedTable, row: Row) -> bool:
    """Whether birth or identity are filled with more than the count a subtotal would show."""
    for name in ("identity", "birth", "old_identity", "relation"):
        for column in table.columns.get(name, ()):
            text = plain(row.values[column]) if column < len(row.values) else ""
            if len(text.strip()) >= 4 or (name == "relation" and text.strip()):
                return True
    return False


def _subtotal(table: PreparedTable, row: Row, text: str) -> RowKind:
    counts: dict[str, int] = {}
    for number, unit in _COUNTED.findall(fold(text)):
        counts["households" if unit == "ho" else "people"] = int(number.replace(".", ""))
    for name in ("members", "amount", "class_poor", "class_near_poor"):
        for column in table.columns.get(name, ()):
            value = row.values[column] if column < len(row.values) else None
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                counts[name] = int(value)
    return RowKind("subtotal", text, counts=counts)


def _section(texts: list[str], spans: int) -> RowKind | None:
    """A title between rows: "I. HỘ NGHÈO", "Ấp 3", alone in its row."""
    if len(texts) > 2:
        return None
    if len(texts) == 2:
        if not _NUMERAL.match(fold(texts[0])):
            return None
        title = texts[1]
        numbered = True
    else:
        title = texts[0]
        numbered = bool(_LEADING_NUMERAL.match(title))
    bare = _LEADING_NUMERAL.sub("", title)
    value = class_in_title(bare)
    if value:
        hamlet = next((part for part in re.split(r"\s*[-–:,]\s*", bare) if is_hamlet(part)), "")
        return RowKind("section", title, value=value, hamlet=hamlet)
    if is_hamlet(bare):
        return RowKind("section", title, hamlet=re.split(r"\s*[:(]", bare)[0].strip())
    if spans >= 3 or (numbered and len(texts) == 2 and bare.isupper()):
        return RowKind("section", title)
    return None

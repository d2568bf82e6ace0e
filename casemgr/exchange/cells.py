"""Words and numbers of list cells other than dates, names and identity numbers: class, relation, scores, marks."""

import datetime
import re
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeVar

from casemgr.domain import ethnic
from casemgr.domain.households import POVERTY_CAUSES, HouseholdClass
from casemgr.domain.identity import IdNumber, read_identity, read_mark
from casemgr.domain.people import Disability, Education, LabourCapacity, Relation
from casemgr.domain.readings import Reading
from casemgr.domain.text import clean, fold

Value = str | int | float | bool | datetime.date | None
T = TypeVar("T")

_SIGNS: Final = re.compile(r"[^\w ]+")
_NOTHING: Final = frozenset({"", "-", "--", "–", "không", "ko", "0"})
_BLANKS: Final = " .-–—"
"""Signs that say nothing in an otherwise empty cell."""
DITTOS: Final = frozenset(
    {'"', "''", "”", "“", "〃", "''''", '""', "nt", "-nt-", "- nt -", "nt.", "//", "như trên", "-//-", "´´"}
)
_DITTO_STARTS: Final = frozenset(["", " ", "N", *(sign[0] for sign in DITTOS)])


def plain(value: Value) -> str:
    """A cell as the person sees it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat() if isinstance(value, datetime.datetime) else value.strftime("%d/%m/%Y")
    return str(value)


_clean: Final = lru_cache(maxsize=65_536)(clean)


def words(value: Value) -> str:
    """A cell as clean text; lists repeat themselves."""
    return _clean(value if isinstance(value, str) else plain(value))


def is_ditto(value: Value) -> bool:
    """Whether a cell only says "as above"."""
    return isinstance(value, str) and value[:1] in _DITTO_STARTS and len(value) < 12 and clean(value).lower() in DITTOS


def _key(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", fold(text)).split())


_RELATIONS: Final = MappingProxyType(
    {
        Relation.HEAD: "ch|chu ho|chuho|chu|c ho|ban than|chu ho gia dinh",
        Relation.SPOUSE: "v|vo|chong|ck|vk|vo chu ho|chong chu ho|c",
        Relation.CHILD: "con|con ruot|con de|con trai|con gai|con nuoi|con rieng|con ut|con chu ho",
        Relation.CHILD_IN_LAW: "con dau|con re|dau|re|dau con|con ru",
        Relation.PARENT: "cha|me|bo|ba|ma|tia|cha ruot|me ruot|bo ruot|bo de|me de|cha me|bo me|cha nuoi|me nuoi",
        Relation.PARENT_IN_LAW: "cha vo|me vo|bo vo|cha chong|me chong|bo chong|ba gia|ma gia",
        Relation.GRANDCHILD: "chau noi|chau ngoai|chau noi trai|chau noi gai|chau ruot noi|chau co|chat",
        Relation.GRANDPARENT: "ong|ba noi|ong noi|ba ngoai|ong ngoai|ong ba",
        Relation.SIBLING: "anh|chi|em|anh ruot|chi ruot|em ruot|em trai|em gai|anh trai|chi gai|anh em|anh chi em",
        Relation.NIECE_NEPHEW: "chau ho|chau goi bang chu|chau goi bang bac|chau goi bang di|chau goi bang cau",
    }
)
_RELATION_OF: Final = {key: relation for relation, keys in _RELATIONS.items() for key in keys.split("|")}
_KEPT_WORDS: Final = frozenset(
    {"chau", "nguoi o nho", "khac", "o nho", "chau ruot", "chau dau", "chau re", "chu", "bac", "co", "di"}
)


@lru_cache(maxsize=4096)
def read_relation(text: str) -> Reading[Relation]:
    """Relation to the head; unknown words are "other" with a warning, and the words are kept by the caller."""
    key = _key(text)
    if not key and not text.strip(_BLANKS):
        return Reading()
    if key in _RELATION_OF:
        return Reading(_RELATION_OF[key])
    if key in _KEPT_WORDS:
        return Reading(Relation.OTHER)
    return Reading(Relation.OTHER, ("relation-unknown",))


_CLASSES: Final = MappingProxyType(
    {
        HouseholdClass.POOR: "hn|ho ngheo|ngheo|ho ngheo a|ho ngheo moi",
        HouseholdClass.NEAR_POOR: "hcn|cn|can ngheo|ho can ngheo|ngheo can|hcnn",
        HouseholdClass.ESCAPED_POOR: "thoat ngheo|ho thoat ngheo|tn",
        HouseholdClass.ESCAPED_NEAR_POOR: "thoat can ngheo|ho thoat can ngheo|tcn",
        HouseholdClass.AVERAGE: "trung binh|tb|mstb|hmstb|muc song trung binh|ho muc song trung binh|ho trung binh|"
        "ho co muc song trung binh",
        HouseholdClass.NONE: "khong ngheo|ho khong ngheo|binh thuong|ho binh thuong|kn|hkn|khong thuoc dien",
    }
)
_CLASS_OF: Final = {key: value for value, keys in _CLASSES.items() for key in keys.split("|")}


@lru_cache(maxsize=4096)
def read_class(text: str) -> Reading[HouseholdClass]:
    """The class a cell names."""
    key = _key(text)
    if key == "0" or not text.strip(_BLANKS):
        return Reading()
    if key == "n":
        return Reading(HouseholdClass.POOR, ("class-short",))
    if key in _CLASS_OF:
        return Reading(_CLASS_OF[key])
    return Reading(rejected="class-unknown")


def class_in_title(text: str) -> HouseholdClass | None:
    """The one class a title or a section speaks of; none when it names several or none."""
    rest = f" {_key(text)} "
    found = []
    for phrase, value in (
        ("thoat can ngheo", HouseholdClass.ESCAPED_NEAR_POOR),
        ("thoat ngheo", HouseholdClass.ESCAPED_POOR),
        ("khong ngheo", HouseholdClass.NONE),
        ("giam ngheo", None),
        ("can ngheo", HouseholdClass.NEAR_POOR),
        ("hcn", HouseholdClass.NEAR_POOR),
        ("ngheo", HouseholdClass.POOR),
        ("hn", HouseholdClass.POOR),
        ("muc song trung binh", HouseholdClass.AVERAGE),
    ):
        if f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", "  ")
            found.append(value)
    kinds = {value for value in found if value}
    return kinds.pop() if len(kinds) == 1 else None


_SCORE: Final = re.compile(r"(\d{1,4})(?:[.,]0+)?\s*(?:đ|d|điểm|diem)?\.?", re.IGNORECASE)
_BOTH_SCORES: Final = re.compile(r"b1\s*[=:]?\s*(\d{1,4}).{0,12}?b2\s*[=:]?\s*(\d{1,4})\D*", re.IGNORECASE)
_PAIR: Final = re.compile(r"(\d{1,4})\s*[/;,|-]\s*(\d{1,4})")


def read_score(value: Value) -> Reading[int]:
    """A score: a whole number of points."""
    if isinstance(value, (int, float)):
        return Reading(int(value)) if value == int(value) and 0 <= value < 10_000 else Reading(rejected="score-unclear")
    text = words(value)
    if text.lower() in _NOTHING - {"0"}:
        return Reading()
    match = _SCORE.fullmatch(text)
    return Reading(int(match[1])) if match else Reading(rejected="score-unclear")


def read_scores(value: Value) -> Reading[tuple[int, int | None]]:
    """Both scores written in one cell, or the first alone."""
    text = words(value)
    match = _BOTH_SCORES.fullmatch(text) or _PAIR.fullmatch(text)
    if match:
        return Reading((int(match[1]), int(match[2])))
    single = read_score(value)
    if single.value is None:
        return Reading(rejected=single.rejected)
    return Reading((single.value, None))


_COUNT: Final = re.compile(r"0*(\d{1,2})(?:[.,]0+)?\s*(?:nhân\s+)?(?:khẩu|người|nk|nhân khẩu)?\.?", re.IGNORECASE)


def read_count(value: Value) -> Reading[int]:
    """A number of people."""
    if isinstance(value, (int, float)):
        return Reading(int(value)) if value == int(value) and 0 <= value < 100 else Reading(rejected="count-unclear")
    text = words(value)
    if text in _NOTHING - {"0"}:
        return Reading()
    match = _COUNT.fullmatch(text)
    return Reading(int(match[1])) if match else Reading(rejected="count-unclear")


_FLAG_WORDS: Final = re.compile(
    r"^(ho )?(dtts|dan toc thieu so|knld|khong co kha nang lao dong|nccc?|nguoi co cong|btxh|co)\b"
)


def read_flag(value: Value) -> Reading[bool]:
    """A household attribute: a mark, or its own name written out."""
    if isinstance(value, datetime.date):
        return Reading(rejected="unreadable-mark")
    found = read_mark(value)
    if found.rejected is None:
        return found
    if isinstance(value, str) and _FLAG_WORDS.search(_key(value)):
        return Reading(value=True)
    return Reading(rejected="unreadable-mark")


_CAUSE_WORDS: Final = MappingProxyType(
    {
        "1": "dat san xuat|khong co dat|thieu dat",
        "2": "von",
        "3": "thieu lao dong|khong co lao dong|it lao dong|neo nguoi",
        "4": "cong cu|phuong tien",
        "5": "kien thuc",
        "6": "ky nang",
        "7": "om dau|benh|tai nan|om|khuyet tat",
        "8": "khac|gia yeu|gia ca|dong con",
    }
)
_CAUSE_TAILS: Final = frozenset({"kinh doanh", "san xuat"})
"""What a comma cuts off the form's own words: "Không có vốn sản xuất, kinh doanh"."""


@lru_cache(maxsize=4096)
def read_causes(text: str) -> Reading[tuple[str, ...]]:
    """Codes of the causes of poverty a cell names by number or words."""
    key = fold(text)
    if key in _NOTHING:
        return Reading()
    found: list[str] = []
    unknown = False
    for part in re.split(r"[;,+/\n]| - ", key):
        part = part.strip(" .-")
        if not part or (found and part in _CAUSE_TAILS):
            continue
        if part in POVERTY_CAUSES:
            found.append(part)
            continue
        codes = [code for code, phrases in _CAUSE_WORDS.items() if any(phrase in part for phrase in phrases.split("|"))]
        unknown = unknown or not codes
        found.extend(codes[:1])
    return Reading(tuple(sorted(set(found))), ("cause-unknown",) if unknown else ())


@lru_cache(maxsize=4096)
def read_ethnic(text: str) -> Reading[str]:
    """Code of a people by its name; a bare number belongs to one of two lists and is refused."""
    if text.lower() in _NOTHING - {"0"}:
        return Reading()
    if text.isdecimal():
        return Reading(rejected="ethnic-number")
    if fold(text) == "k":
        return Reading(ethnic.by_name("Kinh"))
    code = ethnic.by_name(text) or ethnic.by_name(re.sub(r"^(người|dân tộc)\s+", "", text, flags=re.IGNORECASE))
    return Reading(code) if code else Reading(rejected="ethnic-unknown")


def _first(table: tuple[tuple[str, T], ...], text: str) -> T | None:
    key = _key(text)
    return next((value for pattern, value in table if re.search(pattern, key)), None)


_EDUCATION: Final = (
    (r"\b(dai hoc|dh|thac si|tien si)\b", Education.UNIVERSITY),
    (r"\b(cao dang|cd)\b", Education.COLLEGE),
    (r"\b(trung cap|so cap|nghe|tc)\b", Education.VOCATIONAL),
    (r"\b(thpt|cap 3|cap iii|trung hoc pho thong)\b|^(lop )?1[0-2]( 12)?$", Education.UPPER_SECONDARY),
    (r"\b(thcs|cap 2|cap ii|trung hoc co so)\b|^(lop )?[6-9]( 12)?$", Education.LOWER_SECONDARY),
    (r"\b(tieu hoc|cap 1|cap i)\b|^(lop )?[1-5]( 12)?$", Education.PRIMARY),
    (r"\b(mu chu|khong biet chu|chua di hoc|khong di hoc)\b|^0( 12)?$", Education.NONE),
)
_LABOUR: Final = (
    (r"\b(khong|mat|het)\b", LabourCapacity.NONE),
    (r"\b(giam|yeu|mot phan|han che)\b", LabourCapacity.REDUCED),
    (r"^(co|con|x|binh thuong|tot|con kha nang lao dong)\b", LabourCapacity.ABLE),
)
_DISABILITY: Final = (
    (r"\bdac biet nang\b", Disability.VERY_SEVERE),
    (r"\bnang\b", Disability.SEVERE),
    (r"\bnhe\b", Disability.MILD),
)


@lru_cache(maxsize=2048)
def read_education(text: str) -> Education | None:
    """Highest level reached, as far as the words say."""
    return _first(_EDUCATION, text)


@lru_cache(maxsize=2048)
def read_labour(text: str) -> LabourCapacity | None:
    """Ability to work, as far as the words say."""
    return _first(_LABOUR, text)


@lru_cache(maxsize=2048)
def read_disability(text: str) -> Disability | None:
    """Degree of disability, as far as the words say."""
    return _first(_DISABILITY, text)


_BETWEEN_NUMBERS: Final = re.compile(r"[/;,\n]|\s-\s|\bCMND\b|\bcũ\b", re.IGNORECASE)


def read_identities(value: Value) -> tuple[list[IdNumber], tuple[str, ...], str | None]:
    """Identity numbers of one person's cell: numbers, warnings, and why the cell is refused."""
    if isinstance(value, (bool, datetime.date)):
        return [], (), "non-digit"
    if isinstance(value, str) and _BETWEEN_NUMBERS.search(value):
        parts = [part.strip(" :.()") for part in _BETWEEN_NUMBERS.split(value)]
        readings = [read_identity(part) for part in parts if part]
        refused = next((reading.rejected for reading in readings if reading.rejected), None)
        numbers = [reading.value for reading in readings if reading.value]
        if refused or not numbers:
            return [], (), refused
        warnings = tuple(warning for reading in readings for warning in reading.warnings)
        kinds = [number.kind for number in numbers]
        extra = "old-id-found" if len(numbers) == 2 and sorted(kinds) == ["cccd", "cmnd"] else "several-numbers"
        return numbers, (*warnings, extra) if len(numbers) > 1 else warnings, None
    reading = read_identity(value)
    return [reading.value] if reading.value else [], reading.warnings, reading.rejected

"""What a column title means: the fields a list may have, and the ways offices write them."""

import re
from typing import Final

from casemgr.domain.text import clean, fold

JOIN: Final = " / "
"""Between the parts of a title stacked over several rows."""

NOT_KEPT: Final = frozenset({"amount", "age", "place"})
"""Fields that are recognised, and read where they can be checked, but have no home in the file yet."""

SEVERAL: Final = frozenset({"name", "note", "address", "place"})
"""Fields that may stand in more than one column."""

_RULES: Final = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("household_number", r"^(stt|so tt|so thu tu|tt) (cua )?ho\b|^ho so$"),
        ("number", r"^(stt|tt|so tt|so thu tu|s t t)( \||$)"),
        ("household_code", r"\bma (so )?ho\b"),
        ("place", r"^ma (tinh|huyen|xa|phuong|thon|ap|dvhc)\b"),
        ("place", r"^(ten )?((tinh|thanh pho|tp|huyen|quan|xa|phuong|thi tran|cu|moi) ?)+$"),
        ("decision_date", r"\bngay\b.*\b(quyet dinh|qd|cong nhan|ban hanh|ky)\b"),
        ("decision_number", r"\b(so )?(quyet dinh|qd)\b"),
        ("causes", r"\bnguyen nhan\b"),
        ("no_labour", r"\bkhong (con )?co kha nang lao dong|\bkhong con kha nang lao dong|\bisknld\b|^knld$"),
        ("minority", r"\bho (dtts|dan toc thieu so|dan toc)\b|\bisdtts\b|^dtts$|^dan toc thieu so$"),
        ("merit", r"\bco cong\b|\bistvcccm\b|\btvcccm\b|\bnccc?\b"),
        ("social_protection", r"\bbao tro xa hoi\b|\bbtxh\b"),
        ("relation", r"\b(quan he|moi qh|qh)\b"),
        ("identity_date", r"\bngay cap\b"),
        ("place", r"\bnoi cap\b"),
        ("insurance", r"\bbhyt\b|\bbao hiem\b|\bbhxh\b"),
        ("identity", r"\bcccd\b|\bcan cuoc\b|\bdinh danh\b|\bddcn\b|\bso giay to\b"),
        ("old_identity", r"\bcmnd\b|\bcmtnd\b|\bcmt\b|\bchung minh\b"),
        ("phone", r"\bsdt\b|\bdien thoai\b|\bdi dong\b|\bso dt\b|\bdt lien he\b"),
        ("birth_female", r"\b(sinh|sn)\b.*\| (la )?nu( gioi)?$"),
        ("birth_day", r"\bsinh\b.*\| ngay$"),
        ("birth_month", r"\bsinh\b.*\| thang$"),
        ("birth", r"\b(ngay|nam|thang)\b.*\bsinh\b|^sn$|^sinh\b|^ngay sinh|\bngay thang nam\b"),
        ("sex_male", r"\b(gioi|phai)\b.*\| nam$|^nam$"),
        ("sex_female", r"\b(gioi|phai)\b.*\| nu$|^nu$|^phai nu$|^gioi tinh nu$"),
        ("sex", r"\bgioi tinh\b|^gioi$|^phai$|^nam nu$"),
        ("members", r"(?<!\bho )\bkhau\b|\bso (nguoi|thanh vien)\b|\bso nk\b"),
        ("name", r"\bten\b.*\bchu ho\b.*\bthanh vien\b"),
        ("member_name", r"\bthanh vien\b"),
        ("head_name", r"\bchu ho\b"),
        ("name", r"^(ho va ten|ho ten|ten|ho va|ho chu dem|ten nguoi)\b|\bho va ten\b|\bho ten\b"),
        ("ethnic", r"\bdan toc\b|^dt$"),
        ("class_escaped_near_poor", r"\bthoat (ho )?can ngheo\b"),
        ("class_escaped_poor", r"\bthoat (ho )?ngheo\b"),
        ("class_near_poor", r"(^|\| )(ho )?(can ngheo|hcn|cn)$"),
        ("class_poor", r"(^|\| )(ho )?(ngheo|hn)$"),
        ("class", r"\bphan loai\b|\bloai ho\b|^dien\b|^doi tuong\b|\bket qua\b|\bdien ho\b|\bho ngheo\b"),
        ("b1", r"\bb1\b"),
        ("b2", r"\bb2\b"),
        ("score", r"^(tong )?(so )?diem\b"),
        ("amount", r"\bso tien\b|\bmuc (ho tro|huong|tro cap|chi)\b|^muc$|\btro cap\b|\bkinh phi\b|\bthanh tien\b"),
        ("labour", r"\b(kha nang|suc) lao dong\b"),
        ("disability", r"\b(khuyet|tan) tat\b"),
        ("education", r"\btrinh do\b|\bhoc van\b|\bvan hoa\b"),
        ("work", r"\bnghe\b|\bviec lam\b|\bcong viec\b"),
        ("hamlet", r"\b(ap|thon|khom|khu pho|to dan pho|ban|buon|lang|xom|kp|tdp)\b"),
        ("permanent_address", r"\bthuong tru\b|\bho khau\b"),
        ("address", r"\bdia chi\b|\bnoi o\b|\bcu tru\b|\bcho o\b|\btam tru\b|^so nha\b|^to$|^duong\b"),
        ("age", r"^tuoi$|^do tuoi$"),
        ("note", r"\bghi chu\b|\bchu thich\b"),
    )
)

_PUNCTUATION: Final = re.compile(r"[^\w|]+|_")
_YEAR_PART: Final = re.compile(r"\bnăm\s*$", re.IGNORECASE)
_MALE_PART: Final = re.compile(r"\bsinh\b.*\| (la )?nam( gioi)?$|\bsn\b.*\| nam$")
_NUMERALS: Final = re.compile(r"^\(?\s*(\d{1,2}|[a-z])\s*\)?$")


def label_key(label: str) -> str:
    """A title as it is compared: without marks, signs as spaces, stacked parts between bars."""
    parts = (_PUNCTUATION.sub(" ", fold(part)).strip() for part in label.split(JOIN))
    return " | ".join(" ".join(part.split()) for part in parts if part)


def field_of(label: str) -> str:
    """The field a title means; "" when it is not understood."""
    key = label_key(label)
    if not key or _NUMERALS.match(key):
        return ""
    if _MALE_PART.search(key):  # "Năm sinh / Nam" against "Ngày sinh / Năm": without marks they are one
        return "birth_year" if _YEAR_PART.search(clean(label)) else "birth_male"
    return next((field for field, pattern in _RULES if pattern.search(key)), "")


_THOUSANDS: Final = re.compile(r"\b(nghin|ngan|1 ?000) ?(dong|d|vnd)?\b")


def in_thousands(label: str) -> bool:
    """Whether the title says that amounts are in thousands of đồng."""
    return bool(_THOUSANDS.search(label_key(label)))

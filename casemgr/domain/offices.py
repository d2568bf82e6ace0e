"""The office that keeps the file: its commune, letterhead, hamlets and signatories."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from casemgr.i18n import N_


class Area(StrEnum):
    """Area type of a hamlet or a household; it decides the poverty line, not the commune's name does."""

    RURAL = "rural"
    URBAN = "urban"


AREA_LABELS = {Area.RURAL: N_("Rural area"), Area.URBAN: N_("Urban area")}

HAMLET_KINDS = ("Ấp", "Thôn", "Khu phố", "Khóm", "Tổ dân phố", "Bản", "Buôn", "Làng", "Xóm")
"""Official kinds of hamlet, as written on papers (data of the field, not interface words)."""

_LOWERED = ("Xã", "Phường", "Đặc khu", "Tỉnh", *HAMLET_KINDS)


def in_sentence(full_name: str) -> str:
    """A unit's name inside a sentence: the kind in small letters (NĐ 30/2020 Phụ lục II), but "Phường 1" stays."""
    for kind in _LOWERED:
        rest = full_name.removeprefix(f"{kind} ")
        if rest != full_name and not rest[:1].isdigit():
            return f"{kind[0].lower()}{kind[1:]} {rest}"
    return full_name


URBAN_KINDS = ("Khu phố", "Khóm", "Tổ dân phố")
"""Kinds that exist in towns only."""


@dataclass(frozen=True)
class AdminUnit:
    """A commune-level unit (xã, phường, đặc khu) with its province; codes are text with leading zeros."""

    code: str
    kind: str
    name: str
    full_name: str
    province_code: str
    province: str

    @property
    def default_area(self) -> Area:
        """What most hamlets of such a unit are; each hamlet may differ."""
        return Area.URBAN if self.kind == "Phường" else Area.RURAL


@dataclass(frozen=True)
class OfficeData:
    """The office as the wizard and the settings page know it."""

    commune: str
    commune_name: str
    province_code: str
    province_name: str
    agency_lines: tuple[str, ...]
    """Top left of every paper, e.g. ("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG")."""
    place_name: str
    """Địa danh before the date; NĐ 30/2020 names some units with their kind, so it is never derived silently."""
    certificate_symbol: str = "GCN-HN.HCN"
    sample: bool = False
    """An office of invented people: every paper is marked so."""


@dataclass(frozen=True)
class HamletData:
    """A thôn, ấp or khu phố of the commune."""

    kind: str
    name: str
    area: Area

    @property
    def full_name(self) -> str:
        """As written in an address: "Ấp Phú Nhơn"."""
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True)
class SignatoryData:
    """Somebody who signs papers: title lines as they stand above the signature (NĐ 30/2020 Đ.13)."""

    name: str
    title_lines: tuple[str, ...]
    active: bool = True


@dataclass(frozen=True)
class UserData:
    """Somebody who signs in."""

    login: str
    name: str
    role: str = "admin"


@dataclass(frozen=True)
class DecisionData:
    """A decision of the chairman that recognises or removes households."""

    number: str
    signed_on: date | None
    year: int
    summary: str = ""


@dataclass(frozen=True)
class HamletView:
    """A hamlet with what lists need."""

    id: UUID
    version: int
    data: HamletData
    active: bool
    households: int


@dataclass(frozen=True)
class SignatoryView:
    """A signatory on record."""

    id: UUID
    version: int
    data: SignatoryData

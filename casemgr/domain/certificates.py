"""The certificate of a poor or near-poor household (Mẫu số 03): what stands on it, its number and its QR text."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import Relation, Sex
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import N_, _

CERTIFIED = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
"""The classes a certificate can state; a household that leaves the list gets a decision instead."""


class CertificateStatus(StrEnum):
    """What became of an issued certificate; its number is never given out again."""

    ISSUED = "issued"
    VOID = "void"
    REPLACED = "replaced"


STATUS_LABELS = {
    CertificateStatus.ISSUED: N_("In force"),
    CertificateStatus.VOID: N_("Void"),
    CertificateStatus.REPLACED: N_("Replaced"),
}


@dataclass(frozen=True)
class CertificateWording:
    """Every fixed word of the form, with the names of the office already filled in."""

    title: str
    basis: tuple[str, ...]
    certify: str
    head_label: str
    ethnic_label: str
    id_label: str
    id_date_label: str
    residence_label: str
    members_heading: str
    members_continued: str
    column_order: str
    column_name: str
    column_ethnic: str
    column_relation: str
    column_birth: str
    column_male: str
    column_female: str
    column_note: str
    results_heading: str
    year_label: str
    confirm_label: str
    sign_label: str
    poor_label: str
    near_poor_label: str
    deprivations_label: str
    legend: str
    """One line above the list of indicators; empty prints no legend."""
    indicators: tuple[str, ...]
    """Names of the indicators in the order of their numbers on the paper."""
    qr_note: str
    draft_mark: str
    sample_mark: str


@dataclass(frozen=True)
class MemberLine:
    """One member in the table; the year of birth goes under Nam or Nữ, across both when the sex is not known."""

    name: str
    ethnic: str
    relation: str
    birth_year: str
    sex: str | None
    note: str = ""


@dataclass(frozen=True)
class YearBlock:
    """The confirmation of one year: class, deprivations, date and who signs."""

    year: int
    value: HouseholdClass
    deprivations: tuple[int, ...]
    """Numbers of the indicators as printed, from 1."""
    confirmed_on: date
    title_lines: tuple[str, ...]
    signatory: str


@dataclass(frozen=True)
class CertificateContent:
    """Everything on the paper, resolved; the same content always gives the same paper."""

    template: str
    """Id of the wording used."""
    wording: CertificateWording
    parent_line: str
    """The superior body above the office's own name, in plain letters; usually empty."""
    agency_lines: tuple[str, ...]
    symbol: str
    number: str | None
    """As printed, "05/GCN-HN.HCN"; None until issued."""
    place_line: str
    head_name: str
    head_ethnic: str
    id_number: str
    id_issued_on: str
    residence: str
    members: tuple[MemberLine, ...]
    blocks: tuple[YearBlock, ...]
    """In the order of their places on the paper."""
    slots: int
    """Yearly blocks the paper has room for."""
    member_rows: int
    """Rows of the member table at least; the empty ones are for later changes, written by hand."""
    qr: str | None
    sample: bool
    only_block: int | None = None
    """Print nothing but this year's block, at its place on the paper that exists already."""

    @property
    def draft(self) -> bool:
        """Whether the paper is still without number and QR."""
        return self.number is None

    def block(self, year: int) -> tuple[int, YearBlock]:
        """The place and the block of a year."""
        for place, block in enumerate(self.blocks):
            if block.year == year:
                return place, block
        message = f"no block of {year}"
        raise LookupError(message)


def number_text(number: int, symbol: str) -> str:
    """The number as printed; one digit gets a leading zero (NĐ 30/2020): "05/GCN-HN.HCN"."""
    return f"{number:02d}/{symbol}"


def day_text(day: date) -> str:
    """Day of the month as printed after "ngày"."""
    return f"{day.day:02d}"


def month_text(day: date) -> str:
    """Month as printed after "tháng": only January and February get a leading zero (NĐ 30/2020)."""
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def content_to_json(content: CertificateContent) -> str:
    """The content as text for the register."""
    return json.dumps(asdict(content), ensure_ascii=False, default=str, separators=(",", ":"))


def content_from_json(text: str) -> CertificateContent:
    """The content again, from `content_to_json`."""
    raw = json.loads(text)
    raw["wording"] = wording_from_dict(raw["wording"])
    raw["members"] = tuple(MemberLine(**member) for member in raw["members"])
    raw["blocks"] = tuple(
        YearBlock(
            year=block["year"],
            value=HouseholdClass(block["value"]),
            deprivations=tuple(block["deprivations"]),
            confirmed_on=date.fromisoformat(block["confirmed_on"]),
            title_lines=tuple(block["title_lines"]),
            signatory=block["signatory"],
        )
        for block in raw["blocks"]
    )
    raw["agency_lines"] = tuple(raw["agency_lines"])
    return CertificateContent(**raw)


def wording_from_dict(raw: dict[str, object]) -> CertificateWording:
    """The wording from plain data; lists become tuples, and a missing or unknown key is an error."""
    names = {field.name for field in fields(CertificateWording)}
    problems = [
        Problem(name, _("The wording has no “{name}”.").format(name=name)) for name in sorted(names - raw.keys())
    ]
    problems += [
        Problem(name, _("“{name}” is no part of this wording.").format(name=name))
        for name in sorted(raw.keys() - names)
    ]
    lists = {"basis", "indicators"}
    for name in sorted(names & raw.keys()):
        value = raw[name]
        plain = isinstance(value, str)
        if name in lists:
            plain = isinstance(value, list | tuple) and all(isinstance(line, str) for line in value)
        if not plain:
            problems.append(Problem(name, _("“{name}” must be text.").format(name=name)))
    if problems:
        raise ValidationError(problems)
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
    return CertificateWording(**values)


# The QR text: CM1:<document id>:<number>:<year>:<checksum>[:<signature>], all in the QR alphabet of 45 signs.

_VERSION = "CM1"
_CHECK = 10


@dataclass(frozen=True)
class QrFacts:
    """What the QR of a certificate says."""

    document: UUID
    number: str
    year: int
    signature: str | None


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:_CHECK].upper()


def qr_text(document: UUID, number: str, year: int) -> str:
    """The text of a certificate's QR; the checksum finds misreadings, it proves nothing (a signature will)."""
    body = f"{_VERSION}:{document.hex.upper()}:{quote(number, safe='/-.+*$ ')}:{year}"
    return f"{body}:{_checksum(body)}"


def is_qr_text(text: str) -> bool:
    """Whether a scanned or typed text claims to be the QR of a certificate."""
    return text.strip().upper().startswith(f"{_VERSION}:")


def parse_qr(text: str) -> QrFacts:
    """The facts in a scanned QR text; refused when it is not ours or was misread."""
    parts = text.strip().split(":")
    if len(parts) not in (5, 6) or parts[0] != _VERSION:
        raise ValidationError([Problem("qr", _("This is not the QR code of a certificate of this program."))])
    if _checksum(":".join(parts[:4])) != parts[4]:
        raise ValidationError(
            [Problem("qr", _("The QR code was misread: its checksum does not match. Scan it again."))]
        )
    try:
        document, year = UUID(hex=parts[1]), int(parts[3])
    except ValueError:
        raise ValidationError([Problem("qr", _("This is not the QR code of a certificate of this program."))]) from None
    return QrFacts(document, unquote(parts[2]), year, parts[5] if len(parts) == 6 else None)


_RELATIONS: dict[Relation, tuple[str, str, str]] = {
    Relation.HEAD: ("Chủ hộ", "Chủ hộ", "Chủ hộ"),
    Relation.SPOUSE: ("Chồng", "Vợ", "Vợ/chồng"),
    Relation.CHILD: ("Con", "Con", "Con"),
    Relation.CHILD_IN_LAW: ("Con rể", "Con dâu", "Con dâu/rể"),
    Relation.PARENT: ("Cha", "Mẹ", "Cha/mẹ"),
    Relation.PARENT_IN_LAW: ("Cha vợ/chồng", "Mẹ vợ/chồng", "Cha, mẹ vợ/chồng"),
    Relation.GRANDCHILD: ("Cháu", "Cháu", "Cháu"),
    Relation.GRANDPARENT: ("Ông", "Bà", "Ông/bà"),
    Relation.SIBLING: ("Anh/em", "Chị/em", "Anh/chị/em"),
    Relation.NIECE_NEPHEW: ("Cháu", "Cháu", "Cháu"),
    Relation.OTHER: ("Khác", "Khác", "Khác"),
}
"""What stands on the paper for a man, a woman, and somebody whose sex is not known; the paper is always Vietnamese."""


def relation_on_paper(relation: Relation, sex: Sex | None, text: str) -> str:
    """How the paper calls a relation: the officer's own word where there is one, with a capital like the others."""
    male, female, unknown = _RELATIONS[relation]
    return text[:1].upper() + text[1:] or {Sex.MALE: male, Sex.FEMALE: female, None: unknown}[sex]

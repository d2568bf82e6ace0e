"""The wording of papers as dated data: versions shipped with the program and versions the office saved itself."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any

from casemgr.assets import resource
from casemgr.domain.certificates import CertificateWording, wording_from_dict
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _

CERTIFICATE = "certificate"

OWN = "own"
"""Prefix of the ids of versions the office saved."""


@dataclass(frozen=True)
class Mark:
    """How sure the shipped wording of a field is: V read, R recalled, U uncertain; the note says what to check."""

    field: str
    sure: str
    note: str


@dataclass(frozen=True)
class PaperTemplate:
    """One version of the wording of the certificate; `{commune}`, `{unit}` and the like are still open."""

    id: str
    title: str
    valid_from: date
    valid_to: date | None
    """None: until another version follows."""
    slots: int
    """Yearly blocks on one paper."""
    member_rows: int
    """Rows of the member table at least."""
    wording: CertificateWording
    marks: tuple[Mark, ...] = ()
    indicator_codes: tuple[str, ...] = ()
    """Codes of the deprivation indicators in the order of their numbers on the paper."""

    def in_force(self, on: date) -> bool:
        """Whether the version is meant for papers of that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def own(self) -> bool:
        """Whether the office saved it itself."""
        return self.id.startswith(OWN)


def shipped_key(key: str) -> str:
    """The key of a paper the program has a wording for."""
    if key != CERTIFICATE:
        raise ValidationError([Problem("key", _("There is no paper called “{key}”.").format(key=key))])
    return key


@cache
def shipped(key: str) -> tuple[PaperTemplate, ...]:
    """The versions shipped with the program, oldest first."""
    path = resource("templates", f"{shipped_key(key)}.toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    known: dict[str, dict[str, Any]] = {}
    for version in raw["version"]:
        base = known.get(version.get("base", ""), {})
        wording = {**base.get("wording", {}), **version.get("wording", {})}
        known[version["id"]] = {**base, **version, "wording": wording}
    return tuple(_from_raw(version) for version in known.values())


def _from_raw(raw: Mapping[str, Any]) -> PaperTemplate:
    return PaperTemplate(
        id=raw["id"],
        title=raw["title"],
        valid_from=raw["valid_from"],
        valid_to=raw["valid_to"],
        slots=raw["slots"],
        member_rows=raw["member_rows"],
        wording=wording_from_dict(raw["wording"]),
        marks=tuple(Mark(**mark) for mark in raw.get("mark", ())),
        indicator_codes=tuple(raw["indicator_codes"]),
    )


def body_to_json(template: PaperTemplate) -> str:
    """What the office's own version is kept as."""
    wording = {field.name: getattr(template.wording, field.name) for field in fields(CertificateWording)}
    body = {
        "wording": wording,
        "slots": template.slots,
        "member_rows": template.member_rows,
        "indicator_codes": template.indicator_codes,
    }
    return json.dumps(body, ensure_ascii=False)


def own_template(number: int, title: str, valid_from: date, body: str) -> PaperTemplate:
    """The office's own version again, from `body_to_json`."""
    raw = json.loads(body)
    return PaperTemplate(
        id=f"{OWN}-{number}",
        title=title,
        valid_from=valid_from,
        valid_to=None,
        slots=raw["slots"],
        member_rows=raw["member_rows"],
        wording=wording_from_dict(raw["wording"]),
        indicator_codes=tuple(raw["indicator_codes"]),
    )


def in_sentence(full_name: str) -> str:
    """A unit's name inside a sentence: "xã Hưng Khánh Trung", but "Phường 1" (NĐ 30/2020, Phụ lục II)."""
    kind = unit_kind(full_name)
    rest = full_name[len(kind) :]
    return full_name if rest.strip()[:1].isdigit() else kind + rest


def unit_kind(full_name: str) -> str:
    """Kind of a unit in small letters, "xã", "phường", "đặc khu"; the first word when it is none of the known ones."""
    small = full_name.lower()
    for kind in ("xã", "phường", "đặc khu", "thị trấn"):
        if small.startswith(f"{kind} "):
            return kind
    return small.split(" ")[0]


def fill(wording: CertificateWording, values: Mapping[str, str]) -> CertificateWording:
    """The wording with `{commune}`, `{unit}` and other names replaced; braces that name nothing stay as they are."""

    def filled(text: str) -> str:
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    changes: dict[str, Any] = {}
    for field in fields(wording):
        value = getattr(wording, field.name)
        changes[field.name] = filled(value) if isinstance(value, str) else tuple(filled(line) for line in value)
    return replace(wording, **changes)

"""Use cases of the catalogue of programmes: what is shipped, overlaid by what this office wrote or took out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import select

from casemgr.domain.entitlement_facts import About, Fact
from casemgr.domain.permissions import Permission
from casemgr.domain.programme_reading import KINDS, Tables, code_of, read, shipped
from casemgr.domain.programmes import Catalogue, Programme, Rule
from casemgr.domain.text import nfc
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import ProgrammeRow
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.offices import keep_setting, setting

COMMUNE_FACTS = "programmes.commune"
"""Office setting: what holds for the whole commune, fact code to true or false."""

Overlay = tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True)
class ProgrammeListRow:
    """A programme in a list."""

    programme: Programme
    group_name: str
    rules: tuple[Rule, ...]
    """Those that apply on the day."""
    own: bool
    """Written or changed by the office."""


def catalogue(uow: UnitOfWork) -> Catalogue:
    """Everything that holds in this file."""
    return _catalogue(_overlay(uow))


def shipped_catalogue() -> Catalogue:
    """What comes with the program, without any file."""
    return _catalogue(())


def programmes(uow: UnitOfWork, on: date | None = None) -> list[ProgrammeListRow]:
    """All programmes in the order of the catalogue, with the rules of a day."""
    uow.require(Permission.READ)
    return listed(catalogue(uow), on or uow.today)


def listed(found: Catalogue, on: date) -> list[ProgrammeListRow]:
    """The programmes of a catalogue with the rules of a day."""
    return [
        ProgrammeListRow(
            programme=programme,
            group_name=found.groups[programme.group],
            rules=found.rules_on(programme.code, on),
            own=("programme", programme.code) in found.own
            or any(("rule", rule.id) in found.own for rule in found.rules_of(programme.code)),
        )
        for programme in found.programmes.values()
    ]


def content(uow: UnitOfWork, kind: str, code: str) -> dict[str, object]:
    """The plain table of an entry, as the office may change it; dates are text."""
    uow.require(Permission.READ)
    table = _tables(_overlay(uow)).get((kind, code))
    if table is None:
        raise NotFoundError(_("There is no entry {code} in the catalogue.").format(code=code))
    found: dict[str, object] = json.loads(_json(table))
    return found


def keep(uow: UnitOfWork, kind: str, table: Mapping[str, object], *, replaces: str | None = None) -> str:
    """Write an entry (`KINDS`) of the office; it wins over the shipped one of its code. Returns the code.

    Refused as a whole, each fault with its place, when anything in the catalogue would not fit any more. `replaces`
    names the entry this one was made from when its code (for a rate: its first day) changed.
    """
    uow.require(Permission.SETTINGS)
    if kind not in KINDS:
        raise ValidationError([Problem("kind", _("The catalogue has no such kind of entry."))])
    text = nfc(_json(table))
    code = code_of(kind, json.loads(text))
    overlay = {(row[0], row[1]): row for row in _overlay(uow)}
    if replaces is not None and replaces != code:
        overlay[kind, replaces] = (kind, replaces, "{}", True)
    overlay[kind, code] = (kind, code, text, False)
    _catalogue(tuple(overlay.values()))
    if replaces is not None and replaces != code:
        _write(uow, kind, replaces, "{}", removed=True)
    record = _write(uow, kind, code, text, removed=False)
    uow.name_step("programme.keep", record)
    return code


def remove(uow: UnitOfWork, kind: str, code: str) -> None:
    """Take an entry out; refused while others of the catalogue name it."""
    uow.require(Permission.SETTINGS)
    overlay = {(row[0], row[1]): row for row in _overlay(uow)}
    if (kind, code) not in _tables(tuple(overlay.values())):
        raise NotFoundError(_("There is no entry {code} in the catalogue.").format(code=code))
    overlay[kind, code] = (kind, code, "{}", True)
    _catalogue(tuple(overlay.values()))
    record = _write(uow, kind, code, "{}", removed=True)
    uow.name_step("programme.remove", record)


def restore(uow: UnitOfWork, kind: str, code: str) -> None:
    """Give the shipped entry back its place."""
    uow.require(Permission.SETTINGS)
    table = shipped()[0].get((kind, code))
    if table is None:
        raise NotFoundError(_("{code} was not shipped with the program.").format(code=code))
    overlay = tuple(row for row in _overlay(uow) if (row[0], row[1]) != (kind, code))
    _catalogue(overlay)
    record = _row(uow, kind, code)
    if record is not None:
        uow.name_step("programme.keep", record)
        uow.session.delete(record)


def commune_facts(uow: UnitOfWork) -> dict[str, bool | None]:
    """What holds for the whole commune; None: nobody said yet."""
    uow.require(Permission.READ)
    said = commune_values(uow)
    return {fact.code: said.get(fact.code) for fact in _commune(catalogue(uow))}


def commune_values(uow: UnitOfWork) -> dict[str, bool]:
    """The same without what nobody said."""
    found: dict[str, bool] = json.loads(setting(uow, COMMUNE_FACTS) or "{}")
    return found


def keep_commune_facts(uow: UnitOfWork, values: Mapping[str, bool | None]) -> None:
    """Say what holds for the whole commune."""
    uow.require(Permission.SETTINGS)
    known = {fact.code for fact in _commune(catalogue(uow))}
    if set(values) - known:
        raise ValidationError([Problem("commune", _("This is no fact of the commune."))])
    said = commune_values(uow) | {code: value for code, value in values.items() if value is not None}
    for code, value in values.items():
        if value is None:
            said.pop(code, None)
    keep_setting(uow, COMMUNE_FACTS, json.dumps(said, sort_keys=True))


def _commune(found: Catalogue) -> list[Fact]:
    return [fact for fact in found.facts.values() if fact.about is About.COMMUNE]


def _overlay(uow: UnitOfWork) -> Overlay:
    rows = uow.session.execute(
        select(ProgrammeRow.kind, ProgrammeRow.code, ProgrammeRow.content, ProgrammeRow.removed).order_by(
            ProgrammeRow.kind, ProgrammeRow.id
        )
    )
    return tuple((kind, code, text, removed) for kind, code, text, removed in rows)


def _tables(overlay: Overlay) -> Tables:
    found = dict(shipped()[0])
    for kind, code, text, removed in overlay:
        if removed:
            found.pop((kind, code), None)
        else:
            found[kind, code] = json.loads(text)
    return found


@lru_cache(maxsize=8)
def _catalogue(overlay: Overlay) -> Catalogue:
    own = frozenset((kind, code) for kind, code, _text, removed in overlay if not removed)
    return read(_tables(overlay), own)


def _row(uow: UnitOfWork, kind: str, code: str) -> ProgrammeRow | None:
    rows = select(ProgrammeRow).where(ProgrammeRow.kind == kind, ProgrammeRow.code == code)
    return uow.session.scalars(rows).first()


def _write(uow: UnitOfWork, kind: str, code: str, text: str, *, removed: bool) -> ProgrammeRow:
    record = _row(uow, kind, code)
    if record is None:
        record = ProgrammeRow(kind=kind, code=code, content=text, removed=removed)
        uow.add(record)
        uow.session.flush()
    else:
        record.content, record.removed = text, removed
    return record


def _json(table: Mapping[str, object]) -> str:
    return json.dumps(table, ensure_ascii=False, sort_keys=True, default=lambda value: value.isoformat())

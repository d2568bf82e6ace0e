"""Use cases of policy packs: which standard holds on a day, newer packs from signed files, contents kept for replay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select

from casemgr.domain.pack_changes import PackChange, changes
from casemgr.domain.pack_reading import score_table_from_content
from casemgr.domain.packs import (
    DRAFT,
    LOCAL,
    Pack,
    SignedPack,
    check_bands,
    check_dates,
    check_whole,
    local_on,
    national_on,
    newest,
    of_id,
    pack_from_content,
    shipped,
)
from casemgr.domain.packs import known_codes as _known_codes
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError, NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import PolicyPack, ScoreTableRow
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices

SHIPPED = "shipped"
IMPORTED = "imported"

_read = lru_cache(maxsize=64)(pack_from_content)
_read_table = lru_cache(maxsize=8)(score_table_from_content)


@dataclass(frozen=True)
class PackView:
    """A pack as this file knows it: the newest revision of its id."""

    pack: Pack
    origin: str
    """shipped or imported."""
    signed_by: str
    accepted_at: datetime | None


@dataclass(frozen=True)
class PackImport:
    """What accepting a pack would do; nothing is written yet."""

    signed: SignedPack
    replaces: Pack | None
    """The revision now in use of the same id."""
    changes: tuple[PackChange, ...]


def packs(uow: UnitOfWork) -> list[PackView]:
    """Every standard in its newest revision, national ones first, oldest first."""
    accepted = {row.sha256: row for row in _accepted(uow)}
    return [
        PackView(pack, IMPORTED, row.signed_by, row.accepted_at)
        if (row := accepted.get(pack.sha256))
        else PackView(pack, SHIPPED, "", None)
        for pack in in_use(uow)
    ]


def in_use(uow: UnitOfWork) -> tuple[Pack, ...]:
    """The packs shipped and accepted, one per id, each with the point table the office loaded for it."""
    return _with_tables(uow, newest([*shipped(), *(_read(row.content) for row in _accepted(uow))]))


def national(uow: UnitOfWork, on: date) -> Pack:
    """The national standard of a day; refused when no pack covers it."""
    return national_on(in_use(uow), on)


def local(uow: UnitOfWork, on: date) -> Pack | None:
    """The standard of the office's own province beside the national one."""
    return local_on(in_use(uow), on, offices.office(uow).province_code)


def by_id(uow: UnitOfWork, pack_id: str, *, sha256: str | None = None) -> Pack:
    """The newest revision of a pack or, by `sha256`, exactly the content that once judged."""
    if sha256 is None:
        return of_id(in_use(uow), pack_id)
    pack = next((one for one in shipped() if one.sha256 == sha256), None)
    if pack is None:
        content = uow.session.scalars(select(PolicyPack.content).where(PolicyPack.sha256 == sha256)).first()
        if content is None:
            raise NotFoundError(
                _("The content of {id} that was used then is not kept in this file.").format(id=pack_id)
            )
        pack = _read(content)
    return _with_tables(uow, [pack])[0]


def known_codes(uow: UnitOfWork) -> frozenset[str]:
    """Indicator codes of every pack of this file; `classify` takes them as `known`."""
    return _known_codes(in_use(uow))


def archive(uow: UnitOfWork, pack: Pack) -> None:
    """Keep the content of a pack, once, so that what it judged can be judged again after any update."""
    if uow.session.scalars(select(PolicyPack.id).where(PolicyPack.sha256 == pack.sha256)).first() is None:
        uow.add(_record(uow, pack, SHIPPED, ""))
        uow.session.flush()


def require_official(pack: Pack, on: date | None = None) -> None:
    """Refuse official use of a draft, or of a pack on a day it does not cover, with the reason."""
    if pack.status == DRAFT:
        message = _(
            "{title} ({id}) is a draft: it can be tried out, but no household can be recognised by it. "
            "Import the official pack first."
        ).format(title=pack.title, id=pack.id)
        message = "\n".join(filter(None, (message, pack.note)))
        raise ValidationError([Problem("pack", message)])
    if on is not None and not pack.covers(on):
        message = _("{title} ({id}) does not apply on {date}.").format(
            title=pack.title, id=pack.id, date=format_date(on)
        )
        raise ValidationError([Problem("pack", message)])


def preview_import(uow: UnitOfWork, signed: SignedPack) -> PackImport:
    """What would change, field by field; refused when the pack cannot be accepted."""
    uow.require(Permission.SETTINGS)
    pack, known = signed.pack, in_use(uow)
    check_bands(pack)
    check_whole(pack)
    present = next((one for one in known if one.id == pack.id), None)
    if present is not None and pack.revision <= present.revision:
        raise ConflictError(_older(pack, present))
    if present is not None and (present.scope, present.province) != (pack.scope, pack.province):
        raise ConflictError(
            _("{id} is already the id of another standard: {title}.").format(id=pack.id, title=present.title)
        )
    _require_own_province(uow, pack)
    check_dates([*(one for one in known if one.id != pack.id), pack])
    return PackImport(signed, present, changes(present, pack))


def accept_import(uow: UnitOfWork, signed: SignedPack) -> PackImport:
    """Use the pack from now on; what was decided by an older revision keeps it."""
    preview = preview_import(uow, signed)
    if preview.replaces is not None:
        archive(uow, preview.replaces)
    record = uow.session.scalars(select(PolicyPack).where(PolicyPack.sha256 == signed.pack.sha256)).first()
    if record is None:
        record = _record(uow, signed.pack, IMPORTED, signed.key)
        uow.add(record)
    else:  # kept for replay by a program that shipped it
        record.origin, record.signed_by = IMPORTED, signed.key
        record.accepted_at, record.accepted_by = uow.now, uow.actor.user_id
    uow.name_step("pack.accept", record, undoable=False)
    return preview


def _older(pack: Pack, present: Pack) -> str:
    if pack.sha256 == present.sha256:
        return _("{id} revision {revision} is in use already.").format(id=pack.id, revision=pack.revision)
    return _(
        "This file has revision {new} of {id}, but revision {present} is in use already. Only a newer one is accepted."
    ).format(new=pack.revision, id=pack.id, present=present.revision)


def _require_own_province(uow: UnitOfWork, pack: Pack) -> None:
    office = offices.office(uow)
    if pack.scope == LOCAL and pack.province != office.province_code:
        message = _("{title} belongs to another province (code {code}); this office is in {province}.").format(
            title=pack.title, code=pack.province, province=office.province_name
        )
        raise ValidationError([Problem("province", message)])


def _accepted(uow: UnitOfWork) -> Sequence[PolicyPack]:
    return uow.session.scalars(
        select(PolicyPack).where(PolicyPack.origin == IMPORTED).order_by(PolicyPack.revision)
    ).all()


def _with_tables(uow: UnitOfWork, packs: Sequence[Pack]) -> tuple[Pack, ...]:
    rows = select(ScoreTableRow.pack, ScoreTableRow.content).order_by(ScoreTableRow.loaded_at, ScoreTableRow.id)
    loaded = {row.pack: row.content for row in uow.session.execute(rows)}
    return tuple(
        replace(pack, score_table=_read_table(loaded[pack.id], pack.limits["b1_item"]))
        if pack.id in loaded and pack.score is not None
        else pack
        for pack in packs
    )


def _record(uow: UnitOfWork, pack: Pack, origin: str, signed_by: str) -> PolicyPack:
    return PolicyPack(
        pack=pack.id,
        revision=pack.revision,
        scope=pack.scope,
        province=pack.province,
        valid_from=pack.valid_from,
        valid_to=pack.valid_to,
        status=pack.status,
        content=pack.content,
        sha256=pack.sha256,
        origin=origin,
        signed_by=signed_by,
        accepted_at=uow.now,
        accepted_by=uow.actor.user_id,
    )

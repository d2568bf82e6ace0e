"""The register of certificates: lists, one entry with its prints, the frozen papers, and whose a QR code is."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from casemgr.domain.certificates import (
    CertificateContent,
    CertificateStatus,
    content_from_json,
    number_text,
    parse_qr,
)
from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold
from casemgr.errors import NotFoundError, Problem, StorageError, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import (
    Certificate,
    CertificateBlock,
    Household,
    HouseholdIndex,
    PrintEvent,
    User,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.offices import hamlet_names

_WINDOW = 500


@dataclass(frozen=True)
class RegisterQuery:
    """What the register shows; empty means all."""

    year: int | None = None
    """Year of the number."""
    text: str = ""
    """Part of the head's name, without accents, or a number."""
    statuses: tuple[str, ...] = ()
    hamlets: tuple[UUID, ...] = ()
    collected: bool | None = None
    printed: bool | None = None
    descending: bool = True
    """Newest number first."""


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register."""

    id: UUID
    household_id: UUID
    code: str
    number: str
    year: int
    issued_on: date
    head: str
    hamlet: str
    class_value: HouseholdClass
    class_year: int
    status: CertificateStatus
    prints: int
    collected_on: date | None
    collected_by: str


@dataclass(frozen=True)
class PrintView:
    """One printing."""

    at: datetime
    who: str
    copies: int
    reason: str
    block_year: int | None


@dataclass(frozen=True)
class CertificateView:
    """An entry of the register with everything about it."""

    version: int
    row: RegisterRow
    status_reason: str
    status_on: date | None
    replaces: str
    """Number of the certificate it replaces."""
    replaced_by: str
    block_years: tuple[int, ...]
    """Years confirmed on the paper, the first issue included."""
    prints: tuple[PrintView, ...]
    content: CertificateContent


def find(uow: UnitOfWork, query: RegisterQuery) -> list[UUID]:
    """Ids of the certificates the query shows, by year and number."""
    uow.require(Permission.READ)
    keys = (Certificate.year, Certificate.number)
    order = [key.desc() for key in keys] if query.descending else list(keys)
    statement = _narrowed(select(Certificate.id), query).order_by(*order)
    ids = uow.session.execute(statement.add_columns(Certificate.head_name)).all()
    words = fold(query.text).split()
    if not words or _number(query.text) is not None:
        return [row[0] for row in ids]
    return [row[0] for row in ids if all(word in fold(row[1]) for word in words)]


def rows(uow: UnitOfWork, ids: Sequence[UUID]) -> list[RegisterRow]:
    """The lines of these certificates, in the order of `ids`."""
    names = hamlet_names(uow)
    found: dict[UUID, RegisterRow] = {}
    for start in range(0, len(ids), _WINDOW):
        part = ids[start : start + _WINDOW]
        counted = uow.session.execute(
            select(PrintEvent.certificate_id, func.count())
            .where(PrintEvent.certificate_id.in_(part))
            .group_by(PrintEvent.certificate_id)
        )
        prints = {row[0]: row[1] for row in counted}
        statement = (
            select(
                Certificate.id,
                Certificate.household_id,
                Certificate.number,
                Certificate.symbol,
                Certificate.year,
                Certificate.issued_on,
                Certificate.head_name,
                Certificate.class_value,
                Certificate.class_year,
                Certificate.status,
                Certificate.collected_on,
                Certificate.collected_by,
                Household.number.label("household"),
                Household.hamlet_id,
            )
            .join(Household, Household.id == Certificate.household_id)
            .where(Certificate.id.in_(part))
        )
        for row in uow.session.execute(statement):
            found[row.id] = RegisterRow(
                id=row.id,
                household_id=row.household_id,
                code=household_code(row.household),
                number=number_text(row.number, row.symbol),
                year=row.year,
                issued_on=row.issued_on,
                head=row.head_name,
                hamlet=names.get(row.hamlet_id, ""),
                class_value=HouseholdClass(row.class_value),
                class_year=row.class_year,
                status=CertificateStatus(row.status),
                prints=prints.get(row.id, 0),
                collected_on=row.collected_on,
                collected_by=row.collected_by,
            )
    return [found[certificate] for certificate in ids if certificate in found]


def view(uow: UnitOfWork, certificate_id: UUID) -> CertificateView:
    """One entry of the register."""
    uow.require(Permission.READ)
    record = uow.record(Certificate, certificate_id)
    blocks = uow.session.execute(
        select(CertificateBlock.year, CertificateBlock.content)
        .where(CertificateBlock.certificate_id == certificate_id)
        .order_by(CertificateBlock.year)
    ).all()
    prints = uow.session.execute(
        select(PrintEvent, User.name)
        .outerjoin(User, User.id == PrintEvent.user_id)
        .where(PrintEvent.certificate_id == certificate_id)
        .order_by(PrintEvent.at)
    ).all()
    return CertificateView(
        version=record.version,
        row=rows(uow, [certificate_id])[0],
        status_reason=record.status_reason,
        status_on=record.status_on,
        replaces=_number_of(uow, Certificate.id == record.replaces_id) if record.replaces_id else "",
        replaced_by=_number_of(uow, Certificate.replaces_id == record.id),
        block_years=(record.class_year, *(row.year for row in blocks)),
        prints=tuple(
            PrintView(event.at, who or "", event.copies, event.reason, event.block_year) for event, who in prints
        ),
        content=content_from_json(blocks[-1].content if blocks else record.content),
    )


def of_household(uow: UnitOfWork, household_id: UUID) -> list[RegisterRow]:
    """A household's certificates, newest first."""
    ids = uow.session.scalars(
        select(Certificate.id)
        .where(Certificate.household_id == household_id)
        .order_by(Certificate.year.desc(), Certificate.number.desc())
    ).all()
    return rows(uow, ids)


def years(uow: UnitOfWork) -> list[int]:
    """Years with certificates, newest first."""
    return list(uow.session.scalars(select(Certificate.year).distinct().order_by(Certificate.year.desc())))


def pdf(uow: UnitOfWork, certificate_id: UUID, *, block_year: int | None = None) -> bytes:
    """The frozen paper, or the over-print of a later year, byte for byte as it was issued."""
    uow.require(Permission.READ)
    statement = select(Certificate.pdf, Certificate.sha256).where(Certificate.id == certificate_id)
    if block_year is not None:
        statement = select(CertificateBlock.pdf, CertificateBlock.sha256).where(
            CertificateBlock.certificate_id == certificate_id, CertificateBlock.year == block_year
        )
    found = uow.session.execute(statement).first()
    if found is None:
        raise NotFoundError(_("This certificate is not in the register."))
    if hashlib.sha256(found.pdf).hexdigest() != found.sha256:
        raise StorageError(
            _("The stored paper differs from the one that was issued: it must not be printed. Restore a backup.")
        )
    return bytes(found.pdf)


def block_prints(uow: UnitOfWork, certificate_ids: Sequence[UUID], year: int) -> dict[UUID, int]:
    """Of these certificates those that have the block of a later year, with how often that was printed."""
    uow.require(Permission.READ)
    prints = (
        select(func.count())
        .where(PrintEvent.certificate_id == CertificateBlock.certificate_id, PrintEvent.block_year == year)
        .scalar_subquery()
    )
    found: dict[UUID, int] = {}
    for start in range(0, len(certificate_ids), _WINDOW):
        statement = select(CertificateBlock.certificate_id, prints).where(
            CertificateBlock.certificate_id.in_(certificate_ids[start : start + _WINDOW]), CertificateBlock.year == year
        )
        found |= {certificate: int(count) for certificate, count in uow.session.execute(statement)}
    return found


def by_number(uow: UnitOfWork, text: str, *, year: int) -> UUID:
    """The certificate with this number ("05/GCN-HN.HCN", "05" or "5") in the series of that year."""
    number = _number(text)
    found = None
    if number is not None:
        found = uow.session.scalars(
            select(Certificate.id).where(Certificate.year == year, Certificate.number == number)
        ).first()
    if found is None:
        raise NotFoundError(_("There is no certificate {number} of {year}.").format(number=clean(text), year=year))
    return found


def by_qr(uow: UnitOfWork, text: str) -> CertificateView:
    """The entry a scanned QR code belongs to; refused when the code and the register disagree."""
    facts = parse_qr(text)
    if uow.session.get(Certificate, facts.document) is None:
        raise NotFoundError(
            _("Certificate {number} of {year} is not in this register.").format(number=facts.number, year=facts.year)
        )
    found = view(uow, facts.document)
    if (found.row.number, found.row.year) != (facts.number, facts.year):
        raise ValidationError(
            [
                Problem(
                    "qr",
                    _("The QR code says number {number} of {year}, the register says {kept} of {kept_year}.").format(
                        number=facts.number, year=facts.year, kept=found.row.number, kept_year=found.row.year
                    ),
                )
            ]
        )
    return found


def _narrowed(statement: Select[Any], query: RegisterQuery) -> Select[Any]:
    if query.year is not None:
        statement = statement.where(Certificate.year == query.year)
    if query.statuses:
        statement = statement.where(Certificate.status.in_(query.statuses))
    if query.hamlets:
        statement = statement.join(HouseholdIndex, HouseholdIndex.household_id == Certificate.household_id).where(
            HouseholdIndex.hamlet_id.in_(query.hamlets)
        )
    if query.collected is not None:
        condition = Certificate.collected_on.is_not(None)
        statement = statement.where(condition if query.collected else ~condition)
    if query.printed is not None:
        condition = Certificate.id.in_(select(PrintEvent.certificate_id))
        statement = statement.where(condition if query.printed else ~condition)
    number = _number(query.text)
    if number is not None:
        statement = statement.where(or_(Certificate.number == number, Certificate.year == number))
    return statement


def _number(text: str) -> int | None:
    first = clean(text).split("/")[0]
    return int(first) if first.isascii() and first.isdigit() else None


def _number_of(uow: UnitOfWork, condition: Any) -> str:  # noqa: ANN401 - an SQL condition
    row = uow.session.execute(select(Certificate.number, Certificate.symbol).where(condition)).first()
    return number_text(row.number, row.symbol) if row else ""

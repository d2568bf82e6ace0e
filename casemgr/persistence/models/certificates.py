"""Records of issued papers: the frozen certificate, its yearly blocks, and every time it was printed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Record, Uid, refers_to, unlogged


class Certificate(Record):
    """An issued certificate; number, frozen PDF and status are written in one transaction and the PDF never again."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("commune", "year", "number"),
        Index(None, "household_id"),
        Index(None, "issued_on", "number"),
        STRICT,
    )

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    number: Mapped[int]
    year: Mapped[int]
    """Year of the number series."""
    symbol: Mapped[str]
    issued_on: Mapped[date]
    status: Mapped[str]
    """issued, void or replaced."""
    status_reason: Mapped[str]
    status_on: Mapped[date | None]
    replaces_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("certificate.id"))
    head_name: Mapped[str]
    class_year: Mapped[int]
    class_value: Mapped[str]
    signatory_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("signatory.id"))
    content: Mapped[str]
    """JSON of everything printed, as it stood."""
    pdf: Mapped[bytes] = unlogged()
    sha256: Mapped[str]
    collected_on: Mapped[date | None]
    collected_by: Mapped[str]


class CertificateBlock(Record):
    """A later year's confirmation printed over the existing paper, frozen like the paper itself."""

    __tablename__ = "certificate_block"
    __table_args__ = (UniqueConstraint("certificate_id", "year"), STRICT)

    certificate_id: Mapped[UUID] = mapped_column(Uid, refers_to("certificate.id"))
    year: Mapped[int]
    class_value: Mapped[str]
    issued_on: Mapped[date]
    content: Mapped[str]
    pdf: Mapped[bytes] = unlogged()
    sha256: Mapped[str]


class PrintEvent(Record):
    """One printing of a certificate or of one of its blocks."""

    __tablename__ = "print_event"
    __table_args__ = (Index(None, "certificate_id"), STRICT)

    certificate_id: Mapped[UUID] = mapped_column(Uid, refers_to("certificate.id"))
    block_year: Mapped[int | None]
    at: Mapped[datetime]
    user_id: Mapped[UUID]
    copies: Mapped[int]
    reason: Mapped[str]

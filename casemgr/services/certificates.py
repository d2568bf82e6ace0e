"""Use cases of the certificate: issue, confirm the next year, re-issue, void, print, hand over.

Number, frozen PDF and status are written in one transaction; a number is never given out twice, and nothing here is
undone by Ctrl+Z: a wrong paper is voided or replaced, with its reason, as on the counter.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.certificates import (
    CertificateContent,
    CertificateStatus,
    content_to_json,
    number_text,
    qr_text,
)
from casemgr.domain.permissions import Permission
from casemgr.domain.templates import CERTIFICATE
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.base import new_id
from casemgr.persistence.models import Certificate, CertificateBlock, Household, NumberSeries, PrintEvent
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices
from casemgr.services.certificate_drafts import (
    Draft,
    block_draft,
    draft,
)

Render = Callable[[CertificateContent], bytes]
"""How a paper is drawn; the caller gives it, so that use cases know no PDF library."""

_ALREADY = "certificate"


@dataclass(frozen=True)
class IssuedView:
    """A certificate just issued."""

    id: UUID
    household_id: UUID
    code: str
    """Of the household."""
    head: str
    number: str
    year: int
    """Year of the number."""
    sha256: str
    pdf: bytes
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class BlockView:
    """The confirmation of a later year, ready to print on the existing paper."""

    certificate_id: UUID
    number: str
    year: int
    sha256: str
    pdf: bytes


def next_number(uow: UnitOfWork, year: int) -> int:
    """The number the next certificate of that year will get."""
    return (_series_last(uow, year) or 0) + 1


def continue_after(uow: UnitOfWork, *, year: int, number: int) -> str:
    """Say the last number used on paper, after an older state was restored; returns the next number."""
    uow.require(Permission.ISSUE)
    given = _series_last(uow, year) or 0
    if number < given:
        message = _("Number {given} of {year} is given out already; numbers only go up.")
        raise ValidationError([Problem("number", message.format(given=given, year=year))])
    series = _series(uow, year)
    if series is None:
        series = NumberSeries(kind=CERTIFICATE, year=year, last=0)
        uow.add(series)
    series.last = number
    uow.name_step("certificate.continue", undoable=False)
    return number_text(number + 1, offices.office(uow).certificate_symbol)


def issue(
    uow: UnitOfWork,
    household_id: UUID,
    *,
    year: int | None = None,
    issued_on: date | None = None,
    signatory_id: UUID | None = None,
    render: Render,
) -> IssuedView:
    """Give the household its certificate: next number of the year, frozen PDF and status at once."""
    uow.require(Permission.ISSUE)
    on = _issue_day(uow, issued_on)
    paper = draft(uow, household_id, on, year=year, signatory_id=signatory_id)
    _refuse(paper.refusals, paper.code)
    issued = _issue(uow, paper, on, None, render)
    uow.name_step("certificate.issue", table=Household.__tablename__, subject=household_id, undoable=False)
    return issued


def issue_batch(
    uow: UnitOfWork,
    household_ids: Sequence[UUID],
    *,
    year: int | None = None,
    issued_on: date | None = None,
    signatory_id: UUID | None = None,
    render: Render,
    progress: Progress = silent,
) -> list[IssuedView]:
    """Issue for many households, all or none; the refusal names every household and its reason."""
    uow.require(Permission.ISSUE)
    on = _issue_day(uow, issued_on)
    total = len(household_ids)
    problems: list[Problem] = []
    issued = []
    for done, household_id in enumerate(household_ids):
        progress(done, total, _("Issuing certificates"))
        paper = draft(uow, household_id, on, year=year, signatory_id=signatory_id)
        problems += [Problem(paper.code, f"{paper.code}: {problem.message}") for problem in paper.refusals]
        if not problems:
            issued.append(_issue(uow, paper, on, None, render))
    if problems:
        raise ValidationError(problems)
    uow.name_step("certificate.issue_batch", undoable=False)
    progress(total, total, _("Issuing certificates"))
    return issued


def split_ready(
    uow: UnitOfWork, household_ids: Sequence[UUID], *, year: int | None = None, issued_on: date | None = None
) -> tuple[list[UUID], list[Problem]]:
    """Of a selection: the households a certificate can be issued for, and why not for the others."""
    uow.require(Permission.READ)
    on = _issue_day(uow, issued_on)
    ready, problems = [], []
    for household_id in household_ids:
        paper = draft(uow, household_id, on, year=year)
        problems += [Problem(paper.code, f"{paper.code}: {problem.message}") for problem in paper.refusals]
        if not paper.refusals:
            ready.append(household_id)
    return ready, problems


def reissue(
    uow: UnitOfWork,
    certificate_id: UUID,
    *,
    reason: str,
    year: int | None = None,
    issued_on: date | None = None,
    signatory_id: UUID | None = None,
    render: Render,
) -> IssuedView:
    """Replace a lost, damaged or wrong certificate by a new one with its own number."""
    uow.require(Permission.ISSUE)
    old = _in_force(uow, certificate_id)
    on = _issue_day(uow, issued_on)
    why = _reason(reason)
    paper = draft(uow, old.household_id, on, year=year, signatory_id=signatory_id)
    _refuse([problem for problem in paper.refusals if problem.field != _ALREADY], paper.code)
    old.status, old.status_reason, old.status_on = CertificateStatus.REPLACED.value, why, uow.today
    issued = _issue(uow, paper, on, old.id, render)
    uow.name_step("certificate.reissue", table=Household.__tablename__, subject=old.household_id, undoable=False)
    return issued


def add_year_block(
    uow: UnitOfWork,
    certificate_id: UUID,
    *,
    year: int,
    confirmed_on: date | None = None,
    signatory_id: UUID | None = None,
    render: Render,
) -> BlockView:
    """Confirm a later year on the paper that exists; the print holds nothing but that year's block."""
    uow.require(Permission.ISSUE)
    record = _in_force(uow, certificate_id)
    on = _issue_day(uow, confirmed_on)
    paper = block_draft(uow, certificate_id, on, year=year, signatory_id=signatory_id)
    _refuse(paper.refusals, paper.number)
    content = paper.content
    _place, block = content.block(year)
    pdf = render(content)
    added = CertificateBlock(
        certificate_id=record.id,
        year=year,
        class_value=block.value.value,
        issued_on=on,
        content=content_to_json(content),
        pdf=pdf,
        sha256=digest(pdf),
    )
    uow.add(added)
    uow.name_step("certificate.block", table=Household.__tablename__, subject=record.household_id, undoable=False)
    return BlockView(record.id, number_text(record.number, record.symbol), year, added.sha256, pdf)


def void(uow: UnitOfWork, certificate_id: UUID, version: int | None = None, *, reason: str) -> None:
    """Take a certificate out of force; its number stays used."""
    uow.require(Permission.ISSUE)
    record = _in_force(uow, certificate_id, version)
    record.status, record.status_reason, record.status_on = CertificateStatus.VOID.value, _reason(reason), uow.today
    uow.name_step("certificate.void", table=Household.__tablename__, subject=record.household_id, undoable=False)


def record_print(
    uow: UnitOfWork, certificate_id: UUID, *, copies: int = 1, reason: str = "", block_year: int | None = None
) -> None:
    """Write down that the paper went to the printer; every print after the first needs a reason."""
    uow.require(Permission.ISSUE)
    record = uow.record(Certificate, certificate_id)
    before = uow.session.scalars(
        select(PrintEvent.id).where(PrintEvent.certificate_id == certificate_id, PrintEvent.block_year == block_year)
    ).first()
    why = clean(reason)
    problems = []
    if copies < 1:
        problems.append(Problem("copies", _("Print at least one copy.")))
    if before is not None and not why:
        problems.append(Problem("reason", _("This paper was printed before. Say why it is printed again.")))
    if problems:
        raise ValidationError(problems)
    uow.add(
        PrintEvent(
            certificate_id=record.id,
            block_year=block_year,
            at=uow.now,
            user_id=uow.actor.user_id,
            copies=copies,
            reason=why,
        )
    )
    uow.name_step("certificate.print", table=Household.__tablename__, subject=record.household_id, undoable=False)


def record_prints(uow: UnitOfWork, certificate_ids: Sequence[UUID], *, copies: int = 1, reason: str = "") -> None:
    """Write down a whole run of papers in one step."""
    if len(certificate_ids) > 1:
        uow.name_step("certificate.print", undoable=False)
    for certificate_id in certificate_ids:
        record_print(uow, certificate_id, copies=copies, reason=reason)


def record_collection(
    uow: UnitOfWork, certificate_id: UUID, version: int | None = None, *, by: str, relation: str, on: date
) -> None:
    """Write down who took the paper home, and when."""
    uow.require(Permission.ISSUE)
    record = _in_force(uow, certificate_id, version)
    name, relative = clean(by), clean(relation)
    problems = []
    if not name:
        problems.append(Problem("by", _("Write the name of the person who collects the paper.")))
    if on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if on < record.issued_on:
        problems.append(Problem("on", _("A paper cannot be collected before it was issued.")))
    if problems:
        raise ValidationError(problems)
    record.collected_by = f"{name} ({relative})" if relative else name
    record.collected_on = on
    uow.name_step("certificate.collect", table=Household.__tablename__, subject=record.household_id)


def digest(pdf: bytes) -> str:
    """SHA-256 of a frozen paper."""
    return hashlib.sha256(pdf).hexdigest()


def _issue(uow: UnitOfWork, paper: Draft, on: date, replaces: UUID | None, render: Render) -> IssuedView:
    certificate_id = new_id()
    number = _take_number(uow, on.year)
    text = number_text(number, paper.content.symbol)
    content = replace(paper.content, number=text, qr=qr_text(certificate_id, text, on.year))
    pdf = render(content)
    block = content.blocks[0]
    record = Certificate(
        id=certificate_id,
        household_id=paper.household_id,
        number=number,
        year=on.year,
        symbol=content.symbol,
        issued_on=on,
        status=CertificateStatus.ISSUED.value,
        status_reason="",
        status_on=None,
        replaces_id=replaces,
        head_name=content.head_name,
        class_year=block.year,
        class_value=block.value.value,
        signatory_id=paper.signatory_id,
        content=content_to_json(content),
        pdf=pdf,
        sha256=digest(pdf),
        collected_on=None,
        collected_by="",
    )
    uow.add(record)
    uow.session.flush()
    uow.session.expunge(record)  # a batch must not keep a thousand PDFs in memory
    return IssuedView(
        id=certificate_id,
        household_id=paper.household_id,
        code=paper.code,
        head=content.head_name,
        number=text,
        year=on.year,
        sha256=record.sha256,
        pdf=pdf,
        warnings=paper.warnings,
    )


def _series(uow: UnitOfWork, year: int) -> NumberSeries | None:
    return uow.session.scalars(
        select(NumberSeries).where(NumberSeries.kind == CERTIFICATE, NumberSeries.year == year)
    ).first()


def _series_last(uow: UnitOfWork, year: int) -> int | None:
    series = _series(uow, year)
    return series.last if series else None


def _take_number(uow: UnitOfWork, year: int) -> int:
    series = _series(uow, year)
    if series is None:
        series = NumberSeries(kind=CERTIFICATE, year=year, last=0)
        uow.add(series)
    series.last += 1
    return series.last


def _issue_day(uow: UnitOfWork, wanted: date | None) -> date:
    on = wanted or uow.today
    if on > uow.today:
        raise ValidationError([Problem("issued_on", _("The date lies in the future."))])
    return on


def _in_force(uow: UnitOfWork, certificate_id: UUID, version: int | None = None) -> Certificate:
    record = uow.record(Certificate, certificate_id, version)
    if record.status != CertificateStatus.ISSUED:
        message = _("Certificate {number} is no longer in force.").format(
            number=number_text(record.number, record.symbol)
        )
        raise ValidationError([Problem("certificate", message)])
    return record


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise ValidationError([Problem("reason", _("Write the reason; it stays in the register."))])
    return reason


def _refuse(refusals: Sequence[Problem], what: str) -> None:
    if refusals:
        raise ValidationError([Problem(problem.field, f"{what}: {problem.message}") for problem in refusals])

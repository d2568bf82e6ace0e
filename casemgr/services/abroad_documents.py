"""The papers of a worker's dossier: kept with their last day, and the checklist of what the law names."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.abroad import AbroadContent, context_of
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_reckoning import over_after
from casemgr.domain.dates import add_months
from casemgr.domain.paper_json import from_json
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import AbroadCase, AbroadDocument, Household
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.abroad_numbers import numbers

HAVE, MISSING, EXPIRED, EXPIRING = "have", "missing", "expired", "expiring"


@dataclass(frozen=True)
class DocumentData:
    """A paper as an officer writes it."""

    kind: str
    number: str = ""
    issued_on: date | None = None
    issued_by: str = ""
    expires_on: date | None = None
    """Empty: reckoned where the data say how long the paper is valid."""
    note: str = ""


@dataclass(frozen=True)
class DocumentView:
    """A paper on record."""

    id: UUID
    version: int
    data: DocumentData
    label: str
    context: str
    """Firm, job and country an orientation certificate was given for."""


@dataclass(frozen=True)
class CheckLine:
    """One paper of the checklist."""

    kind: str
    label: str
    law: str
    certainty: str
    before_departure: bool
    """The law names it before the departure."""
    document: DocumentView | None
    """The newest one."""
    state: str
    """have, missing, expired or expiring."""
    expires_on: date | None


def keep(
    uow: UnitOfWork, case_id: UUID, data: DocumentData, *, document_id: UUID | None = None, version: int = 0
) -> UUID:
    """Write a paper down, or correct it."""
    uow.require(Permission.EDIT)
    case, problems = uow.record(AbroadCase, case_id), _problems(uow, data)
    if problems:
        raise ValidationError(problems)
    oriented = data.kind == "orientation"
    values = {
        "case_id": case_id,
        "kind": data.kind,
        "number": clean(data.number),
        "issued_on": data.issued_on,
        "issued_by": clean(data.issued_by),
        "expires_on": data.expires_on or _until(uow, data),
        "note": clean(data.note),
    }
    if document_id is None:
        content = from_json(AbroadContent, case.content)
        context = context_of(case.firm, content.job, case.country) if oriented else ""
        record = AbroadDocument(**values, context=context)
        uow.add(record)
    else:
        record = uow.record(AbroadDocument, document_id, version)
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("abroad.document", uow.record(Household, case.household_id))
    uow.session.flush()
    return record.id


def remove(uow: UnitOfWork, document_id: UUID, version: int) -> None:
    """Take a paper out that was written down by mistake."""
    uow.require(Permission.EDIT)
    record = uow.record(AbroadDocument, document_id, version)
    case = uow.record(AbroadCase, record.case_id)
    uow.name_step("abroad.document", uow.record(Household, case.household_id))
    uow.session.delete(record)


def documents(uow: UnitOfWork, case_id: UUID) -> list[DocumentView]:
    """The papers of a case, in the order of the list, the newest of a kind first."""
    uow.require(Permission.READ)
    order = list(shipped().documents)
    records = uow.session.scalars(select(AbroadDocument).where(AbroadDocument.case_id == case_id))
    newest = sorted(records, key=lambda one: (one.issued_on or date.min, one.id), reverse=True)
    return [_view(one) for one in sorted(newest, key=lambda one: order.index(one.kind))]


def checklist(uow: UnitOfWork, case_id: UUID, on: date | None = None) -> list[CheckLine]:
    """What the law names for this way of going and what else is on record, on a day or on that of the departure."""
    uow.require(Permission.READ)
    case = uow.record(AbroadCase, case_id)
    day = on or case.departed_on or uow.today
    form = shipped().form(case.form)
    direct = form is not None and form.direct
    kept: dict[str, DocumentView] = {}
    for one in documents(uow, case_id):
        kept.setdefault(one.data.kind, one)
    soon = numbers(uow, day)("ABROAD.EXPIRY_NOTICE") or 0
    lines = []
    for kind in shipped().documents.values():
        needed = kind.direct if direct else kind.departure
        paper = kept.get(kind.code)
        if not needed and paper is None:
            continue
        until = paper.data.expires_on if paper else None
        state = MISSING if paper is None else HAVE
        if until is not None:
            state = EXPIRED if until < day else EXPIRING if until <= over_after(day, soon) else HAVE
        lines.append(CheckLine(kind.code, kind.label, kind.law, kind.certainty, needed, paper, state, until))
    return lines


def _until(uow: UnitOfWork, data: DocumentData) -> date | None:
    rate = shipped().documents[data.kind].rate
    months = numbers(uow, data.issued_on)(rate) if rate and data.issued_on else None
    return add_months(data.issued_on, months) if months is not None and data.issued_on else None


def _problems(uow: UnitOfWork, data: DocumentData) -> list[Problem]:
    problems = []
    if data.kind not in shipped().documents:
        problems.append(Problem("kind", _("Choose the kind of paper.")))
    if data.issued_on is not None and data.issued_on > uow.today:
        problems.append(Problem("issued_on", _("The date lies in the future.")))
    if data.issued_on and data.expires_on and data.expires_on < data.issued_on:
        problems.append(Problem("expires_on", _("The paper expires before it was issued.")))
    return problems


def _view(record: AbroadDocument) -> DocumentView:
    data = DocumentData(record.kind, record.number, record.issued_on, record.issued_by, record.expires_on, record.note)
    return DocumentView(record.id, record.version, data, shipped().documents[record.kind].label, record.context)

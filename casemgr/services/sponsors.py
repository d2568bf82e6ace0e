"""Sponsors, what they promised to households, what came of it, and what they gave without a promise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from casemgr.domain import community, sponsors
from casemgr.domain.identity import read_phone
from casemgr.domain.permissions import Permission
from casemgr.domain.sponsors import SponsorData, SponsorshipData, SponsorshipStatus, Standing
from casemgr.domain.support import DeliveryStatus
from casemgr.domain.text import clean, fold, word_sort_key
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Delivery, Membership, Person, Sponsor, Sponsorship
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.keeping import NOWHERE, homes_of, keep_record

CAME = or_(
    Delivery.status.in_((DeliveryStatus.DELIVERED.value, DeliveryStatus.RECEIVED.value)),
    and_(Delivery.status == DeliveryStatus.RETURNED.value, Delivery.corrects_id.is_not(None)),
)
"""What totals take in: handed out or received, and the entries that take something back."""


@dataclass(frozen=True)
class SponsorQuery:
    """What the list of sponsors shows; empty means all."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    in_arrears: bool = False


@dataclass(frozen=True)
class SponsorRow:
    """One line of the list: the promises that hold on the day, and what they come to."""

    id: UUID
    name: str
    kind: str
    phone: str
    households: int
    """Sponsored on the day."""
    expected: int
    received: int
    """On promises, gifts without one left out."""
    arrears: int
    """Summed promise by promise: what one household got too much is no help to another."""
    gifts: int
    """Đồng given without a promise."""


@dataclass(frozen=True)
class SponsorshipRow:
    """One promise or gift with its household."""

    id: UUID
    version: int
    data: SponsorshipData
    sponsor: str
    code: str
    head: str
    hamlet: str
    person: str
    standing: Standing
    active: bool
    gift: bool


@dataclass(frozen=True)
class SponsorView:
    """A sponsor with everything promised and given."""

    id: UUID
    version: int
    data: SponsorData
    sponsorships: tuple[SponsorshipRow, ...]


@dataclass(frozen=True)
class GivenRow:
    """One delivery of a sponsorship."""

    id: UUID
    on: date
    amount: int
    goods_value: int
    status: DeliveryStatus
    received_by: str

    @property
    def value(self) -> int:
        """Đồng, goods included."""
        return self.amount + self.goods_value


def rows(uow: UnitOfWork, query: SponsorQuery, on: date) -> list[SponsorRow]:
    """The sponsors in Vietnamese order."""
    uow.require(Permission.READ)
    promised: dict[UUID, list[SponsorshipRow]] = {}
    for row in _sponsorships(uow, select(Sponsorship), on):
        promised.setdefault(row.data.sponsor_id, []).append(row)
    wanted = fold(clean(query.text))
    found = []
    for record in uow.session.scalars(select(Sponsor)):
        if query.kinds and record.kind not in query.kinds:
            continue
        if wanted and wanted not in fold(f"{record.name} {record.contact} {record.phone or ''}"):
            continue
        line = _row(record, promised.get(record.id, ()))
        if line.arrears or not query.in_arrears:
            found.append(line)
    return sorted(found, key=lambda line: word_sort_key(line.name))


def view(uow: UnitOfWork, sponsor_id: UUID, on: date) -> SponsorView:
    """A sponsor; promises that hold first, the newest above."""
    uow.require(Permission.READ)
    record = uow.record(Sponsor, sponsor_id)
    found = _sponsorships(uow, select(Sponsorship).where(Sponsorship.sponsor_id == sponsor_id), on)
    newest = sorted(found, key=lambda row: row.data.from_on or date.min, reverse=True)
    data = SponsorData(record.name, record.kind, record.contact, record.phone, record.note)
    return SponsorView(
        record.id, record.version, data, tuple(sorted(newest, key=lambda row: (not row.active, row.gift)))
    )


def of_household(uow: UnitOfWork, household_id: UUID, on: date) -> list[SponsorshipRow]:
    """The promises to a household and its people."""
    uow.require(Permission.READ)
    return _sponsorships(uow, select(Sponsorship).where(Sponsorship.household_id == household_id), on)


def sponsorship(uow: UnitOfWork, sponsorship_id: UUID, on: date) -> SponsorshipRow:
    """One promise or gift."""
    uow.require(Permission.READ)
    uow.record(Sponsorship, sponsorship_id)
    return _sponsorships(uow, select(Sponsorship).where(Sponsorship.id == sponsorship_id), on)[0]


def sponsored(uow: UnitOfWork, on: date) -> frozenset[UUID]:
    """Households with a sponsorship that holds on the day, each once."""
    uow.require(Permission.READ)
    return frozenset(
        record.household_id
        for record in uow.session.scalars(select(Sponsorship))
        if sponsors.is_active(data_of(record), on)
    )


def given(uow: UnitOfWork, sponsorship_id: UUID) -> list[GivenRow]:
    """What came, newest first."""
    uow.require(Permission.READ)
    statement = select(Delivery).where(Delivery.sponsorship_id == sponsorship_id)
    return [
        GivenRow(
            record.id,
            record.on_date,
            record.amount,
            record.goods_value,
            DeliveryStatus(record.status),
            record.received_by,
        )
        for record in uow.session.scalars(statement.order_by(Delivery.on_date.desc(), Delivery.id.desc()))
    ]


def keep_sponsor(uow: UnitOfWork, data: SponsorData, *, sponsor_id: UUID | None = None, version: int = 0) -> UUID:
    """Register a sponsor or correct one; another of the same name is refused."""
    uow.require(Permission.EDIT)
    name, phone = clean(data.name), clean(data.phone or "").replace(" ", "").replace(".", "") or None
    problems = []
    if not name:
        problems.append(Problem("name", _("Write the name of the sponsor.")))
    same = [
        other
        for other, written in uow.session.execute(select(Sponsor.id, Sponsor.name))
        if fold(written) == fold(name) and other != sponsor_id
    ]
    if name and same:
        problems.append(Problem("name", _("“{name}” is on record as a sponsor already.").format(name=name)))
    if data.kind not in community.SPONSOR_KIND_LABELS:
        problems.append(Problem("kind", _("Choose what kind of sponsor it is.")))
    if phone and read_phone(phone).value is None:
        problems.append(
            Problem("phone", _("A phone number has 10 digits from 03, 05, 07, 08, 09, or 11 digits from 02."))
        )
    if problems:
        raise ValidationError(problems)
    values = {
        "name": name,
        "kind": data.kind,
        "contact": clean(data.contact),
        "phone": phone,
        "note": data.note.strip(),
    }
    return keep_record(uow, Sponsor, values, sponsor_id, version, "sponsor.keep").id


def keep_sponsorship(
    uow: UnitOfWork, data: SponsorshipData, *, sponsorship_id: UUID | None = None, version: int = 0
) -> UUID:
    """Write a promise down or correct it; its state only goes where it may."""
    uow.require(Permission.EDIT)
    uow.record(Sponsor, data.sponsor_id)
    record = uow.record(Sponsorship, sponsorship_id, version) if sponsorship_id is not None else None
    if record is not None and record.household_id != data.household_id:
        raise ValidationError(
            [Problem("household_id", _("A promise stays with its household: end this one and write a new one."))]
        )
    problems = _problems(uow, data, SponsorshipStatus(record.status) if record else None)
    if problems:
        raise ValidationError(problems)
    return keep_record(uow, Sponsorship, _values(data), sponsorship_id, version, "sponsorship.keep").id


def resume(uow: UnitOfWork, sponsorship_id: UUID, version: int, on: date) -> UUID:
    """Go on with a paused sponsorship: it ends, and a new one of the same terms begins that day."""
    uow.require(Permission.EDIT)
    record = uow.record(Sponsorship, sponsorship_id, version)
    data = data_of(record)
    problems = []
    if data.status is not SponsorshipStatus.PAUSED:
        problems.append(Problem("status", _("Only a paused sponsorship goes on again.")))
    if data.to_on is not None and on <= data.to_on:
        message = _("It is kept until {date}; go on from a later day.")
        problems.append(Problem("from_on", message.format(date=format_date(data.to_on))))
    if problems:
        raise ValidationError(problems)
    record.status = SponsorshipStatus.ENDED.value
    uow.name_step("sponsorship.keep", record)
    again = replace(data, from_on=on, to_on=None, status=SponsorshipStatus.RUNNING, end_reason="")
    return keep_record(uow, Sponsorship, _values(again), None, 0, "sponsorship.keep").id


def _row(record: Sponsor, lines: Sequence[SponsorshipRow]) -> SponsorRow:
    promises = [line for line in lines if not line.gift]
    return SponsorRow(
        id=record.id,
        name=record.name,
        kind=record.kind,
        phone=record.phone or "",
        households=len({line.data.household_id for line in promises if line.active}),
        expected=sum(line.standing.expected for line in promises),
        received=sum(line.standing.received for line in promises),
        arrears=sum(line.standing.arrears for line in promises),
        gifts=sum(line.standing.received for line in lines if line.gift),
    )


def _sponsorships(uow: UnitOfWork, statement: Any, on: date) -> list[SponsorshipRow]:  # noqa: ANN401 - a select of promises
    records: list[Sponsorship] = list(uow.session.scalars(statement))
    came = _came(uow, [record.id for record in records])
    homes = homes_of(uow, {record.household_id for record in records})
    people = {record.person_id for record in records if record.person_id}
    names = {
        row[0]: row[1] for row in uow.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(people)))
    }
    givers = {row[0]: row[1] for row in uow.session.execute(select(Sponsor.id, Sponsor.name))}
    lines = []
    for record in records:
        data = data_of(record)
        home = homes.get(record.household_id, NOWHERE)
        lines.append(
            SponsorshipRow(
                id=record.id,
                version=record.version,
                data=data,
                sponsor=givers.get(record.sponsor_id, ""),
                code=home.code,
                head=home.head,
                hamlet=home.hamlet,
                person=names.get(record.person_id, "") if record.person_id else "",
                standing=sponsors.standing(data, came.get(record.id, ()), on),
                active=sponsors.is_active(data, on),
                gift=sponsors.is_gift(data),
            )
        )
    return lines


def _came(uow: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, Iterable[tuple[date, int]]]:
    found: dict[UUID, list[tuple[date, int]]] = {}
    statement = select(Delivery.sponsorship_id, Delivery.on_date, Delivery.amount + Delivery.goods_value).where(
        Delivery.sponsorship_id.is_not(None), CAME
    )
    if len(ids) == 1:
        statement = statement.where(Delivery.sponsorship_id == ids[0])
    for promise, day, value in uow.session.execute(statement):
        if promise is not None:
            found.setdefault(promise, []).append((day, value))
    return found


def _problems(uow: UnitOfWork, data: SponsorshipData, old: SponsorshipStatus | None) -> list[Problem]:
    problems = []
    if old is not None and not sponsors.may_become(old, data.status):
        message = _("A sponsorship in this state cannot go there; a paused one goes on as a new promise.")
        problems.append(Problem("status", message))
    if data.form and data.form not in community.codes(community.FORMS):
        problems.append(Problem("form", _("Choose a form from the list.")))
    if data.amount < 0 or data.rhythm_months < 0:
        problems.append(Problem("amount", _("Amounts and months are not below 0.")))
    if data.status is not SponsorshipStatus.SOUGHT and data.from_on is None:
        problems.append(Problem("from_on", _("Write from when the promise counts.")))
    if data.from_on and data.to_on and data.to_on < data.from_on and old is not SponsorshipStatus.PROMISED:
        problems.append(Problem("to_on", _("The end lies before the beginning.")))
    if data.status in sponsors.STOPPED:
        if data.to_on is None:
            problems.append(Problem("to_on", _("Write until when it was kept.")))
        if not clean(data.end_reason) and not sponsors.is_gift(data):
            problems.append(Problem("end_reason", _("Write why it stopped.")))
    if data.person_id is not None and not _is_member(uow, data.person_id, data.household_id):
        problems.append(Problem("person_id", _("This person does not belong to the household.")))
    return problems


def _is_member(uow: UnitOfWork, person_id: UUID, household_id: UUID) -> bool:
    statement = select(Membership.id).where(
        Membership.person_id == person_id, Membership.household_id == household_id, Membership.left_reason.is_(None)
    )
    return uow.session.scalars(statement).first() is not None


def data_of(record: Sponsorship) -> SponsorshipData:
    """A promise as an officer writes it."""
    return SponsorshipData(
        sponsor_id=record.sponsor_id,
        household_id=record.household_id,
        person_id=record.person_id,
        form=record.form,
        amount=record.amount,
        rhythm_months=record.rhythm_months,
        from_on=record.from_on,
        to_on=record.to_on,
        status=SponsorshipStatus(record.status),
        end_reason=record.end_reason,
        note=record.note,
    )


def _values(data: SponsorshipData) -> dict[str, Any]:
    return {
        "sponsor_id": data.sponsor_id,
        "household_id": data.household_id,
        "person_id": data.person_id,
        "form": data.form,
        "amount": data.amount,
        "rhythm_months": data.rhythm_months,
        "from_on": data.from_on,
        "to_on": data.to_on,
        "status": data.status.value,
        "end_reason": clean(data.end_reason),
        "note": data.note.strip(),
    }

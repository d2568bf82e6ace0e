"""Payments of staged cases as they stand: by which case, corrections and returns taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.support import DeliveryStatus, EnrolmentStatus
from casemgr.persistence.models import Delivery, Enrolment
from casemgr.persistence.uow import UnitOfWork

_PART: Final = 500
_GONE: Final = (DeliveryStatus.CANCELLED.value, DeliveryStatus.RETURNED.value)
_Key = tuple[str, UUID, UUID | None]


@dataclass(frozen=True)
class Paid:
    """One stage that is paid or promised."""

    delivery_id: UUID
    stage: str
    on: date
    worth: int
    """Đồng, money and goods, as corrected."""


class _Entry(NamedTuple):
    """A payment as it is kept."""

    id: UUID
    enrolment_id: UUID | None
    programme: str
    household_id: UUID
    person_id: UUID | None
    on_date: date
    stage: str
    amount: int
    goods_value: int
    decision_number: str
    decision_on: date | None


@dataclass(frozen=True)
class _Candidate:
    """A case a payment without a case of its own may belong to."""

    id: UUID
    decision: tuple[str, date | None]
    since: date


def payments(uow: UnitOfWork, records: Sequence[Enrolment]) -> dict[UUID, list[Paid]]:
    """Of these cases; one that was written down without its case belongs to that of programme and beneficiary."""
    households = list(dict.fromkeys(record.household_id for record in records))
    codes = {record.programme for record in records}
    found: dict[UUID, list[Paid]] = {}
    for start in range(0, len(households), _PART):
        part = households[start : start + _PART]
        known = _candidates(uow, part, codes)
        for row, worth in _standing(uow, part, codes):
            owner = row.enrolment_id or _owner(row, known.get((row.programme, row.household_id, row.person_id), []))
            if owner is not None:
                found.setdefault(owner, []).append(Paid(row.id, row.stage, row.on_date, worth))
    return found


def _standing(uow: UnitOfWork, part: Sequence[UUID], codes: set[str]) -> list[tuple[_Entry, int]]:
    """Entries of stages that were neither cancelled nor taken back, with what they are worth now."""
    mine = (Delivery.household_id.in_(part), Delivery.programme.in_(codes))
    columns = [getattr(Delivery, name) for name in _Entry._fields]
    statement = (
        select(*columns)
        .where(*mine, Delivery.stage != "", Delivery.status.not_in(_GONE), Delivery.corrects_id.is_(None))
        .order_by(Delivery.on_date, Delivery.id)
    )
    rows = [_Entry(*row) for row in uow.session.execute(statement)]
    net: dict[UUID, int] = {}
    back: set[UUID] = set()
    for corrects, status, amount, goods in uow.session.execute(
        select(Delivery.corrects_id, Delivery.status, Delivery.amount, Delivery.goods_value).where(
            *mine, Delivery.corrects_id.is_not(None)
        )
    ):
        if corrects is not None and status == DeliveryStatus.RETURNED:
            back.add(corrects)
        elif corrects is not None:
            net[corrects] = net.get(corrects, 0) + amount + goods
    return [(row, row.amount + row.goods_value + net.get(row.id, 0)) for row in rows if row.id not in back]


def _candidates(uow: UnitOfWork, part: Sequence[UUID], codes: set[str]) -> dict[_Key, list[_Candidate]]:
    """Cases by programme and beneficiary, oldest first."""
    found: dict[_Key, list[_Candidate]] = {}
    statement = select(Enrolment).where(
        Enrolment.household_id.in_(part),
        Enrolment.programme.in_(codes),
        Enrolment.status != EnrolmentStatus.REFUSED.value,
    )
    for one in uow.session.scalars(statement):
        since = one.need_on or one.decision_on or one.from_on or date.min
        made = _Candidate(one.id, (one.decision_number, one.decision_on), since)
        found.setdefault((one.programme, one.household_id, one.person_id), []).append(made)
    return {key: sorted(group, key=lambda one: one.since) for key, group in found.items()}


def _owner(row: _Entry, cases: Sequence[_Candidate]) -> UUID | None:
    """The case of the same decision, else the newest that had begun, else the first."""
    decision = (row.decision_number, row.decision_on)
    same = [case for case in cases if decision[1] is not None and case.decision == decision]
    begun = [case for case in cases if case.since <= row.on_date]
    best = (same or begun)[-1:] or list(cases[:1])
    return best[0].id if best else None

"""The day of a pay-out: handed out, collected, not collected, and a wrong batch taken back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.distributions import DistributionStatus, goods_difference, goods_from_json
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryStatus, GoodsLine, ReceiptData
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.models import Delivery, Distribution
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import delivery_receipts, task_rules
from casemgr.services.delivery_entries import noted, opposite, taken_back
from casemgr.services.distribution_records import approved, entries_of

_PART: Final = 500
_OPEN: Final = (DeliveryStatus.PLANNED.value, DeliveryStatus.APPROVED.value, DeliveryStatus.DELIVERED.value)


def hand_out(uow: UnitOfWork, distribution_id: UUID, version: int, ids: Sequence[UUID] = ()) -> None:
    """The rows (all, when none is named) were handed out; who signed for them comes with the list."""
    uow.require(Permission.EDIT)
    record = approved(uow, distribution_id, version)
    if record.on_date > uow.today:
        raise ValidationError([Problem("on", _("Its day lies in the future."))])
    named = set(ids)
    waiting = [
        entry
        for entry in entries_of(uow, distribution_id)
        if entry.status == DeliveryStatus.APPROVED and (not named or entry.id in named)
    ]
    uow.name_step("distribution.receive", record)
    task_rules.support_given(uow, [(entry.programme, entry.household_id, entry.person_id) for entry in waiting])
    uow.update_many(
        Delivery, {entry.id: {"status": (entry.status, DeliveryStatus.DELIVERED.value)} for entry in waiting}
    )
    uow.session.expire_all()


def receive_many(
    uow: UnitOfWork,
    distribution_id: UUID,
    version: int,
    receipts: Mapping[UUID, ReceiptData],
    *,
    progress: Progress = silent,
) -> None:
    """Ticks of who collected, by whom and with what authorisation; the list is done when no row is open."""
    uow.require(Permission.EDIT)
    record = approved(uow, distribution_id, version)
    own = set(uow.session.scalars(select(Delivery.id).where(Delivery.distribution_id == distribution_id)))
    if not set(receipts) <= own:
        raise ValidationError([Problem("rows", _("A row does not belong to this list."))])
    uow.name_step("distribution.receive", record)
    progress(0, len(receipts), _("Writing the receipts"))
    delivery_receipts.collect(uow, receipts)
    progress(len(receipts), len(receipts), _("Writing the receipts"))
    _finish(uow, record)


def not_collected(uow: UnitOfWork, distribution_id: UUID, version: int, ids: Sequence[UUID], *, reason: str) -> None:
    """The rows were not collected: the money or goods go back."""
    uow.require(Permission.EDIT)
    record = approved(uow, distribution_id, version)
    if not clean(reason):
        raise ValidationError([Problem("reason", _("Write the reason."))])
    entries = {entry.id: entry for entry in entries_of(uow, distribution_id)}
    wrong = [one for one in ids if one not in entries or entries[one].status not in _OPEN]
    if wrong:
        raise ConflictError(_("What was collected cannot be marked as not collected: take it back instead."))
    uow.name_step("distribution.receive", record)
    uow.update_many(
        Delivery,
        {
            one: {
                "status": (entries[one].status, DeliveryStatus.RETURNED.value),
                "note": (entries[one].note, noted(entries[one].note, reason)),
            }
            for one in ids
        },
    )
    _finish(uow, record)


def cancel(
    uow: UnitOfWork, distribution_id: UUID, version: int, *, on: date, reason: str, progress: Progress = silent
) -> int:
    """Take a wrong batch back as one step; what was received comes back by entries of its own. Gives their number."""
    uow.require(Permission.EDIT)
    record = uow.record(Distribution, distribution_id, version)
    if record.status == DistributionStatus.CANCELLED:
        raise ConflictError(_("This list is cancelled already."))
    problems = [] if clean(reason) else [Problem("reason", _("Write the reason."))]
    if on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if problems:
        raise ValidationError(problems)
    uow.name_step("distribution.cancel", record)
    entries = entries_of(uow, distribution_id)
    back = taken_back(uow, [entry.id for entry in entries])
    states = {DeliveryStatus.DELIVERED.value: DeliveryStatus.RETURNED.value}
    changes = {
        entry.id: {
            "status": (entry.status, states.get(entry.status, DeliveryStatus.CANCELLED.value)),
            "note": (entry.note, noted(entry.note, reason)),
        }
        for entry in entries
        if entry.status in _OPEN
    }
    received = [entry for entry in entries if entry.status == DeliveryStatus.RECEIVED and entry.id not in back]
    given = _presents(uow, received, progress)
    made = [
        opposite(entry, max(on, entry.on_date), clean(reason), *given[entry.id], DeliveryStatus.RETURNED)
        for entry in received
    ]
    progress(0, len(entries), _("Taking the rows back"))
    uow.update_many(Delivery, changes)
    uow.insert_many(Delivery, made)
    progress(len(entries), len(entries), _("Taking the rows back"))
    record.status, record.note = DistributionStatus.CANCELLED.value, noted(record.note, reason)
    uow.session.flush()
    uow.session.expire_all()
    return len(made)


def _presents(
    uow: UnitOfWork, entries: Sequence[Delivery], progress: Progress
) -> dict[UUID, tuple[int, tuple[GoodsLine, ...]]]:
    """Amount and goods of each entry with its corrections taken in."""
    amounts = {entry.id: entry.amount for entry in entries}
    goods = {entry.id: list(goods_from_json(entry.goods)) for entry in entries}
    for start in range(0, len(entries), _PART):
        progress(start, len(entries), _("Taking the rows back"))
        ids = [entry.id for entry in entries[start : start + _PART]]
        found = select(Delivery.corrects_id, Delivery.amount, Delivery.goods).where(Delivery.corrects_id.in_(ids))
        for one, more, lines in uow.session.execute(found):
            if one is not None:
                amounts[one] += more
                goods[one] += goods_from_json(lines)
    return {one: (amounts[one], goods_difference(lines, ())) for one, lines in goods.items()}


def _finish(uow: UnitOfWork, record: Distribution) -> None:
    left = select(func.count()).where(Delivery.distribution_id == record.id, Delivery.status.in_(_OPEN))
    record.status = (
        DistributionStatus.APPROVED.value if uow.session.execute(left).scalar_one() else DistributionStatus.DONE.value
    )
    uow.session.flush()
    uow.session.expire_all()

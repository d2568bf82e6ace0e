"""Animals and things handed over with a plan: drawn by lot, handed over with their tags, followed, moved on."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from casemgr.domain.distributions import MOST
from casemgr.domain.livelihoods import AssetState, PlanState
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryData, DeliveryStatus, FundSource, GoodsLine, ReceiptData
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Asset, Delivery, Household, Livelihood
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import deliveries
from casemgr.services.keeping import NOWHERE, homes_of
from casemgr.services.livelihood_steps import first_visit

Shuffle = Callable[[list[int]], None]
_GONE: Final = (AssetState.SOLD, AssetState.DIED_FAULT, AssetState.DIED_OBJECTIVE, AssetState.MISSING)
LOT: Final = "lot"
AGREED: Final = "agreed"


@dataclass(frozen=True)
class AssetData:
    """An animal or thing as the hand-over names it."""

    tag: str
    """Ear tag or serial number."""
    kind: str
    age_months: int | None = None
    weight_kg: int | None = None
    vaccinated: str = ""
    supplier: str = ""
    unit_price: int = 0
    note: str = ""


@dataclass(frozen=True)
class AssetView:
    """An animal or thing on record."""

    id: UUID
    version: int
    livelihood_id: UUID
    household_id: UUID
    head: str
    data: AssetData
    state: AssetState
    state_on: date
    handed_on: date | None
    chosen_by: str
    mother: str
    """Tag of the mother."""


@dataclass(frozen=True)
class HandoverData:
    """A hand-over: what is handed out beside the animals, from which money, and who signs."""

    on: date
    receipt: ReceiptData
    goods: tuple[GoodsLine, ...] = ()
    source: FundSource = FundSource.CENTRAL
    rule: str = ""
    budget_id: UUID | None = None
    override_reason: str = ""
    note: str = ""


def draw(
    uow: UnitOfWork,
    livelihood_ids: Sequence[UUID],
    animals: Sequence[AssetData],
    *,
    on: date,
    shuffle: Shuffle | None = None,
) -> list[AssetView]:
    """Draw lots: every plan gets the same number of animals, which ones is chance.

    `shuffle` puts places in an order; without one the order is drawn from the system's source of randomness.
    """
    uow.require(Permission.EDIT)
    plans = [uow.record(Livelihood, one) for one in livelihood_ids]
    problems = _tag_problems(uow, animals)
    if not plans:
        problems.append(Problem("livelihoods", _("Choose the plans that take part.")))
    elif not animals or len(animals) % len(plans):
        text = _("{animals} animals cannot be shared equally by {plans} plans.")
        problems.append(Problem("animals", text.format(animals=len(animals), plans=len(plans))))
    if on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if any(plan.status not in (PlanState.APPROVED, PlanState.COMMITTED) for plan in plans):
        problems.append(Problem("livelihoods", _("Lots are drawn for plans that are approved or committed.")))
    if problems:
        raise ValidationError(problems)
    order = list(range(len(animals)))
    (shuffle or secrets.SystemRandom().shuffle)(order)
    each = len(animals) // len(plans)
    for place, number in enumerate(order):
        _add(uow, plans[place // each], animals[number], on, LOT)
    uow.name_step("asset.draw", uow.record(Household, plans[0].household_id))
    uow.session.flush()
    return [view for plan in plans for view in of_plan(uow, plan.id)]


def keep(
    uow: UnitOfWork, livelihood_id: UUID, data: AssetData, *, asset_id: UUID | None = None, version: int = 0
) -> UUID:
    """Name an animal that was agreed on, or correct one."""
    uow.require(Permission.EDIT)
    plan = uow.record(Livelihood, livelihood_id)
    problems = _tag_problems(uow, [data], own=asset_id)
    if problems:
        raise ValidationError(problems)
    if asset_id is None:
        made = _add(uow, plan, data, uow.today, AGREED)
    else:
        made = uow.record(Asset, asset_id, version)
        if made.handed_on is not None and made.unit_price != data.unit_price:
            text = _("It was handed over at this price: correct the delivery on the household's page.")
            raise ValidationError([Problem("unit_price", text)])
        for name, value in _values(data).items():
            if getattr(made, name) != value:
                setattr(made, name, value)
    uow.name_step("asset.keep", uow.record(Household, plan.household_id))
    uow.session.flush()
    return made.id


def hand_over(uow: UnitOfWork, livelihood_id: UUID, data: HandoverData) -> UUID:
    """Hand the plan's animals and goods over: one settled delivery with every line, and the animals get their day.

    The checks of deliveries hold: not before the decision, not above a ceiling, not from an exhausted budget.
    """
    uow.require(Permission.EDIT)
    plan = uow.record(Livelihood, livelihood_id)
    if plan.status != PlanState.COMMITTED:
        raise ConflictError(_("The commitment is signed before anything is handed over."))
    waiting = [one for one in _assets(uow, livelihood_id) if one.handed_on is None]
    lines = (*(_line(one) for one in waiting), *data.goods)
    problems = [] if lines else [Problem("assets", _("Name at least one animal or thing to hand over."))]
    worth = _given(uow, plan) + sum(line.value for line in lines)
    if worth > plan.state_amount and not clean(data.override_reason):
        problems.append(Problem("assets", _("More is handed over than the plan's support; write why.")))
    if problems:
        raise ValidationError(problems)
    delivery = deliveries.record(
        uow,
        DeliveryData(
            programme=plan.programme,
            household_id=plan.household_id,
            on=data.on,
            rule=data.rule,
            goods=lines,
            source=data.source,
            budget_id=data.budget_id,
            decision_number=plan.decision_number,
            decision_on=plan.decision_on,
            override_reason=data.override_reason,
            note=data.note,
        ),
        receipt=data.receipt,
    )
    for one in waiting:
        one.handed_on, one.status_on, one.delivery_id = data.on, data.on, delivery
    plan.due_on = first_visit(uow, plan, data.on)
    uow.name_step("livelihood.hand_over", uow.record(Household, plan.household_id))
    return delivery


def change_state(uow: UnitOfWork, asset_id: UUID, version: int, state: AssetState, *, on: date) -> None:
    """What became of an animal."""
    uow.require(Permission.EDIT)
    found = uow.record(Asset, asset_id, version)
    if found.handed_on is None or not found.handed_on <= on <= uow.today:
        raise ValidationError([Problem("on", _("The day lies between the hand-over and today."))])
    found.status, found.status_on = state.value, on
    uow.name_step("asset.keep", uow.record(Household, found.household_id))


def born(uow: UnitOfWork, mother_id: UUID, version: int, data: AssetData, *, on: date) -> UUID:
    """Young of an animal handed over: it belongs to the same plan and may be the one that is passed on."""
    uow.require(Permission.EDIT)
    mother = uow.record(Asset, mother_id, version)
    problems = _tag_problems(uow, [data])
    if mother.handed_on is None or not mother.handed_on <= on <= uow.today:
        problems.append(Problem("on", _("The day lies between the hand-over and today.")))
    if mother.status in _GONE:
        problems.append(Problem("mother", _("The mother is not there any more.")))
    if problems:
        raise ValidationError(problems)
    young = _add(uow, uow.record(Livelihood, mother.livelihood_id), data, on, AGREED)
    young.mother_id, young.handed_on, young.status = mother.id, on, AssetState.KEPT.value
    mother.status, mother.status_on = AssetState.BRED.value, on
    uow.name_step("asset.keep", uow.record(Household, mother.household_id))
    uow.session.flush()
    return young.id


def move_to(uow: UnitOfWork, asset_id: UUID, version: int, livelihood_id: UUID, *, on: date) -> None:
    """An animal goes to another household's plan: the next round, or a household that can keep it."""
    uow.require(Permission.EDIT)
    found, plan = uow.record(Asset, asset_id, version), uow.record(Livelihood, livelihood_id)
    if found.status in _GONE:
        raise ConflictError(_("This animal is not there any more."))
    if found.handed_on is None or not found.handed_on <= on <= uow.today:
        raise ValidationError([Problem("on", _("The day lies between the hand-over and today."))])
    uow.name_step("asset.keep", uow.record(Household, found.household_id))
    found.livelihood_id, found.household_id = plan.id, plan.household_id
    found.status, found.status_on = AssetState.MOVED.value, on


def of_plan(uow: UnitOfWork, livelihood_id: UUID) -> list[AssetView]:
    """The animals and things of a plan, by tag."""
    uow.require(Permission.READ)
    found = _assets(uow, livelihood_id)
    homes = homes_of(uow, {one.household_id for one in found})
    mothers = {one.id: one.tag for one in found}
    return [
        AssetView(
            id=one.id,
            version=one.version,
            livelihood_id=one.livelihood_id,
            household_id=one.household_id,
            head=homes.get(one.household_id, NOWHERE).head,
            data=AssetData(
                tag=one.tag,
                kind=one.kind,
                age_months=one.age_months,
                weight_kg=one.weight_kg,
                vaccinated=one.vaccinated,
                supplier=one.supplier,
                unit_price=one.unit_price,
                note=one.note,
            ),
            state=AssetState(one.status),
            state_on=one.status_on,
            handed_on=one.handed_on,
            chosen_by=one.chosen_by,
            mother=mothers.get(one.mother_id, "") if one.mother_id else "",
        )
        for one in found
    ]


def _given(uow: UnitOfWork, plan: Livelihood) -> int:
    """Đồng handed over under the plan's decision so far, what came back taken off."""
    counted = or_(
        Delivery.status.in_((DeliveryStatus.DELIVERED.value, DeliveryStatus.RECEIVED.value)),
        and_(Delivery.status == DeliveryStatus.RETURNED.value, Delivery.corrects_id.is_not(None)),
    )
    statement = select(func.sum(Delivery.amount + Delivery.goods_value)).where(
        Delivery.household_id == plan.household_id,
        Delivery.programme == plan.programme,
        Delivery.decision_number == plan.decision_number,
        Delivery.decision_on == plan.decision_on,
        counted,
    )
    return uow.session.scalar(statement) or 0


def _assets(uow: UnitOfWork, livelihood_id: UUID) -> list[Asset]:
    statement = select(Asset).where(Asset.livelihood_id == livelihood_id).order_by(Asset.tag, Asset.id)
    return list(uow.session.scalars(statement))


def _add(uow: UnitOfWork, plan: Livelihood, data: AssetData, on: date, chosen_by: str) -> Asset:
    made = Asset(
        **_values(data),
        livelihood_id=plan.id,
        household_id=plan.household_id,
        handed_on=None,
        chosen_by=chosen_by,
        status=AssetState.HANDED.value,
        status_on=on,
        mother_id=None,
        delivery_id=None,
    )
    uow.add(made)
    return made


def _values(data: AssetData) -> dict[str, object]:
    return {
        "tag": clean(data.tag),
        "kind": clean(data.kind),
        "age_months": data.age_months,
        "weight_kg": data.weight_kg,
        "vaccinated": clean(data.vaccinated),
        "supplier": clean(data.supplier),
        "unit_price": data.unit_price,
        "note": clean(data.note),
    }


def _line(asset: Asset) -> GoodsLine:
    return GoodsLine(name=asset.kind, quantity=1, specification=asset.tag, unit_price=asset.unit_price)


def _tag_problems(uow: UnitOfWork, animals: Sequence[AssetData], own: UUID | None = None) -> list[Problem]:
    """Each has a kind and a tag; a tag stands once among those still there."""
    problems, tags = [], [clean(one.tag) for one in animals]
    if any(not tag for tag in tags):
        problems.append(Problem("tag", _("Write the number of every tag.")))
    if any(not clean(one.kind) for one in animals):
        problems.append(Problem("kind", _("Write what it is.")))
    twice = sorted({tag for tag in tags if tag and tags.count(tag) > 1})
    statement = select(Asset.tag).where(Asset.tag.in_(tags), Asset.status.not_in([state.value for state in _GONE]))
    if own is not None:
        statement = statement.where(Asset.id != own)
    twice += [tag for tag in uow.session.scalars(statement) if tag and tag not in twice]
    if twice:
        problems.append(Problem("tag", _("The tag {tag} is in use already.").format(tag=", ".join(twice))))
    if any(one.unit_price > MOST for one in animals):
        problems.append(Problem("unit_price", _("This sum is too large.")))
    if any(one.unit_price < 0 or (one.weight_kg or 0) < 0 or (one.age_months or 0) < 0 for one in animals):
        problems.append(Problem("unit_price", _("A number here is 0 or more.")))
    return problems

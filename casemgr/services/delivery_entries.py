"""Entries of payments and hand-overs as records: their columns, what corrects and takes them back, what is missing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.distributions import (
    Finding,
    goods_difference,
    goods_from_json,
    goods_to_json,
    goods_value,
    reversed_goods,
)
from casemgr.domain.findings import Severity
from casemgr.domain.households import HouseholdClass
from casemgr.domain.support import DeliveryData, DeliveryStatus, FundSource, GoodsLine
from casemgr.domain.text import clean
from casemgr.errors import Problem
from casemgr.i18n import _
from casemgr.persistence.models import Delivery, Household
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.entitlement_reading import Reading
from casemgr.services.programmes import catalogue

_PART: Final = 500


def finding_problems(findings: Sequence[Finding], reason: str, *, prefix: str = "", field: str = "") -> list[Problem]:
    """What must be put right: refusals always, warnings while no reason is written."""
    problems = [
        Problem(field or finding.cause.value, prefix + finding.text)
        for finding in findings
        if finding.severity is Severity.REFUSE
    ]
    if not problems and not clean(reason):
        for finding in findings:
            told = _("{text} If it is lawful nevertheless, write the reason.").format(text=finding.text)
            problems.append(Problem(field or "override_reason", prefix + told))
    return problems


def decision_problems(uow: UnitOfWork, number: str, on: date) -> list[Problem]:
    """What is missing of a decision."""
    problems = []
    if not clean(number):
        problems.append(Problem("decision_number", _("Write the number of the decision, e.g. 45/QĐ-UBND.")))
    if on > uow.today:
        problems.append(Problem("decision_on", _("The date of the decision lies in the future.")))
    return problems


def standings(uow: UnitOfWork, on: date, households: Sequence[UUID]) -> dict[UUID, tuple[UUID | None, str]]:
    """Hamlet and class of households on a day, as an entry keeps them."""
    ordered = list(dict.fromkeys(households))
    found: dict[UUID, tuple[UUID | None, str]] = {}
    known = catalogue(uow)
    for start in range(0, len(ordered), _PART):
        part = ordered[start : start + _PART]
        classes = Reading(uow, known, on, part).classes()
        for household, hamlet in uow.session.execute(
            select(Household.id, Household.hamlet_id).where(Household.id.in_(part))
        ):
            found[household] = (hamlet, classes.get(household.bytes, HouseholdClass.UNREVIEWED.value))
    return found


def values(data: DeliveryData, status: DeliveryStatus, place: tuple[UUID | None, str]) -> dict[str, Any]:
    """The columns of an entry that is not received yet, without what it belongs to."""
    hamlet, class_value = place
    return {
        "programme": data.programme,
        "rule": data.rule,
        "household_id": data.household_id,
        "person_id": data.person_id,
        "hamlet_id": hamlet,
        "class_value": class_value,
        "on_date": data.on,
        "period": data.period,
        "amount": data.amount,
        "goods": goods_to_json(data.goods),
        "goods_value": goods_value(data.goods),
        "source": data.source.value,
        "budget_id": data.budget_id,
        "sponsorship_id": data.sponsorship_id,
        "decision_number": data.decision_number,
        "decision_on": data.decision_on,
        "stage": data.stage,
        "status": status.value,
        "override_reason": data.override_reason,
        "received_on": None,
        "received_by": "",
        "received_relation": "",
        "authorisation": "",
        "proof": None,
        "note": data.note,
    }


def opposite(
    found: Delivery, on: date, reason: str, amount: int, goods: Sequence[GoodsLine], status: DeliveryStatus
) -> dict[str, Any]:
    """The entry that takes another one back."""
    data = replace(data_of(found), on=on, amount=-amount, goods=reversed_goods(goods), note=reason)
    return values(data, status, (found.hamlet_id, found.class_value)) | {
        "corrects_id": found.id,
        "distribution_id": found.distribution_id,
        "enrolment_id": found.enrolment_id,
    }


def present(uow: UnitOfWork, found: Delivery) -> tuple[int, tuple[GoodsLine, ...]]:
    """Amount and goods of an entry with its corrections taken in."""
    amount, goods = found.amount, list(goods_from_json(found.goods))
    for more, lines in uow.session.execute(
        select(Delivery.amount, Delivery.goods).where(Delivery.corrects_id == found.id)
    ):
        amount += more
        goods += goods_from_json(lines)
    return amount, goods_difference(goods, ())


def taken_back(uow: UnitOfWork, ids: Sequence[UUID]) -> set[UUID]:
    """Entries among these that came back by an entry of its own."""
    found: set[UUID] = set()
    for start in range(0, len(ids), _PART):
        rows = select(Delivery.corrects_id).where(
            Delivery.corrects_id.in_(ids[start : start + _PART]), Delivery.status == DeliveryStatus.RETURNED.value
        )
        found.update(one for one in uow.session.scalars(rows) if one is not None)
    return found


def noted(note: str, reason: str) -> str:
    """A note with the reason below it."""
    return f"{note}\n{clean(reason)}".strip()


def data_of(found: Delivery) -> DeliveryData:
    """What an officer wrote down, from the record."""
    return DeliveryData(
        programme=found.programme,
        household_id=found.household_id,
        on=found.on_date,
        person_id=found.person_id,
        rule=found.rule,
        period=found.period,
        amount=found.amount,
        goods=goods_from_json(found.goods),
        source=FundSource(found.source),
        budget_id=found.budget_id,
        decision_number=found.decision_number,
        decision_on=found.decision_on,
        sponsorship_id=found.sponsorship_id,
        stage=found.stage,
        override_reason=found.override_reason,
        note=found.note,
    )

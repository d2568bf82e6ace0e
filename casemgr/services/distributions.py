"""Use cases of pay-outs for a list: made, amounts set, approved, ticks of who collected, a wrong batch taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.distributions import (
    DistributionData,
    DistributionStatus,
    Finding,
    RowData,
    RowProblem,
    cleaned,
    goods_problems,
    goods_to_json,
    goods_value,
    needs_decision,
    period_problem,
)
from casemgr.domain.paper_templates import PAY_LIST
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryData, DeliveryStatus, FundSource, GoodsLine
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.jobs import Progress, silent
from casemgr.persistence.models import Delivery, Distribution
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import templates
from casemgr.services.delivery_checks import checked
from casemgr.services.delivery_entries import (
    data_of,
    decision_problems,
    finding_problems,
    standings,
    values,
)
from casemgr.services.distribution_events import cancel, hand_out, not_collected, receive_many
from casemgr.services.distribution_lists import Excluded, Proposal, excluded_to_json, propose
from casemgr.services.distribution_records import draft, entries_of, names_of
from casemgr.services.distribution_views import (
    BatchProgress,
    DistributionListRow,
    DistributionRow,
    DistributionView,
    find,
    rows,
    view,
)
from casemgr.services.programmes import catalogue

__all__ = [
    "BatchProgress",
    "DistributionListRow",
    "DistributionRow",
    "DistributionView",
    "Proposal",
    "add_rows",
    "approve",
    "cancel",
    "correct",
    "find",
    "hand_out",
    "make",
    "not_collected",
    "propose",
    "receive_many",
    "remove_rows",
    "rows",
    "set_amounts",
    "view",
]

Given = int | Sequence[GoodsLine]
"""What a row gives: đồng, or goods."""


def make(
    uow: UnitOfWork,
    data: DistributionData,
    rows: Sequence[RowData],
    *,
    excluded: Sequence[Excluded] = (),
    progress: Progress = silent,
) -> UUID:
    """Prepare a pay-out; every row is checked again, one refusal refuses the list, with its row."""
    uow.require(Permission.EDIT)
    problems = _problems(uow, data)
    if not rows:
        problems.append(Problem("rows", _("Put at least one household on the list.")))
    if problems:
        raise ValidationError(problems)
    record = Distribution(**_columns(data), decision_number="", decision_on=None, status=DistributionStatus.DRAFT.value)
    record.excluded = excluded_to_json(excluded)
    uow.add(record)
    uow.name_step("distribution.make", record)
    uow.session.flush()
    _insert(uow, record, data, rows, progress)
    return record.id


def correct(uow: UnitOfWork, distribution_id: UUID, version: int, data: DistributionData) -> None:
    """Change title, place, note, day, budget or source of a pay-out that is being prepared; its rows follow."""
    uow.require(Permission.EDIT)
    record = draft(uow, distribution_id, version)
    problems = _problems(uow, data)
    if data.programme != record.programme:
        problems.append(Problem("programme", _("Another programme is another list.")))
    if problems:
        raise ValidationError(problems)
    uow.name_step("distribution.correct", record)
    for name, value in _columns(data).items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    entries = entries_of(uow, distribution_id)
    wanted = [
        replace(
            data_of(entry),
            on=data.on,
            period=data.period or entry.period,
            source=data.source,
            budget_id=data.budget_id,
            stage=data.stage,
        )
        for entry in entries
    ]
    tidy, found = checked(uow, wanted, but=frozenset(entry.id for entry in entries))
    _raise(uow, tidy, found, data.override_reason, [str(entry.id) for entry in entries])
    for entry, item in zip(entries, tidy, strict=True):
        entry.on_date, entry.period, entry.stage = item.on, item.period, item.stage
        entry.source, entry.budget_id = item.source.value, item.budget_id


def add_rows(
    uow: UnitOfWork, distribution_id: UUID, version: int, added: Sequence[RowData], *, progress: Progress = silent
) -> None:
    """Put more beneficiaries on a list that is being prepared."""
    uow.require(Permission.EDIT)
    record = draft(uow, distribution_id, version)
    uow.name_step("distribution.correct", record)
    _insert(uow, record, _data(uow, record), added, progress)


def remove_rows(uow: UnitOfWork, distribution_id: UUID, version: int, ids: Sequence[UUID]) -> None:
    """Take beneficiaries off a list that is being prepared."""
    uow.require(Permission.EDIT)
    record = draft(uow, distribution_id, version)
    own = set(uow.session.scalars(select(Delivery.id).where(Delivery.distribution_id == distribution_id)))
    if not set(ids) <= own:
        raise ValidationError([Problem("rows", _("A row does not belong to this list."))])
    uow.name_step("distribution.correct", record)
    uow.delete_many(Delivery, list(ids))


def set_amounts(
    uow: UnitOfWork,
    distribution_id: UUID,
    version: int,
    amounts: Mapping[UUID, Given],
    *,
    goods: Mapping[UUID, Sequence[GoodsLine]] | None = None,
    reasons: Mapping[UUID, str] | None = None,
) -> None:
    """Amounts or goods of many rows at once, as pasted from Excel; all or none. `goods`: of rows that give both."""
    uow.require(Permission.EDIT)
    record = draft(uow, distribution_id, version)
    entries = {entry.id: entry for entry in entries_of(uow, distribution_id)}
    things, told = goods or {}, reasons or {}
    ids = list(dict.fromkeys((*amounts, *things, *told)))
    if not set(ids) <= entries.keys():
        raise ValidationError([Problem("rows", _("A row does not belong to this list."))])
    wanted = []
    for one in ids:
        data = data_of(entries[one])
        given = amounts.get(one, data.amount)
        data = replace(data, amount=given) if isinstance(given, int) else replace(data, goods=cleaned(given))
        if one in things:
            data = replace(data, goods=cleaned(things[one]))
        wanted.append(replace(data, override_reason=clean(told.get(one, data.override_reason))))
    tidy, found = checked(uow, wanted, but=frozenset(ids))
    _raise(uow, tidy, found, "", [str(one) for one in ids])
    uow.name_step("distribution.correct", record)
    changes: dict[UUID, dict[str, tuple[Any, Any]]] = {}
    for one, data in zip(ids, tidy, strict=True):
        entry = entries[one]
        pairs = {
            "amount": (entry.amount, data.amount),
            "goods": (entry.goods, goods_to_json(data.goods)),
            "goods_value": (entry.goods_value, goods_value(data.goods)),
            "override_reason": (entry.override_reason, data.override_reason),
        }
        if changed := {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}:
            changes[one] = changed
    uow.session.expunge_all()
    uow.update_many(Delivery, changes)


def approve(
    uow: UnitOfWork, distribution_id: UUID, version: int, *, number: str, on: date, progress: Progress = silent
) -> None:
    """The decision that approves the list; money nobody decides about needs no number. Every row is checked again."""
    uow.require(Permission.EDIT)
    record = draft(uow, distribution_id, version)
    decides = needs_decision(FundSource(record.source)) or bool(clean(number))
    problems = decision_problems(uow, number, on) if decides else []
    if decides and on > record.on_date:
        message = _("The hand-over of {date} lies before its decision of {decided}.")
        told = message.format(date=format_date(record.on_date), decided=format_date(on))
        problems.append(Problem("decision_on", told))
    entries = entries_of(uow, distribution_id)
    if not entries:
        problems.append(Problem("rows", _("Put at least one household on the list.")))
    if problems:
        raise ValidationError(problems)
    wanted = [
        replace(data_of(entry), decision_number=clean(number), decision_on=on if decides else None) for entry in entries
    ]
    tidy, found = checked(uow, wanted, but=frozenset(entry.id for entry in entries), progress=progress)
    _raise(uow, tidy, found, "", [str(entry.id) for entry in entries])
    uow.name_step("distribution.approve", record)
    record.status = DistributionStatus.APPROVED.value
    record.decision_number, record.decision_on = clean(number), on if decides else None
    uow.session.flush()
    progress(0, len(entries), _("Approving the rows"))
    uow.update_many(
        Delivery,
        {
            entry.id: {
                "status": (entry.status, DeliveryStatus.APPROVED.value),
                "decision_number": (entry.decision_number, record.decision_number),
            }
            | ({"decision_on": (entry.decision_on, record.decision_on)} if decides else {})
            for entry in entries
        },
    )
    uow.session.expire_all()


def _insert(
    uow: UnitOfWork, record: Distribution, data: DistributionData, rows: Sequence[RowData], progress: Progress
) -> None:
    items = [
        DeliveryData(
            programme=data.programme,
            household_id=row.household_id,
            on=data.on,
            person_id=row.person_id,
            rule=row.rule or data.rule,
            period=data.period,
            amount=row.amount,
            goods=cleaned(row.goods),
            source=data.source,
            budget_id=data.budget_id,
            stage=data.stage,
            override_reason=clean(row.override_reason),
        )
        for row in rows
    ]
    minimum = templates.letter(uow, PAY_LIST, data.on).wording.minimum
    tidy, found = checked(uow, items, listed=minimum, progress=progress)
    _raise(uow, tidy, found, data.override_reason)
    places = standings(uow, data.on, [item.household_id for item in tidy])
    reason = clean(data.override_reason)
    uow.insert_many(
        Delivery,
        [
            values(
                replace(item, override_reason=item.override_reason or (reason if those else "")),
                DeliveryStatus.PLANNED,
                places[item.household_id],
            )
            | {"distribution_id": record.id, "enrolment_id": None, "corrects_id": None}
            for item, those in zip(tidy, found, strict=True)
        ],
    )


def _raise(
    uow: UnitOfWork,
    items: Sequence[DeliveryData],
    found: Sequence[Sequence[Finding]],
    reason: str,
    fields: Sequence[str] | None = None,
) -> None:
    """Refuse the list with every row that stands in the way: a new row by its place, a kept one by its id."""
    told: dict[int, list[Problem]] = {}
    for place, (item, those) in enumerate(zip(items, found, strict=True)):
        problems = finding_problems(those, item.override_reason or reason) + goods_problems(item.goods)
        if not item.amount and not item.goods:
            problems.append(Problem("", _("Write the amount, or what is handed over.")))
        if problems:
            told[place] = problems
    if not told:
        return
    names = names_of(uow, [items[place] for place in told])
    raised = []
    for (place, problems), name in zip(told.items(), names, strict=True):
        field = fields[place] if fields else f"rows.{place}"
        row = "" if fields else _("Row {row}: ").format(row=place + 1)
        raised += [RowProblem(field, f"{row}{name}: {one.message}", one.message) for one in problems]
    raise ValidationError(raised)


def _problems(uow: UnitOfWork, data: DistributionData) -> list[Problem]:
    problems = []
    if not clean(data.title):
        problems.append(Problem("title", _("Give the list a name, e.g. Tết gifts 2027.")))
    if data.programme not in catalogue(uow).programmes:
        problems.append(Problem("programme", _("Choose a programme of the catalogue.")))
    if told := period_problem(data.period):
        problems.append(Problem("period", told))
    return problems


def _columns(data: DistributionData) -> dict[str, Any]:
    return {
        "title": clean(data.title),
        "programme": data.programme,
        "rule": data.rule,
        "period": data.period,
        "on_date": data.on,
        "place": clean(data.place),
        "source": data.source.value,
        "budget_id": data.budget_id,
        "note": data.note.strip(),
    }


def _data(uow: UnitOfWork, record: Distribution) -> DistributionData:
    stage = uow.session.scalars(select(Delivery.stage).where(Delivery.distribution_id == record.id)).first()
    return DistributionData(
        record.title,
        record.programme,
        record.on_date,
        record.period,
        record.rule,
        record.place,
        FundSource(record.source),
        record.budget_id,
        stage or "",
        "",
        record.note,
    )

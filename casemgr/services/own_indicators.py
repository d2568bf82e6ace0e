"""Use cases of indicators the office makes from filters: class, hamlet, flags, received or not, period."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true

from casemgr.domain.dates import add_months
from casemgr.domain.households import HouseholdClass, PolicyFlag
from casemgr.domain.permissions import Permission
from casemgr.domain.targets import OWN_PREFIX, Indicator, Measure, OwnIndicatorData, own_indicator
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, ngettext
from casemgr.persistence.models import Delivery, Hamlet, Household, Loan, OwnIndicator, Target
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.programmes import catalogue
from casemgr.services.statistic_sources import standing
from casemgr.services.target_classes import LISTED
from casemgr.services.target_cohorts import Reading
from casemgr.services.target_findings import Finding, of_whole
from casemgr.services.target_rows import Ids

MOST_MONTHS: Final = 120


@dataclass(frozen=True)
class OwnIndicatorView:
    """An own indicator on record."""

    id: UUID
    version: int
    data: OwnIndicatorData


def own_indicators(uow: UnitOfWork) -> list[OwnIndicatorView]:
    """All of them, by code."""
    uow.require(Permission.READ)
    rows = uow.session.scalars(select(OwnIndicator).order_by(OwnIndicator.code))
    return [OwnIndicatorView(row.id, row.version, _data(row)) for row in rows]


def as_indicators(uow: UnitOfWork) -> tuple[Indicator, ...]:
    """As the tables of targets know them."""
    return tuple(own_indicator(view.data) for view in own_indicators(uow))


def keep_own_indicator(
    uow: UnitOfWork, data: OwnIndicatorData, *, indicator_id: UUID | None = None, version: int | None = None
) -> UUID:
    """Make an indicator or change it; without a code it gets the next free one."""
    uow.require(Permission.EDIT)
    data = replace(data, title=clean(data.title))
    problems = list(_problems(uow, data))
    if problems:
        raise ValidationError(problems)
    if indicator_id is None:
        record = OwnIndicator(code=_next_code(uow), title=data.title, definition="")
        uow.add(record)
    else:
        record = uow.record(OwnIndicator, indicator_id, version)
    content = {name: value for name, value in asdict(data).items() if name not in ("code", "title")}
    definition = json.dumps(content, ensure_ascii=False, sort_keys=True)
    if (record.title, record.definition) != (data.title, definition):
        record.title, record.definition = data.title, definition
    uow.name_step("indicator.keep", record)
    uow.session.flush()
    return record.id


def remove_own_indicator(uow: UnitOfWork, indicator_id: UUID, version: int) -> None:
    """Take an indicator out; refused while a plan line names it."""
    uow.require(Permission.EDIT)
    record = uow.record(OwnIndicator, indicator_id, version)
    lines = uow.session.scalar(select(func.count()).where(Target.indicator == record.code)) or 0
    if lines:
        message = ngettext(
            "{count} plan line names this indicator: take it out first.",
            "{count} plan lines name this indicator: take them out first.",
            lines,
        )
        raise ValidationError([Problem("code", message.format(count=lines))])
    uow.name_step("indicator.keep", record)
    uow.session.delete(record)


def compute(reading: Reading, measure: Measure) -> Finding:
    """Whom the filters leave of all households of the day, or which share of those of class, hamlet and flags."""
    data: OwnIndicatorData = measure.params["own"]
    whole = _classes(reading, data) & _places(reading, data)
    first = _first(reading, data)
    found = whole
    if data.received:
        found &= _got(reading, data.received, first)
    if data.not_received:
        found -= _got(reading, data.not_received, first)
    return of_whole(found, whole) if data.share else Finding(found)


def _classes(reading: Reading, data: OwnIndicatorData) -> Ids:
    if data.classes and set(data.classes) <= set(LISTED):
        return reading.on.of(data.classes)
    c = standing(reading.day).c
    where: ColumnElement[bool] = c.result_class.in_(data.classes) if data.classes else true()
    return reading.ids(select(c.household_id).where(where))


def _places(reading: Reading, data: OwnIndicatorData) -> Ids:
    statement = select(Household.id)
    if data.hamlets:
        statement = statement.where(Household.hamlet_id.in_([UUID(one) for one in data.hamlets]))
    for flag in data.flags:
        statement = statement.where(func.instr(Household.flags, f'"{flag}"') > 0)
    return reading.ids(statement)


def _first(reading: Reading, data: OwnIndicatorData) -> date:
    if not data.months:
        return reading.start + timedelta(days=1)
    return add_months(reading.day, -data.months) + timedelta(days=1)


def _got(reading: Reading, codes: tuple[str, ...], first: date) -> Ids:
    given = select(Delivery.household_id).where(Delivery.programme.in_(codes), reading.came(first, reading.day))
    lent = select(Loan.household_id).where(Loan.programme.in_(codes), Loan.disbursed_on.between(first, reading.day))
    return reading.ids(given.distinct()) | reading.ids(lent)


def _problems(uow: UnitOfWork, data: OwnIndicatorData) -> list[Problem]:
    problems = []
    if not data.title:
        problems.append(Problem("title", _("Give the indicator a name.")))
    if set(data.classes) - {one.value for one in HouseholdClass}:
        problems.append(Problem("classes", _("This is no class of households.")))
    if set(data.flags) - {one.value for one in PolicyFlag}:
        problems.append(Problem("flags", _("This is no mark of households.")))
    unknown = {*data.received, *data.not_received} - catalogue(uow).programmes.keys()
    if unknown:
        message = _("The catalogue has no programme {codes}.").format(codes=", ".join(sorted(unknown)))
        problems.append(Problem("received", message))
    both = set(data.received) & set(data.not_received)
    if both:
        message = _("{codes} cannot be both received and not received.").format(codes=", ".join(sorted(both)))
        problems.append(Problem("not_received", message))
    hamlets = {one.hex for one in uow.session.scalars(select(Hamlet.id))}
    if set(data.hamlets) - hamlets:
        problems.append(Problem("hamlets", _("There is no such hamlet.")))
    if not 0 <= data.months <= MOST_MONTHS:
        message = _("Write a number of months from 0 to {most}.").format(most=MOST_MONTHS)
        problems.append(Problem("months", message))
    return problems


def _next_code(uow: UnitOfWork) -> str:
    numbers = [
        int(code.removeprefix(OWN_PREFIX))
        for code in uow.session.scalars(select(OwnIndicator.code))
        if code.removeprefix(OWN_PREFIX).isdigit()
    ]
    return f"{OWN_PREFIX}{max(numbers, default=0) + 1:02d}"


def _data(row: OwnIndicator) -> OwnIndicatorData:
    known = {one.name for one in fields(OwnIndicatorData)}
    content: dict[str, Any] = {name: value for name, value in json.loads(row.definition).items() if name in known}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in content.items()
    }
    return OwnIndicatorData(code=row.code, title=row.title, **values)


HOWS: Final[Mapping[str, Callable[[Reading, Measure], Finding]]] = {"own": compute}

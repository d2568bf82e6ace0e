"""Use cases of plan lines: the ready-made sets, what the office wrote per year, and the common income of the area."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.offices import Area
from casemgr.domain.permissions import Permission
from casemgr.domain.target_plans import TargetData
from casemgr.domain.targets import (
    OWN_SET,
    Comparison,
    Measure,
    TargetSet,
    TargetUnit,
    shipped,
    shipped_sets,
    unit_problem,
)
from casemgr.domain.text import clean
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Target
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import own_indicators
from casemgr.services.offices import keep_setting, setting
from casemgr.services.target_indicators import BENCHMARKS

FIRST_YEAR: Final = 1993
LAST_YEAR: Final = 2100
MOST: Final = 10**15
"""Hundredths: nothing of a commune is larger."""


@dataclass(frozen=True)
class Benchmark:
    """The common income per person and month of an area in a year, with where it was read."""

    year: int
    area: Area
    income: int
    source: str


def sets(uow: UnitOfWork) -> list[TargetSet]:
    """The ready-made sets, and those the office began."""
    uow.require(Permission.READ)
    known = dict(shipped_sets())
    for code in uow.session.scalars(select(Target.set_code).distinct().order_by(Target.set_code)):
        known.setdefault(code, TargetSet(code, code, None, "", "", ()))
    return list(known.values())


def set_of(uow: UnitOfWork, code: str) -> TargetSet:
    """The set of a code."""
    found = next((one for one in sets(uow) if one.code == code), None)
    if found is None:
        known = ", ".join(one.code for one in sets(uow))
        raise NotFoundError(_("There is no set {code}. Sets: {known}.").format(code=code, known=known))
    return found


def lines_of(uow: UnitOfWork, set_code: str, year: int) -> Mapping[str, TargetData]:
    """The plan lines of a set for a year by measure; a ready-made set holds for its own year and is shown for any.

    What the office wrote for the year wins over what was shipped.
    """
    made = shipped_sets().get(set_code)
    found = {line.indicator: line for line in made.lines} if made else {}
    rows = uow.session.scalars(select(Target).where(Target.set_code == set_code, Target.year == year))
    found.update((row.indicator, _data(row)) for row in rows)
    return found


def keep_line(uow: UnitOfWork, data: TargetData) -> UUID:
    """Write the plan line of an indicator and a year, in place of the one there was."""
    uow.require(Permission.EDIT)
    data = replace(data, document=clean(data.document), note=clean(data.note), set_code=clean(data.set_code))
    problems = _problems(uow, data)
    if problems:
        raise ValidationError(problems)
    record = _row(uow, data.set_code, data.indicator, data.year)
    values = {
        "comparison": data.comparison,
        "value_hundredths": data.value_hundredths,
        "unit": data.unit,
        "document": data.document,
        "note": data.note,
    }
    if record is None:
        record = Target(set_code=data.set_code, indicator=data.indicator, year=data.year, **values)
        uow.add(record)
    else:
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("target.keep", record)
    uow.session.flush()
    return record.id


def remove_line(uow: UnitOfWork, set_code: str, indicator: str, year: int) -> None:
    """Take the office's plan line out; a ready-made one shows again."""
    uow.require(Permission.EDIT)
    record = _row(uow, set_code, indicator, year)
    if record is None:
        raise NotFoundError(_("There is no plan line of the office for this indicator and year."))
    uow.name_step("target.keep", record)
    uow.session.delete(record)


def copy_set(uow: UnitOfWork, set_code: str, year: int, *, into: str = OWN_SET) -> int:
    """Take the lines of a set over as the office's own of a year; how many. Lines it has already stay."""
    uow.require(Permission.EDIT)
    source, there = set_of(uow, set_code), lines_of(uow, into, year)
    lines = lines_of(uow, set_code, source.year or year)
    count = 0
    for code, line in lines.items():
        if code not in there:
            keep_line(uow, replace(line, set_code=into, year=year, document="", note=""))
            count += 1
    return count


def benchmarks(uow: UnitOfWork) -> list[Benchmark]:
    """What was entered, newest year first."""
    uow.require(Permission.READ)
    kept = json.loads(setting(uow, BENCHMARKS) or "{}")
    return [
        Benchmark(int(year), Area(area), one["income"], one["source"])
        for year, areas in sorted(kept.items(), reverse=True)
        for area, one in areas.items()
    ]


def keep_benchmark(uow: UnitOfWork, data: Benchmark) -> None:
    """Enter the common income of an area for a year."""
    uow.require(Permission.EDIT)
    problems = []
    if data.income <= 0:
        problems.append(Problem("income", _("Write the income per person and month in dong, more than zero.")))
    if not clean(data.source):
        problems.append(Problem("source", _("Write where the figure comes from.")))
    if not FIRST_YEAR <= data.year <= LAST_YEAR:
        problems.append(Problem("year", _("Write the year with four digits.")))
    if problems:
        raise ValidationError(problems)
    kept = json.loads(setting(uow, BENCHMARKS) or "{}")
    areas = kept.setdefault(str(data.year), {})
    areas[data.area.value] = {"income": data.income, "source": clean(data.source)}
    uow.name_step("target.keep")
    keep_setting(uow, BENCHMARKS, json.dumps(kept, ensure_ascii=False, sort_keys=True))


def _problems(uow: UnitOfWork, data: TargetData) -> list[Problem]:
    problems = []
    measures = {**shipped().measures}
    for indicator in own_indicators.as_indicators(uow):
        measures.update((one.code, one) for one in indicator.measures)
    measure = measures.get(data.indicator)
    if measure is None:
        problems.append(Problem("indicator", _("There is no indicator {code}.").format(code=data.indicator)))
    try:
        unit = TargetUnit(data.unit)
    except ValueError:
        problems.append(Problem("unit", _("This is no unit of targets.")))
    else:
        wrong = unit_problem(measure.unit, unit) if measure else ""
        if wrong:
            problems.append(Problem("unit", wrong))
    try:
        comparison = Comparison(data.comparison)
    except ValueError:
        problems.append(Problem("comparison", _("This is no comparison of targets.")))
    else:
        if comparison is Comparison.FALLS_BY and measure is not None and measure.unit is not TargetUnit.POINTS:
            problems.append(
                Problem(
                    "comparison", _("Only a measure in percentage points falls by something; choose “no more than”.")
                )
            )
    if not data.set_code:
        problems.append(Problem("set_code", _("Name the set.")))
    if not FIRST_YEAR <= data.year <= LAST_YEAR:
        problems.append(Problem("year", _("Write the year with four digits.")))
    if not -MOST <= data.value_hundredths <= MOST:
        problems.append(Problem("value", _("This value is out of all measure.")))
    elif _over_all(data, measure):
        problems.append(Problem("value", _("A percentage lies between 0 and 100.")))
    return problems


def _over_all(data: TargetData, measure: Measure | None) -> bool:
    """A share lies between 0 and 100; only a growth may be more or less."""
    is_share = measure is not None and measure.unit is TargetUnit.PERCENT and measure.how != "balance_growth"
    return is_share and not 0 <= data.value_hundredths <= 100_00


def _row(uow: UnitOfWork, set_code: str, indicator: str, year: int) -> Target | None:
    return uow.session.scalars(
        select(Target).where(Target.set_code == set_code, Target.indicator == indicator, Target.year == year)
    ).first()


def _data(row: Target) -> TargetData:
    return TargetData(
        row.set_code, row.indicator, row.year, row.comparison, row.value_hundredths, row.unit, row.document, row.note
    )

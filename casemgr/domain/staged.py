"""A case that goes through steps and is paid in stages: what is reached, what comes next, how much each stage pays."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from casemgr.domain.pack_parts import UNCERTAIN
from casemgr.domain.programmes import Programme, Stage, Step
from casemgr.domain.support import EnrolmentData, EnrolmentStatus
from casemgr.i18n import _

LOG: Final = "steps"
"""Key of the log among the details of an enrolment."""


@dataclass(frozen=True)
class StepData:
    """A step that was reached."""

    code: str
    on: date
    document: str = ""
    """Number and day of the paper that proves it."""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One step of a case as it stands."""

    step: Step
    reached: StepData | None
    passed: bool
    """A later step is reached, or this one."""
    amount: int | None
    """Đồng it pays; None where it pays nothing or no amount is decided."""


def steps_of(programme: Programme) -> tuple[Step, ...]:
    """The steps of the catalogue; of a programme paid in stages without them, one before and one for each payment."""
    if programme.steps or not programme.stages:
        return programme.steps
    found = [
        Step("register", _("Registered"), EnrolmentStatus.NEED, certainty=UNCERTAIN),
        Step("approve", _("Approved"), EnrolmentStatus.APPROVED, _("Decision"), certainty=UNCERTAIN),
    ]
    for place, stage in enumerate(programme.stages, 1):
        running = EnrolmentStatus.RUNNING if place == 1 else None
        found.append(Step(f"done_{place}", stage.label, running, _("Minutes of completion"), certainty=UNCERTAIN))
        paid = _("Payment {number}").format(number=place)
        found.append(Step(f"pay_{place}", paid, pays=stage.code, certainty=UNCERTAIN))
    return (*found, Step("end", _("Finished"), EnrolmentStatus.ENDED, certainty=UNCERTAIN))


def shares(amount: int, stages: Sequence[Stage]) -> dict[str, int]:
    """Đồng of each stage: rounded down, the last takes the rest, so that they add up to the amount."""
    found: dict[str, int] = {}
    for stage in stages[:-1]:
        found[stage.code] = amount * stage.percent // 100
    if stages:
        found[stages[-1].code] = amount - sum(found.values())
    return found


def read_log(detail: Mapping[str, str]) -> dict[str, StepData]:
    """Steps written down, by code."""
    rows = json.loads(detail.get(LOG, "[]"))
    return {code: StepData(code, date.fromisoformat(on), document, note) for code, on, document, note in rows}


def with_step(detail: Mapping[str, str], step: StepData) -> dict[str, str]:
    """The details with one more step in the log."""
    entries = {**read_log(detail), step.code: step}
    rows = [[one.code, one.on.isoformat(), one.document, one.note] for one in entries.values()]
    return {**detail, LOG: json.dumps(rows, ensure_ascii=False)}


def lines(programme: Programme, data: EnrolmentData, paid: Mapping[str, date]) -> tuple[Line, ...]:
    """Every step in order; `paid` is the day each stage was paid out."""
    log = read_log(data.detail)
    pays = shares(data.amount, programme.stages) if data.amount is not None else {}
    steps = steps_of(programme)
    reached = [_reached(step, data, log, paid) for step in steps]
    last = max((place for place, one in enumerate(reached) if one is not None), default=-1)
    return tuple(
        Line(step, one, place <= last, pays.get(step.pays))
        for place, (step, one) in enumerate(zip(steps, reached, strict=True))
    )


def upcoming(case: Sequence[Line]) -> Line | None:
    """The step that comes next; None when all are reached."""
    return next((line for line in case if not line.passed), None)


def latest(case: Sequence[Line]) -> Line | None:
    """The step reached last."""
    return next((line for line in reversed(case) if line.reached is not None), None)


def proof_of(case: Sequence[Line], stage: str) -> Line | None:
    """The step before the payment of a stage: its minutes must be there first."""
    before: Line | None = None
    for line in case:
        if line.step.pays == stage:
            return before
        before = line
    return None


def _reached(step: Step, data: EnrolmentData, log: Mapping[str, StepData], paid: Mapping[str, date]) -> StepData | None:
    """Payments stand in the deliveries, request and decision in the enrolment, everything else in the log."""
    if step.pays:
        return StepData(step.code, paid[step.pays]) if step.pays in paid else None
    if step.status is EnrolmentStatus.NEED and data.need_on is not None:
        return StepData(step.code, data.need_on)
    if step.status is EnrolmentStatus.APPROVED:
        return StepData(step.code, data.decision_on, data.decision_number) if data.decision_on is not None else None
    return log.get(step.code)

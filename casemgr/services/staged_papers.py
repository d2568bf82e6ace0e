"""Minutes of a house (C11) filled in from its case: what was decided, which stage is confirmed, what it pays."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from casemgr.domain.case_papers import CasePaperContent
from casemgr.domain.dates import official_date
from casemgr.domain.money import money_text, money_words
from casemgr.domain.permissions import Permission
from casemgr.domain.staged import Line
from casemgr.errors import ConflictError
from casemgr.i18n import _
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import case_papers, households, staged
from casemgr.services.office_papers import IssuedPaper, Render
from casemgr.services.staged import StagedCase


def prepare(uow: UnitOfWork, enrolment_id: UUID, step: str, *, on: date) -> CasePaperContent:
    """The minutes of a step as they would be issued that day."""
    uow.require(Permission.READ)
    case, line = _found(uow, enrolment_id, step)
    data = case.enrolment.data
    return case_papers.prepare(
        uow,
        line.step.paper,
        _values(uow, case, line),
        {},
        on=on,
        household_id=data.household_id,
        person_id=data.person_id,
        subject_id=enrolment_id,
    )


def issue(uow: UnitOfWork, enrolment_id: UUID, step: str, *, on: date, render: Render) -> IssuedPaper:
    """Freeze the minutes of a step; `render` is `reports.office_papers.render_paper`."""
    uow.require(Permission.ISSUE)
    case, line = _found(uow, enrolment_id, step)
    data = case.enrolment.data
    return case_papers.issue(
        uow,
        line.step.paper,
        _values(uow, case, line),
        {},
        on=on,
        household_id=data.household_id,
        person_id=data.person_id,
        subject_id=enrolment_id,
        render=render,
    )


def _found(uow: UnitOfWork, enrolment_id: UUID, step: str) -> tuple[StagedCase, Line]:
    case = staged.view(uow, enrolment_id)
    line = next((one for one in case.lines if one.step.code == step and one.step.paper), None)
    if line is None:
        raise ConflictError(_("No minutes are printed at this step."))
    return case, line


def _values(uow: UnitOfWork, case: StagedCase, line: Line) -> Mapping[str, str]:
    data, place = case.enrolment.data, case.lines.index(line)
    home = households.view(uow, data.household_id)
    payment = next((one for one in case.lines[place:] if one.step.pays), None)
    stage = next((one for one in case.programme.stages if payment and one.code == payment.step.pays), None)
    before = sum(one.amount or 0 for one in case.lines[:place] if one.step.pays and one.reached is not None)
    return {
        "programme": case.programme.name,
        "works": data.detail.get("works", ""),
        "area": data.detail.get("area", ""),
        "decision": _decision(data.decision_number, data.decision_on),
        "decided": _money(data.amount),
        "stage": stage.label if stage else line.step.label,
        "started": _day(case, "start"),
        "finished": official_date(line.reached.on) if line.reached else "",
        "pays": _money(payment.amount if payment else None, words=True),
        "paid": _money(before) if before else "",
        "venue": home.hamlet,
        "office_person": uow.actor.name,
    }


def _decision(number: str, on: date | None) -> str:
    if not number:
        return ""
    return f"Quyết định số {number} {official_date(on)}" if on else f"Quyết định số {number}"


def _day(case: StagedCase, step: str) -> str:
    line = next((one for one in case.lines if one.step.code == step), None)
    return official_date(line.reached.on) if line and line.reached else ""


def _money(amount: int | None, *, words: bool = False) -> str:
    if amount is None:
        return ""
    told = money_text(amount)
    return f"{told} ({money_words(amount).capitalize()} đồng)" if words else told

"""Contracts signed directly: ten contents and the papers, five working days, the confirmation and the refusal."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.abroad import AbroadState
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_words import Outcome
from casemgr.domain.reviews import HolidayKind
from casemgr.errors import ConflictError, ValidationError
from casemgr.reports.office_papers import render_paper
from casemgr.services import (
    abroad_documents,
    abroad_papers,
    abroad_steps,
    abroad_support,
    case_papers,
    direct_contracts,
    holidays,
)
from casemgr.services.abroad_documents import DocumentData
from casemgr.services.abroad_support import SupportData
from casemgr.services.direct_contracts import DirectData, DirectView
from casemgr.services.state_steps import StepData
from casemgr.workspace import Workspace
from tests.support.abroad import Abroad

TODAY = date(2026, 11, 24)
ALL = (*shipped().direct_papers, *shipped().contents)


def problems(call: Any, *arguments: Any, **named: Any) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        call(*arguments, **named)
    return [one.field for one in refused.value.problems]


def direct(workspace: Workspace, **more: Any) -> UUID:
    values: dict[str, Any] = {"form": "direct", "firm": "", "licence": "", "supply_registration": ""}
    return Abroad(workspace).signed(**(values | more))


def received(workspace: Workspace, on: date, present: tuple[str, ...] = ALL) -> DirectView:
    made = workspace.write(direct_contracts.receive, direct(workspace), DirectData(on, present))
    return workspace.read(direct_contracts.view, made)


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (date(2026, 11, 16), date(2026, 11, 23)),  # a Monday: over one week end
        (date(2026, 11, 13), date(2026, 11, 20)),  # a Friday
        (date(2026, 11, 14), date(2026, 11, 20)),  # a Saturday
        (date(2026, 11, 19), date(2026, 11, 27)),  # over 24/11, a day off
        (date(2026, 8, 27), date(2026, 9, 8)),  # over 31 August to 2 September
        (date(2024, 2, 26), None),  # before the commune had the duty
    ],
)
def test_the_answer_is_due_in_working_days_after_the_last_paper_came(
    workspace: Workspace, came: date, due: date | None
) -> None:
    view = received(workspace, came)
    assert (view.complete_on, view.due_on) == (came, due)


def test_29_february_is_a_working_day_like_another(workspace: Workspace) -> None:
    # The period of the law begins in 2025; 2028 is the next leap year, so the calendar is asked itself.
    assert workspace.read(holidays.calendar).add(date(2028, 2, 28), 1) == date(2028, 2, 29)


def test_a_day_off_of_the_office_moves_the_answer(workspace: Workspace) -> None:
    workspace.write(holidays.keep_holiday, date(2026, 11, 20), "Nghỉ bù", HolidayKind.HOLIDAY)
    assert received(workspace, date(2026, 11, 16)).due_on == date(2026, 11, 25)


def test_the_period_begins_when_nothing_is_missing(workspace: Workspace) -> None:
    view = received(workspace, date(2026, 11, 9), ALL[:-1])
    assert (view.complete_on, view.due_on, view.late) == (None, None, False)
    assert [one.code for one in view.lines if not one.present] == ["disputes"]
    assert [one.paper for one in view.lines].count(False) == 10
    change = {"on": date(2026, 11, 16)}
    assert problems(workspace.write, direct_contracts.complete, view.id, 1, ALL, on=date(2026, 11, 8)) == ["on"]
    workspace.write(direct_contracts.complete, view.id, view.version, ALL, **change)
    whole = workspace.read(direct_contracts.view, view.id)
    assert (whole.complete_on, whole.due_on, whole.late) == (date(2026, 11, 16), date(2026, 11, 23), True)
    assert [one.id for one in workspace.read(direct_contracts.open_ones)] == [view.id]
    workspace.write(direct_contracts.complete, view.id, whole.version, ALL[1:], **change)
    assert workspace.read(direct_contracts.view, view.id).due_on is None


def test_only_direct_contracts_are_registered_and_one_at_a_time(workspace: Workspace) -> None:
    people = Abroad(workspace)
    assert problems(workspace.write, direct_contracts.receive, people.signed(), DirectData(TODAY)) == ["form"]
    case = direct(workspace)
    bad = DirectData(date(2026, 12, 1), ("photo",))
    assert problems(workspace.write, direct_contracts.receive, case, bad) == ["received_on", "present"]
    workspace.write(direct_contracts.receive, case, DirectData(TODAY))
    with pytest.raises(ConflictError):
        workspace.write(direct_contracts.receive, case, DirectData(TODAY))


def test_an_incomplete_registration_is_not_confirmed_and_the_article_is_told(workspace: Workspace) -> None:
    view = received(workspace, date(2026, 11, 16), ALL[:-2])
    told = workspace.read(direct_contracts.check_confirmation, view.id, TODAY)
    assert [one.field for one in told] == ["present", "present"]
    assert all("Điều 5" in one.citation for one in told)
    confirm = {"on": TODAY, "render": render_paper}
    assert problems(workspace.write, direct_contracts.confirm, view.id, view.version, **confirm) == ["present"] * 2


def test_the_confirmation_is_paper_c19_and_opens_the_departure(workspace: Workspace) -> None:
    view = received(workspace, date(2026, 11, 19))
    case = view.case_id
    people = Abroad(workspace)
    people.papers(case)
    workspace.write(abroad_documents.keep, case, DocumentData("passport", "C1234567", date(2025, 1, 2)))
    leave = StepData(AbroadState.DEPARTED, TODAY)
    assert [one.field for one in workspace.read(abroad_steps.check, case, leave)] == ["direct"]
    early = {"on": date(2026, 11, 18), "render": render_paper}
    assert problems(workspace.write, direct_contracts.confirm, view.id, view.version, **early) == ["on"]
    paper = workspace.write(direct_contracts.confirm, view.id, view.version, on=TODAY, render=render_paper)
    assert paper.pdf.startswith(b"%PDF")
    (kept,) = workspace.read(direct_contracts.of_case, case)
    assert (kept.outcome, kept.decided_on, kept.late) == (Outcome.CONFIRMED, TODAY, False)
    assert kept.paper_number == paper.number
    assert workspace.read(abroad_steps.check, case, leave) == ()
    with pytest.raises(ConflictError):
        workspace.write(direct_contracts.confirm, view.id, kept.version, on=TODAY, render=render_paper)


def test_a_refusal_needs_its_reason_and_is_paper_c20(workspace: Workspace) -> None:
    view = received(workspace, date(2026, 11, 16), ALL[:3])
    refuse = {"on": TODAY, "render": render_paper}
    assert problems(workspace.write, direct_contracts.refuse, view.id, view.version, reason=" ", **refuse) == ["reason"]
    future = {"on": date(2026, 12, 1), "render": render_paper, "reason": "Thiếu bản dịch"}
    assert problems(workspace.write, direct_contracts.refuse, view.id, view.version, **future) == ["on"]
    reason = "Hợp đồng không ghi chế độ bảo hiểm"
    workspace.write(direct_contracts.refuse, view.id, view.version, reason=reason, **refuse)
    kept = workspace.read(direct_contracts.view, view.id)
    assert (kept.outcome, kept.reason) == (Outcome.REFUSED, reason)
    # Handed in again: another registration of the same case.
    again = workspace.write(direct_contracts.receive, view.case_id, DirectData(TODAY, ALL))
    assert [one.id for one in workspace.read(direct_contracts.of_case, view.case_id)] == [again, view.id]


def test_a_confirmation_needs_employer_work_and_country(workspace: Workspace) -> None:
    case = direct(workspace, country="")
    made = workspace.write(direct_contracts.receive, case, DirectData(date(2026, 11, 16), ALL))
    told = workspace.read(direct_contracts.check_confirmation, made, TODAY)
    assert [one.field for one in told] == ["country"]


@pytest.mark.parametrize("number", ["C18", "C21"])
def test_the_papers_say_what_the_file_knows(workspace: Workspace, number: str) -> None:
    people = Abroad(workspace)
    case = people.signed()
    item = SupportData("orientation", cost=530_000, receipt="HĐ 1", amount=530_000)
    workspace.write(abroad_support.keep, case, item)
    made = workspace.read(abroad_papers.vitae if number == "C18" else abroad_papers.support_request, case)
    content = workspace.read(
        case_papers.prepare,
        made.code,
        made.values,
        made.tables,
        on=TODAY,
        person_id=made.person_id,
        household_id=made.household_id,
        subject_id=made.subject_id,
    )
    assert render_paper(content).startswith(b"%PDF")
    (table,) = content.tables
    if number == "C21":
        assert table.rows[0][0] == "Bồi dưỡng kiến thức cần thiết"
        assert dict(content.values)["company"] == "Công ty Hướng Dương"
    else:
        assert len(table.rows) == 1  # the father
        assert dict(content.values)["languages"] == "N4"

"""A house from its request to the keys: each step with its paper, each stage paid once and never too early."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.staged import StepData
from casemgr.domain.support import EnrolmentData, EnrolmentStatus
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import deliveries, enrolments, staged
from casemgr.services.staged import PaymentData
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

REASON = "Ngoài huyện nghèo, theo văn bản của tỉnh"


def house(workspace: Workspace, make: Make) -> UUID:
    home = make.household()
    make.poor(home)
    data = EnrolmentData("NHA-DA5", home, need_on=date(2026, 2, 2), amount=39_999_999)
    return workspace.write(enrolments.keep_enrolment, data)


def step(workspace: Workspace, case: UUID, code: str, on: date, document: str = "", **answers: str) -> None:
    version = workspace.read(enrolments.view, case).version
    workspace.write(staged.reach, case, version, StepData(code, on, document), answers=answers)


def pay(workspace: Workspace, case: UUID, code: str, on: date) -> UUID:
    version = workspace.read(enrolments.view, case).version
    return workspace.write(staged.pay, case, version, PaymentData(code, on, override_reason=REASON))


def founded(workspace: Workspace, case: UUID) -> None:
    step(workspace, case, "vote", date(2026, 2, 20), "02/BB")
    step(workspace, case, "approve", date(2026, 3, 2), "30/QĐ-UBND")
    step(workspace, case, "start", date(2026, 4, 1))


def test_a_house_is_paid_in_two_stages_that_add_up(workspace: Workspace, make: Make) -> None:
    case = house(workspace, make)
    founded(workspace, case)
    with pytest.raises(ConflictError):
        pay(workspace, case, "pay_1", date(2026, 5, 2))
    with pytest.raises(ValidationError) as caught:
        step(workspace, case, "foundation", date(2026, 5, 1))
    assert {problem.field for problem in caught.value.problems} == {"document"}
    step(workspace, case, "foundation", date(2026, 5, 1), "05/BB")
    with pytest.raises(ValidationError):
        pay(workspace, case, "pay_1", date(2026, 4, 30))
    first = pay(workspace, case, "pay_1", date(2026, 5, 2))
    with pytest.raises(ConflictError):
        pay(workspace, case, "pay_1", date(2026, 5, 3))
    step(workspace, case, "completion", date(2026, 8, 1), "09/BB")
    second = pay(workspace, case, "pay_2", date(2026, 8, 5))
    amounts = {one.id: one.data.amount for one in workspace.read(deliveries.of_household, _home(workspace, case))}
    assert amounts == {first: 27_999_999, second: 12_000_000}
    step(workspace, case, "handover", date(2026, 8, 6))
    view = workspace.read(staged.view, case)
    assert view.next is None
    assert view.enrolment.data.status is EnrolmentStatus.ENDED
    assert view.paid == 39_999_999


def test_who_waits_for_what(workspace: Workspace, make: Make) -> None:
    case = house(workspace, make)
    assert [(row.reached, row.waits_for) for row in workspace.read(staged.cases)] == [("register", "vote")]
    founded(workspace, case)
    row = workspace.read(staged.cases, programme="NHA-DA5")[0]
    assert (row.reached, row.since, row.waits_for) == ("start", date(2026, 4, 1), "foundation")


def test_a_correction_by_the_form_keeps_the_log(workspace: Workspace, make: Make) -> None:
    case = house(workspace, make)
    step(workspace, case, "vote", date(2026, 2, 20), "02/BB")
    before = workspace.read(enrolments.view, case)
    data = replace(before.data, detail={"works": "làm mới"})
    workspace.write(enrolments.keep_enrolment, data, enrolment_id=case, version=before.version)
    assert workspace.read(staged.cases)[0].reached == "vote"


def test_legal_aid_is_accepted_in_a_form_and_finished_with_an_outcome(workspace: Workspace, make: Make) -> None:
    home = make.household()
    person = make.view(home).members[0].person_id
    data = EnrolmentData("TGPL", home, person, need_on=date(2026, 5, 4))
    case = workspace.write(enrolments.keep_enrolment, data)
    with pytest.raises(ValidationError):
        step(workspace, case, "accept", date(2026, 5, 6), "12/PTL", form="Nói chuyện")
    step(workspace, case, "accept", date(2026, 5, 6), "12/PTL", form="Tư vấn pháp luật")
    with pytest.raises(ValidationError):
        step(workspace, case, "finish", date(2026, 6, 1))
    step(workspace, case, "finish", date(2026, 6, 1), outcome="Hòa giải thành")
    assert workspace.read(enrolments.view, case).data.status is EnrolmentStatus.ENDED
    other = workspace.write(enrolments.keep_enrolment, data)
    workspace.write(staged.refuse, other, workspace.read(enrolments.view, other).version, reason="Không thuộc diện")
    assert workspace.read(enrolments.view, other).data.status is EnrolmentStatus.REFUSED


def _home(workspace: Workspace, case: UUID) -> UUID:
    return workspace.read(enrolments.view, case).data.household_id

"""A stage paid by another way is checked against its case; stages without steps, in goods, and from before."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.distributions import Cause
from casemgr.domain.findings import Severity
from casemgr.domain.staged import StepData
from casemgr.domain.support import CircumstanceData, DeliveryData, EnrolmentData, EnrolmentStatus, GoodsLine
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import (
    circumstances,
    deliveries,
    enrolments,
    programmes,
    staged,
    staged_lists,
    staged_papers,
    targets,
)
from casemgr.services.staged import PaymentData
from casemgr.services.staged_lists import By
from casemgr.workspace import Workspace
from tests.support.target_story import counts
from tests.support.workspaces import Make

REASON = "Theo văn bản của tỉnh"
PIPE = GoodsLine("Bồn nhựa chứa nước 1.000 lít", 1, "cái", unit_price=2_500_000)


def decided(workspace: Workspace, make: Make, programme: str = "NHA-DA5", **others: Any) -> tuple[UUID, UUID]:
    home = make.household()
    make.poor(home)
    values = {
        "status": EnrolmentStatus.APPROVED,
        "need_on": date(2026, 2, 2),
        "decision_number": "30/QĐ-UBND",
        "decision_on": date(2026, 3, 2),
        "amount": 40_000_000,
    }
    case = workspace.write(enrolments.keep_enrolment, EnrolmentData(programme, home, **{**values, **others}))
    return home, case


def step(workspace: Workspace, case: UUID, code: str, on: date, document: str = "") -> None:
    workspace.write(staged.reach, case, version(workspace, case), StepData(code, on, document))


def version(workspace: Workspace, case: UUID) -> int:
    return workspace.read(enrolments.view, case).version


def entry(home: UUID, on: date, **others: Any) -> DeliveryData:
    values: dict[str, Any] = {
        "amount": 28_000_000,
        "stage": "foundation",
        "decision_number": "30/QĐ-UBND",
        "decision_on": date(2026, 3, 2),
        "override_reason": REASON,
    }
    return DeliveryData("NHA-DA5", home, on, **{**values, **others})


def causes(workspace: Workspace, data: DeliveryData) -> dict[Cause, Severity]:
    return {one.cause: one.severity for one in workspace.read(deliveries.check, data)}


def test_before_the_minutes_a_certain_stage_is_refused_and_after_them_not(workspace: Workspace, make: Make) -> None:
    home, case = decided(workspace, make)
    step(workspace, case, "start", date(2026, 4, 1))
    data = entry(home, date(2026, 5, 4))
    assert causes(workspace, data)[Cause.STAGE] is Severity.REFUSE
    with pytest.raises(ValidationError):
        workspace.write(deliveries.record, data)
    step(workspace, case, "foundation", date(2026, 5, 4), "05/BB")
    assert causes(workspace, replace(data, on=date(2026, 5, 3)))[Cause.STAGE] is Severity.REFUSE
    assert Cause.STAGE not in causes(workspace, data)
    workspace.write(deliveries.record, data)


def test_an_uncertain_plan_only_warns(workspace: Workspace, make: Make) -> None:
    home, _case = decided(workspace, make, "NHA-DDK")
    data = replace(entry(home, date(2026, 5, 4)), programme="NHA-DDK", stage="completion", amount=40_000_000)
    assert causes(workspace, data)[Cause.STAGE] is Severity.WARN


def test_above_the_decided_amount(workspace: Workspace, make: Make) -> None:
    home, case = decided(workspace, make, amount=30_000_000)
    step(workspace, case, "start", date(2026, 4, 1))
    step(workspace, case, "foundation", date(2026, 5, 1), "05/BB")
    data = entry(home, date(2026, 5, 4), amount=30_000_000)
    assert Cause.CAP not in causes(workspace, data)
    assert causes(workspace, replace(data, amount=30_000_001))[Cause.CAP] is Severity.REFUSE


def test_a_stage_that_is_not_named_or_not_known(workspace: Workspace, make: Make) -> None:
    home, _case = decided(workspace, make)
    assert causes(workspace, entry(home, date(2026, 5, 4), stage=""))[Cause.STAGE] is Severity.WARN
    assert causes(workspace, entry(home, date(2026, 5, 4), stage="roof"))[Cause.STAGE] is Severity.REFUSE


def test_a_payment_from_before_belongs_to_the_case_of_programme_and_household(workspace: Workspace, make: Make) -> None:
    home = make.household()
    make.poor(home)
    workspace.write(deliveries.record, entry(home, date(2026, 5, 4)), handed_out=True)
    data = EnrolmentData(
        "NHA-DA5",
        home,
        status=EnrolmentStatus.RUNNING,
        need_on=date(2026, 2, 2),
        decision_number="30/QĐ-UBND",
        decision_on=date(2026, 3, 2),
        amount=40_000_000,
    )
    case = workspace.write(enrolments.keep_enrolment, data)
    view = workspace.read(staged.view, case)
    assert view.paid == 28_000_000
    assert view.next is not None
    assert view.next.step.code == "completion"
    with pytest.raises(ConflictError):
        workspace.write(staged.pay, case, version(workspace, case), PaymentData("pay_1", date(2026, 5, 5)))


def test_a_payment_that_came_back_is_due_again(workspace: Workspace, make: Make) -> None:
    _home, case = decided(workspace, make)
    step(workspace, case, "start", date(2026, 4, 1))
    step(workspace, case, "foundation", date(2026, 5, 1), "05/BB")
    payment = PaymentData("pay_1", date(2026, 5, 4), override_reason=REASON)
    paid = workspace.write(staged.pay, case, version(workspace, case), payment)
    found = workspace.read(deliveries.view, paid)
    workspace.write(deliveries.give_back, paid, found.version, on=date(2026, 5, 6), reason="Chủ hộ trả lại")
    view = workspace.read(staged.view, case)
    assert view.paid == 0
    assert view.next is not None
    assert view.next.step.code == "pay_1"


def test_merit_families_get_steps_made_from_their_stages(workspace: Workspace, make: Make) -> None:
    home, case = decided(workspace, make, "NCC-NHA", amount=60_000_000)
    step(workspace, case, "done_1", date(2026, 6, 1), "11/BB")
    workspace.write(
        staged.pay, case, version(workspace, case), PaymentData("pay_1", date(2026, 6, 2), override_reason=REASON)
    )
    step(workspace, case, "end", date(2026, 6, 3))
    assert workspace.read(staged.of_household, home) == []
    assert workspace.read(staged.of_household, home, over=True)[0].paid == 60_000_000


def test_an_office_programme_in_three_parts_adds_up(workspace: Workspace, make: Make) -> None:
    content = dict(workspace.read(programmes.content, "programme", "NHA-DDK"))
    content |= {
        "code": "NHA-XA",
        "name": "Nhà tình thương của xã",
        "steps": [],
        "stages": [{"code": f"part_{n}", "label": f"Đợt {n}", "percent": p} for n, p in ((1, 33), (2, 33), (3, 34))],
    }
    workspace.write(programmes.keep, "programme", content)
    _home, case = decided(workspace, make, "NHA-XA", amount=10_000_001)
    given = []
    for number in (1, 2, 3):
        step(workspace, case, f"done_{number}", date(2026, 5, number), f"{number}/BB")
        payment = PaymentData(f"pay_{number}", date(2026, 5, number), override_reason=REASON)
        paid = workspace.write(staged.pay, case, version(workspace, case), payment)
        given.append(workspace.read(deliveries.view, paid).data.amount)
    assert given == [3_300_000, 3_300_000, 3_400_001]


def test_water_is_given_in_goods_never_above_its_part(workspace: Workspace, make: Make) -> None:
    home, case = decided(workspace, make, "NUOC-PT", amount=3_000_000)
    listed = CircumstanceData("water_listed", True, household_id=home, from_on=date(2026, 1, 5))
    workspace.write(circumstances.keep, listed)
    step(workspace, case, "completion", date(2026, 6, 1), "11/BB")
    two = PaymentData("pay_1", date(2026, 6, 2), goods=(replace(PIPE, quantity=2),), override_reason=REASON)
    with pytest.raises(ValidationError) as caught:
        workspace.write(staged.pay, case, version(workspace, case), two)
    assert {problem.field for problem in caught.value.problems} == {"amount"}
    one = replace(two, goods=(PIPE,))
    paid = workspace.write(staged.pay, case, version(workspace, case), one)
    found = workspace.read(deliveries.view, paid)
    assert (found.data.amount, found.goods_value) == (500_000, 2_500_000)
    assert workspace.read(staged.view, case).paid == 3_000_000


def test_sums_add_up_to_the_cases_by_step_and_by_hamlet(workspace: Workspace, make: Make) -> None:
    decided(workspace, make)
    decided(workspace, make)
    _home, case = decided(workspace, make, "NHA-DDK")
    step(workspace, case, "completion", date(2026, 6, 1), "11/BB")
    lines = workspace.read(staged_lists.case_lines)
    assert [(one.programme, one.step, one.hamlet) for one in lines] == [
        ("NHA-DA5", "start", "Ấp Phú Nhơn"),
        ("NHA-DA5", "start", "Ấp Phú Nhơn"),
        ("NHA-DDK", "pay_1", "Ấp Phú Nhơn"),
    ]
    for by in By:
        found = staged_lists.sums(lines, by)
        assert [(one.step, one.count, one.amount) for one in found] == [
            ("start", 2, 80_000_000),
            ("pay_1", 1, 40_000_000),
        ]
    assert lines[2].days == (date(2026, 11, 24) - date(2026, 6, 1)).days


def test_the_minutes_name_what_was_decided_and_what_it_pays(workspace: Workspace, make: Make) -> None:
    _home, case = decided(workspace, make)
    content = workspace.read(staged_papers.prepare, case, "foundation", on=date(2026, 5, 1))
    values = dict(content.values)
    assert values["decision"] == "Quyết định số 30/QĐ-UBND ngày 02 tháng 3 năm 2026"
    assert values["pays"] == "28.000.000 đồng (Hai mươi tám triệu đồng)"
    assert "paid" not in values
    with pytest.raises(ConflictError):
        workspace.read(staged_papers.prepare, case, "vote", on=date(2026, 5, 1))


def test_target_of_legal_aid_counts_requests_accepted_and_solved(workspace: Workspace, make: Make) -> None:
    cases = []
    for name in ("Nguyễn Văn An", "Lê Thị Bình", "Trần Văn Cường", "Phạm Thị Dung"):
        home = make.household(name)
        make.poor(home)
        data = EnrolmentData("TGPL", home, make.view(home).members[0].person_id, need_on=date(2026, 5, 4))
        cases.append(workspace.write(enrolments.keep_enrolment, data))
    for case in cases[:2]:
        answer = {"form": "Tư vấn pháp luật"}
        data_of = StepData("accept", date(2026, 5, 6), "12/PTL")
        workspace.write(staged.reach, case, version(workspace, case), data_of, answers=answer)
    done = StepData("finish", date(2026, 6, 1))
    workspace.write(staged.reach, cases[0], version(workspace, cases[0]), done, answers={"outcome": "Hòa giải thành"})
    workspace.write(staged.refuse, cases[2], version(workspace, cases[2]), reason="Không thuộc diện")
    cases_ = workspace.read(targets.figure, "I10-cases", date(2026, 11, 24))
    solved = workspace.read(targets.figure, "I10-solved", date(2026, 11, 24))
    assert counts(cases_) == (2, 3, 1)
    assert counts(solved) == (1, 4, 0)

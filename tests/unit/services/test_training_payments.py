"""The support of a class is paid by a list: money by days present, what is paid once, and the papers of a learner."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.distributions import Cause
from casemgr.domain.support import DeliveryData, DeliveryStatus
from casemgr.domain.training import LearnerState
from casemgr.domain.training_support import LIVING, TUITION
from casemgr.errors import ValidationError
from casemgr.persistence.models import Learner, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    courses,
    delivery_checks,
    distributions,
    learner_steps,
    learners,
    support_strip,
    training_papers,
    training_payments,
)
from casemgr.services.training_payments import PayData
from casemgr.workspace import Workspace
from tests.unit.services.test_learners import SEWING, Training, fields

PAID = PayData(date(2026, 9, 10), decision_number="91/QĐ-UBND", decision_on=date(2026, 9, 8), handed_out=True)


def _numbered(uow: UnitOfWork, learner: UUID) -> None:
    uow.record(Person, uow.record(Learner, learner).person_id).id_number = "083304000123"
    uow.name_step("person.keep", table="person", subject=learner)


def finished(workspace: Workspace) -> tuple[UUID, UUID]:
    course, record = Training(workspace).certified()
    workspace.write(_numbered, record)
    return course, record


def test_the_list_of_a_class_holds_meals_and_travel_and_is_not_paid_twice(workspace: Workspace) -> None:
    course, record = finished(workspace)
    (line,) = workspace.read(training_payments.lines, course)
    assert line.open == 18 * 50_000 + 200_000
    made = workspace.write(training_payments.pay, course, PAID)
    (row,) = workspace.read(distributions.rows, made)
    assert (row.amount, row.status) == (1_100_000, DeliveryStatus.DELIVERED)
    assert row.person_id == workspace.read(learners.view, record).data.person_id
    (line,) = workspace.read(training_payments.lines, course)
    assert (line.paid, line.open) == (1_100_000, 0)
    with pytest.raises(ValidationError) as refused:
        workspace.write(training_payments.pay, course, PAID)
    assert fields(refused) == {""}


def test_meals_of_a_long_class_are_not_cut_at_the_ceiling_of_tuition(workspace: Workspace) -> None:
    course, record = finished(workspace)
    paid = DeliveryData(
        "DN-SC",
        workspace.read(learners.view, record).data.household_id,
        date(2026, 9, 10),
        workspace.read(learners.view, record).data.person_id,
        amount=5_000_000,
    )
    assert Cause.CAP in {one.cause for one in workspace.read(delivery_checks.check, paid)}
    assert workspace.read(delivery_checks.check, replace(paid, stage=LIVING)) == []
    assert workspace.read(training_payments.lines, course)[0].paid == 0


def test_tuition_is_a_stage_of_its_own_and_is_paid_once_beside_the_meals(workspace: Workspace) -> None:
    course, record = finished(workspace)
    workspace.write(training_payments.pay, course, PAID)
    tuition = replace(PAID, tuition=True)
    (line,) = workspace.read(training_payments.lines, course)
    assert line.tuition_open == line.line.support.tuition > 0
    made = workspace.write(training_payments.pay, course, tuition)
    (row,) = workspace.read(distributions.rows, made)
    assert (row.amount, row.status) == (line.line.support.tuition, DeliveryStatus.DELIVERED)
    (line,) = workspace.read(training_payments.lines, course)
    assert (line.paid, line.open, line.tuition_paid, line.tuition_open) == (1_100_000, 0, row.amount, 0)
    with pytest.raises(ValidationError):
        workspace.write(training_payments.pay, course, tuition)
    learner = workspace.read(learners.view, record).data
    again = DeliveryData("DN-SC", learner.household_id, date(2026, 11, 20), learner.person_id, amount=1_000_000)
    for stage in (TUITION, LIVING, ""):  # another course later, whichever part of it comes first
        told = workspace.read(delivery_checks.check, replace(again, stage=stage))
        assert Cause.TWICE in {one.cause for one in told}, stage


def test_the_household_shows_what_was_paid(workspace: Workspace) -> None:
    course, record = finished(workspace)
    workspace.write(training_payments.pay, course, PAID)
    home = workspace.read(learners.view, record).data.household_id
    assert "DN-SC" in repr(workspace.read(support_strip.strip, home, date(2026, 11, 24)))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decision_number": ""}, "decision_number"),
        ({"decision_on": None}, "decision_on"),
        ({"decision_on": date(2026, 9, 11)}, "decision_on"),
        ({"on": date(2026, 8, 2), "decision_on": date(2026, 8, 1)}, "on"),
        ({"on": date(2026, 11, 25)}, "on"),
    ],
)
def test_money_is_out_after_its_decision_and_not_in_the_future(
    workspace: Workspace, changes: dict[str, object], field: str
) -> None:
    course, _record = finished(workspace)
    with pytest.raises(ValidationError) as refused:
        workspace.write(training_payments.pay, course, replace(PAID, **changes))  # type: ignore[arg-type]  # by name
    assert field in fields(refused)


def test_a_list_without_a_decision_is_only_planned(workspace: Workspace) -> None:
    course, _record = finished(workspace)
    made = workspace.write(training_payments.pay, course, PayData(date(2026, 9, 10)))
    (row,) = workspace.read(distributions.rows, made)
    assert row.status is DeliveryStatus.PLANNED


def test_a_cost_above_the_ceiling_is_told_with_its_article(workspace: Workspace) -> None:
    told = workspace.read(courses.cost_finding, SEWING)
    assert told is not None
    assert told.field == "tuition"
    assert "Nghị định số 338/2025/NĐ-CP" in told.citation
    assert workspace.read(courses.cost_finding, replace(SEWING, tuition=4_000_000)) is None


def test_who_left_a_class_that_was_attended_needs_a_new_need(workspace: Workspace) -> None:
    training = Training(workspace)
    course = workspace.write(courses.keep, SEWING)
    one, other = training.approved(), training.approved()
    workspace.write(learner_steps.place, course, [one, other], on=date(2026, 8, 1))
    training.step(other, LearnerState.APPROVED, date(2026, 8, 2), reason="Đổi lớp")
    back = workspace.read(learners.view, other)
    assert (back.course_id, back.decision_number) == (None, "80/QĐ-UBND")
    training.step(one, LearnerState.LEARNING, date(2026, 8, 3))
    training.attend(course, one)
    training.step(one, LearnerState.DROPPED, date(2026, 8, 31), reason="Chăm con nhỏ")
    with pytest.raises(ValidationError) as refused:
        training.step(one, LearnerState.NEED, date(2026, 9, 1), reason="Muốn học lại")
    assert fields(refused) == {""}


def test_papers_of_a_learner_say_what_the_file_knows(workspace: Workspace) -> None:
    _course, record = finished(workspace)
    asked = workspace.read(training_papers.request, record)
    assert (asked.code, asked.values["trade"]) == ("case_training_request", "May công nghiệp")
    assert asked.values["supported_before"] == "Chưa"
    assert asked.values["groups"] == "Lao động nông thôn"
    told = workspace.read(training_papers.confirmation, record, purpose="xin việc làm").values
    assert (told["course"], told["from"], told["to"]) == ("MAY-01", "03/08/2026", "28/08/2026")
    assert told["hours"].startswith("150 giờ; 18")
    assert told["certificate"] == "số CC-012, ngày 05/09/2026, do Trung tâm cấp"
    sent = workspace.read(training_papers.introduction, record, recipient="Công ty May Bến Tre", purpose="dự tuyển")
    assert sent.values["skills"].startswith("May công nghiệp; số CC-012")

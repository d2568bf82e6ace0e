"""Work opens by itself with its cause: a decision, a dossier sent back, a loss; and it is over when the cause is."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.distributions import DistributionData, RowData
from casemgr.domain.livelihoods import PlanState
from casemgr.domain.support import DeliveryData, EnrolmentData, EnrolmentStatus, FundSource, Receipt, ReceiptData
from casemgr.persistence.models import Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    agenda,
    deliveries,
    distributions,
    enrolments,
    history,
    livelihood_visits,
    livelihoods,
    tasks,
)
from casemgr.services.livelihood_visits import LossData, LossKind
from casemgr.services.tasks import TaskView
from casemgr.workspace import Workspace
from tests.support.livelihoods import Livelihoods
from tests.support.support import TODAY, Supported

DECIDED = date(2026, 11, 20)


def work(workspace: Workspace, home: UUID, rule: str) -> list[TaskView]:
    return [one for one in workspace.read(tasks.of_household, home, settled=True) if one.data.rule == rule]


def states(workspace: Workspace, home: UUID, rule: str) -> list[str]:
    return [one.status for one in work(workspace, home, rule)]


@pytest.fixture
def home(workspace: Workspace) -> UUID:
    people = Supported(workspace)
    household = people.household("birth=1946")
    people.of_class(household, "poor")
    return household


@pytest.fixture
def place(workspace: Workspace, home: UUID) -> EnrolmentData:
    (person,) = Supported(workspace).people(home)
    return EnrolmentData(
        "HTXH", home, person, status=EnrolmentStatus.APPROVED, decision_number="45/QĐ-UBND", decision_on=DECIDED
    )


def keep(workspace: Workspace, data: EnrolmentData, made: UUID | None = None) -> UUID:
    version = workspace.read(enrolments.view, made).version if made else None
    return workspace.write(enrolments.keep_enrolment, data, enrolment_id=made, version=version)


def paid(place: EnrolmentData) -> DeliveryData:
    return DeliveryData(
        place.programme,
        place.household_id,
        TODAY,
        place.person_id,
        amount=500_000,
        source=FundSource.COMMUNE,
        decision_number=place.decision_number,
        decision_on=place.decision_on,
        override_reason="Theo nghị quyết của HĐND tỉnh",
    )


def test_a_decision_opens_one_task_however_often_it_is_corrected(workspace: Workspace, place: EnrolmentData) -> None:
    made = keep(workspace, place)
    (task,) = work(workspace, place.household_id, "SUPPORT_DECIDED")
    assert (task.data.cause_id, task.data.due_on) == (made, date(2026, 11, 30))  # 24/11 is off
    assert task.data.programme == "HTXH"
    keep(workspace, replace(place, note="Đã báo cho thôn"), made)
    assert states(workspace, place.household_id, "SUPPORT_DECIDED") == ["open"]


def test_a_need_and_a_decision_keyed_long_after_open_none(workspace: Workspace, place: EnrolmentData) -> None:
    need = replace(place, status=EnrolmentStatus.NEED, decision_number="", decision_on=None)
    made = keep(workspace, need)
    assert work(workspace, place.household_id, "SUPPORT_DECIDED") == []
    keep(workspace, replace(place, decision_on=date(2026, 3, 2)), made)
    assert work(workspace, place.household_id, "SUPPORT_DECIDED") == []


def test_support_that_came_settles_the_task_of_its_decision(workspace: Workspace, place: EnrolmentData) -> None:
    keep(workspace, place)
    other = replace(paid(place), programme="DIEN", person_id=None, amount=50_000)
    workspace.write(deliveries.record, paid(place))
    assert states(workspace, place.household_id, "SUPPORT_DECIDED") == ["open"]  # only planned
    workspace.write(deliveries.record, other, handed_out=True)
    assert states(workspace, place.household_id, "SUPPORT_DECIDED") == ["open"]  # of another programme
    (waiting,) = [
        one
        for one in workspace.read(deliveries.of_household, place.household_id)
        if not one.settled and one.data.programme == "HTXH"
    ]
    receipt = ReceiptData(TODAY, proof=Receipt.SIGNATURE)
    workspace.write(deliveries.receive, waiting.id, waiting.version, receipt)
    assert states(workspace, place.household_id, "SUPPORT_DECIDED") == ["done"]


def _numbered(uow: UnitOfWork, person: UUID) -> None:
    uow.record(Person, person).id_number = "083146000123"
    uow.name_step("person.keep", table="person", subject=person)


def test_a_list_handed_out_settles_the_tasks_of_everybody_on_it(workspace: Workspace, place: EnrolmentData) -> None:
    assert place.person_id is not None
    workspace.write(_numbered, place.person_id)
    keep(workspace, place)
    data = DistributionData(
        "Trợ cấp tháng 11", "HTXH", TODAY, source=FundSource.COMMUNE, override_reason="Theo nghị quyết của HĐND tỉnh"
    )
    made = workspace.write(distributions.make, data, [RowData(place.household_id, place.person_id, 500_000)])
    version = workspace.read(distributions.view, made).version
    workspace.write(distributions.approve, made, version, number="46/QĐ-UBND", on=DECIDED)
    assert states(workspace, place.household_id, "SUPPORT_DECIDED") == ["open"]
    version = workspace.read(distributions.view, made).version
    workspace.write(distributions.hand_out, made, version)
    assert states(workspace, place.household_id, "SUPPORT_DECIDED") == ["done"]


def test_a_place_that_runs_or_ends_leaves_no_open_work(workspace: Workspace, place: EnrolmentData) -> None:
    made = keep(workspace, place)
    keep(workspace, replace(place, status=EnrolmentStatus.RUNNING), made)
    assert states(workspace, place.household_id, "SUPPORT_DECIDED") == ["done"]
    second = keep(workspace, replace(place, programme="DIEN", person_id=None))
    version = workspace.read(enrolments.view, second).version
    workspace.write(enrolments.end, second, version, on=TODAY, reason="Hộ chuyển đi")
    told = work(workspace, place.household_id, "SUPPORT_DECIDED")
    assert {one.status: one.data.note for one in told} == {"done": "", "dropped": "Hộ chuyển đi"}


def test_a_decision_taken_back_takes_its_task_along(workspace: Workspace, place: EnrolmentData) -> None:
    keep(workspace, place)
    last = workspace.read(history.next_undo)
    assert last is not None
    workspace.write(history.undo, last.txn)
    assert work(workspace, place.household_id, "SUPPORT_DECIDED") == []


@pytest.mark.parametrize(
    ("to", "more", "left"),
    [
        (PlanState.APPRAISING, {}, "done"),
        (PlanState.REJECTED, {"reason": "Hộ không đủ đất chăn nuôi"}, "dropped"),
        (PlanState.STOPPED, {"reason": "Hộ xin rút"}, "dropped"),
    ],
)
def test_a_dossier_sent_back_is_work_until_it_comes_in_again(
    workspace: Workspace, to: PlanState, more: dict[str, str], left: str
) -> None:
    plans = Livelihoods(workspace)
    home = plans.home()
    record = plans.to(PlanState.APPRAISING, plans.plan(home))
    plans.step(record, PlanState.RETURNED, date(2026, 11, 20), reason="Thiếu biên bản họp thôn")
    (task,) = work(workspace, home, "DOSSIER_RETURNED")
    assert task.status == "open"
    assert task.data.title == "Hoàn thiện hồ sơ bị trả lại: Bò"
    assert (task.data.subject_kind, task.data.subject_id) == ("livelihood", record)
    plans.step(record, to, date(2026, 11, 23), **more)
    assert states(workspace, home, "DOSSIER_RETURNED") == [left]
    if to is PlanState.APPRAISING:
        plans.step(record, PlanState.RETURNED, date(2026, 11, 24), reason="Còn thiếu chữ ký")
        assert sorted(states(workspace, home, "DOSSIER_RETURNED")) == ["done", "open"]  # each time a cause of its own


def test_every_loss_is_work_until_it_is_settled(workspace: Workspace) -> None:
    plans = Livelihoods(workspace)
    home = plans.home()
    record = plans.to(PlanState.APPROVED, plans.plan(home))
    loss = LossData(date(2026, 11, 18), date(2026, 11, 20), LossKind.DISEASE, value=18_000_000)
    minutes = [workspace.write(livelihood_visits.report_loss, record, loss) for _number in range(2)]
    told = work(workspace, home, "LOSS_REPORTED")
    assert {one.data.cause_id for one in told} == set(minutes)
    assert {one.data.due_on for one in told} == {date(2026, 11, 25)}
    workspace.write(
        livelihood_visits.settle_loss,
        minutes[0],
        1,
        on=date(2026, 11, 23),
        decision="Hỗ trợ lại một con bê",
        objective=True,
    )
    left = {one.data.cause_id: one.status for one in work(workspace, home, "LOSS_REPORTED")}
    assert left == {minutes[0]: "done", minutes[1]: "open"}


def test_the_first_visit_is_due_from_the_hand_over_and_stands_once_in_the_list(workspace: Workspace) -> None:
    plans = Livelihoods(workspace)
    record = plans.to(PlanState.COMMITTED, plans.plan(plans.home()))
    assert workspace.read(agenda.due, agenda.AgendaQuery(until=date(2026, 12, 31))) == []
    plans.hand_over(record, date(2026, 11, 2))
    assert workspace.read(livelihoods.view, record).due_on == date(2026, 12, 2)
    plans.step(record, PlanState.HANDED_OVER, date(2026, 11, 2))
    assert workspace.read(livelihoods.view, record).due_on == date(2026, 12, 2)
    (row,) = workspace.read(agenda.due, agenda.AgendaQuery(until=date(2026, 12, 31)))
    assert (row.kind, row.due_on) == ("livelihood", date(2026, 12, 2))

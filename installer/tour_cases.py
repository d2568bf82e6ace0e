"""Cases of invented people for the tour: a plan to raise cows, a class of sewing, a son on the way to Japan, tasks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from casemgr.domain.abroad_words import PayeeKind, PaymentKind
from casemgr.domain.livelihoods import CostLine, OwnKind, OwnLine, PlanState, RiskLine, SeasonStep
from casemgr.domain.people import LabourCapacity
from casemgr.domain.support import FundSource
from casemgr.domain.training import LearnerState, Mark
from casemgr.errors import AppError
from casemgr.services import (
    abroad_cases,
    abroad_documents,
    abroad_money,
    courses,
    households,
    learner_steps,
    learners,
    livelihood_steps,
    livelihoods,
    tasks,
)
from casemgr.services.abroad_cases import AbroadData
from casemgr.services.abroad_documents import DocumentData
from casemgr.services.abroad_money import PaymentData
from casemgr.services.courses import CourseData
from casemgr.services.learners import LearnerData
from casemgr.services.state_steps import StepData
from casemgr.services.tasks import TaskData
from casemgr.workspace import Workspace

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Shown:
    """What the pictures open."""

    plan: UUID
    course: UUID
    abroad: UUID


def make(workspace: Workspace, homes: Sequence[UUID], today: date) -> Shown:
    """Write the cases down for poor households."""
    plan = _plans(workspace, homes[:9], today)
    course = _training(workspace, homes[9:24], today)
    abroad = _abroad(workspace, homes[24:40], today)
    for title, days in (
        ("Thăm hộ sau khi nhận bò", -2),
        ("Gửi danh sách 03/TD cho ngân hàng", 0),
        ("Hỏi lương hưu của cụ bà", 3),
        ("Nhắc hộ làm chuồng trước mùa mưa", 5),
    ):
        workspace.write(tasks.open_task, TaskData(title, today + days * DAY, household_id=homes[-1 - abs(days)]))
    return Shown(plan, course, abroad)


def _plans(workspace: Workspace, homes: Sequence[UUID], today: date) -> UUID:
    made = []
    for place, home in enumerate(homes):
        fresh = workspace.read(livelihoods.fresh, home, "SK-CD")
        content = replace(
            fresh.content,
            experience="Đã nuôi bò thuê ba năm",
            scale="2 con bò cái sinh sản",
            market="Thương lái trong xã",
            costs=(
                CostLine("Bò cái sinh sản", 2, 18_000_000, FundSource.CENTRAL, "con", "12–18 tháng, từ 160 kg"),
                CostLine("Thuốc thú y", 1, 1_000_000, FundSource.COMMUNE, "đợt"),
            ),
            own=(OwnLine(OwnKind.LABOUR, "Làm chuồng", 20, 250_000, "tháng 8", paid=5_000_000),),
            season=(SeasonStep("Nhận bò", 9, 9), SeasonStep("Chăm sóc", 9, 6), SeasonStep("Bán bê", 7, 8)),
            cycle_months=12,
            cycle_cost=6_000_000,
            cycle_income=30_000_000,
            income_now=1_200_000,
            risks=(RiskLine("Dịch bệnh", "Tiêm phòng đủ, báo thú y xã"),),
        )
        data = replace(
            fresh,
            generation="B",
            area="hard",
            trade="animals",
            product="Bò cái sinh sản",
            escape_year=today.year + 1,
            content=content,
        )
        made.append(workspace.write(livelihoods.keep, data))
        steps = (
            StepData(PlanState.REGISTERED.value, today - 60 * DAY),
            StepData(PlanState.VOTED.value, today - 50 * DAY, detail={"present": 30, "agreed": 28}),
            StepData(PlanState.APPRAISING.value, today - 45 * DAY),
            StepData(
                PlanState.APPROVED.value,
                today - 30 * DAY,
                document_number="45/QĐ-UBND",
                document_on=today - 30 * DAY,
            ),
            StepData(PlanState.COMMITTED.value, today - 20 * DAY),
        )
        for step in steps[: place % 6]:
            version = workspace.read(livelihoods.view, made[-1]).version
            workspace.write(livelihood_steps.move_on, made[-1], version, step)
    return made[5]


def _training(workspace: Workspace, homes: Sequence[UUID], today: date) -> UUID:
    start = today - 28 * DAY
    days = tuple(day for step in range(40) if (day := start + step * DAY).weekday() < 5)
    data = CourseData(
        "MAY-01",
        "May công nghiệp",
        provider="Trung tâm GDNN – GDTX",
        theory_hours=30,
        practice_hours=120,
        start_on=days[0],
        end_on=days[-1],
        capacity=35,
        tuition=3_800_000,
        decision_number="77/QĐ-UBND",
        decision_on=start - 7 * DAY,
        days=days,
    )
    course = workspace.write(courses.keep, data)
    placed = []
    for home in homes:
        person = _worker(workspace, home)
        if person is None:
            continue
        need = LearnerData(person, home, "May công nghiệp", km=160, trained_before=False)
        record = workspace.write(learners.keep, need)
        try:
            _to_list(workspace, record, start)
        except AppError:
            continue  # the rules say no to this one: it stays where it is, as in life
        placed.append(record)
    workspace.write(learner_steps.place, course, placed, on=start - DAY)
    for record in placed:
        version = workspace.read(learners.view, record).version
        workspace.write(learner_steps.move_on, record, version, StepData(LearnerState.LEARNING.value, start))
    marks = {
        (record, day): Mark.ABSENT if (at * 7 + place) % 19 == 0 else Mark.PRESENT
        for place, record in enumerate(placed)
        for at, day in enumerate(days)
        if day <= today
    }
    workspace.write(courses.keep_attendance, course, marks)
    return course


def _to_list(workspace: Workspace, record: UUID, start: date) -> None:
    decided = start - 10 * DAY
    for step in (
        StepData(LearnerState.ADVISED.value, start - 30 * DAY),
        StepData(LearnerState.REGISTERED.value, start - 25 * DAY),
        StepData(LearnerState.ELIGIBLE.value, start - 15 * DAY, reason="Đã kiểm tra hồ sơ"),
        StepData(LearnerState.APPROVED.value, decided, document_number="80/QĐ-UBND", document_on=decided),
    ):
        version = workspace.read(learners.view, record).version
        workspace.write(learner_steps.move_on, record, version, step)


def _abroad(workspace: Workspace, homes: Sequence[UUID], today: date) -> UUID:
    made = []
    for home in homes:
        person = _worker(workspace, home)
        if person is None:
            continue
        data = AbroadData(
            person,
            home,
            form="service",
            market="JAPAN",
            country="Nhật Bản",
            programme_name="TITP",
            generation="C",
            firm="Công ty Phái cử Sông Tiền",
            licence="123/LĐTBXH-GP",
            registered_on=today - 120 * DAY,
            selected_on=today - 100 * DAY,
            signed_on=today - 90 * DAY,
            contract_from=today + 20 * DAY,
            contract_to=today + (20 + 3 * 365) * DAY,
            contract_months=36,
            wage=28_000_000,
            consent_on=today - 120 * DAY,
        )
        made.append(workspace.write(abroad_cases.keep, data))
    case = made[0]
    workspace.write(
        abroad_documents.keep, case, DocumentData("passport", "C1234567", today - 200 * DAY, "", today + 3000 * DAY)
    )
    workspace.write(
        abroad_documents.keep, case, DocumentData("health", "KSK-88", today - 110 * DAY, "", today + 10 * DAY)
    )
    workspace.write(
        abroad_money.pay,
        case,
        PaymentData(
            kind=PaymentKind.BROKER,
            on=today - 95 * DAY,
            amount=15_000_000,
            payee="Ông Tám",
            payee_kind=PayeeKind.PERSON,
        ),
    )
    return case


def _worker(workspace: Workspace, home: UUID) -> UUID | None:
    """Somebody of working age who is not the head."""
    view = workspace.read(households.view, home)
    for member in view.members[1:]:
        birth = member.person.birth
        if birth and date.today().year - 40 <= birth.year <= date.today().year - 18:  # noqa: DTZ011 - the tour is of today
            return member.person_id if member.person.labour is not LabourCapacity.NONE else None
    return None

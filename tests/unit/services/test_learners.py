"""A daughter learns to sew: need, advice, list, class, days present, certificate, work after 3 and 6 months."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.offices import Area
from casemgr.domain.training import LearnerState, Mark, Track
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import agenda, career_advice, courses, learner_steps, learners, training_lists
from casemgr.services.career_advice import AdviceData
from casemgr.services.courses import CourseData
from casemgr.services.learner_steps import JobData
from casemgr.services.learners import LearnerData, LearnerQuery
from casemgr.services.state_steps import StepData
from casemgr.workspace import Workspace
from tests.support.support import Supported

SEWING = CourseData(
    "MAY-01", "May công nghiệp", provider="Trung tâm GDNN – GDTX", theory_hours=30, practice_hours=120, area="other",
    start_on=date(2026, 8, 3), end_on=date(2026, 8, 28), capacity=2, tuition=4_500_000, generation="C",
    decision_number="77/QĐ-UBND", decision_on=date(2026, 7, 20),
    days=tuple(date(2026, 8, 3) + timedelta(days=step) for step in range(26) if step % 7 < 5),
)  # fmt: skip


@dataclass
class Training:
    """Makes a learner and takes her steps."""

    workspace: Workspace

    def learner(self, *, km: int | None = 160, head: str = "birth=1980", **more: Any) -> UUID:
        people = Supported(self.workspace)
        home = people.household(head, "birth=2004;labour=able;sex=female", area=Area.RURAL)
        people.of_class(home, "poor")
        data = LearnerData(people.people(home)[1], home, "May công nghiệp", km=km, trained_before=False, **more)
        return self.workspace.write(learners.keep, data)

    def step(self, record: UUID, to: LearnerState, day: date, **more: Any) -> None:
        version = self.workspace.read(learners.view, record).version
        self.workspace.write(learner_steps.move_on, record, version, StepData(to.value, day, **more))

    def approved(self, **more: Any) -> UUID:
        record = self.learner(**more)
        self.step(record, LearnerState.ADVISED, date(2026, 7, 1))
        self.step(record, LearnerState.REGISTERED, date(2026, 7, 2))
        self.step(record, LearnerState.ELIGIBLE, date(2026, 7, 10))
        paper = {"document_number": "80/QĐ-UBND", "document_on": date(2026, 7, 22)}
        self.step(record, LearnerState.APPROVED, date(2026, 7, 22), **paper)
        return record

    def attend(self, course: UUID, record: UUID, *, absent: int = 0) -> None:
        days = SEWING.days
        marks = {(record, day): Mark.ABSENT if at < absent else Mark.PRESENT for at, day in enumerate(days)}
        self.workspace.write(courses.keep_attendance, course, marks)

    def certified(self) -> tuple[UUID, UUID]:
        course = self.workspace.write(courses.keep, SEWING)
        record = self.approved()
        self.workspace.write(learner_steps.place, course, [record], on=date(2026, 8, 1))
        self.step(record, LearnerState.LEARNING, date(2026, 8, 3))
        self.attend(course, record, absent=2)
        self.step(record, LearnerState.FINISHED, date(2026, 8, 28), detail={"result": "Khá"})
        paper = {"document_number": "CC-012", "document_on": date(2026, 9, 5)}
        self.step(record, LearnerState.CERTIFIED, date(2026, 9, 5), detail={"issuer": "Trung tâm"}, **paper)
        return course, record


def fields(refused: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return {one.field for one in refused.value.problems}


def test_meal_money_is_days_present_times_the_rate_of_the_day(workspace: Workspace) -> None:
    _course, record = Training(workspace).certified()
    told = workspace.read(learner_steps.support_of, record)
    assert told is not None
    assert (told.days, told.meal) == (18, 18 * 50_000)
    assert told.travel == 200_000  # 16 km
    assert (told.tuition, told.tuition_cut) == (4_000_000, 500_000)
    assert told.total == told.meal + told.travel + told.tuition


@pytest.mark.parametrize(("km", "travel"), [(150, 200_000), (149, 0), (None, 0)])
def test_travel_is_paid_from_fifteen_kilometres_once(workspace: Workspace, km: int | None, travel: int) -> None:
    training = Training(workspace)
    course = workspace.write(courses.keep, SEWING)
    record = training.approved(km=km)
    workspace.write(learner_steps.place, course, [record], on=date(2026, 8, 1))
    training.attend(course, record)
    told = workspace.read(learner_steps.support_of, record)
    assert told is not None
    assert told.travel == travel


def test_the_old_money_pays_the_old_rate(workspace: Workspace) -> None:
    training = Training(workspace)
    course = workspace.write(courses.keep, replace(SEWING, generation="B"))
    record = training.approved()
    workspace.write(learner_steps.place, course, [record], on=date(2026, 8, 1))
    training.attend(course, record)
    told = workspace.read(learner_steps.support_of, record)
    assert told is not None
    assert told.meal == 20 * 30_000


def test_attendance_outside_the_class_is_refused_and_nothing_is_saved(workspace: Workspace) -> None:
    training = Training(workspace)
    course = workspace.write(courses.keep, SEWING)
    record = training.approved()
    workspace.write(learner_steps.place, course, [record], on=date(2026, 8, 1))
    good, saturday, before = date(2026, 8, 4), date(2026, 8, 8), date(2026, 8, 2)
    for wrong in (saturday, before):
        marks = {(record, good): Mark.PRESENT, (record, wrong): Mark.PRESENT}
        with pytest.raises(ValidationError) as refused:
            workspace.write(courses.keep_attendance, course, marks)
        assert fields(refused) == {courses.cell(record, wrong)}
        assert "Nghị định số 338/2025/NĐ-CP" in refused.value.problems[0].message
    assert workspace.read(courses.attendance, course)[0].marks == {}
    assert workspace.write(courses.keep_attendance, course, {(record, good): Mark.EXCUSED}) == 1
    assert workspace.write(courses.keep_attendance, course, {(record, good): Mark.EXCUSED}) == 0
    assert workspace.write(courses.keep_attendance, course, {(record, good): None}) == 1


def test_a_full_class_takes_nobody_more_and_nobody_who_is_not_on_the_list(workspace: Workspace) -> None:
    training = Training(workspace)
    course = workspace.write(courses.keep, SEWING)
    three = [training.approved() for _number in range(3)]
    with pytest.raises(ValidationError) as refused:
        workspace.write(learner_steps.place, course, three, on=date(2026, 8, 1))
    assert fields(refused) == {"learners"}
    assert workspace.read(courses.view, course).learners == 0
    with pytest.raises(ValidationError) as refused:
        workspace.write(learner_steps.place, course, [training.learner()], on=date(2026, 8, 1))
    assert fields(refused) == {"learners"}


def test_follow_ups_come_after_three_six_and_twelve_months(workspace: Workspace) -> None:
    _course, record = Training(workspace).certified()
    told = workspace.read(learners.view, record)
    assert told.due_on == date(2026, 11, 28)
    assert [row.kind for row in workspace.read(agenda.due)] == ["learner"]
    job = JobData(date(2026, 11, 20), in_work=True, month=3, employer="Công ty may", same_trade=True, wage=7_200_000)
    workspace.write(learner_steps.record_job, record, told.version, job)
    told = workspace.read(learners.view, record)
    assert (told.state, told.due_on) == (LearnerState.IN_WORK, date(2027, 2, 28))
    later = JobData(date(2026, 11, 24), in_work=False, month=6)
    with pytest.raises(ValidationError) as refused:
        workspace.write(learner_steps.record_job, record, told.version, later)
    assert fields(refused) == {"reason"}


def test_a_person_is_trained_with_support_once(workspace: Workspace) -> None:
    training = Training(workspace)
    _course, first = training.certified()
    kept = workspace.read(learners.view, first).data
    again = workspace.write(learners.keep, replace(kept, trade="Cắt tóc", registered_on=None, certificate_number=""))
    training.step(again, LearnerState.ADVISED, date(2026, 10, 1))
    training.step(again, LearnerState.REGISTERED, date(2026, 10, 2))
    with pytest.raises(ValidationError) as refused:
        training.step(again, LearnerState.ELIGIBLE, date(2026, 10, 3))
    assert "trained_before" in fields(refused)


def test_a_near_miss_is_told(workspace: Workspace) -> None:
    training = Training(workspace)
    course = workspace.write(courses.keep, SEWING)
    record = training.approved()
    with pytest.raises(ValidationError) as refused:
        training.step(record, LearnerState.PLACED, date(2026, 8, 1))
    assert "course_id" in fields(refused)
    workspace.write(learner_steps.place, course, [record], on=date(2026, 7, 30))
    with pytest.raises(ValidationError) as refused:
        training.step(record, LearnerState.LEARNING, date(2026, 8, 2))
    assert fields(refused) == {"on"}
    training.step(record, LearnerState.LEARNING, date(2026, 8, 3))
    with pytest.raises(ValidationError) as refused:
        training.step(record, LearnerState.DROPPED, date(2026, 8, 10))
    assert fields(refused) == {"reason"}
    training.step(record, LearnerState.DROPPED, date(2026, 8, 10), reason="Đi làm thuê xa")
    with pytest.raises(ValidationError) as refused:
        workspace.write(courses.keep_attendance, course, {(record, date(2026, 8, 11)): Mark.PRESENT})
    assert fields(refused) == {courses.cell(record, date(2026, 8, 11))}
    rows = workspace.read(learners.board, LearnerQuery(states=("dropped",)))
    assert [row.id for row in rows] == [record]
    assert workspace.read(learners.counts)[LearnerState.DROPPED] == 1


def test_a_class_is_closed_after_its_last_day_and_then_settled(workspace: Workspace) -> None:
    course, record = Training(workspace).certified()
    version = workspace.read(courses.view, course).version
    with pytest.raises(ValidationError):
        workspace.write(courses.close, course, version, on=date(2026, 8, 20))
    workspace.write(courses.close, course, version, on=date(2026, 9, 10))
    with pytest.raises(ConflictError):
        workspace.write(courses.keep_attendance, course, {(record, date(2026, 8, 4)): Mark.ABSENT})


def test_a_class_keeps_days_on_which_attendance_was_kept(workspace: Workspace) -> None:
    course, _record = Training(workspace).certified()
    kept = workspace.read(courses.view, course)
    with pytest.raises(ValidationError) as refused:
        workspace.write(
            courses.keep, replace(kept.data, days=kept.data.days[1:]), course_id=course, version=kept.version
        )
    assert fields(refused) == {"days"}
    assert kept.practice_percent == 80


def test_the_support_list_has_its_sums_in_figures_and_words(workspace: Workspace) -> None:
    course, record = Training(workspace).certified()
    values, tables = workspace.read(training_lists.support_list, course)
    (row,) = tables["people"]
    assert row[4:] == ("Hộ nghèo", "May công nghiệp", "16", "Khác", "18", "900.000", "200.000")
    assert (values["total"], values["count"]) == ("1.100.000 đồng", "1")
    assert values["words"].lower().startswith("một triệu một trăm nghìn")
    values, tables = workspace.read(training_lists.class_list, course)
    assert values["decision"] == "Quyết định số 77/QĐ-UBND ngày 20/07/2026"
    assert len(tables["people"][0]) == 7
    values, tables = workspace.read(training_lists.decision_list, [record], provider="Trung tâm")
    assert len(tables["people"][0]) == 8


def test_figures_count_people_of_poor_households_once(workspace: Workspace) -> None:
    training = Training(workspace)
    _course, record = training.certified()
    training.learner()
    year = (date(2026, 1, 1), date(2026, 12, 31))
    told = workspace.read(training_lists.figures, *year)
    assert (told.registered, told.trained, told.certified, told.women) == (1, 1, 1, 1)
    assert (told.asked_after_six, told.in_work_after_six) == (0, 0)
    version = workspace.read(learners.view, record).version
    job = JobData(date(2026, 11, 24), in_work=True, month=6, employer="Công ty may")
    workspace.write(learner_steps.record_job, record, version, job)
    told = workspace.read(training_lists.figures, *year)
    assert (told.asked_after_six, told.in_work_after_six) == (1, 1)


def test_a_pupil_advised_twice_counts_with_the_last_choice(workspace: Workspace) -> None:
    people = Supported(workspace)
    home = people.household("birth=1980", "birth=2011")
    pupil = people.people(home)[1]
    first = AdviceData(pupil, home, date(2026, 3, 1), "THCS Phước Lý", "9", Track.UPPER_SECONDARY)
    workspace.write(career_advice.keep, first)
    workspace.write(career_advice.keep, replace(first, on=date(2026, 5, 1), track=Track.VOCATIONAL))
    told = workspace.read(career_advice.by_track, 2026)
    assert told == {Track.UPPER_SECONDARY: 0, Track.VOCATIONAL: 1, Track.CONTINUING: 0}
    assert len(workspace.read(career_advice.of_household, home)) == 2
    with pytest.raises(ValidationError):
        workspace.write(career_advice.keep, replace(first, school=" ", on=date(2027, 1, 1)))

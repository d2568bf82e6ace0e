"""Lists of a class as papers: who sits in it, who is approved, who receives what; and the figures of training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from casemgr.domain.casework_areas import AREAS_ON_PAPER
from casemgr.domain.ethnic import name_of
from casemgr.domain.households import HouseholdClass
from casemgr.domain.money import money_text, money_words
from casemgr.domain.on_paper import CLASS_ON_PAPER, SEX_ON_PAPER
from casemgr.domain.people import PersonData
from casemgr.domain.permissions import Permission
from casemgr.domain.support import FUND_LABELS
from casemgr.domain.training import LEVEL_LABELS, LearnerState
from casemgr.domain.training_support import TrainingSupport
from casemgr.i18n import _, format_date, format_number, using
from casemgr.persistence.models import JobFollowUp, Learner, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import courses, learner_steps, learners
from casemgr.services.learners import LearnerRow
from casemgr.services.people import person_data

CLASS_LIST: Final = "case_training_class_list"
DECISION_LIST: Final = "case_training_decision_list"
SUPPORT_LIST: Final = "case_training_support_list"
DONE: Final = (LearnerState.FINISHED, LearnerState.CERTIFIED, LearnerState.IN_WORK, LearnerState.NO_WORK)
_SIX: Final = 6

Paper = tuple[dict[str, str], Mapping[str, Sequence[Sequence[str]]]]
"""Values and tables, as `case_papers.prepare` takes them."""


@dataclass(frozen=True)
class SupportLine:
    """What one learner of a class receives."""

    learner_id: UUID
    person: str
    class_value: str
    support: TrainingSupport


@dataclass(frozen=True)
class TrainingFigures:
    """Training of poor and near-poor people in a period (target I14)."""

    registered: int
    trained: int
    """Finished in the period."""
    dropped: int
    certified: int
    asked_after_six: int
    """Finished, and asked about work six months later."""
    in_work_after_six: int
    women: int
    """Of those trained."""


def support_lines(uow: UnitOfWork, course_id: UUID) -> list[SupportLine]:
    """What everybody of a class receives, by name."""
    uow.require(Permission.READ)
    lines = []
    for row in learners.of_course(uow, course_id):
        told = learner_steps.support_of(uow, row.id)
        if told is not None:
            lines.append(SupportLine(row.id, row.person, row.class_value, told))
    return lines


def class_list(uow: UnitOfWork, course_id: UUID) -> Paper:
    """The list of a class."""
    course, rows = courses.view(uow, course_id), learners.of_course(uow, course_id)
    people = _people(uow, rows)
    table = [(*_who(people[row.person_id]), row.hamlet, _class(row), people[row.person_id].phone or "") for row in rows]
    return _values(course.data, len(rows)) | {"venue": course.data.place}, {"people": table}


def decision_list(uow: UnitOfWork, learner_ids: Sequence[UUID], *, provider: str = "") -> Paper:
    """The list a decision approves, before anybody is placed in a class."""
    rows = learners.by_ids(uow, learner_ids)
    people = _people(uow, rows)
    table = []
    for row in rows:
        told = learners.entitled(uow, row.household_id, row.person_id, uow.today)
        most = _dong(told.amount) if told and told.amount else ""
        table.append((*_who(people[row.person_id]), row.hamlet, _class(row), row.trade, most))
    trades = dict.fromkeys(row.trade for row in rows)
    return {"trade": ", ".join(trades), "provider": provider, "count": str(len(rows))}, {"people": table}


def support_list(uow: UnitOfWork, course_id: UUID) -> Paper:
    """The list that asks for meal and travel money, with its sums in figures and words."""
    course, rows = courses.view(uow, course_id), learners.of_course(uow, course_id)
    people, lines = _people(uow, rows), {line.learner_id: line for line in support_lines(uow, course_id)}
    table = []
    for row in rows:
        data, told = learners.view(uow, row.id).data, lines[row.id].support
        name, birth, sex, ethnic = _who(people[row.person_id])
        km = format_number(data.km / 10, decimals=1 if data.km % 10 else 0) if data.km is not None else ""
        area = AREAS_ON_PAPER[course.data.area]
        money = (str(told.days), _dong(told.meal), _dong(told.travel))
        table.append((name, birth, sex, ethnic, _class(row), row.trade, km, area, *money))
    meals = sum(line.support.meal for line in lines.values())
    travel = sum(line.support.travel for line in lines.values())
    values = _values(course.data, len(rows)) | {
        "meals": money_text(meals),
        "travel": money_text(travel),
        "total": money_text(meals + travel),
        "words": money_words(meals + travel),
    }
    return values, {"people": table}


def figures(uow: UnitOfWork, first: date, last: date) -> TrainingFigures:
    """Counted over people of poor and near-poor households at their registration, each person once."""
    uow.require(Permission.READ)
    poor = Learner.class_value.in_((HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value))
    ended = Learner.ended_on.between(first, last)
    done = Learner.status.in_([state.value for state in DONE])

    def people(*conditions: ColumnElement[bool]) -> int:
        statement = select(func.count(Learner.person_id.distinct())).where(poor, *conditions)
        return uow.session.scalar(statement) or 0

    asked = select(JobFollowUp.learner_id).where(JobFollowUp.month == _SIX)
    working = asked.where(JobFollowUp.in_work.is_(True))
    women = select(Person.id).where(Person.sex == "female")
    return TrainingFigures(
        registered=people(Learner.registered_on.between(first, last)),
        trained=people(ended, done),
        dropped=people(ended, Learner.status == LearnerState.DROPPED.value),
        certified=people(ended, done, Learner.certificate_number != ""),
        asked_after_six=people(ended, done, Learner.id.in_(asked)),
        in_work_after_six=people(ended, done, Learner.id.in_(working)),
        women=people(ended, done, Learner.person_id.in_(women)),
    )


def _values(data: courses.CourseData, count: int) -> dict[str, str]:
    with using("vi"):
        level, source = _(LEVEL_LABELS[data.level]), _(FUND_LABELS[data.source])
    decided = f"Quyết định số {data.decision_number}" if data.decision_number else ""
    if decided and data.decision_on:
        decided = f"{decided} ngày {format_date(data.decision_on)}"
    return {
        "course": data.code,
        "trade": data.trade,
        "level": level,
        "provider": data.provider,
        "from": format_date(data.start_on) if data.start_on else "",
        "to": format_date(data.end_on) if data.end_on else "",
        "decision": decided,
        "source": source,
        "count": str(count),
    }


def _people(uow: UnitOfWork, rows: Sequence[LearnerRow]) -> Mapping[UUID, PersonData]:
    ids = {row.person_id for row in rows}
    return {one.id: person_data(one) for one in uow.session.scalars(select(Person).where(Person.id.in_(ids)))}


def _who(person: PersonData) -> tuple[str, str, str, str]:
    return (
        person.full_name,
        person.birth.text if person.birth else "",
        SEX_ON_PAPER[person.sex] if person.sex else "",
        name_of(person.ethnic) if person.ethnic else "",
    )


def _dong(amount: int) -> str:
    """For a column whose heading says đồng."""
    return money_text(amount).removesuffix(" đồng")


def _class(row: LearnerRow) -> str:
    return CLASS_ON_PAPER.get(HouseholdClass(row.class_value), "")

"""What the papers of one learner say: request for training, confirmation of a course, introduction to an employer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from casemgr.domain.case_papers import CasePaperContent
from casemgr.domain.people import EDUCATION_LABELS
from casemgr.domain.permissions import Permission
from casemgr.domain.training import LearnerState
from casemgr.i18n import _, format_date, ngettext, using
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import case_papers, courses, learners, people, training_lists
from casemgr.services.courses import CourseView
from casemgr.services.learners import PROGRAMME, LearnerView
from casemgr.services.office_papers import IssuedPaper, Render
from casemgr.services.programmes import catalogue

REQUEST: Final = "case_training_request"
CONFIRMATION: Final = "case_training_confirmation"
INTRODUCTION: Final = "case_introduction"
_PAPER_LANGUAGE: Final = "vi"
_ENDED: Final = (LearnerState.FINISHED, LearnerState.CERTIFIED, LearnerState.IN_WORK, LearnerState.NO_WORK)


@dataclass(frozen=True)
class LearnerPaper:
    """What `case_papers.prepare` and `issue` are given."""

    code: str
    person_id: UUID
    household_id: UUID
    subject_id: UUID
    values: Mapping[str, str]


def request(uow: UnitOfWork, learner_id: UUID) -> LearnerPaper:
    """The request to be trained; groups are the ones noted, else what the rules of the day say."""
    view = learners.view(uow, learner_id)
    need = view.data.need
    course = courses.view(uow, view.course_id) if view.course_id else None
    values = {
        "groups": _groups(uow, view),
        "education": _education(uow, view),
        "trade": view.data.trade,
        "provider": course.data.provider if course else need.provider_wanted,
        "time": need.time_available,
        "supported_before": _BEFORE[view.data.trained_before],
    }
    return _paper(REQUEST, view, values)


def confirmation(uow: UnitOfWork, learner_id: UUID, *, purpose: str = "") -> LearnerPaper:
    """That somebody took part in a course: days present, result, certificate."""
    view = learners.view(uow, learner_id)
    course = courses.view(uow, view.course_id) if view.course_id else None
    data = course.data if course else None
    present = len(courses.days_present(uow, learner_id))
    values = {
        "course": data.code if data else "",
        "trade": data.trade if data else view.data.trade,
        "provider": data.provider if data else "",
        "from": _day(data.start_on) if data else "",
        "to": _day(view.ended_on or data.end_on) if data else "",
        "hours": _hours(course, present, whole=view.state in _ENDED),
        "result": view.data.result,
        "certificate": _certificate(view),
        "purpose": purpose.strip(),
    }
    return _paper(CONFIRMATION, view, values)


def introduction(
    uow: UnitOfWork,
    learner_id: UUID,
    *,
    recipient: str = "",
    wish: str = "",
    purpose: str = "",
    valid: date | None = None,
) -> LearnerPaper:
    """The introduction of somebody trained to an employer or employment centre."""
    view = learners.view(uow, learner_id)
    skills = "; ".join(filter(None, (view.data.trade, _certificate(view))))
    values = {
        "recipient": recipient.strip(),
        "education": _education(uow, view),
        "skills": skills,
        "wish": wish.strip(),
        "purpose": purpose.strip(),
        "valid": _day(valid),
    }
    return _paper(INTRODUCTION, view, values)


MAKERS: Final[Mapping[str, Callable[..., LearnerPaper]]] = {
    REQUEST: request,
    CONFIRMATION: confirmation,
    INTRODUCTION: introduction,
}
"""By the code of the paper."""


def content(uow: UnitOfWork, /, code: str, learner_id: UUID, on: date, **more: str | date | None) -> CasePaperContent:
    """A paper of a learner as it would be issued that day."""
    made = MAKERS[code](uow, learner_id, **more)
    return case_papers.prepare(
        uow,
        made.code,
        made.values,
        {},
        on=on,
        person_id=made.person_id,
        household_id=made.household_id,
        subject_id=made.subject_id,
    )


def issue(
    uow: UnitOfWork, /, code: str, learner_id: UUID, *, on: date, render: Render, **more: str | date | None
) -> IssuedPaper:
    """Number a paper of a learner and freeze it."""
    made = MAKERS[code](uow, learner_id, **more)
    return case_papers.issue(
        uow,
        made.code,
        made.values,
        {},
        on=on,
        person_id=made.person_id,
        household_id=made.household_id,
        subject_id=made.subject_id,
        render=render,
    )


def list_content(uow: UnitOfWork, code: str, on: date, *, course_id: UUID) -> CasePaperContent:
    """A list of a class as it would be issued that day."""
    values, tables = _LISTS[code](uow, course_id)
    return case_papers.prepare(uow, code, values, tables, on=on, subject_id=course_id)


def decision_content(uow: UnitOfWork, learner_ids: Sequence[UUID], on: date, *, provider: str = "") -> CasePaperContent:
    """The list a decision approves."""
    values, tables = training_lists.decision_list(uow, learner_ids, provider=provider)
    return case_papers.prepare(uow, training_lists.DECISION_LIST, values, tables, on=on)


_LISTS: Final = {
    training_lists.CLASS_LIST: training_lists.class_list,
    training_lists.SUPPORT_LIST: training_lists.support_list,
}
_BEFORE: Final = {True: "Đã được hỗ trợ", False: "Chưa", None: ""}


def _paper(code: str, view: LearnerView, values: Mapping[str, str]) -> LearnerPaper:
    return LearnerPaper(code, view.data.person_id, view.data.household_id, view.id, values)


def _groups(uow: UnitOfWork, view: LearnerView) -> str:
    uow.require(Permission.READ)
    known = catalogue(uow)
    titles = [rule.title for code in view.data.groups if (rule := known.rule(code)) and rule.title]
    if not titles and view.entitled is not None and view.entitled.result is not False:
        titles = [view.entitled.rule_title]
    return "; ".join(filter(None, titles))


def _education(uow: UnitOfWork, view: LearnerView) -> str:
    _version, person = people.person(uow, view.data.person_id)
    with using(_PAPER_LANGUAGE):
        return _(EDUCATION_LABELS[person.education]) if person.education else ""


def _hours(course: CourseView | None, present: int, *, whole: bool) -> str:
    if course is None:
        return ""
    with using(_PAPER_LANGUAGE):
        days = ngettext("{count} day present", "{count} days present", present).format(count=present)
    hours = course.data.theory_hours + course.data.practice_hours
    return f"{hours} giờ; {days}" if hours and whole else days


def _certificate(view: LearnerView) -> str:
    data = view.data
    if not data.certificate_number:
        return ""
    parts = [f"số {data.certificate_number}"]
    if data.certificate_on:
        parts.append(f"ngày {format_date(data.certificate_on)}")
    if data.certificate_by:
        parts.append(f"do {data.certificate_by} cấp")
    return ", ".join(parts)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def group_titles(uow: UnitOfWork, on: date) -> dict[str, str]:
    """The groups a day supports, by rule."""
    uow.require(Permission.READ)
    return {rule.id: rule.title for rule in catalogue(uow).rules_on(PROGRAMME, on) if rule.title}

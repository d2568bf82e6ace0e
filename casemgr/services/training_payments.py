"""Paying the support of a class: one list of deliveries by days present, so that households and targets see it."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.distributions import DistributionData, RowData, needs_decision
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue, Rule
from casemgr.domain.support import DeliveryStatus
from casemgr.domain.text import clean
from casemgr.domain.training_support import LIVING, TUITION
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_money
from casemgr.persistence.models import Delivery, Distribution
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import courses, distributions, learners, training_lists
from casemgr.services.courses import CourseData
from casemgr.services.learners import PROGRAMME
from casemgr.services.programmes import catalogue
from casemgr.services.training_lists import SupportLine


@dataclass(frozen=True)
class PayData:
    """How a class is paid."""

    on: date
    decision_number: str = ""
    decision_on: date | None = None
    handed_out: bool = False
    """The money is out; who signed for it comes with the list."""
    override_reason: str = ""
    tuition: bool = False
    """The tuition the provider receives, not the meals and travel of the learners."""


@dataclass(frozen=True)
class PayLine:
    """What one learner receives, and what is on a list of it already."""

    line: SupportLine
    household_id: UUID
    person_id: UUID
    paid: int
    """Đồng of meals and travel on a list already."""
    tuition_paid: int = 0
    """Đồng of tuition on a list already."""

    @property
    def id(self) -> UUID:
        """Of the learner."""
        return self.line.learner_id

    @property
    def open(self) -> int:
        """Đồng still to be written on a list."""
        return 0 if self.paid else self.line.support.paid_to_learner

    @property
    def tuition_open(self) -> int:
        """Đồng of tuition still to be written on a list."""
        return 0 if self.tuition_paid else self.line.support.tuition


def lines(uow: UnitOfWork, course_id: UUID) -> list[PayLine]:
    """Everybody of a class with what is paid already, by name."""
    uow.require(Permission.READ)
    rows = {row.id: row for row in learners.of_course(uow, course_id)}
    people = [row.person_id for row in rows.values()]
    paid, tuition = _paid(uow, people, tuition=False), _paid(uow, people, tuition=True)
    return [
        PayLine(
            line,
            rows[line.learner_id].household_id,
            rows[line.learner_id].person_id,
            paid.get(rows[line.learner_id].person_id, 0),
            tuition.get(rows[line.learner_id].person_id, 0),
        )
        for line in training_lists.support_lines(uow, course_id)
    ]


def pay(uow: UnitOfWork, course_id: UUID, data: PayData) -> UUID:
    """Write the list of a class: approved with a decision, handed out when the money is out; who has it is left out."""
    uow.require(Permission.EDIT)
    course = courses.view(uow, course_id).data
    wanted = [(one, one.tuition_open if data.tuition else one.open) for one in lines(uow, course_id)]
    told = [(one, amount) for one, amount in wanted if amount]
    problems = _problems(uow, course, data)
    if not told:
        text = _("Nobody of the class has tuition still to be paid.")
        if not data.tuition:
            text = _("Nobody of the class has meal or travel money still to receive.")
        problems.append(Problem("", text))
    if problems:
        raise ValidationError(problems)
    known = catalogue(uow)
    made = DistributionData(
        title=(_TUITION_TITLE if data.tuition else _TITLE).format(trade=course.trade, code=course.code),
        programme=PROGRAMME,
        on=data.on,
        place=course.place,
        source=course.source,
        stage=TUITION if data.tuition else LIVING,
        override_reason=clean(data.override_reason),
    )
    rows = [
        RowData(one.household_id, one.person_id, amount, rule=_rule(uow, known, course, one)) for one, amount in told
    ]
    made_id = distributions.make(uow, made, rows)
    if data.decision_number and data.decision_on:
        version = uow.record(Distribution, made_id).version
        distributions.approve(uow, made_id, version, number=data.decision_number, on=data.decision_on)
        if data.handed_out:
            uow.session.flush()
            distributions.hand_out(uow, made_id, uow.record(Distribution, made_id).version)
    return made_id


_TITLE: Final = "Tiền ăn, đi lại lớp {trade} ({code})"
_TUITION_TITLE: Final = "Chi phí đào tạo lớp {trade} ({code})"


def _rule(uow: UnitOfWork, known: Catalogue, course: CourseData, one: PayLine) -> str:
    """The rule of the generation that pays, when it entitles on the day the class began."""
    on = course.start_on or uow.today
    told = learners.entitled(uow, one.household_id, one.person_id, on)
    rule: Rule | None = known.rule(told.rule) if told else None
    return rule.id if rule is not None and rule.generation == course.generation else ""


def _problems(uow: UnitOfWork, course: CourseData, data: PayData) -> list[Problem]:
    problems = []
    if data.on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if course.start_on is None or data.on < course.start_on:
        problems.append(Problem("on", _("The class has not begun yet.")))
    if data.handed_out and needs_decision(course.source):
        if not clean(data.decision_number):
            text = _("Money is handed out after the decision: write its number, e.g. 45/QĐ-UBND.")
            problems.append(Problem("decision_number", text))
        if data.decision_on is None:
            problems.append(Problem("decision_on", _("Write the day of the decision.")))
    if data.decision_on is not None and data.decision_on > data.on:
        problems.append(Problem("decision_on", _("The decision is dated after the money was paid.")))
    return problems


def _paid(uow: UnitOfWork, people: list[UUID], *, tuition: bool) -> dict[UUID, int]:
    statement = (
        select(Delivery.person_id, func.sum(Delivery.amount))
        .where(
            Delivery.programme == PROGRAMME,
            Delivery.person_id.in_(people),
            (Delivery.stage == TUITION) if tuition else (Delivery.stage != TUITION),
            Delivery.status != DeliveryStatus.CANCELLED.value,
            (Delivery.status != DeliveryStatus.RETURNED.value) | Delivery.corrects_id.is_not(None),
        )
        .group_by(Delivery.person_id)
    )
    return {person: amount or 0 for person, amount in uow.session.execute(statement) if person is not None}


def sum_words(told: list[PayLine]) -> str:
    """The sums of a class in one line."""
    supports = [one.line.support for one in told]
    parts = (
        (_("Meals {amount}"), sum(one.meal for one in supports)),
        (_("Travel {amount}"), sum(one.travel for one in supports)),
        (_("Tuition {amount}"), sum(one.tuition for one in supports)),
        (_("Above the ceiling {amount}"), sum(one.tuition_cut for one in supports)),
    )
    return " · ".join(words.format(amount=format_money(amount)) for words, amount in parts if amount)

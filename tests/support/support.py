"""Households for the tests of support: classes over the years, circumstances, facts of the commune, pay-outs."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.domain.conditions import ConditionData, Nutrition, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.entitlement_facts import About
from casemgr.domain.households import ClassData, HouseholdClass, PolicyFlag
from casemgr.domain.insurance import CardData
from casemgr.domain.loans import LoanStatus
from casemgr.domain.offices import Area
from casemgr.domain.people import (
    Disability,
    Education,
    LabourCapacity,
    LeaveReason,
    PersonData,
    Relation,
    Sex,
    Work,
)
from casemgr.domain.support import CircumstanceData, DeliveryStatus, EnrolmentData, EnrolmentStatus
from casemgr.persistence.base import new_id
from casemgr.persistence.models import Delivery, Enrolment, InsuranceCard, Loan, Membership
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import circumstances, classes, conditions, entitlements, programmes
from casemgr.services.entitlements import Entitlement
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
SINCE = date(2025, 12, 12)
"""When a class holds from, where a test does not say."""

_PERSON = {
    "birth": PartialDate.from_iso,
    "sex": Sex,
    "ethnic": str,
    "education": Education,
    "work": Work,
    "labour": LabourCapacity,
    "disability": Disability,
    "merit": lambda text: text == "yes",
    "allowance": lambda text: text == "yes",
    "died": date.fromisoformat,
}
_CONDITION = {"school": SchoolLevel, "nutrition": Nutrition, "insured": lambda text: text == "yes"}


def fields(text: str) -> dict[str, str]:
    """ "birth=1980;labour=able" as a table."""
    return dict(part.split("=", 1) for part in text.split(";") if part)


@dataclass
class Supported:
    """Makes households in the words of a test."""

    workspace: Workspace
    made: int = 0

    @property
    def make(self) -> Make:
        return Make(self.workspace)

    def household(self, head: str = "birth=1980", *others: str, **values: Any) -> UUID:
        """A household whose members are told as "birth=1980;labour=able"; the first is the head."""
        people = [self._person(fields(text)) for text in (head, *others)]
        first, *rest = (data for data, _condition in people)
        household = self.make.household(first, *(NewMember(one, Relation.CHILD) for one in rest), **values)
        members = self.people(household)
        noted = {person: condition for person, (_data, condition) in zip(members, people, strict=True)}
        self.workspace.write(conditions.keep_conditions, household, noted)
        for person, (data, _condition) in zip(members, people, strict=True):
            if data.died_on is not None:
                self.workspace.write(_left_by_death, household, person, data.died_on)
        return household

    def _person(self, told: dict[str, str]) -> tuple[PersonData, ConditionData]:
        self.made += 1
        values = {name: _PERSON[name](text) for name, text in told.items() if name in _PERSON}
        if "died" in values:
            values["died_on"] = values.pop("died")
        condition = {name: _CONDITION[name](text) for name, text in told.items() if name in _CONDITION}
        return self.make.person(f"Nguyễn Văn Người {self.made}", **values), ConditionData(**condition)

    def people(self, household: UUID) -> list[UUID]:
        """Everybody of the household, the head first."""
        view = self.make.view(household)
        return [member.person_id for member in (*view.members, *view.former)]

    def of_class(
        self, household: UUID, told: str, *, deprivations: tuple[str, ...] = (), standard: str = "VN-2022"
    ) -> None:
        """Classes over the years: "poor@2023-12-12|escaped_poor@2024-12-12", or only "poor"."""
        for part in filter(None, told.split("|")):
            value, _at, since = part.partition("@")
            day = date.fromisoformat(since) if since else SINCE
            data = ClassData(
                day.year + 1,
                HouseholdClass(value),
                since=day,
                deprivations=deprivations,
                standard=standard,
            )
            self.workspace.write(classes.set_class, household, data)

    def note(self, household: UUID, person: UUID, told: str, *, since: date | None = None) -> None:
        """Circumstances: "pension=no;house_need=yes", of the person or the household as the fact says."""
        known = self.workspace.read(programmes.catalogue).facts
        for code, text in fields(told).items():
            of_person = known[code].about is About.PERSON
            data = CircumstanceData(
                code,
                text == "yes",
                household_id=None if of_person else household,
                person_id=person if of_person else None,
                from_on=since,
            )
            self.workspace.write(circumstances.keep, data)

    def commune(self, told: str) -> None:
        """What holds for the whole commune; everything else is not known."""
        values: dict[str, bool | None] = dict.fromkeys(self.workspace.read(programmes.commune_facts))
        values |= {code: text == "yes" for code, text in fields(told).items()}
        self.workspace.write(programmes.keep_commune_facts, values)

    def entitled(
        self, household: UUID, programme: str, on: date = TODAY, person: UUID | None = None
    ) -> Entitlement | None:
        """What a programme gives the household or, with `person`, her."""
        told = self.workspace.read(entitlements.entitlements, household, on, programmes=[programme])
        return next((one for one in told if one.person_id == person), None)

    def enrolled(self, programme: str, household: UUID, person: UUID | None = None, **values: Any) -> UUID:
        """A running place in a programme, written straight into the file."""
        data = EnrolmentData(programme, household, person, **{"status": EnrolmentStatus.RUNNING} | values)
        row = dict(vars(data)) | {"status": data.status.value, "detail": "{}"}
        return self.workspace.write(_insert, Enrolment, row)

    def delivered(
        self, programme: str, household: UUID, person: UUID | None = None, on: date = TODAY, **values: Any
    ) -> UUID:
        """Something handed over, written straight into the file."""
        row: dict[str, Any] = {
            "programme": programme, "household_id": household, "person_id": person, "on_date": on, "rule": "",
            "class_value": "", "period": "", "amount": 0, "goods": "[]", "goods_value": 0, "source": "central",
            "decision_number": "", "stage": "", "status": DeliveryStatus.RECEIVED.value, "override_reason": "",
            "received_by": "", "received_relation": "", "authorisation": "", "note": "",
        }  # fmt: skip
        return self.workspace.write(_insert, Delivery, row | values)

    def card(self, person: UUID, group: str, valid_from: date, valid_to: date | None = None) -> UUID:
        """A health insurance card, written straight into the file."""
        data = CardData(person, "HN4838900012345", group, valid_from, valid_to)
        return self.workspace.write(_insert, InsuranceCard, dict(vars(data)) | {"household_class": ""})

    def loan(self, programme: str, household: UUID, amount: int, **values: Any) -> UUID:
        """An outstanding loan, written straight into the file."""
        row: dict[str, Any] = {
            "programme": programme, "household_id": household, "person_id": None, "purpose": "Nuôi bò sinh sản",
            "group_name": "", "organisation": "", "asked_on": None, "amount": amount, "term_months": 36,
            "status": LoanStatus.RUNNING.value, "rate_millionths": 62400, "disbursed_on": date(2026, 3, 2),
            "due_on": date(2029, 3, 2), "class_value": "poor", "listed_on": None, "reason": "", "override_reason": "",
            "note": "",
        }  # fmt: skip
        return self.workspace.write(_insert, Loan, row | values)


def _insert(uow: UnitOfWork, model: Any, row: dict[str, Any]) -> UUID:
    uow.name_step("task.open")
    return uow.insert_many(model, [row | {"id": new_id()}])[0]


def _left_by_death(uow: UnitOfWork, household: UUID, person: UUID, died: date) -> None:
    row = uow.session.query(Membership).filter_by(household_id=household, person_id=person).one()
    row.left_on, row.left_reason = died, LeaveReason.DIED.value


def flags(text: str) -> tuple[str, ...]:
    """ "merit+ethnic_minority" as flags of a household."""
    return tuple(PolicyFlag(one).value for one in text.split("+") if one)


def area(text: str | None) -> Area | None:
    """An area type, or none of its own."""
    return Area(text) if text else None

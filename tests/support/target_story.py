"""An invented commune whose targets were worked out by hand: every figure stands beside the records it rests on."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.domain.people import PersonData, Relation
from casemgr.domain.sponsors import SponsorshipStatus
from casemgr.persistence.models import (
    Activity,
    Attendance,
    Delivery,
    Enrolment,
    ExitMark,
    InsuranceCard,
    Loan,
    LoanEvent,
    Membership,
    Sponsor,
    Sponsorship,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import classes, targets
from casemgr.services.members import NewMember
from casemgr.services.targets import Figure
from casemgr.workspace import Workspace
from tests.support.figures import review
from tests.support.workspaces import Make

DAY = date(2026, 11, 24)
START = date(2025, 12, 31)
POOR, NEAR, ESCAPED = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.ESCAPED_POOR


def add(uow: UnitOfWork, model: Any, values: dict[str, Any]) -> UUID:
    """Write one row as it is."""
    record = model(**values)
    uow.add(record)
    uow.name_step("household.edit", record)
    uow.session.flush()
    found: UUID = record.id
    return found


@dataclass
class Story:
    """Writes records as the services of support would leave them."""

    workspace: Workspace
    make: Make
    homes: dict[str, UUID] = field(default_factory=dict)
    decisions: int = 0

    def row(self, model: Any, **values: Any) -> UUID:
        return self.workspace.write(add, model, values)

    def home(
        self,
        name: str,
        value: HouseholdClass = POOR,
        *others: PersonData,
        since: date = date(2025, 12, 10),
        head: dict[str, Any] | None = None,
        lacks: tuple[str, ...] = (),
        **values: Any,
    ) -> UUID:
        members = [NewMember(one, Relation.CHILD) for one in others]
        one = self.make.household(self.make.person(f"Nguyễn Thị {name}", **(head or {})), *members, **values)
        self.value(one, value, since, lacks=lacks)
        self.homes[name] = one
        return one

    def value(self, home: UUID, value: HouseholdClass, since: date, *, lacks: tuple[str, ...] = ()) -> None:
        """The class of a year, written down to hold from a day on."""
        year = since.year + (since.month == 12)
        data = ClassData(year, value, since=since, deprivations=lacks, standard="VN-2022")
        self.workspace.write(classes.set_class, home, data)

    def decide(self, home: UUID, value: HouseholdClass, on: date, *, lacks: tuple[str, ...] = ()) -> None:
        """A decision within the year: it writes over the class the year began with."""
        self.decisions += 1
        number = f"{200 + self.decisions}/QĐ-UBND"
        made = review(self.workspace, self.make, on=on, kind="in_year", title="Trong năm", number=number, opened_on=on)
        made.case("poor", value.value, 1, household=home, deprivations=lacks)
        self.value(home, value, on, lacks=lacks)

    def people(self, home: UUID) -> list[UUID]:
        return self.workspace.read(members, home)

    def delivered(self, home: UUID, programme: str, on: date, amount: int = 1_000_000, **values: Any) -> UUID:
        blank = {
            "rule": "", "period": str(on.year), "goods": "[]", "goods_value": 0, "source": "central",
            "class_value": "poor", "decision_number": "", "stage": "", "status": "received",
            "override_reason": "", "received_on": on, "received_by": "", "received_relation": "",
            "authorisation": "", "note": "",
        }  # fmt: skip
        given = {"household_id": home, "programme": programme, "on_date": on, "amount": amount}
        return self.row(Delivery, **(blank | given | values))

    def enrolled(self, home: UUID, programme: str, status: str, **values: Any) -> UUID:
        blank = {"decision_number": "", "detail": "{}", "reason": "", "note": ""}
        return self.row(
            Enrolment, **(blank | {"household_id": home, "programme": programme, "status": status} | values)
        )

    def loan(
        self, home: UUID, status: str, *, paid: date | None = None, amount: int = 50_000_000, **values: Any
    ) -> UUID:
        blank = {
            "programme": "TD-HN", "purpose": "", "group_name": "", "organisation": "", "term_months": 36,
            "class_value": "poor", "note": "", "reason": "", "override_reason": "", "asked_on": date(2026, 2, 1),
        }  # fmt: skip
        made = {"household_id": home, "status": status, "amount": amount, "disbursed_on": paid}
        loan = self.row(Loan, **(blank | made | values))
        if paid:
            self.move(loan, "disbursed", paid, amount, date(2029, 3, 1))
        return loan

    def move(self, loan: UUID, kind: str, on: date, amount: int, due: date | None = None) -> None:
        self.row(LoanEvent, loan_id=loan, kind=kind, on_date=on, amount=amount, due_on=due, document="", note="")

    def event(self, kind: str, on: date, *homes: UUID, programme: str = "", **values: Any) -> UUID:
        blank = {
            "title": "Tập huấn", "place": "", "organiser": "", "topics": (), "purposes": (), "hours": 0, "cost": 0,
            "source": "commune", "note": "",
        }  # fmt: skip
        one = self.row(Activity, **(blank | {"kind": kind, "on_date": on, "programme": programme} | values))
        for home in homes:
            self.row(Attendance, activity_id=one, household_id=home, name="", days=1, contribution=0, result="")
        return one

    def card(self, person: UUID, first: date, last: date | None = None) -> None:
        self.row(
            InsuranceCard, person_id=person, number="", group="BHYT-HN", valid_from=first, valid_to=last, facility="",
            household_class="poor",
        )  # fmt: skip

    def mark(self, home: UUID, value: str, on: date = START) -> None:
        self.row(ExitMark, household_id=home, value=value, on_date=on, reason="Biên bản họp ấp")

    def sponsor(self, *homes: UUID) -> None:
        one = self.row(Sponsor, name="Công ty Hoa Sen", kind="enterprise", contact="", note="")
        for home in homes:
            self.row(
                Sponsorship, sponsor_id=one, household_id=home, form="cash", amount=500_000, rhythm_months=1,
                from_on=date(2026, 1, 5), status=SponsorshipStatus.RUNNING.value, end_reason="", note="",
            )  # fmt: skip


def members(uow: UnitOfWork, home: UUID) -> list[UUID]:
    """The people of a household in their order."""
    from sqlalchemy import select

    return list(
        uow.session.scalars(
            select(Membership.person_id).where(Membership.household_id == home).order_by(Membership.position)
        )
    )


def look(story: Story, code: str, day: date = DAY, **options: Any) -> Figure:
    return story.workspace.read(targets.figure, code, day, **options)


def counts(figure: Figure) -> tuple[int, int, int]:
    """Counted, known, unknown."""
    return int(figure.numerator or 0), int(figure.denominator or 0), figure.unknown


def part(figure: Figure, label: str) -> int:
    return int(next(one.value for one in figure.parts if one.label == label))


def partitioned(story: Story) -> list[UUID]:
    homes = [story.home(f"Số {at:02d}", head={"merit": True}) for at in range(88)]
    for at, home in enumerate(homes):
        story.mark(home, "protected" if at < 66 else "able")
    story.sponsor(*homes[:25])
    return homes

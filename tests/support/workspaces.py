"""A real case file for each test, copied from one made once, and factories that speak the officer's words."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import ClassData, HouseholdClass, HouseholdData
from casemgr.domain.offices import Area, DecisionData, HamletData, SignatoryData, UserData
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.persistence.keyfile import keys_path
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services import classes, households, offices
from casemgr.services.households import HouseholdView
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace

PASSPHRASE = "mưa chiều trên bến đò"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
COMMUNE = "28901"


@dataclass
class FrozenClock:
    """A clock that goes on one second at every look, so that moments differ and are known."""

    now: datetime = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def make_file(path: Path, *, commune: str = COMMUNE) -> None:
    """A new case file with two hamlets and one signatory."""
    workspace, _code = Workspace.create(
        path,
        offices.default_office(commune),
        user=UserData("lan", "Nguyễn Thị Lan"),
        passphrase=PASSPHRASE,
        profile=LIGHT_PROFILE,
        clock=FrozenClock(START - timedelta(days=1)),
    )
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Quân An", Area.RURAL))
    workspace.write(offices.add_signatory, SignatoryData("Trần Văn Hòa", ("CHỦ TỊCH",)))
    workspace.close()


def copy_file(source: Path, target: Path) -> Path:
    """Copy a closed case file with its keys."""
    shutil.copy(source, target)
    shutil.copy(keys_path(source), keys_path(target))
    return target


def open_file(path: Path, **options: Any) -> Workspace:
    """Open with the passphrase and the light test profile."""
    return Workspace.open(path, passphrase=PASSPHRASE, profile=LIGHT_PROFILE, **{"clock": FrozenClock()} | options)


@dataclass
class Make:
    """Factories that go through the use cases."""

    workspace: Workspace
    people: int = field(default=0)

    def hamlet(self, name: str = "Phú Nhơn") -> UUID:
        return next(view.id for view in self.workspace.read(offices.hamlets) if view.data.name == name)

    def signatory(self) -> UUID:
        return self.workspace.read(offices.signatories)[0].id

    def person(self, name: str = "Nguyễn Thị Á", **values: Any) -> PersonData:
        return PersonData(name, **{"sex": Sex.FEMALE, "birth": PartialDate(1979, 3, 5), "ethnic": "01"} | values)

    def household(
        self, head: str | PersonData = "Nguyễn Thị Á", *others: NewMember, hamlet: str = "Phú Nhơn", **values: Any
    ) -> UUID:
        first = self.person(head) if isinstance(head, str) else head
        data = HouseholdData(self.hamlet(hamlet), **{"address": "Tổ 3"} | values)
        return self.workspace.write(households.open_household, data, [NewMember(first, Relation.HEAD), *others])

    def poor(
        self, household: UUID, year: int = 2026, value: HouseholdClass = HouseholdClass.POOR, *, decided: bool = True
    ) -> None:
        decision = (
            self.workspace.write(
                classes.record_decision, DecisionData(f"{year % 100 + 20}/QĐ-UBND", date(year - 1, 12, 12), year)
            )
            if decided
            else None
        )
        self.workspace.write(
            classes.set_class,
            household,
            ClassData(
                year, value, decision_id=decision, b1=120, b2=40, deprivations=("viec_lam", "bhyt", "chat_luong_nha")
            ),
        )

    def view(self, household: UUID) -> HouseholdView:
        return self.workspace.read(households.view, household)

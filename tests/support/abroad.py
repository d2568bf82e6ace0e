"""Cases of work abroad of the tests: somebody from a poor household prepares for Japan."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.domain.abroad import AbroadContent, AbroadState
from casemgr.services import abroad_cases, abroad_documents, abroad_steps
from casemgr.services.abroad_cases import AbroadData, AbroadView
from casemgr.services.abroad_documents import DocumentData
from casemgr.services.state_steps import StepData
from casemgr.workspace import Workspace
from tests.support.support import Supported

CONTENT = AbroadContent(
    job="Chế biến thực phẩm",
    workplace="Aichi",
    employer="Công ty Sakura Foods",
    employer_address="Nagoya, Aichi",
    level="N4",
)
DOSSIER = ("application", "curriculum_vitae", "health", "orientation", "diploma")


@dataclass
class Abroad:
    """Makes cases and takes their steps."""

    workspace: Workspace

    def home(self, child: str = "birth=2003-05-10;labour=able") -> tuple[UUID, UUID]:
        """A poor household and the child who wants to go."""
        people = Supported(self.workspace)
        household = people.household("birth=1975;labour=able", child)
        people.of_class(household, "poor")
        return household, people.people(household)[1]

    def case(self, home: tuple[UUID, UUID] | None = None, **more: Any) -> UUID:
        household, person = home or self.home()
        values: dict[str, Any] = {
            "form": "service",
            "market": "JAPAN",
            "country": "Nhật Bản",
            "programme_name": "Thực tập sinh kỹ năng",
            "firm": "Công ty Hướng Dương",
            "licence": "123/LĐTBXH-GP",
            "supply_registration": "45/QLLĐNN",
            "waiting_promise": True,
            "content": CONTENT,
        }
        fresh = self.workspace.read(abroad_cases.fresh, household, person)
        return self.workspace.write(abroad_cases.keep, replace(fresh, **(values | more)))

    def signed(self, home: tuple[UUID, UUID] | None = None, **more: Any) -> UUID:
        """A case with its contract: three years from 01/02/2026, 30 million a month."""
        values: dict[str, Any] = {
            "selected_on": date(2025, 11, 3),
            "signed_on": date(2025, 12, 1),
            "accepted_on": date(2026, 1, 5),
            "contract_from": date(2026, 2, 1),
            "contract_to": date(2029, 1, 31),
            "wage": 30_000_000,
        }
        return self.case(home, **(values | more))

    def papers(self, case: UUID, *kinds: str, issued: date = date(2025, 12, 15)) -> None:
        for kind in kinds or DOSSIER:
            self.workspace.write(abroad_documents.keep, case, DocumentData(kind, "01", issued, "Cơ quan cấp"))

    def view(self, case: UUID) -> AbroadView:
        return self.workspace.read(abroad_cases.view, case)

    def change(self, case: UUID, **more: Any) -> None:
        kept = self.view(case)
        data: AbroadData = replace(kept.data, **more)
        self.workspace.write(abroad_cases.keep, data, case_id=case, version=kept.version)

    def step(self, case: UUID, to: AbroadState, on: date, **more: Any) -> None:
        data = StepData(to.value, on, **more)
        self.workspace.write(abroad_steps.move_on, case, self.view(case).version, data)

    def departed(self, home: tuple[UUID, UUID] | None = None, on: date = date(2026, 2, 10), **more: Any) -> UUID:
        """A case that left with all its papers."""
        case = self.signed(home, **more)
        self.papers(case)
        self.step(case, AbroadState.REGISTERED, date(2025, 9, 1))
        self.step(case, AbroadState.DEPARTED, on)
        return case

"""Plans of the tests: cows for a household, brought step by step to a state."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.domain.livelihoods import CostLine, OwnKind, OwnLine, PlanContent, PlanState, SeasonStep
from casemgr.domain.support import FundSource, Receipt, ReceiptData
from casemgr.services import assets, livelihood_steps, livelihood_visits, livelihoods
from casemgr.services.assets import AssetData, HandoverData
from casemgr.services.livelihood_visits import AcceptanceData, VisitData
from casemgr.services.livelihoods import LivelihoodData
from casemgr.services.state_steps import StepData
from casemgr.workspace import Workspace
from tests.support.support import Supported

COWS = PlanContent(
    costs=(
        CostLine("Bò cái sinh sản", 2, 18_000_000, FundSource.CENTRAL, "con", "12–18 tháng, từ 160 kg"),
        CostLine("Thuốc thú y", 1, 1_000_000, FundSource.COMMUNE, "đợt"),
    ),
    own=(OwnLine(OwnKind.LABOUR, "Làm chuồng", 20, 250_000, "tháng 8", paid=5_000_000),),
    season=(SeasonStep("Nhận bò", 9, 9), SeasonStep("Chăm sóc", 9, 6), SeasonStep("Bê con", 7, 8)),
    cycle_months=12,
    cycle_cost=6_000_000,
    cycle_income=30_000_000,
    income_now=1_200_000,
)

ORDER = (
    (PlanState.REGISTERED, date(2026, 7, 1), {}),
    (PlanState.VOTED, date(2026, 7, 10), {"detail": {"present": 30, "agreed": 28, "held_on": "2026-07-10"}}),
    (PlanState.APPRAISING, date(2026, 7, 15), {}),
    (PlanState.APPROVED, date(2026, 8, 3), {"document_number": "45/QĐ-UBND", "document_on": date(2026, 8, 3)}),
    (PlanState.COMMITTED, date(2026, 8, 20), {}),
    (PlanState.HANDED_OVER, date(2026, 9, 1), {}),
    (PlanState.RUNNING, date(2026, 10, 1), {}),
    (PlanState.ACCEPTED, date(2026, 11, 2), {}),
)


def cow(tag: str, **more: Any) -> AssetData:
    """A cow as it was handed over."""
    values: dict[str, Any] = {
        "age_months": 14,
        "weight_kg": 165,
        "vaccinated": "Lở mồm long móng",
        "unit_price": 18_000_000,
    }
    return AssetData(tag, "Bò cái", **values | more)


@dataclass
class Livelihoods:
    """Makes plans and takes their steps."""

    workspace: Workspace
    cows: int = 0

    def home(self) -> UUID:
        """A poor household with somebody who can work."""
        people = Supported(self.workspace)
        household = people.household("birth=1985;labour=able", "birth=2015")
        people.of_class(household, "poor")
        return household

    def plan(self, home: UUID | None = None, **more: Any) -> UUID:
        home = home or self.home()
        values: dict[str, Any] = {
            "generation": "B",
            "area": "hard",
            "trade": "animals",
            "product": "Bò",
            "content": COWS,
        }
        return self.workspace.write(livelihoods.keep, LivelihoodData(home, "SK-CD", **values | more))

    def step(self, record: UUID, to: PlanState, day: date, **more: Any) -> None:
        version = self.workspace.read(livelihoods.view, record).version
        self.workspace.write(livelihood_steps.move_on, record, version, StepData(to.value, day, **more))

    def to(self, state: PlanState, record: UUID | None = None) -> UUID:
        """A plan brought to a state with everything the way asks for."""
        record = record or self.plan()
        for at, day, more in ORDER:
            present = self.workspace.read(livelihoods.view, record).state
            if [one for one, _day, _more in ORDER].index(at) <= _place(present):
                continue
            self._prepare(record, at)
            self.step(record, at, day, **more)
            if at is state:
                break
        return record

    def hand_over(self, record: UUID, day: date = date(2026, 9, 1)) -> None:
        """Two cows with their tags, received by fingerprint."""
        for _number in range(2):
            self.cows += 1
            self.workspace.write(assets.keep, record, cow(f"BT-{self.cows:03}"))
        receipt = ReceiptData(day, proof=Receipt.FINGERPRINT)
        told = HandoverData(day, receipt, override_reason="Theo quyết định phê duyệt dự án")
        self.workspace.write(assets.hand_over, record, told)

    def _prepare(self, record: UUID, state: PlanState) -> None:
        if state is PlanState.HANDED_OVER:
            self.hand_over(record)
        if state is PlanState.RUNNING:
            self.workspace.write(
                livelihood_visits.visit, record, VisitData(date(2026, 10, 1), "Nguyễn Thị Tư", quantity=2)
            )
        if state is PlanState.ACCEPTED:
            minutes = AcceptanceData(date(2026, 11, 2), "2 con bò", "2 con bò, khỏe", 36_000_000, passed=True)
            self.workspace.write(livelihood_visits.accept, record, minutes)


def _place(state: PlanState) -> int:
    places = [one for one, _day, _more in ORDER]
    return places.index(state) if state in places else -1

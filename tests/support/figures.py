"""Reviews with known results written straight into the case file: what reports count, without the procedure."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.domain.households import HouseholdClass
from casemgr.domain.packs import shipped
from casemgr.domain.reviews import CampaignStatus, Movement, gone, movement
from casemgr.domain.statistics import Value
from casemgr.domain.text import person_sort_key
from casemgr.persistence.models import Campaign, Decision, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.statistics import Figures
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

STANDARD = "VN-2022"
DECIDED = date(2026, 12, 10)

_BLANK: dict[str, Any] = {
    "source": "listed",
    "request_id": None,
    "survey_id": None,
    "local_class": None,
    "came_in": False,
    "meeting_id": None,
    "posting_id": None,
    "opinion_id": None,
    "removed_reason": "",
    "area": "rural",
    "head_ethnic": "01",
    "head_female": False,
    "minority": False,
    "local_minority": False,
    "no_labour": False,
    "merit": False,
    "social": False,
    "b1": None,
    "b2": None,
    "income": None,
    "deprivations": (),
    "causes": (),
    "children": 0,
    "children_nutrition": 0,
    "children_insurance": 0,
    "children_school": 0,
}


@dataclass
class Review:
    """A review being written down, household by household."""

    workspace: Workspace
    make: Make
    campaign: UUID
    decision: UUID | None
    decided_on: date | None
    homes: list[UUID] = field(default_factory=list)

    def case(
        self,
        opening: str,
        result: str | None,
        people: int = 1,
        *,
        before: int | None = None,
        hamlet: str = "Phú Nhơn",
        household: UUID | None = None,
        again: bool = False,
        out: bool = False,
        **values: Any,
    ) -> UUID:
        """A household from its opening class to its result; `before` is how many people it had."""
        name = f"Trần Văn Số {len(self.homes) + 1}"
        home = household or self.make.household(name, hamlet=hamlet)
        self.homes.append(home)
        moved: Movement | None = None
        if self.decision is not None:
            opened = HouseholdClass(opening)
            moved = (
                gone(opened)
                if out
                else movement(
                    opened,
                    HouseholdClass(result or "none"),
                    left_before=again,
                    came_in=bool(values.get("came_in", False)),
                )
            )
        rest = _BLANK | {
            "household_id": home,
            "campaign_id": self.campaign,
            "hamlet_id": self.make.hamlet(hamlet),
            "state": "decided" if self.decision else ("keyed" if result else "listed"),
            "state_on": date(2026, 11, 1),
            "opening_class": opening,
            "opening_year": 2026,
            "opening_people": people if before is None else before,
            "result_class": result,
            "movement": moved.value if moved else None,
            "decision_id": self.decision,
            "decided_on": self.decided_on,
            "people": people,
            "head_name": name,
            "head_sort": person_sort_key(name),
        }
        self.workspace.write(_add_case, rest | values)
        return home


def review(workspace: Workspace, make: Make, *, decided: bool = True, on: date = DECIDED, **values: Any) -> Review:
    """A yearly review of 2026, decided unless said otherwise."""
    campaign, decision = workspace.write(_add_campaign, decided=decided, on=on, values=values)
    return Review(workspace, make, campaign, decision, on if decided else None)


def set_status(uow: UnitOfWork, campaign: UUID, status: CampaignStatus, closed_on: date | None = None) -> None:
    """Write how far a review is."""
    record = uow.record(Campaign, campaign)
    record.status, record.closed_on = status.value, closed_on
    uow.name_step("review.close", record)


def table(found: Figures) -> dict[str, list[Value]]:
    """The rows by label and unit."""
    label, rows = "", {}
    for row in found.all_rows:
        label = row.label or label
        rows[f"{label} {row.unit}".strip()] = list(row.values)
    return rows


def _add_campaign(uow: UnitOfWork, *, decided: bool, on: date, values: dict[str, Any]) -> tuple[UUID, UUID | None]:
    pack = next(one for one in shipped() if one.id == STANDARD)
    made = None
    if decided:
        number = values.pop("number", "120/QĐ-UBND")
        made = Decision(number=number, signed_on=on, year=on.year, summary="")
        uow.add(made)
    record = Campaign(
        **{
            "kind": "periodic",
            "year": 2026,
            "class_year": 2027,
            "title": "Rà soát 2026",
            "opened_on": date(2026, 9, 1),
            "survey_from": date(2026, 9, 1),
            "survey_to": date(2026, 12, 14),
            "due_on": date(2026, 12, 14),
            "opinion_required": False,
            "pack": pack.id,
            "pack_sha256": pack.sha256,
            "local_pack": None,
            "local_sha256": None,
            "status": "decided" if decided else "open",
            "closed_on": None,
            "decision_id": made.id if made else None,
            "note": "",
        }
        | values
    )
    uow.add(record)
    uow.name_step("review.open", record)
    return record.id, made.id if made else None


def _add_case(uow: UnitOfWork, values: dict[str, Any]) -> None:
    record = ReviewCase(**values)
    uow.add(record)
    uow.name_step("review.add", record)

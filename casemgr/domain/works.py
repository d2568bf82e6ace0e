"""Public works of the commune, with their money, the land given for them and their upkeep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class WorksData:
    """Public works of the commune (register of 02 §1.6)."""

    name: str
    kind: str
    programme: str = "CT-HT"
    hamlet_id: UUID | None = None
    investor: str = ""
    approval: str = ""
    budget: int = 0
    contribution: int = 0
    contribution_days: int = 0
    land: int = 0
    """Square metres given by people."""
    budget_sources: Mapping[str, int] = field(default_factory=dict)
    """Fund source to đồng; where any is given they add up to `budget`."""
    maintenance: str = ""
    """The group that keeps it up."""
    maintained_on: date | None = None
    maintenance_due: date | None = None
    start_on: date | None = None
    accepted_on: date | None = None
    progress: int = 0
    """Per cent of the work done."""
    disbursed: int = 0
    households: int = 0
    planned_for: bool = False
    """Agrees with the plan of settlement and production."""
    note: str = ""

"""Who works on poverty reduction or heads a hamlet."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class OfficerData:
    """Somebody who works on poverty reduction or heads a hamlet (targets I12)."""

    name: str
    position: str
    hamlet_id: UUID | None = None
    from_on: date | None = None
    to_on: date | None = None

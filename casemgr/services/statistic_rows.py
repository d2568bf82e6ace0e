"""The rows of a report: which hamlets it has, in which order, and the keys by which a row is found again."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, true

from casemgr.domain.statistics import Value, sheet_words
from casemgr.domain.text import word_sort_key
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.offices import hamlets
from casemgr.services.statistic_basis import Basis

TOTAL: Final = "total"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of a report; `unit` is households or people where a hamlet has two."""

    key: str
    number: str
    label: str
    unit: str
    values: tuple[Value, ...]
    total: bool = False
    household_id: UUID | None = None
    """In a list of people: the household the line belongs to."""


def row_key(place: str, unit: str) -> str:
    """The key of a row: a hamlet, the total or a household, and its unit."""
    return f"{place}:{unit}" if unit else place


def split_key(key: str) -> tuple[str, str]:
    """Place and unit of a row."""
    place, _colon, unit = key.partition(":")
    return place, unit


@dataclass(frozen=True)
class Hamlets:
    """The hamlets of the commune in Vietnamese order, or the one a report is narrowed to."""

    names: dict[UUID, str]
    active: frozenset[UUID]
    only: UUID | None

    @classmethod
    def read(cls, uow: UnitOfWork, basis: Basis, *, only: UUID | None) -> "Hamlets":
        """The hamlets on record."""
        views = sorted(hamlets(uow), key=lambda view: word_sort_key(view.data.name))
        active = frozenset(view.id for view in views if view.active and _was_there(view.id, basis))
        return cls({view.id: view.data.full_name for view in views}, active, only)

    @property
    def only_name(self) -> str:
        """The hamlet a report is narrowed to."""
        return self.names.get(self.only, "") if self.only else ""

    def condition(self, columns: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns of a subquery
        """Which households are counted."""
        return columns.hamlet_id == self.only if self.only else true()

    def shown(self, basis: Basis, counted: Set[UUID | None]) -> list[tuple[UUID | None, str]]:
        """The rows: active hamlets, those with figures, and last the households of no hamlet."""
        if self.only:
            return [(self.only, self.only_name)]
        wanted: set[UUID | None] = {*self.active, *counted, *basis.typed}
        rows: list[tuple[UUID | None, str]] = [(one, name) for one, name in self.names.items() if one in wanted]
        return [*rows, (None, sheet_words().no_hamlet)] if None in counted else rows


def _was_there(hamlet: UUID, basis: Basis) -> bool:
    """Whether a closed review can have known the hamlet; ids begin with the moment they were made (UUIDv7)."""
    closed_on = basis.campaign.closed_on if basis.campaign is not None and basis.closed else None
    if closed_on is None:
        return True
    return datetime.fromtimestamp((hamlet.int >> 80) / 1000, UTC).date() <= closed_on

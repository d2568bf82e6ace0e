"""Which report is wanted, and how it and the households behind its numbers are read."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from casemgr.services import statistics
from casemgr.services.statistics import Figures
from casemgr.workspace import Workspace


@dataclass(frozen=True)
class Wanted:
    """A form of a review, or of a day when there is no review; `hamlet` None means all."""

    form: str
    review: UUID | None
    day: datetime.date | None
    hamlet: UUID | None

    @property
    def complete(self) -> bool:
        """Whether it says where the numbers come from."""
        return self.review is not None or self.day is not None

    def figures(self, workspace: Workspace) -> Figures | None:
        """The report."""
        if self.review is not None:
            return workspace.read(statistics.figures, self.form, self.review, hamlet=self.hamlet)
        if self.day is not None:
            return workspace.read(statistics.figures_as_of, self.form, self.day, hamlet=self.hamlet)
        return None

    def names(self, workspace: Workspace, row: str, column: str) -> tuple[UUID, ...]:
        """The households behind one of its numbers; the total of one hamlet is that hamlet's."""
        if self.hamlet is not None:
            row = row.replace("total", self.hamlet.hex, 1) if row.startswith("total") else row
        if self.review is not None:
            return workspace.read(statistics.names_behind, self.form, self.review, row, column)
        if self.day is not None:
            return workspace.read(statistics.names_behind_as_of, self.form, self.day, row, column)
        return ()


def cell_words(found: Figures, row: str, column: str) -> str:
    """What a number counts: hamlet and column."""
    name = next((one.name for one in found.columns if one.number == column), column)
    place = row.partition(":")[0]
    label = next((one.label for one in found.all_rows if one.label and one.key.partition(":")[0] == place), "")
    return f"{label}: {name}" if label else name

"""An imported household beside what is on file of it, and people who may be known already."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import RowMapping

from casemgr.domain.imports import ImportedHousehold
from casemgr.services.import_records import OnFile

PersonKey = tuple[str, int, int]
"""Sheet, row and place among the people of that row's household: names one imported person."""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody on file who may be the person in the list."""

    key: PersonKey
    name: str
    person_id: UUID
    on_file: str
    birth: str
    household: str
    """Readable code of the household she lives in now; empty when in none."""
    certain: bool
    """The identity number is the same."""
    conflict: bool = False
    """The number is the same but the names are of different people."""
    renumbered: bool = False
    """Name and birth are the same but the number is another: corrected, or a namesake's."""

    @property
    def must_choose(self) -> bool:
        """Whether somebody has to say if it is the same person."""
        return self.certain or self.renumbered


@dataclass
class Match:
    """One imported household and what on file belongs to it."""

    source: ImportedHousehold
    hamlet_id: UUID | None
    on_file: OnFile | None = None
    people: dict[int, RowMapping] = field(default_factory=dict)
    """Member on file by place in the list's household."""
    known: list[KnownPerson] = field(default_factory=list)
    twice: bool = False
    """The household on file already belongs to another one of the list."""

    def key(self, place: int) -> PersonKey:
        """The name of one of its people."""
        return (self.source.sheet, self.source.members[place].row, place)

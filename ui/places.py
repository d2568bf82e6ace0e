"""Where one can be in the program: what navigation, search and links hand around."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Place:
    """A section, perhaps one record in it, perhaps a wish: a text to filter by, a selection, something to do there."""

    page: str
    id: UUID | None = None
    text: str = ""
    ids: tuple[UUID, ...] = ()
    wish: str = ""

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


class Trail:
    """Where one was, for back and forward."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def leave(self, place: Place | None) -> None:
        """Remember where exactly one is before going on."""
        if place is not None and 0 <= self._at < len(self._places):
            self._places[self._at] = place

    def push(self, place: Place) -> None:
        """Go on to a new place; what lay ahead is forgotten."""
        del self._places[self._at + 1 :]
        self._places.append(place)
        self._at = len(self._places) - 1

    def peek(self, step: int) -> Place | None:
        """The place so many steps back (negative) or ahead."""
        target = self._at + step
        return self._places[target] if 0 <= target < len(self._places) else None

    def move(self, step: int) -> None:
        """Go there."""
        if self.peek(step) is not None:
            self._at += step

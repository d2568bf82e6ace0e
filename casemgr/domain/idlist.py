"""Ids in an order, kept as bytes: 100,000 of them are made into UUIDs only as lines come into view."""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload
from uuid import UUID


class IdList(Sequence[UUID]):
    """Reads like a list of UUIDs and equals one."""

    __slots__ = ("_raw",)

    def __init__(self, raw: Iterable[bytes]) -> None:
        self._raw = list(raw)

    def __len__(self) -> int:
        return len(self._raw)

    @overload
    def __getitem__(self, place: int) -> UUID: ...

    @overload
    def __getitem__(self, place: slice) -> list[UUID]: ...

    def __getitem__(self, place: int | slice) -> UUID | list[UUID]:
        if isinstance(place, slice):
            return [UUID(bytes=raw) for raw in self._raw[place]]
        return UUID(bytes=self._raw[place])

    def __iter__(self) -> Iterator[UUID]:
        return (UUID(bytes=raw) for raw in self._raw)

    def __contains__(self, value: object) -> bool:
        return isinstance(value, UUID) and value.bytes in self._raw

    def __eq__(self, other: object) -> bool:
        if isinstance(other, IdList):
            return self._raw == other._raw
        return list(self) == other if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._raw))

    def __repr__(self) -> str:
        return f"IdList({list(self)!r})"

    def index(self, value: UUID, start: int = 0, stop: int | None = None) -> int:
        """The place of an id; ValueError when it is not there."""
        return self._raw.index(value.bytes, start, len(self._raw) if stop is None else stop)

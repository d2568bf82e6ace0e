"""What was copied from Excel, read as amounts: one column goes down line by line, more columns are matched by key."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from casemgr.domain.money import read_money
from casemgr.domain.text import clean, fold


@dataclass(frozen=True)
class Pasted:
    """Amounts by line, and what could not be placed."""

    amounts: dict[int, int] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """Lines of the clipboard without an amount, or with nobody on the list."""


def read_pasted(text: str, keys: Sequence[Sequence[str]], start: int) -> Pasted:
    """Amounts for lines known by `keys` (codes, numbers, names); `start` is the line one column begins at."""
    lines = [line.split("\t") for line in text.replace("\r", "").split("\n") if line.strip()]
    if not lines:
        return Pasted()
    if all(len(line) == 1 for line in lines):
        return _column([line[0] for line in lines], len(keys), start)
    return _matched(lines, keys)


def _column(cells: Sequence[str], count: int, start: int) -> Pasted:
    amounts, unread = {}, []
    for place, cell in enumerate(cells, max(0, start)):
        value = read_money(cell).value
        if value is None or place >= count:
            unread.append(clean(cell))
        else:
            amounts[place] = value
    return Pasted(amounts, tuple(unread))


def _matched(lines: Sequence[Sequence[str]], keys: Sequence[Sequence[str]]) -> Pasted:
    """A name that stands twice on the list tells nobody apart."""
    known: dict[str, int | None] = {}
    for place, names in enumerate(keys):
        for name in names:
            if name:
                folded = fold(name)
                known[folded] = None if folded in known and known[folded] != place else place
    amounts, unread = {}, []
    for cells in lines:
        places = [found for cell in cells if (found := known.get(fold(cell))) is not None]
        values = [
            value for cell in cells if known.get(fold(cell)) is None and (value := read_money(cell).value) is not None
        ]
        if places and values:
            amounts[places[0]] = values[-1]
        else:
            unread.append(" ".join(filter(None, map(clean, cells))))
    return Pasted(amounts, tuple(unread))

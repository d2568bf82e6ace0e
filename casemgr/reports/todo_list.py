"""Plain lists for the office's own work: what is still missing, hamlet by hamlet, and the requests received."""

from collections.abc import Callable, Sequence

from casemgr.domain.filling import put
from casemgr.domain.papers import ListContent
from casemgr.reports.fitting import fit
from casemgr.reports.fonts import Face
from casemgr.reports.layout import A4, A4_LANDSCAPE, TOP, Paper, draw_signature
from casemgr.reports.tables import Column, ListTable, OwnersMark

Cells = tuple[str, ...]

_TODO = (8.0, 20.0, 52.0, 75.0, 20.0)
_REQUESTS = (22.0, 24.0, 56.0, 40.0, 60.0, 24.0, 40.0)
_CLOSING = 42.0
"""Height of the total and the signatures."""


def render_todo_list(content: ListContent, mark: OwnersMark) -> bytes:
    """One hamlet after another, each on pages of its own, so that each head of hamlet gets hers."""
    return _render(content, mark, A4, _TODO)


def render_request_list(content: ListContent, mark: OwnersMark) -> bytes:
    """The requests in the order of their numbers."""
    return _render(content, mark, A4_LANDSCAPE, _REQUESTS)


def _render(content: ListContent, mark: OwnersMark, size: tuple[float, float], shares: Sequence[float]) -> bytes:
    wording = content.wording
    paper = Paper(title=wording.title, author=" ".join(content.agency_lines), size=size)
    across = wording.sample_mark if content.sample else ""
    columns = [
        Column[Cells](heading, share, _cell(place), centred=place == 0)
        for place, (heading, share) in enumerate(zip(wording.columns, shares, strict=True))
    ]
    table = ListTable(paper, columns, mark, across=across)
    for place, (heading, rows) in enumerate(content.groups):
        if place:
            table.new_page()
        y = table.draw(rows, _head(paper, content, heading, TOP))
        last = place == len(content.groups) - 1
        if table.room_below(y) < _CLOSING:
            table.new_page()
            y = TOP
        _close(paper, table, content, rows, y, signed=last)
    table.close_page()
    return paper.finish()


def _cell(place: int) -> Callable[[Cells], str]:
    return lambda row: row[place]


def _head(paper: Paper, content: ListContent, heading: str, y: float) -> float:
    middle, room = paper.wide / 2, paper.wide - 30
    pen, wording = paper.pen, content.wording
    pen.text(15, y, " - ".join(content.agency_lines), Face.BOLD, 11)
    y = pen.lines(middle, y + 9, fit(wording.title, Face.BOLD, 14, room, smallest=11, lines=2), Face.BOLD, centred=True)
    for text in (wording.subject, heading):
        if text:
            fitted = fit(text, Face.BOLD, 12.5, room, smallest=10, lines=2)
            y = pen.lines(middle, y + 6, fitted, Face.BOLD, centred=True)
    return y + 5


def _close(
    paper: Paper, table: ListTable[Cells], content: ListContent, rows: Sequence[Cells], y: float, *, signed: bool
) -> None:
    wording, pen = content.wording, paper.pen
    pen.text(table.left, y + 7, put(wording.total, {"count": str(len(rows))}), Face.ITALIC, 12)
    if not (signed and wording.signers):
        return
    room = (table.right - table.left) / len(wording.signers)
    for index, title in enumerate(wording.signers):
        middle = table.left + room * (index + 0.5)
        draw_signature(pen, middle, y + 15, room - 4, titles=(title,), name="", space=18, size=12)

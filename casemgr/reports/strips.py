"""Papers as strips poured down pages: what belongs together stays together, heads of tables are repeated."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from casemgr.reports.layout import A4, BOTTOM, LEFT, RIGHT, TOP, Paper, draw_mark, draw_page_number
from casemgr.reports.pen import Pen


@dataclass(frozen=True)
class Strip:
    """A piece of a page that is never cut: a line of text, a row of a table, a block of signatures."""

    high: float
    """Millimetres it takes."""
    draw: Callable[[Pen, float], None]
    """Draws it; gets the pen and its upper edge."""
    gap: float = 0
    """Free room above it, dropped at the top of a page."""
    keep: bool = False
    """Stands on the same page as the next strip."""
    again: "Strip | None" = None
    """Drawn before it when it opens a page: the head of its table."""


@dataclass(frozen=True)
class Frame:
    """Size and margins of the pages of one part of a paper, in millimetres."""

    size: tuple[float, float] = A4
    top: float = TOP
    bottom: float = BOTTOM
    left: float = LEFT
    right: float = RIGHT

    @property
    def room(self) -> float:
        """Width of the text."""
        return self.size[0] - self.left - self.right

    @property
    def middle(self) -> float:
        """The middle of the text."""
        return self.left + self.room / 2

    @property
    def end(self) -> float:
        """Right edge of the text."""
        return self.size[0] - self.right

    @property
    def floor(self) -> float:
        """Lower edge of the text."""
        return self.size[1] - self.bottom


PORTRAIT = Frame()
LANDSCAPE = Frame((A4[1], A4[0]), left=20, right=15)
"""A turned sheet is bound at its upper edge; its own left margin may be narrower than that of a letter."""


def pour(
    paper: Paper,
    frame: Frame,
    strips: Sequence[Strip],
    *,
    mark: str = "",
    above: Callable[[Pen, int], None] | None = None,
) -> int:
    """Draw the strips over as many pages as they take; gives how many were made.

    `above` writes into the upper margin of a page, by its number; else every page but the first shows its number.
    """
    above = above or partial(_page_number, frame.size[0])
    turn(paper, frame.size)
    page, y = 1, frame.top
    draw_mark(paper.pen, mark, frame.size)
    above(paper.pen, page)
    for group in _groups(strips):
        high = sum(strip.high + strip.gap for strip in group)
        if y > frame.top and y + high > frame.floor + 0.01:
            paper.end_page()
            page, y = page + 1, frame.top
            draw_mark(paper.pen, mark, frame.size)
            above(paper.pen, page)
        y = _draw(paper.pen, group, y, opens=y == frame.top)
    paper.end_page()
    return page


def _page_number(wide: float, pen: Pen, page: int) -> None:
    if page > 1:
        draw_page_number(pen, page, wide)


def turn(paper: Paper, size: tuple[float, float]) -> None:
    """Give the next page of a paper another size."""
    paper.wide, paper.high = size
    paper.canvas.setPageSize((size[0] * 72 / 25.4, size[1] * 72 / 25.4))
    paper.pen = Pen(paper.canvas, size[1])


def _draw(pen: Pen, group: Sequence[Strip], y: float, *, opens: bool) -> float:
    for index, strip in enumerate(group):
        first = opens and index == 0
        if first and strip.again is not None:
            strip.again.draw(pen, y)
            y += strip.again.high
        y += 0 if first else strip.gap
        strip.draw(pen, y)
        y += strip.high
    return y


def _groups(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group

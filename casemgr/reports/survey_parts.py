"""Pieces of working sheets filled in at a household's door: labels with boxes, tables of yes and no, room to write."""

from collections.abc import Sequence
from dataclasses import dataclass

from casemgr.reports.fitting import Fitted, fit, wrap
from casemgr.reports.fonts import Face, nfc, width
from casemgr.reports.pen import POINT, Pen
from casemgr.reports.strips import Frame, Strip

SIZE = 11.0
_STEP = 5.6
_BOX = 3.6
_TICK = 5.0
_TICKS = 34.0
"""Width of the two columns with boxes."""


@dataclass(frozen=True)
class Label:
    """Plain words in a line of choices."""

    text: str
    face: Face = Face.REGULAR


@dataclass(frozen=True)
class Box:
    """A box to tick with its word; crossed when it is known already."""

    word: str
    marked: bool = False


@dataclass(frozen=True)
class Blank:
    """Room to write, or what is known."""

    wide: float
    value: str = ""


Token = Label | Box | Blank


def line_of(frame: Frame, tokens: Sequence[Token], *, gap: float = 0.7, hang: float = 6) -> Strip:
    """Labels, boxes and blanks one after another, wrapped; further lines start `hang` in."""
    placed: list[tuple[float, int, Token]] = []
    x, row = 0.0, 0
    for token in tokens:
        wide = _wide(token)
        if x + wide > frame.room and x > hang:
            x, row = hang, row + 1
        placed.append((x, row, token))
        x += wide + (2.2 if isinstance(token, Label) else 4.2)

    def draw(pen: Pen, top: float) -> None:
        for left, line, token in placed:
            _draw_token(pen, frame.left + left, top + line * _STEP + _STEP * 0.74, token)

    return Strip((row + 1) * _STEP, draw, gap)


def _wide(token: Token) -> float:
    if isinstance(token, Label):
        return width(nfc(token.text), token.face, SIZE)
    if isinstance(token, Box):
        return _BOX + 1.2 + width(nfc(token.word), Face.REGULAR, SIZE)
    return max(token.wide, width(nfc(token.value), Face.REGULAR, SIZE))


def _draw_token(pen: Pen, x: float, y: float, token: Token) -> None:
    if isinstance(token, Label):
        pen.text(x, y, token.text, token.face, SIZE)
    elif isinstance(token, Box):
        pen.frame(x, y - _BOX + 0.6, _BOX, _BOX, weight=0.6)
        if token.marked:
            pen.cross(x, y - _BOX + 0.6, _BOX, weight=1.2)
        pen.text(x + _BOX + 1.2, y, token.word, Face.REGULAR, SIZE)
    elif token.value:
        pen.text(x, y, token.value, Face.REGULAR, SIZE)
    else:
        pen.dots(x, x + token.wide, y)


def heading(frame: Frame, text: str, *, gap: float = 2.2) -> Strip:
    """The heading of a section, kept to what follows."""
    fitted = fit(text, Face.BOLD, SIZE + 0.5, frame.room, smallest=9.5, lines=2)

    def draw(pen: Pen, top: float) -> None:
        pen.lines(frame.left, top + 4, fitted, Face.BOLD)

    return Strip(5.4 + (len(fitted.lines) - 1) * 4.8, draw, gap, keep=True)


@dataclass(frozen=True)
class Question:
    """A line of a table of yes and no; the boxes are crossed by hand."""

    number: int
    name: str
    text: str = ""


def questions(
    frame: Frame, columns: Sequence[str], asked: Sequence[Question], *, size: float = 9.5, gap: float = 1
) -> list[Strip]:
    """The table: number, words, and a box in each of two columns."""
    number_wide = 9.0
    words_wide = frame.room - number_wide - _TICKS
    edges = [frame.left, frame.left + number_wide, frame.left + number_wide + words_wide]
    edges += [edges[-1] + _TICKS / 2, frame.end]

    def head(pen: Pen, top: float) -> None:
        for index, text in enumerate(columns):
            room = edges[index + 1] - edges[index]
            fitted = fit(text, Face.BOLD, 10, room - 1.5, smallest=8)
            pen.frame(edges[index], top, room, 6)
            pen.lines((edges[index] + edges[index + 1]) / 2, top + 4.1, fitted, Face.BOLD, centred=True)

    first = Strip(6, head, gap, keep=True)
    return [first, *(_question(edges, question, size, first) for question in asked)]


def _question(edges: Sequence[float], asked: Question, size: float, head: Strip) -> Strip:
    room = edges[2] - edges[1] - 2.4
    name = Fitted(size + 0.5, wrap(asked.name, Face.BOLD, size + 0.5, room)) if asked.name else None
    text = Fitted(size, wrap(asked.text, Face.REGULAR, size, room)) if asked.text else None
    step = size * 1.12 * POINT
    name_high = (size + 0.5) * 1.12 * POINT * len(name.lines) if name else 0
    high = max(_TICK + 1.6, name_high + step * (len(text.lines) if text else 0) + 1.8)

    def draw(pen: Pen, top: float) -> None:
        pen.frames((edges[index], top, edges[index + 1] - edges[index], high) for index in range(4))
        pen.centred((edges[0] + edges[1]) / 2, top + high / 2 + 1.3, str(asked.number), Face.REGULAR, 10)
        y = top + 0.9
        if name:
            pen.lines(edges[1] + 1.2, y + (size + 0.5) * 0.8 * POINT, name, Face.BOLD, leading=1.12)
        if text:
            pen.lines(edges[1] + 1.2, y + name_high + size * 0.8 * POINT, text, Face.REGULAR, leading=1.12)
        for left, right in ((edges[2], edges[3]), (edges[3], edges[4])):
            pen.frame((left + right - _TICK) / 2, top + (high - _TICK) / 2, _TICK, _TICK, weight=0.8)

    return Strip(high, draw, again=head)


def score_boxes(frame: Frame, labels: Sequence[str], *, gap: float = 1.5) -> Strip:
    """Large boxes for totals, each after its label."""
    wide, high = 24.0, 8.6
    room = frame.room / len(labels)

    def draw(pen: Pen, top: float) -> None:
        for index, label in enumerate(labels):
            x = frame.left + index * room
            fitted = fit(label, Face.BOLD, SIZE, room - wide - 8, smallest=9)
            pen.lines(x, top + 5.8, fitted, Face.BOLD)
            pen.frame(x + width(nfc(fitted.lines[0]), Face.BOLD, fitted.size) + 3, top, wide, high, weight=1)

    return Strip(high, draw, gap)


def writing_lines(frame: Frame, label: str, lines: int) -> Strip:
    """A label and dotted lines after and below it."""

    def draw(pen: Pen, top: float) -> None:
        pen.text(frame.left, top + 4.3, label, Face.REGULAR, SIZE)
        start = width(nfc(label), Face.REGULAR, SIZE) + 1.6
        for number in range(lines):
            pen.dots(frame.left + (0 if number else start), frame.end, top + 4.3 + number * 6.2)

    return Strip(5.8 + (lines - 1) * 6.2, draw, 1)


def signers(frame: Frame, titles: Sequence[str], hint: str, date_line: str) -> Strip:
    """The date at the right, and who signs with room above the name."""
    room = frame.room / len(titles)

    def draw(pen: Pen, top: float) -> None:
        pen.right(frame.end, top + 4, date_line, Face.ITALIC, SIZE)
        for index, title in enumerate(titles):
            middle = frame.left + room * (index + 0.5)
            fitted = fit(title, Face.BOLD, SIZE, room - 3, smallest=8.5)
            pen.lines(middle, top + 10, fitted, Face.BOLD, centred=True)
            pen.centred(middle, top + 14.4, hint, Face.ITALIC, 10)

    return Strip(34, draw, 2)

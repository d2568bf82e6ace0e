"""Paragraphs of official papers as strips: several faces in one line, justified, never one line alone on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from casemgr.reports.fitting import fit, wrap
from casemgr.reports.fonts import Face, nfc, width
from casemgr.reports.layout import BODY, INDENT, LEADING, PARAGRAPH_GAP
from casemgr.reports.pen import POINT, Pen
from casemgr.reports.strips import Frame, Strip

_ASCENT = 0.76
"""Share of the line above its baseline."""


@dataclass(frozen=True)
class Run:
    """Words in one face."""

    text: str
    face: Face = Face.REGULAR


_Word = tuple[str, Face]


def paragraph(
    frame: Frame,
    runs: str | Sequence[Run],
    *,
    face: Face = Face.REGULAR,
    size: float = BODY,
    indent: float = INDENT,
    hang: float = 0,
    gap: float = PARAGRAPH_GAP,
    leading: float = LEADING,
    keep: bool = False,
) -> list[Strip]:
    """A justified paragraph; the first line starts `indent` in, the others `hang`. `keep` holds it to what follows."""
    pieces = [Run(runs, face)] if isinstance(runs, str) else list(runs)
    words = [(word, run.face) for run in pieces for word in nfc(run.text).split()]
    lines = _lines(words, size, frame.room - indent, frame.room - hang)
    high = size * leading * POINT
    strips = []
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        start = indent if number == 0 else hang
        spread = 0.0 if last else _spread(line, size, frame.room - start)
        draw = partial(_draw_line, line, frame.left + start, size, spread, high)
        lonely = number == 0 or number == len(lines) - 2  # a first or a last line never stands alone
        strips.append(Strip(high, draw, gap if number == 0 else 0, keep=keep if last else lonely))
    return strips


def centred(
    frame: Frame,
    text: str,
    face: Face = Face.BOLD,
    *,
    size: float = BODY,
    smallest: float = 12,
    gap: float = PARAGRAPH_GAP,
    keep: bool = True,
    rule: float = 0,
) -> list[Strip]:
    """Lines in the middle of the page, kept to what follows; `rule` draws a line below, as a share of the last line."""
    fitted = fit(text, face, size, frame.room, smallest=smallest, lines=3)
    high = fitted.size * LEADING * POINT
    strips = []
    for number, line in enumerate(fitted.lines):
        last = number == len(fitted.lines) - 1
        length = width(line, face, fitted.size) * rule if last else 0
        draw = partial(_draw_centred, line, face, fitted.size, frame.middle, high, length)
        strips.append(Strip(high + (1.6 if length else 0), draw, gap if number == 0 else 0, keep=keep or not last))
    return strips


def dotted(frame: Frame, lines: int, *, size: float = BODY, gap: float = 1) -> list[Strip]:
    """Empty lines to write on."""
    high = size * 1.5 * POINT

    def draw(pen: Pen, top: float) -> None:
        pen.dots(frame.left, frame.end, top + high * _ASCENT)

    return [Strip(high, draw, gap if number == 0 else 0) for number in range(lines)]


def space(high: float) -> Strip:
    """Free room."""
    return Strip(high, lambda _pen, _top: None)


def _draw_centred(
    text: str, face: Face, size: float, middle: float, high: float, length: float, pen: Pen, top: float
) -> None:
    baseline = top + high * _ASCENT
    pen.centred(middle, baseline, text, face, size)
    if length:
        pen.rule(middle - length / 2, middle + length / 2, baseline + 2.2, weight=0.7)


def _draw_line(line: Sequence[_Word], x: float, size: float, spread: float, high: float, pen: Pen, top: float) -> None:
    baseline = top + high * _ASCENT
    for face, group in groupby(line, key=lambda word: word[1]):
        text = " ".join(word for word, _face in group)
        pen.text(x, baseline, text, face, size, spread=spread)
        x += width(text, face, size) + spread * text.count(" ") + width(" ", face, size) + spread


def _spread(line: Sequence[_Word], size: float, room: float) -> float:
    spaces = len(line) - 1
    return (room - _width(line, size)) / spaces if spaces else 0.0


def _width(line: Sequence[_Word], size: float) -> float:
    return sum(width(word, face, size) for word, face in line) + sum(width(" ", face, size) for _w, face in line[:-1])


def _lines(words: Sequence[_Word], size: float, first: float, rest: float) -> list[list[_Word]]:
    """Words in lines; a word longer than a line is cut into pieces, nothing is lost."""
    lines: list[list[_Word]] = [[]]
    used, room = 0.0, first
    for word, face in words:
        wide, blank = width(word, face, size), width(" ", face, size) if lines[-1] else 0.0
        if used + blank + wide <= room:
            lines[-1].append((word, face))
            used += blank + wide
            continue
        pieces = [word] if wide <= rest else wrap(word, face, size, rest)
        for piece in pieces:
            if lines[-1]:
                lines.append([])
                room = rest
            lines[-1].append((piece, face))
            used = width(piece, face, size)
    return lines

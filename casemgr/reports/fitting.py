"""How text finds room: it shrinks a little, then wraps, and is never cut."""

from dataclasses import dataclass

from casemgr.reports.fonts import Face, nfc, width

STEP = 0.5
"""Points by which a text is made smaller while looking for room."""


@dataclass(frozen=True)
class Fitted:
    """Lines that fit their width at this size."""

    size: float
    lines: tuple[str, ...]


def _pieces(word: str, face: Face, size: float, room: float) -> list[str]:
    """A word longer than a line, cut into pieces that fit; nothing is lost."""
    pieces, piece = [], ""
    for character in word:
        if piece and width(piece + character, face, size) > room:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]


def wrap(text: str, face: Face, size: float, room: float, *, first: float = 0) -> tuple[str, ...]:
    """The text in lines no wider than `room` millimetres; the first line starts `first` millimetres in."""
    lines: list[str] = []
    line, left = "", room - first
    for word in nfc(text).split():
        longer = f"{line} {word}" if line else word
        if width(longer, face, size) <= left:
            line = longer
            continue
        if line:
            lines.append(line)
            left = room
        *whole, line = _pieces(word, face, size, left) if width(word, face, size) > left else [word]
        lines.extend(whole)
        left = room if whole else left
    return (*lines, line)


def fit(text: str, face: Face, size: float, room: float, *, smallest: float, lines: int = 1) -> Fitted:
    """The text at the largest size down to `smallest` that needs at most `lines` lines, or all the lines it needs."""
    text = nfc(text)
    natural = width(text, face, size)
    if natural <= room:
        return Fitted(size, (text,))
    if natural * smallest <= room * size:
        return Fitted(int(room * size / natural * 20) / 20, (text,))
    step = size
    while step > smallest:
        wrapped = wrap(text, face, step, room)
        if len(wrapped) <= lines:
            return Fitted(step, wrapped)
        step -= STEP
    return Fitted(smallest, wrap(text, face, smallest, room))

"""Administrative papers by Nghị định 30/2020: head, title, legal basis, articles, recipients, signatures, annexes."""

from collections.abc import Sequence
from functools import partial

from casemgr.domain.papers import Letterhead, Signing
from casemgr.reports.fitting import Fitted, fit, wrap
from casemgr.reports.fonts import Face, nfc, width
from casemgr.reports.layout import (
    BODY,
    COUNTRY,
    LEADING,
    MOTTO,
    PARAGRAPH_GAP,
    Head,
    Paper,
    agency_middle,
    draw_head,
    draw_place,
)
from casemgr.reports.letter_text import Run, centred, paragraph
from casemgr.reports.pen import POINT, Pen
from casemgr.reports.strips import PORTRAIT, Frame, Strip

END = "./."
"""Closes the text of a paper (NĐ 30/2020, Phụ lục III)."""

_TITLE = 14.0
_RECIPIENTS = 11.0
_SIGN_SPACE = 24.0
"""Room to sign and stamp."""


def new_paper(head: Letterhead, title: str) -> Paper:
    """An empty file named after the paper; its number stands in the properties, no person does."""
    shown = f"{title} {head.number}" if head.number else title
    return Paper(title=shown, author=" ".join(head.agency_lines))


def mark_of(head: Letterhead) -> str:
    """The pale word across every page: a sample says so, and so does a draft."""
    return head.sample_mark if head.sample else head.draft_mark if head.draft else ""


def head_strip(frame: Frame, head: Letterhead, *, about: str = "") -> Strip:
    """Agency and country, number and date; `about` is the "V/v …" of a letter, below the number."""
    abouts = fit(about, Face.REGULAR, 12, frame.room * 0.38, smallest=11, lines=4) if about else None
    parent = 1 if head.parent_line else 0
    lines = max(parent + len(head.agency_lines), 2)
    high = 4.1 + (lines - 1) * 5.6 + (9.2 + 2.4 if head.number_line or head.place_line else 4.6)
    if abouts:
        high += 2.1 + len(abouts.lines) * abouts.size * 1.18 * POINT
    return Strip(high + _agency_growth(frame, head), partial(_draw_head, frame, head, abouts))


def _agency_growth(frame: Frame, head: Letterhead) -> float:
    """Further height of agency lines that wrap."""
    room = frame.room * 0.41 - 2
    texts = [(head.parent_line, Face.REGULAR)] if head.parent_line else []
    texts += [(line, Face.BOLD) for line in head.agency_lines]
    return sum(
        (len(fitted.lines) - 1) * fitted.size * 1.18 * POINT
        for fitted in (fit(text, face, 13, room, smallest=11, lines=2) for text, face in texts)
    )


def _draw_head(frame: Frame, head: Letterhead, about: Fitted | None, pen: Pen, top: float) -> None:
    drawn = Head(head.parent_line, head.agency_lines, head.place_line)
    y = draw_head(pen, drawn, left=frame.left, room=frame.room, top=top)
    middle = agency_middle(frame.left, frame.room)
    if head.number_line:
        number = fit(head.number_line, Face.REGULAR, BODY, frame.room * 0.4, smallest=10)
        pen.lines(middle, y, number, Face.REGULAR, centred=True)
    if head.place_line:
        draw_place(pen, head.place_line, y, left=frame.left, room=frame.room)
    if about:
        pen.lines(middle, y + 2.1 + about.size * 1.1 * POINT, about, Face.REGULAR, centred=True)


def title_strips(frame: Frame, title: str, subject: str, *, gap: float = 6) -> list[Strip]:
    """The kind of paper and what it is about, with a rule of a third to a half of the last line."""
    strips = centred(frame, title, size=_TITLE, smallest=13, gap=gap)
    return strips + (centred(frame, subject, size=_TITLE, smallest=13, gap=0.5, rule=0.4) if subject else [])


def addressee(frame: Frame, text: str, *, gap: float = 7) -> list[Strip]:
    """The line "Kính gửi: …", in the middle; several receivers would each have a line of their own."""
    return centred(frame, text, Face.REGULAR, size=14, smallest=13, gap=gap)


def basis_strips(frame: Frame, lines: Sequence[str], *, gap: float = 4) -> list[Strip]:
    """The legal basis in italics, each line on its own, ended by semicolons and a last full stop."""
    clean = [line.strip().rstrip(";.,") for line in lines if line.strip()]
    strips: list[Strip] = []
    for number, line in enumerate(clean):
        ended = f"{line}{'.' if number == len(clean) - 1 else ';'}"
        strips += paragraph(frame, ended, face=Face.ITALIC, gap=gap if number == 0 else 1.2)
    return strips


def article(frame: Frame, number: int, text: str, *, keep: bool = False) -> list[Strip]:
    """The paragraph of "Điều n."."""
    return paragraph(frame, [Run(f"Điều {number}.", Face.BOLD), Run(text)], keep=keep)


def ended(text: str) -> str:
    """The last paragraph of a text with its end mark."""
    return f"{text.rstrip()}{END[1:] if text.rstrip().endswith('.') else END}"


def body(
    frame: Frame, lines: Sequence[str], *, closes: bool = False, keep: bool = False, gap: float = PARAGRAPH_GAP
) -> list[Strip]:
    """Plain paragraphs, `gap` above the first; one that closes the paper stays with the signature, as with `keep`."""
    strips: list[Strip] = []
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        text = ended(line) if closes and last else line
        strips += paragraph(frame, text, keep=last and (closes or keep), gap=gap if number == 0 else PARAGRAPH_GAP)
    return strips


def closing(frame: Frame, recipients_label: str, recipients: Sequence[str], signing: Signing) -> Strip:
    """Recipients at the left and the signature in the right half, on one level."""
    listed = [line for line in recipients if line.strip()]
    room = frame.room * 0.5
    signature = _signature_high(signing, room)
    left = frame.room * 0.46
    wrapped = [wrap(line, Face.REGULAR, _RECIPIENTS, left - 2) for line in listed]
    step = _RECIPIENTS * 1.15 * POINT
    high = max(signature, 5.5 + step * sum(map(len, wrapped)) if wrapped else 0)

    def draw(pen: Pen, top: float) -> None:
        _draw_signature(pen, signing, frame.left + frame.room * 0.75, top, room)
        if not wrapped:
            return
        pen.text(frame.left, top + 4.1, recipients_label, Face.BOLD_ITALIC, 12)
        y = top + 4.1 + step + 0.4
        for lines in wrapped:
            for number, line in enumerate(lines):
                pen.text(frame.left + (2 if number else 0), y, line, Face.REGULAR, _RECIPIENTS)
                y += step

    return Strip(high, draw, gap=5)


def signatures(frame: Frame, signing: Sequence[Signing], *, gap: float = 5, space: float = _SIGN_SPACE) -> Strip:
    """Several people sign beside each other."""
    room = frame.room / len(signing)
    heights = [_signature_high(one, room - 4, space) for one in signing]
    high = max(heights)

    def draw(pen: Pen, top: float) -> None:
        for index, (one, own) in enumerate(zip(signing, heights, strict=True)):
            _draw_signature(pen, one, frame.left + room * (index + 0.5), top, room - 4, space + high - own)

    return Strip(high, draw, gap=gap)


def signature_at_right(frame: Frame, place_line: str, signing: Signing) -> Strip:
    """Place and date above one signature in the right half."""
    room = frame.room * 0.56
    middle = frame.end - room / 2
    place = fit(place_line, Face.ITALIC, BODY, room, smallest=11)

    def draw(pen: Pen, top: float) -> None:
        pen.lines(middle, top + 4.1, place, Face.ITALIC, centred=True)
        _draw_signature(pen, signing, middle, top + 5.6, room)

    return Strip(5.6 + _signature_high(signing, room), draw, gap=4)


def _titles(signing: Signing, room: float) -> list[Fitted]:
    return [fit(title, Face.BOLD, BODY, room, smallest=11, lines=2) for title in signing.title_lines]


def _signature_high(signing: Signing, room: float, space: float = _SIGN_SPACE) -> float:
    titles = sum(5.3 + (len(one.lines) - 1) * one.size * 1.18 * POINT for one in _titles(signing, room))
    return titles + (5 if signing.hint else 0) + space + 2


def _draw_signature(
    pen: Pen, signing: Signing, middle: float, top: float, room: float, space: float = _SIGN_SPACE
) -> None:
    y = top + 4.1
    for title in _titles(signing, room):
        y = pen.lines(middle, y, title, Face.BOLD, centred=True) + 5.3
    if signing.hint:
        hint = fit(signing.hint, Face.ITALIC, 12, room, smallest=9.5)
        pen.lines(middle, y - 0.6, hint, Face.ITALIC, centred=True)
        y += 5
    name = fit(signing.name, Face.BOLD, BODY, room, smallest=10, lines=2)
    pen.lines(middle, y - 5.3 + space - (len(name.lines) - 1) * 4, name, Face.BOLD, centred=True)


def annex_title(frame: Frame, label: str, title: str, attached: str) -> list[Strip]:
    """The heading of an annex: "Phụ lục I", its title, and to which paper it belongs."""
    strips = centred(frame, label, size=_TITLE, gap=0) if label else []
    strips += centred(frame, title, size=_TITLE, smallest=12, gap=0.6)
    return strips + (centred(frame, attached, Face.ITALIC, size=BODY, smallest=11, gap=0.6) if attached else [])


def field_strip(
    frame: Frame,
    fields: Sequence[tuple[str, str]],
    *,
    shares: Sequence[float] = (),
    gap: float = 1.4,
    size: float = BODY,
) -> Strip:
    """Labels with their values side by side in one line; dots to write on where a value is not known."""
    parts = shares or [1 / len(fields)] * len(fields)
    places: list[tuple[float, float, str, Fitted | None]] = []
    x, lines = frame.left, 1.0
    for (label, value), share in zip(fields, parts, strict=True):
        end = x + frame.room * share
        start = x + width(nfc(label), Face.REGULAR, size) + 1.6
        fitted = fit(value, Face.REGULAR, size, max(end - start - 2, 8), smallest=size - 3, lines=2) if value else None
        if fitted:
            lines = max(lines, len(fitted.lines) * fitted.size / size)
        places.append((x, end, label, fitted))
        x = end
    step = size * LEADING * POINT
    high = step * lines + 0.8

    def draw(pen: Pen, top: float) -> None:
        y = top + step * 0.78
        for left, end, label, fitted in places:
            pen.text(left, y, label, Face.REGULAR, size)
            start = left + width(nfc(label), Face.REGULAR, size) + 1.6
            if fitted:
                pen.lines(start, y, fitted, Face.REGULAR)
            else:
                pen.dots(start, end - (2 if end < frame.end - 1 else 0), y)

    return Strip(high, draw, gap)


def country_strip(frame: Frame = PORTRAIT) -> Strip:
    """Name of the country and motto in the middle: the head of a citizen's paper."""

    def draw(pen: Pen, top: float) -> None:
        pen.centred(frame.middle, top + 4.1, COUNTRY, Face.BOLD, BODY)
        pen.centred(frame.middle, top + 9.7, MOTTO, Face.BOLD, _TITLE)
        half = width(MOTTO, Face.BOLD, _TITLE) / 2
        pen.rule(frame.middle - half, frame.middle + half, top + 11.6, weight=0.7)

    return Strip(13.5, draw)

"""Papers of livelihoods, training and work abroad: every one is drawn from its blocks, by the rules of the letters."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from casemgr.domain.case_papers import (
    A5,
    LANDSCAPE,
    MINUTES,
    MOTTO,
    OFFICE,
    PHONE,
    Block,
    CasePaperContent,
    Facts,
    Grid,
    Heading,
    Text,
    blocks,
    signers,
)
from casemgr.domain.papers import Letterhead, Signing
from casemgr.reports.fitting import fit
from casemgr.reports.fonts import Face, nfc, width
from casemgr.reports.layout import BODY, LINE
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import Run, centred, dotted, paragraph
from casemgr.reports.letters import (
    addressee,
    basis_strips,
    closing,
    country_strip,
    ended,
    field_strip,
    head_strip,
    mark_of,
    new_paper,
    signature_at_right,
    signatures,
    title_strips,
)
from casemgr.reports.pen import Pen
from casemgr.reports.strips import LANDSCAPE as LANDSCAPE_FRAME
from casemgr.reports.strips import PORTRAIT, Frame, Strip, pour

_FRAMES = {
    LANDSCAPE: (LANDSCAPE_FRAME, BODY),
    A5: (Frame((148.0, 210.0), top=15, bottom=15, left=20, right=12), 11.0),
    PHONE: (Frame((100.0, 178.0), top=8, bottom=8, left=8, right=8), 10.0),
}
"""Page and size of the text, by the word of the layout; else a letter's."""

_PHOTO = (40.0, 60.0)
_DOTS = 26.0
"""Room to write on at least, in millimetres."""
_GAP = 2.0
_ABREAST = 3
"""So many people sign beside each other."""
_WIDEST = 62.0
_CELL = 3.6
"""Free room in a cell, in millimetres."""
_SHORT = 14


def render_case_paper(content: CasePaperContent) -> bytes:
    """The paper as PDF."""
    wording = content.wording
    frame, size = next((_FRAMES[word] for word in wording.layout if word in _FRAMES), (PORTRAIT, BODY))
    title, subject = content.text(wording.title), content.text(wording.subject)
    head = _head(content)
    paper = new_paper(head, " ".join(filter(None, (wording.title, wording.subject if not wording.title else ""))))
    strips = _opening(frame, content, head, title, subject, size)
    for line in wording.addressee:
        strips += addressee(frame, content.text(line))
    strips += basis_strips(frame, [content.text(line) for line in wording.basis])
    for place, line in enumerate(wording.opening):
        strips += paragraph(frame, content.text(line), size=size, gap=5 if place == 0 else _GAP)
    first = 5.0
    for block in blocks(content):
        strips += _block(frame, block, size, first)
        first = _GAP if size >= BODY else 1.0
    strips += _closing(frame, content, size)
    plain = _no_number if PHONE in wording.layout else None
    pour(paper, frame, strips, mark=mark_of(head), above=plain)
    return paper.finish()


def _no_number(_pen: Pen, _page: int) -> None:
    """A slip has no room above its text."""


def _head(content: CasePaperContent) -> Letterhead:
    """The head as it stands: minutes tell day and place in their text."""
    head = content.head
    if MINUTES not in content.wording.layout:
        return head
    return Letterhead(
        head.agency_lines, "", head.symbol, head.number, head.draft, head.sample, head.draft_mark, head.sample_mark
    )


def _opening(
    frame: Frame, content: CasePaperContent, head: Letterhead, title: str, subject: str, size: float
) -> list[Strip]:
    layout = content.wording.layout
    if PHONE in layout:  # a slip for the hand: the country's name has no room on it
        agency = centred(frame, head.agency_lines[-1], size=9, smallest=7, gap=0)
        return [*agency, *centred(frame, title, size=12, gap=2), *centred(frame, subject, size=size, gap=0.5)]
    if content.wording.photo:
        return [country_strip(frame), _photo(frame, content.text(content.wording.photo), title, subject)]
    if MOTTO in layout:
        return [country_strip(frame), *title_strips(frame, title, subject)]
    if not title:
        return [head_strip(frame, head, about=subject)]
    return [head_strip(frame, head), *title_strips(frame, title, subject)]


def _photo(frame: Frame, label: str, title: str, subject: str) -> Strip:
    """The box for a photograph at the left, the title beside it in the middle of the page."""
    wide, high = _PHOTO
    texts = [fit(text, Face.BOLD, 15, frame.room - 2 * wide - 4, smallest=12, lines=2) for text in (title, subject)]

    def draw(pen: Pen, top: float) -> None:
        pen.frame(frame.left, top, wide, high)
        shown = fit(label, Face.ITALIC, 11, wide - 4, smallest=9, lines=2)
        pen.lines(frame.left + wide / 2, top + high / 2, shown, Face.ITALIC, centred=True)
        y = top + high / 2
        for text in texts:
            y = pen.lines(frame.middle, y, text, Face.BOLD, centred=True) + 7

    return Strip(high, draw, gap=6)


def _block(frame: Frame, block: Block, size: float, gap: float) -> list[Strip]:
    match block:
        case Heading(text):
            return paragraph(frame, text, face=Face.BOLD, size=size, indent=0, gap=max(gap, 3.2), keep=True)
        case Facts(pairs):
            return _facts(frame, pairs, size, gap)
        case Grid():
            return _grid(frame, block)
        case Text(text):
            return paragraph(frame, text, size=size, gap=gap)


def _facts(frame: Frame, pairs: Sequence[tuple[str, str]], size: float, gap: float) -> list[Strip]:
    """Beside each other where they have room, else below each other; a long value runs over several lines."""
    needs = [_need(label, value, size) for label, value in pairs]
    if len(pairs) > 1 and sum(needs) > frame.room:
        strips: list[Strip] = []
        for place, pair in enumerate(pairs):
            strips += _facts(frame, [pair], size, gap if place == 0 else _GAP)
        return strips
    if len(pairs) == 1 and needs[0] > frame.room:
        label, value = pairs[0]
        written = [] if value else dotted(frame, 1, size=size)
        told = paragraph(frame, [Run(label), Run(value)], size=size, indent=0, gap=gap, keep=bool(written))
        return [*told, *written]
    spare = (frame.room - sum(needs)) / len(needs)
    shares = [(need + spare) / frame.room for need in needs]
    if len(shares) == 2 and needs[0] <= frame.room * 0.55 and needs[1] <= frame.room * 0.45:
        shares = [0.55, 0.45]  # columns below each other
    return [field_strip(frame, pairs, shares=shares, gap=gap, size=size)]


def _need(label: str, value: str, size: float) -> float:
    written = width(nfc(value), Face.REGULAR, size) if value else _DOTS
    return width(nfc(label), Face.REGULAR, size) + written + 4.6


def _grid(frame: Frame, grid: Grid) -> list[Strip]:
    """The table; columns get the width of what they hold, short ones stand in the middle."""
    size = 11.0
    columns = []
    for place, heading in enumerate(grid.headings):
        cells = [row[place] for row in grid.rows]
        words = [*heading.split(), *(word for cell in cells for word in cell.split())]
        least = max(width(nfc(word), Face.BOLD, size) for word in words) + _CELL
        wanted = max(
            width(nfc(heading), Face.BOLD, size) / 2, *(width(nfc(cell), Face.REGULAR, size) for cell in ("", *cells))
        )
        short = all(len(cell) <= _SHORT for cell in cells) and any(cells)
        columns.append(Col(heading, max(least, min(wanted + _CELL, _WIDEST)), centred=short))
    return table(frame, columns, [Row(row) for row in grid.rows], size=size, smallest=8.5, row=7.2, gap=2)


def _closing(frame: Frame, content: CasePaperContent, size: float) -> list[Strip]:
    wording = content.wording
    office = OFFICE in wording.layout
    letter = bool(wording.symbol) and office
    strips: list[Strip] = []
    for place, line in enumerate(wording.closing):
        last = place == len(wording.closing) - 1
        text = content.text(line)
        strips += paragraph(frame, ended(text) if letter and last else text, size=size, gap=3, keep=last)
    signing = signers(content)
    dated = content.head.place_line if MOTTO in wording.layout and MINUTES not in wording.layout else ""
    if wording.confirms or not office:
        strips += _signed(frame, signing, dated, size)
        for place, line in enumerate(wording.confirms):
            told = paragraph(frame, content.text(line), size=size, gap=5 if place == 0 else _GAP)
            strips += [replace(strip, keep=True) for strip in told]
        if office:
            strips.append(signature_at_right(frame, content.head.place_line, content.signing))
    elif signing:
        strips += _signed(frame, (*signing, content.signing), dated, size)
    else:
        recipients = [content.text(line) for line in wording.recipients]
        strips.append(closing(frame, wording.recipients_label, recipients, content.signing))
    if wording.remark:
        strips += paragraph(frame, content.text(wording.remark), face=Face.ITALIC, size=10, indent=0, gap=6)
    return strips


def _signed(frame: Frame, signing: Sequence[Signing], dated: str, size: float) -> list[Strip]:
    """People who sign, some beside each other; one alone at the right, below place and day."""
    if not signing:
        return []
    if len(signing) == 1:
        return [signature_at_right(frame, dated, signing[0])]
    strips = [_place(frame, dated)] if dated else []
    wide = 2 if len(signing) == 2 * (_ABREAST - 1) else _ABREAST
    space = 24.0 if size >= BODY else 18.0
    for start in range(0, len(signing), wide):
        strips.append(signatures(frame, signing[start : start + wide], gap=4, space=space))
    return strips


def _place(frame: Frame, text: str) -> Strip:
    room = frame.room * 0.5
    return Strip(LINE, partial(_draw_place, text, frame.end - room / 2, room), gap=4, keep=True)


def _draw_place(text: str, middle: float, room: float, pen: Pen, top: float) -> None:
    fitted = fit(text, Face.ITALIC, BODY, room, smallest=10)
    pen.lines(middle, top + 4.1, fitted, Face.ITALIC, centred=True)

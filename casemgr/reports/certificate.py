"""The certificate of a poor or near-poor household as PDF: members on the front of an A4 sheet, years on the back.

The copies of the form that could be read do not say the paper size, the number of yearly blocks or how part II is
laid out; those are our choice until the original annex is at hand: a first page with the members, and a last page
whose blocks never move, so that the next year can be printed on the existing paper.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from casemgr.domain.certificates import CertificateContent
from casemgr.reports.certificate_blocks import HIGH, blocks_top, draw_block, draw_empty_block
from casemgr.reports.certificate_members import Row, draw_grid, draw_rows, empty_row, head_height, member_row
from casemgr.reports.codes import draw_qr
from casemgr.reports.fitting import fit
from casemgr.reports.fonts import MM, Face, width
from casemgr.reports.layout import (
    A4,
    BODY,
    BOTTOM,
    INDENT,
    LEFT,
    PARAGRAPH_GAP,
    RIGHT,
    TOP,
    Head,
    Paper,
    agency_middle,
    draw_head,
    draw_mark,
    draw_page_number,
    draw_place,
)
from casemgr.reports.pen import POINT

QR_SIDE = 28.0
"""Side of the QR box, wide enough for a signed text of 250 signs."""

_ROOM = A4[0] - LEFT - RIGHT
_FOOT = A4[1] - BOTTOM
_QR_TOP = _FOOT - QR_SIDE
_SECOND_COLUMN = LEFT + 112
_FIELD_STEP = 7.2


@dataclass(frozen=True)
class _Places:
    """Baselines that follow from the fixed words of page 1."""

    number: float
    fields: float


class _Press:
    """One file being printed; what certificates have in common is drawn once and placed on every page."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.pen = paper.pen
        self._forms: dict[Hashable, str] = {}
        self._places: dict[Hashable, _Places] = {}

    def print(self, content: CertificateContent) -> None:
        """Add all pages of a certificate."""
        rows = _rows(content)
        table_top = self._front(content)
        room = _QR_TOP - 3 - table_top - head_height(short=False)
        first, rest = _split(rows, room)
        self._table(content, first, table_top, short=False)
        self._qr(content)
        self.paper.end_page()
        page = 2
        above = blocks_top(content.slots) - 10 - TOP - head_height(short=True) - 6
        while rest and sum(row.high for row in rest) > above:
            self._begin_page(content, page)
            part, rest = _split(rest, _FOOT - TOP - 8 - head_height(short=True))
            self._continued(content, part)
            self.paper.end_page()
            page += 1
        self._begin_page(content, page)
        if rest:
            self._continued(content, rest)
        self._results(content, legend=not rest)
        self.paper.end_page()

    def _shared(self, key: Hashable, draw: Callable[[], None], *, down: float = 0) -> None:
        """Place what `draw` draws, lower by `down`; it is drawn into the file only the first time."""
        name = self._forms.get(key)
        canvas = self.paper.canvas
        if name is None:
            name = self._forms[key] = f"form{len(self._forms)}"
            canvas.beginForm(name, 0, 0, A4[0] * MM, A4[1] * MM)
            draw()
            canvas.endForm()
        canvas.saveState()
        canvas.translate(0, -down * MM)
        canvas.doForm(name)
        canvas.restoreState()

    def _begin_page(self, content: CertificateContent, page: int) -> None:
        draw_mark(self.pen, _mark(content), A4)
        draw_page_number(self.pen, page, A4[0])
        if content.number:
            self.pen.right(A4[0] - RIGHT, 13, content.number, Face.ITALIC, 10)

    def _front(self, content: CertificateContent) -> float:
        """Page 1 down to the member table; gives the upper edge of the table."""
        draw_mark(self.pen, _mark(content), A4)
        key = (content.wording, content.parent_line, content.agency_lines, content.place_line)
        self._shared(key, lambda: self._places.update({key: self._fixed_front(content)}))
        places = self._places[key]
        number = content.number or f"………/{content.symbol}"
        fitted = fit(f"Số: {number}", Face.REGULAR, BODY, _ROOM * 0.4, smallest=10)
        self.pen.lines(agency_middle(LEFT, _ROOM), places.number, fitted, Face.REGULAR, centred=True)
        return self._fields(content, places.fields) + 4.5

    def _fixed_front(self, content: CertificateContent) -> _Places:
        pen, wording = self.pen, content.wording
        number_y = draw_head(
            pen, Head(content.parent_line, content.agency_lines, content.place_line), left=LEFT, room=_ROOM
        )
        draw_place(pen, content.place_line, number_y, left=LEFT, room=_ROOM)
        title = fit(wording.title, Face.BOLD, 15, _ROOM, smallest=13, lines=2)
        y = pen.lines(LEFT + _ROOM / 2, number_y + 14, title, Face.BOLD, centred=True) + 9.5
        step = BODY * 1.18 * POINT
        for line in wording.basis:
            y = pen.paragraph(LEFT, y, line, Face.ITALIC, BODY, room=_ROOM, indent=INDENT, leading=1.18)
            y += step + PARAGRAPH_GAP - 1
        y = pen.paragraph(LEFT, y, wording.certify, Face.REGULAR, BODY, room=_ROOM, indent=INDENT, leading=1.18)
        fields = y + step + PARAGRAPH_GAP + 1.2
        pen.text(LEFT, fields, wording.head_label, Face.REGULAR, BODY)
        pen.text(_SECOND_COLUMN, fields, wording.ethnic_label, Face.REGULAR, BODY)
        pen.text(LEFT, fields + _FIELD_STEP, wording.id_label, Face.REGULAR, BODY)
        pen.text(_SECOND_COLUMN, fields + _FIELD_STEP, wording.id_date_label, Face.REGULAR, BODY)
        pen.text(LEFT, fields + 2 * _FIELD_STEP, wording.residence_label, Face.REGULAR, BODY)
        return _Places(number_y, fields)

    def _fields(self, content: CertificateContent, y: float) -> float:
        """What is written after the labels; gives the baseline of the heading of part I."""
        wording, end = content.wording, A4[0] - RIGHT
        self._field(wording.head_label, content.head_name, LEFT, y, _SECOND_COLUMN - 4, face=Face.BOLD)
        self._field(wording.ethnic_label, content.head_ethnic, _SECOND_COLUMN, y, end)
        y += _FIELD_STEP
        self._field(wording.id_label, content.id_number, LEFT, y, _SECOND_COLUMN - 4)
        self._field(wording.id_date_label, content.id_issued_on, _SECOND_COLUMN, y, end)
        y += _FIELD_STEP
        y = self._field(wording.residence_label, content.residence, LEFT, y, end, grow=True)
        y += 9
        self.pen.text(LEFT, y, wording.members_heading, Face.BOLD, BODY)
        return y - 1.2

    def _field(
        self, label: str, value: str, x: float, y: float, end: float, *, face: Face = Face.REGULAR, grow: bool = False
    ) -> float:
        """Write a value after its label, or dots where nothing is known; gives the last baseline."""
        start = x + width(label, Face.REGULAR, BODY) + 1.8
        if not value:
            self.pen.dots(start, end, y)
            return y
        fitted = fit(value, face, BODY, end - start, smallest=11 if grow else 9, lines=2)
        step = fitted.size * 1.18 * POINT
        lift = 0 if grow else (len(fitted.lines) - 1) * step * 0.6
        return max(y, self.pen.lines(start, y - lift, fitted, face))

    def _table(self, content: CertificateContent, rows: Sequence[Row], top: float, *, short: bool) -> None:
        shape = tuple((row.high, row.spanning is not None) for row in rows)
        key = (content.wording, round(top, 3), shape, short)
        self._shared(key, lambda: draw_grid(self.pen, content.wording, top, shape, short=short))
        draw_rows(self.pen, rows, top + head_height(short=short))

    def _continued(self, content: CertificateContent, rows: Sequence[Row]) -> None:
        self.pen.text(LEFT, TOP + 3, content.wording.members_continued, Face.BOLD, BODY)
        self._table(content, rows, TOP + 6, short=True)

    def _qr(self, content: CertificateContent) -> None:
        if content.qr:
            draw_qr(self.pen, LEFT, _QR_TOP, QR_SIDE, content.qr)
        else:
            self.pen.canvas.addLiteral("q [3 2] 0 d")
            self.pen.frame(LEFT, _QR_TOP, QR_SIDE, QR_SIDE)
            self.pen.canvas.addLiteral("Q")
        note = fit(content.wording.qr_note, Face.ITALIC, 10, 60, smallest=9, lines=3)
        self.pen.lines(LEFT + QR_SIDE + 3, _FOOT - 3 - 4.2 * (len(note.lines) - 1), note, Face.ITALIC)

    def _results(self, content: CertificateContent, *, legend: bool) -> None:
        key = ("results", content.wording, content.slots, legend)
        self._shared(key, lambda: self._fixed_results(content, legend=legend))
        for place in range(content.slots):
            dotted = place >= len(content.blocks)
            top = blocks_top(content.slots) + place * HIGH
            draw = partial(draw_empty_block, self.pen, content.wording, dotted=dotted)
            self._shared(("block", content.wording, dotted), draw, down=top)
        for place in range(len(content.blocks)):
            draw_block(self.pen, content, place)

    def _fixed_results(self, content: CertificateContent, *, legend: bool) -> None:
        wording, pen, top = content.wording, self.pen, blocks_top(content.slots)
        heading = fit(wording.results_heading, Face.BOLD, BODY, _ROOM, smallest=11)
        if not (legend and wording.legend):
            pen.lines(LEFT, top - 3.5, heading, Face.BOLD)
            return
        pen.lines(LEFT, TOP + 5, heading, Face.BOLD)
        pen.text(LEFT, TOP + 11.5, wording.legend, Face.ITALIC, 11)
        rows = -(-len(wording.indicators) // 2)
        step = min(5.0, (top - TOP - 20) / rows)
        for number, name in enumerate(wording.indicators):
            column, row = divmod(number, rows)
            x, y = LEFT + 2 + column * _ROOM / 2, TOP + 16.8 + row * step
            line = fit(f"{number + 1}. {name}", Face.REGULAR, 11, _ROOM / 2 - 4, smallest=9)
            pen.lines(x, y, line, Face.REGULAR)


def _mark(content: CertificateContent) -> str:
    if content.sample:
        return content.wording.sample_mark
    return content.wording.draft_mark if content.draft else ""


def _rows(content: CertificateContent) -> list[Row]:
    rows = [member_row(order, member) for order, member in enumerate(content.members, 1)]
    return rows + [empty_row()] * (content.member_rows - len(rows))


def _split(rows: Sequence[Row], room: float) -> tuple[list[Row], list[Row]]:
    """The rows that fit into the room, at least one, and the rest."""
    used = 0.0
    for count, row in enumerate(rows):
        used += row.high
        if used > room and count:
            return list(rows[:count]), list(rows[count:])
    return list(rows), []


def _paper(content: CertificateContent, *, many: bool) -> Paper:
    title = content.wording.title if many or not content.number else f"{content.wording.title} {content.number}"
    return Paper(title=title, author=" ".join(content.agency_lines), two_sided=True)


def render_certificates(contents: Iterable[CertificateContent]) -> bytes:
    """Many certificates in one file, one after the other."""
    all_contents = list(contents)
    if not all_contents:
        message = "nothing to print"
        raise ValueError(message)
    press = _Press(_paper(all_contents[0], many=len(all_contents) > 1))
    for content in all_contents:
        if content.only_block is None:
            press.print(content)
        else:
            _overprint(press.paper, content, content.only_block, 0, 0)
    return press.paper.finish()


def render_certificate(content: CertificateContent) -> bytes:
    """One certificate: a draft while it has no number, only one yearly block when `only_block` says so."""
    return render_certificates([content])


def render_overprint(content: CertificateContent, year: int, *, right_mm: float = 0, down_mm: float = 0) -> bytes:
    """Only the block of a year, to print on the existing paper; the offsets correct how the printer feeds it."""
    paper = _paper(content, many=False)
    _overprint(paper, content, year, right_mm, down_mm)
    return paper.finish()


def _overprint(paper: Paper, content: CertificateContent, year: int, right_mm: float, down_mm: float) -> None:
    place, _block = content.block(year)
    paper.canvas.translate(right_mm * MM, -down_mm * MM)
    draw_mark(paper.pen, content.wording.sample_mark if content.sample else "", A4)
    draw_block(paper.pen, content, place)
    paper.end_page()

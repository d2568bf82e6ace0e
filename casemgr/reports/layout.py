"""The page of an official paper by Nghị định 30/2020: margins, head, signature, page number, marks across it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from casemgr.reports.fitting import fit
from casemgr.reports.fonts import MM, Face, nfc, register, width
from casemgr.reports.pen import Pen

A4 = (210.0, 297.0)
A4_LANDSCAPE = (297.0, 210.0)

TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
"""Margins in millimetres, inside what the decree allows (20-25, 20-25, 30-35, 15-20)."""

BODY = 13.0
LEADING = 1.2
PARAGRAPH_GAP = 2.2
INDENT = 10.0

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

_AGENCY_SHARE = 0.41
"""Share of the text width for the agency: the name of the country needs 96 mm at 13 points."""

LINE = 5.6
"""Distance of two lines of the head."""


@dataclass(frozen=True)
class Head:
    """The two columns at the top of a paper."""

    parent_line: str
    agency_lines: tuple[str, ...]
    place_line: str


class Paper:
    """A PDF in the making; `finish` gives its bytes, the same bytes for the same drawing."""

    def __init__(self, *, title: str, author: str, size: tuple[float, float] = A4, two_sided: bool = False) -> None:
        register()
        self.wide, self.high = size
        self._buffer = BytesIO()
        self.canvas = Canvas(
            self._buffer,
            pagesize=(self.wide * MM, self.high * MM),
            pageCompression=1,
            invariant=1,
            initialFontName=Face.REGULAR.value,  # type: ignore[arg-type]  # the stub is wrong: it is a name
            lang="vi-VN",
        )
        self.canvas.setTitle(nfc(title))
        self.canvas.setAuthor(nfc(author))
        self.canvas.setSubject(nfc(title))
        self.canvas.setCreator("casemgr")
        self.canvas.setViewerPreference("PrintScaling", "None")
        if two_sided:
            self.canvas.setViewerPreference("Duplex", "DuplexFlipLongEdge")
        self.pen = Pen(self.canvas, self.high)

    @property
    def room(self) -> float:
        """Width of the text."""
        return self.wide - LEFT - RIGHT

    def end_page(self) -> None:
        """Close the page; the next drawing starts a new one."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """The whole file."""
        self.canvas.save()
        return self._buffer.getvalue()


def draw_head(pen: Pen, head: Head, *, left: float, room: float, top: float = TOP) -> float:
    """Draw agency and country side by side; gives the baseline for the number and the date."""
    agency_room = room * _AGENCY_SHARE
    agency_middle = left + agency_room / 2
    country_middle = left + agency_room + (room - agency_room) / 2
    baseline = top + 4.1
    lines = [(head.parent_line, Face.REGULAR)] if head.parent_line else []
    lines += [(line, Face.BOLD) for line in head.agency_lines]
    y, last = baseline, 0.0
    for text, face in lines:
        fitted = fit(text, face, 13, agency_room - 2, smallest=11, lines=2)
        end = pen.lines(agency_middle, y, fitted, face, centred=True)
        last = max(width(line, face, fitted.size) for line in fitted.lines)
        y = end + LINE
    agency_end = y - LINE
    pen.rule(agency_middle - last / 5, agency_middle + last / 5, agency_end + 1.9, weight=0.7)
    country = fit(COUNTRY, Face.BOLD, 13, room - agency_room, smallest=12)
    pen.lines(country_middle, baseline, country, Face.BOLD, centred=True)
    pen.centred(country_middle, baseline + LINE, MOTTO, Face.BOLD, 14)
    half = width(MOTTO, Face.BOLD, 14) / 2
    pen.rule(country_middle - half, country_middle + half, baseline + LINE + 1.9, weight=0.7)
    return max(agency_end, baseline + LINE) + 9.2


def agency_middle(left: float, room: float) -> float:
    """The middle of the agency's column, where the number stands."""
    return left + room * _AGENCY_SHARE / 2


def draw_place(pen: Pen, place_line: str, y: float, *, left: float, room: float) -> None:
    """Draw place and date, in italics under the name of the country."""
    column = room * (1 - _AGENCY_SHARE)
    fitted = fit(place_line, Face.ITALIC, 14, column, smallest=12, lines=2)
    pen.lines(left + room - column / 2, y, fitted, Face.ITALIC, centred=True)


def draw_signature(
    pen: Pen, middle: float, y: float, room: float, *, titles: Sequence[str], name: str, space: float, size: float = 13
) -> float:
    """Draw title lines, room to sign and stamp, and the name; gives the last baseline."""
    for title in titles:
        fitted = fit(title, Face.BOLD, size, room, smallest=size - 3, lines=2)
        y = pen.lines(middle, y, fitted, Face.BOLD, centred=True) + 5.3
    y += space
    fitted = fit(name, Face.BOLD, size, room, smallest=size - 3, lines=2)
    return pen.lines(middle, y, fitted, Face.BOLD, centred=True)


def draw_page_number(pen: Pen, number: int, wide: float) -> None:
    """Draw the number in the middle of the top margin; never called for page 1."""
    pen.centred(wide / 2, 13, str(number), Face.REGULAR, 13)


def draw_mark(pen: Pen, mark: str, size: tuple[float, float]) -> None:
    """Draw a pale word across the page, behind everything that is drawn after it."""
    if not mark:
        return
    wide, high = size
    points = 150 * min(1, 210 / width(nfc(mark), Face.BOLD, 150))
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillGray(0.89)
    canvas.translate(wide / 2 * MM, high / 2 * MM)
    canvas.rotate(52)
    canvas.setFont(Face.BOLD.value, points)
    canvas.drawCentredString(0, -points / 3, nfc(mark))
    canvas.restoreState()

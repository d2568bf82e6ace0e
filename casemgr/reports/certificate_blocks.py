"""The yearly blocks of the certificate: what is on the empty paper, and what a year adds at the same place."""

from casemgr.domain.certificates import CertificateContent, CertificateWording, YearBlock, day_text, month_text
from casemgr.domain.households import HouseholdClass
from casemgr.reports.fitting import fit
from casemgr.reports.fonts import Face, width
from casemgr.reports.layout import A4, BOTTOM, LEFT, RIGHT, draw_signature
from casemgr.reports.pen import Pen

HIGH = 51.0
"""Height of one block; their places never move, or a later year could not be printed on a paper issued before."""

_WIDE = A4[0] - LEFT - RIGHT
_SPLIT = 74.0
_INSET = 4.0
_BOX = 5.0
_CLASS_BOX = 6.2
_PER_ROW = 6
_CLASS_Y = 13.0
_BOXES_Y = (34.2, 42.2)
_YEAR_SIZE = 14.0
_DATE_SIZE = 13.0
_DATE_Y = 7.5
_NAME_Y = 47.8


def blocks_top(slots: int) -> float:
    """Where the first block starts: the last one ends at the bottom margin."""
    return A4[1] - BOTTOM - slots * HIGH


def draw_empty_block(pen: Pen, wording: CertificateWording, *, dotted: bool) -> None:
    """Draw frame and fixed words of a block at the top of the page, with dots to write on while it is empty."""
    _draw_empty(pen, wording, 0, dotted=dotted)


def draw_block(pen: Pen, content: CertificateContent, place: int) -> None:
    """Draw what the confirmation of a year adds to its empty block."""
    block = content.blocks[place]
    top = blocks_top(content.slots) + place * HIGH
    century = f"{content.wording.year_label} {block.year // 100}"
    year = f"{block.year % 100:02d}"
    pen.text(_year_x(content.wording) + width(century, Face.BOLD, _YEAR_SIZE), top + 8, year, Face.BOLD, _YEAR_SIZE)
    _draw_date_numbers(pen, block, top + _DATE_Y)
    class_x = _class_boxes(content.wording)[block.value is HouseholdClass.NEAR_POOR]
    pen.cross(class_x, top + _CLASS_Y, _CLASS_BOX)
    boxes = _indicator_boxes(len(content.wording.indicators), top)
    for number in block.deprivations:
        x, y = boxes[number - 1]
        pen.cross(x, y, _BOX)
    middle = LEFT + _SPLIT + (_WIDE - _SPLIT) / 2
    titles = len(block.title_lines)
    space = _NAME_Y - 23.6 - titles * 5.3
    draw_signature(
        pen,
        middle,
        top + 23.6,
        _WIDE - _SPLIT - 2 * _INSET,
        titles=block.title_lines,
        name=block.signatory,
        space=space,
    )


def _year_x(wording: CertificateWording) -> float:
    return LEFT + (_SPLIT - width(f"{wording.year_label} 2026", Face.BOLD, _YEAR_SIZE)) / 2


def _class_boxes(wording: CertificateWording) -> tuple[float, float]:
    """Left edges of the boxes of poor and near-poor."""
    labels = [width(label, Face.BOLD, 13) for label in (wording.poor_label, wording.near_poor_label)]
    between = 12.0
    whole = sum(labels) + 2 * (2 + _CLASS_BOX) + between
    first = LEFT + (_SPLIT - whole) / 2 + labels[0] + 2
    return first, first + _CLASS_BOX + between + labels[1] + 2


def _indicator_boxes(count: int, top: float) -> list[tuple[float, float]]:
    """Corners of the boxes in the order of their numbers: odd numbers above, even numbers below, as on the form."""
    rows = len(_BOXES_Y)
    columns = max(_PER_ROW, -(-count // rows))
    step = (_SPLIT - _INSET) / columns
    return [(LEFT + (index // rows + 1) * step - _BOX, top + _BOXES_Y[index % rows]) for index in range(count)]


_DATE_WORDS = ("ngày ", " tháng ", " năm 20")


def _gap() -> float:
    """Room for two digits."""
    return width("00", Face.ITALIC, _DATE_SIZE) + 1.0


def _date_places() -> list[tuple[float, float]]:
    """Of each word of the date: where it starts, and where the gap after it starts."""
    gap = _gap()
    words = [width(word, Face.ITALIC, _DATE_SIZE) for word in _DATE_WORDS]
    x = LEFT + _SPLIT + (_WIDE - _SPLIT - sum(words) - 3 * gap) / 2
    places = []
    for word in words:
        places.append((x, x + word))
        x += word + gap
    return places


def _draw_date_numbers(pen: Pen, block: YearBlock, y: float) -> None:
    day = block.confirmed_on
    places = [end for _start, end in _date_places()]
    for end, number in zip(places, (day_text(day), month_text(day)), strict=False):
        pen.centred(end + _gap() / 2, y, number, Face.ITALIC, _DATE_SIZE)
    pen.text(places[-1], y, f"{day.year % 100:02d}", Face.ITALIC, _DATE_SIZE)


def _draw_empty(pen: Pen, wording: CertificateWording, top: float, *, dotted: bool) -> None:
    pen.frame(LEFT, top, _WIDE, HIGH)
    pen.post(LEFT + _SPLIT, top, top + HIGH)
    year_x = _year_x(wording)
    century = f"{wording.year_label} 20"
    pen.text(year_x, top + 8, century, Face.BOLD, _YEAR_SIZE)
    if dotted:
        start = year_x + width(century, Face.BOLD, _YEAR_SIZE)
        pen.dots(start, start + width("00", Face.BOLD, _YEAR_SIZE), top + 8)
    for label, x in zip((wording.poor_label, wording.near_poor_label), _class_boxes(wording), strict=True):
        pen.right(x - 2, top + _CLASS_Y + 4.7, label, Face.BOLD, 13)
        pen.frame(x, top + _CLASS_Y, _CLASS_BOX, _CLASS_BOX, weight=0.8)
    explained = fit(wording.deprivations_label, Face.REGULAR, 12, _SPLIT - 2 * _INSET, smallest=10.5, lines=2)
    pen.lines(LEFT + _SPLIT / 2, top + 26, explained, Face.REGULAR, centred=True)
    boxes = _indicator_boxes(len(wording.indicators), top)
    for number, (x, y) in enumerate(boxes, 1):
        pen.right(x - 0.8, y + 3.8, str(number), Face.REGULAR, 11)
    pen.frames(((x, y, _BOX, _BOX) for x, y in boxes), weight=0.8)
    _draw_empty_signature(pen, wording, top, dotted=dotted)


def _draw_empty_signature(pen: Pen, wording: CertificateWording, top: float, *, dotted: bool) -> None:
    for word, (start, end) in zip(_DATE_WORDS, _date_places(), strict=True):
        pen.text(start, top + _DATE_Y, word, Face.ITALIC, _DATE_SIZE)
        if dotted:
            pen.dots(end + 0.3, end + _gap() - 0.3, top + _DATE_Y)
    middle, room = LEFT + _SPLIT + (_WIDE - _SPLIT) / 2, _WIDE - _SPLIT - 2 * _INSET
    confirm = fit(wording.confirm_label, Face.BOLD, 13, room, smallest=11)
    pen.lines(middle, top + 13.2, confirm, Face.BOLD, centred=True)
    sign = fit(wording.sign_label, Face.ITALIC, 12, room, smallest=10)
    pen.lines(middle, top + 18, sign, Face.ITALIC, centred=True)

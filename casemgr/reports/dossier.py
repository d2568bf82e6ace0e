"""A household's dossier as one file: cover, index, tables, then its frozen papers, with bookmarks and page numbers."""

from collections.abc import Sequence
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING

from casemgr.domain.dossiers import DossierContent, DossierPart
from casemgr.reports.fitting import fit
from casemgr.reports.fonts import Face
from casemgr.reports.layout import Paper
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import centred, paragraph, space
from casemgr.reports.letters import field_strip
from casemgr.reports.pen import POINT, Pen
from casemgr.reports.strips import PORTRAIT, Frame, Strip, pour, turn

if TYPE_CHECKING:
    from pikepdf import Page

_FOOT = 9.0
"""Height of the line with the page number above the lower edge, in millimetres."""
_COVER_TOP = 55.0
_NUMBER_SHARE = 12.0
_PAGE_SHARE = 18.0
_WIDE = 60


def render_dossier(content: DossierContent) -> bytes:
    """The whole file."""
    titles = [*(part.heading for part in content.parts), *(paper.title for paper in content.papers)]
    papers = [_pages(paper.pdf) for paper in content.papers]
    _front, lengths = _drawn(content, [(title, 0) for title in titles])
    ahead = 1 + lengths[0]
    counts = [*lengths[1:], *papers]
    starts = [ahead + before for before in accumulate([0, *counts[:-1]])] if counts else []
    front, _lengths = _drawn(content, [(title, start + 1) for title, start in zip(titles, starts, strict=True)])
    marks = [(content.wording.title, 0), (content.wording.index_heading, 1), *zip(titles, starts, strict=True)]
    return _joined(front, content, marks)


def _drawn(content: DossierContent, index: Sequence[tuple[str, int]]) -> tuple[bytes, list[int]]:
    """Cover, index and tables, and how many pages the index and each part take."""
    wording, frame = content.wording, PORTRAIT
    mark = wording.sample_mark if content.sample else ""
    paper = Paper(title=wording.title, author=" ".join(content.agency_lines))
    pour(paper, frame, _cover(frame, content), mark=mark, above=_nothing)
    lengths = [pour(paper, frame, _index(frame, content, index), mark=mark, above=_nothing)]
    lengths += [
        pour(paper, frame, _part(frame, part, content.wording.none), mark=mark, above=_nothing)
        for part in content.parts
    ]
    return paper.finish(), lengths


def _nothing(_pen: Pen, _page: int) -> None:
    """Numbers are put on when everything is joined."""


def _cover(frame: Frame, content: DossierContent) -> list[Strip]:
    wording = content.wording
    strips: list[Strip] = []
    for line in content.agency_lines:
        strips += centred(frame, line, gap=1)
    strips.append(space(_COVER_TOP))
    strips += centred(frame, wording.title, size=24, smallest=16)
    strips += centred(frame, wording.subject, size=16, smallest=12, gap=5)
    strips.append(space(_COVER_TOP / 2))
    for label, value in zip(wording.cover, content.facts, strict=True):
        long = len(value) > _WIDE
        if long:
            strips += paragraph(frame, f"{label} {value}", indent=0, gap=3)
        else:
            strips.append(field_strip(frame, [(label, value)], gap=3))
    strips += paragraph(frame, wording.note, face=Face.ITALIC, size=11, indent=0, gap=_COVER_TOP / 2)
    return strips


def _index(frame: Frame, content: DossierContent, index: Sequence[tuple[str, int]]) -> list[Strip]:
    wording = content.wording
    rest = frame.room - _NUMBER_SHARE - _PAGE_SHARE
    shares = (_NUMBER_SHARE, rest, _PAGE_SHARE)
    columns = [
        Col(heading, share, centred=place != 1)
        for place, (heading, share) in enumerate(zip(wording.index_columns, shares, strict=True))
    ]
    rows = [Row((str(number), title, str(page))) for number, (title, page) in enumerate(index, 1)]
    return [*centred(frame, wording.index_heading, size=14), *table(frame, columns, rows, gap=5)]


def _part(frame: Frame, part: DossierPart, none: str) -> list[Strip]:
    strips = centred(frame, part.heading.upper(), size=14, smallest=12)
    if not part.rows:
        return [*strips, *paragraph(frame, none, face=Face.ITALIC, gap=5)]
    first, *others = part.columns
    widest = [max(len(row[place]) for row in part.rows) for place in range(len(others))]
    shares = [max(10, min(40, length, 60), len(heading) / 2) for length, heading in zip(widest, others, strict=True)]
    columns = [Col(first, 6, centred=True), *(Col(*column) for column in zip(others, shares, strict=True))]
    rows = [Row((str(number), *cells)) for number, cells in enumerate(part.rows, 1)]
    return [*strips, *table(frame, columns, rows, size=11, smallest=8.5, gap=5)]


def _pages(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def _joined(front: bytes, content: DossierContent, marks: Sequence[tuple[str, int]]) -> bytes:
    """All papers after the front, each page numbered at its foot, each part with a bookmark."""
    import pikepdf

    whole = pikepdf.open(BytesIO(front))
    parts = [pikepdf.open(BytesIO(paper.pdf)) for paper in content.papers]  # open until the whole is written
    for part in parts:
        whole.pages.extend(part.pages)
    sizes = [_size(page) for page in whole.pages]
    numbers = pikepdf.open(BytesIO(_numbers(content, sizes)))
    for page, number in zip(whole.pages, numbers.pages, strict=True):
        page.add_overlay(number, pikepdf.Rectangle(page.mediabox))
    with whole.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in marks)
    made = BytesIO()
    whole.save(made, deterministic_id=True)
    for opened in (*parts, numbers, whole):
        opened.close()
    return made.getvalue()


def _size(page: "Page") -> tuple[float, float]:
    box = page.mediabox
    return (float(box[2]) - float(box[0])) * POINT, (float(box[3]) - float(box[1])) * POINT


def _numbers(content: DossierContent, sizes: Sequence[tuple[float, float]]) -> bytes:
    """Pages with nothing but their number."""
    paper = Paper(title=content.wording.title, author="")
    for place, size in enumerate(sizes, 1):
        turn(paper, size)
        if place > 1:
            _draw_number(paper.pen, content.wording.footer, place, len(sizes), size)
        paper.end_page()
    return paper.finish()


def _draw_number(pen: Pen, footer: str, place: int, count: int, size: tuple[float, float]) -> None:
    wide, high = size
    shown = fit(f"{footer} · {place}/{count}", Face.REGULAR, 9, wide / 2, smallest=7)
    pen.right(wide - _FOOT, high - _FOOT, shown.lines[0], Face.REGULAR, shown.size)

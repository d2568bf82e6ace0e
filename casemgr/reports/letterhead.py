"""The head of a paper alone, so that an officer sees her letterhead while she types it."""

from collections.abc import Sequence

from casemgr.reports.fitting import fit
from casemgr.reports.fonts import Face
from casemgr.reports.layout import BODY, LEFT, Head, Paper, agency_middle, draw_head, draw_place

_HIGH = 56.0


def render_head(agency_lines: Sequence[str], number_line: str, place_line: str) -> bytes:
    """The upper strip of an A4 sheet with agency, country, number, place and date, as every paper carries them."""
    paper = Paper(title="", author="", size=(210.0, _HIGH))
    y = draw_head(paper.pen, Head("", tuple(agency_lines), place_line), left=LEFT, room=paper.room)
    fitted = fit(number_line, Face.REGULAR, BODY, paper.room * 0.4, smallest=10)
    paper.pen.lines(agency_middle(LEFT, paper.room), y, fitted, Face.REGULAR, centred=True)
    draw_place(paper.pen, place_line, y, left=LEFT, room=paper.room)
    paper.end_page()
    return paper.finish()

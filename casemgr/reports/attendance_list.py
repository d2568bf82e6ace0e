"""The list participants of an event sign: those noted, and empty lines for those who come unannounced."""

from casemgr.domain.community_papers import AttendanceContent
from casemgr.domain.papers import Signing
from casemgr.reports.fonts import Face
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import paragraph
from casemgr.reports.letters import field_strip, head_strip, mark_of, new_paper, signatures, title_strips
from casemgr.reports.strips import PORTRAIT, Strip, pour

_SHARES = (11.0, 50.0, 21.0, 36.0, 15.0, 25.0, 28.0)
_CENTRED = (True, False, True, False, True, False, False)
_ROW = 9.0
"""High enough to sign in."""


def render_attendance(content: AttendanceContent) -> bytes:
    """The list over as many pages as it takes."""
    wording, frame = content.wording, PORTRAIT
    paper = new_paper(content.head, wording.title)
    strips: list[Strip] = [head_strip(frame, content.head), *title_strips(frame, wording.title, wording.subject)]
    for number, line in enumerate(zip(wording.fields, content.values, strict=True)):
        strips.append(field_strip(frame, [line], gap=5 if number == 0 else 1.4))
    columns = [
        Col(heading, share, middle) for heading, share, middle in zip(wording.columns, _SHARES, _CENTRED, strict=True)
    ]
    rows = [Row((str(number), *cells, "")) for number, cells in enumerate(content.rows, 1)]
    first = len(rows) + 1
    rows += [Row((str(number), *[""] * (len(columns) - 1))) for number in range(first, first + content.blank)]
    strips += table(frame, columns, rows, size=12, smallest=9.5, row=_ROW, gap=4, keep=True)
    strips += paragraph(frame, wording.total, face=Face.BOLD, indent=0, gap=3, keep=True)
    signing = [Signing((title,), "", wording.sign_hint) for title in wording.signers]
    strips.append(signatures(frame, signing, gap=4))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()

"""The notice that posts a list of support for everybody to read: names, hamlets and what is given, nothing else."""

from casemgr.domain.support_papers import SupportPostingContent
from casemgr.reports.fonts import Face
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import paragraph
from casemgr.reports.letters import basis_strips, body, closing, head_strip, mark_of, new_paper, title_strips
from casemgr.reports.strips import PORTRAIT, Strip, pour

_SHARES = (11.0, 52.0, 36.0, 28.0, 42.0)
_CENTRED = (True, False, False, True, False)


def render_support_posting(content: SupportPostingContent) -> bytes:
    """The notice with its list."""
    wording, frame = content.wording, PORTRAIT
    paper = new_paper(content.head, wording.title)
    strips: list[Strip] = [head_strip(frame, content.head), *title_strips(frame, wording.title, wording.subject)]
    strips += basis_strips(frame, wording.basis)
    strips += body(frame, wording.opening, gap=5)
    columns = [Col(*column) for column in zip(wording.columns, _SHARES, _CENTRED, strict=True)]
    rows = [
        Row((str(number), row.head, row.hamlet, row.category, row.what)) for number, row in enumerate(content.rows, 1)
    ]
    strips += table(frame, columns, rows, gap=3)
    strips += paragraph(frame, wording.total, face=Face.BOLD, gap=3)
    for heading, lines in (
        (wording.time_heading, (wording.time,)),
        (wording.place_heading, wording.places),
        (wording.opinion_heading, (wording.opinion,)),
    ):
        strips += paragraph(frame, heading, face=Face.BOLD, keep=True, gap=3)
        strips += body(frame, lines)
    strips += body(frame, wording.closing, closes=True)
    strips.append(closing(frame, wording.recipients_label, wording.recipients, content.signing))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()

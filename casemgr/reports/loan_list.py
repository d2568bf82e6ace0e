"""The list of households that ask for a loan (03/TD) on turned sheets, with the confirmation of the commune."""

from collections.abc import Sequence

from casemgr.domain.ledger_papers import ConfirmedListContent, LoanListContent
from casemgr.domain.papers import Signing
from casemgr.reports.fonts import Face
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import centred, paragraph
from casemgr.reports.letters import closing, head_strip, mark_of, new_paper, signatures, title_strips
from casemgr.reports.strips import LANDSCAPE, Frame, Strip, pour

_SHARES = (11.0, 42.0, 34.0, 46.0, 28.0, 42.0, 30.0, 18.0, 26.0)
_CENTRED = (True, False, True, False, True, False, True, True, False)


def render_loan_list(content: LoanListContent) -> bytes:
    """Every programme and group is a part of the list with its own total."""
    return render_confirmed(content, _SHARES, _CENTRED)


def render_confirmed(content: ConfirmedListContent, shares: Sequence[float], middle: Sequence[bool]) -> bytes:
    """A list in parts, who made it, what the commune confirms, and its signature."""
    wording, frame = content.wording, LANDSCAPE
    paper = new_paper(content.head, wording.title)
    strips: list[Strip] = [head_strip(frame, content.head), *title_strips(frame, wording.title, wording.subject)]
    for place, line in enumerate(wording.opening):
        strips += centred(frame, line, Face.REGULAR, size=13, smallest=11, gap=6 if place == 0 else 1)
    columns = [Col(*column) for column in zip(wording.columns, shares, middle, strict=True)]
    for section in content.sections:
        strips += paragraph(frame, section.heading, face=Face.BOLD, indent=0, gap=5, keep=True)
        rows = [Row((str(number), *cells)) for number, cells in enumerate(section.rows, 1)]
        strips += table(frame, columns, rows, size=11, smallest=8.5, gap=2, keep=True)
        strips += paragraph(frame, section.total, face=Face.BOLD, indent=0, gap=2)
    strips += _signed(frame, content)
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def _signed(frame: Frame, content: ConfirmedListContent) -> list[Strip]:
    wording = content.wording
    made = [Signing((title,), "", wording.sign_hint) for title in wording.signers]
    strips = [signatures(frame, made, gap=5, space=18)] if len(made) > 1 else []
    if wording.confirms:
        strips += paragraph(frame, wording.confirms, indent=0, gap=5, keep=True)
    if len(made) == 1:
        return [*strips, signatures(frame, [*made, content.signing], gap=5)]
    return [*strips, closing(frame, "", (), content.signing)]

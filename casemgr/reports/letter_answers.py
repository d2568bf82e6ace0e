"""Letters of the office: the refusal with its reason, the report to the superior, the plain confirmation."""

from casemgr.domain.papers import ConfirmationContent, RefusalContent, SuperiorContent
from casemgr.reports.fonts import Face
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import centred, paragraph
from casemgr.reports.letters import (
    addressee,
    basis_strips,
    body,
    closing,
    field_strip,
    head_strip,
    mark_of,
    new_paper,
    title_strips,
)
from casemgr.reports.strips import PORTRAIT, Strip, pour


def render_refusal(content: RefusalContent) -> bytes:
    """A công văn has no title, "V/v …" stands below its number; a notice has both."""
    wording, frame = content.wording, PORTRAIT
    paper = new_paper(content.head, wording.subject)
    strips: list[Strip] = [head_strip(frame, content.head, about="" if wording.title else wording.subject)]
    strips += title_strips(frame, wording.title, wording.subject) if wording.title else []
    strips += addressee(frame, wording.addressee)
    strips += body(frame, wording.opening, gap=7)
    strips += paragraph(frame, wording.reason)
    strips += body(frame, wording.closing, closes=True)
    strips.append(closing(frame, wording.recipients_label, wording.recipients, content.signing))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def render_superior_report(content: SuperiorContent) -> bytes:
    """The report with the figures of every hamlet."""
    wording, frame = content.wording, PORTRAIT
    paper = new_paper(content.head, f"{wording.title} {wording.subject}")
    strips = [head_strip(frame, content.head), *title_strips(frame, wording.title, wording.subject)]
    strips += addressee(frame, wording.addressee)
    strips += basis_strips(frame, wording.basis)
    strips += body(frame, wording.opening, gap=6)
    strips += paragraph(frame, wording.figures_heading, face=Face.BOLD, keep=True)
    first, *rest = wording.columns
    columns = [Col(first, 55), *(Col(heading, 110 / len(rest), centred=True) for heading in rest)]
    rows = [Row((row.label, *row.figures)) for row in content.rows]
    rows.append(Row((wording.total, *content.total), bold=True))
    strips += table(frame, columns, rows)
    strips += paragraph(frame, wording.steps_heading, face=Face.BOLD, keep=True, gap=4)
    strips += body(frame, wording.steps)
    strips += body(frame, wording.closing, closes=True)
    strips.append(closing(frame, wording.recipients_label, wording.recipients, content.signing))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def render_confirmation(content: ConfirmationContent) -> bytes:
    """The confirmation; it says itself that it is no official form."""
    wording, frame = content.wording, PORTRAIT
    paper = new_paper(content.head, f"{wording.title} {wording.subject}")
    strips = [head_strip(frame, content.head), *title_strips(frame, wording.title, wording.subject)]
    strips += centred(frame, wording.authority, size=14, gap=6)
    strips += paragraph(frame, wording.confirms, gap=5)
    for label, value in zip(wording.fields, content.values, strict=True):
        strips.append(field_strip(frame, [(label, value)], gap=2))
    strips += body(frame, wording.body, closes=True, gap=4)
    strips.append(closing(frame, wording.recipients_label, wording.recipients, content.signing))
    if wording.not_official:
        strips += paragraph(frame, wording.not_official, face=Face.ITALIC, size=11, indent=0, gap=10)
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()

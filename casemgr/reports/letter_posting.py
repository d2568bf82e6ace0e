"""The notice of posting with the list that hangs in public: name, hamlet, category and number of people, no more."""

from casemgr.domain.filling import put
from casemgr.domain.on_paper import counted
from casemgr.domain.papers import PostingContent, PostingRow
from casemgr.reports.fonts import Face
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import paragraph
from casemgr.reports.letters import annex_title, body, closing, ended, head_strip, mark_of, new_paper, title_strips
from casemgr.reports.strips import PORTRAIT, Frame, Strip, pour

_SHARES = (12.0, 62.0, 40.0, 34.0, 17.0)
_CENTRED = (True, False, False, False, True)


def render_posting(content: PostingContent) -> bytes:
    """The notice and its list in one file."""
    head = content.head
    subject = content.wording.subject_again if content.again else content.wording.subject
    paper = new_paper(head, f"{content.wording.title} {subject}")
    pour(paper, PORTRAIT, _letter(PORTRAIT, content, subject), mark=mark_of(head))
    pour(paper, PORTRAIT, list_strips(PORTRAIT, content, content.wording.attached), mark=mark_of(head))
    return paper.finish()


def list_strips(frame: Frame, content: PostingContent, attached: str) -> list[Strip]:
    """The posted list, with the line that says to which paper it belongs."""
    wording = content.wording
    columns = [
        Col(heading, share, middle) for heading, share, middle in zip(wording.columns, _SHARES, _CENTRED, strict=True)
    ]
    rows = [Row(_cells(number, row)) for number, row in enumerate(content.rows, 1)]
    people = sum(row.people for row in content.rows)
    total = put(wording.total, {"households": counted(len(content.rows)), "people": counted(people)})
    strips = annex_title(frame, wording.annex_label, wording.list_title, attached)
    strips += table(frame, columns, rows, size=13, smallest=10.5, row=7.2, gap=4, keep=True)
    return strips + paragraph(frame, total, face=Face.BOLD, indent=0, gap=3)


def _cells(number: int, row: PostingRow) -> tuple[str, ...]:
    return (str(number), row.head, row.hamlet, row.category, str(row.people))


def _letter(frame: Frame, content: PostingContent, subject: str) -> list[Strip]:
    wording = content.wording
    strips = [head_strip(frame, content.head), *title_strips(frame, wording.title, subject)]
    strips += body(frame, content.wording.opening_again if content.again else wording.opening, gap=6)
    strips += _heading(frame, wording.objects_heading)
    for count in content.counts:
        line = {"households": counted(count.households), "people": counted(count.people), "category": count.category}
        strips += paragraph(frame, put(wording.object_line, line))
    households = sum(count.households for count in content.counts)
    people = sum(count.people for count in content.counts)
    strips += paragraph(
        frame, put(wording.objects_total, {"households": counted(households), "people": counted(people)})
    )
    strips += _heading(frame, wording.time_heading)
    strips += paragraph(frame, wording.time)
    strips += _heading(frame, wording.place_heading)
    for number, place in enumerate(content.places, 1):
        strips += paragraph(frame, f"- {place.rstrip(' ;.')}{'.' if number == len(content.places) else ';'}")
    strips += _heading(frame, wording.opinion_heading)
    strips += paragraph(frame, wording.opinion)
    strips += paragraph(frame, ended(wording.closing), keep=True)
    return [*strips, closing(frame, wording.recipients_label, wording.recipients, content.signing)]


def _heading(frame: Frame, text: str) -> list[Strip]:
    return paragraph(frame, text, face=Face.BOLD, keep=True)

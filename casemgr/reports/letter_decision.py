"""The decision that recognises lists of households (Mẫu số 02), each list an annex with its own page numbers."""

from casemgr.domain.filling import put
from casemgr.domain.on_paper import LISTS, ROMAN, counted
from casemgr.domain.papers import DecisionContent, RecognisedList
from casemgr.reports.fonts import Face
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import centred, paragraph
from casemgr.reports.letters import (
    annex_title,
    article,
    basis_strips,
    closing,
    ended,
    head_strip,
    mark_of,
    new_paper,
    title_strips,
)
from casemgr.reports.strips import LANDSCAPE, PORTRAIT, Frame, Strip, pour

NO_COLUMN = "-"
_SHARES = (9.0, 62.0, 18.0, 48.0, 20.0, 17.0, 17.0, 42.0)
_CENTRED = (True, False, True, False, True, True, True, False)


def render_decision(content: DecisionContent) -> bytes:
    """The decision and its lists in one file; a draft while it has no number."""
    wording, head = content.wording, content.head
    paper = new_paper(head, f"{wording.title} {wording.subject}")
    pour(paper, PORTRAIT, _letter(PORTRAIT, content), mark=mark_of(head))
    for number, listed in enumerate(content.lists):
        label = f"{wording.annex_label} {ROMAN[number]}" if len(content.lists) > 1 else wording.annex_label
        pour(paper, LANDSCAPE, _annex(LANDSCAPE, content, listed, label), mark=mark_of(head))
    return paper.finish()


def _letter(frame: Frame, content: DecisionContent) -> list[Strip]:
    wording = content.wording
    strips = [head_strip(frame, content.head), *title_strips(frame, wording.title, wording.subject)]
    strips += centred(frame, wording.authority, size=14, gap=6)
    strips += basis_strips(frame, wording.basis)
    strips += centred(frame, wording.resolve, size=14, gap=5)
    strips += article(frame, 1, wording.article)
    for place, listed in enumerate(content.lists, 1):
        item = wording.items[LISTS.index(listed.value)].rstrip(" ;.")
        last = place == len(content.lists)
        strips += paragraph(frame, f"{place}. {item}{'.' if last else ';'}" if len(content.lists) > 1 else f"{item}.")
    for number, text in enumerate(wording.articles, 2):
        closes = number == len(wording.articles) + 1
        strips += article(frame, number, ended(text) if closes else text, keep=closes)
    return [*strips, closing(frame, wording.recipients_label, wording.recipients, content.signing)]


def _annex(frame: Frame, content: DecisionContent, listed: RecognisedList, label: str) -> list[Strip]:
    wording = content.wording
    title = wording.annex_titles[LISTS.index(listed.value)]
    shown = [place for place, heading in enumerate(wording.columns) if heading != NO_COLUMN]
    columns = [Col(wording.columns[place], _SHARES[place], _CENTRED[place]) for place in shown]
    rows = []
    for number, row in enumerate(listed.rows, 1):
        cells = (str(number), row.head, row.birth_year, row.hamlet, str(row.people), row.b1, row.b2, row.note)
        rows.append(Row(tuple(cells[place] for place in shown)))
    total = put(wording.total, {"households": counted(len(listed.rows)), "people": counted(listed.people)})
    strips = annex_title(frame, label, title, wording.attached)
    strips += table(frame, columns, rows, gap=4, keep=True)
    return strips + paragraph(frame, total, face=Face.BOLD, indent=0, gap=3)

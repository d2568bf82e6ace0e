"""The posted list alone, as it is pinned to the board of a hamlet: its dates below, and the chairman's signature."""

from casemgr.domain.papers import PostingContent
from casemgr.reports.fonts import Face
from casemgr.reports.letter_posting import list_strips
from casemgr.reports.letter_text import paragraph, space
from casemgr.reports.letters import closing, head_strip, mark_of, new_paper
from casemgr.reports.strips import PORTRAIT, Strip, pour


def render_posting_list(content: PostingContent) -> bytes:
    """The list with the office's head; it holds what the notice's annex holds."""
    paper = new_paper(content.head, content.wording.list_title)
    strips: list[Strip] = [head_strip(PORTRAIT, content.head), space(5)]
    strips += list_strips(PORTRAIT, content, "")
    if content.wording.sheet_note:
        strips += paragraph(PORTRAIT, content.wording.sheet_note, face=Face.ITALIC, indent=0, keep=True)
    strips.append(closing(PORTRAIT, "", (), content.signing))
    pour(paper, PORTRAIT, strips, mark=mark_of(content.head))
    return paper.finish()

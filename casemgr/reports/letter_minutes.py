"""The minutes of a residents' meeting: one text, as many copies as the wording names, three signatures each."""

from casemgr.domain.papers import MinutesContent, Signing
from casemgr.reports.fonts import Face
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import centred, dotted, paragraph
from casemgr.reports.letters import body, head_strip, mark_of, new_paper, signatures, title_strips
from casemgr.reports.strips import PORTRAIT, Frame, Strip, pour

_SHARES = (9.0, 45.0, 14.0, 31.0, 16.0, 15.0, 13.0, 22.0)
_CENTRED = (True, False, True, False, True, True, True, True)
_ROOM_TO_WRITE = 3


def render_minutes(content: MinutesContent) -> bytes:
    """All copies in one file; each starts on a page of its own, numbered from 1."""
    paper = new_paper(content.head, f"{content.wording.title} {content.wording.subject}")
    for copy in content.wording.copies or ("",):
        pour(paper, PORTRAIT, _copy(PORTRAIT, content, copy), mark=mark_of(content.head))
    return paper.finish()


def _copy(frame: Frame, content: MinutesContent, copy: str) -> list[Strip]:
    wording = content.wording
    strips = [head_strip(frame, content.head), *title_strips(frame, wording.title, wording.subject)]
    if copy:
        strips += centred(frame, f"({copy})", Face.ITALIC, gap=3)
    strips += paragraph(frame, wording.opening, gap=3)
    strips += _heading(frame, wording.attendance_heading)
    present = [wording.chair, wording.secretary, wording.representative, wording.present]
    present.append(wording.front if content.front_invited else wording.no_front)
    strips += body(frame, [*present, *wording.others])
    strips += _heading(frame, wording.content_heading)
    strips += body(frame, wording.content)
    strips += _heading(frame, wording.votes_heading)
    strips += _votes(frame, content)
    strips += paragraph(frame, wording.outcome, gap=3)
    strips += _heading(frame, wording.discussion_heading)
    if content.discussion:
        strips += body(frame, content.discussion)
    elif content.head.draft:
        strips += dotted(frame, _ROOM_TO_WRITE)
    else:
        strips += body(frame, [wording.no_discussion])
    strips += body(frame, wording.closing, closes=True)
    signing = [
        Signing((title,), name, wording.sign_hint)
        for title, name in (
            (wording.secretary_title, content.secretary),
            (wording.representative_title, content.representative),
            (wording.chair_title, content.chair),
        )
    ]
    return [*strips, signatures(frame, signing)]


def _votes(frame: Frame, content: MinutesContent) -> list[Strip]:
    wording = content.wording
    columns = [
        Col(heading, share, middle) for heading, share, middle in zip(wording.columns, _SHARES, _CENTRED, strict=True)
    ]
    rows = []
    for number, vote in enumerate(content.votes, 1):
        result = wording.agreed if vote.accepted else wording.back
        counts = (str(vote.present), str(vote.agreed), vote.percent)
        rows.append(Row((str(number), vote.head, str(vote.people), vote.category, *counts, result)))
    return table(frame, columns, rows, size=11.5, smallest=9)


def _heading(frame: Frame, text: str) -> list[Strip]:
    return paragraph(frame, text, face=Face.BOLD, keep=True)

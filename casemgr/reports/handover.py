"""Papers of one household's support: minutes of a hand-over, authorisation to collect, confirmation of what it got."""

from collections.abc import Sequence
from dataclasses import replace

from casemgr.domain.money import money_text
from casemgr.domain.papers import Signing
from casemgr.domain.support_papers import (
    AuthorisationContent,
    HandoverContent,
    SupportConfirmationContent,
)
from casemgr.reports.fonts import Face
from casemgr.reports.joining import join
from casemgr.reports.layout import Paper
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import centred, dotted, paragraph, space
from casemgr.reports.letters import (
    body,
    closing,
    country_strip,
    field_strip,
    head_strip,
    mark_of,
    new_paper,
    signatures,
    title_strips,
)
from casemgr.reports.strips import PORTRAIT, Frame, Strip, pour

_GOODS = (8.0, 30.0, 21.0, 30.0, 12.0, 15.0, 20.0, 22.0, 20.0)
_RECEIVED = (10.0, 22.0, 58.0, 45.0, 30.0)


def render_handover(content: HandoverContent) -> bytes:
    """Biên bản bàn giao; a hand-over of money has a line instead of the table."""
    wording, frame = content.wording, PORTRAIT
    paper = new_paper(content.head, wording.title)
    strips: list[Strip] = [head_strip(frame, content.head)]
    strips += title_strips(frame, wording.title, wording.subject)
    strips += body(frame, wording.opening, gap=5)
    strips += _named(frame, wording.giver_heading, wording.giver)
    strips += _part(frame, wording.receiver_heading, wording.receiver)
    strips += _named(frame, wording.witness_heading, wording.witness)
    strips += paragraph(frame, wording.basis)
    strips += paragraph(frame, wording.content_heading, face=Face.BOLD, keep=True)
    if content.goods:
        columns = [
            Col(heading, share, middle)
            for heading, share, middle in zip(
                wording.columns,
                _GOODS,
                (True, False, False, False, True, True, True, True, False),
                strict=True,
            )
        ]
        strips += table(frame, columns, _goods_rows(content), size=11, smallest=8.5)
    if content.amount:
        strips += paragraph(frame, wording.money, gap=3)
    if content.goods:
        strips += paragraph(frame, wording.total, face=Face.BOLD, gap=3)
    strips += paragraph(frame, wording.share_heading, face=Face.BOLD, indent=0, keep=True, gap=3)
    strips += body(frame, (wording.share,)) if wording.share else dotted(frame, 2)
    strips += _part(frame, wording.receiver_duties_heading, wording.receiver_duties)
    strips += _part(frame, wording.giver_duties_heading, wording.giver_duties)
    strips += body(frame, wording.closing, keep=True)
    strips.append(_signers(frame, wording.signers, wording.sign_hint, names=(content.receiver, "", "")))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def render_handovers(contents: Sequence[HandoverContent]) -> bytes:
    """Many of them as one file for the printer."""
    return join([render_handover(content) for content in contents])


def render_authorisation(content: AuthorisationContent) -> bytes:
    """Giấy ủy quyền nhận hỗ trợ, ready to be signed."""
    wording, frame = content.wording, PORTRAIT
    paper = Paper(title=wording.title, author="")
    strips: list[Strip] = [country_strip(frame)]
    strips += title_strips(frame, wording.title, wording.subject)
    for heading, labels, values in (
        (wording.giver_heading, wording.giver, content.giver),
        (wording.taker_heading, wording.taker, content.taker),
    ):
        strips += paragraph(frame, heading, face=Face.BOLD, indent=0, gap=5, keep=True)
        strips += [field_strip(frame, [(label, value)], gap=2) for label, value in zip(labels, values, strict=True)]
    strips += paragraph(frame, wording.content_heading, face=Face.BOLD, indent=0, gap=5, keep=True)
    strips += body(frame, wording.content)
    strips += body(frame, wording.oath, keep=True)
    right = replace(frame, left=frame.left + frame.room * 0.46)
    strips += centred(right, content.place_line, Face.ITALIC, size=13, smallest=11, gap=4)
    names = (content.giver_name, content.taker_name)
    strips.append(_signers(frame, wording.signers, wording.sign_hint, names=names))
    strips += centred(frame, wording.confirm.upper(), size=13, gap=5)
    strips.append(space(12))
    pour(paper, frame, strips, mark=wording.sample_mark if content.sample else "")
    return paper.finish()


def render_authorisations(contents: Sequence[AuthorisationContent]) -> bytes:
    """Many of them as one file for the printer."""
    return join([render_authorisation(content) for content in contents])


def render_support_confirmation(content: SupportConfirmationContent) -> bytes:
    """Giấy xác nhận đã nhận (chưa nhận) hỗ trợ; without lines it says that nothing was received by the files."""
    wording, frame = content.wording, PORTRAIT
    subject = wording.subject if content.lines else wording.subject_none
    paper = new_paper(content.head, f"{wording.title} {subject}")
    strips = [head_strip(frame, content.head), *title_strips(frame, wording.title, subject)]
    strips += centred(frame, wording.authority, size=14, gap=6)
    strips += paragraph(frame, wording.confirms, gap=5)
    for label, value in zip(wording.fields, content.values, strict=True):
        strips.append(field_strip(frame, [(label, value)], gap=2))
    if content.lines:
        strips += paragraph(frame, wording.received, gap=4, keep=True)
        columns = [
            Col(heading, share, place in (0, 1))
            for place, (heading, share) in enumerate(zip(wording.columns, _RECEIVED, strict=True))
        ]
        rows = [
            Row((str(place), line.on, line.content, line.what, line.source))
            for place, line in enumerate(content.lines, 1)
        ]
        strips += table(frame, columns, rows, size=11.5, smallest=9)
        strips += paragraph(frame, wording.total, face=Face.BOLD, gap=3)
    else:
        strips += paragraph(frame, wording.none, gap=4)
    strips += paragraph(frame, wording.purpose)
    strips += body(frame, (wording.validity,), closes=True)
    strips.append(closing(frame, wording.recipients_label, wording.recipients, content.signing))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def _named(frame: Frame, heading: str, labels: Sequence[str]) -> list[Strip]:
    """Who stands for a side: labels with dots to write on."""
    strips = paragraph(frame, heading, face=Face.BOLD, indent=0, keep=True, gap=3)
    return [*strips, field_strip(frame, [(label, "") for label in labels], gap=2)]


def _part(frame: Frame, heading: str, lines: Sequence[str]) -> list[Strip]:
    strips = paragraph(frame, heading, face=Face.BOLD, indent=0, keep=True, gap=3)
    return strips + body(frame, lines)


def _goods_rows(content: HandoverContent) -> list[Row]:
    return [
        Row(
            (
                str(place),
                line.name,
                line.brand,
                line.specification,
                line.measure,
                str(line.quantity),
                _number(line.unit_price) if line.unit_price else "",
                _number(line.value) if line.unit_price else "",
                "",
            )
        )
        for place, line in enumerate(content.goods, 1)
    ]


def _number(amount: int) -> str:
    return money_text(amount).removesuffix(" đồng")


def _signers(frame: Frame, signers: Sequence[str], hint: str, *, names: Sequence[str]) -> Strip:
    signing = [Signing((title,), name, hint) for title, name in zip(signers, names, strict=True)]
    return signatures(frame, signing, gap=5, space=22)

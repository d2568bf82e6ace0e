"""The lists of a pay-out on turned sheets: Bảng kê hỗ trợ hộ gia đình, and the list people sign, hamlet by hamlet."""

from collections.abc import Sequence
from dataclasses import replace

from casemgr.domain.filling import put
from casemgr.domain.money import money_text
from casemgr.domain.offices import in_sentence
from casemgr.domain.on_paper import counted
from casemgr.domain.papers import Signing
from casemgr.domain.support_papers import PayGroup, PayListContent, PayRow, ReceiptListContent
from casemgr.reports.fonts import Face
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import paragraph
from casemgr.reports.letters import head_strip, mark_of, new_paper, signatures, title_strips
from casemgr.reports.strips import LANDSCAPE, Frame, Strip, pour

_MONEY = (8.0, 31.0, 24.0, 30.0, 20.0, 18.0, 27.0, 17.0, 22.0, 24.0, 26.0, 20.0, 12.0)
_GOODS = (8.0, 28.0, 23.0, 25.0, 56.0, 18.0, 25.0, 15.0, 20.0, 19.0, 24.0, 17.0, 10.0)
_SIGNED = (9.0, 38.0, 28.0, 40.0, 20.0, 25.0, 19.0, 36.0, 33.0, 18.0)
_SIGNED_GOODS = (9.0, 34.0, 27.0, 32.0, 18.0, 60.0, 18.0, 30.0, 28.0, 12.0)
_MARGIN = 15.0
_ROW = 9.6
"""Room to sign."""


def _frame() -> Frame:
    return replace(LANDSCAPE, left=_MARGIN, right=_MARGIN, top=15, bottom=15)


def _number(amount: int) -> str:
    return money_text(amount).removesuffix(" đồng")


def render_pay_list(content: PayListContent) -> bytes:
    """The settlement voucher of a pay-out, of money or of goods."""
    frame, wording = _frame(), content.wording
    paper = new_paper(content.head, wording.title)
    strips: list[Strip] = [head_strip(frame, content.head)]
    strips += title_strips(frame, wording.title, wording.subject, gap=4)
    strips += _heading(frame, wording.basis, wording.place if content.place else "")
    shares = _GOODS if content.goods else _MONEY
    columns = wording.goods_columns if content.goods else wording.columns
    strips += table(
        frame,
        _columns(columns, shares, numbers=() if content.goods else (4,)),
        [_pay_row(place, row, content) for place, row in enumerate(content.rows, 1)],
        size=10.5,
        smallest=8.5,
        row=_ROW,
        gap=3,
        keep=True,
    )
    told = [wording.total]
    if content.goods_totals:
        told.append(wording.total_goods)
    told.append(wording.words)
    strips += _closing(frame, told)
    strips.append(_signers(frame, wording.signers, wording.sign_hint))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def render_receipt_list(content: ReceiptListContent) -> bytes:
    """The list people sign, one part for each hamlet with its sum and a line for who was there."""
    frame, wording = _frame(), content.wording
    paper = new_paper(content.head, wording.title)
    strips: list[Strip] = [head_strip(frame, content.head)]
    strips += title_strips(frame, wording.title, wording.subject, gap=4)
    strips += _heading(frame, wording.basis, wording.place if content.place else "")
    for group in content.groups:
        strips += _group(frame, content, group)
    strips += _closing(frame, [wording.total, wording.words], gap=4)
    strips.append(_signers(frame, wording.signers, wording.sign_hint))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def _group(frame: Frame, content: ReceiptListContent, group: PayGroup) -> list[Strip]:
    wording = content.wording
    name = group.hamlet or "…"
    values = {"hamlet": name, "count": counted(len(group.rows)), "sum": money_text(group.total)}
    strips = paragraph(frame, put(wording.group, values), face=Face.BOLD, indent=0, gap=4, keep=True)
    shares = _SIGNED_GOODS if content.goods else _SIGNED
    columns = wording.goods_columns if content.goods else wording.columns
    rows = [_signed_row(place, row, goods=content.goods) for place, row in enumerate(group.rows, 1)]
    strips += table(
        frame,
        _columns(columns, shares, numbers=() if content.goods else (5,)),
        rows,
        size=11,
        smallest=8.5,
        row=_ROW,
        gap=1,
        keep=True,
    )
    values["hamlet"] = in_sentence(name)
    strips += paragraph(frame, put(wording.subtotal, values), face=Face.BOLD, indent=0, size=11.5, gap=1.5, keep=True)
    return strips + paragraph(frame, wording.witness, face=Face.ITALIC, indent=0, size=11.5, gap=1.5)


def _columns(headings: Sequence[str], shares: Sequence[float], *, numbers: Sequence[int]) -> list[Col]:
    middle = {0, *numbers}
    return [
        Col(heading, share, place in middle)
        for place, (heading, share) in enumerate(zip(headings, shares, strict=True))
    ]


def _what(row: PayRow, *, goods: bool) -> str:
    """Money, or every kind of goods; somebody on a goods list who gets money gets a sum."""
    if not goods:
        return _number(row.amount)
    return "; ".join(row.goods) or money_text(row.amount)


def _pay_row(place: int, row: PayRow, content: PayListContent) -> Row:
    cells = (
        str(place),
        row.name,
        row.id_number,
        row.address,
        _what(row, goods=content.goods),
        row.received,
        row.proof,
        row.category,
        row.relation,
        content.content,
        content.decision,
        content.source,
        row.note,
    )
    return Row(cells)


def _signed_row(place: int, row: PayRow, *, goods: bool) -> Row:
    cells = (
        str(place),
        row.name,
        row.id_number,
        row.address,
        row.category,
        _what(row, goods=goods),
        row.received,
        row.relation,
        row.proof,
        row.note,
    )
    return Row(cells)


def _heading(frame: Frame, *lines: str) -> list[Strip]:
    strips: list[Strip] = []
    for line in lines:
        if line:
            strips += paragraph(frame, line, indent=0, size=12, gap=2 if not strips else 0.5, keep=True)
    return strips


def _closing(frame: Frame, lines: Sequence[str], *, gap: float = 2.5) -> list[Strip]:
    strips: list[Strip] = []
    for place, line in enumerate(lines):
        strips += paragraph(frame, line, face=Face.BOLD, indent=0, size=12, gap=gap if place == 0 else 0.8, keep=True)
    return strips


def _signers(frame: Frame, signers: Sequence[str], hint: str) -> Strip:
    return signatures(frame, [Signing((title,), "", hint) for title in signers], gap=4, space=20)

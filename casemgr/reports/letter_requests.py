"""What passes over the counter: Mẫu số 01 and 04 prefilled for the household, and the receipt with the due date."""

from dataclasses import replace

from casemgr.domain.papers import ReceiptContent, RequestContent, RequestMember, Signing
from casemgr.reports.codes import draw_qr
from casemgr.reports.fitting import fit, wrap
from casemgr.reports.fonts import Face, width
from casemgr.reports.layout import BODY, LEADING, Paper
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import centred, dotted, paragraph
from casemgr.reports.letters import (
    addressee,
    body,
    country_strip,
    field_strip,
    head_strip,
    mark_of,
    new_paper,
    signature_at_right,
    signatures,
    title_strips,
)
from casemgr.reports.pen import POINT, Pen
from casemgr.reports.strips import PORTRAIT, Frame, Strip, pour

A5 = Frame((210.0, 148.0), top=10, bottom=8, left=15, right=12)
"""Lying, because the name of the country needs 96 mm beside the agency."""
_SHARES = (9.0, 50.0, 18.0, 26.0, 28.0, 34.0)
_CENTRED = (True, False, True, True, False, False)
_EMPTY_ROWS = 5
_QR = 26.0
_BOX = 4.2


def render_request(content: RequestContent) -> bytes:
    """The request as the form has it, ready to be signed."""
    wording, frame = content.wording, PORTRAIT
    paper = Paper(title=f"{wording.form} {wording.title}", author="")
    strips: list[Strip] = [_form_name(frame, wording.form), country_strip(frame)]
    strips += title_strips(frame, wording.title, wording.subject)
    strips += addressee(frame, wording.addressee, gap=5)
    strips += _fields(frame, content)
    if not content.leave:
        strips += paragraph(frame, wording.members_heading, indent=0, keep=True)
        strips += _members(frame, content)
    if wording.income_label:
        strips += _answer(frame, wording.income_label, content.income, lines=0)
    strips += _answer(frame, wording.reason_label, content.reason, lines=2)
    strips += body(frame, wording.oath, keep=True)
    signing = Signing((wording.sign_title,), content.applicant, wording.sign_hint)
    strips.append(signature_at_right(frame, content.place_line, signing))
    pour(paper, frame, strips, mark=wording.sample_mark if content.sample else "")
    return paper.finish()


def _form_name(frame: Frame, form: str) -> Strip:
    def draw(pen: Pen, top: float) -> None:
        pen.right(frame.end, top + 3, form, Face.BOLD, 12)

    return Strip(5, draw)


def _fields(frame: Frame, content: RequestContent) -> list[Strip]:
    pairs = list(zip(content.wording.fields, content.values, strict=True))
    name, sex, birth, ethnic, number, issued, issuer, residence, present = pairs
    return [
        _name_and_sex(frame, content, name, sex),
        field_strip(frame, [birth, ethnic], shares=(0.6, 0.4)),
        field_strip(frame, [number, issued], shares=(0.6, 0.4)),
        field_strip(frame, [issuer]),
        field_strip(frame, [residence]),
        field_strip(frame, [present]),
    ]


def _name_and_sex(frame: Frame, content: RequestContent, name: tuple[str, str], sex: tuple[str, str]) -> Strip:
    """Mẫu số 01 writes a code for the sex, Mẫu số 04 has boxes."""
    share = 0.58 if content.leave else 0.62
    left = replace(frame, right=frame.right + frame.room * (1 - share))
    right = replace(frame, left=frame.left + frame.room * share)
    named = field_strip(left, [name])
    code = None if content.leave else field_strip(right, [sex])

    def draw(pen: Pen, top: float) -> None:
        named.draw(pen, top)
        if code:
            code.draw(pen, top)
        else:
            _sex_boxes(pen, right.left, top, sex[0], content)

    return Strip(named.high, draw, 4)


def _sex_boxes(pen: Pen, x: float, top: float, label: str, content: RequestContent) -> None:
    y = top + BODY * LEADING * POINT * 0.78
    pen.text(x, y, label, Face.REGULAR, BODY)
    x += width(label, Face.REGULAR, BODY) + 2.5
    for word, code in ((content.wording.male, "1"), (content.wording.female, "2")):
        pen.text(x, y, word, Face.REGULAR, BODY)
        x += width(word, Face.REGULAR, BODY) + 1.5
        pen.frame(x, y - 3.5, _BOX, _BOX, weight=0.7)
        if content.sex == code:
            pen.cross(x, y - 3.5, _BOX)
        x += _BOX + 5


def _members(frame: Frame, content: RequestContent) -> list[Strip]:
    columns = [
        Col(heading, share, middle)
        for heading, share, middle in zip(content.wording.columns, _SHARES, _CENTRED, strict=True)
    ]
    rows = [Row(_cells(number, member)) for number, member in enumerate(content.members, 1)]
    rows += [Row(("",) * len(columns))] * max(0, _EMPTY_ROWS - len(rows))
    return table(frame, columns, rows, size=12, smallest=9.5)


def _cells(number: int, member: RequestMember) -> tuple[str, ...]:
    return (str(number), member.name, member.sex, member.birth, member.relation, member.state)


def _answer(frame: Frame, label: str, answer: str, *, lines: int) -> list[Strip]:
    """What the household writes after a label; dotted lines where it has not."""
    if answer:
        return paragraph(frame, f"{label} {answer}", indent=0, gap=3)
    return [field_strip(frame, [(label, "")], gap=3), *dotted(frame, lines)]


def render_receipt(content: ReceiptContent) -> bytes:
    """The slip, A5, with a QR that names the request and nobody."""
    wording, frame = content.wording, A5
    paper = new_paper(content.head, wording.title)
    strips: list[Strip] = [head_strip(frame, content.head)]
    strips += centred(frame, wording.title, size=14, smallest=12, gap=3.5)
    strips += centred(frame, f"{wording.number_label} {content.number}", Face.REGULAR, size=13, gap=0.5)
    strips.append(_facts(frame, content))
    names = ((wording.giver, content.giver), (wording.receiver, content.receiver))
    signing = [Signing((title,), name, wording.sign_hint) for title, name in names]
    strips.append(signatures(frame, signing, gap=4, space=18))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def _facts(frame: Frame, content: ReceiptContent) -> Strip:
    """What was received and when it is answered, with the QR at the right."""
    wording = content.wording
    left = replace(frame, right=frame.right + _QR + 6)
    strips = [_labelled(left, label, value) for label, value in zip(wording.fields, content.values, strict=True)]
    strips += [strip for line in wording.papers for strip in paragraph(left, line, indent=0, size=12, gap=1)]
    strips += paragraph(left, wording.due, face=Face.BOLD, indent=0, gap=1.5)
    note = fit(wording.qr_note, Face.ITALIC, 9.5, _QR, smallest=8, lines=3)
    high = max(sum(strip.high + strip.gap for strip in strips), _QR + 4 * len(note.lines) + 2)

    def draw(pen: Pen, top: float) -> None:
        draw_qr(pen, frame.end - _QR, top + 1, _QR, content.qr)
        pen.lines(frame.end - _QR / 2, top + _QR + 4, note, Face.ITALIC, centred=True)
        y = top
        for strip in strips:
            strip.draw(pen, y + strip.gap)
            y += strip.gap + strip.high

    return Strip(high, draw, gap=3)


def _labelled(frame: Frame, label: str, value: str) -> Strip:
    """A label and its value, which may need several lines."""
    start = width(label, Face.REGULAR, 12) + 1.6
    lines = wrap(value, Face.REGULAR, 12, frame.room, first=start) if value else ()
    step = 12 * 1.2 * POINT

    def draw(pen: Pen, top: float) -> None:
        y = top + step * 0.78
        pen.text(frame.left, y, label, Face.REGULAR, 12)
        if not lines:
            pen.dots(frame.left + start, frame.end, y)
        for number, line in enumerate(lines):
            pen.text(frame.left + (0 if number else start), y + number * step, line, Face.REGULAR, 12)

    return Strip(step * max(1, len(lines)), draw, gap=1)

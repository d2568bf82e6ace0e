"""Survey sheets of many households in one file (Phiếu B), two pages each, and the quick sheet (Phiếu A).

The back of the sheet is the same for everybody: it is drawn into the file once and placed on every sheet.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import partial

from casemgr.domain.papers import QuickContent, SurveyContent, SurveyMember
from casemgr.jobs import Progress, silent
from casemgr.reports.codes import draw_qr
from casemgr.reports.fitting import fit
from casemgr.reports.fonts import MM, Face
from casemgr.reports.layout import A4, Paper, draw_mark
from casemgr.reports.letter_tables import Col, Row, table
from casemgr.reports.letter_text import paragraph
from casemgr.reports.pen import Pen
from casemgr.reports.strips import Frame, Strip, pour, turn
from casemgr.reports.survey_parts import (
    Blank,
    Box,
    Label,
    Question,
    Token,
    heading,
    line_of,
    questions,
    score_boxes,
    signers,
    writing_lines,
)

SHEET = Frame(top=16, bottom=10, left=20, right=12)
_QR = 21.0
_SHARES = (7.0, 39.0, 17.0, 10.0, 19.0, 25.0, 15.0, 16.0, 12.0, 18.0)
_MIDDLE = (True, False, False, True, True, True, False, False, True, False)
_ROWS = 6
"""Rows of the member table at least."""
_SPARE = 2
"""Empty rows for new members."""
_SMALLEST = 7.5


class _Press:
    """One file of many sheets; the backs they share are drawn once."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._backs: dict[Hashable, str] = {}

    def print(self, content: SurveyContent) -> None:
        """Add the sheet of a household: an even number of pages, so that the next one starts on a new leaf."""
        wording = content.wording
        mark = wording.sample_mark if content.sample else wording.draft_mark
        pages = pour(self.paper, SHEET, _front(content), mark=mark, above=partial(_above, content.household))
        if pages % 2 == 0:
            self.paper.canvas.showPage()
        self._back(content, mark, pages + 1)

    def _back(self, content: SurveyContent, mark: str, page: int) -> None:
        turn(self.paper, A4)
        draw_mark(self.paper.pen, mark, A4)
        _above(content.household, self.paper.pen, page)
        key = (content.wording, content.indicators)
        name = self._backs.get(key)
        if name is None:
            name = self._backs[key] = f"back{len(self._backs)}"
            _into_form(self.paper, name, partial(_draw_all, _back(content)))
        self.paper.canvas.doForm(name)
        self.paper.end_page()


def render_survey_sheets(contents: Sequence[SurveyContent], *, progress: Progress = silent) -> bytes:
    """The sheets one after another, each ready to be printed on both sides of a leaf."""
    if not contents:
        message = "nothing to print"
        raise ValueError(message)
    first = contents[0]
    paper = Paper(title=first.wording.title, author=" ".join(first.agency_lines), two_sided=True)
    press = _Press(paper)
    for done, content in enumerate(contents):
        progress(done, len(contents), first.wording.form)
        press.print(content)
    return paper.finish()


def render_quick_sheets(contents: Sequence[QuickContent]) -> bytes:
    """Quick sheets, one after another."""
    if not contents:
        message = "nothing to print"
        raise ValueError(message)
    first = contents[0]
    paper = Paper(title=first.wording.title, author=" ".join(first.agency_lines))
    for content in contents:
        mark = content.wording.sample_mark if content.sample else content.wording.draft_mark
        pour(paper, SHEET, _quick(content), mark=mark, above=partial(_above, content.household))
    return paper.finish()


def _into_form(paper: Paper, name: str, draw: Callable[[Pen], None]) -> None:
    canvas = paper.canvas
    canvas.beginForm(name, 0, 0, A4[0] * MM, A4[1] * MM)
    draw(paper.pen)
    canvas.endForm()


def _draw_all(strips: Sequence[Strip], pen: Pen) -> None:
    y = SHEET.top
    for number, strip in enumerate(strips):
        y += strip.gap if number else 0
        strip.draw(pen, y)
        y += strip.high


def _above(household: Sequence[str], pen: Pen, page: int) -> None:
    """Whose sheet it is, on every page but the first: leaves get separated."""
    if page > 1:
        code, name = household[0], household[1]
        fitted = fit(f"{code}   {name}   -   {page}", Face.ITALIC, 10, SHEET.room, smallest=8)
        pen.right(SHEET.end, 11, fitted.lines[0], Face.ITALIC, fitted.size)


def _title(agency: Sequence[str], form: str, title: str, subject: str, qr_note: str, qr: str) -> Strip:
    room = SHEET.room - _QR - 4
    lines = fit(title, Face.BOLD, 14, room, smallest=11, lines=2)
    about = fit(subject, Face.BOLD, 11.5, room, smallest=9, lines=2)
    office = fit(" - ".join(agency), Face.BOLD, 10, room, smallest=8)
    note = fit(qr_note, Face.ITALIC, 7.5, _QR + 2, smallest=6)

    def draw(pen: Pen, top: float) -> None:
        top -= 6
        pen.lines(SHEET.left, top + 4, office, Face.BOLD)
        pen.text(SHEET.left, top + 8.6, form, Face.BOLD, 10)
        middle = SHEET.left + room / 2
        y = pen.lines(middle, top + 15.5, lines, Face.BOLD, centred=True)
        pen.lines(middle, y + 5.6, about, Face.BOLD, centred=True)
        draw_qr(pen, SHEET.end - _QR, top, _QR, qr)
        pen.lines(SHEET.end - _QR / 2, top + _QR + 2.2, note, Face.ITALIC, centred=True)

    return Strip(18.5 + 5 * (len(lines.lines) + len(about.lines) - 2), draw)


def _field(label: str, value: str, wide: float) -> tuple[Token, Token]:
    return Label(label), Blank(wide, value)


def _front(content: SurveyContent) -> list[Strip]:
    wording = content.wording
    agency = content.agency_lines
    strips = [_title(agency, wording.form, wording.title, wording.subject, wording.qr_note, content.qr)]
    strips.append(heading(SHEET, wording.household_heading))
    code, head, ethnic, hamlet, address, people, area, before = zip(wording.household, content.household, strict=True)
    strips.append(line_of(SHEET, [*_field(*code, 20), *_field(*head, 80)]))
    strips.append(line_of(SHEET, [*_field(*ethnic, 30), *_field(*hamlet, 60)]))
    strips.append(line_of(SHEET, _field(*address, 130)))
    areas = [Box(word, marked=place == content.area) for place, word in enumerate(wording.areas)]
    strips.append(line_of(SHEET, [*_field(*people, 12), Label(area[0]), *areas]))
    strips.append(line_of(SHEET, _field(*before, 110)))
    strips.append(heading(SHEET, wording.members_heading))
    strips += _members(content)
    strips += paragraph(SHEET, wording.member_note, face=Face.ITALIC, size=9, indent=0, gap=0.6)
    strips.append(heading(SHEET, wording.dwelling_heading))
    return strips + _dwelling(content)


def _members(content: SurveyContent) -> list[Strip]:
    wording = content.wording
    columns = [
        Col(text, share, middle) for text, share, middle in zip(wording.member_columns, _SHARES, _MIDDLE, strict=True)
    ]
    insured = {True: wording.yes, False: wording.no, None: ""}
    rows = [Row(_cells(number, member, insured)) for number, member in enumerate(content.members, 1)]
    rows += [Row(("",) * len(columns))] * max(_SPARE, _ROWS - len(rows))
    return table(SHEET, columns, rows, size=10, smallest=8, row=7.4, gap=0.6)


def _cells(number: int, member: SurveyMember, insured: dict[bool | None, str]) -> tuple[str, ...]:
    person = (str(number), member.name, member.relation, member.sex, member.birth, member.id_number, member.ethnic)
    return (*person, member.school, insured[member.insured], member.work)


def _either(label: str, yes: str, no: str, value: bool | None) -> list[Token]:
    return [Label(label), Box(yes, marked=value is True), Box(no, marked=value is False)]


def _dwelling(content: SurveyContent) -> list[Strip]:
    wording = content.wording
    durable = partial(_either, yes=wording.durable, no=wording.no)
    built = [
        *durable(wording.walls, value=content.walls),
        *durable(wording.pillars, value=content.columns),
        *durable(wording.roof, value=content.roof),
    ]
    waters = [Box(word, marked=place == content.water) for place, word in enumerate(wording.waters)]
    toilets = [Box(word, marked=place == content.toilet) for place, word in enumerate(wording.toilets)]
    devices = [Box(word, marked=place in content.devices) for place, word in enumerate(wording.device_names)]
    online = _either(wording.internet, wording.yes, wording.no, content.internet)
    lines: list[list[Token]] = [
        built,
        [Label(wording.floor_area), Blank(20, content.floor_area), *online],
        [Label(wording.water), *waters],
        [Label(wording.toilet), *toilets],
        [Label(wording.devices), *devices],
    ]
    if content.ask_waste:
        lines.append(_either(wording.waste, wording.yes, wording.no, content.waste))
    return [line_of(SHEET, line) for line in lines]


def _back(content: SurveyContent) -> list[Strip]:
    """The back page at the largest size at which it fits."""
    size = 10.0
    while True:
        strips = _back_at(content, size)
        high = sum(strip.high + strip.gap for strip in strips)
        if high <= SHEET.floor - SHEET.top or size <= _SMALLEST:
            return strips
        size -= 0.5


def _back_at(content: SurveyContent, size: float) -> list[Strip]:
    wording = content.wording
    asked = [Question(one.number, one.name, one.threshold) for one in content.indicators]
    causes: list[Token] = [Box(word) for word in wording.causes]
    return [
        heading(SHEET, wording.indicators_heading, gap=0),
        *questions(SHEET, wording.indicator_columns, asked, size=size),
        heading(SHEET, wording.causes_heading),
        line_of(SHEET, causes, hang=0),
        heading(SHEET, wording.result_heading),
        score_boxes(SHEET, (wording.b1, wording.b2)),
        line_of(SHEET, [Label(wording.income), Blank(60)], gap=2),
        writing_lines(SHEET, wording.note, 2),
        signers(SHEET, wording.signers, wording.sign_hint, wording.date_line),
    ]


def _quick(content: QuickContent) -> list[Strip]:
    wording = content.wording
    agency = content.agency_lines
    strips = [_title(agency, wording.form, wording.title, wording.subject, wording.qr_note, content.qr)]
    code, head, ethnic, hamlet, address, people = zip(wording.household, content.household, strict=True)
    strips.append(line_of(SHEET, [*_field(*code, 20), *_field(*head, 80)], gap=4))
    strips.append(line_of(SHEET, [*_field(*ethnic, 30), *_field(*hamlet, 60)]))
    strips.append(line_of(SHEET, _field(*address, 130)))
    strips.append(line_of(SHEET, _field(*people, 12)))
    strips.append(heading(SHEET, wording.signs_heading, gap=4))
    if content.items:
        asked = [Question(number, "", text) for number, text in enumerate(content.items, 1)]
        strips += questions(SHEET, wording.columns, asked, size=11)
    else:
        strips += paragraph(SHEET, wording.no_items, face=Face.ITALIC, size=11, indent=0)
        strips += [replace(writing_lines(SHEET, "", 6), gap=2)]
    if content.rule:
        strips += paragraph(SHEET, content.rule, face=Face.ITALIC, size=11, indent=0)
    strips.append(heading(SHEET, wording.result_heading, gap=4))
    strips.append(line_of(SHEET, [Box(word) for word in wording.results]))
    strips.append(writing_lines(SHEET, wording.note, 3))
    strips.append(signers(SHEET, wording.signers, wording.sign_hint, wording.date_line))
    return strips

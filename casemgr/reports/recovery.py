"""The recovery sheet, in two copies to seal away: it opens the case file when every passphrase is lost."""

from datetime import date

from casemgr.domain.offices import OfficeData
from casemgr.domain.recovery import RecoveryCode
from casemgr.i18n import _, format_date, pgettext
from casemgr.reports.codes import draw_qr
from casemgr.reports.fitting import fit
from casemgr.reports.fonts import Face, width
from casemgr.reports.layout import A4, LEFT, PARAGRAPH_GAP, RIGHT, TOP, Paper
from casemgr.reports.pen import POINT, Pen

_ROOM = A4[0] - LEFT - RIGHT
_MIDDLE = LEFT + _ROOM / 2
_QR_SIDE = 42.0
_COLUMNS = 3
_CELL = (37.0, 16.0)
_BODY = 12.0


def render_recovery_sheet(code: RecoveryCode, office: OfficeData, *, made_on: date) -> bytes:
    """Two pages, one for each envelope."""
    paper = Paper(title=_("Recovery sheet"), author=" ".join(office.agency_lines))
    places = (_("for the safe of the chairman"), _("for the higher office, or another building"))
    for number, place in enumerate(places, 1):
        _page(paper.pen, code, office, made_on, number, place)
        paper.end_page()
    return paper.finish()


def _page(pen: Pen, code: RecoveryCode, office: OfficeData, made_on: date, number: int, place: str) -> None:
    y = TOP + 4
    for line in office.agency_lines:
        pen.text(LEFT, y, line, Face.BOLD, 12)
        y += 5.2
    pen.text(LEFT, y, f"{office.commune_name}, {office.province_name}", Face.REGULAR, 11)
    copy = _("Copy {number} of 2").format(number=number)
    pen.right(A4[0] - RIGHT, TOP + 4, copy, Face.BOLD, 12)
    fitted = fit(place, Face.ITALIC, 11, _ROOM / 2, smallest=9)
    pen.right(A4[0] - RIGHT, TOP + 9.2, fitted.lines[0], Face.ITALIC, fitted.size)
    y += 15
    pen.centred(_MIDDLE, y, _("Recovery sheet of the case file").upper(), Face.BOLD, 16)
    about = _("It opens the file of poor and near-poor households when every passphrase is lost. Keep it secret.")
    y = pen.lines(_MIDDLE, y + 8, fit(about, Face.ITALIC, 12, _ROOM, smallest=10, lines=2), Face.ITALIC, centred=True)
    y = _code(pen, code, y + 9) + 12
    y = _instructions(pen, y)
    _signatures(pen, y + 5, made_on)


def _code(pen: Pen, code: RecoveryCode, top: float) -> float:
    """Draw the groups in reading order and the same code as QR beside them; gives the lower edge."""
    wide, high = _CELL
    for index, group in enumerate(code.groups):
        row, column = divmod(index, _COLUMNS)
        x, y = LEFT + column * wide, top + row * high
        check = index == len(code.groups) - 1
        pen.frame(x, y, wide, high, weight=1.4 if check else 0.5)
        label = pgettext("recovery code", "check") if check else str(index + 1)
        pen.text(x + 1.5, y + 4, label, Face.REGULAR, 9)
        _spaced(pen, x + wide / 2, y + 11.2, group, 22)
    height = high * -(-len(code.groups) // _COLUMNS)
    draw_qr(pen, A4[0] - RIGHT - _QR_SIDE, top + (height - _QR_SIDE) / 2, _QR_SIDE, code.text)
    return top + height


def _spaced(pen: Pen, middle: float, y: float, letters: str, size: float) -> None:
    """Write letters wide apart: they are copied one by one."""
    step = 7.2
    for place, letter in enumerate(letters):
        x = middle + (place - (len(letters) - 1) / 2) * step
        pen.text(x - width(letter, Face.BOLD, size) / 2, y, letter, Face.BOLD, size)


def _instructions(pen: Pen, y: float) -> float:
    steps = (
        _("The code has digits and letters, but never the letters I, L, O or U: what looks like an O is a zero."),
        _("Put each copy into its own envelope, seal it, and let the chairman sign over the flap."),
        _("Keep the two envelopes in two buildings. Never photograph this sheet and never send it by message."),
        _("To open the file: choose to open it with the recovery code, then type the groups or scan the QR code."),
        _("After use the program makes a new code: print a new sheet and destroy both copies of this one."),
        _("Whoever holds this sheet and the file can read everything. Without passphrase and sheet nobody can."),
    )
    pen.text(LEFT, y, _("What to do"), Face.BOLD, 13)
    y += 7
    for number, step in enumerate(steps, 1):
        pen.text(LEFT, y, f"{number}.", Face.REGULAR, _BODY)
        y = pen.paragraph(LEFT + 7, y, step, Face.REGULAR, _BODY, room=_ROOM - 7)
        y += _BODY * 1.2 * POINT + PARAGRAPH_GAP / 2
    return y


def _signatures(pen: Pen, y: float, made_on: date) -> None:
    pen.text(LEFT, y, _("Made on {date}").format(date=format_date(made_on)), Face.REGULAR, _BODY)
    label = _("Sealed on:")
    start = _MIDDLE + width(label, Face.REGULAR, _BODY) + 2
    pen.text(_MIDDLE, y, label, Face.REGULAR, _BODY)
    pen.dots(start, A4[0] - RIGHT, y)
    label = _("Kept at:")
    pen.text(LEFT, y + 8, label, Face.REGULAR, _BODY)
    pen.dots(LEFT + width(label, Face.REGULAR, _BODY) + 2, A4[0] - RIGHT, y + 8)
    for middle, title in ((LEFT + _ROOM / 4, _("Officer who printed it")), (LEFT + _ROOM * 3 / 4, _("Chairman"))):
        pen.centred(middle, y + 20, title, Face.BOLD, _BODY)
        pen.centred(middle, y + 25, _("(signature, seal over the flap)"), Face.ITALIC, 10)

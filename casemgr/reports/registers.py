"""The printed register of certificates: one line per paper, with room for the signature of whoever collects it."""

from collections.abc import Sequence

from casemgr.domain.certificates import STATUS_LABELS, CertificateStatus
from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.domain.offices import OfficeData
from casemgr.i18n import _, format_date, ngettext, pgettext
from casemgr.reports.fitting import fit
from casemgr.reports.fonts import Face
from casemgr.reports.layout import A4_LANDSCAPE, TOP, Head, Paper, draw_head, draw_signature
from casemgr.reports.pen import Pen
from casemgr.reports.tables import Column, ListTable, OwnersMark
from casemgr.services.certificate_register import RegisterRow

_SAMPLE_MARK = "DỮ LIỆU MẪU"
_CLOSING = 42.0
"""Height of the closing lines with the signatures."""


def render_register(rows: Sequence[RegisterRow], office: OfficeData, mark: OwnersMark, *, period: str) -> bytes:
    """The register as a list in landscape; `period` says what it covers, such as "năm 2026"."""
    title = _("Register of certificates of poor and near-poor households").upper()
    paper = Paper(title=title, author=" ".join(office.agency_lines), size=A4_LANDSCAPE)
    table = ListTable(paper, _columns(), mark, across=_SAMPLE_MARK if office.sample else "")
    pen = paper.pen
    y = draw_head(pen, Head("", office.agency_lines, ""), left=table.left, room=table.right - table.left, top=TOP - 5)
    y += 2
    pen.lines(paper.wide / 2, y, fit(title, Face.BOLD, 14, 250, smallest=12), Face.BOLD, centred=True)
    pen.lines(paper.wide / 2, y + 6.5, fit(period, Face.BOLD, 13, 250, smallest=10), Face.BOLD, centred=True)
    y = table.draw(rows, y + 12)
    if table.room_below(y) < _CLOSING:
        table.new_page()
        y = TOP
    _close(pen, table, rows, y + 7)
    table.close_page()
    return paper.finish()


def _columns() -> tuple[Column[RegisterRow], ...]:
    return (
        Column(pgettext("register", "Number"), 37, lambda row: row.number),
        Column(pgettext("register", "Date"), 25, lambda row: format_date(row.issued_on), centred=True),
        Column(_("Head of household"), 56, lambda row: row.head),
        Column(pgettext("register", "Hamlet"), 36, lambda row: row.hamlet),
        Column(
            pgettext("register", "Class"),
            30,
            lambda row: f"{_(CLASS_SHORT_LABELS[row.class_value])} {row.class_year}",
            centred=True,
        ),
        Column(_("Collected by"), 46, _collected),
        Column(pgettext("register", "Signature"), 30, lambda row: ""),
        Column(pgettext("register", "Note"), 24, _note),
    )


def _collected(row: RegisterRow) -> str:
    if row.collected_on is None:
        return ""
    return f"{row.collected_by}, {format_date(row.collected_on)}"


def _note(row: RegisterRow) -> str:
    return "" if row.status is CertificateStatus.ISSUED else _(STATUS_LABELS[row.status])


def _close(pen: Pen, table: ListTable[RegisterRow], rows: Sequence[RegisterRow], y: float) -> None:
    total = ngettext("The list has {count} certificate.", "The list has {count} certificates.", len(rows))
    pen.text(table.left, y, total.format(count=len(rows)), Face.ITALIC, 12)
    room = (table.right - table.left) / 2
    for middle, title in (
        (table.left + room / 2, pgettext("register", "Made by")),
        (table.right - room / 2, _("Chairman")),
    ):
        draw_signature(pen, middle, y + 7, room, titles=(title.upper(),), name="", space=18, size=12)

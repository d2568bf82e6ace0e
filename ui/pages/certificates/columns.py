"""The columns of the register, and how the states of a certificate look."""

from typing import Final

from casemgr.domain.certificates import STATUS_LABELS, CertificateStatus
from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.services.certificate_register import PrintView, RegisterRow
from ui.models.rows import Column
from ui.tones import class_tone

STATUS_TONES: Final = {
    CertificateStatus.ISSUED: "ok",
    CertificateStatus.VOID: "poor",
    CertificateStatus.REPLACED: "plain",
}


def collected_words(row: RegisterRow) -> str:
    """Who took the paper, and when."""
    if row.collected_on is None:
        return ""
    return (
        f"{format_date(row.collected_on)} · {row.collected_by}" if row.collected_by else format_date(row.collected_on)
    )


def printed_words(row: RegisterRow) -> str:
    """How often it was printed."""
    return format_number(row.prints) if row.prints else _("not yet")


def class_words(row: RegisterRow) -> str:
    """Class and year certified."""
    return f"{_(CLASS_SHORT_LABELS[row.class_value])} {row.class_year}"


def print_words(event: PrintView) -> str:
    """One printing in a line."""
    at = event.at.astimezone()
    copies = ngettext("{count} copy", "{count} copies", event.copies).format(count=event.copies)
    part = _("the part of {year}").format(year=event.block_year) if event.block_year else ""
    when = f"{format_date(at)} {at.hour:02}:{at.minute:02}"
    return " · ".join(filter(None, (when, event.who, copies, part, event.reason)))


REGISTER: Final = (
    Column[RegisterRow]("number", N_("Number"), lambda row: row.number, 136, "number"),
    Column[RegisterRow]("issued_on", N_("Issued on"), lambda row: format_date(row.issued_on), 92),
    Column[RegisterRow]("head", N_("Head of household"), lambda row: row.head, 190),
    Column[RegisterRow]("code", N_("Household"), lambda row: row.code, 84, code=True),
    Column[RegisterRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130),
    Column[RegisterRow]("class", N_("Class"), class_words, 136, tone=lambda row: class_tone(row.class_value)),
    Column[RegisterRow](
        "status",
        N_("State"),
        lambda row: _(STATUS_LABELS[row.status]),
        104,
        tone=lambda row: STATUS_TONES[row.status],
    ),
    Column[RegisterRow]("prints", N_("Printed"), printed_words, 84, tone=lambda row: "plain" if row.prints else "near"),
    Column[RegisterRow]("collected", N_("Collected by"), collected_words, 190),
)
BESIDE: Final = ("number", "head", "status")
"""The columns that stay while an entry is open beside the list."""

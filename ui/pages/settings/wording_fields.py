"""The fields of the certificate's wording, in the order in which they stand on the paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from casemgr.i18n import N_, _
from ui.editors import DayEditor, LineEditor, NotesEditor, NumberEditor
from ui.forms import Field
from ui.office.letterhead import LinesEditor

if TYPE_CHECKING:
    from casemgr.domain.templates import Mark

_SURE: Final = {"R": N_("Recalled, to be compared with the official form: {note}"), "U": N_("Uncertain: {note}")}


class NotedLine(LineEditor):
    """A line, shown from its beginning, with a remark about how sure its shipped text is."""

    note = ""

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        super().set_value(value)
        self.widget.setCursorPosition(0)

    def warning(self) -> str:
        """The remark."""
        return self.note


class NotedText(NotesEditor):
    """One long sentence that wraps, with a remark."""

    note = ""

    def value(self) -> str:
        """One line, however it was typed."""
        return " ".join(super().value().split())

    def warning(self) -> str:
        """The remark."""
        return self.note


class NotedLines(LinesEditor):
    """Several lines with a remark."""

    note = ""

    def warning(self) -> str:
        """The remark."""
        return self.note


class NotedNumber(NumberEditor):
    """A number with a remark."""

    note = ""

    def warning(self) -> str:
        """The remark."""
        return self.note


_line = partial(NotedLine, longest=600)
_text = partial(NotedText, lines=2)


def note_text(mark: Mark | None) -> str:
    """What stands below a field whose shipped text was not read in the official form."""
    if mark is None or mark.sure not in _SURE:
        return ""
    return _(_SURE[mark.sure]).format(note=mark.note)


VERSION_FIELDS: Final = (
    Field("version_title", N_("&Name of this version"), NotedLine, required=True),
    Field("version_from", N_("Holds &from"), DayEditor, help=N_("Papers of that day and later"), required=True),
)

TEXT_FIELDS: Final = (
    Field("title", N_("Title of the paper"), _line, required=True),
    Field("basis", N_("Legal basis, one a line"), partial(NotedLines, lines=6, wraps=True), required=True, wide=True),
    Field("certify", N_("Sentence that certifies"), _text, required=True, wide=True),
    Field("head_label", N_("Before the head's name"), _line),
    Field("ethnic_label", N_("Before the ethnic group"), _line),
    Field("id_label", N_("Before the identity number"), _line),
    Field("id_date_label", N_("Before its date of issue"), _line),
    Field("residence_label", N_("Before the residence"), _line),
    Field("members_heading", N_("Heading of part I"), _line),
    Field("members_continued", N_("The same on a further page"), _line),
    Field("column_order", N_("Column: order"), _line),
    Field("column_name", N_("Column: name"), _line),
    Field("column_ethnic", N_("Column: ethnic group"), _line),
    Field("column_relation", N_("Column: relation"), _line),
    Field("column_birth", N_("Column: year of birth"), _line),
    Field("column_male", N_("Column: male"), _line),
    Field("column_female", N_("Column: female"), _line),
    Field("column_note", N_("Column: note"), _text, wide=True),
    Field("results_heading", N_("Heading of part II"), _line),
    Field("year_label", N_("Before the year"), _line),
    Field("confirm_label", N_("Above the signature of a year"), _line),
    Field("sign_label", N_("Where to sign"), _line),
    Field("poor_label", N_("Short for poor"), _line),
    Field("near_poor_label", N_("Short for near-poor"), _line),
    Field("deprivations_label", N_("Before the boxes of indicators"), _text, wide=True),
    Field("legend", N_("Line above the indicators"), _text, wide=True),
    Field("indicators", N_("Indicators, one a line"), partial(NotedLines, lines=12), wide=True),
    Field("qr_note", N_("Beside the QR code"), _text, wide=True),
    Field("draft_mark", N_("Mark on a draft"), _line),
    Field("sample_mark", N_("Mark on papers of a sample"), _line),
)

SHAPE_FIELDS: Final = (
    Field("slots", N_("Years on one paper"), partial(NotedNumber, least=1, most=4), required=True),
    Field("member_rows", N_("Rows for members"), partial(NotedNumber, least=1, most=11), required=True),
)

"""The letterhead: its fields, and the head of a paper drawn while one types."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from casemgr.domain.dates import official_date
from casemgr.domain.text import clean
from casemgr.i18n import N_
from ui.editors import Editor, LineEditor
from ui.forms import Field, Form
from ui.office.picture import PaperPicture
from ui.theme import sized, spaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casemgr.domain.offices import OfficeData

_DELAY_MS: Final = 120


class LinesEditor(Editor[QPlainTextEdit]):
    """A few lines that stay lines."""

    def __init__(self, *, lines: int = 2, wraps: bool = False) -> None:
        super().__init__(QPlainTextEdit())
        self.widget.setTabChangesFocus(True)
        if not wraps:
            self.widget.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        sized(self.widget, height=19 * lines + 18)
        self.widget.textChanged.connect(self.changed)

    def value(self) -> tuple[str, ...]:
        """The lines that say something."""
        return tuple(line for line in map(clean, self.widget.toPlainText().splitlines()) if line)

    def set_value(self, value: Sequence[str] | None) -> None:
        """Show lines."""
        self.widget.setPlainText("\n".join(value or ()))


FIELDS: Final = (
    Field(
        "agency_lines",
        N_("&Name of the agency"),
        LinesEditor,
        help=N_("Line by line as it stands at the top left of papers"),
        required=True,
        wide=True,
    ),
    Field(
        "place_name",
        N_("&Place before the date"),
        LineEditor,
        help=N_("Decree 30/2020: the name of the commune, for some with its kind"),
        required=True,
    ),
    Field(
        "certificate_symbol",
        N_("S&ymbol of certificates"),
        LineEditor,
        help=N_("What follows the number, such as GCN-HN.HCN"),
        required=True,
    ),
)


class HeadPicture(PaperPicture):
    """The head of a paper of today, drawn anew while the fields of `form` change."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self.draw)
        form.changed.connect(self._delay.start)

    def draw(self) -> None:
        """Draw now."""
        from casemgr.reports.letterhead import render_head

        symbol = self._form.value("certificate_symbol") or ""
        place = self._form.value("place_name") or ""
        today = datetime.date.today()  # noqa: DTZ011 - the person's own day
        self.show_pdf(
            render_head(self._form.value("agency_lines"), f"Số: 01/{symbol}", f"{place}, {official_date(today)}")
        )


class LetterheadPane(QWidget):
    """Fields above, picture below; what is typed shows at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(FIELDS, name="letterhead", columns=2, marks_changes=False)
        self.picture = HeadPicture(self.form)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addWidget(self.form)
        layout.addWidget(self.picture)

    def load(self, office: OfficeData) -> None:
        """Show an office's letterhead."""
        self.form.load(office)
        self.picture.draw()

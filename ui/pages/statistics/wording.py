"""What the page says of a report: how sure its numbers are, and what to look at before it is handed in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from casemgr.i18n import _, ngettext
from casemgr.services.statistics import Figures
from ui.theme import theme

_HIGH = 92


def state_words(found: Figures, *, of_day: bool) -> str:
    """Official or preliminary or of a day, by which standard, and how much there is to look at."""
    words = _("By decision") if found.official else _("Preliminary: no decision yet")
    if of_day:
        words = _("State of {day}").format(day=found.period)
    notes = [words, _("standard {standard}").format(standard=found.standard)]
    if found.warnings:
        count = len(found.warnings)
        notes.append(ngettext("{count} thing to look at", "{count} things to look at", count).format(count=count))
    return " · ".join(notes)


class WarningsArea(QScrollArea):
    """The warnings of a report, one a line; hidden when there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportWarningsArea")
        self.setWidgetResizable(True)
        self.label = QLabel()
        self.label.setObjectName("reportWarnings")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.label)

    def show_warnings(self, warnings: tuple[str, ...]) -> None:
        """Show these in place of those before."""
        self.label.setText("\n".join(f"• {told}" for told in warnings))
        self.label.setAccessibleName(_("Look at these before handing the report in"))
        self.setVisible(bool(warnings))
        if warnings:
            need = self.label.heightForWidth(max(200, self.width() - theme().px(24))) + theme().px(8)
            self.setFixedHeight(min(need, theme().room(_HIGH)))

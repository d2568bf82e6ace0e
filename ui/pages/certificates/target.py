"""Where papers go: a printer with copies, pages and shift, or a PDF file; remembered on this machine."""

import json
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSpinBox, QWidget

from casemgr.i18n import _, format_number
from ui.desk import Desk
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.printing import Printing, PrintOrder, read_pages

TO_FILE: Final = ""
"""What stands for a PDF file among the printers."""
_KEY = "printing"


class MillimetreBox(QSpinBox):
    """Millimetres to a tenth, typed with comma or point."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(-300, 300)
        self.setSingleStep(5)

    @property
    def millimetres(self) -> float:
        """The length."""
        return self.value() / 10

    def show_millimetres(self, length: float) -> None:
        """Show a length."""
        self.setValue(round(length * 10))

    def textFromValue(self, value: int) -> str:
        """With the language's own mark."""
        return f"{format_number(value / 10, decimals=1)} mm"

    def valueFromText(self, text: str) -> int:
        """In tenths; what cannot be read is the value before."""
        try:
            return round(float(text.removesuffix("mm").strip().replace(",", ".")) * 10)
        except ValueError:
            return self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Anything while it is typed."""
        return QValidator.State.Acceptable, text, position


class PrintTarget(Speaks):
    """The few choices before a paper leaves the program."""

    changed = Signal()

    def __init__(self, desk: Desk, printing: Printing, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._desk = desk
        self._printing = printing
        self._names: list[str] = []
        self.printer: ChoiceBox[str] = ChoiceBox()
        self.copies, self.pages = QSpinBox(), QLineEdit()
        self.copies.setRange(1, 99)
        self.right, self.down = MillimetreBox(), MillimetreBox()
        self.problem, self.hint = QLabel(), QLabel()
        self.problem.setProperty("class", "problem")
        self.hint.setProperty("class", "small")
        for label in (self.problem, self.hint):
            label.setWordWrap(True)
        self._labels: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        spaced(grid, spacing=6)
        grid.setColumnStretch(1, 1)
        for row, (part, widget) in enumerate(self._lines()):
            label = QLabel()
            label.setBuddy(widget)
            widget.setObjectName(f"{name}{part}")
            self._labels[part] = label
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self.problem, grid.rowCount(), 0, 1, 2)
        grid.addWidget(self.hint, grid.rowCount(), 0, 1, 2)
        self._with_pages, self._with_shift = True, False
        self.printer.chosen.connect(self._on_printer)
        self.pages.textEdited.connect(lambda _text: self.problem.hide())
        self.problem.hide()
        self.look()
        self.retranslate()

    def look(self) -> None:
        """Ask which printers there are now; the one chosen last is chosen again."""
        self._names = list(self._printing.names())
        self.printer.set_choices([*((name, partial(str, name)) for name in self._names), (TO_FILE, _file_words)])
        self._recall()

    def _lines(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            ("Printer", self.printer),
            ("Copies", self.copies),
            ("Pages", self.pages),
            ("Right", self.right),
            ("Down", self.down),
        )

    @property
    def to_file(self) -> bool:
        """Whether a PDF file is wanted rather than a printer."""
        return not self.printer.value()

    def offer(self, *, pages: bool, shift: bool) -> None:
        """Which choices make sense for these papers."""
        self._with_pages, self._with_shift = pages, shift
        self._show()

    def order(self, page_count: int) -> PrintOrder | None:
        """What was asked for; None, with the reason beside the field, when it cannot be read."""
        shift = (self.right.millimetres, self.down.millimetres) if self._with_shift else (0.0, 0.0)
        try:
            chosen = read_pages(self.pages.text(), page_count) if self._with_pages and not self.to_file else ()
        except ValueError:
            self.problem.setText(_("Type pages between 1 and {count}, e.g. 1-3, 5.").format(count=page_count))
            self.problem.show()
            self.pages.setFocus()
            return None
        self.problem.hide()
        copies = 1 if self.to_file else self.copies.value()
        return PrintOrder(self.printer.value() or TO_FILE, copies, chosen, *shift)

    def remember(self) -> None:
        """Offer the same next time."""
        window = self._kept()
        kept = window.get(_KEY, {})
        kept["printer"] = self.printer.value()
        if self._with_shift:
            kept.setdefault("shift", {})[self.printer.value()] = [self.right.millimetres, self.down.millimetres]
        text = json.dumps({**window, _KEY: kept})
        if text != self._desk.settings.window:
            self._desk.prefer(window=text)

    def retranslate(self) -> None:
        """Say the words again."""
        for (name, widget), words in zip(
            self._lines(), (_("P&rinter"), _("&Copies"), _("Pa&ges"), _("Shift ri&ght"), _("Shift do&wn")), strict=True
        ):
            self._labels[name].setText(words)
            widget.setAccessibleName(words.replace("&", ""))
        self.pages.setPlaceholderText(_("all; or e.g. 1-3, 5"))
        for box in (self.right, self.down):
            box.setToolTip(_("How far the printer must move so that the print meets the lines of the paper."))
        self._show()

    def _show(self) -> None:
        shown = {
            "Copies": not self.to_file,
            "Pages": not self.to_file and self._with_pages,
            "Right": not self.to_file and self._with_shift,
            "Down": not self.to_file and self._with_shift,
        }
        for name, widget in self._lines():
            visible = shown.get(name, True)
            widget.setVisible(visible)
            self._labels[name].setVisible(visible)
        if self._names:
            self.hint.setText(_("Printed at 100 %, exactly as in the preview."))
        else:
            self.hint.setText(
                _("This computer has no printer. You can save the paper as a PDF file and print it elsewhere.")
            )

    def _on_printer(self) -> None:
        self._recall_shift()
        self._show()
        self.changed.emit()

    def _recall(self) -> None:
        wanted = self._kept().get(_KEY, {}).get("printer")
        known = [*self._names, TO_FILE]
        self.printer.set_value(wanted if wanted in known else known[0])
        self._recall_shift()

    def _recall_shift(self) -> None:
        kept = self._kept().get(_KEY, {}).get("shift", {}).get(self.printer.value(), (0, 0))
        self.right.show_millimetres(kept[0])
        self.down.show_millimetres(kept[1])

    def _kept(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._desk.settings.window or "{}")
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}


def _file_words() -> str:
    return _("PDF file…")

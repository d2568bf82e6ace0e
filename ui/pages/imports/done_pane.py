"""The end of an import: what it did, the way to the households, and the way back."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from casemgr.i18n import _, format_number, ngettext
from ui.icons import icon
from ui.pages.imports.reading import Applied
from ui.theme import spaced, theme
from ui.translation import Speaks


class DonePane(Speaks):
    """Shows a result; `undo_requested` takes the whole import back."""

    households_requested = Signal()
    undo_requested = Signal()
    another_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importDone")
        self._applied: Applied | None = None
        self._undone = False
        self._busy = False
        self._picture, self.title, self.text = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("importDoneTitle")
        self.title.setProperty("class", "h3")
        self.text.setObjectName("importDoneText")
        self.text.setProperty("class", "soft")
        for label in (self._picture, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open, self.another, self.undo = QPushButton(), QPushButton(), QPushButton()
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addStretch()
        for name, button, signal in (
            ("importUndo", self.undo, self.undo_requested),
            ("importAnother", self.another, self.another_requested),
            ("importOpen", self.open, self.households_requested),
        ):
            button.setObjectName(name)
            button.setAutoDefault(True)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch()
        self.open.setProperty("class", "primary")
        self.undo.setIcon(icon("arrow-u-up-left"))
        layout = QVBoxLayout(self)
        spaced(layout, margins=(24, 24, 24, 24), spacing=10)
        layout.addStretch(2)
        for widget in (self._picture, self.title, self.text):
            layout.addWidget(widget)
        layout.addLayout(row)
        layout.addStretch(3)
        self.retranslate()

    def show_result(self, applied: Applied) -> None:
        """Tell what was done."""
        self._applied, self._undone, self._busy = applied, False, False
        self.retranslate()
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """While it is being taken back nothing can be pressed."""
        self._busy = busy
        self.retranslate()

    def show_undone(self) -> None:
        """It was taken back."""
        self._undone, self._busy = True, False
        self.retranslate()
        self.another.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words again."""
        for button, words in (
            (self.open, _("Open the households")),
            (self.another, _("Another list")),
            (self.undo, _("Take this import back")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setEnabled(not self._busy)
        applied = self._applied
        if applied is None:
            return
        side = theme().px(40)
        picture, tone = ("arrow-u-up-left", "info") if self._undone else ("check-circle", "ok")
        self._picture.setPixmap(icon(picture, tone).pixmap(QSize(side, side)))
        self.undo.setVisible(applied.step is not None and not self._undone)
        if self._undone:
            self.title.setText(_("The import was taken back"))
            self.text.setText(_("The file is as it was before “{list}”.").format(list=applied.label))
            return
        result = applied.result
        written = result.created + result.updated
        if applied.step is None:
            self.title.setText(_("Nothing changed"))
        else:
            self.title.setText(
                ngettext("{count} household imported", "{count} households imported", written).format(
                    count=format_number(written)
                )
            )
        counts = (
            (_("new: {count}"), result.created),
            (_("changed: {count}"), result.updated),
            (_("unchanged: {count}"), result.unchanged),
            (_("left out: {count}"), result.held_back),
            (_("new people: {count}"), result.people),
            (_("new hamlets: {count}"), result.hamlets),
        )
        parts = [words.format(count=format_number(count)) for words, count in counts if count]
        year = _("Year {year}").format(year=result.year)
        self.text.setText(" · ".join((year, *parts)))

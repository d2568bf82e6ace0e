"""The recovery sheet: seen, printed or saved, and proved to be on paper by typing one group of its code."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.errors import AppError
from casemgr.i18n import _
from casemgr.jobs import Progress
from ui.icons import icon
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_choice import ask_file
from ui.widgets.pdf_view import PdfView
from ui.widgets.printing import PrintDialog, PrintOrder, print_pdf, printers, save_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from casemgr.domain.recovery import RecoveryCode
    from ui.jobs import JobRunner

Send = Callable[[bytes, PrintOrder, Progress], int]
"""Prints a PDF, as a job."""

_READ_AS: Final = str.maketrans("OIL", "011")


class RecoverySheet(Speaks):
    """Shows the sheet until it is on paper; `ready` once a group typed from the paper is right."""

    ready_changed = Signal()
    confirmed = Signal()
    """Enter on a right group."""

    def __init__(
        self,
        jobs: JobRunner,
        *,
        found: Callable[[], Sequence[str]] = printers,
        send: Send = print_pdf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recoverySheet")
        self._jobs, self._printers, self._send = jobs, found, send
        self._content = b""
        self._groups: tuple[str, ...] = ()
        self._asked = 0
        self._out = False
        self.view = PdfView()
        self.cover = EmptyState(
            "lock-key",
            lambda: _("The sheet is on paper"),
            lambda: _("It is hidden here now, so that the group below is read from the paper."),
            (lambda: _("Show it again"),),
        )
        self.cover.chosen.connect(lambda _number: self._cover(covered=False))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.cover)
        self.print_button, self.save_button = QPushButton(), QPushButton()
        for name, button, picture, act in (
            ("sheetPrint", self.print_button, "printer", self._on_print),
            ("sheetSave", self.save_button, "file-pdf", self._on_save),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture, "on" if button is self.print_button else "soft"))
            button.clicked.connect(act)
        self.print_button.setProperty("class", "primary")
        self.label, self.told = QLabel(), QLabel()
        self.label.setWordWrap(True)
        self.told.setProperty("class", "problem")
        self.told.setWordWrap(True)
        self.told.setObjectName("sheetTold")
        self.group = QLineEdit()
        self.group.setObjectName("sheetGroup")
        self.group.setMaxLength(12)
        self.group.textEdited.connect(lambda _text: self._on_typed())
        self.group.returnPressed.connect(self._on_enter)
        self.label.setBuddy(self.group)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        for widget in (self.print_button, self.save_button):
            row.addWidget(widget)
        row.addSpacing(12)
        row.addWidget(self.label, 1)
        row.addWidget(self.group)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self.stack, 1)
        layout.addLayout(row)
        layout.addWidget(self.told)
        self.retranslate()
        self._say("")

    def show_sheet(self, code: RecoveryCode, content: bytes) -> None:
        """A new code and its sheet."""
        self._groups, self._content = code.groups, content
        self._asked = secrets.randbelow(len(code.groups) - 1)  # the last one only checks the others
        self._out = False
        self.group.clear()
        self._cover(covered=False)
        self.view.show_pdf(content)
        self._say("")
        self.retranslate()
        self.print_button.setFocus()

    def forget(self) -> None:
        """Nothing of the code stays on the screen or in memory."""
        self._groups, self._content = (), b""
        self.view.show_pdf(None)
        self.group.clear()

    @property
    def asked(self) -> int:
        """Which group is asked for, from 1."""
        return self._asked + 1

    @property
    def ready(self) -> bool:
        """Whether it was printed or saved, and the group is right."""
        return self._out and bool(self._groups) and _read(self.group.text()) == self._groups[self._asked]

    def why_not(self) -> str:
        """What is still to do; "" when nothing is."""
        if not self._out:
            return _("Print the sheet or save it as PDF first: without it a lost passphrase means lost data.")
        if not self.ready:
            return _("Type group {number} of the code exactly as it stands on the paper.").format(number=self.asked)
        return ""

    def retranslate(self) -> None:
        """Say the words again."""
        self.print_button.setText(_("Print the sheet…"))
        self.save_button.setText(_("Save as PDF…"))
        self.label.setText(_("&Group {number} on the paper:").format(number=self.asked))
        self.group.setAccessibleName(self.label.text().replace("&", ""))
        for button in (self.print_button, self.save_button):
            button.setAccessibleName(button.text())

    def _on_print(self) -> None:
        dialog = PrintDialog(self.view.page_count, self, found=self._printers())
        answer = dialog.exec()
        dialog.deleteLater()
        if answer == PrintDialog.TO_FILE:
            self._on_save()
        elif answer:
            content, order, send = self._content, dialog.order(), self._send

            def work(progress: Progress) -> int:
                return send(content, order, progress)

            job = self._jobs.start(work, title=_("Printing the recovery sheet"))
            job.succeeded.connect(lambda _sheets: self._on_out())
            job.catch(AppError, lambda error: self._say(str(error)))

    def _on_save(self) -> None:
        ask_file(
            self,
            _("Save the recovery sheet"),
            _("PDF files") + " (*.pdf)",
            self._on_place,
            name=_("Recovery sheet") + ".pdf",
            suffix="pdf",
        )

    def _on_place(self, place: Path) -> None:
        try:
            save_pdf(self._content, place)
        except AppError as error:
            self._say(str(error))
        else:
            self._on_out()

    def _on_out(self) -> None:
        self._out = True
        self._say("")
        self._cover(covered=True)
        self.group.setFocus()
        self.ready_changed.emit()

    def _on_typed(self) -> None:
        self._say("")
        self.ready_changed.emit()

    def _on_enter(self) -> None:
        self._say(self.why_not())
        if self.ready:
            self.confirmed.emit()

    def _cover(self, *, covered: bool) -> None:
        self.stack.setCurrentWidget(self.cover if covered else self.view)

    def say_why_not(self) -> None:
        """Tell what is still to do."""
        self._say(self.why_not())

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
        self.group.setAccessibleDescription(text)


def _read(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(_READ_AS)

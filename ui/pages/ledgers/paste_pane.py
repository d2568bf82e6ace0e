"""Taking a list in: pasted from Excel or opened from a file, every line with whom it means or why not, then written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QToolButton, QVBoxLayout

from casemgr.domain.pasted_lists import Cell
from casemgr.errors import ValidationError
from casemgr.i18n import N_, _, format_number, ngettext
from ui.icons import icon
from ui.jobs import Job
from ui.models.rows import Column, RowsModel
from ui.theme import spaced
from ui.translation import Says, Speaks
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_choice import ask_file
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from ui.desk import Desk

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class PastedLine:
    """One line as it was understood."""

    line: int
    name: str
    household: str
    what: str
    problem: str
    """Empty: it will be written."""
    kind: str = ""
    """What kind of line that cannot be written it is, in a few words; the kinds are counted."""


@dataclass(frozen=True)
class Intake:
    """What a list is for: how its lines are understood, and how those that fit are written."""

    title: Callable[[], str]
    columns: Callable[[], str]
    """Which columns are expected, in words."""
    read: Callable[[Rows], Sequence[PastedLine]]
    """Runs as a job; keeps what it found for `write`."""
    write: Callable[[], Job]


COLUMNS: Final = (
    Column[PastedLine]("line", N_("Line"), lambda row: format_number(row.line), 56, right=True),
    Column[PastedLine]("name", N_("Full name"), lambda row: row.name, 180),
    Column[PastedLine]("household", N_("Household"), lambda row: row.household, 84, code=True),
    Column[PastedLine]("what", N_("What is written"), lambda row: row.what, 280),
    Column[PastedLine](
        "result",
        N_("Result"),
        lambda row: row.problem or _("Will be written"),
        320,
        tone=lambda row: "near" if row.problem else "ok",
    ),
)


class PastePane(Speaks):
    """Ctrl+V reads the clipboard; nothing is written before the button."""

    closed = Signal()
    said = Signal(Notice)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("ledgerPastePane")
        self._desk = desk
        self._intake: Intake | None = None
        self._lines: Sequence[PastedLine] = ()
        self.back = QToolButton()
        self.back.setObjectName("ledgerPasteBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.closed)
        self.title, self.note, self.count, self.problem = QLabel(), QLabel(), QLabel(), QLabel()
        self.title.setObjectName("ledgerPasteTitle")
        self.title.setProperty("class", "h1")
        self.note.setProperty("class", "soft")
        self.note.setWordWrap(True)
        self.count.setObjectName("ledgerPasteCount")
        self.problem.setObjectName("ledgerPasteProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.clip, self.open, self.write = QPushButton(), QPushButton(), QPushButton()
        for button, name, picture, act in (
            (self.clip, "ledgerPasteClip", "clipboard-text", self.take_clipboard),
            (self.open, "ledgerPasteFile", "file-arrow-down", self._ask_file),
            (self.write, "ledgerPasteWrite", "check", self._write),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture, "on" if button is self.write else "soft"))
            button.clicked.connect(lambda _checked=False, act=act: act())
        self.write.setProperty("class", "primary")
        self.model: RowsModel[int, PastedLine] = RowsModel(COLUMNS, lambda ids: [self._lines[one] for one in ids])
        self.table = ListTable(self.model, name="ledgerPasteTable")
        self.empty = EmptyState(
            "clipboard-text",
            lambda: _("Copy the list in Excel, then paste it here (Ctrl+V)"),
            lambda: self._intake.columns() if self._intake else "",
            (lambda: _("Paste"), lambda: _("Open an Excel file…")),
        )
        self.empty.chosen.connect(lambda number: self._ask_file() if number else self.take_clipboard())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.table)
        Says(self.table, self.table.setAccessibleName, lambda: _("Lines of the list"))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.title)
        words.addWidget(self.note)
        spaced(head, spacing=8)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        head.addWidget(self.open)
        head.addWidget(self.clip)
        spaced(foot, spacing=8)
        foot.addWidget(self.count)
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.write)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)
        layout.addLayout(foot)

    def begin(self, intake: Intake) -> None:
        """Wait for a list."""
        self._intake = intake
        self._show(())
        self.clip.setFocus(Qt.FocusReason.OtherFocusReason)
        self.retranslate()

    def take_clipboard(self) -> None:
        """Read what is on the clipboard."""
        self.take_text(QGuiApplication.clipboard().text())

    def take_text(self, text: str) -> None:
        """Read a copied block of cells."""
        rows = [line.split("\t") for line in text.splitlines() if line.strip()]
        if not rows:
            self.problem.setText(_("There is no list on the clipboard. Copy its lines in Excel first."))
            return
        self._read(lambda _progress: rows)

    def take_file(self, path: Path) -> None:
        """Read the first sheet that has lines."""

        def rows(progress: Progress) -> Rows:
            from casemgr.exchange.workbooks import read_workbook

            book = read_workbook(path, progress)
            sheet = next((one for one in book.sheets if one.rows), None)
            return (
                [] if sheet is None else [[row.cell(place).value for place in range(sheet.width)] for row in sheet.rows]
            )

        self._read(rows)

    def retranslate(self) -> None:
        """Say the words again."""
        self.title.setText(self._intake.title() if self._intake else "")
        self.note.setText(self._intake.columns() if self._intake else "")
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words in (
            (self.clip, _("Paste")),
            (self.open, _("Open an Excel file…")),
            (self.write, _("Write down")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self._say_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V reads, Esc goes back."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take_clipboard()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # ---- inside

    def _read(self, rows: Callable[[Progress], Rows]) -> None:
        intake = self._intake
        if intake is not None:
            job = self._desk.jobs.start(lambda progress: intake.read(rows(progress)), title=_("Reading the list"))
            job.succeeded.connect(self._show)

    def _show(self, lines: Sequence[PastedLine]) -> None:
        self._lines = lines
        self.problem.setText("")
        self.model.set_ids(range(len(lines)))
        self.stack.setCurrentWidget(self.table if lines else self.empty)
        self.write.setEnabled(any(not line.problem for line in lines))
        self._say_count()
        if lines:
            self.table.go(0)
            self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_count(self) -> None:
        ready = sum(1 for line in self._lines if not line.problem)
        told = ngettext("{count} line will be written", "{count} lines will be written", ready)
        left = len(self._lines) - ready
        more = ngettext("{count} cannot", "{count} cannot", left)
        words = [told.format(count=format_number(ready)), more.format(count=format_number(left)) if left else ""]
        kinds = Counter(line.kind for line in self._lines if line.problem and line.kind)
        words += [f"{kind}: {format_number(count)}" for kind, count in kinds.items()]
        self.count.setText(", ".join(filter(None, words)) if self._lines else "")

    def _write(self) -> None:
        intake = self._intake
        if intake is None or not self.write.isEnabled():
            return
        ready = sum(1 for line in self._lines if not line.problem)
        self.write.setEnabled(False)
        job = intake.write()
        job.catch(ValidationError, lambda error: self.problem.setText(str(error)))
        job.succeeded.connect(lambda _ids: self._on_written(ready))

    def _on_written(self, count: int) -> None:
        told = ngettext("{count} line written down.", "{count} lines written down.", count)
        self.closed.emit()
        self.said.emit(Notice(told.format(count=format_number(count)), "ok"))

    def _ask_file(self) -> None:
        kinds = _("Excel files") + " (*.xlsx *.xlsm *.xls *.csv)"
        ask_file(self, _("Open the list"), kinds, self.take_file)

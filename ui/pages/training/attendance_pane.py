"""Attendance of one class: the grid, what is wrong beside the cells, everything written in one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.domain.training import Mark
from casemgr.domain.training_days import read_cells
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.services import courses
from casemgr.services.courses import CourseView
from ui.form_pane import ask_about_changes
from ui.forms import EditBar
from ui.icons import icon
from ui.pages.training.attendance_grid import AttendanceGrid, AttendanceModel, Cell
from ui.theme import spaced
from ui.translation import Says, Speaks
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.message_bar import Notice
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from ui.desk import Desk

_SHOWN = 6


class AttendancePane(Speaks):
    """`show_class` shows one; what is typed stays until it is saved or discarded."""

    closed = Signal()
    said = Signal(Notice)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("trainingAttendance")
        self._desk = desk
        self._view: CourseView | None = None
        self.model = AttendanceModel()
        self.grid = AttendanceGrid(self.model, name="attendanceDays", title=lambda: _("Attendance of the class"))
        self.sums = AttendanceGrid(
            self.model, name="attendanceSums", title=lambda: _("Days of each learner"), sums=True
        )
        self.grid.verticalScrollBar().valueChanged.connect(self.sums.verticalScrollBar().setValue)
        self.sums.verticalScrollBar().valueChanged.connect(self.grid.verticalScrollBar().setValue)
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grid.pasted.connect(self.take_text)
        self.model.edited.connect(self._on_edited)
        self.back = QToolButton()
        self.back.setObjectName("trainingAttendanceBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.leave)
        Says(self.back, self.back.setAccessibleName, lambda: _("Back to the classes"))
        Says(self.back, self.back.setToolTip, lambda: _("Back (Esc)"))
        self.title, self.hint = ElidedLabel(), QLabel()
        self.title.setObjectName("trainingAttendanceTitle")
        self.title.setProperty("class", "h1")
        self.hint.setObjectName("trainingAttendanceHint")
        self.hint.setProperty("class", "small")
        self.hint.setWordWrap(True)
        self.paste, self.full = QPushButton(), QPushButton()
        for button, name, picture, words in (
            (self.full, "attendanceFull", "check-square", lambda: _("All present that day")),
            (self.paste, "attendanceExcel", "clipboard-text", lambda: _("Paste from Excel")),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            for say in (button.setText, button.setAccessibleName):
                Says(button, say, words)
        self.full.clicked.connect(self.fill_day)
        self.paste.clicked.connect(lambda: self.take_text(QGuiApplication.clipboard().text()))
        self.told = Told("attendanceTold")
        self.told.chosen.connect(self._go)
        self.bar = EditBar()
        self.bar.setObjectName("trainingAttendanceBar")
        self.bar.save_requested.connect(self.save)
        self.bar.discard_requested.connect(self.discard)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.full)
        head.addWidget(self.paste)
        middle = QHBoxLayout()
        spaced(middle)
        middle.addWidget(self.grid, 1)
        middle.addWidget(self.sums)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=8)
        layout.addLayout(head)
        layout.addWidget(self.hint)
        layout.addWidget(self.told)
        layout.addLayout(middle, 1)
        layout.addWidget(self.bar)

    @property
    def dirty(self) -> bool:
        """Whether marks are typed that are not saved."""
        return bool(self.model.changes)

    def show_class(self, course: UUID) -> None:
        """Show the attendance of a class."""
        read = self._desk.workspace.read
        self._view = read(courses.view, course)
        writable = self._desk.may(Permission.EDIT) and self._view.closed_on is None
        self.model.show(read(courses.attendance, course), self._view.data.days, writable=writable)
        self.told.show_lines([] if self._view.closed_on is None else [Line(_("The class is closed."), "info")])
        for button in (self.full, self.paste):
            button.setEnabled(writable)
        self._say_state()
        self.retranslate()
        if self.model.rows and self.model.days:
            self.grid.go(0, self._first_open())

    def refresh(self) -> None:
        """Read again unless something is typed."""
        if self._view is not None and not self.dirty:
            here = self.grid.currentIndex()
            self.show_class(self._view.id)
            if here.isValid() and here.row() < len(self.model.rows) and here.column() < len(self.model.days):
                self.grid.setCurrentIndex(self.model.index(here.row(), here.column()))

    def take_text(self, text: str) -> None:
        """Put pasted cells where their heading and names say, else from the current cell on."""
        if self._view is None or not self.model.writable:
            return
        here = self.grid.currentIndex()
        at = (max(0, here.row()), max(0, here.column()))
        pasted = read_cells(text, [row.person for row in self.model.rows], self.model.days, at)
        self.model.put(pasted.marks)
        lines = [Line(self._desk.workspace.read(courses.outside, self._view.data, day), "poor") for day in pasted.days]
        lines += [Line(_("Nobody in this class is called “{name}”.").format(name=name)) for name in pasted.names]
        problems: dict[Cell, str] = {}
        for row, column, said in pasted.unread:
            told = _("“{text}” is no mark: write x, p or k.").format(text=said)
            problems[self.model.rows[row].learner_id, self.model.days[column]] = told
        if pasted.over:
            lines.append(Line(_("Cells beyond the last learner or day of the class were left out."), "near"))
        self._tell(problems, lines)
        count = len(pasted.marks)
        words = ngettext("{count} cell taken in.", "{count} cells taken in.", count).format(count=count)
        self.said.emit(Notice(words, "near" if lines or problems else "ok"))

    def fill_day(self) -> None:
        """Everybody without a mark is present on the day one is on."""
        column = self.grid.currentIndex().column()
        if 0 <= column < len(self.model.days):
            empty = [row for row in range(len(self.model.rows)) if self.model.mark(row, column) is None]
            self.model.put({(row, column): Mark.PRESENT for row in empty})
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Write what was typed; nothing when a cell is wrong."""
        view = self._view
        if view is None or not self.dirty:
            return
        self.bar.show_state(saving=True)
        job = self._desk.write(courses.keep_attendance, view.id, dict(self.model.changes))
        job.succeeded.connect(self._on_saved)
        job.catch(ValidationError, lambda error: self._on_wrong(error.problems))
        job.catch(ConflictError, lambda error: self.said.emit(Notice(str(error), "near")))
        job.finished.connect(self._say_state)

    def discard(self) -> None:
        """Back to what is on record."""
        if self._view is not None:
            self.show_class(self._view.id)

    def leave(self) -> None:
        """Back to the classes, asking about what is not saved."""
        if self.may_leave():
            self.closed.emit()

    def may_leave(self) -> bool:
        """Whether one may go; saving goes on in the background."""
        if not self.dirty:
            return True
        answer = ask_about_changes(self)
        if answer == "discard":
            self.discard()
            return True
        if answer == "save":
            self.save()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say the words again."""
        view = self._view
        self.title.setText(f"{view.data.code} · {view.data.trade}" if view else "")
        self.hint.setText(
            _(
                "x present, p away with leave, k away, space empties; arrows move, several cells are marked together. "
                "Ctrl+V takes cells of Excel, with or without names and days."
            )
        )

    # ---- inside

    def _first_open(self) -> int:
        """The first day nobody is marked on."""
        for column in range(len(self.model.days)):
            if all(self.model.mark(row, column) is None for row in range(len(self.model.rows))):
                return column
        return 0

    def _on_edited(self) -> None:
        self._say_state()

    def _on_saved(self, count: object) -> None:
        view = self._view
        if view is None:
            return
        here = self.grid.currentIndex()
        self.show_class(view.id)
        if here.isValid():
            self.grid.go(here.row(), here.column())
        number = count if isinstance(count, int) else 0
        told = ngettext("{count} day of a learner saved.", "{count} days of learners saved.", number)
        self.said.emit(Notice(told.format(count=number), "ok"))

    def _on_wrong(self, problems: Sequence[Problem]) -> None:
        cells: dict[Cell, str] = {}
        lines = []
        for problem in problems:
            cell = _cell(problem.field)
            if cell is None:
                lines.append(Line(problem.message))
            else:
                cells[cell] = problem.message
        self._tell(cells, lines)
        first = next((place for cell in cells if (place := self.model.place_of(cell))), None)
        if first is not None:
            self.grid.go(*first)

    def _tell(self, cells: dict[Cell, str], lines: Sequence[Line]) -> None:
        self.model.show_problems(cells)
        names = {row.learner_id: row.person for row in self.model.rows}
        shown = [*lines]
        for cell, text in list(cells.items())[:_SHOWN]:
            told = f"{names.get(cell[0], '')}, {format_date(cell[1])}: {text}"
            shown.append(Line(told, "poor", courses.cell(*cell), _("Show the cell")))
        more = len(cells) - _SHOWN
        if more > 0:
            words = ngettext("{count} more cell is wrong.", "{count} more cells are wrong.", more)
            shown.append(Line(words.format(count=more)))
        self.told.show_lines(shown)

    def _go(self, key: str) -> None:
        cell = _cell(key)
        place = self.model.place_of(cell) if cell else None
        if place is not None:
            self.grid.go(*place)

    def _say_state(self) -> None:
        self.bar.show_state(dirty=self.dirty)
        self.bar.setVisible(self.dirty)


def _cell(field: str) -> Cell | None:
    parts = field.split(".")
    if len(parts) != 3 or parts[0] != "marks":
        return None
    return UUID(parts[1]), date.fromisoformat(parts[2])

"""Who was at an event: added by search, pasted from Excel, with days, contribution and result in the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout

from casemgr.domain import community
from casemgr.domain.activities import ActivityKind, AttendanceData
from casemgr.domain.money import read_money
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold
from casemgr.errors import ValidationError
from casemgr.i18n import N_, _, format_number, ngettext
from casemgr.services import activities, attendance_lines, officers
from casemgr.services.activities import ActivityView, AttendanceRow
from casemgr.services.officers import OfficerQuery
from ui.forms import EditBar
from ui.icons import icon
from ui.theme import spaced, theme
from ui.translation import Says, Speaks
from ui.who_editor import Chosen, WhoBox, find_people
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.message_bar import Notice
from ui.widgets.search_box import Hit

if TYPE_CHECKING:
    from ui.desk import Desk

NAME, CODE, HAMLET, DAYS, MONEY, RESULT = range(6)
TITLES: Final = (
    N_("Participant"),
    N_("Household"),
    N_("Hamlet"),
    N_("Days"),
    N_("Contribution"),
    N_("Result"),
)
_WIDTHS: Final = (160, 80, 120, 64, 110, 130)
_SHOWN: Final = 9
GUEST: Final = "guest"


class AttendanceGrid(QTableWidget):
    """The lines; Ctrl+V pastes from Excel, Del takes the line out."""

    pasted = Signal(str)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, len(TITLES))
        self.setObjectName("attendanceGrid")
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        Says(self, self.setAccessibleName, lambda: _("Participants"))
        Says(self, lambda _text: self.setHorizontalHeaderLabels([_(title) for title in TITLES]), str)

    def measure(self) -> None:
        """Lines and columns by the text size."""
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.row)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, round(width * look.unit * look.text))
        self.setColumnHidden(HAMLET, True)  # said on paper; here the household is enough

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes lines, Del takes one out."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            self.removed.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class AttendancePane(Speaks):
    """The whole list is written at once; what is typed stays until it is saved or discarded."""

    said = Signal(Notice)
    print_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("attendancePane")
        self._desk = desk
        self._view: ActivityView | None = None
        self._lines: list[AttendanceRow] = []
        self._loaded: tuple[AttendanceData, ...] = ()
        self._quiet = False
        self.box = WhoBox(self._find, self._box_words)
        self.box.setObjectName("attendanceWho")
        self.box.chosen.connect(self._on_chosen)
        self.paste, self.remove, self.print = QPushButton(), QPushButton(), QPushButton()
        for button, name, picture, words in (
            (self.paste, "attendancePaste", "clipboard-text", lambda: _("Paste from Excel")),
            (self.remove, "attendanceRemove", "trash", lambda: _("Take out")),
            (self.print, "attendancePrint", "printer", lambda: _("List to sign")),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
        self.paste.clicked.connect(lambda: self.take_text(QGuiApplication.clipboard().text()))
        self.remove.clicked.connect(self._take_current)
        self.print.clicked.connect(self.print_requested)
        self.hint = QLabel()
        self.hint.setObjectName("attendanceHint")
        self.hint.setProperty("class", "small")
        self.hint.setWordWrap(True)
        self.problem = QLabel()
        self.problem.setObjectName("attendanceProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.grid = AttendanceGrid()
        self.grid.itemChanged.connect(self._on_item)
        self.grid.pasted.connect(self.take_text)
        self.grid.removed.connect(self._take_out)
        self.bar = EditBar()
        self.bar.setObjectName("attendanceBar")
        self.bar.save_requested.connect(self.save)
        self.bar.discard_requested.connect(self.discard)
        row = QHBoxLayout()
        spaced(row, spacing=6)
        for button in (self.paste, self.remove, self.print):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        layout.addWidget(self.box)
        layout.addLayout(row)
        layout.addWidget(self.hint)
        layout.addWidget(self.problem)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.bar)
        self.retranslate()

    @property
    def dirty(self) -> bool:
        """Whether the list differs from what is on record."""
        return self._view is not None and self.lines() != self._loaded

    def lines(self) -> tuple[AttendanceData, ...]:
        """What the grid says."""
        return tuple(self._line(number) for number in range(len(self._lines)))

    def show_event(self, view: ActivityView) -> None:
        """Show the list of an event."""
        self._view = view
        self._lines = list(view.attendance)
        self._loaded = tuple(row.data for row in view.attendance)
        self._fill()
        self._say_state()

    def discard(self) -> None:
        """Back to what is on record."""
        if self._view is not None:
            self.show_event(self._view)

    def save(self) -> None:
        """Write the whole list."""
        view = self._view
        wrong = self._unreadable()
        self._tell(wrong)
        if view is None or wrong:
            return
        self.bar.show_state(saving=True)
        job = self._desk.write(activities.attend, view.id, view.version, self.lines())
        job.succeeded.connect(lambda _nothing: self._on_saved(view.id))
        job.catch(ValidationError, lambda error: self._tell([str(error)]))
        job.finished.connect(self._say_state)

    def take_text(self, text: str) -> None:
        """Add pasted lines; those that mean nobody are told and left out."""
        if self._view is None or not self._desk.may(Permission.EDIT):
            return
        read = self._desk.workspace.read(attendance_lines.read_lines, text, officers=self._training)
        self._add([line.data for line in read if not line.problem])
        wrong = [f"{line.text}: {line.problem}" for line in read if line.problem]
        self._tell(wrong)
        count = len(read) - len(wrong)
        words = ngettext("{count} line taken in.", "{count} lines taken in.", count).format(count=count)
        self.said.emit(Notice(words, "near" if wrong else "ok"))

    def retranslate(self) -> None:
        """Say the words again."""
        self.hint.setText(
            _("Columns to paste: code or name, days, contribution, result. Ctrl+V in the list pastes, Del takes out.")
        )
        self.grid.measure()

    # ---- inside

    @property
    def _training(self) -> bool:
        return self._view is not None and self._view.data.kind is ActivityKind.OFFICER_TRAINING

    def _box_words(self) -> str:
        if self._training:
            return _("Add an officer: name or hamlet")
        return _("Add a participant: name, code, identity number, or scan the card")

    def _find(self, text: str) -> Sequence[Hit]:
        if self._training:
            on = self._view.data.on if self._view else None
            rows = self._desk.workspace.read(officers.rows, OfficerQuery(text, on=on))
            return [
                Hit(
                    "user",
                    row.data.name,
                    " · ".join(filter(None, (community.label(community.POSITIONS, row.data.position), row.hamlet))),
                    row.id,
                )
                for row in rows[:_SHOWN]
            ]
        guest = Hit("user-plus", clean(text), _("Guest who is not in the file"), (GUEST, clean(text)))
        return [*find_people(self._desk, text), guest]

    def _on_chosen(self, target: object) -> None:
        if isinstance(target, Chosen):
            self._add([AttendanceData(target.household_id, target.person_id)])
        elif isinstance(target, UUID):
            self._add([AttendanceData(officer_id=target)])
        elif isinstance(target, tuple):
            self._add([AttendanceData(name=str(target[1]))])
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, new: Sequence[AttendanceData]) -> None:
        here = [replace(row, data=self._line(number)) for number, row in enumerate(self._lines)]
        known = {_key(row.data) for row in here}
        fresh = []
        for line in new:
            if _key(line) not in known:
                known.add(_key(line))
                fresh.append(line)
        self._lines = [*here, *self._desk.workspace.read(activities.named, fresh)]
        self._fill()
        if fresh:
            self.grid.setCurrentCell(len(self._lines) - 1, DAYS)
        self._tell([] if fresh or not new else [_("This participant is on the list already.")])
        self._say_state()

    def _take_current(self) -> None:
        self._take_out(self.grid.currentRow())

    def _take_out(self, row: int) -> None:
        if 0 <= row < len(self._lines) and self._desk.may(Permission.EDIT):
            self._lines = [
                replace(one, data=self._line(number)) for number, one in enumerate(self._lines) if number != row
            ]
            self._fill()
            self.grid.setCurrentCell(min(row, len(self._lines) - 1), NAME)
            self._say_state()

    def _fill(self) -> None:
        self._quiet = True
        self.grid.setRowCount(0)
        self.grid.setRowCount(len(self._lines))
        may = self._desk.may(Permission.EDIT)
        for number, row in enumerate(self._lines):
            words = (
                row.name,
                row.code,
                row.hamlet,
                str(row.data.days),
                format_number(row.data.contribution) if row.data.contribution else "",
                row.data.result,
            )
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                if column < DAYS or not may:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                if column in (DAYS, MONEY):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.grid.setItem(number, column, item)
            if self._training:
                self.grid.setCellWidget(number, RESULT, self._result_box(number, row.data.result))
        self.grid.measure()
        self._quiet = False
        for button in (self.box, self.paste, self.remove):
            button.setEnabled(may)
        self.remove.setEnabled(may and bool(self._lines))

    def _result_box(self, number: int, result: str) -> ChoiceBox[str]:
        box: ChoiceBox[str] = ChoiceBox()
        box.setObjectName(f"attendanceResult{number}")
        box.setAccessibleName(_("Result"))
        choices: list[tuple[str, Any]] = [("", lambda: _("not stated"))]
        choices += [
            (entry.code, partial(community.label, community.RESULTS, entry.code))
            for entry in community.entries(community.RESULTS)
        ]
        box.set_choices(choices)
        box.set_value(result)
        box.chosen.connect(self._say_state)
        return box

    def _text(self, row: int, column: int) -> str:
        item = self.grid.item(row, column)
        return clean(item.text()) if item is not None else ""

    def _line(self, number: int) -> AttendanceData:
        box = self.grid.cellWidget(number, RESULT)
        result = box.value() if isinstance(box, ChoiceBox) else self._text(number, RESULT)
        days, money = self._text(number, DAYS), self._text(number, MONEY)
        return replace(
            self._lines[number].data,
            days=int(days) if days.isdecimal() else 0,
            contribution=(read_money(money).value or 0) if money else 0,
            result=str(result or ""),
        )

    def _unreadable(self) -> list[str]:
        wrong = []
        for number in range(len(self._lines)):
            days, money = self._text(number, DAYS), self._text(number, MONEY)
            if days and not days.isdecimal():
                wrong.append(_("Line {number}: “{text}” is no number of days.").format(number=number + 1, text=days))
            if money and read_money(money).value is None:
                wrong.append(_("Line {number}: “{text}” is no amount of money.").format(number=number + 1, text=money))
        return wrong

    def _tell(self, problems: Sequence[str]) -> None:
        self.problem.setText("\n".join(problems))
        self.problem.setVisible(bool(problems))

    def _on_item(self, _item: QTableWidgetItem) -> None:
        if not self._quiet:
            self._say_state()

    def _on_saved(self, event: UUID) -> None:
        self.show_event(self._desk.workspace.read(activities.view, event))
        self.said.emit(Notice(_("The participants are noted."), "ok"))

    def _say_state(self) -> None:
        self.bar.show_state(dirty=self.dirty)
        self.bar.setVisible(self.dirty)


def _key(line: AttendanceData) -> tuple[object, ...]:
    return (line.household_id, line.person_id, line.officer_id, fold(clean(line.name)))

"""Cases in steps: who waits for what since when, by programme, step and hamlet; opens the household, goes to Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.text import fold
from casemgr.i18n import N_, _, format_date, format_money, format_number, ngettext
from casemgr.services import staged_lists
from casemgr.services.staged_lists import BY_LABELS, By, CaseLine, CaseSum
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.pages.support.topic import Topic
from ui.places import Place
from ui.theme import sized, spaced
from ui.translation import Says
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_choice import ask_file
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from ui.desk import Desk

LATE: Final = 90
"""Days of waiting from which a line is marked."""
_OVER: Final = "over"


def _waits(row: CaseLine | CaseSum) -> str:
    return row.waits_for or _("nothing, it is over")


def _days(row: CaseLine) -> str:
    return "" if row.days is None else ngettext("{days} day", "{days} days", row.days).format(days=row.days)


def _day(row: CaseLine) -> str:
    return format_date(row.since) if row.since else ""


def _money(amount: int | None) -> str:
    return format_money(amount) if amount else ""


LINES: Final = (
    Column[CaseLine]("waits", N_("Waits for"), _waits, 190),
    Column[CaseLine]("head", N_("Household"), lambda row: row.head, 170),
    Column[CaseLine]("code", N_("Code"), lambda row: row.code, 82, code=True, spare=True),
    Column[CaseLine]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 120),
    Column[CaseLine]("title", N_("Programme"), lambda row: row.title, 210, spare=True),
    Column[CaseLine]("reached", N_("Last step"), lambda row: row.reached, 150, spare=True),
    Column[CaseLine]("since", N_("Since"), _day, 108, code=True),
    Column[CaseLine](
        "days",
        N_("Waiting"),
        _days,
        96,
        code=True,
        tone=lambda row: "near" if row.days is not None and row.days >= LATE else "plain",
    ),
    Column[CaseLine]("amount", N_("Amount decided"), lambda row: _money(row.amount), 150, right=True, spare=True),
)
SUMS: Final = (
    Column[CaseSum]("hamlet", N_("Hamlet"), lambda row: row.hamlet or _("All hamlets"), 140),
    Column[CaseSum]("title", N_("Programme"), lambda row: row.title, 240),
    Column[CaseSum]("waits", N_("Waits for"), _waits, 230),
    Column[CaseSum]("count", N_("Cases"), lambda row: format_number(row.count), 70, right=True, code=True),
    Column[CaseSum](
        "oldest", N_("The first since"), lambda row: format_date(row.oldest) if row.oldest else "", 120, code=True
    ),
    Column[CaseSum]("amount", N_("Amount decided"), lambda row: _money(row.amount), 150, right=True),
)


class CasesTopic(Topic):
    """One table of cases and one of sums; both follow the filters."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("supportCases")
        self._all: Sequence[CaseLine] = ()
        self._rows: dict[UUID, CaseLine] = {}
        self._sums: Sequence[CaseSum] = ()
        self._asked = 0
        self.text = QLineEdit()
        self.text.setObjectName("casesFilter")
        self.text.setClearButtonEnabled(True)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)
        self._delay.timeout.connect(self.narrow)
        self.text.textChanged.connect(lambda _text: self._delay.start())
        self.programme: ChoiceBox[str] = self._box("casesProgramme", lambda: _("Programme"), 190)
        self.step: ChoiceBox[str] = self._box("casesStep", lambda: _("Waits for"), 170)
        self.hamlet: ChoiceBox[str] = self._box("casesHamlet", lambda: _("Hamlet"), 140)
        self.by: ChoiceBox[str] = self._box("casesBy", lambda: _("Cases or sums"), 230)
        self.by.set_choices(
            [
                ("", lambda: _("Case by case")),
                *((one.value, partial(_, words)) for one, words in BY_LABELS.items()),
                (_OVER, lambda: _("Those that are over as well")),
            ]
        )
        self.by.set_value("")
        self.by.chosen.connect(self.refresh)
        self.excel = QPushButton()
        self.excel.setObjectName("casesExcel")
        self.excel.setIcon(icon("export"))
        self.excel.clicked.connect(self.export)
        self.count = QLabel()
        self.count.setObjectName("casesCount")
        self.count.setProperty("class", "small")
        self.model: RowsModel[UUID, CaseLine] = RowsModel(LINES, lambda ids: [self._rows[one] for one in ids])
        self.table = ListTable(self.model, name="casesTable")
        self.table.opened.connect(self._open)
        self.sum_model: RowsModel[int, CaseSum] = RowsModel(SUMS, lambda ids: [self._sums[one] for one in ids])
        self.sums = ListTable(self.sum_model, name="casesSums")
        self.sums.opened.connect(self._open_sum)
        self.empty = EmptyState(
            "list-numbers",
            lambda: _("No case waits for a step"),
            lambda: _("Open a household and write down its request under “Place in a programme”."),
        )
        self.empty.setObjectName("casesEmpty")
        self.stack = QStackedWidget()
        for pane in (self.table, self.sums, self.empty):
            self.stack.addWidget(pane)
        for widget, words in (
            (self.table, lambda: _("Cases in steps")),
            (self.sums, lambda: _("Sums of cases in steps")),
            (self.excel, lambda: _("Excel…")),
        ):
            Says(widget, widget.setAccessibleName, words)
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.text, 1)
        for box in (self.programme, self.step, self.hamlet):
            top.addWidget(box)
        below = QHBoxLayout()
        spaced(below, spacing=8)
        below.addWidget(self.by)
        below.addWidget(self.excel)
        below.addStretch()
        below.addWidget(self.count)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addWidget(self.stack, 1)
        layout.addLayout(below)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Read the cases again as a job; an older answer never overwrites a newer one."""
        self._asked += 1
        asked, over, read = self._asked, self.by.value() == _OVER, self.desk.workspace.read
        job = self.desk.jobs.start(lambda _progress: read(staged_lists.case_lines, over=over))
        job.succeeded.connect(lambda rows: self._on_read(rows, asked))

    def narrow(self) -> None:
        """Show what the filters let through."""
        words = fold(self.text.text()).split()
        wanted = {"programme": self.programme.value(), "step": self.step.value(), "hamlet": self.hamlet.value()}
        kept = [
            row
            for row in self._all
            if all(value is None or _key(row, name) == value for name, value in wanted.items())
            and all(word in fold(f"{row.head} {row.person} {row.code} {row.title} {row.waits_for}") for word in words)
        ]
        here = self.table.current()
        current = self.model.ids[here] if 0 <= here < len(self.model.ids) else None
        self._rows = {row.enrolment_id: row for row in kept}
        self.model.set_ids(tuple(self._rows))
        self.table.go(max(0, self.model.place_of(current)))
        by = self.by.value() or ""
        summed = by in tuple(By)
        self._sums = staged_lists.sums(kept, By(by)) if summed else ()
        self.sum_model.set_ids(range(len(self._sums)))
        if not kept and self._all:
            self.empty.say(lambda: _("Nothing fits"), lambda: _("Take away a filter, or try fewer letters."))
        self.stack.setCurrentWidget(self.empty if not kept else self.sums if summed else self.table)
        self.excel.setEnabled(bool(kept))
        pays = sum(row.pays for row in kept)
        told = ngettext("{count} case", "{count} cases", len(kept)).format(count=format_number(len(kept)))
        waits = ngettext("{count} waits for a payment", "{count} wait for a payment", pays)
        self.count.setText(f"{told} · {waits.format(count=format_number(pays))}" if pays else told)

    def export(self) -> None:
        """Write what is shown into an Excel file."""
        kinds = _("Excel files") + " (*.xlsx)"
        ask_file(
            self, _("Save as an Excel file"), kinds, self.export_to, name=_("Cases in steps") + ".xlsx", suffix="xlsx"
        )

    def export_to(self, file: Path) -> None:
        """The same, when the place is known."""
        summed = bool(self._sums)
        titles = [_(column.title) for column in (SUMS if summed else LINES)]
        lines = (
            [[column.text(one) for column in SUMS] for one in self._sums]
            if summed
            else [[column.text(one) for column in LINES] for one in self._rows.values()]
        )
        title = _("Cases in steps")

        def work(_progress: Progress) -> Path:
            from casemgr.exchange.tables import write_table  # loads the writer of Excel files

            write_table(file, titles, lines, title=title)
            return file

        job = self.desk.jobs.start(work, title=_("Writing the Excel file"))
        job.succeeded.connect(lambda place: self.said.emit(Notice(_("Saved as {file}.").format(file=place), "ok")))

    def retranslate(self) -> None:
        """Say the words again."""
        self.text.setPlaceholderText(_("Name, household, programme or step"))
        self.text.setAccessibleName(self.text.placeholderText())
        self.excel.setText(_("Excel…"))
        self._offer()
        self.narrow()

    def _box(self, name: str, words: Callable[[], str], width: int) -> ChoiceBox[str]:
        box: ChoiceBox[str] = ChoiceBox()
        box.setObjectName(name)
        sized(box, width=width)
        Says(box, box.setAccessibleName, words)
        box.chosen.connect(self.narrow)
        return box

    def _on_read(self, rows: Sequence[CaseLine], asked: int) -> None:
        if asked == self._asked:
            self._all = rows
            self._offer()
            self.narrow()

    def _offer(self) -> None:
        """What there is to choose from: programmes, steps and hamlets of the cases themselves."""
        programmes = {row.programme: row.title for row in self._all}
        steps = {_key(row, "step"): _waits(row) for row in self._all}
        hamlets = {
            row.hamlet: row.hamlet or _("No hamlet") for row in sorted(self._all, key=lambda one: fold(one.hamlet))
        }
        for box, whole, found in (
            (self.programme, lambda: _("All programmes"), programmes),
            (self.step, lambda: _("All steps"), steps),
            (self.hamlet, lambda: _("All hamlets"), hamlets),
        ):
            kept = box.value()
            box.set_choices([(None, whole), *((key, words.__str__) for key, words in found.items())])
            box.set_value(kept if kept in found else None)

    def _open(self, row: int) -> None:
        self.place_requested.emit(Place("households", self._rows[self.model.ids[row]].household_id))

    def _open_sum(self, row: int) -> None:
        """The cases behind a sum."""
        one = self._sums[row]
        self.programme.set_value(one.programme)
        self.step.set_value(one.waits_for)
        if self.by.value() == By.HAMLET:
            self.hamlet.set_value(one.hamlet if one.hamlet != _("No hamlet") else "")
        self.by.set_value("")
        self.narrow()


def _key(row: CaseLine, name: str) -> str:
    """What a filter compares; steps of the same name in several programmes are one."""
    return row.waits_for if name == "step" else row.programme if name == "programme" else row.hamlet

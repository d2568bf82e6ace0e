"""The page of targets: set and day above, every measure with plan and state, and one of them in full beside it."""

import datetime
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.permissions import Permission
from casemgr.domain.targets import OWN_PREFIX, OWN_SET, State
from casemgr.i18n import _, format_date, ngettext
from casemgr.services import left_behind, target_plans, target_sheets, targets
from casemgr.services.target_items import ItemRow, items
from casemgr.services.targets import PART, Board, Figure, TrendPoint
from ui.actions import handles
from ui.desk import Desk
from ui.models.rows import RowsModel
from ui.page import Page
from ui.pages.targets.bar import TargetBar
from ui.pages.targets.columns import FIGURE_COLUMNS
from ui.pages.targets.detail_pane import DetailPane
from ui.pages.targets.output import MakeSheet, TargetOutput, drawing
from ui.pages.targets.writing import TargetWriting
from ui.paper_pane import PaperPane
from ui.places import Place
from ui.theme import spaced, theme
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

NAME = "targets"
_DEFAULT_SET = "bentre-2023"
_BESIDE = 400


class TargetsPage(Page):
    """`Place` with a text shows the measure of that code."""

    tables = frozenset(
        {
            "activity", "attendance", "budget", "campaign", "decision", "delivery", "denominator", "enrolment",
            "exit_mark", "hamlet", "household", "household_class", "insurance_card", "loan", "loan_event",
            "membership", "own_indicator", "person", "person_condition", "poverty_officer", "review_case",
            "setting", "sponsor", "sponsorship", "target", "works",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("targetsPage")
        self.board: Board | None = None
        self._figures: dict[str, Figure] = {}
        self._asked = self._detail_asked = 0
        self._stale = True
        self._wanted = ""
        self.detail = DetailPane()
        self._writing = TargetWriting(self, desk, lambda: (self.detail.figure, self.board), self.said.emit)
        self._writing.copied.connect(self._on_copied)
        self._output = TargetOutput(self, desk, self.said.emit)
        self.bar = TargetBar(
            {
                "targetBehind": self.show_left_behind,
                "targetExcel": self.export,
                "targetPrint": self.print_board,
            },
            {
                "targetOwn": self._writing.make_own,
                "targetOwnChange": self._writing.change_own,
                "targetCopy": self._writing.copy_set,
                "targetIncome": self._writing.enter_income,
                "targetFigures": self._writing.check_figures,
            },
        )
        self.set, self.day, self.state, self.buttons = self.bar.set, self.bar.day, self.bar.state, self.bar.buttons
        self.set.chosen.connect(self.read_board)
        self.day.set_value(desk.workspace.now.astimezone().date())
        self.day.editingFinished.connect(self._on_day)
        self.warnings = QLabel()
        self.warnings.setObjectName("targetWarnings")
        self.warnings.setProperty("class", "small")
        self.warnings.setWordWrap(True)
        self.model: RowsModel[str, Figure] = RowsModel(FIGURE_COLUMNS, self._fetch)
        self.table = ListTable(self.model, name="targetTable")
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda _row: self.detail.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.detail.list_wanted.connect(self._read_list)
        self.detail.opened.connect(lambda one: self.open_requested.emit(Place("households", one)))
        self.detail.all_requested.connect(lambda ids: self.open_requested.emit(Place("households", ids=ids)))
        self.detail.plan_wanted.connect(self._writing.edit_plan)
        self.detail.output_wanted.connect(self._on_list_output)
        self.paper = PaperPane(desk, printing, name="targetPaper")
        self.paper.closed.connect(self.show_targets)
        self.paper.said.connect(self.said)
        self._lay_out()
        self._load_sets()
        self.retranslate()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        spaced(column, margins=(12, 10, 6, 10), spacing=8)
        column.addWidget(self.table, 1)
        column.addWidget(self.warnings)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("targetSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(6)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 5)
        self._splitter.setStretchFactor(1, 3)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        spaced(body, margins=(0, 10, 0, 0), spacing=0)
        head = QWidget()
        over = QVBoxLayout(head)
        spaced(over, margins=(12, 0, 10, 0))
        over.addWidget(self.bar)
        body.addWidget(head)
        body.addWidget(self._splitter, 1)
        self.stack = QStackedWidget()
        self.stack.setObjectName("targetStack")
        self.stack.addWidget(self._body)
        self.stack.addWidget(self.paper)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Targets")

    def place(self) -> Place:
        """The measure shown."""
        return Place(NAME, text=self.detail.figure.measure.code if self.detail.figure else "")

    def show_place(self, place: Place) -> None:
        """Show the measure of a code."""
        self._wanted = place.text
        if not self._stale and place.text:
            self.table.go(self.model.place_of(place.text))
        self._read_if_stale()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Count again; a page in the background does so when it comes to the front."""
        self._stale = True
        if self.isVisible():
            self._read_if_stale()

    # ---- reading

    def read_board(self) -> None:
        """Count all measures of the day as a job."""
        day, chosen = self.day.day(), self.set.value() or OWN_SET
        if day is None:
            return
        self._stale = False
        self._asked += 1
        asked, workspace = self._asked, self.desk.workspace
        self.state.setText(_("Counting…"))
        self.desk.jobs.start(
            lambda _progress: workspace.read(targets.board, day, chosen),
            title=_("Counting the targets"),
            done=lambda found: self._on_board(asked, found),
        )

    def _on_board(self, asked: int, found: Board) -> None:
        if asked != self._asked:
            return
        current = self._wanted or (self.detail.figure.measure.code if self.detail.figure else "")
        self._wanted = ""
        self.board = found
        self._figures = {figure.measure.code: figure for figure in found.figures}
        self.model.set_ids(list(self._figures))
        self._show_state()
        self.table.go(max(0, self.model.place_of(current)))
        self.state_changed.emit()

    def _read_if_stale(self) -> None:
        if self._stale:
            self._load_sets()
            self.read_board()

    def _load_sets(self) -> None:
        known = self.desk.workspace.read(target_plans.sets)
        first = self.set.count() == 0
        self.set.set_choices([(one.code, partial(str, one.title)) for one in known])
        if first:
            own = self.desk.workspace.read(target_plans.lines_of, OWN_SET, self.desk.workspace.now.year)
            self.set.set_value(OWN_SET if own else _DEFAULT_SET)

    def _on_day(self) -> None:
        day = self.day.day()
        if day is not None and (self.board is None or day != self.board.day):
            self.read_board()

    def _on_current(self, row: int) -> None:
        if self.board is None or not 0 <= row < len(self.model.ids):
            return
        figure = self._figures[self.model.ids[row]]
        if self.detail.figure is figure:
            return
        self.detail.show_figure(figure)
        self._show_state()
        self._read_list(PART)

    def _read_list(self, which: str) -> None:
        figure, board = self.detail.figure, self.board
        if figure is None or board is None:
            return
        self._detail_asked += 1
        asked, workspace = self._detail_asked, self.desk.workspace
        code, with_trend = figure.measure.code, not self.detail.chart.points

        def read(_progress: object) -> tuple[Sequence[ItemRow], Sequence[TrendPoint]]:
            lines = workspace.read(items, figure.measure.item, figure.ids(which))
            years = workspace.read(targets.trend, code, board.day, board.set_code) if with_trend else ()
            return lines, years

        self.desk.jobs.start(read, title=_("Looking up the list"), done=lambda found: self._on_detail(asked, *found))

    def _on_detail(self, asked: int, lines: Sequence[ItemRow], years: Sequence[TrendPoint]) -> None:
        if asked != self._detail_asked:
            return
        self.detail.show_list(lines)
        if years:
            self.detail.show_trend(years)

    def _fetch(self, codes: Sequence[str]) -> Sequence[Figure]:
        return [self._figures[code] for code in codes]

    def _show_state(self) -> None:
        board = self.board
        may_edit, may_export = self.desk.may(Permission.EDIT), self.desk.may(Permission.EXPORT)
        for button in self.buttons.values():
            button.setEnabled(board is not None and may_export)
        self.detail.plan_button.setVisible(may_edit and self.detail.figure is not None)
        self.detail.excel.setEnabled(may_export)
        self.detail.print_button.setEnabled(may_export)
        for name in ("targetOwn", "targetCopy", "targetIncome"):
            self.bar.acts[name].setEnabled(may_edit and board is not None)
        own = self.detail.figure is not None and self.detail.figure.measure.code.startswith(OWN_PREFIX)
        self.bar.acts["targetOwnChange"].setEnabled(may_edit and own)
        if board is None:
            return
        counts = {state: sum(one.state is state for one in board.figures) for state in State}
        self.state.setText(
            _("Reached {reached} · not reached {missed} · cannot say {open}").format(
                reached=counts[State.REACHED], missed=counts[State.NOT_REACHED], open=counts[State.CANNOT_SAY]
            )
        )
        told = _("Standard {standard}; period from {start} to {day}.").format(
            standard=board.standard,
            start=format_date(board.start + datetime.timedelta(days=1)),
            day=format_date(board.day),
        )
        self.warnings.setText(" ".join((told, *board.warnings)))

    def _on_copied(self) -> None:
        self.set.set_value(OWN_SET)
        self.read_board()

    # ---- out of the program

    @handles("file.export")
    def export(self) -> None:
        """All targets as an Excel file."""
        board = self.board
        if board is not None and self.desk.may(Permission.EXPORT):
            self._output.export(lambda: self.desk.workspace.read(target_sheets.board_sheet, board), "chi-tieu")

    @handles("statistics.print")
    def print_board(self) -> None:
        """Show all targets on paper; from there, print them."""
        board = self.board
        if board is None or not self.desk.may(Permission.EXPORT):
            return
        if self.stack.currentWidget() is self.paper:
            self.paper.ask()
            return
        self._preview(
            lambda: self.desk.workspace.read(target_sheets.board_sheet, board), lambda: _("Targets"), "chi-tieu"
        )

    def show_left_behind(self) -> None:
        """The households that received nothing, on paper."""
        day = self.board.day if self.board else None
        if day is None or not self.desk.may(Permission.EXPORT):
            return
        workspace = self.desk.workspace

        def make() -> target_sheets.TargetSheet:
            found = workspace.read(left_behind.left_behind, day)
            return workspace.read(target_sheets.left_behind_sheet, found)

        self._preview(make, lambda: _("Left behind"), "ho-bi-bo-sot")

    def _on_list_output(self, way: str) -> None:
        figure, board = self.detail.figure, self.board
        if figure is None or board is None or not self.desk.may(Permission.EXPORT):
            return
        which, workspace = self.detail.which.value() or PART, self.desk.workspace
        name = f"danh-sach-{figure.measure.code.lower()}"

        def make() -> target_sheets.TargetSheet:
            return workspace.read(target_sheets.list_sheet, figure, board.day, which)

        if way == "excel":
            self._output.export(make, name)
        else:
            self._preview(make, lambda: f"{figure.measure.code}. {figure.measure.label}", name)

    def _preview(self, make: MakeSheet, title: Callable[[], str], name: str) -> None:
        self.stack.setCurrentWidget(self.paper)
        self.paper.begin(drawing(make, title, name))
        self.state_changed.emit()

    def show_targets(self) -> None:
        """Back to the targets."""
        self.stack.setCurrentWidget(self._body)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state_changed.emit()

    @handles("edit.copy_table")
    def copy_table(self) -> None:
        """Copy the selected targets, or all, for Excel."""
        count = self.table.copy_for_excel()
        words = ngettext(
            "{count} line copied; paste it into Excel.", "{count} lines copied; paste them into Excel.", count
        )
        self.said.emit(Notice(words.format(count=count), "ok"))

    def can(self, action: str) -> bool:
        """What makes sense now."""
        return self.board is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from the paper."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.paper:
            self.show_targets()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed meanwhile."""
        super().showEvent(event)
        beside = min(theme().room(_BESIDE), self.width() * 2 // 5)
        self._splitter.setSizes([self.width() - beside, beside])
        self._read_if_stale()

    def retranslate(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(_("Targets"))
        self._show_state()

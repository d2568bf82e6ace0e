"""The page of reports: choose review and form, look at figures and what to know about them, open, print, export."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain import statistics as forms
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignStatus, DenominatorData
from casemgr.errors import AppError, ValidationError
from casemgr.i18n import _, ngettext
from casemgr.services import denominators, offices, statistic_basis
from casemgr.services.statistics import Figures
from ui.actions import handles
from ui.desk import Desk
from ui.icons import icon
from ui.page import Page
from ui.pages.statistics.behind_pane import BehindPane
from ui.pages.statistics.choices import PEOPLES_FORMS, ReportChoices, peoples_dialog
from ui.pages.statistics.figures_table import FiguresTable
from ui.pages.statistics.output import ReportOutput, drawing
from ui.pages.statistics.reading import cell_words
from ui.pages.statistics.totals_pane import TotalsPane
from ui.pages.statistics.wording import WarningsArea, state_words
from ui.paper_pane import PaperPane
from ui.places import Place
from ui.questions import Answer, ask
from ui.theme import spaced, theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

NAME = "statistics"


class StatisticsPage(Page):
    """`Place` with a text opens the form of that number."""

    _of_review = frozenset({"campaign", "review_case", "denominator", "hamlet", "setting", "decision"})
    tables = _of_review | {"household", "household_class", "membership", "person"}

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("statisticsPage")
        self.found: Figures | None = None
        self._asked = 0
        self._stale = True
        self._output = ReportOutput(self, desk, self.said.emit)
        self.choices = ReportChoices(desk)
        self.table = FiguresTable()
        self.behind = BehindPane(desk)
        self.behind.hide()
        self.totals = TotalsPane()
        self.paper = PaperPane(desk, printing, name="reportPaper")
        self.state = QLabel()
        self.state.setObjectName("reportState")
        self._told = WarningsArea()
        self.warnings = self._told.label
        self.buttons = {
            name: self._button(name, picture, act)
            for name, picture, act in (
                ("reportTotals", "hash", self.type_totals),
                ("reportPeoples", "users-three", self.choose_peoples),
                ("reportExcel", "table", self.export),
                ("reportPreview", "printer", self.print_report),
            )
        }
        self.empty = EmptyState(
            "chart-bar",
            lambda: _("No review yet"),
            lambda: _("Reports are counted from a review. Open one, or look at the state of a day."),
            (lambda: _("Go to the poverty review"), lambda: _("State of today")),
        )
        self.stack = QStackedWidget()
        self.stack.setObjectName("statisticsStack")
        self._report = QWidget()
        self._lay_out()
        for widget in (self._report, self.paper, self.totals, self.empty):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self.choices.changed.connect(self.read_figures)
        self.choices.formula_wanted.connect(self._on_formula)
        self.table.opened.connect(self.open_number)
        self.behind.opened.connect(lambda one: self.open_requested.emit(Place("households", one)))
        self.behind.all_requested.connect(lambda ids: self.open_requested.emit(Place("households", ids=ids)))
        self.behind.closed.connect(self.close_behind)
        self.totals.save_requested.connect(self._on_save_totals)
        self.totals.closed.connect(self._on_totals_closed)
        self.paper.closed.connect(self.show_report)
        self.paper.said.connect(self.said)
        self.empty.chosen.connect(self._on_empty)
        self._show_or_empty()
        self.retranslate()

    def _button(self, name: str, picture: str, act: object) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setIcon(icon(picture))
        button.clicked.connect(lambda _checked=False: act())  # type: ignore[operator]  # a bound method of the page
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        spaced(line, spacing=8)
        line.addWidget(self.state, 1)
        for button in self.buttons.values():
            line.addWidget(button)
        left = QWidget()
        column = QVBoxLayout(left)
        spaced(column, margins=(12, 12, 12, 10), spacing=8)
        column.addWidget(self.choices)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(self._told)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("statisticsSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(6)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.behind)
        self._splitter.setStretchFactor(0, 1)
        outer = QVBoxLayout(self._report)
        spaced(outer)
        outer.addWidget(self._splitter)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Reports")

    def place(self) -> Place:
        """The report shown."""
        return Place(NAME, text=self.choices.form.value() or "")

    def show_place(self, place: Place) -> None:
        """Show the form of a number."""
        if place.text and place.text != self.choices.form.value():
            self.choices.form.set_value(forms.form(place.text).number)
            self._stale = True
        self._read_if_stale()
        if self.stack.currentWidget() is self._report:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again what is shown; a page in the background does so when it comes to the front."""
        self._stale = True
        if self.isVisible():
            self._read_if_stale()

    def leave(self) -> bool:
        """Asks about totals that are typed and not saved."""
        if self.stack.currentWidget() is not self.totals or not self.totals.changed:
            return True
        answer = ask(
            self,
            _("The totals are not saved"),
            _("What you typed for the hamlets is lost if you go on."),
            (Answer("stay", _("Go on typing"), "primary"), Answer("drop", _("Discard the totals"))),
        )
        if answer == "drop":
            self.show_report()
            return True
        return False

    def can(self, action: str) -> bool:
        """What makes sense now."""
        shown = self.stack.currentWidget()
        if action == "statistics.print":
            return self.found is not None and shown in (self._report, self.paper)
        return self.found is not None and shown is self._report

    # ---- figures

    def read_figures(self) -> None:
        """Read the report that is chosen, as a job."""
        self._stale = False
        self._asked += 1
        asked, wanted, workspace = self._asked, self.choices.wanted(), self.desk.workspace
        if not wanted.complete:
            return
        self.close_behind()
        job = self.desk.jobs.start(
            lambda _progress: wanted.figures(workspace),
            title=_("Counting the report"),
            done=lambda found: self._on_read(asked, found),
        )
        job.catch(ValidationError, lambda error: self._on_refused(asked, error))

    def _on_read(self, asked: int, found: Figures) -> None:
        if asked != self._asked:
            return
        self.found = found
        self.table.show_figures(found)
        self._show_state()
        self.state_changed.emit()

    def _on_refused(self, asked: int, error: AppError) -> None:
        if asked != self._asked:
            return
        self.found = None
        self.table.show_figures(None)
        self._show_state()
        self.state.setText(str(error))
        self.state_changed.emit()

    def _read_if_stale(self) -> None:
        if self._stale:
            self.choices.load()
            self._show_or_empty()
            if self.stack.currentWidget() is not self.empty:
                self.read_figures()

    def _show_or_empty(self) -> None:
        if self.choices.any_review:
            if self.stack.currentWidget() is self.empty:
                self.stack.setCurrentWidget(self._report)
        elif self.found is None:
            self.stack.setCurrentWidget(self.empty)

    def _show_state(self) -> None:
        found = self.found
        self._told.show_warnings(found.warnings if found else ())
        review = self.choices.review.value() is not None
        self.buttons["reportTotals"].setVisible(review and self.desk.may(Permission.EDIT))
        self.buttons["reportPeoples"].setVisible(
            self.choices.form.value() in PEOPLES_FORMS and self.desk.may(Permission.SETTINGS)
        )
        self.choices.formula.setEnabled(self.desk.may(Permission.SETTINGS))
        for name in ("reportExcel", "reportPreview"):
            self.buttons[name].setEnabled(found is not None and self.desk.may(Permission.EXPORT))
        self.state.setText(state_words(found, of_day=not review) if found else "")

    # ---- the households behind a number

    def open_number(self, row: str, column: str) -> None:
        """Show the households one number counts, beside the report."""
        if self.found is None:
            return
        asked, wanted, workspace = self._asked, self.choices.wanted(), self.desk.workspace
        what = cell_words(self.found, row, column)
        self.desk.jobs.start(
            lambda _progress: wanted.names(workspace, row, column),
            title=_("Looking up the households"),
            done=lambda ids: self._on_ids(asked, what, ids),
        )

    def _on_ids(self, asked: int, what: str, ids: tuple[UUID, ...]) -> None:
        if asked != self._asked:
            return
        if len(ids) == 1 and self.found is not None and not self.found.leads:
            self.open_requested.emit(Place("households", ids[0]))
            return
        first = not self.behind.isVisibleTo(self._splitter)
        self.behind.show_households(what, ids)
        self.behind.show()
        if first:
            wide = min(theme().room(420), self.width() // 2)
            self._splitter.setSizes([self.width() - wide, wide])
        self.behind.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_behind(self) -> None:
        """The report alone."""
        if self.behind.isVisibleTo(self._splitter):
            self.behind.hide()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- totals and choices

    def type_totals(self) -> None:
        """Type the totals of the hamlets for the review that is chosen."""
        review = self.choices.review.value()
        if review is None:
            return
        workspace = self.desk.workspace
        reviews = workspace.read(statistic_basis.campaigns_for_reports)
        title, status = next((title, status) for one, title, _year, status in reviews if one == review)
        hamlets = [(view.id, view.data.full_name) for view in workspace.read(offices.hamlets, active_only=True)]
        known = workspace.read(denominators.denominators, review)
        self.totals.begin(title, hamlets, known, closed=status is CampaignStatus.CLOSED)
        self.stack.setCurrentWidget(self.totals)
        self.state_changed.emit()

    def _on_save_totals(self, typed: dict[UUID, DenominatorData]) -> None:
        review = self.choices.review.value()
        if review is None:
            return
        if not typed:
            self.show_report()
            return
        job = self.desk.write(denominators.keep_denominators, review, typed)
        job.catch(ValidationError, lambda error: self.totals.refuse(error.problems))
        job.succeeded.connect(self._on_totals_saved)

    def _on_totals_saved(self, doubts: tuple[str, ...]) -> None:
        self.show_report()
        self.said.emit(Notice("\n".join(doubts), "near") if doubts else Notice(_("The totals are saved."), "ok"))

    def _on_totals_closed(self) -> None:
        if self.leave():
            self.show_report()

    def choose_peoples(self) -> None:
        """Choose the peoples a report names."""
        peoples_dialog(self.desk, self.choices.form.value() or "", self).open()

    def _on_formula(self, wanted: bool) -> None:
        self.desk.write(statistic_basis.prefer_formula, formula=wanted)

    def _on_empty(self, number: int) -> None:
        if number == 0:
            self.open_requested.emit(Place("review"))
            return
        self.stack.setCurrentWidget(self._report)
        self.choices.show_day(self.desk.workspace.now.astimezone().date())

    # ---- out of the program

    @handles("statistics.print")
    def print_report(self) -> None:
        """Show the paper; from there, print it."""
        if self.found is None or not self.desk.may(Permission.EXPORT):
            return
        if self.stack.currentWidget() is self.paper:
            self.paper.ask()
        else:
            self.stack.setCurrentWidget(self.paper)
            self.paper.begin(drawing(self.desk.workspace, self.found))
            self.state_changed.emit()

    @handles("file.export")
    def export(self) -> None:
        """The report as an Excel file."""
        if self.found is not None and self.desk.may(Permission.EXPORT):
            self._output.export(self.found)

    @handles("edit.copy_table")
    def copy_table(self) -> None:
        """Copy the selected cells, or the whole report, for Excel."""
        count = self.table.copy_cells()
        words = ngettext(
            "{count} line copied; paste it into Excel.", "{count} lines copied; paste them into Excel.", count
        )
        self.said.emit(Notice(words.format(count=count), "ok"))

    def show_report(self) -> None:
        """Back to the figures."""
        self.stack.setCurrentWidget(self._report)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back."""
        if event.key() == Qt.Key.Key_Escape:
            if self.stack.currentWidget() is self.paper:
                self.show_report()
                return
            if self.stack.currentWidget() is self.totals:
                self._on_totals_closed()
                return
            if self.behind.isVisibleTo(self._splitter):
                self.close_behind()
                return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed meanwhile."""
        super().showEvent(event)
        self._read_if_stale()

    def retranslate(self) -> None:
        """Say the words again."""
        for name, words in (
            ("reportTotals", _("Totals of the hamlets…")),
            ("reportPeoples", _("Peoples…")),
            ("reportExcel", _("Excel…")),
            ("reportPreview", _("Print…")),
        ):
            self.buttons[name].setText(words)
        self.table.setAccessibleName(_("Figures of the report"))
        self._show_state()

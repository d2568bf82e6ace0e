"""The review of a list before anything is written: plan, columns, remarks, decisions, and one verb with the count."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.imports import Severity
from casemgr.domain.offices import HamletView
from casemgr.i18n import _, format_number, ngettext
from casemgr.services.imports import Action
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.imports.columns_view import ColumnsView
from ui.pages.imports.lines import REMARKS, Line, file_lines
from ui.pages.imports.options import Options
from ui.pages.imports.plan_view import PlanView
from ui.pages.imports.reading import Reading
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.widgets.list_table import ListTable

OPTIONS_WIDTH = 300


class ReviewPane(Speaks):
    """Shows a reading; every decision goes out by a signal and comes back as another reading."""

    closed = Signal()
    apply_requested = Signal()
    problems_requested = Signal()
    compare_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importReview")
        self._reading: Reading | None = None
        self._busy = False
        self._remarks: list[Line] = []
        self.close_button = QToolButton()
        self.close_button.setObjectName("importClose")
        self.close_button.setProperty("class", "flat")
        self.close_button.setIcon(icon("arrow-left"))
        self.close_button.clicked.connect(self.closed)
        self.name, self.meta = QLabel(), QLabel()
        self.name.setObjectName("importFile")
        self.name.setProperty("class", "h1")
        self.meta.setObjectName("importMeta")
        self.meta.setProperty("class", "soft")
        for label in (self.name, self.meta):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.tabs = QTabBar()
        self.tabs.setObjectName("importTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _tab in range(3):
            self.tabs.addTab("")
        self.plan, self.columns, self.options = PlanView(), ColumnsView(), Options()
        self.remark_model: RowsModel[int, Line] = RowsModel(REMARKS, lambda ids: [self._remarks[each] for each in ids])
        self.remarks = ListTable(self.remark_model, name="importRemarks")
        self.stack = QStackedWidget()
        for widget in (self.plan, self.columns, self.remarks):
            self.stack.addWidget(widget)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.apply, self.problems, self.compare = QPushButton(), QPushButton(), QPushButton()
        self.apply.setObjectName("importApply")
        self.apply.setProperty("class", "primary")
        self.apply.clicked.connect(self._on_apply)
        self.problems.setObjectName("importProblems")
        self.problems.setIcon(icon("table"))
        self.problems.clicked.connect(self.problems_requested)
        self.compare.setObjectName("importCompareOnly")
        self.compare.setIcon(icon("scales"))
        self.compare.clicked.connect(self.compare_requested)
        for button in (self.apply, self.problems, self.compare):
            button.setAutoDefault(True)
        self.left_out = QLabel()
        self.left_out.setObjectName("importLeftOut")
        self.left_out.setProperty("class", "small")
        self.left_out.setWordWrap(True)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.name)
        words.addWidget(self.meta)
        head = QHBoxLayout()
        spaced(head, spacing=10)
        head.addWidget(self.close_button)
        head.addLayout(words, 1)
        head.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        side = QWidget()
        column = QVBoxLayout(side)
        spaced(column, spacing=8)
        column.addWidget(self.options, 1)
        for widget in (self.problems, self.left_out, self.compare, self.apply):
            column.addWidget(widget)
        sized(side, width=OPTIONS_WIDTH)
        body = QHBoxLayout()
        spaced(body, spacing=10)
        body.addWidget(self.stack, 1)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    # ---- what the page uses

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self._reading

    def begin(self, reading: Reading, hamlets: Sequence[HamletView]) -> None:
        """A list just read."""
        self.tabs.setCurrentIndex(0)
        self.options.begin(reading, hamlets)
        self._show(reading)
        self.plan.show_doubtful_first()
        self.apply.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_reading(self, reading: Reading, hamlets: Sequence[HamletView]) -> None:
        """The same list after a decision."""
        self.options.show_reading(reading, hamlets)
        self._show(reading)

    def set_busy(self, *, busy: bool) -> None:
        """While the plan is made anew nothing can be applied."""
        self._busy = busy
        self.retranslate()

    def _show(self, reading: Reading) -> None:
        self._reading = reading
        self.plan.show_reading(reading)
        self.columns.show_reading(reading)
        self._remarks = file_lines(reading.imported)
        self.remark_model.set_ids(range(len(self._remarks)))
        self.retranslate()

    def _on_apply(self) -> None:
        """What was typed last is planned first: nobody imports what she has not seen."""
        pending = self.options.pending
        if self.options.settle() and not pending:
            self.apply_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the list away."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say the words again."""
        self.close_button.setAccessibleName(_("Put the list away"))
        self.close_button.setToolTip(_("Put the list away (Esc); nothing was written"))
        self.tabs.setAccessibleName(_("Parts of the review"))
        self.remarks.setAccessibleName(_("Remarks on the file"))
        self.problems.setText(_("Write the problems to Excel…"))
        self.problems.setAccessibleName(self.problems.text())
        self.compare.setText(_("Compare only"))
        self.compare.setAccessibleName(self.compare.text())
        self.compare.setToolTip(_("Say what differs between the list and this file; nothing is written"))
        reading = self._reading
        self.compare.setEnabled(reading is not None and bool(reading.imported.households) and not self._busy)
        if reading is None:
            return
        plan, ready = reading.plan, reading.ready
        self.name.setText(reading.imported.label)
        self.name.setToolTip(str(reading.path))
        households, people = len(plan.households), reading.imported.people
        sheets = ", ".join(table.sheet for table in reading.imported.tables)
        self.meta.setText(
            " · ".join(
                filter(
                    None,
                    (
                        ngettext("{count} household", "{count} households", households).format(
                            count=format_number(households)
                        ),
                        ngettext("{count} person", "{count} people", people).format(count=format_number(people)),
                        sheets,
                    ),
                )
            )
        )
        columns = sum(bool(use.field) for table in reading.imported.tables for use in table.columns)
        for number, words in enumerate(
            (
                _("Households {count}").format(count=format_number(households)),
                _("Columns {count}").format(count=format_number(columns)),
                _("Remarks {count}").format(count=format_number(len(self._remarks))),
            )
        ):
            self.tabs.setTabText(number, words)
        doubts = any(note.severity is not Severity.INFO for note in reading.imported.all_notes())
        self.problems.setVisible(doubts)
        held = plan.count(Action.BLOCKED) + plan.count(Action.SKIPPED)
        self.left_out.setText(
            ngettext(
                "{count} household stays out until it is corrected.",
                "{count} households stay out until they are corrected.",
                held,
            ).format(count=format_number(held))
        )
        self.left_out.setVisible(bool(held))
        if self._busy:
            verb = _("Looking again…")
        elif ready:
            verb = ngettext("Import {count} household", "Import {count} households", ready).format(
                count=format_number(ready)
            )
        else:
            verb = _("Nothing to import")
        self.apply.setText(verb)
        self.apply.setAccessibleName(verb)
        self.apply.setEnabled(bool(ready) and not self._busy)

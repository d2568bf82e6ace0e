"""The households behind a number of the board: filters, the sheet on Enter, and steps for many at once."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CASE_STATE_LABELS, CampaignStatus, CaseState
from casemgr.domain.text import word_sort_key
from casemgr.i18n import N_, _, format_number, ngettext
from casemgr.services import campaign_board, campaigns, offices
from casemgr.services.campaign_board import CaseQuery, CaseRow
from ui.desk import Desk
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.review.board_pane import GONE
from ui.pages.review.board_table import LATE, NOWHERE, PRINTED, TOTAL
from ui.pages.review.case_columns import CASES
from ui.pages.review.heading import Heading
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.chips import Chip, Chips, FlowLayout
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable

LIST: Final = "review"
CHANGED: Final = "changed"
_STATES: Final = tuple(CaseState)
_CLASSES: Final = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.AVERAGE, HouseholdClass.NONE)
_TOGETHER: Final = {CaseState.POSTED: (CaseState.POSTED, CaseState.POSTED_AGAIN)}
SURVEYED, CHECK, BACK, REMOVE, SHEETS, OBJECT, EXPLAIN, OPEN = (
    "surveyed",
    "check",
    "back",
    "remove",
    "sheets",
    "object",
    "explain",
    "open",
)
VERBS: Final = {
    SURVEYED: (N_("Sheets are back…"), "tray"),
    CHECK: (N_("Checked…"), "check-square"),
    BACK: (N_("Survey again…"), "arrow-u-up-left"),
    REMOVE: (N_("Take off the list…"), "x"),
    SHEETS: (N_("Print survey sheets…"), "printer"),
    OBJECT: (N_("Record an objection…"), "chat-text"),
    EXPLAIN: (N_("Explain"), "info"),
    OPEN: (N_("Open the household"), "house-line"),
}

_STEPS: Final = (SURVEYED, CHECK, BACK, REMOVE, SHEETS)
"""Verbs of a running review only."""


class CaseListPane(Speaks):
    """`opened` a case, `verb_requested` for the selected ones, `scanned` what is no name."""

    closed = Signal()
    opened = Signal(UUID)
    verb_requested = Signal(str)
    scanned = Signal(str)
    selection_changed = Signal()
    add_requested = Signal(str)
    """Look in the whole commune for households to put on the list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("caseListPane")
        self._desk = desk
        self._campaign: UUID | None = None
        self._fixed: tuple[UUID, ...] | None = None
        self._message = ""
        self._printed: bool | None = None
        self._running = True
        self._order, self._descending = "paper", False
        self.heading = Heading("cases")
        self.heading.back_requested.connect(self.closed)
        self.text = QLineEdit()
        self.text.setObjectName("caseFilter")
        self.text.setClearButtonEnabled(True)
        self.text.addAction(icon("funnel"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.textChanged.connect(self._on_text)
        self.text.returnPressed.connect(self._on_enter)
        self.hamlet: ChoiceBox[UUID] = ChoiceBox()
        self.hamlet.setObjectName("caseHamlet")
        self.hamlet.chosen.connect(self._on_narrowed)
        self.states = Chips([Chip(state.value, partial(_, CASE_STATE_LABELS[state])) for state in _STATES])
        self.states.setObjectName("caseStates")
        self.classes = Chips(
            [
                *(Chip(value.value, partial(_, CLASS_SHORT_LABELS[value])) for value in _CLASSES),
                Chip(CHANGED, lambda: _("Class changes")),
                Chip(LATE, lambda: _("Late")),
                Chip(GONE, lambda: _("No longer kept")),
            ]
        )
        self.classes.setObjectName("caseClasses")
        for chips in (self.states, self.classes):
            chips.changed.connect(self._on_narrowed)
        self.count = QLabel()
        self.count.setObjectName("caseCount")
        self.count.setProperty("class", "small")
        self.model: RowsModel[UUID, CaseRow] = RowsModel(CASES, self._fetch)
        self.model.sort_requested.connect(self._on_sort)
        self.model.set_columns(desk.settings.columns.get(LIST, ()))
        self.table = ListTable(self.model, name="caseTable")
        self.table.opened.connect(lambda row: self.opened.emit(self.model.ids[row]))
        self.table.columns_chosen.connect(self._on_columns)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._on_selection())
        self.empty = EmptyState(
            "funnel",
            lambda: _("No household fits"),
            lambda: _("Take away a filter, or look in the whole commune for a household that is not on the list."),
            (lambda: _("Look in the commune…"),),
        )
        self.empty.chosen.connect(lambda _number: self.add_requested.emit(self.text.text().strip()))
        self._bar = QWidget()
        flow = FlowLayout(self._bar)
        spaced(flow)
        self._verbs: dict[str, QPushButton] = {}
        for verb, (_words, picture) in VERBS.items():
            button = QPushButton()
            button.setObjectName(f"case_{verb}")
            button.setProperty("class", "flat")
            button.setIcon(icon(picture))
            button.clicked.connect(partial(self._on_verb, verb))
            flow.addWidget(button)
            self._verbs[verb] = button
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)
        self._delay.timeout.connect(self.search)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        spaced(first, spacing=8)
        first.addWidget(self.text, 2)
        first.addWidget(self.hamlet, 1)
        first.addWidget(self.count)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=8)
        layout.addWidget(self.heading)
        layout.addLayout(first)
        layout.addWidget(self.states)
        layout.addWidget(self.classes)
        layout.addWidget(self._bar)
        layout.addWidget(self.stack, 1)

    # ---- what the page uses

    @property
    def campaign(self) -> UUID | None:
        """The review."""
        return self._campaign

    def show_list(self, campaign: UUID, hamlet: UUID | None, column: str) -> None:
        """Show the households behind a number."""
        self._begin(campaign)
        self.hamlet.set_value(hamlet)
        states: tuple[CaseState, ...] = ()
        if column not in (TOTAL, LATE, PRINTED, GONE):
            state = CaseState(column)
            states = _TOGETHER.get(state, (state,))
        self.states.set_on([state.value for state in states])
        self.classes.set_on([column] if column in (LATE, GONE) else [])
        self._printed = True if column == PRINTED else None
        self._show()

    def show_households(self, campaign: UUID, households: Sequence[UUID], message: str) -> None:
        """Show exactly these households of a review."""
        self._begin(campaign)
        found = [self._desk.workspace.read(campaign_board.case_of, campaign, one) for one in households]
        self._fixed, self._message = tuple(case for case in found if case is not None), message
        self.states.set_on(())
        self.classes.set_on(())
        self._show()

    def refresh(self) -> None:
        """Read again."""
        if self._campaign is not None:
            self.search()

    def search(self) -> None:
        """Ask for the ids anew; the current line stays where it is still shown."""
        if self._campaign is None:
            return
        current = self.current()
        ids: Sequence[UUID] = (
            self._fixed
            if self._fixed is not None
            else self._desk.workspace.read(campaign_board.cases, self.query(self._campaign))
        )
        if len(ids) == len(self.model.ids) and list(ids) == list(self.model.ids):
            self.model.reload()
        else:
            self.model.set_ids(ids)
            self.table.go(max(0, self.model.place_of(current)))
        self.stack.setCurrentWidget(self.table if ids else self.empty)
        self.retranslate()

    def query(self, campaign: UUID) -> CaseQuery:
        """What is shown."""
        on = self.classes.on()
        hamlet = self.hamlet.value()
        return CaseQuery(
            campaign,
            hamlets=(None if hamlet == NOWHERE else hamlet,) if hamlet else (),
            states=tuple(CaseState(key) for key in self.states.on()),
            text=self.text.text(),
            classes=tuple(key for key in on if key not in (CHANGED, LATE, GONE)),
            changed_only=CHANGED in on,
            late_only=LATE in on,
            gone_only=GONE in on,
            printed=self._printed,
            order=self._order,
            descending=self._descending,
        )

    def current(self) -> UUID | None:
        """The case of the current line."""
        row = self.table.current()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    def current_row(self) -> CaseRow | None:
        """The current line."""
        row = self.table.current()
        return self.model.row(row) if 0 <= row < len(self.model.ids) else None

    def selected(self) -> tuple[UUID, ...]:
        """The selected cases in order."""
        return tuple(self.model.ids[row] for row in self.table.selected())

    # ---- inside

    def _begin(self, campaign: UUID) -> None:
        self._fixed, self._message, self._printed = None, "", None
        self._campaign = campaign
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        names = self._desk.workspace.read(offices.hamlet_names)
        ordered = sorted(names.items(), key=lambda pair: word_sort_key(pair[1]))
        choices: list[tuple[UUID | None, Callable[[], str]]] = [(None, lambda: _("All hamlets"))]
        choices += [(one, partial(str, name)) for one, name in ordered]
        if self._desk.workspace.read(campaign_board.count, CaseQuery(campaign, hamlets=(None,))):
            choices.append((NOWHERE, lambda: _("No hamlet")))
        self.hamlet.set_choices(choices)
        view = self._desk.workspace.read(campaigns.view, campaign)
        shown = {*view.steps, *(state for state, count in view.counts.items() if count)}
        self.states.set_chips(
            [Chip(state.value, partial(_, CASE_STATE_LABELS[state])) for state in _STATES if state in shown]
        )

    def _show(self) -> None:
        if self.hamlet.currentIndex() < 0:
            self.hamlet.setCurrentIndex(0)
        self.search()
        self.table.go(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_narrowed(self) -> None:
        self._fixed, self._message, self._printed = None, "", None
        self.search()

    def _on_text(self) -> None:
        self._fixed, self._message = None, ""
        self._delay.start()

    def _on_enter(self) -> None:
        self._delay.stop()
        text = self.text.text().strip()
        if ":" in text:
            self.text.clear()
            self.scanned.emit(text)
            return
        self.search()
        found = self.current()
        if found is not None:
            self.opened.emit(found)

    def _on_sort(self, key: str, descending: bool) -> None:
        self._order, self._descending = key, descending
        self.search()

    def _on_columns(self, keys: tuple[str, ...]) -> None:
        self._desk.prefer(columns={**self._desk.settings.columns, LIST: keys})

    def _on_selection(self) -> None:
        self.selection_changed.emit()
        some = self.table.selectionModel().hasSelection()
        for verb, button in self._verbs.items():
            button.setEnabled(some)
            button.setVisible(self._running or verb not in _STEPS)
        row = self.current_row()
        posted = row is not None and row.state in (CaseState.POSTED, CaseState.POSTED_AGAIN, CaseState.RECHECK)
        self._verbs[OBJECT].setVisible(posted)

    def _on_verb(self, verb: str, _checked: bool = False) -> None:
        self.verb_requested.emit(verb)

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[CaseRow]:
        return self._desk.workspace.read(campaign_board.rows, ids)

    # ---- words and keys

    def retranslate(self) -> None:
        """Say the words again."""
        self.text.setPlaceholderText(_("Filter by name or code, or scan a sheet"))
        self.text.setAccessibleName(_("Filter by name or code, or scan a sheet"))
        self.hamlet.setAccessibleName(_("Hamlet"))
        self.table.setAccessibleName(_("Households of the review"))
        for verb, button in self._verbs.items():
            words = _(VERBS[verb][0])
            button.setText(words)
            button.setAccessibleName(words)
        count = len(self.model.ids)
        self.count.setText(
            ngettext("{count} household", "{count} households", count).format(count=format_number(count))
        )
        if self._campaign is not None:
            view = self._desk.workspace.read(campaigns.view, self._campaign)
            self._running = view.status is CampaignStatus.OPEN and self._desk.may(Permission.EDIT)
            self.heading.say(view.data.title, self._message or self._where())
        self._on_selection()

    def _where(self) -> str:
        hamlet = self.hamlet.currentText()
        states = ", ".join(_(CASE_STATE_LABELS[CaseState(key)]) for key in self.states.on())
        return " · ".join(part for part in (hamlet, states) if part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the filter goes to the list, Esc back to the board."""
        if event.key() == Qt.Key.Key_Down and self.text.hasFocus():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

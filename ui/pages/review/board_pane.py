"""The board: which review, how far each hamlet is, what is expected next."""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CAMPAIGN_STATUS_LABELS, CASE_STATE_LABELS, CampaignStatus, CaseState
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.services import campaign_board, campaigns
from casemgr.services.campaign_board import Board, BoardRow
from casemgr.services.campaigns import CampaignView
from ui.desk import Desk
from ui.icons import icon
from ui.pages.review import next_step
from ui.pages.review.board_table import LATE, NOWHERE, PRINTED, TOTAL, BoardTable, Line, Step
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.chips import FlowLayout
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState

GONE: Final = "gone"
REMOVED: Final = CaseState.REMOVED.value
STATUS_TONES: Final = {CampaignStatus.OPEN: "ok", CampaignStatus.DECIDED: "info", CampaignStatus.CLOSED: "plain"}
_COLUMNS: Final = (
    CaseState.LISTED,
    CaseState.SURVEYED,
    CaseState.KEYED,
    CaseState.CHECKED,
    CaseState.VOTED,
    CaseState.POSTED,
    CaseState.RECHECK,
    CaseState.OPINION,
    CaseState.DECIDED,
)
_ALWAYS: Final = (CaseState.LISTED, CaseState.SURVEYED, CaseState.KEYED, CaseState.CHECKED, CaseState.DECIDED)
_SHORT: Final = {CaseState.OPINION: N_("Opinion asked")}
"""Titles that must be shorter than the state is called elsewhere."""


class BoardPane(Speaks):
    """`list_requested` with hamlet and column, `step_requested` with the key of a step."""

    list_requested = Signal(object, str)
    step_requested = Signal(str)
    open_requested = Signal()
    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("boardPane")
        self._desk = desk
        self._views: dict[UUID, CampaignView] = {}
        self.board: Board | None = None
        self.which: ChoiceBox[UUID] = ChoiceBox()
        self.which.setObjectName("boardReview")
        self.which.setMinimumContentsLength(24)
        self.which.chosen.connect(self._on_chosen)
        self.status = Badge()
        self.status.setObjectName("boardStatus")
        self.new = QPushButton()
        self.new.setObjectName("boardNew")
        self.new.setIcon(icon("plus", "accent"))
        self.new.clicked.connect(self.open_requested)
        self.next = QPushButton()
        self.next.setObjectName("boardNext")
        self.next.setProperty("class", "primary")
        self.next.clicked.connect(self._on_next)
        self.summary = ElidedLabel()
        self.summary.setObjectName("boardSummary")
        self.summary.setProperty("class", "soft")
        self.late = QLabel()
        self.late.setObjectName("boardLate")
        self.late.setWordWrap(True)
        self.table = BoardTable()
        self.table.opened.connect(self.list_requested)
        self.rest = QLabel()
        self.rest.setObjectName("boardRest")
        self.rest.setProperty("class", "small")
        self.rest.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.rest.linkActivated.connect(lambda key: self.list_requested.emit(None, key))
        self._others = QWidget()
        self._flow = FlowLayout(self._others)
        spaced(self._flow)
        self._buttons: dict[str, QPushButton] = {}
        for key, picture in next_step.ICONS.items():
            button = QPushButton()
            button.setObjectName(f"boardStep_{key}")
            button.setProperty("class", "flat")
            button.setIcon(icon(picture))
            button.clicked.connect(partial(self._on_step, key))
            self._flow.addWidget(button)
            self._buttons[key] = button
        self.empty = EmptyState(
            "clipboard-text",
            lambda: _("No review yet"),
            lambda: _(
                "A review lists the households of last year's list and those who asked, follows each from the survey to"
                " the decision, and draws every paper on the way."
            ),
            (lambda: _("Open a review…"),),
        )
        self.empty.chosen.connect(lambda _number: self.open_requested.emit())
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        spaced(first, spacing=8)
        first.addWidget(self.which)
        first.addWidget(self.status)
        first.addWidget(self.summary, 1)
        first.addWidget(self.new)
        first.addWidget(self.next)
        whole = QWidget()
        column = QVBoxLayout(whole)
        spaced(column, margins=(12, 12, 12, 10), spacing=8)
        column.addLayout(first)
        column.addWidget(self._others)
        column.addWidget(self.late)
        column.addWidget(self.table, 1)
        column.addWidget(self.rest)
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)

    # ---- what the page uses

    @property
    def campaign(self) -> UUID | None:
        """The review shown."""
        return self.which.value()

    @property
    def view(self) -> CampaignView | None:
        """The review shown, with its days."""
        return self._views.get(self.campaign) if self.campaign is not None else None

    def show_campaign(self, campaign: UUID | None) -> None:
        """Show a review; None is the one to work on."""
        self._load()
        wanted = campaign if campaign in self._views else self._desk.workspace.read(campaigns.current)
        self.which.set_value(wanted)
        self.refresh()

    def refresh(self) -> None:
        """Read the numbers again."""
        self._load()
        if self.campaign is None:
            self.which.set_value(self._desk.workspace.read(campaigns.current))
        campaign = self.campaign
        self.stack.setCurrentIndex(0 if campaign is not None else 1)
        self.board = self._desk.workspace.read(campaign_board.board, campaign) if campaign is not None else None
        self.retranslate()

    def hamlet(self) -> UUID | None:
        """The hamlet of the current line."""
        line = self._line()
        return line.hamlet if line is not None and line.hamlet != NOWHERE else None

    def hamlets(self) -> tuple[UUID | None, ...]:
        """The current line as a list asks for it: empty is the whole commune, None the households without a hamlet."""
        line = self._line()
        return () if line is None or line.hamlet is None else (self.hamlet(),)

    def where(self) -> str:
        """The name of the current line."""
        line = self._line()
        return (line.name if line is not None else _whole)()

    # ---- inside

    def _line(self) -> Line | None:
        row, lines = self.table.currentIndex().row(), self.table.board.lines
        return lines[row] if 0 <= row < len(lines) else None

    def _load(self) -> None:
        found = self._desk.workspace.read(campaigns.campaigns)
        self._views = {view.id: view for view in found}
        self.which.set_choices([(view.id, partial(str, view.data.title)) for view in found])

    def _on_chosen(self) -> None:
        self.refresh()
        self.chosen.emit()

    def _on_next(self) -> None:
        view, board = self.view, self.board
        if view is not None and board is not None:
            self.step_requested.emit(next_step.steps_of(view, board).expected)

    # ---- words

    def retranslate(self) -> None:
        """Say the words again."""
        self.which.setAccessibleName(_("Review"))
        self.new.setText(_("Open a review…"))
        self.new.setAccessibleName(_("Open a review…"))
        view, board = self.view, self.board
        if view is None or board is None:
            return
        self.status.show_text(_(CAMPAIGN_STATUS_LABELS[view.status]), STATUS_TONES[view.status])
        self.summary.setText(_summary(view))
        self._say_late(view, board)
        may = self._desk.may(Permission.EDIT)
        self._say_steps(next_step.steps_of(view, board) if may else next_step.Steps("", ()))
        self.new.setVisible(may)
        self.table.show_board(*_table(view, board))
        self._say_rest(board)

    def _say_late(self, view: CampaignView, board: Board) -> None:
        told = []
        if board.survey_late and board.total.late:
            told.append(_("The survey days ended on {date}.").format(date=format_date(view.data.survey_to)))
        if board.decision_late:
            told.append(_("The decision was due on {date}.").format(date=format_date(view.data.due_on)))
        if told and board.total.late:
            count = ngettext("{count} household is late.", "{count} households are late.", board.total.late)
            told.append(count.format(count=format_number(board.total.late)))
        self.late.setText(" ".join(told))
        self.late.setVisible(bool(told))

    def _say_steps(self, steps: next_step.Steps) -> None:
        self.next.setVisible(bool(steps.expected))
        if steps.expected:
            words = _(next_step.WORDS[steps.expected])
            self.next.setText(words)
            self.next.setAccessibleName(words)
            self.next.setIcon(icon(next_step.ICONS[steps.expected], "on"))
        for key, button in self._buttons.items():
            button.setText(_(next_step.WORDS[key]))
            button.setAccessibleName(_(next_step.WORDS[key]))
            button.setVisible(key in steps.others)
        self._others.updateGeometry()

    def _on_step(self, key: str, _checked: bool = False) -> None:
        self.step_requested.emit(key)

    def _say_rest(self, board: Board) -> None:
        parts = []
        removed = board.total.reached(CaseState.REMOVED)
        if removed:
            words = ngettext("{count} taken off the list", "{count} taken off the list", removed)
            parts.append((REMOVED, words.format(count=format_number(removed))))
        if board.total.gone:
            words = ngettext(
                "{count} no longer kept by the office", "{count} no longer kept by the office", board.total.gone
            )
            parts.append((GONE, words.format(count=format_number(board.total.gone))))
        self.rest.setText(" · ".join(f'<a href="{key}">{escape(words)}</a>' for key, words in parts))
        self.rest.setVisible(bool(parts))


def _summary(view: CampaignView) -> str:
    data = view.data
    parts = [
        _("decision due {date}").format(date=format_date(data.due_on)),
        _("survey {first} – {last}").format(first=format_date(data.survey_from), last=format_date(data.survey_to)),
        view.pack_title,
        view.local_title,
    ]
    told = " · ".join(part for part in parts if part)
    return told[:1].upper() + told[1:]


def _table(view: CampaignView, board: Board) -> tuple[Sequence[Step], Sequence[Line]]:
    shown = [state for state in _COLUMNS if state in _ALWAYS or state in view.steps or board.total.reached(state)]
    steps = [Step(TOTAL, N_("Households"))]
    steps += [Step(state.value, _SHORT.get(state, CASE_STATE_LABELS[state])) for state in shown]
    steps += [Step(PRINTED, N_("Printed")), Step(LATE, N_("Late"))]
    lines = [
        Line(partial(str, row.hamlet) if row.hamlet else _nowhere, row.hamlet_id or NOWHERE, _numbers(row))
        for row in board.rows
    ]
    return steps, [*lines, Line(_whole, None, _numbers(board.total), whole=True)]


def _numbers(row: BoardRow) -> Mapping[str, int]:
    numbers = {state.value: row.counts.get(state, 0) for state in _COLUMNS}
    numbers[CaseState.POSTED.value] = row.reached(CaseState.POSTED, CaseState.POSTED_AGAIN)
    return numbers | {TOTAL: row.cases, PRINTED: row.printed, LATE: row.late}


def _whole() -> str:
    return _("Whole commune")


def _nowhere() -> str:
    return _("No hamlet")

"""Cards of one request: the facts as handed in, the steps of its review, and the papers issued for it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.paper_kinds import PAPER_LABELS
from casemgr.domain.reviews import (
    CASE_STATE_LABELS,
    REQUEST_LABELS,
    REQUEST_WAY_LABELS,
    CaseState,
    RequestKind,
    RequestStatus,
)
from casemgr.errors import AppError
from casemgr.i18n import _, format_date, format_money
from casemgr.services import request_reckoning
from casemgr.services.office_papers import PaperRow
from casemgr.services.request_standing import Standing
from casemgr.services.requests import RequestView
from ui.desk import Desk
from ui.icons import icon
from ui.pages.requests.due_side import Warned
from ui.pages.requests.wording import (
    due_warnings,
    due_words,
    income_class_words,
    income_words,
    reason_words,
    steps_shown,
)
from ui.theme import spaced, theme
from ui.translation import Says
from ui.widgets.card import Card

Lines = Sequence[tuple[str, str]]


class _Grid(QWidget):
    """Names at the left, words at the right; empty ones are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        spaced(self._grid, spacing=5)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[QLabel] = []

    def show_lines(self, lines: Lines) -> None:
        """Replace what is shown."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for number, (name, words) in enumerate((name, words) for name, words in lines if words):
            left, right = QLabel(name), QLabel(words)
            left.setProperty("class", "small")
            right.setTextFormat(Qt.TextFormat.PlainText)
            right.setWordWrap(True)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(left, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(right, number, 1)
            self._labels += [left, right]


class FactsCard(Card):
    """What was handed in, and by when it is answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("What is asked"), margin=10)
        self.setObjectName("requestFacts")
        self._desk = desk
        self._view: RequestView | None = None
        self.grid = _Grid()
        self.warned = Warned("requestFactsWarning")
        self.add(self.grid)
        self.add(self.warned)
        Says(self, lambda _words: self._say(), str)

    def show_request(self, view: RequestView) -> None:
        """Show a request."""
        self._view = view
        self._say()

    def _say(self) -> None:
        view = self._view
        if view is None:
            return
        data, read = view.data, self._desk.workspace.read
        how, warnings = "", []
        try:
            due = read(request_reckoning.due, data.kind, data.received_on)
            how, warnings = due_words(due), due_warnings(due)
        except AppError as error:  # no standard of that day is in the file any more
            warnings = [str(error)]
        income, meaning = "", ""
        if data.kind is RequestKind.AVERAGE and data.income_year is not None:
            income = format_money(data.income_year)
            found = read(request_reckoning.average_income, data.household_id, data.income_year, data.received_on)
            if found is not None:
                income = f"{income}\n{income_words(found)}"
                meaning = income_class_words(found)
        open_still = view.row.status in (RequestStatus.RECEIVED, RequestStatus.IN_REVIEW)
        self.grid.show_lines(
            (
                (_("Asks for"), _(REQUEST_LABELS[data.kind])),
                (_("Household"), " · ".join(filter(None, (view.row.head, view.row.code, view.row.hamlet)))),
                (_("Received on"), f"{format_date(data.received_on)} · {_(REQUEST_WAY_LABELS[data.way])}"),
                (_("Due on"), format_date(view.row.due_on)),
                (_("How it is counted"), how if open_still else ""),
                (_("Reasons"), reason_words(data)),
                (_("Income of 12 months"), income),
                (_("What it means"), meaning),
                (_("Note"), data.note),
            )
        )
        self.warned.say(warnings if open_still else [])


class StepsCard(Card):
    """Where the request stands: the steps of its review with their days, and the answer."""

    def __init__(self) -> None:
        super().__init__(lambda: _("Where it stands"), margin=10)
        self.setObjectName("requestSteps")
        self._shown: tuple[RequestView, Standing | None] | None = None
        self.review, self.answer = QLabel(), QLabel()
        self.review.setObjectName("requestReview")
        self.answer.setObjectName("requestAnswer")
        for label in (self.review, self.answer):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._steps = QWidget()
        self._grid = QGridLayout(self._steps)
        spaced(self._grid, spacing=4)
        self._grid.setColumnStretch(2, 1)
        self._labels: list[QLabel] = []
        for widget in (self.review, self._steps, self.answer):
            self.add(widget)
        Says(self, lambda _words: self._say(), str)

    def show_standing(self, view: RequestView, standing: Standing | None) -> None:
        """Show where a request stands."""
        self._shown = (view, standing)
        self._say()

    def _say(self) -> None:
        if self._shown is None:
            return
        view, standing = self._shown
        removed = standing is not None and standing.state is CaseState.REMOVED
        self.review.setText(_head_words(view, standing))
        self.review.setVisible(bool(self.review.text()))
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        steps = steps_shown(standing) if standing is not None and not removed else []
        for number, (state, told) in enumerate(steps):
            self._add_step(number, state, told, here=standing is not None and state is standing.state)
        self._steps.setVisible(bool(steps))
        self.answer.setText("\n".join(_answer_words(view, standing)))
        self.answer.setVisible(bool(self.answer.text()))

    def _add_step(self, row: int, state: CaseState, told: str, *, here: bool) -> None:
        sign, name, day = QLabel(), QLabel(_(CASE_STATE_LABELS[state])), QLabel(told)
        side = theme().px(16)
        sign.setPixmap(icon("check-circle" if told else "circle", "ok" if told else "faint").pixmap(QSize(side, side)))
        name.setProperty("class", "strong" if here else "" if told else "soft")
        name.setAccessibleName(
            _("{step}: {day}").format(step=name.text(), day=told)
            if told
            else _("{step}: not yet").format(step=name.text())
        )
        day.setProperty("class", "small")
        for column, label in enumerate((sign, name, day)):
            self._grid.addWidget(label, row, column)
            self._labels.append(label)


def _head_words(view: RequestView, standing: Standing | None) -> str:
    if standing is None:
        if view.row.status is RequestStatus.RECEIVED:
            return _("No review takes care of it yet.")
        return ""
    if standing.state is CaseState.REMOVED:
        return _("Taken off the list of “{review}”: {reason}").format(
            review=standing.title, reason=standing.removed_reason
        )
    return _("“{review}”, decision due on {date}").format(review=standing.title, date=format_date(standing.due_on))


def _answer_words(view: RequestView, standing: Standing | None) -> list[str]:
    told = []
    if standing is not None and standing.result is not None:
        told.append(_("Result of the survey: {result}").format(result=_(CLASS_LABELS[standing.result])))
    if standing is not None and standing.decision:
        told.append(_("Decision {number}").format(number=standing.decision))
    on = format_date(view.answered_on) if view.answered_on else ""
    if view.row.status is RequestStatus.ACCEPTED:
        told.append(_("Recognised on {date}.").format(date=on))
    if view.row.status is RequestStatus.REFUSED:
        told.append(_("Refused on {date}: {reason}").format(date=on, reason=view.refusal_reason))
    if view.row.status is RequestStatus.WITHDRAWN:
        told.append(_("Withdrawn by the household on {date}.").format(date=on))
    return told


class IssuedCard(Card):
    """The papers issued for it; each opens as it was, to be printed again."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(lambda: _("Papers issued"), margin=10)
        self.setObjectName("requestPapers")
        self._papers: Sequence[PaperRow] = ()
        self._buttons: list[QPushButton] = []
        self.hide()
        Says(self, lambda _words: self._say(), str)

    def show_papers(self, papers: Sequence[PaperRow]) -> None:
        """Show them, newest first."""
        self._papers = papers
        self._say()

    def _say(self) -> None:
        for button in self._buttons:
            self.body.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self._buttons = []
        for number, paper in enumerate(self._papers):
            words = " · ".join(filter(None, (_(PAPER_LABELS[paper.kind]), paper.number, format_date(paper.issued_on))))
            button = QPushButton(words)
            button.setObjectName(f"requestPaper{number}")
            button.setProperty("class", "flat")
            button.setIcon(icon("printer"))
            button.setAccessibleName(_("Open to print again: {paper}").format(paper=words))
            button.setToolTip(button.accessibleName())
            button.clicked.connect(lambda _checked=False, paper=paper: self.chosen.emit(paper))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._buttons.append(button)
        self.setVisible(bool(self._papers))

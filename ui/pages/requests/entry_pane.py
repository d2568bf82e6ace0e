"""Taking a request in: the household found first, what it asks for, the due date at once, and the receipt."""

import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import RequestData, RequestKind, RequestWay
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.services import requests
from casemgr.services.requests import RequestView
from ui.desk import Desk
from ui.form_pane import ask_about_changes
from ui.forms import Form
from ui.icons import icon
from ui.jobs import Job
from ui.pages.requests.due_side import DueSide
from ui.pages.requests.fields import INCOME_FIELDS, REQUEST_FIELDS
from ui.pages.requests.finder import HouseholdFinder
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.widgets.card import Card

_SIDE = 296


class EntryPane(Speaks):
    """`saved` carries the request and whether its receipt is to be printed."""

    saved = Signal(UUID, bool)
    closed = Signal()
    household_wanted = Signal()
    """The household is not in the file: it is entered elsewhere, what is typed here stays."""
    form_requested = Signal()
    """Print the official form with what is typed."""
    conflicted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("requestEntry")
        self._desk = desk
        self._view: RequestView | None = None
        self._job: Job | None = None
        self.back = QToolButton()
        self.back.setObjectName("requestEntryBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.give_up)
        self.title = QLabel()
        self.title.setObjectName("requestEntryTitle")
        self.title.setProperty("class", "h1")
        self.paper = QPushButton()
        self.paper.setObjectName("requestFormPrint")
        self.paper.setIcon(icon("file-text"))
        self.paper.clicked.connect(self._on_form)
        self.finder = HouseholdFinder(desk)
        self.finder.chosen.connect(self._on_household)
        self.finder.new_requested.connect(self.household_wanted)
        self.form = Form(REQUEST_FIELDS, name="requestForm", columns=2, marks_changes=False)
        self.income = Form(INCOME_FIELDS, name="requestIncome", marks_changes=False)
        for form in (self.form, self.income):
            form.changed.connect(self._on_changed)
            form.save_requested.connect(self.save)
        self.earned = Card(lambda: _("Income of 12 months"), margin=12)
        self.side = DueSide(desk)
        self.problem = QLabel()
        self.problem.setObjectName("requestProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.receipt, self.only, self.cancel = QPushButton(), QPushButton(), QPushButton()
        for name, button, act in (
            ("requestSaveReceipt", self.receipt, self.save),
            ("requestSave", self.only, lambda: self.save(receipt=False)),
            ("requestCancel", self.cancel, self.give_up),
        ):
            button.setObjectName(name)
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked=False, act=act: act())
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.paper)
        who, what = Card(lambda: _("Household"), margin=12), Card(lambda: _("Request"), margin=12)
        who.add(self.finder)
        what.add(self.form)
        self.earned.add(self.income)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        spaced(column, spacing=8)
        column.addWidget(who)
        column.addWidget(what)
        column.addWidget(self.earned)
        column.addStretch(1)
        beside = QVBoxLayout(right)
        spaced(beside)
        beside.addWidget(self.side)
        body = QHBoxLayout()
        spaced(body, spacing=8)
        body.addWidget(_scrolling("requestEntryArea", left), 1)
        side = _scrolling("requestSideArea", right)
        sized(side, width=_SIDE)
        body.addWidget(side)
        buttons = QHBoxLayout()
        spaced(buttons, spacing=8)
        buttons.addWidget(self.problem, 1)
        buttons.addStretch()
        for button in (self.cancel, self.only, self.receipt):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=8)
        layout.addLayout(head)
        layout.addLayout(body, 1)
        layout.addLayout(buttons)
        QWidget.setTabOrder(self.finder, self.form)
        QWidget.setTabOrder(self.form, self.income)
        for before, after in ((self.income, self.receipt), (self.receipt, self.only), (self.only, self.cancel)):
            QWidget.setTabOrder(before, after)

    # ---- what the page uses

    def begin(self, household: UUID | None = None) -> None:
        """An empty request, received today at the counter."""
        self._view = None
        self.form.load(
            {
                "kind": RequestKind.ENTER,
                "received_on": self._today(),
                "way": RequestWay.COUNTER,
                "applicant": "",
                "note": "",
                "reasons": (),
                "reason_text": "",
            }
        )
        self.income.load({"income_year": None})
        self._say_problems([])
        self.finder.show_household(household)
        self._on_household()
        self.retranslate()

    def correct(self, view: RequestView) -> None:
        """Correct what was written of a request."""
        self._view = view
        self.form.load(view.data)
        self.income.load(view.data)
        self._say_problems([])
        self.finder.show_household(view.data.household_id, fixed=True)
        self._on_changed()
        self.side.show_others(None)
        self.retranslate()
        self.form.focus_first()

    def take_household(self, household: UUID) -> None:
        """The household that was missing; what is typed stays."""
        self.finder.show_household(household)
        self._on_household()

    @property
    def waiting(self) -> bool:
        """Whether a new request is begun that has no household yet."""
        return self._view is None and self.finder.view is None

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        chosen = self._view is None and self.finder.view is not None
        return chosen or self.form.dirty or self.income.dirty

    def values(self) -> dict[str, Any]:
        """What is typed, for the form on paper."""
        kind = self.form.value("kind")
        income = self.income.value("income_year") if kind is RequestKind.AVERAGE else None
        return {**self.form.values(), "income_year": income}

    def save(self, *, receipt: bool = True) -> None:
        """Take the request in, or write the corrections, unless something is missing."""
        house = self.finder.view
        if self._job is not None:
            return
        self.finder.say_problem("" if house is not None else _("Choose the household that asks."))
        forms = (self.form, self.income) if self.form.value("kind") is RequestKind.AVERAGE else (self.form,)
        if not all(form.check() for form in forms) or house is None:
            return
        data = RequestData(household_id=house.id, **self.values())
        view = self._view
        if view is None:
            job = self._desk.write(requests.receive, data)
            job.succeeded.connect(lambda request: self._on_saved(request, receipt))
        else:
            job = self._desk.write(requests.correct, view.id, view.version, data)
            job.succeeded.connect(lambda _nothing: self._on_saved(view.id, receipt))
        self._set_job(job)
        job.catch(ValidationError, self._on_invalid)
        job.catch(ConflictError, self.conflicted.emit)
        job.finished.connect(lambda: self._set_job(None))

    def give_up(self) -> None:
        """Close, asking only when something was typed."""
        if self.may_leave():
            self.closed.emit()

    def may_leave(self) -> bool:
        """Whether one may go; saving here is done before leaving, not while leaving."""
        if not self.dirty:
            return True
        answer = ask_about_changes(self)
        if answer == "save":
            self.save(receipt=False)
        if answer == "discard":
            self.forget()
        return answer == "discard"

    def forget(self) -> None:
        """Nothing of what is typed is wanted any more."""
        self._view = None
        self.finder.show_household(None)
        for form in (self.form, self.income):
            form.load(form.values())

    # ---- inside

    def _today(self) -> datetime.date:
        return self._desk.workspace.now.astimezone().date()

    def _on_household(self) -> None:
        house = self.finder.view
        if house is None:
            self.finder.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._view is None and self.form.value("kind") in (RequestKind.ENTER, RequestKind.LEAVE):
            current = house.current_class
            listed = current is not None and current.data.value is HouseholdClass.POOR
            self.form.put("kind", RequestKind.LEAVE if listed else RequestKind.ENTER)
        if house is not None:
            self.form.focus_first()
        self.side.show_others(house.id if house is not None and self._view is None else None)
        self._on_changed()

    def _on_changed(self) -> None:
        kind, on = self.form.value("kind"), self.form.value("received_on")
        average = kind is RequestKind.AVERAGE
        self.earned.setVisible(average)
        self.form.saves_at_end = not average
        self.income.saves_at_end = True
        self.side.show_due(kind, on)
        house = self.finder.view
        self.side.show_income(house.id if house is not None else None, self.values()["income_year"], on)
        self.paper.setEnabled(house is not None and kind is not None and on is not None)

    def _on_form(self) -> None:
        self.form_requested.emit()

    def _on_saved(self, request: UUID, receipt: bool) -> None:
        self.forget()
        self.saved.emit(request, receipt)

    def _on_invalid(self, error: ValidationError) -> None:
        own = [problem for problem in error.problems if problem.field != "household_id"]
        self.finder.say_problem("\n".join(each.message for each in error.problems if each.field == "household_id"))
        self._say_problems(self.income.mark(self.form.mark(own)))

    def _say_problems(self, problems: list[Problem]) -> None:
        self.problem.setText("\n".join(problem.message for problem in problems))
        self.problem.setVisible(bool(problems))

    def _set_job(self, job: Job | None) -> None:
        self._job = job
        for button in (self.receipt, self.only):
            button.setEnabled(job is None)
        for form in (self.form, self.income):
            form.set_enabled(enabled=job is None)

    def retranslate(self) -> None:
        """Say the words again."""
        view = self._view
        new = view is None
        self.title.setText(
            _("New request") if view is None else _("Correct request {number}").format(number=view.row.number)
        )
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words, primary in (
            (self.paper, _("Print the form, filled in…"), False),
            (self.receipt, _("Save and print the receipt"), new),
            (self.only, _("Save"), not new),
            (self.cancel, _("Close"), False),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setProperty("class", "primary" if primary else "")
            button.style().unpolish(button)
            button.style().polish(button)
        self.receipt.setIcon(icon("printer", "on" if new else "soft"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, asking only when something was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        super().keyPressEvent(event)


def _scrolling(name: str, inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area

"""Support of a class: days, meals, travel, tuition and what lies above the ceiling; the list and the pay-out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.i18n import _, format_money
from casemgr.services import courses, training_payments, training_sheets
from casemgr.services.training_lists import SUPPORT_LIST
from casemgr.services.training_payments import PayData, PayLine
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.training import papers
from ui.pages.training.columns import SUPPORT
from ui.pages.training.fields import PAY
from ui.places import Place
from ui.record_topic import Topic
from ui.theme import spaced
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.jobs import Job


class SupportTopic(Topic):
    """One class at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("trainingSupportTopic")
        self.course: ChoiceBox[UUID] = ChoiceBox()
        self.course.setObjectName("supportCourse")
        self.course.setMinimumContentsLength(32)
        self.course.chosen.connect(self.refresh)
        Says(self.course, self.course.setAccessibleName, lambda: _("Training class"))
        self._lines: dict[UUID, PayLine] = {}
        self.model: RowsModel[UUID, PayLine] = RowsModel(SUPPORT, lambda ids: [self._lines[one] for one in ids])
        self._table = ListTable(self.model, name="trainingSupport")
        Says(self._table, self._table.setAccessibleName, lambda: _("Support of the class"))
        self._table.opened.connect(self._open)
        self.sums = QLabel()
        self.sums.setObjectName("trainingSupportSums")
        self.sums.setProperty("class", "strong")
        self.sums.setWordWrap(True)
        self.empty = EmptyState(
            "coin",
            lambda: _("No support to show yet"),
            lambda: _("Place learners in a class with its days and keep the attendance; the sums follow from it."),
        )
        self.empty.setObjectName("trainingSupportEmpty")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._table)
        self.stack.addWidget(self.empty)
        self.pay = VerbCard(
            lambda: _("Pay meals and travel of the class"),
            lambda: _("Write the pay-out"),
            PAY,
            self._pay,
            name="trainingPay",
            columns=2,
        )
        self.pay_tuition = VerbCard(
            lambda: _("Pay the tuition of the class"),
            lambda: _("Write the pay-out"),
            PAY,
            partial(self._pay, tuition=True),
            name="trainingTuition",
            columns=2,
        )
        for card in (self.pay, self.pay_tuition):
            card.closed.connect(card.hide)
            card.hide()
        self.paper, self.excel, self.tuition, self.begin = QPushButton(), QPushButton(), QPushButton(), QPushButton()
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.course)
        top.addStretch(1)
        for button, name, picture, words, act in (
            (self.excel, "trainingSupportExcel", "table", lambda: _("Excel…"), self.export),
            (self.paper, "trainingSupportPaper", "printer", lambda: _("Support list…"), self.print_list),
            (self.tuition, "trainingSupportTuition", "coin", lambda: _("Tuition…"), self.begin_tuition),
            (self.begin, "trainingSupportPay", "coin", lambda: _("Pay out…"), self.begin_pay),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture, "on" if button is self.begin else "soft"))
            for say in (button.setText, button.setAccessibleName):
                Says(button, say, words)
            button.clicked.connect(lambda _checked=False, act=act: act())
            top.addWidget(button)
        self.begin.setProperty("class", "primary")
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addWidget(self.sums)
        layout.addWidget(self.pay)
        layout.addWidget(self.pay_tuition)
        layout.addWidget(self.stack, 1)
        self.refresh()

    @property
    def table(self) -> ListTable:
        """Its list."""
        return self._table

    def filter(self) -> None:
        """Choose a class."""
        self.course.setFocus()

    def show_id(self, record: UUID) -> None:
        """Go to a class."""
        self.course.set_value(record)
        self.refresh()

    def refresh(self) -> None:
        """Read the class again."""
        found = [one for one in self.desk.workspace.read(courses.courses) if one.learners]
        self.course.set_choices([(one.id, partial(str, f"{one.data.code} · {one.data.trade}")) for one in found])
        if self.course.value() is None and found:
            self.course.set_value(found[0].id)
        course = self.course.value()
        lines = self.desk.workspace.read(training_payments.lines, course) if course else []
        self._lines = {one.id: one for one in lines}
        self.model.set_ids(tuple(self._lines))
        self.stack.setCurrentWidget(self._table if lines else self.empty)
        self.course.setVisible(bool(found))
        open_ = sum(one.open for one in lines)
        told = training_payments.sum_words(lines) if lines else ""
        if lines:
            left = _("Still to be paid to learners: {amount}").format(amount=format_money(open_))
            told = " · ".join(filter(None, (told, left if open_ else _("Everything is on a list"))))
        self.sums.setText(told)
        self.begin.setEnabled(self.desk.may(Permission.EDIT) and bool(open_))
        self.tuition.setEnabled(self.desk.may(Permission.EDIT) and any(one.tuition_open for one in lines))
        self.paper.setEnabled(bool(lines))
        self.excel.setEnabled(bool(lines) and self.desk.may(Permission.EXPORT))

    def begin_pay(self) -> None:
        """Ask how meals and travel are paid."""
        self._begin(self.pay, self.pay_tuition)

    def begin_tuition(self) -> None:
        """Ask how the provider is paid."""
        self._begin(self.pay_tuition, self.pay)

    def _begin(self, card: VerbCard, other: VerbCard) -> None:
        course = self.course.value()
        if course is None:
            return
        data = self.desk.workspace.read(courses.view, course).data
        values = {"decision_number": data.decision_number, "decision_on": data.decision_on}
        other.hide()
        card.begin({**values, "on": self.today, "handed_out": False, "override_reason": ""})

    def print_list(self) -> None:
        """The list that asks for the money."""
        course = self.course.value()
        if course is not None:
            self.paper_requested.emit(papers.list_of(self.desk.workspace, SUPPORT_LIST, course, self.today))

    def export(self) -> None:
        """The support as an Excel file."""
        course = self.course.value()
        if course is not None:
            papers.ask_excel(self, lambda: self.desk.workspace.read(training_sheets.support_sheet, course), "ho-tro")

    def _pay(self, typed: Mapping[str, Any], *, tuition: bool = False) -> Job:
        course = self.course.value()
        assert course is not None  # noqa: S101 - the card is open for a class only
        job = self.desk.write(training_payments.pay, course, PayData(**typed, tuition=tuition))
        job.succeeded.connect(self._on_paid)
        return job

    def _on_paid(self, made: object) -> None:
        self.pay.hide()
        self.pay_tuition.hide()
        self.refresh()
        if isinstance(made, UUID):
            told = _("The pay-out list is written; it shows on each household.")
            self.said.emit(Notice(told, "ok", _("Open the list"), lambda: self._to_list(made)))

    def _to_list(self, made: UUID) -> None:
        self.place_requested.emit(Place("support", made))

    def _open(self, row: int) -> None:
        self.place_requested.emit(Place("training", self.model.ids[row], "learners"))

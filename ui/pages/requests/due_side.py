"""Beside a request being written: by when it is answered and why, and what its income of 12 months means."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casemgr.domain.reviews import RequestKind
from casemgr.errors import AppError
from casemgr.i18n import _, format_date
from casemgr.services import request_reckoning, requests
from casemgr.services.request_reckoning import AverageIncome, Due
from ui.desk import Desk
from ui.icons import icon
from ui.pages.requests.wording import due_warnings, due_words, income_class_words, income_words
from ui.request_words import days_words, status_words
from ui.theme import spaced, theme
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.card import Card


class Warned(QWidget):
    """Sentences with the sign of a warning; gone when there are none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.sign, self.text = QLabel(), QLabel()
        self.text.setObjectName(name)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        spaced(row, spacing=6)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        self.hide()

    def say(self, sentences: list[str]) -> None:
        """Show them."""
        side = theme().px(16)
        self.sign.setPixmap(icon("warning", "near").pixmap(QSize(side, side)))
        self.text.setText("\n".join(sentences))
        self.text.setAccessibleName(self.text.text())
        self.setVisible(bool(sentences))


class DueSide(Speaks):
    """`show_due` and `show_income` as one types; what is not known yet is not shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("dueSide")
        self._desk = desk
        self._due: Due | None = None
        self._income: AverageIncome | None = None
        self._household: UUID | None = None
        self.day, self.how = QLabel(), QLabel()
        self.day.setObjectName("dueDay")
        self.day.setProperty("class", "h1")
        self.how.setObjectName("dueHow")
        self.warned = Warned("dueWarning")
        self.due_card = Card(lambda: _("To be answered by"), margin=12)
        for widget in (self.day, self.how, self.warned):
            self.due_card.add(widget)
        self.per_head, self.klass, self.reason = QLabel(), Badge(), QLabel()
        self.per_head.setObjectName("incomePerHead")
        self.klass.setObjectName("incomeClass")
        self.meaning = QLabel()
        self.meaning.setObjectName("incomeMeaning")
        self.reason.setObjectName("incomeReason")
        self.reason.setProperty("class", "small")
        self.income_card = Card(lambda: _("What the income means"), margin=12)
        for each in (self.per_head, self.klass, self.meaning, self.reason):
            self.income_card.add(each)
        self.others = QLabel()
        self.others.setObjectName("otherRequests")
        self.others_card = Card(lambda: _("Requests of this household"), margin=12)
        self.others_card.add(self.others)
        for label in (self.how, self.per_head, self.meaning, self.reason, self.others):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        for card in (self.due_card, self.income_card, self.others_card):
            layout.addWidget(card)
        layout.addStretch(1)
        self.retranslate()

    def show_due(self, kind: RequestKind | None, received_on: date | None) -> None:
        """The due date of a request of that kind received that day."""
        self._due = None
        problem = ""
        if kind is not None and received_on is not None:
            try:
                self._due = self._desk.workspace.read(request_reckoning.due, kind, received_on)
            except AppError as error:  # no standard of that day
                problem = str(error)
        self.retranslate()
        if problem:
            self.warned.say([problem])

    def show_income(self, household: UUID | None, income_year: int | None, on: date | None) -> None:
        """What an income of 12 months means."""
        self._income = None
        if household is not None and income_year is not None and on is not None:
            try:
                self._income = self._desk.workspace.read(request_reckoning.average_income, household, income_year, on)
            except AppError:  # said at its field, or beside the due date
                self._income = None
        self.retranslate()

    def show_others(self, household: UUID | None) -> None:
        """What the household asked for before."""
        self._household = household
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        due, income = self._due, self._income
        self.day.setText(format_date(due.due_on) if due else "…")
        self.how.setText(due_words(due) if due else _("Choose what is asked for and the day it was received."))
        self.warned.say(due_warnings(due) if due else [])
        self.income_card.setVisible(income is not None)
        if income is not None:
            self.per_head.setText(income_words(income))
            self.klass.show_text(income_class_words(income), class_tone(income.judgement.value))
            too_long = self.klass.sizeHint().width() > theme().px(250)
            self.meaning.setText(income_class_words(income))
            self.klass.setVisible(not too_long)
            self.meaning.setVisible(too_long)
            self.reason.setText(income.judgement.reason)
        rows = self._desk.workspace.read(requests.of_household, self._household) if self._household is not None else []
        told = [
            " · ".join(filter(None, (row.number, status_words(row), days_words(row.days_left)))) for row in rows[:4]
        ]
        self.others.setText("\n".join(told))
        self.others_card.setVisible(bool(told))

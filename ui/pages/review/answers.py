"""The questions of the sheet as one list of keys: 1–9, 0, - and = turn an answer, Space the current one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.indicators import Proposal
from casemgr.domain.packs import Indicator
from casemgr.domain.text import clean
from casemgr.i18n import _
from ui.pages.review.answer_row import KEYS, AnswerRow
from ui.theme import spaced
from ui.translation import Speaks

_NOTHING = Proposal(None, "")
_SAME_KEYS = {"+": "=", "_": "-"}


class Answers(Speaks):
    """`changed` at every key; `passed` when Enter goes on to what follows."""

    changed = Signal()
    passed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("answers")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows: list[AnswerRow] = []
        self._at = 0
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        spaced(self._column, spacing=0)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setObjectName("answersArea")
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._inside)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self._area)
        self.retranslate()

    # ---- what the pane uses

    def show_questions(self, indicators: Sequence[Indicator]) -> None:
        """Ask the questions of a standard; the same ones keep their rows."""
        if [row.indicator for row in self.rows] == list(indicators):
            return
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [AnswerRow(indicator, place) for place, indicator in enumerate(indicators)]
        for place, row in enumerate(self.rows):
            row.toggled.connect(self._on_clicked)
            row.changed.connect(self.changed)
            row.reason.installEventFilter(self)
            self._column.insertWidget(place, row)
        self._go(0)

    def show_answers(
        self, answers: Mapping[str, bool], proposals: Mapping[str, Proposal], reasons: Mapping[str, str]
    ) -> None:
        """Show one household's answers."""
        for row in self.rows:
            row.show_answer(answers.get(row.code), proposals.get(row.code, _NOTHING), reasons.get(row.code, ""))
        self._go(0)
        self._area.verticalScrollBar().setValue(0)

    def propose(self, proposals: Mapping[str, Proposal]) -> None:
        """Other proposals; what was answered stays, what was only proposed follows."""
        for row in self.rows:
            proposal = proposals.get(row.code, _NOTHING)
            value = row.value if row.overridden or row.value != row.proposal.value else proposal.value
            row.show_answer(value, proposal, row.reason.text())

    def answers(self) -> dict[str, bool]:
        """The answers given."""
        return {row.code: row.value for row in self.rows if row.value is not None}

    def unanswered(self) -> tuple[str, ...]:
        """Codes of the questions without an answer."""
        return tuple(row.code for row in self.rows if row.value is None)

    def reasons(self) -> dict[str, str]:
        """Why answers differ from what was proposed."""
        return {row.code: clean(row.reason.text()) for row in self.rows if row.overridden and clean(row.reason.text())}

    def missing_reasons(self) -> tuple[str, ...]:
        """Codes of overrides without a reason."""
        return tuple(row.code for row in self.rows if row.missing_reason)

    def row(self, code: str) -> AnswerRow:
        """The row of a question."""
        return next(row for row in self.rows if row.code == code)

    def go_to(self, code: str) -> None:
        """Make a question current; an override without reason gets the cursor in its reason."""
        row = self.row(code)
        self._go(self.rows.index(row))
        if row.missing_reason:
            row.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def pass_on(self) -> None:
        """Go on: to the next reason still missing, else to what follows."""
        missing = self.missing_reasons()
        if missing:
            self.go_to(missing[0])
        else:
            self.passed.emit()

    def retranslate(self) -> None:
        """Say the words again."""
        for row in self.rows:
            row.retranslate()
        self._speak()

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers turn answers, arrows move, Space turns the current one, N says no to the rest."""
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if held or not self._take(event):
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        key, text = event.key(), _SAME_KEYS.get(event.text(), event.text())
        if text and text in KEYS and KEYS.index(text) < len(self.rows):
            self._go(KEYS.index(text))
            self._turn()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(self._at + (1 if key == Qt.Key.Key_Down else -1))
        elif key == Qt.Key.Key_Space:
            self._turn()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._set(value=key == Qt.Key.Key_Right)
        elif key == Qt.Key.Key_N:
            self.deny_rest()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pass_on()
        else:
            return False
        return True

    def deny_rest(self) -> None:
        """Every question without an answer is answered: not deprived."""
        for row in self.rows:
            if row.value is None:
                row.set_value(False)
        self._speak()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a reason goes on, arrows go back to the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            missing = self.missing_reasons()
            if missing:
                self.go_to(missing[0])
            else:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
                self.passed.emit()
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._go(self._at + (1 if event.key() == Qt.Key.Key_Down else -1))
            return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current question shows."""
        super().focusInEvent(event)
        self._go(self._at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No question is current."""
        super().focusOutEvent(event)
        for row in self.rows:
            row.set_current(current=False)

    # ---- inside

    def _on_clicked(self, code: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._go(self.rows.index(self.row(code)))
        self._turn()

    def _turn(self) -> None:
        if self.rows:
            self._set(value=not self.rows[self._at].value)

    def _set(self, *, value: bool) -> None:
        if self.rows:
            self.rows[self._at].set_value(value)
            self._speak()
            self.changed.emit()

    def _go(self, place: int) -> None:
        if not self.rows:
            return
        self._at = max(0, min(place, len(self.rows) - 1))
        for number, row in enumerate(self.rows):
            row.set_current(current=number == self._at and self.hasFocus())
        self._area.ensureWidgetVisible(self.rows[self._at], 0, 0)
        self._speak()

    def _speak(self) -> None:
        words = self.rows[self._at].spoken() if self.rows else _("Answers")
        self.setAccessibleName(words)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

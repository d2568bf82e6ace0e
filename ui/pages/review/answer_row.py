"""One question of the sheet: its key, its name, the answer, and why the program proposes what it proposes."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from casemgr.domain.indicators import Proposal
from casemgr.domain.packs import Indicator
from casemgr.domain.text import clean
from casemgr.i18n import _
from ui.theme import sized, spaced, theme
from ui.widgets.badge import Badge
from ui.widgets.elided_label import ElidedLabel

KEYS: Final = "1234567890-="
"""The keys that turn an answer, in the order of the questions; more questions than keys are reached by arrows."""

DEPRIVED, FINE, OPEN = "poor", "plain", "near"


def answer_words(value: bool | None) -> str:
    """An answer in words."""
    if value is None:
        return _("Not answered")
    return _("Deprived") if value else _("Not deprived")


class AnswerRow(QWidget):
    """A question; `toggled` by a click, `changed` when the reason was typed."""

    toggled = Signal(str)
    changed = Signal()

    def __init__(self, indicator: Indicator, place: int) -> None:
        super().__init__()
        self.code = indicator.code
        self.setObjectName(f"answer_{indicator.code}")
        self.indicator = indicator
        self.value: bool | None = None
        self.proposal = Proposal(None, "")
        self._current = False
        self.key = QLabel(KEYS[place] if place < len(KEYS) else "")
        self.key.setProperty("class", "small")
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sized(self.key, width=18)
        self.name = ElidedLabel(f"{indicator.number}. {indicator.name}")
        self.name.setProperty("class", "strong")
        self.badge = Badge()
        self.why = ElidedLabel()
        self.why.setProperty("class", "small")
        self.reason = QLineEdit()
        self.reason.setObjectName(f"reason_{indicator.code}")
        self.reason.setMaxLength(200)
        self.reason.hide()
        self.reason.textEdited.connect(lambda _text: self.changed.emit())
        upper = QHBoxLayout()
        spaced(upper, spacing=8)
        upper.addWidget(self.key)
        upper.addWidget(self.name, 1)
        upper.addWidget(self.badge)
        lower = QHBoxLayout()
        spaced(lower, margins=(26, 0, 0, 0), spacing=8)
        lower.addWidget(self.why, 1)
        lower.addWidget(self.reason, 1)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(6, 4, 8, 4), spacing=1)
        layout.addLayout(upper)
        layout.addLayout(lower)

    @property
    def overridden(self) -> bool:
        """Whether the officer says something else than the program proposes."""
        return self.value is not None and self.proposal.value is not None and self.value != self.proposal.value

    @property
    def missing_reason(self) -> bool:
        """Whether an override still wants its reason."""
        return self.overridden and not clean(self.reason.text())

    def show_answer(self, value: bool | None, proposal: Proposal, reason: str) -> None:
        """Show one household's answer."""
        self.value, self.proposal = value, proposal
        self.reason.setText(reason)
        self.retranslate()

    def set_value(self, value: bool | None) -> None:
        """Answer."""
        self.value = value
        self.retranslate()

    def set_current(self, *, current: bool) -> None:
        """The keys of the list are about this question now."""
        if current != self._current:
            self._current = current
            self.update()

    def spoken(self) -> str:
        """The question and its answer, for those who hear the screen."""
        return ". ".join(part for part in (self.name.text(), answer_words(self.value), self._why()) if part)

    def retranslate(self) -> None:
        """Say the words again."""
        tone = OPEN if self.value is None else DEPRIVED if self.value else FINE
        self.badge.show_text(answer_words(self.value), tone)
        why = self._why()
        self.why.setText(why)
        self.setToolTip(f"{self.indicator.service}: {self.indicator.threshold}\n\n{why}".strip())
        over = self.overridden
        self.reason.setVisible(over)
        self.reason.setPlaceholderText(_("Reason, because the proposal was: {answer}").format(answer=self._proposed()))
        self.reason.setAccessibleName(_("Reason for {question}").format(question=self.indicator.name))
        self.reason.setToolTip(why)
        self.why.setVisible(not over)

    def _proposed(self) -> str:
        return answer_words(self.proposal.value).lower()

    def _why(self) -> str:
        if self.proposal.value is None:
            missing = ", ".join(self.proposal.missing)
            return _("No proposal; missing: {facts}").format(facts=missing) if missing else self.proposal.why
        return _("Proposed: {answer}. {why}").format(answer=self._proposed(), why=self.proposal.why).rstrip()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click turns the answer."""
        self.toggled.emit(self.code)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline below; the current one on another ground."""
        look, painter = theme(), QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), look.colour("sel"))
            painter.fillRect(QRect(0, 0, look.px(3), self.height()), look.colour("accent"))
        painter.setPen(look.colour("line"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())

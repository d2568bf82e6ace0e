"""Questions that need an answer before anything else: each answer is a verb, never Yes or No."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import spaced, theme


@dataclass(frozen=True)
class Answer:
    """One way to answer; `tone` "primary" marks the expected one."""

    key: str
    text: str
    tone: str = ""


class QuestionDialog(QDialog):
    """A question with its answers; Esc is no answer."""

    def __init__(self, parent: QWidget | None, title: str, text: str, answers: Sequence[Answer]) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.setWindowTitle(title)
        self.answer = ""
        head, body = QLabel(title), QLabel(text)
        head.setProperty("class", "h3")
        for label in (head, body):
            label.setWordWrap(True)
        self.setAccessibleDescription(text)
        buttons = QHBoxLayout()
        spaced(buttons, spacing=8)
        buttons.addStretch()
        for answer in answers:
            button = QPushButton(answer.text)
            button.setObjectName(f"answer_{answer.key}")
            button.setAccessibleName(answer.text)
            button.setProperty("class", answer.tone)
            button.setDefault(answer.tone == "primary")
            button.clicked.connect(lambda _checked=False, key=answer.key: self._on_answer(key))
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(20, 16, 20, 16), spacing=12)
        layout.addWidget(head)
        layout.addWidget(body)
        layout.addLayout(buttons)
        self.setMinimumWidth(theme().px(420))

    def _on_answer(self, key: str) -> None:
        self.answer = key
        self.accept()


def ask(parent: QWidget | None, title: str, text: str, answers: Sequence[Answer]) -> str:
    """Ask and wait; the key of the answer, "" when it was closed."""
    dialog = QuestionDialog(parent, title, text, answers)
    dialog.exec()
    answer = dialog.answer
    dialog.deleteLater()
    return answer

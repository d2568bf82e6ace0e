"""A few programmes as one field: chosen from the list one by one, each taken out again with its button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from casemgr.i18n import _
from ui.editors import Editor
from ui.icons import icon
from ui.theme import spaced, theme
from ui.translation import Says
from ui.widgets.choice_box import ChoiceBox


class ProgrammesEditor(Editor[QWidget]):
    """Holds the codes in the order they were chosen."""

    def __init__(self, choices: Sequence[tuple[str, Callable[[], str]]]) -> None:
        widget = QWidget()
        super().__init__(widget)
        self._choices = list(choices)
        self._codes: tuple[str, ...] = ()
        self.box: ChoiceBox[str] = ChoiceBox()
        self.box.setObjectName("overlapProgramme")
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.box.chosen.connect(self._on_chosen)
        Says(self.box, self.box.setAccessibleName, lambda: _("Add a programme"))
        self._column = QVBoxLayout(widget)
        spaced(self._column, spacing=4)
        self._column.addWidget(self.box)
        widget.setFocusProxy(self.box)
        self._buttons: list[QPushButton] = []
        self._draw()

    def value(self) -> tuple[str, ...]:
        """The codes."""
        return self._codes

    def set_value(self, value: Sequence[str] | None) -> None:
        """Show these."""
        self._codes = tuple(value or ())
        self._draw()

    def _on_chosen(self) -> None:
        code = self.box.value()
        if code is not None:
            self.set_value((*self._codes, code))
            self.changed.emit()

    def _take_out(self, code: str) -> None:
        self.set_value([one for one in self._codes if one != code])
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _draw(self) -> None:
        words = dict(self._choices)
        self.box.set_choices(
            [(None, lambda: _("Add a programme…")), *(one for one in self._choices if one[0] not in self._codes)]
        )
        self.box.set_value(None)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(code, words.get(code, partial(str, code))) for code in self._codes]
        for button in self._buttons:
            self._column.addWidget(button)

    def _button(self, code: str, words: Callable[[], str]) -> QPushButton:
        button = QPushButton()
        button.setObjectName(f"overlapOut_{code}")
        button.setIcon(icon("x"))
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        text = words()
        button.setText(button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, theme().px(190)))
        button.setToolTip(_("Take {programme} out").format(programme=text))
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(partial(self._take_out, code))
        return button

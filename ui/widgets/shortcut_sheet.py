"""The sheet of all shortcuts, drawn from the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import _
from ui.actions import ACTIONS, EXTRA_SHORTCUTS, MENUS
from ui.theme import spaced, theme

COLUMNS = 2


def keys_of(action_id: str, shortcut: str) -> str:
    """The keys of an action as this system writes them."""
    keys = (shortcut, *EXTRA_SHORTCUTS.get(action_id, ())) if action_id == "help.shortcuts" else (shortcut,)
    return "  /  ".join(QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in keys)


class ShortcutSheet(QDialog):
    """All keys on one screen, by menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutSheet")
        self.setWindowTitle(_("Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = [QVBoxLayout() for _number in range(COLUMNS)]
        filled = [0] * COLUMNS
        for menu, words in (*MENUS, ("form", "")):
            lines = (
                _form_keys()
                if menu == "form"
                else [(_(a.text), keys_of(a.id, a.shortcut)) for a in ACTIONS if a.menu == menu and a.shortcut]
            )
            if not lines:
                continue
            emptiest = filled.index(min(filled))
            filled[emptiest] += len(lines) + 2
            columns[emptiest].addWidget(
                _block(_("In forms and lists") if menu == "form" else _(words).replace("&", ""), lines)
            )
        row = QHBoxLayout()
        spaced(row, spacing=32)
        for column in columns:
            spaced(column, spacing=12)
            column.addStretch()
            row.addLayout(column, 1)
        inside = QWidget()
        inside.setLayout(row)
        area = QScrollArea()
        area.setObjectName("shortcutArea")
        area.setAccessibleName(_("Shortcuts"))
        area.setWidget(inside)
        area.setWidgetResizable(True)
        close = QPushButton(_("Close"))
        close.setObjectName("shortcutClose")
        close.setProperty("class", "primary")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(20, 16, 20, 16), spacing=12)
        layout.addWidget(area, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme().px(760), theme().px(560))


def _form_keys() -> list[tuple[str, str]]:
    return [
        (_("Next field"), "Enter"),
        (_("Save"), "Ctrl+S, Ctrl+Enter"),
        (_("Leave without saving (asks when something changed)"), "Esc"),
        (_("Today, in a date"), "="),
        (_("A day later or earlier, in a date"), "↑ ↓"),
        (_("Open the line"), "Enter"),
    ]


def _block(title: str, lines: list[tuple[str, str]]) -> QWidget:
    block = QWidget()
    grid = QGridLayout(block)
    spaced(grid, spacing=4)
    head = QLabel(title)
    head.setProperty("class", "h2")
    grid.addWidget(head, 0, 0, 1, 2)
    for number, (words, keys) in enumerate(lines, 1):
        key = QLabel(keys)
        key.setProperty("class", "strong")
        key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        text = QLabel(words)
        text.setWordWrap(True)
        grid.addWidget(text, number, 0)
        grid.addWidget(key, number, 1)
    grid.setColumnStretch(0, 1)
    return block

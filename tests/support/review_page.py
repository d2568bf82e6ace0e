"""Gestures on the page of the review, and the result of a case."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.mainwindow import MainWindow
from ui.pages.review.page import ReviewPage

Settle = Callable[[], None]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def run(window: MainWindow, action: str) -> None:
    """A command of the menu, and what it shows."""
    window.commands.run(action)
    QApplication.processEvents()


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focused(), key, modifier)


def type_keys(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(focused(), text)


def key_sheet(qtbot: QtBot, b1: str, deprived: str) -> None:
    """One sheet as an officer keys it: points, Enter, the numbers of what is deprived, N, Ctrl+Enter."""
    type_keys(qtbot, b1)
    press(qtbot, Qt.Key.Key_Return)
    type_keys(qtbot, deprived + "n")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def shown(page: ReviewPage) -> QWidget:
    widget = page.routes.currentWidget()
    assert widget is not None
    return widget

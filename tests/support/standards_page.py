"""Gestures on the page of standards, and packs written to files for it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QWidget,
)

from casemgr.exchange.packfile import DEVELOPMENT_KEY, make_packfile
from tests.support.packfiles import private_key
from ui.questions import QuestionDialog

Settle = Callable[[], None]


CULTURE_DAY = date(2026, 11, 24)


def packfile(path: Path, files: dict[str, bytes]) -> Path:
    path.write_bytes(make_packfile(files, DEVELOPMENT_KEY, private_key()))
    return path


def answer(key: str) -> list[str]:
    """Answer the question that comes next; the texts it asked with."""
    asked: list[str] = []

    def press() -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QuestionDialog))
        asked.append(dialog.accessibleDescription())
        button = dialog.findChild(QPushButton, f"answer_{key}")
        assert button is not None
        button.click()

    QTimer.singleShot(0, press)
    return asked


def drop(page: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), *keys)
    QApplication.sendEvent(page, entering)
    if entering.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPoint(5, 5), *keys))

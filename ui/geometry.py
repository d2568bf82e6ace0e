"""Where the window stood: kept as text in the settings, and pulled back onto a screen that is there."""

import base64
import json

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

WIDTH, HEIGHT = 1366, 740


def restore(window: QWidget, kept: str) -> None:
    """Put the window where it stood, or at a natural size."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(min(screen.width(), WIDTH), min(screen.height(), HEIGHT))
    try:
        window.restoreGeometry(QByteArray(base64.b64decode(json.loads(kept or "{}")["geometry"])))
    except (ValueError, KeyError, TypeError):
        return
    if not any(each.availableGeometry().intersects(window.frameGeometry()) for each in QGuiApplication.screens()):
        window.move(screen.topLeft())  # the screen it stood on is gone


def keep(window: QWidget, kept: str) -> str:
    """The same text with the window's place in it."""
    try:
        others = dict(json.loads(kept or "{}"))
    except (ValueError, TypeError):
        others = {}
    return json.dumps({**others, "geometry": base64.b64encode(bytes(window.saveGeometry().data())).decode("ascii")})

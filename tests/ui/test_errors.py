"""One funnel: expected failures are told, bugs are reported without data of people."""

import logging
import sys
import threading

from PySide6.QtCore import QTimer, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from casemgr.errors import NotFoundError
from ui.errors import CrashDialog, Funnel, report


def raising(error: Exception) -> None:
    raise error


def test_an_expected_failure_in_a_slot_is_told(qtbot: QtBot) -> None:
    funnel = Funnel()
    before = sys.excepthook
    restore = funnel.install()
    try:
        with qtbot.waitSignal(funnel.failed) as told:
            QTimer.singleShot(0, lambda: raising(NotFoundError("Không có hộ này.")))
    finally:
        restore()
    assert str(told.args[0]) == "Không có hộ này."
    assert sys.excepthook is before


def test_a_bug_is_logged_and_reported(qtbot: QtBot, expected_warnings: list[logging.LogRecord]) -> None:
    funnel = Funnel()
    bug = KeyError("083179001234 Nguyễn Thị Á")
    restore = funnel.install()
    try:
        with qtbot.waitSignal(funnel.crashed) as told:
            QTimer.singleShot(0, lambda: raising(bug))
    finally:
        restore()
    text = report(told.args[0])
    assert "test_errors.py" in text
    assert "KeyError" in text
    assert "Nguyễn" not in text
    assert "083179001234" not in text
    assert [record.name for record in expected_warnings] == ["ui.errors"]


def test_a_thread_reports_too(qtbot: QtBot) -> None:
    funnel = Funnel()
    restore = funnel.install()
    try:
        with qtbot.waitSignal(funnel.failed):
            thread = threading.Thread(target=lambda: raising(NotFoundError("x")))
            thread.start()
            thread.join()
    finally:
        restore()


def test_qt_speaks_into_the_log(qapp: QApplication, expected_warnings: list[logging.LogRecord]) -> None:
    restore = Funnel().install()
    try:
        qWarning("something odd")
    finally:
        restore()
    assert [(record.name, record.getMessage()) for record in expected_warnings] == [("qt", "something odd")]


def test_the_crash_dialog_gives_the_report_to_the_clipboard(qtbot: QtBot) -> None:
    try:
        raising(ValueError("x"))
    except ValueError as error:
        dialog = CrashDialog(error)
    dialog.open()
    copy = dialog.findChild(QPushButton, "crashCopy")
    copy.click()
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()
    assert "ValueError" in dialog.text.toPlainText()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.findChild(QPushButton, "crashClose").click()

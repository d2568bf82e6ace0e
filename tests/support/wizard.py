"""Gestures on the wizard of the first start."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_unikey import type_letters
from ui.wizard.window import Wizard

SECRET = "bon con vit bau troi song"


SLOW_MS = 30_000
"""Real keys are slow by design."""


def press(wizard: QWidget, name: str) -> None:
    button = wizard.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    button.click()


def line_of(wizard: QWidget, name: str) -> QLineEdit:
    found = wizard.findChild(QLineEdit, name)
    assert found is not None
    return found


def fill_until_person(wizard: Wizard) -> None:
    press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, "hung khanh trung")
    QApplication.processEvents()
    press(wizard, "wizardNext")
    QGuiApplication.clipboard().setText("Ấp Phú Nhơn\nẤp Quân An")
    press(wizard, "hamletsPaste")
    press(wizard, "wizardNext")
    type_letters(line_of(wizard, "signatoryName0"), "Trần Văn Hòa")
    press(wizard, "wizardNext")
    assert wizard.step is wizard.person


def fill_person(wizard: Wizard, *, secret: str = SECRET, again: str = SECRET) -> None:
    form = wizard.person.form
    type_letters(form.editor("name").widget, "Nguyễn Thị Lan")
    for name, text in (("passphrase", secret), ("again", again)):
        line = form.editor(name).widget
        line.clear()
        type_letters(line, text)


def qtbot_key(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClick(widget, key, held)


def make_file(wizard: Wizard, qtbot: QtBot) -> None:
    press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: wizard.step is wizard.recovery and not wizard._jobs.busy, timeout=SLOW_MS)

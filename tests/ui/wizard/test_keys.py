"""The wizard by the keyboard alone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.wizard import SLOW_MS, fill_person, fill_until_person, line_of, press, qtbot_key
from tests.ui.test_unikey import type_letters
from ui.wizard.window import Wizard


def test_the_keyboard_alone_is_enough_until_the_passphrase(wizard: Wizard) -> None:
    qtbot_key(QApplication.focusWidget() or wizard.welcome.ways["welcomeNew"], Qt.Key.Key_Return)
    if wizard.step is wizard.welcome:  # the platform gave the window no focus
        qtbot_key(wizard.welcome.ways["welcomeNew"], Qt.Key.Key_Space)
    assert wizard.step is wizard.commune
    type_letters(wizard.commune.line, "tan thoi vinh")
    qtbot_key(wizard.commune.line, Qt.Key.Key_Down)
    qtbot_key(wizard.commune.line, Qt.Key.Key_Return)
    assert wizard.step in (wizard.hamlets, wizard.commune)
    wizard.commune.line.clear()
    type_letters(wizard.commune.line, "28901")
    if wizard.step is wizard.commune:
        qtbot_key(wizard.commune.line, Qt.Key.Key_Return)
    assert wizard.step is wizard.hamlets
    qtbot_key(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.step is wizard.letterhead
    qtbot_key(wizard, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wizard.step is wizard.hamlets


def test_ctrl_enter_in_a_hamlet_name_and_enter_in_the_free_line_go_on(wizard: Wizard) -> None:
    press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, "28901")
    press(wizard, "wizardNext")
    wizard.activateWindow()
    name = wizard.hamlets.grid.findChildren(QLineEdit, "hamletName")[-1]
    name.setFocus()
    type_letters(name, "Phu Nhon")
    qtbot_key(name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.step is wizard.letterhead
    press(wizard, "wizardBack")
    qtbot_key(name, Qt.Key.Key_Return)
    free = QApplication.focusWidget()
    assert free is wizard.hamlets.grid.findChildren(QLineEdit, "hamletName")[-1]
    qtbot_key(free, Qt.Key.Key_Return)
    assert wizard.step is wizard.letterhead


def test_ctrl_enter_on_the_cancel_button_goes_on(wizard: Wizard) -> None:
    press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, "28901")
    wizard.activateWindow()
    wizard.cancel.setFocus()
    qtbot_key(wizard.cancel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.step is wizard.hamlets


def test_enter_in_the_last_signatory_goes_on(wizard: Wizard) -> None:
    fill_until_person(wizard)
    press(wizard, "wizardBack")
    wizard.activateWindow()
    last = line_of(wizard, "signatoryName1")
    last.setFocus()
    qtbot_key(last, Qt.Key.Key_Return)
    assert wizard.step is wizard.person


def test_enter_in_the_last_passphrase_makes_the_file(wizard: Wizard, qtbot: QtBot) -> None:
    fill_until_person(wizard)
    fill_person(wizard)
    wizard.activateWindow()
    last = wizard.person.form.editor("again").widget
    last.setFocus()
    qtbot_key(last, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.step is wizard.recovery and not wizard._jobs.busy, timeout=SLOW_MS)


def test_enter_presses_a_focused_button(wizard: Wizard) -> None:
    press(wizard, "welcomeNew")
    wizard.activateWindow()
    wizard.back.setFocus()
    qtbot_key(wizard.back, Qt.Key.Key_Return)
    assert wizard.step is wizard.welcome

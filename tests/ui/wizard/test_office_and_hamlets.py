"""The commune found by its name, hamlets pasted from a list, the letterhead as it will be printed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from casemgr.domain.offices import Area, HamletData
from tests.support.wizard import fill_until_person, press, qtbot_key
from tests.ui.test_unikey import type_letters
from ui.wizard.window import Wizard


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hung khanh tr", "Xã Hưng Khánh Trung"),
        ("ba dinh ha noi", "Phường Ba Đình"),
        ("00004", "Phường Ba Đình"),
        ("con dao", "Đặc khu Côn Đảo"),
    ],
)
def test_communes_are_found_without_accents(wizard: Wizard, typed: str, expected: str) -> None:
    press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, typed)
    QApplication.processEvents()
    found = [wizard.commune.hits.item(row).text() for row in range(wizard.commune.hits.count())]
    assert found[0].startswith(f"{expected} · ")
    assert wizard.commune.line.text() == typed


def test_without_a_commune_nothing_goes_on(wizard: Wizard) -> None:
    press(wizard, "welcomeNew")
    press(wizard, "wizardNext")
    assert wizard.step is wizard.commune
    assert wizard.problem.isVisible()
    type_letters(wizard.commune.line, "khong co xa nao")
    QApplication.processEvents()
    assert wizard.commune.none.isVisible()
    press(wizard, "wizardNext")
    assert wizard.step is wizard.commune


def test_several_fitting_communes_choose_none_by_themselves(wizard: Wizard) -> None:
    press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, "tan an")
    QApplication.processEvents()
    assert wizard.commune.hits.count() > 1
    assert wizard.commune.unit is None
    qtbot_key(wizard.commune.line, Qt.Key.Key_Down)
    assert wizard.commune.unit is not None


def test_a_pasted_list_becomes_hamlets(wizard: Wizard) -> None:
    fill_until_person(wizard)
    press(wizard, "wizardBack")
    press(wizard, "wizardBack")
    QGuiApplication.clipboard().setText("1. Ấp Tân Trung;\n2\tKhu phố 3\n\nVĩnh Đức\nẤp phú nhơn\n- Ấp Vĩnh Hội\n")
    name = wizard.hamlets.grid.findChildren(QLineEdit, "hamletName")[-1]
    qtbot_key(name, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert wizard.hamlets.hamlets() == (
        HamletData("Ấp", "Phú Nhơn", Area.RURAL),
        HamletData("Ấp", "Quân An", Area.RURAL),
        HamletData("Ấp", "Tân Trung", Area.RURAL),
        HamletData("Khu phố", "3", Area.URBAN),
        HamletData("Ấp", "Vĩnh Đức", Area.RURAL),
        HamletData("Ấp", "Vĩnh Hội", Area.RURAL),
    )


def test_two_hamlets_of_one_name_are_told_at_once(wizard: Wizard) -> None:
    fill_until_person(wizard)
    press(wizard, "wizardBack")
    press(wizard, "wizardBack")
    grid = wizard.hamlets.grid
    type_letters(grid.findChildren(QLineEdit, "hamletName")[-1], "phu nhon")
    press(wizard, "wizardNext")
    assert wizard.step is wizard.hamlets
    assert wizard.problem.isVisible()
    removes = [each for each in grid.findChildren(QToolButton, "hamletRemove") if each.isVisible()]
    removes[2].click()
    QApplication.processEvents()
    press(wizard, "wizardNext")
    assert wizard.step is wizard.letterhead


def test_the_letterhead_shows_as_it_will_be_printed(wizard: Wizard, qtbot: QtBot) -> None:
    fill_until_person(wizard)
    press(wizard, "wizardBack")
    pane = wizard.letterhead.pane
    assert "XÃ HƯNG KHÁNH TRUNG" in pane.picture.words
    lines = pane.form.editor("agency_lines").widget
    assert isinstance(lines, QPlainTextEdit)
    lines.setPlainText("ỦY BAN NHÂN DÂN\nXÃ TÂN ÂN TÂY")
    qtbot.waitUntil(lambda: "XÃ TÂN ÂN TÂY" in pane.picture.words)
    lines.setPlainText("")
    press(wizard, "wizardNext")
    assert wizard.step is wizard.letterhead
    assert wizard.problem.isVisible()

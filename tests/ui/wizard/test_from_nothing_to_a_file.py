"""The wizard from nothing to an open file: forth and back, another language, the sample, a backup."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr import paths
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.i18n import current
from casemgr.services import backup, founding, households, offices
from casemgr.workspace import Workspace
from tests.support.pages import answer_file_dialog, file_dialog_open
from tests.support.wizard import SECRET, SLOW_MS, fill_person, fill_until_person, line_of, make_file, press, qtbot_key
from tests.ui.test_unikey import type_letters
from ui.questions import QuestionDialog
from ui.wizard.window import Wizard


@pytest.fixture
def opened(wizard: Wizard) -> Iterator[list[Workspace]]:
    """Files the wizard opened; closed afterwards."""
    found: list[Workspace] = []
    wizard.opened.connect(found.append)
    yield found
    for workspace in found:
        workspace.close()


def _answer(key: str) -> None:
    """Press an answer of the question that is about to be asked."""

    def press() -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QuestionDialog))
        dialog.findChild(QPushButton, f"answer_{key}").click()

    QTimer.singleShot(0, press)


def test_from_nothing_to_an_open_file(wizard: Wizard, opened: list[Workspace], qtbot: QtBot, tmp_path: Path) -> None:
    fill_until_person(wizard)
    fill_person(wizard)
    assert wizard.person.user.login == "lan"
    make_file(wizard, qtbot)
    path = paths.documents_folder() / "casemgr" / "Xã Hưng Khánh Trung.casemgr"
    assert path.exists()

    sheet = wizard.recovery.sheet
    words = sheet.view.page_text(1)
    groups = sheet._groups
    assert all(group in words.replace(" ", "") for group in groups)
    press(wizard, "wizardNext")
    assert wizard.problem.text()
    assert wizard.step is wizard.recovery
    press(wizard, "sheetSave")
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(tmp_path / "phiếu.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "phiếu.pdf").exists())
    assert sheet.stack.currentWidget() is sheet.cover
    type_letters(sheet.group, "ZZZZ")
    press(wizard, "wizardNext")
    assert wizard.problem.text()
    assert not opened
    sheet.group.clear()
    type_letters(sheet.group, groups[sheet.asked - 1].lower())
    qtbot.keyClick(sheet.group, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened), timeout=SLOW_MS)

    workspace = opened[0]
    assert workspace.path == path
    assert [view.data for view in workspace.read(offices.hamlets)] == [
        HamletData("Ấp", "Phú Nhơn", Area.RURAL),
        HamletData("Ấp", "Quân An", Area.RURAL),
    ]
    assert [view.data.name for view in workspace.read(offices.signatories)] == ["Trần Văn Hòa"]
    assert workspace.actor.name == "Nguyễn Thị Lan"
    assert workspace.read(founding.recovery_sheet_seen) is not None
    assert not sheet._groups
    assert not wizard.person.secret


def test_back_works_from_every_step_and_keeps_what_was_typed(wizard: Wizard) -> None:
    fill_until_person(wizard)
    type_letters(wizard.person.form.editor("name").widget, "Nguyễn Thị Lan")
    for step in (wizard.letterhead, wizard.hamlets, wizard.commune, wizard.welcome):
        press(wizard, "wizardBack")
        assert wizard.step is step
    assert not wizard.findChild(QPushButton, "wizardBack").isVisible()
    assert wizard.commune.unit is not None
    assert wizard.commune.unit.code == "28901"
    assert len(wizard.hamlets.hamlets()) == 2
    assert wizard.letterhead.people()[0].name == "Trần Văn Hòa"
    assert wizard.person.form.value("name") == "Nguyễn Thị Lan"


def test_cancel_keeps_what_was_typed(wizard: Wizard) -> None:
    fill_until_person(wizard)
    qtbot_key(wizard, Qt.Key.Key_Escape)
    assert wizard.step is wizard.welcome
    press(wizard, "welcomeNew")
    assert wizard.commune.line.text() == "hung khanh trung"
    press(wizard, "wizardNext")
    assert len(wizard.hamlets.hamlets()) == 2


def test_going_back_from_the_sheet_removes_the_file_it_belongs_to(wizard: Wizard, qtbot: QtBot) -> None:
    fill_until_person(wizard)
    fill_person(wizard)
    make_file(wizard, qtbot)
    path = paths.documents_folder() / "casemgr" / "Xã Hưng Khánh Trung.casemgr"
    _answer("stay")
    press(wizard, "wizardBack")
    assert wizard.step is wizard.recovery
    assert path.exists()
    _answer("remove")
    press(wizard, "wizardBack")
    assert wizard.step is wizard.person
    assert not list(path.parent.glob("*"))
    assert wizard.person.form.value("name") == "Nguyễn Thị Lan"


def test_the_language_changes_at_once(wizard: Wizard) -> None:
    assert current() == "vi"
    wizard.welcome.findChild(QToolButton, "language_en").click()
    QApplication.processEvents()
    assert current() == "en"
    assert wizard.welcome.ways["welcomeNew"].accessibleName() == "Set up a new office"
    wizard.welcome.findChild(QToolButton, "language_vi").click()
    QApplication.processEvents()
    assert current() == "vi"


def test_the_sample_office_opens_in_one_click(wizard: Wizard, opened: list[Workspace], qtbot: QtBot) -> None:
    press(wizard, "welcomeSample")
    assert wizard.welcome.bar.isVisible()
    qtbot.waitUntil(lambda: bool(opened), timeout=SLOW_MS)
    assert opened[0].path == founding.sample_path()
    assert opened[0].read(offices.office).sample
    assert len(opened[0].read(households.find, households.HouseholdQuery())) == founding.SAMPLE_HOUSEHOLDS


def test_a_backup_comes_back_on_a_fresh_machine(wizard: Wizard, qtbot: QtBot, tmp_path: Path) -> None:
    new = founding.NewOffice(offices.default_office("28901"), (), (), UserData("lan", "Nguyễn Thị Lan"))
    old, code = founding.found_office(tmp_path / "máy cũ" / "xa.casemgr", new, SECRET)
    saved = backup.create_backup(old, tmp_path / "USB")
    old.close()
    chosen: list[Path] = []
    wizard.file_chosen.connect(chosen.append)
    press(wizard, "welcomeRestore")
    press(wizard, "wizardNext")
    assert wizard.problem.isVisible()
    press(wizard, "restoreChoose")
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(saved.path)
    qtbot.waitUntil(lambda: wizard.restore.pane.info is not None)
    key = line_of(wizard, "restoreKey")
    type_letters(key, "sai hoan toan roi nhe")
    press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: not wizard._jobs.busy, timeout=SLOW_MS)
    assert wizard.restore.pane.problem.isVisible()
    press(wizard, "restoreCode")
    type_letters(key, code.text.lower())
    press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: wizard.restore.pane.preview is not None and not wizard._jobs.busy, timeout=SLOW_MS)
    press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: bool(chosen), timeout=SLOW_MS)
    again = Workspace.open(chosen[0], passphrase=SECRET)
    assert again.read(offices.office).commune == "28901"
    again.close()


def test_every_control_of_every_step_has_a_name_and_nothing_completes_inline(wizard: Wizard) -> None:
    for step in (*wizard._steps, wizard.restore):
        wizard.show_step(step)
        QApplication.processEvents()
        for widget in step.findChildren(QWidget):
            if isinstance(widget, QPushButton | QLineEdit | QComboBox | QPlainTextEdit) and widget.isVisibleTo(step):
                assert widget.objectName(), type(widget)
                assert widget.accessibleName(), widget.objectName()
            if isinstance(widget, QComboBox):
                assert not widget.isEditable()
            if isinstance(widget, QLineEdit):
                assert widget.completer() is None

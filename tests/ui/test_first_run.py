"""The whole way: a fresh machine, the wizard, the window, a restore, the backup on closing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from casemgr import paths, settings
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.persistence.archive import SUFFIX
from casemgr.services import backup, founding, households, offices
from tests.support.wizard import SECRET, SLOW_MS, fill_person, fill_until_person, make_file, press
from tests.support.workspaces import COMMUNE
from tests.ui.test_unikey import type_letters
from ui.app import Program
from ui.gate import Gate
from ui.pages.backup.page import BackupPage
from ui.pages.settings.page import SettingsPage
from ui.places import Place
from ui.wizard.window import Wizard


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    made = Program(qapp, settings.Settings(theme="light"))
    yield made
    window, made.window = made.window, None
    made.jobs.shutdown()
    if window is not None:
        window.desk.workspace.close()
        window.hide()
        window.deleteLater()
    if made.front is not None:
        made.front.hide()
        made.front.deleteLater()


def _wizard(program: Program) -> Wizard:
    assert isinstance(program.front, Wizard)
    return program.front


def _found(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    """Go through the wizard to the open window."""
    program.begin(None, None)
    wizard = _wizard(program)
    fill_until_person(wizard)
    fill_person(wizard)
    make_file(wizard, qtbot)
    sheet = wizard.recovery.sheet
    sheet._on_place(tmp_path / "phiếu.pdf")
    type_letters(sheet.group, sheet._groups[sheet.asked - 1])
    press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: program.window is not None, timeout=SLOW_MS)


def _idle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=SLOW_MS)
    QApplication.processEvents()


def _sign_in(program: Program, qtbot: QtBot, secret: str) -> None:
    gate = program.front
    assert isinstance(gate, Gate)
    type_letters(gate.sign_in.key, secret)
    QTest.keyClick(gate.sign_in.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=SLOW_MS)


def test_from_a_fresh_machine_to_a_verified_backup_on_closing(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    _found(program, qtbot, tmp_path)
    window = program.window
    assert window is not None
    path = window.desk.workspace.path
    assert settings.load().last_file == str(path)
    assert program.front is None
    _idle(program, qtbot)
    window.close()
    qtbot.waitUntil(lambda: program.window is None, timeout=SLOW_MS)
    backups = list(paths.backup_folder().glob(f"*{SUFFIX}"))
    assert len(backups) == 1
    info = backup.verify_backup(backups[0], backup.Secret(passphrase=SECRET))
    assert info.counts["hamlet"] == 2
    assert not path.with_name(f"{path.name}-wal").exists()


def test_a_restore_goes_over_the_gate_and_back(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    _found(program, qtbot, tmp_path)
    assert program.window is not None
    workspace = program.window.desk.workspace
    backup.create_backup(workspace, paths.backup_folder())
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Tân Trung", Area.RURAL))
    program.window.go(Place("backup"))
    page = program.window.current_page
    assert isinstance(page, BackupPage)
    _idle(program, qtbot)
    page.table.go(0)
    page.findChild(QPushButton, "backupRestore").click()
    _idle(program, qtbot)
    page.findChild(QPushButton, "restoreReplace").click()
    qtbot.waitUntil(lambda: isinstance(program.front, Gate), timeout=SLOW_MS)
    _sign_in(program, qtbot, SECRET)
    window = program.window
    assert {view.data.name for view in window.desk.workspace.read(offices.hamlets)} == {"Phú Nhơn", "Quân An"}
    assert "aside" in window.messages.text


def test_the_recovery_code_opens_and_asks_for_a_new_one_and_a_new_passphrase(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    new = founding.NewOffice(offices.default_office(COMMUNE), (), (), UserData("lan", "Nguyễn Thị Lan"))
    made, code = founding.found_office(tmp_path / "xa.casemgr", new, SECRET)
    made.close()
    program.begin(tmp_path / "xa.casemgr", None)
    gate = program.front
    assert isinstance(gate, Gate)
    gate.findChild(QPushButton, "signInCode").click()
    _sign_in(program, qtbot, code.text)
    window = program.window
    assert window is not None
    page = window.current_page
    assert isinstance(page, SettingsPage)
    assert window.messages.tone == "near"
    qtbot.waitUntil(lambda: page.pane._pending is not None, timeout=SLOW_MS)
    page.findChild(QPushButton, "codeReject").click()
    page.pane.table.go(0)
    page.findChild(QPushButton, "accountReset").click()
    for name in ("passphrase", "again"):
        type_letters(page.pane.reset_form.form.editor(name).widget, "ba con vit bau o nha")
    page.pane.reset_form.save()
    _idle(program, qtbot)
    assert window.desk.workspace.keys.unlock("ba con vit bau o nha", "lan").trusted


def test_the_sample_is_never_offered_in_place_of_a_real_file(program: Program, qtbot: QtBot) -> None:
    program.begin(None, None)
    press(_wizard(program), "welcomeSample")
    qtbot.waitUntil(lambda: program.window is not None, timeout=SLOW_MS)
    window = program.window
    assert window is not None
    assert len(window.desk.workspace.read(households.find, households.HouseholdQuery())) == founding.SAMPLE_HOUSEHOLDS
    assert not settings.load().last_file
    window.go(Place("settings", text="places"))
    _idle(program, qtbot)
    page = window.current_page
    assert page is not None
    page.findChild(QPushButton, "sampleRemove").click()
    qtbot.waitUntil(lambda: isinstance(program.front, Wizard), timeout=SLOW_MS)
    assert not founding.sample_path().exists()

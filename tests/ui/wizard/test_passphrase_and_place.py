"""Passphrase and place of the file: what is refused, stopped or told, and that nothing is left behind."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from casemgr import paths
from tests.support.wizard import SECRET, SLOW_MS, fill_person, fill_until_person, press
from tests.ui.test_unikey import type_letters
from ui.wizard.window import Wizard


@pytest.mark.parametrize(
    ("secret", "again"), [("123456", "123456"), ("matkhau", "matkhau"), (SECRET, "bon con vit bau tren song"), ("", "")]
)
def test_a_bad_passphrase_makes_no_file(wizard: Wizard, secret: str, again: str) -> None:
    fill_until_person(wizard)
    fill_person(wizard, secret=secret, again=again)
    press(wizard, "wizardNext")
    assert wizard.step is wizard.person
    assert wizard.problem.isVisible()
    assert not (paths.documents_folder() / "casemgr").exists()


def test_vietnamese_letters_in_the_passphrase_are_warned_of_but_allowed(wizard: Wizard) -> None:
    fill_until_person(wizard)
    fill_person(wizard, secret="mưa chiều trên bến đò", again="mưa chiều trên bến đò")
    assert "Unikey" in wizard.person.state.text()
    assert not wizard.person.check()


def test_the_eye_shows_the_passphrase(wizard: Wizard) -> None:
    fill_until_person(wizard)
    fill_person(wizard)
    editor = wizard.person.form.editor("passphrase")
    assert editor.widget.echoMode() is QLineEdit.EchoMode.Password
    editor.eye.trigger()
    assert editor.widget.echoMode() is QLineEdit.EchoMode.Normal


def test_a_cloud_folder_is_refused_with_its_reason(wizard: Wizard, tmp_path: Path) -> None:
    cloud = tmp_path / "OneDrive - UBND xã"
    cloud.mkdir()
    fill_until_person(wizard)
    fill_person(wizard)
    wizard.person._on_folder(cloud)
    assert wizard.person.place_problem.isVisible()
    press(wizard, "wizardNext")
    assert wizard.step is wizard.person
    assert not list(cloud.iterdir())
    wizard.person._on_folder(tmp_path)
    assert not wizard.person.place_problem.isVisible()


def test_a_file_of_that_name_is_not_overwritten(wizard: Wizard, tmp_path: Path) -> None:
    present = tmp_path / "Xã Hưng Khánh Trung.casemgr"
    present.write_bytes(b"kept")
    fill_until_person(wizard)
    fill_person(wizard)
    wizard.person._on_folder(tmp_path)
    press(wizard, "wizardNext")
    assert wizard.step is wizard.person
    assert present.read_bytes() == b"kept"


def test_making_the_file_can_be_stopped_and_leaves_nothing(wizard: Wizard, qtbot: QtBot) -> None:
    fill_until_person(wizard)
    fill_person(wizard)
    press(wizard, "wizardNext")
    assert not wizard.findChild(QPushButton, "wizardNext").isEnabled()
    press(wizard, "wizardCancel")
    qtbot.waitUntil(lambda: not wizard._jobs.busy, timeout=SLOW_MS)
    assert wizard.step is wizard.person
    assert not list((paths.documents_folder() / "casemgr").glob("*"))
    assert wizard.person.secret == SECRET


def test_a_full_disk_is_told_and_leaves_nothing(
    wizard: Wizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "chặn"
    blocked.write_text("không phải thư mục", encoding="utf-8")
    fill_until_person(wizard)
    fill_person(wizard)
    wizard.person._folder = blocked
    press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: not wizard._jobs.busy, timeout=SLOW_MS)
    assert wizard.step is wizard.person
    assert str(blocked) in wizard.problem.text()


def test_a_login_filled_in_by_itself_is_not_said_to_be_missing(wizard: Wizard) -> None:
    fill_until_person(wizard)
    press(wizard, "wizardNext")
    login = wizard.person.form.editor("login").widget
    assert login.property("invalid") is True
    type_letters(wizard.person.form.editor("name").widget, "Nguyễn Thị Lan")
    assert login.text() == "lan"
    assert login.property("invalid") is False
    assert not wizard.person._own_login

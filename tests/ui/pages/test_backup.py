"""The page of backups, as the officer uses it: making, finding, verifying, looking into and restoring."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr import paths
from casemgr.domain.offices import UserData
from casemgr.persistence.archive import SUFFIX
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services import backup, households, offices
from casemgr.workspace import Workspace
from tests.support.pages import answer_file_dialog, file_dialog_open
from tests.support.workspaces import PASSPHRASE, START, FrozenClock, Make, open_file
from ui.desk import Desk
from ui.handover import Handover
from ui.office.restore_pane import BACKUP_SUFFIX
from ui.pages.backup.page import BackupPage
from ui.places import Place
from ui.widgets.message_bar import Notice

Settle = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, settle: Settle) -> BackupPage:
    made = BackupPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    settle()
    return made


def _press(page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled()
    button.click()


def _cells(page: BackupPage) -> dict[str, tuple[str, str]]:
    """What the comparison shows, by row."""
    grid = page.view.pane.findChild(QWidget, "restoreTable").layout()
    found = {}
    for row in range(1, grid.rowCount()):
        labels = [grid.itemAtPosition(row, column).widget() for column in range(3)]
        texts = [label.text() for label in labels if isinstance(label, QLabel)]
        found[texts[0]] = (texts[1], texts[2])
    return found


def _notices(page: BackupPage) -> list[Notice]:
    told: list[Notice] = []
    page.said.connect(told.append)
    return told


def test_the_page_knows_the_suffix_of_the_core() -> None:
    assert BACKUP_SUFFIX == SUFFIX


def test_without_a_backup_the_page_warns_and_says_what_to_do(page: BackupPage) -> None:
    assert page.lists.currentWidget() is page.empty
    assert page.last.now.isEnabled()
    assert not page.last.verify.isEnabled()
    assert not page.last.restore.isEnabled()
    assert page.last.age.text()


def test_a_backup_made_now_stands_in_the_list_with_its_age(page: BackupPage, make: Make, settle: Settle) -> None:
    make.household("Nguyễn Thị Á")
    told = _notices(page)
    before = page.last.age.text()
    _press(page, "backupNow")
    settle()
    assert [notice.tone for notice in told] == ["ok"]
    assert page.lists.currentWidget() is page.table
    info = page.model.row(0)
    assert (info.households, info.people) == (1, 1)
    assert info.verified is not None
    assert page.last.age.text() != before
    assert str(info.path) in page.last.where.text()


def test_the_wish_to_back_up_now_needs_no_further_key(page: BackupPage, settle: Settle) -> None:
    page.show_place(Place("backup", wish="now"))
    settle()
    assert len(page.model.ids) == 1


def test_making_a_backup_can_be_stopped_and_leaves_nothing(page: BackupPage, settle: Settle, qtbot: QtBot) -> None:
    _press(page, "backupNow")
    assert page.last.stop.isVisible()
    assert not page.last.now.isEnabled()
    _press(page, "backupStop")
    settle()
    assert page.last.now.isEnabled()
    assert not page.last.stop.isVisible()
    assert not list(paths.backup_folder().glob("*.tmp-*"))


def test_the_second_place_gets_a_copy_and_a_bad_one_is_refused(
    page: BackupPage, tmp_path: Path, settle: Settle
) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()
    page.second.take(tmp_path / "không có")
    assert page.second.problem.isVisible()
    assert not page.desk.settings.second_backup
    page.second.take(paths.backup_folder())
    assert page.second.problem.isVisible()
    page.second.take(stick)
    assert page.desk.settings.second_backup == str(stick)
    assert not page.second.problem.isVisible()
    _press(page, "backupNow")
    settle()
    assert len(list(stick.glob(f"*{SUFFIX}"))) == 1
    assert {path.parent for path in page.model.ids} == {paths.backup_folder(), stick}
    _press(page, "secondPlaceNone")
    assert not page.desk.settings.second_backup


def test_a_second_place_that_is_gone_is_told_and_the_first_backup_stands(
    page: BackupPage, tmp_path: Path, settle: Settle
) -> None:
    blocked = tmp_path / "USB"
    blocked.mkdir()
    page.second.take(blocked)
    blocked.rmdir()
    blocked.write_text("một tệp nằm đúng chỗ của thư mục", encoding="utf-8")
    told = _notices(page)
    _press(page, "backupNow")
    settle()
    assert [notice.tone for notice in told] == ["near"]
    assert str(blocked) in told[0].text
    assert len(page.model.ids) == 1


def test_verifying_tells_that_a_backup_is_whole_or_damaged(page: BackupPage, settle: Settle) -> None:
    _press(page, "backupNow")
    settle()
    told = _notices(page)
    _press(page, "backupVerify")
    settle()
    assert [notice.tone for notice in told] == ["ok"]
    path = page.model.ids[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    _press(page, "backupVerify")
    settle()
    assert page.problem.isVisible()
    assert str(path) in page.problem.text()


def test_a_file_that_is_no_backup_is_refused(page: BackupPage, tmp_path: Path, settle: Settle, qtbot: QtBot) -> None:
    strange = tmp_path / f"ảnh{SUFFIX}"
    strange.write_bytes(b"\xff\xd8 not a backup")
    _press(page, "backupOther")
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(strange)
    settle()
    assert page.problem.isVisible()
    assert str(strange) in page.problem.text()


def test_the_preview_compares_before_anything_happens(page: BackupPage, make: Make, settle: Settle) -> None:
    make.household("Nguyễn Thị Á")
    _press(page, "backupNow")
    settle()
    make.household("Trần Văn Bền")
    make.household("Lê Thị Cẩm")
    page.table.go(0)
    _press(page, "backupRestore")
    settle()
    assert page.stack.currentIndex() == 1
    assert ("3", "1") in _cells(page).values()
    assert "2" in page.view.pane.consequence.text()
    for name in ("restoreKeep", "restoreReplace", "restoreFirst"):
        assert page.findChild(QPushButton, name).isVisible()
    _press(page, "restoreKeep")
    assert page.stack.currentIndex() == 0
    assert len(page.desk.workspace.read(households.find, households.HouseholdQuery())) == 3


def test_esc_keeps_the_present_file(page: BackupPage, settle: Settle, qtbot: QtBot) -> None:
    _press(page, "backupNow")
    settle()
    page.table.opened.emit(0)
    settle()
    assert page.stack.currentIndex() == 1
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert page.stack.currentIndex() == 0


def test_restoring_sets_the_present_file_aside(page: BackupPage, make: Make, settle: Settle) -> None:
    make.household("Nguyễn Thị Á")
    _press(page, "backupNow")
    settle()
    make.household("Trần Văn Bền")
    asked: list[Handover] = []
    page.handover_requested.connect(asked.append)
    page.table.go(0)
    _press(page, "backupRestore")
    settle()
    _press(page, "restoreFirst")
    settle()
    assert len(list(paths.backup_folder().glob(f"*{SUFFIX}"))) == 2
    assert len(asked) == 1
    path = page.desk.workspace.path
    notice = asked[0].work(lambda done, total, message: None)
    assert asked[0].path == path
    assert "aside" in notice.text
    again = open_file(path)
    assert len(again.read(households.find, households.HouseholdQuery())) == 1
    again.close()
    assert list(path.parent.glob("*-aside-*"))


def test_a_backup_of_another_office_asks_for_its_own_passphrase(
    page: BackupPage, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    (tmp_path / "other").mkdir()
    other, _code = Workspace.create(
        tmp_path / "other" / "phuong.casemgr",
        offices.default_office("28901"),
        user=UserData("hai", "Võ Thị Hai"),
        passphrase="con ca loc nuong trui",
        profile=LIGHT_PROFILE,
        clock=FrozenClock(START),
    )
    info = backup.create_backup(other, tmp_path / "other")
    other.close()
    page.show_file(info.path)
    settle()
    page.table.go(page.model.place_of(info.path))
    _press(page, "backupVerify")
    settle()
    assert page.problem.isVisible()
    _press(page, "backupRestore")
    settle()
    key = page.view.findChild(QLineEdit, "restoreKey")
    assert key.isVisible()
    assert page.view.pane.problem.isVisible()
    assert page.view.pane.preview is None
    key.setText(PASSPHRASE)
    key.textEdited.emit(PASSPHRASE)
    _press(page, "restoreLook")
    settle()
    assert page.view.pane.problem.isVisible()
    key.setText("con ca loc nuong trui")
    key.textEdited.emit(key.text())
    _press(page, "restoreLook")
    settle()
    assert page.view.pane.preview is not None
    assert not page.view.pane.preview.same_case_file


def test_every_control_has_a_name(page: BackupPage) -> None:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QPushButton | QLineEdit) and widget.isVisible():
            assert widget.objectName()
            assert widget.accessibleName(), widget.objectName()


def test_a_reader_sees_why_nothing_can_be_pressed(
    qtbot: QtBot, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "may", lambda permission: False)
    page = BackupPage(desk)
    qtbot.addWidget(page)
    page.show()
    settle()
    for button in (page.last.now, page.last.verify, page.last.restore, page.last.other):
        assert not button.isEnabled()
    assert page.last.where.text()

"""The officer's first day in one piece, in the real window: wizard, list, search, correction, paper, backup."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr import paths, settings
from casemgr.domain.dates import PartialDate
from casemgr.services import backup, backup_log, certificate_register, households
from casemgr.services.certificate_register import RegisterQuery
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from tests.e2e.test_story_commandline import last_years_list
from tests.support.pages import answer_file_dialog, file_dialog_open
from ui.app import Program
from ui.fonts import load_fonts
from ui.mainwindow import MainWindow
from ui.wizard.window import Wizard

SECRET = "bon con vit bau troi song"
SLOW = 60_000
"""Milliseconds: real keys and real papers, perhaps on a busy machine."""


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot) -> Program:
    load_fonts()
    made = Program(qapp, settings.load())
    made.begin(None, None)
    return made


def press(owner: QWidget, name: str) -> None:
    button = owner.findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled()
    button.click()


def first_run(program: Program, qtbot: QtBot, sheet_file: Path) -> MainWindow:
    """The wizard of a fresh machine, until the window stands."""
    wizard = program.front
    assert isinstance(wizard, Wizard)
    press(wizard, "welcomeNew")
    QTest.keyClicks(wizard.commune.line, "hung khanh trung")
    QApplication.processEvents()
    press(wizard, "wizardNext")
    QGuiApplication.clipboard().setText("Ấp Phú Nhơn\nẤp Quân An")
    press(wizard, "hamletsPaste")
    press(wizard, "wizardNext")
    signatory = wizard.findChild(QLineEdit, "signatoryName0")
    assert signatory is not None
    signatory.setText("Trần Văn Hòa")
    press(wizard, "wizardNext")
    form = wizard.person.form
    for name, typed in (("name", "Lan"), ("passphrase", SECRET), ("again", SECRET)):
        form.editor(name).widget.clear()
        QTest.keyClicks(form.editor(name).widget, typed)
    press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: wizard.step is wizard.recovery and not program.jobs.busy, timeout=SLOW)
    sheet = wizard.recovery.sheet
    words = sheet.view.page_text(1)
    press(wizard, "sheetSave")
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(sheet_file)
    qtbot.waitUntil(sheet_file.exists, timeout=SLOW)
    printed = next(
        line
        for line in words.splitlines()
        if line.count(" ") >= 3 and line.replace(" ", "").isalnum() and line.isupper()
    )
    assert printed
    QTest.keyClicks(sheet.group, sheet._groups[sheet.asked - 1].lower())
    QTest.keyClick(sheet.group, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=SLOW)
    window = program.window
    assert window is not None
    return window


def drop(window: MainWindow, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    kinds = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(QPoint(500, 300), *kinds), QDropEvent(QPoint(500, 300), *kinds)):
        QApplication.sendEvent(window, event)


def test_from_a_fresh_machine_to_a_certificate_and_a_verified_backup(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    window = first_run(program, qtbot, tmp_path / "phiếu khôi phục.pdf")
    desk = window.desk

    def settle() -> None:
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=SLOW)
        QApplication.processEvents()

    def read(use_case: Callable[..., object], *arguments: object) -> object:
        return desk.workspace.read(use_case, *arguments)

    # last year's list is dropped on the window, looked at, imported
    drop(window, last_years_list(tmp_path))
    qtbot.waitUntil(lambda: getattr(window.current_page, "review", None) is not None, timeout=SLOW)
    settle()
    assert read(households.find, HouseholdQuery()) == [], "nothing is written before she agrees"
    press(window, "importApply")
    settle()
    assert read(households.count, HouseholdQuery()) == 3

    # she types a name without accents and opens the household
    window.activateWindow()
    window.commands.run("view.search")
    QTest.keyClicks(window.search, "nguyen thi a")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    page = window.current_page
    assert page.detail.view.name == "Nguyễn Thị Á"
    household = page.detail.view.id

    # she corrects a birth date; it is in the history and Ctrl+Z takes it back
    page.detail.members.table.setFocus()
    page.detail.members.table.go(1)
    window.commands.run("edit.start")
    birth = page.detail.pane.form.editor("birth").widget
    birth.setFocus()
    birth.selectAll()
    QTest.keyClicks(birth, "2/1/1977")
    window.commands.run("edit.save")
    qtbot.waitUntil(lambda: page.detail.pane is None, timeout=SLOW)
    settle()
    assert page.detail.view.members[1].person.birth == PartialDate(1977, 1, 2)
    assert "1976 → 02/01/1977" in page.detail.timeline.model.index(0, 1).data()
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: page.detail.view.members[1].person.birth == PartialDate(1976), timeout=SLOW)

    # the print key shows the exact paper; issuing it freezes it and writes the PDF
    window.commands.run("paper.print")
    papers = window.current_page
    assert "Nguyễn Thị Á" in papers.issue.view.page_text(1)
    press(papers, "issueGo")
    if file_dialog_open():
        answer_file_dialog(tmp_path / "giấy chứng nhận.pdf")
    settle()
    (certificate,) = desk.workspace.read(certificate_register.find, RegisterQuery())
    entry = desk.workspace.read(certificate_register.view, certificate)
    assert entry.row.number == "01/GCN-HN.HCN"
    assert entry.row.household_id == household
    frozen = desk.workspace.read(certificate_register.pdf, certificate)
    with pypdfium2.PdfDocument(frozen) as paper:
        assert "Nguyễn Thị Á" in paper[0].get_textpage().get_text_bounded()
    assert (tmp_path / "giấy chứng nhận.pdf").read_bytes() == frozen

    # she closes the program; a verified backup lies on the disk and opens by her passphrase
    path = desk.workspace.path
    with qtbot.waitSignal(window.closed, timeout=SLOW):
        window.close()
    qtbot.waitUntil(lambda: program.window is None, timeout=SLOW)
    record = backup_log.last_backup(path)
    assert record is not None
    assert record.present
    (made,) = paths.backup_folder().rglob("*.casemgr-backup")
    assert backup.verify_backup(made, backup.Secret(passphrase=SECRET)).counts["household"] == 3
    again = Workspace.open(path, passphrase=SECRET)
    assert again.read(households.count, HouseholdQuery()) == 3
    again.close()

"""The recovery sheet: printed or saved, hidden afterwards, proved by a group typed from the paper."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from casemgr.domain.recovery import RecoveryCode
from casemgr.reports.recovery import render_recovery_sheet
from casemgr.services import offices
from tests.support.pages import PrinterIntoFiles
from tests.support.workspaces import COMMUNE
from ui.jobs import JobRunner
from ui.office.sheet import RecoverySheet
from ui.widgets.printing import PrintDialog


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def sheet(qtbot: QtBot, jobs: JobRunner, printer: PrinterIntoFiles) -> RecoverySheet:
    made = RecoverySheet(jobs, found=printer.names, send=printer.send)
    qtbot.addWidget(made)
    code = RecoveryCode.new()
    made.show_sheet(code, render_recovery_sheet(code, offices.default_office(COMMUNE), made_on=date(2026, 11, 24)))
    made.show()
    return made


def _in_dialog(name: str) -> None:
    def press() -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, PrintDialog))
        dialog.findChild(QPushButton, name).click()

    QTimer.singleShot(0, press)


def test_printing_makes_both_copies_and_hides_the_code(
    sheet: RecoverySheet, printer: PrinterIntoFiles, jobs: JobRunner, qtbot: QtBot
) -> None:
    _in_dialog("printNow")
    sheet.print_button.click()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert len(printer.contents) == 1
    assert sheet.view.page_count == 2
    assert sheet.stack.currentWidget() is sheet.cover
    assert not sheet.ready
    sheet.group.setText(f" {sheet._groups[sheet.asked - 1].lower()} ")
    assert sheet.ready


def test_giving_up_printing_changes_nothing(sheet: RecoverySheet, printer: PrinterIntoFiles, jobs: JobRunner) -> None:
    _in_dialog("printCancel")
    sheet.print_button.click()
    assert not printer.contents
    assert sheet.stack.currentWidget() is sheet.view
    sheet.group.setText(sheet._groups[sheet.asked - 1])
    assert not sheet.ready  # nothing is on paper


def test_a_printer_without_paper_is_told_and_the_code_stays_on_show(
    sheet: RecoverySheet, printer: PrinterIntoFiles, jobs: JobRunner, qtbot: QtBot
) -> None:
    printer.jams_at = 0
    _in_dialog("printNow")
    sheet.print_button.click()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert "hết giấy" in sheet.told.text()
    assert sheet.stack.currentWidget() is sheet.view


def test_a_file_that_cannot_be_written_is_told(sheet: RecoverySheet, tmp_path: Path) -> None:
    sheet._on_place(tmp_path / "không có" / "phiếu.pdf")
    assert sheet.told.isVisible()
    assert not sheet.ready


def test_letters_that_look_alike_are_taken_as_meant(sheet: RecoverySheet, tmp_path: Path) -> None:
    sheet._on_place(tmp_path / "phiếu.pdf")
    sheet._groups = ("01A1", *sheet._groups[1:])
    sheet._asked = 0
    sheet.group.setText("OlAi")
    assert sheet.ready


def test_nothing_of_the_code_stays_afterwards(sheet: RecoverySheet) -> None:
    sheet.forget()
    assert not sheet._groups
    assert not sheet._content
    assert sheet.view.page_count == 0

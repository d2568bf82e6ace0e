"""Certificates of many households: who is ready, issued together, stopped and resumed."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr.jobs import Cancelled
from casemgr.services import certificate_register, certificates
from casemgr.workspace import Workspace
from tests.support.certificates_page import Settle, begin, entries, entry, issue_now, type_into
from tests.support.pages import PrinterIntoFiles, answer_file_dialog, press, text_of
from ui.desk import Desk
from ui.pages.certificates.page import CertificatesPage
from ui.widgets.pdf_pages import PdfPages


def test_a_batch_shows_who_is_ready_and_who_is_refused_and_why(
    qtbot: QtBot, page: CertificatesPage, hamlet: list[UUID], settle: Settle
) -> None:
    begin(page, hamlet, settle)
    model = page.batch.tables.candidates
    states = {model.row(number).row.head: model.row(number).reasons for number in range(model.rowCount())}
    assert states["Đỗ Thị Sáu"] == ()
    assert states["Lê Văn Tám"] == ("The household has no class for 2026. Set the class of that year first.",)
    assert page.batch.form.go.text() == "Issue and print 4"
    chip = page.batch.tables.chips.findChild(QWidget, "chip_refused")
    assert chip is not None
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert model.rowCount() == 1
    qtbot.waitUntil(lambda: bool(page.batch.tables.doubts.texts))


def test_enter_issues_and_prints_the_whole_batch(
    qtbot: QtBot,
    page: CertificatesPage,
    workspace: Workspace,
    hamlet: list[UUID],
    printer: PrinterIntoFiles,
    settle: Settle,
) -> None:
    begin(page, hamlet, settle)
    qtbot.keyClick(page.batch.tables.table, Qt.Key.Key_Return)
    settle()
    issued = entries(workspace)
    assert [entry(workspace, each).row.number for each in issued] == [f"0{n}/GCN-HN.HCN" for n in (1, 2, 3, 4)]
    assert printer.contents == [workspace.read(certificate_register.pdf, each) for each in issued]
    assert [entry(workspace, each).row.prints for each in issued] == [1, 1, 1, 1]
    assert page.batch.outcome.tone == "ok"


def test_a_stopped_run_goes_on_where_it_stopped(
    qtbot: QtBot,
    page: CertificatesPage,
    workspace: Workspace,
    hamlet: list[UUID],
    printer: PrinterIntoFiles,
    settle: Settle,
) -> None:
    def stop(count: int) -> None:
        if count == 2:
            printer.before = lambda _count: None
            raise Cancelled

    printer.before = stop
    begin(page, hamlet, settle)
    press(qtbot, page, "batchGo")
    settle()
    issued = entries(workspace)
    assert [entry(workspace, each).row.prints for each in issued] == [1, 1, 0, 0]
    assert text_of(page, "batchOutcomeText") == "2 of 4 papers are out."
    press(qtbot, page, "batchOutcomeAgain")
    assert page.batch.form.go.text() == "Print 2 papers"
    press(qtbot, page, "batchGo")
    settle()
    assert [entry(workspace, each).row.prints for each in issued] == [1, 1, 1, 1]
    assert len(printer.contents) == 4


def test_stopping_while_issuing_leaves_no_trace(
    qtbot: QtBot, page: CertificatesPage, workspace: Workspace, hamlet: list[UUID], desk: Desk, settle: Settle
) -> None:
    begin(page, hamlet, settle)
    press(qtbot, page, "batchGo")
    page.batch.outcome.stop.click()
    settle()
    assert entries(workspace) == []
    assert workspace.read(certificates.next_number, 2026) == 1
    assert text_of(page, "batchOutcomeText") == "No certificate was issued and no number was used."
    press(qtbot, page, "batchOutcomeAgain")
    settle()
    assert page.batch.form.go.isEnabled()


def test_a_batch_becomes_one_file_in_which_each_paper_begins_on_a_fresh_sheet(
    qtbot: QtBot, paperless: CertificatesPage, workspace: Workspace, hamlet: list[UUID], settle: Settle, tmp_path: Path
) -> None:
    begin(paperless, hamlet, settle)
    press(qtbot, paperless, "batchGo")
    answer_file_dialog(tmp_path / "ap.pdf")
    settle()
    with PdfPages((tmp_path / "ap.pdf").read_bytes()) as pages:
        assert len(pages) == 8
        assert ["Số: 0" in pages.text(number) for number in range(8)] == [True, False] * 4
    assert [entry(workspace, each).row.prints for each in entries(workspace)] == [1, 1, 1, 1]


def test_papers_selected_in_the_register_are_printed_together(
    qtbot: QtBot,
    page: CertificatesPage,
    workspace: Workspace,
    hamlet: list[UUID],
    printer: PrinterIntoFiles,
    settle: Settle,
) -> None:
    issued = [issue_now(workspace, each) for each in hamlet[:3]]
    workspace.write(certificates.record_print, issued[0])
    qtbot.waitUntil(lambda: len(page.list.model.ids) == 3)
    page.select_all()
    page.print_papers()
    assert page.batch.form.go.text() == "Print 3 papers"
    press(qtbot, page, "batchGo")
    assert printer.contents == []  # one of them was printed before: why again?
    type_into(qtbot, page.batch.form.why, "batchWhy_reason", "In lại cả ấp")
    press(qtbot, page, "batchGo")
    settle()
    assert [entry(workspace, each).row.prints for each in issued] == [2, 1, 1]

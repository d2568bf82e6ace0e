"""Certificates in the window: issue, print, confirm, replace, hand over, many at once, and their register."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.certificates import CertificateStatus, qr_text
from casemgr.domain.households import HouseholdClass
from casemgr.domain.permissions import Role
from casemgr.jobs import Cancelled
from casemgr.reports.certificate import render_certificate
from casemgr.services import certificate_register, certificates, households
from casemgr.services.certificate_register import CertificateView, RegisterQuery
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from tests.support.pages import OFFICE_PRINTER, PrinterIntoFiles, answer_file_dialog, file_dialog_open, no_printers
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.mainwindow import MainWindow
from ui.pages.certificates.page import CertificatesPage
from ui.pages.certificates.ways import Way
from ui.places import Place
from ui.widgets.message_bar import Notice
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.printing import Printing

Settle = Callable[[], None]
ON = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    """Words of the screen in the source language; the paper is Vietnamese all the same."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Settle:
    """Wait until every job has ended and its news has arrived; papers and workbooks may take long."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, printer: PrinterIntoFiles) -> CertificatesPage:
    made = CertificatesPage(desk, Printing(printer.names, printer.send))
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    made.open_requested.connect(lambda place: made.show_place(place) if place.page == "certificates" else None)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def paperless(qtbot: QtBot, desk: Desk, printer: PrinterIntoFiles) -> CertificatesPage:
    made = CertificatesPage(desk, Printing(no_printers, printer.send))
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def household(make: Make) -> UUID:
    made = make.household("Nguyễn Thị Ngưỡng")
    make.poor(made)
    return made


def issue_now(workspace: Workspace, household: UUID, on: date = ON) -> UUID:
    return workspace.write(certificates.issue, household, issued_on=on, render=render_certificate).id


def entry(workspace: Workspace, certificate: UUID) -> CertificateView:
    return workspace.read(certificate_register.view, certificate)


def entries(workspace: Workspace) -> list[UUID]:
    return workspace.read(certificate_register.find, RegisterQuery(descending=False))


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    button = widget.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(qtbot: QtBot, widget: QWidget, name: str, text: str) -> None:
    line = widget.findChild(QLineEdit, name)
    assert line is not None
    line.clear()
    if text.isascii():
        qtbot.keyClicks(line, text)
        return
    typed = QInputMethodEvent()  # what a Vietnamese keyboard sends; QTest knows no such keys
    typed.setCommitString(text)
    QApplication.sendEvent(line, typed)


def said(widget: QWidget, name: str) -> str:
    label = widget.findChild(QLabel, name)
    assert label is not None
    return label.text()


# ---- one paper


def test_the_real_page_is_shown_as_a_draft_until_it_is_issued(page: CertificatesPage, household: UUID) -> None:
    page.show_place(Place("certificates", household, wish="issue"))
    assert page.issue.view.page_count == 2
    words = page.issue.view.page_text(1)
    assert "Nguyễn Thị Ngưỡng" in words
    assert "………/GCN-HN.HCN" in words
    assert page.issue.state.text == "Draft"
    assert said(page, "issueNumber") == "It will get the number 01/GCN-HN.HCN."
    assert page.issue.form.go.hasFocus()


def test_enter_issues_freezes_and_prints_in_one_gesture(
    qtbot: QtBot,
    page: CertificatesPage,
    workspace: Workspace,
    printer: PrinterIntoFiles,
    household: UUID,
    settle: Settle,
) -> None:
    page.show_place(Place("certificates", household, wish="issue"))
    qtbot.keyClick(page.issue.form.go, Qt.Key.Key_Return)
    settle()
    (certificate,) = entries(workspace)
    found = entry(workspace, certificate)
    assert (found.row.number, found.row.status, found.row.prints) == (
        "01/GCN-HN.HCN",
        CertificateStatus.ISSUED,
        1,
    )
    assert printer.contents == [workspace.read(certificate_register.pdf, certificate)]
    assert printer.orders[0].printer == OFFICE_PRINTER
    with PdfPages(printer.contents[0]) as pages:
        assert "Số: 01/GCN-HN.HCN" in pages.text(0)
    assert "01/GCN-HN.HCN" in page.issue.view.page_text(1)
    assert page.issue.state.text == "01/GCN-HN.HCN"
    assert said(page, "issueOutcomeTitle") == "Certificate 01/GCN-HN.HCN"
    assert page.issue.outcome.tone == "ok"
    with qtbot.waitSignal(page.open_requested) as went:
        qtbot.keyClick(page.issue.outcome.back, Qt.Key.Key_Return)
    assert went.args == [Place("households", household)]


def test_copies_pages_and_the_printer_are_taken_and_remembered(
    qtbot: QtBot, page: CertificatesPage, desk: Desk, printer: PrinterIntoFiles, household: UUID, settle: Settle
) -> None:
    page.show_place(Place("certificates", household, wish="issue"))
    page.issue.form.target.copies.setValue(2)
    type_into(qtbot, page.issue.form.target, "issueTargetPages", "3")
    press(qtbot, page, "issueGo")
    assert "between 1 and 2" in page.issue.form.target.problem.text()
    assert not desk.jobs.busy
    type_into(qtbot, page.issue.form.target, "issueTargetPages", "1")
    press(qtbot, page, "issueGo")
    settle()
    assert (printer.orders[0].copies, printer.orders[0].pages) == (2, (1,))
    assert json.loads(desk.settings.window)["printing"]["printer"] == OFFICE_PRINTER


def test_a_household_without_class_is_refused_with_the_reason(
    qtbot: QtBot, page: CertificatesPage, make: Make, workspace: Workspace
) -> None:
    bare = make.household("Lê Văn Tám")
    page.show_place(Place("certificates", bare, wish="issue"))
    assert page.issue.form.doubts.texts[0] == "The household has no class for 2026. Set the class of that year first."
    assert not page.issue.form.go.isEnabled()
    qtbot.keyClick(page.issue, Qt.Key.Key_Return)
    assert entries(workspace) == []
    with qtbot.waitSignal(page.open_requested) as went:
        press(qtbot, page, "issueFix")
    assert went.args == [Place("households", bare)]


def test_the_preview_follows_the_form_and_the_file(
    qtbot: QtBot, page: CertificatesPage, make: Make, household: UUID
) -> None:
    page.show_place(Place("certificates", household, wish="issue"))
    type_into(qtbot, page.issue.form.main, "issue_on", "5/3/2026")
    qtbot.waitUntil(lambda: "ngày 05 tháng 3 năm 2026" in page.issue.view.page_text(1))
    make.poor(household, 2025, HouseholdClass.NEAR_POOR)
    qtbot.waitUntil(lambda: page.issue.form.main.editor("year").widget.count() == 2)


def test_a_date_in_the_future_is_refused_beside_its_field(
    qtbot: QtBot, page: CertificatesPage, desk: Desk, household: UUID, workspace: Workspace
) -> None:
    page.show_place(Place("certificates", household, wish="issue"))
    type_into(qtbot, page.issue.form.main, "issue_on", "1/1/2099")
    press(qtbot, page, "issueGo")
    assert not desk.jobs.busy
    problems = page.issue.form.main.findChildren(QLabel)
    assert [label.property("class") for label in problems if label.isVisible()].count("problem") == 1
    assert entries(workspace) == []


def test_what_happened_meanwhile_refuses_with_the_reason(
    qtbot: QtBot, page: CertificatesPage, household: UUID, workspace: Workspace, settle: Settle
) -> None:
    page.show_place(Place("certificates", household, wish="issue"))
    issue_now(workspace, household)  # its news is still on the way
    press(qtbot, page, "issueGo")
    settle()
    assert len(entries(workspace)) == 1
    assert page.issue.form.way is Way.PRINT
    assert page.issue.form.isEnabled()


def test_a_jam_keeps_the_number_and_offers_to_print_again_without_a_reason(
    qtbot: QtBot,
    page: CertificatesPage,
    workspace: Workspace,
    printer: PrinterIntoFiles,
    household: UUID,
    settle: Settle,
) -> None:
    printer.jams_at = 0
    page.show_place(Place("certificates", household, wish="issue"))
    press(qtbot, page, "issueGo")
    settle()
    (certificate,) = entries(workspace)
    assert entry(workspace, certificate).row.prints == 0
    assert "Máy in hết giấy." in said(page, "issueOutcomeText")
    press(qtbot, page, "issueOutcomeAgain")
    assert page.issue.form.way is Way.PRINT
    assert not page.issue.form.why.isVisible()
    press(qtbot, page, "issueGo")
    settle()
    assert printer.contents == [workspace.read(certificate_register.pdf, certificate)]
    assert entry(workspace, certificate).row.prints == 1


def test_without_a_printer_the_paper_is_saved_as_pdf(
    qtbot: QtBot, paperless: CertificatesPage, workspace: Workspace, household: UUID, settle: Settle, tmp_path: Path
) -> None:
    page = paperless
    page.show_place(Place("certificates", household, wish="issue"))
    press(qtbot, page, "issueGo")
    assert entries(workspace) == []  # nothing is issued before the place is known
    answer_file_dialog(tmp_path / "giay.pdf")
    settle()
    (certificate,) = entries(workspace)
    assert f"Saved as giay.pdf in the folder {tmp_path}." in [label.text() for label in page.findChildren(QLabel)]
    assert (tmp_path / "giay.pdf").read_bytes() == workspace.read(certificate_register.pdf, certificate)
    assert [event.reason for event in entry(workspace, certificate).prints] == ["Saved as a PDF file"]


def test_issuing_without_printing_leaves_the_paper_in_the_register(
    qtbot: QtBot,
    page: CertificatesPage,
    workspace: Workspace,
    printer: PrinterIntoFiles,
    household: UUID,
    settle: Settle,
) -> None:
    page.show_place(Place("certificates", household, wish="issue"))
    press(qtbot, page, "issueOnly")
    settle()
    (certificate,) = entries(workspace)
    assert printer.contents == []
    assert entry(workspace, certificate).row.prints == 0
    press(qtbot, page, "issueOutcomeRegister")
    assert said(page, "entryNumber") == "Certificate 01/GCN-HN.HCN"


# ---- a household that holds a paper


def test_the_next_year_is_printed_on_the_paper_she_holds(
    qtbot: QtBot, page: CertificatesPage, workspace: Workspace, make: Make, printer: PrinterIntoFiles, settle: Settle
) -> None:
    household = make.household("Phan Thị Bưởi")
    make.poor(household, 2025)
    certificate = issue_now(workspace, household, date(2025, 12, 20))
    workspace.write(certificates.record_print, certificate)
    make.poor(household, 2026)
    page.show_place(Place("certificates", household, wish="issue"))
    assert page.issue.form.way is Way.BLOCK
    assert page.issue.view.page_count == 1
    alone = page.issue.view.page_text(1)
    assert "Phan Thị Bưởi" not in alone
    assert "Trần Văn Hòa" in alone
    qtbot.mouseClick(page.issue.form.whole, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.issue.view.page_count == 2)
    page.issue.form.target.right.setValue(15)
    page.issue.form.target.down.setValue(-5)
    press(qtbot, page, "issueGo")
    settle()
    assert (printer.orders[0].right_mm, printer.orders[0].down_mm) == (1.5, -0.5)
    found = entry(workspace, certificate)
    assert found.block_years == (2025, 2026)
    assert [event.block_year for event in found.prints] == [None, 2026]
    page.show_place(Place("certificates", household, wish="issue"))
    assert page.issue.form.way is Way.PRINT
    page.issue.form.which.editor("paper").set_value(2026)
    page.issue.form.which.changed.emit()
    assert page.issue.form.target.right.millimetres == 1.5


def test_printing_again_needs_a_reason_and_marks_the_register(
    qtbot: QtBot,
    page: CertificatesPage,
    workspace: Workspace,
    household: UUID,
    printer: PrinterIntoFiles,
    settle: Settle,
) -> None:
    certificate = issue_now(workspace, household)
    workspace.write(certificates.record_print, certificate)
    page.show_place(Place("certificates", household, wish="issue"))
    assert page.issue.form.way is Way.PRINT
    press(qtbot, page, "issueGo")
    assert printer.contents == []
    type_into(qtbot, page.issue.form.why, "why_reason", "Bản đầu bị ướt")
    press(qtbot, page, "issueGo")
    settle()
    assert [event.reason for event in entry(workspace, certificate).prints] == ["", "Bản đầu bị ướt"]
    assert printer.contents == [workspace.read(certificate_register.pdf, certificate)]


def test_a_lost_paper_is_replaced_with_its_own_number_and_reason(
    qtbot: QtBot, page: CertificatesPage, workspace: Workspace, household: UUID, settle: Settle
) -> None:
    old = issue_now(workspace, household)
    page.show_place(Place("certificates", household, wish="reissue"))
    assert page.issue.form.way is Way.REISSUE
    type_into(qtbot, page.issue.form.why, "why_reason", "Mất giấy")
    press(qtbot, page, "issueGo")
    settle()
    first, second = entries(workspace)
    assert first == old
    assert entry(workspace, old).row.status is CertificateStatus.REPLACED
    assert (entry(workspace, second).row.number, entry(workspace, second).replaces) == (
        "02/GCN-HN.HCN",
        "01/GCN-HN.HCN",
    )


# ---- many at once


@pytest.fixture
def hamlet(make: Make, workspace: Workspace) -> list[UUID]:
    """Five households: four poor ones and one without a class."""
    made = []
    for name in ("Võ Văn Kiệm", "Đỗ Thị Sáu", "Nguyễn Thị Á", "Trần Văn Dũng"):
        made.append(make.household(name))
        make.poor(made[-1])
    made.append(make.household("Lê Văn Tám"))
    return made


def begin(page: CertificatesPage, ids: list[UUID], settle: Settle) -> None:
    page.show_place(Place("certificates", ids=tuple(ids), wish="issue"))
    settle()


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
    assert said(page, "batchOutcomeText") == "2 of 4 papers are out."
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
    assert said(page, "batchOutcomeText") == "No certificate was issued and no number was used."
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


# ---- the register


@pytest.fixture
def three(workspace: Workspace, make: Make) -> list[UUID]:
    made = []
    for name in ("Nguyễn Thị Á", "Trần Văn Dũng", "Đỗ Thị Sáu"):
        household = make.household(name)
        make.poor(household)
        made.append(issue_now(workspace, household))
    return made


def heads(page: CertificatesPage) -> list[str]:
    return [page.list.model.row(number).head for number in range(page.list.model.rowCount())]


def test_the_register_lists_newest_first_and_narrows(
    qtbot: QtBot, page: CertificatesPage, workspace: Workspace, three: list[UUID], qtmodeltester: object
) -> None:
    workspace.write(certificates.void, three[1], reason="Sai tên")
    qtbot.waitUntil(lambda: len(page.list.model.ids) == 3 and page.list.model.row(1).status is CertificateStatus.VOID)
    assert heads(page) == ["Đỗ Thị Sáu", "Trần Văn Dũng", "Nguyễn Thị Á"]
    qtmodeltester.check(page.list.model)  # type: ignore[attr-defined]
    type_into(qtbot, page, "registerFilter", "do thi")
    qtbot.waitUntil(lambda: heads(page) == ["Đỗ Thị Sáu"])
    type_into(qtbot, page, "registerFilter", "03")
    qtbot.waitUntil(lambda: heads(page) == ["Đỗ Thị Sáu"])
    page.list.narrow("")
    for chip, wanted in (("void", ["Trần Văn Dũng"]), ("unprinted", ["Đỗ Thị Sáu", "Nguyễn Thị Á"]), ("replaced", [])):
        button = page.list.chips.findChild(QWidget, f"chip_{chip}")
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert heads(page) == wanted
    assert page.list.empty.isVisible()


def test_a_scanned_code_opens_its_entry_and_a_wrong_one_says_why(
    qtbot: QtBot, page: CertificatesPage, three: list[UUID]
) -> None:
    qtbot.waitUntil(lambda: len(page.list.model.ids) == 3)
    type_into(qtbot, page, "registerFilter", qr_text(three[0], "01/GCN-HN.HCN", 2026))
    qtbot.keyClick(page.list.text, Qt.Key.Key_Return)
    assert said(page, "entryNumber") == "Certificate 01/GCN-HN.HCN"
    with qtbot.waitSignal(page.said) as told:
        type_into(qtbot, page, "registerFilter", qr_text(three[0], "09/GCN-HN.HCN", 2026))
        qtbot.keyClick(page.list.text, Qt.Key.Key_Return)
    notice = told.args[0]
    assert isinstance(notice, Notice)
    assert "09/GCN-HN.HCN" in notice.text


def test_an_entry_shows_the_frozen_paper_its_prints_and_who_collected_it(
    qtbot: QtBot, page: CertificatesPage, workspace: Workspace, three: list[UUID], settle: Settle
) -> None:
    workspace.write(certificates.record_print, three[0], copies=2)
    page.show_place(Place("certificates", three[0]))
    assert "Số: 01/GCN-HN.HCN" in page.entry.paper.page_text(1)
    assert "Nguyễn Thị Lan · 2 copies" in said(page, "entryPrints")
    press(qtbot, page, "entry_collect")
    type_into(qtbot, page.entry.collect, "collect_by", "Trần Văn Út")
    type_into(qtbot, page.entry.collect, "collect_relation", "con")
    press(qtbot, page, "collectGo")
    settle()
    row = entry(workspace, three[0]).row
    assert (row.collected_by, row.collected_on) == ("Trần Văn Út (con)", ON)
    assert not page.entry.collect.isVisible()
    collect = page.entry.buttons["collect"]
    assert (collect.isVisible(), collect.isEnabled()) == (True, False)


def test_voiding_asks_for_a_reason_and_takes_the_ways_away(
    qtbot: QtBot, page: CertificatesPage, workspace: Workspace, three: list[UUID], settle: Settle
) -> None:
    page.show_place(Place("certificates", three[2]))
    press(qtbot, page, "entry_void")
    press(qtbot, page, "voidGo")
    assert entry(workspace, three[2]).row.status is CertificateStatus.ISSUED
    type_into(qtbot, page.entry.void, "void_reason", "Cấp nhầm hộ")
    press(qtbot, page, "voidGo")
    settle()
    found = entry(workspace, three[2])
    assert (found.row.status, found.status_reason) == (CertificateStatus.VOID, "Cấp nhầm hộ")
    assert page.entry.buttons["print"].isVisible()
    assert not page.entry.buttons["print"].isEnabled()
    assert not page.can("paper.print")


def test_enter_in_the_only_field_voids_and_leaving_is_called_closing(
    qtbot: QtBot, page: CertificatesPage, workspace: Workspace, three: list[UUID], settle: Settle
) -> None:
    page.show_place(Place("certificates", three[2]))
    press(qtbot, page, "entry_void")
    assert page.entry.void.cancel.text() == "Close"
    type_into(qtbot, page.entry.void, "void_reason", "Cấp nhầm hộ")
    qtbot.keyClick(page.entry.void.form.editor("reason").widget, Qt.Key.Key_Return)
    settle()
    assert entry(workspace, three[2]).row.status is CertificateStatus.VOID


def test_the_register_goes_to_excel_and_to_paper(
    qtbot: QtBot, paperless: CertificatesPage, three: list[UUID], settle: Settle, tmp_path: Path
) -> None:
    from python_calamine import CalamineWorkbook

    page = paperless
    page.refresh()
    page.export()
    answer_file_dialog(tmp_path / "so.xlsx")
    settle()
    rows = CalamineWorkbook.from_path(tmp_path / "so.xlsx").get_sheet_by_index(0).to_python()
    assert "Nguyễn Thị Lan" in str(rows[0][0])
    assert [row[0] for row in rows[-3:]] == ["03/GCN-HN.HCN", "02/GCN-HN.HCN", "01/GCN-HN.HCN"]
    page.list.paper.click()
    settle()
    dialog = next(widget for widget in page.findChildren(QWidget, "printDialog") if widget.isVisible())
    press(qtbot, dialog, "printToFile")
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(tmp_path / "so.pdf")
    with PdfPages((tmp_path / "so.pdf").read_bytes()) as pages:
        assert "Nguyễn Thị Lan" in pages.text(0)
        assert pages.text(0).index("01/GCN") < pages.text(0).index("03/GCN")


def test_an_empty_register_says_what_to_do_first(qtbot: QtBot, page: CertificatesPage) -> None:
    assert page.list.empty.isVisible()
    with qtbot.waitSignal(page.open_requested) as went:
        press(qtbot, page.list.empty, "emptyAction0")
    assert went.args == [Place("households")]


def test_who_may_not_issue_sees_the_paper_and_the_reason(
    page: CertificatesPage, workspace: Workspace, household: UUID
) -> None:
    workspace.actor = dataclasses.replace(workspace.actor, role=Role.VIEWER)
    page.show_place(Place("certificates", household, wish="issue"))
    assert page.issue.view.page_count == 2
    assert not page.issue.form.go.isEnabled()
    assert "You may look at certificates here" in page.issue.form.doubts.texts[0]


# ---- in the window


def test_three_keys_from_the_household_to_the_paper(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, make: Make, settle: Settle
) -> None:
    i18n.choose("en")
    window.desk.prefer(window='{"printing": {"printer": ""}}')  # this machine's printers stay quiet
    household = workspace.read(households.find, HouseholdQuery(text="Nguyễn Thị Á"))[0]
    make.poor(household)
    window.go(Place("households", household))
    settle()
    keys = 0
    window.commands.actions["paper.print"].trigger()  # Ctrl+P
    keys += 1
    page = window.current_page
    assert isinstance(page, CertificatesPage)
    qtbot.keyClick(page.issue.form.go, Qt.Key.Key_Return)
    keys += 1
    answer_file_dialog(Path(window.desk.workspace.path.parent / "giay.pdf"))  # Enter on the proposed name
    keys += 1
    settle()
    assert keys <= 3
    assert len(entries(workspace)) == 1


def test_four_keys_for_a_whole_list(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, make: Make, settle: Settle
) -> None:
    i18n.choose("en")
    window.desk.prefer(window='{"printing": {"printer": ""}}')
    for household in workspace.read(households.find, HouseholdQuery()):
        make.poor(household)
    settle()
    page = window.current_page
    assert page is not None
    table = page.findChild(QWidget, "householdTable")
    assert table is not None
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.commands.actions["paper.print"].trigger()  # Ctrl+P
    papers = window.current_page
    assert isinstance(papers, CertificatesPage)
    settle()
    qtbot.keyClick(papers.batch.form.go, Qt.Key.Key_Return)
    answer_file_dialog(Path(window.desk.workspace.path.parent / "ap.pdf"))
    settle()
    assert len(entries(workspace)) == 3


def test_every_control_has_a_name_for_tests_and_for_readers(
    page: CertificatesPage, workspace: Workspace, three: list[UUID], household: UUID, hamlet: list[UUID], settle: Settle
) -> None:
    page.show_place(Place("certificates", three[0]))
    page.entry.buttons["collect"].click()
    page.show_place(Place("certificates", household, wish="issue"))
    begin(page, hamlet, settle)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QTableView)
    nameless = [
        (type(widget).__name__, widget.objectName())
        for kind in kinds
        for widget in page.findChildren(kind)
        if not widget.objectName().startswith("qt_")
        and not (widget.objectName() and widget.accessibleName())
        and type(widget.parent()).__name__ not in ("QComboBox", "QComboBoxPrivateContainer", "ChoiceBox")
        and not isinstance(widget.parent(), (QLineEdit, QSpinBox, QTableView))
    ]
    assert not nameless, "\n".join(map(str, nameless))

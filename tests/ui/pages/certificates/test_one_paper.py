"""One household's certificate: the draft, issuing and printing in one gesture, the paper she holds."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
)
from pytestqt.qtbot import QtBot

from casemgr.domain.certificates import CertificateStatus
from casemgr.domain.households import HouseholdClass
from casemgr.services import certificate_register, certificates
from casemgr.workspace import Workspace
from tests.support.certificates_page import Settle, entries, entry, issue_now, type_into
from tests.support.pages import OFFICE_PRINTER, PrinterIntoFiles, answer_file_dialog, press, text_of
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.pages.certificates.page import CertificatesPage
from ui.pages.certificates.ways import Way
from ui.places import Place
from ui.widgets.pdf_pages import PdfPages


def test_the_real_page_is_shown_as_a_draft_until_it_is_issued(page: CertificatesPage, household: UUID) -> None:
    page.show_place(Place("certificates", household, wish="issue"))
    assert page.issue.view.page_count == 2
    words = page.issue.view.page_text(1)
    assert "Nguyễn Thị Ngưỡng" in words
    assert "………/GCN-HN.HCN" in words
    assert page.issue.state.text == "Draft"
    assert text_of(page, "issueNumber") == "It will get the number 01/GCN-HN.HCN."
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
    assert text_of(page, "issueOutcomeTitle") == "Certificate 01/GCN-HN.HCN"
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
    assert "Máy in hết giấy." in text_of(page, "issueOutcomeText")
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
    assert text_of(page, "entryNumber") == "Certificate 01/GCN-HN.HCN"


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

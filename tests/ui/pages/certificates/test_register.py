"""The register: found, narrowed, looked into, voided, sent to Excel and to paper."""

import dataclasses
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr.domain.certificates import CertificateStatus, qr_text
from casemgr.domain.permissions import Role
from casemgr.services import certificates
from casemgr.workspace import Workspace
from tests.support.certificates_page import ON, Settle, entry, type_into
from tests.support.pages import answer_file_dialog, file_dialog_open, press, text_of
from ui.pages.certificates.page import CertificatesPage
from ui.places import Place
from ui.widgets.message_bar import Notice
from ui.widgets.pdf_pages import PdfPages


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
    assert text_of(page, "entryNumber") == "Certificate 01/GCN-HN.HCN"
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
    assert "Nguyễn Thị Lan · 2 copies" in text_of(page, "entryPrints")
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

"""A newer standard from a file: shown field by field, accepted once, refused with its reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from casemgr.exchange.packfile import DEVELOPMENT_KEY, make_packfile
from casemgr.services import offices, packs
from casemgr.workspace import Workspace
from tests.support.packfiles import changed, local_pack, official_2027, private_key, revised
from tests.support.pages import answer_file_dialog, file_dialog_open
from tests.support.standards_page import Settle, answer, drop, packfile
from ui.mainwindow import MainWindow
from ui.pages.standards.page import DAYS, StandardsPage
from ui.places import Place


def test_a_newer_standard_is_shown_field_by_field_and_accepted_once(
    page: StandardsPage, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    files = changed(official_2027(), ("rural = 2200000, urban = 2800000", "rural = 2300000, urban = 2900000"))
    page.take(packfile(tmp_path / "vn-2027-r2.casepack", files))
    settle()
    incoming = page.packs.incoming
    assert incoming.isVisible()
    assert incoming.signature.text == "Signature right: key “development”"
    assert "Takes the place of revision 1" in incoming.about.text()
    lines = list(incoming.model.cells(range(incoming.model.rowCount())))
    assert ["Revision", "1", "2"] in [list(cells) for cells in lines]
    assert any("2,200,000" in cells[1] and "2,300,000" in cells[2] for cells in lines)
    assert incoming.count.text() == f"{len(lines)} fields differ"
    assert workspace.read(packs.by_id, "VN-2027").revision == 1  # nothing is written yet

    asked = answer("")
    incoming.accept.click()
    settle()
    assert len(asked) == 1
    assert workspace.read(packs.by_id, "VN-2027").revision == 1

    asked = answer("use")
    incoming.accept.click()
    settle()
    assert len(asked) == 1
    assert "cannot be taken back" in asked[0]
    assert workspace.read(packs.by_id, "VN-2027").revision == 2
    assert page.packs.halves.isVisible()
    assert page.packs.detail.view is not None
    assert page.packs.detail.view.pack.revision == 2
    assert page.packs.detail.badge.text == "Applies later"
    assert "key “development”" in page.packs.detail.about.text()


def test_ctrl_enter_accepts(qtbot: QtBot, page: StandardsPage, settle: Settle, tmp_path: Path) -> None:
    page.take(packfile(tmp_path / "vn-2027-r2.casepack", official_2027()))
    settle()
    asked = answer("use")
    qtbot.keyClick(page.packs.incoming.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(asked) == 1
    assert page.packs.halves.isVisible()


def test_a_newer_draft_says_that_it_stays_one(page: StandardsPage, settle: Settle, tmp_path: Path) -> None:
    page.take(packfile(tmp_path / "du-thao.casepack", revised("VN-2027", 2)))
    settle()
    assert "is a draft" in page.packs.incoming.why.text()
    assert page.packs.incoming.state.text == "Draft standard"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: b"khong phai goi chuan", "is damaged or is no policy pack"),
        (lambda: broken_signature(), "was changed after it was signed"),
        (lambda: make_packfile(revised("VN-2022", 1), DEVELOPMENT_KEY, private_key()), "is in use already"),
        (
            lambda: make_packfile(
                revised("VN-2027", 2, ("valid_from = 2027-01-01", "valid_from = 2027-02-01")),
                DEVELOPMENT_KEY,
                private_key(),
            ),
            "no standard would apply from 01/01/2027 to 31/01/2027",
        ),
        (lambda: make_packfile(local_pack("01"), DEVELOPMENT_KEY, private_key()), "belongs to another province"),
    ],
)
def test_a_refusal_stands_in_place_with_its_reason(
    page: StandardsPage,
    workspace: Workspace,
    settle: Settle,
    tmp_path: Path,
    content: Callable[[], bytes],
    reason: str,
) -> None:
    before = workspace.read(packs.packs)
    path = tmp_path / "goi.casepack"
    path.write_bytes(content())
    page.take(path)
    settle()
    refused = page.packs.refused
    assert refused.isVisible()
    assert reason in "\n".join(refused.reasons)
    assert list(refused.model.cells(range(refused.model.rowCount()))) == [[each] for each in refused.reasons]
    assert workspace.read(packs.packs) == before
    refused.close_button.click()
    assert page.packs.halves.isVisible()


def broken_signature() -> bytes:
    """A pack of which one file was exchanged after signing."""
    import io
    import zipfile

    good = make_packfile(official_2027(), DEVELOPMENT_KEY, private_key())
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(memory, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data.replace(b"2200000", b"9900000"))
    return memory.getvalue()


def test_a_file_can_be_corrected_and_read_again(page: StandardsPage, settle: Settle, tmp_path: Path) -> None:
    path = tmp_path / "goi.casepack"
    path.write_bytes(b"hong")
    page.take(path)
    settle()
    packfile(path, official_2027())
    page.packs.refused.again.click()
    settle()
    assert page.packs.incoming.isVisible()


def test_the_own_province_s_standard_stands_beside_the_national_ones(
    page: StandardsPage, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    province = workspace.read(offices.office).province_code
    page.take(packfile(tmp_path / "tinh.casepack", local_pack(province)))
    settle()
    assert "A new standard" in page.packs.incoming.about.text()
    answer("use")
    page.packs.incoming.accept.click()
    settle()
    assert [cells[0] for cells in page.packs.model.cells(range(4))] == ["VN-2016", "VN-2022", "VN-2027", "VL-2026"]
    assert "Tỉnh Vĩnh Long" in page.packs.detail.about.text()
    assert not page.packs.local.isVisible()


def test_a_pack_is_chosen_or_dropped(qtbot: QtBot, page: StandardsPage, settle: Settle, tmp_path: Path) -> None:
    path = packfile(tmp_path / "vn-2027-r2.casepack", official_2027())
    page.show_place(Place("standards", wish="import"))
    answer_file_dialog(path)
    settle()
    assert page.packs.incoming.isVisible()
    qtbot.keyClick(page.packs.incoming.table, Qt.Key.Key_Escape)
    assert page.packs.halves.isVisible()
    page.show_topic(DAYS)
    drop(page, path)
    settle()
    assert page.packs.incoming.isVisible()


def test_the_window_takes_a_dropped_pack(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    path = packfile(tmp_path / "vn-2027-r2.casepack", official_2027())
    drop(window, path)
    QApplication.processEvents()
    settle()
    assert isinstance(window.current_page, StandardsPage)
    assert window.current_page.packs.incoming.isVisible()


def test_the_command_asks_for_a_file(window: MainWindow) -> None:
    window.commands.run("standards.import")
    assert isinstance(window.current_page, StandardsPage)
    assert file_dialog_open()

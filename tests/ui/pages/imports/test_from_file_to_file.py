"""A list from the file on disk to the case file: dropped, imported, stopped, refused, taken back."""

import dataclasses
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
)
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.domain.permissions import Role
from casemgr.services import imports
from casemgr.services.imports import Action
from casemgr.workspace import Workspace
from tests.support.imports_page import HEAD, OTHER, SON, TITLES, Settle, changes, everyone, read
from tests.support.pages import answer_file_dialog, press, text_of
from tests.support.workbooks import large, write_xlsx
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.imports.page import ImportsPage
from ui.places import Place
from ui.widgets.message_bar import Notice


def test_an_empty_page_says_what_to_do_and_asks_for_a_file(
    qtbot: QtBot, page: ImportsPage, usual: Path, settle: Settle
) -> None:
    press(qtbot, page.start, "emptyAction0")
    answer_file_dialog(usual)
    settle()
    assert page.review is not None


def test_three_actions_drop_look_import(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, usual: Path, settle: Settle
) -> None:
    i18n.choose("en")
    before = len(everyone(workspace))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(usual))])
    enter = QDragEnterEvent(
        QPoint(500, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(
        QPoint(500, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, drop)  # 1: drop
    qtbot.waitUntil(lambda: isinstance(window.current_page, ImportsPage))
    page = window.current_page
    assert isinstance(page, ImportsPage)
    qtbot.waitUntil(lambda: page.review is not None, timeout=60_000)
    settle()
    assert page.review is not None
    assert page.review.apply.text() == "Import 2 households"  # 2: look
    assert len(everyone(workspace)) == before
    qtbot.keyClick(page.review.apply, Qt.Key.Key_Return)  # 3: import
    settle()
    assert len(everyone(workspace)) == before + 2
    assert text_of(page, "importDoneTitle") == "2 households imported"


def test_what_was_read_is_written_and_can_be_taken_back(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    assert text_of(review, "importMeta") == "2 households · 3 people · HN"
    assert everyone(workspace) == []
    press(qtbot, review, "importApply")
    settle()
    first, second = everyone(workspace)
    assert [member.person.full_name for member in first.members] == ["Nguyễn Thị Ngưỡng", "Trần Văn Út"]
    assert second.classes[0].data.value is HouseholdClass.NEAR_POOR
    assert second.classes[0].data.year == 2026
    with qtbot.waitSignal(page.open_requested) as went:
        press(qtbot, page, "importOpen")
    assert went.args == [Place("households")]
    press(qtbot, page, "importUndo")
    settle()
    assert everyone(workspace) == []
    assert text_of(page, "importDoneTitle") == "The import was taken back"
    press(qtbot, page, "importAnother")
    assert page.stack.currentWidget() is page.start


def test_the_same_list_again_changes_nothing(qtbot: QtBot, page: ImportsPage, usual: Path, settle: Settle) -> None:
    press(qtbot, read(page, usual, settle), "importApply")
    settle()
    review = read(page, usual, settle)
    assert review.reading is not None
    assert review.reading.plan.count(Action.UNCHANGED) == 2
    assert review.apply.text() == "Nothing to import"
    assert not review.apply.isEnabled()


def test_a_file_that_is_no_list_is_refused_with_reason_and_another_way(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path, usual: Path, settle: Settle
) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    page.read(broken)
    settle()
    assert page.stack.currentWidget() is page.refused
    words = [label.text() for label in page.refused.findChildren(QLabel)]
    assert any("hong.xlsx" in text and "damaged" in text for text in words)
    usual.replace(broken)
    press(qtbot, page.refused, "emptyAction1")
    settle()
    assert page.review is not None


def test_stopping_while_reading_leads_back_to_the_start(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    page.read(large(tmp_path / "lon.xlsx", 1500))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.work, timeout=60_000)
    press(qtbot, page.work, "importStop")
    settle()
    assert page.stack.currentWidget() is page.start
    assert everyone(workspace) == []


def test_stopping_while_importing_leaves_no_trace(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    press(qtbot, review, "importApply")
    page.work.stop_requested.emit()
    settle()
    assert page.stack.currentWidget() is review
    assert everyone(workspace) == []
    assert workspace.read(imports.remembered_columns) == {}
    press(qtbot, review, "importApply")
    settle()
    assert len(everyone(workspace)) == 2


def test_the_plan_follows_what_is_saved_meanwhile(
    qtbot: QtBot, page: ImportsPage, make: Make, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    changes(
        qtbot,
        review,
        lambda: make.household(
            make.person("Nguyễn Thị Ngưỡng", id_number="083160001234", birth=PartialDate(1960, 3, 5))
        ),
        settle,
    )
    assert review.reading is not None
    assert review.reading.plan.count(Action.UPDATE) == 1


def test_who_may_not_import_is_told(page: ImportsPage, qtbot: QtBot, workspace: Workspace, usual: Path) -> None:
    workspace.actor = dataclasses.replace(workspace.actor, role=Role.VIEWER)
    with qtbot.waitSignal(page.said) as told:
        page.read(usual)
    assert told.args == [Notice("You may not import lists here.", "near")]
    assert page.review is None


def test_every_control_has_a_name_for_tests_and_for_readers(
    page: ImportsPage, make: Make, tmp_path: Path, settle: Settle
) -> None:
    make.household(make.person("Trần Văn Út", id_number="083085004321", birth=PartialDate(1985, 3, 5)))
    rows = [TITLES, HEAD, SON, [*OTHER[:7], "Vĩnh Đức", "HCN"]]
    review = read(page, write_xlsx(tmp_path / "moi.xlsx", {"Ds": rows}), settle)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTableView)
    nameless = [
        (type(widget).__name__, widget.objectName())
        for kind in kinds
        for widget in review.findChildren(kind)
        if not widget.objectName().startswith(("qt_", "Scroll"))
        and not (widget.objectName() and widget.accessibleName())
        and not isinstance(widget.parent(), (QLineEdit, QTableView))
    ]
    assert not nameless, "\n".join(map(str, nameless))
    assert [button.text() for button in review.findChildren(QPushButton) if not button.text()] == []

"""The list of requests: narrowed, scanned into, printed."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from casemgr.domain.paper_codes import case_qr, request_qr
from casemgr.domain.reviews import RequestKind
from casemgr.workspace import Workspace
from tests.support.pages import text_of
from tests.support.requests_page import LONG, Settle, receive, type_into
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.requests.page import RequestsPage
from ui.request_words import days_words
from ui.widgets.message_bar import Notice


def test_the_list_is_narrowed_by_state_kind_and_text(
    page: RequestsPage, qtbot: QtBot, workspace: Workspace, make: Make
) -> None:
    late = receive(workspace, make.household("Trần Văn Đủ"), received_on=date(2026, 9, 3))
    soon = receive(workspace, make.household("Lê Thị Hòa"), RequestKind.AVERAGE)
    page.refresh()
    assert list(page.list.model.ids) == [late, soon]
    chip = page.list.states.findChild(QToolButton, "chip_late")
    assert chip is not None
    assert chip.text().endswith("1")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert list(page.list.model.ids) == [late]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    average = page.list.kinds.findChild(QToolButton, "chip_average")
    assert average is not None
    qtbot.mouseClick(average, Qt.MouseButton.LeftButton)
    assert list(page.list.model.ids) == [soon]
    qtbot.mouseClick(average, Qt.MouseButton.LeftButton)
    type_into(qtbot, page, "requestFilter", "du")
    qtbot.waitUntil(lambda: list(page.list.model.ids) == [late])
    assert "55 days late" in next(iter(page.list.model.cells([0])))


def test_days_left_in_words() -> None:
    assert [days_words(days) for days in (None, -1, 0, 1, 6)] == [
        "",
        "1 day late",
        "due today",
        "1 day left",
        "6 days left",
    ]


def test_a_scanned_receipt_opens_its_request_and_other_codes_are_refused(
    page: RequestsPage, qtbot: QtBot, workspace: Workspace, make: Make, said: list[Notice]
) -> None:
    receive(workspace, make.household("Trần Văn Đủ"))
    second = receive(workspace, make.household("Lê Thị Hòa"))
    for code in (request_qr(second), request_qr(second).lower()):
        type_into(qtbot, page, "requestFilter", code)
        qtbot.keyClick(page.list.text, Qt.Key.Key_Return)
        assert text_of(page, "requestNumber") == "Request 02/2026"
        assert page.list.text.text() == ""
        assert list(page.list.selected()) == [second]
        page.close_request()
    for strange in (case_qr(second), request_qr(UUID(int=7))):
        type_into(qtbot, page, "requestFilter", strange)
        qtbot.keyClick(page.list.text, Qt.Key.Key_Return)
        assert said[-1].tone == "near"
        assert "UniKey" in said[-1].text


def test_a_receipt_scanned_into_the_one_search_box_opens_its_request(
    window: MainWindow, qtbot: QtBot, workspace: Workspace, make: Make
) -> None:
    request = receive(workspace, make.household(LONG))
    qtbot.keyClicks(window.search, request_qr(request))
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    page = window.current_page
    assert isinstance(page, RequestsPage)
    assert page.detail.view is not None
    assert page.detail.view.id == request


def test_an_empty_page_says_what_to_do_first(page: RequestsPage, qtbot: QtBot) -> None:
    assert page.list.stack.currentWidget() is page.list.empty
    button = page.list.empty.findChild(QPushButton, "emptyAction0")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is page.entry


def test_the_list_is_printed_with_the_owners_mark(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    receive(workspace, make.household(LONG))
    page.refresh()
    button = page.findChild(QToolButton, "requestListPrint")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    words = page.paper.view.page_text(1)
    assert "01/2026" in words
    assert "Nguyễn Thị Lan" in words

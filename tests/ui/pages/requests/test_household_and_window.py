"""Requests beside the household they belong to, for who may only look, and on a small screen."""

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr.domain.permissions import Role
from casemgr.workspace import Workspace
from tests.support.pages import press, text_of
from tests.support.requests_page import LONG, Settle, receive
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.requests.page import RequestsPage
from ui.places import Place


def test_a_viewer_only_looks(page: RequestsPage, workspace: Workspace, make: Make) -> None:
    request = receive(workspace, make.household())
    workspace.actor = dataclasses.replace(workspace.actor, role=Role.VIEWER)
    page.open_request(request)
    enabled = {name for name, button in page.detail.buttons.items() if button.isVisible() and button.isEnabled()}
    assert enabled == {"receipt", "form", "household"}
    page.start_new()
    assert page.stack.currentWidget() is not page.entry


def test_the_household_shows_its_requests_and_begins_a_new_one(
    window: MainWindow, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    household = make.household("Kim Thị Sa Rây")
    window.go(Place("households", household))
    card = window.page("households").findChild(QWidget, "requestsCard")
    assert card is not None
    press(qtbot, card, "householdRequestNew")
    page = window.current_page
    assert isinstance(page, RequestsPage)
    assert text_of(page, "requestHouseholdName") == "Kim Thị Sa Rây"
    page.entry.forget()
    page.close_request()
    request = receive(workspace, household)
    settle()
    window.go(Place("households", household))
    table = card.findChild(QWidget, "householdRequests")
    assert table is not None
    assert table.isVisible()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.current_page is page
    assert page.detail.view is not None
    assert page.detail.view.id == request


def test_long_names_fit_a_small_screen(page: RequestsPage, workspace: Workspace, make: Make) -> None:
    request = receive(workspace, make.household(LONG), reason_text="Nhà tốc mái sau bão. " * 20)
    page.resize(1080, 600)
    page.open_request(request)
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 1080
    for name in ("requestNumber", "requestMeta"):
        label = page.findChild(QLabel, name)
        assert label is not None
        assert label.geometry().right() <= page.detail.width()

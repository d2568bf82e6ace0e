"""Lists to read and gestures on the page of imports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from casemgr.services import households
from casemgr.services.households import HouseholdQuery, HouseholdView
from casemgr.workspace import Workspace
from ui.pages.imports.page import ImportsPage
from ui.pages.imports.review_pane import ReviewPane
from ui.places import Place

Settle = Callable[[], None]


TITLES = ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Ấp", "Loại hộ"]


HEAD: list[Any] = [1, "Nguyễn Thị Ngưỡng", "Chủ hộ", "05/03/1960", "Nữ", "083160001234", "Kinh", "Phú Nhơn", "Hộ nghèo"]


SON: list[Any] = [None, "Trần Văn Út", "Con", "05/03/1985", "Nam", "083085004321", "Kinh", None, None]


OTHER: list[Any] = [2, "Kim Văn Tám", "Chủ hộ", "1958", "Nam", None, "Khmer", "Quân An", "HCN"]


TITLE = ["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2026"]


def read(page: ImportsPage, path: Path, settle: Settle) -> ReviewPane:
    page.show_place(Place("imports", text=str(path)))
    settle()
    review = page.review
    assert review is not None
    assert page.stack.currentWidget() is review
    return review


def everyone(workspace: Workspace) -> list[HouseholdView]:
    ids = workspace.read(households.find, HouseholdQuery(order="code"))
    return [workspace.read(households.view, each) for each in ids]


def changes(qtbot: QtBot, review: ReviewPane, act: Callable[[], object], settle: Settle) -> None:
    """Decide something and wait for the plan it makes."""
    before = review.reading
    act()
    qtbot.waitUntil(lambda: review.reading is not before, timeout=60_000)
    settle()

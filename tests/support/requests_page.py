"""Gestures on the page of requests, and what the file holds of a request."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.reviews import RequestData, RequestKind
from casemgr.services import office_papers, requests
from casemgr.services.office_papers import PaperQuery, PaperRow
from casemgr.services.requests import RequestView
from casemgr.workspace import Workspace
from ui.widgets.printing import PrintDialog

Settle = Callable[[], None]


TODAY = date(2026, 11, 24)


LONG = "Công Tằng Tôn Nữ Nguyễn Phước Thị Hoàng Ngọc Khánh Đoan Ánh"


def receive(workspace: Workspace, household: UUID, kind: RequestKind = RequestKind.ENTER, **values: object) -> UUID:
    data = RequestData(kind, household, **{"received_on": TODAY, "reasons": ("flood",)} | values)  # type: ignore[arg-type]  # each test names its own fields
    return workspace.write(requests.receive, data)


def view(workspace: Workspace, request: UUID) -> RequestView:
    return workspace.read(requests.view, request)


def issued(workspace: Workspace, request: UUID, kind: PaperKind) -> list[PaperRow]:
    return workspace.read(office_papers.papers, PaperQuery(subject_id=request, kind=kind))


def type_into(qtbot: QtBot, widget: QWidget, name: str, text: str) -> None:
    line = widget.findChild(QLineEdit, name) or widget.findChild(QPlainTextEdit, name)
    assert line is not None
    assert line.isVisible()
    if text.isascii():
        qtbot.keyClicks(line, text)
        return
    typed = QInputMethodEvent()  # what a Vietnamese keyboard sends; QTest knows no such keys
    typed.setCommitString(text)
    QApplication.sendEvent(line, typed)


def print_dialog() -> PrintDialog:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, PrintDialog) and each.isVisible())

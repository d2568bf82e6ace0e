"""Gestures on the page of certificates, and what its register holds."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr.reports.certificate import render_certificate
from casemgr.services import certificate_register, certificates
from casemgr.services.certificate_register import CertificateView, RegisterQuery
from casemgr.workspace import Workspace
from ui.pages.certificates.page import CertificatesPage
from ui.places import Place

Settle = Callable[[], None]


ON = date(2026, 11, 24)


def issue_now(workspace: Workspace, household: UUID, on: date = ON) -> UUID:
    return workspace.write(certificates.issue, household, issued_on=on, render=render_certificate).id


def entry(workspace: Workspace, certificate: UUID) -> CertificateView:
    return workspace.read(certificate_register.view, certificate)


def entries(workspace: Workspace) -> list[UUID]:
    return workspace.read(certificate_register.find, RegisterQuery(descending=False))


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


def begin(page: CertificatesPage, ids: list[UUID], settle: Settle) -> None:
    page.show_place(Place("certificates", ids=tuple(ids), wish="issue"))
    settle()

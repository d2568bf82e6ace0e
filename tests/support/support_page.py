"""Gestures on the page of support, and distributions brought as far as a test needs."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from pytestqt.qtbot import QtBot

from casemgr.domain.support import FundSource
from tests.support.pages import press
from ui.pages.support.page import SupportPage

Settle = Callable[[], None]


TODAY = date(2026, 11, 24)


def propose(page: SupportPage, qtbot: QtBot, settle: Settle, **values: object) -> None:
    """Fill the form of a new distribution in and ask for the list."""
    page.start_new()
    making = page.distributions.making
    usual = {
        "programme": "DIEN",
        "title": "Tiền điện quý IV",
        "on": TODAY,
        "source": FundSource.PROVINCE,
        "classes": (),
    }
    for name, value in (usual | values).items():
        making.form.put(name, value)
    press(qtbot, making, "makePropose")
    settle()


def prepared(page: SupportPage, qtbot: QtBot, settle: Settle) -> UUID:
    propose(page, qtbot, settle)
    press(qtbot, page.distributions.making, "makeGo")
    settle()
    view = page.distributions.list.view
    assert view is not None, page.distributions.making.told.texts
    return view.id

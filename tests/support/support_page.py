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
DECIDED = date(2026, 11, 20)


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


def prepared(page: SupportPage, qtbot: QtBot, settle: Settle, *, reason: str = "", **values: object) -> UUID:
    """A list on show, being prepared; `reason` is written beside rows a rule warns about."""
    propose(page, qtbot, settle, **values)
    making = page.distributions.making
    if reason:
        making.model.put_reason_at([n for n, line in enumerate(making.model.lines) if line.told], reason)
    press(qtbot, making, "makeGo")
    settle()
    view = page.distributions.list.view
    assert view is not None, page.distributions.making.told.texts
    return view.id


def approve(page: SupportPage, qtbot: QtBot, settle: Settle) -> None:
    """The decision about the list on show."""
    shown = page.distributions.list
    press(qtbot, shown, "listNext")
    card = shown.cards.cards["approve"]
    card.form.put("decision_number", "128/QĐ-UBND")
    card.form.put("decision_on", DECIDED)
    press(qtbot, shown, "list_approveGo")
    settle()

"""The page of requests in English, with a printer that writes files and what it asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from casemgr import i18n
from tests.support.pages import PrinterIntoFiles
from ui.desk import Desk
from ui.pages.requests.page import RequestsPage
from ui.places import Place
from ui.widgets.message_bar import Notice
from ui.widgets.printing import Printing


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    """Words of the screen in the source language; the paper is Vietnamese all the same."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def places() -> list[Place]:
    """Where the page asked to go."""
    return []


@pytest.fixture
def said() -> list[Notice]:
    """What the page told."""
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, printer: PrinterIntoFiles, places: list[Place], said: list[Notice]) -> RequestsPage:
    made = RequestsPage(desk, Printing(printer.names, printer.send))
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    made.open_requested.connect(places.append)
    made.said.connect(said.append)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made

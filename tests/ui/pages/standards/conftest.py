"""The page of standards and its topics, in English."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from casemgr import i18n
from ui.desk import Desk
from ui.pages.standards.page import StandardsPage


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> StandardsPage:
    made = StandardsPage(desk)
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    qtbot.addWidget(made)
    made.resize(1170, 640)
    made.show()
    qtbot.waitExposed(made)
    return made

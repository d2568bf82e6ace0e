"""The page of imports in English and an ordinary list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from casemgr import i18n
from tests.support.imports_page import HEAD, OTHER, SON, TITLE, TITLES
from tests.support.workbooks import write_xlsx
from ui.desk import Desk
from ui.pages.imports.page import ImportsPage


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ImportsPage:
    made = ImportsPage(desk)
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def usual(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "ap-phu-nhon.xlsx", {"HN": [TITLE, TITLES, HEAD, SON, OTHER]})

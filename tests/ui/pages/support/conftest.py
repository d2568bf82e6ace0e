"""The page of support in English and a village of entitled households."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from casemgr import i18n
from tests.support.pages import PrinterIntoFiles
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.pages.support.page import SupportPage
from ui.widgets.message_bar import Notice
from ui.widgets.printing import Printing


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    """Words of the screen in the source language."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def said() -> list[Notice]:
    """What the page told."""
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, printer: PrinterIntoFiles, said: list[Notice]) -> SupportPage:
    made = SupportPage(desk, Printing(printer.names, printer.send))
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    made.said.connect(said.append)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def village(make: Make) -> list[UUID]:
    """Three poor households in two hamlets, one without identity number, and one that is not poor."""
    found = []
    for name, number, hamlet in (
        ("Nguyễn Thị Á", "083179000015", "Phú Nhơn"),
        ("Lê Văn Bình", "083079000023", "Quân An"),
        ("Trần Thị Cúc", None, "Phú Nhơn"),
    ):
        household = make.household(make.person(name, id_number=number), hamlet=hamlet)
        make.poor(household)
        found.append(household)
    found.append(make.household(make.person("Phạm Văn Dũng", id_number="083079000041")))
    return found

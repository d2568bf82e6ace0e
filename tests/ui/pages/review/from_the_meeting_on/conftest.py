"""A review whose three households are keyed, and its page with a printer that writes files."""

from pathlib import Path
from uuid import UUID

import pytest

from casemgr.domain.people import Disability
from tests.support.pages import PrinterIntoFiles
from tests.support.review_steps import NEAR, NONE, POOR, Settle
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.review.page import ReviewPage
from ui.places import Place
from ui.translation import Languages
from ui.widgets.printing import Printing


@pytest.fixture(autouse=True)
def _english(languages: Languages) -> None:
    languages.switch("en")


@pytest.fixture
def households(window: MainWindow, make: Make) -> list[UUID]:
    secret = make.person("Nguyễn Thị Ánh", id_number="083179001234", disability=Disability.SEVERE)
    found = [make.household(secret), make.household("Trần Văn Bình"), make.household("Lê Thị Chín")]
    for household in found:
        make.poor(household, 2026)
    return found


@pytest.fixture
def review(make: Make, households: list[UUID]) -> Review:
    found = Review(make).open()
    for household, value in zip(households, (POOR, NEAR, NONE), strict=True):
        found.key(household, value)
    return found


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def page(window: MainWindow, review: Review, settle: Settle, printer: PrinterIntoFiles) -> ReviewPage:
    settle()
    window.activateWindow()
    window.go(Place("review"))
    settle()
    found = window.current_page
    assert isinstance(found, ReviewPage)
    found.routes._printing = Printing(printer.names, printer.send)  # before any paper pane is made
    return found

"""A review of the first households and its page, in English."""

from uuid import UUID

import pytest

from tests.support.review_page import Settle
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.review.page import ReviewPage
from ui.places import Place
from ui.translation import Languages


@pytest.fixture(autouse=True)
def _english(languages: Languages) -> None:
    """Words of the screen in the source language."""
    languages.switch("en")


@pytest.fixture
def households(window: MainWindow, make: Make) -> list[UUID]:
    """Three households of Phú Nhơn and one of Quân An on last year's list."""
    found = [make.household(name) for name in ("Nguyễn Thị Ánh", "Trần Văn Bình", "Lê Thị Chín")]
    found.append(make.household("Phan Văn Đông", hamlet="Quân An"))
    for household in found:
        make.poor(household, 2026)
    return found


@pytest.fixture
def review(make: Make, households: list[UUID]) -> Review:
    return Review(make).open()


@pytest.fixture
def page(window: MainWindow, review: Review, settle: Settle) -> ReviewPage:
    settle()
    window.activateWindow()
    window.go(Place("review"))
    settle()
    found = window.current_page
    assert isinstance(found, ReviewPage)
    return found

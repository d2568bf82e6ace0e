"""The window over the reference file: opening the list, scrolling it, opening households, memory."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casemgr.settings import Settings
from casemgr.workspace import Workspace
from tests.benchmarks.conftest import HOUSEHOLDS
from tests.support.memory import peak_mb
from ui import theme
from ui.desk import Desk
from ui.fonts import load_fonts
from ui.jobs import JobRunner
from ui.mainwindow import MainWindow
from ui.pages.households.page import HouseholdsPage  # loaded while the person signs in
from ui.places import Place
from ui.translation import Languages

pytestmark = pytest.mark.benchmark

LIST_SECONDS = 0.3
STEP_MS = 16.0
OPEN_MS = 50.0
ROUNDS = 3
MEGABYTES = 300
FULL_SIZE = HOUSEHOLDS >= 100_000


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, reference: Workspace) -> Iterator[MainWindow]:
    load_fonts()
    theme.apply(qapp, "light")
    jobs = JobRunner()
    frame = MainWindow(Desk(reference, jobs, Settings(theme="light")), Languages())
    frame.resize(1366, 728)
    yield frame
    jobs.shutdown()
    frame.hide()
    frame.deleteLater()


def _spent(call: Callable[..., object], *args: object) -> float:
    """Seconds the window's thread was busy: what the officer waits for when nothing else runs on the machine."""
    started = time.thread_time()
    call(*args)
    QApplication.processEvents()
    return time.thread_time() - started


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] * 1000


def _calmest(rounds: Iterable[list[float]]) -> list[float]:
    """The round least disturbed by others on the machine."""
    return min(rounds, key=_p95)


def test_the_list_opens_and_scrolls(window: MainWindow) -> None:
    window.show()
    QApplication.processEvents()
    opening = _spent(window.go, Place("households"))
    page = window.current_page
    assert isinstance(page, HouseholdsPage)
    table = page.list.table
    bar = table.verticalScrollBar()
    steps = _calmest(
        [_spent(bar.setValue, bar.value() + 3 * theme.theme().row) for _step in range(100)] for _round in range(ROUNDS)
    )
    jumps = [_spent(bar.setValue, bar.maximum() * part // 40) for part in range(40)]
    keys = []
    table.setFocus()
    for _step in range(60):
        keys.append(_spent(QTest.keyClick, table, Qt.Key.Key_PageDown))
    print(
        f"\n{HOUSEHOLDS} households: list {opening * 1000:.0f} ms, step p95 {_p95(steps):.1f} ms, "
        f"jump p95 {_p95(jumps):.1f} ms, page down p95 {_p95(keys):.1f} ms"
    )
    if FULL_SIZE:
        assert opening <= LIST_SECONDS
        assert _p95(steps) <= STEP_MS


def test_a_household_opens_at_once_and_typing_stays_smooth(window: MainWindow) -> None:
    window.show()
    window.go(Place("households"))
    page = window.current_page
    ids = page.list.model.ids
    page.open_household(ids[0])
    QApplication.processEvents()
    opening = _calmest(
        [_spent(page.open_household, ids[(number * ROUNDS + start) * len(ids) // 120]) for number in range(40)]
        for start in range(ROUNDS)
    )
    keys = []
    window.search.setFocus()
    for letter in "nguyen thi an":
        keys.append(_spent(QTest.keyClicks, window.search, letter))
    memory = peak_mb()
    print(
        f"\nopening a household median {statistics.median(opening) * 1000:.1f} ms, p95 {_p95(opening):.1f} ms; "
        f"a key in the search box p95 {_p95(keys):.1f} ms; {memory} MB"
    )
    assert memory <= MEGABYTES
    if FULL_SIZE:
        assert _p95(opening) <= OPEN_MS

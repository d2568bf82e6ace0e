"""What tests of the window share: the program's look and letters, a desk over a real file, a window."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casemgr.settings import Settings
from casemgr.workspace import Workspace
from tests.support.workspaces import Make
from ui import theme
from ui.desk import Desk
from ui.fonts import load_fonts
from ui.jobs import JobRunner
from ui.mainwindow import MainWindow
from ui.places import Place
from ui.translation import Languages


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    load_fonts()
    theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def natural_look(qapp: QApplication) -> Iterator[None]:
    yield
    if theme.theme() != theme.Theme("light", theme.THEMES["light"]):
        theme.apply(qapp, "light")


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    switch = Languages()
    switch.switch("vi")
    yield switch
    switch.switch("vi")


@pytest.fixture
def desk(workspace: Workspace, jobs: JobRunner) -> Iterator[Desk]:
    made = Desk(workspace, jobs, Settings(theme="light"))
    yield made
    jobs.shutdown()  # before the file closes


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    """Wait until every job has ended and its news has arrived; papers and workbooks may take long."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, languages: Languages, make: Make) -> Iterator[MainWindow]:
    """The window with three households in the file."""
    for name in ("Nguyễn Thị Á", "Trần Văn Bền", "Lê Thị Cẩm"):
        make.household(name)
    frame = MainWindow(desk, languages)
    frame.resize(1366, 728)
    frame.show()
    frame.go(Place("households"))
    yield frame
    frame.hide()
    frame.deleteLater()

"""The program from its start: options, sign-in, wrong passphrase, locking, a second start, the self-check."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QProcessEnvironment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casemgr import settings
from casemgr.domain.offices import UserData
from casemgr.services import offices
from casemgr.settings import Settings
from casemgr.workspace import Workspace
from tests.support.workspaces import COMMUNE, PASSPHRASE, copy_file
from ui import app as program_module
from ui.app import Program, main, no_screen
from ui.gate import Gate
from ui.oneness import FirstStart, Found

SECONDS = 20_000


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case file whose key costs what it costs in the office; made once."""
    folder = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        workspace, _code = Workspace.create(
            folder / "xa.casemgr",
            offices.default_office(COMMUNE),
            user=UserData("lan", "Nguyễn Thị Lan"),
            passphrase=PASSPHRASE,
        )
        workspace.close()
    return folder / "xa.casemgr"


@pytest.fixture
def file(real_file: Path, tmp_path: Path) -> Path:
    return copy_file(real_file, tmp_path / "xa.casemgr")


@pytest.fixture
def program(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr(program_module.QApplication, "quit", lambda *args: None)
    made = Program(qapp, Settings(theme="light"))
    yield made
    made.jobs.shutdown()
    if made.window is not None:
        made.window.desk.workspace.close()
        made.window.hide()
    if made.front is not None:
        made.front.hide()
    made.deleteLater()


def opened(qtbot: QtBot, program: Program) -> None:
    qtbot.waitUntil(lambda: program.window is not None, timeout=SECONDS)


def test_a_passphrase_from_a_file_opens_at_once(qtbot: QtBot, program: Program, file: Path) -> None:
    program.begin(file, PASSPHRASE)
    assert isinstance(program.front, Gate)
    opened(qtbot, program)
    assert program.front is None
    assert program.window.isVisible()
    assert settings.load().last_file == str(file)


def test_a_wrong_passphrase_is_said_beside_the_field(qtbot: QtBot, program: Program, file: Path) -> None:
    program.begin(file, None)
    pane = program.front.sign_in
    QTest.keyClicks(pane.key, "sai")
    pane.open_button.click()
    assert not pane.key.isEnabled()
    qtbot.waitUntil(lambda: bool(pane.problem.text()) and pane.key.isEnabled(), timeout=SECONDS)
    assert program.window is None
    pane.open_with(PASSPHRASE)
    opened(qtbot, program)


def test_long_words_at_the_gate_are_not_cut(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "Tài liệu" / "Hồ sơ hộ nghèo, hộ cận nghèo của xã năm 2026"
    program.begin(folder / "xa-hung-khanh-trung.casemgr", "x")
    pane = program.front.sign_in
    qtbot.waitUntil(lambda: bool(pane.problem.text()), timeout=SECONDS)
    qtbot.waitUntil(lambda: pane.problem.height() >= pane.problem.heightForWidth(pane.problem.width()))
    assert pane.file.height() >= pane.file.heightForWidth(pane.file.width()) > pane.file.fontMetrics().height() * 1.5


def test_an_empty_passphrase_is_asked_for(qtbot: QtBot, program: Program, file: Path) -> None:
    program.begin(file, None)
    program.front.sign_in.open_button.click()
    assert program.front.sign_in.problem.text()
    program.front.sign_in.code_button.click()
    assert not program.front.sign_in.problem.text()


def test_a_file_that_is_not_there_is_told(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    program.begin(tmp_path / "khong-co.casemgr", "x")
    pane = program.front.sign_in
    qtbot.waitUntil(lambda: "khong-co" in pane.problem.text(), timeout=SECONDS)


def test_locking_closes_the_file_and_asks_again(qtbot: QtBot, program: Program, file: Path) -> None:
    program.begin(file, PASSPHRASE)
    opened(qtbot, program)
    qtbot.waitUntil(lambda: not program.jobs.busy)
    program.window.commands.run("file.lock")
    assert program.window is None
    assert isinstance(program.front, Gate)
    again = Workspace.open(file, passphrase=PASSPHRASE)
    again.close()


def test_a_fresh_machine_begins_with_the_wizard(program: Program) -> None:
    program.begin(None, None)
    assert program.front.objectName() == "wizard"


def shown(raised: list[int]) -> Callable[[], bool]:
    def come_forward() -> bool:
        raised.append(1)
        return True

    return come_forward


def test_a_second_start_raises_the_first(tmp_path: Path) -> None:
    raised: list[int] = []
    first, second = FirstStart(tmp_path / "xa.casemgr"), FirstStart(tmp_path / "xa.casemgr")
    other = FirstStart(tmp_path / "khac.casemgr")
    assert first.raise_other() is Found.NOBODY
    assert first.listen(shown(raised))
    assert second.raise_other() is Found.SHOWN
    assert raised == [1]
    assert other.raise_other() is Found.NOBODY
    first.close()
    assert second.raise_other() is Found.NOBODY


def test_after_the_wizard_the_new_file_is_what_a_second_start_finds(tmp_path: Path) -> None:
    raised: list[int] = []
    first = FirstStart(None)
    first.listen(shown(raised))
    assert first.listen(shown(raised), (tmp_path / "xa.casemgr",))
    assert FirstStart(tmp_path / "xa.casemgr").raise_other() is Found.SHOWN
    assert FirstStart(None).raise_other() is Found.NOBODY
    first.close()


def test_two_homes_never_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = FirstStart(None)
    first.listen(lambda: True)
    monkeypatch.setenv("CASEMGR_HOME", str(tmp_path / "nha-khac"))
    assert FirstStart(None).raise_other() is Found.NOBODY
    first.close()


def test_a_start_that_nobody_answers_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(program_module, "ask", lambda parent, title, text, answers: said.append(text))
    first = FirstStart(None)
    first.listen(lambda: False)
    assert FirstStart(None).raise_other() is Found.SILENT
    assert main([]) == 1
    assert said
    first.close()


def test_an_opened_file_is_told(qtbot: QtBot, program: Program, file: Path) -> None:
    with qtbot.waitSignal(program.file_opened, timeout=SECONDS) as told:
        program.begin(file, PASSPHRASE)
    assert told.args == [file]
    assert program.raise_window()


def test_without_a_screen_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if sys.platform != "linux":
        pytest.skip("other systems always have a screen")
    assert "xvfb-run" in no_screen()
    assert main([]) == 1
    assert "xvfb-run" in capsys.readouterr().err


def test_the_self_check_passes_in_a_process_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--self-check"], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "vi households: ok" in done.stdout


def test_a_second_process_ends_at_once(qtbot: QtBot, file: Path, home: Path) -> None:
    first = FirstStart(file)
    raised: list[int] = []
    first.listen(shown(raised))
    process = QProcess()
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("CASEMGR_HOME", str(home))
    environment.insert("QT_QPA_PLATFORM", os.environ["QT_QPA_PLATFORM"])
    process.setProcessEnvironment(environment)
    with qtbot.waitSignal(process.finished, timeout=SECONDS) as ended:
        process.start(sys.executable, ["-m", "ui", "--file", str(file)])
    assert ended.args[0] == 0
    qtbot.waitUntil(lambda: raised == [1])
    first.close()

"""The first command a person runs: it prepares once, waits its turn, and says what to do instead of failing."""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).resolve().parents[2]
SCRIPT = TOP / "installer" / "bootstrap.py"


@pytest.fixture(scope="module")
def bootstrap() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a Vietnamese name, nothing to download, and a command line that tells what it was given."""
    top = tmp_path / "Đặng Ưởng casemgr"
    for folder in ("installer", "casemgr", "ui", "i18n/vi/LC_MESSAGES"):
        (top / folder).mkdir(parents=True)
    shutil.copy(SCRIPT, top / "installer")
    for name in ("requirements.lock", "requirements-dev.lock"):
        (top / name).write_text("", encoding="utf-8")
    (top / "casemgr" / "__init__.py").write_text("", encoding="utf-8")
    code = "import sys\nprint('got', sys.argv[1:], sys.stdin.read())\nsys.exit(7)\n"
    (top / "casemgr" / "__main__.py").write_text(code, encoding="utf-8")
    return top


def start(
    checkout: Path, *arguments: str, text: str = "", cwd: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(checkout / "installer" / "bootstrap.py"), *arguments]
    environment = {**os.environ, "PIP_NO_INDEX": "1"}
    return subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", env=environment, cwd=cwd, check=False
    )


def test_arguments_input_output_and_exit_code_pass_through_and_the_second_start_is_silent(
    checkout: Path, tmp_path: Path
) -> None:
    first = start(checkout, "households", "find", "nguyễn thị a", text="mật khẩu", cwd=tmp_path)
    assert first.stdout == "got ['households', 'find', 'nguyễn thị a'] mật khẩu\n", first.stderr
    assert first.returncode == 7
    assert "preparing" in first.stderr
    second = start(checkout, "--json", cwd=checkout / "i18n")
    assert (second.stdout, second.stderr, second.returncode) == ("got ['--json'] \n", "", 7)


def test_a_moved_checkout_is_prepared_anew(checkout: Path, tmp_path: Path) -> None:
    start(checkout, "a")
    moved = checkout.rename(tmp_path / "nơi khác")
    told = start(moved, "b")
    assert told.stdout == "got ['b'] \n", told.stderr
    assert "preparing" in told.stderr
    assert start(moved, "b").stderr == ""


def test_a_changed_lock_file_that_cannot_be_met_is_said_and_not_forgotten(checkout: Path) -> None:
    start(checkout, "a")
    (checkout / "requirements.lock").write_text(f"no-such-thing==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    for _time in range(2):
        told = start(checkout, "a")
        assert (told.stdout, told.returncode) == ("", 1)
        assert "no-such-thing" in told.stderr
        assert "needs a network" in told.stderr
        assert "Traceback" not in told.stderr


def test_a_foreign_folder_in_the_way_is_left_alone(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "sổ.xlsx").write_text("của người khác", encoding="utf-8")
    told = start(checkout, "a")
    assert told.returncode == 1
    assert "was not made by this program" in told.stderr
    assert (checkout / ".venv" / "sổ.xlsx").exists()


def test_a_half_made_environment_is_made_again(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "pyvenv.cfg").write_text("home = /nowhere\n", encoding="utf-8")
    assert start(checkout, "a").stdout == "got ['a'] \n"


def test_one_preparation_at_a_time(checkout: Path, bootstrap: dict[str, Any]) -> None:
    with bootstrap["exclusive"](checkout / ".venv.lock"):
        waiting = subprocess.Popen(
            [sys.executable, str(checkout / "installer" / "bootstrap.py"), "a"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert waiting.stderr is not None
        assert "waiting" in waiting.stderr.readline()
        assert not (checkout / ".venv").exists()
    out, _err = waiting.communicate()
    assert out == "got ['a'] \n"


@pytest.mark.parametrize("version", [(3, 9, 2), (3, 10), (3, 14), (4, 0)])
def test_a_python_too_old_or_too_new_is_named(bootstrap: dict[str, Any], version: tuple[int, ...]) -> None:
    with pytest.raises(bootstrap["RefusalError"], match=rf"3\.11 to 3\.13 is needed, this is Python {version[0]}"):
        bootstrap["check_python"](version)


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="Debian only")
def test_missing_packages_are_named_and_asked_for(bootstrap: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert bootstrap["missing_packages"](("dpkg", "casemgr-no-such-package")) == ["casemgr-no-such-package"]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    command = r"sudo apt-get install -y --no-install-recommends casemgr-no-such-package$"
    with pytest.raises(bootstrap["RefusalError"], match=command):
        bootstrap["system_packages"](("dpkg", "casemgr-no-such-package"))
    bootstrap["system_packages"](("dpkg",))


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="needs xvfb")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_the_window_finds_a_screen(bootstrap: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(bootstrap["window_command"].__globals__, "system_packages", lambda _names: None)
    python = Path("/venv/bin/python")
    assert bootstrap["window_command"](python)[0] == "xvfb-run"
    monkeypatch.setenv("DISPLAY", ":0")
    assert bootstrap["window_command"](python) == [str(python), "-P", "-m", "ui"]


def test_the_lock_files_name_no_place_and_agree() -> None:
    own, tools = ((TOP / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-dev.lock"))
    assert "://" not in own + tools
    assert "--index" not in own + tools
    assert set(own.splitlines()) <= set(tools.splitlines())
    assert own.count("==") > 30
    assert "pyside6-essentials==6.11.3" in own
    assert "pytest" not in own

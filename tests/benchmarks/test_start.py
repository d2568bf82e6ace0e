"""How long a person waits for the first window, against a bare window of Qt in the same run."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.memory import PEAK

pytestmark = pytest.mark.benchmark

RATIO = 2.5
MEGABYTES = 300
TRIES = 7

_END = "import os; print(peak_mb(), flush=True); os._exit(0)"
_BARE = f"""{PEAK}
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1024, 640)
window.show()
app.processEvents()
{_END}
"""
_OURS = f"""{PEAK}
from PySide6.QtWidgets import QApplication
from ui import app
begin = app.Program.begin
def shown(program, file, passphrase):
    begin(program, file, passphrase)
    QApplication.processEvents()
    {_END}
app.Program.begin = shown
app.main(["--file", "xa.casemgr"])
"""


def _best(code: str, home: Path) -> tuple[float, int]:
    environment = {**os.environ, "CASEMGR_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the installed program has compiled modules
    best, memory = 99.0, 0
    for _try in range(TRIES):
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
        )
        best, memory = min(best, time.perf_counter() - started), int(done.stdout)
    return best, memory


def test_the_first_window_is_there_soon(tmp_path: Path) -> None:
    bare, _memory = _best(_BARE, tmp_path)
    ours, memory = _best(_OURS, tmp_path)
    print(f"\nbare window {bare * 1000:.0f} ms, sign-in {ours * 1000:.0f} ms, ratio {ours / bare:.2f}, {memory} MB")
    assert ours / bare <= RATIO
    assert memory <= MEGABYTES

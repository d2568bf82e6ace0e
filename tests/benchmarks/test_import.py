"""Figures of importing a 40,000-person workbook: people per second from file to committed, and the memory it takes."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from casemgr.exchange.lists import read_list
from casemgr.exchange.workbooks import read_workbook
from casemgr.services import imports
from casemgr.services.imports import Action
from casemgr.workspace import Workspace
from tests.support.workbooks import large
from tests.support.workspaces import copy_file, make_file, open_file

pytestmark = pytest.mark.benchmark

HOUSEHOLDS = int(os.environ.get("CASEMGR_BENCHMARK_IMPORT", "10000"))
"""Four people each; the budgets count from 10,000."""
PEOPLE_PER_SECOND = 2_000
MEMORY = 500
"""MB the window's process may take."""
QT = 180
"""MB of it that an open window takes before it reads anything."""


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list."""
    return large(tmp_path_factory.mktemp("import") / "ds.xlsx", HOUSEHOLDS)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A case file without households."""
    make_file(tmp_path / "a.casemgr")
    return copy_file(tmp_path / "a.casemgr", tmp_path / "b.casemgr")


def _import(workspace: Workspace, path: Path) -> imports.ImportResult:
    return workspace.write(imports.apply, read_list(read_workbook(path), today=date(2026, 11, 24)))


def _processor_seconds() -> float:
    """Of this process and of the reading processes it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def test_from_file_to_committed(workbook: Path, empty: Path) -> None:
    """Counted in seconds of the processor: what other programs on the machine take is not ours."""
    workspace = open_file(empty)
    started, began = time.perf_counter(), _processor_seconds()
    done = _import(workspace, workbook)
    seconds, busy = time.perf_counter() - started, _processor_seconds() - began
    started = time.perf_counter()
    again = _import(workspace, workbook)
    second = time.perf_counter() - started
    workspace.close()
    print(
        f"\nimport: {done.people} people in {seconds:.1f} s = {done.people / seconds:.0f} people/s by the clock, "
        f"{done.people / busy:.0f} people/s by the processor; again, unchanged: {second:.1f} s"
    )
    assert (done.people, again.created, again.updated) == (HOUSEHOLDS * 4, 0, 0)
    assert again.unchanged == HOUSEHOLDS
    assert done.people / busy >= PEOPLE_PER_SECOND


_MEASURED = """
import resource, sys
from datetime import date
from pathlib import Path
from casemgr.exchange.lists import read_list
from casemgr.exchange.workbooks import read_workbook
from casemgr.services import imports
from tests.support.workspaces import open_file
workspace = open_file(Path(sys.argv[1]))
book = read_workbook(Path(sys.argv[2]))
imported = read_list(book, today=date(2026, 11, 24))
planned = workspace.read(imports.plan, imported)
workspace.write(imports.apply, imported)
workspace.close()
status = Path("/proc/self/status").read_text()  # getrusage would count what the parent had before exec
peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
print(int(peak) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_memory(workbook: Path, empty: Path) -> None:
    """Reading, planning and writing, with the file's values kept as the page keeps them, without a window around."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(empty), str(workbook)],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    own, child = map(int, done.stdout.split())
    print(f"\nimport: {own} MB in the program, {child} MB in the reading process")
    assert own <= MEMORY - QT
    assert child <= 512


def test_a_plan_of_a_list_already_on_file(workbook: Path, empty: Path) -> None:
    workspace = open_file(empty)
    _import(workspace, workbook)
    imported = read_list(read_workbook(workbook), today=date(2026, 11, 24))
    started = time.perf_counter()
    planned = workspace.read(imports.plan, imported)
    seconds = time.perf_counter() - started
    workspace.close()
    print(f"\nplan of {len(planned.households)} households on file: {seconds:.1f} s")
    assert planned.count(Action.UNCHANGED) == HOUSEHOLDS
    assert seconds <= 20

"""The disk is full or fails: told in words, nothing acknowledged is lost, and work goes on when there is room again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casemgr.errors import StorageError
from casemgr.services import backup, households
from casemgr.services.households import HouseholdQuery
from casemgr.services.restore import restore_backup
from tests.faults.conftest import copy_case, households_in
from tests.support.fault_workers import SECRET
from tests.support.tracing import can_trace, count_calls, run_failing
from tests.support.workspaces import Make, open_file

pytestmark = pytest.mark.faults
traced = pytest.mark.skipif(not can_trace(), reason="tracing of system calls is not permitted here")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 20 MB of its own."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(place)]
    if sys.platform == "win32" or shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(place: Path, *, leave: int) -> Path:
    """Use up the disk except for `leave` bytes."""
    ballast = place / "ballast"
    room = os.statvfs(place)
    ballast.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - leave)))
    return ballast


def test_saving_on_a_full_disk_is_refused_in_words_and_loses_nothing(original: Path, small_disk: Path) -> None:
    path = copy_case(original, small_disk / "case")
    workspace = open_file(path)
    make = Make(workspace)
    make.household("Trần Thị Bé")
    ballast = fill(small_disk, leave=200_000)
    saved = 3
    message = ""
    while not message and saved < 500:
        try:
            make.household(f"Nguyễn Văn {saved}")
            saved += 1
        except StorageError as error:
            message = str(error)
    assert "MB" in message
    assert str(small_disk) in message
    assert len(workspace.read(households.find, HouseholdQuery())) == saved, "reading goes on"
    with pytest.raises(StorageError):
        backup.create_backup(workspace, small_disk / "backups")
    assert not list(small_disk.glob("backups/*"))
    ballast.unlink()
    make.household("Lê Thị Cúc")
    assert len(workspace.read(households.find, HouseholdQuery())) == saved + 1
    workspace.close()
    assert households_in(path) == saved + 1


def test_closing_on_a_full_disk_loses_nothing(
    original: Path, small_disk: Path, expected_warnings: list[object]
) -> None:
    path = copy_case(original, small_disk / "case")
    workspace = open_file(path)
    Make(workspace).household("Trần Thị Bé")
    ballast = fill(small_disk, leave=0)
    workspace.close()
    ballast.unlink()
    assert households_in(path) == 3
    assert len(expected_warnings) <= 3


def test_a_backup_onto_a_full_stick_leaves_no_file_with_a_final_name(case_file: Path, small_disk: Path) -> None:
    workspace = open_file(case_file)
    first = backup.create_backup(workspace, small_disk)
    fill(small_disk, leave=100_000)
    with pytest.raises(StorageError, match="MB"):
        backup.create_backup(workspace, small_disk)
    assert [file.name for file in small_disk.iterdir() if file.name != "ballast"] == [first.path.name]
    second = backup.create_backup(workspace, case_file.parent / "backups", second=small_disk)
    assert "MB" in second.problems[0]
    assert backup.verify_backup(first.path, backup.Secret(dek=workspace.dek)).verified
    workspace.close()


def test_a_restore_onto_a_full_disk_changes_nothing(original: Path, backup_file: Path, small_disk: Path) -> None:
    path = copy_case(original, small_disk / "case")
    before = path.read_bytes()
    fill(small_disk, leave=200_000)
    with pytest.raises(StorageError, match="MB"):
        restore_backup(backup_file, path, SECRET)
    assert path.read_bytes() == before
    assert not [entry for entry in path.parent.iterdir() if "restoring" in entry.name]


@traced
@pytest.mark.parametrize(("call", "error"), [("fdatasync", "EIO"), ("pwrite64", "ENOSPC"), ("pwrite64", "EIO")])
@pytest.mark.parametrize("start", [3, 11, 40])
def test_a_failing_call_is_reported_and_nothing_acknowledged_is_lost(
    case_file: Path, call: str, error: str, start: int
) -> None:
    done = run_failing(call, error, f"{start}+", "households", str(case_file), "30")
    told = [int(line) for line in done.stdout.splitlines() if line.isdigit()]
    assert "Traceback" not in done.stderr, done.stderr
    assert "refused: " in done.stdout or len(told) == 30
    found = households_in(case_file) - 2
    acknowledged = max(told, default=0)
    assert acknowledged <= found <= acknowledged + 1, done.stdout


@traced
def test_a_disk_that_is_full_for_one_write_of_a_backup(case_file: Path, tmp_path: Path) -> None:
    """Every write in turn: of the zip, of the list of backups, of the keys on closing, and of the answer itself."""
    folder = tmp_path / "backups"
    words = ("backup", str(case_file), str(folder))
    writes, told = count_calls(*words)["write"], 0
    for number in range(1, writes + 1):
        shutil.rmtree(folder)
        done = run_failing("write", "ENOSPC", str(number), *words)
        refused = "refused: " in done.stdout
        assert not refused or "MB" in done.stdout, done.stdout
        finished = list(folder.glob("*.casemgr-backup"))
        assert len(finished) == (0 if refused else 1), f"write {number}: {done.stdout}{done.stderr}"
        for file in finished:
            assert backup.verify_backup(file, SECRET).households == 2
        folder.mkdir(exist_ok=True)
        told += refused
    assert told >= 3
    assert households_in(case_file) == 2

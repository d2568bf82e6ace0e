"""The lock: one holder, taken over after a kill, refused for another computer."""

import json
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from casemgr.errors import FileInUseError, StorageError
from casemgr.persistence.lock import CaseLock

HOLD = """
import sys
from pathlib import Path
from casemgr.persistence.lock import CaseLock
lock = CaseLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    return tmp_path / "An Phú.casemgr"


def holder(case_file: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(case_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_who_has_it(case_file: Path) -> None:
    first, second = CaseLock(case_file), CaseLock(case_file)
    first.acquire()
    with pytest.raises(FileInUseError, match=socket.gethostname()):
        second.acquire()
    assert not second.held
    second.release()
    assert first.held
    owner = second.owner()
    assert owner is not None
    assert owner.host == socket.gethostname()
    first.release()
    first.release()
    second.acquire()
    second.release()
    assert second.owner() is None


def test_any_thread_may_release(case_file: Path) -> None:
    lock = CaseLock(case_file)
    lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    assert not lock.held
    CaseLock(case_file).acquire()


def test_another_process_is_refused_until_it_is_killed(case_file: Path) -> None:
    process = holder(case_file)
    with process:
        with pytest.raises(FileInUseError):
            CaseLock(case_file).acquire()
        process.send_signal(signal.SIGKILL)
        process.wait()
    lock = CaseLock(case_file)
    assert lock.owner() is not None
    lock.acquire()
    lock.release()


def test_another_computer_is_refused_by_name(case_file: Path) -> None:
    case_file.with_name(f"{case_file.name}.owner").write_text(
        json.dumps({"host": "MAY-VAN-PHONG-2", "user": "ubnd", "pid": 77})
    )
    with pytest.raises(FileInUseError, match=r"MAY-VAN-PHONG-2.*ubnd"):
        CaseLock(case_file).acquire()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"host": "x", "user": "y", "pid": "z"}', "\x00"])
def test_a_damaged_note_is_no_obstacle(case_file: Path, text: str) -> None:
    case_file.with_name(f"{case_file.name}.owner").write_text(text)
    lock = CaseLock(case_file)
    lock.acquire()
    assert lock.owner() is not None
    lock.release()


def test_a_writable_folder_gives_the_lock_and_a_wrong_one_a_sentence(case_file: Path) -> None:
    lock = CaseLock(case_file)
    assert lock.acquire_if_writable()
    lock.release()
    case_file.write_text("a file, not a folder")
    with pytest.raises(StorageError, match="An Phú"):
        CaseLock(case_file / "a.casemgr").acquire()


def test_without_a_note_the_second_is_refused_all_the_same(case_file: Path) -> None:
    first = CaseLock(case_file)
    first.acquire()
    case_file.with_name(f"{case_file.name}.owner").unlink()
    with pytest.raises(FileInUseError, match="An Phú"):
        CaseLock(case_file).acquire()
    first.release()


def test_a_place_that_cannot_be_written_is_read_only(case_file: Path) -> None:
    """The folder is missing, so that nothing can be written there, whoever runs the test."""
    assert not CaseLock(case_file.parent / "dia" / "a.casemgr").acquire_if_writable()

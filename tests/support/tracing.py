"""Runs a worker under strace, which kills it or fails its system calls at a chosen moment."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

CALLS = ("rename", "fsync", "fdatasync", "pwrite64", "write", "ftruncate", "unlink", "unlinkat", "mkdir", "rmdir")
_ROOT = Path(__file__).resolve().parents[2]


@cache
def can_trace() -> bool:
    """Whether strace is here and may trace: containers often forbid it."""
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(["strace", "-o", "/dev/null", "-e", "trace=fsync", "true"], capture_output=True, check=False)
    return done.returncode == 0


def run_worker(*words: str, strace: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """Run `tests.support.fault_workers`, under strace when options for it are given."""
    command = [sys.executable, "-m", "tests.support.fault_workers", *words]
    if strace:
        command = ["strace", "-f", "-qq", *strace, *command]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(_ROOT)}
    environment.pop("COVERAGE_PROCESS_CONFIG", None)  # the faults are for our writes, not for coverage's own
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=_ROOT)


def count_calls(*words: str) -> dict[str, int]:
    """How often the worker makes each system call from start to end."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        done = run_worker(*words, strace=("-o", str(log), "-e", f"trace={','.join(CALLS)}"))
        assert done.returncode == 0, done.stderr
        found = re.findall(r"^\d+ +(\w+)\(", log.read_text("utf-8", "replace"), re.MULTILINE)
    return {call: found.count(call) for call in CALLS}


def run_killed(call: str, number: int, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the worker and kill it as it makes the `number`-th `call`."""
    return run_worker(
        *words, strace=("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}")
    )


def run_failing(call: str, error: str, when: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the worker while `call` fails with `error`, e.g. when="3+"."""
    return run_worker(
        *words, strace=("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}")
    )

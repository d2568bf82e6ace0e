"""Programs that work on a case file until somebody kills them; what they acknowledged they printed first."""

import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from casemgr.errors import AppError
from casemgr.persistence import schema
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services import backup, restore
from casemgr.services.backup import Secret
from tests.support.workspaces import PASSPHRASE, Make, open_file

SECRET = Secret(passphrase=PASSPHRASE, profile=LIGHT_PROFILE)


def add_households(path: Path, tell: Callable[[int], None], *, most: int = 100_000) -> None:
    """Add households one by one; each number is told after `write` returned."""
    workspace = open_file(path)
    make = Make(workspace)
    for number in range(most):
        make.household(f"Nguyễn Văn {number}")
        tell(number + 1)
    workspace.close()


def add_until_killed(path: Path, pipe: Connection) -> None:
    """For a forked process."""
    add_households(path, pipe.send)


def open_once(path: Path, start: Connection, result: Connection) -> None:
    """Wait for the signal, open, say how it went, and keep the file open until told to go."""
    start.recv()
    try:
        workspace = open_file(path)
    except AppError as error:
        result.send(type(error).__name__)
        return
    result.send("opened")
    start.recv()
    workspace.close()


def say(text: object) -> None:
    """A line that is out before the next step begins."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """`python -m tests.support.fault_workers TASK PATH [OTHER]`, to be traced or limited from outside."""
    task, path = sys.argv[1], Path(sys.argv[2])
    try:
        if task == "households":
            add_households(path, say, most=int(sys.argv[3]))
        elif task == "backup":
            workspace = open_file(path)
            say(backup.create_backup(workspace, Path(sys.argv[3])).path)
            workspace.close()
        elif task == "restore":
            say(restore.restore_backup(Path(sys.argv[3]), path, SECRET).aside)
        elif task == "upgrade":
            say(schema.upgrade_if_older(path, bytes(range(32)), target=2, extra=[Path(sys.argv[3])]))
        elif task == "open":
            open_file(path).close()
            say("closed")
    except AppError as error:
        say(f"refused: {error}")


if __name__ == "__main__":
    main()

"""One program at a time for a case file: a lock that dies with its process, and a note saying who holds it."""

import getpass
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from casemgr.errors import FileInUseError, StorageError
from casemgr.files import cannot_write, folder_writable
from casemgr.i18n import _


@dataclass(frozen=True)
class LockOwner:
    """Who holds a case file: the computer, its account, the process."""

    host: str
    user: str
    pid: int


class CaseLock:
    """The right to use a case file, taken by one process on one computer."""

    def __init__(self, case_file: Path, *, host: str | None = None) -> None:
        self._case_file = case_file
        self._host = host or socket.gethostname()
        # The lock belongs to the process, whichever thread closes the file.
        self._lock = FileLock(
            case_file.with_name(f"{case_file.name}.lock"), timeout=0, thread_local=False, fallback_to_soft=False
        )
        self._note = case_file.with_name(f"{case_file.name}.owner")

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._lock.is_locked

    def owner(self) -> LockOwner | None:
        """Who holds the file, or held it when the computer stopped."""
        try:
            note = json.loads(self._note.read_text("utf-8"))
            return LockOwner(str(note["host"]), str(note["user"]), int(note["pid"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def acquire(self) -> None:
        """Take the lock at once or say who has it; one left by a killed program of this computer is taken over."""
        owner = self.owner()
        if owner is not None and owner.host != self._host:
            raise self._on_other_computer(owner)
        try:
            self._lock.acquire()
        except Timeout:
            raise self._in_use(self.owner()) from None
        except OSError as error:
            raise cannot_write(self._case_file, error) from error
        try:
            self._write_note()
        except OSError as error:
            self._lock.release()
            raise cannot_write(self._note, error) from error

    def acquire_if_writable(self) -> bool:
        """Take the lock; False when the folder cannot be written and nobody else seems to use the file."""
        if folder_writable(self._case_file.parent):
            self.acquire()
            return True
        owner = self.owner()
        if owner is not None:
            raise self._on_other_computer(owner) if owner.host != self._host else self._in_use(owner)
        return False

    def release(self) -> None:
        """Give the file free; doing it twice does no harm."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    def _write_note(self) -> None:
        note = {"host": self._host, "user": getpass.getuser(), "pid": os.getpid()}
        temporary = self._note.with_name(f"{self._note.name}.tmp-{os.getpid()}")
        temporary.write_text(json.dumps(note), "utf-8")
        temporary.replace(self._note)

    def _in_use(self, owner: LockOwner | None) -> FileInUseError:
        if owner is None:
            return FileInUseError(
                _("{file} is open in another window of the program. Work there, or close it first.").format(
                    file=self._case_file
                )
            )
        return FileInUseError(
            _(
                "{file} is open in another window of the program on this computer ({host}, account {user}). "
                "Work there, or close it first."
            ).format(file=self._case_file, host=owner.host, user=owner.user)
        )

    def _on_other_computer(self, owner: LockOwner) -> StorageError:
        return FileInUseError(
            _(
                "{file} is open on the computer {host} (account {user}). Close the program there first. "
                "If that computer was switched off or the file was copied from it, delete {note} and try again."
            ).format(file=self._case_file, host=owner.host, user=owner.user, note=self._note)
        )

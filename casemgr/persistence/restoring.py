"""Puts a prepared file set in the place of the present one: a stop at any moment leaves the old or the new one."""

import shutil
from pathlib import Path
from typing import Final

from casemgr.files import atomic_write, cannot_write, replace, sync_folder
from casemgr.persistence.keyfile import keys_path

_DATABASE: Final = "database"
_KEYS: Final = "keys"
_FILES: Final = "files"
_ASIDE: Final = "aside"
_LOGS: Final = ("-wal", "-shm", "-journal")


def files_folder(case_file: Path) -> Path:
    """The folder of sealed attachments beside a case file."""
    return case_file.with_name(f"{case_file.name}.files")


def staging_folder(case_file: Path) -> Path:
    """While this folder exists a restore is under way: it was prepared whole and only has to be finished."""
    return case_file.with_name(f"{case_file.name}.restoring")


class Staging:
    """A folder in which the new file set is prepared; until `commit` nothing of the present one is touched."""

    def __init__(self, case_file: Path) -> None:
        self._case_file = case_file
        self.folder = case_file.with_name(f"{case_file.name}.restoring-tmp")

    def begin(self) -> None:
        """An empty folder, whatever an interrupted attempt left."""
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            (self.folder / _FILES).mkdir(parents=True)
        except OSError as error:
            raise cannot_write(self.folder, error) from error

    @property
    def database(self) -> Path:
        """Where the new database goes."""
        return self.folder / _DATABASE

    @property
    def files(self) -> Path:
        """Where the new attachments go."""
        return self.folder / _FILES

    def commit(self, keys: bytes, aside: str) -> None:
        """The point of no return: the whole set is on the disk, and one rename says that it is meant."""
        atomic_write(self.folder / _KEYS, keys)
        atomic_write(self.folder / _ASIDE, aside.encode())
        sync_folder(self.files)
        sync_folder(self.folder)
        replace(self.folder, staging_folder(self._case_file))

    def abandon(self) -> None:
        """Forget it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def finish_restore(case_file: Path) -> Path | None:
    """Finish a committed restore: the present set goes aside, the new one takes its place; returns the folder aside.

    Safe to repeat after a stop anywhere. Whoever opens a case file calls this first, holding its lock.
    """
    staging = staging_folder(case_file)
    if not staging.is_dir():
        return None
    try:
        aside = case_file.with_name((staging / _ASIDE).read_text("utf-8"))
        _exchange(staging / _FILES, files_folder(case_file), aside)
        _exchange(staging / _KEYS, keys_path(case_file), aside)
        if (staging / _DATABASE).exists():
            # The old log must be gone before the new database appears: it would be replayed into it.
            for suffix in _LOGS:
                _set_aside(case_file.with_name(case_file.name + suffix), aside)
        _exchange(staging / _DATABASE, case_file, aside)
        done = Staging(case_file).folder
        shutil.rmtree(done, ignore_errors=True)
        replace(staging, done)
        shutil.rmtree(done, ignore_errors=True)
    except OSError as error:
        raise cannot_write(case_file, error) from error
    return aside if aside.exists() else None


def _exchange(staged: Path, present: Path, aside: Path) -> None:
    """When `staged` is gone it already is the present one."""
    if not staged.exists():
        return
    _set_aside(present, aside)
    if staged.is_file() or any(staged.iterdir()):
        replace(staged, present)


def _set_aside(present: Path, aside: Path) -> None:
    if not present.exists():
        return
    if not aside.exists():
        aside.mkdir()
        sync_folder(aside.parent)
    replace(present, aside / present.name)
    sync_folder(present.parent)

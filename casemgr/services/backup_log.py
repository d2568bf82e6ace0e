"""What this computer knows of the backups it made: when, where, and how far they reach; the age shown in the window."""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from casemgr.errors import StorageError
from casemgr.files import atomic_write
from casemgr.paths import data_folder
from casemgr.persistence.keyfile import database_of

_KEPT: Final = 100

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BackupRecord:
    """One verified backup; `sequence` is the newest journal row in it."""

    path: Path
    made: datetime
    verified: datetime
    sequence: int

    def age(self, now: datetime) -> timedelta:
        """How long ago it was verified; never negative, whatever the clock did since."""
        return max(now - self.verified, timedelta())

    @property
    def present(self) -> bool:
        """Whether the file is still where it was written: a stick may be out, somebody may have deleted it."""
        return self.path.is_file()


def last_backup(case_file: Path) -> BackupRecord | None:
    """The newest verified backup of a case file that this computer made; None when it made none."""
    database = database_of(case_file)
    records = records_of(database) if database else ()
    return records[-1] if records else None


def records_of(database: UUID) -> Sequence[BackupRecord]:
    """The verified backups in the order in which they were made."""
    found = []
    for entry in _read().get(database.hex, []):
        try:
            made, verified = (datetime.fromisoformat(str(entry[name])) for name in ("made", "verified"))
            found.append(BackupRecord(Path(str(entry["path"])), made, verified, int(str(entry["sequence"]))))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def record(database: UUID, *records: BackupRecord) -> None:
    """Remember verified backups; when the profile cannot be written, only the age in the window is missing."""
    known = _read()
    entries = known.setdefault(database.hex, [])
    for new in records:
        times = {"made": new.made.isoformat(), "verified": new.verified.isoformat()}
        entries.append({**asdict(new), **times, "path": str(new.path)})
    known[database.hex] = entries[-_KEPT:]
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        atomic_write(_file(), json.dumps(known, ensure_ascii=False, indent=1).encode())
    except (OSError, StorageError):
        _log.warning("the list of backups could not be written")


def _file() -> Path:
    return data_folder() / "backups.json"


def _read() -> dict[str, list[dict[str, object]]]:
    try:
        known = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {
        str(database): [entry for entry in entries if isinstance(entry, dict)]
        for database, entries in known.items()
        if isinstance(entries, list)
    }

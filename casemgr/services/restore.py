"""Bringing a backup back: what it would change is shown first, and the present file is set aside, never deleted."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, func, select

from casemgr.errors import AppError, StorageError, WrongKeyError
from casemgr.files import cannot_write, require_space, where_is
from casemgr.i18n import N_, _
from casemgr.jobs import Progress, silent
from casemgr.persistence.archive import FILES, Archive, survey
from casemgr.persistence.engine import close, open_engine
from casemgr.persistence.keyfile import DATABASE_KEY, KeyFile, derive
from casemgr.persistence.lock import CaseLock
from casemgr.persistence.models import Journal
from casemgr.persistence.restoring import Staging, finish_restore
from casemgr.persistence.schema import CURRENT, newer
from casemgr.services.backup import BackupInfo, Secret, info_of, keys_in, scratch_folder, verify

_SHOWN: Final = {
    "household": N_("Households"),
    "person": N_("People"),
    "certificate": N_("Certificates"),
    "decision": N_("Decisions"),
    "import_batch": N_("Imports"),
    "user": N_("Users"),
}


@dataclass(frozen=True)
class Difference:
    """How many of something the present file has (None without one) and the backup would bring."""

    label: str
    present: int | None
    backup: int


@dataclass(frozen=True)
class RestorePreview:
    """What a restore would bring back, and what of the present file would be set aside."""

    info: BackupInfo
    differences: tuple[Difference, ...]
    same_case_file: bool
    present_saved: datetime | None
    """When the present file was last changed; None when it is missing or cannot be read."""
    steps_set_aside: int | None
    """Steps done since the backup; None when it is not an earlier state of the present file."""


@dataclass(frozen=True)
class Restored:
    """What was brought back, and where the file that was there before lies now."""

    info: BackupInfo
    aside: Path | None


def preview_restore(
    file: Path, secret: Secret, target: Path, *, present: Engine | None = None, progress: Progress = silent
) -> RestorePreview:
    """Compare a backup with the file it would replace; `present` is the engine of that file while it is open."""
    with Archive(file) as archive, scratch_folder(target) as scratch:
        archive.check_digest()
        progress(0, 1, _("Opening the backup and comparing it"))
        dek, _keys = _open(archive, secret, target)
        verify(archive, dek, scratch / "verified")
        info = info_of(archive, verified=datetime.now(UTC))
        if present is not None:
            return _compare(archive, info, present)
        if target.exists():
            # A damaged file or one with another key cannot be compared, only replaced.
            with suppress(AppError):
                opened = open_engine(target, derive(dek, DATABASE_KEY), read_only=True)
                try:
                    return _compare(archive, info, opened)
                finally:
                    close(opened)
    differences = tuple(Difference(_(text), None, info.counts.get(table, 0)) for table, text in _SHOWN.items())
    return RestorePreview(info, differences, same_case_file=False, present_saved=None, steps_set_aside=None)


def restore_backup(
    file: Path,
    target: Path,
    secret: Secret,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Progress = silent,
) -> Restored:
    """Put a verified backup in the place of `target`, which must be closed; what lay there goes into a folder beside.

    A stop at any moment leaves the old file or the new one; the next opening finishes what was begun.
    """
    target = target.absolute()
    problem = where_is(target)
    if problem is not None:
        raise StorageError(problem.message)
    lock = CaseLock(target)
    lock.acquire()
    staging = Staging(target)
    try:
        finish_restore(target)
        staging.begin()
        with Archive(file) as archive:
            progress(0, 3, _("Reading the backup"))
            archive.check_digest()
            if archive.manifest.survey.schema > CURRENT:
                raise newer(file, archive.manifest.survey.schema)
            require_space(target, size=sum(part.size for part in archive.manifest.parts.values()))
            dek, keys = _open(archive, secret, target)
            progress(1, 3, _("Opening the backup and comparing it"))
            verify(archive, dek, staging.database)
            for name in archive.manifest.parts:
                if name.startswith(FILES):
                    archive.extract(name, staging.files / name.removeprefix(FILES))
            now = clock()
            info = info_of(archive, verified=now)
            journal = archive.manifest.survey.journal
            sealed = keys.for_restore(journal.sequence, journal.digest, after=_generation(target, keys))
        progress(2, 3, _("Putting the backup in place"))
        staging.commit(sealed, _aside_name(target, now))
        aside = finish_restore(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        staging.abandon()
        lock.release()
    progress(3, 3, _("The backup is in place"))
    return Restored(info, aside)


def _open(archive: Archive, secret: Secret, target: Path) -> tuple[bytes, KeyFile]:
    """The key, and the keys that will lie beside the restored file.

    Keys of today stay when the secret opens them, so that a passphrase of long ago does not come back; otherwise those
    in the backup return.
    """
    if target.exists():  # otherwise keys would be healed beside a file that is not there
        with suppress(AppError):
            present = KeyFile.load(target, profile=secret.accepted)
            if present.database == archive.manifest.database:
                dek = secret.open(present)
                if archive.manifest.holds(dek) and present.adopt(dek):
                    return dek, present
    keys = keys_in(archive, secret)
    dek = secret.open(keys)
    if not archive.manifest.holds(dek):
        raise WrongKeyError(
            _("{file} belongs to another case file: the key in use does not open it. Type its own passphrase.").format(
                file=archive.path
            )
        )
    keys.adopt(dek)
    return dek, keys


def _generation(target: Path, keys: KeyFile) -> int:
    with suppress(StorageError):
        present = KeyFile.load(target, profile=keys.profile)
        return present.generation if present.database == keys.database else 0
    return 0


def _aside_name(target: Path, now: datetime) -> str:
    base = f"{target.stem}-aside-{now.astimezone():%Y%m%d-%H%M%S}"
    name, number = base, 1
    while target.with_name(name).exists():
        number += 1
        name = f"{base}-{number}"
    return name


def _compare(archive: Archive, info: BackupInfo, present: Engine) -> RestorePreview:
    journal = archive.manifest.survey.journal
    found = survey(present)
    with present.connect() as connection:
        saved = connection.execute(select(func.max(Journal.at))).scalar()
        same_row = connection.execute(select(Journal.hash).where(Journal.seq == journal.sequence)).scalar()
    earlier = journal.sequence == 0 or same_row == journal.digest
    return RestorePreview(
        info,
        tuple(
            Difference(_(text), found.counts.get(table, 0), info.counts.get(table, 0)) for table, text in _SHOWN.items()
        ),
        same_case_file=earlier,
        present_saved=saved,
        steps_set_aside=found.journal.sequence - journal.sequence if earlier else None,
    )

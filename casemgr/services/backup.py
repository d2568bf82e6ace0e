"""Backups: one file that holds everything, verified by opening it, thinned out with age."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from casemgr import __version__, paths
from casemgr.domain.permissions import Permission, allows
from casemgr.errors import NotAllowedError, StorageError
from casemgr.files import cannot_write, folder_writable, require_space, safe_name, sync_file, temporary_beside
from casemgr.files import replace as put_in_place
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.archive import DATABASE, FILES, KEYS, SUFFIX, Archive, Manifest, damaged, survey, write_archive
from casemgr.persistence.engine import close, copy_into, find_damage, open_engine
from casemgr.persistence.keyfile import DATABASE_KEY, DEFAULT_PROFILE, LIGHT_PROFILE, KdfProfile, KeyFile, derive
from casemgr.persistence.restoring import files_folder
from casemgr.services.backup_log import BackupRecord, last_backup, record, records_of
from casemgr.workspace import Workspace

_STEPS: Final = 5


@dataclass(frozen=True)
class BackupInfo:
    """What a backup says of itself; `verified` is when it was last opened and compared on this computer."""

    path: Path
    name: str
    made: datetime
    program: str
    schema: int
    database: UUID
    counts: Mapping[str, int]
    sequence: int
    size: int
    verified: datetime | None = None
    copies: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()
    """Why a second place got no copy, in sentences."""

    @property
    def households(self) -> int:
        """Households in it."""
        return self.counts.get("household", 0)

    @property
    def people(self) -> int:
        """People in it."""
        return self.counts.get("person", 0)


@dataclass(frozen=True)
class Secret:
    """What opens a backup: the key of the open case file, or a passphrase, or the recovery code."""

    passphrase: str | None = field(default=None, repr=False)
    recovery: str | None = field(default=None, repr=False)
    dek: bytes | None = field(default=None, repr=False)
    login: str | None = None
    profile: KdfProfile = DEFAULT_PROFILE

    @property
    def accepted(self) -> KdfProfile:
        """The cost that key slots must have; with the key itself in hand no slot is relied on."""
        return self.profile if self.dek is None else LIGHT_PROFILE

    def open(self, keys: KeyFile) -> bytes:
        """The key of the case file; WrongKeyError when this secret does not open `keys`."""
        if self.dek is not None:
            return self.dek
        if self.recovery is not None:
            return keys.recover(self.recovery).dek
        return keys.unlock(self.passphrase or "", self.login).dek


@dataclass(frozen=True)
class Tiers:
    """How many backups stay: the newest ones, one a day, one a month."""

    last: int = 10
    daily: int = 30
    monthly: int = 12


def create_backup(
    workspace: Workspace,
    folder: Path,
    *,
    name: str | None = None,
    second: Path | None = None,
    progress: Progress = silent,
) -> BackupInfo:
    """Write a verified backup into `folder`, and a copy into a second place when one is given.

    A second place that fails is reported in `problems`; the first backup stands all the same.
    """
    if not allows(workspace.actor.role, Permission.BACKUP):
        raise NotAllowedError(_("Your role may not make backups. Ask the administrator."))
    now = workspace.now
    stem = safe_name(workspace.path.stem)
    target = folder / name if name else _free_name(folder, stem, now)
    if target.exists():
        raise StorageError(_("{file} exists already. Choose another name.").format(file=target))
    temporary = temporary_beside(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with scratch_folder(workspace.path) as scratch:
            manifest = _write(workspace, temporary, scratch, now, progress)
            progress(3, _STEPS, _("Opening the backup and comparing it"))
            with Archive(temporary) as archive:
                verify(archive, workspace.dek, scratch / "verified")
                info = info_of(archive, verified=now)
        put_in_place(temporary, target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        _discard(temporary)
    info = replace(info, path=target)
    record(manifest.database, BackupRecord(target, now, now, manifest.survey.journal.sequence))
    if second is not None:
        progress(4, _STEPS, _("Copying the backup to the second place"))
        info = _copy_to(info, second / target.name, now)
    progress(_STEPS, _STEPS, _("The backup is ready and verified"))
    return info


def back_up_changes(
    workspace: Workspace,
    *,
    folder: Path | None = None,
    second: Path | None = None,
    tiers: Tiers = Tiers(),
    progress: Progress = silent,
) -> BackupInfo | None:
    """The backup on closing, thinning out old ones; None when nothing changed since the last or the role makes none."""
    if not allows(workspace.actor.role, Permission.BACKUP):
        return None
    folder = folder or paths.backup_folder()
    previous = last_backup(workspace.path)
    if previous and previous.present and previous.sequence == workspace.anchor()[0]:
        return None
    info = create_backup(workspace, folder, second=second, progress=progress)
    for place in {info.path.parent, *(copy.parent for copy in info.copies)}:
        thin_out(place, info.database, tiers)
    return info


def verify_backup(file: Path, secret: Secret, *, progress: Progress = silent) -> BackupInfo:
    """Open a backup and check every page, row count and seal in it."""
    progress(0, 2, _("Reading the backup"))
    with Archive(file) as archive, scratch_folder(paths.data_folder() / "backup") as scratch:
        archive.check_digest()
        dek = secret.dek or secret.open(keys_in(archive, secret))
        progress(1, 2, _("Opening the backup and comparing it"))
        verify(archive, dek, scratch / "verified")
        now = datetime.now().astimezone()
        info = info_of(archive, verified=now)
    record(info.database, BackupRecord(file.absolute(), info.made, now, info.sequence))
    progress(2, 2, _("The backup is whole"))
    return info


def list_backups(folder: Path, database: UUID | None = None) -> list[BackupInfo]:
    """The readable backups in a folder, the newest state first; damaged ones are left out."""
    found = []
    for file in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []:
        try:
            with Archive(file) as archive:
                info = info_of(archive)
        except StorageError:
            continue
        if database in {None, info.database}:
            known = [entry.verified for entry in records_of(info.database) if entry.path == file.absolute()]
            found.append(replace(info, verified=known[-1] if known else None))
    return sorted(found, key=lambda info: (info.sequence, info.made), reverse=True)


def thin_out(folder: Path, database: UUID, tiers: Tiers) -> list[Path]:
    """Delete the backups of one case file that no tier keeps; never the newest state, never the newest verified one."""
    found = list_backups(folder, database)
    kept = {info.path for info in found[: max(tiers.last, 1)]}
    verified = {entry.path for entry in records_of(database)[-1:]}
    days: dict[object, Path] = {}
    months: dict[object, Path] = {}
    for info in found:
        made = info.made.astimezone()
        days.setdefault(made.date(), info.path)
        months.setdefault((made.year, made.month), info.path)
    kept |= set(list(days.values())[: tiers.daily]) | set(list(months.values())[: tiers.monthly])
    gone = [info.path for info in found if info.path not in kept and info.path.absolute() not in verified]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def verify(archive: Archive, dek: bytes, database: Path) -> None:
    """Extract the database to `database` and check it against the manifest; it stays there when all is well."""
    manifest = archive.manifest
    archive.check_digest()
    if not manifest.holds(dek):
        raise damaged(archive.path)
    require_space(database, size=manifest.parts[DATABASE].size)
    try:
        archive.extract(DATABASE, database)
    except OSError as error:
        raise cannot_write(database, error) from error
    engine = open_engine(database, derive(dek, DATABASE_KEY), read_only=True)
    try:
        if find_damage(engine) or survey(engine) != manifest.survey:
            raise damaged(archive.path)
    finally:
        close(engine)


def keys_in(archive: Archive, secret: Secret) -> KeyFile:
    """The keys that travel in a backup; unlocking them writes nothing."""
    data = archive.keys()
    try:
        return KeyFile.from_bytes(archive.path, data, profile=secret.accepted)
    except StorageError as error:
        raise damaged(archive.path) from error


def info_of(archive: Archive, *, verified: datetime | None = None) -> BackupInfo:
    """The manifest as people are shown it."""
    manifest = archive.manifest
    return BackupInfo(
        archive.path,
        manifest.name,
        manifest.made,
        manifest.program,
        manifest.survey.schema,
        manifest.database,
        manifest.survey.counts,
        manifest.survey.journal.sequence,
        archive.size,
        verified,
    )


@contextmanager
def scratch_folder(beside: Path) -> Iterator[Path]:
    """A folder for ciphertext that is gone afterwards; what a killed program left there is removed first."""
    parent = beside.parent if folder_writable(beside.parent) else paths.data_folder()
    folder = parent / f"{beside.name}.backup-tmp"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(workspace: Workspace, target: Path, scratch: Path, now: datetime, progress: Progress) -> Manifest:
    path, engine, dek = workspace.path, workspace.engine, workspace.dek
    files = sorted(file for file in _attachments(path) if file.is_file())
    size = path.stat().st_size + sum(file.stat().st_size for file in files)
    require_space(scratch, size=2 * path.stat().st_size)
    require_space(target, size=size)
    progress(0, _STEPS, _("Copying the case file"))
    before = survey(engine)
    copy = scratch / "copy"
    copy_into(engine, copy)
    progress(1, _STEPS, _("Checking the copy"))
    copied = open_engine(copy, derive(dek, DATABASE_KEY), read_only=True)
    try:
        after = survey(copied)
    finally:
        close(copied)
    if after.journal == before.journal and after != before:
        raise damaged(path)
    progress(2, _STEPS, _("Writing the backup"))
    manifest = Manifest(path.stem, __version__, workspace.keys.database, now, after, {})
    parts: dict[str, Path | bytes] = {DATABASE: copy, KEYS: workspace.keys.to_bytes()}
    parts |= {f"{FILES}{file.name}": file for file in files}
    manifest = write_archive(target, manifest, dek, parts)
    copy.unlink()
    return manifest


def _attachments(case_file: Path) -> Sequence[Path]:
    folder = files_folder(case_file)
    return list(folder.iterdir()) if folder.is_dir() else []


def _copy_to(info: BackupInfo, target: Path, now: datetime) -> BackupInfo:
    """A place that is missing or full is told, not raised: the first backup is good."""
    temporary = temporary_beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        require_space(target, size=info.size)
        shutil.copyfile(info.path, temporary)
        sync_file(temporary)
        if _sha256(temporary) != _sha256(info.path):
            raise damaged(temporary)
        put_in_place(temporary, target)
    except OSError as error:
        return replace(info, problems=(*info.problems, str(cannot_write(target, error))))
    except StorageError as error:
        return replace(info, problems=(*info.problems, str(error)))
    finally:
        _discard(temporary)
    record(info.database, BackupRecord(target.absolute(), info.made, now, info.sequence))
    return replace(info, copies=(*info.copies, target))


def _sha256(file: Path) -> bytes:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").digest()


def _discard(temporary: Path) -> None:
    """A stick that was pulled out keeps its half file; its name says that it is none."""
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return


def _free_name(folder: Path, stem: str, now: datetime) -> Path:
    stamp = f"{now.astimezone():%Y%m%d-%H%M%S}"
    target, number = folder / f"{stem}-{stamp}{SUFFIX}", 1
    while target.exists():
        number += 1
        target = folder / f"{stem}-{stamp}-{number}{SUFFIX}"
    return target

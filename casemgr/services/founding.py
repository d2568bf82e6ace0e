"""Beginning an office: its file with everything the first person entered, whole or not at all; and a sample office."""

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr import paths
from casemgr.domain.offices import HamletData, OfficeData, SignatoryData, UserData
from casemgr.domain.passphrases import check_passphrase
from casemgr.domain.recovery import RecoveryCode
from casemgr.errors import NotAllowedError, Problem, StorageError, ValidationError
from casemgr.files import cannot_write
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.keyfile import DEFAULT_PROFILE, KdfProfile, copies_folder, keys_path
from casemgr.persistence.models import Household
from casemgr.persistence.restoring import files_folder
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices, samples
from casemgr.services.backup import list_backups
from casemgr.workspace import Clock, Workspace, system_clock

RECOVERY_SHEET: Final = "recovery_sheet"
"""Office setting: when the sheet of the recovery code in force was seen on paper."""

SAMPLE_COMMUNE: Final = "28901"
SAMPLE_HOUSEHOLDS: Final = 160
SAMPLE_SEED: Final = 7
SAMPLE_LOGIN: Final = "thu"
SAMPLE_PASSPHRASE: Final = "van phong chay thu"  # noqa: S105 - of invented people; the window shows it

_STEPS: Final = 3
_BESIDE: Final = ("-wal", "-shm", "-journal", ".lock", ".owner")


@dataclass(frozen=True)
class NewOffice:
    """What the first-run wizard asks for."""

    office: OfficeData
    hamlets: tuple[HamletData, ...]
    signatories: tuple[SignatoryData, ...]
    user: UserData


def found_office(
    path: Path,
    new: NewOffice,
    passphrase: str,
    *,
    profile: KdfProfile = DEFAULT_PROFILE,
    clock: Clock = system_clock,
    progress: Progress = silent,
) -> tuple[Workspace, RecoveryCode]:
    """Make the case file of an office with its hamlets and signatories; when it fails nothing of it is left."""
    path = path.absolute()
    problems = [Problem("passphrase", message) for message in check_passphrase(passphrase, login=new.user.login)]
    if problems:
        raise ValidationError(problems)
    _refuse_present(path)
    made_folder = not path.parent.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    workspace: Workspace | None = None
    try:
        progress(0, _STEPS, _("Making the key"))
        workspace, code = Workspace.create(
            path, new.office, user=new.user, passphrase=passphrase, profile=profile, clock=clock
        )
        progress(1, _STEPS, _("Writing the office"))
        workspace.write(_fill, new)
        progress(2, _STEPS, _("Checking what was written"))
        workspace.checkpoint()
        progress(_STEPS, _STEPS, "")
    except BaseException:
        if workspace is not None:
            workspace.close()
        _remove(path)
        if made_folder:
            with suppress(OSError):
                path.parent.rmdir()
        raise
    return workspace, code


def note_recovery_sheet(uow: UnitOfWork) -> None:
    """Remember that the sheet of the code in force was held in the hand."""
    offices.keep_setting(uow, RECOVERY_SHEET, json.dumps({"seen": uow.today.isoformat()}))


def recovery_sheet_seen(uow: UnitOfWork) -> date | None:
    """When the sheet of the code in force was seen on paper; None when nobody confirmed it."""
    kept = offices.setting(uow, RECOVERY_SHEET)
    try:
        return date.fromisoformat(json.loads(kept)["seen"]) if kept else None
    except (ValueError, KeyError, TypeError):
        return None


def discard(workspace: Workspace) -> None:
    """Close a file that keeps nothing real and delete it with its keys: a sample, or an office begun by mistake."""
    office = workspace.read(offices.office)
    if not office.sample and workspace.read(_household_count):
        raise NotAllowedError(_("This file keeps households. It is never deleted by the program."))
    path, database = workspace.path, workspace.keys.database
    workspace.close()
    _remove(path, database)


# ---- the sample office


def sample_path() -> Path:
    """Where the sample office lies: in a folder of its own, apart from real files."""
    return paths.data_folder() / "sample" / "van-phong-mau.casemgr"


def open_sample(
    *,
    households: int = SAMPLE_HOUSEHOLDS,
    profile: KdfProfile = DEFAULT_PROFILE,
    clock: Clock = system_clock,
    progress: Progress = silent,
) -> Workspace:
    """Open the sample office; the first time it is made, with invented people."""
    path = sample_path()
    if path.exists():
        return Workspace.open(path, passphrase=SAMPLE_PASSPHRASE, profile=profile, clock=clock, progress=progress)
    new = NewOffice(
        offices.default_office(SAMPLE_COMMUNE, sample=True),
        (),
        (SignatoryData("Trần Văn Mẫu", ("CHỦ TỊCH",)),),
        UserData(SAMPLE_LOGIN, "Nguyễn Thị Thử"),
    )
    _remove(path)  # what a stopped attempt left
    workspace, _code = found_office(path, new, SAMPLE_PASSPHRASE, profile=profile, clock=clock)
    try:
        workspace.write(samples.make_sample, households=households, seed=SAMPLE_SEED, progress=progress)
        workspace.write(note_recovery_sheet)
    except BaseException:
        discard(workspace)
        raise
    return workspace


def remove_sample(workspace: Workspace) -> None:
    """Close the sample office and delete everything of it, its backups too; real files are not touched."""
    if not workspace.read(offices.office).sample:
        raise NotAllowedError(_("This is the file of a real office, not the sample. Nothing was deleted."))
    path, database = workspace.path, workspace.keys.database
    workspace.close()
    _remove(path, database)
    for info in list_backups(paths.backup_folder(), database):
        info.path.unlink(missing_ok=True)
    if path == sample_path():
        shutil.rmtree(path.parent, ignore_errors=True)


# ---- parts


def _fill(uow: UnitOfWork, new: NewOffice) -> None:
    uow.name_step("office.found", undoable=False)
    for hamlet in new.hamlets:
        offices.add_hamlet(uow, hamlet)
        uow.session.flush()
    for signatory in new.signatories:
        offices.add_signatory(uow, signatory)


def _household_count(uow: UnitOfWork) -> int:
    return uow.session.scalar(select(func.count()).select_from(Household)) or 0


def _refuse_present(path: Path) -> None:
    if path.exists() or keys_path(path).exists():
        raise StorageError(_("{file} already exists. Choose another name or open it.").format(file=path))


def _remove(path: Path, database: UUID | None = None) -> None:
    """Delete a closed file set; what cannot be deleted is ciphertext nobody can open any more."""
    gone = [path, keys_path(path), *(path.with_name(path.name + suffix) for suffix in _BESIDE)]
    if database is not None:
        gone.append(copies_folder() / f"{database}.keys")
    for file in gone:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    shutil.rmtree(files_folder(path), ignore_errors=True)

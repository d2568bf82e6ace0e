"""Files written whole or not at all, names every disk accepts, free space, and what kind of place a path is in."""

import errno
import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from casemgr.errors import StorageError
from casemgr.i18n import N_, _

RETRY_SECONDS: Final = 2.5
"""How long a rename is tried again while a virus scanner or a sync program holds the file (Windows only)."""

_HELD_BY_ANOTHER: Final = frozenset({5, 32, 33})
_MEGABYTE: Final = 1024 * 1024
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)
_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
_LONGEST_NAME: Final = 120


def temporary_beside(path: Path) -> Path:
    """The name under which `path` is being made; nobody reads it before it is renamed."""
    return path.with_name(f"{path.name}.tmp-{os.getpid()}")


def sync_file(path: Path) -> None:
    """Wait until the disk has the content of the file."""
    # Windows flushes only handles that may write.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in the folder; Windows journals them itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(source: Path, target: Path, *, move: Callable[[Path, Path], None] = os.replace) -> None:
    """Rename `source` to `target`, waiting for a virus scanner to let go, and put the new name on the disk."""
    deadline = time.monotonic() + RETRY_SECONDS
    pause = 0.01
    while True:
        try:
            move(source, target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_ANOTHER or time.monotonic() + pause > deadline:
                raise
            time.sleep(pause)
            pause = min(pause * 2, 0.5)
        else:
            break
    sync_folder(target.parent)


def atomic_write(path: Path, data: bytes) -> None:
    """Write the whole file beside and rename: after a power cut there is the old file or the new one."""
    temporary = temporary_beside(path)
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise cannot_write(path, error) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def cannot_write(path: Path, error: OSError) -> StorageError:
    """What to tell a person when `path` could not be written."""
    if is_full(error):
        return disk_full(path, needed_mb=1)
    return StorageError(
        _(
            "{file} cannot be written: {reason}. Check that the folder exists and may be written to, then try again."
        ).format(file=path, reason=why(error))
    )


def why(error: OSError) -> str:
    """The system's reason in our words, for the few that happen; else as the system says it."""
    words = {
        errno.ENOENT: _("it does not exist"),
        errno.EACCES: _("access is refused"),
        errno.EPERM: _("access is refused"),
        errno.EROFS: _("the disk is write-protected"),
        errno.EEXIST: _("something of that name exists already"),
        errno.ENOTDIR: _("a part of the path is no folder"),
        errno.EISDIR: _("it is a folder"),
        errno.EIO: _("the disk failed"),
        errno.ENODEV: _("the disk was removed"),
    }
    return words.get(error.errno or 0, error.strerror or type(error).__name__)


def is_full(error: OSError) -> bool:
    """Whether the system said that the disk or the quota is used up."""
    full = {28, 122, 27}  # ENOSPC, EDQUOT, EFBIG
    return error.errno in full or getattr(error, "winerror", None) in {39, 112}


def disk_full(path: Path, *, needed_mb: int) -> StorageError:
    """The message for a full disk, naming the disk and the room needed."""
    return StorageError(
        _(
            "The disk {drive} is full: {free} MB are free, about {needed} MB are needed. "
            "Nothing that was saved is lost. Delete files you no longer need or empty the recycle bin, then try again."
        ).format(drive=drive_of(path), free=free_space_mb(path), needed=needed_mb)
    )


def drive_of(path: Path) -> str:
    """The disk a path is on, as a person knows it: `D:` or the folder it is attached to."""
    here = existing_part(path)
    if here.drive:
        return here.drive
    while not here.is_mount():
        here = here.parent
    return str(here)


def existing_part(path: Path) -> Path:
    """The path itself, or the nearest folder above it that exists."""
    here = path.absolute()
    while not here.exists() and here != here.parent:
        here = here.parent
    return here


def free_space_mb(path: Path) -> int:
    """Whole megabytes free on the disk of `path`, which need not exist yet."""
    return shutil.disk_usage(existing_part(path)).free // _MEGABYTE


def require_space(path: Path, *, size: int) -> None:
    """Refuse before starting when the disk of `path` has no room for `size` bytes and a reserve."""
    needed = size // _MEGABYTE + 8
    if free_space_mb(path) < needed:
        raise disk_full(path, needed_mb=needed)


def folder_writable(folder: Path) -> bool:
    """Whether a file can be made in the folder; on Windows only trying tells."""
    if not os.access(folder, os.W_OK):
        return False
    probe = folder / f".casemgr-probe-{os.getpid()}"
    try:
        os.close(os.open(probe, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        return False
    probe.unlink(missing_ok=True)
    return True


def safe_name(text: str, *, fallback: str = "casemgr") -> str:
    """A file name that NTFS and FAT32 accept, as near to `text` as they allow."""
    kept = "".join(
        "_"
        if letter in _FORBIDDEN or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        else letter
        for letter in unicodedata.normalize("NFC", text)
    )
    name = " ".join(kept.split())[:_LONGEST_NAME].strip(" .")
    if not name.strip("_"):
        name = fallback
    if name.split(".")[0].strip().casefold() in _RESERVED:
        name = f"_{name}"
    return name


class PlaceKind(Enum):
    """Why a place does not suit a case file that is being worked on."""

    NETWORK = "network"
    REMOVABLE = "removable"
    CLOUD = "cloud"


@dataclass(frozen=True)
class PathProblem:
    """A place where a backup may lie but not the file in use; `message` is for a person."""

    kind: PlaceKind
    message: str


_PLACE_TEXTS: Final = {
    PlaceKind.NETWORK: N_(
        "{path} is on a network share, where a case file can be damaged when the network fails. "
        "Choose a folder on this computer's own disk; backups may be kept on the share."
    ),
    PlaceKind.REMOVABLE: N_(
        "{path} is on a removable drive, where a case file is damaged when the drive is pulled out. "
        "Choose a folder on this computer's own disk; backups may be kept on the drive."
    ),
    PlaceKind.CLOUD: N_(
        "{path} is in a folder that another program copies to the internet, "
        "which can mix old and new parts of a case file. Choose a folder outside it; backups may be kept there."
    ),
}

_NETWORK_SYSTEMS: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs",
        "davfs",
        "fuse.gvfsd-fuse",
        "ceph",
        "glusterfs",
    }
)
_CLOUD_NAMES: Final = (
    "onedrive",
    "google drive",
    "googledrive",
    "my drive",
    "drivefs",
    "dropbox",
    "icloud drive",
    "iclouddrive",
    "zalo",
    "zalo received files",
    "mega",
    "nextcloud",
    "pcloud",
)
_CLOUD_VARIABLES: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


def where_is(path: Path) -> PathProblem | None:
    """What speaks against working on a case file at `path`; None when the place is good."""
    kind = _kind_of(path.absolute(), path.absolute().resolve())
    if kind is None:
        return None
    return PathProblem(kind, _(_PLACE_TEXTS[kind]).format(path=path))


def _kind_of(path: Path, resolved: Path) -> PlaceKind | None:
    if _in_cloud(path.parts) or _in_cloud(resolved.parts) or _below_any(resolved, _cloud_roots()):
        return PlaceKind.CLOUD
    if sys.platform == "win32":
        return _kind_of_drive(resolved)
    return kind_of_mount(resolved, Path("/proc/mounts"), Path("/sys"))


def _in_cloud(parts: Iterable[str]) -> bool:
    """OneDrive adds the organisation: "OneDrive - UBND xã An Phú"."""
    return any(
        part.casefold() == name or part.casefold().startswith(f"{name} - ") for part in parts for name in _CLOUD_NAMES
    )


def _cloud_roots() -> list[Path]:
    return [Path(value).resolve() for value in map(os.environ.get, _CLOUD_VARIABLES) if value]


def _below_any(path: Path, roots: Iterable[Path]) -> bool:
    return any(path.is_relative_to(root) for root in roots)


if sys.platform == "win32":

    def _kind_of_drive(resolved: Path) -> PlaceKind | None:
        import ctypes

        if resolved.drive.startswith("\\\\"):
            return PlaceKind.NETWORK
        # DRIVE_REMOVABLE 2, DRIVE_REMOTE 4, DRIVE_CDROM 5
        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{resolved.drive}\\")
        return {2: PlaceKind.REMOVABLE, 4: PlaceKind.NETWORK, 5: PlaceKind.REMOVABLE}.get(kind)


def kind_of_mount(resolved: Path, mounts: Path, devices: Path) -> PlaceKind | None:
    """The kind of place by the system's table of mounts and its tree of devices (Linux)."""
    best: tuple[int, str, str] | None = None
    for line in mounts.read_text("utf-8", "replace").splitlines() if mounts.exists() else []:
        device, where, system, *_rest = line.split(" ")
        folder = Path(where.encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace"))
        depth = len(folder.parts)
        if resolved.is_relative_to(folder) and (best is None or depth >= best[0]):
            best = depth, device, system
    if best is None:
        return None
    _depth, device, system = best
    if system in _NETWORK_SYSTEMS:
        return PlaceKind.NETWORK
    if device.startswith("/dev/") and _is_removable(Path(device).name, devices):
        return PlaceKind.REMOVABLE
    return None


def _is_removable(name: str, devices: Path) -> bool:
    """A partition sits inside its disk's folder; the disk says whether it can be taken out or hangs on USB."""
    node = devices / "class" / "block" / name
    if not node.exists():
        return False
    real = node.resolve()
    for folder in (real, real.parent):
        flag = folder / "removable"
        if flag.exists() and flag.read_text("ascii", "replace").strip() == "1":
            return True
    return any(part.startswith("usb") for part in real.parts)

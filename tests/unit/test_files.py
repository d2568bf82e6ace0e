"""Files written whole, names every disk takes, and which places suit a case file."""

import errno
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr import files
from casemgr.errors import StorageError
from casemgr.files import PlaceKind, atomic_write, kind_of_mount, replace, safe_name, where_is


def test_the_old_content_stays_until_the_new_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "keys"
    atomic_write(target, b"old")
    atomic_write(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_leaves_the_old_and_no_leftover(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="folder"):
        atomic_write(tmp_path / "folder", b"x")
    with pytest.raises(StorageError, match="nowhere"):
        atomic_write(tmp_path / "nowhere" / "x", b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


class Scanner:
    """A virus scanner that holds the file for some tries; Windows says so with these codes."""

    def __init__(self, code: int, tries: int) -> None:
        self.code, self.tries, self.calls = code, tries, 0

    def __call__(self, source: Path, target: Path) -> None:
        self.calls += 1
        if self.calls <= self.tries:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = self.code  # type: ignore[attr-defined] # as on Windows
            raise error
        source.replace(target)


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_rename_waits_for_a_virus_scanner(tmp_path: Path, code: int) -> None:
    (tmp_path / "a").write_text("new")
    replace(tmp_path / "a", tmp_path / "b", move=Scanner(code, 3))
    assert (tmp_path / "b").read_text() == "new"


def test_a_rename_gives_up_in_the_end_and_at_once_for_other_reasons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "RETRY_SECONDS", 0.2)
    (tmp_path / "a").write_text("new")
    patient, other = Scanner(32, 10**6), Scanner(3, 1)
    with pytest.raises(PermissionError):
        replace(tmp_path / "a", tmp_path / "b", move=patient)
    with pytest.raises(PermissionError):
        replace(tmp_path / "a", tmp_path / "b", move=other)
    assert patient.calls > 2
    assert other.calls == 1
    assert (tmp_path / "a").exists()


def test_a_full_disk_is_told_with_drive_and_megabytes(tmp_path: Path) -> None:
    message = str(files.cannot_write(tmp_path / "x", OSError(errno.ENOSPC, "no space")))
    assert files.drive_of(tmp_path) in message
    assert "MB" in message
    with pytest.raises(StorageError, match="MB"):
        files.require_space(tmp_path / "not" / "there", size=10**18)
    files.require_space(tmp_path / "not" / "there", size=1)


@given(st.text(max_size=300))
def test_every_name_is_legal_everywhere(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name) <= 121
    assert not set(name) & set('<>:"/\\|?*')
    assert all(unicodedata.category(letter)[0] != "C" for letter in name)
    assert name == unicodedata.normalize("NFC", name)
    assert name[-1] not in " ."
    assert name.split(".")[0].strip().casefold() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Xã An Phú", "Xã An Phú"),
        ("a/b\\c:d", "a_b_c_d"),
        ("NUL.xlsx", "_NUL.xlsx"),
        ("con", "_con"),
        ("tên. ", "tên"),
        ("", "casemgr"),
        ("???", "casemgr"),
        ("a\u202egpj.exe", "a_gpj.exe"),
        ("dòng\nhai", "dòng_hai"),
    ],
)
def test_names_stay_as_near_as_they_can(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_an_ordinary_folder_is_fine(tmp_path: Path) -> None:
    assert where_is(tmp_path / "new" / "An Phú.casemgr") is None


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive",
        "OneDrive - UBND xã An Phú",
        "Google Drive/My Drive",
        "Dropbox",
        "Zalo Received Files",
        "iCloud Drive",
    ],
)
def test_folders_that_are_copied_to_the_internet_are_refused(tmp_path: Path, folder: str) -> None:
    problem = where_is(tmp_path / folder / "An Phú.casemgr")
    assert problem is not None
    assert problem.kind is PlaceKind.CLOUD
    assert "An Phú.casemgr" in problem.message


def test_a_link_into_such_a_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Documents").symlink_to(tmp_path / "Dropbox")
    assert where_is(tmp_path / "Documents" / "a.casemgr") is not None


def test_the_folder_that_the_sync_program_names_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "Tài liệu"))
    assert where_is(tmp_path / "Tài liệu" / "a.casemgr") is not None
    assert where_is(tmp_path / "Tài liệu khác" / "a.casemgr") is None


def machine(tmp_path: Path) -> tuple[Path, Path]:
    """A table of mounts and a tree of devices: a disk, a stick on USB, a card reader, two shares."""
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda2 / ext4 rw 0 0\n"
        "/dev/sdb1 /media/lan/THE\\040NHO vfat rw 0 0\n"
        "/dev/mmcblk0p1 /media/card vfat rw 0 0\n"
        "//may1/chung /mnt/chung cifs rw 0 0\n"
        "may2:/home /mnt/nfs nfs4 rw 0 0\n"
        "tmpfs /run/user tmpfs rw 0 0\n"
    )
    devices = tmp_path / "sys"
    block = devices / "class" / "block"
    block.mkdir(parents=True)
    for disk, partition, place, removable in [
        ("sda", "sda2", "pci0000:00/ata1", "0"),
        ("sdb", "sdb1", "pci0000:00/usb2/2-1", "0"),
        ("mmcblk0", "mmcblk0p1", "pci0000:00/mmc0", "1"),
    ]:
        real = devices / "devices" / place / "block" / disk
        (real / partition).mkdir(parents=True)
        (real / "removable").write_text(removable + "\n")
        (block / disk).symlink_to(real)
        (block / partition).symlink_to(real / partition)
    return mounts, devices


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/lan/a.casemgr", None),
        ("/run/user/a.casemgr", None),
        ("/media/lan/THE NHO/a.casemgr", PlaceKind.REMOVABLE),
        ("/media/card/a.casemgr", PlaceKind.REMOVABLE),
        ("/mnt/chung/a.casemgr", PlaceKind.NETWORK),
        ("/mnt/nfs/a.casemgr", PlaceKind.NETWORK),
        ("/mnt/chungcu/a.casemgr", None),
    ],
)
def test_shares_and_sticks_are_known_by_their_mounts(tmp_path: Path, path: str, kind: PlaceKind | None) -> None:
    assert kind_of_mount(Path(path), *machine(tmp_path)) is kind


def test_without_a_table_of_mounts_every_place_is_fine(tmp_path: Path) -> None:
    assert kind_of_mount(Path("/x"), tmp_path / "none", tmp_path) is None

"""Bringing a backup back: shown first, the present file set aside, never a mixture."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casemgr.domain.offices import UserData
from casemgr.errors import FileInUseError, StorageError, WrongKeyError
from casemgr.persistence.engine import close, open_engine
from casemgr.persistence.keyfile import KeyFile, keys_path
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.persistence.restoring import Staging, files_folder, finish_restore, staging_folder
from casemgr.services import backup, households, offices, restore
from casemgr.services.backup import BackupInfo, Secret
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import PASSPHRASE, Make, make_file, open_file

SECRET = Secret(passphrase=PASSPHRASE, profile=LIGHT_PROFILE)
OTHER = "con thuyền trên sông Tiền"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "case" / "An Phú.casemgr"
    path.parent.mkdir()
    make_file(path)
    return path


@pytest.fixture
def made(path: Path, tmp_path: Path) -> Iterator[BackupInfo]:
    """A backup with one household; the file has two by now and is closed."""
    workspace = open_file(path)
    make = Make(workspace)
    make.household("Nguyễn Thị Á")
    info = backup.create_backup(workspace, tmp_path / "backups")
    make.household("Lê Văn Đặng")
    workspace.close()
    return info


def count(path: Path, **options: object) -> int:
    workspace = open_file(path, **options)
    try:
        return len(workspace.read(households.find, HouseholdQuery()))
    finally:
        workspace.close()


def test_the_older_state_comes_back_and_the_present_one_lies_aside(path: Path, made: BackupInfo) -> None:
    assert count(path) == 2
    present = path.read_bytes()
    done = restore.restore_backup(made.path, path, SECRET)
    assert count(path) == 1
    assert done.aside is not None
    assert done.aside.parent == path.parent
    assert done.aside.name.startswith("An Phú-aside-")
    assert (done.aside / path.name).read_bytes() == present
    assert count(done.aside / path.name) == 2
    assert not [entry.name for entry in path.parent.iterdir() if "restoring" in entry.name or "tmp" in entry.name]


def test_the_preview_says_what_would_change(path: Path, made: BackupInfo) -> None:
    seen = restore.preview_restore(made.path, SECRET, path)
    by_label = {difference.label: (difference.present, difference.backup) for difference in seen.differences}
    assert (2, 1) in by_label.values()
    assert seen.same_case_file
    assert seen.steps_set_aside == 1
    assert seen.present_saved is not None
    assert seen.info.verified is not None
    assert count(path) == 2, "a preview changes nothing"


def test_the_preview_works_on_the_open_file(path: Path, made: BackupInfo) -> None:
    workspace = open_file(path)
    seen = restore.preview_restore(made.path, Secret(dek=workspace.dek), path, present=workspace.engine)
    assert seen.steps_set_aside == 1
    with pytest.raises(FileInUseError):
        restore.restore_backup(made.path, path, SECRET)
    workspace.close()


def test_the_preview_of_a_missing_or_damaged_file(path: Path, made: BackupInfo, tmp_path: Path) -> None:
    path.write_bytes(b"\xff" * 100_000)
    for target in (path, tmp_path / "new.casemgr"):
        seen = restore.preview_restore(made.path, SECRET, target)
        assert seen.present_saved is None
        assert not seen.same_case_file
        assert {difference.present for difference in seen.differences} == {None}


def test_a_backup_opens_on_a_new_computer(made: BackupInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEMGR_HOME", str(tmp_path / "other-home"))
    target = tmp_path / "new" / "An Phú.casemgr"
    target.parent.mkdir()
    done = restore.restore_backup(made.path, target, SECRET)
    assert done.aside is None
    assert count(target) == 1
    assert not files_folder(target).exists()


def test_a_damaged_file_without_keys_is_replaced(path: Path, made: BackupInfo, home: Path) -> None:
    path.write_bytes(b"\xff" * 100_000)
    keys_path(path).unlink()
    for copy in (home / "data" / "keys").iterdir():
        copy.unlink()
    done = restore.restore_backup(made.path, path, SECRET)
    assert count(path) == 1
    assert done.aside is not None
    assert [entry.name for entry in done.aside.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_a_stale_log_is_never_replayed_into_the_restored_file(path: Path, made: BackupInfo, suffix: str) -> None:
    """The log of a file that was not closed would be replayed into the backup, silently."""
    stale = path.with_name(path.name + suffix)
    workspace = open_file(path)
    Make(workspace).household("Trần Thị Bé")
    before = path.with_name(path.name + "-wal").read_bytes()
    assert before
    workspace.close()
    stale.write_bytes(before)
    done = restore.restore_backup(made.path, path, SECRET)
    assert not stale.exists()
    assert done.aside is not None
    assert (done.aside / stale.name).read_bytes() == before
    assert count(path) == 1


def test_a_changed_passphrase_stays_changed(path: Path, made: BackupInfo) -> None:
    keys = KeyFile.load(path, profile=LIGHT_PROFILE)
    keys.unlock(PASSPHRASE)
    keys.change_passphrase("lan", OTHER)
    keys.save()
    restore.restore_backup(made.path, path, Secret(passphrase=OTHER, profile=LIGHT_PROFILE))
    with pytest.raises(WrongKeyError):
        Workspace.open(path, passphrase=PASSPHRASE, profile=LIGHT_PROFILE)
    opened = Workspace.open(path, passphrase=OTHER, profile=LIGHT_PROFILE)
    assert opened.keys.anchor is not None
    assert opened.keys.anchor.sequence == made.sequence
    opened.close()


def test_a_forgotten_passphrase_is_solved_by_the_one_of_the_backup(path: Path, made: BackupInfo) -> None:
    keys = KeyFile.load(path, profile=LIGHT_PROFILE)
    keys.unlock(PASSPHRASE)
    keys.change_passphrase("lan", OTHER)
    keys.save()
    restore.restore_backup(made.path, path, SECRET)
    opened = open_file(path)
    assert opened.keys.anchor is not None
    assert opened.keys.anchor.sequence == made.sequence, "the copy in the profile knows a later state and is outranked"
    opened.close()


def test_refusals_leave_everything_as_it_is(path: Path, made: BackupInfo, tmp_path: Path) -> None:
    def state() -> dict[str, bytes]:
        return {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if not entry.name.endswith(".lock")}

    before = state()
    with pytest.raises(WrongKeyError):
        restore.restore_backup(made.path, path, Secret(passphrase="sai rồi đó nhé", profile=LIGHT_PROFILE))
    other_path = tmp_path / "other.casemgr"
    other, _code = Workspace.create(
        other_path, offices.default_office("28945"), user=UserData("t", "T"), passphrase=OTHER, profile=LIGHT_PROFILE
    )
    foreign = backup.create_backup(other, tmp_path / "foreign")
    other.close()
    with pytest.raises(WrongKeyError):
        restore.restore_backup(foreign.path, path, SECRET)
    flipped = bytearray(made.path.read_bytes())
    flipped[len(flipped) // 3] ^= 1
    broken = tmp_path / "broken.casemgr-backup"
    broken.write_bytes(flipped)
    with pytest.raises(StorageError, match="broken"):
        restore.restore_backup(broken, path, SECRET)
    assert state() == before


def test_another_case_file_is_brought_back_with_its_own_passphrase(path: Path, tmp_path: Path) -> None:
    other_path = tmp_path / "other.casemgr"
    other, _code = Workspace.create(
        other_path, offices.default_office("28945"), user=UserData("t", "T"), passphrase=OTHER, profile=LIGHT_PROFILE
    )
    foreign = backup.create_backup(other, tmp_path / "foreign")
    other.close()
    secret = Secret(passphrase=OTHER, profile=LIGHT_PROFILE)
    assert not restore.preview_restore(foreign.path, secret, path).same_case_file
    done = restore.restore_backup(foreign.path, path, secret)
    opened = Workspace.open(path, passphrase=OTHER, profile=LIGHT_PROFILE)
    assert opened.commune == "28945"
    opened.close()
    assert done.aside is not None
    assert count(done.aside / path.name) == 0


def test_attachments_travel_and_are_set_aside(path: Path, tmp_path: Path) -> None:
    files_folder(path).mkdir()
    (files_folder(path) / "0192").write_bytes(b"sealed one")
    workspace = open_file(path)
    info = backup.create_backup(workspace, tmp_path / "backups")
    workspace.close()
    (files_folder(path) / "0192").write_bytes(b"sealed two")
    (files_folder(path) / "0193").write_bytes(b"sealed three")
    done = restore.restore_backup(info.path, path, SECRET)
    assert {entry.name: entry.read_bytes() for entry in files_folder(path).iterdir()} == {"0192": b"sealed one"}
    assert done.aside is not None
    assert len(list((done.aside / files_folder(path).name).iterdir())) == 2


def test_restoring_twice_in_one_second_keeps_both_sets_aside(path: Path, made: BackupInfo) -> None:
    moment = made.made
    first = restore.restore_backup(made.path, path, SECRET, clock=lambda: moment).aside
    second = restore.restore_backup(made.path, path, SECRET, clock=lambda: moment).aside
    assert first is not None
    assert second is not None
    assert first != second
    assert {count(first / path.name), count(second / path.name)} == {2, 1}


def test_opening_finishes_what_a_stop_left(path: Path, made: BackupInfo) -> None:
    """Committed but not moved yet: the state after a power cut right after the point of no return."""
    staging = Staging(path)
    staging.begin()
    keys = KeyFile.load(path, profile=LIGHT_PROFILE)
    dek = keys.unlock(PASSPHRASE).dek
    with backup.Archive(made.path) as archive:
        backup.verify(archive, dek, staging.database)
        journal = archive.manifest.survey.journal
    staging.commit(keys.for_restore(journal.sequence, journal.digest, after=0), "An Phú-aside-1")
    assert staging_folder(path).is_dir()
    assert count(path) == 1
    assert not staging_folder(path).exists()
    assert count(path.parent / "An Phú-aside-1" / path.name) == 2
    assert finish_restore(path) is None


def test_a_newer_backup_is_refused(path: Path, tmp_path: Path) -> None:
    workspace = open_file(path)
    with workspace.engine.connect().execution_options(casemgr_write=True) as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA user_version = 99")
    info = backup.create_backup(workspace, tmp_path / "backups")
    dek = workspace.dek
    workspace.close()
    with pytest.raises(StorageError, match="99"):
        restore.restore_backup(info.path, path, SECRET)
    close(open_engine(path, KeyFile.load(path, profile=LIGHT_PROFILE).unlock(PASSPHRASE).database_key))
    assert dek


def test_a_place_that_does_not_suit_is_refused_before_anything(made: BackupInfo, tmp_path: Path) -> None:
    target = tmp_path / "Dropbox" / "An Phú.casemgr"
    target.parent.mkdir()
    with pytest.raises(StorageError, match="Dropbox"):
        restore.restore_backup(made.path, target, SECRET)
    (tmp_path / "file").write_text("a file, not a folder")
    with pytest.raises(StorageError, match="An Phú"):
        restore.restore_backup(made.path, tmp_path / "file" / "An Phú.casemgr", SECRET)
    assert list(target.parent.iterdir()) == []

"""Backups: made, verified, copied, found, thinned out; and every damage is noticed."""

import json
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casemgr import paths
from casemgr.domain.offices import UserData
from casemgr.domain.permissions import Role
from casemgr.errors import AppError, NotAllowedError, StorageError, WrongKeyError
from casemgr.persistence.archive import Archive
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services import backup, offices
from casemgr.services.backup import Secret, Tiers
from casemgr.services.backup_log import last_backup
from casemgr.workspace import Workspace
from tests.support.workspaces import PASSPHRASE, FrozenClock, Make, make_file, open_file

SECRET = Secret(passphrase=PASSPHRASE, profile=LIGHT_PROFILE)


@pytest.fixture
def workspace(tmp_path: Path):  # type: ignore[no-untyped-def] # noqa: ANN201
    path = tmp_path / "case" / "An Phú.casemgr"
    path.parent.mkdir()
    make_file(path)
    opened = open_file(path)
    Make(opened).household("Nguyễn Thị Á")
    yield opened
    opened.close()


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "backups", tmp_path / "stick"


def test_a_backup_is_one_verified_file(workspace: Workspace, places: tuple[Path, Path]) -> None:
    steps: list[tuple[int, int]] = []
    info = backup.create_backup(workspace, places[0], progress=lambda done, total, _text: steps.append((done, total)))
    assert list(places[0].iterdir()) == [info.path]
    assert info.path.name.startswith("An Phú-202611")
    assert info.path.suffix == ".casemgr-backup"
    assert (info.households, info.people, info.schema) == (1, 1, 1)
    assert info.verified is not None
    assert info.sequence == workspace.anchor()[0]
    assert steps[0] == (0, 5)
    assert steps[-1] == (5, 5)
    assert [entry.name for entry in workspace.path.parent.iterdir() if "backup" in entry.name] == []
    data = info.path.read_bytes()
    assert b"SQLite format 3" not in data
    assert "Nguyễn Thị Á".encode() not in data


def test_the_passphrase_of_the_file_verifies_it_and_others_do_not(
    workspace: Workspace, places: tuple[Path, Path]
) -> None:
    info = backup.create_backup(workspace, places[0])
    again = backup.verify_backup(info.path, SECRET)
    assert (again.counts, again.database, again.made) == (info.counts, info.database, info.made)
    assert backup.verify_backup(info.path, Secret(dek=workspace.dek)).households == 1
    with pytest.raises(WrongKeyError):
        backup.verify_backup(info.path, Secret(passphrase="nắng sớm trên bến đò", profile=LIGHT_PROFILE))
    with pytest.raises(StorageError):
        backup.verify_backup(info.path, Secret(dek=bytes(32)))
    with pytest.raises(StorageError, match="khong-co"):
        backup.verify_backup(places[0] / "khong-co.casemgr-backup", SECRET)


def test_verifying_writes_no_keys_anywhere(workspace: Workspace, places: tuple[Path, Path], home: Path) -> None:
    info = backup.create_backup(workspace, places[0])
    workspace.keys.add_user("hung", "con thuyền trên sông")
    workspace.keys.save()
    (copy,) = (home / "data" / "keys").iterdir()
    newest = copy.read_bytes()
    backup.verify_backup(info.path, SECRET)
    assert copy.read_bytes() == newest


def test_every_flipped_bit_and_every_cut_is_noticed(workspace: Workspace, places: tuple[Path, Path]) -> None:
    info = backup.create_backup(workspace, places[0])
    assert backup.verify_backup(info.path, Secret(dek=workspace.dek)).people == 1
    good = info.path.read_bytes()
    chance = random.Random(20261124)  # noqa: S311 - a seed, to find the same spots again
    spots = [chance.randrange(len(good)) for _ in range(120)] + list(range(len(good) - 180, len(good)))
    for spot in spots:
        flipped = bytearray(good)
        flipped[spot] ^= 1 << chance.randrange(8)
        info.path.write_bytes(flipped)
        with pytest.raises(AppError):
            backup.verify_backup(info.path, Secret(dek=workspace.dek))
    for cut in [0, 1, 100, len(good) // 2, len(good) - 65, len(good) - 1]:
        info.path.write_bytes(good[:cut])
        with pytest.raises(AppError):
            backup.verify_backup(info.path, Secret(dek=workspace.dek))
    info.path.write_bytes(good + b"\0")
    with pytest.raises(AppError):
        backup.verify_backup(info.path, Secret(dek=workspace.dek))
    info.path.write_bytes(good)
    assert backup.verify_backup(info.path, Secret(dek=workspace.dek)).people == 1


def test_a_second_place_gets_a_copy_or_a_sentence(workspace: Workspace, places: tuple[Path, Path]) -> None:
    first, second = places
    info = backup.create_backup(workspace, first, second=second)
    assert info.copies == (second / info.path.name,)
    assert info.copies[0].read_bytes() == info.path.read_bytes()
    second.rename(second.with_name("gone"))
    second.write_text("a file, not a folder")
    info = backup.create_backup(workspace, first, second=second)
    assert info.copies == ()
    assert "stick" in info.problems[0]
    assert len(list(first.iterdir())) == 2


def test_a_place_that_cannot_be_written_is_told(workspace: Workspace, places: tuple[Path, Path]) -> None:
    places[0].write_text("a file, not a folder")
    with pytest.raises(StorageError, match="backups"):
        backup.create_backup(workspace, places[0])


def test_the_age_of_the_last_backup_is_known_without_a_key(workspace: Workspace, places: tuple[Path, Path]) -> None:
    assert last_backup(workspace.path) is None
    info = backup.create_backup(workspace, places[0])
    known = last_backup(workspace.path)
    assert known is not None
    assert (known.path, known.sequence, known.present) == (info.path, info.sequence, True)
    assert known.age(known.verified + timedelta(hours=3)) == timedelta(hours=3)
    assert known.age(known.verified - timedelta(days=400)) == timedelta(), "the clock was put back"
    info.path.unlink()
    assert not known.present


@pytest.mark.parametrize("text", ["", "[]", "{", '{"x": 1}', '{"x": [1, {"path": 3}]}'])
def test_a_damaged_list_of_backups_is_no_obstacle(workspace: Workspace, places: tuple[Path, Path], text: str) -> None:
    file = paths.data_folder() / "backups.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace("x", workspace.keys.database.hex))
    assert last_backup(workspace.path) is None
    backup.create_backup(workspace, places[0])
    assert last_backup(workspace.path) is not None


def test_closing_backs_up_only_what_changed(workspace: Workspace, places: tuple[Path, Path]) -> None:
    assert backup.back_up_changes(workspace, second=places[1]) is not None
    assert backup.back_up_changes(workspace, second=places[1]) is None
    Make(workspace).household("Lê Văn Đặng")
    info = backup.back_up_changes(workspace, second=places[1])
    assert info is not None
    assert info.households == 2
    assert len(list(paths.backup_folder().iterdir())) == len(list(places[1].iterdir())) == 2
    shutil.rmtree(paths.backup_folder())
    shutil.rmtree(places[1])
    assert backup.back_up_changes(workspace) is not None, "a backup that is gone is no backup"


def test_a_viewer_makes_no_backup(workspace: Workspace, places: tuple[Path, Path]) -> None:
    workspace.actor = type(workspace.actor)(
        workspace.actor.user_id, "xem", "Người xem", Role.VIEWER, workspace.actor.device_id
    )
    with pytest.raises(NotAllowedError):
        backup.create_backup(workspace, places[0])
    assert backup.back_up_changes(workspace, folder=places[0]) is None


def test_listing_shows_the_newest_state_first_and_leaves_out_foreign_and_damaged_files(
    workspace: Workspace, places: tuple[Path, Path], tmp_path: Path
) -> None:
    older = backup.create_backup(workspace, places[0])
    Make(workspace).household("Lê Văn Đặng")
    newer = backup.create_backup(workspace, places[0])
    other_path = tmp_path / "other.casemgr"
    other, _code = Workspace.create(
        other_path,
        offices.default_office("28945"),
        user=UserData("t", "T"),
        passphrase=PASSPHRASE,
        profile=LIGHT_PROFILE,
    )
    foreign = backup.create_backup(other, places[0])
    other.close()
    (places[0] / "x.casemgr-backup").write_text("no zip")
    found = backup.list_backups(places[0], newer.database)
    assert [info.path for info in found] == [newer.path, older.path]
    assert all(info.verified for info in found)
    assert {info.path for info in backup.list_backups(places[0])} == {newer.path, older.path, foreign.path}
    assert backup.list_backups(tmp_path / "nowhere") == []


def test_two_backups_of_one_second_do_not_meet(workspace: Workspace, places: tuple[Path, Path]) -> None:
    clock = FrozenClock()
    moments = {backup.create_backup(workspace, places[0]).path for _ in range(2)}
    workspace._clock = lambda: clock.now
    moments |= {backup.create_backup(workspace, places[0]).path for _ in range(3)}
    assert len(moments) == 5


def make_series(workspace: Workspace, folder: Path, moments: list[datetime]) -> None:
    for moment in moments:
        workspace._clock = lambda moment=moment: moment  # type: ignore[misc]
        backup.create_backup(workspace, folder)


def test_thinning_keeps_the_last_the_days_and_the_months(workspace: Workspace, places: tuple[Path, Path]) -> None:
    start = datetime(2026, 1, 10, 9, tzinfo=UTC)
    moments = [start + timedelta(days=day, hours=hour) for day in (0, 1, 31, 32, 33) for hour in (0, 1)]
    make_series(workspace, places[0], moments)
    database = workspace.keys.database
    gone = backup.thin_out(places[0], database, Tiers(last=1, daily=2, monthly=2))
    left = sorted(info.made for info in backup.list_backups(places[0], database))
    assert left == [moments[3], moments[7], moments[9]]
    assert len(gone) == 7
    assert backup.thin_out(places[0], database, Tiers()) == []


def test_thinning_never_deletes_the_newest_state_whatever_the_clock_says(
    workspace: Workspace, places: tuple[Path, Path]
) -> None:
    make_series(workspace, places[0], [datetime(2036, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)])
    workspace._clock = FrozenClock(datetime(2000, 1, 1, tzinfo=UTC))  # the battery of the mainboard is empty
    Make(workspace).household("Lê Văn Đặng")
    newest = backup.create_backup(workspace, places[0])
    backup.thin_out(places[0], newest.database, Tiers(last=1, daily=0, monthly=0))
    assert list(places[0].iterdir()) == [newest.path]


def test_a_forged_manifest_is_refused(workspace: Workspace, places: tuple[Path, Path], tmp_path: Path) -> None:
    """Right digest, right parts, but counts that the key holder never sealed."""
    from casemgr.persistence.archive import write_archive

    info = backup.create_backup(workspace, places[0])
    with Archive(info.path) as archive:
        manifest = archive.manifest
        archive.extract("database", tmp_path / "database")
        keys = archive.keys()
    forged = places[0] / "forged.casemgr-backup"
    write_archive(forged, manifest, bytes(32), {"database": tmp_path / "database", "keys": keys})
    with pytest.raises(StorageError, match="forged"):
        backup.verify_backup(forged, SECRET)


@pytest.mark.parametrize(
    "name", ["../evil", "files/../../evil", "files/", "/etc/passwd", "files/a/b", "C:\\evil", "files/.."]
)
def test_names_that_lead_outside_are_refused(
    workspace: Workspace, places: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    from casemgr.persistence.archive import write_archive

    info = backup.create_backup(workspace, places[0])
    with Archive(info.path) as archive:
        manifest = archive.manifest
        archive.extract("database", tmp_path / "database")
        parts: dict[str, Path | bytes] = {"database": tmp_path / "database", "keys": archive.keys(), name: b"x"}
    write_archive(info.path, manifest, workspace.dek, parts)
    with pytest.raises(StorageError):
        Archive(info.path)


def test_the_manifest_can_be_read_by_support_and_names_no_person(
    workspace: Workspace, places: tuple[Path, Path]
) -> None:
    import zipfile

    info = backup.create_backup(workspace, places[0])
    with zipfile.ZipFile(info.path) as archive:
        assert sorted(archive.namelist()) == ["database", "keys", "manifest.json"]
        text = archive.read("manifest.json").decode()
    document = json.loads(text)
    assert document["counts"]["household"] == 1
    assert document["name"] == "An Phú"
    assert "Nguyễn" not in text


def test_the_recovery_code_verifies_a_backup_too(workspace: Workspace, places: tuple[Path, Path]) -> None:
    code = workspace.keys.new_recovery()
    workspace.keys.save()
    info = backup.create_backup(workspace, places[0])
    secret = Secret(recovery=code.text, profile=LIGHT_PROFILE)
    assert backup.verify_backup(info.path, secret).households == 1
    assert code.text not in repr(secret)


def test_weak_keys_in_a_backup_are_not_trusted(workspace: Workspace, places: tuple[Path, Path]) -> None:
    info = backup.create_backup(workspace, places[0])
    with pytest.raises(StorageError, match="An Phú"):
        backup.verify_backup(info.path, Secret(passphrase=PASSPHRASE))


def rewrite(file: Path, old: bytes, new: bytes) -> None:
    """Change a backup and give it a right digest again, as somebody without the key could."""
    import hashlib

    data = file.read_bytes()[:-64].replace(old, new)
    file.write_bytes(data + hashlib.sha256(data).hexdigest().encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"magic": "casemgr-backup"', b'"magic": "casemgr-packet"'),
        (b'"format": 1,\n "name"', b'"format": 2,\n "name"'),
        (b'"household": 1', b'"household": 7'),
        (b'"made": "2026', b'"made": "2036'),
    ],
)
def test_a_changed_manifest_is_refused_though_its_digest_is_right(
    workspace: Workspace, places: tuple[Path, Path], old: bytes, new: bytes
) -> None:
    info = backup.create_backup(workspace, places[0])
    assert old in info.path.read_bytes()
    rewrite(info.path, old, new)
    with pytest.raises(StorageError, match="An Phú"):
        backup.verify_backup(info.path, Secret(dek=workspace.dek))


def test_changed_keys_are_refused_though_the_digest_is_right(workspace: Workspace, places: tuple[Path, Path]) -> None:
    info = backup.create_backup(workspace, places[0])
    rewrite(info.path, b'"login": "lan"', b'"login": "lam"')
    with pytest.raises(StorageError, match="An Phú"):
        backup.verify_backup(info.path, SECRET)


def test_a_profile_that_cannot_be_written_costs_only_the_age(
    workspace: Workspace, places: tuple[Path, Path], home: Path, expected_warnings: list[object]
) -> None:
    shutil.rmtree(home / "data")
    (home / "data").write_text("a file, not a folder")
    assert backup.create_backup(workspace, places[0]).households == 1
    assert last_backup(workspace.path) is None
    assert expected_warnings
    (home / "data").unlink()

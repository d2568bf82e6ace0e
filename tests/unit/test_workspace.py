"""An open case file: who may open it, what it promises, what it refuses."""

import hashlib
import os
import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from casemgr.domain.offices import UserData
from casemgr.domain.permissions import Role
from casemgr.errors import FileInUseError, NotAllowedError, StorageError, WrongKeyError
from casemgr.persistence.keyfile import keys_path
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services import households, offices
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import PASSPHRASE, FrozenClock, Make, copy_file, open_file


def test_a_new_file_is_never_plain_and_opens_with_passphrase_or_recovery_code(tmp_path: Path) -> None:
    path = tmp_path / "Xã Đồng Khởi.casemgr"
    workspace, code = Workspace.create(
        path,
        offices.default_office("28945"),
        user=UserData("lan", "Nguyễn Thị Lan"),
        passphrase=PASSPHRASE,
        profile=LIGHT_PROFILE,
    )
    workspace.close()
    assert path.read_bytes()[:15] != b"SQLite format 3"
    assert "Nguyễn Thị Lan".encode() not in path.read_bytes()
    left = {entry.suffix for entry in tmp_path.iterdir() if entry.name.startswith("Xã")}
    assert left == {".casemgr", ".keys", ".lock"}, "no log of the database stays behind"
    opened = open_file(path)
    assert (opened.actor.login, opened.actor.role, opened.commune) == ("lan", Role.ADMIN, "28945")
    opened.close()
    recovered = Workspace.open(path, recovery=code.text.lower(), profile=LIGHT_PROFILE)
    assert recovered.actor.role is Role.ADMIN
    recovered.close()
    with pytest.raises(WrongKeyError):
        Workspace.open(path, passphrase="sai mật khẩu rồi đó", profile=LIGHT_PROFILE)
    with pytest.raises(StorageError):
        Workspace.create(
            path, offices.default_office("28945"), user=UserData("x", "X"), passphrase=PASSPHRASE, profile=LIGHT_PROFILE
        )


def test_what_was_acknowledged_is_announced_and_there_after_closing(case_file: Path, tmp_path: Path) -> None:
    path = copy_file(case_file, tmp_path / "a.casemgr")
    workspace = open_file(path)
    heard: list[frozenset[str]] = []
    stop = workspace.on_change(heard.append)
    household = Make(workspace).household()
    assert {"household", "person", "membership"} <= heard[0]
    assert workspace.last_saved is not None
    stop()
    Make(workspace).household("Lê Thị Bé Ba")
    assert len(heard) == 1
    workspace.checkpoint()
    workspace.close()
    again = open_file(path)
    assert household in again.read(households.find, HouseholdQuery())
    assert again.keys.anchor is not None
    again.close()


def test_one_process_writes_and_the_second_is_told_who(case_file: Path, tmp_path: Path) -> None:
    path = copy_file(case_file, tmp_path / "a.casemgr")
    first = open_file(path)
    with pytest.raises(FileInUseError):
        open_file(path)
    first.close()
    open_file(path).close()


def test_an_account_taken_away_opens_nothing(case_file: Path, tmp_path: Path) -> None:
    path = copy_file(case_file, tmp_path / "a.casemgr")
    workspace = open_file(path)
    workspace.write(lambda uow: uow.session.execute(text('UPDATE "user" SET active = 0')))
    workspace.close()
    with pytest.raises(NotAllowedError, match="lan"):
        open_file(path)


def test_a_key_slot_without_an_account_opens_nothing(case_file: Path, tmp_path: Path) -> None:
    path = copy_file(case_file, tmp_path / "a.casemgr")
    workspace = open_file(path)
    workspace.keys.add_user("la", "một người không có tên")
    workspace.keys.save()
    workspace.close()
    with pytest.raises(NotAllowedError):
        Workspace.open(path, passphrase="một người không có tên", profile=LIGHT_PROFILE)


def test_reading_goes_on_while_another_thread_writes(make: Make) -> None:
    make.household()
    inside, done = threading.Event(), threading.Event()
    seen: list[int] = []

    def slow(uow: object) -> None:
        inside.set()
        assert done.wait(10)

    writer = threading.Thread(target=lambda: make.workspace.write(slow))
    writer.start()
    assert inside.wait(10)
    seen.append(make.workspace.read(households.count, HouseholdQuery()))
    done.set()
    writer.join()
    assert seen == [1]


def test_use_cases_that_only_read_cannot_write(make: Make) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only|chỉ") as refused:
        make.workspace.read(lambda uow: uow.session.execute(text("DELETE FROM household")))
    assert "household" not in str(refused.type)


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else False, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_opens_for_reading(case_file: Path, tmp_path: Path) -> None:
    path = copy_file(case_file, tmp_path / "a.casemgr")
    before = hashlib.sha256(path.read_bytes()).digest()
    tmp_path.chmod(0o555)
    try:
        workspace = open_file(path)
        assert workspace.read_only
        with pytest.raises(NotAllowedError):
            Make(workspace).household()
        workspace.close()
    finally:
        tmp_path.chmod(0o755)
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_after_a_failed_disk_nothing_more_is_written_until_the_file_is_opened_again(
    case_file: Path, tmp_path: Path
) -> None:
    path = copy_file(case_file, tmp_path / "a.casemgr")
    workspace = open_file(path)

    def fail(_uow: object) -> None:
        cause = driver.OperationalError("disk I/O error")
        cause.sqlite_errorcode = 10
        raise OperationalError("COMMIT", {}, cause)

    with pytest.raises(StorageError):
        workspace.write(fail)
    assert workspace.read_only
    with pytest.raises(NotAllowedError):
        Make(workspace).household()
    assert workspace.read(households.count, HouseholdQuery()) == 0
    workspace.close()
    again = open_file(path)
    assert not again.read_only
    again.close()


def test_a_damaged_first_page_is_a_message(case_file: Path, tmp_path: Path) -> None:
    path = copy_file(case_file, tmp_path / "a.casemgr")
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(StorageError):
        open_file(path)
    path.write_bytes(b"")
    with pytest.raises(StorageError):
        open_file(path)
    keys_path(path).unlink()
    path.unlink()
    with pytest.raises(StorageError):
        open_file(path, clock=FrozenClock())

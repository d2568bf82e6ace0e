"""An office begins whole or not at all, and the sample office goes without a trace."""

from pathlib import Path

import pytest

from casemgr import paths
from casemgr.domain.offices import Area, HamletData, SignatoryData, UserData
from casemgr.errors import NotAllowedError, StorageError, ValidationError
from casemgr.jobs import Cancelled
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services import founding, households, offices
from casemgr.services.backup import create_backup
from casemgr.services.founding import NewOffice
from casemgr.workspace import Workspace
from tests.support.workspaces import COMMUNE, PASSPHRASE, FrozenClock, Make

NEW = NewOffice(
    offices.default_office(COMMUNE),
    (HamletData("Ấp", "Phú Nhơn", Area.RURAL), HamletData("Ấp", "Quân An", Area.URBAN)),
    (SignatoryData("Trần Văn Hòa", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),),
    UserData("lan", "Nguyễn Thị Lan"),
)


def _files(folder: Path) -> set[str]:
    return {file.name for file in folder.rglob("*") if file.is_file()} if folder.exists() else set()


def _found(path: Path, new: NewOffice = NEW, passphrase: str = PASSPHRASE) -> Workspace:
    workspace, _code = founding.found_office(path, new, passphrase, profile=LIGHT_PROFILE, clock=FrozenClock())
    return workspace


def test_everything_entered_is_in_the_new_file(tmp_path: Path) -> None:
    workspace = _found(tmp_path / "hồ sơ" / "xa.casemgr")
    try:
        assert [view.data for view in workspace.read(offices.hamlets)] == list(NEW.hamlets)
        assert [view.data for view in workspace.read(offices.signatories)] == list(NEW.signatories)
        assert workspace.read(offices.office) == NEW.office
        assert workspace.actor.login == "lan"
        assert workspace.read(founding.recovery_sheet_seen) is None
        workspace.write(founding.note_recovery_sheet)
        assert workspace.read(founding.recovery_sheet_seen) is not None
    finally:
        workspace.close()


def test_two_hamlets_of_one_name_leave_no_file(tmp_path: Path) -> None:
    twice = NewOffice(NEW.office, (*NEW.hamlets, HamletData("Ấp", "Phú nhơn", Area.RURAL)), (), NEW.user)
    with pytest.raises(ValidationError):
        _found(tmp_path / "moi" / "xa.casemgr", twice)
    assert not (tmp_path / "moi").exists()


def test_a_stop_half_way_leaves_no_file(tmp_path: Path) -> None:
    def stop(done: int, total: int, message: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        founding.found_office(tmp_path / "xa.casemgr", NEW, PASSPHRASE, profile=LIGHT_PROFILE, progress=stop)
    assert "xa.casemgr" not in _files(tmp_path)
    assert "xa.casemgr.keys" not in _files(tmp_path)


def test_a_weak_passphrase_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as refused:
        _found(tmp_path / "moi" / "xa.casemgr", passphrase="123456")
    assert {problem.field for problem in refused.value.problems} == {"passphrase"}
    assert not (tmp_path / "moi").exists()


def test_a_present_file_is_never_touched(tmp_path: Path) -> None:
    present = tmp_path / "xa.casemgr"
    present.write_bytes(b"nobody knows what this is")
    with pytest.raises(StorageError, match=r"đã có|already"):
        _found(present)
    assert present.read_bytes() == b"nobody knows what this is"


def test_a_new_file_can_be_taken_back_but_never_one_with_households(
    tmp_path: Path, workspace: Workspace, make: Make
) -> None:
    fresh = _found(tmp_path / "xa2.casemgr")
    database = fresh.keys.database
    founding.discard(fresh)
    assert not {name for name in _files(tmp_path) if name.startswith("xa2") or str(database) in name}
    make.household()
    with pytest.raises(NotAllowedError):
        founding.discard(workspace)
    assert workspace.path.exists()


def test_the_sample_opens_again_and_goes_without_a_trace(workspace: Workspace) -> None:
    sample = founding.open_sample(households=5, profile=LIGHT_PROFILE)
    assert sample.read(offices.office).sample
    assert len(sample.read(households.find, households.HouseholdQuery())) == 5
    sample.close()
    again = founding.open_sample(households=99, profile=LIGHT_PROFILE)
    assert len(again.read(households.find, households.HouseholdQuery())) == 5
    create_backup(again, paths.backup_folder())
    real = create_backup(workspace, paths.backup_folder())
    founding.remove_sample(again)
    assert not founding.sample_path().parent.exists()
    assert {file.name for file in paths.backup_folder().iterdir()} == {real.path.name}
    assert workspace.path.exists()


def test_a_sample_stopped_half_way_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, total: int, message: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        founding.open_sample(households=5, profile=LIGHT_PROFILE, progress=stop)
    assert not founding.sample_path().exists()


def test_a_real_office_is_no_sample(workspace: Workspace) -> None:
    with pytest.raises(NotAllowedError):
        founding.remove_sample(workspace)
    assert workspace.read(offices.office).commune == COMMUNE

"""Accounts: record and key slot together, one's own passphrase, a recovery code that counts once it is on paper."""

from contextlib import closing

import pytest

from casemgr.domain.offices import UserData
from casemgr.domain.recovery import RecoveryCode
from casemgr.errors import NotAllowedError, NotFoundError, StorageError, ValidationError, WrongKeyError
from casemgr.persistence.keyfile import KeyFile
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services import accounts, founding, offices
from casemgr.workspace import Workspace
from tests.support.workspaces import PASSPHRASE, open_file

MINH = UserData("minh", "Lê Quang Minh", "officer")
HIS = "ghe tam ban ven song"


def test_a_new_account_opens_the_file(workspace: Workspace) -> None:
    accounts.add_account(workspace, MINH, HIS)
    path = workspace.path
    workspace.close()
    his = Workspace.open(path, passphrase=HIS, profile=LIGHT_PROFILE)
    assert (his.actor.login, his.actor.role) == ("minh", "officer")
    with pytest.raises(NotAllowedError):
        accounts.add_account(his, UserData("hai", "Võ Thị Hai", "admin"), "con ca loc nuong trui")
    assert his.keys.logins == ("lan", "minh")
    his.close()


def test_neither_record_nor_slot_when_the_keys_cannot_be_saved(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(keys: KeyFile) -> None:
        raise StorageError("Ổ đĩa đầy")

    with monkeypatch.context() as patch:
        patch.setattr(KeyFile, "save", full)
        with pytest.raises(StorageError):
            accounts.add_account(workspace, MINH, HIS)
    assert [user.login for user in workspace.read(offices.users)] == ["lan"]
    assert workspace.keys.logins == ("lan",)
    accounts.add_account(workspace, MINH, HIS)
    assert [user.login for user in workspace.read(offices.users)] == ["lan", "minh"]


@pytest.mark.parametrize(
    ("data", "passphrase", "field"),
    [
        (UserData("", "Lê Quang Minh", "officer"), HIS, "login"),
        (UserData("le minh", "Lê Quang Minh", "officer"), HIS, "login"),
        (UserData("lan", "Lê Thị Lan", "officer"), HIS, "login"),
        (UserData("minh", " ", "officer"), HIS, "name"),
        (UserData("minh", "Lê Quang Minh", "king"), HIS, "role"),
        (MINH, "minh2026", "passphrase"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(workspace: Workspace, data: UserData, passphrase: str, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        accounts.add_account(workspace, data, passphrase)
    assert field in {problem.field for problem in refused.value.problems}
    assert workspace.keys.logins == ("lan",)


def test_a_closed_account_opens_nothing_any_more(workspace: Workspace) -> None:
    accounts.add_account(workspace, MINH, HIS)
    accounts.close_account(workspace, "minh")
    path = workspace.path
    workspace.close()
    with pytest.raises(WrongKeyError):
        Workspace.open(path, passphrase=HIS, profile=LIGHT_PROFILE)
    with closing(open_file(path)) as again:
        assert [user.login for user in again.read(offices.users)] == ["lan"]


def test_nobody_closes_the_own_account(workspace: Workspace) -> None:
    with pytest.raises(ValidationError):
        accounts.close_account(workspace, "lan")
    assert workspace.keys.logins == ("lan",)


def test_the_own_passphrase_changes_only_for_who_knows_the_old_one(workspace: Workspace) -> None:
    with pytest.raises(ValidationError) as refused:
        accounts.change_passphrase(workspace, "mưa nắng thất thường", HIS)
    assert refused.value.problems[0].field == "old"
    with pytest.raises(ValidationError) as weak:
        accounts.change_passphrase(workspace, PASSPHRASE, "matkhau")
    assert weak.value.problems[0].field == "passphrase"
    accounts.change_passphrase(workspace, PASSPHRASE, HIS)
    path = workspace.path
    workspace.close()
    with pytest.raises(WrongKeyError):
        Workspace.open(path, passphrase=PASSPHRASE, profile=LIGHT_PROFILE)
    Workspace.open(path, passphrase=HIS, profile=LIGHT_PROFILE).close()


def test_a_new_recovery_code_counts_only_once_accepted(workspace: Workspace) -> None:
    new = accounts.prepare_recovery(workspace)
    assert not _opens(workspace, new.code)
    accounts.accept_recovery(workspace, new)
    assert _opens(workspace, new.code)
    assert workspace.read(founding.recovery_sheet_seen) is not None
    later = accounts.prepare_recovery(workspace)
    accounts.accept_recovery(workspace, later)
    assert not _opens(workspace, new.code)
    assert _opens(workspace, later.code)


def _opens(workspace: Workspace, code: RecoveryCode) -> bool:
    try:
        KeyFile.load(workspace.path, profile=LIGHT_PROFILE).recover(code)
    except WrongKeyError:
        return False
    return True


def test_an_administrator_gives_a_new_passphrase_to_who_forgot_it(workspace: Workspace) -> None:
    accounts.add_account(workspace, MINH, HIS)
    with pytest.raises(NotFoundError):
        accounts.reset_passphrase(workspace, "hai", "ba con vit bau o nha")
    with pytest.raises(ValidationError):
        accounts.reset_passphrase(workspace, "minh", "minh123")
    accounts.reset_passphrase(workspace, "minh", "ba con vit bau o nha")
    path = workspace.path
    workspace.close()
    with pytest.raises(WrongKeyError):
        Workspace.open(path, passphrase=HIS, profile=LIGHT_PROFILE)
    his = Workspace.open(path, passphrase="ba con vit bau o nha", profile=LIGHT_PROFILE)
    with pytest.raises(NotAllowedError):
        accounts.reset_passphrase(his, "lan", "cau o sau he nha")
    his.close()
    open_file(path).close()

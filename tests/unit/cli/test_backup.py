"""`casemgr backup` and `casemgr check` as support staff type them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.offices import UserData
from casemgr.services import offices
from casemgr.workspace import Workspace
from tests.support.workspaces import PASSPHRASE


class Shell:
    """The command line with a file, its passphrase and English messages."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "An Phú.casemgr"
        self.passphrase = folder / "passphrase.txt"
        self.passphrase.write_text(PASSPHRASE + "\n", "utf-8")
        workspace, _code = Workspace.create(
            self.file, offices.default_office("28901"), user=UserData("lan", "Lan"), passphrase=PASSPHRASE
        )
        workspace.close()

    def run(self, *words: str) -> Result:
        options = ["--language", "en", "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, *words])


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_create_verify_restore_check(shell: Shell, tmp_path: Path) -> None:
    done = shell.run("backup", "create", str(tmp_path / "backups"), "--second", str(tmp_path / "stick"), "--json")
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert Path(made["file"]).parent == tmp_path / "backups"
    assert made["copies"] == [str(tmp_path / "stick" / Path(made["file"]).name)]
    assert made["verified"]

    verified = shell.run("backup", "verify", made["file"])
    assert verified.exit_code == 0
    assert "Households: 0" in verified.stdout

    preview = shell.run("backup", "restore", made["file"], "--dry-run")
    assert preview.exit_code == 0
    assert "set aside: 0" in preview.stdout
    assert not list(tmp_path.glob("*aside*"))

    restored = shell.run("backup", "restore", made["file"], "--json")
    assert restored.exit_code == 0
    assert list(tmp_path.glob("*aside*")) == [Path(json.loads(restored.stdout)["aside"])]

    checked = shell.run("check", "--json")
    assert checked.exit_code == 0
    assert json.loads(checked.stdout)["good"]
    assert "good: " in shell.run("check").stdout


def test_a_file_name_of_ones_own(shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "giao ban.casemgr-backup"
    assert shell.run("backup", "create", str(target)).exit_code == 0
    assert target.is_file()
    again = shell.run("backup", "create", str(target))
    assert again.exit_code == 1
    assert "giao ban" in again.stderr


def test_failures_are_a_sentence_and_exit_code_1(shell: Shell, tmp_path: Path) -> None:
    broken = tmp_path / "broken.casemgr-backup"
    broken.write_bytes(b"PK\x03\x04 nothing")
    for words in (("backup", "verify", str(broken)), ("backup", "restore", str(broken))):
        done = shell.run(*words)
        assert done.exit_code == 1
        assert "broken.casemgr-backup is damaged" in done.stderr
        assert "Traceback" not in done.output
    made = shell.run("backup", "create", str(tmp_path / "backups"), "--json")
    shell.passphrase.write_text("sai mật khẩu rồi đó")
    wrong = shell.run("backup", "verify", json.loads(made.stdout)["file"])
    assert wrong.exit_code == 1
    assert "passphrase" in wrong.stderr


def test_a_failed_check_exits_with_1(shell: Shell) -> None:
    workspace = Workspace.open(shell.file, passphrase=PASSPHRASE)
    with workspace.engine.connect().execution_options(casemgr_write=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE journal SET action = 'x' WHERE seq = 1")
    workspace.close()
    done = shell.run("check")
    assert done.exit_code == 1
    assert "WRONG: " in done.stdout

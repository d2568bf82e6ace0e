"""`casemgr packs` as support staff type it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.exchange.packfile import make_packfile
from tests.support.packfiles import KEY_FILE, SCORE_ROWS, official_2027, pack_files, private_key
from tests.support.workbooks import write_xlsx
from tests.support.workspaces import COMMUNE, PASSPHRASE, copy_file


class Shell:
    """The command line with a file and its passphrase."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.passphrase = file.with_name("passphrase.txt")
        self.passphrase.write_text(PASSPHRASE, "utf-8")

    def run(self, *words: str | Path, language: str = "vi", command: str = "packs") -> Result:
        options = ["--language", language, "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, command, *map(str, words)])

    def data(self, *words: str | Path) -> Any:
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case file as the command line makes it; copy it."""
    folder = tmp_path_factory.mktemp("packs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        shell = Shell(folder / "xa.casemgr")
        assert shell.run("create", "--commune", COMMUNE, command="office").exit_code == 0
    return shell.file


@pytest.fixture
def shell(office_file: Path, tmp_path: Path) -> Shell:
    return Shell(copy_file(office_file, tmp_path / "xa.casemgr"))


@pytest.fixture
def packfile(tmp_path: Path) -> Path:
    file = tmp_path / "chuan-2027.casepack"
    file.write_bytes(make_packfile(official_2027(), "development", private_key()))
    return file


def test_list_and_show_need_no_case_file() -> None:
    listed = json.loads(CliRunner().invoke(main, ["packs", "list", "--json"]).stdout)
    assert [(one["id"], one["status"], one["official"]) for one in listed] == [
        ("VN-2016", "history", True),
        ("VN-2022", "in_force", True),
        ("VN-2027", "draft", False),
    ]
    assert listed[1]["lines"] == {"rural": 1_500_000, "urban": 2_000_000}
    assert "VN-2022  r1  01/01/2022 - 31/12/2026" in CliRunner().invoke(main, ["packs", "list"]).stdout
    shown = json.loads(CliRunner().invoke(main, ["packs", "show", "VN-2027", "--json"]).stdout)
    assert shown["indicators"][-1] == "xu_ly_rac_thai"
    assert shown["content"]["status"] == "draft"
    for_people = CliRunner().invoke(main, ["--language", "en", "packs", "show", "VN-2022"]).stdout
    assert "Line, Rural area: 1,500,000 dong per person and month" in for_people
    assert "posting: 3 working days [Recalled, to be compared]" in for_people
    assert "Diện tích nhà ở bình quân đầu người của hộ gia đình nhỏ hơn 8 m²" in for_people
    assert "dự thảo tháng 9/2025" in CliRunner().invoke(main, ["packs", "show", "VN-2027"]).stdout
    refused = CliRunner().invoke(main, ["packs", "show", "VN-2030"])
    assert (refused.exit_code, "VN-2030" in refused.stderr) == (1, True)


def test_importing_shows_first_and_accepts_then(shell: Shell, packfile: Path) -> None:
    told = shell.data("import", packfile)
    assert (told["id"], told["revision"], told["replaces"], told["accepted"]) == ("VN-2027", 2, 1, False)
    assert {change["place"] for change in told["changes"]} == {"revision", "status"}
    assert [one["revision"] for one in shell.data("list")] == [1, 1, 1]
    shown = shell.run("import", packfile, language="en")
    assert "Status: Draft, not official → In force" in shown.stdout
    assert "Nothing was written" in shown.stdout
    accepted = shell.run("import", packfile, "--accept", language="en")
    assert "VN-2027 revision 2 is in use now." in accepted.stdout
    assert [(one["revision"], one["origin"]) for one in shell.data("list")] == [
        (1, "shipped"),
        (1, "shipped"),
        (2, "imported"),
    ]
    assert shell.data("show", "VN-2027")["signed_by"] == "development"
    words = ("--as-of", "2027-02-01", "--area", "rural", "--income", "1", "--json")
    assert json.loads(shell.run(*words, command="classify").stdout)["official"] is True
    shell.file = shell.file.with_name("none.casemgr")
    missing = shell.run(*words, command="classify")
    assert json.loads(missing.stdout)["official"] is False
    assert "none.casemgr" in missing.stderr


def test_the_same_revision_is_not_accepted_twice(shell: Shell, packfile: Path) -> None:
    assert shell.run("import", packfile, "--accept").exit_code == 0
    again = shell.run("import", packfile, "--accept")
    assert (again.exit_code, "VN-2027" in again.stderr) == (1, True)


def test_bad_files_are_refused(shell: Shell, packfile: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "hỏng.casepack"
    damaged.write_bytes(packfile.read_bytes()[:-30])
    for file in (damaged, tmp_path / "none.casepack"):
        done = shell.run("import", file)
        assert done.exit_code == 1
        assert file.name in done.stderr
        assert "Traceback" not in done.output
    assert CliRunner().invoke(main, ["packs", "import", str(packfile)]).exit_code == 2


def test_a_point_table(shell: Shell, tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "bảng điểm.xlsx", {"B1": SCORE_ROWS})
    told = shell.data("import", file, "--score-table", "VN-2022")
    assert (told["items"], told["accepted"], len(told["zones"])) == (4, False, 7)
    assert "Nothing was written" in shell.run("import", file, "--score-table", "VN-2022", language="en").stdout
    done = shell.run("import", file, "--score-table", "VN-2022", "--accept", language="en")
    assert "4 lines of points for VN-2022" in done.stdout
    assert "in use now" in done.stdout
    refused = shell.run("import", file, "--score-table", "VN-2027", "--accept")
    assert (refused.exit_code, "VN-2027" in refused.stderr) == (1, True)


def test_signing_a_folder(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "goi"
    folder.mkdir()
    for name, content in pack_files("VN-2027").items():
        (folder / name).write_bytes(content.replace(b"revision = 1", b"revision = 5"))
    out = tmp_path / "goi.casepack"
    done = shell.run("sign", folder, "--key", KEY_FILE, "--name", "development", "--out", out)
    assert (done.exit_code, "goi.casepack" in done.stdout) == (0, True)
    assert shell.data("import", out)["revision"] == 5

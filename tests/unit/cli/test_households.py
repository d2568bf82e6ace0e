"""`casemgr sample` and `casemgr households` as support staff type them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemgr.cli import main
from tests.support.pdfs import pages_of
from tests.support.workspaces import PASSPHRASE


class Shell:
    """The command line with a file and its passphrase."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "mẫu.casemgr"
        self.passphrase = folder / "passphrase.txt"
        self.passphrase.write_text(f"{PASSPHRASE}\n", "utf-8")

    def run(self, *words: str, language: str = "en") -> Result:
        options = ["--language", language, "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, *words])


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder = tmp_path_factory.mktemp("sample")
    made = Shell(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        done = made.run("sample", "--households", "40", "--seed", "3", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["households"], told["hamlets"]) == (40, 16)
    assert told["people"] > 80
    assert told["recovery"]
    return made


def test_list_show_and_find_agree(shell: Shell) -> None:
    listed = json.loads(shell.run("households", "list", "--json").stdout)
    assert len(listed) == 40
    assert set(listed[0]) >= {"code", "head", "hamlet", "class", "people"}
    first = listed[0]
    shown = json.loads(shell.run("households", "show", first["code"], "--json").stdout)
    assert {name: shown[name] for name in first} == first
    assert len(shown["members"]) == first["people"]
    head = shown["members"][0]
    assert set(head) >= {"name", "sex", "birth", "id_number", "relation"}
    assert (head["name"], head["relation"]) == (first["head"], "head")
    found = json.loads(shell.run("households", "find", first["head"], "--json").stdout)
    assert found[0]["head"] == first["head"]
    assert json.loads(shell.run("households", "find", first["code"], "--json").stdout)[0] == first


def test_a_member_finds_the_household_once(shell: Shell) -> None:
    big = json.loads(shell.run("households", "show", "1", "--json").stdout)
    assert big["people"] == 14
    found = json.loads(shell.run("households", "find", big["members"][5]["name"], "--json").stdout)
    codes = [row["code"] for row in found]
    assert "H-00001" in codes
    assert len(codes) == len(set(codes))


def test_filters_and_order(shell: Shell) -> None:
    poor = json.loads(shell.run("households", "list", "--class", "poor", "--order", "code", "--json").stdout)
    assert {row["class"] for row in poor} == {"poor"}
    assert [row["code"] for row in poor] == sorted(row["code"] for row in poor)
    here = json.loads(shell.run("households", "list", "--hamlet", "ap phu nhon", "--json").stdout)
    assert {row["hamlet"] for row in here} == {"Ấp Phú Nhơn"}
    assert json.loads(shell.run("households", "list", "--ended", "--json").stdout) == []


def test_for_people(shell: Shell) -> None:
    shown = shell.run("households", "show", "h1")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("H-00001  ")
    assert "Hưng Khánh Trung" in shown.stdout
    listed = shell.run("households", "list", "--class", "poor")
    assert "H-" in listed.stdout
    assert "households" in listed.stderr
    rows = json.loads(shell.run("households", "list", "--class", "unreviewed", "--json").stdout)
    assert rows[0]["class_year"] is None
    assert "\nUnreviewed\n" in shell.run("households", "show", rows[0]["code"]).stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("households", "show", "H-99999"), "H-99999"),
        (("households", "list", "--hamlet", "Ấp Không Có"), "Ấp Không Có"),
        (("sample", "--households", "3"), "mẫu.casemgr"),
        (("sample", "--households", "3", "--commune", "99999"), "99999"),
    ],
)
def test_refusals_say_what(shell: Shell, words: tuple[str, ...], sentence: str) -> None:
    done = shell.run(*words)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.output


def test_a_sample_for_people(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    done = shell.run("sample", "--households", "2", language="vi")
    assert done.exit_code == 0, done.output
    assert "mẫu.casemgr" in done.stdout
    assert "2/2" in done.stderr


def test_propose_says_why_for_every_indicator_of_the_standard(shell: Shell) -> None:
    told = json.loads(shell.run("households", "propose", "1", "--on", "2026-10-15", "--json").stdout)
    assert told["pack"] == "VN-2022"
    assert len(told["indicators"]) == 12
    for line in told["indicators"]:
        assert line["why"]
        assert bool(line["missing"]) == (line["deprived"] is None)
    draft = json.loads(shell.run("households", "propose", "1", "--pack", "VN-2027", "--json").stdout)
    assert "xu_ly_rac_thai" in {line["code"] for line in draft["indicators"]}
    words = shell.run("households", "propose", "1", "--on", "15/10/2026").stdout.splitlines()
    assert len(words) == 13
    assert words[1].startswith("  1. ")
    assert shell.run("households", "propose", "999").exit_code == 1
    assert shell.run("households", "propose", "1", "--on", "1990-01-01").exit_code == 1


def test_the_dossier_of_a_household_is_one_pdf(shell: Shell, tmp_path: Path) -> None:
    code = json.loads(shell.run("households", "list", "--json").stdout)[0]["code"]
    out = tmp_path / "ho-so.pdf"
    done = shell.run("households", "dossier", code, "--out", str(out), language="vi")
    assert done.exit_code == 0, done.output
    pages = pages_of(out.read_bytes())
    assert "HỒ SƠ HỘ GIA ĐÌNH" in pages[0]
    assert "MỤC LỤC" in pages[1]
    assert f"{code} · 2/{len(pages)}" in pages[1]
    refused = shell.run("households", "dossier", "H-99999", "--out", str(tmp_path / "khong.pdf"))
    assert refused.exit_code == 1
    assert not (tmp_path / "khong.pdf").exists()

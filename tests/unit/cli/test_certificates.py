"""`casemgr certificates` over a real case file, in this process."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.offices import Area, HamletData, SignatoryData, UserData
from casemgr.services import certificate_register, offices
from casemgr.workspace import Workspace
from tests.support.pdfs import pages_of
from tests.support.workspaces import PASSPHRASE, START, Make

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the machine's clock: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A case file with two poor households and one that is not; closed, with keys as strong as a real one's."""
    path = tmp_path / "xa.casemgr"
    workspace, _code = Workspace.create(
        path, offices.default_office("28901"), user=UserData("lan", "Nguyễn Thị Lan"), passphrase=PASSPHRASE
    )
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
    workspace.write(offices.add_signatory, SignatoryData("Trần Văn Hòa", ("CHỦ TỊCH",)))
    make = Make(workspace)
    for name in ("Nguyễn Thị Ngưỡng", "<b>A & B</b>"):
        home = make.household(name)
        make.poor(home)
        make.poor(home, 2025)
    make.household("Trần Thị Bảy")
    workspace.close()
    return path


@pytest.fixture
def run(file: Path, tmp_path: Path) -> Run:
    key = tmp_path / "passphrase.txt"
    key.write_text(PASSPHRASE, encoding="utf-8")

    def run_it(*arguments: object, code: int = 0) -> Result:
        line = ["--language", "en", "--file", str(file), "--passphrase-file", str(key), "certificates"]
        done = CliRunner().invoke(main, [*line, *map(str, arguments)], catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done

    return run_it


def test_papers_are_issued_into_one_file_and_stand_in_the_register(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "giấy.pdf"
    issued = json.loads(run("issue", "H-00001", "h2", "H-00001", "--out", out, "--json").stdout)
    assert [(paper["code"], paper["number"], paper["year"]) for paper in issued] == [
        ("H-00001", "01/GCN-HN.HCN", issued[0]["year"]),
        ("H-00002", "02/GCN-HN.HCN", issued[0]["year"]),
    ]
    texts = pages_of(out.read_bytes())
    assert len(texts) == 4
    assert "<b>A & B</b>" in texts[2]
    listed = json.loads(run("register", "--json").stdout)
    assert [(row["number"], row["head"], row["status"], row["prints"]) for row in listed] == [
        ("01/GCN-HN.HCN", "Nguyễn Thị Ngưỡng", "issued", 1),
        ("02/GCN-HN.HCN", "<b>A & B</b>", "issued", 1),
    ]
    assert json.loads(run("register", "--text", "nguong", "--json").stdout) == listed[:1]
    assert json.loads(run("register", "--year", "2020", "--json").stdout) == []


def test_a_refusal_names_household_and_reason_and_issues_nothing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "giay.pdf"
    told = run("issue", "H-00001", "H-00003", "--out", out, code=1).stderr
    assert "H-00003: The household has no class" in told
    assert not out.exists()
    assert json.loads(run("register", "--json").stdout) == []
    assert "H-00044" in run("issue", "H-00044", "--out", out, code=1).stderr
    assert "Nobody called Ai Đó" in run("issue", "H-00001", "--signatory", "Ai Đó", "--out", out, code=1).stderr
    assert "cannot be written" in run("issue", "H-00001", "--out", tmp_path / "không" / "giay.pdf", code=1).stderr


def test_a_paper_is_dated_signed_confirmed_printed_again_and_voided(run: Run, file: Path, tmp_path: Path) -> None:
    out, again, over = tmp_path / "1.pdf", tmp_path / "2.pdf", tmp_path / "3.pdf"
    text = run(
        "issue", "H-00001", "--year", 2025, "--date", "05/03/2025", "--signatory", "tran van hoa", "--out", out
    ).output
    assert "01/GCN-HN.HCN  H-00001  Nguyễn Thị Ngưỡng" in text
    assert "ngày 05 tháng 3 năm 2025" in pages_of(out.read_bytes())[0]
    run("reprint", "1", "--year", 2025, "--reason", "Máy in kẹt giấy", "--out", again)
    assert again.read_bytes()[:5] == b"%PDF-"
    workspace = Workspace.open(file, passphrase=PASSPHRASE)
    found: UUID = workspace.read(certificate_register.by_number, "1", year=2025)
    assert again.read_bytes() == workspace.read(certificate_register.pdf, found)
    code = workspace.read(certificate_register.view, found).content.qr
    workspace.close()
    run("confirm", "1", "--of", 2025, "--year", 2026, "--date", "2026-01-05", "--out", over)
    assert pages_of(over.read_bytes())[0].startswith("26 05 01 26")
    assert json.loads(run("check-code", code, "--json").stdout)["number"] == "01/GCN-HN.HCN"
    assert "H-00001" in run("check-code", code).output
    assert "is void" in run("void", "1", "--year", 2025, "--reason", "In nhầm").output
    assert json.loads(run("register", "--json").stdout)[0]["status"] == "void"
    assert "no longer in force" in run("void", "1", "--year", 2025, "--reason", "In nhầm", code=1).stderr
    assert "no certificate 7" in run("reprint", "7", "--year", 2025, "--reason", "x", "--out", again, code=1).stderr


def test_a_draft_is_drawn_without_number(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "nháp.pdf"
    told = run("preview", "H-00003", "--out", out)
    assert "has no class" in told.stderr
    assert "NHÁP" in pages_of(out.read_bytes())[0]
    assert json.loads(run("register", "--json").stdout) == []


def test_the_register_is_printed_with_its_owner(run: Run, tmp_path: Path) -> None:
    run("issue", "H-00001", "--out", tmp_path / "1.pdf")
    out = tmp_path / "sổ.pdf"
    assert "List written" in run("register", "--out", out, "--purpose", "Trình ký").output
    assert "Printed by Nguyễn Thị Lan" in pages_of(out.read_bytes())[0]
    assert "Purpose: Trình ký" in pages_of(out.read_bytes())[0]
    run("register", "--year", 2026, "--out", out)
    assert "Purpose: file of the office" in pages_of(out.read_bytes())[0]

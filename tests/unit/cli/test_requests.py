"""`casemgr requests` as support staff type it: taken in with its receipt, listed, refused with its letter."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.services import offices
from casemgr.workspace import Workspace
from tests.support.pdfs import pages_of
from tests.support.workspaces import COMMUNE, PASSPHRASE, START, Make


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the clock of the machine: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


class Counter:
    """The command line on one case file with two households."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.file = file
        self.passphrase = folder / "passphrase.txt"
        self.passphrase.write_text(f"{PASSPHRASE}\n", "utf-8")

    def run(self, *words: str) -> Result:
        options = ["--language", "vi", "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, "requests", *words])


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    workspace, _code = Workspace.create(
        tmp_path / "xa.casemgr",
        offices.default_office(COMMUNE),
        user=UserData("lan", "Nguyễn Thị Lan"),
        passphrase=PASSPHRASE,
    )
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
    make = Make(workspace)
    make.household("Nguyễn Thị Á")
    make.poor(make.household("Lê Văn Bình"))
    workspace.close()
    return Counter(tmp_path / "xa.casemgr", tmp_path)


def test_a_request_is_taken_in_with_its_receipt_and_refused_with_its_letter(counter: Counter, tmp_path: Path) -> None:
    receipt, letter = tmp_path / "hen-tra.pdf", tmp_path / "tra-loi.pdf"
    taken = counter.run("receive", "H-00001", "--reason", "flood", "--receipt", str(receipt), "--json")
    assert taken.exit_code == 0, taken.output
    told = json.loads(taken.stdout)
    assert (told["number"], told["due_on"], told["status"]) == ("01/2026", "2026-12-30", "received")
    assert "01/2026" in pages_of(receipt.read_bytes())[0]
    assert "30/12/2026" in counter.run("list").stdout

    refused = counter.run("refuse", "01/2026", "--reason", "Thu nhập vượt chuẩn", "--letter", str(letter))
    assert refused.exit_code == 0, refused.output
    assert "Thu nhập vượt chuẩn" in " ".join(pages_of(letter.read_bytes())[0].split())
    assert json.loads(counter.run("list", "--json").stdout)[0]["status"] == "refused"


def test_what_cannot_be_asked_is_refused_with_the_reason(counter: Counter) -> None:
    result = counter.run("receive", "H-00002", "--reason", "flood")
    assert result.exit_code == 1
    assert "H-00002" in result.stderr
    assert counter.run("withdraw", "9/2026").exit_code == 1


def test_a_household_takes_its_request_back(counter: Counter) -> None:
    taken = counter.run("receive", "H-00002", "--kind", "leave", "--text", "Con đã có việc làm")
    assert taken.exit_code == 0, taken.output
    assert counter.run("withdraw", "1/2026", "--reason", "Đổi ý").exit_code == 0
    assert json.loads(counter.run("list", "--status", "withdrawn", "--json").stdout)[0]["code"] == "H-00002"

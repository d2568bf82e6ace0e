"""`casemgr loans` as support staff type it: written down, repaid, extended, listed and summed."""

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
from tests.support.workspaces import COMMUNE, PASSPHRASE, START, Make


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the clock of the machine: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


class Bank:
    """The command line on one case file with two households."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.file = file
        self.passphrase = folder / "passphrase.txt"
        self.passphrase.write_text(f"{PASSPHRASE}\n", "utf-8")

    def run(self, *words: str) -> Result:
        options = ["--language", "vi", "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, "loans", *words])

    def data(self, *words: str) -> object:
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    workspace, _code = Workspace.create(
        tmp_path / "xa.casemgr",
        offices.default_office(COMMUNE),
        user=UserData("lan", "Nguyễn Thị Lan"),
        passphrase=PASSPHRASE,
    )
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
    make = Make(workspace)
    make.poor(make.household("Nguyễn Thị Á"))
    make.household("Lê Văn Bình")
    workspace.close()
    return Bank(tmp_path / "xa.casemgr", tmp_path)


LOAN = ("--programme", "TD-HN", "--amount", "50000000", "--purpose", "Nuôi bò", "--term", "60")


def test_a_loan_from_its_record_to_the_sum(bank: Bank) -> None:
    made = bank.data("record", "H-00001", *LOAN, "--disbursed", "02/02/2026", "--organisation", "Hội Phụ nữ")
    assert isinstance(made, dict)
    assert (made["status"], made["rate_millionths"], made["due_on"]) == ("running", 62_400, "2031-02-02")
    paid = bank.data("repay", "H-00001", "--amount", "20000000", "--date", "01/06/2026")
    assert isinstance(paid, dict)
    assert paid["balance"] == 30_000_000
    longer = bank.data("extend", made["id"], "--due", "02/02/2032", "--document", "GH 3")
    assert isinstance(longer, dict)
    assert longer["due_on"] == "2032-02-02"
    assert bank.data("list", "--by", "organisation") == [
        {
            "key": "Hội Phụ nữ",
            "label": "Hội Phụ nữ",
            "loans": 1,
            "disbursed": 50_000_000,
            "repaid": 20_000_000,
            "balance": 30_000_000,
            "overdue": 0,
            "overdue_balance": 0,
        }
    ]
    (before,) = bank.data("list", "--as-of", "2026-05-31", "--household", "H-00001")  # type: ignore[misc] # a JSON list
    assert before["balance"] == 50_000_000
    shown = bank.run("list")
    assert "30.000.000" in shown.output
    assert bank.data("list", "--overdue") == []


def test_who_is_not_entitled_is_written_down_with_what_speaks_against_it(bank: Bank) -> None:
    done = bank.run("record", "H-00002", *LOAN)
    assert done.exit_code == 0
    assert "78/2002" in done.stderr
    assert bank.run("list", "--by", "programme").exit_code == 0


def test_what_cannot_be_is_refused_with_a_sentence(bank: Bank) -> None:
    assert bank.run("repay", "H-00001", "--amount", "1").exit_code == 1
    assert bank.run("record", "H-00001", *LOAN, "--member", "7").exit_code == 1
    bank.data("record", "H-00001", *LOAN, "--disbursed", "02/02/2026")
    done = bank.run("repay", "H-00001", "--amount", "50000001")
    assert done.exit_code == 1
    assert "50.000.000" in done.stderr


def test_instalments_are_proposed_written_and_told_when_due(bank: Bank) -> None:
    bank.data("record", "H-00001", *LOAN, "--disbursed", "02/02/2025", "--asked", "02/01/2025")
    proposed = bank.data("schedule", "H-00001", "--every", "12")
    assert isinstance(proposed, list)
    assert [one["amount"] for one in proposed] == [10_000_000] * 5
    assert bank.data("schedule", "H-00001") == []
    bank.data("schedule", "H-00001", "--every", "12", "--write")
    assert bank.data("schedule", "H-00001") == proposed
    (row,) = bank.data("due")  # type: ignore[misc]  # a list of one
    assert (row["due_on"], row["amount"], row["late_days"]) == ("2026-02-02", 10_000_000, 295)
    assert bank.data("due", "--hamlet", "Phú Nhơn", "--group", "khong co") == []
    assert bank.run("due", "--hamlet", "Không Có").exit_code == 1
    (loan,) = bank.data("list", "--overdue")  # type: ignore[misc]  # a list of one
    assert (loan["overdue"], loan["next_due"]["amount"]) == (10_000_000, 10_000_000)
    told = bank.run("due")
    assert "10.000.000" in told.stdout
    for extreme in (("--as-of", "9999-12-31"), ("--within", "9" * 15)):
        rows = bank.data("due", *extreme)
        assert isinstance(rows, list)
        assert len(rows) == 5
    wrong = bank.run("schedule", "H-00001", "--instalment", "02/02/2027=1000000", "--write")
    assert wrong.exit_code == 1
    assert "49.000.000" in wrong.output
    assert bank.run("schedule", "H-00001", "--instalment", "02/02/2027").exit_code == 2
    assert bank.data("schedule", "H-00001", "--whole", "--write") == []


def test_repayments_of_the_bank_are_shown_then_written(bank: Bank, tmp_path: Path) -> None:
    from casemgr.exchange.tables import write_table

    bank.data("record", "H-00001", *LOAN, "--disbursed", "02/02/2026")
    titles = ["Khách hàng", "Chương trình", "Ngày trả", "Trả gốc", "Chứng từ"]
    rows = [
        ["Nguyễn Thị Á", "TD-HN", "01/06/2026", "5.000.000", "PT 12"],
        ["Người Lạ", "", "01/06/2026", "1.000.000", ""],
    ]
    write_table(tmp_path / "thu.xlsx", titles, rows)
    file = str(tmp_path / "thu.xlsx")
    shown = bank.data("import", file)
    assert isinstance(shown, list)
    assert [one["state"] for one in shown] == ["matched", "unknown"]
    assert bank.data("list")[0]["balance"] == 50_000_000  # type: ignore[index]  # a list of loans
    done = bank.run("import", file, "--write")
    assert done.exit_code == 0, done.output
    assert bank.data("list")[0]["balance"] == 45_000_000  # type: ignore[index]  # a list of loans
    again = bank.data("import", file)
    assert isinstance(again, list)
    assert again[0]["state"] == "recorded"

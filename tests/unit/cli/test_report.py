"""`casemgr report` over a real case file, in this process."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from casemgr.cli import main
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.services import offices
from casemgr.workspace import Workspace
from tests.support.figures import review
from tests.support.pdfs import pages_of
from tests.support.workspaces import PASSPHRASE, START, Make

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(START, tick=True):
        yield


@pytest.fixture
def campaign() -> list[UUID]:
    return []


@pytest.fixture
def file(tmp_path: Path, campaign: list[UUID]) -> Path:
    """A case file with a decided review; closed."""
    path = tmp_path / "xa.casemgr"
    workspace, _code = Workspace.create(
        path, offices.default_office("28901"), user=UserData("lan", "Nguyễn Thị Lan"), passphrase=PASSPHRASE
    )
    for name in ("Phú Nhơn", "Quân An"):
        workspace.write(offices.add_hamlet, HamletData("Ấp", name, Area.RURAL))
    made = review(workspace, Make(workspace))
    made.case("poor", "near_poor", 4)
    made.case("poor", "poor", 2, hamlet="Quân An", minority=True, no_labour=True)
    campaign.append(made.campaign)
    workspace.close()
    return path


@pytest.fixture
def run(file: Path, tmp_path: Path) -> Run:
    key = tmp_path / "passphrase.txt"
    key.write_text(PASSPHRASE, encoding="utf-8")

    def run_it(*arguments: object, code: int = 0) -> Result:
        line = ["--language", "en", "--file", str(file), "--passphrase-file", str(key), "report"]
        done = CliRunner().invoke(main, [*line, *map(str, arguments)], catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done

    return run_it


def test_the_forms_are_listed_and_named_in_the_help(run: Run) -> None:
    listed = run("--list").stdout.splitlines()
    assert len(listed) == 16
    assert "dien-bien-ho-ngheo" in listed[1]
    assert [one["number"] for one in json.loads(run("--list", "--json").stdout)] == [str(n) for n in range(1, 17)]
    shown = run("--help").stdout
    assert "dien-bien-ho-can-ngheo" in shown
    assert "Diễn biến hộ cận nghèo" in shown


def test_a_report_as_json_excel_and_paper(run: Run, tmp_path: Path) -> None:
    found = json.loads(run("dien-bien-ho-ngheo", "--year", 2026, "--json").stdout)
    assert found["official"]
    assert found["standard"] == "VN-2022"
    assert found["total"][0]["values"] == [2, 1, 0, 0, 0, 0, 0, 0, 1]
    assert found["columns"][8]["shown"] == "9=1-2-3-4+5+6+7+8"
    excel, paper = tmp_path / "b2.xlsx", tmp_path / "b2.pdf"
    assert "Report 2 written" in run("2", "--year", 2026, "--out", excel).stdout
    page = load_workbook(excel).active
    assert page is not None
    assert page["A4"].value == "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO"
    run("2", "--year", 2026, "--out", paper)
    assert "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO" in pages_of(paper.read_bytes())[0]


def test_warnings_go_to_standard_error_and_strict_refuses_what_does_not_balance(run: Run, file: Path) -> None:
    done = run("1", "--year", 2026, "--json")
    assert "Totals are missing" in done.stderr
    assert json.loads(done.stdout)["gaps"] == []
    run("2", "--year", 2026, "--json", "--strict")
    workspace = Workspace.open(file, passphrase=PASSPHRASE)
    make = Make(workspace)
    make.poor(make.household("Lê Thị Quên"), 2026)
    workspace.close()
    assert "is not in this review" in run("2", "--year", 2026, "--json").stderr
    out = file.parent / "strict.xlsx"
    assert "does not balance" in run("2", "--year", 2026, "--out", out, "--strict", code=1).stderr
    assert not out.exists()


def test_a_day_a_hamlet_a_review_by_its_id(run: Run, campaign: list[UUID]) -> None:
    day = json.loads(run("16", "--as-of", "2026-12-31", "--json").stdout)
    assert day["total"][0]["values"][2:4] == [1, 1]
    assert day["period"] == "31/12/2026"
    one = json.loads(run("16", "--campaign", campaign[0], "--hamlet", "quan an", "--json").stdout)
    assert [row["label"] for row in one["rows"]] == ["Ấp Quân An", ""]
    others = json.loads(run("8", "--year", 2026, "--json", "--printed-formula").stdout)
    assert others["total"][0]["values"][4] == -1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("2", "--year", "2026"), 2, "Say where to"),
        (("--year", "2026", "--json"), 2, "Name a report"),
        (("2", "--json"), 2, "Name the review"),
        (("2", "--year", "2026", "--as-of", "2026-12-31", "--json"), 2, "Name the review"),
        (("2", "--year", "2026", "--out", "b2.doc"), 2, "ending in .xlsx or .pdf"),
        (("99", "--year", "2026", "--json"), 1, "There is no report"),
        (("2", "--year", "2020", "--json"), 1, "no review of 2020"),
        (("2", "--as-of", "2026-12-31", "--json"), 1, "needs a review"),
        (("2", "--year", "2026", "--hamlet", "Nơi khác", "--json"), 1, "no hamlet called"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(run: Run, arguments: tuple[str, ...], code: int, told: str) -> None:
    assert told in run(*arguments, code=code).output

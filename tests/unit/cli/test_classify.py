"""`casemgr classify` without any case file."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemgr.cli import main

TABLE = Path(__file__).parents[2] / "data" / "standards" / "worked-examples.csv"
with TABLE.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


def run(*words: str, language: str = "vi") -> Result:
    return CliRunner().invoke(main, ["--language", language, "classify", *words])


def ask(day: str, area: str, *words: str) -> dict[str, object]:
    done = run("--as-of", day, "--area", area, *words, "--json")
    assert done.exit_code == 0, done.output
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize(("day", "standard"), [("2026-11-24", "VN-2022"), ("2027-02-01", "VN-2027")])
@pytest.mark.parametrize("row", ROWS, ids=[row["row"] for row in ROWS])
def test_the_worked_examples(row: dict[str, str], day: str, standard: str) -> None:
    words = ["--deprived", ",".join(row["deprived"].split())]
    words += ["--income", row["income"]] if row["income"] else ["--b1", row["b1"]]
    if not row[standard]:
        assert run("--as-of", day, "--area", row["area"], *words).exit_code == 1
        return
    told = ask(day, row["area"], *words)
    assert (told["class"], told["pack"], told["official"]) == (row[standard], standard, standard == "VN-2022")
    assert str(told["deprivations"]) == row["n22" if standard == "VN-2022" else "n27"]


def test_what_the_json_says() -> None:
    told = ask("24/11/2026", "rural", "--income", "1600000", "--deprived", " bhyt , xu_ly_rac_thai,")
    assert (told["class"], told["margin"], told["unit"], told["b2"]) == ("average", -100_000, "VND", 10)
    assert (told["counted"], told["ignored"]) == (["bhyt"], ["xu_ly_rac_thai"])
    assert str(told["reason"]).startswith("Thu nhập 1.600.000 đồng/người/tháng vượt mức 1.500.000 đồng")
    assert told["citations"]
    points = ask("2026-11-24", "urban", "--b1", "176", "--deprived", "bhyt")
    assert (points["class"], points["margin"], points["unit"]) == ("none", -1, "points")


def test_another_pack_is_never_official_on_a_day_it_does_not_cover() -> None:
    told = ask("2026-11-24", "rural", "--income", "2000000", "--pack", "VN-2027")
    assert (told["class"], told["pack"], told["official"]) == ("near_poor", "VN-2027", False)
    assert ask("2027-01-01", "rural", "--income", "1", "--pack", "VN-2022")["official"] is False
    assert ask("2018-05-01", "rural", "--income", "900000", "--deprived", "bhyt,nha_tieu,vien_thong")["class"] == "poor"


def test_for_people() -> None:
    done = run(
        "--as-of", "2027-02-01", "--area", "urban", "--income", "2800001", "--deprived", "phuong_tien_tt", language="en"
    )
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Not poor"
    assert lines[1].startswith("Thu nhập 2.800.001 đồng/người/tháng vượt mức 2.800.000 đồng (đô thị)")
    assert "Not official: nobody can be recognised by this standard on that day." in lines
    assert "Over the line by 1 dong" in lines
    assert "Not counted by this standard: phuong_tien_tt" in lines
    points = run("--as-of", "2026-11-24", "--area", "rural", "--b1", "139", language="en").stdout
    assert "At or under the line by 1 point" in points
    assert "Not official" not in points
    assert "Điều 3 Nghị định số 07/2021/NĐ-CP" in points


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-of", "2026-11-24", "--area", "rural", "--income", "-1"), "-1"),
        (("--as-of", "2026-11-24", "--area", "rural", "--b1", "-1"), "-1"),
        (("--as-of", "2026-11-24", "--area", "rural"), "B1"),
        (("--as-of", "2026-11-24", "--area", "rural", "--income", "1", "--deprived", "xe_hoi"), "xe_hoi"),
        (("--as-of", "2027-02-01", "--area", "rural", "--b1", "120"), "VN-2027"),
        (("--as-of", "2031-02-01", "--area", "rural", "--income", "1"), "01/02/2031"),
        (("--as-of", "2026-11-24", "--area", "rural", "--income", "1", "--pack", "VN-2030"), "VN-2030"),
    ],
)
def test_refusals_say_what(words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words", [("--area", "rural"), ("--as-of", "2026-11-24", "--area", "city"), ("--as-of", "soon", "--area", "rural")]
)
def test_what_is_not_understood(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_an_income_against_the_points_is_named() -> None:
    low = ask("2026-11-24", "rural", "--b1", "140", "--income", "1500001")
    assert (low["class"], low["unit"], len(low["notes"])) == ("near_poor", "points", 1)  # type: ignore[arg-type]
    assert "1.500.001" in str(low["notes"])
    high = ask("2026-11-24", "urban", "--b1", "176", "--income", "2000000")
    assert (high["class"], high["unit"]) == ("none", "points")
    assert "2.000.000" in str(high["notes"])
    for words in (("--b1", "140", "--income", "1500000"), ("--b1", "141", "--income", "1500001"), ("--b1", "90")):
        assert ask("2026-11-24", "rural", *words)["notes"] == []
    assert ask("2027-02-01", "rural", "--b1", "90", "--income", "9000000")["notes"] == []  # no points there
    told = run("--as-of", "2026-11-24", "--area", "rural", "--b1", "140", "--income", "1500001", language="en")
    assert "1,500,001" in told.stdout
    assert "check both" in told.stdout

"""`casemgr import` as support staff type it: a dry run, a file of problems, all or the good rows only."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.commandline import Terminal
from tests.support.workbooks import column, nasty, register, write_xlsx
from tests.support.workspaces import copy_file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case file made by the command line itself; copy it, never open it."""
    terminal = Terminal(tmp_path_factory.mktemp("office"), tmp_path_factory.mktemp("case") / "xa.casemgr")
    terminal.ok("office", "create", "--commune", "28901", "--hamlet", "Ấp Phú Nhơn")
    return terminal.file


@pytest.fixture
def terminal(made: Path, tmp_path: Path) -> Terminal:
    """A terminal with a case file of its own."""
    return Terminal(tmp_path, copy_file(made, tmp_path / "xa.casemgr"))


def test_from_the_nasty_list_to_households(terminal: Terminal, tmp_path: Path) -> None:
    """A dry run, the refusal, the file of problems, the good rows, then the rest with its unreadable cell noted."""
    path = nasty(tmp_path / "nasty.xlsx")
    dry = terminal.data("import", "households", path, "--problems", tmp_path / "loi.xlsx")
    assert (dry["year"], dry["applied"]) == (2026, None)
    assert dry["households"] == {"new": 2, "update": 0, "unchanged": 0, "blocked": 1, "skipped": 0}
    errors = [problem for problem in dry["problems"] if problem["severity"] == "error"]
    assert [(p["sheet"], p["row"], p["column"], p["value"], p["reason"]) for p in errors] == [
        ("Ấp Phú Nhơn", 12, "E", "8.3156E+10", "scientific")
    ]
    assert load_workbook(tmp_path / "loi.xlsx")["Ấp Phú Nhơn"]["E12"].comment is not None
    assert terminal.data("households", "list") == []

    assert "--good-rows-only" in terminal.refused("import", "households", path, "--apply")
    assert terminal.data("households", "list") == []

    done = terminal.data("import", "households", path, "--apply", "--good-rows-only")
    assert done["applied"]["created"] == 2
    rest = terminal.data("import", "households", path, "--apply", "--keep-unreadable")
    assert (rest["applied"]["created"], rest["applied"]["unchanged"]) == (1, 2)
    again = terminal.data("import", "households", path, "--apply", "--keep-unreadable")
    assert (again["applied"]["created"], again["applied"]["updated"], again["applied"]["unchanged"]) == (0, 0, 3)

    found = terminal.data("households", "find", "nguyen thi nguong")
    assert (found[0]["head"], found[0]["hamlet"], found[0]["class"], found[0]["people"]) == (
        "Nguyễn Thị Ngưỡng",
        "Ấp Phú Nhơn",
        "poor",
        3,
    )


def test_what_a_person_reads(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.ok("import", "households", nasty(tmp_path / "nasty.xlsx"))
    assert "nasty.xlsx" in said
    assert "Ấp Phú Nhơn!E12" in said
    assert "8.3156E+10" in said


def test_columns_year_and_answers(terminal: Terminal, tmp_path: Path) -> None:
    rows = column("Nữ", ("x", "083160001234"), (None, "083085004321"), more=["Mã gì"])
    path = write_xlsx(tmp_path / "ds.xlsx", {"Danh sách": rows})
    dry = terminal.data("import", "households", path, "--column", "D=identity", "--year", "2025")
    (question,) = dry["questions"]
    assert (dry["year"], dry["tables"][0]["columns"]["4"]["field"]) == (2025, "identity")
    asked = ("import", "households", path, "--column", "D=identity", "--yes", question["key"], "--apply")
    assert terminal.data(*asked)["questions"][0]["answered"]
    shown = terminal.data("households", "show", "H-00002")
    assert (shown["members"][0]["sex"], shown["members"][0]["id_number"]) == ("male", "083085004321")


@pytest.mark.parametrize("text", ["D", "D=nothing", "1=name"])
def test_a_column_that_is_no_column_is_not_understood(terminal: Terminal, tmp_path: Path, text: str) -> None:
    path = write_xlsx(tmp_path / "ds.xlsx", {"Danh sách": column("Năm sinh", 1960)})
    assert terminal.run("import", "households", path, "--column", text).returncode == 2


def test_files_that_are_no_lists(terminal: Terminal, tmp_path: Path) -> None:
    bad = tmp_path / "hong.xlsx"
    bad.write_bytes(b"PK\x03\x04 hong")
    assert "hong.xlsx" in terminal.refused("import", "households", bad)
    assert "mat.xlsx" in terminal.refused("import", "households", tmp_path / "mat.xlsx", "--apply")


def test_the_reading_process_of_a_bundle(terminal: Terminal, tmp_path: Path) -> None:
    """A frozen program starts its console program for the reading; the hidden command must answer."""
    done = terminal.run("import", "read-workbook")
    assert done.stdout.strip() == '{"ready":true}'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("mot-cot.csv", "Võ Thị Hoa\nLê Văn Bảy\n".encode(), "không tìm thấy bảng hộ nào"),
        ("rong.csv", b"\0" * 10_000, "không phải"),
        ("quyet-dinh.pdf", b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n", "không phải"),
    ],
)
@pytest.mark.parametrize("options", [["--apply"], ["--apply", "--good-rows-only"]])
def test_applying_a_file_without_a_list_is_refused(
    terminal: Terminal, tmp_path: Path, name: str, content: bytes, said: str, options: list[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    refused = terminal.refused("import", "households", tmp_path / name, *options)
    assert name in refused
    assert said in refused


def test_applying_a_workbook_without_households_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    empty = write_xlsx(tmp_path / "trong.xlsx", {"Danh sách": []})
    titles = write_xlsx(tmp_path / "tieu-de.xlsx", {"Danh sách": column("Năm sinh")})
    assert "không tìm thấy bảng hộ nào" in terminal.refused("import", "households", empty, "--apply")
    assert "không có hộ nào" in terminal.refused("import", "households", titles, "--apply")
    assert terminal.data("import", "households", titles)["households"]["new"] == 0


def test_what_a_cell_says_is_shown_as_it_stands(terminal: Terminal, tmp_path: Path) -> None:
    rows = column("Năm sinh", "sinh\nkhoảng 'bảy mấy'")
    said = terminal.ok("import", "households", write_xlsx(tmp_path / "ds.xlsx", {"Danh sách": rows}))
    assert "“sinh khoảng 'bảy mấy'”" in said


def test_comparing_a_list_with_the_file(terminal: Terminal, tmp_path: Path) -> None:
    """The ministry's export imported, then another one in which a class changed and a household is gone."""
    path = register(tmp_path / "bo.xlsx")
    terminal.data("import", "households", path, "--apply", "--year", "2026")
    same = terminal.data("import", "compare", path, "--year", "2026")
    assert (same["same"], same["only_here"], same["only_there"], same["differs"]) == (4, [], [], [])

    book = load_workbook(path)
    main = book.worksheets[0]
    main["P8"] = "Hộ cận nghèo"
    main.delete_rows(11)
    other = tmp_path / "quoc-gia.xlsx"
    book.save(other)
    out = tmp_path / "doi-chieu.xlsx"
    before = terminal.data("households", "list")
    found = terminal.data("import", "compare", other, "--year", "2026", "--out", out)
    assert terminal.data("households", "list") == before
    assert [one["head"] for one in found["only_here"]] == ["Thạch Sa Rây"]
    (differing,) = found["differs"]
    assert [each["field"] for each in differing["differences"]] == ["class"]
    written = load_workbook(out)
    assert [sheet.max_row for sheet in written.worksheets] == [4, 4, 3]
    assert "Nguyễn Thị Ngưỡng" in {str(cell.value) for cell in written.worksheets[0][4]}
    said = terminal.ok("import", "compare", other, "--year", "2026")
    assert "Thạch Sa Rây" in said
    narrower = terminal.data("import", "compare", other, "--year", "2026", "--class", "escaped_poor")
    assert narrower["only_here"] == []


def test_nothing_to_compare_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "trong.xlsx", {"A": [["Không có gì"]]})
    assert "trong.xlsx" in terminal.refused("import", "compare", path)

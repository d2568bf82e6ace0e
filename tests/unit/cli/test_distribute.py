"""`casemgr distribute` as support staff type it: proposed, made, filled in, approved, ticked, printed, taken back."""

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
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


class Desk:
    """The command line on one case file with three households."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "xa.casemgr"
        self.passphrase = folder / "passphrase.txt"
        self.passphrase.write_text(f"{PASSPHRASE}\n", "utf-8")

    def run(self, *words: str | Path) -> Result:
        options = ["--language", "vi", "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, "distribute", *map(str, words)])

    def ok(self, *words: str | Path) -> str:
        done = self.run(*words)
        assert done.exit_code == 0, done.output
        return done.stdout


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    workspace, _code = Workspace.create(
        tmp_path / "xa.casemgr",
        offices.default_office(COMMUNE),
        user=UserData("lan", "Nguyễn Thị Lan"),
        passphrase=PASSPHRASE,
    )
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
    make = Make(workspace)
    for name, number in (("Nguyễn Thị Á", "083179000015"), ("Lê Văn Bình", "083079000023"), ("Trần Thị Cúc", None)):
        make.poor(make.household(make.person(name, id_number=number)))
    workspace.close()
    return Desk(tmp_path)


def filled(file: Path, heading: str, values: dict[str, object]) -> None:
    """Write into the column of a heading, by the code of the household."""
    book = openpyxl.load_workbook(file)
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if any(cell.value == "Mã hộ" for cell in row))
    places = {cell.value: cell.column for cell in head}
    for row in page.iter_rows(min_row=head[0].row + 1):
        code = row[places["Mã hộ"] - 1].value
        if code in values:
            page.cell(row[0].row, places[heading], values[code])
    book.save(file)


def test_a_pay_out_from_the_list_file_to_the_last_tick(desk: Desk, tmp_path: Path) -> None:
    codes = tmp_path / "danh-sach.txt"
    codes.write_text("H-00001\nH-00002\n\nH-00003\n", "utf-8")
    told = json.loads(desk.ok("propose", "dien", "--households", codes, "--source", "province", "--json"))
    assert [row["code"] for row in told["rows"]] == ["H-00001", "H-00002"]
    assert told["period"] == "2026-Q4"
    assert [(one["code"], one["findings"][0]["cause"]) for one in told["excluded"]] == [("H-00003", "number")]
    one = desk.ok("make", "DIEN", "--households", codes, "--source", "province", "--title", "Tiền điện quý IV").strip()
    sheet = tmp_path / "tien-dien.xlsx"
    desk.ok("export", one, "--out", sheet)
    filled(sheet, "Số tiền (đồng)", {"H-00002": 150_000})
    desk.ok("amounts", one, sheet)
    lines = json.loads(desk.ok("show", "tien dien quy iv", "--json"))["lines"]
    assert lines[0]["amount"] != lines[1]["amount"]
    assert 150_000 in {line["amount"] for line in lines}
    early = desk.run("receive", one, "--all")
    assert early.exit_code == 1
    desk.ok("approve", one, "--number", "128/QĐ-UBND", "--date", "20/11/2026")
    filled(sheet, "Ngày nhận", {"H-00001": "x", "H-00002": "24/11/2026"})
    filled(sheet, "Người nhận thay", {"H-00002": "Lê Văn Em"})
    refused = desk.run("receive", one, sheet)
    assert refused.exit_code == 1
    assert "Lê Văn Em" in refused.stderr
    filled(sheet, "Giấy ủy quyền", {"H-00002": "GUQ 23/11/2026"})
    desk.ok("receive", one, sheet)
    listed = json.loads(desk.ok("list", "--json"))
    assert [(row["rows"], row["received"], row["status"]) for row in listed] == [(2, 2, "done")]
    paper = tmp_path / "bang-ke.pdf"
    desk.ok("print", one, "--out", paper)
    text = " ".join(pages_of(paper.read_bytes()))
    assert "BẢNG KÊ HỖ TRỢ HỘ GIA ĐÌNH" in text
    assert "083179000015" in text
    desk.ok("cancel", one, "--reason", "Lập nhầm")
    assert json.loads(desk.ok("list", "--year", "2026", "--json"))[0]["status"] == "cancelled"


def test_goods_are_named_on_the_command_line_and_printed_as_papers_of_each_household(
    desk: Desk, tmp_path: Path
) -> None:
    rice = "Gạo tẻ;15;kg;16.000;loại 1;Hạt Ngọc;Công ty Lương thực"
    given = ("QUA-XH", "--goods", rice, "--source", "sponsor", "--hamlet", "Phú Nhơn", "--class", "poor")
    told = json.loads(desk.ok("propose", *given, "--json"))
    assert len(told["rows"]) == 3  # a missing number only needs a reason where no public money is spent
    desk.ok("make", *given, "--title", "Quà Tết", "--reason", "đã xác minh tại ấp")
    for paper, words in (
        ("receipt-list", "DANH SÁCH KÝ NHẬN"),
        ("handover", "BIÊN BẢN BÀN GIAO"),
        ("authorisation", "GIẤY ỦY QUYỀN"),
    ):
        out = tmp_path / f"{paper}.pdf"
        desk.ok("print", "qua tet", "--paper", paper, "--out", out)
        assert words in " ".join(pages_of(out.read_bytes()))


def test_what_is_wrong_is_told_with_its_place_and_nothing_is_changed(desk: Desk, tmp_path: Path) -> None:
    codes = tmp_path / "danh-sach.txt"
    codes.write_text("H-00001\nH-00099\n", "utf-8")
    unknown = desk.run("propose", "DIEN", "--households", codes)
    assert unknown.exit_code == 1
    assert "H-00099" in unknown.stderr
    assert desk.run("propose", "KHONG-CO").exit_code == 1
    assert desk.run("propose", "DIEN", "--hamlet", "Không có").exit_code == 1
    assert desk.run("propose", "QUA-XH", "--goods", "Gạo").exit_code == 1
    assert desk.run("show", "không có").exit_code == 1
    one = desk.ok("make", "DIEN", "--source", "province", "--title", "Tiền điện").strip()
    assert desk.run("receive", one).exit_code == 2
    sheet = tmp_path / "tien-dien.xlsx"
    desk.ok("export", one, "--out", sheet)
    filled(sheet, "Số tiền (đồng)", {"H-00001": "nhiều", "H-00002": 10})
    filled(sheet, "Họ và tên", {"H-00002": "Trần Văn Khác"})
    done = desk.run("amounts", one, sheet)
    assert done.exit_code == 1
    assert "nhiều" in done.stderr
    assert "Trần Văn Khác" in done.stderr
    lines = json.loads(desk.ok("show", one, "--json"))["lines"]
    assert len({line["amount"] for line in lines}) == 1

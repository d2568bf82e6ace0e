"""The officer's story through the command line: from last year's Excel list to a printed certificate and a backup."""

import shutil
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.support.commandline import Terminal

HEADER = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Quan hệ với chủ hộ",
    "Dân tộc",
    "Ấp",
    "Loại hộ",
    "Ghi chú",
]
LIST = [
    [1, "NGUYỄN THỊ Á", "05/03/1979", "Nữ", "083179001234", "Chủ hộ", "Kinh", "Ấp Phú Nhơn", "HN", None],
    [None, "- Trần Văn Dũng", 1976, "Nam", 83076004321, "Chồng", "Kinh", None, None, "đi làm xa"],
    [None, "- Trần Thị Ngưỡng", "19/11/2005", "Nữ", None, "Con", "Kinh", None, None, None],
    [2, "Kim Văn Tám (Tám Lành)", "1958", "Nam", "083058000111", "CH", "Khơ-me", "Phú nhơn", "HCN", None],
    [3, "<b>A & B</b>", "01/02/1990", "Nam", None, "Chủ hộ", "Kinh", "Quân An", "HN", "=1+1"],
]  # fmt: skip


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path, tmp_path / "xa.casemgr")
    made.ok(
        "office", "create", "--commune", "28901", "--hamlet", "Ấp Phú Nhơn", "--hamlet", "Ấp Quân An",
        "--signatory", "Trần Văn Hòa", "--name", "Nguyễn Thị Lan", "--recovery-sheet", tmp_path / "recovery.pdf",
    )  # fmt: skip
    return made


def last_years_list(folder: Path, rows: list[list[object]] = LIST) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "UBND XÃ HƯNG KHÁNH TRUNG"
    sheet["A3"] = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2026"
    for column, title in enumerate(HEADER, 1):
        sheet.cell(5, column, title)
    for number, row in enumerate(rows, 6):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
            sheet.cell(number, column).data_type = (
                "s" if isinstance(value, str) else sheet.cell(number, column).data_type
            )
    path = folder / "danh sách.xlsx"
    book.save(path)
    return path


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_from_last_years_list_to_a_certificate_and_a_verified_backup(terminal: Terminal, tmp_path: Path) -> None:
    source = last_years_list(tmp_path)
    assert "28901" in terminal.ok("office", "show")
    assert text_of(tmp_path / "recovery.pdf")

    terminal.ok("import", "households", source)
    assert terminal.data("households", "list") == [], "a dry run writes nothing"
    terminal.ok("import", "households", source, "--apply")
    listed = terminal.data("households", "list")
    assert len(listed) == 3
    assert {"code", "head", "hamlet", "class", "people"} <= set(listed[0])

    terminal.ok("import", "households", source, "--apply")
    assert terminal.data("households", "list") == listed, "the same list again changes nothing"

    found = terminal.data("households", "find", "nguyen thi a")
    assert (found[0]["head"], found[0]["class"], found[0]["people"]) == ("Nguyễn Thị Á", "poor", 3)
    code = found[0]["code"]
    shown = terminal.data("households", "show", code)
    members = {member["name"]: member for member in shown["members"]}
    assert (members["Nguyễn Thị Á"]["birth"], members["Nguyễn Thị Á"]["id_number"]) == ("1979-03-05", "083179001234")
    assert (members["Trần Văn Dũng"]["birth"], members["Trần Văn Dũng"]["id_number"]) == ("1976", "083076004321")
    assert (members["Trần Văn Dũng"]["sex"], members["Nguyễn Thị Á"]["relation"]) == ("male", "head")

    paper = tmp_path / "giấy.pdf"
    other = next(row["code"] for row in listed if row["head"] == "<b>A & B</b>")
    terminal.ok("certificates", "issue", code, other, "--out", paper)
    printed = text_of(paper)
    assert "Nguyễn Thị Á" in printed
    assert "<b>A & B</b>" in printed
    assert "01/GCN-HN.HCN" in printed
    register = terminal.data("certificates", "register")
    assert len(register) == 2
    assert "01/GCN-HN.HCN" in terminal.refused("certificates", "issue", code, "--out", tmp_path / "lần hai.pdf")

    backups = tmp_path / "sao lưu"
    backups.mkdir()
    terminal.ok("backup", "create", backups)
    (backup,) = backups.glob("*.casemgr-backup")
    terminal.ok("backup", "verify", backup)
    terminal.ok("check")

    elsewhere = Terminal(tmp_path / "pc2", tmp_path / "pc2" / "xa.casemgr")
    elsewhere.folder.mkdir()
    elsewhere.ok("backup", "restore", backup)
    assert elsewhere.data("households", "list") == listed
    assert len(elsewhere.data("certificates", "register")) == 2


def test_refusals_are_sentences_and_lose_nothing(terminal: Terminal, tmp_path: Path) -> None:
    terminal.refused("households", "show", "H-00099")
    terminal.refused("import", "households", tmp_path / "không có.xlsx")
    broken = tmp_path / "hỏng.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    terminal.refused("import", "households", broken, "--apply")
    wrong = Terminal(tmp_path / "khác", terminal.file)
    wrong.folder.mkdir()
    (wrong.folder / "passphrase.txt").write_text("x")
    shutil.copy(terminal.file, tmp_path / "bản sao.casemgr")
    assert terminal.data("households", "list") == []
    usage = terminal.run("households", "nothing-such")
    assert usage.returncode == 2


def test_messages_come_in_the_chosen_language(terminal: Terminal) -> None:
    vietnamese = terminal.run("households", "show", "H-00099").stderr
    english = terminal.run("households", "show", "H-00099", language="en").stderr
    assert "Không có hộ" in vietnamese
    assert "There is no household" in english


def test_no_command_opens_an_internet_socket(terminal: Terminal) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed here")
    trace = terminal.folder / "trace.txt"
    done = terminal.run("households", "list", "--json", prefix=(strace, "-f", "-e", "trace=network", "-o", str(trace)))
    if "not permitted" in done.stderr:
        pytest.skip("tracing is not permitted here")
    assert done.returncode == 0, done.stderr
    assert "AF_INET" not in trace.read_text(encoding="utf-8", errors="replace")


def test_outputs_do_not_destroy_and_a_failed_sheet_leaves_no_office(terminal: Terminal, tmp_path: Path) -> None:
    before = terminal.file.read_bytes()
    terminal.refused("certificates", "register", "--out", terminal.file)
    source = last_years_list(tmp_path)
    terminal.refused("import", "households", source, "--problems", source)
    assert terminal.file.read_bytes()[:16] == before[:16]
    terminal.ok("check")
    other = Terminal(tmp_path / "b", tmp_path / "b" / "xa.casemgr")
    other.folder.mkdir()
    other.refused("office", "create", "--commune", "28901", "--recovery-sheet", tmp_path / "không có" / "a.pdf")
    assert not other.file.exists()


def test_numbers_go_on_after_an_older_state_was_restored(terminal: Terminal) -> None:
    assert "08/GCN-HN.HCN" in terminal.ok("certificates", "continue-after", "7", "--year", "2026")
    assert "7" in terminal.refused("certificates", "continue-after", "3", "--year", "2026")

"""The parts of the reading process by themselves, without the process around them."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from openpyxl import load_workbook

from casemgr.exchange import delimited, limits, readerprocess, xlsstyles, xlsxstyles
from casemgr.exchange.limits import RefusedError
from casemgr.exchange.readerprocess import _answer, kind_of, read_file
from tests.support.workbooks import (
    cell_date,
    column,
    csv_text,
    mutated,
    nasty,
    register,
    tcvn3,
    vni,
    write_xls,
    write_xlsx,
    zip_bomb,
)


def answers(path: Path) -> list[dict[str, Any]]:
    return [dict(answer) for answer in read_file(path)]


def rows(path: Path) -> list[Any]:
    return [row for answer in answers(path) for row in answer.get("rows", [])]


def refusal(path: Path) -> str:
    return str(list(_answer(path))[-1]["refused"])


def test_the_nasty_list_as_lines(tmp_path: Path) -> None:
    first, *_rest = answers(nasty(tmp_path / "a.xlsx"))
    assert (first["sheet"], first["state"], first["height"]) == ("Ấp Phú Nhơn ", "visible", 20)
    assert (3, 0, 3, 15) in first["merges"]
    assert first["hidden_rows"] == [10]
    found = {row[0]: row for row in rows(tmp_path / "a.xlsx")}
    assert found[12][3] == {1: 1, 6: 1, 7: 1}
    assert found[11][2] == {3: "1905-05-09T00:00:00"} or found[11][2] == {3: "1905-05-09"}
    assert found[13][4] == {8: "=SUM(I10:I13)", 13: "=SUM(N10:N13)"}
    assert answers(tmp_path / "a.xlsx")[-1] == {"end": True, "kind": "xlsx", "styles": True}


def test_values_as_json_can_carry_them() -> None:
    plain = readerprocess._plain
    assert plain(2.0) == (2, None)
    assert plain(2.5) == (2.5, None)
    assert plain(float("nan")) == ("nan", None)
    assert plain(True) == (True, None)
    assert plain(cell_date(1956, 3, 5)) == (None, "1956-03-05T00:00:00")
    assert plain(cell_date(1956, 3, 5).time()) == ("00:00:00", None)


def test_old_files_with_fonts_merges_errors_and_hidden_rows(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Cũ")
    sheet.write_merge(0, 0, 0, 2, "DANH SÁCH")
    struck, red, old = xlwt.XFStyle(), xlwt.easyxf("pattern: pattern solid, fore_colour red"), xlwt.XFStyle()
    struck.font.struck_out = True
    old.font.name = "VNI-Times"
    sheet.write(1, 0, "a", struck)
    sheet.write(1, 1, "b", red)
    sheet.write(1, 2, vni("Võ Thị Hoa"), old)
    sheet.row(2).write(0, "ẩn")
    sheet.row(2).hidden = True
    sheet.row(3).set_cell_error(0, "#REF!")
    upper = xlwt.Font()
    upper.name = ".VnTimeH"
    sheet.write_rich_text(4, 0, ["Bà ", ("hoa", upper)])
    path = tmp_path / "cu.xls"
    book.save(str(path))
    styles = xlsstyles.read_styles(path)["Cũ"]
    assert styles.merges == [(0, 0, 0, 2)]
    assert styles.marks[1] == {0: xlsxstyles.STRUCK, 1: xlsxstyles.RED, 2: xlsxstyles.FONTS["vni"]}
    assert styles.hidden_rows == {2}
    assert styles.faults == {3: {0: "#REF!"}}
    assert styles.texts == {4: {0: "Bà HOA"}}
    found = {row[0]: row for row in rows(path)}
    assert found[4][1:4:2] == [["Bà HOA"], {0: xlsxstyles.FONTS["decoded"]}]


def test_hidden_columns(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"A": column("Năm sinh", 1960)})
    book = load_workbook(path)
    book["A"].column_dimensions["C"].hidden = True
    book.save(path)
    assert answers(path)[0]["hidden_columns"] == [2]
    assert xlsxstyles.column_index("AA") == 26


@pytest.mark.parametrize("maker", [nasty, register])
def test_damage_is_refused_or_read_in_this_process_too(tmp_path: Path, maker: Callable[[Path], Path]) -> None:
    source = maker(tmp_path / "a.xlsx").read_bytes()
    kinds = set()
    for seed in range(80):
        path = tmp_path / "b.xlsx"
        path.write_bytes(mutated(source, seed))
        last = list(_answer(path))[-1]
        kinds.add(str(last.get("refused", "read")))
    assert {"corrupt", "read"} <= kinds
    assert kinds <= {"corrupt", "read", "entities", "zip-size", "zip-ratio", "stray-cell", "zip-nested", "not-text"}


def test_kinds_by_content(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_xls(tmp_path / "b.xls", {"A": column("Năm sinh", 1960)}).read_bytes())
    assert kind_of(path) == "xls"
    path.write_bytes(b"\x09\x08\x10\x00" + b"\0" * 30)
    assert kind_of(path) == "xls"
    assert refusal(path) == "corrupt"
    path.write_bytes(b"")
    assert refusal(path) == "empty"
    path.write_bytes(b"<?xml version='1.0'?><table/>")
    assert refusal(path) == "web-page"
    assert refusal(tmp_path / "mat.xlsx") == "missing"
    assert refusal(tmp_path) == "unreadable"


def test_large_files_are_refused_by_their_size(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(limits.FILE_LIMIT + 1)
    assert refusal(path) == "file-size"
    with pytest.raises(RefusedError):
        list(delimited.read(path))


def test_the_central_directory(tmp_path: Path) -> None:
    limits.check_zip(write_xlsx(tmp_path / "a.xlsx", {"A": column("Năm sinh", 1960)}))
    assert refusal(zip_bomb(tmp_path / "b.xlsx", 210)) == "zip-size"
    assert refusal(zip_bomb(tmp_path / "c.xlsx", 20)) == "zip-ratio"
    many = tmp_path / "d.xlsx"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(limits.ENTRY_LIMIT + 1):
            archive.writestr(str(number), b"")
    assert refusal(many) == "zip-entries"
    nested = tmp_path / "e.xlsx"
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("a.bin", (tmp_path / "a.xlsx").read_bytes())
    assert refusal(nested) == "zip-nested"
    mixed = tmp_path / "f.xlsx"
    with zipfile.ZipFile(mixed, "w") as archive:
        archive.writestr("a.bin", bytes(range(256)) * 400)
        archive.writestr("b.xml", b" " * (3 << 20), zipfile.ZIP_DEFLATED)
    assert refusal(mixed) == "zip-ratio"


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"A": column("Năm sinh", 1960)})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert refusal(path) == "password"


@pytest.mark.parametrize("limit", ["memory", "cells"])
def test_what_is_too_large_to_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    path = write_xls(tmp_path / "a.xls", {"A": column("Năm sinh", *range(1950, 1990))})
    if limit == "cells":
        monkeypatch.setattr(xlsstyles, "CELL_LIMIT", 20)
        assert refusal(path) == "stray-cell"
    else:
        monkeypatch.setattr(xlsstyles, "_looks", _exhausted)
        assert refusal(path) == "memory"


def _exhausted(_book: object) -> dict[int, int]:
    raise MemoryError


def test_values_are_rescued_when_fonts_cannot_be_read(tmp_path: Path) -> None:
    good = write_xlsx(tmp_path / "a.xlsx", {"A": column("Năm sinh", 1960)})
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'fontId="', b'fontId="z') if name == "xl/styles.xml" else data)
    assert answers(path)[-1] == {"end": True, "kind": "xlsx", "styles": False}
    assert len(rows(path)) == 2


@pytest.mark.parametrize(
    ("content", "separator"),
    [("a;b;c\n1;2;3", ";"), ("a,b\n1,2", ","), ("a\tb\n1\t2", "\t"), ("a|b\n1|2", "|"), ("sep=;\na;b", ";"), ("", ","),
     ('"a,b";c\n"d,e,f";g', ";")],
)  # fmt: skip
def test_separators(content: str, separator: str) -> None:
    assert delimited.separator(content) == separator


def test_the_line_that_names_the_separator_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nSTT;Họ tên\n1;Võ Hoa\n", encoding="utf-8")
    assert [row[1] for row in rows(path)] == [["STT", "Họ tên"], ["1", "Võ Hoa"]]


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_old_bytes_stay_as_they_show_until_the_column_is_decoded(encode: Callable[[str], str]) -> None:
    text = encode("nguyễn thị ngưỡng, trần văn út, võ thị hoàng oanh")
    assert delimited.decode(text.encode("latin-1")) == text


def test_text_that_is_none(tmp_path: Path) -> None:
    for data in (b"\xef\xbb\xbf\xff\xff", b"\xff\xfe\x00", b"abc\0def" * 5):
        with pytest.raises(RefusedError):
            delimited.decode(data)
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["a" * (1 << 21)]]), encoding="utf-8")
    assert refusal(path) == "corrupt"


def test_shared_strings_with_runs(tmp_path: Path) -> None:
    """As Excel itself writes them: one table of texts, some with runs of their own font."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("A")
        old, upper, struck = (
            book.add_format({"font_name": name, "font_strikeout": name == "Arial"})
            for name in (".VnTime", ".VnTimeH", "Arial")
        )
        sheet.write_string(0, 0, "Võ Hoa")
        sheet.write_rich_string(1, 0, old, "NguyÔn ThÞ ", upper, "hoa")
        sheet.write_rich_string(2, 0, "còn ", struck, "bỏ")
        sheet.write_string(3, 0, "bỏ hết", struck)
        sheet.write_formula(4, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(5, 0, "=A9", None, "")
        sheet.write_formula(6, 0, "=2+2", None, 4)
    found = {row[0]: row for row in rows(path)}
    assert found[1][1] == ["Nguyễn Thị HOA"]
    assert found[1][3] == {0: xlsxstyles.FONTS["decoded"]}
    assert (found[2][1], found[2][3]) == (["còn bỏ"], {0: xlsxstyles.STRUCK})
    assert found[3][3] == {0: xlsxstyles.STRUCK}
    assert found[4][4] == {0: "#DIV/0!"}
    assert found[5][4] == {0: "=A9"}
    assert (found[6][1], found[6][4]) == ([4], {})


def test_a_workbook_without_styles(tmp_path: Path) -> None:
    good = write_xlsx(tmp_path / "a.xlsx", {"A": column("Năm sinh", 1960)})
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                new.writestr(name, old.read(name))
    with zipfile.ZipFile(path) as archive:
        assert xlsxstyles.read_styles(archive)["A"].marks == {}


def test_hidden_sheets_and_charts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        first, second = book.add_worksheet("A"), book.add_worksheet("B")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=A!$A$1:$A$1"})
        book.add_chartsheet("C").set_chart(chart)
        first.write_string(0, 0, "Võ Hoa")
        second.hide()
    heads = [(answer["sheet"], answer["state"]) for answer in answers(path) if "sheet" in answer]
    assert heads == [("A", "visible"), ("B", "hidden")]


@pytest.mark.parametrize("name", ["sai.xls", "sai.csv", "sai.ods", "sai"])
def test_a_workbook_under_a_wrong_name_is_read_by_its_content(tmp_path: Path, name: str) -> None:
    write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)}).rename(tmp_path / name)
    assert rows(tmp_path / name) == rows(write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)}))


@pytest.mark.parametrize("name", ["sai.xlsx", "sai.csv"])
def test_an_old_workbook_under_a_wrong_name_is_read_by_its_content(tmp_path: Path, name: str) -> None:
    write_xls(tmp_path / "ds.xls", {"A": column("Năm sinh", 1960)}).rename(tmp_path / name)
    assert rows(tmp_path / name) == rows(write_xls(tmp_path / "ds.xls", {"A": column("Năm sinh", 1960)}))


@pytest.mark.parametrize(
    "content",
    [b"\0" * 10_000, b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n", bytes(range(1, 256)) * 40, b"a;b" + b"\1" * 50],
    ids=["nuls", "pdf", "bytes", "controls"],
)
@pytest.mark.parametrize("name", ["ds.csv", "ds.pdf"])
def test_binary_junk_is_no_text_table(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name) == "not-text"


def test_a_text_table_may_end_as_dos_ended_files(tmp_path: Path) -> None:
    (tmp_path / "ds.csv").write_bytes("Họ và tên;Năm sinh\nVõ Thị Hoa;1960\n\x1a".encode())
    assert rows(tmp_path / "ds.csv")[1][1] == ["Võ Thị Hoa", "1960"]

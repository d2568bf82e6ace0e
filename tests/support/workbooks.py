"""Makes real spreadsheets the way commune offices make them; everybody in them is invented."""

import csv
import datetime as dt
import io
import random
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from casemgr.domain import legacy
from casemgr.domain.imports import CellNote, ImportedHousehold, ImportedList
from casemgr.exchange.lists import read_list
from casemgr.exchange.workbooks import WorkbookReader

TODAY = date(2026, 11, 24)

Rows = Sequence[Sequence[Any]]


def cell_date(year: int, month: int, day: int) -> dt.datetime:
    """A date as a spreadsheet cell holds it: with a time of midnight and no zone."""
    return dt.datetime.combine(dt.date(year, month, day), dt.time())


def write_xlsx(path: Path, sheets: dict[str, Rows], *, fonts: dict[str, str] | None = None) -> Path:
    """A workbook of plain sheets; `fonts` gives cells of the first sheet another font, e.g. {"B4": ".VnTime"}."""
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    del book["Sheet"]
    for place, font in (fonts or {}).items():
        book.worksheets[0][place].font = Font(name=font)
    book.save(path)
    return path


def write_xls(path: Path, sheets: dict[str, Rows], *, fonts: dict[tuple[int, int], str] | None = None) -> Path:
    """The same as an old .xls; `fonts` by row and column from 0."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for index, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is None:
                    continue
                style = day if isinstance(value, dt.date) else xlwt.XFStyle()
                if index == 0 and fonts and (r, c) in fonts:
                    style.font.name = fonts[r, c]
                sheet.write(r, c, value, style)
    book.save(str(path))
    return path


def csv_text(rows: Rows, separator: str = ",") -> str:
    """Rows as text."""
    memory = io.StringIO(newline="")
    csv.writer(memory, delimiter=separator).writerows([["" if v is None else v for v in row] for row in rows])
    return memory.getvalue()


def column(title: str, *cells: Any, more: Sequence[str] = ()) -> list[list[Any]]:
    """A list of households with one column under test; each cell is one household."""
    names = ["Lê Thị Lành", "Trần Văn Hiền", "Phạm Thị Thảo", "Võ Văn Nghĩa", "Kim Thị Duyên", "Thạch Văn Phước"]
    rows: list[list[Any]] = [["STT", "Họ và tên chủ hộ", title, *more]]
    for number, cell in enumerate(cells, 1):
        values = cell if isinstance(cell, tuple) else (cell,)
        rows.append([number, names[number % 6], *values])
    return rows


class Lists:
    """Writes a list, reads it back through the real reading process."""

    def __init__(self, folder: Path, reader: WorkbookReader) -> None:
        self.folder = folder
        self.reader = reader

    def read(self, path: Path, **options: Any) -> ImportedList:
        return read_list(self.reader.read(path), today=TODAY, **options)

    def of(
        self, rows: Rows, *, name: str = "Danh sách", fonts: dict[str, str] | None = None, **options: Any
    ) -> ImportedList:
        """The list made of these rows."""
        return self.read(write_xlsx(self.folder / "ds.xlsx", {name: rows}, fonts=fonts), **options)

    def column(self, title: str, *cells: Any, more: Sequence[str] = (), **options: Any) -> ImportedList:
        """The list with this column."""
        return self.of(column(title, *cells, more=more), **options)


def reasons(source: ImportedHousehold | ImportedList, field: str | None = None) -> list[str]:
    """Codes of the notes, of one field if it is named."""
    notes: Sequence[CellNote] = source.notes
    if isinstance(source, ImportedList):
        notes = list(source.all_notes())
    return [note.reason for note in notes if field in (None, note.field)]


def tcvn3(text: str) -> str:
    """Unicode as TCVN3 would hold it; toned capitals as typists wrote them: plain capital, then the toned letter."""
    table = {letter: chr(code) for code, letter in legacy._TCVN3.items()}
    for letter in tuple(table):
        parts = unicodedata.normalize("NFD", letter)
        toneless = unicodedata.normalize(
            "NFC", "".join(ch for ch in parts if ch not in "\u0300\u0301\u0303\u0309\u0323")
        )
        if toneless != letter and letter.islower():
            capital = toneless.upper()
            table[letter.upper()] = table.get(capital, capital) + table[letter]
    return "".join(table.get(letter, letter) for letter in text)


def vni(text: str) -> str:
    """Unicode as VNI would hold it."""
    table: dict[str, str] = {}
    for key, letter in legacy._VNI.items():
        if letter not in table or key[0].isupper() == key[-1].isupper():
            table.setdefault(letter, key)
    return "".join(table.get(letter, letter) for letter in text)


def nasty(path: Path) -> Path:
    """The workbook with every habit at once: merges, year under the sex, lost zeros, TCVN3, hidden row, dittos."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ấp Phú Nhơn "
    sheet["A1"], sheet["H1"] = "UBND XÃ HƯNG KHÁNH TRUNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    sheet["H2"] = "Độc lập - Tự do - Hạnh phúc"
    sheet.merge_cells("A4:P4")
    sheet["A4"] = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2026"
    titles = [
        ("A", "STT"), ("B", "Họ và tên chủ hộ\nvà thành viên"), ("C", "Năm sinh"), ("E", "Số CCCD/\nĐDCN"),
        ("F", "Quan hệ với chủ hộ"), ("G", "Dân tộc"), ("H", "Địa chỉ (ấp)"), ("I", "Số khẩu"), ("J", "Loại hộ"),
        ("L", "Điểm"), ("N", "Số tiền hỗ trợ (đ)"), ("O", "SĐT"), ("P", "Ghi chú"),
    ]  # fmt: skip
    for letter, title in titles:
        sheet[letter + "6"] = title
    for area, below in (("C6:D6", ("Nam", "Nữ")), ("J6:K6", ("HN", "HCN")), ("L6:M6", ("B1", "B2"))):
        sheet.merge_cells(area)
        sheet[area[0] + "7"], sheet[area[3] + "7"] = below
    for letter in "ABEFGHINOP":
        sheet.merge_cells(f"{letter}6:{letter}7")
    for number, letter in enumerate("ABCDEFGHIJKLMNOP", 1):
        sheet[letter + "8"] = f"({number})"
    nothing: list[Any] = [None] * 8
    rows: Rows = [
        ["I", "HỘ NGHÈO"],
        [1, "NGUYỄN THỊ NGƯỠNG ", None, 1960, 83160001234, "Chủ hộ", "Kinh", "Phú Nhơn", 3, "x", None, 120, "30",
         "1.500.000đ", 912345678, None],
        [None, "  - Trần Văn  Út", "05/03/1985", None, "'083085004321", "con", "nt", *nothing, "đi làm xa"],
        [None, "Lê Thị Bé Ba", None, cell_date(1905, 5, 9), "8.3156E+10", "vợ", '"', *nothing, "chết 2025"],
        [2, "Th¹ch ThÞ Sa R©y", None, "1956", "320123456", "CH", "Kh¬ me", "Êp Phó Nh¬n", "02", "X ", None, "135",
         "20", "1,5 triệu", "0912 345 678", None],
        ["Cộng", *nothing[1:], "=SUM(I10:I13)", 2, 0, None, None, "=SUM(N10:N13)", None, None],
        ["II", "HỘ CẬN NGHÈO"],
        [1, "Kim Văn Tám (Tám Lành)", cell_date(1958, 1, 5), None, "083058000111", "Chủ hộ", "Khơ-me", "ấp Phú nhơn",
         1, None, "x", 145, "10", "-", "02753.812345", None],
    ]  # fmt: skip
    for r, row in enumerate(rows, 9):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c, value)
    for letter in "BGH":
        sheet[letter + "13"].font = Font(name=".VnTime", size=13)
    sheet.row_dimensions[11].hidden = True
    sheet["B19"], sheet["H19"], sheet["H20"] = "NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
    book.create_sheet("Sheet2")
    book.save(path)
    return path


MAIN_TITLES = [
    "STT", "STT hộ", "Họ và tên chủ hộ", "Họ và tên thành viên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "CCCD",
    "Tỉnh", "Huyện", "Mã huyện", "Xã", "Mã xã", "Thôn", "Dân tộc", "Phân loại hộ", "Số quyết định công nhận",
    "Ngày ban hành quyết định", "Điểm B1", "Điểm B2", "Hộ DTTS", "Hộ không có khả năng lao động",
    "Hộ có thành viên là người có công với cách mạng", "Nguyên nhân nghèo", None, "Tuổi", "Số nhân khẩu",
]  # fmt: skip
ESCAPED_TITLES = [
    "STT hộ", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh", "CCCD", "Dân tộc", "Địa chỉ", "Điểm B1",
    "Điểm B2", None, "Ghi chú",
]  # fmt: skip
_PLACE = ["Vĩnh Long", None, None, "Hưng Khánh Trung", "28901", "Phú Nhơn"]


def register(path: Path, *, titles: bool = True) -> Path:
    """The ministry's three-sheet register export; `titles` False leaves its column titles out."""
    book = Workbook()
    main = book.active
    assert main is not None
    main.title = "Hộ nghèo, cận nghèo"
    main["A4"] = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT"
    if titles:
        for number, title in enumerate(MAIN_TITLES, 1):
            main.cell(7, number, title)
    nothing: list[Any] = [None] * 12
    decided = ["45/QĐ-UBND", "12/12/2025"]
    rows: Rows = [
        [1, 1, "Nguyễn Thị Ngưỡng", None, "Chủ hộ", "05/03/1960", "Nữ", "083160001234", *_PLACE, "Kinh", "Hộ nghèo",
         *decided, 120, 30, None, "x", None, "Ốm đau, tai nạn", None, 66, 3],
        [2, None, None, "Trần Văn Út", "Con", "05/03/1985", "Nam", "083085004321", *_PLACE, "Kinh", *nothing],
        [3, None, None, "Trần Thị Mai", "Cháu nội", "01/09/2012", "Nữ", "083312000777", *_PLACE, "Kinh", *nothing],
        [4, 2, "Thạch Sa Rây", None, "Chủ hộ", "20/11/1956", "Nam", "084056000321", *_PLACE, "Khmer", "Hộ cận nghèo",
         *decided, 145, 10, "x", None, "x", "Thiếu vốn; Thiếu đất sản xuất", None, 70, 1],
    ]  # fmt: skip
    for r, row in enumerate(rows, 8):
        for c, value in enumerate(row, 1):
            main.cell(r, c, value)
    for name, title, head in (
        ("Thoát nghèo", "DANH SÁCH HỘ THOÁT NGHÈO SAU KHI RÀ SOÁT", "Lê Văn Lành"),
        ("Thoát cận nghèo", "DANH SÁCH HỘ THOÁT CẬN NGHÈO SAU KHI RÀ SOÁT", "Kim Thị Sên"),
    ):
        sheet = book.create_sheet(name)
        sheet["B5"] = title
        if titles:
            for number, text in enumerate(ESCAPED_TITLES, 2):
                sheet.cell(9, number, text)
        sex = "Nam" if "Văn" in head else "Nữ"
        values = [1, head, "Chủ hộ", sex, "01/02/1970", None, "Kinh", "Ấp Quân An", 180, 5, None, "có việc làm"]
        for number, value in enumerate(values, 2):
            sheet.cell(10, number, value)
        sheet.cell(11, 3, "Võ Thị Hoa" if "Văn" in head else "Lý Văn Bé")
        sheet.cell(11, 4, "Vợ" if "Văn" in head else "Chồng")
        sheet.cell(11, 6, 1972)
    book.save(path)
    return path


def zip_bomb(path: Path, megabytes: int) -> Path:
    """A workbook whose sheet unpacks to this size out of very little."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(megabytes):
                sheet.write(b" " * 1024 * 1024)
    return path


def mutated(source: bytes, seed: int) -> bytes:
    """A damaged copy: bytes flipped, cut or repeated, or one member of the zip spoilt and packed again."""
    random_ = random.Random(seed)  # noqa: S311 - reproducible damage, no secret
    if seed % 2 and source.startswith(b"PK"):
        return _spoilt_member(source, random_)
    data = bytearray(source)
    for _ in range(random_.choice((1, 3, 20, 200))):
        at = random_.randrange(len(data))
        kind = random_.randrange(4)
        if kind == 0:
            data[at] ^= 1 << random_.randrange(8)
        elif kind == 1:
            del data[at : at + random_.randrange(1, 64)]
        elif kind == 2:
            data[at:at] = bytes(data[at : at + random_.randrange(1, 64)])
        else:
            data[at : at + 8] = random_.randbytes(8)
        if len(data) < 64:
            break
    return bytes(data)


_SPOILS = (
    (b'r="', b'r="ZZZ'), (b"<row", b"<row hidden='1' r='99999999'"), (b"<v>", b"<v>9e999"), (b"<c ", b"<c s='9999' "),
    (b"</row>", b""), (b"<sheetData>", b"<sheetData><mergeCell ref='A1:XFD1048576'/>"), (b"count=", b"count='-5' x="),
    (b"<t>", b"<t>&#0;"), (b"<si>", b"<si><r><rPr><strike/><rFont val='.VnTimeH'/></rPr></r>"), (b"t=\"s\"", b't="e"'),
    (b"<?xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><?xml"), (b"fontId", b"fontId='x' y"), (b"</worksheet>", b""),
)  # fmt: skip


def _spoilt_member(source: bytes, random_: random.Random) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        victim = random_.choice(names)
        for name in names:
            data = old.read(name)
            if name == victim:
                kind = random_.randrange(4)
                if kind == 0:
                    continue
                if kind == 1:
                    wanted, instead = random_.choice(_SPOILS)
                    data = data.replace(wanted, instead, random_.choice((1, 3, -1)))
                elif kind == 2:
                    data = data[: random_.randrange(len(data) + 1)]
                else:
                    at = random_.randrange(len(data))
                    data = data[:at] + random_.randbytes(6) + data[at:]
            new.writestr(name, data)
    return memory.getvalue()


def large(path: Path, households: int) -> Path:
    """A list of many invented people, four to a household, as the benchmark reads it."""
    import xlsxwriter

    random_ = random.Random(7)  # noqa: S311 - reproducible names
    families = ["Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Huỳnh", "Đặng", "Bùi", "Kim", "Thạch", "Lâm", "Phan"]
    given = ["An", "Bình", "Cường", "Dũng", "Hạnh", "Lan", "Út", "Tám", "Sáu", "Phượng", "Ngưỡng", "Thảo", "Đào"]
    titles = ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Ấp",
              "Phân loại hộ", "Điểm B1", "Điểm B2", "SĐT", "Số khẩu", "Số nhà", "Ghi chú"]  # fmt: skip
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_string(0, 0, "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2026")
        for at, title in enumerate(titles):
            sheet.write_string(3, at, title)
        line, person = 4, 0
        for household in range(households):
            for place, relation in enumerate(("Chủ hộ", "vợ", "con", "con")):
                person += 1
                male = place in (0, 2)
                year = random_.randint(1930, 1975) + (30 if place > 1 else 0)
                number = f"083{(2 if year >= 2000 else 0) + (not male)}{year % 100:02d}{person:06d}"
                name = f"{random_.choice(families)} {'Văn' if male else 'Thị'} {random_.choice(given)}"
                birth = f"{random_.randint(1, 28):02d}/{random_.randint(1, 12):02d}/{year}"
                cells = ["", name, relation, birth, "Nam" if male else "Nữ", number, "Kinh"]
                if place == 0:
                    cells[0] = str(household + 1)
                    cells += [f"Ấp {household % 12 + 1}", "Hộ nghèo" if household % 3 else "Hộ cận nghèo", "120", "30",
                              f"09{household % 100_000_000:08d}", "4", f"Tổ {household % 9 + 1}", ""]  # fmt: skip
                for at, text in enumerate(cells):
                    if text:
                        sheet.write_string(line, at, text)
                line += 1
    return path


def crossed_out() -> tuple[Font, PatternFill]:
    """How offices mark people to be removed."""
    return Font(strike=True), PatternFill("solid", fgColor="FFFF0000")

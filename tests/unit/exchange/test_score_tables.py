"""Point tables from spreadsheets: what is read, and every fault with its place. The points are invented."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from casemgr.domain.packs import Pack, of_id, shipped
from casemgr.errors import ValidationError
from casemgr.exchange.score_tables import read_score_table, table_of
from casemgr.exchange.tables import write_table
from casemgr.exchange.workbooks import WorkbookReader
from tests.support.packfiles import SCORE_ROWS, ZONES
from tests.support.workbooks import write_xlsx


def pack(pack_id: str = "VN-2022") -> Pack:
    return of_id(shipped(), pack_id)


@pytest.fixture
def read(tmp_path: Path, reader: WorkbookReader) -> Any:
    def _read(rows: Sequence[Sequence[Any]], standard: str = "VN-2022") -> Any:
        file = write_xlsx(tmp_path / "bảng điểm.xlsx", {"Bìa": [["Phụ lục"]], "B1": rows})
        return table_of(reader.read(file), pack(standard))

    return _read


def test_a_good_table(read: Any) -> None:
    table = read(SCORE_ROWS)
    assert [(item.code, item.kind) for item in table.items] == [
        ("1.1", "choice"),
        ("1.2", "choice"),
        ("2.a", "flag"),
        ("3.1", "count_band"),
    ]
    assert table.items[3].points["TT"] == 15
    assert table.items[1].points == dict(zip(ZONES, [60, 50, 50, 50, 50, 50, 50], strict=True))
    assert (table.source, table.loaded) == ("bảng điểm.xlsx", True)


def test_zones_may_be_named_in_words_and_the_file_a_text_table(tmp_path: Path) -> None:
    schema = pack().score_table
    assert schema is not None
    names = [schema.zones[zone] for zone in ZONES]
    file = tmp_path / "bang.csv"
    write_table(file, ["NHÓM", "MỤC", "NỘI DUNG", "KIỂU", *names], SCORE_ROWS[2:4])
    assert read_score_table(file, pack()).items[0].points["NT6"] == 60


def changed(row: int, column: int, value: object) -> list[list[Any]]:
    rows = [list(one) for one in SCORE_ROWS]
    rows[row][column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (changed(3, 1, 1), ["B1!B4"]),
        (changed(2, 4, -1), ["B1!E3"]),
        (changed(2, 4, 5_000), ["B1!E3"]),
        (changed(2, 5, None), ["B1!F3"]),
        (changed(2, 5, "nhiều"), ["B1!F3"]),
        (changed(2, 5, 1.5), ["B1!F3"]),
        (changed(4, 3, "tùy"), ["B1!D5"]),
        (changed(3, 3, "có/không"), ["B1!D4"]),
        (changed(2, 0, None), ["B1!A3"]),
        (changed(2, 2, None), ["B1!C3"]),
        (changed(1, 6, "Vùng lạ"), ["NT2"]),
        (SCORE_ROWS[:2], ["file"]),
        ([["Họ và tên", "Điểm"]], ["file"]),
    ],
)
def test_faults_are_told_with_their_place(read: Any, rows: list[list[Any]], places: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        read(rows)
    assert [problem.field for problem in refused.value.problems] == places


def test_a_standard_without_points_takes_no_table(read: Any) -> None:
    with pytest.raises(ValidationError, match="VN-2027"):
        read(SCORE_ROWS, "VN-2027")

"""Names in old fonts, heads, relations and peoples however they were written."""

import pytest

from casemgr.domain.ethnic import by_name
from casemgr.domain.imports import Severity
from casemgr.domain.people import Relation
from tests.support.workbooks import Lists, reasons


@pytest.mark.parametrize(
    ("row", "cell", "name", "note"),
    [
        (36, "NGUYỄN VĂN TÁM", "Nguyễn Văn Tám", ""),
        (36, "  nguyễn  thị   ngưỡng ", "Nguyễn Thị Ngưỡng", ""),
        (37, "  - Trần Văn  Út", "Trần Văn Út", ""),
        (37, "1. Lê Thị Bé Ba", "Lê Thị Bé Ba", ""),
        (37, "LÊ THỊ BÉ BA.", "Lê Thị Bé Ba", ""),
        (38, "Trần Văn Út (chết)", "Trần Văn Út", "chết"),
        (38, "Kim Văn Tám (Tám Lành)", "Kim Văn Tám", "Tám Lành"),
        (39, "THẠCH THỊ SA-RÂY", "Thạch Thị Sa-Rây", ""),
        (39, "H'NGỌC NIÊ", "H'Ngọc Niê", ""),
        (40, "Nguyễn\u00a0Văn\u00a0Tám", "Nguyễn Văn Tám", ""),
        (40, "Nguye\u0302\u0303n Thi\u0323 Ngu\u031bo\u031b\u0303ng", "Nguyễn Thị Ngưỡng", ""),
    ],
)
def test_names(lists: Lists, row: int, cell: str, name: str, note: str) -> None:
    (household,) = lists.of([["STT", "Họ và tên", "Giới tính"], [1, cell, "Nam"]]).households
    assert (household.head.data.full_name, household.head.data.notes) == (name, note), row


def test_41_a_name_in_an_old_font(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Giới tính"], [1, "Th¹ch ThÞ Sa R©y", "Nữ"]]
    (household,) = lists.of(rows, fonts={"B2": ".VnTime"}).households
    assert household.head.data.full_name == "Thạch Thị Sa Rây"


def test_41_a_lone_old_name_without_its_font_among_unicode_ones_is_read_and_doubted(lists: Lists) -> None:
    names = [
        "Nguyễn Thị Ánh",
        "Lê Văn Tám",
        "Th\xb9ch Th\xde Sa R\xa9y",
        "Nguye\xe3n Th\xf2 H\xf6\xf4\xf5ng",
        "Trần Hà",
    ]
    read = lists.of([["STT", "Họ và tên", "Giới tính"], *([n, name, "Nữ"] for n, name in enumerate(names, 1))])
    assert [household.head.data.full_name for household in read.households] == [
        "Nguyễn Thị Ánh", "Lê Văn Tám", "Thạch Thị Sa Rây", "Nguyễn Thị Hưỡng", "Trần Hà",
    ]  # fmt: skip
    doubts = {(note.row, note.reason) for note in read.notes if note.reason.startswith("decoded-")}
    assert doubts == {(4, "decoded-tcvn3"), (5, "decoded-vni")}


def test_42_a_name_in_an_old_capital_font(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Giới tính"], [1, "nguy\xd4n th\xde ng\xad\xecng", "Nữ"]]
    (household,) = lists.of(rows, fonts={"B2": ".VnTimeH"}).households
    assert household.head.data.full_name == "Nguyễn Thị Ngưỡng"


@pytest.mark.parametrize("cell", ["Nguyễn Văn A + vợ Trần Thị B", "Nguyễn Văn A\nvợ Trần Thị B"])
def test_43_several_people_in_one_cell_are_separated_and_told(lists: Lists, cell: str) -> None:
    (household,) = lists.of([["STT", "Họ và tên", "Năm sinh"], [1, cell, "1956\n1960"]]).households
    names = [(one.data.full_name, one.relation, one.data.birth and one.data.birth.iso) for one in household.members]
    assert names == [("Nguyễn Văn A", Relation.HEAD, "1956"), ("Trần Thị B", Relation.SPOUSE, "1960")]
    assert "several-people" in reasons(household)
    assert household.severity is Severity.DOUBT


@pytest.mark.parametrize("cell", ["CH", "Chủ hộ", "chu ho", None])
def test_44_heads(lists: Lists, cell: str | None) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ với chủ hộ"], [1, "Lê Thị Lành", cell], [None, "Lê Văn Bé", "con"]]
    (household,) = lists.of(rows).households
    assert [one.relation for one in household.members] == [Relation.HEAD, Relation.CHILD]


@pytest.mark.parametrize(
    ("cell", "relation"),
    [("con", Relation.CHILD), ("con ruột", Relation.CHILD), ("Con đẻ", Relation.CHILD), ("vợ", Relation.SPOUSE),
     ("cháu nội", Relation.GRANDCHILD), ("V", Relation.SPOUSE), ("chồng", Relation.SPOUSE)],
)  # fmt: skip
def test_45_relations(lists: Lists, cell: str, relation: Relation) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ với chủ hộ"], [1, "Lê Thị Lành", "CH"], [None, "Lê Văn Bé", cell]]
    (household,) = lists.of(rows).households
    assert household.members[1].relation is relation
    assert household.members[1].relation_text == cell


def test_45_an_unknown_relation_keeps_its_words(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ với chủ hộ"], [1, "Lê Thị Lành", "CH"], [None, "Lê Văn Bé", "bạn bè"]]
    (household,) = lists.of(rows).households
    assert (household.members[1].relation, household.members[1].relation_text) == (Relation.OTHER, "bạn bè")
    assert "relation-unknown" in reasons(household, "relation")


@pytest.mark.parametrize(
    ("cell", "name"),
    [("Kinh", "Kinh"), ("K", "Kinh"), ("Khơ-me", "Khơ-me"), ("Khơ me", "Khơ-me"), ("Khmer", "Khơ-me"),
     ("Khome", "Khơ-me")],
)  # fmt: skip
def test_46_peoples(lists: Lists, cell: str, name: str) -> None:
    assert lists.column("Dân tộc", cell).households[0].head.data.ethnic == by_name(name)


@pytest.mark.parametrize("cell", ["05", "ngoài hành tinh"])
def test_46_an_unknown_people_keeps_its_words(lists: Lists, cell: str) -> None:
    (household,) = lists.column("Dân tộc", cell).households
    assert household.head.data.ethnic is None
    assert household.head.data.notes == cell
    assert household.severity is Severity.DOUBT

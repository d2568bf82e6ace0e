"""Words and numbers of list cells, and the columns few lists have."""

from datetime import date

import pytest

from casemgr import i18n
from casemgr.domain import imports as words_of_imports
from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import Severity
from casemgr.domain.people import Disability, Education, LabourCapacity, Relation
from casemgr.domain.readings import REASONS
from casemgr.exchange import cells
from casemgr.exchange.addresses import Address, split_address
from casemgr.exchange.columns import field_of, in_thousands, label_key
from tests.support.workbooks import Lists, cell_date, reasons


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("STT", "number"), ("STT hộ", "household_number"), ("Họ và tên chủ hộ\nvà thành viên", "name"),
        ("Họ và tên chủ hộ", "head_name"), ("Họ và tên thành viên", "member_name"), ("Năm sinh / Nam", "birth_male"),
        ("Ngày tháng năm sinh / Năm", "birth_year"), ("Năm sinh / Nữ", "birth_female"), ("SN", "birth"),
        ("Số CCCD/\nĐDCN", "identity"), ("Số CMND", "old_identity"), ("Số CMND/CCCD", "identity"),
        ("QH với chủ hộ", "relation"), ("Quan hệ", "relation"), ("Ngày cấp", "identity_date"), ("Nơi cấp", "place"),
        ("Dân tộc", "ethnic"), ("Hộ DTTS", "minority"), ("Địa chỉ (ấp)", "hamlet"), ("Thôn", "hamlet"),
        ("Nơi ở hiện nay", "address"), ("Hộ khẩu thường trú", "permanent_address"), ("Số khẩu", "members"),
        ("Nhân khẩu", "members"), ("Phân loại hộ", "class"), ("Loại hộ / HN", "class_poor"),
        ("Hộ cận nghèo", "class_near_poor"), ("Hộ thoát nghèo", "class_escaped_poor"),
        ("Hộ thoát cận nghèo", "class_escaped_near_poor"), ("Số quyết định công nhận", "decision_number"),
        ("Ngày ban hành quyết định", "decision_date"), ("Điểm B1", "b1"), ("Điểm / B2", "b2"), ("Điểm", "score"),
        ("Nguyên nhân nghèo", "causes"), ("Hộ không có khả năng lao động", "no_labour"), ("SĐT", "phone"),
        ("Hộ có thành viên là người có công với cách mạng", "merit"), ("Mã số BHXH", "insurance"), ("Tuổi", "age"),
        ("Trình độ văn hóa", "education"), ("Nghề nghiệp", "work"), ("Khả năng lao động", "labour"),
        ("Dạng khuyết tật", "disability"), ("Số tiền hỗ trợ", "amount"), ("Ghi chú", "note"),
        ("Mã hộ", "household_code"),
        ("Tỉnh", "place"), ("Mã xã", "place"), ("(1)", ""), ("Màu xe", ""), ("", ""),
    ],
)  # fmt: skip
def test_titles(title: str, field: str) -> None:
    assert field_of(title) == field


def test_title_keys() -> None:
    assert label_key("Năm sinh / Nam") == "nam sinh | nam"
    assert in_thousands("Số tiền (ĐVT: 1.000đ)")
    assert in_thousands("Kinh phí (nghìn đồng)")
    assert not in_thousands("Số tiền (đồng)")


@pytest.mark.parametrize(
    ("text", "relation", "doubt"),
    [("bố vợ", Relation.PARENT_IN_LAW, False), ("con dâu", Relation.CHILD_IN_LAW, False),
     ("em ruột", Relation.SIBLING, False), ("bà nội", Relation.GRANDPARENT, False),
     ("cháu họ", Relation.NIECE_NEPHEW, False), ("cháu", Relation.OTHER, False),
     ("bạn", Relation.OTHER, True), ("", None, False), ("-", None, False)],
)  # fmt: skip
def test_relations(text: str, relation: Relation | None, doubt: bool) -> None:
    reading = cells.read_relation(text)
    assert (reading.value, bool(reading.warnings)) == (relation, doubt)


@pytest.mark.parametrize(
    ("text", "value"),
    [("hộ có mức sống trung bình", HouseholdClass.AVERAGE), ("Không nghèo", HouseholdClass.NONE), ("0", None),
     ("Thoát cận nghèo", HouseholdClass.ESCAPED_NEAR_POOR), ("-", None)],
)  # fmt: skip
def test_classes(text: str, value: HouseholdClass | None) -> None:
    assert cells.read_class(text).value is value


@pytest.mark.parametrize(
    ("title", "value"),
    [("DANH SÁCH HỘ NGHÈO NĂM 2026", HouseholdClass.POOR), ("DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO", None),
     ("DANH SÁCH HỘ THOÁT CẬN NGHÈO", HouseholdClass.ESCAPED_NEAR_POOR), ("BAN CHỈ ĐẠO GIẢM NGHÈO", None),
     ("Ấp 3", None)],
)  # fmt: skip
def test_classes_in_titles(title: str, value: HouseholdClass | None) -> None:
    assert cells.class_in_title(title) is value


def test_scores_and_counts() -> None:
    assert cells.read_score("").empty
    assert cells.read_score(-1).rejected == "score-unclear"
    assert cells.read_scores("120/30").value == (120, 30)
    assert cells.read_scores("120").value == (120, None)
    assert cells.read_scores("khá").rejected == "score-unclear"
    assert cells.read_count("không").empty
    assert cells.read_count(2.5).rejected == "count-unclear"
    assert cells.read_count(3).value == 3


@pytest.mark.parametrize(
    ("text", "codes", "doubt"),
    [("Ốm đau, tai nạn", ("7",), False), ("1; 3", ("1", "3"), False),
     ("Không có vốn + thiếu đất sản xuất", ("1", "2"), False),
     ("Trời mưa", (), True), ("Thiếu vốn; trời mưa", ("2",), True), ("Ốm đau; -", ("7",), False)],
)  # fmt: skip
def test_causes(text: str, codes: tuple[str, ...], doubt: bool) -> None:
    reading = cells.read_causes(text)
    assert (reading.value, bool(reading.warnings)) == (codes, doubt)
    assert cells.read_causes("-").empty


def test_flags_and_plain_values() -> None:
    assert cells.read_flag("Hộ DTTS").value is True
    assert cells.read_flag("Không").value is False
    assert cells.read_flag("hay").rejected == "unreadable-mark"
    assert cells.read_flag(date(2026, 1, 1)).rejected == "unreadable-mark"
    assert cells.plain(cell_date(1956, 3, 5)) == "05/03/1956"
    assert cells.plain(cell_date(1956, 3, 5).replace(hour=7)).startswith("1956-03-05T07")
    assert cells.plain(date(1956, 3, 5)) == "05/03/1956"


@pytest.mark.parametrize(
    ("value", "numbers", "warnings", "refused"),
    [
        ("083160001234 (CMND cũ 320123456)", ["083160001234", "320123456"], ("old-id-found",), None),
        ("083160001234; 083160001235", ["083160001234", "083160001235"], ("several-numbers",), None),
        ("083160001234/", ["083160001234"], (), None),
        ("083160001234/12", [], (), "bad-length"),
        ("/", [], (), None),
        (True, [], (), "non-digit"),
    ],
)
def test_several_numbers_in_one_cell(
    value: object, numbers: list[str], warnings: tuple[str, ...], refused: str | None
) -> None:
    assert isinstance(value, (str, bool))
    found, said, why = cells.read_identities(value)
    assert ([number.number for number in found], said, why) == (numbers, warnings, refused)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12/12", Education.UPPER_SECONDARY), ("Lớp 9", Education.LOWER_SECONDARY), ("cấp 1", Education.PRIMARY),
     ("Đại học", Education.UNIVERSITY), ("mù chữ", Education.NONE), ("biết chút", None)],
)  # fmt: skip
def test_education(text: str, expected: Education | None) -> None:
    assert cells.read_education(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ấp 3, xã Hưng Khánh Trung B, huyện Chợ Lách, tỉnh Bến Tre", ("Ấp 3", "", "28901")),
        ("Tổ 4, ấp Phú Nhơn", ("ấp Phú Nhơn", "Tổ 4", None)),
        ("Số 12, Ấp 3, Xã Hưng Khánh Trung, tỉnh Vĩnh Long", ("Ấp 3", "Số 12", "28901")),
        ("Hưng Khánh Trung B, Chợ Lách", ("", "", "28901")),
        ("xã Nào Đó, huyện Nào Đó, tỉnh Nào Đó", ("", "xã Nào Đó, huyện Nào Đó, tỉnh Nào Đó", None)),
        ("Số 5", ("", "Số 5", None)),
    ],
)
def test_addresses(text: str, expected: tuple[str, str, str | None]) -> None:
    found = split_address(text)
    assert (found.hamlet, found.rest, found.commune) == expected
    assert isinstance(found, Address)


TITLES = ["STT", "Họ và tên", "Quan hệ", "Năm sinh", "Ngày cấp", "Số thẻ BHYT", "SĐT", "Trình độ", "Nghề nghiệp",
          "Khả năng lao động", "Khuyết tật", "Hộ khẩu thường trú", "Số nhà"]  # fmt: skip


def test_the_columns_few_lists_have(lists: Lists) -> None:
    head = [1, "Lê Thị Lành", "CH", 1960, "15/08/2021", "HN2838312345678", None, "Lớp 9", "Làm vườn", "Còn", "Nặng",
            "Ấp 1, xã Giao Long, tỉnh Vĩnh Long", "12"]  # fmt: skip
    child = [None, "Lê Văn Bé", "con", 1990, None, "12", "0912345678", "tự học", None, "yếu", "nhẹ thôi", None, None]
    (household,) = lists.of([TITLES, head, child]).households
    first, second = (member.data for member in household.members)
    assert (first.id_issued_on, first.insurance_number) == (date(2021, 8, 15), "HN2838312345678")
    assert (first.education, first.occupation) == (Education.LOWER_SECONDARY, "Làm vườn")
    assert (first.labour, first.disability) == (LabourCapacity.ABLE, Disability.SEVERE)
    assert (second.phone, second.labour, second.disability) == ("0912345678", LabourCapacity.REDUCED, Disability.MILD)
    assert (second.insurance_number, second.notes) == (None, "tự học")
    assert "insurance-unclear" in reasons(household, "insurance")
    assert household.permanent_address == "Ấp 1, xã Giao Long, tỉnh Vĩnh Long"
    assert household.address == "12"


def test_two_names_on_one_row_are_told(lists: Lists) -> None:
    rows = [["STT", "Họ và tên chủ hộ", "Họ và tên thành viên"], [1, "Lê Thị Lành", "Võ Hoa"], [2, "Lê Tư", "Lê Tư"]]
    first, second = lists.of(rows).households
    assert first.head.data.full_name == "Võ Hoa"
    assert "two-names" in reasons(first)
    assert "two-names" not in reasons(second)


def test_a_name_over_two_columns_is_one(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Họ và tên", "Năm sinh"], [1, "Nguyễn Thị", "Ngưỡng", 1960]]
    assert lists.of(rows).households[0].head.data.full_name == "Nguyễn Thị Ngưỡng"


def test_dates_and_numbers_where_words_belong(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Năm sinh"], [1, cell_date(1956, 3, 5), 1960], [2, 12345, 1960], [3, "Võ Hoa", True]]
    read = lists.of(rows)
    assert [note.reason for note in read.all_notes() if note.field == "name"].count("no-name") >= 1
    assert len(read.households) + len(read.skipped) == 3


def test_every_reason_has_words() -> None:
    for code in (*words_of_imports.IMPORT_REASONS, *REASONS):
        assert words_of_imports.sentence(code)
    assert words_of_imports.column_letters(28) == "AB"
    assert words_of_imports.column_letters(0) == ""


def test_the_worst_note_is_the_households(lists: Lists) -> None:
    household = lists.column("Số CCCD", "083160001234").households[0]
    assert household.severity is Severity.DOUBT
    assert lists.column("Năm sinh", 1960, more=["Giới tính"]).people == 1


def test_questions_in_words(lists: Lists) -> None:
    cells_of_men = [f"01/01/19{year}" for year in range(50, 62)]
    (question,) = lists.column("Ngày sinh", *cells_of_men).questions
    with i18n.using("en"):
        assert question.message.startswith("12 of 12 births in column C are 01/01")

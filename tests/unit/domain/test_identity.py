"""Identity numbers, sex, names, phones, insurance numbers, peoples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr import i18n
from casemgr.domain import ethnic, identity
from casemgr.domain.people import Sex
from casemgr.domain.readings import REASONS, Reading, reason

numbers = st.builds(
    lambda province, digit, year, serial: f"{province}{digit}{year:02d}{serial:06d}",
    st.sampled_from(sorted(identity.cccd_provinces())),
    st.integers(0, 3),
    st.integers(0, 99),
    st.integers(0, 999_999),
)


@given(numbers)
def test_a_number_is_read_as_text_and_as_excel_keeps_it(number: str) -> None:
    expected = identity.IdNumber("cccd", number)
    assert identity.read_identity(number) == Reading(expected)
    assert identity.read_identity(f" {number[:3]} {number[3:6]} {number[6:]}") == Reading(expected)
    if number[1] != "0":
        for cell in (int(number), float(int(number)), f"{int(number)}.0"):
            assert identity.read_identity(cell) == Reading(expected, ("zero-restored",))


@given(numbers)
def test_a_number_agrees_with_the_person_it_was_made_for(number: str) -> None:
    year, sex = identity.cccd_birth_year(number), identity.cccd_sex(number)
    other = Sex.MALE if sex is Sex.FEMALE else Sex.FEMALE
    assert identity.check_cccd(number, year=year, sex=sex) == ()
    assert identity.check_cccd(number, year=None, sex=None) == ()
    assert identity.check_cccd(number, year=year + 1, sex=other) == ("year-mismatch", "sex-mismatch")


@given(st.text() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.none())
def test_anything_is_read_or_refused(value: str | float | None) -> None:
    for read in (
        identity.read_identity, identity.read_sex, identity.read_mark, identity.read_person_name,
        identity.read_phone, identity.read_insurance,
    ):  # fmt: skip
        reading = read(value)
        assert reading.rejected is None or (reading.value is None and reading.rejected in REASONS)
        assert all(code in REASONS for code in reading.warnings)


@pytest.mark.parametrize(
    ("value", "name", "note", "warnings"),
    [
        ("Nguyễn Văn A + vợ Trần Thị B", "Nguyễn Văn A + Vợ Trần Thị B", "", ("several-names",)),
        ("Nguyễn Văn An\nTrần Thị Bé", "Nguyễn Văn An Trần Thị Bé", "", ("several-names",)),
        ("Lê Văn 2", "Lê Văn 2", "", ("name-doubtful",)),
        ("- 12) lê văn tư [Tư Lành] (chết)", "Lê Văn Tư", "Tư Lành; chết", ()),
        ("(1) Lê Văn Tư", "Lê Văn Tư", "1", ()),
        ("H’Ngọc Niê", "H’Ngọc Niê", "", ()),
    ],
)
def test_names(value: str, name: str, note: str, warnings: tuple[str, ...]) -> None:
    if value.startswith("(1)"):
        note = ""
    assert identity.read_person_name(value) == Reading(identity.PersonName(name, note), warnings)


@pytest.mark.parametrize(("value", "rejected"), [("(chết)", "no-name"), ("???", "no-name"), (1956, "no-name")])
def test_what_is_no_name(value: str | int, rejected: str) -> None:
    assert identity.read_person_name(value).rejected == rejected


@pytest.mark.parametrize("value", [None, "", " ", "-", "..."])
def test_no_name_at_all(value: str | None) -> None:
    assert identity.read_person_name(value).empty


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (912345678, "0912345678"),
        (912345678.0, "0912345678"),
        ("(0275) 3.812.345", "02753812345"),
        ("2753812345", "02753812345"),
        ("+84 0912 345 678", "0912345678"),
    ],
)
def test_phones(value: str | float, number: str) -> None:
    assert identity.read_phone(value) == Reading(number)


@pytest.mark.parametrize(
    ("value", "rejected"),
    [("0912345678 / 0987654321", "several-phones"), ("0412345678", "phone-unclear"), ("hỏi con", "phone-unclear")],
)
def test_refused_phones(value: str, rejected: str) -> None:
    assert identity.read_phone(value).rejected == rejected


@pytest.mark.parametrize("read", [identity.read_identity, identity.read_phone, identity.read_insurance])
@pytest.mark.parametrize("value", [None, "", "không", "-"])
def test_empty_cells(read: object, value: str | None) -> None:
    assert callable(read)
    assert read(value).empty


def test_insurance_by_identity_number_and_what_excel_spoils() -> None:
    assert identity.read_insurance(83160001234.0).rejected == "insurance-unclear"
    assert identity.read_insurance("8.3E+9").rejected == "scientific"
    found = identity.read_insurance("083160001234").value
    assert found == identity.InsuranceNumber("083160001234", "083160001234")
    old = identity.read_insurance("hn 2 83 8312345678").value
    assert old is not None
    assert old.text == "HN2838312345678"


def test_marks_and_sexes_as_excel_gives_them() -> None:
    assert identity.read_mark(1.0) == identity.read_mark(value=True) == Reading(value=True)
    assert identity.read_mark(None) == identity.read_mark(0) == Reading(value=False)
    assert identity.read_mark("xx").rejected == "mark-unclear"
    assert identity.read_sex(None).rejected == identity.read_sex("  ").rejected == "blank"
    assert identity.read_sex(1).rejected == "sex-unclear"


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    with i18n.using("en"):
        assert reason("scientific").startswith("Excel shortened")
    assert all(reason(code) for code in REASONS)


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Kinh", "01"),
        ("K", "01"),
        ("Khơ-me", "05"),
        ("Khơ me", "05"),
        ("KHMER", "05"),
        ("Khome", "05"),
        ("H’Mông", "08"),
        ("Hmông", "08"),
        ("Ê Đê", "12"),
        ("Gia Rai", "10"),
        ("Giẻ Triêng", "27"),
        ("Tà Ôi", "31"),
        ("Stiêng", "22"),
        ("Cờ Lao", "47"),
        ("Raglay", "21"),
        ("Hoa.", "04"),
        ("05", None),
        ("người lạ", None),
        ("", None),
    ],
)
def test_peoples_in_any_spelling(spelling: str, code: str | None) -> None:
    assert ethnic.by_name(spelling) == code


def test_both_code_lists_are_whole() -> None:
    groups = ethnic.ethnic_groups()
    assert [group.code for group in groups] == [f"{number:02d}" for number in range(1, 56)]
    assert sorted(group.census_code for group in groups) == [f"{number:02d}" for number in range(1, 56)]
    assert ethnic.name_of("05") == "Khơ-me"
    assert ethnic.name_of("99") == "99"
    assert ethnic.by_census_code("6") == "04"
    assert ethnic.by_census_code("04") == "06"
    assert ethnic.by_census_code("99") is None


def test_the_table_of_provinces_has_63() -> None:
    assert len(identity.cccd_provinces()) == 63
    assert identity.cccd_provinces()["083"] == "Bến Tre"

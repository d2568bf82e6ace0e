"""Indicators of people: ages, work, dependants, health and schooling."""

from dataclasses import replace
from datetime import date

import pytest

from casemgr import i18n
from casemgr.domain.conditions import ConditionData, Nutrition, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.indicator_members import age_range, months
from casemgr.domain.people import Education, LabourCapacity, Sex, Work
from tests.support.indicator_cases import ADULT, ON, answer, born, member, value


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        ("2010-10-15", date(2026, 10, 14), 15),
        ("2010-10-15", date(2026, 10, 15), 16),
        ("2010-10-15", date(2026, 10, 16), 16),
        ("2008-02-29", date(2024, 2, 28), 15),
        ("2008-02-29", date(2024, 2, 29), 16),
        ("2008-02-29", date(2025, 2, 28), 16),
        ("2008-02-29", date(2026, 2, 28), 17),
        ("2008-02-29", date(2026, 3, 1), 18),
        ("2026-10-01", ON, 0),
    ],
)
def test_a_year_of_age_is_completed_on_the_birthday(birth: str, on: date, years: int) -> None:
    assert months(date.fromisoformat(birth), on) // 12 == years
    assert [end // 12 for end in age_range(PartialDate.from_iso(birth), on)] == [years, years]


def test_a_birth_known_by_its_year_has_two_ends() -> None:
    assert [end // 12 for end in age_range(PartialDate(2010), ON)] == [15, 16]
    assert [end // 12 for end in age_range(PartialDate(2010, 10), ON)] == [15, 16]
    assert [end // 12 for end in age_range(PartialDate(2010, 9), ON)] == [16, 16]


def test_work() -> None:
    assert value("viec_lam", member(birth=born(40), labour=LabourCapacity.ABLE, seeks_work=True)) is True
    assert value("viec_lam", member(birth=born(40), labour=LabourCapacity.NONE, seeks_work=True, wage_work=False)) is (
        False
    )
    assert value("viec_lam", member(birth=born(40), wage_work=True, contract=False)) is True
    assert value("viec_lam", member(birth=born(40), wage_work=True, contract=True, work=Work.EMPLOYED)) is False
    assert value("viec_lam", member(birth=born(40), wage_work=False, work=Work.EMPLOYED)) is False
    assert value("viec_lam", member(birth=born(40), work=Work.HOME)) is False


def test_work_asks_for_what_it_needs() -> None:
    assert answer("viec_lam", member(birth=born(40), work=Work.EMPLOYED)).missing == (
        f"{i18n._('whether working for wages')} (Trần Văn Dũng)",
    )
    assert value("viec_lam", member(birth=born(40), work=Work.UNEMPLOYED, labour=LabourCapacity.ABLE)) is None
    assert value("viec_lam", member(birth=born(40), wage_work=True, seeks_work=False)) is None
    assert value("viec_lam", member(birth=born(40), seeks_work=True, wage_work=False)) is None


@pytest.mark.parametrize(
    ("birth", "sex", "on", "expected"),
    [
        (born(15, 1), Sex.MALE, ON, False),
        (born(15), Sex.MALE, ON, True),
        # men 61 years 6 months, women 57 years in 2026; three and four months more in 2027
        (PartialDate(1965, 4, 16), Sex.MALE, ON, True),
        (PartialDate(1965, 4, 15), Sex.MALE, ON, False),
        (PartialDate(1969, 10, 16), Sex.FEMALE, ON, True),
        (PartialDate(1969, 10, 15), Sex.FEMALE, ON, False),
        (PartialDate(1969, 10, 15), None, ON, None),
        (PartialDate(1969, 9, 16), Sex.FEMALE, date(2027, 1, 15), True),
        (PartialDate(1969, 9, 15), Sex.FEMALE, date(2027, 1, 15), False),
    ],
)
def test_working_age(birth: PartialDate, sex: Sex | None, on: date, expected: bool | None) -> None:
    said = member(birth=birth, sex=sex, wage_work=True, contract=False)
    proposal = answer("viec_lam", said, on=on)
    assert proposal.value is expected
    assert proposal.applies is (expected is not False)


def test_half_is_not_more_than_half() -> None:
    child = member("Trần Văn An", born(10))
    assert value("nguoi_phu_thuoc", ADULT, child) is False
    assert value("nguoi_phu_thuoc", ADULT, child, child) is True


def test_the_sixteenth_birthday_ends_childhood() -> None:
    assert value("nguoi_phu_thuoc", member(birth=born(16, 1))) is True
    assert value("nguoi_phu_thuoc", member(birth=born(16))) is False


def test_old_or_disabled_with_a_monthly_allowance_is_a_dependant() -> None:
    assert value("nguoi_phu_thuoc", member(birth=born(75))) is False
    assert value("nguoi_phu_thuoc", member(birth=born(75), allowance=True)) is True
    assert value("nguoi_phu_thuoc", member(birth=born(40), allowance=True)) is False
    assert value("nguoi_phu_thuoc", member(birth=born(40), allowance=True, disabled=True)) is True
    assert value("nguoi_phu_thuoc", member(birth=born(40), disabled=True)) is False


def test_an_unknown_birth_is_asked_for_only_where_it_matters() -> None:
    child, unborn = member("Trần Văn An", born(10)), member("Trần Thị Bé")
    assert value("nguoi_phu_thuoc", ADULT, child, unborn) is None
    assert answer("nguoi_phu_thuoc", ADULT, child, unborn).missing == (f"{i18n._('birth date')} (Trần Thị Bé)",)
    assert value("nguoi_phu_thuoc", ADULT, ADULT, unborn) is False
    assert value("nguoi_phu_thuoc", child, child, unborn) is True


def test_nutrition() -> None:
    assert value("dinh_duong", member(birth=born(16, 1), nutrition=Nutrition.STUNTED)) is True
    assert value("dinh_duong", member(birth=born(8), nutrition=Nutrition.UNDERWEIGHT)) is True
    assert value("dinh_duong", member(birth=born(8), nutrition=Nutrition.NORMAL)) is False
    assert value("dinh_duong", member(birth=born(8))) is None
    beyond = answer("dinh_duong", member(birth=born(16), nutrition=Nutrition.STUNTED))
    assert (beyond.value, beyond.applies) == (False, False)


def test_insurance_from_the_sixth_birthday_on() -> None:
    assert value("bhyt", member(birth=born(6), insured=False)) is True
    assert answer("bhyt", member(birth=born(6, 1), insured=False)).applies is False
    assert value("bhyt", member(birth=born(30))) is None
    assert value("bhyt", member(birth=born(30), insured=True)) is False


def test_a_card_number_on_file_says_insured_and_the_why_says_so() -> None:
    i18n.choose("en")
    holder = member(birth=born(30), card_number=True)
    proposal = answer("bhyt", holder, ADULT_INSURED)
    assert proposal.value is False
    assert "By the card number on file: 1." in proposal.why
    assert "card number" not in answer("bhyt", ADULT_INSURED).why
    assert value("bhyt", replace(holder, condition=ConditionData(insured=False))) is True


ADULT_INSURED = member("Lê Thị Hoa", born(40), insured=True)


@pytest.mark.parametrize(
    ("birth", "facts", "expected"),
    [
        (born(16, 1), {"school": SchoolLevel.NONE, "education": Education.NONE, "trained": False}, False),
        (born(16), {"school": SchoolLevel.NONE, "education": Education.PRIMARY, "trained": False}, True),
        (born(16), {"school": SchoolLevel.NONE, "education": Education.LOWER_SECONDARY, "trained": False}, False),
        (born(16), {"school": SchoolLevel.LOWER_SECONDARY, "education": Education.PRIMARY, "trained": False}, False),
        (born(16), {"school": SchoolLevel.NONE, "education": Education.PRIMARY, "trained": True}, False),
        (born(18, 1), {"school": SchoolLevel.NONE, "education": Education.LOWER_SECONDARY, "trained": False}, False),
        (born(18), {"school": SchoolLevel.NONE, "education": Education.LOWER_SECONDARY, "trained": False}, True),
        (born(18), {"school": SchoolLevel.LOWER_SECONDARY, "education": Education.PRIMARY, "trained": False}, True),
        (born(18), {"school": SchoolLevel.UPPER_SECONDARY, "education": Education.LOWER_SECONDARY}, False),
        (born(18), {"school": SchoolLevel.VOCATIONAL}, False),
        (born(18), {"education": Education.VOCATIONAL}, False),
        (born(31, 1), {"school": SchoolLevel.NONE, "education": Education.PRIMARY, "trained": False}, True),
        (born(31), {"school": SchoolLevel.NONE, "education": Education.PRIMARY, "trained": False}, False),
        (born(20), {"work": Work.EMPLOYED, "education": Education.PRIMARY, "trained": False}, True),
        (born(20), {"work": Work.STUDYING, "education": Education.LOWER_SECONDARY, "trained": False}, None),
        (born(20), {"work": Work.EMPLOYED, "education": Education.PRIMARY}, None),
        (born(20), {"school": SchoolLevel.NONE, "trained": False}, None),
        (
            PartialDate(2008),
            {"education": Education.LOWER_SECONDARY, "school": SchoolLevel.NONE, "trained": False},
            None,
        ),
        (PartialDate(2008), {"education": Education.PRIMARY, "school": SchoolLevel.NONE, "trained": False}, True),
        (None, {"education": Education.PRIMARY, "school": SchoolLevel.NONE, "trained": False}, None),
        (None, {"education": Education.UNIVERSITY}, False),
    ],
)
def test_education_of_young_adults(birth: PartialDate | None, facts: dict[str, object], expected: bool | None) -> None:
    assert value("gd_nguoi_lon", member(birth=birth, **facts)) is expected


def test_the_why_names_the_member_with_age_and_schooling() -> None:
    i18n.choose("en")
    young = member(birth=born(17), work=Work.HOME, education=Education.PRIMARY, trained=False)
    assert answer("gd_nguoi_lon", young).why == (
        "Trần Văn Dũng, 17 years, attends no school (housework), education: primary school, no training."
    )
    by_year = replace(young, birth=PartialDate(2008), education=Education.NONE)
    assert answer("gd_nguoi_lon", by_year).why.startswith("Trần Văn Dũng, born in 2008, ")


@pytest.mark.parametrize(
    ("birth", "facts", "expected"),
    [
        (born(3, 1), {"school": SchoolLevel.NONE}, False),
        (born(3), {"school": SchoolLevel.NONE}, True),
        (born(3), {"school": SchoolLevel.NURSERY}, False),
        (born(6, 1), {"school": SchoolLevel.NURSERY}, False),
        (born(6), {"school": SchoolLevel.NURSERY}, True),
        (born(6), {"school": SchoolLevel.PRIMARY}, False),
        (born(12, 1), {"school": SchoolLevel.PRIMARY}, False),
        (born(12), {"school": SchoolLevel.PRIMARY}, True),
        (born(11), {"school": SchoolLevel.LOWER_SECONDARY}, False),
        (born(15), {"school": SchoolLevel.UPPER_SECONDARY}, False),
        (born(16, 1), {"school": SchoolLevel.NONE}, True),
        (born(16), {"school": SchoolLevel.NONE}, False),
        (born(10), {}, None),
        (born(10), {"work": Work.STUDYING}, None),
        (born(10), {"work": Work.STUDYING, "education": Education.PRIMARY}, False),
        (born(4), {"work": Work.STUDYING}, False),
        (born(4), {"work": Work.TOO_YOUNG}, None),
        (born(14), {"work": Work.EMPLOYED}, True),
        (PartialDate(2020), {"school": SchoolLevel.NURSERY}, None),
        (PartialDate(2019), {"school": SchoolLevel.NURSERY}, True),
        (PartialDate(2009), {"school": SchoolLevel.NONE}, False),
    ],
)
def test_schooling_of_children(birth: PartialDate, facts: dict[str, object], expected: bool | None) -> None:
    assert value("gd_tre_em", member(birth=birth, **facts)) is expected

"""Proposed answers: each indicator at both sides of its bound, unknown facts, and the laws every proposal keeps."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr import i18n
from casemgr.domain.conditions import ConditionData, Device, DwellingData, Nutrition, SchoolLevel, Toilet, WaterSource
from casemgr.domain.dates import PartialDate
from casemgr.domain.indicator_members import age_range, months
from casemgr.domain.indicators import ChildCounts, Member, Proposal, Proposer, count_children, propose
from casemgr.domain.packs import Pack, of_id, shipped
from casemgr.domain.people import Education, LabourCapacity, Sex, Work

ON = date(2026, 10, 15)
PACK = of_id(shipped(), "VN-2022")
DRAFT = of_id(shipped(), "VN-2027")


def born(years: int, days: int = 0) -> PartialDate:
    """Somebody who completes `years` on the survey date; with `days` that many days later."""
    return PartialDate.of(date.fromordinal(date(ON.year - years, ON.month, ON.day).toordinal() + days))


def member(name: str = "Trần Văn Dũng", birth: PartialDate | None = None, **values: Any) -> Member:
    said = {key: values.pop(key) for key in list(values) if key in ConditionData.__dataclass_fields__}
    return Member(name, birth=birth, condition=ConditionData(**said), **values)


def answer(
    code: str, *members: Member, house: DwellingData | None = None, pack: Pack = PACK, on: date = ON
) -> Proposal:
    return propose(pack, members, house or DwellingData(), on)[code]


def value(code: str, *members: Member, house: DwellingData | None = None, pack: Pack = PACK) -> bool | None:
    return answer(code, *members, house=house, pack=pack).value


ADULT = member("Lê Thị Hoa", born(40))


# ---- ages


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


# ---- work


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


# ---- dependants


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


# ---- health


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


# ---- education


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


# ---- the house


def house(**values: Any) -> DwellingData:
    return DwellingData(**values)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((True, True, False), False),
        ((True, False, False), True),
        ((False, None, False), True),
        ((True, True, None), False),
        ((True, None, False), None),
        ((None, None, None), None),
    ],
)
def test_two_of_three_structures(parts: tuple[bool | None, ...], expected: bool | None) -> None:
    names = ("walls_durable", "columns_durable", "roof_durable")
    proposal = answer("chat_luong_nha", ADULT, house=house(**dict(zip(names, parts, strict=True))))
    assert proposal.value is expected
    assert len(proposal.missing) == (parts.count(None) if expected is None else 0)


def test_exactly_eight_square_metres_a_head_are_enough() -> None:
    three = (ADULT, ADULT, ADULT)
    assert value("dien_tich_nha", *three, house=house(area_dm2=2400)) is False
    assert value("dien_tich_nha", *three, house=house(area_dm2=2399)) is True
    assert value("dien_tich_nha", *three) is None
    assert value("dien_tich_nha", house=house(area_dm2=2400)) is None
    i18n.choose("vi")
    assert "7,99" in answer("dien_tich_nha", *three, house=house(area_dm2=2399)).why


def test_a_pack_may_ask_for_half_square_metres() -> None:
    indicator = PACK.indicator("dien_tich_nha")
    wide = replace(indicator, parameters={"area_under_m2": 8.1})
    pack = replace(PACK, indicators=(wide,))
    assert value("dien_tich_nha", ADULT, house=house(area_dm2=810), pack=pack) is False
    assert value("dien_tich_nha", ADULT, house=house(area_dm2=809), pack=pack) is True
    assert Proposer(pack, ON).answers(0, 1, 809).deprived == {"dien_tich_nha"}


def test_water_toilets_information_and_waste() -> None:
    dirty_water = {source for source in WaterSource if value("nguon_nuoc", ADULT, house=house(water=source))}
    assert dirty_water == {WaterSource.UNPROTECTED, WaterSource.SURFACE}
    bad_toilets = {toilet for toilet in Toilet if value("nha_tieu", ADULT, house=house(toilet=toilet))}
    assert bad_toilets == {Toilet.OTHER, Toilet.NONE}
    assert [value("vien_thong", ADULT, house=house(internet=said)) for said in (True, False, None)] == [
        False,
        True,
        None,
    ]
    assert value("phuong_tien_tt", ADULT, house=house(devices=())) is True
    assert value("phuong_tien_tt", ADULT, house=house(devices=(Device.RADIO.value,))) is False
    assert value("phuong_tien_tt", ADULT) is None
    assert [value("xu_ly_rac_thai", ADULT, house=house(waste_handled=said), pack=DRAFT) for said in (True, False)] == [
        False,
        True,
    ]


# ---- whole households


def test_each_pack_asks_its_own_indicators_in_its_order() -> None:
    assert tuple(propose(PACK, [ADULT], DwellingData(), ON)) == PACK.codes
    assert tuple(propose(DRAFT, [ADULT], DwellingData(), ON)) == DRAFT.codes
    assert propose(of_id(shipped(), "VN-2016"), [ADULT], DwellingData(), ON) == {}


def test_a_pack_with_another_age_is_followed() -> None:
    younger = replace(PACK.indicator("bhyt"), parameters={"age_from": 3})
    pack = replace(PACK, indicators=(younger,))
    assert value("bhyt", member(birth=born(4), insured=False), pack=pack) is True


def test_an_indicator_without_rule_or_without_its_numbers_is_left_to_the_surveyor() -> None:
    new = replace(PACK.indicator("bhyt"), code="cho_o_an_toan")
    bare = [replace(PACK.indicator(code), parameters={}) for code in ("gd_tre_em", "dien_tich_nha")]
    pack = replace(PACK, indicators=(new, *bare))
    proposals = propose(pack, [ADULT], DwellingData(area_dm2=5000), ON)
    assert {proposal.value for proposal in proposals.values()} == {None}
    assert all(proposal.why for proposal in proposals.values())
    assert Proposer(pack, ON).answers(0, 1, 5000).unknown == set(pack.codes)


def test_a_household_without_members_says_nothing_of_people() -> None:
    proposals = propose(PACK, [], DwellingData(internet=True), ON)
    assert {code for code, proposal in proposals.items() if proposal.value is not None} == {"vien_thong"}
    assert proposals["bhyt"].missing


def test_who_is_born_after_the_survey_does_not_count() -> None:
    baby = member("Trần Văn Út", PartialDate(2026, 10, 16))
    assert value("nguoi_phu_thuoc", ADULT, baby, baby) is False
    assert value("dien_tich_nha", ADULT, baby, house=house(area_dm2=800)) is False
    assert count_children(PACK, [baby], ON) == ChildCounts(0, 0, 0, 0)
    proposer = Proposer(PACK, ON)
    assert proposer.of_member(baby) == (0, 0)
    assert proposer.age_group(baby.birth) != proposer.age_group(PartialDate(2026, 10, 15))


def test_children_are_counted_for_the_report() -> None:
    children = (
        member("Một", born(16, 1), nutrition=Nutrition.STUNTED, insured=False, school=SchoolLevel.NONE),
        member("Hai", born(5), nutrition=Nutrition.NORMAL, insured=False, school=SchoolLevel.NURSERY),
        member("Ba", born(16), nutrition=Nutrition.STUNTED, insured=False, school=SchoolLevel.NONE),
        member("Tư", PartialDate(2010)),
    )
    assert count_children(PACK, children, ON) == ChildCounts(1 + 1, 1, 1, 1)
    assert count_children(of_id(shipped(), "VN-2016"), children, ON) == ChildCounts(0, 0, 0, 0)


# ---- laws

_births = st.one_of(
    st.none(),
    st.dates(date(1930, 1, 1), date(2027, 1, 1)).map(PartialDate.of),
    st.integers(1930, 2026).map(PartialDate),
    st.builds(PartialDate, st.integers(1930, 2026), st.integers(1, 12)),
)
_truths = st.sampled_from([None, True, False])


@st.composite
def people(draw: st.DrawFn) -> Member:
    """A member whose facts do not contradict each other: who studies attends a school, who has a number is insured."""
    work = draw(st.one_of(st.none(), st.sampled_from(Work)))
    school = draw(st.one_of(st.none(), st.sampled_from(SchoolLevel)))
    education = draw(st.one_of(st.none(), st.sampled_from(Education)))
    seeks, wage = draw(_truths), draw(_truths)
    if school is not None:
        work = Work.STUDYING if school is not SchoolLevel.NONE else None
        education = None if work is Work.STUDYING else education
    if work is not None:
        seeks, wage = None, None
    card = draw(st.booleans())
    return Member(
        "Thạch Thị Sa",
        draw(_births),
        draw(st.one_of(st.none(), st.sampled_from(Sex))),
        education,
        work,
        draw(st.one_of(st.none(), st.sampled_from(LabourCapacity))),
        draw(st.booleans()),
        draw(st.booleans()),
        card,
        ConditionData(
            insured=True if card else draw(_truths),
            school=school,
            nutrition=draw(st.one_of(st.none(), st.sampled_from(Nutrition))),
            contract=draw(_truths),
            wage_work=wage,
            seeks_work=seeks,
            trained=draw(_truths),
        ),
    )


_houses = st.builds(
    DwellingData,
    walls_durable=_truths,
    columns_durable=_truths,
    roof_durable=_truths,
    area_dm2=st.one_of(st.none(), st.integers(1, 10_000)),
    water=st.one_of(st.none(), st.sampled_from(WaterSource)),
    toilet=st.one_of(st.none(), st.sampled_from(Toilet)),
    internet=_truths,
    devices=st.one_of(st.none(), st.sets(st.sampled_from([device.value for device in Device])).map(tuple)),
    waste_handled=_truths,
)
_packs = st.sampled_from([PACK, DRAFT])


@given(_packs, st.lists(people(), max_size=6), _houses)
def test_many_at_once_say_the_same_as_one_in_words(pack: Pack, members: list[Member], seen: DwellingData) -> None:
    one = propose(pack, members, seen, ON)
    proposer = Proposer(pack, ON)
    marks, count = proposer.of_house(seen), 0
    for someone in members:
        mark, more = proposer.of_member(someone)
        marks, count = marks | mark, count + more
    many = proposer.answers(marks, count, seen.area_dm2)
    assert many.deprived == {code for code, proposal in one.items() if proposal.value}
    assert many.unknown == {code for code, proposal in one.items() if proposal.value is None}
    assert all(bool(proposal.missing) == (proposal.value is None) for proposal in one.values())
    assert all(proposal.why for proposal in one.values())


@given(_packs, people(), _births)
def test_people_of_one_age_group_are_judged_alike(pack: Pack, someone: Member, birth: PartialDate | None) -> None:
    proposer = Proposer(pack, ON)
    other = replace(someone, birth=birth)
    if proposer.age_group(birth) == proposer.age_group(someone.birth):
        assert proposer.of_member(other) == proposer.of_member(someone)


@given(
    st.lists(people(), min_size=1, max_size=4),
    _houses,
    st.sets(st.sampled_from(["birth", "sex", "education", "labour"])),
    st.sets(st.sampled_from(sorted(ConditionData.__dataclass_fields__))),
    st.sets(st.sampled_from(sorted(set(DwellingData.__dataclass_fields__) - {"note"}))),
)
def test_more_facts_never_turn_an_answer_around(
    members: list[Member], seen: DwellingData, facts: set[str], said: set[str], parts: set[str]
) -> None:
    whole = propose(DRAFT, members, seen, ON)
    blank = [
        replace(
            someone,
            **dict.fromkeys(facts),
            condition=replace(someone.condition, **dict.fromkeys(said)),
        )
        for someone in members
        if not (someone.birth and someone.birth.first_day > ON)
    ]
    less = propose(DRAFT, blank, replace(seen, **dict.fromkeys(parts)), ON)
    for code, proposal in less.items():
        if proposal.value is not None:
            assert whole[code].value is proposal.value, code

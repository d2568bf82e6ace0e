"""Indicators of the house and of whole households, pack by pack."""

from dataclasses import replace

import pytest

from casemgr import i18n
from casemgr.domain.conditions import Device, DwellingData, Nutrition, SchoolLevel, Toilet, WaterSource
from casemgr.domain.dates import PartialDate
from casemgr.domain.indicators import ChildCounts, Proposer, count_children, propose
from casemgr.domain.packs import of_id, shipped
from tests.support.indicator_cases import ADULT, DRAFT, ON, PACK, answer, born, house, member, value


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

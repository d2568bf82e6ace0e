"""The class of a household: the worked examples of the field, its laws, replay, and judging with answers missing."""

import csv
import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr import i18n
from casemgr.domain.classification import (
    Facts,
    classify,
    deprivations_of_b2,
    facts_from_json,
    inputs_to_json,
    judge_partly,
    replay,
    result_to_json,
)
from casemgr.domain.households import HouseholdClass
from casemgr.domain.offices import Area
from casemgr.domain.packs import Pack, known_codes, of_id, pack_from_content, shipped
from casemgr.errors import ValidationError

TABLE = Path(__file__).parents[2] / "data" / "standards" / "worked-examples.csv"
with TABLE.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))

RANK = [HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.AVERAGE, HouseholdClass.NONE]
CODES = sorted(known_codes())


def pack(pack_id: str) -> Pack:
    return of_id(shipped(), pack_id)


def facts(area: Area = Area.RURAL, income: int | None = None, b1: int | None = None, *codes: str) -> Facts:
    return Facts(area, income, b1, frozenset(codes))


@pytest.mark.parametrize("standard", ["VN-2022", "VN-2027"])
@pytest.mark.parametrize("row", ROWS, ids=[row["row"] for row in ROWS])
def test_the_worked_examples(row: dict[str, str], standard: str) -> None:
    if not row[standard]:
        assert row["b1"]  # a pack without points says nothing about points
        return
    judged = classify(
        pack(standard),
        Facts(
            Area(row["area"]),
            int(row["income"]) if row["income"] else None,
            int(row["b1"]) if row["b1"] else None,
            frozenset(row["deprived"].split()),
        ),
    )
    assert judged.value == row[standard]
    assert str(judged.deprivations) == row["n22" if standard == "VN-2022" else "n27"]
    assert judged.official is (standard == "VN-2022")


def test_all_the_examples_are_there() -> None:
    numbers = {row["row"].rstrip("ab") for row in ROWS}
    assert numbers >= {str(number) for number in range(1, 18)}
    assert len([row for row in ROWS if row["b1"]]) == 6


def test_the_reason_is_plain_vietnamese_whatever_the_language() -> None:
    codes = ("bhyt", "nha_tieu", "viec_lam", "dinh_duong")
    with i18n.using("en"):
        judged = classify(pack("VN-2022"), facts(Area.RURAL, 1_400_000, None, *codes))
    assert judged.reason == (
        "Thu nhập 1.400.000 đồng/người/tháng không vượt mức 1.500.000 đồng (nông thôn); thiếu hụt 4 chỉ số: việc làm, "
        "dinh dưỡng, bảo hiểm y tế, nhà tiêu hợp vệ sinh, từ 3 chỉ số trở lên: hộ nghèo."
    )
    assert (judged.margin, judged.unit, judged.b2) == (100_000, "VND", 40)
    assert judged.counted == ("viec_lam", "dinh_duong", "bhyt", "nha_tieu")
    assert judged.citations[0] == "Điều 3 Nghị định số 07/2021/NĐ-CP"
    near = classify(pack("VN-2022"), facts(Area.URBAN, 2_000_000))
    assert near.reason == (
        "Thu nhập 2.000.000 đồng/người/tháng không vượt mức 2.000.000 đồng (thành thị); không thiếu hụt chỉ số nào, "
        "dưới 3 chỉ số: hộ cận nghèo."
    )
    over = classify(pack("VN-2027"), facts(Area.URBAN, 2_800_001, None, "phuong_tien_tt"))
    assert over.reason == (
        "Thu nhập 2.800.001 đồng/người/tháng vượt mức 2.800.000 đồng (đô thị): hộ không nghèo; "
        "không thiếu hụt chỉ số nào."
    )
    assert (over.margin, over.ignored, over.b2) == (-1, ("phuong_tien_tt",), None)


def test_points_decide_where_the_pack_has_them() -> None:
    judged = classify(pack("VN-2022"), facts(Area.RURAL, 9_000_000, 140, "bhyt", "nha_tieu", "viec_lam"))
    assert (judged.value, judged.margin, judged.unit, judged.b2) == (HouseholdClass.POOR, 0, "points", 30)
    assert "Điểm B1 (điểm A – thu nhập) là 140, không vượt mức 140 điểm (nông thôn)" in judged.reason
    assert "là 30, từ 30 điểm trở lên: hộ nghèo" in judged.reason
    assert any("07/2021/TT-BLĐTBXH" in line for line in judged.citations)
    money = classify(pack("VN-2027"), facts(Area.RURAL, 2_000_000, 500))
    assert (money.value, money.unit) == (HouseholdClass.NEAR_POOR, "VND")


def test_the_standard_of_2016_has_two_lines() -> None:
    old = pack("VN-2016")
    three = ("bhyt", "nha_tieu", "vien_thong")
    assert classify(old, facts(Area.RURAL, 700_000)).value is HouseholdClass.POOR
    assert classify(old, facts(Area.RURAL, 700_001)).value is HouseholdClass.NEAR_POOR
    judged = classify(old, facts(Area.RURAL, 900_000, None, *three))
    assert judged.value is HouseholdClass.POOR
    assert "vượt mức 700.000 đồng nhưng không vượt mức 1.000.000 đồng (nông thôn); thiếu hụt 3 chỉ số" in judged.reason
    assert classify(old, facts(Area.URBAN, 1_300_000, None, *three[:2])).value is HouseholdClass.NEAR_POOR
    assert classify(old, facts(Area.URBAN, 1_300_001, None, *three)).value is HouseholdClass.NONE


@pytest.mark.parametrize(
    ("standard", "said", "field", "words"),
    [
        ("VN-2022", Facts(Area.RURAL, -1, None, frozenset()), "income", "-1 "),
        ("VN-2022", Facts(Area.RURAL, 10**10, None, frozenset()), "income", "10.000.000.000"),
        ("VN-2022", Facts(Area.RURAL, None, -5, frozenset()), "b1", "-5"),
        ("VN-2022", Facts(Area.RURAL, None, 5_000, frozenset()), "b1", "5000"),
        ("VN-2022", Facts(Area.RURAL, None, None, frozenset()), "income", "B1"),
        ("VN-2027", Facts(Area.RURAL, None, 120, frozenset()), "income", "VN-2027"),
        ("VN-2022", Facts(Area.RURAL, 1, None, frozenset({"xe_hoi"})), "deprivations", "xe_hoi"),
        ("VN-2022", Facts(Area.RURAL, 1, None, frozenset({"bhyt"}), frozenset({"bhyt"})), "deprivations", "bhyt"),
        ("VN-2022", Facts(Area.RURAL, 1, None, frozenset(), frozenset({"bhyt"})), "bhyt", "Bảo hiểm y tế"),
    ],
)
def test_what_cannot_be_is_refused(standard: str, said: Facts, field: str, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        classify(pack(standard), said)
    assert field in [problem.field for problem in refused.value.problems]
    assert words in str(refused.value)


def test_an_unanswered_indicator_the_pack_does_not_count_is_no_matter() -> None:
    said = Facts(Area.RURAL, 1_400_000, None, frozenset(), frozenset({"xu_ly_rac_thai"}))
    assert classify(pack("VN-2022"), said).value is HouseholdClass.NEAR_POOR
    assert classify(pack("VN-2022"), facts(Area.RURAL, 1, None, "moi"), known={"moi"}).ignored == ("moi",)


@pytest.mark.parametrize("b2", [-10, 35, 130])
def test_an_impossible_b2_is_refused(b2: int) -> None:
    with pytest.raises(ValidationError, match="10"):
        deprivations_of_b2(pack("VN-2022"), b2)
    with pytest.raises(ValidationError, match="VN-2027"):
        deprivations_of_b2(pack("VN-2027"), 30)


def test_b2_counts_deprivations() -> None:
    assert [deprivations_of_b2(pack("VN-2022"), b2) for b2 in (0, 30, 120)] == [0, 3, 12]


packs = st.sampled_from(shipped())
areas = st.sampled_from(Area)
incomes = st.integers(0, 4_000_000)
scores = st.integers(0, 300)
answers = st.frozensets(st.sampled_from(CODES))


@given(packs, areas, incomes, st.integers(0, 500_000), answers)
def test_more_income_is_never_a_worse_class(
    standard: Pack, area: Area, income: int, more: int, codes: frozenset[str]
) -> None:
    poorer, richer = (classify(standard, Facts(area, amount, None, codes)).value for amount in (income, income + more))
    assert RANK.index(poorer) <= RANK.index(richer)


@given(areas, scores, st.integers(0, 50), answers)
def test_more_points_are_never_a_worse_class(area: Area, b1: int, more: int, codes: frozenset[str]) -> None:
    poorer, richer = (classify(pack("VN-2022"), Facts(area, None, amount, codes)).value for amount in (b1, b1 + more))
    assert RANK.index(poorer) <= RANK.index(richer)


@given(packs, areas, st.none() | incomes, st.none() | scores, answers, answers)
def test_more_deprivations_are_never_a_better_class(
    standard: Pack, area: Area, income: int | None, b1: int | None, codes: frozenset[str], more: frozenset[str]
) -> None:
    income = 1_000_000 if income is None and (b1 is None or standard.score is None) else income
    fewer, many = (classify(standard, Facts(area, income, b1, some)).value for some in (codes, codes | more))
    assert RANK.index(many) <= RANK.index(fewer)


@given(packs, areas, incomes, st.none() | scores, answers)
def test_replay_gives_the_same_bytes(
    standard: Pack, area: Area, income: int, b1: int | None, codes: frozenset[str]
) -> None:
    said = Facts(area, income, b1, codes)
    inputs, result = inputs_to_json(standard, said), result_to_json(classify(standard, said))
    kept = pack_from_content(standard.content)
    assert (kept, facts_from_json(inputs)) == (standard, said)
    with i18n.using("en"):
        assert replay(kept, inputs).encode() == result.encode()
    assert json.loads(result)["value"] in RANK


def test_replay_refuses_another_content() -> None:
    inputs = inputs_to_json(pack("VN-2022"), facts(Area.RURAL, 1_000_000))
    with pytest.raises(ValidationError, match="VN-2022"):
        replay(replace(pack("VN-2022"), sha256="0" * 64), inputs)


some = st.frozensets(st.sampled_from(CODES), max_size=4)


@given(packs, areas, st.none() | incomes, st.none() | scores, some, some)
def test_judging_partly_is_every_completion(
    standard: Pack, area: Area, income: int | None, b1: int | None, codes: frozenset[str], open_codes: frozenset[str]
) -> None:
    said = Facts(area, income, b1, codes - open_codes, open_codes)
    partial = judge_partly(standard, said)
    known_amount = income is not None or (b1 is not None and standard.score is not None)
    edges = {band.upper[area] for band in standard.bands}
    amounts = [income] if known_amount else sorted({0, *edges, *(edge + 1 for edge in edges)})
    found = {
        classify(standard, Facts(area, amount, b1, said.deprivations | set(extra))).value
        for amount in amounts
        for size in range(len(open_codes) + 1)
        for extra in itertools.combinations(sorted(open_codes), size)
    }
    assert set(partial.possible) == found
    assert (partial.value is not None) == (len(found) == 1)
    assert bool(partial.missing) == (partial.value is None)
    if known_amount:
        assert not {"income", "b1"} & set(partial.missing)


def test_old_points_tell_the_income_only_up_to_the_line() -> None:
    old, new = pack("VN-2022"), pack("VN-2027")
    three, waste = frozenset({"bhyt", "nha_tieu", "viec_lam"}), frozenset({"xu_ly_rac_thai"})
    assert judge_partly(new, Facts(Area.RURAL, None, 140, three, waste), scored_by=old).value is HouseholdClass.POOR
    over = judge_partly(new, Facts(Area.RURAL, None, 141, three, waste), scored_by=old)
    assert over.possible == (HouseholdClass.POOR, HouseholdClass.NONE)
    assert over.missing == ("income",)
    two = judge_partly(new, Facts(Area.RURAL, None, 140, three - {"bhyt"}, waste), scored_by=old)
    assert (two.possible, two.missing) == ((HouseholdClass.POOR, HouseholdClass.NEAR_POOR), ("xu_ly_rac_thai",))
    assert judge_partly(new, Facts(Area.RURAL, None, 100, three)).missing == ("income",)
    assert judge_partly(old, Facts(Area.RURAL, None, None, three)).missing == ("b1",)
    first = pack("VN-2016")
    lower = judge_partly(first, Facts(Area.RURAL, None, 100, three), scored_by=old)
    assert lower.possible == (HouseholdClass.POOR, HouseholdClass.NONE)
    higher = replace(old, score=None)
    assert judge_partly(first, Facts(Area.RURAL, None, 100, three), scored_by=higher).missing == ("income",)
    with pytest.raises(ValidationError, match="-1"):
        judge_partly(new, Facts(Area.RURAL, -1, None, three))

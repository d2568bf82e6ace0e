"""The shipped catalogue is whole and dated, and what the office writes is read strictly."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from casemgr.domain.entitlement_facts import RECORDED
from casemgr.domain.entitlements import leaves
from casemgr.domain.programme_reading import code_of, read, shipped
from casemgr.domain.programmes import Period
from casemgr.domain.support import Unit
from casemgr.errors import NotFoundError, ValidationError

CATALOGUE = read(shipped()[0])

CODES = [
    "BHYT-HN",
    "BHYT-HCN",
    "BHYT-NDTB",
    "HP-MIEN",
    "CPHT",
    "DONGGOP",
    "DIEN",
    "NHA-DA5",
    "NHA-XNT",
    "NHA-KC",
    "NHA-DDK",
    "NUOC-PT",
    "TD-HN",
    "TD-HCN",
    "TD-HMTN",
    "TD-NSVS",
    "TD-HSSV",
    "TD-STEM",
    "TD-GQVL",
    "TD-XKLD",
    "TD-EPS",
    "TD-VKK",
    "TD-DTTS",
    "TCXH",
    "HTXH",
    "MTP",
    "TGKC",
    "NCC-TC",
    "NCC-NHA",
    "NCC-QUA",
    "TGPL",
    "TT-SMART",
    "TT-GN",
    "TTHONG",
    "DD",
    "SK-CD",
    "SK-LK",
    "SK-NV",
    "MH-GN",
    "KHUYEN",
    "DN-SC",
    "VL-KN",
    "NN-HT",
    "NN-QUY",
    "KNTN",
    "CT-HT",
    "CT-BD",
    "DO-DAU",
    "QVNN",
    "QUA-XH",
    "TH-CB",
    "HB-CS",
]


def test_all_programmes_are_there() -> None:
    assert sorted(CATALOGUE.programmes) == sorted(CODES)
    assert len(CODES) == 52


def test_every_programme_that_entitles_has_a_rule_with_its_law() -> None:
    for code, one in CATALOGUE.programmes.items():
        assert bool(CATALOGUE.rules_of(code)) is one.entitles, code
        assert one.name_en
    for rule in CATALOGUE.rules.values():
        assert rule.legal, rule.id
        assert all(line.citation for line in rule.legal)


def test_staged_housing_pays_seventy_then_thirty() -> None:
    stages = CATALOGUE.programme("NHA-DA5").stages
    assert [stage.percent for stage in stages] == [70, 30]


def test_what_acts_on_a_deprivation() -> None:
    assert set(CATALOGUE.of_dimension("water")) == {"NUOC-PT", "TD-NSVS", "CT-HT"}
    assert set(CATALOGUE.of_dimension("information")) == {"TT-SMART", "TT-GN"}
    assert set(CATALOGUE.of_dimension("housing")) == {"NHA-DA5", "NHA-XNT", "NHA-KC", "NHA-DDK", "NCC-NHA"}
    assert set(CATALOGUE.of_dimension("health")) == {"BHYT-HN", "BHYT-HCN", "BHYT-NDTB", "DD"}
    assert "DN-SC" in CATALOGUE.of_dimension("education")
    assert "DN-SC" in CATALOGUE.of_dimension("work")
    assert len(CATALOGUE.in_group("credit")) == 11


def test_generations_overlap_in_2026_and_no_longer_after() -> None:
    day = date(2026, 11, 24)
    assert {rule.generation for rule in CATALOGUE.rules_on("SK-CD", day)} == {"B", "C"}
    assert {rule.generation for rule in CATALOGUE.rules_on("DN-SC", day)} == {"B", "C"}
    assert {rule.generation for rule in CATALOGUE.rules_on("DN-SC", date(2025, 12, 31))} == {"A", "B"}
    assert {rule.generation for rule in CATALOGUE.rules_on("DN-SC", date(2027, 1, 1))} == {"C"}


@pytest.mark.parametrize(
    ("code", "day", "value"),
    [
        ("BASE.LUONG_CO_SO", date(2026, 6, 30), 2_340_000),
        ("BASE.LUONG_CO_SO", date(2026, 7, 1), 2_530_000),
        ("BASE.CHUAN_TGXH", date(2024, 6, 30), 360_000),
        ("BASE.CHUAN_TGXH", date(2024, 7, 1), 500_000),
        ("TD.R_HN", date(2025, 11, 30), 66_000),
        ("TD.R_HN", date(2025, 12, 1), 62_400),
        ("DN-SC.MEAL_DAY", date(2025, 12, 31), 30_000),
        ("DN-SC.MEAL_DAY", date(2026, 1, 1), 50_000),
        ("NHA-DA5.NEW", date(2027, 1, 1), None),
        ("HTXH", date(2025, 6, 30), None),
    ],
)
def test_a_rate_holds_from_day_to_day(code: str, day: date, value: int | None) -> None:
    rate = CATALOGUE.rate(code, day)
    assert (rate.value if rate else None) == value


@pytest.mark.parametrize(
    ("rule", "day", "millionths"),
    [
        ("TD-HN", date(2025, 11, 30), 66_000),
        ("TD-HN", date(2026, 11, 24), 62_400),
        ("TD-HCN", date(2026, 11, 24), 74_880),
        ("TD-HMTN", date(2026, 11, 24), 78_000),
        ("TD-NSVS-VS", date(2026, 11, 24), 84_000),
        ("TD-HSSV", date(2026, 11, 24), 62_400),
        ("TD-STEM", date(2026, 11, 24), 48_000),
        ("TD-GQVL-A", date(2025, 12, 31), 74_880),
        ("TD-GQVL-C2", date(2026, 1, 1), 79_248),
        ("TD-XKLD-A", date(2025, 12, 31), 62_400),
        ("TD-XKLD-C2", date(2026, 1, 1), 79_248),
        ("TD-XKLD-C1", date(2026, 1, 1), 62_400),
        ("TD-VKK", date(2026, 11, 24), 78_000),
        ("TD-DTTS-HN", date(2026, 11, 24), 31_200),
        ("TD-DTTS-HCN", date(2026, 11, 24), 37_440),
    ],
)
def test_yearly_rates_of_loans_by_the_day_they_are_paid_out(rule: str, day: date, millionths: int) -> None:
    assert CATALOGUE.interest(CATALOGUE.rules[rule], day) == millionths


def test_a_rate_nobody_knows_gives_no_sum() -> None:
    assert CATALOGUE.amount(CATALOGUE.rules["HTXH-75"].amount, date(2025, 6, 30)) is None
    assert CATALOGUE.amount(CATALOGUE.rules["TCXH-4"].amount, date(2026, 1, 1), 3) == 1_500_000
    assert CATALOGUE.amount(None, date(2026, 1, 1)) is None


def test_a_rule_is_no_surer_than_the_figures_it_rests_on() -> None:
    day = date(2026, 11, 24)
    told = {code: CATALOGUE.certainty(CATALOGUE.rules[code], day) for code in ("DIEN-HN", "HTXH-75", "KNTN", "CPHT")}
    assert told == {"DIEN-HN": "R", "HTXH-75": "V", "KNTN": "U", "CPHT": "R"}
    assert CATALOGUE.certainty(CATALOGUE.rules["DIEN-HN"], date(2024, 1, 1)) == "V"  # no sum is known of that day


def test_no_condition_asks_for_what_nobody_can_answer() -> None:
    asked = {leaf.fact for rule in CATALOGUE.rules.values() for leaf, _inside in leaves(rule.condition)}
    assert asked <= set(CATALOGUE.facts)
    assert set(RECORDED) == {code for code, fact in CATALOGUE.facts.items() if fact.recorded}


def test_every_fact_has_its_sentences_in_both_languages() -> None:
    for fact in CATALOGUE.facts.values():
        assert fact.name_en
        if fact.yes:
            assert fact.no
            assert fact.yes_en
            assert fact.no_en
        assert not re.search(r"[“”\"]", fact.yes)


def test_unknown_programmes_are_named() -> None:
    with pytest.raises(NotFoundError, match="ABC"):
        CATALOGUE.programme("ABC")
    assert CATALOGUE.rules_on("ABC", date(2026, 1, 1)) == ()
    assert CATALOGUE.rule("ABC") is None


# What an office writes


def _with(kind: str, table: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, object]]:
    tables = dict(shipped()[0])
    tables[kind, code_of(kind, table)] = table
    return tables


OWN: dict[str, Any] = {
    "code": "QUA-TET",
    "name": "Quà Tết của xã",
    "group": "sponsorship",
    "unit": "household",
    "kind": "cash",
    "certainty": "V",
}
OWN_RULE: dict[str, Any] = {
    "id": "QUA-TET-2027",
    "programme": "QUA-TET",
    "certainty": "V",
    "valid_from": "2027-01-01",
    "period": "once",
    "legal": [{"citation": "Nghị quyết của Hội đồng nhân dân xã", "certainty": "V"}],
    "condition": {
        "all": [{"fact": "class", "in": ["poor", "near_poor"]}, {"not": {"member": {"fact": "age", "gt": 79}}}]
    },
    "amount": {"fixed": 500_000},
}


def test_a_new_programme_needs_no_code() -> None:
    tables = _with("programme", OWN)
    tables["rule", "QUA-TET-2027"] = OWN_RULE
    found = read(tables)
    rule = found.rules_on("QUA-TET", date(2027, 2, 1))[0]
    assert found.programme("QUA-TET").unit is Unit.HOUSEHOLD
    assert rule.period is Period.ONCE
    assert found.amount(rule.amount, date(2027, 2, 1)) == 500_000
    assert found.rules_on("QUA-TET", date(2026, 12, 31)) == ()


@pytest.mark.parametrize(
    ("kind", "change", "place"),
    [
        ("rule", {"programme": "KHONG-CO"}, "programme"),
        ("rule", {"valid_to": "2026-12-31"}, "valid_to"),
        ("rule", {"valid_from": "31/12/2026"}, "valid_from"),
        ("rule", {"amount": {"fixed": -1}}, "amount.fixed"),
        ("rule", {"amount": {"rate": "KHONG.CO"}}, "amount.rate"),
        ("rule", {"amount": {"fixed": 1, "rate": "HTXH"}}, "amount.rate"),
        ("rule", {"amount": {"rate": "HTXH", "times": "một rưỡi"}}, "amount.times"),
        ("rule", {"condition": {"fact": "mau_toc"}}, "condition.fact"),
        ("rule", {"condition": {"fact": "class", "in": ["rich"]}}, "condition.in"),
        ("rule", {"condition": {"fact": "age"}}, "condition.ge"),
        ("rule", {"condition": {"fact": "age", "ge": 75, "lt": 70}}, "condition.ge"),
        ("rule", {"condition": {"any": []}}, "condition.any"),
        ("rule", {"condition": {"some": []}}, "condition"),
        ("rule", {"condition": {"member": {"fact": "class", "is": "poor"}}}, "condition.member"),
        ("rule", {"certainty": "X"}, "certainty"),
        ("rule", {"generation": "D"}, "generation"),
        ("rule", {"period": "week"}, "period"),
        ("rule", {"adds": ["KHONG-CO"]}, "adds"),
        ("rule", {"mau": "xanh"}, "mau"),
        ("programme", {"group": "khac"}, "group"),
        ("programme", {"dimensions": ["khac"]}, "dimensions"),
        ("programme", {"code": "quà tết"}, "code"),
        ("programme", {"active_from": "2027-01-01", "active_to": "2026-01-01"}, "active_to"),
        ("programme", {"stages": [{"code": "mot", "label": "Đợt 1", "percent": 60}]}, "stages"),
        ("programme", {"recorded_by": "khong_co"}, "recorded_by"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(kind: str, change: dict[str, Any], place: str) -> None:
    tables = _with("programme", OWN)
    tables["rule", "QUA-TET-2027"] = OWN_RULE
    base = OWN if kind == "programme" else OWN_RULE
    table = base | change
    tables.pop((kind, code_of(kind, base)))
    tables[kind, code_of(kind, table)] = table
    with pytest.raises(ValidationError) as refused:
        read(tables)
    assert any(problem.field.endswith(place) for problem in refused.value.problems), refused.value.problems


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"value": -5}, "value"),
        ({"valid_from": "2026-10-01"}, "BASE.CHUAN_TGXH@2026-10-01"),
        ({"code": "chuẩn"}, "code"),
    ],
)
def test_rates_of_the_office_are_checked(change: dict[str, Any], place: str) -> None:
    rate = {
        "code": "BASE.CHUAN_TGXH", "name": "Mức chuẩn của tỉnh", "valid_from": "2024-07-01", "value": 650_000,
        "certainty": "V",
    }  # fmt: skip
    assert read(_with("rate", rate)).rate("BASE.CHUAN_TGXH", date(2026, 1, 1)).value == 650_000  # type: ignore[union-attr]
    with pytest.raises(ValidationError) as refused:
        read(_with("rate", rate | change))
    assert any(problem.field.endswith(place) for problem in refused.value.problems), refused.value.problems


def test_facts_and_exclusions_of_the_office_are_checked() -> None:
    fact = {"code": "nuoi_bo", "about": "household", "name": "nuôi bò", "yes": "Có nuôi bò", "no": "Không nuôi bò"}
    found = read(_with("fact", fact))
    assert found.facts["nuoi_bo"].says(value=True) == "Có nuôi bò"
    for change in ({"kind": "number"}, {"recorded": True}, {"code": "age", "kind": "number"}):
        with pytest.raises(ValidationError):
            read(_with("fact", fact | change))
    exclusion = {
        "id": "QUA", "programmes": ["QUA-XH", "QVNN"], "scope": "household", "span": "period", "text": "Cùng nội dung",
        "citation": "Quy chế của xã", "certainty": "V",
    }  # fmt: skip
    one = next(one for one in read(_with("exclusion", exclusion)).exclusions if one.id == "QUA")
    assert (one.other("QVNN"), one.other("QUA-XH"), one.touches("TCXH")) == ("QUA-XH", "QVNN", False)
    with pytest.raises(ValidationError):
        read(_with("exclusion", exclusion | {"programmes": ["KHONG-CO"]}))


def test_days_of_the_rates_leave_no_gap_where_they_go_on() -> None:
    for before, after in zip(CATALOGUE.rates, CATALOGUE.rates[1:], strict=False):
        if before.code == after.code:
            assert before.valid_to is not None
            assert after.valid_from == before.valid_to + timedelta(days=1)

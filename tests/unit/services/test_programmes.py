"""The office changes the catalogue: over the shipped entries, checked as a whole, taken back, restored."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casemgr.domain.programmes import Measure, Rate
from casemgr.errors import NotFoundError, ValidationError
from casemgr.i18n import using
from casemgr.services import history, programme_views, programmes
from casemgr.workspace import Workspace
from tests.support.support import TODAY, Supported

PROVINCE: dict[str, Any] = {
    "code": "BASE.CHUAN_TGXH",
    "name": "Mức chuẩn trợ giúp xã hội của tỉnh",
    "valid_from": "2024-07-01",
    "value": 650_000,
    "law": "Nghị quyết của Hội đồng nhân dân tỉnh",
    "certainty": "V",
}
GIFT: dict[str, Any] = {
    "code": "QUA-TET",
    "name": "Quà Tết của xã",
    "group": "sponsorship",
    "unit": "household",
    "kind": "cash",
    "certainty": "V",
}
GIFT_RULE: dict[str, Any] = {
    "id": "QUA-TET",
    "programme": "QUA-TET",
    "certainty": "V",
    "period": "year",
    "legal": [{"citation": "Kế hoạch của xã", "certainty": "V"}],
    "condition": {"fact": "class", "is": "poor"},
    "amount": {"fixed": 500_000},
}


def test_the_list_has_every_programme_with_its_rules_of_the_day(workspace: Workspace) -> None:
    rows = workspace.read(programmes.programmes, TODAY)
    by_code = {row.programme.code: row for row in rows}
    assert len(rows) == 52
    assert [rule.id for rule in by_code["HTXH"].rules] == ["HTXH-75", "HTXH-70"]
    assert by_code["HTXH"].group_name == "Trợ giúp xã hội"
    assert not by_code["NHA-XNT"].rules
    assert not any(row.own for row in rows)


def test_the_province_pays_more_from_the_day_it_is_written(workspace: Workspace) -> None:
    supported = Supported(workspace)
    household = supported.household("birth=1986;disability=severe")
    person = supported.people(household)[0]
    assert _amount(supported, household, person) == 750_000
    workspace.write(programmes.keep, "rate", PROVINCE)
    assert _amount(supported, household, person) == 975_000
    assert ("rate", "BASE.CHUAN_TGXH@2024-07-01") in workspace.read(programmes.catalogue).own
    workspace.write(history.undo, workspace.read(history.next_undo).txn)
    assert _amount(supported, household, person) == 750_000


def _amount(supported: Supported, household: Any, person: Any) -> int | None:
    told = supported.entitled(household, "TCXH", person=person)
    assert told is not None
    return told.amount


def test_a_new_programme_of_the_office_works_at_once(workspace: Workspace) -> None:
    supported = Supported(workspace)
    household = supported.household()
    supported.of_class(household, "poor")
    workspace.write(programmes.keep, "programme", GIFT)
    workspace.write(programmes.keep, "rule", GIFT_RULE)
    told = supported.entitled(household, "QUA-TET")
    assert told is not None
    assert (told.result, told.amount, told.citation) == (True, 500_000, "Kế hoạch của xã")
    row = next(one for one in workspace.read(programmes.programmes) if one.programme.code == "QUA-TET")
    assert row.own


def test_an_entry_is_changed_from_its_plain_content(workspace: Workspace) -> None:
    table = workspace.read(programmes.content, "rule", "HTXH-75")
    assert table["valid_from"] == "2025-07-01"
    workspace.write(programmes.keep, "rule", table | {"note": "Đã đối chiếu với văn bản của tỉnh"})
    assert workspace.read(programmes.catalogue).rules["HTXH-75"].note == "Đã đối chiếu với văn bản của tỉnh"
    workspace.write(programmes.keep, "rule", table | {"note": "Đã sửa lần hai"})
    assert workspace.read(programmes.catalogue).rules["HTXH-75"].note == "Đã sửa lần hai"
    workspace.write(programmes.restore, "rule", "HTXH-75")
    assert workspace.read(programmes.catalogue).rules["HTXH-75"].note == ""
    assert workspace.read(programmes.catalogue).own == frozenset()


def test_a_rate_with_another_first_day_replaces_the_one_it_was_made_from(workspace: Workspace) -> None:
    moved = PROVINCE | {"valid_from": "2024-08-01"}
    with pytest.raises(ValidationError):
        workspace.write(programmes.keep, "rate", moved)
    workspace.write(programmes.keep, "rate", moved, replaces="BASE.CHUAN_TGXH@2024-07-01")
    found = workspace.read(programmes.catalogue)
    assert found.rate("BASE.CHUAN_TGXH", date(2024, 7, 31)) is None
    rate = found.rate("BASE.CHUAN_TGXH", date(2024, 8, 1))
    assert rate is not None
    assert rate.value == 650_000


def test_what_others_name_is_not_removed(workspace: Workspace) -> None:
    with pytest.raises(ValidationError, match="HTXH"):
        workspace.write(programmes.remove, "programme", "HTXH")
    workspace.write(programmes.remove, "rule", "KNTN")
    assert "KNTN" not in workspace.read(programmes.catalogue).rules
    workspace.write(programmes.restore, "rule", "KNTN")
    assert "KNTN" in workspace.read(programmes.catalogue).rules


def test_wrong_entries_change_nothing(workspace: Workspace) -> None:
    for kind, table in (
        ("rule", GIFT_RULE),
        ("rate", PROVINCE | {"value": -1}),
        ("programme", GIFT | {"unit": "village"}),
        ("song", GIFT),
    ):
        with pytest.raises(ValidationError):
            workspace.write(programmes.keep, kind, table)
    assert workspace.read(programmes.catalogue).own == frozenset()


def test_unknown_entries_are_named(workspace: Workspace) -> None:
    for use_case in (programmes.remove, programmes.restore):
        with pytest.raises(NotFoundError, match="KHONG-CO"):
            workspace.write(use_case, "rule", "KHONG-CO")
    with pytest.raises(NotFoundError, match="KHONG-CO"):
        workspace.read(programmes.content, "rule", "KHONG-CO")


def test_restoring_what_was_never_changed_is_nothing(workspace: Workspace) -> None:
    workspace.write(programmes.restore, "rule", "HTXH-75")
    assert workspace.read(programmes.catalogue).own == frozenset()


def test_facts_of_the_commune_are_said_once_and_taken_back(workspace: Workspace) -> None:
    assert set(workspace.read(programmes.commune_facts).values()) == {None}
    workspace.write(programmes.keep_commune_facts, {"commune_hard": True, "commune_poor": False})
    said = workspace.read(programmes.commune_facts)
    assert (said["commune_hard"], said["commune_poor"], said["poor_district"]) == (True, False, None)
    workspace.write(programmes.keep_commune_facts, {"commune_hard": None})
    assert workspace.read(programmes.commune_facts)["commune_hard"] is None
    with pytest.raises(ValidationError):
        workspace.write(programmes.keep_commune_facts, {"class": True})


def test_a_programme_is_told_in_words() -> None:
    told = programme_views.view(programmes.shipped_catalogue(), "TD-HMTN", TODAY)
    rule = told.rules[0]
    assert (rule.applies, rule.amount, rule.interest) == (True, 100_000_000, 78_000)
    assert "36" in rule.condition
    assert "100.000.000" in rule.amount_text
    assert "7,8 %" in rule.interest_text
    assert "30/03/2021" in rule.validity
    assert not rule.own


@pytest.mark.parametrize(
    ("millionths", "text"), [(None, ""), (62_400, "6,24"), (79_248, "7,9248"), (60_000, "6 "), (74_880, "7,488")]
)
def test_yearly_rates_are_written_with_the_places_they_need(millionths: int | None, text: str) -> None:
    assert programme_views.interest_text(millionths).startswith(text)


def test_validity_in_words() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert programme_views.validity(None, None) == ""
    assert "01/01/2026" in programme_views.validity(first, None)
    assert "31/12/2026" in programme_views.validity(None, last)
    assert "01/01/2026" in programme_views.validity(first, last)


def test_everybody_is_everybody() -> None:
    found = programmes.shipped_catalogue()
    own = dict(vars(found.rules["TD-HN"])) | {"condition": found.rules["TD-HN"].scope, "period": None}
    told = programme_views.rule_view(found, type(found.rules["TD-HN"])(**own), TODAY, applies=True)
    assert told.condition
    assert told.period == ""
    exclusions = programme_views.view(found, "NUOC-PT", TODAY).exclusions
    assert any("một lần" in one for one in exclusions)


@pytest.mark.parametrize(
    ("measure", "value", "text"),
    [
        ("dong", 150_000, "150.000"),
        ("percent", 9_500, "95 %"),
        ("percent", 3_750, "37,5 %"),
        ("percent", 3_333, "33,33 %"),
        ("tenths", 15, "1,5"),
        ("tenths", 30, "3"),
        ("workdays", 5, "5 ngày làm việc"),
        ("months", 36, "36 tháng"),
        ("yearly", 62_400, "6,24 %"),
    ],
)
def test_a_number_is_read_with_its_unit(measure: str, value: int, text: str) -> None:
    rate = replace(shipped_rate("BASE.CHUAN_TGXH"), measure=Measure(measure), value=value)
    with using("vi"):
        assert programme_views.rate_words(rate).startswith(text)


def shipped_rate(code: str) -> Rate:
    found = programmes.shipped_catalogue().rate(code, TODAY)
    assert found is not None
    return found

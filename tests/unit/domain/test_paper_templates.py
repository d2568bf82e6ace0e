"""The wording of papers as data: what is refused, what is filled in, and what is left alone."""

import json
from datetime import date

import pytest

from casemgr.domain.filling import filled, put
from casemgr.domain.paper_templates import own_letter, paper_key, shipped_letters, wording_of, wording_to_json
from casemgr.errors import ValidationError


def test_no_paper_of_an_unknown_name() -> None:
    with pytest.raises(ValidationError):
        paper_key("certificate")


def test_an_own_version_comes_back_as_it_was_saved() -> None:
    base = shipped_letters("refusal")[-1]
    own = own_letter("refusal", 3, "Của xã", date(2026, 11, 1), wording_to_json(base.wording))
    assert own.wording == base.wording
    assert own.own
    assert not base.own
    assert own.in_force(date(2030, 1, 1))
    assert not own.in_force(date(2026, 10, 31))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": None}, "reason"),
        ({"reason": ["Lý do"]}, "reason"),
        ({"closing": "một dòng"}, "closing"),
        ({"closing": [1]}, "closing"),
        ({"color": "đỏ"}, "color"),
    ],
)
def test_a_misshapen_wording_is_refused_at_its_field(change: dict[str, object], field: str) -> None:
    raw = json.loads(wording_to_json(shipped_letters("refusal")[-1].wording)) | change
    with pytest.raises(ValidationError) as caught:
        wording_of("refusal", raw)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_a_missing_field_is_named() -> None:
    raw = json.loads(wording_to_json(shipped_letters("refusal")[-1].wording))
    del raw["addressee"]
    with pytest.raises(ValidationError) as caught:
        wording_of("refusal", raw)
    assert [problem.field for problem in caught.value.problems] == ["addressee"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{commune} và {commune}", "xã {unit} và xã {unit}"),  # a value is never filled again
        ("{unknown} {commune", "{unknown} {commune"),
        ("không có gì", "không có gì"),
        ("{{unit}}", "{xã}"),
        ("}{", "}{"),
        ("", ""),
    ],
)
def test_names_in_braces_are_replaced_once(text: str, expected: str) -> None:
    assert put(text, {"commune": "xã {unit}", "unit": "xã"}) == expected


def test_every_text_of_a_wording_is_filled() -> None:
    base = shipped_letters("posting")[-1].wording
    done = filled(base, {"commune": "xã Hưng Khánh Trung"})
    assert "{commune}" not in wording_to_json(done)
    assert "{commune}" in wording_to_json(base)

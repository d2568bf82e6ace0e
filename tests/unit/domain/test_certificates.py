"""Numbers, QR texts and the wording of the certificate as plain data."""

from dataclasses import asdict, replace
from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr import i18n
from casemgr.domain.certificates import (
    content_from_json,
    content_to_json,
    day_text,
    is_qr_text,
    month_text,
    number_text,
    parse_qr,
    qr_text,
    relation_on_paper,
    wording_from_dict,
)
from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import Relation, Sex
from casemgr.domain.templates import (
    CERTIFICATE,
    body_to_json,
    fill,
    in_sentence,
    own_template,
    shipped,
    unit_kind,
)
from casemgr.errors import ValidationError
from tests.support.papers import block, content

ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
"""Signs a QR code packs two into eleven bits."""


@pytest.mark.parametrize(
    ("number", "text"), [(1, "01/GCN-HN.HCN"), (9, "09/GCN-HN.HCN"), (10, "10/GCN-HN.HCN"), (1234, "1234/GCN-HN.HCN")]
)
def test_one_digit_gets_a_zero(number: int, text: str) -> None:
    assert number_text(number, "GCN-HN.HCN") == text


def test_only_january_and_february_get_a_zero() -> None:
    assert [month_text(date(2026, month, 1)) for month in (1, 2, 3, 12)] == ["01", "02", "3", "12"]
    assert [day_text(date(2026, 1, day)) for day in (5, 24)] == ["05", "24"]


NUMBERS = st.builds(number_text, st.integers(1, 99_999), st.sampled_from(["GCN-HN.HCN", "GCN-UBND", "GCN:ĐB%"]))


@given(document=st.uuids(), number=NUMBERS, year=st.integers(2021, 2099))
def test_a_qr_text_gives_its_facts_back(document: UUID, number: str, year: int) -> None:
    text = qr_text(document, number, year)
    assert set(text) <= ALPHANUMERIC
    facts = parse_qr(f" {text}\r\n")
    assert (facts.document, facts.number, facts.year, facts.signature) == (document, number, year, None)
    assert parse_qr(f"{text}:SIG").signature == "SIG"
    assert is_qr_text(text)


@given(place=st.integers(0, 200), sign=st.sampled_from(sorted(ALPHANUMERIC)))
def test_one_wrong_sign_is_noticed(place: int, sign: str) -> None:
    text = qr_text(UUID(int=77), "05/GCN-HN.HCN", 2026)
    place %= len(text)
    wrong = text[:place] + sign + text[place + 1 :]
    if wrong.strip() != text:
        with pytest.raises(ValidationError):
            parse_qr(wrong)


@pytest.mark.parametrize("text", ["", "CM1", "CM1:a:b:c:d", "083160001234|320123456|NGUYỄN THỊ A|", "CM2:0:0:0:0"])
def test_other_codes_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        parse_qr(text)
    assert not is_qr_text("083160001234|320123456")


def test_a_valid_checksum_over_nonsense_is_refused() -> None:
    import hashlib

    body = "CM1:XYZ:05/GCN:2026"
    with i18n.using("en"), pytest.raises(ValidationError, match="not the QR code"):
        parse_qr(f"{body}:{hashlib.sha256(body.encode()).hexdigest()[:10].upper()}")


def test_content_survives_the_register() -> None:
    paper = replace(content(blocks=(block(), block(2027, HouseholdClass.NEAR_POOR, 2, 12))), only_block=2027)
    assert content_from_json(content_to_json(paper)) == paper
    assert content_from_json(content_to_json(content(None))).draft


def test_every_relation_has_words_for_everybody() -> None:
    for relation in Relation:
        for sex in (*Sex, None):
            assert relation_on_paper(relation, sex, "")
    assert relation_on_paper(Relation.SPOUSE, Sex.FEMALE, "") == "Vợ"
    assert relation_on_paper(Relation.CHILD_IN_LAW, Sex.MALE, "") == "Con rể"
    assert relation_on_paper(Relation.OTHER, None, "Em họ") == "Em họ"


def test_a_wording_with_missing_unknown_or_wrong_parts_is_refused_by_name() -> None:
    raw: dict[str, object] = asdict(content().wording)
    assert wording_from_dict(raw) == content().wording
    raw.pop("title")
    raw["colour"] = "đỏ"
    raw["basis"] = "Căn cứ"
    raw["certify"] = 7
    with pytest.raises(ValidationError) as refused:
        wording_from_dict(raw)
    assert {problem.field for problem in refused.value.problems} == {"title", "colour", "basis", "certify"}


def test_shipped_versions_follow_each_other_without_gap() -> None:
    versions = shipped(CERTIFICATE)
    assert [version.id for version in versions] == ["2021", "2025-07", "2026"]
    for before, after in pairwise(versions):
        assert before.valid_to is not None
        assert (after.valid_from - before.valid_to).days == 1
    for version in versions:
        assert len(version.indicator_codes) == len(version.wording.indicators) == 12
        assert version.in_force(version.valid_from)
        assert version.marks
        assert not version.own


def test_every_basis_line_ends_as_the_decree_asks() -> None:
    for version in shipped(CERTIFICATE):
        assert all(line.startswith("Căn cứ ") and line.endswith(";") for line in version.wording.basis)


def test_an_own_version_survives_being_kept() -> None:
    template = shipped(CERTIFICATE)[-1]
    kept = own_template(3, "Mẫu của xã", date(2027, 1, 1), body_to_json(template))
    assert kept.own
    assert kept.id == "own-3"
    assert (kept.wording, kept.indicator_codes) == (template.wording, template.indicator_codes)
    assert kept.in_force(date(2030, 1, 1))
    assert not kept.in_force(date(2026, 12, 31))


def test_names_are_filled_in_and_other_braces_stay() -> None:
    wording = replace(content().wording, certify="Ủy ban nhân dân {commune} {khác}", basis=("{unit};",))
    filled = fill(wording, {"commune": "xã {unit}", "unit": "xã"})
    assert filled.certify == "Ủy ban nhân dân xã xã {khác}"
    assert filled.basis == ("xã;",)


@pytest.mark.parametrize(
    ("full", "sentence", "kind"),
    [
        ("Xã Hưng Khánh Trung", "xã Hưng Khánh Trung", "xã"),
        ("Phường 1", "Phường 1", "phường"),
        ("Phường An Hội", "phường An Hội", "phường"),
        ("Đặc khu Côn Đảo", "đặc khu Côn Đảo", "đặc khu"),
        ("Huyện Mỏ Cày", "huyện Mỏ Cày", "huyện"),
    ],
)
def test_a_unit_inside_a_sentence(full: str, sentence: str, kind: str) -> None:
    assert (in_sentence(full), unit_kind(full)) == (sentence, kind)


def test_only_known_papers_have_a_wording() -> None:
    with pytest.raises(ValidationError):
        shipped("receipt")


def test_a_block_is_found_by_its_year() -> None:
    place, found = content(blocks=(block(), block(2027))).block(2027)
    assert (place, found.year) == (1, 2027)
    with pytest.raises(LookupError):
        content().block(2031)

"""Every row of the table of Vietnamese text cases, through the function that owns its kind."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from casemgr.domain import dates, identity, legacy, money, text
from casemgr.domain.cards import parse_bhyt_qr, parse_cccd_qr, repair_scanned
from casemgr.domain.people import Sex
from casemgr.domain.readings import REASONS, Reading

T = TypeVar("T")
TODAY = date(2026, 11, 24)
SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}
CODES = {"province?": "province-unknown", "year": "year-mismatch", "sex": "sex-mismatch"}
TABLE = Path(__file__).parents[2] / "data" / "text-cases.csv"


def _told(reading: Reading[T], show: Callable[[T], str]) -> str:
    assert all(code in REASONS for code in reading.warnings)
    if reading.rejected is not None:
        assert reading.rejected in REASONS
        assert reading.value is None
        return f"REJECT:{reading.rejected}"
    if reading.value is None:
        return "EMPTY"
    return "|".join([show(reading.value), *reading.warnings])


def _expect(reading: Reading[T], show: Callable[[T], str], expected: str) -> None:
    told = _told(reading, show)
    if expected == "REJECT":
        assert told.startswith("REJECT:")
    else:
        assert told == expected.replace("province?", "province-unknown")


def _date(value: dates.PartialDate) -> str:
    return f"{value.iso}|{value.precision}"


def _cell(source: str) -> datetime | int:
    kind, value = source.split(":")
    return datetime.fromisoformat(value) if kind == "datetime" else int(value)


def _sort(source: str, key: Callable[[str], bytes]) -> str:
    words = source.split("|")
    words.reverse()  # so that an order left as it stood shows
    return "|".join(sorted(words, key=key))


def _person(value: identity.PersonName) -> str:
    return value.name + (f"|note={value.note}" if value.note else "")


def _insurance(value: identity.InsuranceNumber) -> str:
    old = f"group={value.group};level={value.level};province={value.province};" if value.group else ""
    return f"{old}bhxh={value.number}"


def _identity_card(source: str) -> dict[str, object] | None:
    card = parse_cccd_qr(source)
    return card and {
        "id": card.number,
        "old": card.old_number or "",
        "name": card.name,
        "dob": card.birth and card.birth.iso,
        "sex": card.sex and {v: k for k, v in SEXES.items()}[card.sex],
        "addr": card.address,
        "issued": card.issued_on and card.issued_on.isoformat(),
        "extra": list(card.extra),
    }


def _insurance_card(source: str) -> dict[str, object] | None:
    card = parse_bhyt_qr(source)
    return card and {
        "code": card.code,
        "name": card.name,
        "dob": card.birth and card.birth.iso,
        "sex": card.sex and {v: k for k, v in SEXES.items()}[card.sex],
    }


def _check_cccd(source: str, expected: str) -> None:
    number, year, sex = source.split(";")
    found = identity.check_cccd(number, year=int(year), sex=SEXES[sex])
    assert found == (() if expected == "OK" else (CODES[expected],))


def _equal(actual: object, expected: object) -> None:
    assert actual == expected


CHECKS: dict[str, Callable[[str, str], None]] = {
    "nfc": lambda source, expected: _equal(text.clean(source), expected),
    "tone_old": lambda source, expected: _equal(text.tone_old(source), expected),
    "tone_new": lambda source, expected: _equal(text.tone_new(source), expected),
    "search_key": lambda source, expected: _equal(text.fold(source), expected),
    "sort_words": lambda source, expected: _equal(_sort(source, text.word_sort_key), expected),
    "sort_people": lambda source, expected: _equal(_sort(source, text.person_sort_key), expected),
    "tcvn3": lambda source, expected: _equal(legacy.decode_tcvn3(source), expected),
    "vni": lambda source, expected: _equal(legacy.decode_vni(source), expected),
    "tcvn3_upper_font": lambda source, expected: _equal(legacy.decode_tcvn3(source, upper_font=True), expected),
    "money_words": lambda source, expected: _equal(money.money_words(int(source)), expected),
    "money_format": lambda source, expected: _equal(money.money_text(int(source)), expected),
    "date": lambda source, expected: _expect(dates.read_date(source, today=TODAY), _date, expected),
    "date_cell": lambda source, expected: _expect(dates.read_date(_cell(source), today=TODAY), _date, expected),
    "money": lambda source, expected: _expect(money.read_money(source), str, expected),
    "identity": lambda source, expected: _expect(
        identity.read_identity(source), lambda value: f"{value.kind}:{value.number}", expected
    ),
    "cccd_check": _check_cccd,
    "gender": lambda source, expected: _expect(
        identity.read_sex(source), lambda value: {Sex.MALE: "M", Sex.FEMALE: "F"}[value], expected
    ),
    "mark": lambda source, expected: _expect(identity.read_mark(source), lambda value: str(int(value)), expected),
    "person_name": lambda source, expected: _equal(_told(identity.read_person_name(source), _person), expected),
    "phone": lambda source, expected: _expect(identity.read_phone(source), str, expected),
    "qr_cccd": lambda source, expected: _equal(_identity_card(source), json.loads(expected)),
    "qr_bhyt": lambda source, expected: _equal(_insurance_card(source), json.loads(expected)),
    "mojibake": lambda source, expected: _equal(repair_scanned(source), expected),
    "byte_number_runs": lambda source, expected: _equal(repair_scanned(source), expected),
    "html_entities": lambda source, expected: _equal(repair_scanned(source), expected),
    "percent": lambda source, expected: _equal(repair_scanned(source), expected),
    "bhyt": lambda source, expected: _expect(identity.read_insurance(source), _insurance, expected),
}


def _rows() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["input"], row["expected"]) for row in csv.DictReader(file)]


ROWS = _rows()


def test_the_table_is_whole() -> None:
    assert len(ROWS) == 271


@pytest.mark.parametrize(("kind", "source", "expected"), ROWS, ids=[f"{i + 2}-{row[0]}" for i, row in enumerate(ROWS)])
def test_text_case(kind: str, source: str, expected: str) -> None:
    if kind.endswith("_esc"):
        kind = kind.removesuffix("_esc")
        source = source.encode("latin-1").decode("unicode_escape")
    CHECKS[kind](source, expected)

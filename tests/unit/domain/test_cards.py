"""The QR codes of cards, whole, damaged, and codes that are something else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.cards import parse_bhyt_qr, parse_cccd_qr, repair_scanned
from casemgr.domain.dates import PartialDate

NAMES = ["Nguyễn Thị Ngưỡng", "Trần Văn Út", "Huỳnh Hiếu Thuận", "Đặng Quốc Đạt", "Phạm Thị Mỹ Lệ", "Ngô Hữu Lộc"]


def _latin(encoded: bytes) -> str:
    return "".join(chr(byte) if 0x80 <= byte <= 0x9F else bytes([byte]).decode("cp1252", "replace") for byte in encoded)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "damage",
    [
        _latin,
        lambda data: data.decode("latin-1"),
        lambda data: data.decode("cp437"),
        lambda data: data.decode("cp850"),
        lambda data: "".join(f"0{byte}" if byte > 127 else chr(byte) for byte in data),
        lambda data: "".join(f"&#{ord(ch)};" if ord(ch) > 127 else ch for ch in data.decode()),
        lambda data: "".join(f"%{byte:02X}" if byte > 127 else chr(byte) for byte in data),
    ],
)
def test_damaged_names_come_back(name: str, damage: object) -> None:
    assert callable(damage)
    assert repair_scanned(damage(name.encode())) == name


@pytest.mark.parametrize("name", ["Thạch Sa Rây", "H'Ngọc Niê", "Y Krông Ktla", "Nguyen Thi Nguong"])
def test_whole_names_stay_even_when_they_are_no_vietnamese_words(name: str) -> None:
    assert repair_scanned(name) == name


@pytest.mark.parametrize("text", ["Hu?nh Hi?u", "Nguy022501n Th 0999", "Nguy�n", ""])
def test_lost_letters_are_not_invented(text: str) -> None:
    assert repair_scanned(text) is None


@given(st.text())
def test_anything_can_be_scanned(text: str) -> None:
    repair_scanned(text)
    assert parse_cccd_qr(text) is None
    assert parse_bhyt_qr(text) is None


def test_a_day_that_does_not_exist_is_not_rolled_over() -> None:
    card = parse_cccd_qr("083160001234||Nguyễn Thị Ngưỡng|31022000|Nu|Ấp 3, Tân Phú|xx")
    assert card is not None
    assert card.birth is None
    assert card.issued_on is None
    assert card.name == "Nguyễn Thị Ngưỡng"
    assert card.sex == "female"


def test_a_code_without_the_old_number() -> None:
    card = parse_cccd_qr("\ufeff083060005678|Trần Văn Út|01011960|Nam|Ấp 3, Tân Phú|10052022\r\n")
    assert card is not None
    assert (card.old_number, card.birth, card.issued_on) == (None, PartialDate(1960, 1, 1), date(2022, 5, 10))
    assert card.address == "Ấp 3, Tân Phú"


@pytest.mark.parametrize(
    "text", ["083060005678|Trần Văn Út|Nam|a|b|c", "083060005678", "https://example.org", "a|b|c|d|e|f|g"]
)
def test_other_codes(text: str) -> None:
    assert parse_cccd_qr(text) is None


def test_an_identity_card_is_no_insurance_card() -> None:
    assert parse_bhyt_qr("083060005678||Trần Văn Út|01011960|Nam|Ấp 3|10052022") is None


def test_an_old_insurance_card() -> None:
    name, place = "Lê Văn Tám".encode().hex(), "zz"
    card = parse_bhyt_qr(f"8312345678|{name}|1956|1|{place}|83 - 001|01/01/2026|31/02/2026|$")
    assert card is not None
    assert (card.name, card.birth, card.sex, card.address) == ("Lê Văn Tám", PartialDate(1956), "male", None)
    assert (card.facility, card.valid_from, card.valid_to) == ("83 - 001", PartialDate(2026, 1, 1), None)


def test_a_short_insurance_card() -> None:
    card = parse_bhyt_qr("8312345678|-|x|0|-")
    assert card is not None
    assert (card.name, card.birth, card.sex, card.facility) == (None, None, None, None)

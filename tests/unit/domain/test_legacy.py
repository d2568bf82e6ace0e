"""TCVN3 and VNI: every letter there and back, fonts by name, and which encoding a column has."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.legacy import decode_tcvn3, decode_vni, detect, detect_lone, encoding_of_font
from casemgr.services.areas import communes

# Bytes of the small letters as the handbook prints them: letter, TCVN3, VNI; VNI capitals are 0x20 lower.
PRINTED = """
à B5 61F8|ê AA 65E2|ờ EA F4F8|ả B6 61FB|ề D2 65E0|ở EB F4FB|ã B7 61F5|ể D3 65E5|ỡ EC F4F5|á B8 61F9|ễ D4 65E3|ớ ED F4F9
ạ B9 61EF|ế D5 65E1|ợ EE F4EF|ă A8 61EA|ệ D6 65E4|ù EF 75F8|ằ BB 61E8|ì D7 EC|ủ F1 75FB|ẳ BC 61FA|ỉ D8 E6|ũ F2 75F5
ẵ BD 61FC|ĩ DC F3|ú F3 75F9|ắ BE 61E9|í DD ED|ụ F4 75EF|ặ C6 61EB|ị DE F2|ư AD F6|â A9 61E2|ò DF 6FF8|ừ F5 F6F8
ầ C7 61E0|ỏ E1 6FFB|ử F6 F6FB|ẩ C8 61E5|õ E2 6FF5|ữ F7 F6F5|ẫ C9 61E3|ó E3 6FF9|ứ F8 F6F9|ấ CA 61E1|ọ E4 6FEF|ự F9 F6EF
ậ CB 61E4|ô AB 6FE2|ỳ FA 79F8|đ AE F1|ồ E5 6FE0|ỷ FB 79FB|è CC 65F8|ổ E6 6FE5|ỹ FC 79F5|ẻ CE 65FB|ỗ E7 6FE3|ý FD 79F9
ẽ CF 65F5|ố E8 6FE1|ỵ FE EE|é D0 65F9|ộ E9 6FE4|ẹ D1 65EF|ơ AC F4
"""
ROWS = [cell.split() for line in PRINTED.strip().splitlines() for cell in line.split("|")]
TCVN3 = {letter: bytes.fromhex(code).decode("latin-1") for letter, code, _vni in ROWS}
TCVN3 |= dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
TCVN3 |= {
    letter.upper(): unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter)[0]).upper() + TCVN3[letter]
    for letter, _code, _vni in ROWS
    if letter.upper() not in TCVN3 and len(unicodedata.normalize("NFD", letter)) == 2
} | {
    # a shape and a tone: the capital with its shape, then the small letter's byte
    letter.upper(): TCVN3[
        unicodedata.normalize("NFC", parts[0] + next(m for m in parts if m in "\u0302\u0306\u031b")).upper()
    ]
    + TCVN3[letter]
    for letter, _code, _vni in ROWS
    if len(parts := unicodedata.normalize("NFD", letter)) == 3
}
VNI = {letter: bytes.fromhex(vni).decode("latin-1") for letter, _code, vni in ROWS}
VNI |= {letter.upper(): VNI[letter].upper() for letter in list(VNI)}
LETTERS = sorted(VNI)
PLAIN = "bcdghklmnpqrstvxBCDGHKLMNPQRSTVX "

consonant_between = st.lists(st.tuples(st.sampled_from(PLAIN), st.sampled_from(LETTERS)), max_size=12).map(
    lambda pairs: "".join(consonant + vowel for consonant, vowel in pairs)
)


def test_the_printed_table_has_all_letters() -> None:
    assert len(ROWS) == 67
    assert set(TCVN3) == set(VNI)
    assert len(VNI) == 134


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_comes_back(letter: str) -> None:
    assert decode_tcvn3(TCVN3[letter]) == letter
    assert decode_vni(VNI[letter]) == letter


@given(consonant_between)
def test_tcvn3_text_comes_back(text: str) -> None:
    encoded = "".join(TCVN3.get(letter, letter) for letter in text)
    assert decode_tcvn3(encoded) == text


@given(consonant_between)
def test_vni_text_comes_back(text: str) -> None:
    assert decode_vni("".join(VNI.get(letter, letter) for letter in text)) == text


NAMES = [
    "Nguyễn Thị Ngưỡng", "Trần Văn Út", "Lê Thị Bé Ba", "Đặng Văn Dương", "Võ Quốc Huỳnh", "Phạm Thị Mỹ Lệ",
    "Bùi Thị Yến", "Huỳnh Văn Đức", "Thạch Thị Sa Rây", "Kim Sơn", "Dương Thị Ảnh", "Ngô Hữu Lộc",
]  # fmt: skip


def _encode(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize("name", NAMES)
def test_names_come_back(name: str) -> None:
    assert decode_tcvn3(_encode(name, TCVN3)) == name
    assert decode_vni(_encode(name, VNI)) == name
    assert decode_tcvn3(_encode(name.lower(), TCVN3), upper_font=True) == name.upper()


@given(st.lists(st.sampled_from(NAMES), min_size=5, unique=True))
def test_a_column_shows_its_encoding(names: list[str]) -> None:
    assert detect(names) == "unicode"
    assert detect(_encode(name, TCVN3) for name in names) == "tcvn3"
    assert detect(_encode(name, VNI) for name in names) == "vni"


def test_cells_that_make_sense_in_two_encodings_do_not_vote() -> None:
    assert detect(["Kim Sôn", "Kim Sôn", "Kim Sôn", "Nguyeãn Thò Ngöôõng"]) == "vni"
    assert detect(["Xaõ An", "Xaõ An Hoøa"]) == "vni"
    assert detect(["Võ Tôn", "Hà Tôn"]) == "unicode"


def test_a_column_without_marks_counts_as_unicode() -> None:
    assert detect(["Kim Nga", "", "x", "1956"]) == "unicode"
    assert detect([]) == "unicode"
    assert detect(["½ ¾", "“…”"]) == "unicode"


def test_a_hyphen_in_place_of_the_lost_soft_hyphen_is_repaired_only_where_it_must_be() -> None:
    assert decode_tcvn3("H-ng") == "Hưng"
    assert decode_tcvn3("Sa-R©y") == "Sa-Rây"


def test_a_capital_before_another_toned_letter_stays() -> None:
    assert decode_tcvn3("Aµo") == "Ào"
    assert decode_tcvn3("Oµ") == "Oà"


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3-upper"),
        (".VnArialH ", "tcvn3-upper"),
        ("VNI-Times", "vni"),
        ("VNI Helve", "vni"),
        ("Times New Roman", None),
        ("", None),
        (None, None),
    ],
)
def test_fonts_tell_the_encoding(font: str | None, expected: str | None) -> None:
    assert encoding_of_font(font) == expected


def test_no_commune_of_the_country_is_taken_for_an_old_cell() -> None:
    names = [unit.name for unit in communes()]
    assert [name for name in names if detect_lone(name)] == []
    assert detect_lone("Kh\xac me") == "tcvn3"
    assert detect_lone("abc") is None

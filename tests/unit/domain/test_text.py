"""Laws of Vietnamese text that hold for any name, not only for the table's."""

import csv
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.assets import resource
from casemgr.domain.text import (
    clean,
    fold,
    initials,
    is_syllable,
    nfc,
    person_sort_key,
    place_key,
    title_name,
    tone_new,
    tone_old,
    word_sort_key,
)

TONES = "\u0300\u0309\u0303\u0301\u0323"
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS = "aăâeêioôơuưy"
LETTERS = [*ALPHABET, *(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)]
words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=6)
names = st.lists(words, min_size=1, max_size=6).map(" ".join)


def _reference(word: str) -> tuple[list[int], int]:
    """Letters by their place in the alphabet, then the tone: the order as dictionaries define it."""
    tone, letters = 0, []
    for ch in word:
        parts = unicodedata.normalize("NFD", ch)
        found = [mark for mark in parts if mark in TONES]
        tone = TONES.index(found[-1]) + 1 if found else tone
        letters.append(ALPHABET.index(unicodedata.normalize("NFC", "".join(m for m in parts if m not in TONES))))
    return letters, tone


@given(names, names)
def test_words_are_ordered_syllable_by_syllable(one: str, other: str) -> None:
    expected = [_reference(word) for word in one.split()] < [_reference(word) for word in other.split()]
    assert (word_sort_key(one) < word_sort_key(other)) is expected


@given(names, names)
def test_people_are_ordered_by_given_name_first(one: str, other: str) -> None:
    def reference(name: str) -> list[tuple[list[int], int]]:
        parts = name.split()
        return [_reference(word) for word in [parts[-1], *parts[:-1]]]

    assert (person_sort_key(one) < person_sort_key(other)) is (reference(one) < reference(other))


@given(names)
def test_the_order_does_not_see_capitals(name: str) -> None:
    assert person_sort_key(name.upper()) == person_sort_key(name) == person_sort_key(unicodedata.normalize("NFD", name))


def test_numbers_are_ordered_by_value() -> None:
    hamlets = ["Ấp 10", "Ấp 2", "Ấp Phú Nhơn", "Ấp 1A", "Ấp 1", "Ấp Phú An"]
    assert sorted(hamlets, key=word_sort_key) == ["Ấp 1", "Ấp 1A", "Ấp 2", "Ấp 10", "Ấp Phú An", "Ấp Phú Nhơn"]


def test_letters_of_other_alphabets_come_last() -> None:
    assert sorted(["Жук", "Yến", "An", "a-b", "ab"], key=word_sort_key) == ["ab", "An", "a-b", "Yến", "Жук"]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_any_letter_twice_changes_nothing() -> None:
    letters = map(chr, range(0xA0, 0x2FFF))
    assert [letter for letter in letters if fold(fold(f"a{letter}o")) != fold(f"a{letter}o")] == []


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
    assert unicodedata.is_normalized("NFC", once)
    assert "\x00" not in once
    assert "\u00ad" not in once


@given(names)
def test_folding_forgets_marks_capitals_and_forms(name: str) -> None:
    folded = fold(name)
    assert folded.isascii()
    assert folded == fold(name.upper()) == fold(unicodedata.normalize("NFD", name)) == fold(f"\u00a0 {name}\u200b ")


def test_folding_takes_d_with_stroke_in_each_disguise() -> None:
    assert fold("Đặng ĐẶNG ðặng Ðặng") == "dang dang dang dang"


def test_folding_keeps_words_of_other_languages_readable() -> None:
    assert fold("Müller Straße Ça") == "muller strasse ca"


@given(st.text())
def test_nfc_is_the_unicode_form(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)


@given(names)
def test_tone_styles_come_back_and_sort_the_same(name: str) -> None:
    old = tone_old(name)
    assert tone_old(tone_new(old)) == old
    assert tone_new(tone_old(tone_new(name))) == tone_new(name)
    assert fold(old) == fold(name)
    assert person_sort_key(tone_new(old)) == person_sort_key(old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Thúy Hòa", "Thuý Hoà"),
        ("KHỎE", "KHOẺ"),
        ("Huỳnh Toàn Quý", "Huỳnh Toàn Quý"),
        ("giường giếng gìn gì", "giường giếng gìn gì"),
        ("khuỷu ngoằn hoài khuya mía mùa", "khuỷu ngoằn hoài khuya mía mùa"),
        ("Sa-Rây José", "Sa-Rây José"),
    ],
)
def test_tone_styles(old: str, new: str) -> None:
    assert tone_old(new) == old
    assert tone_new(old) == new


def test_places_are_equal_whatever_their_apostrophes_and_hyphens() -> None:
    assert place_key("B’Lao") == place_key("B'Lao") == "blao"
    assert place_key("Bà Rịa - Vũng Tàu") == place_key("Bà Rịa–Vũng Tàu") == "ba ria vung tau"
    assert place_key("ấp Phú  nhơn") == place_key("Ấp Phú Nhơn")


def test_initials() -> None:
    assert initials("Nguyễn Văn An") == "nva"
    assert initials("Đặng Thị Sa-Rây") == "dtsr"
    assert initials("") == ""


def test_names_take_capitals() -> None:
    assert title_name(" THẠCH  THỊ sa-rây ") == "Thạch Thị Sa-Rây"
    assert title_name("H’NGỌC NIÊ") == "H’Ngọc Niê"
    assert title_name("McDONALD Ronald McDonald") == "McDONALD Ronald McDonald"
    assert title_name("NGUYỄN Văn tám") == "Nguyễn Văn Tám"


@pytest.mark.parametrize(
    "word",
    ["Nguyễn", "Huỳnh", "Ỷ", "Đặng", "Quốc", "Quới", "giếng", "gì", "ươn", "uyên", "Thuở", "nghĩa", "quýt", "khuya"],
)
def test_real_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Nguyê˜n", "bat", "ngiêng", "tốtt", "hoàà", "Krông", "1990", "", "cê"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_nearly_every_word_of_the_communes_is_a_syllable() -> None:
    with resource("data", "admin-units.csv").open(encoding="utf-8", newline="") as file:
        found = [is_syllable(word) for row in csv.DictReader(file) for word in row["name"].split() if word.isalpha()]
    assert sum(found) / len(found) > 0.97

"""Vietnamese text: clean form at entry, folding for search, tone placement, order of words and names."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONE_ORDER: Final = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries; no mark at all comes first."""
_SHAPES: Final = "\u0306\u0302\u031b"
_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_VOWELS: Final = frozenset("aăâeêioôơuưy")

_JUNK: Final = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f\u00ad\u200b-\u200f\u2060-\u2064\u2066-\u2069\u202a-\u202e\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
"""Nothing a person can see: controls, soft hyphen, zero width, text direction, halves of a character."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")


def nfc(text: str) -> str:
    """The text in Unicode form NFC."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC, invisible characters out, every kind of space one plain space, none at the ends."""
    if _JUNK.search(text):
        text = _JUNK.sub("", text)
    return " ".join(nfc(text).split())


def _fold_table() -> dict[int, str]:
    letters = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    for base in "aeiouy":
        for shape in ("", *_SHAPES):
            for tone in ("", *_TONE_ORDER):
                letter = unicodedata.normalize("NFC", base + shape + tone)
                if len(letter) == 1:
                    letters[ord(letter)] = letters[ord(letter.upper())] = base
    for stroke in "đĐðÐ":  # the last two are another alphabet's letters that look the same
        letters[ord(stroke)] = "d"
    return letters


_FOLD: Final = _fold_table()


def _fold_any(text: str) -> str:
    text = unicodedata.normalize("NFD", _JUNK.sub("", text))
    text = unicodedata.normalize("NFD", text.casefold())
    text = "".join(ch for ch in text if not unicodedata.combining(ch))
    return unicodedata.normalize("NFC", text.casefold()).translate(_FOLD)


def fold(text: str) -> str:
    """The search key: small letters without marks, đ as d, single spaces."""
    text = text.lower() if text.isascii() else text.translate(_FOLD)
    if not text.isascii():
        text = _fold_any(text)
    return " ".join(text.split())


_APOSTROPHES: Final = re.compile(r"['`´ʼ‘’‛′]")
_HYPHENS: Final = re.compile(r"[-‐‑‒–—_]+")


def place_key(text: str) -> str:
    """The key that makes places and ethnic names equal whatever their apostrophes and hyphens."""
    return fold(_HYPHENS.sub(" ", _APOSTROPHES.sub("", text)))


def title_name(name: str) -> str:
    """A name with capitals where names have them, after a hyphen or an apostrophe too.

    Capitals somebody chose inside a word stay (McDonald); a word all in capitals or all in small letters is changed.
    """
    name = clean(name)
    if name.isupper() or name.islower():
        return name.title()
    return " ".join(word.title() if word.isupper() or word.islower() else word for word in name.split(" "))


_JOINTS: Final = re.compile(r"['`´ʼ‘’‛′\-‐‑‒–—_]")


def initials(name: str) -> str:
    """First letters without marks: "nva" for Nguyễn Văn An."""
    folded = place_key(name) if _JOINTS.search(name) else fold(name)
    return "".join([word[0] for word in folded.split()])


# --- syllables -------------------------------------------------------------------------------------------------------


def _take_tone(word: str) -> tuple[str, str, int]:
    """The word without its tone in NFC, the tone mark or "", and how many marks stood there."""
    letters = unicodedata.normalize("NFD", word)
    tones = [ch for ch in letters if ch in _TONE_ORDER]
    if tones:
        letters = "".join(ch for ch in letters if ch not in _TONE_ORDER)
    return unicodedata.normalize("NFC", letters), tones[0] if tones else "", len(tones)


_OPEN_RIMES: Final = (
    "a e ê i o ô ơ u ư y ia ua ưa ai ay ao au âu ây eo êu iu iêu yêu oi ôi ơi ui uôi ưi ươi ưu ươu "
    "oa oe oai oay oao oeo uê uơ uy uya uyu uây uêu oo"
)
_CLOSED_RIMES: Final = {
    "c": "a ă â e o ô u ư iê uô ươ oa oă oo uâ",
    "ch": "a ê i oa uê uy",
    "m": "a ă â e ê i o ô ơ u ư iê yê uô ươ oa oă oe",
    "n": "a ă â e ê i o ô ơ u ư iê yê uô ươ oa oă oe oo uâ uê uy uyê",
    "ng": "a ă â e o ô u ư iê yê uô ươ oa oă oo ôô uâ",
    "nh": "a ê i oa uê uy",
    "p": "a ă â e ê i o ô ơ u ư iê ươ oa oă oe uy",
    "t": "a ă â e ê i o ô ơ u ư iê yê uô ươ oa oă oe uâ uê uy uyê",
}
_ONSETS: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x"
_AFTER_QU: Final = "a e ê i y ai ay ao au ây eo êu iu yu ơ ơi ynh ych yt yn"
_QU_BEFORE_CODA: Final = ("a", "ă", "â", "e", "ê", "i", "ô", "ơ", "yê")
_FRONT: Final = ("e", "ê", "i", "y")


def _fits(onset: str, rime: str) -> bool:
    front = rime.startswith(_FRONT)
    if onset in ("gh", "ngh"):
        return front and not rime.startswith("y")
    if onset in ("c", "g", "ng"):
        return not front
    return not (rime.startswith("yê") or (onset == "gi" and rime.startswith("i")))


def _valid_syllables() -> frozenset[str]:
    rimes = _OPEN_RIMES.split() + [v + coda for coda, vowels in _CLOSED_RIMES.items() for v in vowels.split()]
    found = set(rimes)
    found |= {onset + rime for onset in _ONSETS.split() for rime in rimes if _fits(onset, rime)}
    found |= {"gi" + rime[1:] for rime in rimes if rime.startswith("i") and not rime.startswith("ia")}  # gì, gìn, giếng
    found |= {"qu" + rime for rime in _AFTER_QU.split()}
    for coda, vowels in _CLOSED_RIMES.items():
        found |= {"qu" + vowel + coda for vowel in vowels.split() if vowel in _QU_BEFORE_CODA}
    return frozenset(found)


SYLLABLES: Final = _valid_syllables()
"""Every syllable the spelling rules allow, in small letters with shapes and without tones."""
_STOPS: Final = ("c", "ch", "p", "t")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether one word can be Vietnamese; a score for repairs, never a verdict on a person's name."""
    toneless, tone, count = _take_tone(word.casefold())
    if count > 1 or toneless not in SYLLABLES:
        return False
    return not toneless.endswith(_STOPS) or tone in ("\u0301", "\u0323")


@lru_cache(maxsize=4096)
def _tone_position(toneless: str, *, new: bool) -> int:
    """The index of the letter that carries the tone in a syllable without tone, given in small letters."""
    start = 0
    while start < len(toneless) and toneless[start] not in _VOWELS:
        start += 1
    if toneless[start - 1 : start + 1] == "qu" or (
        toneless[start - 1 : start + 1] == "gi" and len(toneless) > start + 1 and toneless[start + 1] in _VOWELS
    ):
        start += 1
    end = start
    while end < len(toneless) and toneless[end] in _VOWELS:
        end += 1
    group = toneless[start:end]
    for index in reversed(range(start, end)):
        if toneless[index] in "ăâêôơ":
            return index
    if "ư" in group:
        return start + group.index("ư")
    if len(group) == 1:
        return start
    if end < len(toneless):
        return end - 1
    if len(group) == 3:
        return start + (2 if group == "uya" else 1)
    return start + (1 if new and group in ("oa", "oe", "uy") else 0)


def with_tone(toneless: str, tone: str, *, new: bool = False) -> str:
    """The syllable, given without tone, with the combining mark `tone` on the right letter."""
    at = _tone_position(toneless.casefold(), new=new)
    return unicodedata.normalize("NFC", toneless[: at + 1] + tone + toneless[at + 1 :])


def take_tone(word: str) -> tuple[str, str]:
    """The word without its tone and the combining mark of the tone, "" where it has none."""
    toneless, tone, _count = _take_tone(word)
    return toneless, tone


def _place_tone(word: str, *, new: bool) -> str:
    toneless, tone, count = _take_tone(word)
    if count != 1 or toneless.casefold() not in SYLLABLES:
        return word
    return with_tone(toneless, tone, new=new)


@lru_cache(maxsize=65536)
def _word_tone_old(word: str) -> str:
    return _place_tone(word, new=False)


@lru_cache(maxsize=65536)
def _word_tone_new(word: str) -> str:
    return _place_tone(word, new=True)


def tone_old(text: str) -> str:
    """Every tone on the letter where law texts put it: hòa, thủy, khỏe."""
    return text if text.isascii() else _WORD.sub(lambda match: _word_tone_old(match[0]), nfc(text))


def tone_new(text: str) -> str:
    """Every tone on the letter where schoolbooks put it: hoà, thuỷ, khoẻ."""
    return text if text.isascii() else _WORD.sub(lambda match: _word_tone_new(match[0]), nfc(text))


# --- order -----------------------------------------------------------------------------------------------------------

_RANK: Final = {letter: bytes([0x20 + place]) for place, letter in enumerate(_ALPHABET)}
_TONE_RANK: Final = {tone: bytes([place]) for place, tone in enumerate(_TONE_ORDER, 2)}
_NO_TONE: Final = b"\x01"
_END_OF_LETTERS: Final = b"\x01"
_NUMBER: Final = b"\x10"
_OTHER: Final = b"\xff"
_DIGITS: Final = re.compile(r"([0-9]+)")


@lru_cache(maxsize=65536)
def _syllable_key(word: str) -> bytes:
    parts: list[bytes] = []
    tone = _NO_TONE
    for piece in _DIGITS.split(word):
        if piece[:1].isascii() and piece[:1].isdigit():
            number = piece.lstrip("0")[:255]
            parts.append(_NUMBER + bytes([len(number)]) + number.encode())
            continue
        base = ""
        for ch in unicodedata.normalize("NFD", piece.casefold()):
            if ch in _TONE_RANK:
                tone = _TONE_RANK[ch]
            elif ch in _SHAPES and base:
                base = unicodedata.normalize("NFC", base + ch)
                parts[-1] = _RANK.get(base, _OTHER + ord(ch).to_bytes(3, "big"))
            else:
                base = ch
                parts.append(_RANK.get(ch) or _OTHER + ord(ch).to_bytes(3, "big"))
    return b"".join(parts) + _END_OF_LETTERS + tone


def word_sort_key(text: str) -> bytes:
    """Bytes whose order is the order of a Vietnamese dictionary; numbers by their value ("Ấp 2" before "Ấp 10")."""
    return b"".join(map(_syllable_key, text.split()))


def person_sort_key(name: str) -> bytes:
    """Bytes whose order is the order of people: given name, then family name, then middle names."""
    words = name.split()
    return b"".join(map(_syllable_key, words[-1:] + words[:-1]))

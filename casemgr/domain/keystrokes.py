"""Telex and VNI keys typed while the Vietnamese keyboard was off: "nguyeenx thij", "nguye6n4 thi5"."""

import unicodedata
from typing import Final

from casemgr.domain.text import is_syllable, tone_old

_CIRCUMFLEX: Final = "\u0302"
_HORN: Final = "\u031b"
_BREVE: Final = "\u0306"
_VOWELS: Final = "aeiouy"
_TELEX_TONES: Final = {"f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323", "z": ""}
_VNI_TONES: Final = {"2": "\u0300", "3": "\u0309", "4": "\u0303", "1": "\u0301", "5": "\u0323", "0": ""}
_VNI_SHAPES: Final = {"6": ("aeo", _CIRCUMFLEX), "7": ("ou", _HORN), "8": ("a", _BREVE)}


class _Word:
    """A word while its keys are read: letters without tone, and the tone."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.tone = ""

    def last(self, wanted: str) -> int | None:
        """Where the last plain letter of `wanted` stands."""
        places = [place for place, letter in enumerate(self.letters) if letter in wanted]
        return places[-1] if places else None

    def shape(self, wanted: str, mark: str) -> bool:
        """Put the mark on the last fitting vowel; a horn falls on both letters of "uo"."""
        place = self.last(wanted)
        if place is None:
            return False
        if mark == _HORN and self.letters[place] == "o" and place and self.letters[place - 1] == "u":
            self.letters[place - 1] += mark
        self.letters[place] += mark
        return True

    def stroke(self) -> bool:
        """Make the d at the start a đ."""
        if self.letters[:1] != ["d"]:
            return False
        self.letters[0] = "đ"
        return True

    def has_vowel(self) -> bool:
        return any(letter[0] in _VOWELS for letter in self.letters)

    def text(self) -> str:
        plain = unicodedata.normalize("NFC", "".join(self.letters))
        if not self.tone:
            return plain
        vowels = [place for place, letter in enumerate(self.letters) if letter[0] in _VOWELS]
        marked = [*self.letters]
        marked[vowels[0]] += self.tone
        return tone_old(unicodedata.normalize("NFC", "".join(marked)))


def _telex_key(word: _Word, key: str) -> bool:
    if key in _TELEX_TONES and word.has_vowel():
        word.tone = _TELEX_TONES[key]
        return True
    if key == "w":
        if not (word.shape("a", _BREVE) or word.shape("ou", _HORN)):
            word.letters.append("u" + _HORN)
        return True
    if key == "d":
        return word.stroke()
    return key in "aeo" and word.shape(key, _CIRCUMFLEX)


def _vni_key(word: _Word, key: str) -> bool:
    if key in _VNI_TONES and word.has_vowel():
        word.tone = _VNI_TONES[key]
        return True
    if key in _VNI_SHAPES:
        return word.shape(*_VNI_SHAPES[key])
    return key == "9" and word.stroke()


def _decode(typed: str) -> str:
    read_key = _vni_key if any(key.isdigit() for key in typed) else _telex_key
    word = _Word()
    for key in typed.lower():
        if not read_key(word, key):
            word.letters.append(key)
    return word.text()


def decode_keystrokes(text: str) -> str | None:
    """What the keys would have written; None when they make no Vietnamese words (the last may be unfinished)."""
    if not text.isascii():
        return None
    typed = text.split()
    decoded = [_decode(word) for word in typed]
    if not typed or all(word.isascii() for word in decoded):
        return None
    if not all(is_syllable(word) or word == raw for word, raw in zip(decoded[:-1], typed[:-1], strict=True)):
        return None
    return " ".join(decoded)

"""The Vietnamese syllables a half-typed word can become, so that the search index is asked for whole words."""

from bisect import bisect_left
from functools import cache
from typing import Final

from casemgr.domain.searching import loose
from casemgr.domain.text import SYLLABLES, take_tone, with_tone

_TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_STOPS: Final = ("c", "p", "t", "ch")


@cache
def _loose_syllables() -> tuple[str, ...]:
    return tuple(sorted({loose(syllable) for syllable in SYLLABLES}))


@cache
def _shaped_syllables() -> tuple[str, ...]:
    return tuple(sorted(SYLLABLES))


def _beginning(words: tuple[str, ...], start: str) -> tuple[str, ...]:
    low = bisect_left(words, start)
    high = bisect_left(words, f"{start}\U0010ffff", lo=low)
    return words[low:high]


def complete_loose(start: str) -> tuple[str, ...]:
    """Syllables without marks that begin with `start`."""
    return _beginning(_loose_syllables(), start)


def complete_exact(start: str) -> tuple[str, ...]:
    """Syllables with tones that begin with `start`, whose tone may still stand on another letter."""
    toneless, tone = take_tone(start)
    tones = (tone,) if tone else _TONES
    return tuple(
        with_tone(syllable, mark) if mark else syllable
        for syllable in _beginning(_shaped_syllables(), toneless)
        for mark in tones
        if not syllable.endswith(_STOPS) or mark in ("\u0301", "\u0323")
    )

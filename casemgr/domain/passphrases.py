"""What a passphrase must be before it may protect a case file, and the warning about Vietnamese typing in it."""

import unicodedata
from functools import cache
from typing import Final

from casemgr.assets import resource
from casemgr.i18n import _

SHORTEST: Final = 10
FEWEST_WORDS: Final = 4
_FEWEST_DIFFERENT: Final = 4
_RUNS: Final = ("0123456789012345", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def normal(passphrase: str) -> str:
    """The one form of a passphrase, however its letters were composed by the keyboard."""
    return unicodedata.normalize("NFKC", passphrase)


def check_passphrase(passphrase: str, *, login: str = "") -> list[str]:
    """Everything that speaks against the passphrase, in sentences; empty when it may be used."""
    text = normal(passphrase)
    words = [word for word in text.split() if len(word) > 1]
    problems = []
    if len(text.strip()) < SHORTEST and len(words) < FEWEST_WORDS:
        problems.append(
            _("The passphrase needs at least {letters} characters, or {words} words.").format(
                letters=SHORTEST, words=FEWEST_WORDS
            )
        )
    bare = _bare(text)
    if bare in _common() or bare.strip("0123456789") in _common() or _is_run(bare):
        problems.append(_("This passphrase is among the first that anyone would guess. Take four words of your own."))
    elif len(set(bare)) < _FEWEST_DIFFERENT:
        problems.append(_("The passphrase repeats the same few characters. Take four words of your own."))
    if login and _bare(login) and bare.strip("0123456789") == _bare(login):
        problems.append(_("The passphrase must not be the login name."))
    return problems


def passphrase_hint(passphrase: str) -> str | None:
    """A warning when Vietnamese letters got in: the keyboard program may be on here and off next time."""
    if passphrase.isascii():
        return None
    return _(
        "The passphrase contains Vietnamese letters. It opens the file only when the keyboard program (Unikey) "
        "is on in the same way; letters without marks are safer."
    )


def _bare(text: str) -> str:
    """Small letters and digits without marks, so that one line of the list covers every way to write it."""
    apart = unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in apart if letter.isalnum() and not unicodedata.combining(letter))


def _is_run(bare: str) -> bool:
    return len(bare) > 2 and any(bare in run or bare in run[::-1] for run in _RUNS)


@cache
def _common() -> frozenset[str]:
    lines = resource("data", "common-passphrases.txt").read_text("utf-8").splitlines()
    return frozenset(_bare(line) for line in lines if line and not line.startswith("#"))

"""The two forms in which text is indexed and asked for; index and query use the same functions."""

from casemgr.domain.text import clean, fold, initials, tone_old


def loose(text: str) -> str:
    """Without tones, đ as d, y as i: what an officer types in a hurry finds what the card says."""
    return fold(text).replace("y", "i")


def exact(text: str) -> str:
    """Lower case with tones, each in the old placement, so that hoà and hòa are one word."""
    return tone_old(clean(text)).lower()


def loose_tokens(name: str, *extra: str) -> str:
    """The `loose` column of a row: the name, its initials, and codes as they are."""
    return " ".join((loose(name), initials(name).replace("y", "i"), *extra))


TAIL_MARK = "z"
"""Begins reversed numbers: no Vietnamese name begins so, and so no beginning of a name finds them."""


def number_tokens(*numbers: str | None) -> str:
    """Identity, insurance and phone numbers, each also reversed behind a mark so that its tail can be a prefix."""
    return " ".join(f"{number} {tail_token(number)}" for number in numbers if number)


def tail_token(tail: str) -> str:
    """The end of a number as it is asked for."""
    return TAIL_MARK + tail[::-1]

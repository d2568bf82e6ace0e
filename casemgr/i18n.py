"""The words on screen and paper in the chosen language, and how dates, numbers and money are written."""

import datetime
import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from casemgr.assets import locale_dir

LANGUAGES: Final = MappingProxyType({"vi": "Tiếng Việt", "en": "English"})
"""The languages shipped, each under its own name; the first is the default."""

SOURCE_LANGUAGE: Final = "en"
_DOMAIN = "casemgr"
_MARKS: Final = {"vi": str.maketrans(",.", ".,")}  # Python writes 1,234.5; these languages write 1.234,5

_chosen = "vi"
_within: ContextVar[str | None] = ContextVar("language", default=None)


def _checked(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    return language


def choose(language: str) -> None:
    """Set the language of the whole program."""
    global _chosen
    _chosen = _checked(language)


@contextmanager
def using(language: str) -> Iterator[None]:
    """Use another language inside the block only, e.g. for one paper; other threads are not disturbed."""
    token = _within.set(_checked(language))
    try:
        yield
    finally:
        _within.reset(token)


def current() -> str:
    """The code of the language in force here."""
    return _within.get() or _chosen


def _read_po(path: Path) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalog = read_po(file, domain=_DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    folder = locale_dir() / language / "LC_MESSAGES"
    source, compiled = folder / f"{_DOMAIN}.po", folder / f"{_DOMAIN}.mo"
    # A checkout whose .mo was not built, or is older than its .po, must still speak: only a checkout holds a .po.
    if source.exists() and not (compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime):
        return _read_po(source)
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def _(message: str) -> str:
    """Translate a sentence now."""
    return _catalogue(current()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Translate a sentence that depends on a count."""
    return _catalogue(current()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """Translate a word that means different things in different places."""
    return _catalogue(current()).pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - gettext's usual name
    """Mark a text for translation where it stands in a table; it is translated with `_` when shown."""
    return message


def format_date(value: datetime.date) -> str:
    """A day as people here write it: 05/03/2026."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def format_moment(value: datetime.datetime) -> str:
    """An aware moment in this machine's local time: 14:05:09 05/03/2026."""
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    local = value.astimezone()
    return f"{local.hour:02}:{local.minute:02}:{local.second:02} {format_date(local)}"


def format_number(value: int | float, *, decimals: int = 0) -> str:
    """A number with the language's own marks: 1.234.567 or 1.234,5."""
    text = f"{value:,.{decimals}f}" if decimals or isinstance(value, float) else f"{value:,}"
    return text.translate(_MARKS.get(current(), {}))


def format_money(dong: int) -> str:
    """An amount of whole đồng: 1.500.000 đồng."""
    return _("{amount} dong").format(amount=format_number(dong))

"""Comparing births of a list with those on file: days, months or years, as ISO text that may be cut short."""

from casemgr.domain.dates import PartialDate


def year_of(birth: str | None) -> str:
    """The year of a birth as it is kept."""
    return (birth or "")[:4]


def births_agree(one: str | None, other: str | None) -> bool:
    """Whether two births can be one: the shorter begins the longer, or one is not known."""
    if not one or not other:
        return True
    return one.startswith(other) or other.startswith(one)


def names_day(birth: str | None) -> bool:
    """Whether a birth names a day; 01/01 is how a year alone is often written."""
    return bool(birth) and len(birth or "") == 10 and not (birth or "").endswith("-01-01")


def iso(birth: PartialDate | None) -> str | None:
    """A birth of the list as the file keeps it."""
    return birth.iso if birth else None

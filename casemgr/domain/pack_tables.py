"""Reads plain tables of foreign data with a place for every fault: unknown keys, missing keys, wrong kinds."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _

Plain = Mapping[str, object]
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Faults:
    """Everything found wrong so far; reading goes on with a harmless value, the end refuses."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, place: str, message: str) -> None:
        """Note a fault at a place such as `band[2].upper.rural`."""
        self.problems.append(Problem(place, f"{place}: {message}" if place else message))

    def refuse(self) -> None:
        """Raise when anything was wrong."""
        if self.problems:
            raise ValidationError(self.problems)


class Table:
    """One table under reading; keys nobody asked for are faults when it is closed."""

    def __init__(self, raw: object, place: str, faults: Faults) -> None:
        self.place = place
        self.faults = faults
        self._asked: set[str] = set()
        self._raw: Plain = {}
        if isinstance(raw, Mapping):
            self._raw = raw
        else:
            faults.add(place, _("a table is expected."))

    def at(self, key: str) -> str:
        """The place of a key."""
        return f"{self.place}.{key}" if self.place else key

    def fault(self, key: str, message: str) -> None:
        """Note a fault at a key."""
        self.faults.add(self.at(key), message)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._raw

    def names(self) -> tuple[str, ...]:
        """All keys, as they stand."""
        return tuple(self._raw)

    def raw(self, key: str) -> object:
        """The value of a key; None when it is missing."""
        self._asked.add(key)
        return self._raw.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it may not be missing or empty."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (default is None and not clean(value)):
            self.fault(key, _("a text is missing."))
            return ""
        return clean(value)

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """A text out of a few."""
        value = self.text(key, default)
        if value not in allowed and not (value == "" and default is None):
            self.fault(
                key, _("“{value}” is not one of: {allowed}.").format(value=value, allowed=", ".join(sorted(allowed)))
            )
        return value if value in allowed else next(iter(allowed))

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within limits."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            self.fault(key, _("a whole number is missing."))
            return low
        if not low <= value <= high:
            self.fault(
                key, _("{value} is not possible here ({low} to {high}).").format(value=value, low=low, high=high)
            )
            return low
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self.raw(key)
        if not isinstance(value, bool):
            self.fault(key, _("true or false is missing."))
        return value is True

    def day(self, key: str, *, required: bool) -> date | None:
        """A date as text."""
        value = self.raw(key)
        if value is None and not required:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(key, _("a date such as 2027-01-01 is missing."))
            return None

    def table(self, key: str) -> "Table":
        """A table inside; missing counts as empty."""
        value = self.raw(key)
        return Table({} if value is None else value, self.at(key), self.faults)

    def tables(self, key: str) -> Iterator["Table"]:
        """A list of tables; missing counts as empty, each must be closed by the caller."""
        value = self.raw(key)
        if value is None:
            return
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.fault(key, _("a list of tables is expected."))
            return
        for number, one in enumerate(value, 1):
            yield Table(one, f"{self.at(key)}[{number}]", self.faults)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.raw(key)
        if not isinstance(value, Sequence) or isinstance(value, str) or not all(isinstance(one, str) for one in value):
            self.fault(key, _("a list of texts is expected."))
            return ()
        return tuple(clean(str(one)) for one in value)

    def words(self, key: str, allowed: Collection[str] | None = None) -> dict[str, str]:
        """A table of texts; its keys are codes or out of a few."""
        table = self.table(key)
        return {name: table.text(name) for name in table.allowed_names(allowed)}

    def each(self, key: str, allowed: Collection[str] | None = None) -> Iterator[tuple[str, "Table"]]:
        """A table of tables."""
        table = self.table(key)
        for name in table.allowed_names(allowed):
            yield name, table.table(name)

    def allowed_names(self, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """The keys that are one of `allowed`, in that order, or codes where any code is allowed; others are faults."""
        wanted = allowed if allowed is not None else [name for name in self._raw if _CODE.fullmatch(name)]
        for name in self._raw:
            if name not in wanted:
                self.fault(name, _("this key is not known."))
        return tuple(name for name in wanted if name in self._raw)

    def code(self, key: str) -> str:
        """A code of small letters, digits and underscores."""
        value = self.text(key)
        if value and not _CODE.fullmatch(value):
            self.fault(key, _("“{value}” is no code of small letters, digits and _.").format(value=value))
        return value

    def close(self) -> None:
        """Everything that was not asked for is unknown."""
        for key in self._raw:
            if key not in self._asked:
                self.fault(str(key), _("this key is not known."))


def merged(files: Mapping[str, object], faults: Faults) -> dict[str, object]:
    """The tables of several files as one; a key that stands twice is a fault."""
    whole: dict[str, object] = {}
    for name in sorted(files):
        content = files[name]
        if not isinstance(content, Mapping):
            faults.add(name, _("a table is expected."))
            continue
        for key, value in content.items():
            if key in whole:
                faults.add(name, _("“{key}” stands in two files.").format(key=key))
            whole[key] = value
    return whole

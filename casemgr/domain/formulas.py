"""The formulas report forms print under their columns, such as 3/1*100, worked out without running any code."""

import re
from collections.abc import Callable
from typing import Final

Number = int | float
Lookup = Callable[[str], Number | None]

_PART: Final = re.compile(r"\s*(\d+(?:\.\d+)*|[A-Za-z]\w*|[-+*/()])")


class FormulaError(ValueError):
    """The formula itself is wrong: a mistake in a form, not in anybody's data."""


def evaluate(formula: str, columns: frozenset[str], value_of: Lookup) -> Number | None:
    """The value of a formula; a number that names a column stands for it, every other number for itself.

    None when a column it needs is empty, or when it divides by nothing.
    """
    reading = _Reading(formula, columns, value_of)
    value = reading.sum()
    reading.end()
    return value


def columns_in(formula: str, columns: frozenset[str]) -> tuple[str, ...]:
    """The columns a formula needs, in its order."""
    return tuple(part for part in _parts(formula) if part in columns)


def _parts(formula: str) -> list[str]:
    parts, place = [], 0
    while place < len(formula.rstrip()):
        match = _PART.match(formula, place)
        if match is None:
            raise FormulaError(formula)
        parts.append(match[1])
        place = match.end()
    return parts


class _Reading:
    """One reading of a formula from left to right."""

    def __init__(self, formula: str, columns: frozenset[str], value_of: Lookup) -> None:
        self._formula, self._columns, self._value_of = formula, columns, value_of
        self._parts = _parts(formula)
        self._place = 0

    def sum(self) -> Number | None:
        value = self._product()
        while self._next() in ("+", "-"):
            sign = 1 if self._take() == "+" else -1
            term = self._product()
            value = None if value is None or term is None else value + sign * term
        return value

    def end(self) -> None:
        if self._next():
            raise FormulaError(self._formula)

    def _product(self) -> Number | None:
        value = self._atom()
        while self._next() in ("*", "/"):
            divide = self._take() == "/"
            factor = self._atom()
            if value is None or factor is None or (divide and not factor):
                value = None
            else:
                value = value / factor if divide else value * factor
        return value

    def _atom(self) -> Number | None:
        part = self._take()
        if part == "(":
            value = self.sum()
            if self._take() != ")":
                raise FormulaError(self._formula)
            return value
        if part == "-":
            value = self._atom()
            return None if value is None else -value
        if part in self._columns:
            return self._value_of(part)
        if not re.fullmatch(r"\d+(\.\d+)?", part):
            raise FormulaError(self._formula)
        return float(part) if "." in part else int(part)

    def _next(self) -> str:
        return self._parts[self._place] if self._place < len(self._parts) else ""

    def _take(self) -> str:
        part = self._next()
        self._place += 1
        return part

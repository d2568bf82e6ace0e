"""Columns that follow from others of the same row: one place for the search key and the sort key of names."""

from collections.abc import Callable, Mapping
from typing import Any

from casemgr.domain.text import fold, person_sort_key, place_key

_RULES: dict[str, tuple[str, Callable[[str], dict[str, Any]]]] = {
    "person": ("full_name", lambda name: {"name_key": fold(name), "name_sort": person_sort_key(name)}),
    "hamlet": ("name", lambda name: {"name_key": place_key(name)}),
}


def derived_values(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The derived columns for a row of `table` holding `values`; empty when their source is not among them."""
    rule = _RULES.get(table)
    if rule is None or rule[0] not in values:
        return {}
    source, derive = rule
    return derive(values[source])

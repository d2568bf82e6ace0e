"""Names in braces inside the words of papers, and what stands in their place."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

W = TypeVar("W", bound="DataclassInstance")


def filled(wording: W, values: Mapping[str, str]) -> W:
    """The wording with `{commune}` and other names replaced; braces that name nothing stay as they are."""
    changes: dict[str, Any] = {}
    for field in fields(wording):
        value = getattr(wording, field.name)
        text = isinstance(value, str)
        changes[field.name] = put(value, values) if text else tuple(put(line, values) for line in value)
    return replace(wording, **changes)


def put(text: str, values: Mapping[str, str]) -> str:
    """One text with its names replaced, each once: a value that holds braces itself is not filled again."""
    parts = text.split("{")
    done = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        done.append(f"{values[name]}{rest}" if closed and name in values else "{" + part)
    return "".join(done)

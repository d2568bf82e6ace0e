"""Contents of papers as JSON and back, by the types of their dataclasses: what was printed can be printed again."""

import json
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")


def to_json(content: "DataclassInstance") -> str:
    """The content as text for the register of papers."""
    return json.dumps(asdict(content), ensure_ascii=False, default=str, separators=(",", ":"))


def from_json(kind: type[T], text: str) -> T:
    """The content again, from `to_json`."""
    made: T = _value(kind, json.loads(text))
    return made


def _value(kind: Any, raw: Any) -> Any:  # noqa: ANN401 - follows the declared types
    if get_origin(kind) is tuple:
        item, *rest = get_args(kind)
        if rest == [Ellipsis]:
            return tuple(_value(item, value) for value in raw)
        return tuple(_value(each, value) for each, value in zip((item, *rest), raw, strict=True))
    if isinstance(kind, UnionType):
        (inner,) = (option for option in get_args(kind) if option is not NoneType)
        return None if raw is None else _value(inner, raw)
    if isinstance(kind, type) and is_dataclass(kind):
        types = get_type_hints(kind)
        return kind(**{field.name: _value(types[field.name], raw[field.name]) for field in fields(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(raw)
    return date.fromisoformat(raw) if kind is date else raw

"""What belongs to this machine rather than to the office: a frozen record kept as JSON in the user's config folder."""

import dataclasses
import json
import logging
from collections.abc import Callable, Container, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from casemgr import paths
from casemgr.files import atomic_write, cannot_write
from casemgr.i18n import LANGUAGES

log = logging.getLogger(__name__)

THEMES: Final = ("system", "light", "dark", "contrast")
SCALES: Final = range(100, 201)
TEXT_SIZES: Final = range(8, 25)


@dataclasses.dataclass(frozen=True)
class Settings:
    """Preferences of one user on one machine; `dataclasses.replace` makes a changed copy."""

    language: str = "vi"
    theme: str = "system"
    scale: int = 100
    """Per cent of the window's natural size."""
    text_size: int = 10
    """Points of the body text."""
    last_file: str = ""
    second_backup: str = ""
    """Folder that also receives every backup, "" for none."""
    window: str = ""
    """Opaque text in which the window remembers its place and panes."""
    columns: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    """For each list, the columns shown, in order."""
    unknown: Mapping[str, object] = dataclasses.field(default_factory=dict)
    """Keys of another version of the program, kept as they were."""


def _columns(value: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise TypeError("not a table of columns")
    chosen: dict[str, tuple[str, ...]] = {}
    for name, keys in value.items():
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise ValueError("not a list of columns")
        chosen[name] = tuple(keys)
    return chosen


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _one_of(allowed: Container[object]) -> Callable[[object], object]:
    def check(value: object) -> object:
        if isinstance(value, bool) or value not in allowed:
            raise ValueError("not one of the choices")
        return value

    return check


_READERS: Final[Mapping[str, Callable[[object], object]]] = MappingProxyType(
    {
        "language": _one_of(tuple(LANGUAGES)),
        "theme": _one_of(THEMES),
        "scale": _one_of(SCALES),
        "text_size": _one_of(TEXT_SIZES),
        "last_file": _text,
        "second_backup": _text,
        "window": _text,
        "columns": _columns,
    }
)


def settings_file() -> Path:
    """Where the settings are kept."""
    return paths.config_folder() / "settings.json"


def load(file: Path | None = None) -> Settings:
    """Read the settings; what is missing, damaged or out of range becomes the default, with a line in the log."""
    file = file or settings_file()
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        log.warning("settings unreadable (%s), defaults are used", type(error).__name__)
        return Settings()
    if not isinstance(raw, dict):
        log.warning("settings are no table, defaults are used")
        return Settings()
    known: dict[str, object] = {}
    for name, read in _READERS.items():
        if name not in raw:
            continue
        try:
            known[name] = read(raw.pop(name))
        except (TypeError, ValueError):
            log.warning("setting %s is out of range, its default is used", name)
    return dataclasses.replace(Settings(unknown=raw), **known)  # type: ignore[arg-type]  # checked by _READERS


def save(settings: Settings, file: Path | None = None) -> None:
    """Write the settings whole or not at all; a refusal of the disk is a `StorageError`."""
    file = file or settings_file()
    content = dict(settings.unknown)
    for name in _READERS:
        value = getattr(settings, name)
        content[name] = {key: list(value[key]) for key in value} if name == "columns" else value
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(file, error) from error
    atomic_write(file, json.dumps(content, ensure_ascii=False, indent=2).encode())

"""The contract of long work: it reports progress and can be asked to stop."""

from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not an error
    """Raised by `Progress` inside the work when a stop was asked for."""


Progress = Callable[[int, int, str], None]
"""`progress(done, total, message)`; `total` 0 means unknown. Raises `Cancelled` to stop the work."""

Work = Callable[[Progress], R]


def silent(done: int, total: int, message: str) -> None:
    """A progress nobody watches."""

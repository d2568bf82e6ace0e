"""The contract of long work: it reports progress and can be asked to stop."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

R = TypeVar("R")


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not an error
    """Raised by `Progress` inside the work when a stop was asked for."""


Progress = Callable[[int, int, str], None]
"""`progress(done, total, message)`; `total` 0 means unknown. Raises `Cancelled` to stop the work."""

Work = Callable[[Progress], R]


def silent(done: int, total: int, message: str) -> None:
    """A progress nobody watches."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the garbage collector out of work on many small objects without cycles: it takes a fifth of the time."""
    restore = gc.enable if gc.isenabled() else gc.disable
    gc.disable()
    try:
        yield
    finally:
        restore()

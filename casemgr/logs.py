"""The log of this machine: rotating, and free of people's names and numbers."""

import copy
import logging
import logging.handlers
import re
import traceback
from pathlib import Path
from types import TracebackType
from typing import Final

from casemgr import paths

_NUMBER: Final = re.compile(r"(?<!\d)\d{9,15}(?!\d)")  # CCCD, CMND, telephone, insurance and account numbers
_ABOUT_CODE: Final = (TypeError, AttributeError, NameError, ImportError, RecursionError, NotImplementedError)
_BYTES: Final = 1_000_000
_KEPT: Final = 5

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def redact(text: str) -> str:
    """Black out every run of 9 to 15 digits."""
    return _NUMBER.sub("[…]", text)


def describe(error: BaseException) -> str:
    """Where and what went wrong, with neither local variables nor the error's words, which may quote a person."""
    parts: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines = traceback.format_tb(link.__traceback__)
        parts.append("".join(["Traceback (most recent call last):\n", *lines, _headline(link)]))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return redact("\n\nfollowed by:\n".join(reversed(parts)))


def _headline(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, _ABOUT_CODE):  # their words speak of our code, not of data
        return f"{name}: {error}"
    if isinstance(error, OSError):
        return f"{name}: errno {error.errno}"
    return name


class RedactingFormatter(logging.Formatter):
    """Formats a record without people's numbers and without an exception's values."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's name
        """Describe the exception by `describe`."""
        return describe(ei[1]) if ei[1] is not None else ""

    def format(self, record: logging.LogRecord) -> str:
        """Format and redact the whole record, without the traceback another handler may have left in it."""
        ours = copy.copy(record)
        ours.exc_text = None
        return redact(super().format(ours))


def set_up(folder: Path | None = None, *, level: int = logging.INFO) -> Path | None:
    """Send the log to a rotating file; where the folder cannot be written the program runs without a log."""
    folder = folder or paths.log_folder()
    file = folder / "casemgr.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(file, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h.formatter, RedactingFormatter)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    return file

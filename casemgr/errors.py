"""The expected failures: each is a translated sentence that says what went wrong and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass


class AppError(Exception):
    """An expected failure; `str(error)` is shown to the person as it is."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what a person typed: `field` is the name in the `…Data` class, "" for the whole."""

    field: str
    message: str


class ValidationError(AppError):
    """What was typed cannot be accepted; every problem names its field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


class NotFoundError(AppError):
    """The record asked for does not exist."""


class ConflictError(AppError):
    """The record was changed by someone else since it was read."""


class NotAllowedError(AppError):
    """The signed-in person may not do this."""


class StorageError(AppError):
    """The data file, its folder or its disk refuses: locked, full, damaged, read-only, newer."""


class WrongKeyError(StorageError):
    """The passphrase or recovery code opens no key slot."""


class FileInUseError(StorageError):
    """The case file is open in another program or on another computer."""

"""Programmes as a closed list that finds by typing, with their code behind the name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casemgr.domain.programmes import Programme
    from casemgr.services.programmes import ProgrammeListRow


def programme_choices(rows: Sequence[ProgrammeListRow]) -> list[tuple[str, Callable[[], str]]]:
    """The choices of a form."""
    return [(row.programme.code, partial(_words, row.programme)) for row in rows]


def _words(programme: Programme) -> str:
    return f"{programme.title} ({programme.code})"

"""Code lists of sponsoring, events, officers and public works: dated data, in the words of the language in force."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from casemgr.assets import resource
from casemgr.domain.activities import ActivityKind
from casemgr.i18n import N_, SOURCE_LANGUAGE, current

FORMS: Final = "form"
TOPICS: Final = "topic"
PURPOSES: Final = "purpose"
RESULTS: Final = "result"
POSITIONS: Final = "position"
WORKS: Final = "works"

SPONSOR_KIND_LABELS: Final = {
    "organisation": N_("Organisation"),
    "enterprise": N_("Enterprise"),
    "person": N_("Individual"),
}


@dataclass(frozen=True)
class Entry:
    """One line of a list."""

    code: str
    name: str
    name_en: str
    required: bool = False
    """The plan asks for it (topics of officers' training)."""
    counts: bool = True
    """A result that counts as trained."""
    hamlet: bool = False
    """A position held in a hamlet."""

    @property
    def label(self) -> str:
        """In the language in force."""
        return self.name_en if current() == SOURCE_LANGUAGE else self.name


def entries(kind: str) -> tuple[Entry, ...]:
    """The lines of a list in their order."""
    return tuple(Entry(**raw) for raw in _data()[kind])


def codes(kind: str) -> frozenset[str]:
    """The codes of a list."""
    return frozenset(entry.code for entry in entries(kind))


def label(kind: str, code: str) -> str:
    """What a code is called; one that is no longer in the list is shown as it is."""
    return next((entry.label for entry in entries(kind) if entry.code == code), code)


def on_paper(kind: str, code: str) -> str:
    """What papers call it, whatever the window speaks."""
    return next((entry.name for entry in entries(kind) if entry.code == code), code)


def required_topics() -> tuple[str, ...]:
    """Topics of training the plan asks for."""
    return tuple(entry.code for entry in entries(TOPICS) if entry.required)


def counts_as_trained(result: str) -> bool:
    """Whether attending with this result counts as trained; nothing noted counts."""
    return all(entry.counts for entry in entries(RESULTS) if entry.code == result)


def in_hamlet(position: str) -> bool:
    """Whether the position is held in a hamlet."""
    return any(entry.hamlet for entry in entries(POSITIONS) if entry.code == position)


def programme_of(kind: ActivityKind) -> str:
    """The programme an event of this kind usually belongs to."""
    programme: str = _data()["programme"].get(kind.value, "")
    return programme


def programme_for_sponsoring(*, gift: bool) -> str:
    """The programme under which what a sponsor gives is recorded."""
    programme: str = _data()["programme"]["gift" if gift else "sponsorship"]
    return programme


@cache
def _data() -> Mapping[str, Any]:
    with resource("data", "community.toml").open("rb") as file:
        return tomllib.load(file)

"""The list of a batch: which households are ready and which are refused and why; then the papers to print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.errors import Problem
from casemgr.i18n import N_, _
from casemgr.jobs import Progress
from casemgr.services import certificates
from casemgr.services.certificate_register import RegisterRow
from casemgr.services.households import HouseholdRow
from casemgr.workspace import Workspace
from ui.models.rows import Column
from ui.pages.certificates.columns import printed_words
from ui.pages.certificates.ways import Wanted
from ui.tones import class_tone

_PART: Final = 50
"""Households looked at between two reports."""


@dataclass(frozen=True)
class Checked:
    """Of a selection: who is ready, and by household code what stands against the others."""

    ready: tuple[UUID, ...]
    refused: tuple[UUID, ...]
    reasons: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Candidate:
    """One line: a household, and what stands against its certificate; None while nobody has looked."""

    row: HouseholdRow
    reasons: tuple[str, ...] | None


def check(workspace: Workspace, ids: Sequence[UUID], wanted: Wanted, progress: Progress) -> Checked:
    """Look at every household, as a job."""
    ready: list[UUID] = []
    problems: list[Problem] = []
    for start in range(0, len(ids), _PART):
        progress(start, len(ids), _("Looking at the households"))
        part = workspace.read(
            certificates.split_ready, ids[start : start + _PART], year=wanted.year, issued_on=wanted.on
        )
        ready += part[0]
        problems += part[1]
    good = set(ready)
    return Checked(tuple(ready), tuple(each for each in ids if each not in good), _by_code(problems))


def _by_code(problems: Iterable[Problem]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for problem in problems:
        message = problem.message.removeprefix(f"{problem.field}: ")
        found[problem.field] = (*found.get(problem.field, ()), message)
    return found


def _state(line: Candidate) -> str:
    if line.reasons is None:
        return ""
    return _("refused") if line.reasons else _("ready")


CANDIDATES: Final = (
    Column[Candidate]("head", N_("Head of household"), lambda line: line.row.head, 196),
    Column[Candidate]("code", N_("Code"), lambda line: line.row.code, 78, code=True),
    Column[Candidate](
        "class",
        N_("Class"),
        lambda line: _(CLASS_SHORT_LABELS[line.row.class_value]),
        100,
        tone=lambda line: class_tone(line.row.class_value),
    ),
    Column[Candidate]("state", N_("State"), _state, 116, tone=lambda line: "poor" if line.reasons else "ok"),
    Column[Candidate]("why", N_("Why not"), lambda line: " ".join(line.reasons or ()), 180),
)

PAPERS: Final = (
    Column[RegisterRow]("number", N_("Number"), lambda row: row.number, 132),
    Column[RegisterRow]("head", N_("Head of household"), lambda row: row.head, 190),
    Column[RegisterRow]("code", N_("Household"), lambda row: row.code, 84, code=True),
    Column[RegisterRow]("prints", N_("Printed"), printed_words, 84, tone=lambda row: "ok" if row.prints else "near"),
    Column[RegisterRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130),
)

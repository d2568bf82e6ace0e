"""What can be done about a household's certificate now, what is expected, and the exact paper each way gives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from casemgr.domain.certificates import CERTIFIED, CertificateContent, CertificateStatus
from casemgr.errors import Problem
from casemgr.services import certificate_drafts, certificate_register, households
from casemgr.services.certificate_register import CertificateView
from casemgr.services.households import HouseholdView
from casemgr.workspace import Workspace

STANDING = "certificate"
"""The refusal that says a certificate is in force; re-issuing means to replace it."""


class Way(StrEnum):
    """One thing to do about a certificate."""

    ISSUE = "issue"
    BLOCK = "block"
    REISSUE = "reissue"
    PRINT = "print"


@dataclass(frozen=True)
class Situation:
    """A household, its certificate in force, and what can be done."""

    household: HouseholdView
    standing: CertificateView | None
    ways: tuple[Way, ...]
    expected: Way

    def years(self, way: Way) -> tuple[int, ...]:
        """The years to choose from, newest first."""
        found = tuple(view.data.year for view in self.household.classes)
        return tuple(year for year in found if year > self.last_confirmed) if way is Way.BLOCK else found

    @property
    def last_confirmed(self) -> int:
        """The newest year on the paper in force."""
        return max(self.standing.block_years) if self.standing else 0

    def printed(self, block_year: int | None) -> bool:
        """Whether the paper, or one of its later blocks, was printed before."""
        return self.standing is not None and any(event.block_year == block_year for event in self.standing.prints)


@dataclass(frozen=True)
class Wanted:
    """What is typed beside the preview."""

    way: Way
    year: int | None = None
    on: date | None = None
    signatory: UUID | None = None
    block_year: int | None = None


@dataclass(frozen=True)
class Shown:
    """A paper before it is real: its content or frozen bytes, and what stands against it."""

    content: CertificateContent | None
    frozen: bytes | None
    refusals: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()

    def pdf(self, render: Callable[[CertificateContent], bytes]) -> bytes | None:
        """What would come out of the printer."""
        return render(self.content) if self.content is not None else self.frozen


def situation(workspace: Workspace, household: UUID) -> Situation:
    """Look at a household."""
    view = workspace.read(households.view, household)
    rows = workspace.read(certificate_register.of_household, household)
    row = next((row for row in rows if row.status is CertificateStatus.ISSUED), None)
    if row is None:
        return Situation(view, None, (Way.ISSUE,), Way.ISSUE)
    standing = workspace.read(certificate_register.view, row.id)
    last, content = max(standing.block_years), standing.content
    later = [one for one in view.classes if one.data.year > last and one.data.value in CERTIFIED]
    room = len(content.blocks) < content.slots
    if later and room:
        return Situation(view, standing, (Way.BLOCK, Way.PRINT, Way.REISSUE), Way.BLOCK)
    return Situation(view, standing, (Way.PRINT, Way.REISSUE), Way.REISSUE if later else Way.PRINT)


def show(workspace: Workspace, now: Situation, wanted: Wanted) -> Shown:
    """The paper as it would be, read anew."""
    standing, on = now.standing, wanted.on or workspace.now.astimezone().date()
    if wanted.way is Way.PRINT and standing is not None:
        frozen = workspace.read(certificate_register.pdf, standing.row.id, block_year=wanted.block_year)
        return Shown(None, frozen)
    if wanted.way is Way.BLOCK and standing is not None:
        block = workspace.read(
            certificate_drafts.block_draft, standing.row.id, on, year=wanted.year, signatory_id=wanted.signatory
        )
        return Shown(block.content, None, block.refusals, block.warnings)
    paper = workspace.read(
        certificate_drafts.draft, now.household.id, on, year=wanted.year, signatory_id=wanted.signatory
    )
    refusals = tuple(
        problem for problem in paper.refusals if wanted.way is not Way.REISSUE or problem.field != STANDING
    )
    return Shown(paper.content, None, refusals, paper.warnings)

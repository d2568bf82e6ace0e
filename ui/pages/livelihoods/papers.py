"""Papers of plans and projects as drawings: looked at as drafts, frozen when they are put on file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from casemgr.domain.livelihoods import PlanState
from casemgr.i18n import N_, _, ngettext
from casemgr.jobs import Progress
from casemgr.services import livelihood_papers, project_papers
from casemgr.services.livelihood_papers import (
    ACCEPTANCE,
    COMMITMENT,
    LIQUIDATION,
    LOSS,
    PASSING,
    PLAN,
    REQUEST,
    SELECTION,
    VISIT,
)
from ui.paper_pane import Drawing

if TYPE_CHECKING:
    from datetime import date

    from casemgr.services.livelihood_file import PlanFile
    from casemgr.services.livelihood_papers import Filled
    from casemgr.services.office_papers import IssuedPaper
    from casemgr.workspace import Workspace

NAMES: Final = {
    REQUEST: N_("Request for production support"),
    PLAN: N_("Production plan of the household"),
    SELECTION: N_("Minutes of the hamlet's choice"),
    COMMITMENT: N_("Commitment of the household"),
    VISIT: N_("Follow-up sheet, for the phone"),
    LOSS: N_("Minutes of a loss"),
    ACCEPTANCE: N_("Minutes of acceptance"),
    PASSING: N_("Slip of passing on"),
    LIQUIDATION: N_("Minutes settling the contract"),
}
_FROM: Final = {
    SELECTION: PlanState.REGISTERED,
    COMMITMENT: PlanState.APPROVED,
    VISIT: PlanState.HANDED_OVER,
    LOSS: PlanState.HANDED_OVER,
    ACCEPTANCE: PlanState.RUNNING,
    PASSING: PlanState.HANDED_OVER,
}
"""From which state on a paper makes sense."""
_ORDER: Final = tuple(PlanState)


def offered(file: PlanFile | None) -> tuple[str, ...]:
    """The papers of a plan that make sense now, in the order of its course."""
    if file is None:
        return ()
    come = {step.data.to for step in file.steps} | {file.view.state}
    furthest = max(_ORDER.index(PlanState(state)) for state in come if state != PlanState.STOPPED) if come else 0
    found = [
        code for code in NAMES if code != LIQUIDATION and _ORDER.index(_FROM.get(code, PlanState.DRAFT)) <= furthest
    ]
    if not file.losses and LOSS in found:
        found.remove(LOSS)
    if not file.duties and PASSING in found:
        found.remove(PASSING)
    return tuple(found)


def paper_of(workspace: Workspace, code: str, plan: UUID, on: date) -> Drawing:
    """A paper of a plan as it would be issued that day."""
    return _drawing(workspace, code, lambda: workspace.read(livelihood_papers.fill, code, plan), on)


def put_on_file(uow: Any, code: str, plan: UUID, on: date) -> IssuedPaper:  # noqa: ANN401 - handed through
    """Number a paper of a plan where it has a number, and freeze it."""
    from casemgr.reports.office_papers import render_paper

    return livelihood_papers.issue(uow, livelihood_papers.fill(uow, code, plan), on=on, render=render_paper)


def liquidation_of(workspace: Workspace, project: UUID, on: date) -> Drawing:
    """Minutes settling the contract of a project."""
    return _drawing(workspace, LIQUIDATION, lambda: workspace.read(project_papers.liquidation, project), on)


def sheets_of(workspace: Workspace, hamlet: UUID | None, on: date) -> Drawing:
    """Follow-up sheets of every plan that is followed, of one hamlet or all, as one file."""

    def draw(progress: Progress) -> bytes:
        from casemgr.reports.joining import join
        from casemgr.reports.office_papers import render_paper

        filled = workspace.read(livelihood_papers.visit_sheets, hamlet_id=hamlet)
        drawn = []
        for place, one in enumerate(filled, 1):
            progress(place, len(filled), _("Drawing the sheets"))
            drawn.append(render_paper(workspace.read(livelihood_papers.prepare, one, on=on)))
        return join(drawn)

    def note() -> str:
        count = len(workspace.read(livelihood_papers.visit_sheets, hamlet_id=hamlet))
        return ngettext("{count} sheet", "{count} sheets", count).format(count=count)

    return Drawing(lambda: _("Follow-up sheets"), note, "phieu-theo-doi", draw)


def _drawing(workspace: Workspace, code: str, fill: Callable[[], Filled], on: date) -> Drawing:
    def draw(_progress: Progress) -> bytes:
        from casemgr.reports.office_papers import render_paper

        return render_paper(workspace.read(livelihood_papers.prepare, fill(), on=on))

    return Drawing(
        lambda: _(NAMES[code]),
        lambda: _("Filled in from the file; dots stand for what is written by hand"),
        code.removeprefix("case_").replace("_", "-"),
        draw,
    )

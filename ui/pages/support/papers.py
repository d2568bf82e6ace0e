"""Papers and files of a distribution: the pay-out list, the list people sign, hand-overs, authorisations, Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casemgr.domain.paper_kinds import PaperKind
from casemgr.i18n import N_, _, format_date
from casemgr.jobs import Progress
from casemgr.services import distribution_papers
from casemgr.services.kept_papers import Asked
from ui.kept_paper import KeptPaper
from ui.paper_pane import Drawing

if TYPE_CHECKING:
    from casemgr.exchange.distributions import ReadDistribution
    from casemgr.services.distributions import DistributionRow, DistributionView
    from casemgr.workspace import Workspace

PAY_LIST, SIGN_LIST, HANDOVER, AUTHORISATION = "pay_list", "sign_list", "handover", "authorisation"
POSTING: Final = "posting"
PAPERS: Final = {
    PAY_LIST: N_("Pay-out list of households (C07)"),
    SIGN_LIST: N_("List people sign, by hamlet (C08)"),
    HANDOVER: N_("Hand-over minutes (C09)"),
    AUTHORISATION: N_("Authorisations to collect (C28)"),
    POSTING: N_("Notice posting the list (C26)"),
}


_KEPT: Final = {
    PAY_LIST: PaperKind.PAY_LIST,
    SIGN_LIST: PaperKind.RECEIPT_LIST,
    POSTING: PaperKind.SUPPORT_POSTING,
}
"""Papers that are numbered and frozen."""


def drawing(workspace: Workspace, kind: str, view: DistributionView, ids: Sequence[UUID]) -> Drawing:
    """A paper to look at; `ids` are the rows of those drawn for each row."""
    title = view.data.title
    if kind in _KEPT:
        today = workspace.now.astimezone().date()
        kept = KeptPaper(workspace, Asked(_KEPT[kind], (view.id,)), today)
        return Drawing(lambda: _(PAPERS[kind]), lambda: title, kind.replace("_", "-"), kept.render, kept=kept)
    acts: dict[str, Callable[[Progress], bytes]] = {
        HANDOVER: lambda _progress: _handovers(workspace, view.id, ids),
        AUTHORISATION: lambda _progress: _authorisations(workspace, view.id, ids),
    }
    return Drawing(lambda: _(PAPERS[kind]), lambda: title, kind.replace("_", "-"), acts[kind])


def write_excel(workspace: Workspace, file: Path, view: DistributionView, rows: Sequence[DistributionRow]) -> Path:
    """The list as an Excel file to fill in and give back: amounts, goods, who collected."""
    from casemgr.exchange.distributions import distribution_workbook  # loads the writer of Excel files
    from casemgr.files import atomic_write

    mark = f"{workspace.actor.name}, {format_date(workspace.now.astimezone().date())}"
    atomic_write(file, distribution_workbook(view, rows, mark=mark))
    return file


def read_excel(
    file: Path, view: DistributionView, rows: Sequence[DistributionRow], progress: Progress
) -> ReadDistribution:
    """What a returned file says otherwise than these rows."""
    from casemgr.exchange.distributions import read_distribution
    from casemgr.exchange.workbooks import read_workbook

    return read_distribution(read_workbook(file, progress), view, rows)


def _handovers(workspace: Workspace, distribution: UUID, ids: Sequence[UUID]) -> bytes:
    from casemgr.reports.handover import render_handovers

    return render_handovers(workspace.read(distribution_papers.handovers, distribution, ids=ids))


def _authorisations(workspace: Workspace, distribution: UUID, ids: Sequence[UUID]) -> bytes:
    from casemgr.reports.handover import render_authorisations

    return render_authorisations(workspace.read(distribution_papers.authorisations, distribution, ids=ids))

"""Papers and files of a distribution: the pay-out list, the list people sign, hand-overs, authorisations, Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casemgr.i18n import N_, _
from casemgr.jobs import Progress
from casemgr.services import distribution_papers
from ui.pages.support.amount_grid import TITLES as AMOUNT_TITLES
from ui.pages.support.receipt_grid import state_words
from ui.paper_pane import Drawing

if TYPE_CHECKING:
    from casemgr.services.distributions import DistributionRow, DistributionView
    from casemgr.workspace import Workspace

PAY_LIST, SIGN_LIST, HANDOVER, AUTHORISATION = "pay_list", "sign_list", "handover", "authorisation"
PAPERS: Final = {
    PAY_LIST: N_("Pay-out list of households (C07)"),
    SIGN_LIST: N_("List people sign, by hamlet (C08)"),
    HANDOVER: N_("Hand-over minutes (C09)"),
    AUTHORISATION: N_("Authorisations to collect (C28)"),
}


def drawing(workspace: Workspace, kind: str, view: DistributionView, ids: Sequence[UUID]) -> Drawing:
    """A paper to look at; `ids` are the rows of those drawn for each row."""
    title = view.data.title
    acts: dict[str, Callable[[Progress], bytes]] = {
        PAY_LIST: lambda _progress: _pay_list(workspace, view.id),
        SIGN_LIST: lambda _progress: _sign_list(workspace, view.id),
        HANDOVER: lambda _progress: _handovers(workspace, view.id, ids),
        AUTHORISATION: lambda _progress: _authorisations(workspace, view.id, ids),
    }
    return Drawing(lambda: _(PAPERS[kind]), lambda: title, kind.replace("_", "-"), acts[kind])


def write_excel(file: Path, title: str, rows: Sequence[DistributionRow], progress: Progress) -> Path:
    """The list with its amounts and who collected, as an Excel file."""
    from casemgr.exchange.tables import write_table  # loads the writer of Excel files

    named = (N_("Order"), *AMOUNT_TITLES[:3], N_("Code"), N_("Amount in dong"), N_("State"), N_("Collected by"))
    columns = [_(words) for words in named]

    def lines() -> Iterator[list[str]]:
        for place, row in enumerate(rows, 1):
            progress(place, len(rows), _("Writing the list"))
            amount = str(row.worth)
            yield [str(place), row.name, row.id_number, row.hamlet, row.code, amount, state_words(row), row.received_by]

    write_table(file, columns, lines(), title=title)
    return file


def read_excel(file: Path, progress: Progress) -> str:
    """The lines of the first sheet, as a clipboard would hold them."""
    from casemgr.exchange.cells import plain
    from casemgr.exchange.workbooks import read_workbook

    sheets = read_workbook(file, progress).sheets
    rows = sheets[0].rows if sheets else ()
    return "\n".join("\t".join(plain(value) for value in row.values) for row in rows)


def _pay_list(workspace: Workspace, distribution: UUID) -> bytes:
    from casemgr.reports.pay_lists import render_pay_list

    return render_pay_list(workspace.read(distribution_papers.pay_list, distribution))


def _sign_list(workspace: Workspace, distribution: UUID) -> bytes:
    from casemgr.reports.pay_lists import render_receipt_list

    return render_receipt_list(workspace.read(distribution_papers.receipt_list, distribution))


def _handovers(workspace: Workspace, distribution: UUID, ids: Sequence[UUID]) -> bytes:
    from casemgr.reports.handover import render_handovers

    return render_handovers(workspace.read(distribution_papers.handovers, distribution, ids=ids))


def _authorisations(workspace: Workspace, distribution: UUID, ids: Sequence[UUID]) -> bytes:
    from casemgr.reports.handover import render_authorisations

    return render_authorisations(workspace.read(distribution_papers.authorisations, distribution, ids=ids))

"""Lists of the page as drawings: loans asked for (03/TD), increases and decreases of cards (C24)."""

from datetime import date
from pathlib import Path
from uuid import UUID

from casemgr.domain.paper_kinds import PaperKind
from casemgr.i18n import _, format_date, ngettext
from casemgr.services import ledger_papers
from casemgr.services.kept_papers import Asked
from casemgr.workspace import Workspace
from ui.kept_paper import KeptPaper
from ui.paper_pane import Drawing


def loan_list(workspace: Workspace, loans: tuple[UUID, ...], on: date) -> Drawing:
    """The list 03/TD of a day."""
    kept = KeptPaper(workspace, Asked(PaperKind.LOAN_LIST, loans), on)

    def excel(path: Path) -> None:
        from casemgr.exchange.ledgers import write_confirmed

        write_confirmed(path, workspace.read(ledger_papers.loan_list, loans, on)[0])

    return Drawing(
        lambda: _("List of loans asked for (03/TD)"),
        lambda: ngettext("{count} loan", "{count} loans", len(loans)).format(count=len(loans)),
        "danh-sach-03td",
        kept.render,
        excel,
        kept,
    )


def insurance_list(workspace: Workspace, from_on: date, to_on: date) -> Drawing:
    """The list C24 between two days."""
    kept = KeptPaper(workspace, Asked(PaperKind.INSURANCE_LIST, (), from_on, to_on), to_on)

    def excel(path: Path) -> None:
        from casemgr.exchange.ledgers import write_confirmed

        write_confirmed(path, workspace.read(ledger_papers.insurance_list, from_on, to_on)[0])

    return Drawing(
        lambda: _("Increases and decreases of insurance cards"),
        lambda: _("After {first}, until {last}").format(first=format_date(from_on), last=format_date(to_on)),
        "danh-sach-the-bhyt",
        kept.render,
        excel,
        kept,
    )

"""Papers of the page as drawings: receipt and promise of a sponsor, list of an event."""

from uuid import UUID

from casemgr.domain.paper_kinds import PaperKind
from casemgr.i18n import _
from casemgr.jobs import Progress
from casemgr.services import community_papers
from casemgr.services.kept_papers import Asked
from casemgr.workspace import Workspace
from ui.kept_paper import KeptPaper
from ui.paper_pane import Drawing


def receipt_of(workspace: Workspace, delivery: UUID) -> Drawing:
    """The receipt with thanks."""
    kept = KeptPaper(workspace, Asked(PaperKind.SPONSOR_RECEIPT, (delivery,)), workspace.now.astimezone().date())
    return Drawing(
        lambda: _("Receipt with thanks"),
        lambda: _("Two copies: the sponsor and the file"),
        "bien-nhan-dong-gop",
        kept.render,
        kept=kept,
    )


def promise_of(workspace: Workspace, sponsorship: UUID) -> Drawing:
    """The promise to be signed."""

    def draw(_progress: Progress) -> bytes:
        from casemgr.reports.thanks import render_sponsor_promise

        return render_sponsor_promise(workspace.read(community_papers.promise, sponsorship))

    return Drawing(
        lambda: _("Promise of a sponsor"),
        lambda: _("Filled in from the file; sponsor, household and committee sign it"),
        "ban-cam-ket-do-dau",
        draw,
    )


def list_of(workspace: Workspace, activity: UUID) -> Drawing:
    """The list participants sign."""

    def draw(_progress: Progress) -> bytes:
        from casemgr.reports.attendance_list import render_attendance

        return render_attendance(workspace.read(community_papers.attendance, activity))

    return Drawing(
        lambda: _("List to sign"),
        lambda: _("Those noted already, and empty lines for the others"),
        "danh-sach-tham-du",
        draw,
    )

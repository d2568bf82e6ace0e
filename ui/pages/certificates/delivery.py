"""Papers leave the program: to a printer one after another, or as one PDF file; each is written down as printed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.services import certificate_register, certificates
from casemgr.workspace import Workspace
from ui.widgets.printing import PrintOrder, Send, print_pdf, save_pdf


@dataclass(frozen=True)
class Paper:
    """An issued certificate, or the block of a later year printed on it."""

    certificate: UUID
    block_year: int | None = None


@dataclass
class Run:
    """Papers to deliver; `done` grows as they leave, so that a stopped run can go on where it stopped."""

    papers: Sequence[Paper]
    order: PrintOrder
    path: Path | None = None
    reason: str = ""
    send: Send = print_pdf
    done: list[Paper] = field(default_factory=list)

    @property
    def left(self) -> tuple[Paper, ...]:
        """The papers still to come."""
        done = set(self.done)
        return tuple(paper for paper in self.papers if paper not in done)


def deliver(workspace: Workspace, run: Run, progress: Progress) -> int:
    """Print or save what is left of a run, as a job; how many papers left now."""
    before, total = len(run.done), len(run.papers)
    if run.path is not None:
        _save(workspace, run, run.path, progress)
        return len(run.done) - before
    for paper in run.left:
        number = len(run.done)
        progress(number, total, _("Printing paper {number} of {total}").format(number=number + 1, total=total))
        content = workspace.read(certificate_register.pdf, paper.certificate, block_year=paper.block_year)
        # A run stops between two papers, never in the middle of one; a single paper may stop between its pages.
        run.send(content, run.order, silent if total > 1 else progress)
        run.done.append(paper)
        _write_down(workspace, paper, run)
    return len(run.done) - before


def _save(workspace: Workspace, run: Run, path: Path, progress: Progress) -> None:
    from casemgr.reports.joining import join

    papers, contents = run.left, []
    for number, paper in enumerate(papers):
        progress(number, len(papers), _("Collecting papers"))
        contents.append(workspace.read(certificate_register.pdf, paper.certificate, block_year=paper.block_year))
    save_pdf(contents[0] if len(contents) == 1 else join(contents), path)
    whole = [paper.certificate for paper in papers if paper.block_year is None]
    reason = run.reason or _("Saved as a PDF file")
    if whole:
        workspace.write(certificates.record_prints, whole, reason=reason)
    for paper in papers:
        if paper.block_year is not None:
            workspace.write(certificates.record_print, paper.certificate, reason=reason, block_year=paper.block_year)
    run.done.extend(papers)


def _write_down(workspace: Workspace, paper: Paper, run: Run) -> None:
    workspace.write(
        certificates.record_print,
        paper.certificate,
        copies=run.order.copies,
        reason=run.reason,
        block_year=paper.block_year,
    )

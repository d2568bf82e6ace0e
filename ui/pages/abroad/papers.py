"""Papers of work abroad as drawings: looked at as drafts, issued from there, issued ones as they were frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casemgr.i18n import N_, _
from casemgr.jobs import Progress
from casemgr.services import abroad_papers, office_papers
from casemgr.services.abroad_papers import CONFIRMATION, INTRODUCTION, MAKERS, REFUSAL, REQUEST, VITAE
from casemgr.services.office_papers import PaperQuery
from ui.kept_paper import KeptPaper
from ui.paper_pane import Drawing

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from casemgr.services.abroad_file import CaseFile
    from casemgr.services.office_papers import IssuedPaper
    from casemgr.workspace import Workspace

NAMES: Final = {
    VITAE: N_("Curriculum vitae with confirmation"),
    INTRODUCTION: N_("Introduction of the worker"),
    REQUEST: N_("Request for support abroad"),
    CONFIRMATION: N_("Confirmation of the direct contract"),
    REFUSAL: N_("Refusal of the direct contract"),
}


class CasePaper(KeptPaper):
    """A paper of a case: shown as it was issued while nothing has changed, else as a draft to issue."""

    def __init__(self, workspace: Workspace, code: str, case: UUID, on: date) -> None:
        self._workspace, self._code, self._case, self._on = workspace, code, case, on
        self._look = None

    def render(self, _progress: Progress) -> bytes:
        """The frozen paper, or the draft where there is none or it says something else by now."""
        from casemgr.reports.office_papers import render_paper

        self._look = found = self._workspace.read(abroad_papers.look, self._code, self._case, self._on)
        kept = found.standing.kept
        if kept is not None and not found.standing.changed:
            return self._workspace.read(office_papers.pdf, kept.id)
        return render_paper(found.draft.content)

    def issue(self, _progress: Progress) -> IssuedPaper:
        """Number and freeze it."""
        from casemgr.reports.office_papers import render_paper

        made = self._workspace.write(abroad_papers.issue, self._code, self._case, self._on, render=render_paper)
        self._look = self._workspace.read(abroad_papers.look, self._code, self._case, self._on)
        return made


def offered(file: CaseFile | None) -> tuple[str, ...]:
    """The papers of a case; answers to a direct contract only where they were issued."""
    if file is None:
        return ()
    answers = {"confirmed": CONFIRMATION, "refused": REFUSAL}
    issued = [answers[one.outcome] for one in file.registrations if one.outcome is not None]
    return (*MAKERS, *dict.fromkeys(issued))


def paper_of(workspace: Workspace, code: str, file: CaseFile, on: date) -> Drawing:
    """A paper of a case as it would be issued that day, or the answer that was issued."""
    if code not in MAKERS:
        outcome = "confirmed" if code == CONFIRMATION else "refused"
        return answer_of(workspace, next(one.id for one in file.registrations if one.outcome == outcome), code)
    kept = CasePaper(workspace, code, file.view.id, on)
    return Drawing(
        lambda: _(NAMES[code]),
        lambda: _("Filled in from the file; dots stand for what is written by hand"),
        _file(code),
        kept.render,
        kept=kept,
    )


def answer_of(workspace: Workspace, registration: UUID, code: str) -> Drawing:
    """The frozen answer to a registration."""

    def draw(_progress: Progress) -> bytes:
        rows = workspace.read(office_papers.papers, PaperQuery(subject_id=registration))
        return workspace.read(office_papers.pdf, rows[0].id)

    return Drawing(lambda: _(NAMES[code]), lambda: _("As it was issued"), _file(code), draw)


def issued(paper: IssuedPaper) -> Drawing:
    """A paper that was numbered just now."""
    code = paper.kind.value
    told = _("Issued as {number}").format(number=paper.number or paper.title)
    return Drawing(lambda: _(NAMES[code]), lambda: told, _file(code), lambda _progress: paper.pdf)


def _file(code: str) -> str:
    return code.removeprefix("case_").replace("_", "-")

"""A paper that is numbered and frozen: shown as it was issued while nothing has changed, else as a draft to issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemgr.i18n import _, format_date
from casemgr.services import kept_papers, office_papers

if TYPE_CHECKING:
    import datetime

    from casemgr.jobs import Progress
    from casemgr.services.kept_papers import Asked, Look
    from casemgr.services.office_papers import IssuedPaper
    from casemgr.workspace import Workspace


class KeptPaper:
    """`render` looks and draws, in a job; `issue` freezes; what is there is known after either."""

    def __init__(self, workspace: Workspace, asked: Asked, on: datetime.date) -> None:
        self._workspace, self._asked, self._on = workspace, asked, on
        self._look: Look | None = None

    def render(self, _progress: Progress) -> bytes:
        """The frozen paper, or the draft where there is none or it says something else by now."""
        from casemgr.reports.office_papers import render_paper

        self._look = found = self._workspace.read(kept_papers.look, self._asked, self._on)
        kept = found.standing.kept
        if kept is not None and not found.standing.changed:
            return self._workspace.read(office_papers.pdf, kept.id)
        return render_paper(found.draft.content)

    def issue(self, _progress: Progress) -> IssuedPaper:
        """Number and freeze it."""
        from casemgr.reports.office_papers import render_paper

        made = self._workspace.write(kept_papers.issue, self._asked, self._on, render=render_paper)
        self._look = self._workspace.read(kept_papers.look, self._asked, self._on)
        return made

    @property
    def open(self) -> bool:
        """Whether it may still be issued as it is shown."""
        found = self._look
        if found is None or found.draft.refusals:
            return False
        return found.standing.kept is None or found.standing.changed

    def words(self) -> str:
        """What to say of it beside its title; empty where there is nothing."""
        found = self._look
        if found is None:
            return ""
        kept = found.standing.kept
        if kept is None:
            told = [problem.message for problem in found.draft.refusals] or list(found.draft.warnings)
            return " ".join(told)
        day, number = format_date(kept.issued_on), kept.number or kept.title
        if found.standing.changed:
            return _("{number} was issued on {date}; what it lists has changed since.").format(number=number, date=day)
        return _("Issued as {number} on {date}").format(number=number, date=day)

"""Minutes of a case in steps as a drawing, and the pane that shows a drawing in place of the household's cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from casemgr.domain.paper_kinds import PaperKind
from casemgr.i18n import _
from casemgr.services import staged_papers
from casemgr.services.kept_papers import Asked
from ui.kept_paper import KeptPaper
from ui.paper_pane import Drawing, PaperPane
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from PySide6.QtWidgets import QStackedWidget

    from casemgr.domain.staged import Line
    from casemgr.jobs import Progress
    from casemgr.services.staged import StagedCase
    from casemgr.workspace import Workspace
    from ui.desk import Desk


def drawing_of(workspace: Workspace, case: StagedCase, line: Line, on: date) -> Drawing:
    """The minutes of a step as they would be issued that day, or on the day of the step."""
    day = line.reached.on if line.reached is not None else on

    def draw(_progress: Progress) -> bytes:
        from casemgr.reports.office_papers import render_paper

        return render_paper(workspace.read(staged_papers.prepare, case.enrolment.id, line.step.code, on=day))

    return Drawing(
        line.step.document.__str__,
        lambda: _("Filled in from the file; dots stand for what is written by hand"),
        line.step.paper.removeprefix("case_").replace("_", "-"),
        draw,
    )


def refusal_of(workspace: Workspace, enrolment: UUID, on: date) -> Drawing:
    """The notice that support is refused (C27), to be issued and handed over."""
    kept = KeptPaper(workspace, Asked(PaperKind.SUPPORT_REFUSAL, (enrolment,)), on)
    return Drawing(
        lambda: _("Notice that support is refused (C27)"), str, "thong-bao-khong-du-dieu-kien", kept.render, kept=kept
    )


class ShownPaper(QObject):
    """One drawing at a time in a stack; closing it shows what stood there."""

    said = Signal(Notice)

    def __init__(self, desk: Desk, stack: QStackedWidget, printing: Printing = SYSTEM) -> None:
        super().__init__(stack)
        self._desk, self._stack, self._printing = desk, stack, printing
        self.pane: PaperPane | None = None

    def show_drawing(self, drawing: Drawing) -> None:
        """Draw it and show it."""
        self.close()
        self.pane = pane = PaperPane(self._desk, self._printing, name="householdPaper")
        pane.closed.connect(self.close)
        pane.said.connect(self.said)
        self._stack.addWidget(pane)
        self._stack.setCurrentWidget(pane)
        pane.begin(drawing)

    def close(self) -> None:
        """Back to the cards."""
        pane, self.pane = self.pane, None
        if pane is not None:
            self._stack.setCurrentIndex(0)
            self._stack.removeWidget(pane)
            pane.hide()
            pane.deleteLater()

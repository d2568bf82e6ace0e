"""The plain confirmation of the average living standard, for a household a decision has recognised."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt

from casemgr.domain.paper_kinds import PaperKind
from casemgr.i18n import N_, _
from casemgr.services import office_papers
from casemgr.services.office_papers import IssuedPaper
from casemgr.services.paper_words import PaperDraft
from casemgr.services.requests import RequestView
from ui.desk import Desk
from ui.editors import DayEditor
from ui.forms import Field
from ui.pages.requests.letter_pane import LetterPane
from ui.widgets.printing import SYSTEM, Printing


class ConfirmationPane(LetterPane):
    """`begin_confirmation` with the request that was recognised."""

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        self._view: RequestView | None = None
        fields = (Field("on", N_("&Dated"), DayEditor, required=True),)
        super().__init__(desk, printing, fields, lambda: _("Plain confirmation"), name="confirmation")
        self._title = lambda: _("Confirmation of the average living standard")
        self.retranslate()

    def begin_confirmation(self, view: RequestView) -> None:
        """Show it as a draft."""
        self._view = view
        self._file = f"giay-xac-nhan-{view.row.code}"
        self._begin({"on": self._desk.workspace.now.astimezone().date()})
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self, values: Mapping[str, Any]) -> PaperDraft[Any]:
        """The paper with what stands against it."""
        made = self._desk.workspace.read(
            office_papers.draft,
            PaperKind.CONFIRMATION,
            self._need().data.household_id,
            on=values["on"],
            signatory_id=values["signatory"],
        )
        self._show_problems(made.refusals)
        return made

    def write(self, values: Mapping[str, Any]) -> IssuedPaper:
        """Number it."""
        from casemgr.reports.office_papers import render_paper

        return self._desk.workspace.write(
            office_papers.issue,
            PaperKind.CONFIRMATION,
            self._need().data.household_id,
            on=values["on"],
            signatory_id=values["signatory"],
            render=render_paper,
        )

    def told(self, paper: IssuedPaper) -> str:
        """The number of the paper."""
        return _("The confirmation is issued: {number}.").format(number=paper.number)

    def _need(self) -> RequestView:
        if self._view is None:
            raise RuntimeError("no request is shown")
        return self._view

    def retranslate(self) -> None:
        """Say the words again."""
        super().retranslate()
        self.go.setText(_("Issue the confirmation"))
        self.go.setAccessibleName(self.go.text())
        self.hint.setText(_("It is no form of the law: the decision is what counts. It gets its number and stays."))

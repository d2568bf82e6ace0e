"""A refusal in writing: the reason is typed beside the real letter; request and letter are answered in one step."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt

from casemgr.domain.reviews import RequestStatus
from casemgr.errors import Problem
from casemgr.i18n import _
from casemgr.services import office_papers
from casemgr.services.office_papers import IssuedPaper
from casemgr.services.paper_words import PaperDraft
from casemgr.services.request_refusals import refuse_in_writing
from casemgr.services.requests import RequestView
from ui.desk import Desk
from ui.pages.requests.fields import REFUSAL_FIELDS
from ui.pages.requests.letter_pane import LetterPane
from ui.widgets.printing import SYSTEM, Printing

_FIELDS = {"refusal_reason": "reason", "answered_on": "on", "issued_on": "on"}


class RefusalPane(LetterPane):
    """`begin_refusal` with a request; one that a decision refused already only needs its letter."""

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        self._view: RequestView | None = None
        super().__init__(desk, printing, REFUSAL_FIELDS, lambda: _("Answer in writing"), name="refusal")
        self.retranslate()

    def begin_refusal(self, view: RequestView) -> None:
        """Show the letter as a draft; a reason typed before and not issued is still there."""
        before = self._view
        typed = self.form.value("reason") if before is not None and before.id == view.id and self.dirty else ""
        self._view = view
        refused = view.row.status is RequestStatus.REFUSED
        number = view.row.number
        self._title = lambda: _("Refusal of request {number}").format(number=number)
        self._file = f"cong-van-tra-loi-don-{number.replace('/', '-')}"
        self._begin({"on": self._desk.workspace.now.astimezone().date(), "reason": view.refusal_reason})
        if typed and not refused:
            self.form.put("reason", typed)
        self.form.editor("reason").widget.setEnabled(not refused)
        self.form.editor("on" if refused else "reason").widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self, values: Mapping[str, Any]) -> PaperDraft[Any]:
        """The letter with the reason typed so far."""
        return self._desk.workspace.read(
            office_papers.refusal_preview,
            self._need().id,
            values["reason"],
            on=values["on"],
            signatory_id=values["signatory"],
        )

    def write(self, values: Mapping[str, Any]) -> IssuedPaper:
        """Answer the request and number the letter."""
        from casemgr.reports.office_papers import render_paper

        view = self._need()
        return self._desk.workspace.write(
            refuse_in_writing,
            view.id,
            view.version,
            on=values["on"],
            reason=values["reason"],
            signatory_id=values["signatory"],
            render=render_paper,
        )

    def told(self, paper: IssuedPaper) -> str:
        """The number of the letter."""
        return _("The request is refused in writing: {number}.").format(number=paper.number)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        super()._show_problems([Problem(_FIELDS.get(each.field, each.field), each.message) for each in problems])

    def _need(self) -> RequestView:
        if self._view is None:
            raise RuntimeError("no request is shown")
        return self._view

    def retranslate(self) -> None:
        """Say the words again."""
        super().retranslate()
        refused = self._view is not None and self._view.row.status is RequestStatus.REFUSED
        self.go.setText(_("Issue the letter") if refused else _("Refuse and issue the letter"))
        self.go.setAccessibleName(self.go.text())
        self.hint.setText(_("The letter gets its number and is never changed again; the request is answered."))

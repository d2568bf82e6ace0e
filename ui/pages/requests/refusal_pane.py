"""A refusal in writing: the reason is typed beside the real letter, then both are fixed in one step and printed."""

import datetime
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton

from casemgr.domain.offices import SignatoryData
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import RequestStatus
from casemgr.errors import ConflictError, ValidationError
from casemgr.i18n import N_, _, format_date
from casemgr.jobs import Progress
from casemgr.services import office_papers, offices
from casemgr.services.office_papers import IssuedPaper
from casemgr.services.request_refusals import refuse_in_writing
from casemgr.services.requests import RequestView
from ui.desk import Desk
from ui.editors import ChoiceEditor
from ui.forms import Field, Form
from ui.pages.requests.due_side import Warned
from ui.pages.requests.fields import REFUSAL_FIELDS
from ui.pages.requests.paper_pane import PaperPane
from ui.theme import sized
from ui.widgets.card import Card
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

_PAUSE_MS: Final = 150
_SIDE: Final = 340


class RefusalPane(PaperPane):
    """`begin_refusal` shows the letter of a request as a draft; `issue` answers the request and freezes the letter."""

    issued = Signal(UUID)

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        self._view: RequestView | None = None
        self._signers = ChoiceEditor(())
        self._is_issued = False
        self.go, self.hint = QPushButton(), QLabel()
        super().__init__(desk, printing, name="refusal")
        fields = (*REFUSAL_FIELDS, Field("signatory", N_("&Signed by"), lambda: self._signers))
        self.form = Form(fields, name="refusalForm", marks_changes=False)
        self.form.save_requested.connect(self.issue)
        self.go.setObjectName("refusalIssue")
        self.go.setProperty("class", "primary")
        self.go.setAutoDefault(True)
        self.go.clicked.connect(self.issue)
        self.warned = Warned("refusalWarning")
        self.problem = QLabel()
        self.problem.setObjectName("refusalProblem")
        self.problem.setProperty("class", "problem")
        self.hint.setProperty("class", "small")
        for label in (self.problem, self.hint):
            label.setWordWrap(True)
        self.problem.hide()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PAUSE_MS)
        self._delay.timeout.connect(self._draw)
        self.form.changed.connect(self._delay.start)
        self._side = Card(lambda: _("Answer in writing"), margin=12)
        for widget in (self.form, self.warned, self.problem):
            self._side.add(widget)
        self._side.body.addStretch(1)
        self._side.add(self.hint)
        self._side.add(self.go)
        sized(self._side, width=_SIDE)
        self.body.addWidget(self._side)
        self.retranslate()

    # ---- what the page uses

    def begin_refusal(self, view: RequestView, *, on: datetime.date | None = None) -> None:
        """The letter of a request; one refused already only needs its letter."""
        self._view, self._is_issued = view, False
        found = self._desk.workspace.read(offices.signatories, active_only=True)
        self._signers.set_choices([(each.id, partial(_signer_words, each.data)) for each in found])
        refused = view.row.status is RequestStatus.REFUSED
        today = self._desk.workspace.now.astimezone().date()
        first = found[0].id if found else None
        self.form.load({"on": on or today, "reason": view.refusal_reason, "signatory": first})
        self.form.editor("reason").widget.setEnabled(not refused)
        self.problem.hide()
        self._side.show()
        self.retranslate()
        self._draw()
        self.form.editor("on" if refused else "reason").widget.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def dirty(self) -> bool:
        """Whether a reason was typed and not issued."""
        return not self._is_issued and self.form.dirty

    def ask(self) -> None:
        """Only an issued letter is printed."""
        if self._is_issued:
            super().ask()

    def issue(self) -> None:
        """Answer the request and give the letter its number."""
        view = self._view
        if view is None or not self.go.isEnabled() or not self.form.check():
            return
        self._delay.stop()
        values, workspace = self.form.values(), self._desk.workspace
        self.go.setEnabled(False)

        def work(_progress: Progress) -> IssuedPaper:
            from casemgr.reports.office_papers import render_paper

            return workspace.write(
                refuse_in_writing,
                view.id,
                view.version,
                on=values["on"],
                reason=values["reason"],
                signatory_id=values["signatory"],
                render=render_paper,
            )

        job = self._desk.jobs.start(work, title=_("Issuing the letter"))
        job.succeeded.connect(lambda paper: self._on_issued(paper, view.id))
        job.catch(ValidationError, self._on_refused)
        job.catch(ConflictError, self._on_conflict)
        job.finished.connect(self._enable)

    # ---- inside

    def _draw(self) -> None:
        view = self._view
        if view is None or self._is_issued:
            return
        values = self.form.values()
        if values["on"] is None:
            return
        from casemgr.reports.letter_answers import render_refusal

        draft = self._desk.workspace.read(
            office_papers.refusal_preview,
            view.id,
            values["reason"],
            on=values["on"],
            signatory_id=values["signatory"],
        )
        number = view.row.number
        self._title = lambda: _("Refusal of request {number}").format(number=number)
        self._note = lambda: _("Draft: the letter as it will be printed")
        self._file = _file_name(number)
        self.warned.say(list(draft.warnings))
        self.show_content(render_refusal(draft.content))
        self._enable()

    def _enable(self) -> None:
        may = self._desk.may(Permission.ISSUE) and not self._is_issued
        self.go.setEnabled(may)
        self.print.setEnabled(self._is_issued)  # a draft is looked at, not handed out
        self.save.setEnabled(self._is_issued)

    def _on_issued(self, paper: IssuedPaper, request: UUID) -> None:
        self._is_issued = True
        self._side.hide()
        number = paper.number
        today = format_date(self._desk.workspace.now.astimezone().date())
        self._note = lambda: _("Issued as {number} on {date}").format(number=number, date=today)
        self.show_content(paper.pdf)
        self._enable()
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit(Notice(_("The request is refused in writing: {number}.").format(number=number), "ok"))
        self.issued.emit(request)

    def _on_refused(self, error: ValidationError) -> None:
        named = {"refusal_reason": "reason", "answered_on": "on", "issued_on": "on"}
        problems = [type(each)(named.get(each.field, each.field), each.message) for each in error.problems]
        others = self.form.mark(problems)
        self.problem.setText("\n".join(each.message for each in others))
        self.problem.setVisible(bool(others))

    def _on_conflict(self, error: ConflictError) -> None:
        self.said.emit(Notice(str(error), "near"))
        self.closed.emit()

    def retranslate(self) -> None:
        """Say the words again."""
        super().retranslate()
        view = self._view
        refused = view is not None and view.row.status is RequestStatus.REFUSED
        self.go.setText(_("Issue the letter") if refused else _("Refuse and issue the letter"))
        self.go.setAccessibleName(self.go.text())
        self.hint.setText(_("The letter gets its number and is never changed again; the request is answered."))


def _signer_words(data: SignatoryData) -> str:
    return f"{data.name} – {' '.join(data.title_lines)}"


def _file_name(number: str) -> str:
    return f"cong-van-tra-loi-don-{number.replace('/', '-')}"

"""A numbered paper of the office: the draft with its mark, then number and frozen PDF, then the printer."""

import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton

from casemgr.domain.offices import SignatoryData
from casemgr.domain.paper_kinds import PAPER_LABELS, PaperKind
from casemgr.domain.permissions import Permission
from casemgr.errors import ValidationError
from casemgr.i18n import N_, _, format_date
from casemgr.jobs import Progress
from casemgr.services import office_papers, offices
from casemgr.services.office_papers import IssuedPaper, PaperQuery, PaperRow
from ui.desk import Desk
from ui.editors import ChoiceEditor, DayEditor
from ui.forms import Field, Form
from ui.icons import icon
from ui.paper_pane import Drawing, PaperPane
from ui.theme import sized
from ui.widgets.card import Card
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing
from ui.widgets.told import Line, Told

_PAUSE_MS: Final = 150
_SIGNED: Final = (PaperKind.DECISION, PaperKind.AVERAGE_DECISION, PaperKind.POSTING, PaperKind.SUPERIOR_REPORT)
"""Papers a signatory of the office signs."""
_DATED_BY_RECORD: Final = (PaperKind.DECISION, PaperKind.AVERAGE_DECISION, PaperKind.MINUTES)
"""Papers that carry the day of what they record, whatever day they are printed."""


class OfficePaperPane(PaperPane):
    """`show_paper` begins with a kind and what it is about."""

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        self._kind = PaperKind.DECISION
        self._subject: UUID | None = None
        self._issued: PaperRow | None = None
        self._first: UUID | None = None
        self._signers = ChoiceEditor(())
        self.issue = QPushButton()
        super().__init__(desk, printing, name="officePaper")
        self.issue.setObjectName("officePaperIssue")
        self.issue.setProperty("class", "primary")
        self.issue.clicked.connect(self.freeze)
        self._signed = self._new_form(signed=True)
        self._plain = self._new_form(signed=False)
        self.form = self._plain
        self.told = Told("officePaperTold")
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PAUSE_MS)
        self._delay.timeout.connect(self._draw)
        self._side = Card(margin=12)
        for form in (self._signed, self._plain):
            form.changed.connect(self._delay.start)
            form.save_requested.connect(self.freeze)
            self._side.add(form)
        self._side.add(self.told)
        self._side.body.addStretch(1)
        self._side.add(self.issue)
        sized(self._side, width=300)
        self.body.addWidget(self._side)
        self.retranslate()

    def _new_form(self, *, signed: bool) -> Form:
        fields = [Field("on", N_("&Dated"), DayEditor, required=True)]
        if signed:
            fields.append(Field("signatory", N_("&Signed by"), lambda: self._signers))
        form = Form(fields, name="officePaperSigned" if signed else "officePaperPlain", marks_changes=False)
        form.saves_at_end = True
        return form

    # ---- what the page uses

    def show_paper(self, kind: PaperKind, subject: UUID, *, on: datetime.date | None = None) -> None:
        """The issued paper where there is one, else its draft."""
        self._kind, self._subject = kind, subject
        found = self._desk.workspace.read(office_papers.papers, PaperQuery(subject_id=subject, kind=kind))
        self._issued = found[0] if found else None
        day = on or self._desk.workspace.read(office_papers.day_on_record, kind, subject)
        self._load_signers()
        self.form = self._signed if kind in _SIGNED else self._plain
        for form in (self._signed, self._plain):
            form.setVisible(form is self.form)
        self.form.load({"on": day or self._desk.workspace.now.astimezone().date(), "signatory": self._first})
        self.form.editor("on").widget.setEnabled(day is None or kind not in _DATED_BY_RECORD)
        self._side.setVisible(self._issued is None)
        self._draw()

    def freeze(self) -> None:
        """Give the paper its number and freeze it."""
        subject = self._subject
        if subject is None or self._issued is not None or not self.issue.isEnabled() or not self.form.check():
            return
        values, kind, workspace = self.form.values(), self._kind, self._desk.workspace
        self.issue.setEnabled(False)

        def work(_progress: Progress) -> IssuedPaper:
            from casemgr.reports.office_papers import render_paper

            return workspace.write(
                office_papers.issue,
                kind,
                subject,
                on=values["on"],
                signatory_id=values.get("signatory"),
                render=render_paper,
            )

        job = self._desk.jobs.start(work, title=_("Issuing the paper"))
        job.succeeded.connect(lambda paper: self._on_issued(paper, kind, subject))
        job.catch(ValidationError, self._on_refused)
        job.finished.connect(lambda: self.issue.setEnabled(self._may_issue()))

    # ---- inside

    def _draw(self) -> None:
        subject, kind, workspace = self._subject, self._kind, self._desk.workspace
        if subject is None:
            return
        issued = self._issued
        if issued is not None:
            number, on = issued.number or _(PAPER_LABELS[kind]), format_date(issued.issued_on)
            self.told.show_lines(())
            self.begin(
                Drawing(
                    partial(self._name, kind),
                    lambda: _("{number} of {date}").format(number=number, date=on),
                    _file_name(kind),
                    lambda _progress: workspace.read(office_papers.pdf, issued.id),
                )
            )
            return
        if self.form.problems():
            return
        values = self.form.values()
        draft = workspace.read(
            office_papers.draft, kind, subject, on=values["on"], signatory_id=values.get("signatory")
        )
        lines = [Line(problem.message) for problem in draft.refusals]
        self.told.show_lines([*lines, *(Line(words, "near") for words in draft.warnings)])
        self.issue.setEnabled(not draft.refusals and self._may_issue())
        content: Any = draft.content

        def render(_progress: Progress) -> bytes:
            from casemgr.reports.office_papers import render_paper

            return render_paper(content)

        self.begin(Drawing(partial(self._name, kind), lambda: _("Draft"), _file_name(kind), render))

    def _name(self, kind: PaperKind) -> str:
        return _(PAPER_LABELS[kind])

    def _may_issue(self) -> bool:
        return self._issued is None and self._desk.may(Permission.ISSUE)

    def _load_signers(self) -> None:
        found = self._desk.workspace.read(offices.signatories, active_only=True)
        self._signers.set_choices([(view.id, partial(_signer_words, view.data)) for view in found])
        self._first = found[0].id if found else None

    def _on_issued(self, paper: IssuedPaper, kind: PaperKind, subject: UUID) -> None:
        words = _("The paper is issued: {number}.").format(number=paper.number or _(PAPER_LABELS[kind]))
        self.said.emit(Notice(words, "ok"))
        self.show_paper(kind, subject)

    def _on_refused(self, error: ValidationError) -> None:
        self.told.show_lines([Line(problem.message) for problem in self.form.mark(error.problems)])

    def _on_drawn(self, content: bytes, *, ask: bool) -> None:
        super()._on_drawn(content, ask=ask)
        expected = self.print if self._issued is not None or not self.issue.isEnabled() else self.issue
        expected.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words again."""
        super().retranslate()
        self.issue.setText(_("Issue the paper"))
        self.issue.setAccessibleName(_("Issue the paper"))
        self.issue.setToolTip(_("It gets its number and is never changed again."))
        draft = self._issued is None
        self.print.setProperty("class", "" if draft else "primary")
        self.print.setIcon(icon("printer", "soft" if draft else "on"))
        self.print.style().unpolish(self.print)
        self.print.style().polish(self.print)


def _signer_words(data: SignatoryData) -> str:
    return f"{data.name} – {' '.join(data.title_lines)}"


def _file_name(kind: PaperKind) -> str:
    return str(kind.value).replace("_", "-")

"""A numbered letter: what is typed stands in the real page at once, then it is numbered, frozen and printed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton

from casemgr.domain.offices import SignatoryData
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import N_, _, format_date
from casemgr.jobs import Progress
from casemgr.services import offices
from casemgr.services.office_papers import IssuedPaper
from casemgr.services.paper_words import PaperDraft
from ui.desk import Desk
from ui.editors import ChoiceEditor
from ui.forms import Field, Form
from ui.pages.requests.due_side import Warned
from ui.paper_pane import PaperPane
from ui.theme import sized
from ui.widgets.card import Card
from ui.widgets.message_bar import Notice
from ui.widgets.printing import Printing

_PAUSE_MS: Final = 150
_SIDE: Final = 340


class LetterPane(PaperPane):
    """What letters share; each says what it drafts, how it is issued, and its words."""

    issued = Signal()

    def __init__(
        self, desk: Desk, printing: Printing, fields: Sequence[Field], head: Callable[[], str], *, name: str
    ) -> None:
        self._signers = ChoiceEditor(())
        self._is_issued = False
        self.go, self.hint = QPushButton(), QLabel()
        super().__init__(desk, printing, name=name)
        signed = Field("signatory", N_("&Signed by"), lambda: self._signers)
        self.form = Form((*fields, signed), name=f"{name}Form", marks_changes=False)
        self.form.save_requested.connect(self.issue)
        self.go.setObjectName(f"{name}Issue")
        self.go.setProperty("class", "primary")
        self.go.setAutoDefault(True)
        self.go.clicked.connect(self.issue)
        self.warned, self.problem = Warned(f"{name}Warning"), QLabel()
        self.problem.setObjectName(f"{name}Problem")
        self.problem.setProperty("class", "problem")
        self.hint.setProperty("class", "small")
        for label in (self.problem, self.hint):
            label.setWordWrap(True)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PAUSE_MS)
        self._delay.timeout.connect(self._draw)
        self.form.changed.connect(self._delay.start)
        self._side = Card(head, margin=12)
        for widget in (self.form, self.warned, self.problem):
            self._side.add(widget)
        self._side.body.addStretch(1)
        self._side.add(self.hint)
        self._side.add(self.go)
        sized(self._side, width=_SIDE)
        self.body.addWidget(self._side)

    # ---- what each letter says

    def draft(self, values: Mapping[str, Any]) -> PaperDraft[Any]:
        """The letter as it would be issued with these values."""
        raise NotImplementedError

    def write(self, values: Mapping[str, Any]) -> IssuedPaper:
        """Issue it; called from a job."""
        raise NotImplementedError

    def told(self, paper: IssuedPaper) -> str:
        """What to tell when it is issued."""
        raise NotImplementedError

    # ---- what the pages use

    @property
    def dirty(self) -> bool:
        """Whether something was typed and not issued."""
        return not self._is_issued and self.form.dirty

    def ask(self) -> None:
        """Only an issued letter is printed."""
        if self._is_issued:
            super().ask()

    def issue(self) -> None:
        """Give the letter its number."""
        if not self.go.isEnabled() or not self.form.check():
            return
        self._delay.stop()
        values = self.form.values()
        self.go.setEnabled(False)

        def work(_progress: Progress) -> IssuedPaper:
            return self.write(values)

        job = self._desk.jobs.start(work, title=_("Issuing the letter"))
        job.succeeded.connect(self._on_issued)
        job.catch(ValidationError, lambda error: self._show_problems(error.problems))
        job.catch(ConflictError, self._on_conflict)
        job.finished.connect(self._enable)

    # ---- inside

    def _begin(self, values: Mapping[str, Any]) -> None:
        found = self._desk.workspace.read(offices.signatories, active_only=True)
        self._signers.set_choices([(each.id, partial(_signer_words, each.data)) for each in found])
        self._is_issued = False
        self.form.load({**values, "signatory": found[0].id if found else None})
        self.problem.hide()
        self._side.show()
        self._note = lambda: _("Draft: the letter as it will be printed")
        self.retranslate()
        self._draw()

    def _draw(self) -> None:
        values = self.form.values()
        if self._is_issued or values["on"] is None:
            return
        from casemgr.reports.office_papers import render_paper

        draft = self.draft(values)
        self.warned.say(list(draft.warnings))
        self.show_content(render_paper(draft.content))
        self._enable()

    def _enable(self) -> None:
        self.go.setEnabled(self._desk.may(Permission.ISSUE) and not self._is_issued)
        self.print.setEnabled(self._is_issued)  # a draft is looked at, not handed out
        self.save.setEnabled(self._is_issued)

    def _on_issued(self, paper: IssuedPaper) -> None:
        self._is_issued = True
        self._side.hide()
        number, on = paper.number, format_date(self.form.value("on"))
        self._note = lambda: _("Issued as {number} on {date}").format(number=number, date=on)
        self.show_content(paper.pdf)
        self._enable()
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit(Notice(self.told(paper), "ok"))
        self.issued.emit()

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        others = self.form.mark(problems)
        self.problem.setText("\n".join(each.message for each in others))
        self.problem.setVisible(bool(others))

    def _on_conflict(self, error: ConflictError) -> None:
        self.said.emit(Notice(str(error), "near"))
        self.closed.emit()


def _signer_words(data: SignatoryData) -> str:
    return f"{data.name} – {' '.join(data.title_lines)}"

"""A form with its bar: saving as a job, problems beside the fields, leaving asks only when something changed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from casemgr.errors import ConflictError, ValidationError
from casemgr.i18n import _
from ui.forms import EditBar, Field, Form
from ui.jobs import Job
from ui.questions import Answer, ask
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.card import Card

Submit = Callable[[Form], Job]


def ask_about_changes(parent: QWidget) -> str:
    """What to do with changes when leaving: "save", "discard" or "" to stay."""
    return ask(
        parent,
        _("Changes not saved yet"),
        _("Save what you changed before you leave?"),
        (
            Answer("", _("Go on editing")),
            Answer("discard", _("Discard changes")),
            Answer("save", _("Save"), "primary"),
        ),
    )


class FormPane(Speaks):
    """Edits one thing; `submit(form)` starts the job that writes it."""

    saved = Signal(object)
    """The result of the use case; the pane is clean again."""
    closed = Signal()
    """Nothing to do here any more."""
    conflicted = Signal(object)
    """The record was changed meanwhile (ConflictError); what was typed is still here."""
    _ended = Signal()

    def __init__(
        self, title: Callable[[], str], fields: Sequence[Field], submit: Submit, *, name: str, columns: int = 2
    ) -> None:
        super().__init__()
        self.setObjectName(f"{name}Pane")
        self._submit = submit
        self._saving = False
        self.form = Form(fields, name=name, columns=columns)
        self.form.saves_at_end = True
        self.bar = EditBar()
        area = QScrollArea()
        area.setObjectName(f"{name}Area")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self.form)
        self.card = Card(title, margin=12)
        self.card.add(area, 1)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self.card, 1)
        layout.addWidget(self.bar)
        self.form.changed.connect(self._on_changed)
        self.form.save_requested.connect(self.save)
        self.bar.save_requested.connect(self.save)
        self.bar.discard_requested.connect(self.discard)
        self.bar.jump_requested.connect(lambda field: self.form.editor(field).widget.setFocus())

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self.form.dirty

    def begin(self, values: object) -> None:
        """Show values and start typing."""
        self.form.load(values)
        self._set_saving(saving=False)
        self.bar.show_state(dirty=False)
        self.form.focus_first()

    def save(self) -> bool:
        """Save unless something cannot be read; whether saving began."""
        if self._saving:
            return False
        if not self.form.check():
            self.bar.show_state(problems=self.form.named(self.form.problems()))
            return False
        self._set_saving(saving=True)
        job = self._submit(self.form)
        job.succeeded.connect(self._on_saved)
        job.catch(ValidationError, self._on_invalid)
        job.catch(ConflictError, self.conflicted.emit)
        job.finished.connect(self._on_finished)
        return True

    def discard(self) -> None:
        """Forget what was typed and close."""
        self.closed.emit()

    def may_leave(self) -> bool:
        """Whether one may go: asks when something changed; saving is waited for."""
        if not self.dirty:
            return True
        answer = ask_about_changes(self)
        if answer == "discard":
            self.closed.emit()
            return True
        return answer == "save" and self._save_and_wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, asking only when something changed."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.dirty:
                self.closed.emit()
            else:
                self.may_leave()
            return
        super().keyPressEvent(event)

    def _save_and_wait(self) -> bool:
        loop = QEventLoop()
        self._ended.connect(loop.quit)
        if self.save():
            loop.exec()
        self._ended.disconnect(loop.quit)
        return not self.dirty

    def _on_changed(self) -> None:
        self.bar.show_state(dirty=self.form.dirty, saving=self._saving)

    def _on_saved(self, result: object) -> None:
        self.form.load(self.form.values())
        self.saved.emit(result)

    def _on_invalid(self, error: ValidationError) -> None:
        self._set_saving(saving=False)
        self.form.mark(error.problems)
        self.bar.show_state(problems=self.form.named(error.problems))

    def _on_finished(self) -> None:
        self._set_saving(saving=False)
        self._ended.emit()

    def _set_saving(self, *, saving: bool) -> None:
        self._saving = saving
        self.form.set_enabled(enabled=not saving)
        if saving:
            self.bar.show_state(saving=True)
        else:
            self.bar.release()

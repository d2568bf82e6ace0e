"""The letterhead: what stands at the head of every paper, with a picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError
from casemgr.i18n import _
from casemgr.services import offices
from ui.form_pane import FormPane
from ui.office.letterhead import FIELDS, HeadPicture
from ui.pages.settings.pane import Pane
from ui.theme import spaced, theme
from ui.translation import Says
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job


class LetterheadTopic(Pane):
    """The form of the wizard, for an office that exists."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("settingsLetterhead")
        self.office, about = QLabel(), QLabel()
        self.office.setProperty("class", "strong")
        about.setProperty("class", "soft")
        for label in (self.office, about):
            label.setWordWrap(True)
        Says(
            about,
            about.setText,
            lambda: _("Holds for papers issued from now on; papers already issued keep what they were printed with."),
        )
        self.form = FormPane(lambda: _("Head of papers"), FIELDS, self._submit, name="letterhead")
        self.picture = HeadPicture(self.form.form)
        body = self.form.card.body
        body.insertWidget(0, self.office)
        body.insertWidget(1, about)
        body.setStretch(2, 0)  # the picture stands right below the fields
        body.addWidget(self.picture)
        body.addStretch(1)
        self.form.saved.connect(lambda _nothing: self.said.emit(Notice(_("The letterhead is saved."), "ok")))
        self.form.closed.connect(self._load)
        self.form.conflicted.connect(self._on_conflict)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.form)
        self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture leaves room for the fields."""
        super().resizeEvent(event)
        self.picture.setMaximumWidth(theme().px(430))

    def refresh(self) -> None:
        """Read again unless something was typed."""
        if not self.form.dirty:
            self._load()

    def may_leave(self) -> bool:
        """Ask about what was typed."""
        return self.form.may_leave()

    def _submit(self, form: Form) -> Job:
        return self.desk.write(
            offices.correct_letterhead,
            agency_lines=form.value("agency_lines"),
            place_name=form.value("place_name"),
            certificate_symbol=form.value("certificate_symbol"),
        )

    def _load(self) -> None:
        office = self.desk.workspace.read(offices.office)
        self.office.setText(f"{office.commune_name}, {office.province_name} ({office.commune})")
        may = self.desk.may(Permission.SETTINGS)
        self.form.form.load(office)
        self.form.form.set_enabled(enabled=may)
        self.form.bar.show_state(dirty=False)
        self.form.bar.setVisible(may)
        self.picture.draw()

    def _on_conflict(self, error: ConflictError) -> None:
        self.said.emit(Notice(str(error), "near"))

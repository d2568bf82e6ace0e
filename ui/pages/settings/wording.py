"""The wording of the certificate: its versions, an editor that shows what is uncertain, the paper while one types."""

from __future__ import annotations

import datetime
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout

from casemgr.domain.certificates import CertificateWording
from casemgr.domain.permissions import Permission
from casemgr.domain.templates import CERTIFICATE, PaperTemplate
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.services import templates
from casemgr.services.specimen import specimen
from ui.form_pane import FormPane
from ui.pages.settings.pane import Pane
from ui.pages.settings.wording_fields import (
    SHAPE_FIELDS,
    TEXT_FIELDS,
    VERSION_FIELDS,
    NotedLine,
    NotedLines,
    NotedNumber,
    NotedText,
    note_text,
)
from ui.theme import spaced, theme
from ui.translation import Says
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.message_bar import Notice
from ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job

_DELAY_MS: Final = 250
_FIELD_OF: Final = {"title": "version_title"}


class WordingTopic(Pane):
    """Choose a version, change its texts, see the paper, keep it as the office's own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("settingsWording")
        self._versions: dict[str, PaperTemplate] = {}
        self._base: PaperTemplate | None = None
        self.versions: ChoiceBox[str] = ChoiceBox()
        self.versions.setObjectName("wordingVersions")
        self.versions.setMinimumContentsLength(24)
        self.versions.chosen.connect(self._on_version)
        self.shipped = QPushButton()
        self.shipped.setObjectName("wordingShipped")
        self.shipped.clicked.connect(self._on_shipped)
        self.told = QLabel()
        self.told.setObjectName("wordingTold")
        self.told.setProperty("class", "problem")
        self.told.setWordWrap(True)
        label = QLabel()
        Says(label, label.setText, lambda: _("&Version"))
        label.setBuddy(self.versions)
        self.form = FormPane(
            lambda: _("Texts of the certificate"),
            (*VERSION_FIELDS, *TEXT_FIELDS, *SHAPE_FIELDS),
            self._submit,
            name="wording",
            columns=1,
        )
        self.form.saved.connect(self._on_saved)
        self.form.closed.connect(self._reload)
        self.view = PdfView()
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(label)
        top.addWidget(self.versions, 1)
        top.addWidget(self.shipped)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.form)
        splitter.addWidget(self.view)
        splitter.setSizes([1000, 1000])
        self.form.setMinimumWidth(theme().px(300))
        self.view.setMinimumWidth(theme().px(220))
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addWidget(self.told)
        layout.addWidget(splitter, 1)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self.draw)
        self.form.form.changed.connect(self._delay.start)
        self.retranslate()
        self._read()
        current = desk.workspace.read(templates.current, CERTIFICATE, self._today())
        self._show(current)

    # ---- what the page asks

    def refresh(self) -> None:
        """Read the versions again; what is typed stays."""
        self._read()
        if not self.form.dirty and self._base is not None:
            self._show(self._versions.get(self._base.id, self._base))

    def may_leave(self) -> bool:
        """Ask about what was typed."""
        return self.form.may_leave()

    def retranslate(self) -> None:
        """Say the words again."""
        self.versions.setAccessibleName(_("Version of the wording"))
        self.shipped.setText(_("Back to the shipped wording"))
        self.shipped.setAccessibleName(self.shipped.text())
        self.shipped.setToolTip(_("Loads the text that came with the program; saving keeps it as a new version"))
        self._say_told()

    def draw(self) -> None:
        """Show the paper with what is typed, as a draft."""
        from casemgr.reports.certificate import render_certificate

        template = self._typed()
        if template is not None:
            content = self.desk.workspace.read(specimen, template, self._day())
            self.view.show_pdf(render_certificate(content))

    # ---- versions

    @staticmethod
    def _today() -> datetime.date:
        return datetime.date.today()  # noqa: DTZ011 - the person's own day

    def _day(self) -> datetime.date:
        day = self.form.form.value("version_from")
        return day if isinstance(day, datetime.date) else self._today()

    def _read(self) -> None:
        found = self.desk.workspace.read(templates.versions, CERTIFICATE)
        self._versions = {version.id: version for version in found}
        self.versions.set_choices([(version.id, partial(_line, version)) for version in reversed(found)])
        self.versions.set_value(self._base.id if self._base else None)

    def _show(self, template: PaperTemplate) -> None:
        self._base = template
        self.versions.set_value(template.id)
        marks = {mark.field: mark for mark in template.marks}
        form = self.form.form
        for field in (*TEXT_FIELDS, *SHAPE_FIELDS):
            editor = form.editor(field.name)
            if isinstance(editor, NotedLine | NotedLines | NotedText | NotedNumber):
                editor.note = note_text(marks.get(field.name))
        form.load(
            {
                **{field.name: getattr(template.wording, field.name) for field in fields(CertificateWording)},
                "slots": template.slots,
                "member_rows": template.member_rows,
                "version_title": template.title,
                "version_from": template.valid_from if template.own else self._today(),
            }
        )
        form.mark([])
        form.set_enabled(enabled=self.desk.may(Permission.SETTINGS))
        self.shipped.setEnabled(self.desk.may(Permission.SETTINGS))
        self.form.bar.show_state(dirty=False)
        self.form.bar.setVisible(self.desk.may(Permission.SETTINGS))
        self._say_told()
        self.draw()

    def _on_version(self) -> None:
        wanted = self.versions.value()
        if wanted is None or (self._base is not None and wanted == self._base.id):
            return
        if self.form.may_leave():
            self._show(self._versions[wanted])
        elif self._base is not None:
            self.versions.set_value(self._base.id)

    def _on_shipped(self) -> None:
        """The shipped text for papers of today, to be looked at and kept as a new version."""
        if not self.form.may_leave():
            return
        shipped = [version for version in self._versions.values() if not version.own]
        fitting = [version for version in shipped if version.in_force(self._today())]
        self._show((fitting or shipped)[-1])

    def _reload(self) -> None:
        if self._base is not None:
            self._show(self._base)

    # ---- saving

    def _typed(self) -> PaperTemplate | None:
        form = self.form.form
        if self._base is None or any(problem.field in ("slots", "member_rows") for problem in form.problems()):
            return None
        values = form.values()
        wording = CertificateWording(**{field.name: values[field.name] for field in fields(CertificateWording)})
        return replace(self._base, wording=wording, slots=int(values["slots"]), member_rows=int(values["member_rows"]))

    def _submit(self, form: Form) -> Job:
        template, title, day = self._typed(), str(form.value("version_title")), self._day()
        workspace = self.desk.workspace

        def work(progress: Progress) -> str:
            if template is None:  # the form let nothing unreadable pass
                raise LookupError
            try:
                return workspace.write(templates.save_version, CERTIFICATE, template, title=title, valid_from=day)
            except ValidationError as error:
                raise ValidationError([_at_its_field(problem) for problem in error.problems]) from error

        return self.desk.jobs.start(work)

    def _on_saved(self, version: str) -> None:
        self._read()
        self._show(self._versions[version])
        self.said.emit(Notice(_("The version is saved. Papers already issued keep their wording."), "ok"))

    def _say_told(self) -> None:
        told = templates.notice(self._base, self._today()) if self._base is not None else None
        self.told.setText(told or "")
        self.told.setVisible(bool(told))


def _line(version: PaperTemplate) -> str:
    origin = _("own") if version.own else _("shipped")
    return _("{title} · from {date} · {origin}").format(
        title=version.title, date=format_date(version.valid_from), origin=origin
    )


def _at_its_field(problem: Problem) -> Problem:
    """The use case names fields of the template, the form has the version's own beside those of the wording."""
    name = _FIELD_OF.get(problem.field, problem.field.removeprefix("wording."))
    return Problem(name, problem.message)

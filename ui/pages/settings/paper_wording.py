"""The wording of the papers of the review: choose a paper and a version, change its texts, see it while typing."""

from __future__ import annotations

import datetime
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout

from casemgr.domain.paper_templates import PAPERS, LetterTemplate, shape_problems
from casemgr.domain.permissions import Permission
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.services import templates
from casemgr.services.paper_specimens import specimen
from ui.form_pane import FormPane
from ui.pages.settings.pane import Pane
from ui.pages.settings.paper_wording_fields import fields_of
from ui.pages.settings.wording_fields import NotedLine, NotedLines, NotedText, note_text
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
_VERSION: Final = {"title": "version_title"}


class PaperWordingTopic(Pane):
    """One form at a time: that of the paper chosen at the top."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("settingsPaperWording")
        self._key = next(iter(PAPERS))
        self._versions: dict[str, LetterTemplate[Any]] = {}
        self._base: LetterTemplate[Any] | None = None
        self.papers: ChoiceBox[str] = ChoiceBox()
        self.papers.setObjectName("paperWordingPapers")
        self.papers.set_choices([(key, partial(_, paper.label)) for key, paper in PAPERS.items()])
        self.papers.chosen.connect(self._on_paper)
        self.versions: ChoiceBox[str] = ChoiceBox()
        self.versions.setObjectName("paperWordingVersions")
        self.versions.chosen.connect(self._on_version)
        for box in (self.papers, self.versions):
            box.setMinimumContentsLength(16)
        self.shipped = QPushButton()
        self.shipped.setObjectName("paperWordingShipped")
        self.shipped.clicked.connect(self._on_shipped)
        self.told = QLabel()
        self.told.setObjectName("paperWordingTold")
        self.told.setProperty("class", "problem")
        self.told.setWordWrap(True)
        self.form: FormPane | None = None
        self.view = PdfView()
        self.view.setMinimumWidth(theme().px(220))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.view)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(self._top())
        layout.addWidget(self.told)
        layout.addWidget(self._splitter, 1)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self.draw)
        self.retranslate()
        self._open(self._key)

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        spaced(top, spacing=8)
        for words, box in ((lambda: _("&Paper"), self.papers), (lambda: _("&Version"), self.versions)):
            label = QLabel()
            Says(label, label.setText, words)
            label.setBuddy(box)
            top.addWidget(label)
            top.addWidget(box, 1)
        top.addWidget(self.shipped)
        return top

    # ---- what the page asks

    def refresh(self) -> None:
        """Read the versions again; what is typed stays."""
        self._read()
        if self.form is not None and not self.form.dirty and self._base is not None:
            self._show(self._versions.get(self._base.id, self._base))

    def may_leave(self) -> bool:
        """Ask about what was typed."""
        return self.form is None or self.form.may_leave()

    def retranslate(self) -> None:
        """Say the words again."""
        self.papers.setAccessibleName(_("Paper whose wording is shown"))
        self.versions.setAccessibleName(_("Version of the wording"))
        self.shipped.setText(_("Back to the shipped wording"))
        self.shipped.setAccessibleName(self.shipped.text())
        self.shipped.setToolTip(_("Loads the text that came with the program; saving keeps it as a new version"))
        self._say_told()

    def draw(self) -> None:
        """Show the paper with what is typed, while every list has the lines its form needs."""
        from casemgr.reports.specimens import render_specimen
        from casemgr.reports.tables import OwnersMark

        template = self._typed()
        if template is None or shape_problems(self._key, template.wording):
            return
        content = self.desk.workspace.read(specimen, self._key, template, self._day())
        now = datetime.datetime.now(tz=datetime.UTC)
        self.view.show_pdf(render_specimen(self._key, content, OwnersMark("…", now, _("Look at the wording"))))

    # ---- papers and versions

    @staticmethod
    def _today() -> datetime.date:
        return datetime.date.today()  # noqa: DTZ011 - the person's own day

    def _day(self) -> datetime.date:
        day = self.form.form.value("version_from") if self.form else None
        return day if isinstance(day, datetime.date) else self._today()

    def _open(self, key: str) -> None:
        """Show a paper: its own form takes the place of the one before."""
        self._key, self._base = key, None
        self.papers.set_value(key)
        self._read()
        current = self.desk.workspace.read(templates.letter, key, self._today())
        form = FormPane(
            lambda: _("Texts of the paper"), fields_of(key, current), self._submit, name="paperWording", columns=1
        )
        form.saved.connect(self._on_saved)
        form.closed.connect(self._reload)
        form.form.changed.connect(self._delay.start)
        form.setMinimumWidth(theme().px(300))
        if self.form is not None:
            self._splitter.replaceWidget(0, form)
            self.form.deleteLater()
        else:
            self._splitter.insertWidget(0, form)
        self._splitter.setSizes([1000, 1000])
        self.form = form
        self._show(current)

    def _read(self) -> None:
        found = self.desk.workspace.read(templates.letter_versions, self._key)
        self._versions = {version.id: version for version in found}
        self.versions.set_choices([(version.id, partial(_line, version)) for version in reversed(found)])
        self.versions.set_value(self._base.id if self._base else None)

    def _show(self, template: LetterTemplate[Any]) -> None:
        if self.form is None:
            return
        self._base = template
        self.versions.set_value(template.id)
        marks = {mark.field: mark for mark in template.marks}
        form = self.form.form
        names = [field.name for field in fields(template.wording)]
        for name in names:
            editor = form.editor(name)
            if isinstance(editor, NotedLine | NotedLines | NotedText):
                editor.note = note_text(marks.get(name))
        form.load(
            {
                **{name: getattr(template.wording, name) for name in names},
                "version_title": template.title,
                "version_from": template.valid_from if template.own else self._today(),
            }
        )
        may = self.desk.may(Permission.SETTINGS)
        form.mark([])
        form.set_enabled(enabled=may)
        self.shipped.setEnabled(may)
        self.form.bar.show_state(dirty=False)
        self.form.bar.setVisible(may)
        self._say_told()
        self.draw()

    def _on_paper(self) -> None:
        wanted = self.papers.value()
        if wanted is None or wanted == self._key:
            return
        if self.may_leave():
            self._open(wanted)
        else:
            self.papers.set_value(self._key)

    def _on_version(self) -> None:
        wanted = self.versions.value()
        if wanted is None or (self._base is not None and wanted == self._base.id):
            return
        if self.may_leave():
            self._show(self._versions[wanted])
        elif self._base is not None:
            self.versions.set_value(self._base.id)

    def _on_shipped(self) -> None:
        """The shipped text for papers of today, to be looked at and kept as a new version."""
        if not self.may_leave():
            return
        shipped = [version for version in self._versions.values() if not version.own]
        fitting = [version for version in shipped if version.in_force(self._today())]
        self._show((fitting or shipped)[-1])

    def _reload(self) -> None:
        if self._base is not None:
            self._show(self._base)

    # ---- saving

    def _typed(self) -> LetterTemplate[Any] | None:
        if self._base is None or self.form is None:
            return None
        values = self.form.form.values()
        changes = {field.name: values[field.name] for field in fields(self._base.wording)}
        return replace(self._base, wording=replace(self._base.wording, **changes))

    def _submit(self, form: Form) -> Job:
        key, template, day = self._key, self._typed(), self._day()
        title, workspace = str(form.value("version_title")), self.desk.workspace

        def work(progress: Progress) -> str:
            if template is None:  # the form is filled as long as it is shown
                raise LookupError
            try:
                return workspace.write(templates.save_letter, key, template, title=title, valid_from=day)
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


def _line(version: LetterTemplate[Any]) -> str:
    origin = _("own") if version.own else _("shipped")
    return _("{title} · from {date} · {origin}").format(
        title=version.title, date=format_date(version.valid_from), origin=origin
    )


def _at_its_field(problem: Problem) -> Problem:
    """The use case names fields of the template, the form has the version's own beside those of the wording."""
    name = _VERSION.get(problem.field, problem.field.removeprefix("wording."))
    return Problem(name, problem.message)

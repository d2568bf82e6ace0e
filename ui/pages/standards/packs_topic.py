"""The standards: a list by date, one in full, and newer ones from signed files."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.offices import in_sentence
from casemgr.domain.packs import LOCAL, Pack
from casemgr.domain.permissions import Permission
from casemgr.errors import AppError
from casemgr.exchange.packfile import read_packfile
from casemgr.i18n import _
from casemgr.jobs import Progress
from casemgr.services import offices, packs
from casemgr.services.packs import PackImport, PackView
from ui.desk import Desk
from ui.icons import icon
from ui.jobs import Job
from ui.models.rows import RowsModel
from ui.pages.standards.columns import pack_columns
from ui.pages.standards.import_pane import ImportPane
from ui.pages.standards.pack_detail import PackDetail, why_not_official
from ui.pages.standards.parts import unsure
from ui.pages.standards.told import RefusedPane
from ui.pages.standards.topic import Topic
from ui.places import Place
from ui.questions import Answer, ask
from ui.theme import spaced, theme
from ui.widgets.file_choice import ask_file
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice
from ui.widgets.sentences import sentence

PACK_FILES: Final = (".casepack",)
"""Endings of signed policy packs."""


class PacksTopic(Topic):
    """`choose` asks for a file, `take` reads one; the pack in it is shown before anything is written."""

    kinds = PACK_FILES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("standardsPacks")
        self._views: Sequence[PackView] = ()
        self._unsure: dict[str, int] = {}
        self._path = Path()
        self._job: Job | None = None
        self.local = sentence("packLocal", "soft")
        self.add = QPushButton()
        self.add.setObjectName("packAdd")
        self.add.setIcon(icon("file-arrow-down"))
        self.add.clicked.connect(self.choose)
        self.model: RowsModel[int, PackView] = RowsModel(
            pack_columns(self._today, lambda view: self._unsure[view.pack.id]),
            lambda ids: [self._views[each] for each in ids],
        )
        self.table = ListTable(self.model, name="packTable")
        self.table.current_changed.connect(lambda _row: self._show_current())
        self.detail = PackDetail()
        self.trial = QPushButton()
        self.trial.setObjectName("packTry")
        self.trial.setIcon(icon("scales"))
        self.trial.clicked.connect(self._on_trial)
        self.table.opened.connect(lambda _row: self.detail.text.setFocus(Qt.FocusReason.OtherFocusReason))
        self.incoming, self.refused = ImportPane(), RefusedPane("pack")
        self.incoming.accepted.connect(self.accept)
        self.refused.again_requested.connect(lambda: self.take(self._path))
        for pane in (self.incoming, self.refused):
            pane.closed.connect(self.show_list)
            pane.another_requested.connect(self.choose)
        self._lay_out()
        self.retranslate()
        self.refresh()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        spaced(column, spacing=8)
        column.addWidget(self.table, 1)
        column.addWidget(self.local)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.add)
        row.addWidget(self.trial)
        row.addStretch()
        column.addLayout(row)
        halves = self.halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setObjectName("packHalves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(left)
        halves.addWidget(self.detail)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        left.setMinimumWidth(theme().px(230))
        self.detail.setMinimumWidth(theme().px(320))
        halves.setSizes([480, 650])
        self.stack = QStackedWidget()
        for pane in (halves, self.incoming, self.refused):
            self.stack.addWidget(pane)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)

    # ---- the list

    def refresh(self) -> None:
        """Read the standards again; a file that is being looked at stays."""
        here = self.detail.view
        self._views = self.desk.workspace.read(packs.packs)
        self._unsure = {view.pack.id: unsure(view.pack) for view in self._views}
        self.model.set_ids(range(len(self._views)))
        self.add.setEnabled(self.desk.may(Permission.SETTINGS))
        self.go_to(here.pack.id if here is not None else self._usual())
        self._say_local()

    def go_to(self, pack_id: str) -> None:
        """Show a standard."""
        rows = [row for row, view in enumerate(self._views) if view.pack.id == pack_id]
        self.table.go(rows[0] if rows else 0)
        self._show_current()

    def show_list(self) -> None:
        """Back to the standards."""
        self.stack.setCurrentWidget(self.halves)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _today(self) -> date:
        return self.desk.workspace.now.astimezone().date()

    def _usual(self) -> str:
        today = self._today()
        return next((view.pack.id for view in self._views if view.pack.covers(today)), "")

    def _province(self) -> str:
        return self.desk.workspace.read(offices.office).province_name

    def _show_current(self) -> None:
        row = self.table.current()
        if 0 <= row < len(self._views):
            self.detail.show_pack(self._views[row], today=self._today(), province=self._province())

    def _on_trial(self) -> None:
        if self.detail.view is not None:
            self.place_requested.emit(Place("rehearsal", text=self.detail.view.pack.id))

    # ---- a newer one

    def choose(self) -> None:
        """Ask for a file."""
        if self.may_change():
            patterns = " ".join(f"*{kind}" for kind in PACK_FILES)
            ask_file(self, _("Choose a policy pack"), _("Policy packs") + f" ({patterns})", self.take)

    def take(self, path: Path) -> None:
        """Read a signed file and show what it would change."""
        if self._job is not None or not self.may_change():
            return
        self._path = path
        workspace = self.desk.workspace

        def work(_progress: Progress) -> PackImport:
            return workspace.read(packs.preview_import, read_packfile(path))

        job = self._job = self.desk.jobs.start(work, title=_("Reading {file}").format(file=path.name))
        job.succeeded.connect(self._on_read)
        job.catch(AppError, self._on_refused)
        job.finished.connect(self._on_finished)

    def accept(self) -> None:
        """Use the standard on show from now on; asked once."""
        found = self.incoming.found
        if found is None or self._job is not None or not self.may_change():
            return
        answer = ask(
            self,
            _("Use {title} from now on?").format(title=found.signed.pack.title),
            self._consequence(found),
            (Answer("", _("Look again")), Answer("use", _("Use this standard"), "primary")),
        )
        if answer != "use":
            return
        self.incoming.set_busy(busy=True)
        job = self._job = self.desk.write(packs.accept_import, found.signed)
        job.succeeded.connect(self._on_accepted)
        job.catch(AppError, self._on_refused)
        job.finished.connect(self._on_finished)

    def _consequence(self, found: PackImport) -> str:
        pack = found.signed.pack
        said = [_("This cannot be taken back: only a newer signed file replaces it.")]
        if found.replaces is not None:
            said.append(_("Decisions made by the older revision keep it."))
        why = why_not_official(pack)
        if why:
            said.append(why)
        return "\n".join(said)

    def _on_read(self, found: PackImport) -> None:
        self.stack.setCurrentWidget(self.incoming)
        self.incoming.show_import(self._path.name, found, today=self._today(), province=self._province())

    def _on_refused(self, error: AppError) -> None:
        self.stack.setCurrentWidget(self.refused)
        self.refused.show_error(self._path.name, error)

    def _on_accepted(self, done: PackImport) -> None:
        pack = done.signed.pack
        self.refresh()
        self.go_to(pack.id)
        self.show_list()
        message = _("{id} revision {revision} is in use now.").format(id=pack.id, revision=pack.revision)
        self.said.emit(Notice(message, "ok"))

    def _on_finished(self) -> None:
        self._job = None
        self.incoming.set_busy(busy=False)

    # ---- words

    def _say_local(self) -> None:
        own: list[Pack] = [view.pack for view in self._views if view.pack.scope == LOCAL]
        words = (
            ""
            if own
            else _("No standard of {province} itself is in the program.").format(province=in_sentence(self._province()))
        )
        self.local.setText(words)
        self.local.setVisible(bool(words))

    def retranslate(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(_("Standards"))
        for button, words in ((self.add, _("Import a policy pack…")), (self.trial, _("Try this standard"))):
            button.setText(words)
            button.setAccessibleName(words)
        self.add.setToolTip(_("A signed file (.casepack), or drop it here"))
        self._say_local()

"""The page of backups: age of the last verified one, all that were found, and what can be done with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr import paths
from casemgr.domain.permissions import Permission
from casemgr.errors import AppError, WrongKeyError
from casemgr.i18n import _, format_moment, ngettext
from casemgr.services import backup, backup_log, restore
from ui.actions import handles
from ui.handover import Handover
from ui.models.rows import RowsModel
from ui.office.restore_pane import BACKUP_SUFFIX
from ui.office.second_place import SecondPlace
from ui.page import Page
from ui.pages.backup.columns import columns
from ui.pages.backup.last_card import LastCard
from ui.pages.backup.restore_view import RestoreView
from ui.places import Place
from ui.theme import spaced, theme
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_choice import ask_file
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casemgr.jobs import Progress, Work
    from casemgr.services.backup import BackupInfo
    from ui.desk import Desk
    from ui.jobs import Job

NAME = "backup"
_PATIENCE_MS = 300


class BackupPage(Page):
    """`Place` with the wish "now" makes a backup at once."""

    tables = frozenset({"office"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("backupPage")
        self._job: Job | None = None
        self._found: dict[Path, BackupInfo] = {}
        self._extra: list[Path] = []
        self._wanted: Path | None = None
        self._build()
        self._wire()
        self.retranslate()
        self.refresh()

    # ---- building

    def _build(self) -> None:
        self.last = LastCard()
        self.second = SecondPlace(self.desk)
        second = Card(lambda: _("Second place"))
        second.add(self.second)
        self.model: RowsModel[Path, BackupInfo] = RowsModel(columns(), self._rows)
        self.table = ListTable(self.model, name="backupTable")
        self.problem = QLabel()
        self.problem.setObjectName("backupProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.empty = EmptyState(
            "shield-check",
            lambda: _("No backup yet"),
            lambda: _("A verified backup is made each time the program is closed, and whenever you ask for one."),
        )
        self.loading = EmptyState(
            "hourglass", lambda: _("Looking for backups"), lambda: _("On this computer and in the second place.")
        )
        self.lists = QStackedWidget()
        for pane in (self.table, self.empty, self.loading):
            self.lists.addWidget(pane)
        top = QWidget()
        column = QVBoxLayout(top)
        spaced(column, margins=(16, 14, 16, 14), spacing=10)
        column.addWidget(self.last)
        column.addWidget(second)
        column.addWidget(self.problem)
        column.addWidget(self.lists, 1)
        self.lists.setMinimumHeight(theme().px(150))
        area = QScrollArea()
        area.setObjectName("backupArea")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(top)
        self.view = RestoreView(self.desk)
        bottom = QWidget()
        column = QVBoxLayout(bottom)
        spaced(column, margins=(16, 14, 16, 14), spacing=10)
        column.addWidget(self.view)
        self.stack = QStackedWidget()
        self.stack.setObjectName("backupStack")
        self.stack.addWidget(area)
        self.stack.addWidget(bottom)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.lists.setCurrentWidget(self.loading))

    def _wire(self) -> None:
        last = self.last
        last.now.clicked.connect(self._on_now)
        last.verify.clicked.connect(self._on_verify)
        last.restore.clicked.connect(self._on_restore)
        last.other.clicked.connect(self._on_other)
        last.stop.clicked.connect(self._on_stop)
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self._on_restore())
        self.second.changed.connect(self.refresh)
        self.view.kept.connect(self._show_list)
        self.view.restore_requested.connect(self._on_restore_requested)
        self._say_work("")

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Backups")

    def place(self) -> Place:
        """Here."""
        return Place(NAME)

    def show_place(self, place: Place) -> None:
        """Arrive, perhaps with the wish to back up now."""
        self._show_list()
        if place.wish == "now":
            self._on_now()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Look for backups again, as a job: a stick may be slow."""
        self._say_age()
        database = self.desk.workspace.keys.database
        folders, extra = self._folders(), tuple(self._extra)

        def work(progress: Progress) -> list[BackupInfo]:
            found: dict[Path, BackupInfo] = {}
            for folder in folders:
                for info in backup.list_backups(folder, database):
                    found.setdefault(info.path, info)
            for file in extra:
                found.update((info.path, info) for info in backup.list_backups(file.parent) if info.path == file)
            return sorted(found.values(), key=lambda info: info.made, reverse=True)

        self._patience.start()
        job = self.desk.jobs.start(work, done=self._on_found)
        job.catch(AppError, lambda error: self._say_problem(str(error)))
        job.finished.connect(self._patience.stop)

    @handles("file.backup")
    def back_up(self) -> None:
        """The menu's way."""
        self._on_now()

    def retranslate(self) -> None:
        """Say the words again."""
        self.last.retranslate()
        self.table.setAccessibleName(_("Backups found"))
        self._say_age()

    # ---- the list

    def _folders(self) -> tuple[Path, ...]:
        second = self.desk.settings.second_backup
        known = [entry.path.parent for entry in backup_log.records_of(self.desk.workspace.keys.database)]
        return tuple(dict.fromkeys([paths.backup_folder(), *([Path(second)] if second else []), *known]))

    def _rows(self, ids: Sequence[Path]) -> list[BackupInfo]:
        return [self._found[path] for path in ids]

    def _on_found(self, found: list[BackupInfo]) -> None:
        self._patience.stop()
        chosen = self._wanted or self._chosen()
        missing = self._wanted is not None and self._wanted not in {info.path for info in found}
        self._found = {info.path: info for info in found}
        self.model.set_ids([info.path for info in found])
        self.lists.setCurrentWidget(self.table if found else self.empty)
        self.table.go(max(0, self.model.place_of(chosen)))
        told = _("{file} is damaged or not a backup of this program.").format(file=self._wanted) if missing else ""
        self._wanted = None
        self._say_problem(told)
        self._enable()

    def show_file(self, file: Path) -> None:
        """A backup from elsewhere joins the list."""
        self._extra.append(file)
        self._wanted = file
        self.refresh()

    def _on_other(self) -> None:
        ask_file(self, _("Choose a backup"), _("Backups") + f" (*{BACKUP_SUFFIX})", self.show_file)

    def _chosen(self) -> Path | None:
        row = self.table.current()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    # ---- making and verifying

    def _on_now(self) -> None:
        if self._job is None and self.desk.may(Permission.BACKUP):
            self._back_up(self._on_made)

    def _back_up(self, done: Callable[[BackupInfo], object]) -> None:
        workspace, second = self.desk.workspace, self.desk.settings.second_backup

        def work(progress: Progress) -> BackupInfo:
            return backup.create_backup(
                workspace, paths.backup_folder(), second=Path(second) if second else None, progress=progress
            )

        self._run(work, _("Backing up"), done)

    def _on_made(self, info: BackupInfo) -> None:
        if info.problems:
            self.said.emit(Notice(_("The backup is made and verified.") + " " + " ".join(info.problems), "near"))
        else:
            self.said.emit(Notice(_("The backup is made and verified: {file}").format(file=info.path), "ok"))
        self.refresh()

    def _on_verify(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._verify(chosen)

    def _verify(self, file: Path) -> None:
        workspace = self.desk.workspace
        secret = backup.Secret(dek=workspace.dek, profile=workspace.keys.profile)

        def work(progress: Progress) -> BackupInfo:
            return backup.verify_backup(file, secret, progress=progress)

        self._run(work, _("Verifying the backup"), self._on_verified)

    def _on_verified(self, info: BackupInfo) -> None:
        people = ngettext("{count} person", "{count} people", info.people).format(count=info.people)
        self.said.emit(
            Notice(
                _("The backup of {moment} is whole: {people}.").format(moment=format_moment(info.made), people=people),
                "ok",
            )
        )
        self.refresh()

    # ---- restoring

    def _on_restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._show_restore(chosen)

    def _show_restore(self, file: Path) -> None:
        if self._job is None and self.desk.may(Permission.BACKUP):
            self.stack.setCurrentIndex(1)
            self.view.show_backup(file)
            self.view.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self) -> None:
        self.stack.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_restore_requested(self, first_back_up: bool) -> None:
        if self.view.pane.order() is None or self._job is not None:
            return
        if first_back_up:
            self._back_up(lambda _info: self._hand_over())
        else:
            self._hand_over()

    def _hand_over(self) -> None:
        order = self.view.pane.order()
        if order is None:
            return
        file, target, secret = order
        workspace = self.desk.workspace

        def work(progress: Progress) -> Notice:
            workspace.close()
            restored = restore.restore_backup(file, target, secret, progress=progress)
            made = format_moment(restored.info.made)
            if restored.aside is None:
                return Notice(_("The backup of {moment} is in place.").format(moment=made), "ok")
            told = _(
                "The backup of {moment} is in place. The file that was here before lies in {folder}. If papers were "
                "issued after the backup, enter the last number used (menu Certificate)."
            )
            return Notice(told.format(moment=made, folder=restored.aside), "info")

        self.handover_requested.emit(Handover(_("Restoring the backup"), work, target))

    # ---- work

    def _run(self, work: Work[Any], title: str, done: Callable[[Any], object]) -> None:
        job = self.desk.jobs.start(work, title=title, done=done)
        self._job = job
        self._say_problem("")
        self._say_work(title)
        job.progressed.connect(lambda now, total, message: self._say_work(message or title, now, total))
        job.catch(WrongKeyError, lambda _error: self._say_problem(_other_file()))
        job.catch(AppError, lambda error: self._say_problem(str(error)))
        job.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._job = None
        self._say_work("")
        self._say_age()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # ---- words

    def _say_work(self, words: str, done: int = 0, total: int = 0) -> None:
        self.last.show_work(words, done, total)
        self._enable()

    def _enable(self) -> None:
        free = self._job is None and self.desk.may(Permission.BACKUP)
        self.last.enable(free=free, chosen=self._chosen() is not None)
        self.view.set_busy(busy=not free)

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        if text and self.stack.currentIndex() == 1:
            self.view.pane.say(text)

    def _say_age(self) -> None:
        workspace = self.desk.workspace
        self.last.say_age(backup_log.last_backup(workspace.path), workspace.now, may=self.desk.may(Permission.BACKUP))


def _other_file() -> str:
    return _("This backup belongs to another case file: the key in use does not open it.")

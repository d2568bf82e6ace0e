"""The other way through the wizard: bring a case file back from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from casemgr import paths
from casemgr.errors import AppError
from casemgr.files import safe_name, where_is
from casemgr.i18n import _
from ui.gate import SUFFIX
from ui.office.folder_choice import ask_folder
from ui.office.restore_pane import BACKUP_SUFFIX, RestorePane
from ui.theme import spaced
from ui.widgets.file_choice import ask_file
from ui.wizard.step import Step

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from ui.jobs import JobRunner


class RestoreStep(Step):
    """Choose the backup, open it, see what it holds, bring it back."""

    restored = Signal(object)
    """The path of the case file that is back."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.setObjectName("stepRestore")
        self._jobs = jobs
        self._file: Path | None = None
        self._folder: Path | None = None
        self._busy = False
        self.line = QLineEdit()
        self.line.setObjectName("restoreFile")
        self.line.setReadOnly(True)
        self.choose = QPushButton()
        self.choose.setObjectName("restoreChoose")
        self.choose.clicked.connect(self._on_choose)
        self.target_label, self.target = QLabel(), QLineEdit()
        self.target.setObjectName("restoreTarget")
        self.target.setReadOnly(True)
        self.other = QPushButton()
        self.other.setObjectName("restoreFolder")
        self.other.clicked.connect(self._on_folder)
        self.pane = RestorePane(jobs)
        self.pane.looked.connect(self.changed)
        self.pane.changed.connect(self.changed)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=10)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        layout.addLayout(row)
        layout.addWidget(self.pane)
        layout.addWidget(self.target_label)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.target, 1)
        row.addWidget(self.other)
        layout.addLayout(row)
        layout.addStretch()
        self.retranslate()

    def show_file(self, file: Path) -> None:
        """A backup was chosen."""
        self._file = file
        self.line.setText(str(file))
        self.pane.show_backup(file)
        self.pane.set_target(self._path(file))
        self.changed.emit()
        self.retranslate()

    def title(self) -> str:
        """The heading."""
        return _("Restore a backup")

    def text(self) -> str:
        """What is asked."""
        return _("A backup holds the case file with its keys. It opens with the passphrase or the recovery code.")

    def verb(self) -> str:
        """Looking comes before restoring."""
        return _("Restore") if self.pane.preview is not None else _("Look into the backup")

    def enter(self) -> None:
        """Begin with the file."""
        (self.choose if self._file is None else self.pane.key).setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> str:
        """A readable backup and a good place."""
        if self._file is None or self.pane.info is None:
            return _("Choose a backup first.")
        problem = where_is(self._path(self._file))
        return problem.message if problem else ""

    def go(self) -> None:
        """Look, or once looked, restore."""
        order = self.pane.order()
        if order is None:
            self.pane.look()
            return
        if self._busy:
            return
        file, target, secret = order

        def work(progress: Progress) -> Path:
            from casemgr.services.restore import restore_backup

            target.parent.mkdir(parents=True, exist_ok=True)
            restore_backup(file, target, secret, progress=progress)
            return target

        self._busy = True
        job = self._jobs.start(work, title=_("Restoring the backup"))
        job.succeeded.connect(self.restored)
        job.catch(AppError, lambda error: self.pane.say(str(error)))
        job.finished.connect(self._on_finished)

    def retranslate(self) -> None:
        """Say the words again."""
        self.line.setAccessibleName(_("Backup"))
        self.line.setPlaceholderText(_("No backup chosen yet"))
        self.choose.setText(_("Choose a backup…"))
        self.target_label.setText(_("The case file comes back as"))
        self.target.setAccessibleName(self.target_label.text())
        self.other.setText(_("Another &folder…"))
        for button in (self.choose, self.other):
            button.setAccessibleName(button.text().replace("&", ""))
        for widget in (self.target_label, self.target, self.other):
            widget.setVisible(self._file is not None)
        if self._file is not None:
            self.target.setText(str(self._path(self._file)))
            self.target.setToolTip(self.target.text())

    def _path(self, file: Path) -> Path:
        name = self.pane.info.name if self.pane.info is not None else file.stem
        return (self._folder or paths.documents_folder() / "casemgr") / f"{safe_name(name)}{SUFFIX}"

    def _on_choose(self) -> None:
        kinds = _("Backups") + f" (*{BACKUP_SUFFIX})"
        ask_file(self, _("Choose a backup"), kinds, self.show_file)

    def _on_folder(self) -> None:
        ask_folder(self, _("Where the file is kept"), self._on_folder_chosen, start=self._folder)

    def _on_folder_chosen(self, folder: Path) -> None:
        self._folder = folder
        if self._file is not None:
            self.pane.set_target(self._path(self._file))
        self.changed.emit()
        self.retranslate()

    def _on_finished(self) -> None:
        self._busy = False

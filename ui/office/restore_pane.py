"""Looking into a backup before anything is brought back: what it holds beside what is here now, with dates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.errors import AppError, ValidationError, WrongKeyError
from casemgr.i18n import _, format_moment, format_number, ngettext
from ui.icons import icon
from ui.theme import sized, spaced, theme
from ui.translation import Speaks

if TYPE_CHECKING:
    from pathlib import Path

    from casemgr.jobs import Progress
    from casemgr.services.backup import BackupInfo, Secret
    from casemgr.services.restore import RestorePreview
    from casemgr.workspace import Workspace
    from ui.jobs import Job, JobRunner

BACKUP_SUFFIX: Final = ".casemgr-backup"
_MEGABYTE: Final = 1024 * 1024


def size_text(size: int) -> str:
    """A size people can compare: 1,4 MB."""
    return f"{format_number(max(size, _MEGABYTE // 10) / _MEGABYTE, decimals=1)} MB"


class RestorePane(Speaks):
    """One backup: asks for its secret where the open file's key does not open it, then shows what it would change."""

    looked = Signal()
    """The preview is shown."""
    changed = Signal()

    def __init__(self, jobs: JobRunner, *, present: Workspace | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("restorePane")
        self._jobs, self._present = jobs, present
        self._file: Path | None = None
        self._target: Path | None = None
        self._info: BackupInfo | None = None
        self._secret: Secret | None = None
        self._with_code = False
        self._job: Job | None = None
        self.preview: RestorePreview | None = None
        self.about = QLabel()
        self.about.setObjectName("restoreAbout")
        self.about.setWordWrap(True)
        self.label = QLabel()
        self.key = QLineEdit()
        self.key.setObjectName("restoreKey")
        self.key.setMaxLength(200)
        self.key.textEdited.connect(lambda _text: self._on_typed())
        self.key.returnPressed.connect(self.look)
        self.label.setBuddy(self.key)
        self._eye = QAction(icon("eye"), "", self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_eye)
        self.key.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.code_button = QPushButton()
        self.code_button.setObjectName("restoreCode")
        self.code_button.setProperty("class", "flat")
        self.code_button.clicked.connect(self._on_code)
        self._ask = QWidget()
        ask = QVBoxLayout(self._ask)
        spaced(ask, spacing=6)
        ask.addWidget(self.label)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.key, 1)
        row.addWidget(self.code_button)
        ask.addLayout(row)
        self.bar, self.stop = QProgressBar(), QPushButton()
        self.bar.setTextVisible(False)
        self.bar.setObjectName("restoreProgress")
        sized(self.bar, width=200)
        self.stop.setObjectName("restoreStop")
        self.stop.clicked.connect(self._on_stop)
        self._work = QWidget()
        work = QHBoxLayout(self._work)
        spaced(work, spacing=8)
        work.addWidget(self.bar)
        work.addWidget(self.stop)
        work.addStretch()
        self._table = QWidget()
        self._table.setObjectName("restoreTable")
        self._grid = QGridLayout(self._table)
        spaced(self._grid, spacing=6)
        self._grid.setHorizontalSpacing(theme().px(28))
        self.consequence = QLabel()
        self.consequence.setObjectName("restoreConsequence")
        self.consequence.setWordWrap(True)
        self.problem = QLabel()
        self.problem.setObjectName("restoreProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=10)
        for widget in (self.about, self._ask, self._work, self._table, self.consequence, self.problem):
            layout.addWidget(widget)
        self._show()

    # ---- what its owner does

    def show_backup(self, file: Path, target: Path | None = None) -> None:
        """Look at another backup, to be restored to `target`; the open file's own key is tried first."""
        from casemgr.services.backup import Secret, list_backups

        self._file, self._target, self._secret, self.preview = file, target, None, None
        self._info = next((info for info in list_backups(file.parent) if info.path == file), None)
        self.key.clear()
        self.say("" if self._info else _("{file} is damaged or not a backup of this program.").format(file=file))
        if self._info is not None and self._present is not None:
            self._secret = Secret(dek=self._present.dek, profile=self._present.keys.profile)
            self.look()
        else:
            self._show()
            self.key.setFocus()

    def set_target(self, target: Path) -> None:
        """Restore to another place; the comparison has to be made again."""
        self._target, self.preview = target, None
        self._show()

    @property
    def info(self) -> BackupInfo | None:
        """What the backup says of itself without its key; None when it is none."""
        return self._info

    @property
    def busy(self) -> bool:
        """Whether it is being opened."""
        return self._job is not None

    def order(self) -> tuple[Path, Path, Secret] | None:
        """Backup, target and secret once the preview was shown."""
        if self.preview is None or self._file is None or self._target is None or self._secret is None:
            return None
        return self._file, self._target, self._secret

    def look(self) -> None:
        """Open the backup and compare."""
        secret, file, target = self._secret or self._typed(), self._file, self._target
        if file is None or target is None or self._job is not None:
            return
        if secret is None:
            self.say(_("Type the passphrase or the recovery code that belongs to the backup."))
            self.key.setFocus()
            return
        present = self._present

        def work(progress: Progress) -> RestorePreview:
            from casemgr.services.restore import preview_restore

            return preview_restore(
                file, secret, target, present=present.engine if present is not None else None, progress=progress
            )

        self.say("")
        self._job = self._jobs.start(work, title=_("Opening the backup"))
        self._job.progressed.connect(self._on_progress)
        self._job.succeeded.connect(lambda preview: self._on_looked(secret, preview))
        self._job.catch(WrongKeyError, self._on_wrong)
        self._job.catch(ValidationError, self._on_wrong)  # a recovery code that was mistyped
        self._job.catch(AppError, lambda error: self.say(str(error)))
        self._job.finished.connect(self._on_finished)
        self._show()

    # ---- parts

    def retranslate(self) -> None:
        """Say the words again."""
        self._show()

    def _typed(self) -> Secret | None:
        from casemgr.services.backup import Secret

        text = self.key.text()
        if not text.strip():
            return None
        secret = Secret(recovery=text) if self._with_code else Secret(passphrase=text)
        return replace(secret, profile=self._present.keys.profile) if self._present is not None else secret

    def _on_typed(self) -> None:
        self._secret = None
        self.say("")
        self.changed.emit()

    def _on_eye(self, shown: bool) -> None:
        self._eye.setIcon(icon("eye-slash" if shown else "eye"))
        self._show()

    def _on_code(self) -> None:
        self._with_code = not self._with_code
        self.key.clear()
        self._on_typed()
        self._show()
        self.key.setFocus()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_progress(self, done: int, total: int, message: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setAccessibleName(message)

    def _on_wrong(self, error: AppError) -> None:
        own_key = self._secret is not None and self._secret.dek is not None
        self._secret = None
        self.say(
            _("This backup belongs to another case file. Type the passphrase or the recovery code of that file.")
            if own_key
            else str(error)
        )
        self.key.selectAll()
        self.key.setFocus()

    def _on_looked(self, secret: Secret, preview: RestorePreview) -> None:
        self._secret, self.preview, self._info = secret, preview, preview.info
        self.key.clear()

    def _on_finished(self) -> None:
        self._job = None
        self._show()
        if self.preview is not None:
            self.looked.emit()

    def say(self, text: str) -> None:
        """Tell what went wrong; "" takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.key.setAccessibleDescription(text)

    def _show(self) -> None:
        info, preview = self._info, self.preview
        self.about.setVisible(info is not None)
        if info is not None:
            self.about.setText(
                _("Backup of “{name}”, made at {moment}, {size}").format(
                    name=info.name, moment=format_moment(info.made), size=size_text(info.size)
                )
            )
        asked = info is not None and preview is None and self._job is None and not self._own_key()
        self._ask.setVisible(asked)
        self._work.setVisible(self._job is not None)
        if self._job is not None:
            self.bar.setRange(0, 0)
        for widget in (self._table, self.consequence):
            widget.setVisible(preview is not None)
        self.label.setText(_("&Recovery code of the backup") if self._with_code else _("&Passphrase of the backup"))
        self.key.setAccessibleName(self.label.text().replace("&", ""))
        self.key.setEchoMode(
            QLineEdit.EchoMode.Normal if self._with_code or self._eye.isChecked() else QLineEdit.EchoMode.Password
        )
        self._eye.setVisible(not self._with_code)
        self._eye.setText(_("Show what is typed"))
        self._eye.setToolTip(_("Show what is typed"))
        self.code_button.setText(_("Use the passphrase") if self._with_code else _("Use the recovery code"))
        self.stop.setText(_("Stop"))
        self.stop.setAccessibleName(_("Stop the work"))
        self.code_button.setAccessibleName(self.code_button.text())
        if preview is not None:
            self._fill(preview)

    def _own_key(self) -> bool:
        return self._secret is not None and self._secret.dek is not None

    def _fill(self, preview: RestorePreview) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        heads = ("", _("The present file"), _("This backup"))
        compared = any(difference.present is not None for difference in preview.differences)
        for column, head in enumerate(heads):
            self._cell(0, column, head if compared or column != 1 else "", "h2")
        saved = format_moment(preview.present_saved) if preview.present_saved else ""
        self._cell(1, 0, _("Last saved"), "")
        self._cell(1, 1, saved, "")
        self._cell(1, 2, format_moment(preview.info.made), "")
        for row, difference in enumerate(preview.differences, 2):
            present = "" if difference.present is None else format_number(difference.present)
            differs = difference.present is not None and difference.present != difference.backup
            self._cell(row, 0, difference.label, "")
            self._cell(row, 1, present, "")
            self._cell(row, 2, format_number(difference.backup), "strong" if differs else "")
        self._grid.setColumnStretch(3, 1)
        self.consequence.setText(_consequence(preview))
        self._table.setAccessibleName(
            "; ".join(f"{each.label}: {each.present} → {each.backup}" for each in preview.differences)
        )

    def _cell(self, row: int, column: int, text: str, kind: str) -> None:
        label = QLabel(text)
        label.setProperty("class", kind)
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(label, row, column, side | Qt.AlignmentFlag.AlignVCenter)


def _consequence(preview: RestorePreview) -> str:
    steps = preview.steps_set_aside
    if steps is None:
        if any(difference.present is not None for difference in preview.differences):
            return _("The backup is no earlier state of the present file. All of the present file would be set aside.")
        return _("There is no file here yet: the backup is brought back as it is.")
    if not steps:
        return _("Nothing was changed since this backup.")
    return ngettext(
        "{count} step done since this backup would be set aside with the present file. It is not deleted.",
        "{count} steps done since this backup would be set aside with the present file. They are not deleted.",
        steps,
    ).format(count=format_number(steps))

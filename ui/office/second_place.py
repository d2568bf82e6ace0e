"""The second place that also gets every backup: a stick, another disk, a share of the office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from casemgr import paths
from casemgr.domain.permissions import Permission
from casemgr.files import folder_writable
from casemgr.i18n import _
from ui.office.folder_choice import ask_folder
from ui.theme import spaced
from ui.translation import Speaks

if TYPE_CHECKING:
    from ui.desk import Desk


class SecondPlace(Speaks):
    """Shows the folder, lets choose another or none."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secondPlace")
        self._desk = desk
        self.about, self.line, self.problem = QLabel(), QLineEdit(), QLabel()
        self.about.setProperty("class", "small")
        self.about.setWordWrap(True)
        self.line.setObjectName("secondPlaceLine")
        self.line.setReadOnly(True)
        self.problem.setObjectName("secondPlaceProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.choose, self.none = QPushButton(), QPushButton()
        self.choose.setObjectName("secondPlaceChoose")
        self.none.setObjectName("secondPlaceNone")
        self.none.setProperty("class", "flat")
        self.choose.clicked.connect(self._on_choose)
        self.none.clicked.connect(lambda: self._keep(""))
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        row.addWidget(self.none)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        layout.addWidget(self.about)
        layout.addLayout(row)
        layout.addWidget(self.problem)
        desk.settings_changed.connect(self.retranslate)
        self._say("")
        self.retranslate()

    def take(self, folder: Path) -> None:
        """A folder was chosen; one that cannot be written is refused with the reason."""
        first = paths.backup_folder().absolute()
        if folder.absolute() in (first, self._desk.workspace.path.parent):
            self._say(
                _("{folder} is on the same disk as the file itself: choose a stick or another disk.").format(
                    folder=folder
                )
            )
        elif not folder.is_dir() or not folder_writable(folder):
            self._say(_("{folder} cannot be written. Choose another folder.").format(folder=folder))
        else:
            self._keep(str(folder))

    def retranslate(self) -> None:
        """Say the words again."""
        folder = self._desk.settings.second_backup
        self.about.setText(
            _("Every backup is copied there too: a USB stick, another disk, a share of the office. A folder that is "
              "missing at closing time is told; the backup on this computer stands all the same.")
        )  # fmt: skip
        self.line.setText(folder)
        self.line.setToolTip(folder)
        self.line.setPlaceholderText(_("No second place"))
        self.line.setAccessibleName(_("Second place of backups"))
        self.choose.setText(_("Choose a folder…"))
        self.none.setText(_("No second place"))
        for button in (self.choose, self.none):
            button.setAccessibleName(button.text())
        self.choose.setEnabled(self._desk.may(Permission.BACKUP))
        self.none.setVisible(bool(folder))

    def _on_choose(self) -> None:
        folder = self._desk.settings.second_backup
        ask_folder(self, _("Second place of backups"), self.take, start=Path(folder) if folder else None)

    def _keep(self, folder: str) -> None:
        self._say("")
        self._desk.prefer(second_backup=folder)
        self.changed.emit()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.line.setAccessibleDescription(text)

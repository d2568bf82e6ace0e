"""Where things lie: the case file, its backups, the second place; and the end of a sample office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from casemgr import paths
from casemgr.i18n import _
from casemgr.services import founding, offices
from ui.handover import Handover
from ui.icons import icon
from ui.office.second_place import SecondPlace
from ui.pages.settings.pane import Pane
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from ui.desk import Desk


class PlacesTopic(Pane):
    """Paths to read and copy, the second place to choose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("settingsPlaces")
        here = Card(lambda: _("On this computer"))
        self._labels, self._lines = (QLabel(), QLabel()), (QLineEdit(), QLineEdit())
        form = QFormLayout()
        spaced(form, spacing=8)
        for name, label, line, path in zip(
            ("placeFile", "placeBackups"), self._labels, self._lines, (desk.workspace.path, paths.backup_folder()),
            strict=True,
        ):  # fmt: skip
            line.setObjectName(name)
            line.setReadOnly(True)
            line.setText(str(path))
            line.setCursorPosition(0)
            line.setToolTip(str(path))
            form.addRow(label, line)
        here.add(form)
        self.second = SecondPlace(desk)
        second = Card(lambda: _("Second place of backups"))
        second.add(self.second)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addWidget(here)
        layout.addWidget(second)
        self.remove = QPushButton()
        self.remove.setObjectName("sampleRemove")
        self.remove.setIcon(icon("trash"))
        self.remove.clicked.connect(self._on_remove)
        if desk.workspace.read(offices.office).sample:
            sample = Card(lambda: _("Sample office"))
            about = QLabel()
            about.setProperty("class", "soft")
            about.setWordWrap(True)
            Says(
                about,
                about.setText,
                lambda: _(
                    "Everybody in this file is invented, and every paper says so. It lies in a folder of its own; "
                    "its passphrase is “{passphrase}”. Removing deletes it with its backups and touches nothing else."
                ).format(passphrase=founding.SAMPLE_PASSPHRASE),
            )
            sample.add(about)
            sample.body.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
            layout.addWidget(sample)
        layout.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        for label, line, words in zip(self._labels, self._lines, (_("Case file"), _("Backups")), strict=True):
            label.setText(words)
            line.setAccessibleName(words)
        self.remove.setText(_("Remove the sample office"))
        self.remove.setAccessibleName(self.remove.text())

    def _on_remove(self) -> None:
        workspace = self.desk.workspace

        def work(progress: Progress) -> Notice:
            founding.remove_sample(workspace)
            return Notice(_("The sample office is gone."), "ok")

        self.handover_requested.emit(Handover(_("Removing the sample office"), work, None))

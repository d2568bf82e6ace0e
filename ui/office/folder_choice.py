"""Choosing a folder without stopping the program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casemgr import paths


def ask_folder(
    parent: QWidget, title: str, then: Callable[[Path], object], *, start: Path | None = None
) -> QFileDialog:
    """Ask for a folder; closing the dialog does nothing."""
    folder = start if start is not None and start.is_dir() else paths.documents_folder()
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setObjectName("folderChoice")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog

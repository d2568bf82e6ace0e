"""Choosing a file without stopping the program: the dialog of the system, and what happens with the answer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casemgr import paths


def ask_file(
    parent: QWidget, title: str, kinds: str, then: Callable[[Path], object], *, name: str = "", suffix: str = ""
) -> QFileDialog:
    """Ask for a file to open, or with a `name` for one to write; closing the dialog does nothing."""
    folder = paths.documents_folder()
    folder.mkdir(parents=True, exist_ok=True)
    dialog = QFileDialog(parent, title, str(folder), kinds)
    dialog.setObjectName("fileChoice")
    if name:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(name)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog

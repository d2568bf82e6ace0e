"""What one reads aloud on the telephone: version, file, backup, machine."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from casemgr import __version__
from casemgr.i18n import _, format_moment
from casemgr.services import backup_log
from ui.desk import Desk
from ui.questions import Answer, ask


def about_text(desk: Desk) -> str:
    """One line per fact."""
    last = backup_log.last_backup(desk.workspace.path)
    return "\n".join(
        (
            _("Version {version}").format(version=__version__),
            _("Case file: {file}").format(file=desk.workspace.path),
            _("Verified backup: {moment}").format(moment=format_moment(last.verified))
            if last is not None
            else _("No verified backup yet"),
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        )
    )


def show_about(parent: QWidget, desk: Desk) -> None:
    """Show it, with a way to copy it."""
    text = about_text(desk)
    answer = ask(
        parent,
        _("About this program"),
        text,
        (Answer("copy", _("Copy")), Answer("", _("Close"), "primary")),
    )
    if answer == "copy":
        QGuiApplication.clipboard().setText(text)

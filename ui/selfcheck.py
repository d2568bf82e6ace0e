"""The window checks itself: a new file, a page, and a button of Qt in our language."""

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialogButtonBox

from casemgr import i18n, paths, settings
from casemgr.domain.offices import UserData
from casemgr.services import areas, offices
from casemgr.workspace import Workspace
from ui import theme
from ui.desk import Desk
from ui.fonts import load_fonts
from ui.jobs import JobRunner
from ui.mainwindow import MainWindow
from ui.places import Place
from ui.sections import SECTIONS
from ui.translation import Languages

OPENING_WORDS = "kiem-tra-cua-so"
"""Open nothing but the file made here."""


def self_check() -> int:
    """Show every section of a new file in each language; 0 when all is as it should be."""
    with tempfile.TemporaryDirectory(prefix="casemgr-check-") as folder:
        os.environ[paths.HOME_VARIABLE] = folder
        return _check(Path(folder))


def _check(folder: Path) -> int:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        return 1
    load_fonts()
    theme.apply(app, "light")
    languages, jobs = Languages(app), JobRunner(app)
    commune = areas.communes()[0].code
    workspace, _code = Workspace.create(
        folder / "kiem-tra.casemgr",
        offices.default_office(commune, sample=True),
        user=UserData("kiemtra", "Kiểm tra"),
        passphrase=OPENING_WORDS,
    )
    failures = []
    desk = Desk(workspace, jobs, replace(settings.Settings(), last_file=""), app)
    for language in i18n.LANGUAGES:
        languages.switch(language)
        window = MainWindow(desk, languages)
        window.show()
        for section in SECTIONS:
            window.go(Place(section.page))
            app.processEvents()
            shown = not window.grab().isNull() and window.current_page is not None
            _say(f"{language} {section.page}: {'ok' if shown else 'FAILED'}")
            if not shown:
                failures.append(section.page)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        word = box.buttons()[0].text().replace("&", "")
        spoken = word == "Cancel" if language == i18n.SOURCE_LANGUAGE else word not in ("Cancel", "")
        _say(f"{language} Qt: {word} {'ok' if spoken else 'FAILED'}")
        if not spoken:
            failures.append(language)
        window.hide()
        window.deleteLater()
    jobs.shutdown()
    workspace.close()
    return 1 if failures else 0


def _say(line: str) -> None:
    if sys.stdout is not None:  # a windowed program on Windows has none
        sys.stdout.write(line + "\n")

"""The program: options, hooks, fonts, look and words, then the gate, then the window of the open file."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from casemgr import __version__, i18n, logs, settings
from casemgr.i18n import _
from ui import theme
from ui.errors import CrashDialog, Funnel
from ui.fonts import load_fonts
from ui.gate import Gate
from ui.handover import Handover, HandoverPane
from ui.jobs import JobRunner
from ui.questions import Answer, ask
from ui.translation import Languages
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casemgr.errors import AppError
    from casemgr.settings import Settings
    from casemgr.workspace import Workspace
    from ui.mainwindow import MainWindow


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="casemgr-gui", description="Case management for a commune office: the window."
    )
    parser.add_argument("--file", type=Path, help="the case file to open")
    parser.add_argument("--passphrase-file", type=Path, help="read the passphrase from here, - for standard input")
    parser.add_argument("--language", choices=tuple(i18n.LANGUAGES), help="language of the window")
    parser.add_argument("--self-check", action="store_true", help="show a page of a new file, check it, and end")
    parser.add_argument("--version", action="version", version=__version__)
    return parser.parse_args(argv)


def _passphrase(source: Path) -> str:
    text = sys.stdin.readline() if str(source) == "-" else source.read_text(encoding="utf-8")
    return text.splitlines()[0] if text else ""


def no_screen() -> str:
    """Why no window can be shown here, with what to do; "" when one can."""
    if (
        sys.platform != "linux"
        or os.environ.get("QT_QPA_PLATFORM")
        or os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
    ):
        return ""
    return _("There is no screen here. Sign in to a desktop, or start it with: {command}").format(
        command="xvfb-run -a casemgr-gui"
    )


class Program(QObject):
    """From the gate to the window and back."""

    file_opened = Signal(Path)

    def __init__(self, app: QApplication, chosen: Settings) -> None:
        super().__init__(app)
        self._app = app
        self.settings = chosen
        self.languages = Languages(self)
        self.languages.switch(chosen.language)
        theme.apply(app, chosen.theme, scale=chosen.scale, text_size=chosen.text_size)
        self.jobs = JobRunner(self)
        self.funnel = Funnel(self)
        self.funnel.failed.connect(self._on_failed)
        self.funnel.crashed.connect(self._on_crashed)
        self._crash: CrashDialog | None = None
        self.front: QWidget | None = None
        """The gate or the wizard, while no file is open."""
        self.window: MainWindow | None = None
        self._news: Notice | None = None
        app.styleHints().colorSchemeChanged.connect(self._on_scheme)

    def begin(self, file: Path | None, passphrase: str | None) -> None:
        """Sign in to the file named, else to the last one; on a fresh machine begin with the wizard."""
        last = Path(self.settings.last_file) if self.settings.last_file else None
        known = file or (last if last is not None and last.exists() else None)
        if known is None:
            self._show_wizard()
        else:
            self._show_gate(known, passphrase)

    def _show_gate(self, file: Path, passphrase: str | None = None) -> None:
        """Ask for the passphrase, and read the store while the person types."""
        self._leave_front()
        gate = Gate(self.jobs, self.languages)
        gate.opened.connect(self._on_opened)
        gate.new_requested.connect(self._show_wizard)
        gate.closed.connect(self._on_front_closed)
        gate.show_file(file)
        self.front = gate
        gate.show()
        if passphrase is not None:
            QTimer.singleShot(0, self, partial(gate.sign_in.open_with, passphrase))
        else:
            QTimer.singleShot(0, self, self._warm)

    def _show_wizard(self) -> None:
        from ui.wizard.window import Wizard

        self._leave_front()
        wizard = Wizard(self.jobs, self.languages)
        wizard.opened.connect(self._on_opened)
        wizard.file_chosen.connect(self._show_gate)
        wizard.closed.connect(self._on_front_closed)
        self.front = wizard
        wizard.show()

    def _leave_front(self) -> None:
        front, self.front = self.front, None
        if front is not None:
            front.hide()
            front.deleteLater()

    def _on_front_closed(self) -> None:
        if self.window is None:
            self.jobs.shutdown()
            self._app.quit()

    def raise_window(self) -> bool:
        """Another start asks us to come forward; whether there is something to show."""
        shown = self.window or self.front
        if shown is None:
            return False
        shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
        shown.show()
        shown.raise_()
        shown.activateWindow()
        self._app.alert(shown)  # a desktop that lets no program come forward lets it ask for attention
        return True

    def _warm(self) -> None:
        def work(progress: object) -> None:
            import_module("casemgr.workspace")
            import_module("ui.mainwindow")
            import_module("ui.pages.today.page")
            import_module("ui.pages.households.page")

        self.jobs.start(work, title="")

    def _on_opened(self, workspace: Workspace) -> None:
        from casemgr.services import offices
        from ui.desk import Desk
        from ui.mainwindow import MainWindow
        from ui.places import Place
        from ui.sections import SECTIONS

        kept = settings.load()
        sample = workspace.read(offices.office).sample  # never offered in place of the office's own file
        last = kept.last_file if sample else str(workspace.path)
        self.settings = replace(kept, language=i18n.current(), last_file=last)
        settings.save(self.settings)
        self.file_opened.emit(workspace.path)
        desk = Desk(workspace, self.jobs, self.settings, self)
        self.window = MainWindow(desk, self.languages)
        self.window.closed.connect(self._on_closed)
        self.window.lock_requested.connect(self._on_lock)
        self.window.handover_requested.connect(self._on_handover)
        self.window.go(Place(SECTIONS[0].page))
        self.window.show()
        if isinstance(self.front, Gate) and self.front.sign_in.with_code:
            # a code that was used has been seen: a new one, and a new passphrase for who forgot hers
            self.window.go(Place("settings", text="accounts", wish="new_code"))
            self._news = Notice(
                _("Opened with the recovery code. Print the sheet of the new code, then give a new passphrase."), "near"
            )
        self._leave_front()
        if self._news is not None:
            self.window.say(self._news)
            self._news = None

    def _on_closed(self) -> None:
        window, self.window = self.window, None
        self.jobs.shutdown()
        if window is not None:
            window.desk.workspace.close()
        self._app.quit()

    def _on_lock(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            workspace = window.desk.workspace
            self.settings = window.desk.settings
            sample = self.settings.last_file != str(workspace.path)
            workspace.close()
            window.hide()
            window.deleteLater()
            if sample:  # its passphrase is nobody's secret: the wizard opens it again in one click
                self._show_wizard()
            else:
                self.begin(workspace.path, None)

    def _on_handover(self, handover: Handover) -> None:
        """A page wants work done with the file closed: a restore, the end of the sample."""
        window, self.window = self.window, None
        if window is None:
            return
        self.settings = window.desk.settings
        window.hide()
        window.deleteLater()
        pane = HandoverPane(self.jobs, handover)
        pane.ended.connect(self._on_handed_over)
        self.front = pane
        pane.show()

    def _on_handed_over(self, notice: Notice, path: Path | None) -> None:
        self._news = notice if path is not None else None
        self.settings = settings.load()
        self.begin(path, None)
        if notice.tone == "poor" and self.front is not None:
            ask(self.front, _("This did not work"), notice.text, (Answer("", _("Close"), "primary"),))

    def _on_failed(self, error: AppError) -> None:
        if self.window is not None:
            self.window.show_error(error)
        else:
            ask(self.front, _("This did not work"), str(error), (Answer("", _("Close"), "primary"),))

    def _on_crashed(self, error: BaseException) -> None:
        if self._crash is not None and self._crash.isVisible():
            return
        self._crash = CrashDialog(error, self.window or self.front)
        self._crash.finished.connect(self._on_crash_read)
        self._crash.open()

    def _on_crash_read(self) -> None:
        self._crash = None

    def _on_scheme(self) -> None:
        if self.settings.theme == "system":
            theme.apply(self._app, "system", scale=self.settings.scale, text_size=self.settings.text_size)


def _last(chosen: Settings) -> Path | None:
    return Path(chosen.last_file) if chosen.last_file else None


def _say_other(*, shown: bool) -> int:
    """Tell that an earlier start has the file: its window came forward, or it does not answer."""
    if shown:
        sys.stderr.write(_("The case file is open already: its window was brought to the front.") + "\n")
        return 0
    ask(
        None,
        _("The program is running already"),
        _("Its window does not answer. Wait a minute and start again, or end the program and start it anew."),
        (Answer("", _("Close"), "primary"),),
    )
    return 1


def main(argv: Sequence[str] | None = None) -> int:
    """Start the window; the exit code."""
    options = _options(sys.argv[1:] if argv is None else argv)
    chosen = settings.load()
    if options.language:
        chosen = replace(chosen, language=options.language)
    i18n.choose(chosen.language)
    reason = no_screen()
    if reason:
        sys.stderr.write(reason + "\n")
        return 1
    if options.self_check:
        from ui.selfcheck import self_check

        return self_check()
    logs.set_up()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - for the type checker
    app.setApplicationName("casemgr")
    app.setApplicationVersion(__version__)
    app.setQuitOnLastWindowClosed(False)
    load_fonts()
    file = options.file.absolute() if options.file else None
    program = Program(app, chosen)
    from ui.oneness import FirstStart, Found

    first = FirstStart(file or _last(chosen))
    found = first.raise_other()
    if found is not Found.NOBODY:
        return _say_other(shown=found is Found.SHOWN)
    first.listen(program.raise_window)
    # the sample is open beside the file that a start without a name asks for
    program.file_opened.connect(lambda path: first.listen(program.raise_window, (path, _last(program.settings))))
    restore: Callable[[], None] = program.funnel.install()
    try:
        program.begin(file, _passphrase(options.passphrase_file) if options.passphrase_file else None)
        return app.exec()
    finally:
        restore()
        first.close()

"""What stands before an existing file: signing in. It needs no database, so it shows at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.errors import AppError, WrongKeyError
from casemgr.i18n import LANGUAGES, _, current
from casemgr.jobs import Progress
from ui.icons import icon
from ui.theme import sized, spaced, theme
from ui.translation import Languages, Says, Speaks
from ui.widgets.card import Card
from ui.widgets.file_choice import ask_file

if TYPE_CHECKING:
    from casemgr.workspace import Workspace
    from ui.jobs import JobRunner

SUFFIX = ".casemgr"


class SignInPane(Speaks):
    """Asks for the passphrase of one file and opens it."""

    opened = Signal(object)
    other_requested = Signal()
    new_requested = Signal()

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.setObjectName("signIn")
        self._jobs = jobs
        self._path = Path()
        self._with_code = False
        self.title, self.file = QLabel(), QLabel()
        self.title.setProperty("class", "h1")
        self.file.setProperty("class", "soft")
        self.file.setWordWrap(True)
        self.label = QLabel()
        self.key = QLineEdit()
        self.key.setObjectName("signInKey")
        self.label.setBuddy(self.key)
        self.key.returnPressed.connect(self._on_open)
        self.key.textEdited.connect(lambda _text: self._say_problem(""))
        self._eye = QAction(icon("eye"), "", self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_eye)
        self.key.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.problem = QLabel()
        self.problem.setObjectName("signInProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.open_button, self.code_button = QPushButton(), QPushButton()
        self.other_button, self.new_button = QPushButton(), QPushButton()
        for name, button, act in (
            ("signInOpen", self.open_button, self._on_open),
            ("signInCode", self.code_button, self._on_code),
            ("signInOther", self.other_button, self.other_requested.emit),
            ("signInNew", self.new_button, self.new_requested.emit),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
        self.open_button.setProperty("class", "primary")
        for button in (self.code_button, self.other_button, self.new_button):
            button.setProperty("class", "flat")
        column = QVBoxLayout(self)
        spaced(column, spacing=10)
        for widget in (self.title, self.file, self.label, self.key, self.problem, self.bar, self.open_button):
            column.addWidget(widget)
        row = QHBoxLayout()
        spaced(row, spacing=4)
        row.addWidget(self.code_button)
        row.addStretch()
        row.addWidget(self.other_button)
        row.addWidget(self.new_button)
        column.addLayout(row)
        self.retranslate()

    def show_file(self, path: Path) -> None:
        """Ask for this file."""
        self._path = path
        self._with_code = False
        self.key.clear()
        self._say_problem("")
        self.retranslate()
        self.key.setFocus()

    @property
    def with_code(self) -> bool:
        """Whether the recovery code is what opens the file."""
        return self._with_code

    def open_with(self, passphrase: str) -> None:
        """Open without asking."""
        self.key.setText(passphrase)
        self._on_open()

    def retranslate(self) -> None:
        """Say the words again."""
        self.title.setText(_("Open the case file"))
        self.file.setText(str(self._path))
        self.label.setText(_("&Recovery code") if self._with_code else _("&Passphrase"))
        self.key.setAccessibleName(self.label.text().replace("&", ""))
        self.key.setEchoMode(
            QLineEdit.EchoMode.Normal if self._with_code or self._eye.isChecked() else QLineEdit.EchoMode.Password
        )
        self._eye.setVisible(not self._with_code)
        self._eye.setText(_("Show what is typed"))
        self._eye.setToolTip(_("Show what is typed"))
        self.open_button.setText(_("Open"))
        self.code_button.setText(_("Use the passphrase") if self._with_code else _("Use the recovery code"))
        self.other_button.setText(_("Another file…"))
        self.new_button.setText(_("New office…"))
        for button in (self.open_button, self.code_button, self.other_button, self.new_button):
            button.setAccessibleName(button.text())

    def _on_eye(self, shown: bool) -> None:
        self._eye.setIcon(icon("eye-slash" if shown else "eye"))
        self.retranslate()

    def _on_code(self) -> None:
        self._with_code = not self._with_code
        self.key.clear()
        self._say_problem("")
        self.retranslate()
        self.key.setFocus()

    def _on_open(self) -> None:
        secret, path, with_code = self.key.text(), self._path, self._with_code
        if not secret:
            self._say_problem(
                _("Type the recovery code from the recovery sheet.") if with_code else _("Type the passphrase.")
            )
            return

        def work(progress: Progress) -> Workspace:
            from casemgr.workspace import Workspace

            if with_code:
                return Workspace.open(path, recovery=secret, progress=progress)
            return Workspace.open(path, passphrase=secret, progress=progress)

        self._say_problem("")
        self._busy(busy=True)
        job = self._jobs.start(work, title=_("Opening the file"), done=self.opened.emit)
        job.progressed.connect(self._on_progress)
        job.catch(WrongKeyError, self._on_wrong)
        job.catch(AppError, self._on_refused)
        job.finished.connect(lambda: self._busy(busy=False))

    def _on_progress(self, done: int, total: int, message: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setAccessibleName(message)

    def _on_wrong(self, error: AppError) -> None:
        self._say_problem(str(error))
        self.key.selectAll()
        self.key.setFocus()

    def _on_refused(self, error: AppError) -> None:
        self._say_problem(str(error))

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.key.setAccessibleDescription(text)

    def _busy(self, *, busy: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        for widget in (self.key, self.open_button, self.code_button, self.other_button, self.new_button):
            widget.setEnabled(not busy)
        if not busy:
            self.key.setFocus()


class Gate(QWidget):
    """The window before the window; `opened` hands over the open file."""

    opened = Signal(object)
    closed = Signal()
    new_requested = Signal()
    """The person wants to set up an office."""

    def __init__(self, jobs: JobRunner, languages: Languages) -> None:
        super().__init__()
        self.setObjectName("gate")
        self.setWindowTitle("casemgr")
        self.setProperty("class", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._languages = languages
        self.sign_in = SignInPane(jobs)
        card = Card(margin=28)
        sized(card, width=460)
        card.add(self.sign_in)
        self._language = QPushButton()
        self._language.setObjectName("gateLanguage")
        self._language.setProperty("class", "flat")
        self._language.setIcon(icon("translate"))
        self._language.clicked.connect(self._on_language)
        Says(self._language, self._language.setText, self._other_language)
        Says(self._language, self._language.setAccessibleName, self._other_language)
        side = theme().px(18)
        self._language.setIconSize(QSize(side, side))
        middle = QHBoxLayout()  # an aligned card would get the height its words need in the width of the window
        spaced(middle, spacing=0)
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(16, 16, 16, 16), spacing=12)
        layout.addWidget(self._language, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)
        self.sign_in.opened.connect(self.opened)
        self.sign_in.other_requested.connect(self.choose_file)
        self.sign_in.new_requested.connect(self.new_requested)
        self.resize(1024, 640)

    def show_file(self, path: Path) -> None:
        """Sign in to a file."""
        self.sign_in.show_file(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing ends the program."""
        super().closeEvent(event)
        self.closed.emit()

    def choose_file(self) -> None:
        """Ask for a case file."""
        ask_file(self, _("Open a case file"), _("Case files") + f" (*{SUFFIX})", self.show_file)

    @staticmethod
    def _other_language() -> str:
        return next(name for code, name in LANGUAGES.items() if code != current())

    def _on_language(self) -> None:
        self._languages.switch(next(code for code in LANGUAGES if code != current()))

"""The fifth step: who she is, her passphrase, and where the file is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from casemgr import paths
from casemgr.domain.offices import UserData
from casemgr.domain.text import fold
from casemgr.errors import Problem
from casemgr.files import safe_name, where_is
from casemgr.i18n import N_, _
from ui.editors import LineEditor
from ui.forms import Field, Form
from ui.gate import SUFFIX
from ui.office import passphrase
from ui.office.folder_choice import ask_folder
from ui.theme import spaced
from ui.wizard.step import Step

FIELDS: Final = (
    Field("name", N_("&Your full name"), LineEditor, required=True),
    Field(
        "login",
        N_("&Login name"),
        LineEditor,
        help=N_("Short, without spaces; it stands in the history of changes"),
        required=True,
    ),
    *passphrase.FIELDS,
)


class PersonStep(Step):
    """Name, login, passphrase twice, and the place of the file."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stepPerson")
        self._own_login = False
        self._stem = ""
        self._folder: Path | None = None
        self.form = Form(FIELDS, name="person", columns=2, marks_changes=False)
        self.form.saves_at_end = True
        self.state = QLabel()
        self.state.setObjectName("passphraseState")
        self.state.setWordWrap(True)
        self.place_head, self.place, self.place_problem = QLabel(), QLineEdit(), QLabel()
        self.place.setObjectName("filePlace")
        self.place.setReadOnly(True)
        self.place_head.setBuddy(self.place)
        self.place_problem.setObjectName("filePlaceProblem")
        self.place_problem.setProperty("class", "problem")
        self.place_problem.setWordWrap(True)
        self.other = QPushButton()
        self.other.setObjectName("fileOther")
        self.other.clicked.connect(self._on_other)
        grid = QGridLayout()
        spaced(grid, spacing=6)
        grid.addWidget(self.place_head, 0, 0, 1, 2)
        grid.addWidget(self.place, 1, 0)
        grid.addWidget(self.other, 1, 1)
        grid.addWidget(self.place_problem, 2, 0, 1, 2)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addWidget(self.form)
        layout.addWidget(self.state)
        layout.addLayout(grid)
        layout.addStretch(1)
        self.form.editor("name").changed.connect(self._on_name)
        self.form.editor("login").changed.connect(self._on_login)
        self.form.changed.connect(self._on_changed)
        self.form.save_requested.connect(self.next_requested)
        self.form.load({"name": "", "login": "", "passphrase": "", "again": ""})
        self.retranslate()

    def propose(self, commune_name: str) -> None:
        """The file is called like the commune; its folder stays where she put it."""
        self._stem = safe_name(commune_name)
        self._show_place()

    @property
    def path(self) -> Path:
        """Where the file will be."""
        return (self._folder or paths.documents_folder() / "casemgr") / f"{self._stem}{SUFFIX}"

    @property
    def user(self) -> UserData:
        """Who she is."""
        return UserData(str(self.form.value("login")), str(self.form.value("name")))

    @property
    def secret(self) -> str:
        """Her passphrase."""
        return str(self.form.value("passphrase"))

    def forget_secret(self) -> None:
        """The file is made: the passphrase does not stay in the window."""
        for name in ("passphrase", "again"):
            self.form.editor(name).set_value("")

    def title(self) -> str:
        """The heading."""
        return _("You and your passphrase")

    def text(self) -> str:
        """What is asked."""
        return _(
            "The passphrase encrypts the file. Nobody can open the file without it: not the support, not the province. "
            "The next step prints a recovery sheet for the case that it is forgotten."
        )

    def verb(self) -> str:
        """The next thing that happens."""
        return _("Make the case file")

    def enter(self) -> None:
        """Begin typing."""
        self._show_place()
        self.form.focus_first()

    def check(self) -> str:
        """Everything there, a good passphrase, a good place."""
        problems = self.form.problems()
        if " " in self.user.login:
            problems.append(Problem("login", _("Write a login name without spaces.")))
        problems += [Problem(name, text) for name, text in passphrase.problems(self.form, self.user.login).items()]
        self.form.mark(problems)
        self._say_state()
        if problems:
            return _("Something is missing or not right yet; it is marked above.")
        return self._place_problem()

    def retranslate(self) -> None:
        """Say the words again."""
        self.place_head.setText(_("The file is kept on this computer as"))
        self.place.setAccessibleName(self.place_head.text())
        self.other.setText(_("Another &folder…"))
        self.other.setAccessibleName(self.other.text().replace("&", ""))
        self._show_place()
        self._say_state()

    def _on_name(self) -> None:
        if not self._own_login:
            words = fold(str(self.form.value("name"))).split()
            self.form.put("login", words[-1] if words else "")

    def _on_login(self) -> None:
        self._own_login = bool(self.form.value("login"))

    def _on_changed(self) -> None:
        self._say_state()
        self.changed.emit()

    def _on_other(self) -> None:
        ask_folder(self, _("Where the file is kept"), self._on_folder, start=self._folder)

    def _on_folder(self, folder: Path) -> None:
        self._folder = folder
        self._show_place()
        self.changed.emit()

    def _place_problem(self) -> str:
        problem = where_is(self.path)
        if problem is not None:
            return problem.message
        if self.path.exists():
            return _("{file} already exists. Choose another folder, or open that file from the first step.").format(
                file=self.path
            )
        return ""

    def _show_place(self) -> None:
        self.place.setText(str(self.path))
        self.place.setToolTip(str(self.path))
        told = self._place_problem() if self._stem else ""
        self.place_problem.setText(told)
        self.place_problem.setVisible(bool(told))
        self.place.setAccessibleDescription(told)

    def _say_state(self) -> None:
        text, tone = passphrase.state(self.form, self.user.login)
        self.state.setText(text)
        self.state.setProperty("class", tone)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.state.setAlignment(Qt.AlignmentFlag.AlignLeft)

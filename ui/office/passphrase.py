"""Choosing a passphrase: typed twice, shown by an eye, its rules said in words, with the warning about Unikey."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from casemgr.domain.passphrases import FEWEST_WORDS, SHORTEST, check_passphrase, passphrase_hint
from casemgr.i18n import N_, _
from ui.editors import Editor
from ui.forms import Field, Form
from ui.icons import icon
from ui.translation import Says

_LONGEST: Final = 200


class PassphraseEditor(Editor[QLineEdit]):
    """A hidden line with an eye; never cleaned, never trimmed."""

    def __init__(self) -> None:
        super().__init__(QLineEdit())
        self.widget.setMaxLength(_LONGEST)
        self.widget.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = QAction(icon("eye"), "", self.widget)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._on_eye)
        self.widget.addAction(self.eye, QLineEdit.ActionPosition.TrailingPosition)
        Says(self.widget, self.eye.setText, lambda: _("Show what is typed"))
        Says(self.widget, self.eye.setToolTip, lambda: _("Show what is typed"))
        self.widget.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        """What was typed, every sign of it."""
        return self.widget.text()

    def set_value(self, value: Any) -> None:  # noqa: ANN401 - every editor takes what its field holds
        """Show a text, mostly none."""
        self.widget.setText(value or "")

    def _on_eye(self, shown: bool) -> None:
        self.eye.setIcon(icon("eye-slash" if shown else "eye"))
        self.widget.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


FIELDS: Final = (
    Field("passphrase", N_("Pass&phrase"), PassphraseEditor, required=True),
    Field("again", N_("The same &again"), PassphraseEditor, required=True),
)
"""To be used together in a form; `problems` says what is wrong with them."""


def rules() -> str:
    """What a passphrase must be, before anybody errs."""
    return _(
        "At least {letters} characters, or {words} words that only you would put together, "
        "such as a line of a song turned round. Letters without marks are safest."
    ).format(letters=SHORTEST, words=FEWEST_WORDS)


def state(form: Form, login: str) -> tuple[str, str]:
    """A sentence about what is typed so far, and its tone."""
    typed, again = str(form.value("passphrase")), str(form.value("again"))
    if not typed:
        return rules(), "soft"
    found = check_passphrase(typed, login=login)
    if found:
        return found[0], "problem"
    if again and again != typed:
        return _("The two passphrases differ."), "problem"
    good = _("Good enough.") if again else _("Good enough. Type it once more.")
    hint = passphrase_hint(typed)
    return (f"{good} {hint}" if hint else good), "soft"


def problems(form: Form, login: str) -> dict[str, str]:
    """What stands against the passphrase, by field."""
    typed, again = str(form.value("passphrase")), str(form.value("again"))
    found = check_passphrase(typed, login=login) if typed else []
    if found:
        return {"passphrase": "\n".join(found)}
    if typed and again and typed != again:
        return {"again": _("The two passphrases differ. Type the same once more.")}
    return {}

"""People of a household who may be on file already: who they are, and what to do with each."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_, _
from casemgr.services.import_matches import KnownPerson
from casemgr.services.imports import KnownChoice
from ui.icons import icon
from ui.theme import spaced, theme
from ui.translation import Speaks
from ui.widgets.choice_box import ChoiceBox

CHOICES: Final = {
    KnownChoice.LINK: N_("The same person: she moves here"),
    KnownChoice.NEW: N_("Somebody else: write as new"),
    KnownChoice.SKIP: N_("Leave this person out"),
}


class KnownPeople(Speaks):
    """One line and one choice per person."""

    chosen = Signal(object, str)
    """The person's key, and the choice."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("knownPeople")
        self._lines: list[QWidget] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        spaced(self._column, margins=(0, 0, 6, 0), spacing=8)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("knownArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self._title = QLabel()
        self._title.setProperty("class", "h2")
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        layout.addWidget(self._title)
        layout.addWidget(area, 1)
        self.retranslate()

    def show_people(self, people: Sequence[KnownPerson], decided: Mapping[object, str]) -> None:
        """Show these people; nobody hides the pane."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(number, one, decided.get(one.key)) for number, one in enumerate(people)]
        for number, line in enumerate(self._lines):
            self._column.insertWidget(number, line)
        self.setVisible(bool(people))

    def retranslate(self) -> None:
        """Say the words again."""
        self._title.setText(_("Already on file?"))

    def _line(self, number: int, one: KnownPerson, decided: str | None) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        spaced(column, spacing=4)
        head = QHBoxLayout()
        spaced(head, spacing=6)
        sign, text = QLabel(), QLabel(_words(one))
        side = theme().px(16)
        tone = "poor" if one.conflict else "near" if one.must_choose else "info"
        sign.setPixmap(icon("identification-card" if one.certain else "user", tone).pixmap(QSize(side, side)))
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setObjectName(f"known{number}Text")
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(text, 1)
        box: ChoiceBox[str] = ChoiceBox()
        box.setObjectName(f"known{number}")
        box.setAccessibleName(_("What to do with {name}").format(name=one.name))
        undecided = [] if not one.must_choose else [("", _undecided)]
        box.set_choices([*undecided, *((choice.value, partial(_, words)) for choice, words in CHOICES.items())])
        box.set_value(decided or ("" if one.must_choose else KnownChoice.NEW.value))
        box.chosen.connect(lambda: self.chosen.emit(one.key, box.value() or ""))
        column.addLayout(head)
        column.addWidget(box)
        return line


def _words(one: KnownPerson) -> str:
    on_file = " · ".join(filter(None, (one.on_file, one.birth, one.household)))
    if one.conflict:
        return _("{name}: the same identity number belongs to {on_file}").format(name=one.name, on_file=on_file)
    if one.certain:
        return _("{name}: same identity number as {on_file}").format(name=one.name, on_file=on_file)
    return _("{name} looks like {on_file}").format(name=one.name, on_file=on_file)


def _undecided() -> str:
    return _("Please choose")

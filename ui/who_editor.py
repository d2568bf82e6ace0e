"""A field for a household or somebody in it: searched by name, code, identity number or a scanned card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.i18n import _
from casemgr.services import households
from casemgr.services.search import search
from ui.editors import Editor
from ui.icons import icon
from ui.theme import spaced
from ui.tones import class_tone
from ui.translation import Says, Speaks
from ui.widgets.search_box import Hit, SearchBox

if TYPE_CHECKING:
    from ui.desk import Desk

_MOST: Final = 9


@dataclass(frozen=True)
class Chosen:
    """A household, perhaps one person of it."""

    household_id: UUID
    person_id: UUID | None = None


def find_people(desk: Desk, text: str) -> list[Hit]:
    """Households and people a text means; `target` is a `Chosen`."""
    hits = []
    for hit in desk.workspace.read(search, text, limit=_MOST, kinds=("household", "person")):
        if hit.household_id is None:
            continue
        person = hit.id if hit.kind == "person" else None
        word = _(CLASS_SHORT_LABELS[hit.class_value]) if person is None else ""
        detail = hit.subtitle if hit.code in hit.subtitle else f"{hit.code} · {hit.subtitle}"
        picture = "user" if person else "house-line"
        target = Chosen(hit.household_id, person)
        hits.append(Hit(picture, hit.title, detail, target, word, class_tone(hit.class_value)))
    return hits


class WhoBox(SearchBox):
    """The search box with words of its own."""

    def __init__(self, find: Callable[[str], Sequence[Hit]], words: Callable[[], str]) -> None:
        super().__init__(find)
        Says(self, self.setPlaceholderText, words)
        Says(self, self.setAccessibleName, words)


class WhoWidget(Speaks):
    """The box, or who is chosen with a way to choose another."""

    changed = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self.chosen: Chosen | None = None
        self.box = WhoBox(
            lambda text: find_people(desk, text), lambda: _("Name, code, identity number, or scan the card")
        )
        self.box.setObjectName(name)
        self.box.chosen.connect(self._on_chosen)
        self.name = QLabel()
        self.name.setObjectName(f"{name}Name")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        self.other = QPushButton()
        self.other.setObjectName(f"{name}Other")
        self.other.setIcon(icon("arrows-clockwise"))
        self.other.clicked.connect(self.clear)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.name, 1)
        row.addWidget(self.other)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.box)
        layout.addLayout(row)
        self.setFocusProxy(self.box)
        self.retranslate()

    def show_chosen(self, chosen: Chosen | None) -> None:
        """Show who is chosen, without telling."""
        self.chosen = chosen
        self.retranslate()

    def clear(self) -> None:
        """Choose another."""
        self.show_chosen(None)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def retranslate(self) -> None:
        """Say the words again."""
        chosen = self.chosen
        self.other.setText(_("Another"))
        self.other.setAccessibleName(_("Choose another household or person"))
        self.box.setVisible(chosen is None)
        self.name.setVisible(chosen is not None)
        self.other.setVisible(chosen is not None)
        if chosen is not None:
            self.name.setText(who_words(self._desk, chosen))

    def _on_chosen(self, target: object) -> None:
        if isinstance(target, Chosen):
            self.show_chosen(target)
            self.other.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()


class WhoEditor(Editor[QWidget]):
    """Holds a `Chosen`."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.who = WhoWidget(desk, name)
        super().__init__(self.who)
        self.who.changed.connect(self.changed)

    def value(self) -> Chosen | None:
        """Who is chosen."""
        return self.who.chosen

    def set_value(self, value: Chosen | None) -> None:
        """Show who is chosen."""
        form = self.who.parentWidget()
        if form is not None:
            self.who.box.removeEventFilter(form)  # Enter chooses a hit here; a form would go on to the next field
        self.who.show_chosen(value)


def who_words(desk: Desk, chosen: Chosen) -> str:
    """Code, head, hamlet, and the person in question."""
    view = desk.workspace.read(households.view, chosen.household_id)
    person = next((one.person.full_name for one in view.members if one.person_id == chosen.person_id), "")
    name = view.name if not person or person == view.name else f"{person} ({view.name})"
    return " · ".join(filter(None, (name, view.code, view.hamlet)))

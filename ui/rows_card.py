"""A card with a small table and its verbs: what belongs to the record on show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ui.models.rows import Column, RowsModel
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.chips import FlowLayout
from ui.widgets.fit_table import FitTable, flat_button


@dataclass(frozen=True)
class CardVerb:
    """A button of a card; `on_row` needs a line."""

    name: str
    picture: str
    words: Callable[[], str]
    act: Callable[[Any], object]
    on_row: bool = False


class RowsCard(Card):
    """A small table with its verbs; `opened` on Enter."""

    opened = Signal(object)

    def __init__(
        self,
        name: str,
        title: Callable[[], str],
        columns: Sequence[Column[Any]],
        none: Callable[[], str],
        verbs: Sequence[CardVerb] = (),
        *,
        most: int = 5,
    ) -> None:
        super().__init__(title, margin=10)
        self.setObjectName(f"{name}Card")
        self.lines: Sequence[Any] = ()
        self.model: RowsModel[int, Any] = RowsModel(columns, lambda ids: [self.lines[one] for one in ids])
        self.table = FitTable(self.model, name=f"{name}Table", most=most)
        self.table.opened.connect(lambda row: self.opened.emit(self.lines[row]))
        Says(self.table, self.table.setAccessibleName, title)
        self.none = QLabel()
        self.none.setObjectName(f"{name}None")
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        Says(self.none, self.none.setText, none)
        self.buttons: dict[str, tuple[CardVerb, QPushButton]] = {}
        for verb in verbs:
            button = flat_button(verb.name, verb.picture)
            Says(button, button.setToolTip, verb.words)
            Says(button, button.setText, verb.words)
            Says(button, button.setAccessibleName, verb.words)
            button.clicked.connect(lambda _checked=False, verb=verb: self._act(verb))
            self.buttons[verb.name] = (verb, button)
        self.lay_out_verbs()
        self.add(self.table)
        self.add(self.none)
        self._may = True
        self.show_lines(())

    def lay_out_verbs(self) -> None:
        """One verb stands in the head; several below it."""
        if len(self.buttons) == 1:
            for _verb, button in self.buttons.values():
                self.head.addWidget(button)
        elif self.buttons:
            holder = QWidget()
            row = FlowLayout(holder)
            spaced(row)
            for _verb, button in self.buttons.values():
                row.addWidget(button)
            self.add(holder)

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show these; the current line keeps its place."""
        kept = self.table.current()
        self.lines = tuple(lines)
        self.model.set_ids(range(len(self.lines)))
        self.table.go(min(max(kept, 0), len(self.lines) - 1))
        self.table.setVisible(bool(self.lines))
        self.none.setVisible(not self.lines)
        self.enable(may=self._may)

    def current(self) -> Any:  # noqa: ANN401 - whatever the card lists
        """The line one is on."""
        row = self.table.current()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def enable(self, *, may: bool) -> None:
        """Allow writing or not; verbs of a line need one."""
        self._may = may
        for verb, button in self.buttons.values():
            button.setEnabled(may and (bool(self.lines) or not verb.on_row))

    def _act(self, verb: CardVerb) -> None:
        line = self.current()
        if line is not None or not verb.on_row:
            verb.act(line)

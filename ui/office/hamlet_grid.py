"""A grid to enter hamlets fast: kind, name, area; a line is always free, and a list of lines can be pasted at once."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QToolButton, QWidget

from casemgr.domain.offices import AREA_LABELS, HAMLET_KINDS, URBAN_KINDS, Area, HamletData
from casemgr.domain.text import clean, place_key
from casemgr.i18n import _
from ui.icons import icon
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST: Final = 300
_NUMBERING: Final = re.compile(r"^\s*(?:\d+\s*[.)\t]|[-+*•])\s*")


class _Line:
    """One hamlet being entered."""

    def __init__(self, grid: HamletGrid, kind: str, area: Area) -> None:
        self.kind: ChoiceBox[str] = ChoiceBox()
        self.kind.setObjectName("hamletKind")
        self.kind.set_choices([*((each, partial(str, each)) for each in HAMLET_KINDS), ("", lambda: _("no kind"))])
        self.kind.set_value(kind)
        self.name = QLineEdit()
        self.name.setObjectName("hamletName")
        self.name.setMaxLength(100)
        self.area: ChoiceBox[Area] = ChoiceBox()
        self.area.setObjectName("hamletArea")
        self.area.set_choices([(each, partial(_, words)) for each, words in AREA_LABELS.items()])
        self.area.setMinimumContentsLength(15)
        self.area.set_value(area)
        self.remove = QToolButton()
        self.remove.setObjectName("hamletRemove")
        self.remove.setProperty("class", "flat")
        self.remove.setIcon(icon("x"))
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name.textEdited.connect(lambda _text: grid.on_typed(self))
        self.name.installEventFilter(grid)
        self.kind.chosen.connect(lambda: grid.on_kind(self))
        self.area.chosen.connect(grid.changed)
        self.remove.clicked.connect(lambda: grid.remove(self))

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return (self.kind, self.name, self.area, self.remove)

    @property
    def data(self) -> HamletData:
        return HamletData(self.kind.value() or "", clean(self.name.text()), self.area.value() or Area.RURAL)


class HamletGrid(Speaks):
    """Lines of kind, name and area."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hamletGrid")
        self._kind, self._area = HAMLET_KINDS[0], Area.RURAL
        self._lines: list[_Line] = []
        self._heads = [QLabel() for _column in range(3)]
        self._grid = QGridLayout(self)
        spaced(self._grid, spacing=6)
        self._grid.setColumnStretch(1, 1)
        for column, head in enumerate(self._heads):
            head.setProperty("class", "h2")
            self._grid.addWidget(head, 0, column)
        self._append()
        self.retranslate()

    def set_defaults(self, kind: str, area: Area) -> None:
        """What a new line begins with; lines without a name follow."""
        self._kind, self._area = kind, area
        for line in self._lines:
            if not line.data.name:
                line.kind.set_value(kind)
                line.area.set_value(area)

    def hamlets(self) -> tuple[HamletData, ...]:
        """Everything entered; lines without a name count for nothing."""
        return tuple(line.data for line in self._lines if line.data.name)

    def set_hamlets(self, hamlets: Sequence[HamletData]) -> None:
        """Show these instead."""
        for line in tuple(self._lines):
            self._take(line)
        for hamlet in hamlets:
            self._append(hamlet)
        self._append()
        self.retranslate()
        self.changed.emit()

    def paste(self, text: str) -> int:
        """Add the hamlets of a pasted list, one a line, those already here left out; how many were added."""
        from casemgr.services.offices import parse_hamlet

        known = {_key(hamlet) for hamlet in self.hamlets()}
        added: list[HamletData] = []
        for line in text.splitlines():
            data = parse_hamlet(_NUMBERING.sub("", line).replace("\t", " ").strip(" .;,"), self._area)
            if data.name and not data.kind:
                data = HamletData(self._kind, data.name, data.area)
            if data.name and _key(data) not in known and len(known) < _MOST:
                known.add(_key(data))
                added.append(data)
        if added:
            self.set_hamlets((*self.hamlets(), *added))
        return len(added)

    def problem(self) -> str:
        """Why this cannot be saved: two of one name; the second is marked."""
        seen: dict[tuple[str, str], str] = {}
        told = ""
        for line in self._lines:
            data = line.data
            twice = bool(data.name) and _key(data) in seen
            if data.name:
                seen[_key(data)] = data.name
            _mark(line.name, wrong=twice)
            if twice and not told:
                told = _("{hamlet} is entered twice.").format(hamlet=data.full_name)
        return told

    def focus_free(self) -> None:
        """Begin typing in the free line."""
        self._lines[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_typed(self, line: _Line) -> None:
        """A line got a name: another one is free below."""
        if line is self._lines[-1] and line.name.text().strip():
            self._append()
            self.retranslate()
        _mark(line.name, wrong=False)
        self.changed.emit()

    def on_kind(self, line: _Line) -> None:
        """Some kinds exist in towns only."""
        if line.kind.value() in URBAN_KINDS:
            line.area.set_value(Area.URBAN)
        self.changed.emit()

    def remove(self, line: _Line) -> None:
        """Take a line away."""
        number = self._lines.index(line)
        self._take(line)
        if not self._lines or self._lines[-1].data.name:
            self._append()
        self.retranslate()
        self._lines[min(number, len(self._lines) - 1)].name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def retranslate(self) -> None:
        """Say the words again."""
        for head, words in zip(self._heads, (_("Kind"), _("Name"), _("Area")), strict=True):
            head.setText(words)
        for number, line in enumerate(self._lines, 1):
            for widget, words in (
                (line.kind, _("Kind of hamlet {number}")),
                (line.name, _("Name of hamlet {number}")),
                (line.area, _("Area of hamlet {number}")),
                (line.remove, _("Remove hamlet {number}")),
            ):
                widget.setAccessibleName(words.format(number=number))
            line.remove.setToolTip(_("Remove this line"))
            line.remove.setEnabled(bool(line.name.text()) or number < len(self._lines))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next name; several lines on the clipboard become several hamlets."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if len(text.strip().splitlines()) > 1:
                self.paste(text)
                self.focus_free()
                return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            number = next(place for place, line in enumerate(self._lines) if line.name is watched)
            if number + 1 < len(self._lines):
                self._lines[number + 1].name.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _append(self, data: HamletData | None = None) -> None:
        line = _Line(self, data.kind if data else self._kind, data.area if data else self._area)
        if data is not None:
            line.name.setText(data.name)
        row = self._grid.rowCount()
        before: QWidget | None = self._lines[-1].remove if self._lines else None
        self._lines.append(line)
        for column, widget in enumerate(line.widgets):
            self._grid.addWidget(widget, row, column)
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget

    def _take(self, line: _Line) -> None:
        self._lines.remove(line)
        for widget in line.widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()


def _key(data: HamletData) -> tuple[str, str]:
    return place_key(data.kind), place_key(data.name)


def _mark(line: QLineEdit, *, wrong: bool) -> None:
    if bool(line.property("invalid")) != wrong:
        line.setProperty("invalid", wrong)
        line.style().unpolish(line)
        line.style().polish(line)

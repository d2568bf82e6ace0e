"""The point table of B1 as fields: a choice per group, a box per flag; shown only when the official table is loaded."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.pack_parts import ScoreItem, ScoreTable
from casemgr.domain.pack_points import FLAG, score_points
from casemgr.errors import ValidationError
from casemgr.i18n import _, format_number
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.choice_box import ChoiceBox


class ScorePanel(Speaks):
    """`points` adds up at every change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scorePanel")
        self._table: ScoreTable | None = None
        self._zone = ""
        self._choices: dict[str, ChoiceBox[str]] = {}
        self._flags: dict[str, QCheckBox] = {}
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        spaced(self._grid, spacing=4)
        self._grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setObjectName("scoreArea")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self._inside)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(area)

    def show_table(self, table: ScoreTable | None, zone: str) -> None:
        """Ask the lines of a table; nothing when none is loaded."""
        self._zone = zone
        if table == self._table:
            return
        self._table = table
        for widget in self._inside.findChildren(QWidget):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._choices, self._flags = {}, {}
        groups: dict[str, list[ScoreItem]] = {}
        for item in table.items if table else ():
            groups.setdefault(item.group, []).append(item)
        for group, items in groups.items():
            self._add_choice(group, [item for item in items if item.kind != FLAG])
            for item in items:
                if item.kind == FLAG:
                    self._add_flag(item)

    @property
    def usable(self) -> bool:
        """Whether there is a table for this zone."""
        return self._table is not None and self._table.loaded and self._zone in self._table.zones

    def answers(self) -> dict[str, int]:
        """Item code to 1 for every line that holds."""
        chosen = [box.value() for box in self._choices.values()]
        return {code: 1 for code in chosen if code} | {code: 1 for code, box in self._flags.items() if box.isChecked()}

    def show_answers(self, answers: Mapping[str, int]) -> None:
        """Show one household's lines."""
        held = {code for code, count in answers.items() if count}
        for box in self._choices.values():
            codes = [box.itemData(index) for index in range(box.count())]
            box.set_value(next((code for code in codes if code in held), None))
        for code, flag in self._flags.items():
            flag.setChecked(code in held)

    def points(self) -> int | None:
        """B1 by these lines; None when they contradict each other or none was chosen."""
        if self._table is None or not self.answers():
            return None
        try:
            return score_points(self._table, self._zone, self.answers())
        except ValidationError:
            return None

    def _add_choice(self, group: str, items: list[ScoreItem]) -> None:
        if not items:
            return
        box: ChoiceBox[str] = ChoiceBox()
        box.setObjectName(f"score_{group}")
        box.setAccessibleName(items[0].label)
        box.set_choices([(None, str), *((item.code, partial(self._words, item)) for item in items)])
        for index, item in enumerate(items, 1):
            box.setItemData(index, item.code)
        box.setCurrentIndex(0)
        box.chosen.connect(self.changed)
        label = QLabel(group)
        label.setBuddy(box)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(box, row, 1)
        self._choices[group] = box

    def _add_flag(self, item: ScoreItem) -> None:
        flag = QCheckBox(self._words(item))
        flag.setObjectName(f"score_{item.code}")
        flag.setAccessibleName(item.label)
        flag.clicked.connect(lambda _checked: self.changed.emit())
        self._grid.addWidget(flag, self._grid.rowCount(), 0, 1, 2)
        self._flags[item.code] = flag

    def _words(self, item: ScoreItem) -> str:
        points = _("{count} points").format(count=format_number(item.points.get(self._zone, 0)))
        return f"{item.label} ({points})"

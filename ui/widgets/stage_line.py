"""The way of a case from its first state to its goal: what is behind it, where it stands, what lies ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from casemgr.i18n import _
from ui.theme import theme
from ui.translation import Speaks

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from casemgr.domain.states import Machine


def main_way(machine: Machine) -> tuple[str, ...]:
    """The states one comes through when every step is the expected one."""
    way = [machine.states[0].code]
    while (move := machine.expected(way[-1])) is not None and move.to not in way:
        way.append(move.to)
    return tuple(str(code) for code in way)


class StageLine(Speaks):
    """Dots on a line; every state is named where there is room, else only where the case stands."""

    def __init__(self, machine: Machine, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._machine = machine
        self._way = main_way(machine)
        self._state, self._passed = self._way[0], frozenset[str]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_state(self, state: str, passed: Collection[str]) -> None:
        """Show where a case stands and which states it came through."""
        self._state, self._passed = str(state), frozenset(str(code) for code in passed)
        self.retranslate()

    def retranslate(self) -> None:
        """Say where it stands."""
        label = self._machine.label(self._state)
        expected = self._machine.expected(self._state)
        ahead = self._machine.label(expected.to) if expected else _("the end")
        self.setAccessibleName(_("State: {state}; next: {next}").format(state=label, next=ahead))
        self.setToolTip(" → ".join(self._machine.label(code) for code in self._way))
        self.update()

    def sizeHint(self) -> QSize:
        """A dot and two lines of words."""
        return QSize(theme().px(400), theme().px(16) + 2 * (theme().font_px(11) + theme().px(4)))

    def minimumSizeHint(self) -> QSize:
        """Never in the way of a narrow window."""
        return QSize(theme().px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, dots and words."""
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, middle = self.width() / len(self._way), look.px(8)
        places = [QPointF((place + 0.5) * wide, middle) for place in range(len(self._way))]
        painter.setPen(QPen(look.colour("line"), look.px(2)))
        painter.drawLine(places[0], places[-1])
        here = self._way.index(self._state) if self._state in self._way else -1
        all_named = wide >= look.room(92)
        for place, (code, dot) in enumerate(zip(self._way, places, strict=True)):
            current = place == here
            behind = code in self._passed or place < here
            painter.setPen(QPen(look.colour("accent" if current or behind else "edge"), look.px(2)))
            painter.setBrush(look.colour("accent" if behind or current else "panel"))
            radius = look.px(6 if current else 4)
            painter.drawEllipse(dot, radius, radius)
            if current or all_named:
                self._name(painter, code, dot.x(), wide, current=current)

    def _name(self, painter: QPainter, code: str, x: float, wide: float, *, current: bool) -> None:
        look = theme()
        painter.setFont(look.font(11, bold=current))
        painter.setPen(look.colour("text" if current else "soft"))
        room = max(wide - look.px(4), look.room(120) if current else 0)
        left = min(max(0.0, x - room / 2), self.width() - room)
        place = QRectF(left, look.px(16), room, self.height() - look.px(16))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(place, int(flags) | int(Qt.TextFlag.TextWordWrap), self._machine.label(code))

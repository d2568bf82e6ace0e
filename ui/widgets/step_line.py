"""A case as dots on a line: what is behind it with its day, what comes next, what lies ahead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from ui.theme import theme
from ui.translation import Speaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QWidget

_NAMED: Final = 74
"""Natural width from which every step is named."""
_LINES: Final = 3
_FLAGS: Final = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class Mark(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NEXT = "next"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Dot:
    """One step: its words, its day, and what more is told when one points at it."""

    label: str
    day: str = ""
    mark: Mark = Mark.AHEAD
    hint: str = ""


class StepLine(Speaks):
    """Every step is named where there is room, else only the next one."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.dots: Sequence[Dot] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_dots(self, dots: Sequence[Dot]) -> None:
        """Show these steps."""
        self.dots = dots
        self.setAccessibleName("; ".join(", ".join(filter(None, (dot.label, dot.day, dot.hint))) for dot in dots))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Narrower words need more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """A dot, the words, the day."""
        look, wide = theme(), max(1.0, width / max(1, len(self.dots)))
        room = int(self._room(wide, bold=wide < look.room(_NAMED)))
        metrics = QFontMetrics(look.font(11, bold=True))
        asked = QRect(0, 0, room, metrics.lineSpacing() * _LINES)
        shown = [dot for dot in self.dots if dot.mark is Mark.NEXT or wide >= look.room(_NAMED)]
        words = max((metrics.boundingRect(asked, _FLAGS, dot.label).height() for dot in shown), default=0)
        return look.px(20) + min(words, asked.height()) + _line()

    def sizeHint(self) -> QSize:
        """As it stands in a wide window."""
        return QSize(theme().px(400), self.heightForWidth(max(self.width(), theme().px(400))))

    def minimumSizeHint(self) -> QSize:
        """Never in the way of a narrow window."""
        return QSize(theme().px(160), theme().px(20) + 2 * _line())

    def event(self, event: QEvent) -> bool:
        """Pointing at a step tells all of it."""
        if isinstance(event, QHelpEvent) and event.type() == QHelpEvent.Type.ToolTip and self.dots:
            place = min(int(event.x() / self._wide()), len(self.dots) - 1)
            dot = self.dots[place]
            QToolTip.showText(event.globalPos(), " · ".join(filter(None, (dot.label, dot.day, dot.hint))), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, dots, words and days."""
        if not self.dots:
            return
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, middle = self._wide(), look.px(9)
        places = [QPointF((place + 0.5) * wide, middle) for place in range(len(self.dots))]
        behind = sum(dot.mark is Mark.DONE for dot in self.dots)
        for number, (left, right) in enumerate(pairwise(places), 1):
            painter.setPen(QPen(look.colour("accent" if number < behind else "line"), look.px(2)))
            painter.drawLine(left, right)
        for dot, place in zip(self.dots, places, strict=True):
            ahead = dot.mark is Mark.AHEAD
            painter.setPen(QPen(look.colour("edge" if ahead else "accent"), look.px(2)))
            painter.setBrush(look.colour("accent" if dot.mark is Mark.DONE else "panel"))
            radius = look.px(6 if dot.mark is Mark.NEXT else 4)
            painter.drawEllipse(place, radius, radius)
            if dot.mark is Mark.NEXT or wide >= look.room(_NAMED):
                self._name(painter, dot, place.x(), wide)

    def _wide(self) -> float:
        return max(1.0, self.width() / max(1, len(self.dots)))

    def _room(self, wide: float, *, bold: bool) -> float:
        return max(wide - theme().px(6), theme().room(_NAMED) if bold else 0)

    def _name(self, painter: QPainter, dot: Dot, x: float, wide: float) -> None:
        look, bold = theme(), dot.mark is Mark.NEXT
        room = self._room(wide, bold=bold)
        left = min(max(0.0, x - room / 2), max(0.0, self.width() - room))
        painter.setFont(look.font(11, bold=bold))
        painter.setPen(look.colour("soft" if dot.mark is Mark.AHEAD else "text"))
        words = QRectF(left, look.px(18), room, QFontMetrics(painter.font()).lineSpacing() * _LINES)
        used = painter.boundingRect(words, _FLAGS, dot.label)
        painter.drawText(words, _FLAGS, dot.label)
        painter.setFont(look.font(11))
        painter.setPen(look.colour("soft"))
        painter.drawText(QRectF(left, min(used.bottom(), words.bottom()), room, _line()), _FLAGS, dot.day)


def _line() -> int:
    return theme().font_px(11) + theme().px(6)

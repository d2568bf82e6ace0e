"""The calendar of a plan as bars over the months; one that crosses the turn of the year goes on at the left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from casemgr.i18n import _
from ui.theme import theme

_MONTHS: Final = 12
_LABEL: Final = 0.3
"""How much of the width the words take."""


@dataclass(frozen=True)
class SeasonBar:
    """One step from a month to a month."""

    label: str
    first: int
    last: int

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """The months as one piece, or as two where it crosses the turn of the year."""
        if self.first <= self.last:
            return ((self.first, self.last),)
        return ((self.first, _MONTHS), (1, self.last))

    @property
    def told(self) -> str:
        """In words."""
        words = _("{step}: month {first} to {last}") if self.first != self.last else _("{step}: month {first}")
        return words.format(step=self.label, first=self.first, last=self.last)


class SeasonChart(QWidget):
    """Draws itself with the tokens of the theme; `now` marks the month it is."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._bars: tuple[SeasonBar, ...] = ()
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def bars(self) -> tuple[SeasonBar, ...]:
        """What is drawn."""
        return self._bars

    def show_bars(self, bars: Sequence[SeasonBar], now: int) -> None:
        """Draw other steps."""
        self._bars = tuple(bar for bar in bars if 1 <= bar.first <= _MONTHS and 1 <= bar.last <= _MONTHS)
        self._now = now
        told = "; ".join(bar.told for bar in self._bars) or _("No step of the season is written yet.")
        self.setAccessibleName(_("Calendar of the season"))
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for each step below the months."""
        return QSize(theme().px(300), self._top() + max(1, len(self._bars)) * self._line() + theme().px(4))

    def minimumSizeHint(self) -> QSize:
        """Readable."""
        return QSize(theme().px(220), self.sizeHint().height())

    def places(self, bar: SeasonBar) -> Iterator[QRectF]:
        """Where the pieces of a bar lie, without their line."""
        left, wide = self._left(), self._month()
        for first, last in bar.parts:
            yield QRectF(left + (first - 1) * wide, 0, (last - first + 1) * wide, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the months, the month it is, and the bars."""
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(11))
        left, wide, top = self._left(), self._month(), self._top()
        if 1 <= self._now <= _MONTHS:
            place = QRectF(left + (self._now - 1) * wide, 0, wide, self.height())
            painter.fillRect(place, look.colour("hover"))
        for month in range(1, _MONTHS + 1):
            x = left + (month - 1) * wide
            painter.setPen(look.colour("text" if month == self._now else "soft"))
            painter.drawText(QRectF(x, 0, wide, top), int(Qt.AlignmentFlag.AlignCenter), str(month))
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(int(x), top, int(x), self.height())
        if not self._bars:
            painter.setPen(look.colour("soft"))
            words = QRectF(left, top, self.width() - left, self._line())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), _("No step of the season is written yet."))
        for line, bar in enumerate(self._bars):
            self._draw(painter, bar, top + line * self._line())

    def _draw(self, painter: QPainter, bar: SeasonBar, top: int) -> None:
        look, line = theme(), self._line()
        metrics = QFontMetrics(painter.font())
        painter.setPen(look.colour("text"))
        words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(self._left() - look.px(8)))
        place = QRectF(0, top, self._left() - look.px(8), line)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        inset, radius = look.px(5), look.px(3)
        for piece in self.places(bar):
            painter.drawRoundedRect(
                QRectF(piece.left() + 1, top + inset, piece.width() - 2, line - 2 * inset), radius, radius
            )

    def _left(self) -> float:
        return self.width() * _LABEL

    def _month(self) -> float:
        return self.width() * (1 - _LABEL) / _MONTHS

    def _line(self) -> int:
        return max(theme().px(20), theme().font_px(11) + theme().px(8))

    def _top(self) -> int:
        return theme().font_px(11) + theme().px(8)

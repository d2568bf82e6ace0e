"""A small chart of one value over years: points joined where both are known, the plan as a dashed line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from casemgr.i18n import _
from ui.theme import theme


@dataclass(frozen=True)
class ChartPoint:
    """One year: how it is called, its value (None: not known), the value in words, and the plan."""

    label: str
    value: float | None
    text: str
    plan: float | None = None


class TrendChart(QWidget):
    """Draws itself with the tokens of the theme; its accessible description tells every value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trendChart")
        self._points: tuple[ChartPoint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def points(self) -> tuple[ChartPoint, ...]:
        """What is shown."""
        return self._points

    def show_points(self, points: Sequence[ChartPoint]) -> None:
        """Show other values."""
        self._points = tuple(points)
        told = "; ".join(f"{point.label}: {point.text}" for point in self._points)
        self.setAccessibleName(_("Trend"))
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Low and wide."""
        return QSize(theme().px(280), theme().px(132))

    def minimumSizeHint(self) -> QSize:
        """Readable."""
        return QSize(theme().px(200), theme().px(132))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw plan, line, points and words."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(11))
        if not any(point.value is not None for point in self._points):
            painter.setPen(look.colour("soft"))
            words = _("No value is known for these years.") if self._points else ""
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)
            return
        high = QFontMetrics(painter.font()).height()
        side = look.px(26)
        area = QRectF(self.rect()).adjusted(side, high + look.px(6), -side, -(high + look.px(8)))
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._draw_plan(painter, area)
        self._draw_line(painter, area)
        self._draw_words(painter, area, high)

    def _scale(self) -> tuple[float, float]:
        known = [one.value for one in self._points if one.value is not None]
        known += [one.plan for one in self._points if one.plan is not None]
        low, top = min(0.0, *known), max(0.0, *known)
        return low, top if top > low else low + 1

    def _place(self, area: QRectF, index: int, value: float) -> QPointF:
        low, top = self._scale()
        count = len(self._points)
        x = area.center().x() if count == 1 else area.left() + area.width() * index / (count - 1)
        return QPointF(x, area.bottom() - area.height() * (value - low) / (top - low))

    def _draw_plan(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(theme().colour("soft"), 1, Qt.PenStyle.DashLine))
        step = area.width() / max(1, len(self._points) - 1) / 2
        for index, point in enumerate(self._points):
            if point.plan is not None:
                middle = self._place(area, index, point.plan)
                left, right = max(area.left(), middle.x() - step), min(area.right(), middle.x() + step)
                painter.drawLine(QPointF(left, middle.y()), QPointF(right, middle.y()))

    def _draw_line(self, painter: QPainter, area: QRectF) -> None:
        look = theme()
        accent = look.colour("accent")
        before: QPointF | None = None
        for index, point in enumerate(self._points):
            if point.value is None:
                before = None
                continue
            place = self._place(area, index, point.value)
            if before is not None:
                painter.setPen(QPen(accent, look.px(2)))
                painter.drawLine(before, place)
            before = place
        painter.setPen(QPen(look.colour("panel"), 1))
        painter.setBrush(accent)
        radius = look.px(4)
        for index, point in enumerate(self._points):
            if point.value is not None:
                painter.drawEllipse(self._place(area, index, point.value), radius, radius)

    def _draw_words(self, painter: QPainter, area: QRectF, high: int) -> None:
        look = theme()
        wide = area.width() / max(1, len(self._points) - 1) if len(self._points) > 1 else area.width()
        metrics = QFontMetrics(painter.font())
        for index, point in enumerate(self._points):
            place = self._place(area, index, point.value if point.value is not None else self._scale()[0])
            painter.setPen(look.colour("soft"))
            label = QRectF(place.x() - wide / 2, area.bottom() + look.px(4), wide, high)
            painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), point.label)
            painter.setPen(look.colour("text" if point.value is not None else "soft"))
            text = metrics.elidedText(
                point.text if point.value is not None else "?", Qt.TextElideMode.ElideRight, int(wide)
            )
            top = place.y() - high - look.px(6) if point.value is not None else area.bottom() - high - look.px(4)
            painter.drawText(QRectF(place.x() - wide / 2, top, wide, high), int(Qt.AlignmentFlag.AlignCenter), text)

"""A word on a coloured ground: states and classes, the colour never alone."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme


def badge_size(text: str, *, natural: float = 12) -> QSize:
    """How big the badge of a text is."""
    from PySide6.QtGui import QFontMetrics

    look = theme()
    metrics = QFontMetrics(look.font(natural, bold=True))
    return QSize(metrics.horizontalAdvance(text) + 2 * look.px(9), metrics.height() + look.px(5))


def draw_badge(painter: QPainter, rect: QRect, text: str, tone: str, *, natural: float = 12) -> None:
    """Draw a badge that fills a rectangle, a long word elided; `tone` is a token with a ground ("poor" on "poorbg")."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.colour(tone) if look.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{tone}bg"))
    radius = rect.height() / 2
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), radius, radius)
    painter.setFont(look.font(natural, bold=True))
    painter.setPen(look.colour(tone))
    inner = rect.adjusted(look.px(4), 0, -look.px(4), 0)
    fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), fitting)
    painter.restore()


class Badge(QWidget):
    """A badge as a widget; as wide as its word."""

    def __init__(self, text: str = "", tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text, tone)

    def show_text(self, text: str, tone: str) -> None:
        """Change word and colour; an empty word takes no room."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return badge_size(self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        draw_badge(painter, self.rect(), self._text, self._tone)

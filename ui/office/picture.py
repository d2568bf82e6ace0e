"""A picture of a paper's strip as it will be printed, drawn by the renderer of the paper itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.pdf_pages import POINTS_PER_INCH, PdfPages

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent


class PaperPicture(QWidget):
    """The first page of a PDF, as wide as there is room; its words are the accessible description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperPicture")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._content: bytes | None = None
        self._size = (210.0, 56.0)
        self._drawn: QPixmap | None = None

    def show_pdf(self, content: bytes) -> None:
        """Show another paper."""
        self._content, self._drawn = content, None
        with PdfPages(content) as pages:
            self._size = pages.sizes[0]
            self.setAccessibleDescription(pages.text(0))
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What can be read on it."""
        return self.accessibleDescription()

    def heightForWidth(self, width: int) -> int:
        """The paper keeps its shape: the height of the strip at a width."""
        return round(width * self._size[1] / self._size[0]) + 3  # its hairlines

    def sizeHint(self) -> QSize:
        """Readable."""
        width = theme().px(460)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Still recognisable."""
        width = theme().px(220)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        self._drawn = None
        self.setFixedHeight(self.heightForWidth(self.width()))  # a scroll area gives no height for a width
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip on white with a hairline."""
        if self._content is None or self.width() < 2:
            return
        width, height = float(self.width() - 2), (self.width() - 2) * self._size[1] / self._size[0]
        if self._drawn is None:
            dpi = width * self.devicePixelRatioF() * POINTS_PER_INCH / self._size[0]
            with PdfPages(self._content) as pages:
                self._drawn = QPixmap.fromImage(pages.image(0, dpi))
        painter = QPainter(self)
        target = QRectF(1, 1, width, height)
        painter.drawPixmap(target, self._drawn, QRectF(self._drawn.rect()))
        painter.setPen(theme().colour("edge"))
        painter.drawRect(target.adjusted(-0.5, -0.5, 0.5, 0.5))

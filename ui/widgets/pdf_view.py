"""Shows a PDF page under page: fit to width or zoom, count, keys; empty until it gets one."""

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from casemgr.i18n import _
from ui.icons import icon
from ui.theme import spaced, theme
from ui.translation import Speaks
from ui.widgets.pdf_pages import POINTS_PER_INCH, PdfPages

_STEPS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
_SCREEN_DPI = 96


class _Sheets(QWidget):
    """The pages one under the other; only those in view are drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: PdfPages | None = None
        self.zoom = 1.0
        self._drawn: dict[tuple[int, int], QPixmap] = {}

    def let_go(self) -> None:
        """Close the file."""
        if self.pages is not None:
            self.pages.close()
            self.pages = None

    def forget(self) -> None:
        """Draw anew."""
        self._drawn.clear()

    def rects(self) -> list[QRectF]:
        """Where each page lies."""
        gap, top, places = theme().px(12), float(theme().px(12)), []
        factor = self.zoom * _SCREEN_DPI / POINTS_PER_INCH
        for width, height in self.pages.sizes if self.pages else ():
            left = max(float(gap), (self.width() - width * factor) / 2)
            places.append(QRectF(left, top, width * factor, height * factor))
            top += height * factor + gap
        return places

    def wanted(self) -> QSize:
        """The room all pages need."""
        gap, factor = theme().px(12), self.zoom * _SCREEN_DPI / POINTS_PER_INCH
        sizes = self.pages.sizes if self.pages else []
        width = max((size[0] for size in sizes), default=0) * factor + 2 * gap
        height = sum(size[1] for size in sizes) * factor + gap * (len(sizes) + 1)
        return QSize(round(width), round(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view."""
        if self.pages is None:
            return
        painter = QPainter(self)
        painter.setPen(theme().colour("edge"))
        ratio = self.devicePixelRatioF()
        for number, rect in enumerate(self.rects()):
            if not rect.intersects(QRectF(event.rect())):
                continue
            dpi = self.zoom * _SCREEN_DPI * ratio
            key = (number, round(dpi * 100))
            if key not in self._drawn:
                if len(self._drawn) > 8:
                    self._drawn.clear()
                self._drawn[key] = QPixmap.fromImage(self.pages.image(number, dpi))
            painter.drawPixmap(rect, self._drawn[key], QRectF(self._drawn[key].rect()))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))


class PdfView(Speaks):
    """A preview; `page_changed` carries the number of the page in view, from 1."""

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pdfView")
        self._fit = "width"
        self._sheets = _Sheets()
        sheets = self._sheets
        self.destroyed.connect(lambda: sheets.let_go())
        self._area = QScrollArea()
        self._area.setObjectName("pdfArea")
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setWidget(self._sheets)
        self._area.viewport().installEventFilter(self)
        self._area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._count = QLabel()
        self._count.setProperty("class", "small")
        self._buttons: dict[str, QToolButton] = {}
        bar = QHBoxLayout()
        spaced(bar, margins=(8, 4, 8, 4), spacing=2)
        bar.addWidget(self._count)
        bar.addStretch()
        for name, picture, act in (
            ("zoom_out", "magnifying-glass-minus", lambda: self._step(-1)),
            ("zoom_in", "magnifying-glass-plus", lambda: self._step(1)),
            ("fit", "arrows-out-line-horizontal", self.fit_width),
            ("page", "file", self.fit_page),
            ("natural", "frame-corners", lambda: self.set_zoom(1.0)),
        ):
            button = QToolButton()
            button.setObjectName(f"pdf_{name}")
            button.setProperty("class", "flat")
            button.setIcon(icon(picture))
            button.clicked.connect(act)
            self._buttons[name] = button
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addLayout(bar)
        layout.addWidget(self._area, 1)
        self.retranslate()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._let_go)

    def _let_go(self) -> None:
        """Close the file before the library does, which would complain."""
        self.show_pdf(None)

    def show_pdf(self, content: bytes | None) -> None:
        """Show a PDF, keeping zoom and place; None empties the view."""
        self._sheets.let_go()
        self._sheets.pages = PdfPages(content) if content else None
        self._sheets.forget()
        self._arrange()
        self.retranslate()

    @property
    def page_count(self) -> int:
        """How many pages."""
        return len(self._sheets.pages) if self._sheets.pages else 0

    @property
    def zoom(self) -> float:
        """The zoom in force, 1 = natural size."""
        return self._sheets.zoom

    def page_text(self, number: int) -> str:
        """The words of a page, from 1."""
        return self._sheets.pages.text(number - 1) if self._sheets.pages else ""

    def set_zoom(self, zoom: float) -> None:
        """Zoom to a factor of the natural size."""
        self._fit = ""
        self._sheets.zoom = max(_STEPS[0], min(_STEPS[-1], zoom))
        self._arrange()

    def fit_width(self) -> None:
        """As wide as the view."""
        self._fit = "width"
        self._arrange()

    def fit_page(self) -> None:
        """The whole page in view."""
        self._fit = "page"
        self._arrange()

    def retranslate(self) -> None:
        """Say the words again."""
        for name, words in (
            ("zoom_out", _("Smaller")),
            ("zoom_in", _("Larger")),
            ("fit", _("Fit the width")),
            ("page", _("Whole page")),
            ("natural", _("Natural size")),
        ):
            self._buttons[name].setAccessibleName(words)
            self._buttons[name].setToolTip(words)
        self._area.setAccessibleName(_("Preview of the paper"))
        self._area.setAccessibleDescription(self.page_text(1))
        self._on_scrolled()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Ctrl and the wheel zoom; the view's size decides the fit."""
        if event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent):
            self._arrange()
        elif isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(1 if event.angleDelta().y() > 0 else -1)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom."""
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self._step(1 if event.key() == Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)

    def _step(self, direction: int) -> None:
        now = self._sheets.zoom
        steps = [step for step in _STEPS if (step > now + 0.01 if direction > 0 else step < now - 0.01)]
        if steps:
            self.set_zoom(steps[0] if direction > 0 else steps[-1])

    def _arrange(self) -> None:
        pages = self._sheets.pages
        port = self._area.viewport().size()
        if pages and self._fit:
            gaps = 2 * theme().px(12)
            zoom = (port.width() - gaps) / max(size[0] for size in pages.sizes)
            if self._fit == "page":
                zoom = min(zoom, (port.height() - gaps) / max(size[1] for size in pages.sizes))
            self._sheets.zoom = max(0.1, zoom * POINTS_PER_INCH / _SCREEN_DPI)
        wanted = self._sheets.wanted()
        self._sheets.resize(max(wanted.width(), port.width()), max(wanted.height(), port.height()))
        self._sheets.update()
        self._on_scrolled()

    def _on_scrolled(self) -> None:
        if not self.page_count:
            self._count.setText("")
            return
        middle = self._area.verticalScrollBar().value() + self._area.viewport().height() / 2
        rects = self._sheets.rects()
        page = next((number for number, rect in enumerate(rects, 1) if rect.bottom() >= middle), len(rects))
        self._count.setText(_("Page {page} of {pages}").format(page=page, pages=self.page_count))
        self.page_changed.emit(page)

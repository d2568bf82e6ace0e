"""Pages of a PDF as pictures, by the same renderer for screen and printer: preview is paper by construction."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import pypdfium2

POINTS_PER_INCH = 72
_PDFIUM = threading.RLock()
"""PDFium knows one thread at a time; a job prints while the window draws."""


class PdfPages:
    """An open PDF; use it as a context or call `close`."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2  # 60 ms: paid when the first paper is shown, not at every start

        with _PDFIUM:
            self._document: pypdfium2.PdfDocument = pypdfium2.PdfDocument(content)
            self.sizes: list[tuple[float, float]] = [
                self._document.get_page_size(number) for number in range(len(self._document))
            ]
        """Width and height of each page in points."""

    def __len__(self) -> int:
        return len(self.sizes)

    def image(self, number: int, dpi: float) -> QImage:
        """One page drawn at a density."""
        with _PDFIUM:
            page = self._document[number]
            bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            ).copy()
            bitmap.close()
            page.close()
        image.setDotsPerMeterX(round(dpi / 0.0254))
        image.setDotsPerMeterY(round(dpi / 0.0254))
        return image

    def text(self, number: int) -> str:
        """The words of one page, for those who hear the screen."""
        with _PDFIUM:
            page = self._document[number]
            words = page.get_textpage()
            text: str = words.get_text_bounded()
            words.close()
            page.close()
        return text

    def close(self) -> None:
        """Let the file go."""
        with _PDFIUM:
            self._document.close()

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""The one typeface of all papers: Liberation Serif 2.1.5, the metric twin of Times New Roman, embedded as a subset."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from io import BytesIO
from unicodedata import normalize

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from casemgr.assets import resource
from casemgr.reports.unhinted import without_hints

MM = 72 / 25.4
"""Points in a millimetre."""


class Face(StrEnum):
    """A style of the typeface; the value is the name ReportLab knows it by."""

    REGULAR = "Serif"
    BOLD = "Serif-Bold"
    ITALIC = "Serif-Italic"
    BOLD_ITALIC = "Serif-BoldItalic"


_FILES = {
    Face.REGULAR: "LiberationSerif-Regular.ttf",
    Face.BOLD: "LiberationSerif-Bold.ttf",
    Face.ITALIC: "LiberationSerif-Italic.ttf",
    Face.BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}


class _Widths(dict[str, float]):
    """Advance of each character for one point of size, in millimetres, looked up once."""

    def __init__(self, font: TTFont) -> None:
        super().__init__()
        self._known = font.face.charWidths
        self._default = font.face.defaultWidth

    def __missing__(self, character: str) -> float:
        thousandth: float = self._known.get(ord(character), self._default)
        self[character] = width = thousandth / 1000 / MM
        return width


@cache
def _table() -> dict[Face, _Widths]:
    rl_config.useA85 = 0  # streams stay binary: a quarter smaller and much faster to write
    widths = {}
    for face, file in _FILES.items():
        plain = BytesIO(without_hints(resource("fonts", file).read_bytes()))
        font = TTFont(face.value, plain, asciiReadable=0)
        pdfmetrics.registerFont(font)
        widths[face] = _Widths(font)
    return widths


def register() -> None:
    """Make the faces known to ReportLab; costs nothing after the first time."""
    _table()


def nfc(text: str) -> str:
    """Text as it must be before drawing: ReportLab puts the marks of decomposed letters in the wrong place."""
    return normalize("NFC", text)


_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {
    ord(mark): f"\\{mark}" for mark in "()\\"
}


def encoded(text: str, face: Face, size: float, document: PDFDocument) -> Iterator[str]:
    """The operators that show the text where the pen is, by hand: ReportLab's own take three times as long."""
    register()
    font = pdfmetrics.getFont(face.value)
    assert isinstance(font, TTFont)  # noqa: S101 - narrows the type: every face was registered as one
    for subset, codes in font.splitString(text, document):
        name = font.getSubsetInternalName(subset, document)
        yield f"{name} {size:g} Tf ({codes.decode('latin-1').translate(_ESCAPES)}) Tj "


def width(text: str, face: Face, size: float) -> float:
    """How many millimetres the text takes; it must be NFC."""
    return sum(map(_table()[face].__getitem__, text)) * size

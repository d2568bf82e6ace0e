"""One icon set (Phosphor, from QtAwesome), drawn as letters in a token's colour at the moment of painting."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from ui.theme import theme

_FONT = "phosphor-1.3.0.ttf"
_NAMES = "phosphor-charmap-1.3.0.json"
_FILL = 0.9
"""How much of its square a letter fills: the rest keeps words at a distance."""


@cache
def _folder() -> Path:
    # Only the font is wanted: importing QtAwesome itself would cost every start 0.2 s and load eleven other fonts.
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("QtAwesome is not installed")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_folder() / _FONT))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise FileNotFoundError(_FONT)
    return families[0]


@cache
def _letters() -> dict[str, str]:
    table: dict[str, str] = json.loads((_folder() / _NAMES).read_text(encoding="utf-8"))
    return table


def glyph(name: str) -> str:
    """The letter that draws an icon; KeyError for an unknown name."""
    return chr(int(_letters()[name], 16))


def draw(painter: QPainter, rect: QRect | QRectF, name: str, colour: str = "soft") -> None:
    """Draw an icon centred in a rectangle; `colour` is a token."""
    font = QFont(_family())
    font.setPixelSize(max(1, round(min(rect.width(), rect.height()) * _FILL)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(theme().colour(colour))
    painter.drawText(QRectF(rect), int(Qt.AlignmentFlag.AlignCenter), glyph(name))
    painter.restore()


class _Engine(QIconEngine):
    """Draws anew at every painting, so a change of theme needs no new icons."""

    def __init__(self, name: str, token: str, checked: str) -> None:
        super().__init__()
        self._name, self._token, self._checked = name, token, checked

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw with the token of the state."""
        token = self._checked if state == QIcon.State.On else self._token
        draw(painter, rect, self._name, "faint" if mode == QIcon.Mode.Disabled else token)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """A sharp picture for screens of any density."""
        return self.pixmap(size, mode, state)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon as a picture."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Another engine of the same kind."""
        return _Engine(self._name, self._token, self._checked)


def icon(name: str, colour: str = "soft", *, checked: str = "accent") -> QIcon:
    """An icon of the set, e.g. `icon("printer")`; `checked` colours it while its button is checked."""
    glyph(name)  # a wrong name fails here, not at painting
    return QIcon(_Engine(name, colour, checked))

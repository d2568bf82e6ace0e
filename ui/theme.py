"""The look: named colour tokens and measures, and the style sheet built from them, applied while running."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from ui.stylesheet import stylesheet

THEMES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "light": MappingProxyType(
            {
                "bg": "#F6F7F5",
                "panel": "#FFFFFF",
                "line": "#DFE3DC",
                "edge": "#B4BDB6",
                "text": "#1C2320",
                "soft": "#56605B",
                "faint": "#8B958F",
                "accent": "#0B6E4F",
                "press": "#095940",
                "on": "#FFFFFF",
                "tint": "#E3F1EA",
                "sel": "#D5EADF",
                "hover": "#EDF0EB",
                "focus": "#0B6E4F",
                "poor": "#A3261D",
                "poorbg": "#FBE6E3",
                "near": "#7A5200",
                "nearbg": "#FCEFD3",
                "ok": "#1D6B3A",
                "okbg": "#E1F2E6",
                "info": "#1D5585",
                "infobg": "#E3EEF7",
                "plain": "#4C5651",
                "plainbg": "#E9ECE7",
            }
        ),
        "dark": MappingProxyType(
            {
                "bg": "#171B19",
                "panel": "#1F2522",
                "line": "#343C38",
                "edge": "#5A655F",
                "text": "#E6EBE7",
                "soft": "#A9B5AE",
                "faint": "#78837D",
                "accent": "#58C29A",
                "press": "#7AD3B1",
                "on": "#0B1A13",
                "tint": "#20352B",
                "sel": "#28453A",
                "hover": "#29302C",
                "focus": "#58C29A",
                "poor": "#FF9C92",
                "poorbg": "#43211E",
                "near": "#F3C66B",
                "nearbg": "#3C3016",
                "ok": "#86D6A2",
                "okbg": "#1C3626",
                "info": "#8DC3F0",
                "infobg": "#1B3145",
                "plain": "#C3CCC6",
                "plainbg": "#303833",
            }
        ),
        "contrast": MappingProxyType(
            {
                "bg": "#000000",
                "panel": "#000000",
                "line": "#FFFFFF",
                "edge": "#FFFFFF",
                "text": "#FFFFFF",
                "soft": "#FFFFFF",
                "faint": "#C8C8C8",
                "accent": "#FFE600",
                "press": "#FFF27A",
                "on": "#000000",
                "tint": "#2B2B2B",
                "sel": "#003A5C",
                "hover": "#2B2B2B",
                "focus": "#FFE600",
                "poor": "#FFB3AB",
                "poorbg": "#000000",
                "near": "#FFE08A",
                "nearbg": "#000000",
                "ok": "#A6F5BF",
                "okbg": "#000000",
                "info": "#A8D8FF",
                "infobg": "#000000",
                "plain": "#FFFFFF",
                "plainbg": "#000000",
            }
        ),
    }
)

_SURFACES: Final = ("bg", "panel", "hover", "sel", "tint")
TEXT_PAIRS: Final = (
    *((text, surface) for text in ("text", "soft") for surface in _SURFACES),
    *(("accent", surface) for surface in ("bg", "panel", "tint", "hover")),
    ("on", "accent"),
    ("on", "press"),
    *((tone, f"{tone}bg") for tone in ("poor", "near", "ok", "info", "plain")),
    *((tone, surface) for tone in ("poor", "near", "ok", "info") for surface in ("panel", "bg")),
)
"""Every (text, surface) the program draws; each must reach 4.5:1 in every theme."""

RING_PAIRS: Final = tuple(("focus", surface) for surface in ("bg", "panel", "hover", "tint", "sel"))
"""Every (ring, surface) that shows the focus; each must reach 3:1."""

FAMILY: Final = "Liberation Sans"
_MARGINS = "casemgr_margins"
_SPACING = "casemgr_spacing"
_WIDTH = "casemgr_width"
_HEIGHT = "casemgr_height"


@cache
def _colour(written: str) -> QColor:
    return QColor(written)


@cache
def _font(pixels: int, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


@dataclass(frozen=True)
class Theme:
    """Colours and measures in force: `unit` scales space, `text` scales letters too."""

    name: str
    colours: Mapping[str, str]
    unit: float = 1.0
    text: float = 1.0

    def colour(self, token: str) -> QColor:
        """The colour of a token."""
        return _colour(self.colours[token])

    def px(self, natural: float) -> int:
        """A length on this screen for a length at 100 %."""
        return round(natural * self.unit)

    def room(self, natural: float) -> int:
        """The width that words need which need `natural` at 100 % and 10 points: where a layout changes its shape."""
        return round(natural * self.unit * max(1.0, self.text))

    def font_px(self, natural: float = 13) -> int:
        """The height of letters for their height at 100 % and 10 points."""
        return max(8, round(natural * self.unit * self.text))

    @property
    def row(self) -> int:
        """The height of one line of a table: 28 at 100 %."""
        return max(self.px(28), self.font_px() + self.px(12))

    def font(self, natural: float = 13, *, bold: bool = False) -> QFont:
        """A font of the program's one family."""
        return _font(self.font_px(natural), bold)


_in_force = Theme("light", THEMES["light"])


def theme() -> Theme:
    """The theme last applied; it belongs to the process as the palette does."""
    return _in_force


def resolve(name: str) -> str:
    """The theme meant by a setting: "system" follows the desktop, its high contrast first."""
    if name in THEMES:
        return name
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def apply(app: QApplication, name: str = "light", *, scale: int = 100, text_size: int = 10) -> Theme:
    """Put a theme in force everywhere, now; what is in force already costs nothing."""
    global _in_force
    chosen = resolve(name)
    wanted = Theme(chosen, THEMES[chosen], unit=scale / 100, text=text_size / 10)
    sheet = stylesheet(wanted.colours, wanted.px, wanted.font_px)
    if wanted == _in_force and app.styleSheet() == sheet:
        return _in_force
    _in_force = wanted
    app.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        _wear(app, sheet)
    finally:
        app.restoreOverrideCursor()
    return _in_force


def _wear(app: QApplication, sheet: str) -> None:
    """Dress every widget once: replacing a style sheet takes Qt five times as long as taking it off first."""
    app.setStyleSheet("")
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(_in_force))
    app.setFont(_in_force.font())
    app.setStyleSheet(sheet)
    for window in app.topLevelWidgets():
        _measure_again(window)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for part, token in (
        (role.Window, "bg"),
        (role.WindowText, "text"),
        (role.Base, "panel"),
        (role.AlternateBase, "bg"),
        (role.Text, "text"),
        (role.Button, "panel"),
        (role.ButtonText, "text"),
        (role.BrightText, "poor"),
        (role.Highlight, "sel"),
        (role.HighlightedText, "text"),
        (role.ToolTipBase, "panel"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "soft"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.Accent, "accent"),
        (role.Light, "panel"),
        (role.Midlight, "hover"),
        (role.Mid, "edge"),
        (role.Dark, "edge"),
        (role.Shadow, "line"),
    ):
        palette.setColor(part, theme.colour(token))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, theme.colour("faint"))
    return palette


def spaced(layout: QLayout, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8) -> None:
    """Give a layout margins and spacing in natural pixels that follow the scale while running."""
    layout.setProperty(_MARGINS, list(margins))
    layout.setProperty(_SPACING, spacing)
    _measure_layout(layout)


def sized(widget: QWidget, *, width: int = 0, height: int = 0) -> None:
    """Fix a widget's natural width or height so that it follows the scale while running; 0 leaves that side free."""
    widget.setProperty(_WIDTH, width)
    widget.setProperty(_HEIGHT, height)
    _measure_widget(widget)


def _measure_layout(layout: QLayout) -> None:
    margins, px = layout.property(_MARGINS), _in_force.px
    if margins is not None:
        left, top, right, bottom = (px(side) for side in margins)
        layout.setContentsMargins(left, top, right, bottom)
        layout.setSpacing(px(layout.property(_SPACING)))


def _measure_widget(widget: QWidget) -> None:
    if width := widget.property(_WIDTH):
        widget.setFixedWidth(_in_force.px(width))
    if height := widget.property(_HEIGHT):
        widget.setFixedHeight(_in_force.px(height))


def _measure_again(window: QObject) -> None:
    if isinstance(window, QWidget):
        _measure_widget(window)
    for child in window.findChildren(QObject):
        if isinstance(child, QLayout):
            _measure_layout(child)
        elif isinstance(child, QWidget):
            _measure_widget(child)


def contrast(one: QColor, other: QColor) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

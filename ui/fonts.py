"""The program's own letters, so that every machine shows the same."""

from typing import Final

from PySide6.QtGui import QFontDatabase

from casemgr.assets import resource

FONTS: Final = (
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "LiberationSans-Italic.ttf",
    "LiberationSans-BoldItalic.ttf",
)


def load_fonts() -> None:
    """Give Qt the shipped fonts."""
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))

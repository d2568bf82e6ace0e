"""Both themes keep every text readable and every focus visible; scale and text size apply while running."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme import RING_PAIRS, TEXT_PAIRS, THEMES, contrast, sized, spaced

ALL = pytest.mark.parametrize("name", THEMES)


@ALL
def test_every_text_on_every_ground_is_readable(name: str) -> None:
    weak = {
        (text, ground): round(contrast(QColor(THEMES[name][text]), QColor(THEMES[name][ground])), 2)
        for text, ground in TEXT_PAIRS
        if contrast(QColor(THEMES[name][text]), QColor(THEMES[name][ground])) < 4.5
    }
    assert weak == {}


@ALL
def test_the_focus_ring_is_seen_on_every_ground(name: str) -> None:
    weak = [pair for pair in RING_PAIRS if contrast(QColor(THEMES[name][pair[0]]), QColor(THEMES[name][pair[1]])) < 3.0]
    assert weak == []


def test_themes_name_the_same_tokens() -> None:
    assert {frozenset(tokens) for tokens in THEMES.values()} == {frozenset(THEMES["light"])}


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


def test_no_colour_is_written_outside_the_table() -> None:
    found = [
        f"{path}:{number}"
        for path in Path("ui").rglob("*.py")
        if path.name != "theme.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r'"#[0-9A-Fa-f]{6}"|rgba?\(|Qt\.GlobalColor\.(?!transparent|white)', line)
    ]
    assert found == []


def test_scale_and_text_size_apply_while_running(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    spaced(layout, margins=(10, 10, 10, 10), spacing=8)
    label, button = QLabel("Hộ nghèo"), QPushButton("Lưu")
    sized(button, width=100)
    layout.addWidget(label)
    layout.addWidget(button)
    window.show()
    before = label.sizeHint().height()
    theme.apply(qapp, "light", scale=150, text_size=16)
    assert layout.contentsMargins().left() == 15
    assert layout.spacing() == 12
    assert button.width() == 150
    assert label.sizeHint().height() > before * 2
    assert theme.theme().row >= theme.theme().font_px()


def test_dark_is_really_dark(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    assert qapp.palette().window().color().lightness() < 60


def test_system_follows_the_desktop(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.resolve("system") == ("dark" if dark else "light")
    assert theme.resolve("contrast") == "contrast"


def test_what_is_in_force_already_is_not_put_on_again(qtbot: QtBot, qapp: QApplication) -> None:
    changes: list[QEvent.Type] = []

    class Heard(QLabel):
        def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - the name is given by Qt
            changes.append(event.type())
            super().changeEvent(event)

    label = Heard("Hộ nghèo")
    qtbot.addWidget(label)
    label.show()
    theme.apply(qapp, "dark")
    assert QEvent.Type.StyleChange in changes
    assert label.palette().windowText().color() == QColor(THEMES["dark"]["text"])
    changes.clear()
    theme.apply(qapp, "dark")
    assert changes == []
    assert qapp.overrideCursor() is None

"""Gestures on the page of households."""

from PySide6.QtTest import QTest

from ui.pages.households.page import HouseholdsPage


def put(page: HouseholdsPage, field: str, text: str) -> None:
    line = page.detail.pane.form.editor(field).widget
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def choose(page: HouseholdsPage, field: str, value: object) -> None:
    box = page.detail.pane.form.editor(field).widget
    box.set_value(value)
    box.chosen.emit()

"""Gestures on the page of the review from the meeting on."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from casemgr.domain.households import HouseholdClass
from ui.mainwindow import MainWindow

Settle = Callable[[], None]


POOR, NEAR, NONE = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NONE


def run(window: MainWindow, action: str) -> None:
    window.commands.run(action)
    QApplication.processEvents()

"""Garbage is collected on the window's thread only: a widget that a worker collects dies on the wrong thread."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class WindowCollector(QObject):
    """While it runs, Python's own collector is off, and the window's thread collects by Python's own thresholds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give collecting back to Python, when no worker is left."""
        self._timer.stop()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that is due."""
        due = [count > threshold for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        for generation in (2, 1, 0):
            if due[generation]:
                gc.collect(generation)
                return

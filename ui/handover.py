"""Work on a case file that needs it closed: the window goes, the work is done, the gate shows the file again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from casemgr.errors import AppError
from casemgr.jobs import Progress
from ui.theme import sized, spaced, theme
from ui.widgets.card import Card
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from ui.jobs import JobRunner


@dataclass(frozen=True)
class Handover:
    """A page's request: `work` closes the workspace itself and says what to tell; then `path`, or the welcome."""

    title: str
    work: Callable[[Progress], Notice]
    path: Path | None


class HandoverPane(QWidget):
    """Stands where the window was while the work is done; `ended` carries what to tell and the file to open."""

    ended = Signal(object, object)

    def __init__(self, jobs: JobRunner, handover: Handover) -> None:
        super().__init__()
        self.setObjectName("handover")
        self.setWindowTitle("casemgr")
        self.setProperty("class", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(handover.title)
        self._handover = handover
        self._notice = Notice("")
        self._over = False
        head, self.doing, self.bar = QLabel(handover.title), QLabel(), QProgressBar()
        head.setProperty("class", "h1")
        head.setWordWrap(True)
        self.doing.setProperty("class", "soft")
        self.doing.setWordWrap(True)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(handover.title)
        card = Card(margin=28)
        sized(card, width=460)
        for widget in (head, self.doing, self.bar):
            card.add(widget)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        spaced(layout, margins=(16, 16, 16, 16))
        self.resize(theme().px(1024), theme().px(640))
        job = jobs.start(handover.work, title=handover.title)
        job.progressed.connect(self._on_progress)
        job.succeeded.connect(self._on_done)
        job.catch(AppError, self._on_refused)
        job.finished.connect(self._on_finished)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is left half done: the work ends first."""
        event.setAccepted(self._over)

    def _on_progress(self, done: int, total: int, message: str) -> None:
        self.doing.setText(message)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_done(self, notice: Notice) -> None:
        self._notice = notice

    def _on_refused(self, error: AppError) -> None:
        self._notice = Notice(str(error), "poor")

    def _on_finished(self) -> None:
        self._over = True
        self.ended.emit(self._notice, self._handover.path)

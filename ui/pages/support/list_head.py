"""The head of a distribution: its title and state, how many have collected, papers, the one next step, all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from casemgr.domain.distributions import DistributionStatus
from casemgr.i18n import _
from ui.icons import icon
from ui.pages.support.distribution_words import TONES, meta_words, progress_words, status_words
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from casemgr.services.distributions import DistributionView


class ListHead(Speaks):
    """`back_wanted` and `step_wanted` when their buttons are pressed."""

    back_wanted = Signal()
    step_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("listHead")
        self.back = QToolButton()
        self.back.setObjectName("listBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(lambda _checked: self.back_wanted.emit())
        self.title, self.badge, self.meta = ElidedLabel(), Badge(), ElidedLabel()
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.title.setObjectName("listTitle")
        self.title.setProperty("class", "h1")
        self.meta.setObjectName("listMeta")
        self.meta.setProperty("class", "soft")
        self.done, self.bar = QLabel(), QProgressBar()
        self.done.setObjectName("listProgress")
        self.bar.setTextVisible(False)
        self.next, self.print, self.more = QPushButton(), QPushButton(), QPushButton()
        for name, button in (("listNext", self.next), ("listPrint", self.print), ("listMore", self.more)):
            button.setObjectName(name)
        self.next.setProperty("class", "primary")
        self.next.clicked.connect(lambda _checked: self.step_wanted.emit())
        self.print.setIcon(icon("printer"))
        self.print.setMenu(QMenu(self.print))
        self.more.setMenu(QMenu(self.more))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        first, second, words, head = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for row in (first, second, head):
            spaced(row, spacing=8)
        spaced(words, spacing=2)
        first.addWidget(self.title)
        first.addWidget(self.badge)
        first.addStretch()
        words.addLayout(first)
        words.addWidget(self.meta)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        for button in (self.more, self.print, self.next):
            head.addWidget(button)
        second.addWidget(self.done)
        second.addWidget(self.bar, 1)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(head)
        layout.addLayout(second)

    def show_view(self, view: DistributionView, next_words: str, *, may: bool) -> None:
        """Show the list and what comes next."""
        self.title.setText(view.data.title)
        self.badge.show_text(status_words(view.status), TONES[view.status])
        self.meta.setText(meta_words(view))
        self.done.setText(progress_words(view))
        self.bar.setVisible(view.status is not DistributionStatus.DRAFT)
        self.bar.setRange(0, max(1, view.progress.total))
        self.bar.setValue(view.progress.received)
        self.bar.setAccessibleName(self.done.text())
        self.next.setText(next_words)
        self.next.setAccessibleName(next_words)
        self.next.setVisible(view.status not in (DistributionStatus.DONE, DistributionStatus.CANCELLED))
        self.next.setEnabled(may)
        self.print.setEnabled(view.status is not DistributionStatus.CANCELLED)

    def retranslate(self) -> None:
        """Say the words again."""
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words in ((self.print, _("Print")), (self.more, _("More"))):
            button.setText(words)
            button.setAccessibleName(words)

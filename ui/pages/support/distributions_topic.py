"""Distributions: all lists, a new one, one list with its papers."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.errors import NotFoundError
from ui.desk import Desk
from ui.pages.support.list_pane import ListPane
from ui.pages.support.lists_pane import ListsPane
from ui.pages.support.make_pane import MakePane
from ui.pages.support.topic import Topic
from ui.paper_pane import Drawing, PaperPane
from ui.theme import spaced
from ui.widgets.printing import SYSTEM, Printing


class DistributionsTopic(Topic):
    """One pane at a time; Esc goes back one."""

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("supportDistributions")
        self.lists, self.list = ListsPane(desk), ListPane(desk)
        self.paper = PaperPane(desk, printing, name="distributionPaper")
        self._making: MakePane | None = None
        self.stack = QStackedWidget()
        for pane in (self.lists, self.list, self.paper):
            self.stack.addWidget(pane)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self.lists.opened.connect(self.open_list)
        self.lists.new_requested.connect(self.start_new)
        self.list.closed.connect(self.show_lists)
        self.list.paper_requested.connect(self.show_paper)
        self.list.said.connect(self.said)
        self.list.another_requested.connect(self.start_another)
        self.paper.said.connect(self.said)
        self.paper.closed.connect(self._leave_paper)
        self.retranslate()
        self.refresh()

    @property
    def making(self) -> MakePane:
        """The pane of a new list, made when it is first wanted."""
        if self._making is None:
            self._making = MakePane(self.desk)
            self._making.made.connect(self._on_made)
            self._making.closed.connect(self.show_lists)
            self.stack.addWidget(self._making)
        return self._making

    def refresh(self) -> None:
        """Read again what is shown."""
        self.lists.refresh()
        if self.list.view is not None:
            try:
                self.list.reload()
            except NotFoundError:  # its preparation was taken back
                self.list.view = None
                self.show_lists()

    def may_leave(self) -> bool:
        """Asks about amounts and ticks that are not saved."""
        return self.stack.currentWidget() is not self.list or self.list.may_leave()

    def show_lists(self) -> None:
        """All lists."""
        self._go(self.lists)
        self.lists.focus()

    def start_new(self) -> None:
        """A new list."""
        if self.desk.may(Permission.EDIT) and self.may_leave():
            self._go(self.making)
            self.making.begin()

    def start_another(self, distribution: UUID, title: str) -> None:
        """A list of another programme for those of a list there is."""
        if self.desk.may(Permission.EDIT) and self.may_leave():
            self._go(self.making)
            self.making.begin((distribution, title))

    def open_list(self, distribution: UUID) -> None:
        """One list."""
        self.list.show_list(distribution)
        self._go(self.list)

    def show_paper(self, drawing: Drawing) -> None:
        """A paper of the list as it will be printed."""
        self._go(self.paper)
        self.paper.begin(drawing)

    def save(self) -> None:
        """What Ctrl+S means where one is."""
        shown = self.stack.currentWidget()
        if shown is self.list:
            self.list.take_step()
        elif shown is self._making:
            self.making.prepare()

    def _on_made(self, distribution: UUID) -> None:
        self.open_list(distribution)

    def _leave_paper(self) -> None:
        self._go(self.list)
        self.list.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, pane: QWidget) -> None:
        self.stack.setCurrentWidget(pane)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert begins a list."""
        if event.key() == Qt.Key.Key_Insert and self.stack.currentWidget() is self.lists:
            self.start_new()
        else:
            super().keyPressEvent(event)

"""Menus, shortcuts and handlers: the table of actions brought to life for whatever page is visible."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from casemgr.domain.text import fold
from casemgr.i18n import _
from ui.actions import ACTIONS, BY_ID, EXTRA_SHORTCUTS, MENUS, handlers
from ui.desk import Desk
from ui.icons import icon
from ui.page import Page


class OwnCommands(Protocol):
    """What works wherever one is: methods marked `@handles`, and whether they make sense now."""

    def can(self, action: str) -> bool:
        """Whether the action makes sense now."""


class Commands(QObject):
    """Owns one QAction per action; what is enabled is what the window or the page handles and the person may do."""

    changed = Signal()

    def __init__(self, window: QWidget, desk: Desk, own: OwnCommands) -> None:
        super().__init__(window)
        self._desk = desk
        self.own = own
        self._own = handlers(own)
        self._of_page: dict[str, Callable[[], object]] = {}
        self._page: Page | None = None
        self._menus: dict[str, QMenu] = {}
        self.actions: dict[str, QAction] = {}
        for entry in ACTIONS:
            action = QAction(self)
            action.setObjectName(entry.id)
            if entry.icon:
                action.setIcon(icon(entry.icon))
            keys = [entry.shortcut, *EXTRA_SHORTCUTS.get(entry.id, ())] if entry.shortcut else []
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setAutoRepeat(entry.repeats)
            action.triggered.connect(lambda _checked=False, name=entry.id: self.run(name))
            window.addAction(action)
            self.actions[entry.id] = action
        self.retranslate()

    def fill(self, bar: QMenuBar) -> None:
        """Draw the menus."""
        for name, _words in MENUS:
            menu = QMenu(bar)
            menu.setObjectName(f"menu_{name}")
            group = None
            for entry in ACTIONS:
                if entry.menu != name:
                    continue
                if group is not None and entry.group != group:
                    menu.addSeparator()
                group = entry.group
                menu.addAction(self.actions[entry.id])
            self._menus[name] = menu
            bar.addMenu(menu)
        self.retranslate()

    def show_page(self, page: Page | None) -> None:
        """Another page is visible now."""
        self._page = page
        self._of_page = handlers(page) if page else {}
        self.update()

    def update(self) -> None:
        """Enable what can be done now."""
        for name, action in self.actions.items():
            handled = name in self._own or name in self._of_page
            action.setEnabled(handled and self.may(name))
        self.changed.emit()

    def may(self, name: str) -> bool:
        """Whether the person may do it and the page can at this moment."""
        permission = BY_ID[name].permission
        if permission is not None and not self._desk.may(permission):
            return False
        if self._page is not None and name in self._of_page:
            return self._page.can(name)
        return self.own.can(name)

    def run(self, name: str) -> None:
        """Do it; the page's own way of doing it comes first."""
        handler = self._of_page.get(name) or self._own.get(name)
        if handler is not None and self.may(name):
            handler()

    def matching(self, text: str, *, limit: int = 4) -> list[str]:
        """Enabled actions whose words hold every typed word, without accents."""
        words = fold(text).split()
        found = []
        for entry in ACTIONS:
            if not self.actions[entry.id].isEnabled() or entry.id == "view.search":
                continue
            title = fold(_(entry.text))
            if all(any(part.startswith(word) for part in title.split()) for word in words):
                found.append(entry.id)
        return found[:limit]

    def retranslate(self) -> None:
        """Say the words again."""
        for entry in ACTIONS:
            words = _(entry.text)
            self.actions[entry.id].setText(words)
            self.actions[entry.id].setToolTip(words)
        for name, text in MENUS:
            if name in self._menus:
                self._menus[name].setTitle(_(text))

"""The menus of a distribution: its papers, and what one seldom does with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QMenu

from casemgr.i18n import _
from ui.pages.support.papers import PAPERS


class Entry(NamedTuple):
    """One line of a menu."""

    words: str
    act: Callable[[], object]
    enabled: bool = True


def fill_papers(menu: QMenu, draw: Callable[[str], object]) -> None:
    """All papers of a list."""
    fill(menu, [Entry(_(words), partial(draw, kind)) for kind, words in PAPERS.items()])


def fill(menu: QMenu, entries: Sequence[Entry]) -> None:
    """These entries in place of those before."""
    menu.clear()
    for entry in entries:
        action = menu.addAction(entry.words)
        action.setEnabled(entry.enabled)
        action.triggered.connect(lambda _checked=False, act=entry.act: act())

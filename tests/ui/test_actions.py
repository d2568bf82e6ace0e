"""The table of actions: no key twice, every action handled by somebody, every menu entry drawn."""

import collections

import pytest
from PySide6.QtGui import QKeySequence

from ui.actions import ACTIONS, BY_ID, EXTRA_SHORTCUTS, MENUS, handlers, handles
from ui.icons import glyph
from ui.mainwindow import MainWindow
from ui.sections import SECTIONS


def test_no_key_serves_two_actions() -> None:
    keys = [(QKeySequence(action.shortcut).toString(), action.id) for action in ACTIONS if action.shortcut]
    keys += [(QKeySequence(key).toString(), name) for name, extra in EXTRA_SHORTCUTS.items() for key in extra]
    assert [key for key, count in collections.Counter(key for key, _name in keys).items() if count > 1] == []
    assert all(key for key, _name in keys)


def test_ids_are_unique_and_icons_exist() -> None:
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        if action.icon:
            assert glyph(action.icon)
    for section in SECTIONS:
        assert glyph(section.icon)


def test_every_action_stands_in_a_menu() -> None:
    assert {action.menu for action in ACTIONS} == {name for name, _words in MENUS}


def test_every_action_is_handled_by_the_window_or_a_page(window: MainWindow) -> None:
    handled = set(handlers(window.commands.own))
    for section in SECTIONS:
        handled |= set(handlers(window.page(section.page)))
    assert set(BY_ID) - handled == set()


def test_an_unknown_action_is_refused_where_it_is_written() -> None:
    with pytest.raises(KeyError):
        handles("household.fly")

"""The frame: going places and back, searching, undo, languages, closing with a backup, names for screen readers."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr.domain.permissions import Role
from casemgr.errors import NotFoundError, StorageError
from casemgr.i18n import _
from casemgr.services import backup_log, households
from tests.support.workspaces import Make
from ui import closing
from ui.mainwindow import MainWindow
from ui.places import Place
from ui.sections import SECTIONS
from ui.widgets.message_bar import Notice


def ids(window: MainWindow) -> list[object]:
    return list(window.desk.workspace.read(households.find, households.HouseholdQuery()))


def test_ctrl_k_finds_a_household_and_enter_opens_it(window: MainWindow) -> None:
    window.activateWindow()
    window.commands.run("view.search")
    QTest.keyClicks(window.search, "tran van ben")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.current_page.detail.view.name == "Trần Văn Bền"


def test_commands_are_found_too(window: MainWindow) -> None:
    QTest.keyClicks(window.search, "them ho")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.findChild(QWidget, "newHousehold") is not None


def test_back_and_forward(window: MainWindow) -> None:
    first, second, *_rest = ids(window)
    window.go(Place("households", first))
    window.go(Place("households", second))
    window.commands.run("view.back")
    assert window.current_page.detail.view.id == first
    window.commands.run("view.forward")
    assert window.current_page.detail.view.id == second
    window.commands.run("view.forward")
    assert window.current_page.detail.view.id == second


def test_a_page_that_is_not_finished_keeps_us(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, *_rest = ids(window)
    window.go(Place("households", first))
    monkeypatch.setattr(window.current_page, "leave", lambda: False)
    assert not window.go(Place("households", second))
    assert window.current_page.detail.view.id == first


def test_undo_names_the_step_and_takes_it_back(qtbot: QtBot, window: MainWindow, make: Make) -> None:
    household = make.household("Võ Thị Kiều Oanh")
    qtbot.waitUntil(lambda: "H-00004" in window.status.undo.text())
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: window.messages.tone == "ok")
    with pytest.raises(NotFoundError):
        make.view(household)
    qtbot.waitUntil(lambda: "H-00003" in window.status.undo.text())


def test_the_saved_time_is_that_of_the_commit(qtbot: QtBot, window: MainWindow, make: Make) -> None:
    make.household("Võ Thị Kiều Oanh")
    saved = make.workspace.last_saved.astimezone()
    qtbot.waitUntil(lambda: f"{saved:%H:%M:%S}" in window.status.saved.text())


def test_the_next_number_and_the_age_of_the_backup_stand_below(window: MainWindow) -> None:
    assert "/GCN-HN.HCN" in window.status.number.text()
    assert window.status.backup.text() == _("No verified backup yet")


def test_the_language_changes_everywhere_while_running(qtbot: QtBot, window: MainWindow) -> None:
    vietnamese = window.commands.actions["household.new"].text()
    window.commands.run("view.language")
    qtbot.waitUntil(lambda: window.commands.actions["household.new"].text() == "New household")
    assert window.current_page.list.text.placeholderText() == "Filter by name or code"
    window.commands.run("view.language")
    qtbot.waitUntil(lambda: window.commands.actions["household.new"].text() == vietnamese)


def test_larger_smaller_dark(window: MainWindow) -> None:
    window.commands.run("view.larger")
    assert window.desk.settings.scale == 110
    window.commands.run("view.natural")
    assert window.desk.settings.scale == 100
    window.commands.run("view.smaller")
    assert window.desk.settings.scale == 100
    window.commands.run("view.dark")
    assert window.desk.settings.theme == "dark"


def test_a_viewer_may_change_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setattr(window.desk.workspace, "actor", replace(window.desk.workspace.actor, role=Role.VIEWER))
    window.commands.update()
    assert not window.commands.actions["household.new"].isEnabled()
    assert not window.commands.actions["edit.undo"].isEnabled()
    assert window.commands.actions["view.search"].isEnabled()


def test_notices_and_failures_stand_in_the_bar(window: MainWindow) -> None:
    window.say(Notice("Đã sao chép.", "ok"))
    assert window.messages.text == "Đã sao chép."
    window.show_error(StorageError("Ổ đĩa đầy."))
    assert (window.messages.text, window.messages.tone) == ("Ổ đĩa đầy.", "poor")


def test_a_narrow_window_shows_icons_at_the_left(window: MainWindow) -> None:
    wide = window.navigation.width()
    window.resize(900, 600)
    assert window.navigation.width() < wide / 2
    button = window.navigation.findChild(QAbstractButton, "section_households")
    assert button.accessibleName() == button.toolTip() != ""


def test_a_dropped_list_goes_to_the_section_that_takes_it(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from ui import mainwindow

    taking = tuple(replace(each, drops=(".xlsx",)) for each in SECTIONS if each.page == "households")
    monkeypatch.setattr(mainwindow, "SECTIONS", taking)
    gone: list[Place] = []
    monkeypatch.setattr(window, "go", gone.append)
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile("/nha/danh sách 2025.XLSX")])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), actions, content, buttons, keys)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), actions, content, buttons, keys))
    qtbot.waitUntil(lambda: bool(gone))
    assert gone == [Place("households", text="/nha/danh sách 2025.XLSX")]


def test_closing_makes_a_verified_backup_first(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.close()
    record = backup_log.last_backup(window.desk.workspace.path)
    assert record is not None
    assert record.present


def test_when_the_backup_fails_the_person_decides(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise StorageError("Ổ đĩa đầy.")

    said: list[str] = []
    answers = iter(["again", "stay", "close"])

    def answer(parent: QWidget, title: str, text: str, choices: object) -> str:
        said.append(text)
        return next(answers)

    monkeypatch.setattr(closing.backup, "back_up_changes", refuse)
    monkeypatch.setattr(closing, "ask", answer)
    window.close()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert "Ổ đĩa đầy." in said[0]
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        window.close()


CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractScrollArea)


def nameless(window: MainWindow) -> set[tuple[str, str]]:
    """Controls on show without a name for screen readers or for tests."""
    found = set()
    for widget in window.findChildren(QWidget):
        inner = isinstance(widget.parent(), (QComboBox, QAbstractSpinBox, QLineEdit, QAbstractScrollArea))
        if not isinstance(widget, CONTROLS) or inner or not widget.isVisibleTo(window):
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not name or not widget.objectName():
            found.add((type(widget).__name__, widget.objectName()))
    return found


@pytest.mark.parametrize("page", [section.page for section in SECTIONS])
def test_every_control_of_every_page_has_a_name(window: MainWindow, page: str) -> None:
    window.go(Place(page))
    assert nameless(window) == set()


@pytest.mark.parametrize(
    "action", ["edit.start", "household.add_member", "household.set_class", "household.leave", "household.new"]
)
def test_every_control_of_every_form_has_a_name(window: MainWindow, action: str) -> None:
    window.go(Place("households", ids(window)[0]))
    window.commands.run(action)
    assert nameless(window) == set()


def test_everything_on_the_household_page_is_reached_by_tab(qtbot: QtBot, window: MainWindow) -> None:
    window.go(Place("households", ids(window)[0]))
    window.activateWindow()
    reached, last, seen = set(), None, set()
    for _step in range(200):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in seen:
            break
        seen.add(now)
        reached.add(now.objectName())
        last = now
    assert last is not None
    wanted = {"searchBox", "householdFilter", "householdHamlet", "householdNew", "householdRows", "membersTable"}
    wanted |= {"householdPrint", "memberAdd", "householdEdit", "classRecord", "timelineTable", "section_households"}
    assert wanted - reached == set()

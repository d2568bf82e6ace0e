"""A list compared with the file in the window: nothing is written, every difference can be opened."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from casemgr import i18n
from casemgr.domain.households import HouseholdData
from casemgr.services import history, households, imports
from casemgr.services.imports import ImportChoices
from casemgr.workspace import Workspace
from tests.support.pages import answer_file_dialog
from tests.support.workbooks import Lists, register, write_xlsx
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.pages.imports.compare_pane import ComparePane
from ui.pages.imports.page import ImportsPage
from ui.places import Place

Settle = Callable[[], None]
HERE, THERE, DIFFERS = "here", "there", "differs"
TITLES = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Ấp", "Loại hộ"]
FIRST = [1, "Nguyễn Thị Ngưỡng", "05/03/1960", "083160001234", "Phú Nhơn", "Hộ nghèo"]
SECOND = [2, "Kim Văn Tám", "06/04/1958", "083058000111", "Quân An", "HCN"]
THIRD = [3, "Thạch Sa Rây", "20/11/1956", "084056000321", "Quân An", "HCN"]


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ImportsPage:
    made = ImportsPage(desk)
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def compared(
    qtbot: QtBot, page: ImportsPage, settle: Settle, workspace: Workspace, lists: Lists, tmp_path: Path
) -> ComparePane:
    """Two households on file; the list has one of them as near-poor, and a stranger."""
    imported = lists.of([TITLES, FIRST, SECOND])
    workspace.write(imports.apply, imported, ImportChoices(year=2026))
    settle()
    there = write_xlsx(tmp_path / "quoc-gia.xlsx", {"A": [TITLES, [*FIRST[:5], "HCN"], THIRD]})
    page.show_place(Place("imports", text=str(there)))
    settle()
    press(qtbot, page, "importCompareOnly")
    settle()
    assert page.stack.currentWidget() is page.compared
    return page.compared


def press(qtbot: QtBot, page: ImportsPage | ComparePane, name: str) -> None:
    button = page.findChild(QAbstractButton, name)
    assert button is not None
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def kinds(pane: ComparePane) -> list[str]:
    return [pane.model.row(number).kind for number in range(pane.model.rowCount())]


def test_what_differs_and_what_stands_on_one_side(qtbot: QtBot, compared: ComparePane) -> None:
    assert kinds(compared) == [DIFFERS, HERE, THERE]
    chips = [compared.chips.findChild(QAbstractButton, f"chip_{kind}") for kind in (DIFFERS, HERE, THERE)]
    assert [chip.text().split()[-1] for chip in chips if chip] == ["1", "1", "1"]
    assert list(compared.line_model.cells([0])) == [
        ["Class", "Nguyễn Thị Ngưỡng", "Poor household", "Near-poor household"]
    ]
    press(qtbot, compared, f"chip_{THERE}")
    assert kinds(compared) == [THERE]
    assert compared.model.row(0).head == "Thạch Sa Rây"
    assert compared.open.isHidden()


def test_a_double_click_opens_the_household(qtbot: QtBot, page: ImportsPage, compared: ComparePane) -> None:
    wanted = compared.model.row(0).household_id
    with qtbot.waitSignal(page.open_requested) as asked:
        place = compared.table.visualRect(compared.model.index(0, 1)).center()
        qtbot.mouseClick(compared.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(compared.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [Place("households", wanted)]


def test_nothing_is_written(workspace: Workspace, compared: ComparePane) -> None:
    found = compared.found
    assert found is not None
    before = workspace.read(history.next_undo)
    assert before is not None
    assert before.action == "import.apply"  # the last thing written is what the fixture imported


def test_the_differences_as_excel(page: ImportsPage, compared: ComparePane, settle: Settle, tmp_path: Path) -> None:
    compared.excel.click()
    answer_file_dialog(tmp_path / "doi-chieu.xlsx")
    settle()
    book = CalamineWorkbook.from_path(tmp_path / "doi-chieu.xlsx")
    assert len(book.sheet_names) == 3
    text = str([book.get_sheet_by_index(number).to_python() for number in range(3)])
    for name in ("Nguyễn Thị Ngưỡng", "Kim Văn Tám", "Thạch Sa Rây", "Nguyễn Thị Lan"):
        assert name in text


def test_back_to_the_list_and_again(qtbot: QtBot, page: ImportsPage, compared: ComparePane, settle: Settle) -> None:
    qtbot.keyClick(compared, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.review
    press(qtbot, page, "importCompareOnly")
    settle()
    assert page.stack.currentWidget() is compared


def test_a_comparison_says_that_the_file_has_changed_since(
    qtbot: QtBot, page: ImportsPage, compared: ComparePane, settle: Settle, workspace: Workspace, make: Make
) -> None:
    one = compared.model.row(0).household_id
    assert one is not None
    view = make.view(one)
    assert not compared.stale.isVisible()
    workspace.write(households.correct_household, one, view.version, HouseholdData(view.data.hamlet_id, notes="Đã gặp"))
    qtbot.waitUntil(compared.stale.isVisible)
    assert page.stack.currentWidget() is compared
    press(qtbot, compared, "compareAgain")
    settle()
    assert not compared.stale.isVisible()
    workspace.write(
        households.correct_household, one, view.version + 1, HouseholdData(view.data.hamlet_id, notes="Đã gặp lại")
    )
    qtbot.waitUntil(compared.stale.isVisible)
    press(qtbot, compared, "compareClose")
    settle()
    assert page.stack.currentWidget() is page.review


def test_a_list_that_agrees_says_so(
    qtbot: QtBot, page: ImportsPage, settle: Settle, workspace: Workspace, lists: Lists
) -> None:
    path = register(lists.folder / "bo.xlsx")
    workspace.write(imports.apply, lists.read(path), ImportChoices(year=2026))
    settle()
    page.show_place(Place("imports", text=str(path)))
    settle()
    press(qtbot, page, "importCompareOnly")
    settle()
    assert page.compared.agreed.isVisible()
    assert any("4 households are the same" in label.text() for label in page.compared.agreed.findChildren(QLabel))


@pytest.fixture
def lists(tmp_path: Path) -> Iterator[Lists]:
    from casemgr.exchange.workbooks import WorkbookReader

    with WorkbookReader() as reader:
        yield Lists(tmp_path, reader)


def test_a_household_only_there_may_have_to_do_with_one_here(compared: ComparePane) -> None:
    ids: list[UUID | None] = [compared.model.row(number).household_id for number in range(3)]
    assert ids[0] is not None
    assert ids[1] is not None
    assert ids[2] is None

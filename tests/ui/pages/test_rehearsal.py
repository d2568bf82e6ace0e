"""Trying a standard in the window: the matrix, its lists, the draft mark, Excel and the to-do list."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from casemgr import i18n
from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.persistence.models import Journal
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import classes
from casemgr.workspace import Workspace
from tests.support.pages import OFFICE_PRINTER, PrinterIntoFiles, answer_file_dialog, no_printers
from tests.support.pdfs import pages_of
from tests.support.rehearsal_oracle import NEW_ONLY, OLD_ONLY, SHARED, read
from tests.support.surveyed import add_golden, campaign, case, survey
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.mainwindow import MainWindow
from ui.pages.rehearsal.lists_pane import BEHIND, CHANGED, MISSING, SUPPORT
from ui.pages.rehearsal.page import RehearsalPage
from ui.places import Place
from ui.widgets.printing import PrintDialog, Printing

Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, workspace: Workspace, printer: PrinterIntoFiles) -> RehearsalPage:
    workspace.write(add_golden, read())
    QApplication.processEvents()
    made = RehearsalPage(desk, Printing(printer.names, printer.send))
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def tried(page: RehearsalPage, settle: Settle) -> RehearsalPage:
    """The standard of 2027, tried."""
    page.run.click()
    settle()
    assert page.found is not None
    return page


def test_the_standard_that_comes_next_is_proposed(page: RehearsalPage) -> None:
    assert page.pack.value() == "VN-2027"
    assert page.run.text() == "Try VN-2027"
    assert page.start.isVisible()


def test_the_matrix_adds_up_and_is_marked_a_draft(tried: RehearsalPage) -> None:
    found, numbers = tried.found, tried.matrix.numbers
    assert found is not None
    rows, columns = numbers.rowCount() - 1, numbers.columnCount() - 1
    assert numbers.number(rows, columns) == found.households == len(read())
    assert sum(numbers.number(row, columns) for row in range(rows)) == found.households
    assert sum(numbers.number(rows, column) for column in range(1, columns)) == found.households
    assert tried.draft.text == "Draft: for preparation only"
    assert tried.note.text() == found.note != ""


def test_every_number_opens_its_list(qtbot: QtBot, tried: RehearsalPage) -> None:
    numbers = tried.matrix.numbers
    opened = 0
    for row in range(numbers.rowCount()):
        for column in range(numbers.columnCount()):
            count = numbers.number(row, column)
            tried.matrix.setCurrentIndex(numbers.index(row, column))
            qtbot.keyClick(tried.matrix, Qt.Key.Key_Return)
            if count:
                assert tried.lists.tabs.currentIndex() == BEHIND
                assert tried.lists.behind_model.rowCount() == count
                opened += 1
    assert opened >= 10


def test_a_change_and_the_household_behind_it(qtbot: QtBot, tried: RehearsalPage) -> None:
    found = tried.found
    assert found is not None
    tried.lists.tabs.setCurrentIndex(CHANGED)
    assert tried.lists.change_model.rowCount() == len(found.changes) > 0
    assert found.changes[0].reason in tried.lists.change_model.titles() + next(tried.lists.change_model.cells([0]))
    tried.lists.changes.go(0)
    with qtbot.waitSignal(tried.open_requested) as asked:
        qtbot.keyClick(tried.lists.changes, Qt.Key.Key_Return)
    assert asked.args == [Place("households", found.changes[0].household_id)]


def test_support_that_begins_or_ends_opens_its_households(qtbot: QtBot, tried: RehearsalPage) -> None:
    tried.lists.tabs.setCurrentIndex(SUPPORT)
    lines = list(tried.lists.effect_model.cells(range(tried.lists.effect_model.rowCount())))
    loans = next(at for at, cells in enumerate(lines) if cells[0] == "TD-HN" and cells[2] == "Ends")
    tried.lists.effects.go(loans)
    qtbot.keyClick(tried.lists.effects, Qt.Key.Key_Return)
    assert tried.lists.tabs.currentIndex() == BEHIND
    behind = set(tried.lists.behind_model.ids)
    assert len(behind) == int(lines[loans][3]) > 0
    found = tried.found
    assert found is not None
    left = {one.household_id for one in found.changes if one.old is HouseholdClass.POOR}
    assert behind == left
    assert tried.lists.tabs.tabText(BEHIND) == f"TD-HN: Ends {len(behind)}"


def test_support_is_weighed_after_the_classes_and_may_be_stopped(
    qtbot: QtBot, page: RehearsalPage, settle: Settle
) -> None:
    page.run.click()
    qtbot.waitUntil(lambda: page.found is not None)
    page.stop.click()
    settle()
    assert page.lists.change_model.rowCount() > 0
    page.lists.tabs.setCurrentIndex(SUPPORT)
    assert page.lists.nothing.isVisible() or page.lists.effect_model.rowCount() > 0


def test_what_is_missing_is_said_in_words(tried: RehearsalPage) -> None:
    tried.lists.tabs.setCurrentIndex(MISSING)
    words = {cells[-1] for cells in tried.lists.missing_model.cells(range(tried.lists.missing_model.rowCount()))}
    assert "Xử lý rác thải" in words
    assert any("income per person and month" in one for one in words)


def test_the_to_do_list_on_paper(
    qtbot: QtBot, tried: RehearsalPage, settle: Settle, printer: PrinterIntoFiles, tmp_path: Path
) -> None:
    tried.paper.click()
    settle()
    dialog = tried.findChild(PrintDialog)
    assert dialog is not None
    dialog.accept()
    settle()
    assert [order.printer for order in printer.orders] == [OFFICE_PRINTER]
    text = "\n".join(pages_of(printer.contents[0]))
    assert "Xử lý rác thải" in text
    assert "VN-2027" in text


def test_the_to_do_list_as_a_file(tried: RehearsalPage, settle: Settle, tmp_path: Path) -> None:
    tried.output._printing = Printing(no_printers)
    tried.paper.click()
    settle()
    dialog = tried.findChild(PrintDialog)
    assert dialog is not None
    dialog.file_button.click()
    answer_file_dialog(tmp_path / "viec.pdf")
    settle()
    assert (tmp_path / "viec.pdf").read_bytes().startswith(b"%PDF")


def test_the_trial_as_excel(tried: RehearsalPage, settle: Settle, tmp_path: Path) -> None:
    tried.excel.click()
    answer_file_dialog(tmp_path / "thu.xlsx")
    settle()
    found = tried.found
    assert found is not None
    book = CalamineWorkbook.from_path(tmp_path / "thu.xlsx")
    sheets = [book.get_sheet_by_index(number).to_python() for number in range(4)]
    effects = tried.lists.effect_model.rowCount()
    assert [len(sheet) - 3 for sheet in sheets[1:]] == [len(found.changes), len(found.missing), effects]
    assert effects > 0
    assert "Draft: for preparation only" in str(sheets[0][0])


def test_one_hamlet(tried: RehearsalPage, settle: Settle, make: Make) -> None:
    make.household(hamlet="Quân An")
    settle()
    tried.hamlet.set_value(make.hamlet("Quân An"))
    tried.hamlet.activated.emit(tried.hamlet.currentIndex())
    settle()
    assert tried.found is not None
    assert tried.found.hamlet_id == make.hamlet("Quân An")
    assert tried.found.households < len(read())


def test_the_standard_in_force_has_no_draft_mark(page: RehearsalPage, settle: Settle) -> None:
    page.show_place(Place("rehearsal", text="VN-2022"))
    settle()
    assert page.found is not None
    assert (page.found.pack.id, page.draft.text, page.note.text()) == ("VN-2022", "", "")


def test_never_reviewed_households_wait_behind_the_chip(qtbot: QtBot, desk: Desk, settle: Settle, make: Make) -> None:
    make.household()
    page = RehearsalPage(desk)
    qtbot.addWidget(page)
    page.rehearse()
    settle()
    assert page.lists.missing_model.rowCount() == 0
    page.lists.chips.set_on(())
    page.lists.chips.changed.emit()
    assert page.lists.missing_model.rowCount() == 1


def test_nobody_changes_and_nothing_is_missing(
    qtbot: QtBot, desk: Desk, settle: Settle, make: Make, workspace: Workspace
) -> None:
    one = make.household()

    def add(uow: UnitOfWork) -> None:
        uow.name_step("household.open", undoable=False)
        from casemgr.persistence.models import ReviewCase, Survey

        keyed = case(campaign(uow), one, result_class="none")
        sheet = survey(keyed["id"], dict.fromkeys((*SHARED, OLD_ONLY, NEW_ONLY), False), income=9_000_000)
        keyed["survey_id"] = sheet["id"]
        uow.insert_many(ReviewCase, [keyed])
        uow.insert_many(Survey, [sheet])

    workspace.write(add)
    settle()
    page = RehearsalPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.rehearse()
    settle()
    assert page.lists.nothing.isVisible()
    said: list[str] = []
    page.said.connect(lambda notice: said.append(notice.text))
    page.paper.click()
    assert said == ["Nothing is missing: there is no list to print."]
    page.lists.tabs.setCurrentIndex(MISSING)
    assert page.lists.nothing.isVisible()


def test_the_trial_says_when_the_file_has_changed(
    qtbot: QtBot, tried: RehearsalPage, settle: Settle, workspace: Workspace
) -> None:
    found = tried.found
    assert found is not None
    assert not tried.stale.isVisible()
    workspace.write(
        classes.set_class, found.changes[0].household_id, ClassData(2027, HouseholdClass.POOR, b1=100, b2=50)
    )
    qtbot.waitUntil(tried.stale.isVisible)
    tried.run.click()
    settle()
    assert not tried.stale.isVisible()


def test_nothing_is_written(tried: RehearsalPage, workspace: Workspace, settle: Settle) -> None:
    def rows(uow: UnitOfWork) -> int:
        return uow.session.scalars(select(func.count()).select_from(Journal)).one()

    before = workspace.read(rows)
    tried.run.click()
    settle()
    assert workspace.read(rows) == before


def test_it_can_be_stopped(qtbot: QtBot, page: RehearsalPage, desk: Desk, settle: Settle) -> None:
    page.run.click()
    assert page.stop.isVisible()
    page.stop.click()
    settle()
    assert not page.stop.isVisible()
    assert page.run.isEnabled()


def test_alt_8_goes_there(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
    assert window.findChild(RehearsalPage) is not None

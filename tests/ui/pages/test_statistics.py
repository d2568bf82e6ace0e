"""The page of reports: figures, the households behind a number, totals typed and pasted, paper and Excel."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QPushButton, QStyle
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.reviews import CampaignStatus, DenominatorData
from casemgr.services import denominators, statistic_basis
from casemgr.workspace import Workspace
from tests.support.figures import Review, review, set_status
from tests.support.pages import OFFICE_PRINTER, PrinterIntoFiles, answer_file_dialog, file_dialog_open
from tests.support.workspaces import Make
from ui import theme
from ui.desk import Desk
from ui.pages.statistics.choices import PeoplesDialog
from ui.pages.statistics.figures_table import FiguresTable
from ui.pages.statistics.page import StatisticsPage
from ui.pages.statistics.totals_pane import read_number
from ui.places import Place
from ui.widgets.message_bar import Notice
from ui.widgets.printing import PrintDialog, Printing

Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def made(workspace: Workspace, make: Make) -> Review:
    done = review(workspace, make)
    done.case("poor", "poor", 4, before=3, minority=True, no_labour=True, head_ethnic="05")
    done.case("poor", "near_poor", 2)
    done.case("near_poor", "poor", 1, hamlet="Quân An")
    return done


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=30_000)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=30_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def said() -> list[Notice]:
    return []


@pytest.fixture
def places() -> list[Place]:
    return []


@pytest.fixture
def open_page(
    qtbot: QtBot, desk: Desk, printer: PrinterIntoFiles, settle: Settle, said: list[Notice], places: list[Place]
) -> Callable[..., StatisticsPage]:
    def make_it(form: str = "1") -> StatisticsPage:
        page = StatisticsPage(desk, Printing(printer.names, printer.send))
        desk.changed.connect(lambda tables: page.refresh() if page.tables & tables else None)
        page.said.connect(said.append)
        page.open_requested.connect(places.append)
        qtbot.addWidget(page)
        page.resize(1170, 660)
        page.show()
        page.show_place(Place("statistics", text=form))
        settle()
        return page

    return make_it


def cell(page: StatisticsPage, row: int, number: str) -> tuple[int, int]:
    model = page.table.figures
    return row, next(c for c in range(model.columnCount()) if model.column_number(c) == number)


def press(qtbot: QtBot, page: StatisticsPage, row: int, number: str) -> None:
    page.table.setCurrentIndex(page.table.figures.index(*cell(page, row, number)))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)


def test_the_figures_stand_under_their_heads(made: Review, open_page: Callable[..., StatisticsPage]) -> None:
    page = open_page("2")
    model = page.table.figures
    assert model.rowCount() == 6
    assert model.text(*cell(page, 0, "1")) == "2"
    assert [model.text(0, column) for column in range(3)] == ["1", "Ấp Phú Nhơn", "Hộ"]
    assert model.headerData(4, Qt.Orientation.Horizontal) == "2. Số hộ thoát nghèo, Trở thành hộ cận nghèo"
    assert page.table.rowSpan(0, 1) == 2
    assert "By decision" in page.state.text()
    assert page.place() == Place("statistics", text="2")


def test_the_model_keeps_qts_rules(
    made: Review, open_page: Callable[..., StatisticsPage], qtmodeltester: object
) -> None:
    page = open_page("8")
    qtmodeltester.check(page.table.figures)  # type: ignore[attr-defined]


def test_enter_on_a_number_shows_its_households_and_enter_there_opens_one(
    qtbot: QtBot, made: Review, open_page: Callable[..., StatisticsPage], settle: Settle, places: list[Place]
) -> None:
    page = open_page("2")
    press(qtbot, page, 4, "1")
    settle()
    assert page.behind.isVisible()
    assert set(page.behind.model.ids) == set(made.homes[:2])
    assert page.behind.table.rows.row(0).head.startswith("Trần Văn Số")
    qtbot.keyClick(page.behind.table, Qt.Key.Key_Return)
    assert places == [Place("households", page.behind.model.ids[0])]
    qtbot.mouseClick(page.behind.all_button, Qt.MouseButton.LeftButton)
    assert set(places[-1].ids) == set(made.homes[:2])
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.behind.isVisible()


def test_a_zero_and_a_percentage_open_nothing(
    qtbot: QtBot, made: Review, open_page: Callable[..., StatisticsPage], settle: Settle
) -> None:
    page = open_page("1")
    for number in ("1", "4", "7"):
        press(qtbot, page, 0, number)
        settle()
        assert not page.behind.isVisible()


def test_the_total_of_one_hamlet_opens_the_households_of_that_hamlet(
    qtbot: QtBot, made: Review, make: Make, open_page: Callable[..., StatisticsPage], settle: Settle
) -> None:
    page = open_page("1")
    page.choices.hamlet.set_value(make.hamlet("Quân An"))
    page.choices.hamlet.chosen.emit()
    settle()
    press(qtbot, page, 1, "3")
    settle()
    assert list(page.behind.model.ids) == [made.homes[2]]


def test_a_person_in_a_list_opens_the_household(
    qtbot: QtBot, made: Review, open_page: Callable[..., StatisticsPage], settle: Settle, places: list[Place]
) -> None:
    page = open_page("15")
    press(qtbot, page, 1, "3")
    settle()
    assert places == [Place("households", made.homes[0])]


def test_what_to_look_at_stands_beside_the_figures(made: Review, open_page: Callable[..., StatisticsPage]) -> None:
    page = open_page("8")
    assert "because groups overlap" in page.warnings.text()
    assert "things to look at" in page.state.text()


def test_report_8_by_the_printed_formula_is_a_choice_of_the_office(
    qtbot: QtBot, made: Review, open_page: Callable[..., StatisticsPage], settle: Settle
) -> None:
    page = open_page("8")
    assert page.table.figures.text(*cell(page, 0, "5")) == "0"
    page.choices.formula.click()
    settle()
    assert page.table.figures.text(*cell(page, 0, "5")) == "-1"
    assert made.workspace.read(statistic_basis.prefers_formula)


def test_the_peoples_of_report_9_are_ticked(
    qtbot: QtBot, made: Review, open_page: Callable[..., StatisticsPage], settle: Settle
) -> None:
    page = open_page("9")
    page.buttons["reportPeoples"].click()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PeoplesDialog) and w.isVisible())
    shown = dialog.findChild(QListWidget, "peoplesList")
    assert shown is not None
    for name in ("Mông", "Khơ-me"):
        shown.findItems(name, Qt.MatchFlag.MatchExactly)[0].setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    settle()
    assert made.workspace.read(statistic_basis.chosen_ethnic) == ("05", "08")
    assert page.table.figures.column_number(6) == "1.2.2"


def test_the_local_peoples_of_report_12_are_ticked(
    made: Review, open_page: Callable[..., StatisticsPage], settle: Settle
) -> None:
    page = open_page("12")
    page.buttons["reportPeoples"].click()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PeoplesDialog) and w.isVisible())
    dialog.list.findItems("Ê-đê", Qt.MatchFlag.MatchExactly)[0].setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    settle()
    assert made.workspace.read(statistic_basis.local_ethnic) == ("12",)


# ---- totals


def test_totals_are_pasted_as_a_block_from_excel_and_percentages_appear(
    qtbot: QtBot,
    made: Review,
    make: Make,
    open_page: Callable[..., StatisticsPage],
    settle: Settle,
    said: list[Notice],
) -> None:
    page = open_page("1")
    page.buttons["reportTotals"].click()
    assert page.stack.currentWidget() is page.totals
    QApplication.clipboard().setText("1.234\t4 000\n200\t700\n")
    page.totals.grid.setCurrentCell(0, 0)
    qtbot.keyClick(page.totals.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseClick(page.totals.save, Qt.MouseButton.LeftButton)
    settle()
    kept = made.workspace.read(denominators.denominators, made.campaign)
    assert kept == {make.hamlet(): DenominatorData(1234, 4000), make.hamlet("Quân An"): DenominatorData(200, 700)}
    assert said[-1].tone == "ok"
    assert page.stack.currentWidget() is not page.totals
    assert page.table.figures.text(*cell(page, 1, "4")) == "0.50"


def test_totals_that_cannot_be_are_refused_in_their_cell(
    qtbot: QtBot, made: Review, open_page: Callable[..., StatisticsPage], settle: Settle
) -> None:
    page = open_page("1")
    page.buttons["reportTotals"].click()
    grid = page.totals.grid
    item = grid.item(1, 0)
    assert item is not None
    item.setText("nhiều")
    page.totals.try_save()
    assert "1 cell holds no whole number" in page.totals.problem.text()
    item.setText("50")
    grid.item(1, 1).setText("40")  # type: ignore[union-attr]
    page.totals.try_save()
    settle()
    assert "cannot be more than" in page.totals.problem.text()
    assert (grid.currentRow(), grid.currentColumn()) == (1, 0)
    assert made.workspace.read(denominators.denominators, made.campaign) == {}


def test_totals_smaller_than_the_lists_are_told(
    qtbot: QtBot, made: Review, open_page: Callable[..., StatisticsPage], settle: Settle, said: list[Notice]
) -> None:
    page = open_page("1")
    page.buttons["reportTotals"].click()
    page.totals.grid.item(0, 0).setText("1")  # type: ignore[union-attr]
    page.totals.try_save()
    settle()
    assert said[-1].tone == "near"


def test_totals_of_a_closed_review_are_only_shown(made: Review, open_page: Callable[..., StatisticsPage]) -> None:
    made.workspace.write(set_status, made.campaign, CampaignStatus.CLOSED, date(2026, 12, 31))
    page = open_page("1")
    page.buttons["reportTotals"].click()
    assert not page.totals.save.isVisible()
    assert "closed" in page.totals.problem.text()


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234", 1234), ("1 234", 1234), ("1,234", 1234), ("", None), ("  ", None), ("abc", -1), ("-5", -1), ("²", -1)],
)
def test_numbers_as_excel_writes_them(text: str, number: int | None) -> None:
    assert read_number(text) == number


# ---- out of the program


def test_a_report_becomes_an_excel_file(
    qtbot: QtBot,
    made: Review,
    open_page: Callable[..., StatisticsPage],
    settle: Settle,
    tmp_path: Path,
    said: list[Notice],
) -> None:
    page = open_page("2")
    page.export()
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(tmp_path / "b2.xlsx")
    settle()
    sheet = load_workbook(tmp_path / "b2.xlsx").active
    assert sheet is not None
    assert sheet["A4"].value == "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO"
    assert "b2.xlsx" in said[-1].text


def test_a_report_is_seen_printed_and_saved(
    qtbot: QtBot,
    made: Review,
    open_page: Callable[..., StatisticsPage],
    settle: Settle,
    printer: PrinterIntoFiles,
    tmp_path: Path,
) -> None:
    page = open_page("2")
    assert page.can("statistics.print")
    page.print_report()
    settle()
    assert page.stack.currentWidget() is page.paper
    assert page.paper.view.page_count == 1
    assert "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO" in page.paper.view.page_text(1)
    page.print_report()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PrintDialog) and w.isVisible())
    assert dialog.printer.value() == OFFICE_PRINTER
    dialog.print_button.click()
    settle()
    assert len(printer.contents) == 1
    page.paper.save.click()
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(tmp_path / "b2.pdf")
    assert (tmp_path / "b2.pdf").read_bytes().startswith(b"%PDF")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is not page.paper
    page.paper.view.show_pdf(None)


def test_the_figures_are_copied_for_excel(
    made: Review, open_page: Callable[..., StatisticsPage], said: list[Notice]
) -> None:
    page = open_page("2")
    page.copy_table()
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 6
    assert lines[0].split("\t")[:4] == ["1", "Ấp Phú Nhơn", "Hộ", "2"]
    assert said[-1].tone == "ok"


# ---- days, other reviews, none at all


def test_the_state_of_a_day(made: Review, open_page: Callable[..., StatisticsPage], settle: Settle) -> None:
    page = open_page("16")
    assert not page.choices.day.isVisible()
    page.choices.show_day(date(2026, 11, 24))
    settle()
    assert page.choices.day.isVisible()
    assert "State of" in page.state.text()
    page.choices.form.set_value("2")
    page.choices.form.chosen.emit()
    settle()
    assert "needs a review" in page.state.text()
    assert page.table.figures.rowCount() == 0
    assert not page.can("file.export")


def test_without_a_review_the_page_says_what_to_do(
    qtbot: QtBot, workspace: Workspace, open_page: Callable[..., StatisticsPage], settle: Settle, places: list[Place]
) -> None:
    page = open_page("1")
    assert page.stack.currentWidget() is page.empty
    page.empty.findChild(QPushButton, "emptyAction0").click()  # type: ignore[union-attr]
    assert places == [Place("review")]
    page.empty.findChild(QPushButton, "emptyAction1").click()  # type: ignore[union-attr]
    settle()
    assert page.found is not None


def test_a_change_elsewhere_is_read_again(
    made: Review, open_page: Callable[..., StatisticsPage], settle: Settle
) -> None:
    page = open_page("1")
    before = page.table.figures.text(*cell(page, 2, "3"))
    made.case("unreviewed", "poor", 1)
    settle()
    assert (before, page.table.figures.text(*cell(page, 2, "3"))) == ("2", "3")


def test_the_page_stands_at_150_percent_and_in_both_languages(
    qapp: QApplication, made: Review, open_page: Callable[..., StatisticsPage], settle: Settle
) -> None:
    page = open_page("12")
    narrow = page.table.horizontalHeader().sizeHint().height()
    theme.apply(qapp, "light", scale=150)
    QApplication.processEvents()
    assert page.table.horizontalHeader().sizeHint().height() > narrow
    i18n.choose("vi")
    page.retranslate()
    page.table.show_figures(page.found)
    assert not page.grab().isNull()


def test_unsaved_totals_are_asked_about(
    qtbot: QtBot, made: Review, open_page: Callable[..., StatisticsPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page("1")
    page.buttons["reportTotals"].click()
    assert page.leave()
    page.totals.grid.item(0, 0).setText("7")  # type: ignore[union-attr]
    answers = iter(("answer_stay", "answer_drop"))
    monkeypatch.setattr(QDialog, "exec", lambda self: self.findChild(QPushButton, next(answers)).click())
    assert not page.leave()
    assert page.leave()
    assert page.stack.currentWidget() is not page.totals


def test_the_number_of_a_line_is_never_cut_in_a_narrow_window(
    made: Review, open_page: Callable[..., StatisticsPage]
) -> None:
    page = open_page("1")
    page.resize(700, 600)
    table = page.findChild(FiguresTable)
    assert table is not None
    table._measure()
    margin = 2 * (table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance("888") + margin

"""The leader's first page: values with plan and state, the list behind, plan lines, own indicators, paper and Excel."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from casemgr.domain.dates import PartialDate
from casemgr.domain.targets import State
from casemgr.services import own_indicators, target_plans
from tests.support.target_story import NEAR, Story
from tests.support.workspaces import Make
from ui import theme
from ui.desk import Desk
from ui.pages.targets.dialogs import FiguresDialog, IncomeDialog, PlanDialog, read_hundredths
from ui.pages.targets.own_dialog import OwnIndicatorDialog
from ui.pages.targets.page import TargetsPage
from ui.places import Place
from ui.widgets.trend_chart import ChartPoint, TrendChart

Settle = Callable[[], None]


@pytest.fixture
def page(desk: Desk, make: Make, qtbot: QtBot, settle: Settle) -> TargetsPage:
    """Four poor households of merit (two protected, one able), one near-poor family with a card for one of two."""
    story = Story(desk.workspace, make)
    homes = [story.home(name, head={"merit": True}) for name in ("Sáu", "Bảy", "Tám", "Chín")]
    for home, value in zip(homes, ("protected", "protected", "able"), strict=False):
        story.mark(home, value)
    story.sponsor(homes[0])
    family = story.home("Mẹ", NEAR, make.person("Nguyễn Văn Bé", birth=PartialDate(2014, 5, 1)))
    story.card(story.people(family)[0], date(2026, 1, 1))
    shown = TargetsPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1160, 690)
    shown.show()
    shown.show_place(Place("targets"))
    settle()
    return shown


def choose(page: TargetsPage, code: str, settle: Settle) -> None:
    page.table.go(page.model.place_of(code))
    settle()


def test_a_number_shows_its_counts_plan_state_and_list(page: TargetsPage, settle: Settle) -> None:
    choose(page, "I07", settle)
    figure = page.detail.figure
    assert figure is not None
    assert figure.text == "100,00 %"
    assert figure.state is State.CANNOT_SAY  # five people more of whom nothing is known
    assert [row.name for row in page.detail._fetch(page.detail.model.ids)] == ["Nguyễn Thị Mẹ"]
    assert "I07" in page.detail._title.text()
    assert len(page.detail.chart.points) == 5
    page.detail.which.set_value("unknown")
    page.detail.which.chosen.emit()
    settle()
    assert len(page.detail.model.ids) == 5


def test_enter_goes_to_the_list_and_from_there_to_the_household(
    page: TargetsPage, settle: Settle, qtbot: QtBot
) -> None:
    choose(page, "I16-protected", settle)
    page.table.opened.emit(page.table.current())
    assert page.detail.table.hasFocus() or not page.isActiveWindow()
    with qtbot.waitSignal(page.open_requested) as asked:
        page.detail.table.opened.emit(0)
    assert asked.args[0].page == "households"
    with qtbot.waitSignal(page.open_requested) as asked:
        page.detail.all_button.click()
    assert len(asked.args[0].ids) == 2


def test_a_plan_line_is_written_and_compared(page: TargetsPage, settle: Settle, qtbot: QtBot) -> None:
    page.set.set_value("own")
    page.read_board()
    settle()
    choose(page, "I16-able", settle)
    page.detail.plan_button.click()
    dialog = page.findChild(PlanDialog)
    assert dialog is not None
    dialog.value.setText("nhiều")
    dialog.buttons.accepted.emit()
    assert dialog.problem.text()
    dialog.value.setText("1")
    dialog.buttons.accepted.emit()
    settle()
    lines = page.desk.workspace.read(target_plans.lines_of, "own", 2026)
    assert lines["I16-able"].value_hundredths == 100
    page.refresh()
    settle()
    figure = page._figures["I16-able"]
    assert figure.state is State.REACHED  # at least one: the unsorted one can only add
    assert "1" in figure.plan_words


def test_an_own_indicator_stands_in_the_table(page: TargetsPage, settle: Settle) -> None:
    page._writing.make_own()
    dialog = page.findChild(OwnIndicatorDialog)
    assert dialog is not None
    dialog.accept()
    settle()
    assert dialog.problem.text()
    dialog.name.setText("Hộ cận nghèo chưa nhận quà")
    dialog.ticks["classes"].tick("near_poor")
    dialog.ticks["not_received"].tick("QUA-XH")
    dialog.accept()
    settle()
    (made,) = page.desk.workspace.read(own_indicators.own_indicators)
    page.refresh()
    settle()
    assert page._figures[made.data.code].value == 1
    choose(page, made.data.code, settle)
    assert page.bar.acts["targetOwnChange"].isEnabled()
    page._writing.change_own()
    again = page.findChildren(OwnIndicatorDialog)[-1]
    assert again.data().not_received == ("QUA-XH",)
    again.reject()


def test_taking_the_ready_made_set_over(page: TargetsPage, settle: Settle) -> None:
    page._writing.copy_set()
    settle()
    assert page.set.value() == "own"
    settle()
    assert page._figures["I20"].plan is not None


def test_common_income_is_entered(page: TargetsPage, settle: Settle) -> None:
    page._writing.enter_income()
    dialog = page.findChild(IncomeDialog)
    assert dialog is not None
    dialog.income.setText("2.500.000")
    dialog.accept()
    settle()
    assert dialog.problem.text()
    dialog.source.setText("Niên giám thống kê 2025")
    dialog.accept()
    settle()
    (made,) = page.desk.workspace.read(target_plans.benchmarks)
    assert made.income == 2_500_000


def test_figures_of_a_report_are_recomputed(page: TargetsPage) -> None:
    page._writing.check_figures()
    dialog = page.findChild(FiguresDialog)
    assert dialog is not None
    dialog.text.setPlainText("Hộ nghèo\t17.060\t400.496\t4,26 %\nHộ cận nghèo\t15.996\t400.496\t4,24 %")
    assert "16.996" in dialog.found.text()
    assert "Hộ nghèo" not in dialog.found.text()
    dialog.text.setPlainText("Hộ nghèo\t17.060\t400.496\t4,26 %")
    assert "1" in dialog.found.text()
    dialog.reject()


@pytest.mark.parametrize(
    ("typed", "value"),
    [("100", 10000), ("1,5", 150), ("1.500.000", 150000000), ("62.5", 6250), ("x", None), ("", None)],
)
def test_values_as_people_type_them(typed: str, value: int | None) -> None:
    assert read_hundredths(typed) == value


def test_paper_and_excel(page: TargetsPage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ui.pages.targets.output as output

    monkeypatch.setattr(output, "ask_file", lambda _parent, _title, _filter, use, **_rest: use(tmp_path / "a.xlsx"))
    page.buttons["targetExcel"].click()
    settle()
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    for press in (page.buttons["targetPrint"], page.buttons["targetBehind"]):
        press.click()
        settle()
        assert page.paper.content is not None
        assert page.paper.content.startswith(b"%PDF")
        page.paper.back.click()
    choose(page, "I16", settle)
    page.detail.print_button.click()
    settle()
    assert page.paper.title.text().startswith("I16. ")
    page.paper.back.click()
    assert page.stack.currentWidget() is page._body


def test_another_day_counts_anew(page: TargetsPage, settle: Settle) -> None:
    page.day.setText("31/12/2024")
    page.day.editingFinished.emit()
    settle()
    assert page.board is not None
    assert page.board.day.year == 2024
    assert page._figures["I16"].value is None


def test_who_may_only_read_writes_nothing(
    desk: Desk, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(desk), "may", lambda _desk, _permission: False)
    shown = TargetsPage(desk)
    qtbot.addWidget(shown)
    shown.show()
    settle()
    assert not shown.findChild(QPushButton, "targetExcel").isEnabled()
    assert not shown.detail.plan_button.isVisible()
    assert not shown.bar.acts["targetOwn"].isEnabled()


def test_every_theme_and_language(page: TargetsPage, settle: Settle, qapp: object) -> None:
    for name in ("dark", "contrast", "light"):
        theme.apply(qapp, name, scale=150)  # type: ignore[arg-type]  # the fixture is the application
        assert not page.grab().isNull()
    page.retranslate()
    assert page.findChild(QLineEdit, "targetDay").accessibleName()


def test_the_chart_tells_its_values(qtbot: QtBot) -> None:
    chart = TrendChart()
    qtbot.addWidget(chart)
    chart.resize(300, 132)
    empty = chart.grab().toImage()
    points = [
        ChartPoint("2024", 10.0, "10 %", 50.0),
        ChartPoint("2025", None, "chưa rõ"),
        ChartPoint("2026", 60.0, "60 %"),
    ]
    chart.show_points(points)
    assert chart.accessibleDescription() == "2024: 10 %; 2025: chưa rõ; 2026: 60 %"
    drawn = chart.grab().toImage()
    assert drawn != empty
    chart.show_points([ChartPoint("2026", None, "chưa rõ")])
    assert chart.grab().toImage() != drawn
    chart.show_points([ChartPoint("2026", -3.0, "-3", 1.0)])
    assert not chart.grab().isNull()

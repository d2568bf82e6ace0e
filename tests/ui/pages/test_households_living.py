"""Housing and living conditions on the household's page: typed with the keys, proposed from, and every why shown."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from casemgr.domain.conditions import DwellingData, Nutrition, SchoolLevel, WaterSource
from casemgr.domain.dates import PartialDate
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.domain.text import fold
from casemgr.i18n import _
from casemgr.services import conditions
from casemgr.services.households import HouseholdView
from casemgr.services.members import NewMember
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.households.conditions_grid import QUESTIONS, ConditionsGrid
from ui.pages.households.page import HouseholdsPage
from ui.places import Place

COLUMN = {question[0]: place for place, question in enumerate(QUESTIONS)}


@pytest.fixture
def family(window: MainWindow, make: Make) -> HouseholdView:
    """A mother of 47 and her daughter of 10, seen on 24 November 2026."""
    daughter = NewMember(PersonData("Trần Thị Bé", Sex.FEMALE, PartialDate(2016, 5, 1)), Relation.CHILD)
    return make.view(make.household("Nguyễn Thị Ánh Tuyết", daughter))


@pytest.fixture
def page(window: MainWindow, family: HouseholdView) -> HouseholdsPage:
    window.go(Place("households", family.id))
    found = window.current_page
    assert isinstance(found, HouseholdsPage)
    return found


def put(page: HouseholdsPage, field: str, text: str) -> None:
    assert page.detail.pane is not None
    line = page.detail.pane.form.editor(field).widget
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def choose(page: HouseholdsPage, field: str, value: object) -> None:
    assert page.detail.pane is not None
    box = page.detail.pane.form.editor(field).widget
    box.set_value(value)
    box.chosen.emit()


def save(qtbot: QtBot, window: MainWindow, page: HouseholdsPage) -> None:
    window.commands.run("edit.save")
    qtbot.waitUntil(lambda: page.detail.pane is None and not window.desk.jobs.busy)
    QGuiApplication.processEvents()


def grid_of(page: HouseholdsPage) -> ConditionsGrid:
    page.detail.living.members.click()
    assert page.detail.pane is not None
    grid = page.detail.pane.form.editor("conditions").widget
    assert isinstance(grid, ConditionsGrid)
    return grid


def test_nothing_noted_is_said_so(page: HouseholdsPage) -> None:
    card = page.detail.living
    assert card.facts.text() == card.facts.text().strip() != ""
    assert "2022 - 2025" in card.told.text()
    assert card.lines() == []
    card.why.click()
    assert len(card.lines()) == 12
    assert "Nguyễn Thị Ánh Tuyết" in card.lines()[0]


def test_the_housing_is_typed_and_proposed_from(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make, family: HouseholdView
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.detail.living.house.setFocus()
    window.commands.run("edit.start")
    put(page, "area_dm2", "15,9")
    put(page, "seen_on", "20/11/2026")
    choose(page, "walls_durable", False)
    choose(page, "roof_durable", False)
    choose(page, "water", WaterSource.SURFACE)
    choose(page, "internet", True)
    assert page.detail.pane is not None
    page.detail.pane.form.editor("devices").widget.findChild(QCheckBox, "check_none").click()
    save(qtbot, window, page)
    assert make.workspace.read(conditions.dwelling, family.id)[1] == DwellingData(
        walls_durable=False,
        roof_durable=False,
        area_dm2=1590,
        water=WaterSource.SURFACE,
        internet=True,
        devices=(),
        seen_on=date(2026, 11, 20),
    )
    card = page.detail.living
    assert "15,9 m²" in card.facts.text()
    card.why.setChecked(True)
    told = dict(enumerate(card.lines(), start=1))
    assert "7,95" in told[8]
    names = {indicator.number: indicator.name for indicator in _indicators(page)}
    assert all(names[number] in card.told.text() for number in (7, 8, 9, 12))
    assert names[11] not in card.told.text()


def _indicators(page: HouseholdsPage) -> tuple:
    from casemgr.domain.packs import of_id, shipped

    return of_id(shipped(), "VN-2022").indicators


def test_what_was_not_asked_stays_unknown(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make, family: HouseholdView
) -> None:
    page.detail.edit_house()
    put(page, "note", "Nha ven song")
    save(qtbot, window, page)
    assert make.workspace.read(conditions.dwelling, family.id)[1] == DwellingData(note="Nha ven song")


@pytest.mark.parametrize("text", ["ba muoi", "36,555", "0"])
def test_an_impossible_area_is_refused_beside_its_field(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, text: str
) -> None:
    page.detail.edit_house()
    put(page, "area_dm2", text)
    window.commands.run("edit.save")
    qtbot.waitUntil(lambda: not window.desk.jobs.busy)
    assert page.detail.pane is not None
    assert page.detail.pane.form.editor("area_dm2").widget.property("invalid") is True
    page.detail.pane.discard()


def test_some_and_none_at_once_is_refused(page: HouseholdsPage) -> None:
    page.detail.edit_house()
    assert page.detail.pane is not None
    devices = page.detail.pane.form.editor("devices")
    for name in ("check_radio", "check_none"):
        devices.widget.findChild(QCheckBox, name).click()
    assert devices.problem()
    assert page.detail.pane.save() is False
    devices.widget.findChild(QCheckBox, "check_none").click()
    assert (devices.problem(), devices.value()) == ("", ("radio",))
    page.detail.pane.discard()


def test_members_are_answered_with_the_keys_alone(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make, family: HouseholdView
) -> None:
    grid = grid_of(page)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, COLUMN["insured"])
    QTest.keyClick(grid, Qt.Key.Key_Space)  # yes
    QTest.keyClick(grid, Qt.Key.Key_Space)  # no
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert grid.currentIndex().column() == COLUMN["seeks_work"]  # she is 47: no school, no growth
    QTest.keyClicks(grid, fold(_("No"))[:1])
    for _cell in range(3):
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, COLUMN["insured"])
    QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert grid.currentIndex().column() == COLUMN["school"]
    for _level in range(3):
        QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    save(qtbot, window, page)
    mother, daughter = (member.person_id for member in family.members)
    said = make.workspace.read(conditions.conditions, family.id)
    assert (said[mother].insured, said[mother].seeks_work, said[mother].school) == (False, False, None)
    assert (said[daughter].insured, said[daughter].school, said[daughter].nutrition) == (
        True,
        SchoolLevel.PRIMARY,
        Nutrition.NORMAL,
    )
    page.detail.living.why.setChecked(True)
    insurance = page.detail.living.lines()[3]
    assert "Nguyễn Thị Ánh Tuyết" in insurance
    assert "Trần Thị Bé" not in insurance


def test_an_answer_can_be_forgotten_and_closed_cells_stay_closed(page: HouseholdsPage) -> None:
    grid = grid_of(page)
    model = grid.conditions
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert model.value(grid.currentIndex()) is True
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert model.value(grid.currentIndex()) is None
    closed = model.index(0, COLUMN["nutrition"])
    assert not closed.flags()
    assert closed.data() == "–"
    model.put(closed, Nutrition.NORMAL)
    assert model.value(closed) is None
    assert page.detail.pane is not None
    assert not page.detail.pane.dirty


def test_f2_opens_the_list_of_choices(page: HouseholdsPage, qtbot: QtBot) -> None:
    grid = grid_of(page)
    cell = grid.conditions.index(1, COLUMN["school"])
    grid.setCurrentIndex(cell)
    grid.edit(cell)
    box = grid.findChild(object, "conditionChoice")
    assert box is not None
    box.set_value(SchoolLevel.NURSERY)
    grid.commitData(box)
    assert grid.conditions.value(cell) is SchoolLevel.NURSERY
    assert "Trần Thị Bé" in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.detail.pane is not None
    assert page.detail.pane.dirty
    page.detail.pane.discard()


def test_the_change_stands_in_the_timeline_in_words(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make, family: HouseholdView
) -> None:
    make.workspace.write(conditions.keep_dwelling, family.id, None, DwellingData(area_dm2=3650, internet=False))
    page.detail.edit_house()
    put(page, "area_dm2", "40")
    choose(page, "internet", True)
    save(qtbot, window, page)
    newest = page.detail.timeline.model.index(0, 1).data()
    assert "36,5 m² → 40 m²" in newest


def test_who_may_only_read_types_nothing(page: HouseholdsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(button.isEnabled() for button in page.detail.living.buttons)
    monkeypatch.setattr(page.desk, "may", lambda _permission: False)
    page.detail.reload()
    assert not any(button.isEnabled() for button in page.detail.living.buttons)

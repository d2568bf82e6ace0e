"""The page of livelihoods: the board, a plan on one screen, projects, groups, the ledger."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casemgr.domain.livelihoods import PLAN_MACHINE, PlanState
from casemgr.exchange.workbooks import read_workbook
from casemgr.services import (
    assets,
    community_projects,
    livelihood_groups,
    livelihoods,
    office_papers,
    revolving,
)
from casemgr.services.community_projects import ProjectData
from casemgr.services.livelihood_groups import GroupData
from casemgr.services.office_papers import PaperQuery
from casemgr.workspace import Workspace
from tests.support.livelihoods import Livelihoods
from ui.desk import Desk
from ui.pages.livelihoods.page import GROUPS, LEDGER, PROJECTS, LivelihoodsPage
from ui.places import Place
from ui.translation import Languages
from ui.verb_card import VerbCard


@pytest.fixture
def live(workspace: Workspace) -> Livelihoods:
    return Livelihoods(workspace)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, languages: Languages) -> LivelihoodsPage:
    made = LivelihoodsPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    desk.changed.connect(made.refresh)
    made.show()
    return made


def card(page: LivelihoodsPage) -> VerbCard:
    found = page.plan.follow.verbs.card
    assert found is not None
    return found


def test_empty_page_says_what_to_do_first(page: LivelihoodsPage) -> None:
    topic = page.topic
    assert topic.table.rows.rowCount() == 0
    page.show_place(Place("livelihoods", wish="new"))
    assert page.new_plan.isVisible()


def test_a_plan_is_written_with_a_household_and_its_figures_follow_the_typing(
    page: LivelihoodsPage, live: Livelihoods, workspace: Workspace, settle: Callable[[], None], qtbot: QtBot
) -> None:
    home = live.home()
    page.show_place(Place("livelihoods", home, wish="new"))
    form = page.plan.form
    assert form is not None
    values = {"programme": "SK-CD", "area": "hard", "product": "Nuôi bò sinh sản", "cycle_months": 12}
    for name, value in values.items():
        next(one for one in form.forms if name in one.values()).put(name, value)
    costs = next(one for one in form.forms if "costs" in one.values()).editor("costs").widget
    costs.setCurrentCell(0, 0)
    QGuiApplication.clipboard().setText("Bò cái sinh sản\t12 tháng\tcon\t2\t18.000.000\t\nChuồng\t\tcái\t1\t2000000\t")
    costs.paste()
    qtbot.waitUntil(lambda: "38.000.000" in page.plan.figures.values["total"].text())
    assert "100" in page.plan.figures.values["state"].text()
    page.save()
    settle()
    (row,) = workspace.read(livelihoods.of_household, home)
    assert row.total_cost == 38_000_000
    assert page.plan.plan == row.id
    assert not page.plan.dirty


def test_what_is_missing_stands_beside_its_field(page: LivelihoodsPage, live: Livelihoods) -> None:
    page.show_place(Place("livelihoods", live.home(), wish="new"))
    page.save()
    form = page.plan.form
    assert form is not None
    assert form.forms[0].editor("programme").widget.property("invalid")
    assert "2" in form.bar.text.text()
    form.load(form.data())


def test_the_next_step_is_recorded_from_the_screen(
    page: LivelihoodsPage, live: Livelihoods, workspace: Workspace, settle: Callable[[], None]
) -> None:
    plan = live.plan()
    page.show_place(Place("livelihoods", plan, "plans"))
    page.plan.step()
    step = page.plan.step_form
    assert step.form is not None
    step.go.click()
    settle()
    assert workspace.read(livelihoods.view, plan).state is PlanState.REGISTERED
    page.plan.step()
    assert not step.form.check(), "the votes are asked for"
    step.form.put("present", 30)
    step.form.put("agreed", 28)
    step.go.click()
    settle()
    assert workspace.read(livelihoods.view, plan).state is PlanState.VOTED


def test_a_refused_step_names_its_field(page: LivelihoodsPage, live: Livelihoods, settle: Callable[[], None]) -> None:
    plan = live.to(PlanState.APPRAISING)
    page.show_place(Place("livelihoods", plan, "plans"))
    page.plan.step()
    step = page.plan.step_form
    assert step.form is not None
    assert step.form.editor("document_number").widget.property("invalid")
    step.go.click()
    settle()
    assert page.plan.file is not None
    assert page.plan.file.view.state is PlanState.APPRAISING


def test_ctrl_right_on_the_board_shows_the_checks(page: LivelihoodsPage, live: Livelihoods) -> None:
    plan = live.plan()
    page.refresh()
    topic = page.topic
    board = topic.board  # type: ignore[attr-defined]  # the topic of plans
    board.go(plan)
    QTest.keyClick(board.columns["draft"].view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    form = topic.step_form  # type: ignore[attr-defined]  # as above
    assert form.isVisible()
    assert form.way.text() == f"“{PLAN_MACHINE.label('draft')}” → “{PLAN_MACHINE.label('registered')}”"


def test_animals_are_named_handed_over_and_visited(
    page: LivelihoodsPage, live: Livelihoods, workspace: Workspace, settle: Callable[[], None]
) -> None:
    plan = live.to(PlanState.COMMITTED)
    page.show_place(Place("livelihoods", plan, "plans"))
    follow = page.plan.follow
    follow.assets.buttons["assetNew"][1].click()
    card(page).form.put("tag", "BT-77")
    card(page).form.put("kind", "Bò cái")
    card(page).form.put("unit_price", 18_000_000)
    card(page).submit()
    settle()
    assert [one.data.tag for one in workspace.read(assets.of_plan, plan)] == ["BT-77"]
    follow.assets.buttons["assetHand"][1].click()
    card(page).form.put("override_reason", "Theo quyết định phê duyệt")
    card(page).submit()
    settle()
    (animal,) = workspace.read(assets.of_plan, plan)
    assert animal.handed_on is not None


def test_duties_and_entries_of_the_ledger(
    page: LivelihoodsPage, live: Livelihoods, workspace: Workspace, settle: Callable[[], None]
) -> None:
    plan = live.to(PlanState.ACCEPTED)
    page.show_place(Place("livelihoods", plan, "plans"))
    page.plan.follow.duties.buttons["dutyWrite"][1].click()
    grid = card(page).form.editor("duties").widget
    grid.item(0, 0).setText("01/09/2028")
    grid.item(0, 2).setText("1")
    card(page).submit()
    settle()
    (duty,) = workspace.read(revolving.ledger, livelihood_id=plan)
    assert (duty.line.due_on, duty.line.animals) == (date(2028, 9, 1), 1)
    page.show_place(Place("livelihoods", None, LEDGER))
    page._show_registers()
    assert page.topic.table.rows.rowCount() == 1
    assert "; " in page.topic.total.text()  # type: ignore[attr-defined]  # the topic of the ledger


def test_projects_take_their_steps(page: LivelihoodsPage, workspace: Workspace, settle: Callable[[], None]) -> None:
    project = workspace.write(
        community_projects.keep,
        ProjectData("Nuôi bò sinh sản Thôn Đông", "SK-CD", area="hard", total_cost=100, state_amount=90),
    )
    page.show_place(Place("livelihoods", project, PROJECTS))
    topic = page.topic
    topic.step()  # type: ignore[attr-defined]  # the topic of projects
    form = topic.step_form  # type: ignore[attr-defined]  # as above
    form.form.put("published_on", date(2026, 11, 2))
    form.go.click()
    settle()
    assert workspace.read(community_projects.view, project).state == "receiving"


def test_groups_show_their_checks(page: LivelihoodsPage, workspace: Workspace) -> None:
    group = workspace.write(livelihood_groups.keep, GroupData("Nhóm nuôi bò Thôn Đông"))
    page.show_place(Place("livelihoods", group, GROUPS))
    assert len(page.topic.told.texts) >= 3  # type: ignore[attr-defined]  # the topic of groups


def test_the_list_on_show_is_written_for_excel(
    page: LivelihoodsPage, live: Livelihoods, tmp_path: Path, settle: Callable[[], None]
) -> None:
    live.plan()
    page.refresh()
    file = tmp_path / "ke-hoach.xlsx"
    page.export_to(file)
    settle()
    rows = read_workbook(file).sheets[0].rows
    assert any("Bò" in str(value) for row in rows for value in row.values)


def test_a_paper_of_a_plan_is_drawn(page: LivelihoodsPage, live: Livelihoods, settle: Callable[[], None]) -> None:
    plan: UUID = live.to(PlanState.COMMITTED)
    page.show_place(Place("livelihoods", plan, "plans"))
    page._show_plan_paper("case_production_plan")
    settle()
    assert page.paper.content is not None
    assert page.paper.content.startswith(b"%PDF")
    page.file_paper.click()
    settle()
    (issued,) = page.desk.workspace.read(office_papers.papers, PaperQuery())
    assert issued.title.startswith("PHƯƠNG ÁN SẢN XUẤT")
    assert not page.file_paper.isEnabled(), "it is not put on file twice"

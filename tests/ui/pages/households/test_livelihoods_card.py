"""The livelihood plans of a household on its page."""

from pytestqt.qtbot import QtBot

from casemgr.workspace import Workspace
from tests.support.livelihoods import Livelihoods
from ui.desk import Desk
from ui.pages.households.livelihoods_card import LivelihoodsCard
from ui.places import Place
from ui.translation import Languages


def test_a_plan_opens_and_a_new_one_begins(
    qtbot: QtBot, desk: Desk, workspace: Workspace, languages: Languages
) -> None:
    live = Livelihoods(workspace)
    home = live.home()
    card = LivelihoodsCard(desk)
    qtbot.addWidget(card)
    card.show()
    asked: list[Place] = []
    card.place_requested.connect(asked.append)
    card.show_household(home, ended=False)
    assert card.none.isVisible()
    card.new.click()
    plan = live.plan(home)
    card.show_household(home, ended=False)
    assert card.table.isVisible()
    card.table.opened.emit(0)
    assert asked == [Place("livelihoods", home, wish="new"), Place("livelihoods", plan, "plans")]


def test_nothing_new_begins_with_a_household_no_longer_kept(
    qtbot: QtBot, desk: Desk, workspace: Workspace, languages: Languages
) -> None:
    home = Livelihoods(workspace).home()
    card = LivelihoodsCard(desk)
    qtbot.addWidget(card)
    card.show_household(home, ended=True)
    assert not card.new.isEnabled()

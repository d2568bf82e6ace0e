"""Work abroad of a household on its page."""

from pytestqt.qtbot import QtBot

from casemgr.workspace import Workspace
from tests.support.abroad import Abroad
from ui.desk import Desk
from ui.pages.households.abroad_card import AbroadCard
from ui.places import Place
from ui.translation import Languages


def test_a_case_opens_and_a_new_one_begins(
    qtbot: QtBot, desk: Desk, workspace: Workspace, languages: Languages
) -> None:
    people = Abroad(workspace)
    home, person = people.home()
    card = AbroadCard(desk)
    qtbot.addWidget(card)
    card.show()
    asked: list[Place] = []
    card.place_requested.connect(asked.append)
    card.show_household(home, ended=False)
    assert card.none.isVisible()
    card.new.click()
    case = people.case((home, person))
    card.show_household(home, ended=False)
    assert card.table.isVisible()
    card.table.opened.emit(0)
    assert asked == [Place("abroad", home, wish="new"), Place("abroad", case, "cases")]


def test_nothing_new_begins_with_a_household_no_longer_kept(
    qtbot: QtBot, desk: Desk, workspace: Workspace, languages: Languages
) -> None:
    home, _person = Abroad(workspace).home()
    card = AbroadCard(desk)
    qtbot.addWidget(card)
    card.show_household(home, ended=True)
    assert not card.new.isEnabled()

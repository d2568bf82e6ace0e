"""A family of three and the page that shows it."""

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.services.households import HouseholdView
from casemgr.services.members import NewMember
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.households.page import HouseholdsPage
from ui.places import Place


@pytest.fixture
def family(window: MainWindow, make: Make) -> HouseholdView:
    husband = NewMember(PersonData("Trần Văn Dũng", Sex.MALE, PartialDate(1976)), Relation.SPOUSE)
    made = make.household("Nguyễn Thị Ánh Tuyết", husband, phone="0912345678", flags=("no_labour",))
    make.poor(made)
    return make.view(made)


@pytest.fixture
def page(window: MainWindow, family: HouseholdView) -> HouseholdsPage:
    window.go(Place("households", family.id))
    found = window.current_page
    assert isinstance(found, HouseholdsPage)
    return found

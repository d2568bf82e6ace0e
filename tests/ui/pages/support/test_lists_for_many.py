"""From the empty page to the printed list of three hamlets, and the same households for another programme."""

from uuid import UUID

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox
from pytestqt.qtbot import QtBot

from casemgr.domain.offices import Area, HamletData
from casemgr.domain.support import FundSource
from casemgr.services import distributions, offices
from casemgr.workspace import Workspace
from tests.support.pages import PrinterIntoFiles, press
from tests.support.pdfs import pages_of
from tests.support.requests_page import print_dialog
from tests.support.support_page import Settle, prepared, propose
from tests.support.workspaces import Make
from ui.pages.support.page import SupportPage

CLICKS = 14
"""New list, a programme chosen, a source chosen, three hamlets, propose, prepare, the paper chosen, print twice."""


class Hand:
    """Clicks as a person, and counts them."""

    def __init__(self, qtbot: QtBot, page: SupportPage) -> None:
        self._qtbot, self._page = qtbot, page
        self.clicks = 0

    def press(self, name: str) -> None:
        """A button by its name."""
        press(self._qtbot, self._page, name)
        self.clicks += 1

    def tick(self, text: str) -> None:
        """A box by its words."""
        making = self._page.distributions.making
        box = next(box for box in making.findChildren(QCheckBox) if box.text() == text)
        assert box.isVisible()
        box.click()
        self.clicks += 1

    def choose(self, field: str, value: object) -> None:
        """A list opened and its line chosen."""
        self._page.distributions.making.form.put(field, value)
        self.clicks += 2


@pytest.fixture
def hamlets(workspace: Workspace, make: Make) -> tuple[str, ...]:
    """Four hamlets with a poor and a near-poor household each."""
    names = ("Phú Nhơn", "Quân An", "Giồng Găng", "Bến Cống")
    known = {view.data.name for view in workspace.read(offices.hamlets)}
    for hamlet in names:
        if hamlet not in known:
            workspace.write(offices.add_hamlet, HamletData("Ấp", hamlet, Area.RURAL))
    number = 83079000100
    for hamlet in names:
        for head in ("Nguyễn Văn", "Lê Thị"):
            number += 1
            home = make.household(make.person(f"{head} {hamlet}", id_number=f"0{number}"), hamlet=hamlet)
            if head == "Nguyễn Văn":
                make.poor(home)
    return names


def test_all_poor_households_of_three_hamlets_in_few_clicks_to_the_printed_list(
    page: SupportPage,
    qtbot: QtBot,
    settle: Settle,
    hamlets: tuple[str, ...],
    printer: PrinterIntoFiles,
    workspace: Workspace,
) -> None:
    hand = Hand(qtbot, page)
    nothing = page.distributions.lists.nothing
    button = nothing.findChild(QAbstractButton)
    assert button is not None
    button.click()
    hand.clicks += 1
    hand.choose("programme", "DIEN")
    hand.choose("source", FundSource.PROVINCE)
    for name in hamlets[:3]:
        hand.tick(f"Ấp {name}")
    hand.press("makePropose")
    settle()
    hand.press("makeGo")
    settle()
    shown = page.distributions.list
    assert {line.name for line in shown.amounts.lines} == {f"Nguyễn Văn {name}" for name in hamlets[:3]}
    shown.print.menu().actions()[0].trigger()
    hand.clicks += 2
    settle()
    hand.press("distributionPaperPrint")
    settle()
    dialog = print_dialog()
    dialog.print_button.click()
    hand.clicks += 1
    settle()
    text = " ".join(pages_of(printer.contents[0]))
    assert all(f"Nguyễn Văn {name}" in text for name in hamlets[:3])
    assert hamlets[3] not in text
    assert hand.clicks <= CLICKS
    assert [row.rows for row in workspace.read(distributions.find)] == [3]


def test_the_same_households_get_something_of_another_programme_unless_its_own_rules_speak_against_it(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    gifts = {"programme": "QUA-XH", "title": "Quà Tết", "source": FundSource.SPONSOR, "amount": 500_000}
    prepared(page, qtbot, settle, reason="đã xác minh tại ấp", **gifts)
    shown = page.distributions.list
    assert len(shown.amounts.lines) == 4
    next(one for one in shown.more.menu().actions() if "another programme" in one.text()).trigger()
    making = page.distributions.making
    assert "Quà Tết" in making.whom.text()
    assert not making.form.editor("hamlets").widget.isVisible()
    for name, value in (("programme", "DIEN"), ("source", FundSource.PROVINCE)):
        making.form.put(name, value)
    press(qtbot, making, "makePropose")
    settle()
    assert {line.name for line in making.model.lines} == {"Nguyễn Thị Á", "Lê Văn Bình"}
    left = {making.excluded_model.row(n).name for n in range(making.excluded_model.rowCount())}
    assert left == {"Trần Thị Cúc", "Phạm Văn Dũng"}
    press(qtbot, making, "makeGo")
    settle()
    assert {row.programme for row in workspace.read(distributions.find)} == {
        workspace.read(distributions.view, row.id).programme for row in workspace.read(distributions.find)
    }
    assert sorted(row.rows for row in workspace.read(distributions.find)) == [2, 4]
    page.start_new()
    assert making.form.editor("hamlets").widget.isVisible()
    assert not making.whom.isVisible()


def test_a_list_without_anybody_says_so_and_cannot_be_prepared(
    page: SupportPage, qtbot: QtBot, settle: Settle, make: Make
) -> None:
    make.household("Phạm Văn Dũng")
    propose(page, qtbot, settle, classes=("poor",))
    making = page.distributions.making
    assert not making.make.isEnabled()
    assert making.told.texts == ("No household has these classes in these hamlets.",)
    propose(page, qtbot, settle, classes=())
    assert not making.make.isEnabled()
    assert making.told.texts == ("Nobody of those chosen can be put on the list; why stands below.",)
    assert making.excluded_model.rowCount() == 1

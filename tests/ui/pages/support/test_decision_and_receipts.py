"""A distribution from its decision over the papers to the ticks of who received."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casemgr.domain.distributions import DistributionStatus
from casemgr.domain.support import DeliveryStatus
from casemgr.services import deliveries, distributions
from casemgr.workspace import Workspace
from tests.support.pages import press
from tests.support.support_page import Settle, prepared
from ui.mainwindow import MainWindow
from ui.pages.support.page import SupportPage
from ui.pages.support.receipt_grid import AUTHORISATION, BY
from ui.places import Place

DECIDED = date(2026, 11, 20)


def approved(page: SupportPage, qtbot: QtBot, settle: Settle) -> UUID:
    one = prepared(page, qtbot, settle)
    shown = page.distributions.list
    press(qtbot, shown, "listNext")
    card = shown.cards.cards["approve"]
    card.form.put("decision_number", "128/QĐ-UBND")
    card.form.put("decision_on", DECIDED)
    press(qtbot, shown, "list_approveGo")
    settle()
    return one


def test_the_story_from_the_decision_over_the_papers_to_the_ticks(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    one = approved(page, qtbot, settle)
    shown = page.distributions.list
    assert shown.view is not None
    assert (shown.view.status, shown.view.decision_number) == (DistributionStatus.APPROVED, "128/QĐ-UBND")
    shown.draw("pay_list")
    settle()
    paper = page.distributions.paper
    assert paper.content is not None
    assert "Nguyễn Thị Á" in paper.view.page_text(1)
    assert "083179000015" in paper.view.page_text(1)
    qtbot.keyClick(paper, Qt.Key.Key_Escape)
    shown.draw("sign_list")
    settle()
    assert "Quân An" in paper.view.page_text(1)
    qtbot.keyClick(paper, Qt.Key.Key_Escape)
    shown.ticks.setCurrentIndex(shown.receipts.index(0, 1))
    qtbot.keyClick(shown.ticks, Qt.Key.Key_Space)
    assert shown.next.text() == "Save 1 receipt…"
    place = next(n for n, row in enumerate(shown.rows) if row.id not in shown.receipts.ticked)
    shown.receipts.setData(shown.receipts.index(place, BY), "Lê Văn Con")
    shown.receipts.setData(shown.receipts.index(place, AUTHORISATION), "01/UQ")
    press(qtbot, shown, "listNext")
    press(qtbot, shown, "list_receiveGo")
    settle()
    rows = workspace.read(distributions.rows, one)
    assert {row.status for row in rows} == {DeliveryStatus.RECEIVED}
    assert ("Lê Văn Con", "01/UQ") in {(row.received_by, row.authorisation) for row in rows}
    assert shown.view.status is DistributionStatus.DONE
    assert "2 of 2" in shown.head.done.text()


def test_who_collects_for_another_needs_the_authorisation(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    one = approved(page, qtbot, settle)
    shown = page.distributions.list
    shown.receipts.setData(shown.receipts.index(0, BY), "Người khác")
    press(qtbot, shown, "listNext")
    press(qtbot, shown, "list_receiveGo")
    settle()
    assert "authorisation" in shown.cards.cards["receive"].problem.text()
    assert {row.status for row in workspace.read(distributions.rows, one)} == {DeliveryStatus.APPROVED}


def test_a_wrong_batch_goes_back_as_a_whole(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    one = approved(page, qtbot, settle)
    shown = page.distributions.list
    press(qtbot, shown, "listNext")  # ticks all
    press(qtbot, shown, "listNext")
    press(qtbot, shown, "list_receiveGo")
    settle()
    shown.cards.ask("cancel")
    shown.cards.cards["cancel"].form.put("reason", "Nhầm quý.")
    press(qtbot, shown, "list_cancelGo")
    settle()
    assert workspace.read(distributions.view, one).status is DistributionStatus.CANCELLED
    entries = workspace.read(deliveries.of_household, village[0])
    assert sum(entry.worth for entry in entries if entry.counts) == 0
    assert not shown.next.isVisible()


def test_the_lists_stand_newest_first_and_open_with_enter(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID]
) -> None:
    prepared(page, qtbot, settle)
    page.distributions.list.leave()
    lists = page.distributions.lists
    assert lists.model.rowCount() == 1
    qtbot.keyClick(lists.table, Qt.Key.Key_Return)
    assert page.distributions.stack.currentWidget() is page.distributions.list


def test_the_palette_begins_a_distribution(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("support", wish="new"))
    shown = window.current_page
    assert isinstance(shown, SupportPage)
    assert shown.distributions.stack.currentWidget() is shown.distributions.making

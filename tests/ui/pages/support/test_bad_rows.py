"""What is wrong with a row stands beside it: refused or asking for a reason, as its rule has it."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casemgr.domain.households import EndReason
from casemgr.domain.support import BudgetData, DeliveryData, DeliveryStatus, FundSource
from casemgr.services import budgets, deliveries, distributions, households
from casemgr.workspace import Workspace
from tests.support.pages import press
from tests.support.support_page import TODAY, Settle, approve, prepared, propose
from tests.support.workspaces import Make
from ui.pages.support.amount_grid import AMOUNT, REASON, TOLD
from ui.pages.support.page import SupportPage
from ui.pages.support.receipt_grid import TOLD as RECEIPT_TOLD

BIG = 999_000_000


def beside(page: SupportPage) -> dict[str, str]:
    """What stands beside each row of the list on show."""
    model = page.distributions.list.amounts
    return {line.name: str(model.index(row, TOLD).data() or "") for row, line in enumerate(model.lines)}


def row_of(page: SupportPage, name: str) -> int:
    return [line.name for line in page.distributions.list.amounts.lines].index(name)


def set_amount(page: SupportPage, name: str, amount: int) -> None:
    model = page.distributions.list.amounts
    assert model.setData(model.index(row_of(page, name), AMOUNT), str(amount))


def test_who_died_out_since_stops_the_decision_beside_her_row_until_it_is_taken_off(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace, make: Make
) -> None:
    prepared(page, qtbot, settle)
    view = make.view(village[0])
    workspace.write(
        households.end_household, village[0], view.version, on=date(2026, 11, 22), reason=EndReason.DIED_OUT
    )
    settle()
    approve(page, qtbot, settle)
    shown = page.distributions.list
    told = beside(page)
    assert "22/11/2026" in told["Nguyễn Thị Á"]
    assert not told["Lê Văn Bình"]
    assert not shown.grid.isColumnHidden(TOLD)
    assert shown.grid.currentIndex().row() == row_of(page, "Nguyễn Thị Á")
    assert "1 row stands in the way" in shown.cards.cards["approve"].problem.text()
    shown.cards.close_all()
    shown.grid.setFocus()
    qtbot.keyClick(shown.grid, Qt.Key.Key_Delete)
    settle()
    assert beside(page) == {"Lê Văn Bình": ""}
    approve(page, qtbot, settle)
    assert not shown.cards.isVisible()


def test_who_moved_away_is_not_proposed_and_put_on_the_list_by_name_she_is_refused_with_the_day(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace, make: Make
) -> None:
    view = make.view(village[0])
    workspace.write(households.end_household, village[0], view.version, on=date(2026, 11, 20), reason=EndReason.MOVED)
    prepared(page, qtbot, settle)
    shown = page.distributions.list
    assert [line.name for line in shown.amounts.lines] == ["Lê Văn Bình"]
    shown.cards.ask("add")
    shown.cards.cards["add"].form.put("who", "083179000015")
    press(qtbot, shown, "list_addGo")
    settle()
    assert any("Nguyễn Thị Á" in text and "20/11/2026" in text for text in shown.told.texts)
    assert len(shown.amounts.lines) == 1


def test_a_decision_after_the_hand_over_is_told_beside_its_day(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID]
) -> None:
    prepared(page, qtbot, settle, on=date(2026, 11, 18))
    approve(page, qtbot, settle)  # decided on 20/11/2026
    card = page.distributions.list.cards.cards["approve"]
    assert card.isVisible()
    told = [label.text() for label in card.form.findChildren(QLabel) if label.property("class") == "problem"]
    assert [text for text in told if "18/11/2026" in text and "20/11/2026" in text]
    assert not card.problem.text()


def test_a_receipt_before_the_decision_is_told_beside_its_row(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    one = prepared(page, qtbot, settle)
    approve(page, qtbot, settle)
    shown = page.distributions.list
    assert shown.ticks.isColumnHidden(RECEIPT_TOLD)
    shown.receipts.tick([1], on=True)
    press(qtbot, shown, "listNext")
    shown.cards.cards["receive"].form.put("on", date(2026, 11, 19))
    press(qtbot, shown, "list_receiveGo")
    settle()
    assert not shown.ticks.isColumnHidden(RECEIPT_TOLD)
    assert "20/11/2026" in str(shown.receipts.index(1, RECEIPT_TOLD).data())
    assert not shown.receipts.index(0, RECEIPT_TOLD).data()
    assert {row.status for row in workspace.read(distributions.rows, one)} == {DeliveryStatus.APPROVED}


def test_what_she_received_in_the_meantime_stops_the_decision_beside_her_row(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    prepared(page, qtbot, settle)
    single = DeliveryData(
        "DIEN", village[1], TODAY, amount=178_560, source=FundSource.PROVINCE, override_reason="trả riêng"
    )
    with pytest.raises(Exception, match=r"24/11/2026"):  # the list itself stands in the way of the single one
        workspace.write(deliveries.record, single)
    propose(page, qtbot, settle)
    making = page.distributions.making
    assert not making.model.lines
    left = {making.excluded_model.row(n).name: making.excluded_model.row(n).reason for n in range(4)}
    assert "On a list of 24/11/2026 already." in left["Lê Văn Bình"]
    assert "28/2014/QĐ-TTg" in left["Lê Văn Bình"]


def test_an_amount_the_rule_only_doubts_needs_a_reason_and_then_is_saved(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    one = prepared(page, qtbot, settle)
    shown = page.distributions.list
    set_amount(page, "Lê Văn Bình", 250_000)
    press(qtbot, shown, "listNext")
    settle()
    told = beside(page)
    assert "250,000" in told["Lê Văn Bình"]
    assert "write the reason" in told["Lê Văn Bình"]
    assert not told["Nguyễn Thị Á"]
    assert shown.told.texts == ("1 row stands in the way; what is wrong stands beside it.",)
    index = shown.amounts.index(row_of(page, "Lê Văn Bình"), REASON)
    assert shown.amounts.setData(index, "Tỉnh quy định mức cao hơn")
    assert not beside(page)["Lê Văn Bình"]
    press(qtbot, shown, "listNext")
    settle()
    assert {row.amount for row in workspace.read(distributions.rows, one)} == {178_560, 250_000}


def test_an_amount_above_a_cap_that_is_law_is_refused_whatever_the_reason(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    houses = {"programme": "NHA-DA5", "title": "Nhà ở", "source": FundSource.CENTRAL, "classes": ("poor",)}
    one = prepared(page, qtbot, settle, amount=40_000_000, reason="đã xác minh", **houses)
    shown = page.distributions.list
    name = shown.amounts.lines[0].name
    set_amount(page, name, BIG)
    index = shown.amounts.index(row_of(page, name), REASON)
    shown.amounts.setData(index, "Xin thêm")
    press(qtbot, shown, "listNext")
    settle()
    assert "999,000,000" in beside(page)[name]
    assert BIG not in {row.amount for row in workspace.read(distributions.rows, one)}
    assert shown.amounts.lines[row_of(page, name)].amount == BIG  # what was typed stays


def test_the_row_the_budget_does_not_reach_is_told_before_the_list_is_made(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    workspace.write(budgets.keep_budget, BudgetData(2026, "DIEN", FundSource.PROVINCE, 200_000, "QĐ 12/QĐ-UBND"))
    propose(page, qtbot, settle)
    making = page.distributions.making
    press(qtbot, making, "makeGo")
    settle()
    first, second = making.model.lines
    assert not first.wrong
    assert "21,440" in second.wrong
    assert making.grid.currentIndex().row() == 1
    assert making.told.texts == ("1 row stands in the way; what is wrong stands beside it.",)
    assert not workspace.read(distributions.find)
    qtbot.keyClick(making.grid, Qt.Key.Key_Delete)
    press(qtbot, making, "makeGo")
    settle()
    assert [row.rows for row in workspace.read(distributions.find)] == [1]


def test_what_is_chosen_otherwise_after_the_proposal_must_be_proposed_again(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID]
) -> None:
    propose(page, qtbot, settle)
    making = page.distributions.making
    assert making.make.isEnabled()
    making.form.put("source", FundSource.CENTRAL)
    assert not making.make.isEnabled()
    assert making.told.texts == ("The choice is another one now: propose the list again.",)
    press(qtbot, making, "makePropose")
    settle()
    assert making.make.isEnabled()

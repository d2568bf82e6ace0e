"""Who is on the list of a distribution and with which amount, typed or pasted."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from casemgr.services import distributions
from casemgr.workspace import Workspace
from tests.support.pages import press
from tests.support.support_page import Settle, prepared, propose
from tests.support.workspaces import Make
from ui.pages.support.amount_grid import AMOUNT, AmountLine
from ui.pages.support.page import SupportPage
from ui.pages.support.pasting import read_pasted


def names(lines: list[AmountLine]) -> list[str]:
    return [line.name for line in lines]


def test_the_proposal_shows_who_gets_how_much_and_of_everybody_else_why_not(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID]
) -> None:
    assert page.distributions.lists.nothing.isVisible()
    propose(page, qtbot, settle)
    making = page.distributions.making
    assert names(making.model.lines) == ["Nguyễn Thị Á", "Lê Văn Bình"]
    assert all(line.amount > 0 for line in making.model.lines)
    left = {making.excluded_model.row(n).name: making.excluded_model.row(n).reason for n in range(2)}
    assert set(left) == {"Trần Thị Cúc", "Phạm Văn Dũng"}
    assert "60/2026/TT-BTC" in left["Trần Thị Cúc"]
    assert "2 on the list" in making.summary.text()
    assert "2 left out" in making.summary.text()


def test_only_the_hamlets_and_classes_ticked_are_asked(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], make: Make
) -> None:
    propose(page, qtbot, settle, hamlets=(str(make.hamlet("Quân An")),), classes=("poor",))
    making = page.distributions.making
    assert names(making.model.lines) == ["Lê Văn Bình"]
    assert making.excluded_model.rowCount() == 0


def test_what_is_missing_is_said_beside_its_field(page: SupportPage, qtbot: QtBot, village: list[UUID]) -> None:
    page.start_new()
    making = page.distributions.making
    press(qtbot, making, "makePropose")
    assert making.proposal is None
    assert [one.field for one in making.form.problems()] == ["programme", "title"]


def test_amounts_are_pasted_from_excel_by_the_number_and_what_fits_nobody_is_told(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    one = prepared(page, qtbot, settle)
    shown = page.distributions.list
    QGuiApplication.clipboard().setText(
        "1\tNguyễn Thị Á\t083179000015\t150.000\n2\tLê Văn Bình\t083079000023\t160.000\n3\tNgười lạ\t083000000000\t9\n"
    )
    shown.grid.setFocus()
    qtbot.keyClick(shown.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [line.amount for line in shown.amounts.lines] == [150_000, 160_000]
    assert any("Người lạ" in text for text in shown.told.texts)
    assert shown.next.text() == "Save the amounts"
    press(qtbot, shown, "listNext")
    settle()
    assert {row.amount for row in workspace.read(distributions.rows, one)} == {150_000, 160_000}
    assert shown.next.text() == "Approve…"


def test_one_column_goes_down_from_the_current_line() -> None:
    keys = [("1", "H-1", "A"), ("2", "H-2", "B"), ("3", "H-3", "C")]
    assert read_pasted("100.000\n200.000\n", keys, 1).amounts == {1: 100_000, 2: 200_000}
    assert read_pasted("100.000\n200.000\n", keys, 2).unread == ("200.000",)
    assert read_pasted("", keys, 0).amounts == {}


def test_two_people_of_one_name_are_not_told_apart_by_it() -> None:
    keys = [("", "H-1", "Nguyễn Thị Á"), ("", "H-2", "Nguyễn Thị Á")]
    found = read_pasted("Nguyễn Thị Á\t100000\nH-2\t200000", keys, 0)
    assert found.amounts == {1: 200_000}
    assert found.unread == ("Nguyễn Thị Á 100000",)


def test_an_amount_is_typed_with_keys_only(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID]
) -> None:
    prepared(page, qtbot, settle)
    shown = page.distributions.list
    index = shown.amounts.index(0, AMOUNT)
    assert shown.amounts.setData(index, "175.000")
    assert not shown.amounts.setData(index, "nhiều")
    assert shown.amounts.lines[0].amount == 175_000


def test_more_are_put_on_a_prepared_list_by_their_numbers_and_a_refusal_says_why(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], make: Make
) -> None:
    prepared(page, qtbot, settle)
    make.poor(make.household(make.person("Võ Thị Em", id_number="083179000056")))
    shown = page.distributions.list
    shown.cards.ask("add")
    shown.cards.cards["add"].form.put("who", "083179000056\nTrần Thị Cúc")
    press(qtbot, shown, "list_addGo")
    settle()
    assert "Võ Thị Em" in names(shown.amounts.lines)
    assert len(shown.amounts.lines) == 3
    assert shown.told.texts[0] == "1 put on the list."
    assert "60/2026/TT-BTC" in shown.told.texts[1]

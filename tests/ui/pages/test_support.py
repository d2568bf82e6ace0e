"""The page of support: a distribution from the proposal to the ticks, the catalogue the office changes, budgets."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.distributions import DistributionStatus
from casemgr.domain.support import BudgetData, DeliveryStatus, FundSource
from casemgr.services import budgets, deliveries, distributions, programmes
from casemgr.workspace import Workspace
from tests.support.pages import PrinterIntoFiles, answer_file_dialog
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.mainwindow import MainWindow
from ui.pages.support.amount_grid import AMOUNT, AmountLine
from ui.pages.support.budgets_topic import BudgetsTopic
from ui.pages.support.page import SupportPage
from ui.pages.support.pasting import read_pasted
from ui.pages.support.programmes_topic import ProgrammesTopic
from ui.pages.support.rates_topic import RatesTopic
from ui.pages.support.receipt_grid import AUTHORISATION, BY
from ui.places import Place
from ui.widgets.message_bar import Notice
from ui.widgets.printing import Printing

Settle = Callable[[], None]
TODAY = date(2026, 11, 24)
DECIDED = date(2026, 11, 20)
LONG = "Công Tằng Tôn Nữ Nguyễn Phước Thị Hoàng Ngọc Khánh Đoan Ánh"


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    """Words of the screen in the source language."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Settle:
    """Wait until every job has ended and its news has arrived."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def said() -> list[Notice]:
    """What the page told."""
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, printer: PrinterIntoFiles, said: list[Notice]) -> SupportPage:
    made = SupportPage(desk, Printing(printer.names, printer.send))
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    made.said.connect(said.append)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def village(make: Make) -> list[UUID]:
    """Three poor households in two hamlets, one without identity number, and one that is not poor."""
    found = []
    for name, number, hamlet in (
        ("Nguyễn Thị Á", "083179000015", "Phú Nhơn"),
        ("Lê Văn Bình", "083079000023", "Quân An"),
        ("Trần Thị Cúc", None, "Phú Nhơn"),
    ):
        household = make.household(make.person(name, id_number=number), hamlet=hamlet)
        make.poor(household)
        found.append(household)
    found.append(make.household(make.person("Phạm Văn Dũng", id_number="083079000041")))
    return found


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    button = widget.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def propose(page: SupportPage, qtbot: QtBot, settle: Settle, **values: object) -> None:
    """Fill the form of a new distribution in and ask for the list."""
    page.start_new()
    making = page.distributions.making
    usual = {
        "programme": "DIEN",
        "title": "Tiền điện quý IV",
        "on": TODAY,
        "source": FundSource.PROVINCE,
        "classes": (),
    }
    for name, value in (usual | values).items():
        making.form.put(name, value)
    press(qtbot, making, "makePropose")
    settle()


def names(lines: list[AmountLine]) -> list[str]:
    return [line.name for line in lines]


def prepared(page: SupportPage, qtbot: QtBot, settle: Settle) -> UUID:
    propose(page, qtbot, settle)
    press(qtbot, page.distributions.making, "makeGo")
    settle()
    view = page.distributions.list.view
    assert view is not None, page.distributions.making.told.texts
    return view.id


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


# ---- who is on the list


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


# ---- amounts


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


# ---- decision, papers, receipts


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
    assert "2 of 2" in shown.done.text()


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


def test_the_list_goes_to_excel_and_its_amounts_come_back(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], tmp_path: Path
) -> None:
    prepared(page, qtbot, settle)
    shown = page.distributions.list
    file = tmp_path / "danh sach.xlsx"
    shown.give_out()
    answer_file_dialog(file)
    settle()
    assert file.exists()
    before = [line.amount for line in shown.amounts.lines]
    shown.amounts.setData(shown.amounts.index(0, AMOUNT), "1")
    shown.take_in()
    answer_file_dialog(file)
    settle()
    assert [line.amount for line in shown.amounts.lines] == before


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


# ---- the catalogue


def catalogue(page: SupportPage) -> ProgrammesTopic:
    page.show_topic("programmes")
    assert isinstance(page.topic, ProgrammesTopic)
    return page.topic


def test_a_programme_is_found_by_typing_and_shows_its_rules_and_law(page: SupportPage, qtbot: QtBot) -> None:
    topic = catalogue(page)
    assert topic.model.rowCount() >= 52
    qtbot.keyClicks(topic.text, "tien dien")
    assert [topic.model.row(n).programme.code for n in range(topic.model.rowCount())] == ["DIEN"]
    assert topic.view is not None
    assert topic.rules_model.rowCount() == len(topic.view.rules)
    assert any(text.startswith("Legal basis") for text in topic.told.texts)
    assert any("14/2025" in text for text in topic.told.texts)


def test_the_office_writes_a_programme_and_a_rule_without_code(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace
) -> None:
    topic = catalogue(page)
    press(qtbot, topic, "programmeAdd")
    assert topic.pane is not None
    for name, value in {
        "code": "GAO-TET",
        "name": "Gạo cứu trợ Tết của xã",
        "group": "living",
        "unit": "household",
        "kind": "goods",
    }.items():
        topic.pane.form.put(name, value)
    topic.pane.save()
    settle()
    assert topic.pane is None
    assert topic.view is not None
    assert topic.view.programme.code == "GAO-TET"
    assert topic.view.own
    press(qtbot, topic, "ruleAdd")
    assert topic.pane is not None
    for name, value in {"citations": "Nghị quyết 05/NQ-HĐND", "classes": ("poor",), "fixed": 300_000}.items():
        topic.pane.form.put(name, value)
    topic.pane.form.put("valid_from", date(2026, 1, 1))
    topic.pane.save()
    settle()
    found = workspace.read(programmes.catalogue).rules_on("GAO-TET", TODAY)
    assert [rule.citation for rule in found] == ["Nghị quyết 05/NQ-HĐND"]
    assert topic.rules[0].amount == 300_000


def test_a_changed_programme_keeps_what_its_form_does_not_show_and_goes_back_to_what_was_shipped(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace, said: list[Notice]
) -> None:
    topic = catalogue(page)
    qtbot.keyClicks(topic.text, "BHYT-HN")
    before = workspace.read(programmes.content, "programme", "BHYT-HN")
    press(qtbot, topic, "programmeEdit")
    assert topic.pane is not None
    topic.pane.form.put("lead", "Sở Y tế")
    topic.pane.save()
    settle()
    assert workspace.read(programmes.content, "programme", "BHYT-HN") == before | {"lead": "Sở Y tế"}
    press(qtbot, topic, "programmeOut")
    settle()
    assert workspace.read(programmes.content, "programme", "BHYT-HN") == before
    assert [notice.text for notice in said] == ["The shipped entry is back."]


def test_a_rule_that_cannot_be_read_is_refused_at_its_field(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace
) -> None:
    topic = catalogue(page)
    qtbot.keyClicks(topic.text, "tien dien")
    press(qtbot, topic, "ruleEdit")
    assert topic.pane is not None
    topic.pane.form.put("condition", "{hộ nghèo")
    topic.pane.save()
    settle()
    assert topic.pane is not None
    assert "cannot be read" in topic.pane.bar.text.text()
    topic.pane.form.load(topic.pane.form.values())


def test_who_may_only_read_changes_nothing_here(page: SupportPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page.desk, "may", lambda _permission: False)
    topic = catalogue(page)
    for name in ("programmeAdd", "programmeEdit", "ruleAdd", "ruleEdit"):
        button = topic.findChild(QPushButton, name)
        assert button is not None
        assert not button.isEnabled()


def test_a_rate_is_given_a_last_day_and_the_next_one_follows(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace
) -> None:
    page.show_topic("rates")
    topic = page.topic
    assert isinstance(topic, RatesTopic)
    codes = [topic.model.row(n).code for n in range(topic.model.rowCount())]
    topic.table.go(codes.index("BASE.CHUAN_TGXH"))
    press(qtbot, topic, "rateEdit")
    topic.card.form.put("valid_to", date(2026, 12, 31))
    press(qtbot, topic, "rateGo")
    settle()
    press(qtbot, topic, "rateAdd")
    for name, value in {"valid_from": date(2027, 1, 1), "value": 650_000, "law": "Nghị quyết của tỉnh"}.items():
        topic.card.form.put(name, value)
    press(qtbot, topic, "rateGo")
    settle()
    assert topic.card.isHidden(), (topic.card.problem.text(), topic.card.form.problems())
    found = workspace.read(programmes.catalogue)
    now, then = found.rate("BASE.CHUAN_TGXH", TODAY), found.rate("BASE.CHUAN_TGXH", date(2027, 2, 1))
    assert now is not None
    assert then is not None
    assert (now.value, then.value) == (500_000, 650_000)


def test_a_fact_of_the_commune_is_said_once_for_all(page: SupportPage, settle: Settle, workspace: Workspace) -> None:
    page.show_topic("rates")
    topic = page.topic
    assert isinstance(topic, RatesTopic)
    code, box = next(iter(topic.facts.items()))
    assert box.value() is None
    box.set_value(True)
    box.chosen.emit()
    settle()
    assert workspace.read(programmes.commune_facts)[code] is True


# ---- budgets


def test_a_budget_is_entered_and_shows_what_is_left(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace, village: list[UUID]
) -> None:
    page.show_topic("budgets")
    topic = page.topic
    assert isinstance(topic, BudgetsTopic)
    press(qtbot, topic, "emptyAction0")
    for name, value in {"programme": "DIEN", "source": FundSource.PROVINCE, "amount": 300_000}.items():
        topic.card.form.put(name, value)
    press(qtbot, topic, "budgetGo")
    settle()
    view = workspace.read(budgets.budgets, 2026)[0]
    assert view.data == BudgetData(2026, "DIEN", FundSource.PROVINCE, 300_000)
    assert topic.model.rowCount() == 1
    propose(page, qtbot, settle)
    making = page.distributions.making
    assert making.form.value("budget_id") == view.id
    press(qtbot, making, "makeGo")  # two times 178.560 is more than 300.000
    settle()
    assert any("budget" in text for text in making.told.texts)
    assert page.distributions.list.view is None

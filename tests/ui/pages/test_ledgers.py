"""The page of loans, cards and school support: the officer's story through the widgets."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr.domain.conditions import ConditionData, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.domain.insurance import CardData
from casemgr.domain.loans import LoanData, LoanStatus
from casemgr.domain.people import Relation
from casemgr.services import conditions, insurance, loan_lists, loans, programmes, schooling
from casemgr.services.loan_lists import LoanQuery
from casemgr.services.members import NewMember
from casemgr.services.schooling import SchoolQuery
from casemgr.workspace import Workspace
from tests.support.pages import PrinterIntoFiles, answer_file_dialog
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.pages.ledgers.page import LedgersPage
from ui.places import Place
from ui.who_editor import Chosen
from ui.widgets.printing import Printing

TODAY = date(2026, 11, 24)
Settle = Callable[[], None]


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Settle:
    """News arrive, lists are read, and what follows from them is done."""

    def wait() -> None:
        for _round in range(3):
            QApplication.processEvents()
            qtbot.waitUntil(lambda: not desk.jobs.busy)
        QApplication.processEvents()

    return wait


@pytest.fixture
def homes(workspace: Workspace, make: Make) -> list[UUID]:
    """Two poor households, one near-poor; the first has a child at school."""
    workspace.write(programmes.keep_commune_facts, {"commune_hard": False, "commune_coastal": False})
    child = NewMember(make.person("Nguyễn Văn Nam", birth=PartialDate(2016, 9, 2)), Relation.CHILD)
    first = make.household(make.person("Nguyễn Thị Á", id_number="083179000001"), child)
    second, third = make.household("Trần Văn Bền", hamlet="Quân An"), make.household("Lê Thị Cẩm")
    make.poor(first)
    make.poor(second)
    make.poor(third, value=HouseholdClass.NEAR_POOR)
    person = make.view(first).members[1].person_id
    workspace.write(conditions.keep_conditions, first, {person: ConditionData(school=SchoolLevel.PRIMARY)})
    return [first, second, third]


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, homes: list[UUID], printer: PrinterIntoFiles, settle: Settle) -> LedgersPage:
    made = LedgersPage(desk, Printing(printer.names, printer.send))
    qtbot.addWidget(made)
    desk.changed.connect(lambda _tables: made.refresh())
    made.resize(1366, 700)
    made.show()
    settle()
    return made


def press(page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    assert button.isEnabled(), name
    button.click()


def typed(page: QWidget, name: str, text: str) -> None:
    line = page.findChild(QLineEdit, name)
    assert line is not None, name
    line.setFocus()
    line.setText(text)
    line.textEdited.emit(text)
    line.editingFinished.emit()


def label(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def a_loan(workspace: Workspace, household: UUID, **values: object) -> UUID:
    plain = {"purpose": "Nuôi bò", "amount": 50_000_000, "term_months": 60, "asked_on": date(2026, 1, 5)}
    data = LoanData("TD-HN", household, **plain | values)  # type: ignore[arg-type] # names of LoanData
    return workspace.write(loans.keep, None, None, data)


def test_an_empty_list_says_what_to_do(page: LedgersPage) -> None:
    assert page.loans.stack.currentWidget() is page.loans.empty
    assert page.loans.count.text().startswith("0")


def test_a_loan_from_asking_to_repaying_in_the_window(
    page: LedgersPage, workspace: Workspace, homes: list[UUID], settle: Settle
) -> None:
    press(page, "loanNew")
    pane = page.loans.pane
    assert pane is not None
    pane.form.put("who", Chosen(homes[0]))
    pane.form.put("programme", "TD-HN")
    typed(page, "loan_amount", "50000000")
    typed(page, "loan_term_months", "60")
    typed(page, "loan_purpose", "Nuôi bò sinh sản")
    typed(page, "loan_asked_on", "5/1/2026")
    pane.save()
    settle()
    (row,) = page.loans.shown_rows()
    assert (row.borrower, row.amount, row.status) == ("Nguyễn Thị Á", 50_000_000, LoanStatus.ASKED)
    press(page, "loanPutOnList")
    press(page, "loan_listGo")
    settle()
    assert page.loans.shown_rows()[0].status is LoanStatus.LISTED
    press(page, "loanDisburse")
    typed(page, "loan_pay_on", "2/2/2026")
    press(page, "loan_payGo")
    settle()
    assert page.loans.shown_rows()[0].rate_millionths == 62_400
    press(page, "loanRepay")
    typed(page, "loan_repay_on", "1/6/2026")
    typed(page, "loan_repay_amount", "60000000")
    press(page, "loan_repayGo")
    settle()
    card = page.loans.cards["repay"]
    assert page.loans.side.currentWidget() is card
    assert any("50.000.000" in found.text() for found in card.findChildren(QLabel))
    typed(page, "loan_repay_amount", "20000000")
    press(page, "loan_repayGo")
    settle()
    assert page.loans.shown_rows()[0].balance == 30_000_000
    assert "30.000.000" in label(page, "loansSums")
    press(page, "loanExtend")
    typed(page, "loan_extend_due_on", "2/2/2032")
    press(page, "loan_extendGo")
    settle()
    assert page.loans.shown_rows()[0].standing.due_on == date(2032, 2, 2)


def test_a_loan_paid_out_before_is_written_down_at_once(
    page: LedgersPage, workspace: Workspace, homes: list[UUID], settle: Settle
) -> None:
    page.show_place(Place("ledgers", homes[1], text="loans", wish="new"))
    pane = page.loans.pane
    assert pane is not None
    pane.form.put("programme", "TD-HN")
    pane.form.put("organisation", "Hội Nông dân")
    typed(page, "loan_amount", "40000000")
    typed(page, "loan_term_months", "60")
    typed(page, "loan_purpose", "Trồng dừa")
    typed(page, "loan_asked_on", "1/1/2026")
    typed(page, "loan_paid_on", "5/1/2026")
    pane.save()
    settle()
    (row,) = page.loans.shown_rows()
    assert (row.borrower, row.status, row.standing.due_on) == ("Trần Văn Bền", LoanStatus.RUNNING, date(2031, 1, 5))
    assert page.loans.side.currentWidget() is page.loans.detail


def test_a_loan_that_a_rule_refuses_stays_off_the_list_and_says_why(
    page: LedgersPage, workspace: Workspace, homes: list[UUID], settle: Settle
) -> None:
    a_loan(workspace, homes[2])
    settle()
    page.loans.table.go(0)
    assert "78/2002" in label(page, "loanDetailWarning")
    press(page, "loanPutOnList")
    press(page, "loan_listGo")
    settle()
    assert "Lê Thị Cẩm" in label(page, "loan_listProblem")
    (row,) = workspace.read(loan_lists.rows, workspace.read(loan_lists.find, LoanQuery()))
    assert row.status is LoanStatus.ASKED
    press(page, "loan_listCancel")
    press(page, "loanRefuse")
    page.loans.cards["refuse"].form.put("reason", "Hộ không thuộc diện hộ nghèo")
    press(page, "loan_refuseGo")
    settle()
    assert page.loans.shown_rows()[0].status is LoanStatus.REFUSED


def test_filters_sums_and_overdue(page: LedgersPage, workspace: Workspace, homes: list[UUID], settle: Settle) -> None:
    for household, amount, organisation in ((homes[0], 30_000_000, "Hội Nông dân"), (homes[1], 20_000_000, "")):
        data = LoanData("TD-HN", household, purpose="Nuôi bò", amount=amount, organisation=organisation)
        workspace.write(loans.take_over, data, on=date(2025, 1, 5), amount=amount, due_on=date(2026, 1, 5))
    settle()
    page.loans.chips.set_on(("overdue",))
    page.loans.narrow()
    assert len(page.loans.shown_rows()) == 2
    page.loans.text.setText("ben")
    page.loans.narrow()
    assert [row.borrower for row in page.loans.shown_rows()] == ["Trần Văn Bền"]
    page.loans.text.clear()
    page.loans.chips.set_on(())
    page.loans.hamlet.set_value(page.loans.hamlet._values[2])
    page.loans.narrow()
    assert len(page.loans.shown_rows()) == 1
    page.loans.hamlet.set_value(None)
    page.loans.by.set_value("organisation")
    page.loans.by.chosen.emit()
    assert page.loans.stack.currentWidget() is page.loans.totals
    balances = [page.loans.total_model.row(at).balance for at in range(len(page.loans.total_model.ids))]
    assert balances == [30_000_000, 20_000_000]
    page.loans.totals.opened.emit(0)
    assert page.loans.stack.currentWidget() is page.loans.table
    assert [row.organisation for row in page.loans.shown_rows()] == ["Hội Nông dân"]


def test_the_list_03td_is_looked_at_printed_and_kept_for_excel(
    page: LedgersPage,
    workspace: Workspace,
    homes: list[UUID],
    settle: Settle,
    printer: PrinterIntoFiles,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    told: list[str] = []
    page.said.connect(lambda notice: told.append(notice.text))
    press(page, "loanPaper")
    assert len(told) == 1
    workspace.write(loans.put_on_list, [a_loan(workspace, homes[0]), a_loan(workspace, homes[1])], on=TODAY)
    settle()
    press(page, "loanPaper")
    settle()
    assert page.paper.content is not None
    assert page.paper.content.startswith(b"%PDF")
    page.paper.excel.click()
    answer_file_dialog(tmp_path / "03td.xlsx")
    qtbot.waitUntil(lambda: (tmp_path / "03td.xlsx").exists())
    settle()
    qtbot.keyClick(page.paper, Qt.Key.Key_Escape)
    assert page.whole.currentWidget() is not page.paper


def test_cards_of_a_person_and_the_list_of_changes(
    page: LedgersPage, workspace: Workspace, make: Make, homes: list[UUID], settle: Settle
) -> None:
    page.show_place(Place("ledgers", text="cards"))
    settle()
    assert len(page.cards.shown_rows()) == 4
    page.cards.go_to(make.view(homes[0]).members[0].person_id)
    press(page, "cardNew")
    typed(page, "card_number", "8312345678")
    typed(page, "card_valid_from", "1/1/2026")
    press(page, "cardGo")
    settle()
    row = page.cards.row_of(make.view(homes[0]).members[0].person_id)
    assert row is not None
    assert row.card is not None
    assert row.card.number == "8312345678"
    assert "1" in label(page, "cardsSums")
    press(page, "cardCorrect")
    typed(page, "card_number", "12")
    press(page, "cardGo")
    settle()
    assert any("15" in found.text() for found in page.cards.form.findChildren(QLabel))
    page.cards.form.closed.emit()
    press(page, "cardsPaper")
    typed(page, "cardPeriod_from_on", "1/12/2025")
    press(page, "cardPeriodGo")
    settle()
    assert page.whole.currentWidget() is page.paper
    assert page.paper.content is not None


def test_a_list_of_cards_is_pasted(
    page: LedgersPage, workspace: Workspace, make: Make, homes: list[UUID], settle: Settle, qtbot: QtBot
) -> None:
    page.show_place(Place("ledgers", text="cards"))
    settle()
    press(page, "cardsPaste")
    QGuiApplication.clipboard().setText("")
    qtbot.keyClick(page.paste, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert label(page, "ledgerPasteProblem")
    lines = (
        "Họ và tên\tNgày sinh\tSố CCCD\tSố thẻ\tNhóm\tTừ ngày\tĐến ngày\r\n"
        "Nguyễn Thị Á\t1979\t083179000001\t8312345678\tHN\t01/01/2026\t31/12/2027\r\n"
        "Người Lạ\t1990\t\t8312345679\tHN\t01/01/2026\t\r\n"
    )
    QGuiApplication.clipboard().setText(lines)
    qtbot.keyClick(page.paste, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.paste.model.rowCount() == 2
    assert "1" in label(page, "ledgerPasteCount")
    press(page, "ledgerPasteWrite")
    settle()
    assert page.whole.currentWidget() is not page.paste
    (card,) = workspace.read(insurance.cards_of, make.view(homes[0]).members[0].person_id)
    assert card.data.valid_to == date(2027, 12, 31)


def test_a_card_list_is_opened_from_excel(
    page: LedgersPage, workspace: Workspace, make: Make, homes: list[UUID], settle: Settle, tmp_path: Path
) -> None:
    from casemgr.exchange.tables import write_table

    titles = ["Họ và tên", "Ngày sinh", "Số CCCD", "Số thẻ", "Nhóm", "Từ ngày"]
    rows = [["Nguyễn Thị Á", "1979", "083179000001", "8312345678", "HN", "01/01/2026"]]
    write_table(tmp_path / "the.xlsx", titles, rows)
    page.show_place(Place("ledgers", text="cards"))
    settle()
    press(page, "cardsPaste")
    page.paste.take_file(tmp_path / "the.xlsx")
    settle()
    assert [line.problem for line in page.paste._lines] == [""]


def test_children_are_put_on_the_list_and_approved(page: LedgersPage, workspace: Workspace, settle: Settle) -> None:
    page.show_place(Place("ledgers", text="school"))
    settle()
    page.school.programme.set_value("CPHT")
    page.school.programme.chosen.emit()
    settle()
    (row,) = [row for row in page.school.shown_rows() if row.state.value == "missing"]
    assert (row.name, row.amount) == ("Nguyễn Văn Nam", 1_350_000)
    assert "1.350.000" in label(page, "schoolSums")
    press(page, "schoolKeepAll")
    settle()
    page.school.go_to(row.person_id)
    press(page, "schoolEdit")
    typed(page, "schoolForm_school", "Trường Tiểu học Phú Nhơn")
    typed(page, "schoolForm_grade", "4A")
    typed(page, "schoolForm_decision_number", "81/QĐ-UBND")
    typed(page, "schoolForm_decision_on", "5/10/2026")
    press(page, "schoolFormGo")
    settle()
    (kept,) = workspace.read(schooling.children, SchoolQuery(2026, "CPHT"))
    assert (kept.state.value, kept.data.grade) == ("approved", "4A")
    press(page, "schoolDrop")
    settle()
    assert workspace.read(schooling.children, SchoolQuery(2026, "CPHT"))[0].state.value == "missing"


def test_pupils_are_pasted(page: LedgersPage, workspace: Workspace, settle: Settle) -> None:
    page.show_place(Place("ledgers", text="school"))
    settle()
    press(page, "schoolPaste")
    page.paste.take_text("Họ và tên\tNgày sinh\tTrường\tLớp\nNguyễn Văn Nam\t02/09/2016\tTH Phú Nhơn\t4A")
    settle()
    press(page, "ledgerPasteWrite")
    settle()
    rows = workspace.read(schooling.children, SchoolQuery(2026, page.school.programme.value() or ""))
    assert [row.data.school for row in rows if row.enrolment_id] == ["TH Phú Nhơn"]


def test_keys_alone_reach_everything(
    page: LedgersPage, workspace: Workspace, homes: list[UUID], settle: Settle, qtbot: QtBot
) -> None:
    a_loan(workspace, homes[0])
    settle()
    page.filter()
    qtbot.keyClick(page.loans.text, Qt.Key.Key_Down)
    assert page.loans.table.current() == 0
    qtbot.keyClick(page.loans.table, Qt.Key.Key_Return)
    assert page.loans.side.isVisible()
    qtbot.keyClick(page.loans, Qt.Key.Key_Escape)
    assert not page.loans.side.isVisible()
    assert page.place() == Place("ledgers", text="loans")
    page.select_all()
    page.copy_table()
    assert "Nguyễn Thị Á" in QGuiApplication.clipboard().text()


def test_what_is_typed_is_asked_about_and_a_card_change_is_seen(
    page: LedgersPage, workspace: Workspace, make: Make, homes: list[UUID], settle: Settle
) -> None:
    page.show_place(Place("ledgers", text="cards"))
    settle()
    person = make.view(homes[1]).members[0].person_id
    card = CardData(person, "8312345670", "BHYT-HN", date(2026, 1, 1), date(2027, 12, 31))
    workspace.write(insurance.keep_card, None, None, card)
    settle()
    row = page.cards.row_of(person)
    assert row is not None
    assert row.state.value == "valid"
    assert page.leave()

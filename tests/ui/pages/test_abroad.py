"""The page of work abroad: the son who goes to Japan, from advice to the early return."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casemgr.domain.abroad import AbroadState, ReturnReason
from casemgr.domain.abroad_words import PayeeKind, PaymentKind
from casemgr.services import abroad_board, abroad_contacts, abroad_money, direct_contracts, startups
from casemgr.workspace import Workspace
from tests.support.abroad import Abroad
from ui.desk import Desk
from ui.pages.abroad.cases_topic import CasesTopic
from ui.pages.abroad.direct_topic import DirectTopic
from ui.pages.abroad.funnel_topic import FunnelTopic
from ui.pages.abroad.page import DIRECT, FUNNEL, SILENT, STARTUPS, AbroadPage
from ui.pages.abroad.silent_topic import SilentTopic
from ui.places import Place
from ui.translation import Languages
from ui.verb_card import VerbCard
from ui.who_editor import Chosen


@pytest.fixture
def people(workspace: Workspace) -> Abroad:
    return Abroad(workspace)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, languages: Languages) -> AbroadPage:
    made = AbroadPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    desk.changed.connect(made.refresh)
    made.show()
    return made


def cases(page: AbroadPage) -> CasesTopic:
    topic = page.topic
    assert isinstance(topic, CasesTopic)
    return topic


def card(page: AbroadPage) -> VerbCard:
    found = page.case.follow.verbs.card
    assert found is not None
    return found


def test_empty_page_says_what_to_do_first(page: AbroadPage) -> None:
    topic = cases(page)
    assert topic.stack.currentWidget() is topic.empty
    page.show_place(Place("abroad", wish="new"))
    assert page.new_case.isVisible()


def test_a_case_is_opened_for_the_son_and_saved(
    page: AbroadPage, people: Abroad, workspace: Workspace, settle: Callable[[], None]
) -> None:
    home, person = people.home()
    page.show_place(Place("abroad", home, wish="new"))
    page.new_case.member.set_value(person)
    page.new_case.member.chosen.emit()
    form = page.case.form
    assert form is not None
    for name, value in {
        "form": "service",
        "market": "JAPAN",
        "country": "Nhật Bản",
        "job": "Chế biến thực phẩm",
        "firm": "Công ty Hướng Dương",
    }.items():
        form.put(name, value)
    page.save()
    settle()
    (row,) = workspace.read(abroad_board.of_household, home)
    assert (row.person_id, row.market, row.state) == (person, "JAPAN", AbroadState.ADVISED)
    assert page.case.case == row.id
    assert not page.case.dirty


def test_voluntary_facts_without_consent_stand_beside_the_day_of_consent(
    page: AbroadPage, people: Abroad, settle: Callable[[], None]
) -> None:
    page.show_place(Place("abroad", people.case(), "cases"))
    form = page.case.form
    assert form is not None
    form.put("contact_home", "Mẹ, 0900 000 001")
    page.save()
    settle()
    assert form.forms[4].editor("consent_on").widget.property("invalid")
    form.load(page.case.file.view.data)  # type: ignore[union-attr]  # a case is open


def test_a_brokers_fee_is_to_be_checked_and_never_called_a_violation(
    page: AbroadPage, people: Abroad, workspace: Workspace, settle: Callable[[], None], qtbot: QtBot
) -> None:
    case = people.case()
    page.show_place(Place("abroad", case, "cases"))
    page.case.follow.payments.buttons["paymentNew"][1].click()
    form = card(page).form
    form.put("kind", PaymentKind.BROKER)
    form.put("payee_kind", PayeeKind.PERSON)
    form.put("payee", "Ông Trần Văn Á")
    form.put("amount", 20_000_000)
    page.case.follow.verbs.check()
    note = form.editor("payee_kind").widget.accessibleDescription()
    assert "69/2020/QH14" in note
    card(page).submit()
    settle()
    assert [one.data.kind for one in workspace.read(abroad_money.payments, case)] == [PaymentKind.BROKER]
    told = page.case.follow.flags.told.texts
    broker = next(text for text in told if "69/2020/QH14, Điều 7" in text)
    assert "vi phạm" not in broker
    assert "Cần kiểm tra: tiền môi giới" in broker


def test_the_next_step_says_which_papers_are_missing(
    page: AbroadPage, people: Abroad, settle: Callable[[], None]
) -> None:
    case = people.signed()
    people.step(case, AbroadState.REGISTERED, date(2025, 9, 1))
    page.show_place(Place("abroad", case, "cases"))
    page.case.step(AbroadState.DEPARTED)
    step = page.case.step_form
    assert "Giấy chứng nhận đủ sức khỏe" in "\n".join(step.told.texts)
    step.go.click()
    settle()
    assert people.view(case).state is AbroadState.REGISTERED
    assert step.form is not None
    step.form.put("on", date(2026, 2, 10))
    step.form.put("flight", "VN 340")
    step.form.put("reason", "Gia đình báo đã đi, giấy tờ bổ sung sau")
    step.go.click()
    settle()
    assert people.view(case).state is AbroadState.DEPARTED
    assert people.view(case).data.content.flight == "VN 340"


def test_ctrl_right_on_the_board_shows_the_checks(page: AbroadPage, people: Abroad) -> None:
    case = people.case()
    page.refresh()
    topic = cases(page)
    topic.board.go(case)
    QTest.keyClick(topic.board.columns["advised"].view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert topic.step_form.isVisible()
    assert "→" in topic.step_form.way.text()


def test_a_direct_contract_is_confirmed_in_time(
    page: AbroadPage, people: Abroad, workspace: Workspace, settle: Callable[[], None]
) -> None:
    case = people.signed(form="direct", firm="", licence="")
    page.show_place(Place("abroad", case, "cases"))
    page.case.follow.registrations.buttons["directNew"][1].click()
    form = card(page).form
    form.put("received_on", date(2026, 11, 20))
    found = workspace.read(direct_contracts.of_case, case)
    assert not found
    form.put("present", direct_contracts.missing(()))
    card(page).submit()
    settle()
    (line,) = workspace.read(direct_contracts.of_case, case)
    assert line.due_on == date(2026, 11, 30), "24/11 is a day off"
    page.case._leave()
    page.show_place(Place("abroad", line.id, DIRECT))
    topic = page.topic
    assert isinstance(topic, DirectTopic)
    assert topic.buttons["directYes"].isEnabled()
    topic.buttons["directYes"].click()
    assert topic.verbs.card is not None
    topic.verbs.card.submit()
    settle()
    (line,) = workspace.read(direct_contracts.of_case, case)
    assert line.outcome == "confirmed"
    assert not line.late
    assert page.paper.content is not None
    assert page.paper.content.startswith(b"%PDF")


def test_a_registration_with_gaps_is_refused_with_what_is_missing(
    page: AbroadPage, people: Abroad, workspace: Workspace, settle: Callable[[], None]
) -> None:
    case = people.signed(form="direct", firm="", licence="")
    data = direct_contracts.DirectData(date(2026, 11, 20), tuple(direct_contracts.missing(())[1:]))
    line = workspace.write(direct_contracts.receive, case, data)
    page.show_place(Place("abroad", line, DIRECT))
    topic = page.topic
    assert isinstance(topic, DirectTopic)
    assert not topic.buttons["directYes"].isEnabled()
    assert [text for text in topic.papers.texts if "69/2020/QH14" in text], "what is missing is named with its article"
    topic.buttons["directNo"].click()
    assert topic.verbs.card is not None
    assert topic.verbs.card.form.value("reason")
    topic.verbs.card.submit()
    settle()
    assert workspace.read(direct_contracts.view, line).outcome == "refused"


def test_who_was_not_heard_of_stands_in_the_list_until_a_contact(
    page: AbroadPage, people: Abroad, workspace: Workspace, settle: Callable[[], None]
) -> None:
    case = people.departed()
    page.show_place(Place("abroad", None, SILENT))
    settle()
    topic = page.topic
    assert isinstance(topic, SilentTopic)
    assert tuple(topic.model.ids) == (case,)
    topic.record_contact()
    assert topic.verbs.card is not None
    form = topic.verbs.card.form
    form.put("with_whom", "Mẹ")
    form.put("situation", "Khỏe, làm việc bình thường")
    topic.verbs.card.submit()
    settle()
    assert len(workspace.read(abroad_contacts.contacts, case)) == 1
    assert not topic.model.ids


def test_opening_the_page_asks_about_protection_once(
    page: AbroadPage, people: Abroad, workspace: Workspace, settle: Callable[[], None]
) -> None:
    from casemgr.services import agenda

    people.departed()
    for _time in range(2):
        page.show_place(Place("abroad"))
        settle()
    asked = [row for row in workspace.read(agenda.due) if row.kind == "task"]
    assert len(asked) == 1


def test_an_early_return_opens_what_is_worth_asking_for(
    page: AbroadPage, people: Abroad, settle: Callable[[], None]
) -> None:
    case = people.departed()
    page.show_place(Place("abroad", case, "cases"))
    page.case.step(AbroadState.RETURNED)
    step = page.case.step_form
    assert step.form is not None
    step.go.click()
    settle()
    assert people.view(case).state is AbroadState.DEPARTED, "the cause is asked for"
    step.form.put("return_reason", str(ReturnReason.ILLNESS))
    step.go.click()
    settle()
    view = people.view(case)
    assert (view.state, view.return_reason) == (AbroadState.RETURNED, ReturnReason.ILLNESS)
    assert "69/2020" in page.case.follow.after.text() or "Quyết định" in page.case.follow.after.text()
    page.case.follow.returned.buttons["returnNotice"][1].click()
    card(page).submit()
    settle()
    assert people.view(case).notice_on == date(2026, 11, 24)


def test_every_number_of_the_funnel_opens_its_list(page: AbroadPage, people: Abroad) -> None:
    away, other = people.departed(), people.case(market="TAIWAN", country="Đài Loan")
    page.show_place(Place("abroad", None, FUNNEL))
    topic = page.topic
    assert isinstance(topic, FunnelTopic)
    assert topic._rows["departed"].counts["JAPAN"] == 1
    topic.open_number("departed", "JAPAN")
    listed = cases(page)
    assert tuple(listed.model.ids) == (away,)
    listed.all.click()
    assert set(listed.model.ids) == {away, other}
    page.show_topic(FUNNEL)
    topic.open_abroad()
    assert tuple(cases(page).model.ids) == (away,)


def test_a_business_belongs_to_a_person(
    page: AbroadPage, people: Abroad, workspace: Workspace, settle: Callable[[], None]
) -> None:
    home, person = people.home()
    page.show_place(Place("abroad", None, STARTUPS))
    topic = page.topic
    topic.begin_new()  # type: ignore[attr-defined]  # the topic of businesses
    form = topic.pane.form  # type: ignore[attr-defined]  # as above
    form.put("who", Chosen(home))
    form.put("idea", "Mở tiệm sửa xe máy")
    topic.pane.save()  # type: ignore[attr-defined]  # as above
    settle()
    assert not workspace.read(startups.startups)
    form.put("who", Chosen(home, person))
    topic.pane.save()  # type: ignore[attr-defined]  # as above
    settle()
    assert [one.data.person_id for one in workspace.read(startups.startups)] == [person]


def test_the_list_on_show_is_written_for_excel(
    page: AbroadPage, people: Abroad, tmp_path: Path, settle: Callable[[], None]
) -> None:
    people.case()
    page.refresh()
    file = tmp_path / "di-lam-viec.xlsx"
    page.export_to(file)
    settle()
    from casemgr.exchange.workbooks import read_workbook

    rows = read_workbook(file).sheets[0].rows
    assert any("Nhật Bản" in str(value) for row in rows for value in row.values)


@pytest.mark.parametrize("code", ["case_curriculum_vitae", "case_introduction", "case_abroad_support_request"])
def test_papers_of_a_case_are_drawn_and_issued(
    page: AbroadPage, people: Abroad, settle: Callable[[], None], code: str
) -> None:
    case: UUID = people.departed()
    page.show_place(Place("abroad", case, "cases"))
    page.case.show_paper(code)
    settle()
    assert page.paper.content is not None
    assert page.paper.content.startswith(b"%PDF")
    page.paper.number_it()
    settle()
    assert not page.paper.freeze_button.isEnabled()

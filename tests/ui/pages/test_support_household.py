"""Support on the household's page: the strip, what is recorded from it, receipts, corrections, tasks."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.dates import PartialDate
from casemgr.domain.entitlement_facts import About
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.domain.support import (
    DeliveryData,
    DeliveryStatus,
    EnrolmentData,
    EnrolmentStatus,
    FundSource,
    GoodsLine,
    ReceiptData,
)
from casemgr.services import circumstances, deliveries, enrolments, households, tasks
from casemgr.services.members import NewMember
from casemgr.services.tasks import TaskData
from casemgr.workspace import Workspace
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.goods_editor import GoodsEditor
from ui.pages.households.page import HouseholdsPage
from ui.pages.households.support import HouseholdSupport
from ui.pages.households.support_lines import State
from ui.widgets.told import Told

Settle = Callable[[], None]
TODAY = date(2026, 11, 24)
DECIDED = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    """Words of the screen in the source language."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> HouseholdsPage:
    made = HouseholdsPage(desk)
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def poor(make: Make) -> UUID:
    """A poor widow of 72 with her grandson."""
    head = make.person("Nguyễn Thị Ngưỡng", birth=PartialDate(1954, 3, 5), id_number="083154001234")
    grandson = PersonData("Trần Quốc Vượng", sex=Sex.MALE, birth=PartialDate(2012, 2, 1), ethnic="01")
    household = make.household(head, NewMember(grandson, Relation.GRANDCHILD))
    make.poor(household)
    return household


@pytest.fixture
def member(workspace: Workspace, poor: UUID) -> UUID:
    """The widow herself."""
    return workspace.read(households.view, poor).members[0].person_id


def support(page: HouseholdsPage, household: UUID) -> HouseholdSupport:
    page.open_household(household)
    return page.detail.support


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    button = widget.findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def lines(shown: HouseholdSupport, state: State) -> list[str]:
    return [row.programme for row in shown.card.rows() if row.state is state]


def go_to(shown: HouseholdSupport, programme: str) -> None:
    shown.card.table.go([row.programme for row in shown.card.rows()].index(programme))


def told(shown: HouseholdSupport) -> str:
    return "\n".join(shown.card.told.texts)


def pension(workspace: Workspace, household: UUID, person: UUID, **others: object) -> UUID:
    data = DeliveryData(
        **{
            "programme": "HTXH",
            "household_id": household,
            "person_id": person,
            "on": date(2026, 11, 5),
            "period": "2026-11",
            "amount": 500_000,
            "decision_number": "45/QĐ-UBND",
            "decision_on": DECIDED,
            "override_reason": "Theo danh sách chi trả tháng 11.",
        }
        | others  # type: ignore[arg-type]  # each test names its own fields
    )
    return workspace.write(deliveries.record, data)


def test_one_strip_shows_what_is_due_what_runs_and_what_has_ended_each_with_its_article(
    page: HouseholdsPage, workspace: Workspace, poor: UUID
) -> None:
    workspace.write(
        enrolments.keep_enrolment,
        EnrolmentData(
            "DIEN",
            poor,
            status=EnrolmentStatus.RUNNING,
            decision_number="12/QĐ-UBND",
            decision_on=DECIDED,
            from_on=DECIDED,
        ),
    )
    shown = support(page, poor)
    assert "DIEN" in lines(shown, State.RECEIVING)
    missed = lines(shown, State.MISSED)
    assert "BHYT-HN" in missed
    go_to(shown, "BHYT-HN")
    assert "188/2025/NĐ-CP" in told(shown) or "Luật Bảo hiểm y tế" in told(shown)
    assert "Why:" in told(shown)


def test_a_part_of_the_strip_is_switched_off_and_the_unknown_ones_on(
    page: HouseholdsPage, qtbot: QtBot, poor: UUID
) -> None:
    shown = support(page, poor)
    assert lines(shown, State.UNKNOWN) == []
    shown.card.chips.set_on((State.UNKNOWN.value,))
    shown.card.chips.changed.emit()
    assert lines(shown, State.MISSED) == []
    assert lines(shown, State.UNKNOWN)
    assert "Still to be asked" in told(shown)


# ---- recording


def test_what_is_due_is_recorded_from_its_line_in_two_clicks(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    shown = support(page, poor)
    go_to(shown, "DIEN")
    press(qtbot, page, "supportRecord")  # first click
    pane = page.detail.pane
    assert pane is not None
    assert pane.form.value("programme") == "DIEN"
    assert pane.form.value("amount") == 178_560
    pane.form.put("decision_number", "128/QĐ-UBND")
    pane.form.put("decision_on", DECIDED)
    press(qtbot, pane, "editSave")  # second click
    settle()
    entries = workspace.read(deliveries.of_household, poor)
    assert [(one.data.programme, one.worth, one.status) for one in entries] == [
        ("DIEN", 178_560, DeliveryStatus.RECEIVED)
    ]
    assert page.detail.pane is None
    assert "DIEN" in lines(shown, State.RECEIVING)
    assert "DIEN" not in lines(shown, State.MISSED)


def test_a_finding_stands_beside_its_field_while_one_types_and_a_refusal_is_not_written(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    household = make.household(make.person("Phạm Văn Dũng", id_number="083079000041"))
    shown = support(page, household)
    shown.record()
    pane = page.detail.pane
    assert pane is not None
    pane.form.put("programme", "DIEN")
    pane.form.put("amount", 100_000)
    told_widget = pane.findChild(Told, "deliveryTold")
    assert told_widget is not None
    qtbot.waitUntil(lambda: any("Not entitled" in text for text in told_widget.texts))
    pane.form.put("decision_number", "128/QĐ-UBND")
    pane.form.put("decision_on", DECIDED)
    pane.save()
    settle()
    assert "Not entitled" in pane.bar.text.text()
    assert workspace.read(deliveries.of_household, household) == []
    pane.closed.emit()


def test_a_warning_asks_for_the_reason_and_is_then_written(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    shown = support(page, poor)
    shown.record()
    pane = page.detail.pane
    assert pane is not None
    reason = pane.form.editor("override_reason").widget
    for name, value in {"programme": "DIEN", "amount": 200_000, "source": FundSource.SPONSOR}.items():
        pane.form.put(name, value)
    qtbot.waitUntil(reason.isVisible)
    pane.form.put("override_reason", "Tỉnh hỗ trợ thêm.")
    pane.save()
    settle()
    assert [one.worth for one in workspace.read(deliveries.of_household, poor)] == [200_000]


def test_goods_are_typed_line_by_line(poor: UUID, qtbot: QtBot) -> None:
    editor = GoodsEditor()
    qtbot.addWidget(editor.widget)
    editor.set_value((GoodsLine("Gạo tẻ", 15, "kg", unit_price=16_000),))
    grid = editor.widget
    assert grid.rowCount() == 2
    item = grid.item(1, 0)
    assert item is not None
    item.setText("Nước mắm")
    assert grid.rowCount() == 3
    assert editor.text() == "15 kg Gạo tẻ; 0 Nước mắm"
    count = grid.item(1, 1)
    assert count is not None
    count.setText("hai")
    assert "hai" in editor.problem()
    count.setText("2")
    assert editor.problem() == ""
    assert editor.value()[0] == GoodsLine("Gạo tẻ", 15, "kg", unit_price=16_000)
    assert editor.value()[1].quantity == 2


def test_a_circumstance_answers_what_was_missing(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    shown = support(page, poor)
    shown.card.chips.set_on((State.UNKNOWN.value,))
    shown.card.chips.changed.emit()
    askable = {fact.code for fact in workspace.read(circumstances.askable, About.PERSON)}
    row = next(
        one
        for one in shown.card.rows()
        if one.entitlement is not None and askable & set(one.entitlement.missing_facts) and one.person_id is not None
    )
    assert row.entitlement is not None
    before = len(shown.card.rows())
    shown.open_line(row)
    pane = page.detail.pane
    assert pane is not None
    assert pane.form.value("code") in row.entitlement.missing_facts
    pane.form.put("holds", False)
    assert pane.findChild(Told, "circumstanceTold").texts  # type: ignore[union-attr]  # it stands there
    press(qtbot, pane, "editSave")
    settle()
    noted = workspace.read(circumstances.circumstances, poor)
    assert [one.data.holds for one in noted] == [False]
    assert len(shown.card.rows()) <= before


def test_a_missing_fact_of_the_living_conditions_leads_to_their_form(page: HouseholdsPage, poor: UUID) -> None:
    shown = support(page, poor)
    shown.card.chips.set_on((State.UNKNOWN.value,))
    shown.card.chips.changed.emit()
    row = next(
        one for one in shown.card.rows() if one.entitlement is not None and one.entitlement.missing_facts == ("school",)
    )
    shown.open_line(row)
    assert page.detail.pane is not None
    assert page.detail.pane.objectName() == "conditionsFormPane"


def test_a_place_in_a_programme_is_looked_after_from_the_strip(
    page: HouseholdsPage, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    kept = workspace.write(
        enrolments.keep_enrolment,
        EnrolmentData(
            "DIEN",
            poor,
            status=EnrolmentStatus.RUNNING,
            decision_number="12/QĐ-UBND",
            decision_on=DECIDED,
            from_on=DECIDED,
        ),
    )
    shown = support(page, poor)
    shown.open_line(next(row for row in shown.card.rows() if row.state is State.RECEIVING))
    pane = page.detail.pane
    assert pane is not None
    assert pane.form.value("decision_number") == "12/QĐ-UBND"
    pane.form.put("status", EnrolmentStatus.ENDED)
    pane.form.put("to_on", date(2026, 10, 31))
    pane.form.put("reason", "Thoát nghèo.")
    pane.save()
    settle()
    assert workspace.read(enrolments.view, kept).data.status is EnrolmentStatus.ENDED
    assert "DIEN" in lines(shown, State.ENDED)


def test_a_place_by_decision_is_recorded_for_what_is_due(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    shown = support(page, poor)
    go_to(shown, "DIEN")
    press(qtbot, page, "supportPlace")
    pane = page.detail.pane
    assert pane is not None
    for name, value in {"decision_number": "12/QĐ-UBND", "decision_on": DECIDED, "from_on": DECIDED}.items():
        pane.form.put(name, value)
    press(qtbot, pane, "editSave")
    settle()
    found = workspace.read(enrolments.of_household, poor)
    assert [(one.data.programme, one.data.status) for one in found] == [("DIEN", EnrolmentStatus.APPROVED)]
    assert "DIEN" in lines(shown, State.RECEIVING)


# ---- receipts and corrections


def test_a_receipt_names_who_collected_and_with_what_authorisation(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID, member: UUID
) -> None:
    pension(workspace, poor, member)
    support(page, poor)
    press(qtbot, page, "deliveryReceive")
    pane = page.detail.pane
    assert pane is not None
    pane.form.put("by_name", "Trần Văn Con")
    pane.save()
    settle()
    assert "authorisation" in pane.bar.text.text()
    pane.form.put("authorisation", "05/UQ")
    pane.save()
    settle()
    receipt = workspace.read(deliveries.of_household, poor)[0].receipt
    assert receipt is not None
    assert (receipt.by_name, receipt.authorisation) == ("Trần Văn Con", "05/UQ")


def test_a_settled_one_is_corrected_by_a_new_entry_and_stays_as_it_was(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID, member: UUID
) -> None:
    one = pension(workspace, poor, member)
    workspace.write(deliveries.receive, one, 1, ReceiptData(date(2026, 11, 6)))
    support(page, poor)
    press(qtbot, page, "deliveryCorrect")
    pane = page.detail.pane
    assert pane is not None
    pane.form.put("amount", 450_000)
    pane.form.put("reason", "Ghi nhầm số tiền.")
    pane.save()
    settle()
    entries = workspace.read(deliveries.of_household, poor)
    assert sorted(entry.worth for entry in entries) == [-50_000, 500_000]
    assert sum(entry.worth for entry in entries if entry.counts) == 450_000


def test_what_is_not_handed_out_after_all_is_cancelled_with_the_reason(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID, member: UUID
) -> None:
    pension(workspace, poor, member)
    support(page, poor)
    press(qtbot, page, "deliveryBack")
    pane = page.detail.pane
    assert pane is not None
    pane.form.put("reason", "Chuyển sang tháng sau.")
    pane.save()
    settle()
    assert [one.status for one in workspace.read(deliveries.of_household, poor)] == [DeliveryStatus.CANCELLED]


# ---- tasks


def test_a_task_is_written_done_with_one_key_or_dropped_with_a_reason(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    shown = support(page, poor)
    press(qtbot, page, "taskNew")
    pane = page.detail.pane
    assert pane is not None
    pane.form.put("title", "Nộp tờ khai trợ cấp")
    pane.save()
    settle()
    workspace.write(tasks.open_task, TaskData("Nhắc gia hạn thẻ", date(2026, 11, 1), household_id=poor))
    settle()
    assert [task.data.title for task in workspace.read(tasks.of_household, poor)] == [
        "Nhắc gia hạn thẻ",
        "Nộp tờ khai trợ cấp",
    ]
    shown.tasks.table.setFocus()
    qtbot.keyClick(shown.tasks.table, Qt.Key.Key_Space)
    settle()
    press(qtbot, page, "taskDrop")
    pane = page.detail.pane
    assert pane is not None
    pane.form.put("note", "Đã nộp ở bưu điện.")
    pane.save()
    settle()
    assert workspace.read(tasks.of_household, poor) == []
    settled = workspace.read(tasks.of_household, poor, settled=True)
    assert {task.status for task in settled} == {tasks.DONE, tasks.DROPPED}


def test_who_may_only_read_is_offered_nothing(
    page: HouseholdsPage, poor: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.desk, "may", lambda _permission: False)
    shown = support(page, poor)
    for button in (shown.card.record, shown.card.note, shown.tasks.new):
        assert not button.isEnabled()
    shown.open_line(shown.card.rows()[0])
    assert page.detail.pane is None


def test_a_household_without_support_says_so(page: HouseholdsPage, make: Make) -> None:
    shown = support(page, make.household("Lê Thị Cẩm"))
    assert shown.tasks.none.isVisibleTo(shown.tasks)
    assert shown.deliveries.none.isVisibleTo(shown.deliveries)

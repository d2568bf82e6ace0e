"""A house on the household's page: from its registration to its keys, one step after the other, with minutes."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.support import DeliveryStatus, EnrolmentData, EnrolmentStatus
from casemgr.services import deliveries, enrolments, staged
from casemgr.services.staged import PaymentData
from casemgr.workspace import Workspace
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.pages.households.page import HouseholdsPage
from ui.pages.households.support_stages import StagesBox
from ui.pages.households.support_steps import PayForm
from ui.widgets.step_line import Mark, StepLine

Settle = Callable[[], None]
REASON = "Ngoài huyện nghèo, theo văn bản của tỉnh"


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
    home = make.household()
    make.poor(home)
    return home


def box(page: HouseholdsPage) -> StagesBox:
    return page.detail.support.card.stages


def press(qtbot: QtBot, page: HouseholdsPage, name: str) -> None:
    button = box(page).findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def save(page: HouseholdsPage, settle: Settle, **typed: Any) -> None:
    pane = page.detail.pane
    assert pane is not None
    for name, value in typed.items():
        pane.form.put(name, value)
    assert pane.save()
    settle()


def go_on(qtbot: QtBot, page: HouseholdsPage, settle: Settle, **typed: Any) -> None:
    press(qtbot, page, "stagesNext0")
    save(page, settle, **typed)


def marks(page: HouseholdsPage) -> list[Mark]:
    line = box(page).findChild(StepLine, "stagesLine0")
    assert line is not None
    return [dot.mark for dot in line.dots]


def test_a_house_from_registration_to_hand_over(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    page.open_household(poor)
    assert not box(page).isVisible()
    page.detail.support.keep_place()
    save(page, settle, programme="NHA-DA5", need_on=date(2026, 2, 2))
    assert workspace.read(enrolments.of_household, poor)[0].data.status is EnrolmentStatus.NEED
    assert marks(page)[:2] == [Mark.DONE, Mark.NEXT]
    go_on(qtbot, page, settle, on=date(2026, 2, 20), document="02/BB")
    go_on(qtbot, page, settle, on=date(2026, 3, 2), document="30/QĐ-UBND", amount=39_999_999)
    go_on(qtbot, page, settle, on=date(2026, 4, 1))
    go_on(qtbot, page, settle, on=date(2026, 5, 1), document="05/BB")
    press(qtbot, page, "stagesNext0")
    pane = page.detail.pane
    assert pane is not None
    assert pane.form.value("money") == 27_999_999
    save(page, settle, on=date(2026, 5, 4), override_reason=REASON)
    assert marks(page).count(Mark.DONE) == 6
    go_on(qtbot, page, settle, on=date(2026, 8, 1), document="09/BB")
    go_on(qtbot, page, settle, on=date(2026, 8, 5), received=False, override_reason=REASON)
    go_on(qtbot, page, settle, on=date(2026, 8, 6))
    assert not box(page).isVisible()
    case = workspace.read(staged.of_household, poor, over=True)[0]
    assert case.enrolment.data.status is EnrolmentStatus.ENDED
    assert case.paid == 39_999_999
    found = workspace.read(deliveries.of_household, poor)
    assert [row.status for row in found] == [DeliveryStatus.DELIVERED, DeliveryStatus.RECEIVED]


def test_a_stage_paid_elsewhere_while_its_form_is_open_is_no_fault(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    page.open_household(poor)
    page.detail.support.keep_place()
    save(page, settle, programme="NHA-DA5", need_on=date(2026, 2, 2))
    go_on(qtbot, page, settle, on=date(2026, 2, 20), document="02/BB")
    go_on(qtbot, page, settle, on=date(2026, 3, 2), document="30/QĐ-UBND", amount=40_000_000)
    go_on(qtbot, page, settle, on=date(2026, 4, 1))
    go_on(qtbot, page, settle, on=date(2026, 5, 1), document="05/BB")
    press(qtbot, page, "stagesNext0")
    pane = page.detail.pane
    assert pane is not None
    (live,) = pane.findChildren(PayForm)
    case = workspace.read(staged.of_household, poor)[0]
    assert case.next is not None
    payment = PaymentData(case.next.step.code, date(2026, 5, 4), 28_000_000, override_reason=REASON)
    workspace.write(staged.pay, case.enrolment.id, case.enrolment.version, payment)
    live.check()
    assert not pane.save() or workspace.read(staged.of_household, poor)[0].paid == 28_000_000


def test_one_button_is_highlighted_and_what_is_missing_stands_at_its_field(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    for programme in ("NHA-DA5", "NUOC-PT"):
        workspace.write(enrolments.keep_enrolment, EnrolmentData(programme, poor, need_on=date(2026, 2, 2)))
    page.open_household(poor)
    buttons = [one for one in box(page).findChildren(QPushButton) if one.property("class") == "primary"]
    assert [one.objectName() for one in buttons] == ["stagesNext0"]
    press(qtbot, page, "stagesNext0")
    pane = page.detail.pane
    assert pane is not None
    pane.form.put("document", "02/BB")
    pane.form.put("on", date(2026, 2, 1))
    assert pane.save()
    settle()
    assert page.detail.pane is pane
    assert "02/02/2026" in str(pane.form.editor("on").widget.accessibleDescription())


def test_a_request_is_refused_with_its_reason(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    case = workspace.write(enrolments.keep_enrolment, EnrolmentData("NHA-DA5", poor, need_on=date(2026, 2, 2)))
    page.open_household(poor)
    press(qtbot, page, "stagesRefuse0")
    save(page, settle, reason="Đã được hỗ trợ nhà năm 2019")
    assert workspace.read(enrolments.view, case).data.reason == "Đã được hỗ trợ nhà năm 2019"
    assert not box(page).isVisible()


def test_the_minutes_are_shown_and_closed(
    page: HouseholdsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, poor: UUID
) -> None:
    data = EnrolmentData(
        "NHA-DDK",
        poor,
        status=EnrolmentStatus.APPROVED,
        need_on=date(2026, 2, 2),
        decision_number="30/QĐ-UBND",
        decision_on=date(2026, 3, 2),
        amount=40_000_000,
    )
    workspace.write(enrolments.keep_enrolment, data)
    page.open_household(poor)
    press(qtbot, page, "stagesPaper0")
    settle()
    pane = page.detail.paper.pane
    assert pane is not None
    assert pane.content is not None
    assert pane.content.startswith(b"%PDF")
    pane.closed.emit()
    assert page.detail.paper.pane is None
    assert box(page).isVisible()

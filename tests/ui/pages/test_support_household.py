"""Support on the household's page: the strip, what is recorded from it, receipts, corrections, tasks."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.dates import PartialDate
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.domain.support import (
    CircumstanceData,
    DeliveryData,
    DeliveryStatus,
    EnrolmentData,
    EnrolmentStatus,
    FundSource,
    ReceiptData,
)
from casemgr.services import circumstances, deliveries, enrolments, tasks
from casemgr.services.members import NewMember
from casemgr.services.tasks import TaskData
from casemgr.workspace import Workspace
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.pages.households.page import HouseholdsPage
from ui.pages.households.support import HouseholdSupport
from ui.pages.households.support_lines import State

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

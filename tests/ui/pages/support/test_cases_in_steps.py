"""The topic of cases in steps: filters, sums with the cases behind them, opening the household, Excel."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from casemgr.domain.support import EnrolmentData, EnrolmentStatus
from casemgr.services import enrolments
from casemgr.services.staged_lists import By
from casemgr.workspace import Workspace
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.pages.support.cases_topic import CasesTopic

Settle = Callable[[], None]


@pytest.fixture
def homes(workspace: Workspace, make: Make) -> list[UUID]:
    """Two houses in two hamlets, one started; one request of a third household for water."""
    made = []
    for name, hamlet in (("Nguyễn Thị Ngưỡng", "Phú Nhơn"), ("Trần Văn Khởi", "Quân An"), ("Lê Thị Bưởi", "Quân An")):
        made.append(make.household(name, hamlet=hamlet))
    kept: list[tuple[int, dict[str, Any]]] = [
        (0, {"need_on": date(2026, 9, 2)}),
        (
            1,
            {
                "status": EnrolmentStatus.APPROVED,
                "need_on": date(2026, 2, 2),
                "decision_number": "30/QĐ-UBND",
                "decision_on": date(2026, 3, 2),
                "amount": 40_000_000,
            },
        ),
    ]
    for place, values in kept:
        workspace.write(enrolments.keep_enrolment, EnrolmentData("NHA-DA5", made[place], **values))
    workspace.write(enrolments.keep_enrolment, EnrolmentData("NUOC-PT", made[2], need_on=date(2026, 10, 1)))
    return made


@pytest.fixture
def topic(qtbot: QtBot, desk: Desk, settle: Settle, homes: list[UUID]) -> CasesTopic:
    made = CasesTopic(desk)
    qtbot.addWidget(made)
    made.resize(1170, 600)
    made.show()
    qtbot.waitExposed(made)
    settle()
    return made


def heads(topic: CasesTopic) -> list[str]:
    return [topic.model.row(place).head for place in range(len(topic.model.ids))]


def test_filters_narrow_by_programme_step_and_hamlet(topic: CasesTopic) -> None:
    assert set(heads(topic)) == {"Nguyễn Thị Ngưỡng", "Trần Văn Khởi", "Lê Thị Bưởi"}
    topic.programme.set_value("NHA-DA5")
    topic.narrow()
    assert set(heads(topic)) == {"Nguyễn Thị Ngưỡng", "Trần Văn Khởi"}
    topic.hamlet.set_value("Ấp Quân An")
    topic.narrow()
    assert heads(topic) == ["Trần Văn Khởi"]
    topic.step.set_value("Bình xét")
    topic.narrow()
    assert topic.stack.currentWidget() is topic.empty


def test_a_sum_opens_its_cases(topic: CasesTopic, settle: Settle) -> None:
    topic.by.set_value(By.HAMLET.value)
    topic.refresh()
    settle()
    shown = [topic.sum_model.row(place) for place in range(len(topic.sum_model.ids))]
    assert sum(one.count for one in shown) == 3
    place = next(place for place, one in enumerate(shown) if one.waits_for == "Khởi công")
    topic.sums.opened.emit(place)
    assert topic.stack.currentWidget() is topic.table
    assert heads(topic) == ["Trần Văn Khởi"]


def test_a_case_opens_its_household(qtbot: QtBot, topic: CasesTopic, homes: list[UUID]) -> None:
    topic.text.setText("Bưởi")
    qtbot.waitUntil(lambda: len(topic.model.ids) == 1)
    with qtbot.waitSignal(topic.place_requested) as asked:
        topic.table.opened.emit(0)
    assert asked.args is not None
    assert (asked.args[0].page, asked.args[0].id) == ("households", homes[2])


def test_excel_holds_what_is_shown(topic: CasesTopic, settle: Settle, tmp_path: Path) -> None:
    topic.programme.set_value("NUOC-PT")
    topic.narrow()
    topic.export_to(tmp_path / "ho-so.xlsx")
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "ho-so.xlsx").active
    assert sheet is not None
    words = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "Lê Thị Bưởi" in words
    assert "Trần Văn Khởi" not in words

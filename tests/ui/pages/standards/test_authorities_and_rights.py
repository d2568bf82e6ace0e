"""Authorities of the standard and the office's own, and who may change what."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QTableView,
    QTextBrowser,
)
from pytestqt.qtbot import QtBot

from casemgr.domain.permissions import Role
from casemgr.services import holidays, offices, packs
from casemgr.workspace import Workspace
from tests.support.packfiles import official_2027
from tests.support.standards_page import CULTURE_DAY, Settle, answer, packfile
from ui.desk import Desk
from ui.pages.standards.authorities_topic import AuthoritiesTopic
from ui.pages.standards.days_topic import DaysTopic
from ui.pages.standards.page import AUTHORITIES, DAYS, PACKS, SCORES, StandardsPage
from ui.pages.standards.score_topic import ScoreTopic
from ui.places import Place
from ui.widgets.message_bar import Notice


@pytest.fixture
def authorities(page: StandardsPage) -> AuthoritiesTopic:
    page.show_topic(AUTHORITIES)
    assert isinstance(page.topic, AuthoritiesTopic)
    return page.topic


def test_authorities_of_the_standard_and_the_office_s_own_superior(
    authorities: AuthoritiesTopic, workspace: Workspace, settle: Settle
) -> None:
    rows = list(authorities.model.cells(range(2)))
    assert rows[0][:2] == ["Who decides", "Chủ tịch Ủy ban nhân dân cấp xã"]
    assert rows[1][2] == "Not certain"
    assert "In-year review: not asked" in authorities.opinion.text()
    form = authorities.form.form
    form.editor("superior").widget.setText("Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Long")
    assert not authorities.form.bar.isVisible()
    form.editor("superior").changed.emit()
    assert authorities.form.bar.isVisible()
    assert authorities.form.save()
    settle()
    assert workspace.read(offices.setting, "review.superior") == '"Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Long"'
    assert not authorities.form.bar.isVisible()


def test_what_was_typed_is_not_lost_by_going_to_another_topic(
    page: StandardsPage, authorities: AuthoritiesTopic, workspace: Workspace, settle: Settle
) -> None:
    authorities.form.form.put("superior", "Chủ tịch tỉnh")
    answer("")
    page.tabs.setCurrentIndex(0)
    assert page.topic is authorities
    assert page.tabs.currentIndex() == 3
    answer("discard")
    page.tabs.setCurrentIndex(0)
    assert page.place() == Place("standards", text=PACKS)
    assert workspace.read(offices.setting, "review.superior") is None


def test_the_unit_in_charge_is_written_in_the_wording(
    qtbot: QtBot, page: StandardsPage, authorities: AuthoritiesTopic
) -> None:
    with qtbot.waitSignal(page.open_requested) as asked:
        authorities.wording.click()
    assert asked.args == [Place("settings", text="papers")]


def test_who_may_not_change_reads_and_is_told(
    qtbot: QtBot, desk: Desk, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    workspace.actor = dataclasses.replace(workspace.actor, role=Role.VIEWER)
    page = StandardsPage(desk)
    qtbot.addWidget(page)
    page.show()
    told: list[Notice] = []
    page.said.connect(told.append)
    page.take(packfile(tmp_path / "vn-2027-r2.casepack", official_2027()))
    settle()
    assert not page.packs.incoming.isVisible()
    assert not page.packs.add.isEnabled()
    assert "VN-2022" in page.packs.detail.about.text()
    page.show_topic(DAYS)
    assert isinstance(page.topic, DaysTopic)
    page.topic.begin_new()
    page.topic.take_out()
    assert not page.topic.day_card.isVisible()
    page.show_topic(SCORES)
    assert isinstance(page.topic, ScoreTopic)
    assert not page.topic.zone.isEnabled()
    assert [notice.tone for notice in told] == ["near"] * 3
    assert workspace.read(packs.by_id, "VN-2027").revision == 1
    assert not workspace.read(holidays.calendar).is_workday(CULTURE_DAY)


def test_every_control_has_a_name_for_tests_and_for_readers(page: StandardsPage) -> None:
    for topic in (PACKS, SCORES, DAYS, AUTHORITIES):
        page.show_topic(topic)
    QApplication.processEvents()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTableView, QTextBrowser)
    nameless = [
        widget.objectName() or type(widget).__name__
        for kind in kinds
        for widget in page.findChildren(kind)
        if not widget.objectName().startswith(("qt_", "Scroll"))
        and not (widget.objectName() and widget.accessibleName())
    ]
    assert nameless == []
    assert not any(box.isEditable() for box in page.findChildren(QComboBox))

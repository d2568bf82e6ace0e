"""What the household's page prints beside the certificate: the notice of a refusal, and the dossier as one file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from casemgr.domain.support import EnrolmentStatus
from casemgr.services import enrolments
from casemgr.services.households import HouseholdView
from casemgr.workspace import Workspace
from tests.support.pdfs import pages_of
from ui.pages.households.page import HouseholdsPage

REASON = "nhà chưa thuộc trường hợp phải di dời khẩn cấp"


def test_a_refused_place_shows_its_notice_to_be_issued(
    page: HouseholdsPage, family: HouseholdView, qtbot: QtBot, settle: Callable[[], None], workspace: Workspace
) -> None:
    page.detail.support.keep_place()
    pane = page.detail.pane
    assert pane is not None
    for name, value in {"programme": "TD-HN", "status": EnrolmentStatus.REFUSED, "reason": REASON}.items():
        pane.form.put(name, value)
    assert pane.save()
    settle()
    shown = page.detail.paper.pane
    assert shown is not None
    qtbot.waitUntil(lambda: shown.content is not None)
    text = " ".join(pages_of(shown.content or b""))
    assert f"Lý do: {REASON}" in text
    assert workspace.read(enrolments.of_household, family.id)[0].data.status is EnrolmentStatus.REFUSED
    shown.freeze_button.click()
    qtbot.waitUntil(lambda: "01/TB-UBND" in shown.note.text())


def test_the_dossier_is_written_where_the_person_says(
    page: HouseholdsPage,
    family: HouseholdView,
    qtbot: QtBot,
    tmp_path: Path,
    settle: Callable[[], None],
) -> None:
    assert page.can("household.dossier")
    page.write_dossier()
    dialog = page.findChild(QFileDialog, "fileChoice")
    assert dialog is not None
    assert "Tuyết" not in dialog.selectedFiles()[0]  # no name of a person in a file name
    out = tmp_path / "ho-so.pdf"
    dialog.fileSelected.emit(str(out))
    settle()
    qtbot.waitUntil(out.exists)
    assert "Nguyễn Thị Ánh Tuyết" in pages_of(out.read_bytes())[0]


def test_without_an_open_household_there_is_no_dossier(page: HouseholdsPage) -> None:
    page.close_household()
    assert not page.can("household.dossier")


@pytest.mark.parametrize("status", [EnrolmentStatus.NEED, EnrolmentStatus.APPROVED])
def test_a_place_that_is_not_refused_shows_no_notice(
    page: HouseholdsPage, family: HouseholdView, settle: Callable[[], None], status: EnrolmentStatus
) -> None:
    page.detail.support.keep_place()
    pane = page.detail.pane
    assert pane is not None
    for name, value in {"programme": "TD-HN", "status": status, "decision_number": "5/QĐ-UBND"}.items():
        pane.form.put(name, value)
    pane.save()
    settle()
    assert page.detail.paper.pane is None

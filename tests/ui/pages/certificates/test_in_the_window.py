"""Certificates in the whole window: few keys from a household or a list to the paper, and names for everything."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QSpinBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.services import households
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from tests.support.certificates_page import Settle, begin, entries
from tests.support.pages import answer_file_dialog
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.certificates.page import CertificatesPage
from ui.places import Place


def test_three_keys_from_the_household_to_the_paper(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, make: Make, settle: Settle
) -> None:
    i18n.choose("en")
    window.desk.prefer(window='{"printing": {"printer": ""}}')  # this machine's printers stay quiet
    household = workspace.read(households.find, HouseholdQuery(text="Nguyễn Thị Á"))[0]
    make.poor(household)
    window.go(Place("households", household))
    settle()
    keys = 0
    window.commands.actions["paper.print"].trigger()  # Ctrl+P
    keys += 1
    page = window.current_page
    assert isinstance(page, CertificatesPage)
    qtbot.keyClick(page.issue.form.go, Qt.Key.Key_Return)
    keys += 1
    answer_file_dialog(Path(window.desk.workspace.path.parent / "giay.pdf"))  # Enter on the proposed name
    keys += 1
    settle()
    assert keys <= 3
    assert len(entries(workspace)) == 1


def test_four_keys_for_a_whole_list(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, make: Make, settle: Settle
) -> None:
    i18n.choose("en")
    window.desk.prefer(window='{"printing": {"printer": ""}}')
    for household in workspace.read(households.find, HouseholdQuery()):
        make.poor(household)
    settle()
    page = window.current_page
    assert page is not None
    table = page.findChild(QWidget, "householdTable")
    assert table is not None
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.commands.actions["paper.print"].trigger()  # Ctrl+P
    papers = window.current_page
    assert isinstance(papers, CertificatesPage)
    settle()
    qtbot.keyClick(papers.batch.form.go, Qt.Key.Key_Return)
    answer_file_dialog(Path(window.desk.workspace.path.parent / "ap.pdf"))
    settle()
    assert len(entries(workspace)) == 3


def test_every_control_has_a_name_for_tests_and_for_readers(
    page: CertificatesPage, workspace: Workspace, three: list[UUID], household: UUID, hamlet: list[UUID], settle: Settle
) -> None:
    page.show_place(Place("certificates", three[0]))
    page.entry.buttons["collect"].click()
    page.show_place(Place("certificates", household, wish="issue"))
    begin(page, hamlet, settle)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QTableView)
    nameless = [
        (type(widget).__name__, widget.objectName())
        for kind in kinds
        for widget in page.findChildren(kind)
        if not widget.objectName().startswith("qt_")
        and not (widget.objectName() and widget.accessibleName())
        and type(widget.parent()).__name__ not in ("QComboBox", "QComboBoxPrivateContainer", "ChoiceBox")
        and not isinstance(widget.parent(), (QLineEdit, QSpinBox, QTableView))
    ]
    assert not nameless, "\n".join(map(str, nameless))

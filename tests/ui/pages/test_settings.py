"""The settings page, topic by topic, through its widgets."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr.domain.offices import Area, HamletData, SignatoryData, UserData
from casemgr.domain.permissions import Permission
from casemgr.errors import WrongKeyError
from casemgr.i18n import current
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services import accounts, certificates, founding, households, offices, templates
from casemgr.workspace import Workspace
from tests.support.pages import answer_file_dialog, file_dialog_open
from tests.support.workspaces import PASSPHRASE, Make
from ui import theme
from ui.desk import Desk
from ui.handover import Handover
from ui.mainwindow import MainWindow
from ui.pages.settings.accounts import AccountsTopic
from ui.pages.settings.letterhead import LetterheadTopic
from ui.pages.settings.lists import HamletsTopic, SignatoriesTopic
from ui.pages.settings.page import TOPICS, SettingsPage
from ui.pages.settings.places import PlacesTopic
from ui.pages.settings.wording import WordingTopic
from ui.places import Place
from ui.questions import QuestionDialog
from ui.widgets.message_bar import Notice

Settle = Callable[[], None]
HIS = "ghe tam ban ven song"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


def _topic(page: SettingsPage, name: str) -> QWidget:
    page.show_topic(name)
    return page.pane


def _press(owner: QWidget, name: str) -> None:
    button = owner.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    button.click()


def _type(owner: QWidget, name: str, text: str) -> None:
    widget = owner.findChild(QWidget, name)
    if isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
    else:
        assert isinstance(widget, QLineEdit)
        widget.setText(text)
        widget.textEdited.emit(text)


def _save(pane: QWidget, settle: Settle) -> None:
    button = next(each for each in pane.findChildren(QPushButton, "editSave") if each.isVisible())
    button.click()
    settle()


def _answer(key: str) -> None:
    def press() -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QuestionDialog))
        dialog.findChild(QPushButton, f"answer_{key}").click()

    QTimer.singleShot(0, press)


def _notices(page: SettingsPage) -> list[Notice]:
    told: list[Notice] = []
    page.said.connect(told.append)
    return told


# ---- letterhead


def test_the_letterhead_is_corrected_and_seen_as_printed(page: SettingsPage, settle: Settle, qtbot: QtBot) -> None:
    topic = _topic(page, "letterhead")
    assert isinstance(topic, LetterheadTopic)
    assert "XÃ HƯNG KHÁNH TRUNG" in topic.picture.words
    _type(topic, "letterhead_agency_lines", "ỦY BAN NHÂN DÂN\nXÃ HƯNG KHÁNH TRUNG B")
    qtbot.waitUntil(lambda: "KHÁNH TRUNG B" in topic.picture.words)
    _save(topic, settle)
    assert page.desk.workspace.read(offices.office).agency_lines == ("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG B")


def test_an_empty_letterhead_is_refused_at_its_field(page: SettingsPage, settle: Settle) -> None:
    topic = _topic(page, "letterhead")
    _type(topic, "letterhead_place_name", "  ")
    _save(topic, settle)
    assert page.desk.workspace.read(offices.office).place_name == "Hưng Khánh Trung"
    assert topic.findChild(QLineEdit, "letterhead_place_name").property("invalid")


def test_leaving_with_changes_asks(page: SettingsPage, settle: Settle) -> None:
    topic = _topic(page, "letterhead")
    assert page.leave()
    _type(topic, "letterhead_certificate_symbol", "GCN-HN")
    _answer("")
    assert not page.leave()
    _answer("discard")
    assert page.leave()
    assert topic.findChild(QLineEdit, "letterhead_certificate_symbol").text() == "GCN-HN.HCN"


# ---- hamlets and signatories


def test_a_hamlet_is_added_corrected_and_taken_out_of_use(page: SettingsPage, settle: Settle, make: Make) -> None:
    make.household("Nguyễn Thị Á")
    topic = _topic(page, "hamlets")
    assert isinstance(topic, HamletsTopic)
    page.refresh()
    _press(topic, "hamletAdd")
    _type(topic, "hamlet_name", "Tân Trung")
    _save(topic, settle)
    page.refresh()
    views = {view.data.name: view for view in page.desk.workspace.read(offices.hamlets)}
    assert views["Tân Trung"].data == HamletData("Ấp", "Tân Trung", Area.RURAL)
    row = topic.records.model.place_of(views["Phú Nhơn"].id)
    assert topic.records.model.row(row).households == 1
    topic.records.begin(row)
    _type(topic, "hamlet_name", "Phú Nhơn 1")
    topic.findChild(QWidget, "hamlet_active").click()
    _save(topic, settle)
    view = next(v for v in page.desk.workspace.read(offices.hamlets) if v.data.name == "Phú Nhơn 1")
    assert not view.active
    assert view.households == 1


def test_a_hamlet_of_the_same_name_is_refused_in_the_form(page: SettingsPage, settle: Settle) -> None:
    topic = _topic(page, "hamlets")
    _press(topic, "hamletAdd")
    _type(topic, "hamlet_name", "quan an")
    _save(topic, settle)
    assert topic.findChild(QLineEdit, "hamlet_name").property("invalid")
    assert len(page.desk.workspace.read(offices.hamlets)) == 2


def test_what_was_typed_survives_a_change_made_elsewhere(page: SettingsPage, settle: Settle) -> None:
    topic = _topic(page, "hamlets")
    assert isinstance(topic, HamletsTopic)
    told = _notices(page)
    workspace = page.desk.workspace
    view = workspace.read(offices.hamlets)[0]
    topic.records.begin(topic.records.model.place_of(view.id))
    workspace.write(offices.correct_hamlet, view.id, view.version, HamletData("Khu phố", view.data.name, Area.URBAN))
    settle()
    _type(topic, "hamlet_name", "Phú Nhơn Đông")
    _save(topic, settle)
    assert [notice.tone for notice in told] == ["near"]
    assert topic.findChild(QLineEdit, "hamlet_name").text() == "Phú Nhơn Đông"
    _save(topic, settle)
    assert "Phú Nhơn Đông" in {each.data.name for each in workspace.read(offices.hamlets)}


def test_a_signatory_is_added_and_retired(page: SettingsPage, settle: Settle) -> None:
    topic = _topic(page, "signatories")
    assert isinstance(topic, SignatoriesTopic)
    _press(topic, "signatoryAdd")
    _type(topic, "signatory_name", "Lê Thị Hồng Đào")
    _type(topic, "signatory_title_lines", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    _save(topic, settle)
    page.refresh()
    topic.records.begin(0)
    topic.findChild(QWidget, "signatory_active").click()
    _save(topic, settle)
    assert [view.data for view in page.desk.workspace.read(offices.signatories)] == [
        SignatoryData("Trần Văn Hòa", ("CHỦ TỊCH",), active=False),
        SignatoryData("Lê Thị Hồng Đào", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ]


# ---- accounts


def _accounts(page: SettingsPage) -> AccountsTopic:
    topic = _topic(page, "accounts")
    assert isinstance(topic, AccountsTopic)
    return topic


def test_a_new_account_has_record_and_key(page: SettingsPage, settle: Settle) -> None:
    topic = _accounts(page)
    _press(topic, "accountAdd")
    for name, text in (("name", "Lê Quang Minh"), ("login", "minh"), ("passphrase", HIS), ("again", HIS)):
        _type(topic, f"account_{name}", text)
    _save(topic, settle)
    workspace = page.desk.workspace
    assert [user.login for user in workspace.read(offices.users)] == ["lan", "minh"]
    assert workspace.keys.logins == ("lan", "minh")
    assert topic.stack.currentIndex() == 0
    assert topic.model.rowCount() == 2
    assert not topic.new_form.form.value("passphrase")


def test_passphrases_that_differ_make_no_account(page: SettingsPage, settle: Settle) -> None:
    topic = _accounts(page)
    _press(topic, "accountAdd")
    for name, text in (("name", "Lê Quang Minh"), ("login", "minh"), ("passphrase", HIS), ("again", HIS + "x")):
        _type(topic, f"account_{name}", text)
    _save(topic, settle)
    assert topic.findChild(QLineEdit, "account_again").property("invalid")
    assert page.desk.workspace.keys.logins == ("lan",)


def test_an_account_is_closed_after_asking(page: SettingsPage, settle: Settle) -> None:
    workspace = page.desk.workspace
    accounts.add_account(workspace, UserData("minh", "Lê Quang Minh", "officer"), HIS)
    topic = _accounts(page)
    page.refresh()
    topic.table.go(0)
    assert not topic.close_button.isEnabled()
    topic.table.go(1)
    _answer("keep")
    _press(topic, "accountClose")
    settle()
    assert workspace.keys.logins == ("lan", "minh")
    _answer("close")
    _press(topic, "accountClose")
    settle()
    assert workspace.keys.logins == ("lan",)


def test_the_own_passphrase_changes(page: SettingsPage, settle: Settle) -> None:
    topic = _accounts(page)
    _press(topic, "accountOwn")
    for name, text in (("old", "nhớ nhầm mất rồi nhé"), ("passphrase", HIS), ("again", HIS)):
        _type(topic, f"own_{name}", text)
    _save(topic, settle)
    assert topic.findChild(QLineEdit, "own_old").property("invalid")
    _type(topic, "own_old", PASSPHRASE)
    _save(topic, settle)
    assert topic.stack.currentIndex() == 0
    workspace = page.desk.workspace
    workspace.keys.unlock(HIS, "lan")
    with pytest.raises(WrongKeyError):
        workspace.keys.unlock(PASSPHRASE, "lan")


def test_a_new_recovery_code_holds_once_its_sheet_is_on_paper(
    page: SettingsPage, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    topic = _accounts(page)
    workspace = page.desk.workspace
    warned = topic.recovery_told.text()
    _press(topic, "accountCode")
    settle()
    assert topic.stack.currentWidget() is topic.code_card
    code = topic._pending.code
    _press(topic, "codeAccept")
    settle()
    with pytest.raises(WrongKeyError):
        workspace.keys.recover(code)
    _press(topic, "sheetSave")
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(tmp_path / "phiếu mới.pdf")
    qtbot.waitUntil((tmp_path / "phiếu mới.pdf").exists)
    topic.sheet.group.setText(code.groups[topic.sheet.asked - 1])
    _press(topic, "codeAccept")
    settle()
    settle()
    assert workspace.keys.recover(code).dek == workspace.dek
    assert workspace.read(founding.recovery_sheet_seen) is not None
    assert topic.recovery_told.text() != warned


def test_a_code_that_was_not_accepted_is_forgotten(page: SettingsPage, settle: Settle) -> None:
    topic = _accounts(page)
    before = page.desk.workspace.keys.to_bytes()
    _press(topic, "accountCode")
    settle()
    _press(topic, "codeReject")
    assert page.desk.workspace.keys.to_bytes() == before
    assert topic._pending is None
    assert not topic.sheet._groups


# ---- wording


def test_a_wording_is_changed_seen_and_kept_as_an_own_version(
    page: SettingsPage, settle: Settle, qtbot: QtBot, make: Make
) -> None:
    household = make.household("Nguyễn Thị Á")
    make.poor(household)
    topic = _topic(page, "wording")
    assert isinstance(topic, WordingTopic)
    shipped = topic._base
    assert topic.told.isVisible()
    assert not topic.form.dirty
    assert "NHÁP" in topic.view.page_text(1).replace(" ", "") or topic.view.page_count >= 2
    _type(topic, "wording_sign_label", "(Ký, ghi rõ họ tên, đóng dấu)")
    qtbot.waitUntil(lambda: "ghi rõ họ tên" in topic.view.page_text(topic.view.page_count))
    _type(topic, "wording_version_title", "Mẫu của xã, năm 2026")
    _type(topic, "wording_version_from", "01/11/2026")
    _save(topic, settle)
    own = page.desk.workspace.read(templates.current, "certificate", date(2026, 11, 24))
    assert own.own
    assert own.title == "Mẫu của xã, năm 2026"
    assert own.wording.sign_label == "(Ký, ghi rõ họ tên, đóng dấu)"
    assert topic._base == own
    draft = page.desk.workspace.read(certificates.draft, household, date(2026, 11, 24))
    assert draft.content.wording.sign_label == "(Ký, ghi rõ họ tên, đóng dấu)"
    _press(topic, "wordingShipped")
    assert topic._base == shipped
    assert topic.findChild(QLineEdit, "wording_sign_label").text() == shipped.wording.sign_label


def test_uncertain_texts_say_so_beside_themselves(page: SettingsPage) -> None:
    topic = _topic(page, "wording")
    assert isinstance(topic, WordingTopic)
    noted = {mark.field for mark in topic._base.marks if mark.sure != "V"}
    assert noted
    for name in noted:
        mark = next(each for each in topic._base.marks if each.field == name)
        widget = topic.form.form.editor(name).widget
        assert mark.note.split()[0] in widget.accessibleDescription()


def test_a_wording_without_basis_or_with_other_indicators_is_refused(page: SettingsPage, settle: Settle) -> None:
    topic = _topic(page, "wording")
    _type(topic, "wording_indicators", "Việc làm\nNhà ở")
    _save(topic, settle)
    assert topic.findChild(QPlainTextEdit, "wording_indicators").property("invalid")
    assert not [each for each in page.desk.workspace.read(templates.versions, "certificate") if each.own]


# ---- places and look


def test_the_look_changes_at_once(window: MainWindow, settle: Settle) -> None:
    window.go(Place("settings", text="look"))
    page = window.current_page
    assert isinstance(page, SettingsPage)
    page.findChild(QToolButton, "chip_dark").click()
    assert theme.theme().name == "dark"
    page.findChild(QToolButton, "chip_125").click()
    assert theme.theme().px(100) == 125
    page.findChild(QToolButton, "chip_en").click()
    assert current() == "en"
    QApplication.processEvents()
    assert page.topics.item(0).toolTip() == "Letterhead"
    page.findChild(QToolButton, "chip_en").click()
    assert current() == "en"
    assert page.findChild(QToolButton, "chip_en").isChecked()


def test_paths_stand_there_to_be_copied(page: SettingsPage) -> None:
    topic = _topic(page, "places")
    assert isinstance(topic, PlacesTopic)
    assert topic.findChild(QLineEdit, "placeFile").text() == str(page.desk.workspace.path)
    assert not topic.remove.isVisible()


def test_the_sample_office_goes_in_one_click(qtbot: QtBot, desk: Desk, settle: Settle) -> None:
    sample = founding.open_sample(households=5, profile=LIGHT_PROFILE)
    page = SettingsPage(Desk(sample, desk.jobs, desk.settings))
    qtbot.addWidget(page)
    page.show()
    asked: list[Handover] = []
    page.handover_requested.connect(asked.append)
    _press(_topic(page, "places"), "sampleRemove")
    assert asked[0].path is None
    assert asked[0].work(lambda done, total, message: None).tone == "ok"
    assert not founding.sample_path().parent.exists()


# ---- the page


def test_every_topic_opens_by_name_and_by_keyboard(page: SettingsPage, qtbot: QtBot) -> None:
    for name, *_rest in TOPICS:
        page.show_place(Place("settings", text=name))
        assert page.place() == Place("settings", text=name)
    page.show_topic("letterhead")
    page.topics.setFocus()
    qtbot.keyClick(page.topics, Qt.Key.Key_Down)
    assert page.place().text == "hamlets"


def test_every_control_has_a_name_and_nothing_completes_inline(page: SettingsPage) -> None:
    for name, *_rest in TOPICS:
        topic = _topic(page, name)
        for widget in topic.findChildren(QWidget):
            if isinstance(widget, QPushButton | QLineEdit | QComboBox | QPlainTextEdit) and widget.isVisible():
                assert widget.objectName(), (name, type(widget))
                assert widget.accessibleName(), (name, widget.objectName())
            if isinstance(widget, QComboBox):
                assert not widget.isEditable()
            if isinstance(widget, QLineEdit):
                assert widget.completer() is None


def test_who_may_only_read_changes_nothing(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, workspace: Workspace
) -> None:
    monkeypatch.setattr(desk, "may", lambda permission: permission is Permission.READ)
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    for name in ("letterhead", "hamlets", "signatories", "wording", "accounts"):
        topic = _topic(page, name)
        for button in topic.findChildren(QPushButton):
            if button.isVisible() and button.objectName() not in ("accountOwn", "wordingShipped"):
                assert not button.isEnabled(), (name, button.objectName())
    assert not page.findChild(QLineEdit, "letterhead_place_name").isEnabled()
    assert not page.findChild(QPushButton, "wordingShipped").isEnabled()
    assert len(workspace.read(households.find, households.HouseholdQuery())) == 0

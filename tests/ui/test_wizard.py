"""The first-run wizard, by its widgets: six steps, nothing half-made, a sheet that must be on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr import paths
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.i18n import current
from casemgr.services import backup, founding, households, offices
from casemgr.workspace import Workspace
from tests.support.pages import answer_file_dialog, file_dialog_open
from tests.ui.test_unikey import type_letters
from ui.jobs import JobRunner
from ui.questions import QuestionDialog
from ui.translation import Languages
from ui.wizard.window import Wizard

SECRET = "bon con vit bau troi song"
SLOW_MS = 30_000
"""Real keys are slow by design."""


@pytest.fixture
def wizard(qtbot: QtBot, jobs: JobRunner, languages: Languages) -> Iterator[Wizard]:
    made = Wizard(jobs, languages)
    qtbot.addWidget(made, before_close_func=lambda widget: widget._discard())
    made.show()
    yield made
    made._discard()


@pytest.fixture
def opened(wizard: Wizard) -> Iterator[list[Workspace]]:
    """Files the wizard opened; closed afterwards."""
    found: list[Workspace] = []
    wizard.opened.connect(found.append)
    yield found
    for workspace in found:
        workspace.close()


def _press(wizard: QWidget, name: str) -> None:
    button = wizard.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    button.click()


def _line(wizard: QWidget, name: str) -> QLineEdit:
    found = wizard.findChild(QLineEdit, name)
    assert found is not None
    return found


def _fill_until_person(wizard: Wizard) -> None:
    _press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, "hung khanh trung")
    QApplication.processEvents()
    _press(wizard, "wizardNext")
    QGuiApplication.clipboard().setText("Ấp Phú Nhơn\nẤp Quân An")
    _press(wizard, "hamletsPaste")
    _press(wizard, "wizardNext")
    type_letters(_line(wizard, "signatoryName0"), "Trần Văn Hòa")
    _press(wizard, "wizardNext")
    assert wizard.step is wizard.person


def _fill_person(wizard: Wizard, *, secret: str = SECRET, again: str = SECRET) -> None:
    form = wizard.person.form
    type_letters(form.editor("name").widget, "Nguyễn Thị Lan")
    for name, text in (("passphrase", secret), ("again", again)):
        line = form.editor(name).widget
        line.clear()
        type_letters(line, text)


def _make(wizard: Wizard, qtbot: QtBot) -> None:
    _press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: wizard.step is wizard.recovery and not wizard._jobs.busy, timeout=SLOW_MS)


def _answer(key: str) -> None:
    """Press an answer of the question that is about to be asked."""

    def press() -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QuestionDialog))
        dialog.findChild(QPushButton, f"answer_{key}").click()

    QTimer.singleShot(0, press)


def test_from_nothing_to_an_open_file(wizard: Wizard, opened: list[Workspace], qtbot: QtBot, tmp_path: Path) -> None:
    _fill_until_person(wizard)
    _fill_person(wizard)
    assert wizard.person.user.login == "lan"
    _make(wizard, qtbot)
    path = paths.documents_folder() / "casemgr" / "Xã Hưng Khánh Trung.casemgr"
    assert path.exists()

    sheet = wizard.recovery.sheet
    words = sheet.view.page_text(1)
    groups = sheet._groups
    assert all(group in words.replace(" ", "") for group in groups)
    _press(wizard, "wizardNext")
    assert wizard.problem.text()
    assert wizard.step is wizard.recovery
    _press(wizard, "sheetSave")
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(tmp_path / "phiếu.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "phiếu.pdf").exists())
    assert sheet.stack.currentWidget() is sheet.cover
    type_letters(sheet.group, "ZZZZ")
    _press(wizard, "wizardNext")
    assert wizard.problem.text()
    assert not opened
    sheet.group.clear()
    type_letters(sheet.group, groups[sheet.asked - 1].lower())
    qtbot.keyClick(sheet.group, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened), timeout=SLOW_MS)

    workspace = opened[0]
    assert workspace.path == path
    assert [view.data for view in workspace.read(offices.hamlets)] == [
        HamletData("Ấp", "Phú Nhơn", Area.RURAL),
        HamletData("Ấp", "Quân An", Area.RURAL),
    ]
    assert [view.data.name for view in workspace.read(offices.signatories)] == ["Trần Văn Hòa"]
    assert workspace.actor.name == "Nguyễn Thị Lan"
    assert workspace.read(founding.recovery_sheet_seen) is not None
    assert not sheet._groups
    assert not wizard.person.secret


def test_back_works_from_every_step_and_keeps_what_was_typed(wizard: Wizard) -> None:
    _fill_until_person(wizard)
    type_letters(wizard.person.form.editor("name").widget, "Nguyễn Thị Lan")
    for step in (wizard.letterhead, wizard.hamlets, wizard.commune, wizard.welcome):
        _press(wizard, "wizardBack")
        assert wizard.step is step
    assert not wizard.findChild(QPushButton, "wizardBack").isVisible()
    assert wizard.commune.unit is not None
    assert wizard.commune.unit.code == "28901"
    assert len(wizard.hamlets.hamlets()) == 2
    assert wizard.letterhead.people()[0].name == "Trần Văn Hòa"
    assert wizard.person.form.value("name") == "Nguyễn Thị Lan"


def test_cancel_keeps_what_was_typed(wizard: Wizard) -> None:
    _fill_until_person(wizard)
    qtbot_key(wizard, Qt.Key.Key_Escape)
    assert wizard.step is wizard.welcome
    _press(wizard, "welcomeNew")
    assert wizard.commune.line.text() == "hung khanh trung"
    _press(wizard, "wizardNext")
    assert len(wizard.hamlets.hamlets()) == 2


def qtbot_key(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClick(widget, key, held)


def test_going_back_from_the_sheet_removes_the_file_it_belongs_to(wizard: Wizard, qtbot: QtBot) -> None:
    _fill_until_person(wizard)
    _fill_person(wizard)
    _make(wizard, qtbot)
    path = paths.documents_folder() / "casemgr" / "Xã Hưng Khánh Trung.casemgr"
    _answer("stay")
    _press(wizard, "wizardBack")
    assert wizard.step is wizard.recovery
    assert path.exists()
    _answer("remove")
    _press(wizard, "wizardBack")
    assert wizard.step is wizard.person
    assert not list(path.parent.glob("*"))
    assert wizard.person.form.value("name") == "Nguyễn Thị Lan"


def test_the_keyboard_alone_is_enough_until_the_passphrase(wizard: Wizard) -> None:
    qtbot_key(QApplication.focusWidget() or wizard.welcome.ways["welcomeNew"], Qt.Key.Key_Return)
    if wizard.step is wizard.welcome:  # the platform gave the window no focus
        qtbot_key(wizard.welcome.ways["welcomeNew"], Qt.Key.Key_Space)
    assert wizard.step is wizard.commune
    type_letters(wizard.commune.line, "tan thoi vinh")
    qtbot_key(wizard.commune.line, Qt.Key.Key_Down)
    qtbot_key(wizard.commune.line, Qt.Key.Key_Return)
    assert wizard.step in (wizard.hamlets, wizard.commune)
    wizard.commune.line.clear()
    type_letters(wizard.commune.line, "28901")
    if wizard.step is wizard.commune:
        qtbot_key(wizard.commune.line, Qt.Key.Key_Return)
    assert wizard.step is wizard.hamlets
    qtbot_key(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.step is wizard.letterhead
    qtbot_key(wizard, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wizard.step is wizard.hamlets


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hung khanh tr", "Xã Hưng Khánh Trung"),
        ("ba dinh ha noi", "Phường Ba Đình"),
        ("00004", "Phường Ba Đình"),
        ("con dao", "Đặc khu Côn Đảo"),
    ],
)
def test_communes_are_found_without_accents(wizard: Wizard, typed: str, expected: str) -> None:
    _press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, typed)
    QApplication.processEvents()
    found = [wizard.commune.hits.item(row).text() for row in range(wizard.commune.hits.count())]
    assert found[0].startswith(f"{expected} · ")
    assert wizard.commune.line.text() == typed


def test_without_a_commune_nothing_goes_on(wizard: Wizard) -> None:
    _press(wizard, "welcomeNew")
    _press(wizard, "wizardNext")
    assert wizard.step is wizard.commune
    assert wizard.problem.isVisible()
    type_letters(wizard.commune.line, "khong co xa nao")
    QApplication.processEvents()
    assert wizard.commune.none.isVisible()
    _press(wizard, "wizardNext")
    assert wizard.step is wizard.commune


def test_several_fitting_communes_choose_none_by_themselves(wizard: Wizard) -> None:
    _press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, "tan an")
    QApplication.processEvents()
    assert wizard.commune.hits.count() > 1
    assert wizard.commune.unit is None
    qtbot_key(wizard.commune.line, Qt.Key.Key_Down)
    assert wizard.commune.unit is not None


def test_a_pasted_list_becomes_hamlets(wizard: Wizard) -> None:
    _fill_until_person(wizard)
    _press(wizard, "wizardBack")
    _press(wizard, "wizardBack")
    QGuiApplication.clipboard().setText("1. Ấp Tân Trung;\n2\tKhu phố 3\n\nVĩnh Đức\nẤp phú nhơn\n- Ấp Vĩnh Hội\n")
    name = wizard.hamlets.grid.findChildren(QLineEdit, "hamletName")[-1]
    qtbot_key(name, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert wizard.hamlets.hamlets() == (
        HamletData("Ấp", "Phú Nhơn", Area.RURAL),
        HamletData("Ấp", "Quân An", Area.RURAL),
        HamletData("Ấp", "Tân Trung", Area.RURAL),
        HamletData("Khu phố", "3", Area.URBAN),
        HamletData("Ấp", "Vĩnh Đức", Area.RURAL),
        HamletData("Ấp", "Vĩnh Hội", Area.RURAL),
    )


def test_two_hamlets_of_one_name_are_told_at_once(wizard: Wizard) -> None:
    _fill_until_person(wizard)
    _press(wizard, "wizardBack")
    _press(wizard, "wizardBack")
    grid = wizard.hamlets.grid
    type_letters(grid.findChildren(QLineEdit, "hamletName")[-1], "phu nhon")
    _press(wizard, "wizardNext")
    assert wizard.step is wizard.hamlets
    assert wizard.problem.isVisible()
    removes = [each for each in grid.findChildren(QToolButton, "hamletRemove") if each.isVisible()]
    removes[2].click()
    QApplication.processEvents()
    _press(wizard, "wizardNext")
    assert wizard.step is wizard.letterhead


def test_the_letterhead_shows_as_it_will_be_printed(wizard: Wizard, qtbot: QtBot) -> None:
    _fill_until_person(wizard)
    _press(wizard, "wizardBack")
    pane = wizard.letterhead.pane
    assert "XÃ HƯNG KHÁNH TRUNG" in pane.picture.words
    lines = pane.form.editor("agency_lines").widget
    assert isinstance(lines, QPlainTextEdit)
    lines.setPlainText("ỦY BAN NHÂN DÂN\nXÃ TÂN ÂN TÂY")
    qtbot.waitUntil(lambda: "XÃ TÂN ÂN TÂY" in pane.picture.words)
    lines.setPlainText("")
    _press(wizard, "wizardNext")
    assert wizard.step is wizard.letterhead
    assert wizard.problem.isVisible()


@pytest.mark.parametrize(
    ("secret", "again"), [("123456", "123456"), ("matkhau", "matkhau"), (SECRET, "bon con vit bau tren song"), ("", "")]
)
def test_a_bad_passphrase_makes_no_file(wizard: Wizard, secret: str, again: str) -> None:
    _fill_until_person(wizard)
    _fill_person(wizard, secret=secret, again=again)
    _press(wizard, "wizardNext")
    assert wizard.step is wizard.person
    assert wizard.problem.isVisible()
    assert not (paths.documents_folder() / "casemgr").exists()


def test_vietnamese_letters_in_the_passphrase_are_warned_of_but_allowed(wizard: Wizard) -> None:
    _fill_until_person(wizard)
    _fill_person(wizard, secret="mưa chiều trên bến đò", again="mưa chiều trên bến đò")
    assert "Unikey" in wizard.person.state.text()
    assert not wizard.person.check()


def test_the_eye_shows_the_passphrase(wizard: Wizard) -> None:
    _fill_until_person(wizard)
    _fill_person(wizard)
    editor = wizard.person.form.editor("passphrase")
    assert editor.widget.echoMode() is QLineEdit.EchoMode.Password
    editor.eye.trigger()
    assert editor.widget.echoMode() is QLineEdit.EchoMode.Normal


def test_a_cloud_folder_is_refused_with_its_reason(wizard: Wizard, tmp_path: Path) -> None:
    cloud = tmp_path / "OneDrive - UBND xã"
    cloud.mkdir()
    _fill_until_person(wizard)
    _fill_person(wizard)
    wizard.person._on_folder(cloud)
    assert wizard.person.place_problem.isVisible()
    _press(wizard, "wizardNext")
    assert wizard.step is wizard.person
    assert not list(cloud.iterdir())
    wizard.person._on_folder(tmp_path)
    assert not wizard.person.place_problem.isVisible()


def test_a_file_of_that_name_is_not_overwritten(wizard: Wizard, tmp_path: Path) -> None:
    present = tmp_path / "Xã Hưng Khánh Trung.casemgr"
    present.write_bytes(b"kept")
    _fill_until_person(wizard)
    _fill_person(wizard)
    wizard.person._on_folder(tmp_path)
    _press(wizard, "wizardNext")
    assert wizard.step is wizard.person
    assert present.read_bytes() == b"kept"


def test_making_the_file_can_be_stopped_and_leaves_nothing(wizard: Wizard, qtbot: QtBot) -> None:
    _fill_until_person(wizard)
    _fill_person(wizard)
    _press(wizard, "wizardNext")
    assert not wizard.findChild(QPushButton, "wizardNext").isEnabled()
    _press(wizard, "wizardCancel")
    qtbot.waitUntil(lambda: not wizard._jobs.busy, timeout=SLOW_MS)
    assert wizard.step is wizard.person
    assert not list((paths.documents_folder() / "casemgr").glob("*"))
    assert wizard.person.secret == SECRET


def test_a_full_disk_is_told_and_leaves_nothing(
    wizard: Wizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "chặn"
    blocked.write_text("không phải thư mục", encoding="utf-8")
    _fill_until_person(wizard)
    _fill_person(wizard)
    wizard.person._folder = blocked
    _press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: not wizard._jobs.busy, timeout=SLOW_MS)
    assert wizard.step is wizard.person
    assert str(blocked) in wizard.problem.text()


def test_the_language_changes_at_once(wizard: Wizard) -> None:
    assert current() == "vi"
    wizard.welcome.findChild(QToolButton, "language_en").click()
    QApplication.processEvents()
    assert current() == "en"
    assert wizard.welcome.ways["welcomeNew"].accessibleName() == "Set up a new office"
    wizard.welcome.findChild(QToolButton, "language_vi").click()
    QApplication.processEvents()
    assert current() == "vi"


def test_the_sample_office_opens_in_one_click(wizard: Wizard, opened: list[Workspace], qtbot: QtBot) -> None:
    _press(wizard, "welcomeSample")
    assert wizard.welcome.bar.isVisible()
    qtbot.waitUntil(lambda: bool(opened), timeout=SLOW_MS)
    assert opened[0].path == founding.sample_path()
    assert opened[0].read(offices.office).sample
    assert len(opened[0].read(households.find, households.HouseholdQuery())) == founding.SAMPLE_HOUSEHOLDS


def test_a_backup_comes_back_on_a_fresh_machine(wizard: Wizard, qtbot: QtBot, tmp_path: Path) -> None:
    new = founding.NewOffice(offices.default_office("28901"), (), (), UserData("lan", "Nguyễn Thị Lan"))
    old, code = founding.found_office(tmp_path / "máy cũ" / "xa.casemgr", new, SECRET)
    saved = backup.create_backup(old, tmp_path / "USB")
    old.close()
    chosen: list[Path] = []
    wizard.file_chosen.connect(chosen.append)
    _press(wizard, "welcomeRestore")
    _press(wizard, "wizardNext")
    assert wizard.problem.isVisible()
    _press(wizard, "restoreChoose")
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(saved.path)
    qtbot.waitUntil(lambda: wizard.restore.pane.info is not None)
    key = _line(wizard, "restoreKey")
    type_letters(key, "sai hoan toan roi nhe")
    _press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: not wizard._jobs.busy, timeout=SLOW_MS)
    assert wizard.restore.pane.problem.isVisible()
    _press(wizard, "restoreCode")
    type_letters(key, code.text.lower())
    _press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: wizard.restore.pane.preview is not None and not wizard._jobs.busy, timeout=SLOW_MS)
    _press(wizard, "wizardNext")
    qtbot.waitUntil(lambda: bool(chosen), timeout=SLOW_MS)
    again = Workspace.open(chosen[0], passphrase=SECRET)
    assert again.read(offices.office).commune == "28901"
    again.close()


def test_every_control_of_every_step_has_a_name_and_nothing_completes_inline(wizard: Wizard) -> None:
    for step in (*wizard._steps, wizard.restore):
        wizard.show_step(step)
        QApplication.processEvents()
        for widget in step.findChildren(QWidget):
            if isinstance(widget, QPushButton | QLineEdit | QComboBox | QPlainTextEdit) and widget.isVisibleTo(step):
                assert widget.objectName(), type(widget)
                assert widget.accessibleName(), widget.objectName()
            if isinstance(widget, QComboBox):
                assert not widget.isEditable()
            if isinstance(widget, QLineEdit):
                assert widget.completer() is None


def test_ctrl_enter_in_a_hamlet_name_and_enter_in_the_free_line_go_on(wizard: Wizard) -> None:
    _press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, "28901")
    _press(wizard, "wizardNext")
    wizard.activateWindow()
    name = wizard.hamlets.grid.findChildren(QLineEdit, "hamletName")[-1]
    name.setFocus()
    type_letters(name, "Phu Nhon")
    qtbot_key(name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.step is wizard.letterhead
    _press(wizard, "wizardBack")
    qtbot_key(name, Qt.Key.Key_Return)
    free = QApplication.focusWidget()
    assert free is wizard.hamlets.grid.findChildren(QLineEdit, "hamletName")[-1]
    qtbot_key(free, Qt.Key.Key_Return)
    assert wizard.step is wizard.letterhead


def test_ctrl_enter_on_the_cancel_button_goes_on(wizard: Wizard) -> None:
    _press(wizard, "welcomeNew")
    type_letters(wizard.commune.line, "28901")
    wizard.activateWindow()
    wizard.cancel.setFocus()
    qtbot_key(wizard.cancel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.step is wizard.hamlets


def test_enter_in_the_last_signatory_goes_on(wizard: Wizard) -> None:
    _fill_until_person(wizard)
    _press(wizard, "wizardBack")
    wizard.activateWindow()
    last = _line(wizard, "signatoryName1")
    last.setFocus()
    qtbot_key(last, Qt.Key.Key_Return)
    assert wizard.step is wizard.person


def test_enter_in_the_last_passphrase_makes_the_file(wizard: Wizard, qtbot: QtBot) -> None:
    _fill_until_person(wizard)
    _fill_person(wizard)
    wizard.activateWindow()
    last = wizard.person.form.editor("again").widget
    last.setFocus()
    qtbot_key(last, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.step is wizard.recovery and not wizard._jobs.busy, timeout=SLOW_MS)


def test_a_login_filled_in_by_itself_is_not_said_to_be_missing(wizard: Wizard) -> None:
    _fill_until_person(wizard)
    _press(wizard, "wizardNext")
    login = wizard.person.form.editor("login").widget
    assert login.property("invalid") is True
    type_letters(wizard.person.form.editor("name").widget, "Nguyễn Thị Lan")
    assert login.text() == "lan"
    assert login.property("invalid") is False
    assert not wizard.person._own_login


def test_enter_presses_a_focused_button(wizard: Wizard) -> None:
    _press(wizard, "welcomeNew")
    wizard.activateWindow()
    wizard.back.setFocus()
    qtbot_key(wizard.back, Qt.Key.Key_Return)
    assert wizard.step is wizard.welcome

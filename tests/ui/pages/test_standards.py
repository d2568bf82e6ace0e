"""The page of standards: what each says and how sure it is, a newer one, points, days off, authorities."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QTableView,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.packs import shipped
from casemgr.domain.permissions import Role
from casemgr.domain.reviews import HolidayKind
from casemgr.exchange.packfile import DEVELOPMENT_KEY, make_packfile
from casemgr.services import history, holidays, offices, packs, score_tables
from casemgr.workspace import Workspace
from tests.support.packfiles import SCORE_ROWS, changed, local_pack, official_2027, private_key, revised
from tests.support.pages import answer_file_dialog, file_dialog_open
from tests.support.workbooks import write_xlsx
from ui import theme
from ui.desk import Desk
from ui.mainwindow import MainWindow
from ui.pages.standards.authorities_topic import AuthoritiesTopic
from ui.pages.standards.days_topic import DaysTopic
from ui.pages.standards.page import AUTHORITIES, DAYS, PACKS, SCORES, StandardsPage
from ui.pages.standards.parts import parts, unsure
from ui.pages.standards.score_topic import ScoreTopic
from ui.places import Place
from ui.questions import QuestionDialog
from ui.translation import Languages
from ui.widgets.message_bar import Notice

Settle = Callable[[], None]
CULTURE_DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> StandardsPage:
    made = StandardsPage(desk)
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    qtbot.addWidget(made)
    made.resize(1170, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def days(page: StandardsPage) -> DaysTopic:
    page.show_topic(DAYS)
    assert isinstance(page.topic, DaysTopic)
    return page.topic


@pytest.fixture
def scores(page: StandardsPage) -> ScoreTopic:
    page.show_topic(SCORES)
    assert isinstance(page.topic, ScoreTopic)
    return page.topic


@pytest.fixture
def authorities(page: StandardsPage) -> AuthoritiesTopic:
    page.show_topic(AUTHORITIES)
    assert isinstance(page.topic, AuthoritiesTopic)
    return page.topic


def packfile(path: Path, files: dict[str, bytes]) -> Path:
    path.write_bytes(make_packfile(files, DEVELOPMENT_KEY, private_key()))
    return path


def answer(key: str) -> list[str]:
    """Answer the question that comes next; the texts it asked with."""
    asked: list[str] = []

    def press() -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QuestionDialog))
        asked.append(dialog.accessibleDescription())
        button = dialog.findChild(QPushButton, f"answer_{key}")
        assert button is not None
        button.click()

    QTimer.singleShot(0, press)
    return asked


def drop(page: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), *keys)
    QApplication.sendEvent(page, entering)
    if entering.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPoint(5, 5), *keys))


# ---- the standards


def test_the_standards_stand_by_date_and_today_s_is_shown(page: StandardsPage) -> None:
    listed = list(page.packs.model.cells(range(3)))
    assert [(cells[0], cells[1], cells[2]) for cells in listed] == [
        ("VN-2016", "In the past", "2016 – 2021"),
        ("VN-2022", "Applies now", "2022 – 2026"),
        ("VN-2027", "Draft standard", "2027 – 2030"),
    ]
    assert page.packs.detail.view is not None
    assert page.packs.detail.view.pack.id == "VN-2022"
    assert "Comes with the program" in page.packs.detail.about.text()
    assert page.packs.local.text() == "No standard of tỉnh Vĩnh Long itself is in the program."


def test_a_person_finds_every_statement_with_how_sure_it_is(page: StandardsPage) -> None:
    pack = next(one for one in shipped() if one.id == "VN-2022")
    text = page.packs.detail.text.toPlainText()
    assert "Khu vực nông thôn: at most 1,500,000 dong per person and month" in text
    for indicator in pack.indicators:
        assert indicator.threshold in text
        assert f"{indicator.number}. {indicator.name}" in text
    for line in pack.legal:
        assert line.text in text
    for form in pack.forms.values():
        assert form.title in text
    for deadline in pack.deadlines.values():
        assert deadline.note in text
    for mark in pack.marks:
        assert mark.note in text
    assert pack.authorities["superior"] in text
    assert "Read in the document" in text
    assert "Recalled, to be compared" in text
    assert "Not certain" in text


def test_only_what_is_to_be_compared(page: StandardsPage) -> None:
    detail = page.packs.detail
    pack = detail.view.pack if detail.view else None
    assert pack is not None
    detail.chips.set_on(("unsure",))
    detail.chips.changed.emit()
    text = detail.text.toPlainText()
    assert "Read in the document" not in text
    assert text.count("Recalled, to be compared") + text.count("Not certain") == unsure(pack)
    assert 0 < unsure(pack) < sum(len(part.lines) for part in parts(pack))


def test_every_part_of_every_standard_has_words_for_its_keys() -> None:
    for pack in shipped():
        for part in parts(pack):
            for line in part.lines:
                assert line.label, (pack.id, part.key)
                assert "_" not in line.label, (pack.id, line.label)


def test_a_remark_no_line_takes_is_told_at_the_end(page: StandardsPage) -> None:
    pack = next(one for one in shipped() if one.id == "VN-2022")
    mark = dataclasses.replace(pack.marks[0], field="deadlines.unheard", note="Ghi chú lạ")
    told = parts(dataclasses.replace(pack, marks=(*pack.marks, mark)))[-1]
    assert told.key == "remarks"
    assert [line.note for line in told.lines] == ["Ghi chú lạ"]


def test_keys_alone_go_through_the_list_and_to_a_part(qtbot: QtBot, page: StandardsPage) -> None:
    table, detail = page.packs.table, page.packs.detail
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert detail.view is not None
    assert detail.view.pack.id == "VN-2027"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert detail.text.hasFocus()
    detail.part.setFocus()
    for _step in range(detail.part.count() - 1):
        qtbot.keyClick(detail.part, Qt.Key.Key_Down)
    assert detail.text.verticalScrollBar().value() > 0


def test_a_draft_says_why_it_is_not_official(qtbot: QtBot, page: StandardsPage) -> None:
    page.packs.go_to("VN-2027")
    detail = page.packs.detail
    assert detail.badge.text == "Draft standard"
    assert "it can be tried out, but no household can be recognised by it" in detail.why.text()
    assert "dự thảo tháng 9/2025" in detail.why.text()
    with qtbot.waitSignal(page.open_requested) as asked:
        page.packs.trial.click()
    assert asked.args == [Place("rehearsal", text="VN-2027")]
    page.packs.go_to("VN-2022")
    assert not detail.why.isVisible()


def test_another_language_and_other_colours_write_the_text_anew(page: StandardsPage, languages: Languages) -> None:
    text = page.packs.detail.text
    light = text.toHtml()
    languages.switch("vi")
    QApplication.processEvents()
    assert page.packs.add.text() == i18n._("Import a policy pack…")
    languages.switch("en")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    QApplication.processEvents()
    assert text.toHtml() != light
    assert theme.theme().colour("soft").name() in text.toHtml()


# ---- a newer standard from a file


def test_a_newer_standard_is_shown_field_by_field_and_accepted_once(
    page: StandardsPage, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    files = changed(official_2027(), ("rural = 2200000, urban = 2800000", "rural = 2300000, urban = 2900000"))
    page.take(packfile(tmp_path / "vn-2027-r2.casepack", files))
    settle()
    incoming = page.packs.incoming
    assert incoming.isVisible()
    assert incoming.signature.text == "Signature right: key “development”"
    assert "Takes the place of revision 1" in incoming.about.text()
    lines = list(incoming.model.cells(range(incoming.model.rowCount())))
    assert ["Revision", "1", "2"] in [list(cells) for cells in lines]
    assert any("2,200,000" in cells[1] and "2,300,000" in cells[2] for cells in lines)
    assert incoming.count.text() == f"{len(lines)} fields differ"
    assert workspace.read(packs.by_id, "VN-2027").revision == 1  # nothing is written yet

    asked = answer("")
    incoming.accept.click()
    settle()
    assert len(asked) == 1
    assert workspace.read(packs.by_id, "VN-2027").revision == 1

    asked = answer("use")
    incoming.accept.click()
    settle()
    assert len(asked) == 1
    assert "cannot be taken back" in asked[0]
    assert workspace.read(packs.by_id, "VN-2027").revision == 2
    assert page.packs.halves.isVisible()
    assert page.packs.detail.view is not None
    assert page.packs.detail.view.pack.revision == 2
    assert page.packs.detail.badge.text == "Applies later"
    assert "key “development”" in page.packs.detail.about.text()


def test_ctrl_enter_accepts(qtbot: QtBot, page: StandardsPage, settle: Settle, tmp_path: Path) -> None:
    page.take(packfile(tmp_path / "vn-2027-r2.casepack", official_2027()))
    settle()
    asked = answer("use")
    qtbot.keyClick(page.packs.incoming.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(asked) == 1
    assert page.packs.halves.isVisible()


def test_a_newer_draft_says_that_it_stays_one(page: StandardsPage, settle: Settle, tmp_path: Path) -> None:
    page.take(packfile(tmp_path / "du-thao.casepack", revised("VN-2027", 2)))
    settle()
    assert "is a draft" in page.packs.incoming.why.text()
    assert page.packs.incoming.state.text == "Draft standard"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: b"khong phai goi chuan", "is damaged or is no policy pack"),
        (lambda: broken_signature(), "was changed after it was signed"),
        (lambda: make_packfile(revised("VN-2022", 1), DEVELOPMENT_KEY, private_key()), "is in use already"),
        (
            lambda: make_packfile(
                revised("VN-2027", 2, ("valid_from = 2027-01-01", "valid_from = 2027-02-01")),
                DEVELOPMENT_KEY,
                private_key(),
            ),
            "no standard would apply from 01/01/2027 to 31/01/2027",
        ),
        (lambda: make_packfile(local_pack("01"), DEVELOPMENT_KEY, private_key()), "belongs to another province"),
    ],
)
def test_a_refusal_stands_in_place_with_its_reason(
    page: StandardsPage,
    workspace: Workspace,
    settle: Settle,
    tmp_path: Path,
    content: Callable[[], bytes],
    reason: str,
) -> None:
    before = workspace.read(packs.packs)
    path = tmp_path / "goi.casepack"
    path.write_bytes(content())
    page.take(path)
    settle()
    refused = page.packs.refused
    assert refused.isVisible()
    assert reason in "\n".join(refused.reasons)
    assert list(refused.model.cells(range(refused.model.rowCount()))) == [[each] for each in refused.reasons]
    assert workspace.read(packs.packs) == before
    refused.close_button.click()
    assert page.packs.halves.isVisible()


def broken_signature() -> bytes:
    """A pack of which one file was exchanged after signing."""
    import io
    import zipfile

    good = make_packfile(official_2027(), DEVELOPMENT_KEY, private_key())
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(memory, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data.replace(b"2200000", b"9900000"))
    return memory.getvalue()


def test_a_file_can_be_corrected_and_read_again(page: StandardsPage, settle: Settle, tmp_path: Path) -> None:
    path = tmp_path / "goi.casepack"
    path.write_bytes(b"hong")
    page.take(path)
    settle()
    packfile(path, official_2027())
    page.packs.refused.again.click()
    settle()
    assert page.packs.incoming.isVisible()


def test_the_own_province_s_standard_stands_beside_the_national_ones(
    page: StandardsPage, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    province = workspace.read(offices.office).province_code
    page.take(packfile(tmp_path / "tinh.casepack", local_pack(province)))
    settle()
    assert "A new standard" in page.packs.incoming.about.text()
    answer("use")
    page.packs.incoming.accept.click()
    settle()
    assert [cells[0] for cells in page.packs.model.cells(range(4))] == ["VN-2016", "VN-2022", "VN-2027", "VL-2026"]
    assert "Tỉnh Vĩnh Long" in page.packs.detail.about.text()
    assert not page.packs.local.isVisible()


def test_a_pack_is_chosen_or_dropped(qtbot: QtBot, page: StandardsPage, settle: Settle, tmp_path: Path) -> None:
    path = packfile(tmp_path / "vn-2027-r2.casepack", official_2027())
    page.show_place(Place("standards", wish="import"))
    answer_file_dialog(path)
    settle()
    assert page.packs.incoming.isVisible()
    qtbot.keyClick(page.packs.incoming.table, Qt.Key.Key_Escape)
    assert page.packs.halves.isVisible()
    page.show_topic(DAYS)
    drop(page, path)
    settle()
    assert page.packs.incoming.isVisible()


def test_the_window_takes_a_dropped_pack(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    path = packfile(tmp_path / "vn-2027-r2.casepack", official_2027())
    drop(window, path)
    QApplication.processEvents()
    settle()
    assert isinstance(window.current_page, StandardsPage)
    assert window.current_page.packs.incoming.isVisible()


def test_the_command_asks_for_a_file(window: MainWindow) -> None:
    window.commands.run("standards.import")
    assert isinstance(window.current_page, StandardsPage)
    assert file_dialog_open()


# ---- the point table


def test_an_empty_point_table_says_what_to_do(scores: ScoreTopic) -> None:
    assert scores.nothing.isVisible()
    assert scores.note.text().startswith("Choose the zone of the commune")
    assert "1315/VBHN" in scores.note.text()


def test_a_point_table_is_shown_before_it_is_used(
    scores: ScoreTopic, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    scores.take(write_xlsx(tmp_path / "bang-diem.xlsx", {"B1": SCORE_ROWS}))
    settle()
    assert scores.state.text() == "Read without a fault: 4 lines of points from bang-diem.xlsx. Nothing is written yet."
    assert scores.table is not None
    assert [cells[0] for cells in scores.table.rows.cells(range(4))] == ["1.1", "1.2", "2.a", "3.1"]
    held = workspace.read(packs.by_id, "VN-2022").score_table
    assert held is not None
    assert not held.loaded
    scores.use.click()
    settle()
    held = workspace.read(packs.by_id, "VN-2022").score_table
    assert held is not None
    assert [item.label for item in held.items][:2] == ["Hộ có 1 người", "Hộ có 2 người"]
    assert scores.state.text() == "4 lines of points from bang-diem.xlsx"
    assert scores.sure.text == "Recalled, to be compared"
    assert not scores.use.isVisible()


def test_a_table_that_was_read_can_be_left(scores: ScoreTopic, settle: Settle, tmp_path: Path) -> None:
    scores.take(write_xlsx(tmp_path / "bang-diem.xlsx", {"B1": SCORE_ROWS}))
    settle()
    scores.leave.click()
    assert scores.nothing.isVisible()


def test_every_wrong_row_of_a_point_table_is_named(
    scores: ScoreTopic, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    rows = [list(row) for row in SCORE_ROWS]
    rows[2][3] = "lạ"
    rows[3][4] = None
    rows[4][5] = 900
    scores.take(write_xlsx(tmp_path / "sai.xlsx", {"B1": rows}))
    settle()
    assert scores.refused.isVisible()
    told = "\n".join(scores.refused.reasons)
    for place in ("row 3, column D", "row 4, column E", "row 5, column F"):
        assert place in told
    assert not scores.use.isVisible()
    held = workspace.read(packs.by_id, "VN-2022").score_table
    assert held is not None
    assert not held.loaded


def test_the_zone_of_the_commune_is_kept(
    qtbot: QtBot, scores: ScoreTopic, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    scores.zone.setFocus()
    qtbot.keyClicks(scores.zone, "nt6")
    settle()
    assert workspace.read(score_tables.zone) == "NT6"
    assert "Choose the zone" not in scores.note.text()
    scores.take(write_xlsx(tmp_path / "bang-diem.xlsx", {"B1": SCORE_ROWS}))
    settle()
    assert scores.table is not None
    assert scores.table.rows.titles()[3] == "▸ NT6"


def test_a_spreadsheet_dropped_on_the_point_table_is_read_as_one(
    page: StandardsPage, scores: ScoreTopic, settle: Settle, tmp_path: Path
) -> None:
    drop(page, write_xlsx(tmp_path / "bang-diem.xlsx", {"B1": SCORE_ROWS}))
    settle()
    assert scores.use.isVisible()


# ---- days off


def test_the_days_of_a_year_are_marked(days: DaysTopic) -> None:
    cells = {row[0]: row for row in days.model.cells(range(days.model.rowCount()))}
    assert cells["24/11/2026"][1:] == ["Tuesday", "Ngày Văn hóa Việt Nam", "Day off", "Recalled, to be compared"]
    assert cells["10/01/2026"][3] == "Worked in exchange"
    assert not days.warning.isVisible()


def test_a_year_without_a_table_warns(days: DaysTopic) -> None:
    days.year.set_value(2028)
    days.year.chosen.emit()
    assert "2028" in days.warning.text()
    assert days.warning.isVisible()
    assert days.nothing.isVisible()
    assert days.year.currentText() == "2028 (no table)"


def test_a_day_is_added_by_keys_alone(qtbot: QtBot, days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    days.table.setFocus()
    qtbot.keyClick(days.table, Qt.Key.Key_Insert)
    form = days.day_card.form
    qtbot.keyClicks(form.editor("day").widget, "3/1/2028")
    qtbot.keyClick(form.editor("day").widget, Qt.Key.Key_Return)
    qtbot.keyClicks(form.editor("name").widget, "Nghi bu Tet Duong lich")
    qtbot.keyClick(form.editor("name").widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not days.day_card.isVisible()
    assert workspace.read(holidays.years) == [2026, 2027, 2028]
    assert days.year.value() == 2028
    assert days.current is not None
    assert days.current.day == date(2028, 1, 3)
    assert next(days.model.cells([0]))[4] == "Entered by the office"
    assert days.table.hasFocus()


def test_a_day_without_a_name_is_refused_beside_the_field(days: DaysTopic, workspace: Workspace) -> None:
    days.begin_new()
    days.day_card.form.editor("day").set_value(date(2026, 12, 1))
    days.day_card.go.click()
    problem = days.day_card.form.editor("name").widget
    assert problem.property("invalid")
    assert date(2026, 12, 1) not in {view.day for view in workspace.read(holidays.holidays, 2026)}


def test_a_shipped_day_is_corrected(qtbot: QtBot, days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    days.show_day(CULTURE_DAY)
    qtbot.keyClick(days.table, Qt.Key.Key_Return)
    assert days.editing.text() == "Tuesday, 24/11/2026"
    days.edit_card.form.editor("name").set_value("Ngày Văn hóa Việt Nam (đã đối chiếu)")
    days.edit_card.go.click()
    settle()
    kept = {view.day: view for view in workspace.read(holidays.holidays, 2026)}[CULTURE_DAY]
    assert (kept.name, kept.shipped) == ("Ngày Văn hóa Việt Nam (đã đối chiếu)", False)
    assert days.current is not None
    assert days.current.day == CULTURE_DAY


def test_a_day_is_taken_out_and_put_back(qtbot: QtBot, days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    days.show_day(CULTURE_DAY)
    days.table.setFocus()
    qtbot.keyClick(days.table, Qt.Key.Key_Delete)
    settle()
    assert workspace.read(holidays.calendar).is_workday(CULTURE_DAY)
    assert days.out.text() == "Put it back"
    days.out.click()
    settle()
    assert not workspace.read(holidays.calendar).is_workday(CULTURE_DAY)
    assert days.out.text() == "Take it out"


def test_days_are_exchanged_as_one_step(days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    days.begin_swap()
    form = days.swap_card.form
    for name, value in (("off", date(2026, 11, 23)), ("worked", date(2026, 11, 28)), ("name", "Nghỉ hoán đổi")):
        form.editor(name).set_value(value)
    days.swap_card.go.click()
    settle()
    known = workspace.read(holidays.calendar)
    assert not known.is_workday(date(2026, 11, 23))
    assert known.is_workday(date(2026, 11, 28))
    step = workspace.read(history.next_undo)
    assert step is not None
    workspace.write(history.undo, step.txn)
    known = workspace.read(holidays.calendar)
    assert known.is_workday(date(2026, 11, 23))
    assert not known.is_workday(date(2026, 11, 28))


def test_an_exchange_needs_a_workday_and_a_weekend(days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    before = workspace.read(holidays.holidays, 2026)
    days.begin_swap()
    form = days.swap_card.form
    for name, value in (("off", date(2026, 11, 28)), ("worked", date(2026, 11, 23)), ("name", "Nhầm")):
        form.editor(name).set_value(value)
    days.swap_card.go.click()
    settle()
    assert form.editor("off").widget.property("invalid")
    assert form.editor("worked").widget.property("invalid")
    assert "free anyhow" in form.editor("off").widget.accessibleDescription()
    assert workspace.read(holidays.holidays, 2026) == before


def test_counting_working_days(qtbot: QtBot, days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    card = days.counting
    card.start.set_value(date(2026, 11, 20))
    card.days.clear()
    qtbot.keyClicks(card.days, "3")
    assert card.result.text() == "Thursday, 26/11/2026"
    assert "24/11/2026 Ngày Văn hóa Việt Nam" in card.told.text()
    workspace.write(holidays.keep_holiday, date(2026, 11, 25), "Nghỉ của xã", HolidayKind.HOLIDAY)
    settle()
    assert card.result.text() == "Friday, 27/11/2026"


def test_counting_by_a_deadline_of_the_standard(days: DaysTopic) -> None:
    card = days.counting
    card.start.set_value(date(2026, 11, 20))
    card.deadline.set_value("in_year_decision")
    card.deadline.chosen.emit()
    assert card.days.text() == "15"
    assert card.result.text() == "Saturday, 05/12/2026"
    assert card.told.text() == "All days are counted, as the standard says. The last day is a day off."


def test_counting_into_a_year_without_a_table_warns(days: DaysTopic) -> None:
    card = days.counting
    card.start.set_value(date(2027, 12, 28))
    card.days.setText("10")
    card.count()
    assert "2028" in card.warning.text()


def test_a_number_of_one_s_own_is_no_deadline_any_more(qtbot: QtBot, days: DaysTopic) -> None:
    card = days.counting
    card.deadline.set_value("in_year_decision")
    card.deadline.chosen.emit()
    assert not card.working
    card.days.clear()
    qtbot.keyClicks(card.days, "7")
    assert card.deadline.value() is None
    assert card.working


def test_a_day_before_every_standard_has_no_deadlines(days: DaysTopic) -> None:
    card = days.counting
    card.start.set_value(date(2010, 3, 1))
    card.count()
    assert card.deadline.count() == 1
    assert card.result.text() == "Thursday, 04/03/2010"
    assert "2010" in card.warning.text()


@pytest.mark.parametrize("typed", ["", "x", "401", "-1"])
def test_a_number_that_cannot_be_counted_is_said(days: DaysTopic, typed: str) -> None:
    days.counting.days.setText(typed)
    days.counting.count()
    assert days.counting.result.text() == "–"
    assert "from 0 to 400" in days.counting.told.text()


# ---- authorities


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


# ---- who may, and words


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

"""Answers before an import: known people, left-out households, year, hamlets, columns."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.services import households, imports, offices
from casemgr.workspace import Workspace
from tests.support.imports_page import HEAD, OTHER, TITLES, Settle, changes, everyone, read
from tests.support.pages import press, text_of
from tests.support.workbooks import write_xlsx
from tests.support.workspaces import Make
from ui.pages.imports.page import ImportsPage
from ui.widgets.choice_box import ChoiceBox


def choose(widget: QWidget, name: str, value: object) -> None:
    box = widget.findChild(ChoiceBox, name)
    assert box is not None
    box.set_value(value)
    box.activated.emit(box.currentIndex())


def test_known_people_are_a_question_that_holds_the_household_back(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, make: Make, usual: Path, settle: Settle
) -> None:
    elsewhere = make.household(
        make.person("Trần Văn Út", id_number="083085004321", birth=PartialDate(1985, 3, 5)), hamlet="Quân An"
    )
    review = read(page, usual, settle)
    assert review.apply.text() == "Import 1 household"
    assert "same identity number as Trần Văn Út" in text_of(review, "known0Text")
    changes(qtbot, review, lambda: choose(review, "known0", "link"), settle)
    assert review.reading is not None
    assert "head-elsewhere" not in str(review.reading.plan.households[0].blocks)
    assert review.apply.text() == "Import 2 households"
    press(qtbot, review, "importApply")
    settle()
    assert [member.person.full_name for member in workspace.read(households.view, elsewhere).members] == []


def test_one_answer_serves_all_known_people(
    qtbot: QtBot, page: ImportsPage, make: Make, usual: Path, settle: Settle
) -> None:
    make.household(make.person("Trần Văn Út", id_number="083085004321", birth=PartialDate(1985, 3, 5)))
    review = read(page, usual, settle)
    changes(qtbot, review, lambda: choose(review, "importKnownDefault", "skip"), settle)
    assert review.reading is not None
    assert review.reading.plan.households[0].new_people == 1
    assert review.apply.text() == "Import 2 households"


def test_a_household_can_be_left_out_and_taken_in_again(
    qtbot: QtBot, page: ImportsPage, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    review.plan.table.go(1)
    changes(qtbot, review, lambda: press(qtbot, review, "importSkip"), settle)
    assert review.apply.text() == "Import 1 household"
    assert review.plan.skip.text() == "Take it in again"
    changes(qtbot, review, lambda: press(qtbot, review, "importSkip"), settle)
    assert review.apply.text() == "Import 2 households"


def test_year_decision_and_class_are_said_for_the_whole_list(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    bare = [row[:-1] for row in (TITLES, HEAD, OTHER)]
    review = read(page, write_xlsx(tmp_path / "khong-loai.xlsx", {"Ds": bare}), settle)
    assert review.options.hint.text() == "The list names no class for 2 households."
    line = review.findChild(QLineEdit, "importOption_year")
    number = review.findChild(QLineEdit, "importOption_number")
    assert line is not None
    assert number is not None
    line.clear()
    qtbot.keyClicks(line, "2025")
    qtbot.keyClicks(number, "45/QD-UBND")
    changes(qtbot, review, lambda: choose(review, "importOption_value", HouseholdClass.POOR), settle)
    press(qtbot, review, "importApply")
    settle()
    (one, _two) = everyone(workspace)
    assert (one.classes[0].data.year, one.classes[0].data.value) == (2025, HouseholdClass.POOR)
    assert one.classes[0].decision is not None
    assert one.classes[0].decision.number == "45/QD-UBND"


def test_what_was_typed_last_is_shown_before_it_is_imported(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    line = review.findChild(QLineEdit, "importOption_year")
    assert line is not None
    line.clear()
    qtbot.keyClicks(line, "2027")
    press(qtbot, review, "importApply")
    settle()
    assert everyone(workspace) == []
    assert review.reading is not None
    assert review.reading.plan.year == 2027
    line.clear()
    qtbot.keyClicks(line, "1066")
    press(qtbot, review, "importApply")
    assert everyone(workspace) == []
    assert line.property("invalid")


def test_a_new_hamlet_is_added_or_said_to_be_another(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, make: Make, tmp_path: Path, settle: Settle
) -> None:
    moved = [[*HEAD[:7], "Ấp Tân Thới", "HN"], [*OTHER[:7], "Vĩnh Đức", "HCN"]]
    review = read(page, write_xlsx(tmp_path / "ap-moi.xlsx", {"Ds": [TITLES, *moved]}), settle)
    changes(qtbot, review, lambda: choose(review, "importHamlet1", make.hamlet("Quân An")), settle)
    press(qtbot, review, "importApply")
    settle()
    names = [view.data.full_name for view in workspace.read(offices.hamlets)]
    assert "Ấp Tân Thới" in names
    assert not any("Vĩnh Đức" in name for name in names)
    assert [view.hamlet for view in everyone(workspace)] == ["Ấp Tân Thới", "Ấp Quân An"]


def test_a_column_can_be_read_otherwise_and_is_remembered(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    titles = [*TITLES[:5], "Mã thẻ", *TITLES[6:]]
    path = write_xlsx(tmp_path / "ma-the.xlsx", {"Ds": [titles, HEAD, OTHER]})
    review = read(page, path, settle)
    review.tabs.setCurrentIndex(1)
    assert [label.text() for label in review.columns.findChildren(QLabel) if label.text() == "Mã thẻ"]
    changes(qtbot, review, lambda: choose(review, "field_Ds_F", "identity"), settle)
    assert review.reading is not None
    assert review.reading.imported.households[0].head.data.id_number == "083160001234"
    press(qtbot, review, "importApply")
    settle()
    assert len(workspace.read(imports.remembered_columns)) == 1
    again = read(page, path, settle)
    assert again.reading is not None
    assert again.reading.imported.households[0].head.data.id_number == "083160001234"


def test_a_question_of_the_reader_is_answered_in_place(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path, settle: Settle
) -> None:
    rows = [
        [n, f"Nguyễn Văn {chr(64 + n)}n", "Chủ hộ", f"01/01/{1950 + n}", "Nam", None, "Kinh", "Phú Nhơn", "HN"]
        for n in range(1, 13)
    ]
    review = read(page, write_xlsx(tmp_path / "mot-mot.xlsx", {"Ds": [TITLES, *rows]}), settle)
    box = review.findChild(QCheckBox, "importQuestion0")
    assert box is not None
    assert "01/01" in box.accessibleName()
    changes(qtbot, review, lambda: qtbot.keyClick(box, Qt.Key.Key_Space), settle)
    assert review.reading is not None
    assert review.reading.imported.households[0].head.data.birth == PartialDate(1951)
    again = review.findChildren(QCheckBox, "importQuestion0")[-1]
    assert again.isChecked()

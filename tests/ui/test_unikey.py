"""Vietnamese typed as Unikey types it (Backspace and whole letters) arrives as meant in every field."""

import unicodedata

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.editors import LineEditor, NotesEditor
from ui.mainwindow import MainWindow
from ui.pages.households.members_grid import DraftsModel, MembersGrid
from ui.sections import SECTIONS
from ui.widgets.date_edit import DateEdit
from ui.widgets.search_box import Hit, SearchBox

NAMES = (
    "Nguyễn Thị Á",
    "Đặng Văn Ưởng",
    "Trần Quốc Vượng",
    "Phạm Hoàng Ngọc Tuyết",
    "Lê Thị Ỷ",
    "NGUYỄN ĐỨC THUẬN",
    "Võ Thị Kiều Oanh",
)


def strokes(letter: str) -> list[str]:
    """What Unikey sends for one letter: the base, then for each mark a Backspace and the composed letter."""
    if letter in "đĐ":
        return ["d" if letter == "đ" else "D", "\b", letter]
    marks = unicodedata.normalize("NFD", letter)
    sent = [marks[0]]
    for end in range(2, len(marks) + 1):
        sent += ["\b", unicodedata.normalize("NFC", marks[:end])]
    return sent


def press(widget: QWidget, sent: list[str], *, form: str = "NFC") -> None:
    for stroke in sent:
        if stroke == "\b":
            QTest.keyClick(widget, Qt.Key.Key_Backspace)
        else:
            for letter in unicodedata.normalize(form, stroke):
                QTest.sendKeyEvent(
                    QTest.KeyAction.Click, widget, Qt.Key.Key_unknown, letter, Qt.KeyboardModifier.NoModifier, -1
                )
        QApplication.processEvents()


def type_letters(widget: QWidget, text: str) -> None:
    for letter in text:
        press(widget, strokes(letter))


def type_whole_words(widget: QWidget, text: str) -> None:
    """The other way input methods work: the word raw, then all of it taken back and written anew."""
    for number, word in enumerate(text.split(" ")):
        raw = "".join(
            c
            for c in unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
            if not unicodedata.combining(c)
        )
        press(widget, list((" " if number else "") + raw) + ["\b"] * len(raw) + list(word))


WAYS = pytest.mark.parametrize("way", [type_letters, type_whole_words])


@WAYS
@pytest.mark.parametrize("name", NAMES)
def test_lines_and_notes(qtbot: QtBot, way: object, name: str) -> None:
    line, notes = LineEditor(), NotesEditor()
    for editor in (line, notes):
        qtbot.addWidget(editor.widget)
        editor.widget.show()
        editor.widget.setFocus()
        way(editor.widget, name)
        assert editor.value() == name


@WAYS
def test_the_search_box_with_its_list_open(qtbot: QtBot, way: object) -> None:
    asked: list[str] = []

    def find(text: str) -> list[Hit]:
        asked.append(text)
        return [Hit("user", other, "", None) for other in NAMES]

    box = SearchBox(find)
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    way(box, NAMES[0])
    assert box.text() == NAMES[0]
    assert NAMES[0] in asked


def test_the_filter_of_the_list(window: MainWindow) -> None:
    line = window.current_page.list.text
    type_letters(line, "Nguyễn Thị Á")
    assert line.text() == "Nguyễn Thị Á"


def test_a_cell_of_the_new_household(qtbot: QtBot) -> None:
    drafts = DraftsModel()
    grid = MembersGrid(drafts)
    qtbot.addWidget(grid)
    grid.show()
    grid.setCurrentIndex(drafts.index(0, 0))
    cell = grid.findChild(QLineEdit, "memberCell")
    type_letters(cell, "Đặng Văn Ưởng")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert drafts.lines[0].name == "Đặng Văn Ưởng"


def test_output_in_decomposed_unicode_is_composed(qtbot: QtBot) -> None:
    editor = LineEditor()
    qtbot.addWidget(editor.widget)
    editor.widget.show()
    press(editor.widget, list("Nguyễn Thị Ẩn"), form="NFD")
    assert editor.value() == unicodedata.normalize("NFC", "Nguyễn Thị Ẩn")


def test_letters_in_a_date_do_no_harm(qtbot: QtBot) -> None:
    field = DateEdit()
    qtbot.addWidget(field)
    field.show()
    type_letters(field, "tháng 3")
    assert field.text() == "tháng 3"
    assert field.problem()


def test_no_field_completes_inside_the_line(window: MainWindow) -> None:
    for section in SECTIONS:
        window.page(section.page)
    for combo in window.findChildren(QComboBox):
        assert not combo.isEditable(), combo.objectName()
    for completer in window.findChildren(QCompleter):
        assert completer.completionMode() != QCompleter.CompletionMode.InlineCompletion
    assert window.findChildren(QPlainTextEdit) is not None

"""Controls that know no feature: choices, chips, messages, search box, status, preview, printing, sheet of keys."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from casemgr.errors import AppError
from casemgr.jobs import silent
from ui import theme
from ui.translation import Languages
from ui.widgets.badge import Badge, badge_size
from ui.widgets.chips import Chip, Chips
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.message_bar import MessageBar, Notice
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_view import PdfView
from ui.widgets.printing import PrintDialog, PrinterError, PrintOrder, paint, print_pdf, read_pages
from ui.widgets.search_box import Hit, SearchBox
from ui.widgets.shortcut_sheet import ShortcutSheet
from ui.widgets.status_line import StatusLine


def make_pdf(pages: int = 2) -> bytes:
    memory = BytesIO()
    canvas = Canvas(memory, pagesize=A4)
    for number in range(pages):
        canvas.drawString(100, 700, f"trang {number + 1}")
        canvas.rect(72, 72, 144, 144, fill=1)
        canvas.showPage()
    canvas.save()
    return memory.getvalue()


WORDS = ("Ấp Phú Nhơn", "Ấp Quân An", "Khu phố Đông", "Hộ nghèo")


@pytest.fixture
def choices(qtbot: QtBot) -> ChoiceBox[str]:
    box: ChoiceBox[str] = ChoiceBox()
    qtbot.addWidget(box)
    box.set_choices(
        [(name, lambda name=name: name) for name in ("Ấp Phú Nhơn", "Ấp Quân An", "Khu phố Đông", "Hộ nghèo")]
    )
    box.show()
    return box


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ho ngh", "Hộ nghèo"), ("quan", "Ấp Quân An"), ("dong", "Khu phố Đông"), ("ap q", "Ấp Quân An")],
)
def test_a_choice_is_found_without_accents(choices: ChoiceBox[str], typed: str, found: str) -> None:
    choices.setFocus()
    QTest.keyClicks(choices, typed)
    assert choices.value() == found


def test_a_choice_keeps_its_value_and_forgets_unknown_ones(choices: ChoiceBox[str]) -> None:
    choices.set_value("Ấp Quân An")
    choices.set_choices([("Ấp Quân An", lambda: "Ấp Quân An"), ("x", lambda: "x")])
    assert choices.value() == "Ấp Quân An"
    choices.set_value("nơi khác")
    assert choices.value() is None


@pytest.mark.parametrize("size", [10, 15])
def test_a_chip_that_is_on_shows_its_words_whole(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    theme.apply(qapp, "light", text_size=size)
    chips = Chips([Chip("missed", lambda: "Đủ điều kiện nhưng chưa nhận")])
    qtbot.addWidget(chips)
    chips.set_counts({"missed": 112})
    chips.show()
    button = chips.findChild(QToolButton, "chip_missed")
    assert button is not None
    heavy = QFont(button.font())
    heavy.setWeight(QFont.Weight.DemiBold)
    button.click()
    assert button.width() >= QFontMetrics(heavy).horizontalAdvance(button.text()) + 2 * (theme.theme().px(10) + 1)


def test_chips_switch_and_count(qtbot: QtBot) -> None:
    chips = Chips([Chip("poor", lambda: "Nghèo"), Chip("near", lambda: "Cận nghèo")], single=True)
    qtbot.addWidget(chips)
    chips.show()
    buttons = {key: button for key, (_chip, button) in chips._buttons.items()}
    with qtbot.waitSignal(chips.changed):
        buttons["poor"].click()
    buttons["near"].click()
    assert chips.on() == ("near",)
    chips.set_counts({"near": 12})
    assert buttons["near"].accessibleName() == "Cận nghèo  12"
    assert chips._layout.heightForWidth(60) > chips._layout.heightForWidth(600)


def test_the_message_bar_tells_and_closes(qtbot: QtBot) -> None:
    bar, done = MessageBar(), []
    qtbot.addWidget(bar)
    bar.show_notice(Notice("Ổ đĩa đầy.", "poor", "Thử lại", lambda: done.append(1)))
    assert bar.isVisibleTo(None)
    assert (bar.text, bar.tone) == ("Ổ đĩa đầy.", "poor")
    bar._verb.click()
    assert done == [1]
    assert bar.text == ""
    bar.show_notice(Notice("Đã lưu.", "ok"))
    assert bar._timer.isActive()
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar._timer.isActive()
    assert bar.text == ""


@pytest.fixture
def searching(qtbot: QtBot) -> Iterator[SearchBox]:
    def find(text: str) -> Sequence[Hit]:
        return [Hit("user", name, "H-00001", name, "Nghèo", "poor") for name in ("Á", "Ái") if text != "không"]

    window = QMainWindow()
    qtbot.addWidget(window)
    box = SearchBox(find)
    window.setCentralWidget(box)
    window.show()
    box.setFocus()
    yield box
    window.hide()


def test_the_search_box_offers_and_opens_by_keys(qtbot: QtBot, searching: SearchBox) -> None:
    QTest.keyClicks(searching, "a")
    qtbot.waitUntil(searching.popup.isVisible)
    assert [hit.title for hit in searching.hits()] == ["Á", "Ái"]
    assert searching.text() == "a"
    QTest.keyClick(searching, Qt.Key.Key_Down)
    with qtbot.waitSignal(searching.chosen) as chosen:
        QTest.keyClick(searching, Qt.Key.Key_Return)
    assert chosen.args == ["Ái"]
    assert searching.text() == ""
    assert not searching.popup.isVisible()


def test_enter_right_after_typing_searches_first(qtbot: QtBot, searching: SearchBox) -> None:
    searching.setText("a")
    with qtbot.waitSignal(searching.chosen) as chosen:
        QTest.keyClick(searching, Qt.Key.Key_Return)
    assert chosen.args == ["Á"]


def test_nothing_found_is_said_and_cannot_be_opened(qtbot: QtBot, searching: SearchBox) -> None:
    searching.setText("không")
    qtbot.waitUntil(searching.popup.isVisible)
    with qtbot.assertNotEmitted(searching.chosen):
        QTest.keyClick(searching, Qt.Key.Key_Return)
    QTest.keyClick(searching, Qt.Key.Key_Escape)
    assert not searching.popup.isVisible()


def test_the_status_line_says_only_what_it_is_told(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show()
    assert line.undo.isHidden()
    line.show_saved(datetime(2026, 11, 24, 2, 41, 5, tzinfo=UTC))
    saved = line.saved.text()
    assert ":41:05" in saved
    line.show_saved(None, saving=True)
    assert line.saved.text() != saved
    line.show_undo("đổi ngày sinh Trần Văn Dũng")
    assert "Trần Văn Dũng" in line.undo.text()
    for days in (None, 0, 3, 30):
        line.show_backup(days)
        assert line.backup.text() == line.backup.accessibleName() != ""
    line.show_job("Đang nhập", 3, 10)
    assert line.bar.value() == 3
    assert not line.stop.isHidden()
    line.show_job("")
    assert line.stop.isHidden()


def test_a_badge_is_as_wide_as_its_word(qtbot: QtBot) -> None:
    badge = Badge("Nghèo", "poor")
    qtbot.addWidget(badge)
    narrow = badge.sizeHint().width()
    badge.show_text("Hộ thoát cận nghèo", "ok")
    assert badge.sizeHint().width() > narrow
    assert badge.accessibleName() == "Hộ thoát cận nghèo"
    badge.show()
    badge.grab()


def test_an_elided_label_keeps_its_whole_text(qtbot: QtBot) -> None:
    label = ElidedLabel("Nguyễn Hoàng Thị Phương Thảo Nguyên Ngọc Bích")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.grab()
    assert label.toolTip() == label.text()


def test_an_empty_place_says_what_to_do(qtbot: QtBot) -> None:
    empty = EmptyState("house-line", lambda: "Chưa có hộ nào", lambda: "Nhập danh sách.", (lambda: "Thêm hộ mới",))
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(empty.chosen) as chosen:
        empty._buttons[0][1].click()
    assert chosen.args == [0]
    assert any(label.text() == "Chưa có hộ nào" for label in empty.findChildren(QLabel))


def test_the_preview_shows_pages_and_zooms(qtbot: QtBot) -> None:
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    assert view.page_count == 0
    view.show_pdf(make_pdf(3))
    assert view.page_count == 3
    assert "trang 2" in view.page_text(2)
    view.fit_width()
    fitted = view.zoom
    view.resize(900, 600)
    QApplication.processEvents()
    assert view.zoom > fitted
    view.set_zoom(1.0)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == 1.25
    assert not view.grab().isNull()
    view.show_pdf(None)
    assert view.page_count == 0


def test_pages_come_at_their_own_size(tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    assert paint(make_pdf(3), printer, PrintOrder("", pages=(1, 3)), silent) == 2
    printed = pypdfium2.PdfDocument(file.read_bytes())
    assert len(printed) == 2
    width, height = printed.get_page_size(0)
    assert (round(width), round(height)) == (595, 842)
    printed.close()
    with PdfPages(file.read_bytes()) as pages:
        image = pages.image(0, 72)
    dark = [x for x in range(image.width()) if image.pixelColor(x, 842 - 144).lightness() < 100]
    assert abs(dark[-1] - dark[0] - 144) <= 2  # the square of two inches is two inches


def test_a_printer_that_is_not_there_is_told_in_words() -> None:
    with pytest.raises(PrinterError) as told:
        print_pdf(make_pdf(), PrintOrder("Máy in ở tầng hai"), silent)
    assert "Máy in ở tầng hai" in str(told.value)
    assert isinstance(told.value, AppError)


def test_without_a_printer_the_dialog_offers_the_file(qtbot: QtBot) -> None:
    dialog = PrintDialog(2, found=[])
    qtbot.addWidget(dialog)
    assert not dialog.print_button.isEnabled()
    assert dialog.problem.text()
    dialog.file_button.click()
    assert dialog.result() == PrintDialog.TO_FILE


def test_the_dialog_takes_copies_and_pages(qtbot: QtBot) -> None:
    dialog = PrintDialog(5, found=["Canon LBP"])
    qtbot.addWidget(dialog)
    dialog.copies.setValue(3)
    dialog.pages.setText("1-9")
    dialog.print_button.click()
    assert dialog.problem.text()
    dialog.pages.setText("2-3, 5")
    dialog.print_button.click()
    assert dialog.order() == PrintOrder("Canon LBP", 3, (2, 3, 5))


@pytest.mark.parametrize("typed", ["0", "3-2", "9", "a", "1-"])
def test_pages_that_do_not_exist_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_pages(typed, 5)


def test_pixels_of_a_page_are_the_pages(qtbot: QtBot) -> None:
    with PdfPages(make_pdf(1)) as pages:
        image = pages.image(0, 72)
        assert (image.width(), image.height()) == (596, 842)
        assert image.pixelColor(150, 842 - 150).lightness() < 50
        assert image.pixelColor(10, 10).lightness() > 250


def test_the_sheet_shows_every_key(qtbot: QtBot) -> None:
    sheet = ShortcutSheet()
    sheet.open()
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Ctrl+K", "F2", "Ctrl+S", "Alt+Down"} <= words
    with qtbot.waitSignal(sheet.destroyed):
        sheet.close()


def test_every_badge_of_an_import_fits_its_column(languages: Languages) -> None:
    from casemgr.i18n import _
    from ui.pages.imports.lines import LINES, PLAN

    words = {
        "action": ("New", "Changes", "No change", "Held back", "Left out"),
        "weight": ("unread", "to check", "note", "held back", "change"),
    }
    columns = [column for column in (*PLAN, *LINES) if column.key in words]
    assert len(columns) == 2
    cut = [
        _(word) for column in columns for word in words[column.key] if badge_size(_(word)).width() + 8 > column.width
    ]
    assert cut == []

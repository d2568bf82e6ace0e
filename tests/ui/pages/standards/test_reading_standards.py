"""The standards: by date, part by part, with how sure each statement is."""

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.packs import shipped
from ui import theme
from ui.pages.standards.page import StandardsPage
from ui.pages.standards.parts import parts, unsure
from ui.places import Place
from ui.translation import Languages


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

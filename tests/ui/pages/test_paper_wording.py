"""The wording of the papers of the review on the settings page, through its widgets."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from casemgr.domain import paper_templates as keys
from casemgr.services import templates
from ui.desk import Desk
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.paper_wording import PaperWordingTopic

Settle = Callable[[], None]
TODAY = date(2026, 11, 24)


@pytest.fixture
def topic(qtbot: QtBot, desk: Desk) -> Iterator[PaperWordingTopic]:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.show_topic("papers")
    assert isinstance(page.pane, PaperWordingTopic)
    yield page.pane
    page.close()


def _choose(topic: PaperWordingTopic, key: str) -> None:
    row = list(keys.PAPERS).index(key)
    topic.papers.setCurrentIndex(row)
    topic.papers.activated.emit(row)


def _line(topic: PaperWordingTopic, name: str, text: str) -> None:
    assert topic.form is not None
    widget = topic.form.findChild(QLineEdit, f"paperWording_{name}")
    assert widget is not None
    widget.setText(text)
    widget.textEdited.emit(text)


def _save(topic: PaperWordingTopic, settle: Settle) -> None:
    assert topic.form is not None
    topic.form.save()
    settle()


def test_each_paper_shows_its_own_texts_and_its_specimen(topic: PaperWordingTopic) -> None:
    for key in keys.PAPERS:
        _choose(topic, key)
        assert topic._key == key
        assert topic.form is not None
        title = topic.form.form.editor("title")
        assert title.value() == keys.shipped_letters(key)[-1].wording.title
        assert topic.view.page_count >= 1


def test_a_text_is_changed_seen_and_kept_as_an_own_version(
    topic: PaperWordingTopic, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    _choose(topic, keys.REFUSAL)
    _line(topic, "symbol", "UBND-VHXH")
    qtbot.waitUntil(lambda: "UBND-VHXH" in topic.view.page_text(1))
    _line(topic, "version_title", "Công văn của xã")
    _save(topic, settle)
    kept = desk.workspace.read(templates.letter, keys.REFUSAL, TODAY)
    assert kept.own
    assert (kept.title, kept.wording.symbol) == ("Công văn của xã", "UBND-VHXH")
    assert topic._base == kept


def test_a_list_that_loses_a_line_is_marked_and_not_kept(topic: PaperWordingTopic, desk: Desk, settle: Settle) -> None:
    _choose(topic, keys.SURVEY)
    assert topic.form is not None
    box = topic.form.findChild(QPlainTextEdit, "paperWording_waters")
    assert box is not None
    box.setPlainText("Nước máy\nGiếng khoan")
    _line(topic, "version_title", "Ngắn")
    _save(topic, settle)
    assert box.property("invalid")
    assert not [each for each in desk.workspace.read(templates.letter_versions, keys.SURVEY) if each.own]


def test_what_was_not_read_in_the_official_form_says_so(topic: PaperWordingTopic) -> None:
    _choose(topic, keys.REQUEST_LEAVE)
    assert topic.form is not None
    assert topic.told.isVisible()
    widget = topic.form.form.editor("oath").widget
    assert "Mẫu số 04" in widget.accessibleDescription()


def test_fields_have_names_for_readers_and_tests(topic: PaperWordingTopic) -> None:
    assert topic.form is not None
    assert topic.form.findChild(QLineEdit, "paperWording_version_title") is not None

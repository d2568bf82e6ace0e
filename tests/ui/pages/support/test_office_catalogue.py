"""Overlaps and facts of the office, and the story of a programme nobody programmed: from the fact to the pay-out."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casemgr.domain.entitlement_facts import About
from casemgr.domain.programmes import Action, Measure, Span
from casemgr.domain.support import DeliveryStatus, EnrolmentData, EnrolmentStatus, FundSource, Unit
from casemgr.services import circumstances, deliveries, distributions, enrolments, overlaps, programmes
from casemgr.workspace import Workspace
from tests.support.pages import press
from tests.support.support import Supported
from tests.support.support_page import TODAY, Settle, propose
from ui.desk import Desk
from ui.pages.support.condition_editor import ConditionEditor
from ui.pages.support.entry_topic import EntryTopic
from ui.pages.support.facts_topic import FactsTopic
from ui.pages.support.overlaps_topic import OverlapsTopic
from ui.pages.support.page import SupportPage
from ui.pages.support.programmes_topic import ProgrammesTopic
from ui.pages.support.rates_topic import RatesTopic
from ui.who_editor import Chosen
from ui.widgets.message_bar import Notice


@pytest.fixture
def supported(workspace: Workspace) -> Supported:
    return Supported(workspace)


def _overlaps(page: SupportPage) -> OverlapsTopic:
    page.show_topic("overlaps")
    assert isinstance(page.topic, OverlapsTopic)
    return page.topic


def _facts(page: SupportPage) -> FactsTopic:
    page.show_topic("facts")
    assert isinstance(page.topic, FactsTopic)
    return page.topic


def test_every_overlap_rule_is_listed_with_what_it_does_and_how_sure_it_is(page: SupportPage) -> None:
    topic = _overlaps(page)
    assert len(topic.rows) == 17
    shown = [[topic.model.index(row, column).data() for column in range(5)] for row in range(topic.model.rowCount())]
    assert ["HTXH; TCXH", "The higher one", "At the same time", "Per person", "Read in the document"] in shown
    assert {line[4] for line in shown} == {"Read in the document", "Recalled, to be compared"}


def test_a_shipped_overlap_is_changed_told_and_given_back(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace, said: list[Notice]
) -> None:
    topic = _overlaps(page)
    before = workspace.read(programmes.content, "exclusion", "NUOC-PT")
    topic.go("NUOC-PT")
    press(qtbot, topic, "overlapEdit")
    topic.card.form.put("action", Action.WARN)
    topic.card.form.put("certainty", "U")
    press(qtbot, topic, "overlapGo")
    settle()
    assert topic.card.isHidden()
    assert workspace.read(programmes.content, "exclusion", "NUOC-PT") == before | {"action": "warn", "certainty": "U"}
    assert topic.current is not None
    assert topic.current.exclusion.id == "NUOC-PT"
    assert any("refuses nobody" in text for text in topic.told.texts)
    topic.table.setFocus()
    qtbot.keyClick(topic.table, Qt.Key.Key_Delete)
    settle()
    assert workspace.read(programmes.content, "exclusion", "NUOC-PT") == before
    assert [notice.text for notice in said] == ["The shipped entry is back."]


def test_the_office_adds_an_overlap_and_faults_stand_beside_their_fields(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace
) -> None:
    topic = _overlaps(page)
    press(qtbot, topic, "overlapAdd")
    for name, value in {
        "id": "QUA-XA",
        "text": "Mỗi hộ chỉ nhận một phần quà mỗi đợt.",
        "action": Action.BLOCK,
        "span": Span.PERIOD,
        "scope": Unit.HOUSEHOLD,
        "citation": "Quy chế của xã",
    }.items():
        topic.card.form.put(name, value)
    press(qtbot, topic, "overlapGo")
    assert topic.card.form._lines["programmes"].problem.text() == "Please fill in"
    chooser = topic.card.form.editor("programmes")
    for code in ("QUA-XH", "QVNN"):
        chooser.box.set_value(code)
        chooser.box.chosen.emit()
    press(qtbot, topic, "overlapGo")
    settle()
    assert topic.card.isHidden()
    row = next(row for row in workspace.read(overlaps.overlaps) if row.exclusion.id == "QUA-XA")
    assert (row.codes, row.exclusion.action, row.own) == (("QUA-XH", "QVNN"), Action.BLOCK, True)


def test_a_fact_some_rule_asks_is_not_taken_out_and_one_with_a_bad_code_not_kept(
    page: SupportPage, qtbot: QtBot, settle: Settle, said: list[Notice]
) -> None:
    topic = _facts(page)
    topic.go("pension")
    press(qtbot, topic, "factOut")
    settle()
    assert "pension" in said[-1].text
    press(qtbot, topic, "factAdd")
    typed = {"name": "nuôi bò", "yes": "Có nuôi bò", "no": "Không nuôi bò", "code": "Nuôi bò"}
    for name, value in typed.items():
        topic.card.form.put(name, value)
    press(qtbot, topic, "factGo")
    settle()
    assert topic.card.isVisible()
    assert "small letters" in topic.card.form._lines["code"].problem.text()


@pytest.mark.parametrize(("about", "card"), [(About.HOUSEHOLD, True), (About.PERSON, True), (About.COMMUNE, False)])
def test_a_fact_of_the_office_is_offered_where_it_is_noted_and_in_the_builder(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace, desk: Desk, about: About, card: bool
) -> None:
    topic = _facts(page)
    press(qtbot, topic, "factAdd")
    typed = {"name": "bị ảnh hưởng xâm nhập mặn", "yes": "Bị ảnh hưởng", "no": "Không bị", "about": about}
    for name, value in typed.items():
        topic.card.form.put(name, value)
    press(qtbot, topic, "factGo")
    settle()
    assert topic.current is not None
    code = topic.current.fact.code
    assert code == "bi_anh_huong_xam_nhap_man"
    offered = {
        fact.code for one in (About.PERSON, About.HOUSEHOLD) for fact in workspace.read(circumstances.askable, one)
    }
    assert (code in offered) is card
    assert (code in workspace.read(programmes.commune_facts)) is not card
    found = workspace.read(programmes.catalogue)
    editor = ConditionEditor(desk, found, Unit.PERSON, "condition")
    qtbot.addWidget(editor.widget)
    editor.set_value({"fact": code})
    assert editor.builder.asking.fact.value() == code
    assert editor.builder.words.text() == "For whom: Bị ảnh hưởng"


def _type(topic: ProgrammesTopic, values: dict[str, object]) -> None:
    assert topic.pane is not None
    for name, value in values.items():
        topic.pane.form.put(name, value)


def test_a_programme_made_in_the_window_is_judged_enrolled_and_paid_out_without_code(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace, village: list[UUID], supported: Supported
) -> None:
    """The commune pays for fresh water while the river is salt: twice its own rate to poor households it hits."""
    hit, asked, *_others = village
    facts = _facts(page)
    press(qtbot, facts, "factAdd")
    for name, value in {
        "name": "bị xâm nhập mặn",
        "yes": "Hộ bị xâm nhập mặn",
        "no": "Hộ không bị xâm nhập mặn",
        "about": About.HOUSEHOLD,
        "code": "xam_nhap_man",
    }.items():
        facts.card.form.put(name, value)
    press(qtbot, facts, "factGo")
    settle()

    page.show_topic("rates")
    rates = page.topic
    assert isinstance(rates, RatesTopic)
    press(qtbot, rates, "rateAdd")
    for name, value in {
        "code": "XA.NUOC",
        "name": "Mức hỗ trợ nước ngọt của xã",
        "valid_from": TODAY.replace(month=1, day=1),
        "value": 150_000,
        "measure": Measure.DONG,
    }.items():
        rates.card.form.put(name, value)
    press(qtbot, rates, "rateGo")
    settle()
    page.show_topic("programmes")
    topic = page.topic
    assert isinstance(topic, ProgrammesTopic)
    press(qtbot, topic, "programmeAdd")
    _type(topic, {"code": "NUOC-XA", "name": "Hỗ trợ nước ngọt mùa hạn mặn", "group": "living"})
    _type(topic, {"unit": "household", "kind": "cash"})
    assert topic.pane is not None
    topic.pane.save()
    settle()
    press(qtbot, topic, "ruleAdd")
    _type(topic, {"citations": "Nghị quyết số 05/NQ-HĐND xã", "rate": "XA.NUOC", "times": "2", "period": "month"})
    _type(topic, {"valid_from": TODAY.replace(month=1, day=1)})
    assert topic.pane is not None
    editor = topic.pane.form.editor("condition")
    assert isinstance(editor, ConditionEditor)
    builder = editor.builder
    for fact in ("class", "xam_nhap_man"):
        qtbot.keyClick(builder.tree, Qt.Key.Key_Insert)
        builder.asking.fact.set_value(fact)
        builder.asking.fact.chosen.emit()
    assert "Hộ bị xâm nhập mặn" in builder.words.text()
    builder.trial.who.show_chosen(Chosen(hit))
    builder.trial.who.changed.emit()
    assert "cannot be said. To be asked: bị xâm nhập mặn" in builder.trial.told.texts[0]
    topic.pane.save()
    settle()
    assert topic.pane is None
    assert workspace.read(programmes.content, "rule", topic.card.rules[0].rule.id)["condition"] == {
        "all": [{"fact": "class", "in": ["poor"]}, {"fact": "xam_nhap_man"}]
    }
    assert topic.card.rules[0].amount == 300_000

    unknown = supported.entitled(hit, "NUOC-XA")
    assert unknown is not None
    assert (unknown.result, unknown.missing_facts) == (None, ("xam_nhap_man",))
    supported.note(hit, supported.people(hit)[0], "xam_nhap_man=yes")
    supported.note(asked, supported.people(asked)[0], "xam_nhap_man=no")
    told, refused = supported.entitled(hit, "NUOC-XA"), supported.entitled(asked, "NUOC-XA")
    assert told is not None
    assert refused is not None
    assert (told.result, told.amount, told.citation) == (True, 300_000, "Nghị quyết số 05/NQ-HĐND xã")
    assert (refused.result, refused.reason) == (False, ("Hộ không bị xâm nhập mặn",))

    place = EnrolmentData(
        "NUOC-XA", hit, None, status=EnrolmentStatus.APPROVED, decision_number="7/QĐ-UBND", decision_on=TODAY
    )
    workspace.write(enrolments.keep_enrolment, place)
    assert [one.data.programme for one in workspace.read(enrolments.of_household, hit)] == ["NUOC-XA"]

    propose(page, qtbot, settle, programme="NUOC-XA", title="Nước ngọt tháng 11", source=FundSource.COMMUNE)
    making = page.distributions.making
    assert [(line.name, line.amount) for line in making.model.lines] == [("Nguyễn Thị Á", 300_000)]
    press(qtbot, making, "makeGo")
    settle()
    shown = page.distributions.list
    assert shown.view is not None, making.told.texts
    press(qtbot, shown, "listNext")
    card = shown.cards.cards["approve"]
    card.form.put("decision_number", "128/QĐ-UBND")
    card.form.put("decision_on", TODAY)
    press(qtbot, shown, "list_approveGo")
    settle()
    (row,) = workspace.read(distributions.rows, shown.view.id)
    assert row.status is DeliveryStatus.APPROVED
    (entry,) = workspace.read(deliveries.of_household, hit)
    assert (entry.data.programme, entry.worth) == ("NUOC-XA", 300_000)


def test_who_may_only_read_changes_neither_overlaps_nor_facts(
    page: SupportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.desk, "may", lambda _permission: False)
    for name in ("overlaps", "facts"):
        page.show_topic(name)
        topic = page.topic
        assert isinstance(topic, EntryTopic)
        assert topic.rows
        assert not topic.add.isEnabled()
        assert not topic.edit.isEnabled()


def test_a_sum_beside_a_rate_is_told_at_its_field(page: SupportPage, qtbot: QtBot, settle: Settle) -> None:
    page.show_topic("programmes")
    topic = page.topic
    assert isinstance(topic, ProgrammesTopic)
    qtbot.keyClicks(topic.text, "HTXH")
    press(qtbot, topic.card, "ruleEdit")
    assert topic.pane is not None
    topic.pane.form.put("fixed", 500_000)
    assert topic.pane.save()
    settle()
    assert topic.pane is not None
    told = topic.pane.form._lines["rate"].problem.text()
    assert told == "An amount is either a sum or a rate, not both."
    topic.pane.form.load(topic.pane.form.values())


def test_what_is_typed_beside_the_list_is_not_left_unsaved(page: SupportPage, qtbot: QtBot, said: list[Notice]) -> None:
    topic = _facts(page)
    press(qtbot, topic, "factAdd")
    assert topic.may_leave()
    topic.card.form.put("name", "nuôi bò")
    assert not topic.may_leave()
    assert "not saved" in said[-1].text
    press(qtbot, topic, "factCancel")
    assert topic.may_leave()

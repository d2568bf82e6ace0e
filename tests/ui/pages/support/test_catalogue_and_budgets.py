"""The catalogue of programmes with the office's own, rates, facts of the commune, and budgets."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casemgr.domain.support import BudgetData, FundSource
from casemgr.services import budgets, programmes
from casemgr.workspace import Workspace
from tests.support.pages import press
from tests.support.support_page import TODAY, Settle, propose
from ui.form_pane import FormPane
from ui.pages.support.budgets_topic import BudgetsTopic
from ui.pages.support.page import SupportPage
from ui.pages.support.programmes_topic import ProgrammesTopic
from ui.pages.support.rates_topic import RatesTopic
from ui.widgets.message_bar import Notice


def beside(pane: FormPane, field: str) -> str:
    """What stands beside a field."""
    return pane.form._lines[field].problem.text()


def catalogue(page: SupportPage) -> ProgrammesTopic:
    page.show_topic("programmes")
    assert isinstance(page.topic, ProgrammesTopic)
    return page.topic


def test_a_programme_is_found_by_typing_and_shows_its_rules_and_law(page: SupportPage, qtbot: QtBot) -> None:
    topic = catalogue(page)
    assert topic.model.rowCount() >= 52
    qtbot.keyClicks(topic.text, "tien dien")
    assert [topic.model.row(n).programme.code for n in range(topic.model.rowCount())] == ["DIEN"]
    assert topic.view is not None
    assert topic.card.model.rowCount() == len(topic.view.rules)
    assert any(text.startswith("Legal basis") for text in topic.card.told.texts)
    assert any("14/2025" in text for text in topic.card.told.texts)


def test_the_office_writes_a_programme_and_a_rule_without_code(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace
) -> None:
    topic = catalogue(page)
    press(qtbot, topic, "programmeAdd")
    assert topic.pane is not None
    for name, value in {
        "code": "GAO-TET",
        "name": "Gạo cứu trợ Tết của xã",
        "group": "living",
        "unit": "household",
        "kind": "goods",
    }.items():
        topic.pane.form.put(name, value)
    topic.pane.save()
    settle()
    assert topic.pane is None
    assert topic.view is not None
    assert topic.view.programme.code == "GAO-TET"
    assert topic.view.own
    press(qtbot, topic, "ruleAdd")
    assert topic.pane is not None
    poor = {"fact": "class", "in": ["poor"]}
    for name, value in {"citations": "Nghị quyết 05/NQ-HĐND", "condition": poor, "fixed": 300_000}.items():
        topic.pane.form.put(name, value)
    topic.pane.form.put("valid_from", date(2026, 1, 1))
    topic.pane.save()
    settle()
    found = workspace.read(programmes.catalogue).rules_on("GAO-TET", TODAY)
    assert [rule.citation for rule in found] == ["Nghị quyết 05/NQ-HĐND"]
    assert topic.card.rules[0].amount == 300_000


def test_a_changed_programme_keeps_what_its_form_does_not_show_and_goes_back_to_what_was_shipped(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace, said: list[Notice]
) -> None:
    topic = catalogue(page)
    qtbot.keyClicks(topic.text, "BHYT-HN")
    before = workspace.read(programmes.content, "programme", "BHYT-HN")
    press(qtbot, topic, "programmeEdit")
    assert topic.pane is not None
    topic.pane.form.put("lead", "Sở Y tế")
    topic.pane.save()
    settle()
    assert workspace.read(programmes.content, "programme", "BHYT-HN") == before | {"lead": "Sở Y tế"}
    press(qtbot, topic, "programmeOut")
    settle()
    assert workspace.read(programmes.content, "programme", "BHYT-HN") == before
    assert [notice.text for notice in said] == ["The shipped entry is back."]


def test_a_rule_that_cannot_be_read_is_refused_at_its_field(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace
) -> None:
    topic = catalogue(page)
    qtbot.keyClicks(topic.text, "tien dien")
    press(qtbot, topic, "ruleEdit")
    assert topic.pane is not None
    topic.pane.form.put("times", "một rưỡi")
    topic.pane.save()
    settle()
    assert topic.pane is not None
    assert beside(topic.pane, "times") == "Write a factor such as 1.5."
    topic.pane.form.put("times", "")
    topic.pane.form.put("condition", {"fact": "age", "ge": 75, "le": 70})
    assert not topic.pane.save()
    assert beside(topic.pane, "condition") == "No number can lie within these limits."
    topic.pane.form.load(topic.pane.form.values())


def test_who_may_only_read_changes_nothing_here(page: SupportPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page.desk, "may", lambda _permission: False)
    topic = catalogue(page)
    for name in ("programmeAdd", "programmeEdit", "ruleAdd", "ruleEdit"):
        button = topic.findChild(QPushButton, name)
        assert button is not None
        assert not button.isEnabled()


def test_a_rate_is_given_a_last_day_and_the_next_one_follows(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace
) -> None:
    page.show_topic("rates")
    topic = page.topic
    assert isinstance(topic, RatesTopic)
    codes = [topic.model.row(n).code for n in range(topic.model.rowCount())]
    topic.table.go(codes.index("BASE.CHUAN_TGXH"))
    press(qtbot, topic, "rateEdit")
    topic.card.form.put("valid_to", date(2026, 12, 31))
    press(qtbot, topic, "rateGo")
    settle()
    press(qtbot, topic, "rateAdd")
    for name, value in {"valid_from": date(2027, 1, 1), "value": 650_000, "law": "Nghị quyết của tỉnh"}.items():
        topic.card.form.put(name, value)
    press(qtbot, topic, "rateGo")
    settle()
    assert topic.card.isHidden(), (topic.card.problem.text(), topic.card.form.problems())
    found = workspace.read(programmes.catalogue)
    now, then = found.rate("BASE.CHUAN_TGXH", TODAY), found.rate("BASE.CHUAN_TGXH", date(2027, 2, 1))
    assert now is not None
    assert then is not None
    assert (now.value, then.value) == (500_000, 650_000)


def test_a_fact_of_the_commune_is_said_once_for_all(page: SupportPage, settle: Settle, workspace: Workspace) -> None:
    page.show_topic("rates")
    topic = page.topic
    assert isinstance(topic, RatesTopic)
    code, box = next(iter(topic.facts.items()))
    assert box.value() is None
    box.set_value(True)
    box.chosen.emit()
    settle()
    assert workspace.read(programmes.commune_facts)[code] is True


def test_a_budget_is_entered_and_shows_what_is_left(
    page: SupportPage, qtbot: QtBot, settle: Settle, workspace: Workspace, village: list[UUID]
) -> None:
    page.show_topic("budgets")
    topic = page.topic
    assert isinstance(topic, BudgetsTopic)
    press(qtbot, topic, "emptyAction0")
    for name, value in {"programme": "DIEN", "source": FundSource.PROVINCE, "amount": 300_000}.items():
        topic.card.form.put(name, value)
    press(qtbot, topic, "budgetGo")
    settle()
    view = workspace.read(budgets.budgets, 2026)[0]
    assert view.data == BudgetData(2026, "DIEN", FundSource.PROVINCE, 300_000)
    assert topic.model.rowCount() == 1
    propose(page, qtbot, settle)
    making = page.distributions.making
    assert making.form.value("budget_id") == view.id
    press(qtbot, making, "makeGo")  # two times 178.560 is more than 300.000
    settle()
    assert "budget" in making.model.lines[1].wrong  # told beside the row the money does not reach
    assert page.distributions.list.view is None

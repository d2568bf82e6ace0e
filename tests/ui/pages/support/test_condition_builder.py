"""A condition put together in the window: the tree, what is asked of a fact, the sentence, a trial on a household."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casemgr.domain.condition_drafts import Joint, Operator, sentence
from casemgr.domain.support import Unit
from casemgr.services import programmes
from casemgr.workspace import Workspace
from tests.support.support import Supported
from ui.desk import Desk
from ui.pages.support.condition_editor import ConditionBuilder, ConditionEditor
from ui.who_editor import Chosen

Build = Callable[..., ConditionEditor]


@pytest.fixture
def supported(workspace: Workspace) -> Supported:
    return Supported(workspace)


@pytest.fixture
def build(qtbot: QtBot, desk: Desk) -> Build:
    """An editor on show."""

    def make(unit: Unit = Unit.HOUSEHOLD, *, folded: bool = False, uncertain: bool = False) -> ConditionEditor:
        found = desk.workspace.read(programmes.catalogue)
        words = (lambda: "Narrow it…") if folded else None
        editor = ConditionEditor(desk, found, unit, "condition", folded=words, uncertain=lambda: uncertain)
        qtbot.addWidget(editor.widget)
        editor.widget.resize(1000, 400)
        editor.widget.show()
        qtbot.waitExposed(editor.widget)
        return editor

    return make


def _choose(builder: ConditionBuilder, fact: str) -> None:
    builder.asking.fact.set_value(fact)
    builder.asking.fact.chosen.emit()


def _ask(builder: ConditionBuilder, how: Operator, low: int, high: int | None = None) -> None:
    builder.asking.how.set_value(how)
    builder.asking.how.chosen.emit()
    for editor, number in ((builder.asking.low, low), (builder.asking.high, high)):
        editor.set_value(number)
        editor.changed.emit()


def _tick(builder: ConditionBuilder, *codes: str) -> None:
    checks = builder.asking.checks
    assert checks is not None
    checks.set_value(codes)
    checks.changed.emit()


def test_it_shows_every_shipped_rule_and_gives_its_table_back(build: Build, workspace: Workspace) -> None:
    found = workspace.read(programmes.catalogue)
    editors = {unit: build(unit) for unit in (Unit.PERSON, Unit.HOUSEHOLD)}
    for rule in found.rules.values():
        table = workspace.read(programmes.content, "rule", rule.id).get("condition")
        unit = Unit.PERSON if found.programme(rule.programme).unit is Unit.PERSON else Unit.HOUSEHOLD
        editor = editors[unit]
        editor.set_value(table)  # type: ignore[arg-type]  # a plain table
        for path in list(editor.builder._items):
            editor.builder.go(path)  # what one looks at is not changed by looking
        assert editor.value() == table
        assert (editor.problem(), editor.warning()) == ("", "")
        assert sentence(rule.condition, found.facts) in editor.builder.words.text()


def test_a_condition_is_put_together_with_keys_and_choices(build: Build, qtbot: QtBot) -> None:
    editor = build()
    builder, changes = editor.builder, []
    editor.changed.connect(lambda: changes.append(editor.value()))
    assert builder.words.text() == "For whom: Everybody"
    qtbot.keyClick(builder.tree, Qt.Key.Key_Insert)
    _choose(builder, "class")
    _tick(builder, "poor", "near_poor")
    qtbot.keyClick(builder.tree, Qt.Key.Key_Insert)
    _choose(builder, "months_off_list")
    _ask(builder, Operator.BETWEEN, 1, 36)
    assert editor.value() == {
        "all": [
            {"fact": "class", "in": ["poor", "near_poor"]},
            {"fact": "months_off_list", "ge": 1, "le": 36},
        ]
    }
    assert changes[-1] == editor.value()
    builder.go(())
    builder.joint.set_value(Joint.ANY)
    builder.joint.chosen.emit()
    assert list(editor.value() or {}) == ["any"]
    builder.go((1,))
    builder.wrap(Joint.NOT)
    assert (editor.value() or {})["any"][1] == {"not": {"fact": "months_off_list", "ge": 1, "le": 36}}
    builder.unwrap()
    qtbot.keyClick(builder.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [part["fact"] for part in (editor.value() or {})["any"]] == ["months_off_list", "class"]
    qtbot.keyClick(builder.tree, Qt.Key.Key_Delete)
    assert editor.value() == {"any": [{"fact": "class", "in": ["poor", "near_poor"]}]}
    qtbot.keyClick(builder.tree, Qt.Key.Key_Delete)
    assert editor.value() is None


def test_taking_everything_out_means_everybody_again(build: Build) -> None:
    editor = build()
    editor.set_value({"all": [{"fact": "class", "in": ["poor"]}]})
    editor.builder.go((0,))
    editor.builder.drop()
    assert editor.value() is None
    assert editor.builder.tree.topLevelItem(0).text(0) == "Everybody"


def test_what_does_not_fit_is_told_at_once(build: Build) -> None:
    editor = build()
    editor.set_value({"fact": "age", "ge": 75})
    assert editor.problem() == ""
    assert "Put inside" in editor.warning()
    assert editor.builder.wrong.isVisible()
    editor.set_value({"member": {"fact": "age", "ge": 75, "le": 70}})
    assert editor.problem() == "No number can lie within these limits."
    assert editor.builder.wrong.text() == editor.problem()
    editor.set_value({"member": {"fact": "age", "ge": 75}})
    assert (editor.problem(), editor.warning(), editor.builder.wrong.isVisible()) == ("", "", False)


def _told(editor: ConditionEditor, household: Any) -> tuple[str, ...]:
    who = editor.builder.trial.who
    who.show_chosen(Chosen(household))
    who.changed.emit()
    return editor.builder.trial.told.texts


def test_a_trial_says_entitled_not_or_what_is_missing_and_follows_what_is_typed(
    build: Build, supported: Supported
) -> None:
    household = supported.household("birth=1950-03-01")
    supported.of_class(household, "near_poor")
    editor = build(Unit.PERSON)
    editor.set_value({"all": [{"fact": "age", "ge": 75}, {"fact": "pension", "is": False}]})
    (told,) = _told(editor, household)
    assert told.startswith("Nguyễn Văn Người 1: cannot be said. To be asked:")
    editor.builder.go((1,))
    editor.builder.drop()
    (told,) = editor.builder.trial.told.texts
    assert told.startswith("Nguyễn Văn Người 1: entitled.")
    editor.builder.go((0,))
    _ask(editor.builder, Operator.AT_LEAST, 80)
    (told,) = editor.builder.trial.told.texts
    assert told.startswith("Nguyễn Văn Người 1: not entitled.")
    whole = build(Unit.HOUSEHOLD)
    whole.set_value({"fact": "class", "is": "poor"})
    assert _told(whole, household)[0].startswith("The household: not entitled.")


def test_an_uncertain_rule_refuses_nobody_in_a_trial_either(build: Build, supported: Supported) -> None:
    household = supported.household("birth=1950-03-01")
    editor = build(uncertain=True)
    editor.set_value({"fact": "class", "is": "poor"})
    assert _told(editor, household)[0].startswith("The household: cannot be said. The rule itself is not certain.")


def test_a_folded_one_opens_when_asked_or_when_it_holds_something(build: Build, qtbot: QtBot) -> None:
    editor = build(folded=True)
    editor.set_value(None)
    assert editor.builder.isHidden()
    qtbot.mouseClick(editor.fold, Qt.MouseButton.LeftButton)
    assert not editor.builder.isHidden()
    editor.set_value({"fact": "class", "is": "poor"})
    assert not editor.builder.isHidden()

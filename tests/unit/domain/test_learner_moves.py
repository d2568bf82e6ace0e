"""Every move of a learner the table names is there with its needs, and no other one."""

import csv
from itertools import product
from pathlib import Path

import pytest

from casemgr.domain.findings import Severity, refused
from casemgr.domain.training import LEARNER_MACHINE, LearnerState

TABLE = Path(__file__).parents[2] / "data" / "casework" / "learner_moves.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = {(row["from"], row["to"]): (row["way"], row["needs"].split()) for row in csv.DictReader(file)}
PAIRS = [(one.value, other.value) for one, other in product(LearnerState, LearnerState)]


@pytest.mark.parametrize(("start", "to"), PAIRS)
def test_a_move_is_there_or_refused(start: str, to: str) -> None:
    move = LEARNER_MACHINE.move(start, to)
    if (start, to) not in ROWS:
        assert move is None
        assert refused(LEARNER_MACHINE.check(start, to, {}, reason="Có lý do"))
        return
    way, needs = ROWS[start, to]
    assert move is not None
    assert move.back == (way == "back")
    assert sorted(need.code for need in move.needs) == sorted(needs)
    everything = dict.fromkeys(needs, True)
    assert LEARNER_MACHINE.check(start, to, everything, reason="Có lý do") == ()
    if way == "back":
        assert [one.field for one in LEARNER_MACHINE.check(start, to, everything)] == ["reason"]


@pytest.mark.parametrize(
    ("start", "to", "need"), [(*pair, need) for pair, (_way, needs) in ROWS.items() for need in needs]
)
def test_every_need_that_is_not_met_is_told(start: str, to: str, need: str) -> None:
    needs = ROWS[start, to][1]
    facts = dict.fromkeys(needs, True) | {need: False}
    (finding,) = LEARNER_MACHINE.check(start, to, facts, reason="Có lý do")
    unknown = {key: value for key, value in facts.items() if key != need}
    (asked,) = LEARNER_MACHINE.check(start, to, unknown, reason="Có lý do")
    assert asked.severity is Severity.WARN
    assert finding.text == asked.text
    assert finding.field


def test_every_state_can_be_reached_and_left_unless_it_is_an_end() -> None:
    reached = {to for _start, to in ROWS}
    left = {start for start, _to in ROWS}
    for state in LEARNER_MACHINE.states:
        assert state.code in reached or state.code == LearnerState.NEED
        assert state.code in left

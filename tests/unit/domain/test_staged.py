"""Stages of a case: their amounts always add up, and the log says what comes next."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.programmes import Stage
from casemgr.domain.staged import StepData, read_log, shares, with_step


@st.composite
def stages(draw: st.DrawFn) -> list[Stage]:
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=5)))
    bounds = [0, *cuts, 100]
    return [Stage(f"s{low}", "", high - low) for low, high in pairwise(bounds)]


@given(st.integers(0, 10**12), stages())
def test_the_stages_add_up_to_the_decided_amount(amount: int, told: list[Stage]) -> None:
    found = shares(amount, told)
    assert sum(found.values()) == amount
    assert list(found) == [stage.code for stage in told]
    assert all(0 <= found[one.code] - amount * one.percent // 100 < len(told) for one in told)


def test_the_last_stage_takes_the_rest() -> None:
    assert shares(40_000_001, [Stage("a", "", 70), Stage("b", "", 30)]) == {"a": 28_000_000, "b": 12_000_001}


def test_the_log_keeps_every_step_and_the_other_details() -> None:
    first, second = StepData("vote", date(2026, 3, 2), "01/BB"), StepData("start", date(2026, 4, 1), "", "Xây mới")
    detail = with_step(with_step({"works": "làm mới"}, first), second)
    assert read_log(detail) == {"vote": first, "start": second}
    assert detail["works"] == "làm mới"

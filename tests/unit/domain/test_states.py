"""States of a case: moves, what they need, and reasons for going back."""

import pytest

from casemgr.domain.findings import Severity, refused
from casemgr.domain.states import Machine, Move, Need, State

VOTED = Need("voted", "Biên bản bình xét chưa ghi.", "votes", "Điều 22")
READY = Need("ready", "Chưa có đối ứng.", "own", severity=Severity.WARN)
MACHINE = Machine(
    "livelihood",
    (State("draft", "Bản nháp"), State("voted", "Đã bình xét"), State("stopped", "Dừng", final=True)),
    {"draft": (Move("voted", (VOTED, READY)), Move("stopped", back=True)), "voted": (Move("draft", back=True),)},
)


def test_the_expected_step_is_the_first_that_leads_forward() -> None:
    expected = MACHINE.expected("draft")
    assert expected is not None
    assert expected.to == "voted"
    assert MACHINE.expected("stopped") is None
    assert MACHINE.expected("voted") is None


def test_a_need_that_is_not_met_refuses_or_asks_by_its_severity() -> None:
    found = MACHINE.check("draft", "voted", {"voted": False, "ready": False})
    assert [(one.severity, one.field, one.citation) for one in found] == [
        (Severity.REFUSE, "votes", "Điều 22"),
        (Severity.WARN, "own", ""),
    ]
    assert refused(found)
    assert MACHINE.check("draft", "voted", {"voted": True, "ready": True}) == ()


def test_what_is_not_known_only_asks_for_a_reason() -> None:
    found = MACHINE.check("draft", "voted", {"ready": True})
    assert [one.severity for one in found] == [Severity.WARN]
    assert not refused(found)


def test_going_back_wants_a_reason() -> None:
    assert [one.field for one in MACHINE.check("voted", "draft", {}, reason="  ")] == ["reason"]
    assert MACHINE.check("voted", "draft", {}, reason="Thiếu chữ ký của chủ hộ") == ()


def test_a_move_that_does_not_exist_is_refused_with_both_states() -> None:
    (finding,) = MACHINE.check("voted", "stopped", {}, reason="Hộ chuyển đi")
    assert finding.severity is Severity.REFUSE
    assert "Đã bình xét" in finding.text
    assert "Dừng" in finding.text


def test_a_table_with_a_state_nobody_knows_is_a_bug() -> None:
    with pytest.raises(ValueError, match="lost"):
        Machine("x", (State("draft", "Bản nháp"),), {"draft": (Move("lost"),)})

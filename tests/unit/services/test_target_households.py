"""Targets of households: livelihood, loans, training, deprivations; 88 = 66 + 22 from real records."""

from datetime import date
from typing import Any

import pytest

from casemgr import i18n
from casemgr.domain.targets import State
from casemgr.services import exit_marks, target_plans, targets
from casemgr.services.targets import REST, WHOLE
from casemgr.workspace import Workspace
from tests.support.figures import review
from tests.support.target_story import DAY, ESCAPED, NEAR, POOR, START, Story, counts, look, part, partitioned
from tests.support.workspaces import Make


@pytest.fixture(autouse=True)
def _english(language: str) -> Any:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def story(workspace: Workspace, make: Make) -> Story:
    return Story(workspace, make)


# ---- I02, I03, I04: livelihood, loans, training


def test_livelihood_with_both_denominators(story: Story) -> None:
    homes = [story.home(name, head={"merit": True}) for name in ("Một", "Hai", "Ba", "Bốn")]
    story.home("Thường")
    story.mark(homes[0], "able")
    story.mark(homes[1], "able")
    story.mark(homes[2], "protected")
    story.delivered(homes[0], "SK-CD", date(2026, 3, 1))
    story.delivered(homes[2], "QUA-XH", date(2026, 3, 1))  # a gift is no livelihood
    story.delivered(homes[3], "SK-CD", date(2025, 6, 1))  # before the period
    assert counts(look(story, "I02a")) == (1, 4, 0)
    able = look(story, "I02a-able")
    assert counts(able) == (1, 2, 1)
    assert part(able, "Not sorted yet") == 1


def test_a_delivery_counts_when_received_and_not_given_back(story: Story) -> None:
    home = story.home("Một", head={"merit": True})
    story.delivered(home, "SK-CD", date(2026, 3, 1), status="approved", received_on=None)
    assert counts(look(story, "I02a")) == (0, 1, 0)
    given = story.delivered(home, "SK-CD", date(2026, 4, 1))
    assert counts(look(story, "I02a")) == (1, 1, 0)
    story.delivered(home, "SK-CD", date(2026, 5, 1), -1_000_000, status="returned", corrects_id=given)
    assert counts(look(story, "I02a")) == (0, 1, 0)
    assert look(story, "I19-money").value == 0


def test_common_income(story: Story) -> None:
    made = review(story.workspace, story.make, on=date(2026, 11, 20))
    incomes = (3_000_000, 1_000_000, None)
    for at, income in enumerate(incomes):
        home = story.home(f"Số {at}", head={"merit": True})
        made.case("poor", "poor", 1, household=home, income=income)
    assert "has not been entered" in look(story, "I02b").reason
    benchmark = target_plans.Benchmark(2026, _rural(), 2_500_000, "Niên giám 2025")
    story.workspace.write(target_plans.keep_benchmark, benchmark)
    assert story.workspace.read(target_plans.benchmarks) == [benchmark]
    assert counts(look(story, "I02b")) == (1, 2, 1)


def _rural() -> Any:
    from casemgr.domain.offices import Area

    return Area.RURAL


def test_loans_of_those_who_ask_and_may(story: Story) -> None:
    paid, waiting, refused, unclear, silent = (story.home(name) for name in ("Một", "Hai", "Ba", "Bốn", "Năm"))
    story.loan(paid, "running", paid=date(2026, 5, 5))
    story.loan(waiting, "listed")
    story.loan(refused, "refused")
    story.enrolled(unclear, "TD-HN", "need", need_on=date(2026, 3, 3))
    found = look(story, "I03")
    assert counts(found) == (1, 2, 1)
    assert set(found.ids(REST)) == {waiting}
    assert part(found, "No need recorded") == 1
    assert silent not in found.ids(WHOLE)


def test_who_left_the_list_in_march_stays_in_the_credit_target(story: Story) -> None:
    home = story.home("Một")
    story.loan(home, "running", paid=date(2026, 2, 5))
    story.decide(home, ESCAPED, date(2026, 3, 15))
    assert counts(look(story, "I03")) == (1, 1, 0)
    assert counts(look(story, "I20")) == (0, 0, 0)


def test_extension_training_of_all_and_of_those_in_need(story: Story) -> None:
    one, two, three = (story.home(name, NEAR) for name in ("Một", "Hai", "Ba"))
    story.enrolled(one, "KHUYEN", "need", need_on=date(2026, 1, 10))
    story.enrolled(two, "KHUYEN", "need", need_on=date(2026, 1, 10))
    story.event("extension", date(2026, 4, 4), one, three, programme="KHUYEN", purposes=("income",))
    story.event("extension", date(2025, 4, 4), two, programme="KHUYEN")
    assert counts(look(story, "I04")) == (2, 3, 0)
    assert counts(look(story, "I04-need")) == (1, 2, 0)
    assert counts(look(story, "I06")) == (2, 3, 0)
    assert counts(look(story, "I06-income")) == (2, 3, 0)
    assert counts(look(story, "I06-market")) == (0, 3, 0)


# ---- I09, I23: deprivations


def test_help_alone_ends_no_deprivation(story: Story) -> None:
    over, still, helped = (
        story.home(name, POOR, lacks=("chat_luong_nha", "vien_thong")) for name in ("Hết", "Còn", "Chờ")
    )
    for home in (over, still, helped):
        story.decide(home, POOR, date(2025, 12, 10), lacks=("chat_luong_nha", "vien_thong"))
    story.decide(over, NEAR, date(2026, 6, 1))
    story.decide(still, POOR, date(2026, 6, 1), lacks=("dien_tich_nha",))
    story.delivered(helped, "NHA-DDK", date(2026, 7, 1), 40_000_000)
    found = look(story, "I09-housing")
    assert counts(found) == (1, 2, 1)
    assert set(found.ids()) == {over}
    assert part(found, "Supported, waiting for the review") == 1
    assert counts(look(story, "I23")) == (2, 2, 1)
    assert "Nobody" in look(story, "I09-water").reason or "No household" in look(story, "I09-water").reason


# ---- I16


def test_88_are_66_and_22_and_25_of_66_are_sponsored(story: Story) -> None:
    homes = partitioned(story)
    board = story.workspace.read(targets.board, DAY, "bentre-2023", only=["I16"])
    by_code = {figure.measure.code: figure for figure in board.figures}
    whole = by_code["I16"]
    labels = ("Live on social protection", "Able to leave poverty", "Not sorted yet")
    assert [part(whole, label) for label in labels] == [66, 22, 0]
    assert counts(whole) == (88, 88, 0)
    assert counts(by_code["I16-sponsored"]) == (25, 66, 0)
    assert by_code["I16-sponsored"].text == "37.88 %"
    assert by_code["I16-sponsored-all"].text == "28.41 %"
    made = story.workspace.read(exit_marks.partition, START)
    assert (len(made.whole), len(made.protected), len(made.able)) == (88, 66, 22)
    states = {code: by_code[code].state for code in ("I16-protected", "I16-able", "I16-sponsored-count")}
    assert set(states.values()) == {State.REACHED}
    assert counts(by_code["I16-escaped"]) == (0, 0, 22)
    assert by_code["I16-escaped"].state is State.CANNOT_SAY
    for home in homes[66:86]:
        story.decide(home, ESCAPED, date(2026, 11, 1))
    assert counts(look(story, "I16-escaped")) == (20, 20, 2)


def test_an_unsorted_household_leaves_the_partition_open(story: Story) -> None:
    story.mark(story.home("Một", head={"merit": True}), "protected")
    story.home("Hai", head={"merit": True})
    found = look(story, "I16")
    assert part(found, "Not sorted yet") == 1
    assert counts(found) == (1, 2, 0)
    assert look(story, "I16-protected").unknown == 1

"""Targets of works, money, balances, stages and the review: sums worked out by hand."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from casemgr import i18n
from casemgr.domain.targets import State
from casemgr.persistence.models import Budget, LoanInstalment, Works
from casemgr.services import loan_lists
from casemgr.workspace import Workspace
from tests.support.figures import review
from tests.support.target_story import DAY, Story, counts, look, part
from tests.support.workspaces import Make


@pytest.fixture(autouse=True)
def _english(language: str) -> Any:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def story(workspace: Workspace, make: Make) -> Story:
    return Story(workspace, make)


# ---- I05, I17 to I22: sums


def test_works(story: Story) -> None:
    def works(**values: Any) -> None:
        blank = {
            "kind": "road", "programme": "CT-HT", "investor": "", "approval": "", "contribution": 0,
            "contribution_days": 0, "households": 0, "note": "", "start_on": date(2026, 1, 1), "land": 0,
            "budget_sources": "{}", "maintenance": "",
        }  # fmt: skip
        story.row(Works, **(blank | values))

    works(name="Cầu Phú Nhơn", budget=300, disbursed=300, progress=100, planned_for=True, accepted_on=date(2026, 6, 1))
    works(name="Đường Quân An", budget=100, disbursed=20, progress=40, planned_for=False)
    assert counts(look(story, "I05")) == (1, 2, 0)
    assert counts(look(story, "I05-plan")) == (1, 2, 0)
    assert look(story, "I05-volume").value == Fraction(100 * 340, 400)
    assert look(story, "I05-paid").value == Fraction(100 * 320, 400)


def test_upkeep_in_time_is_done_in_the_period_and_not_after_its_day(story: Story) -> None:
    def accepted(name: str, kept: date | None, due: date | None) -> None:
        story.row(
            Works, name=name, kind="road", programme="CT-HT", investor="", approval="", budget=0, contribution=0,
            contribution_days=0, households=0, note="", start_on=date(2024, 1, 1), land=0, budget_sources="{}",
            maintenance="Tổ tự quản", disbursed=0, progress=100, planned_for=True, accepted_on=date(2024, 6, 1),
            maintained_on=kept, maintenance_due=due,
        )  # fmt: skip

    assert "No upkeep" in look(story, "I05-upkeep").reason
    accepted("Đúng hạn", date(2026, 5, 30), date(2026, 6, 1))
    accepted("Đúng hạn, đã ghi hạn sau", date(2026, 5, 30), date(2027, 6, 1))
    accepted("Trễ một ngày", date(2026, 6, 2), date(2026, 6, 1))
    accepted("Chưa làm", date(2024, 12, 1), date(2026, 6, 1))
    accepted("Quá hạn từ năm trước", None, date(2025, 6, 1))
    accepted("Làm trễ năm trước", date(2025, 8, 1), date(2025, 6, 1))
    accepted("Chưa đến hạn", date(2025, 8, 1), date(2026, 11, 25))
    accepted("Không có hạn", None, None)
    found = look(story, "I05-upkeep")
    assert counts(found) == (2, 5, 0)
    assert part(found, "Accepted works without a day their upkeep is due") == 1


def test_money_budget_and_left_behind(story: Story) -> None:
    one, two, three = (story.home(name) for name in ("Một", "Hai", "Ba"))
    budget = story.row(Budget, year=2026, programme="DIEN", source="central", amount=2_000_000, document="")
    story.delivered(one, "DIEN", date(2026, 3, 1), 500_000, budget_id=budget)
    story.delivered(two, "QUA-XH", date(2026, 1, 20), 300_000, source="sponsor", goods_value=200_000)
    story.delivered(three, "DIEN", date(2025, 11, 24), 100_000)
    assert look(story, "I19").value == Fraction(25)
    assert look(story, "I19-money").value == 1_000_000
    assert look(story, "I19-households").value == 2
    assert look(story, "I17").value == 500_000
    assert look(story, "I17-households").ids() == (two,)
    behind = look(story, "I20", set_code="bentre-2023")
    assert (set(behind.ids()), behind.state) == ({three}, State.NOT_REACHED)
    assert look(story, "I20", date(2026, 11, 23)).value == 0


def test_balances(story: Story) -> None:
    first, second = story.home("Một"), story.home("Hai")
    old = story.loan(first, "running", paid=date(2025, 3, 1), amount=40_000_000, asked_on=date(2025, 1, 1))
    story.move(old, "repaid", date(2026, 4, 1), 10_000_000, date(2026, 5, 1))
    story.loan(second, "running", paid=date(2026, 6, 1), amount=30_000_000)
    assert look(story, "I22").value == 60_000_000
    assert look(story, "I22-growth").value == Fraction(50)
    assert look(story, "I22-overdue").value == Fraction(50)
    assert counts(look(story, "I22-share")) == (2, 2, 0)


def test_overdue_is_counted_by_instalment_as_the_ledgers_do(story: Story) -> None:
    late, on_time, one_day = (story.home(name) for name in ("Trễ", "Đúng", "Hôm nay"))
    for home, paid_back, due in (
        (late, 5_000_000, date(2026, 11, 23)),
        (on_time, 10_000_000, date(2026, 11, 23)),
        (one_day, 0, date(2026, 11, 24)),
    ):
        loan = story.loan(home, "running", paid=date(2026, 1, 5), amount=30_000_000)
        for day, amount in ((due, 10_000_000), (date(2029, 3, 1), 20_000_000)):
            story.row(LoanInstalment, loan_id=loan, due_on=day, amount=amount)
        if paid_back:
            story.move(loan, "repaid", date(2026, 10, 1), paid_back)
    found = look(story, "I22-overdue")
    assert set(found.ids()) == {late}
    assert found.value == Fraction(100 * 5, 75)
    totals = story.workspace.read(loan_lists.totals, "programme", DAY)
    assert sum(one.overdue_balance for one in totals) == found.numerator == 5_000_000
    assert sum(one.balance for one in totals) == found.denominator


def test_housing_stages_requests_and_sessions(story: Story) -> None:
    one, two, three = (story.home(name) for name in ("Một", "Hai", "Ba"))
    story.enrolled(one, "NHA-DA5", "ended", need_on=date(2026, 1, 1), to_on=date(2026, 9, 1))
    story.enrolled(two, "NHA-DA5", "approved", need_on=date(2026, 1, 1))
    story.delivered(one, "NHA-DA5", date(2026, 5, 1), 40_000_000)
    assert counts(look(story, "I21")) == (1, 2, 0)
    assert part(look(story, "I21"), "At least one payment") == 1
    story.enrolled(one, "TGPL", "ended", need_on=date(2026, 2, 1))
    story.enrolled(two, "TGPL", "running", need_on=date(2026, 2, 1))
    story.enrolled(three, "TGPL", "need", need_on=date(2026, 2, 1))
    assert counts(look(story, "I10-cases")) == (2, 2, 1)
    assert counts(look(story, "I10-solved")) == (1, 3, 0)
    story.event("communication", date(2026, 3, 3), one, two, programme="TTHONG", topics=("law",))
    assert counts(look(story, "I11")) == (2, 3, 0)
    assert look(story, "I11-sessions").value == 1
    assert look(story, "I24-law").value == 1
    assert counts(look(story, "I09-culture")) == (2, 3, 0)


def test_review_progress(story: Story) -> None:
    made = review(story.workspace, story.make, decided=False)
    made.case("poor", "poor", 2)
    made.case("poor", None, 2)
    assert counts(look(story, "I18")) == (1, 2, 0)
    assert counts(look(story, "I18-time")) == (0, 0, 2)
    assert look(story, "I18-open").value == 0


def test_women_and_minorities(story: Story) -> None:
    story.home("Một", head={"ethnic": "05"})
    story.make.person()
    story.home("Hai")
    assert counts(look(story, "I24-women")) == (2, 2, 0)
    found = look(story, "I24-minority")
    assert counts(found) == (1, 2, 0)
    assert part(found, "Headed by women") == 1

"""Tests of instalments in the file: exact, written anew by an extension, due by group; repayments from a list."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.loan_plans import Instalment
from casemgr.domain.loan_repayments import MatchState
from casemgr.domain.loans import LoanData
from casemgr.errors import ConflictError, NotAllowedError, ValidationError
from casemgr.services import loan_lists, loan_plans, loan_repayments, loans
from casemgr.services.loan_lists import LoanQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import Make


@pytest.fixture
def loan(workspace: Workspace, make: Make) -> UUID:
    """50 million paid out in February 2025, due in five years, an instalment each year."""
    household = make.household("Nguyễn Thị Á")
    make.poor(household, 2025)
    data = LoanData("TD-HN", household, purpose="Nuôi bò", group_name="Tổ số 3", amount=50_000_000, term_months=60)
    made = workspace.write(loans.take_over, data, on=date(2025, 2, 2), amount=50_000_000)
    workspace.write(loan_plans.keep, made, version(workspace, made), workspace.read(loan_plans.propose, made, 12))
    return made


def version(workspace: Workspace, loan: UUID) -> int:
    return workspace.read(loans.view, loan).version


def test_only_the_instalment_is_overdue_and_at_its_rate(workspace: Workspace, loan: UUID) -> None:
    view = workspace.read(loans.view, loan)
    assert view.standing is not None
    assert (view.standing.overdue, view.standing.overdue_days) == (10_000_000, 295)
    assert view.overdue_rate is not None
    assert (view.overdue_rate.millionths, view.overdue_rate.percent) == (81_120, 13_000)
    (total,) = workspace.read(loan_lists.totals, "group")
    assert (total.overdue_balance, total.balance) == (10_000_000, 50_000_000)
    rows = workspace.read(loan_lists.due, LoanQuery(), date(2027, 2, 2))
    assert [(row.group_name, row.due_on.year, row.late_days) for row in rows] == [
        ("Tổ số 3", 2026, 295),
        ("Tổ số 3", 2027, 0),
    ]


def test_an_extension_writes_the_plan_anew(workspace: Workspace, loan: UUID) -> None:
    workspace.write(loans.repay, loan, version(workspace, loan), on=date(2026, 2, 2), amount=10_000_000)
    workspace.write(loans.extend, loan, version(workspace, loan), on=date(2026, 6, 1), due_on=date(2032, 2, 2))
    plan = workspace.read(loans.view, loan).plan
    assert (plan[0], plan[-1].due_on) == (Instalment(date(2026, 2, 2), 10_000_000), date(2032, 2, 2))
    assert sum(one.amount for one in plan) == 50_000_000
    with pytest.raises(ValidationError, match=r"1\.000\.000"):
        workspace.write(loan_plans.keep, loan, version(workspace, loan), [Instalment(date(2032, 2, 2), 49_000_000)])


def test_a_loan_asked_for_has_no_instalments(workspace: Workspace, make: Make) -> None:
    data = LoanData("TD-HN", make.household("Trần Văn Bền"), purpose="Trồng dừa", amount=10, term_months=12)
    asked = workspace.write(loans.keep, None, None, data)
    with pytest.raises(ConflictError):
        workspace.write(loan_plans.keep, asked, version(workspace, asked), ())


def test_repayments_are_matched_and_written_or_nothing_is(workspace: Workspace, loan: UUID) -> None:
    rows = [
        ["Khách hàng", "Chương trình", "Ngày trả", "Trả gốc", "Chứng từ"],
        ["Nguyễn Thị Á", "TD-HN", "01/06/2026", "5.000.000", "PT 1"],
        ["Nguyễn Thị Á", "TD-HN", "02/06/2026", "46.000.000", "PT 2"],
        ["Người Lạ", "", "01/06/2026", "1.000.000", ""],
        ["Tổng cộng", "", "", "52.000.000", ""],
    ]
    found = workspace.read(loan_repayments.read_list, rows)
    assert [match.state for match in found] == [MatchState.MATCHED, MatchState.WRONG, MatchState.UNKNOWN]
    (ready,) = [match.data for match in found if match.data is not None]
    too_much = loan_repayments.Repayment(loan, date(2026, 6, 2), 46_000_000)
    with pytest.raises(ValidationError, match="Nguyễn Thị Á"):
        workspace.write(loan_repayments.keep_many, (ready, too_much))
    assert workspace.read(loan_lists.rows, [loan])[0].balance == 50_000_000
    workspace.write(loan_repayments.keep_many, (ready,))
    assert workspace.read(loan_lists.rows, [loan])[0].balance == 45_000_000


def test_a_viewer_sees_the_loan_but_nothing_of_what_is_owed(workspace: Workspace, loan: UUID) -> None:
    workspace.actor = replace(workspace.actor, role="viewer")
    view, (row,) = workspace.read(loans.view, loan), workspace.read(loan_lists.rows, [loan])
    assert (view.standing, view.events, view.plan, row.balance) == (None, (), (), None)
    assert workspace.read(loan_lists.find, LoanQuery(overdue=True)) == []
    for refused in (
        lambda: workspace.read(loan_lists.totals, "hamlet"),
        lambda: workspace.read(loan_plans.propose, loan, 6),
    ):
        with pytest.raises(NotAllowedError):
            refused()
    workspace.actor = replace(workspace.actor, role="leader")
    assert workspace.read(loan_lists.rows, [loan])[0].balance == 50_000_000

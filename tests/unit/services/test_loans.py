"""Tests of loans: asked for, on the list 03/TD, paid out by the rate of the day, repaid, extended, summed."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.domain.conditions import ConditionData, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.findings import Severity
from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.domain.loans import LoanData, LoanEventKind, LoanStatus, RateSpan
from casemgr.domain.people import Relation
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import classes, conditions, history, loan_lists, loan_rules, loans
from casemgr.services.loan_lists import LoanQuery
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)


def asked(household: UUID, **values: object) -> LoanData:
    plain = {
        "programme": "TD-HN",
        "purpose": "Nuôi bò sinh sản",
        "group_name": "Tổ số 3",
        "organisation": "Hội Nông dân",
        "asked_on": date(2026, 1, 5),
        "amount": 50_000_000,
        "term_months": 60,
    }
    return LoanData(household_id=household, **plain | values)  # type: ignore[arg-type] # the names are those of LoanData


@pytest.fixture
def poor(make: Make) -> UUID:
    household = make.household("Nguyễn Thị Á")
    make.poor(household)
    return household


def run(workspace: Workspace, household: UUID, on: date = date(2026, 2, 2), **values: object) -> UUID:
    """A loan paid out in whole."""
    data = asked(household, **values)
    return workspace.write(loans.take_over, data, on=on, amount=data.amount)


def version(workspace: Workspace, loan: UUID) -> int:
    return workspace.read(loans.view, loan).version


def test_a_loan_from_asking_to_the_last_repayment(workspace: Workspace, poor: UUID) -> None:
    loan = workspace.write(loans.keep, None, None, asked(poor))
    assert workspace.read(loans.view, loan).status is LoanStatus.ASKED
    assert workspace.read(loans.view, loan).findings == ()
    workspace.write(loans.put_on_list, [loan], on=date(2026, 1, 20))
    workspace.write(loans.disburse, loan, version(workspace, loan), on=date(2026, 2, 2), amount=50_000_000)
    view = workspace.read(loans.view, loan)
    assert (view.status, view.rate_millionths, view.standing.due_on) == (LoanStatus.RUNNING, 62_400, date(2031, 2, 2))
    assert view.class_value == HouseholdClass.POOR
    workspace.write(loans.repay, loan, view.version, on=date(2026, 6, 2), amount=20_000_000, document="Phiếu thu 12")
    workspace.write(
        loans.extend, loan, version(workspace, loan), on=date(2026, 7, 1), due_on=date(2032, 2, 2), document="GH 3"
    )
    view = workspace.read(loans.view, loan)
    assert view.standing is not None
    assert (view.standing.balance, view.standing.due_on) == (30_000_000, date(2032, 2, 2))
    workspace.write(loans.repay, loan, view.version, on=date(2026, 11, 20), amount=30_000_000)
    view = workspace.read(loans.view, loan)
    assert (view.status, view.standing.balance) == (LoanStatus.REPAID, 0)
    assert [move.kind for _id, move in view.events] == [
        LoanEventKind.DISBURSED,
        LoanEventKind.REPAID,
        LoanEventKind.EXTENDED,
        LoanEventKind.REPAID,
    ]
    with pytest.raises(ConflictError):
        workspace.write(loans.repay, loan, view.version, on=TODAY, amount=1)


@pytest.mark.parametrize(("on", "rate"), [(date(2025, 11, 30), 66_000), (date(2025, 12, 1), 62_400)])
def test_the_rate_is_that_of_the_day_of_the_pay_out(workspace: Workspace, make: Make, on: date, rate: int) -> None:
    household = make.household("Trần Văn Bền")
    make.poor(household, 2025)
    loan = run(workspace, household, on, asked_on=date(2025, 11, 1))
    view = workspace.read(loans.view, loan)
    assert (view.rate_millionths, view.rate_now) == (rate, 62_400)
    if rate == 66_000:
        assert view.rates == (
            RateSpan(on, date(2025, 11, 30), 66_000),
            RateSpan(date(2025, 12, 1), TODAY, 62_400),
        )


def test_near_poor_households_pay_the_share_of_the_rate(workspace: Workspace, make: Make) -> None:
    household = make.household("Lê Thị Cẩm")
    make.poor(household, value=HouseholdClass.NEAR_POOR)
    loan = run(workspace, household, programme="TD-HCN")
    assert workspace.read(loans.view, loan).rate_millionths == 74_880


def test_above_the_cap_is_asked_for_but_not_put_on_the_list(workspace: Workspace, poor: UUID) -> None:
    loan = workspace.write(loans.keep, None, None, asked(poor, amount=100_000_001))
    (finding,) = workspace.read(loans.view, loan).findings
    assert finding.severity is Severity.REFUSE
    assert "100.000.000" in finding.message
    with pytest.raises(ValidationError, match=r"100\.000\.000"):
        workspace.write(loans.put_on_list, [loan], on=TODAY, reason="Ngân hàng đồng ý")
    workspace.write(loans.keep, loan, version(workspace, loan), asked(poor, amount=100_000_000))
    workspace.write(loans.put_on_list, [loan], on=TODAY)
    assert workspace.read(loans.view, loan).status is LoanStatus.LISTED


def test_longer_than_the_rule_allows_is_refused(workspace: Workspace, poor: UUID) -> None:
    assert not workspace.read(loan_rules.check, asked(poor, term_months=120), TODAY)
    (finding,) = workspace.read(loan_rules.check, asked(poor, term_months=121), TODAY)
    assert finding.severity is Severity.REFUSE


def escaped(workspace: Workspace, make: Make, since: date) -> UUID:
    household = make.household("Phạm Văn Đẹp")
    make.poor(household, since.year - 1)
    data = ClassData(since.year, HouseholdClass.ESCAPED_POOR, since=since)
    workspace.write(classes.set_class, household, data)
    return household


@pytest.mark.parametrize(("since", "fits"), [(date(2023, 11, 24), True), (date(2023, 11, 23), False)])
def test_newly_escaped_means_up_to_36_months(workspace: Workspace, make: Make, since: date, fits: bool) -> None:
    household = escaped(workspace, make, since)
    found = workspace.read(loan_rules.check, asked(household, programme="TD-HMTN"), TODAY)
    assert (not found) is fits
    if not fits:
        assert found[0].severity is Severity.REFUSE
        assert "28/2015" in found[0].citation


def test_a_second_loan_of_the_kind_needs_a_reason(workspace: Workspace, poor: UUID) -> None:
    run(workspace, poor, amount=30_000_000)
    second = workspace.write(loans.keep, None, None, asked(poor, amount=20_000_000, purpose="Trồng dừa"))
    with pytest.raises(ValidationError, match="Nguyễn Thị Á"):
        workspace.write(loans.put_on_list, [second], on=TODAY)
    workspace.write(loans.put_on_list, [second], on=TODAY, reason="Vay bổ sung, tổng dư nợ trong mức.")
    data = workspace.read(loans.view, second).data
    assert (data.override_reason, data.note) == ("Vay bổ sung, tổng dư nợ trong mức.", "")


def test_a_refusal_keeps_its_reason(workspace: Workspace, poor: UUID) -> None:
    loan = workspace.write(loans.keep, None, None, asked(poor, note="Hộ có xác nhận của tổ."))
    with pytest.raises(ValidationError):
        workspace.write(loans.refuse, loan, version(workspace, loan), on=TODAY, reason=" ")
    with pytest.raises(ValidationError):
        workspace.write(loans.refuse, loan, version(workspace, loan), on=date(2027, 1, 1), reason="Không có nhu cầu")
    workspace.write(loans.refuse, loan, version(workspace, loan), on=TODAY, reason="Phương án không khả thi")
    view = workspace.read(loans.view, loan)
    assert view.status is LoanStatus.REFUSED
    assert (view.reason, view.data.note) == ("Phương án không khả thi", "Hộ có xác nhận của tổ.")
    assert [(move.kind, move.on) for _id, move in view.events] == [(LoanEventKind.REFUSED, TODAY)]
    with pytest.raises(ConflictError):
        workspace.write(loans.refuse, loan, view.version, on=TODAY, reason="Lần nữa")
    with pytest.raises(ConflictError):
        workspace.write(loans.put_on_list, [loan], on=TODAY)


def test_a_loan_on_the_list_that_is_corrected_is_to_be_confirmed_again(workspace: Workspace, poor: UUID) -> None:
    loan = workspace.write(loans.keep, None, None, asked(poor))
    with pytest.raises(ValidationError):
        workspace.write(loans.put_on_list, [loan], on=date(2026, 11, 25))
    workspace.write(loans.put_on_list, [loan], on=date(2026, 11, 20))
    assert workspace.read(loans.view, loan).listed_on == date(2026, 11, 20)
    workspace.write(loans.keep, loan, version(workspace, loan), asked(poor, amount=40_000_000))
    view = workspace.read(loans.view, loan)
    assert (view.status, view.listed_on) == (LoanStatus.ASKED, None)


def test_what_was_paid_out_is_not_rewritten(workspace: Workspace, poor: UUID) -> None:
    loan = run(workspace, poor)
    with pytest.raises(ValidationError):
        workspace.write(loans.keep, loan, version(workspace, loan), asked(poor, amount=60_000_000))
    workspace.write(loans.keep, loan, version(workspace, loan), asked(poor, organisation="Hội Phụ nữ"))
    assert workspace.read(loans.view, loan).data.organisation == "Hội Phụ nữ"
    assert workspace.read(loans.view, loan).status is LoanStatus.RUNNING


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"programme": "BHYT-HN"}, "programme"),
        ({"programme": "KHONG-CO"}, "programme"),
        ({"programme": "TD-HSSV"}, "person_id"),
        ({"amount": 0}, "amount"),
        ({"term_months": 601}, "term_months"),
        ({"purpose": "  "}, "purpose"),
        ({"asked_on": date(2026, 11, 25)}, "asked_on"),
    ],
)
def test_what_is_wrong_is_refused_with_its_field(
    workspace: Workspace, poor: UUID, values: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as told:
        workspace.write(loans.keep, None, None, asked(poor, **values))
    assert [problem.field for problem in told.value.problems] == [field]


def test_a_borrower_must_live_in_the_household(workspace: Workspace, make: Make, poor: UUID) -> None:
    other = make.view(make.household("Võ Văn Kỳ")).members[0].person_id
    with pytest.raises(ValidationError) as told:
        workspace.write(loans.keep, None, None, asked(poor, person_id=other))
    assert told.value.problems[0].field == "person_id"


def test_days_in_the_future_and_before_the_asking_are_refused(workspace: Workspace, poor: UUID) -> None:
    loan = workspace.write(loans.keep, None, None, asked(poor, term_months=0))
    workspace.write(loans.put_on_list, [loan], on=TODAY)
    now = version(workspace, loan)
    due = date(2030, 1, 1)
    for on, field in ((date(2026, 11, 25), "on"), (date(2026, 1, 4), "on")):
        with pytest.raises(ValidationError) as told:
            workspace.write(loans.disburse, loan, now, on=on, amount=50_000_000, due_on=due)
        assert told.value.problems[0].field == field
    with pytest.raises(ValidationError) as told:
        workspace.write(loans.disburse, loan, now, on=TODAY, amount=50_000_000)
    assert told.value.problems[0].field == "due_on"
    with pytest.raises(ValidationError) as told:
        workspace.write(loans.disburse, loan, now, on=TODAY, amount=50_000_000, due_on=TODAY)
    assert told.value.problems[0].field == "due_on"
    with pytest.raises(ConflictError):
        workspace.write(loans.extend, loan, now, on=TODAY, due_on=due)


def test_the_list_finds_by_name_group_state_and_overdue(workspace: Workspace, make: Make, poor: UUID) -> None:
    other = make.household("Trần Văn Bền", hamlet="Quân An")
    make.poor(other, 2025)
    late = run(workspace, other, date(2025, 3, 3), asked_on=date(2025, 3, 1), term_months=12, group_name="Tổ số 7")
    fresh = workspace.write(loans.keep, None, None, asked(poor))
    find = loan_lists.find
    assert workspace.read(find, LoanQuery()) == [fresh, late]
    assert workspace.read(find, LoanQuery(text="ben")) == [late]
    assert workspace.read(find, LoanQuery(text="to so 3")) == [fresh]
    assert workspace.read(find, LoanQuery(statuses=("running",))) == [late]
    assert workspace.read(find, LoanQuery(programmes=("TD-HCN",))) == []
    assert workspace.read(find, LoanQuery(hamlets=(make.hamlet("Quân An"),))) == [late]
    assert workspace.read(find, LoanQuery(overdue=True)) == [late]
    assert workspace.read(find, LoanQuery(household_id=poor)) == [fresh]
    (row,) = workspace.read(loan_lists.of_household, other)
    assert (row.borrower, row.hamlet, row.standing.overdue_days) == ("Trần Văn Bền", "Ấp Quân An", 266)
    assert workspace.read(loan_lists.names_used) == (["Tổ số 3", "Tổ số 7"], ["Hội Nông dân"])


def test_sums_as_of_a_day(workspace: Workspace, make: Make, poor: UUID) -> None:
    loan = run(workspace, poor)
    workspace.write(loans.repay, loan, version(workspace, loan), on=date(2026, 6, 1), amount=10_000_000)
    (before,) = workspace.read(loan_lists.totals, "programme", date(2026, 5, 31))
    (after,) = workspace.read(loan_lists.totals, "hamlet")
    assert (before.balance, after.balance, after.label) == (50_000_000, 40_000_000, "Ấp Phú Nhơn")
    assert workspace.read(loan_lists.totals, "organisation", date(2026, 1, 1)) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(1, 100), st.integers(0, 100), st.sampled_from(["Hội Nông dân", "Hội Phụ nữ", ""])),
        min_size=1,
        max_size=4,
    )
)
def test_every_sum_equals_the_sum_of_its_loans(
    workspace: Workspace, poor: UUID, drawn: list[tuple[int, int, str]]
) -> None:
    for millions, percent, organisation in drawn:
        amount = millions * 1_000_000 + 7
        loan = run(workspace, poor, amount=amount, organisation=organisation)
        back = amount * percent // 100
        if back:
            workspace.write(loans.repay, loan, version(workspace, loan), on=date(2026, 3, 3), amount=back)
    lines = workspace.read(loan_lists.rows, workspace.read(loan_lists.find, LoanQuery()))
    owed = sum(row.standing.balance for row in lines)
    assert all(row.standing.balance >= 0 for row in lines)
    for by in loan_lists.TOTALS:
        found = loan_lists.summed(lines, by)
        assert sum(total.balance for total in found) == owed
        assert sum(total.loans for total in found) == len(lines)


def test_undo_takes_a_repayment_back(workspace: Workspace, poor: UUID) -> None:
    loan = run(workspace, poor)
    workspace.write(loans.repay, loan, version(workspace, loan), on=date(2026, 6, 1), amount=50_000_000)
    step = workspace.read(history.next_undo)
    assert step is not None
    workspace.write(history.undo, step.txn)
    view = workspace.read(loans.view, loan)
    assert (view.status, view.standing.balance) == (LoanStatus.RUNNING, 50_000_000)


def test_a_student_borrows_through_the_household(workspace: Workspace, make: Make) -> None:
    child = NewMember(make.person("Nguyễn Văn Nam", birth=PartialDate(2006, 5, 1)), Relation.CHILD)
    household = make.household("Nguyễn Thị Á", child)
    make.poor(household)
    person = make.view(household).members[1].person_id
    data = asked(household, programme="TD-HSSV", person_id=person)
    assert [one.severity for one in workspace.read(loan_rules.check, data, TODAY)] != []
    workspace.write(conditions.keep_conditions, household, {person: ConditionData(school=SchoolLevel.HIGHER)})
    assert workspace.read(loan_rules.check, data, TODAY) == ()
    loan = workspace.write(loans.keep, None, None, data)
    (row,) = workspace.read(loan_lists.rows, [loan])
    assert (row.borrower, row.head) == ("Nguyễn Văn Nam", "Nguyễn Thị Á")


def test_a_programme_without_a_rule_that_day_only_warns(workspace: Workspace, poor: UUID) -> None:
    (finding,) = workspace.read(loan_rules.check, asked(poor, programme="TD-HN"), date(2018, 5, 5))
    assert finding.severity is Severity.WARN
    assert "05/05/2018" in finding.message

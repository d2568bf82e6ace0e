"""Money of work abroad: payments and their hints, deposits, support under its ceilings and once, claims, start-ups."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.abroad import AbroadState, Incident, ReturnReason, SupportGroup
from casemgr.domain.abroad_words import ClaimDecision, PayeeKind, PaymentKind, StartupStatus
from casemgr.domain.findings import Severity
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import (
    abroad_claims,
    abroad_figures,
    abroad_money,
    abroad_steps,
    abroad_support,
    loans,
    startups,
    targets,
    tasks,
)
from casemgr.services.abroad_claims import ClaimData
from casemgr.services.abroad_money import PaymentData
from casemgr.services.abroad_support import SupportData
from casemgr.services.loans import LoanData
from casemgr.services.startups import StartupData
from casemgr.workspace import Workspace
from tests.support.abroad import Abroad

TODAY = date(2026, 11, 24)
SERVICE, DEPOSIT = PaymentKind.SERVICE, PaymentKind.DEPOSIT


def problems(call: Any, *arguments: Any, **named: Any) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        call(*arguments, **named)
    return [one.field for one in refused.value.problems]


def codes(people: Abroad, case: UUID) -> set[str]:
    return {one.code for one in people.view(case).flags}


# --- payments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "field", "law"),
    [
        (PaymentData(PaymentKind.BROKER, TODAY, 5_000_000), "payee_kind", "Điều 7"),
        (PaymentData(SERVICE, TODAY, 5_000_000, payee_kind=PayeeKind.PERSON), "payee_kind", "Điều 7"),
        (PaymentData(PaymentKind.RECRUITMENT, TODAY, 5_000_000), "kind", "283/2026"),
        (PaymentData(SERVICE, date(2025, 11, 30), 5_000_000), "on", "Điều 23"),
        (PaymentData(SERVICE, TODAY, 90_000_001), "amount", "Điều 23"),
        (PaymentData(DEPOSIT, TODAY, 5_000_000), "blocked_account", "112/2021"),
        (PaymentData(DEPOSIT, date(2026, 1, 4), 5_000_000, blocked_account=True), "on", "112/2021"),
    ],
)
def test_a_payment_to_be_checked_is_told_beside_its_field_and_still_written(
    workspace: Workspace, data: PaymentData, field: str, law: str
) -> None:
    case = Abroad(workspace).signed()
    (hint,) = workspace.read(abroad_money.check_payment, case, data)
    assert (hint.field, hint.severity) == (field, Severity.WARN)
    assert law in hint.citation
    workspace.write(abroad_money.pay, case, data)
    assert [one.data for one in workspace.read(abroad_money.payments, case)] == [data]


@pytest.mark.parametrize(
    "data",
    [
        PaymentData(SERVICE, date(2025, 12, 1), 90_000_000),
        PaymentData(DEPOSIT, date(2026, 1, 5), 5_000_000, payee_kind=PayeeKind.BANK, blocked_account=True),
        PaymentData(PaymentKind.TRAINING, date(2025, 6, 1), 8_000_000, payee_kind=PayeeKind.TRAINING),
    ],
)
def test_a_payment_in_order_raises_nothing(workspace: Workspace, data: PaymentData) -> None:
    people = Abroad(workspace)
    case = people.signed()
    assert workspace.read(abroad_money.check_payment, case, data) == ()
    workspace.write(abroad_money.pay, case, data)
    assert codes(people, case) <= {"CHO_QUA_180"}  # selected a year ago


def test_bad_payments_are_refused(workspace: Workspace) -> None:
    case = Abroad(workspace).signed()
    told = problems(workspace.write, abroad_money.pay, case, PaymentData(SERVICE, date(2026, 12, 1), 0))
    assert told == ["amount", "on"]


def test_a_deposit_comes_back_once_and_never_more_than_was_left(workspace: Workspace) -> None:
    case = Abroad(workspace).signed()
    data = PaymentData(DEPOSIT, date(2026, 1, 5), 50_000_000, "Ngân hàng", PayeeKind.BANK, blocked_account=True)
    left = workspace.write(abroad_money.pay, case, data)
    back = {"on": TODAY, "amount": 50_000_001}
    assert problems(workspace.write, abroad_money.give_back, left, 1, **back) == ["amount"]
    assert problems(workspace.write, abroad_money.give_back, left, 1, on=date(2026, 1, 4), amount=1) == ["on"]
    workspace.write(abroad_money.give_back, left, 1, on=TODAY, amount=50_000_000)
    (kept,) = workspace.read(abroad_money.payments, case)
    assert (kept.returned_on, kept.returned_amount) == (TODAY, 50_000_000)
    with pytest.raises(ConflictError):
        workspace.write(abroad_money.give_back, left, kept.version, on=TODAY, amount=1)
    less = replace(data, amount=1)
    fix = {"payment_id": left, "version": kept.version}
    assert problems(workspace.write, abroad_money.pay, case, less, **fix) == ["amount"]
    workspace.write(abroad_money.pay, case, replace(data, receipt="BL 01"), **fix)
    assert workspace.read(abroad_money.payments, case)[0].data.receipt == "BL 01"


def test_the_refund_counts_the_days_not_worked_of_the_first_contract(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.departed(on=date(2026, 2, 1))
    workspace.write(abroad_money.pay, case, PaymentData(SERVICE, date(2025, 12, 2), 87_680_000))
    assert workspace.read(abroad_money.refund_of, case) is None
    more = {"contract_to": "2030-01-31", "months": 12}
    people.step(case, AbroadState.EXTENDED, date(2026, 10, 1), detail=more)
    people.step(case, AbroadState.RETURNED, date(2026, 11, 1), detail={"reason": ReturnReason.EMPLOYER})
    told = workspace.read(abroad_money.refund_of, case)
    assert told is not None
    days = (date(2029, 1, 31) - date(2026, 2, 1)).days + 1
    assert (told.contract_to, told.not_at_fault) == (date(2029, 1, 31), True)
    assert told.refund == 87_680_000 * (date(2029, 1, 31) - date(2026, 11, 1)).days // days


# --- support ---------------------------------------------------------------------------------------------------------


def test_items_are_those_of_the_generation_with_their_ceilings(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.signed()
    lines = {one.item: one for one in workspace.read(abroad_support.items, case)}
    assert (lines["language"].ceiling, lines["language"].certainty) == (4_000_000, "R")
    assert lines["meals"].ceiling == 50_000
    assert lines["passport"].ceiling is None
    assert "adviser" not in lines
    people.change(case, generation="B", groups=(SupportGroup.NEAR_POOR,))
    lines = {one.item: one for one in workspace.read(abroad_support.items, case)}
    assert lines["language"].ceiling == 2_800_000
    assert "orientation" not in lines


def test_above_a_certain_ceiling_is_refused_above_an_uncertain_one_asks_why(workspace: Workspace) -> None:
    case = Abroad(workspace).signed()
    sure = SupportData("meals", units=10, amount=500_001, override_reason="Đủ hóa đơn")
    assert problems(workspace.write, abroad_support.keep, case, sure) == ["amount"]
    workspace.write(abroad_support.keep, case, replace(sure, amount=500_000, override_reason=""))
    unsure = SupportData("language", cost=5_000_000, amount=4_000_001)
    assert problems(workspace.write, abroad_support.keep, case, unsure) == ["amount"]
    workspace.write(abroad_support.keep, case, replace(unsure, override_reason="Theo quyết định của tỉnh"))


def test_an_item_never_costs_less_than_is_paid_and_fees_need_their_receipt(workspace: Workspace) -> None:
    case = Abroad(workspace).signed()
    (told,) = workspace.read(abroad_support.check, case, SupportData("orientation", cost=400_000, amount=500_000))
    assert (told.field, told.severity) == ("amount", Severity.REFUSE)
    (told,) = workspace.read(abroad_support.check, case, SupportData("passport", cost=200_000, amount=200_000))
    assert told.field == "receipt"
    bad = SupportData("kit", units=2, amount=-1, asked_on=date(2026, 12, 1))
    fields = {one.field for one in workspace.read(abroad_support.check, case, bad)}
    assert fields == {"units", "amount", "asked_on"}
    assert [one.field for one in workspace.read(abroad_support.check, case, SupportData("boat"))] == ["item"]
    old = SupportData("adviser")
    assert [one.field for one in workspace.read(abroad_support.check, case, old)] == ["item"]
    late = replace(SupportData("meals", generation="B"), asked_on=None)
    assert workspace.read(abroad_support.check, case, late) == ()


def test_the_policy_is_given_once(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    first, second = people.signed(home), people.signed(home)
    item = SupportData("orientation", cost=530_000, receipt="HĐ 1", amount=530_000, asked_on=date(2026, 3, 2))
    kept = workspace.write(abroad_support.keep, first, item)
    assert [one.field for one in workspace.read(abroad_support.check, first, item)] == ["item"]
    assert workspace.read(abroad_support.check, second, item) == ()
    assert problems(workspace.write, abroad_support.paid, kept, 1, date(2026, 3, 1)) == ["on"]
    assert problems(workspace.write, abroad_support.paid, kept, 1, date(2026, 12, 1)) == ["on"]
    workspace.write(abroad_support.paid, kept, 1, date(2026, 4, 1))
    (told,) = workspace.read(abroad_support.check, second, item)
    assert (told.field, told.severity) == ("item", Severity.REFUSE)
    assert "338/2025" in told.citation
    (view,) = workspace.read(abroad_support.supports, first)
    assert (view.paid_on, view.ceiling) == (date(2026, 4, 1), 530_000)
    with pytest.raises(ConflictError):
        workspace.write(abroad_support.keep, first, item, support_id=kept, version=view.version)


def test_an_item_is_corrected_before_it_is_paid(workspace: Workspace) -> None:
    case = Abroad(workspace).signed()
    item = SupportData("meals", units=10, amount=500_000)
    kept = workspace.write(abroad_support.keep, case, item)
    workspace.write(abroad_support.keep, case, replace(item, units=8, amount=400_000), support_id=kept, version=1)
    (view,) = workspace.read(abroad_support.supports, case)
    assert (view.data.units, view.ceiling) == (8, 400_000)


# --- claims ----------------------------------------------------------------------------------------------------------


def early(workspace: Workspace, reason: ReturnReason) -> tuple[tuple[UUID, UUID], UUID]:
    people = Abroad(workspace)
    home = people.home()
    case = people.departed(home)
    workspace.write(abroad_money.pay, case, PaymentData(SERVICE, date(2025, 12, 2), 80_000_000))
    people.step(case, AbroadState.RETURNED, date(2026, 11, 1), detail={"reason": reason})
    return home, case


def test_what_may_be_claimed_follows_the_reason_of_the_return(workspace: Workspace) -> None:
    home, case = early(workspace, ReturnReason.ILLNESS)
    lines = {one.kind: one for one in workspace.read(abroad_claims.proposed, case)}
    assert set(lines) == {"fund_illness", "refund_fee"}
    assert (lines["fund_illness"].most, lines["fund_illness"].certainty) == (30_000_000, "V")
    over = ClaimData("fund_illness", TODAY, 30_000_001)
    assert problems(workspace.write, abroad_claims.keep, case, over) == ["amount"]
    claim = workspace.write(abroad_claims.keep, case, replace(over, amount=30_000_000))
    open_ = {one.data.rule for one in workspace.read(tasks.of_household, home[0])}
    assert "abroad.claim" not in open_
    assert workspace.read(abroad_claims.open_claims, case)
    assert {one.kind for one in workspace.read(abroad_claims.proposed, case)} == {"refund_fee"}
    granted = {"on": TODAY, "paid": 20_000_000}
    workspace.write(abroad_claims.decide, claim, 1, ClaimDecision.GRANTED, **granted)
    (view,) = workspace.read(abroad_claims.claims, case)
    assert (view.decision, view.paid, view.paid_on) == (ClaimDecision.GRANTED, 20_000_000, TODAY)
    with pytest.raises(ConflictError):
        workspace.write(abroad_claims.keep, case, replace(over, amount=1), claim_id=claim, version=view.version)


def test_an_own_wish_opens_no_claim_on_the_fund(workspace: Workspace) -> None:
    _home, case = early(workspace, ReturnReason.OWN_WISH)
    assert workspace.read(abroad_claims.proposed, case) == []


def test_bad_claims_and_answers_are_refused(workspace: Workspace) -> None:
    people = Abroad(workspace)
    _home, case = early(workspace, ReturnReason.EMPLOYER)
    bad = ClaimData("refund_fee", date(2026, 12, 1), 0)
    assert set(problems(workspace.write, abroad_claims.keep, case, bad)) == {"amount", "asked_on"}
    assert problems(workspace.write, abroad_claims.keep, case, ClaimData("lottery", TODAY, 1)) == ["kind"]
    with pytest.raises(ConflictError):
        workspace.write(abroad_claims.keep, people.case(), ClaimData("fund_lawyer", TODAY, 1))
    claim = workspace.write(abroad_claims.keep, case, ClaimData("refund_fee", TODAY, 1_000_000))
    change = ClaimData("refund_fee", TODAY, 2_000_000)
    workspace.write(abroad_claims.keep, case, change, claim_id=claim, version=1)
    (kept,) = workspace.read(abroad_claims.claims, case)
    wrong = {"on": date(2026, 12, 1), "paid": 1}
    told = problems(workspace.write, abroad_claims.decide, claim, kept.version, ClaimDecision.WAITING, **wrong)
    assert told == ["on", "paid", "decision"]


def test_the_family_of_somebody_missing_may_claim(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.departed()
    version = people.view(case).version
    workspace.write(abroad_steps.incident, case, version, Incident.DEAD_OR_MISSING, on=TODAY)
    (line,) = workspace.read(abroad_claims.proposed, case)
    assert (line.kind, line.certainty) == ("fund_death", "U")
    workspace.write(abroad_claims.keep, case, ClaimData("fund_death", TODAY, 40_000_000))


# --- loans, start-ups, figures ---------------------------------------------------------------------------------------


def test_a_loan_is_linked_and_debt_is_told(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    case = people.signed(home)
    told = workspace.read(abroad_steps.moves, case)
    (step,) = [one for one in told if one.move.to == AbroadState.LOAN]
    assert [one.field for one in step.findings] == ["loan_id"]
    data = LoanData("TD-XKLD", home[0], home[1], "Đi Nhật", asked_on=TODAY, amount=370_000_000, term_months=36)
    loan = workspace.write(loans.keep, None, None, data)
    people.change(case, loan_id=loan)
    assert "NO_CAO" in codes(people, case)  # more than twelve months of wage
    people.step(case, AbroadState.LOAN, TODAY)
    other = people.signed()
    assert problems(people.change, other, loan_id=loan) == ["loan_id"]


def test_a_business_begins_with_savings_and_loan(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home, other = people.home(), people.home()
    case = people.departed(home)
    bad = StartupData(home[1], other[0], "", savings=-1, status=StartupStatus.ENDED)
    told = problems(workspace.write, startups.keep, bad)
    assert set(told) == {"idea", "savings", "start_on", "result", "person_id"}
    fine = StartupData(home[1], home[0], "Quán bún", case, savings=80_000_000)
    made = workspace.write(startups.keep, fine)
    (view,) = workspace.read(startups.of_household, home[0])
    assert (view.capital, view.data.status) == (80_000_000, StartupStatus.PLANNED)
    running = replace(fine, status=StartupStatus.RUNNING, start_on=date(2026, 11, 2))
    workspace.write(startups.keep, running, startup_id=made, version=view.version)
    assert [one.id for one in workspace.read(startups.startups, StartupStatus.RUNNING)] == [made]
    assert workspace.read(startups.startups, StartupStatus.PLANNED) == []
    strange = replace(fine, person_id=other[1], household_id=other[0])
    assert problems(workspace.write, startups.keep, strange) == ["case_id"]
    later = replace(running, start_on=date(2026, 12, 1), case_id=None)
    assert problems(workspace.write, startups.keep, later) == ["start_on"]


def test_figures_of_the_target_come_from_the_cases(workspace: Workspace) -> None:
    people = Abroad(workspace)
    homes = [people.home() for _number in range(3)]
    timely = people.departed(homes[0], contract_to=date(2026, 10, 31))
    people.step(timely, AbroadState.RETURNED, date(2026, 11, 20), detail={"reason": ReturnReason.TERM})
    back = people.departed(homes[1])
    people.step(back, AbroadState.RETURNED, date(2026, 11, 20), detail={"reason": ReturnReason.OWN_WISH})
    people.departed(homes[2], contract_to=date(2026, 9, 30))
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert workspace.read(abroad_figures.departures, *year) == set(homes)
    assert workspace.read(abroad_figures.departures, date(2026, 2, 11), year[1]) == frozenset()
    assert workspace.read(abroad_figures.still_abroad, TODAY) == {homes[2]}
    assert workspace.read(abroad_figures.contracts_ended, *year) == set(homes)
    assert workspace.read(abroad_figures.returned_on_time, *year, grace=30) == {homes[0]}
    assert workspace.read(abroad_figures.returned_on_time, *year, grace=19) == frozenset()
    running = StartupData(homes[0][1], homes[0][0], "Nuôi tôm", status=StartupStatus.RUNNING, start_on=TODAY)
    workspace.write(startups.keep, running)
    assert workspace.read(abroad_figures.startups_begun, *year) == {homes[0]}
    assert workspace.read(abroad_figures.followed) == {person for _home, person in homes}


def test_target_i13_counts_the_cases(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    case = people.departed(home, contract_to=date(2026, 10, 31))

    def value(code: str, day: date = TODAY) -> int | None:
        found = workspace.read(targets.figure, code, day).value
        return None if found is None else int(found)

    assert (value("I13"), value("I13-abroad")) == (1, 1)
    assert value("I13", date(2026, 2, 9)) == 0
    people.step(case, AbroadState.RETURNED, date(2026, 11, 2), detail={"reason": ReturnReason.TERM})
    assert (value("I13"), value("I13-abroad")) == (1, 0)
    assert value("I13-abroad", date(2026, 11, 1)) == 1

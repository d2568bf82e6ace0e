"""Support abroad paid at once: an entry of the household's support; and the cases behind the numbers of the funnel."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.abroad import AbroadState
from casemgr.domain.support import DeliveryStatus, FundSource
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import abroad_behind, abroad_board, abroad_file, abroad_support, deliveries
from casemgr.services.abroad_behind import ABROAD, CANCELLED, TOTAL
from casemgr.services.abroad_support import PayOut, SupportData
from casemgr.workspace import Workspace
from tests.support.abroad import Abroad

PAID = PayOut(
    date(2026, 11, 20),
    FundSource.PROVINCE,
    "12/QĐ-SNV",
    date(2026, 11, 10),
    override_reason="Sở đã thẩm định",
)


@pytest.fixture
def people(workspace: Workspace) -> Abroad:
    return Abroad(workspace)


@pytest.fixture
def case(people: Abroad, workspace: Workspace) -> UUID:
    made = people.signed()
    for item, cost in (("health", 700_000), ("passport", 200_000)):
        data = SupportData(item, cost=cost, amount=cost, receipt="HD 12", asked_on=date(2026, 11, 2))
        workspace.write(abroad_support.keep, made, data)
    return made


def test_all_items_are_paid_as_one_entry_of_the_household(case: UUID, people: Abroad, workspace: Workspace) -> None:
    workspace.write(abroad_support.pay_out, case, PAID)
    assert {one.paid_on for one in workspace.read(abroad_support.supports, case)} == {date(2026, 11, 20)}
    data = people.view(case).data
    (entry,) = workspace.read(deliveries.of_household, data.household_id)
    assert (entry.data.programme, entry.data.person_id) == ("NN-HT", data.person_id)
    assert (entry.data.amount, entry.status) == (900_000, DeliveryStatus.RECEIVED)
    with pytest.raises(ConflictError):
        workspace.write(abroad_support.pay_out, case, PAID)


def test_nothing_is_paid_when_public_money_names_no_decision(case: UUID, people: Abroad, workspace: Workspace) -> None:
    with pytest.raises(ValidationError) as refused:
        workspace.write(abroad_support.pay_out, case, PayOut(date(2026, 11, 20), override_reason="Đúng đối tượng"))
    assert "decision_number" in {one.field for one in refused.value.problems}
    assert all(one.paid_on is None for one in workspace.read(abroad_support.supports, case))
    assert not workspace.read(deliveries.of_household, people.view(case).data.household_id)


def test_a_payment_noted_elsewhere_makes_no_second_entry(case: UUID, people: Abroad, workspace: Workspace) -> None:
    assert workspace.write(abroad_support.pay_out, case, PayOut(date(2026, 11, 20), as_delivery=False)) is None
    assert not workspace.read(deliveries.of_household, people.view(case).data.household_id)


def test_numbers_of_the_funnel_and_the_cases_behind_them_agree(people: Abroad, workspace: Workspace) -> None:
    away, given_up = people.departed(), people.case(market="TAIWAN")
    people.step(given_up, AbroadState.CANCELLED, date(2026, 11, 3), reason="Gia đình không đồng ý")
    for row in workspace.read(abroad_board.funnel):
        numbers = {TOTAL: row.total, ABROAD: row.abroad, CANCELLED: row.cancelled}
        numbers |= {state.value: count for state, count in row.counts.items()}
        for number, count in numbers.items():
            assert len(workspace.read(abroad_behind.behind, number, row.market)) == count, (row.market, number)
    assert workspace.read(abroad_behind.behind, ABROAD, None) == [away]
    assert set(workspace.read(abroad_behind.behind, TOTAL, None)) == {away, given_up}


def test_an_opened_case_tells_what_the_programme_says_of_the_worker(case: UUID, workspace: Workspace) -> None:
    file = workspace.read(abroad_file.open_case, case)
    data = file.view.data
    told = workspace.read(abroad_file.entitled, data.household_id, data.person_id)
    assert told is not None
    assert (told.programme, told.result) == ("NN-HT", True)
    assert file.fee_ceiling is not None
    assert file.fee_ceiling.amount == 90_000_000
    assert not file.away

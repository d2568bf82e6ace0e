"""What is due of work abroad: on the day's list, of claims and businesses, and debts of a loan paid out."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from casemgr.domain.abroad import AbroadState, ReturnReason
from casemgr.errors import ConflictError
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    abroad_board,
    abroad_checks,
    abroad_claims,
    abroad_contacts,
    agenda,
    loans,
    startups,
)
from casemgr.services.abroad_board import AbroadQuery
from casemgr.services.abroad_claims import ClaimData
from casemgr.services.abroad_contacts import ContactData
from casemgr.services.loans import LoanData
from casemgr.services.startups import StartupData
from casemgr.workspace import Workspace
from tests.support.abroad import Abroad

TODAY = date(2026, 11, 24)


def waiting(uow: UnitOfWork) -> list[tuple[date | None, UUID]]:
    return [(row.due_on, row.record_id) for row in agenda.due(uow) if row.kind in ("claim", "startup")]


def test_claims_and_planned_businesses_wait_until_they_are_settled(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    case = people.departed(home)
    people.step(case, AbroadState.RETURNED, date(2026, 11, 2), detail={"reason": ReturnReason.ILLNESS})
    workspace.write(abroad_claims.keep, case, ClaimData("fund_illness", date(2026, 11, 9), 10_000_000))
    plan = StartupData(home[1], home[0], "Nuôi tôm", case, start_on=date(2026, 12, 1))
    made = workspace.write(startups.keep, plan)
    assert workspace.read(waiting) == [(date(2026, 11, 9), case), (date(2026, 12, 1), made)]


def test_the_next_contact_of_somebody_abroad_is_on_the_days_list(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.departed()
    rows = [row for row in workspace.read(agenda.due) if row.kind == "abroad"]
    assert [(row.record_id, row.due_on) for row in rows] == [(case, date(2026, 5, 11))]
    with pytest.raises(ConflictError):
        workspace.write(abroad_contacts.log, people.case(), ContactData(TODAY, with_whom="Mẹ"))
    assert workspace.read(abroad_contacts.next_contact, people.case()) is None


def test_debt_is_what_is_still_owed_of_a_loan_paid_out(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    case = people.signed(home)
    data = LoanData("TD-XKLD", home[0], home[1], "Đi Nhật", asked_on=date(2026, 3, 2), amount=150_000_000)
    paid_out = {"on": date(2026, 3, 2), "amount": 150_000_000, "due_on": date(2030, 3, 2), "document": "HĐ 1"}
    loan = workspace.write(loans.take_over, data, **paid_out)
    people.change(case, loan_id=loan)
    version = workspace.read(loans.view, loan).version
    workspace.write(loans.repay, loan, version, on=date(2026, 9, 1), amount=40_000_000, document="BL 1")
    assert workspace.read(abroad_checks.files_of, [case], TODAY)[case].loan == 110_000_000


def test_a_hamlet_without_anybody_has_an_empty_board(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.case()
    nowhere = AbroadQuery(hamlet_id=uuid4())
    assert workspace.read(abroad_board.board, nowhere) == []
    assert sum(workspace.read(abroad_board.counts, nowhere).values()) == 0
    person = people.view(case).data.person_id
    for text in (str(case), str(person)):
        assert workspace.read(abroad_board.cases_named, text) == [case]

"""The strip of a household page: what runs, what has ended, what could be had and is not."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.loans import LoanEventKind, LoanStatus
from casemgr.domain.sponsors import SponsorshipStatus
from casemgr.domain.support import EnrolmentStatus
from casemgr.persistence.base import new_id
from casemgr.persistence.models import LoanEvent, Sponsor, Sponsorship
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import support_strip
from casemgr.services.support_strip import Strip
from casemgr.workspace import Workspace
from tests.support.support import TODAY, Supported


@pytest.fixture
def supported(workspace: Workspace) -> Supported:
    return Supported(workspace)


@pytest.fixture
def household(supported: Supported) -> UUID:
    made = supported.household("birth=1950", "birth=1985;labour=able")
    supported.of_class(made, "poor")
    supported.note(made, supported.people(made)[0], "pension=no")
    return made


def _strip(supported: Supported, household: UUID) -> Strip:
    return supported.workspace.read(support_strip.strip, household, TODAY)


def test_what_could_be_had_and_is_not(supported: Supported, household: UUID) -> None:
    told = _strip(supported, household)
    assert (told.receiving, told.ended) == ((), ())
    missed = [(one.entitlement.programme, one.person) for one in told.entitled_not_received]
    grandmother = supported.make.view(household).members[0].person.full_name
    assert ("HTXH", grandmother) in missed
    first = told.entitled_not_received[0]
    assert first.follow
    assert first.title
    assert first.entitlement.citation
    assert told.unknown > 0
    follow = [one.follow for one in told.entitled_not_received]
    assert follow == sorted(follow, reverse=True)


def test_what_is_received_is_no_longer_missed(supported: Supported, household: UUID) -> None:
    grandmother, son = supported.people(household)
    supported.enrolled("HTXH", household, grandmother, from_on=date(2026, 1, 1), amount=500_000)
    supported.card(son, "BHYT-HN", date(2026, 1, 1), date(2026, 12, 31))
    supported.delivered("HTXH", household, grandmother, rule="HTXH-75", on=date(2026, 11, 5), amount=500_000)
    supported.delivered("DIEN", household, rule="DIEN-HN", on=date(2026, 10, 5), amount=178_560)
    supported.delivered("QVNN", household, on=date(2026, 2, 1), amount=1_000_000)
    told = _strip(supported, household)
    running = {(one.programme, one.person_id): one for one in told.receiving}
    assert [one.source for one in told.receiving if one.programme == "HTXH"] == ["enrolment"]
    assert running["HTXH", grandmother].amount == 500_000
    assert running["HTXH", grandmother].since == date(2026, 1, 1)
    assert running["BHYT-HN", son].detail == "HN4838900012345"
    assert running["DIEN", None].source == "delivery"
    missed = {(one.entitlement.programme, one.entitlement.person_id) for one in told.entitled_not_received}
    assert not missed & set(running)
    assert ("QVNN", None) not in missed
    assert [one.programme for one in told.ended] == ["QVNN"]


def test_what_has_ended(supported: Supported, household: UUID) -> None:
    grandmother, son = supported.people(household)
    for status, last in (
        (EnrolmentStatus.ENDED, date(2026, 6, 30)),
        (EnrolmentStatus.SUSPENDED, None),
        (EnrolmentStatus.ENDED, date(2026, 12, 31)),
    ):
        supported.enrolled("TCXH", household, grandmother, status=status, to_on=last, from_on=date(2025, 1, 1))
    supported.enrolled("TCXH", household, son, from_on=date(2027, 1, 1))
    supported.card(son, "BHYT-HCN", date(2025, 1, 1), date(2025, 12, 31))
    told = _strip(supported, household)
    assert [one.programme for one in told.ended] == ["TCXH", "TCXH", "BHYT-HCN"]
    assert [(one.programme, one.until) for one in told.receiving] == [("TCXH", date(2026, 12, 31))]


def test_the_newest_card_counts(supported: Supported, household: UUID) -> None:
    son = supported.people(household)[1]
    supported.card(son, "BHYT-HCN", date(2025, 1, 1), date(2025, 12, 31))
    supported.card(son, "BHYT-HN", date(2026, 1, 1))
    told = _strip(supported, household)
    assert [one.programme for one in told.receiving] == ["BHYT-HN"]
    assert told.ended == ()


def test_a_loan_shows_what_is_still_owed(supported: Supported, household: UUID) -> None:
    running = supported.loan("TD-HN", household, 50_000_000)
    supported.loan("TD-HCN", household, 30_000_000, status=LoanStatus.REPAID.value)
    for kind, amount in (
        (LoanEventKind.DISBURSED, 50_000_000),
        (LoanEventKind.REPAID, 12_000_000),
        (LoanEventKind.EXTENDED, 0),
    ):
        supported.workspace.write(_event, running, kind, amount)
    told = _strip(supported, household)
    assert [(one.programme, one.amount, one.detail) for one in told.receiving] == [
        ("TD-HN", 38_000_000, "Nuôi bò sinh sản")
    ]
    assert [one.programme for one in told.ended] == ["TD-HCN"]


def _event(uow: UnitOfWork, loan: UUID, kind: LoanEventKind, amount: int) -> None:
    uow.name_step("loan.event")
    row = {
        "loan_id": loan,
        "kind": kind.value,
        "on_date": date(2026, 5, 1),
        "amount": amount,
        "document": "",
        "note": "",
    }
    uow.insert_many(LoanEvent, [row])


def test_a_sponsor_stands_with_its_name(supported: Supported, household: UUID) -> None:
    supported.workspace.write(_sponsored, household)
    told = _strip(supported, household)
    assert [(one.programme, one.detail, one.amount) for one in told.receiving] == [
        ("DO-DAU", "Chùa Phước Hưng", 450_000)
    ]
    assert [one.until for one in told.ended] == [date(2026, 3, 31)]


def _sponsored(uow: UnitOfWork, household: UUID) -> None:
    uow.name_step("sponsorship.keep")
    sponsor = new_id()
    row = {"id": sponsor, "name": "Chùa Phước Hưng", "kind": "organisation", "contact": "", "note": ""}
    uow.insert_many(Sponsor, [row])
    base = {
        "sponsor_id": sponsor, "household_id": household, "form": "Tiền mặt hằng tháng", "amount": 450_000,
        "rhythm_months": 1, "from_on": date(2026, 1, 1), "to_on": None, "end_reason": "", "note": "",
    }  # fmt: skip
    uow.insert_many(
        Sponsorship,
        [
            base | {"status": SponsorshipStatus.RUNNING.value},
            base | {"status": SponsorshipStatus.RUNNING.value, "to_on": date(2026, 3, 31)},
            base | {"status": SponsorshipStatus.SOUGHT.value},
        ],
    )

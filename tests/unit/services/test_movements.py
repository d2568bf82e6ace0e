"""Movement of the lists: openings from the last decision, relapses, who came in, who is gone, what is not keyed yet."""

import json
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.people import LeaveReason, Relation
from casemgr.domain.reviews import CampaignKind, Movement
from casemgr.persistence.models import Campaign
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaigns, households, members, movements, offices
from casemgr.services.members import NewMember
from tests.support.review_story import Review
from tests.support.workspaces import Make

POOR, NEAR, NONE = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NONE


@pytest.fixture
def stays(make: Make) -> UUID:
    made = make.household("Nguyễn Thị Ửng", NewMember(make.person("Trần Văn Bé"), Relation.CHILD))
    make.poor(made)
    return made


def _moved(review: Review) -> dict[UUID, Movement]:
    found = review.make.workspace.read(movements.lines, review.id)
    return {line.household_id: line.movement for line in found}


def test_a_sheet_that_is_not_keyed_counts_as_staying(make: Make, stays: UUID) -> None:
    review = Review(make).open()
    report = make.workspace.read(movements.movements, review.id)
    assert not report.decided
    assert set(report.groups) == {Movement.STAYED_POOR}
    group = report.groups[Movement.STAYED_POOR]
    assert (group.households, group.people, group.ids) == (1, 2, (stays,))
    assert len(report.warnings) == 1
    review.key(stays, NEAR)
    report = make.workspace.read(movements.movements, review.id)
    assert report.warnings == ()
    assert report.balance.near_poor.people.values == (0, 0, 0, 0, 2, 0, 0, 0, 2)


def test_who_once_left_falls_back(make: Make) -> None:
    escaped, dropped, never, in_family = (make.household(f"Lê Thị {name}") for name in ("An", "Bé", "Cẩm", "Dung"))
    make.poor(escaped, 2024)
    make.poor(escaped, 2025, HouseholdClass.ESCAPED_POOR)
    make.poor(dropped, 2024, NEAR)
    make.poor(dropped, 2026, NONE)
    make.poor(never, 2026, NONE)
    review = Review(make).open()
    review.add(escaped, dropped, never, in_family)
    for household in (escaped, dropped, never, in_family):
        review.key(household, POOR)
    make.workspace.write(campaigns.mark_came_in, review.case(in_family), came_in=True)
    assert _moved(review) == {
        escaped: Movement.POOR_AGAIN,
        dropped: Movement.POOR_AGAIN,
        never: Movement.POOR_NEW,
        in_family: Movement.POOR_IN,
    }


def test_the_office_may_look_back_less_far(make: Make) -> None:
    household = make.household("Lê Thị An")
    make.poor(household, 2023, HouseholdClass.ESCAPED_POOR)
    review = Review(make).open()
    review.add(household)
    review.key(household, NEAR)
    assert _moved(review)[household] is Movement.NEAR_POOR_AGAIN
    make.workspace.write(offices.keep_setting, movements.LOOK_BACK, json.dumps(3))
    assert _moved(review)[household] is Movement.NEAR_POOR_NEW
    make.workspace.write(offices.keep_setting, movements.LOOK_BACK, json.dumps(4))
    assert _moved(review)[household] is Movement.NEAR_POOR_AGAIN


def test_the_opening_knows_in_year_decisions_and_their_people(make: Make, stays: UUID) -> None:
    came = make.household("Võ Văn Kỳ")
    monthly = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 10").open()
    monthly.add(came, stays)
    monthly.through({came: POOR, stays: NEAR})
    monthly.decide()
    yearly = Review(make).open()
    child = next(member for member in make.view(stays).members if member.relation is Relation.CHILD)
    make.workspace.write(
        members.leave, child.membership_id, child.membership_version, on=date(2026, 11, 21), reason=LeaveReason.MOVED
    )
    for household in (came, stays):
        yearly.key(household, POOR)
    found = {line.household_id: line for line in make.workspace.read(movements.lines, yearly.id)}
    assert (found[came].opening, found[came].movement) == (POOR, Movement.STAYED_POOR)
    assert (found[stays].opening, found[stays].movement) == (NEAR, Movement.NEAR_POOR_TO_POOR)
    assert (found[stays].opening_people, found[stays].people) == (2, 1)
    made = make.workspace.read(movements.movements, yearly.id).balance
    assert made.near_poor.people.values == (2, 1, 0, 1, 0, 0, 0, 0, 0)
    assert made.poor.people.values == (1, 0, 0, 0, 1, 0, 0, 0, 2)


def test_a_decided_escape_is_remembered_without_a_class(make: Make, stays: UUID) -> None:
    first = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 10").open()
    first.add(stays)
    first.through({stays: NONE})
    first.decide()
    second = Review(
        make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 11", opened=date(2026, 11, 2)
    ).open()
    second.add(stays)
    second.key(stays, POOR)
    assert _moved(second)[stays] is Movement.POOR_AGAIN
    assert make.workspace.read(_left, second.id, [stays]) == {stays}


def test_gone_before_and_during_the_review(make: Make, stays: UUID) -> None:
    before, early, later = (make.household(f"Lê Thị {name}") for name in ("An", "Bé", "Cẩm"))
    for household in (before, early, later):
        make.poor(household, value=NEAR)
    _end(make, before, date(2026, 3, 1))
    _end(make, early, date(2025, 12, 12))  # the day it was recognised: it never stood on this list
    review = Review(make).open()
    _end(make, later, date(2026, 11, 20))
    review.key(stays, POOR)
    assert _moved(review) == {
        stays: Movement.STAYED_POOR,
        later: Movement.NEAR_POOR_OUT,
        before: Movement.NEAR_POOR_OUT,
    }
    found = {line.household_id: line for line in make.workspace.read(movements.lines, review.id)}
    assert (found[before].case_id, found[before].gone, found[before].opening_people) == (None, True, 1)
    assert make.workspace.read(movements.movements, review.id).balance.gaps == ()


def test_who_left_together_counts_with_a_household_that_is_gone(make: Make, stays: UUID) -> None:
    for member in reversed(make.view(stays).members):
        make.workspace.write(
            members.leave,
            member.membership_id,
            member.membership_version,
            on=date(2026, 5, 1),
            reason=LeaveReason.MOVED,
        )
    _end(make, stays, date(2026, 5, 1))
    review = Review(make).open()
    (line,) = make.workspace.read(movements.lines, review.id)
    assert (line.movement, line.opening_people) == (Movement.POOR_OUT, 2)


def test_a_review_on_request_accounts_for_its_own_households(make: Make, stays: UUID) -> None:
    gone = make.household("Lê Thị An")
    make.poor(gone)
    _end(make, gone, date(2026, 3, 1))
    monthly = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 10").open()
    assert _moved(monthly) == {}


def _end(make: Make, household: UUID, on: date) -> None:
    version = make.view(household).version
    make.workspace.write(households.end_household, household, version, on=on, reason=EndReason.MOVED)


def _left(uow: UnitOfWork, campaign: UUID, ids: list[UUID]) -> set[UUID]:
    record = uow.session.scalars(select(Campaign).where(Campaign.id == campaign)).one()
    return movements.left_before(uow, record, ids)

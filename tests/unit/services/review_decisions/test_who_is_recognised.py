"""Whom a decision recognises: in the year, by the average standard, gone, moved, or recognised elsewhere."""

from datetime import date
from uuid import UUID

from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.reviews import (
    CampaignKind,
    CaseSource,
    CaseState,
    Movement,
    RequestKind,
    RequestStatus,
)
from casemgr.persistence.models import (
    Campaign,
    ReviewCase,
    ReviewRequest,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    households,
    packs,
    requests,
    review_decisions,
)
from tests.support.review_decisions import AVERAGE, NONE, POOR, ask, classes, kinds, move_to_town, preview
from tests.support.review_story import SIGNED, Review
from tests.support.workspaces import Make


def test_who_ends_during_the_review_is_gone_with_the_decision(yearly: Review, stays: UUID, new: UUID) -> None:
    make = yearly.make
    for household in (stays, new):
        view = make.view(household)
        make.workspace.write(
            households.end_household, household, view.version, on=date(2026, 11, 18), reason=EndReason.DIED_OUT
        )
    made = yearly.decide()
    assert made.counts["poor"].households == 0
    assert (yearly.record(stays).movement, yearly.state(stays)) == (Movement.POOR_OUT, CaseState.DECIDED)
    assert (yearly.record(new).movement, yearly.state(new)) == (Movement.NOT_POOR, CaseState.REMOVED)
    assert 2027 not in classes(make, stays)


def test_a_household_that_changed_area_is_judged_in_it(yearly: Review, stays: UUID, leaves: UUID) -> None:
    make = yearly.make
    make.workspace.write(move_to_town, stays)
    yearly.decide()
    assert yearly.record(stays).area == "urban"
    assert all(one.same for one in make.workspace.read(review_decisions.replay, yearly.case(stays)))


def test_an_in_year_review_leaves_who_stays_alone(make: Make, stays: UUID) -> None:
    away = ask(make, stays, RequestKind.LEAVE)
    review = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 10", opened=date(2026, 10, 15))
    review.open()
    review.through({stays: POOR})
    made = preview(review)
    assert made.lists["poor"] == ()
    assert [row.household_id for row in made.lists["refused"]] == [stays]
    before = make.view(stays).classes
    review.decide()
    assert make.view(stays).classes == before
    assert make.workspace.read(requests.view, away).row.status is RequestStatus.REFUSED
    report = make.workspace.read(review_decisions.movements, review.id)
    assert report.balance.poor.households.values == (1, 0, 0, 0, 0, 0, 0, 0, 1)


def test_the_average_living_standard(make: Make, new: UUID) -> None:
    other = make.household("Bùi Thị Hạnh")
    asked = {home: ask(make, home, RequestKind.AVERAGE) for home in (new, other)}
    review = Review(make, CampaignKind.AVERAGE, class_year=2026, title="Mức sống trung bình", opened=date(2026, 10, 15))
    review.open()
    review.key(new, AVERAGE)
    review.key(other, NONE, income=9_000_000)
    review.post()
    assert kinds(review, date(2026, 11, 13)) == ["posting"]
    made = review.decide()
    assert {name: count.households for name, count in made.counts.items() if count.households} == {
        "average": 1,
        "refused": 1,
    }
    assert classes(make, new) == {2026: AVERAGE}
    assert classes(make, other) == {}
    assert make.workspace.read(requests.view, asked[other]).row.status is RequestStatus.REFUSED
    assert review.record(new).movement == Movement.NOT_POOR


def test_income_in_the_average_band_is_no_recognition_by_a_poverty_review(make: Make, leaves: UUID, new: UUID) -> None:
    review = Review(make, opinion=False).open()
    review.add(new, source=CaseSource.REQUEST)
    for household in (leaves, new):
        review.key(household, NONE)
    make.workspace.write(_as_average, [review.case(leaves), review.case(new)])
    lists = preview(review).lists
    assert [row.result for row in lists["escaped_poor"]] == [HouseholdClass.ESCAPED_POOR]
    assert [(row.household_id, row.result) for row in lists["refused"]] == [(new, NONE)]
    assert lists["average"] == ()


def test_a_draft_standard_recognises_nobody(yearly: Review) -> None:
    yearly.make.workspace.write(_under_draft, yearly.id)
    assert kinds(yearly)[0] == "standard"


def test_not_poor_never_writes_over_another_recognition(make: Make, stays: UUID, new: UUID) -> None:
    other = make.household("Bùi Thị Hạnh")
    make.poor(new, 2027, AVERAGE)
    review = Review(make, opinion=False).open()
    review.add(new, other)
    review.through({stays: POOR, new: NONE, other: NONE})
    review.decide()
    assert classes(make, new) == {2027: AVERAGE}
    assert classes(make, other) == {2027: NONE}
    assert make.view(other).classes[0].decision is None


def test_requests_of_who_is_gone_or_was_answered_elsewhere(make: Make, stays: UUID, new: UUID) -> None:
    other = make.household("Bùi Thị Hạnh")
    asked = {home: ask(make, home, RequestKind.ENTER) for home in (new, other)}
    review = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 10", opened=date(2026, 10, 15))
    review.open()
    review.add(stays)
    review.through({new: POOR, other: POOR, stays: POOR})
    view = make.view(new)
    make.workspace.write(households.end_household, new, view.version, on=date(2026, 11, 18), reason=EndReason.DIED_OUT)
    make.workspace.write(_accepted_before, asked[other])
    review.decide()
    views = {home: make.workspace.read(requests.view, one) for home, one in asked.items()}
    assert (views[new].row.status, views[new].answered_on) == (RequestStatus.WITHDRAWN, SIGNED)
    assert (views[other].row.status, views[other].answered_on) == (RequestStatus.ACCEPTED, date(2026, 11, 1))
    lists = preview(review).lists  # the decided review shows the same lists
    assert [row.household_id for row in lists["poor"]] == [other]
    assert lists["refused"] == lists["gone"] == ()


def _as_average(uow: UnitOfWork, cases: list[UUID]) -> None:
    for case in cases:
        uow.record(ReviewCase, case).result_class = AVERAGE.value


def _under_draft(uow: UnitOfWork, campaign: UUID) -> None:
    draft = packs.by_id(uow, "VN-2027")
    record = uow.record(Campaign, campaign)
    record.pack, record.pack_sha256 = draft.id, draft.sha256


def _accepted_before(uow: UnitOfWork, request: UUID) -> None:
    record = uow.record(ReviewRequest, request)
    record.status, record.answered_on = RequestStatus.ACCEPTED.value, date(2026, 11, 1)

"""What stops a decision, and what is only told before it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from casemgr.domain.households import EndReason
from casemgr.domain.offices import Area, HamletData
from casemgr.domain.permissions import Role
from casemgr.domain.reviews import (
    CampaignKind,
    CaseState,
    DecideData,
    Movement,
)
from casemgr.errors import ConflictError, NotAllowedError, ValidationError
from casemgr.persistence.models import (
    Decision,
    Judgement,
    Membership,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.reports.certificate import render_certificate
from casemgr.services import (
    campaigns,
    certificates,
    holidays,
    households,
    offices,
    postings,
    review_decisions,
    statistics,
)
from tests.support.review_decisions import NEAR, NONE, POOR, classes, kinds, move_to_town, preview
from tests.support.review_story import SIGNED, Review
from tests.support.workspaces import Make


def test_a_certificate_that_cannot_be_confirmed_is_named(yearly: Review, stays: UUID) -> None:
    make = yearly.make
    make.poor(stays, 2027, NEAR, decided=False)
    make.workspace.write(certificates.issue, stays, year=2027, render=render_certificate)
    made = yearly.decide(on=date(2026, 11, 24), papers=True)
    assert len(made.issued) == 2
    assert made.confirmed == ()
    assert classes(make, stays)[2027] is POOR
    assert "01/GCN-HN.HCN" in made.not_issued[0].message


def test_certificates_need_somebody_who_draws(yearly: Review) -> None:
    with pytest.raises(ValueError, match="nobody draws"):
        yearly.make.workspace.write(review_decisions.decide, yearly.id, DecideData("145/QĐ-UBND", SIGNED))


def test_no_number_no_decision(yearly: Review, make: Make) -> None:
    make.workspace.write(_existing, "47/QĐ-UBND")
    for number, on, fields in ((" ", date(2026, 12, 1), ["number", "signed_on"]), ("47/QĐ-UBND", SIGNED, ["number"])):
        with pytest.raises(ValidationError) as refused:
            yearly.decide(number=number, on=on)
        assert [problem.field for problem in refused.value.problems] == fields
    assert yearly.state(yearly.make.workspace.read(_first, yearly.id)) is CaseState.OPINION


def test_not_while_the_list_hangs(yearly: Review) -> None:
    assert kinds(yearly, date(2026, 11, 11)) == ["posting", "later"]
    with pytest.raises(ValidationError) as refused:
        yearly.decide(on=date(2026, 11, 11))
    assert "11/11/2026" in str(refused.value)


def test_what_is_unfinished_is_told_by_hamlet(make: Make, stays: UUID) -> None:
    review = Review(make).open()
    other = make.household("Phạm Văn Sự", hamlet="Quân An")
    review.add(other)
    review.key(stays, POOR)
    made = preview(review)
    assert not made.ready
    assert [refusal.kind for refusal in made.refusals] == ["unfinished", "unfinished"]
    assert [refusal.message.split(":")[0] for refusal in made.refusals] == ["Ấp Phú Nhơn", "Ấp Quân An"]
    assert made.refusals[1].households == (other,)


def test_an_open_objection_holds_the_decision(make: Make, stays: UUID) -> None:
    review = Review(make, opinion=False).open()
    review.through({stays: POOR})
    objection = make.workspace.write(
        postings.lodge_objection,
        review.case(stays),
        received_on=date(2026, 11, 9),
        by_name="Võ Văn Kỳ",
        content="Hộ có xe tải",
    )
    assert kinds(review) == ["objection"]
    make.workspace.write(
        postings.settle_objection, objection, on=date(2026, 11, 12), upheld=False, finding="Đã xác minh"
    )
    assert kinds(review) == ["again"]
    review.post(on=date(2026, 11, 13), again=True)
    assert kinds(review, date(2026, 11, 18)) == ["posting"]
    assert kinds(review, date(2026, 11, 19)) == []


def test_the_superior_must_have_agreed(make: Make, stays: UUID) -> None:
    review = Review(make).open()
    review.key(stays, POOR)
    review.meet([stays])
    review.post()
    assert kinds(review) == ["opinion"]
    review.ask(agreed=False)
    assert kinds(review) == ["opinion"]


def test_nobody_drops_out_of_the_list_unseen(yearly: Review, make: Make, leaves: UUID) -> None:
    late = make.household("Đặng Thị Lượm")
    make.poor(late)
    (refusal,) = preview(yearly).refusals
    assert (refusal.kind, refusal.households) == ("unlisted", (late,))
    view = make.view(late)
    make.workspace.write(households.end_household, late, view.version, on=date(2026, 11, 15), reason=EndReason.MOVED)
    made = preview(yearly)
    assert made.ready
    assert [row.household_id for row in made.lists["gone"]] == [late]
    yearly.decide()
    record = yearly.record(late)
    assert (record.movement, record.state) == (Movement.POOR_OUT, CaseState.DECIDED)
    assert record.removed_reason == "Chuyển đến xã khác"
    report = make.workspace.read(review_decisions.movements, yearly.id)
    assert report.balance.poor.households.values == (4, 1, 1, 1, 0, 0, 1, 0, 2)
    assert report.balance.gaps == ()


def test_a_listed_household_taken_off_is_missed_in_the_opening(yearly: Review, leaves: UUID) -> None:
    workspace = yearly.make.workspace
    before = workspace.read(review_decisions.movements, yearly.id)
    assert before.warnings == ()
    workspace.write(campaigns.remove_case, yearly.case(leaves), reason="Đi vắng")
    (told,) = workspace.read(review_decisions.movements, yearly.id).warnings
    assert told.startswith("1 ")
    assert [len(workspace.read(statistics.figures, form, yearly.id).gaps) for form in ("2", "3")] == [1, 0]
    (refusal,) = preview(yearly).refusals
    assert (refusal.kind, refusal.households) == ("unlisted", (leaves,))


def test_a_result_the_survey_no_longer_gives_stops_the_decision(make: Make, stays: UUID, leaves: UUID) -> None:
    review = Review(make).open()
    review.through({stays: POOR, leaves: NONE})
    make.workspace.write(move_to_town, leaves)  # 180 points are over 140 and over 175: still not poor
    make.workspace.write(_set_points, review.case(leaves), 150)
    with pytest.raises(ConflictError, match="Trần Văn Tám"):
        review.decide()
    assert review.state(stays) is CaseState.OPINION


def test_an_empty_or_decided_review(make: Make, yearly: Review) -> None:
    empty = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 11").open()
    assert kinds(empty) == ["empty"]
    yearly.decide()
    assert kinds(yearly) == ["review"]


def test_late_and_unknown_days_are_told(yearly: Review, make: Make) -> None:
    for view in make.workspace.read(holidays.holidays, 2026):
        make.workspace.write(holidays.remove_holiday, view.day)
    view = make.workspace.read(campaigns.view, yearly.id)
    data = replace(view.data, due_on=date(2026, 11, 15))
    make.workspace.write(campaigns.correct_campaign, yearly.id, view.version, data)
    warnings = preview(yearly).warnings
    assert len(warnings) == 3
    assert "15/11/2026" in warnings[1]
    assert "2026" in warnings[2]


def test_the_leader_may_sign_and_a_viewer_may_not(yearly: Review, stays: UUID) -> None:
    workspace = yearly.make.workspace
    officer = workspace.actor
    workspace.actor = replace(officer, role=Role.VIEWER)
    with pytest.raises(NotAllowedError):
        yearly.decide()
    workspace.actor = replace(officer, role=Role.LEADER)
    yearly.decide(on=date(2026, 11, 24), papers=True)
    assert yearly.state(stays) is CaseState.DECIDED


def test_signed_after_the_last_step(make: Make, stays: UUID) -> None:
    review = Review(make).open()
    review.through({stays: POOR})
    (refusal,) = preview(review, date(2026, 11, 13)).refusals
    assert (refusal.kind, refusal.households) == ("later", (stays,))
    assert "16/11/2026" in refusal.message
    assert kinds(review, date(2026, 11, 16)) == []


def test_a_result_without_its_judgement_stops_the_decision(yearly: Review, stays: UUID) -> None:
    yearly.make.workspace.write(_forget_judgement, yearly.case(stays))
    with pytest.raises(ConflictError, match="Nguyễn Thị Ửng"):
        yearly.decide()


def _existing(uow: UnitOfWork, number: str) -> None:
    uow.add(Decision(number=number, signed_on=date(2026, 12, 1), year=2027, summary=""))


def _first(uow: UnitOfWork, campaign: UUID) -> UUID:
    return (
        uow.session.scalars(select(ReviewCase.household_id).where(ReviewCase.campaign_id == campaign)).first()
        or campaign
    )


def _set_points(uow: UnitOfWork, case: UUID, points: int) -> None:
    record = uow.session.scalars(select(Judgement).where(Judgement.case_id == case)).one()
    record.inputs = record.inputs.replace('"b1":180', f'"b1":{points}')


def _forget_judgement(uow: UnitOfWork, case: UUID) -> None:
    uow.session.delete(uow.session.scalars(select(Judgement).where(Judgement.case_id == case)).one())


def test_a_household_without_members_is_refused_by_name(yearly: Review, stays: UUID) -> None:
    make = yearly.make
    (head,) = make.view(stays).members
    make.workspace.write(_forget_member, head.membership_id)
    (refusal,) = preview(yearly).refusals
    assert (refusal.kind, refusal.households) == ("nobody", (stays,))
    assert "Nguyễn Thị Ửng" in refusal.message
    with pytest.raises(ValidationError, match="Nguyễn Thị Ửng"):
        yearly.decide()


def test_a_decision_signed_after_its_standard_is_told(yearly: Review) -> None:
    assert len(preview(yearly, date(2026, 12, 14)).warnings) == 1
    told = preview(yearly, date(2027, 1, 4)).warnings
    assert len(told) == 3  # the class of 2027, the standard, the day it was due
    assert "31/12/2026" in told[1]


def test_lists_and_refusals_run_by_names_of_hamlets_and_heads(make: Make) -> None:
    workspace = make.workspace
    workspace.write(offices.add_hamlet, HamletData("Ấp", "An Hòa", Area.RURAL))  # made last, first by name
    homes = {}
    for hamlet, head in (
        ("Quân An", "Lê Văn Ân"),
        ("An Hòa", "Lê Văn Út"),
        ("Phú Nhơn", "Lê Văn Đa"),
        ("An Hòa", "Trần Thị Ái"),
        ("Phú Nhơn", "Võ Thị Dung"),
    ):
        homes[head] = make.household(head, hamlet=hamlet)
        make.poor(homes[head])
    review = Review(make).open()
    refusals = preview(review).refusals
    assert [refusal.message.partition(":")[0] for refusal in refusals] == ["Ấp An Hòa", "Ấp Phú Nhơn", "Ấp Quân An"]
    for home in homes.values():
        review.key(home, POOR)
    names = [row.head for row in preview(review).lists["poor"]]
    assert names == ["Trần Thị Ái", "Lê Văn Út", "Võ Thị Dung", "Lê Văn Đa", "Lê Văn Ân"]


def _forget_member(uow: UnitOfWork, membership_id: UUID) -> None:
    record = uow.record(Membership, membership_id)
    record.left_on = date(2026, 11, 1)

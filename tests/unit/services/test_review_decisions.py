"""The decision: its lists, what stands against it, and everything that follows from signing it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from casemgr.domain.certificates import CertificateStatus
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.offices import Area, HamletData
from casemgr.domain.permissions import Role
from casemgr.domain.reviews import (
    CampaignKind,
    CaseSource,
    CaseState,
    DecideData,
    HolidayKind,
    Movement,
    RequestData,
    RequestKind,
    RequestStatus,
)
from casemgr.errors import ConflictError, NotAllowedError, ValidationError
from casemgr.persistence.models import (
    Campaign,
    Decision,
    Household,
    Judgement,
    Membership,
    PolicyPack,
    ReviewCase,
    ReviewRequest,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.reports.certificate import render_certificate
from casemgr.services import (
    campaigns,
    certificates,
    history,
    holidays,
    households,
    offices,
    packs,
    postings,
    requests,
    review_decisions,
    statistics,
)
from casemgr.services.certificate_drafts import standing
from casemgr.services.review_decisions import DecisionPreview
from tests.support.packfiles import local_pack, revised, signed
from tests.support.review_story import SIGNED, Review
from tests.support.workspaces import Make

POOR, NEAR, NONE, AVERAGE = (
    HouseholdClass.POOR,
    HouseholdClass.NEAR_POOR,
    HouseholdClass.NONE,
    HouseholdClass.AVERAGE,
)


@pytest.fixture
def stays(make: Make) -> UUID:
    made = make.household("Nguyễn Thị Ửng")
    make.poor(made)
    return made


@pytest.fixture
def leaves(make: Make) -> UUID:
    made = make.household("Trần Văn Tám")
    make.poor(made)
    return made


@pytest.fixture
def rises(make: Make) -> UUID:
    made = make.household("Lê Thị Yến")
    make.poor(made)
    return made


@pytest.fixture
def new(make: Make) -> UUID:
    return make.household("Võ Văn Kỳ")


@pytest.fixture
def yearly(make: Make, stays: UUID, leaves: UUID, rises: UUID, new: UUID) -> Review:
    review = Review(make).open()
    review.add(new)
    review.through({stays: POOR, leaves: NONE, rises: NEAR, new: POOR})
    return review


def _preview(review: Review, on: date = SIGNED) -> DecisionPreview:
    return review.make.workspace.read(review_decisions.preview, review.id, on)


def _kinds(review: Review, on: date = SIGNED) -> list[str]:
    return [refusal.kind for refusal in _preview(review, on).refusals]


def _classes(make: Make, household: UUID) -> dict[int, HouseholdClass]:
    return {view.data.year: view.data.value for view in make.view(household).classes}


def _ask(make: Make, household: UUID, kind: RequestKind, on: date = date(2026, 10, 2)) -> UUID:
    income = 80_000_000 if kind is RequestKind.AVERAGE else None
    data = RequestData(kind, household, on, reasons=("other",), reason_text="Đề nghị", income_year=income)
    return make.workspace.write(requests.receive, data)


def test_the_lists_before_signing(yearly: Review, stays: UUID, leaves: UUID, rises: UUID, new: UUID) -> None:
    made = _preview(yearly)
    names = {name: [row.household_id for row in rows] for name, rows in made.lists.items()}
    assert names["poor"] == [new, stays]
    assert names["near_poor"] == [rises]
    assert names["escaped_poor"] == [leaves, rises]
    assert names["escaped_near_poor"] == names["average"] == names["refused"] == names["gone"] == []
    assert made.counts["poor"].households == made.counts["poor"].people == 2
    assert {row.household_id: row.result for row in made.lists["escaped_poor"]} == {
        rises: NEAR,
        leaves: HouseholdClass.ESCAPED_POOR,
    }
    assert made.ready
    assert made.certificates.to_issue == (new, stays, rises)
    assert "2027" in made.warnings[0]
    assert "31/12/2026" in made.warnings[0]
    assert len(made.warnings) == 1


def test_everything_follows_from_the_decision(
    yearly: Review, stays: UUID, leaves: UUID, rises: UUID, new: UUID
) -> None:
    make = yearly.make
    made = yearly.decide()
    assert (made.number, made.issued, made.confirmed, made.not_issued) == ("145/QĐ-UBND", (), (), ())
    assert {home: _classes(make, home).get(2027) for home in (stays, leaves, rises, new)} == {
        stays: POOR,
        leaves: HouseholdClass.ESCAPED_POOR,
        rises: NEAR,
        new: POOR,
    }
    written = make.view(stays).classes[0]
    assert written.decision is not None
    assert (written.decision.number, written.decision.signed_on) == ("145/QĐ-UBND", SIGNED)
    assert (written.data.standard, written.data.b1, written.data.b2, written.data.since) == ("VN-2022", 120, 40, SIGNED)
    assert len(written.data.deprivations) == 4
    assert written.data.causes == ("2", "7")
    assert _classes(make, stays)[2026] is POOR
    record = yearly.record(new)
    assert (record.state, record.movement, record.decided_on) == (CaseState.DECIDED, Movement.POOR_NEW, SIGNED)
    assert (record.decision_id, record.opening_class) == (made.decision_id, HouseholdClass.UNREVIEWED)
    report = make.workspace.read(review_decisions.movements, yearly.id)
    assert report.decided
    assert report.balance.poor.households.values == (3, 1, 1, 0, 0, 0, 1, 0, 2)
    view = make.workspace.read(campaigns.view, yearly.id)
    assert (view.status, view.decision_id) == ("decided", made.decision_id)
    assert make.workspace.read(households.rows, [leaves])[0].class_value is HouseholdClass.ESCAPED_POOR
    with pytest.raises(ConflictError):
        yearly.decide(number="146/QĐ-UBND")


def test_the_decision_is_a_barrier_to_undo(yearly: Review) -> None:
    yearly.decide()
    assert yearly.make.workspace.read(history.next_undo) is None


def test_certificates_in_the_same_step(yearly: Review, stays: UUID, leaves: UUID, rises: UUID, new: UUID) -> None:
    make = yearly.make
    for household in (stays, leaves):
        make.workspace.write(certificates.issue, household, year=2026, render=render_certificate)
    plan = _preview(yearly, date(2026, 11, 24)).certificates
    assert plan.to_issue == (new, rises)
    assert len(plan.to_confirm) == 1
    made = yearly.decide(on=date(2026, 11, 24), papers=True)
    assert {paper.household_id for paper in made.issued} == {new, rises}
    assert [paper.household_id for paper in made.confirmed] == [stays]
    assert [one.household_id for one in made.to_return] == [leaves]
    assert made.to_return[0].number == "02/GCN-HN.HCN"
    assert make.workspace.read(_status, leaves) == CertificateStatus.ISSUED  # returned and voided by hand
    assert make.workspace.read(history.next_undo) is None


def test_a_certificate_that_cannot_be_confirmed_is_named(yearly: Review, stays: UUID) -> None:
    make = yearly.make
    make.poor(stays, 2027, NEAR, decided=False)
    make.workspace.write(certificates.issue, stays, year=2027, render=render_certificate)
    made = yearly.decide(on=date(2026, 11, 24), papers=True)
    assert len(made.issued) == 2
    assert made.confirmed == ()
    assert _classes(make, stays)[2027] is POOR
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
    assert _kinds(yearly, date(2026, 11, 11)) == ["posting", "later"]
    with pytest.raises(ValidationError) as refused:
        yearly.decide(on=date(2026, 11, 11))
    assert "11/11/2026" in str(refused.value)


def test_what_is_unfinished_is_told_by_hamlet(make: Make, stays: UUID) -> None:
    review = Review(make).open()
    other = make.household("Phạm Văn Sự", hamlet="Quân An")
    review.add(other)
    review.key(stays, POOR)
    made = _preview(review)
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
    assert _kinds(review) == ["objection"]
    make.workspace.write(
        postings.settle_objection, objection, on=date(2026, 11, 12), upheld=False, finding="Đã xác minh"
    )
    assert _kinds(review) == ["again"]
    review.post(on=date(2026, 11, 13), again=True)
    assert _kinds(review, date(2026, 11, 18)) == ["posting"]
    assert _kinds(review, date(2026, 11, 19)) == []


def test_the_superior_must_have_agreed(make: Make, stays: UUID) -> None:
    review = Review(make).open()
    review.key(stays, POOR)
    review.meet([stays])
    review.post()
    assert _kinds(review) == ["opinion"]
    review.ask(agreed=False)
    assert _kinds(review) == ["opinion"]


def test_nobody_drops_out_of_the_list_unseen(yearly: Review, make: Make, leaves: UUID) -> None:
    late = make.household("Đặng Thị Lượm")
    make.poor(late)
    (refusal,) = _preview(yearly).refusals
    assert (refusal.kind, refusal.households) == ("unlisted", (late,))
    view = make.view(late)
    make.workspace.write(households.end_household, late, view.version, on=date(2026, 11, 15), reason=EndReason.MOVED)
    made = _preview(yearly)
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
    (refusal,) = _preview(yearly).refusals
    assert (refusal.kind, refusal.households) == ("unlisted", (leaves,))


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
    assert 2027 not in _classes(make, stays)


def test_a_household_that_changed_area_is_judged_in_it(yearly: Review, stays: UUID, leaves: UUID) -> None:
    make = yearly.make
    make.workspace.write(_move_to_town, stays)
    yearly.decide()
    assert yearly.record(stays).area == "urban"
    assert all(one.same for one in make.workspace.read(review_decisions.replay, yearly.case(stays)))


def test_a_result_the_survey_no_longer_gives_stops_the_decision(make: Make, stays: UUID, leaves: UUID) -> None:
    review = Review(make).open()
    review.through({stays: POOR, leaves: NONE})
    make.workspace.write(_move_to_town, leaves)  # 180 points are over 140 and over 175: still not poor
    make.workspace.write(_set_points, review.case(leaves), 150)
    with pytest.raises(ConflictError, match="Trần Văn Tám"):
        review.decide()
    assert review.state(stays) is CaseState.OPINION


def test_replay_is_the_same_after_any_later_edit(yearly: Review, stays: UUID) -> None:
    make = yearly.make
    yearly.decide()
    make.workspace.write(_move_to_town, stays)
    make.workspace.write(holidays.keep_holiday, date(2026, 12, 1), "Nghỉ", HolidayKind.HOLIDAY)
    newer = revised("VN-2022", 2, ("giai đoạn 2022 - 2025", "giai đoạn 2022 - 2026"))
    make.workspace.write(packs.accept_import, signed(newer))
    assert make.workspace.read(packs.by_id, "VN-2022").revision == 2
    (made,) = make.workspace.read(review_decisions.replay, yearly.case(stays))
    assert made.same
    assert (made.scope, made.pack) == ("national", "VN-2022")
    assert '"value":"poor"' in made.stored
    assert make.workspace.read(_archived) == ["VN-2022", "VN-2022"]  # the content that judged and the newer one


def test_requests_are_answered_by_the_decision(make: Make, leaves: UUID, new: UUID) -> None:
    other = make.household("Bùi Thị Hạnh")
    asked = {home: _ask(make, home, RequestKind.ENTER) for home in (new, other)}
    away = _ask(make, leaves, RequestKind.LEAVE)
    review = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 10", opened=date(2026, 10, 15))
    review.open()
    for home, value in ((new, NEAR), (other, NONE), (leaves, NONE)):
        review.key(home, value)
    review.meet([new, other, leaves])
    review.post()
    made = review.decide()
    assert [row.household_id for row in made.refused] == [other]
    views = {home: make.workspace.read(requests.view, one) for home, one in asked.items()}
    assert (views[new].row.status, views[new].answered_on) == (RequestStatus.ACCEPTED, SIGNED)
    assert views[other].row.status is RequestStatus.REFUSED
    assert "180" in views[other].refusal_reason
    assert make.workspace.read(requests.view, away).row.status is RequestStatus.ACCEPTED
    assert _classes(make, new) == {2026: NEAR}
    assert _classes(make, leaves) == {2026: HouseholdClass.ESCAPED_POOR}
    assert _classes(make, other) == {}
    assert (review.state(other), review.record(other).removed_reason) == (
        CaseState.REMOVED,
        views[other].refusal_reason,
    )


def test_an_in_year_review_leaves_who_stays_alone(make: Make, stays: UUID) -> None:
    away = _ask(make, stays, RequestKind.LEAVE)
    review = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 10", opened=date(2026, 10, 15))
    review.open()
    review.through({stays: POOR})
    made = _preview(review)
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
    asked = {home: _ask(make, home, RequestKind.AVERAGE) for home in (new, other)}
    review = Review(make, CampaignKind.AVERAGE, class_year=2026, title="Mức sống trung bình", opened=date(2026, 10, 15))
    review.open()
    review.key(new, AVERAGE)
    review.key(other, NONE, income=9_000_000)
    review.post()
    assert _kinds(review, date(2026, 11, 13)) == ["posting"]
    made = review.decide()
    assert {name: count.households for name, count in made.counts.items() if count.households} == {
        "average": 1,
        "refused": 1,
    }
    assert _classes(make, new) == {2026: AVERAGE}
    assert _classes(make, other) == {}
    assert make.workspace.read(requests.view, asked[other]).row.status is RequestStatus.REFUSED
    assert review.record(new).movement == Movement.NOT_POOR


def test_income_in_the_average_band_is_no_recognition_by_a_poverty_review(make: Make, leaves: UUID, new: UUID) -> None:
    review = Review(make, opinion=False).open()
    review.add(new, source=CaseSource.REQUEST)
    for household in (leaves, new):
        review.key(household, NONE)
    make.workspace.write(_as_average, [review.case(leaves), review.case(new)])
    lists = _preview(review).lists
    assert [row.result for row in lists["escaped_poor"]] == [HouseholdClass.ESCAPED_POOR]
    assert [(row.household_id, row.result) for row in lists["refused"]] == [(new, NONE)]
    assert lists["average"] == ()


def test_a_draft_standard_recognises_nobody(yearly: Review) -> None:
    yearly.make.workspace.write(_under_draft, yearly.id)
    kinds = _kinds(yearly)
    assert kinds[0] == "standard"


def test_an_empty_or_decided_review(make: Make, yearly: Review) -> None:
    empty = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 11").open()
    assert _kinds(empty) == ["empty"]
    yearly.decide()
    assert _kinds(yearly) == ["review"]


def test_late_and_unknown_days_are_told(yearly: Review, make: Make) -> None:
    for view in make.workspace.read(holidays.holidays, 2026):
        make.workspace.write(holidays.remove_holiday, view.day)
    view = make.workspace.read(campaigns.view, yearly.id)
    data = replace(view.data, due_on=date(2026, 11, 15))
    make.workspace.write(campaigns.correct_campaign, yearly.id, view.version, data)
    warnings = _preview(yearly).warnings
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
    (refusal,) = _preview(review, date(2026, 11, 13)).refusals
    assert (refusal.kind, refusal.households) == ("later", (stays,))
    assert "16/11/2026" in refusal.message
    assert _kinds(review, date(2026, 11, 16)) == []


def test_national_and_local_judgements_are_kept(make: Make, stays: UUID) -> None:
    workspace = make.workspace
    workspace.write(packs.accept_import, signed(local_pack(workspace.read(offices.office).province_code)))
    review = Review(make, opinion=False).open()
    review.key(stays, POOR, income=1_400_000)
    review.meet([stays])
    review.post()
    review.decide()
    made = workspace.read(review_decisions.replay, review.case(stays))
    assert [(one.scope, one.pack, one.same) for one in made] == [
        ("national", "VN-2022", True),
        ("local", "VL-2026", True),
    ]
    assert set(workspace.read(_archived)) == {"VN-2022", "VL-2026"}


def test_a_result_without_its_judgement_stops_the_decision(yearly: Review, stays: UUID) -> None:
    yearly.make.workspace.write(_forget_judgement, yearly.case(stays))
    with pytest.raises(ConflictError, match="Nguyễn Thị Ửng"):
        yearly.decide()


def test_not_poor_never_writes_over_another_recognition(make: Make, stays: UUID, new: UUID) -> None:
    other = make.household("Bùi Thị Hạnh")
    make.poor(new, 2027, AVERAGE)
    review = Review(make, opinion=False).open()
    review.add(new, other)
    review.through({stays: POOR, new: NONE, other: NONE})
    review.decide()
    assert _classes(make, new) == {2027: AVERAGE}
    assert _classes(make, other) == {2027: NONE}
    assert make.view(other).classes[0].decision is None


def test_requests_of_who_is_gone_or_was_answered_elsewhere(make: Make, stays: UUID, new: UUID) -> None:
    other = make.household("Bùi Thị Hạnh")
    asked = {home: _ask(make, home, RequestKind.ENTER) for home in (new, other)}
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
    lists = _preview(review).lists  # the decided review shows the same lists
    assert [row.household_id for row in lists["poor"]] == [other]
    assert lists["refused"] == lists["gone"] == ()


def _status(uow: UnitOfWork, household: UUID) -> str:
    found = standing(uow, household)
    assert found is not None
    return found.status


def _existing(uow: UnitOfWork, number: str) -> None:
    uow.add(Decision(number=number, signed_on=date(2026, 12, 1), year=2027, summary=""))


def _first(uow: UnitOfWork, campaign: UUID) -> UUID:
    return (
        uow.session.scalars(select(ReviewCase.household_id).where(ReviewCase.campaign_id == campaign)).first()
        or campaign
    )


def _move_to_town(uow: UnitOfWork, household: UUID) -> None:
    uow.record(Household, household).area = "urban"


def _set_points(uow: UnitOfWork, case: UUID, points: int) -> None:
    record = uow.session.scalars(select(Judgement).where(Judgement.case_id == case)).one()
    record.inputs = record.inputs.replace('"b1":180', f'"b1":{points}')


def _as_average(uow: UnitOfWork, cases: list[UUID]) -> None:
    for case in cases:
        uow.record(ReviewCase, case).result_class = AVERAGE.value


def _under_draft(uow: UnitOfWork, campaign: UUID) -> None:
    draft = packs.by_id(uow, "VN-2027")
    record = uow.record(Campaign, campaign)
    record.pack, record.pack_sha256 = draft.id, draft.sha256


def _archived(uow: UnitOfWork) -> list[str]:
    return list(uow.session.scalars(select(PolicyPack.pack)))


def _forget_judgement(uow: UnitOfWork, case: UUID) -> None:
    uow.session.delete(uow.session.scalars(select(Judgement).where(Judgement.case_id == case)).one())


def _accepted_before(uow: UnitOfWork, request: UUID) -> None:
    record = uow.record(ReviewRequest, request)
    record.status, record.answered_on = RequestStatus.ACCEPTED.value, date(2026, 11, 1)


def test_a_household_without_members_is_refused_by_name(yearly: Review, stays: UUID) -> None:
    make = yearly.make
    (head,) = make.view(stays).members
    make.workspace.write(_forget_member, head.membership_id)
    (refusal,) = _preview(yearly).refusals
    assert (refusal.kind, refusal.households) == ("nobody", (stays,))
    assert "Nguyễn Thị Ửng" in refusal.message
    with pytest.raises(ValidationError, match="Nguyễn Thị Ửng"):
        yearly.decide()


def test_a_decision_signed_after_its_standard_is_told(yearly: Review) -> None:
    assert len(_preview(yearly, date(2026, 12, 14)).warnings) == 1
    told = _preview(yearly, date(2027, 1, 4)).warnings
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
    refusals = _preview(review).refusals
    assert [refusal.message.partition(":")[0] for refusal in refusals] == ["Ấp An Hòa", "Ấp Phú Nhơn", "Ấp Quân An"]
    for home in homes.values():
        review.key(home, POOR)
    names = [row.head for row in _preview(review).lists["poor"]]
    assert names == ["Trần Thị Ái", "Lê Văn Út", "Võ Thị Dung", "Lê Văn Đa", "Lê Văn Ân"]


def _forget_member(uow: UnitOfWork, membership_id: UUID) -> None:
    record = uow.record(Membership, membership_id)
    record.left_on = date(2026, 11, 1)

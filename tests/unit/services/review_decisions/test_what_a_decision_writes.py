"""What a decision writes: lists, classes, certificates, answers to requests; and that it can be replayed."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from casemgr.domain.certificates import CertificateStatus
from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import (
    CampaignKind,
    CaseState,
    HolidayKind,
    Movement,
    RequestKind,
    RequestStatus,
)
from casemgr.errors import ConflictError
from casemgr.persistence.models import (
    PolicyPack,
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
    requests,
    review_decisions,
)
from casemgr.services.certificate_drafts import standing
from tests.support.packfiles import local_pack, revised, signed
from tests.support.review_decisions import NEAR, NONE, POOR, ask, classes, move_to_town, preview
from tests.support.review_story import SIGNED, Review
from tests.support.workspaces import Make


def test_the_lists_before_signing(yearly: Review, stays: UUID, leaves: UUID, rises: UUID, new: UUID) -> None:
    made = preview(yearly)
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
    assert {home: classes(make, home).get(2027) for home in (stays, leaves, rises, new)} == {
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
    assert classes(make, stays)[2026] is POOR
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
    plan = preview(yearly, date(2026, 11, 24)).certificates
    assert plan.to_issue == (new, rises)
    assert len(plan.to_confirm) == 1
    made = yearly.decide(on=date(2026, 11, 24), papers=True)
    assert {paper.household_id for paper in made.issued} == {new, rises}
    assert [paper.household_id for paper in made.confirmed] == [stays]
    assert [one.household_id for one in made.to_return] == [leaves]
    assert made.to_return[0].number == "02/GCN-HN.HCN"
    assert make.workspace.read(_status, leaves) == CertificateStatus.ISSUED  # returned and voided by hand
    assert make.workspace.read(history.next_undo) is None


def test_replay_is_the_same_after_any_later_edit(yearly: Review, stays: UUID) -> None:
    make = yearly.make
    yearly.decide()
    make.workspace.write(move_to_town, stays)
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
    asked = {home: ask(make, home, RequestKind.ENTER) for home in (new, other)}
    away = ask(make, leaves, RequestKind.LEAVE)
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
    assert classes(make, new) == {2026: NEAR}
    assert classes(make, leaves) == {2026: HouseholdClass.ESCAPED_POOR}
    assert classes(make, other) == {}
    assert (review.state(other), review.record(other).removed_reason) == (
        CaseState.REMOVED,
        views[other].refusal_reason,
    )


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


def _status(uow: UnitOfWork, household: UUID) -> str:
    found = standing(uow, household)
    assert found is not None
    return found.status


def _archived(uow: UnitOfWork) -> list[str]:
    return list(uow.session.scalars(select(PolicyPack.pack)))

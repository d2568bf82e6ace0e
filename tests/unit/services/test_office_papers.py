"""Papers of the review from the case file: drafts, numbers given once, frozen PDFs, and what a posting cannot tell."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from casemgr.domain import packs
from casemgr.domain import paper_templates as keys
from casemgr.domain.households import HouseholdClass
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.papers import DecisionContent, PaperContent, PostingContent
from casemgr.domain.permissions import Role
from casemgr.domain.reviews import (
    CampaignKind,
    DecideData,
)
from casemgr.errors import NotAllowedError, NotFoundError, ValidationError
from casemgr.persistence.models import Campaign, OfficePaper, Posting, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.reports.office_papers import render_paper
from casemgr.services import (
    campaigns,
    history,
    office_papers,
    offices,
    rehearsal,
    review_decisions,
    survey_prints,
    templates,
)
from casemgr.services.office_papers import PaperQuery
from casemgr.workspace import Workspace
from tests.support.office_review import RESULTS, Review, open_review, refusals
from tests.support.pdfs import pages_of, text_by_poppler
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
SECRETS = ("083179001234", "05/03/1979", "1979", "0901234567", "Tổ 3", "khuyết tật", "120", "1400000", "1.400.000")


def bare(content: PaperContent) -> bytes:
    """Draws nothing: for tests that are not about the drawing."""
    return type(content).__name__.encode()


@pytest.fixture
def review(workspace: Workspace, make: Make) -> Review:
    return open_review(workspace, make)


@pytest.fixture
def judged(review: Review) -> Review:
    """Everybody has a result and it is checked."""
    for name, (_before, result) in RESULTS.items():
        review.key(name, result)
    review.check()
    return review


@pytest.fixture
def posted(judged: Review) -> tuple[Review, UUID]:
    judged.end(judged.meet())
    return judged, judged.post()


@pytest.fixture
def decided(posted: tuple[Review, UUID]) -> Review:
    review, _posting = posted
    data = DecideData(number="45/QĐ-UBND", signed_on=date(2026, 11, 20), issue_certificates=False)
    review.workspace.write(review_decisions.decide, review.campaign, data)
    return review


# ---- the decision


def test_before_the_decision_its_paper_is_a_draft_that_cannot_be_issued(posted: tuple[Review, UUID]) -> None:
    review, _posting = posted
    draft = review.workspace.read(office_papers.draft, PaperKind.DECISION, review.campaign)
    assert refusals(draft) == {"decision"}
    assert draft.content.head.draft
    assert "NHÁP" in pages_of(render_paper(draft.content))[0]
    with pytest.raises(ValidationError, match=r"quyết định|[Dd]ecision"):
        review.workspace.write(office_papers.issue, PaperKind.DECISION, review.campaign, render=render_paper)


def test_the_lists_of_the_decision_are_those_it_was_decided_with(decided: Review) -> None:
    draft = decided.workspace.read(office_papers.draft, PaperKind.DECISION, decided.campaign)
    assert draft.refusals == ()
    lists = {listed.value: [(row.head, row.note) for row in listed.rows] for listed in draft.content.lists}
    assert lists == {
        HouseholdClass.POOR: [("Nguyễn Thị Á", ""), ("Đặng Thị Đào", "Phát sinh mới")],
        HouseholdClass.NEAR_POOR: [("Lê Thị Bé", "Từ hộ nghèo")],
        HouseholdClass.ESCAPED_POOR: [("Lê Thị Bé", "Thành hộ cận nghèo")],
        HouseholdClass.ESCAPED_NEAR_POOR: [("Phạm Văn Ca", "")],
    }
    words = draft.content.wording
    assert "1. Hộ nghèo: 02 hộ với 03 nhân khẩu" in f"1. {words.items[0]}"
    assert "năm 2027" in words.article
    assert "{" not in words.article + words.attached + "".join(words.items[:4])


def test_the_issued_decision_carries_the_number_it_was_decided_under(decided: Review, tmp_path: Path) -> None:
    made = decided.workspace.write(office_papers.issue, PaperKind.DECISION, decided.campaign, render=render_paper)
    assert made.number == "45/QĐ-UBND"
    text = text_by_poppler(made.pdf, tmp_path)
    assert "Số: 45/QĐ-UBND" in text
    assert "Hưng Khánh Trung, ngày 20 tháng 11 năm 2026" in text
    assert "(Kèm theo Quyết định số 45/QĐ-UBND ngày 20 tháng 11 năm 2026" in text
    assert "NHÁP" not in text
    assert "Trần Văn Hòa" in text
    assert "083179001234" not in text  # a decision names no identity number
    assert decided.workspace.read(office_papers.next_number, PaperKind.DECISION, TODAY) == "46/QĐ-UBND"
    query = PaperQuery(subject_id=decided.campaign, kind=PaperKind.DECISION)
    assert [row.id for row in decided.workspace.read(office_papers.papers, query)] == [made.id]


def test_a_decision_is_issued_once(decided: Review) -> None:
    decided.workspace.write(office_papers.issue, PaperKind.DECISION, decided.campaign, render=bare)
    with pytest.raises(ValidationError, match="45/QĐ-UBND"):
        decided.workspace.write(office_papers.issue, PaperKind.DECISION, decided.campaign, render=bare)


# ---- the posting


def test_a_posting_says_nothing_it_must_not(posted: tuple[Review, UUID], tmp_path: Path) -> None:
    review, posting = posted
    made = review.workspace.write(office_papers.issue, PaperKind.POSTING, posting, render=render_paper)
    text = text_by_poppler(made.pdf, tmp_path)
    for name in ("Nguyễn Thị Á", "Lê Thị Bé", "Phạm Văn Ca", "Đặng Thị Đào"):
        assert name in text
    assert "Trần Văn Út" not in text  # members are nobody's business
    for secret in SECRETS:
        assert secret not in text, secret
    stored = review.workspace.read(lambda uow: uow.record(OfficePaper, made.id).content)
    for secret in SECRETS:
        assert secret not in stored, secret


def test_the_notice_counts_its_days_and_names_its_places(posted: tuple[Review, UUID]) -> None:
    review, posting = posted
    made = review.workspace.write(office_papers.issue, PaperKind.POSTING, posting, on=date(2026, 11, 2), render=bare)
    content = review.workspace.read(office_papers.content, made.id)
    assert isinstance(content, PostingContent)
    assert content.wording.time == "03 ngày làm việc, từ ngày 02 tháng 11 năm 2026 đến hết ngày 05 tháng 11 năm 2026."
    assert content.places == ("Nhà văn hóa ấp Phú Nhơn", "Trụ sở Ủy ban nhân dân xã")
    assert [(count.category, count.households) for count in content.counts] == [
        ("Hộ nghèo", 2),
        ("Hộ cận nghèo", 1),
        ("Hộ thoát cận nghèo", 1),
    ]
    assert "tại ấp Phú Nhơn" in content.wording.subject
    assert content.wording.attached.startswith("(Kèm theo Thông báo số 01/TB-UBND ngày 02 tháng 11 năm 2026")
    assert review.workspace.read(lambda uow: uow.record(Posting, posting).paper_id) == made.id


def test_a_posting_is_seen_before_it_is_made(judged: Review) -> None:
    judged.end(judged.meet())
    draft = judged.workspace.read(
        office_papers.posting_preview, judged.campaign, judged.make.hamlet(), date(2026, 11, 2)
    )
    assert len(draft.content.rows) == 4
    assert draft.content.head.draft
    assert "………/TB-UBND" in draft.content.wording.attached
    assert "Trụ sở Ủy ban nhân dân xã" in draft.content.places[1]


# ---- the minutes


def test_minutes_are_final_when_the_meeting_has_ended(judged: Review) -> None:
    meeting = judged.meet()
    open_draft = judged.workspace.read(office_papers.draft, PaperKind.MINUTES, meeting)
    assert refusals(open_draft) == {"meeting"}
    assert len(open_draft.content.votes) == 4
    judged.end(meeting)
    made = judged.workspace.write(office_papers.issue, PaperKind.MINUTES, meeting, render=render_paper)
    assert made.number == ""
    text = " ".join(pages_of(made.pdf))
    assert "Hôm nay, ngày 20 tháng 10 năm 2026, tại Nhà văn hóa ấp Phú Nhơn, ấp Phú Nhơn" in text
    assert "Đã biểu quyết 04 hộ: 04 hộ được thống nhất, 00 hộ rà soát lại." in text
    assert "Ông Tám đề nghị xem lại nhà ở của hộ bà Á." in text
    assert text.count("Thống nhất") == 8  # four households, two copies


def test_who_is_under_half_is_surveyed_again_in_the_minutes_too(judged: Review) -> None:
    meeting = judged.meet(agreed=24)
    judged.end(meeting)
    draft = judged.workspace.read(office_papers.draft, PaperKind.MINUTES, meeting)
    assert {vote.accepted for vote in draft.content.votes} == {False}
    assert "04 hộ rà soát lại" in draft.content.wording.outcome


def test_minutes_tell_what_was_voted_on_after_a_household_was_surveyed_again(judged: Review) -> None:
    meeting = judged.meet(agreed=24)
    judged.end(meeting)

    def told() -> dict[str, str]:
        votes = judged.workspace.read(office_papers.draft, PaperKind.MINUTES, meeting).content.votes
        return {vote.head: vote.category for vote in votes}

    first = told()
    assert len(first) == 4
    assert "" not in first.values()
    assert len(set(first.values())) == 3
    for name in judged.households:
        judged.key(name, HouseholdClass.NONE, on=date(2026, 10, 21))
    assert told() == first


def test_the_day_of_a_paper_is_the_day_of_what_it_is_about(judged: Review) -> None:
    def day(kind: PaperKind, subject: UUID) -> date | None:
        return judged.workspace.read(office_papers.day_on_record, kind, subject)

    meeting = judged.meet()
    judged.end(meeting)
    assert day(PaperKind.MINUTES, meeting) == date(2026, 10, 20)
    assert day(PaperKind.POSTING, judged.post()) == date(2026, 11, 2)
    assert day(PaperKind.DECISION, judged.campaign) is None
    assert day(PaperKind.SUPERIOR_REPORT, judged.campaign) is None


# ---- the report


def test_the_report_counts_each_hamlet_and_names_the_superior_of_this_province(judged: Review) -> None:
    draft = judged.workspace.read(office_papers.draft, PaperKind.SUPERIOR_REPORT, judged.campaign)
    content = draft.content
    assert "Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Long" in content.wording.addressee
    (row,) = content.rows
    assert (row.label, row.figures) == ("Ấp Phú Nhơn", ("4", "2", "1", "1", "1"))
    assert content.total == row.figures
    assert draft.warnings  # the superior since 07/2025 was not read in a law


# ---- numbers


def numbers(review: Review) -> list[str]:
    return [row.number for row in review.workspace.read(office_papers.papers, PaperQuery(campaign_id=review.campaign))]


def test_numbers_run_on_within_the_year_and_a_typed_one_moves_them(judged: Review) -> None:
    issue = office_papers.issue
    kind = PaperKind.SUPERIOR_REPORT
    for number in (None, 7, None):
        judged.workspace.write(issue, kind, judged.campaign, number=number, render=bare)
    assert numbers(judged) == ["08/BC-UBND", "07/BC-UBND", "01/BC-UBND"]
    assert judged.workspace.read(office_papers.next_number, kind, TODAY) == "09/BC-UBND"
    assert judged.workspace.read(office_papers.next_number, kind, date(2027, 1, 4)) == "01/BC-UBND"
    assert judged.workspace.read(office_papers.next_number, PaperKind.MINUTES, TODAY) == ""


@pytest.mark.parametrize("number", [0, -3])
def test_no_number_below_one(judged: Review, number: int) -> None:
    with pytest.raises(ValidationError):
        judged.workspace.write(
            office_papers.issue, PaperKind.SUPERIOR_REPORT, judged.campaign, number=number, render=bare
        )


def test_a_number_is_used_once(judged: Review) -> None:
    judged.workspace.write(office_papers.issue, PaperKind.SUPERIOR_REPORT, judged.campaign, number=3, render=bare)
    with pytest.raises(ValidationError, match="03/BC-UBND"):
        judged.workspace.write(office_papers.issue, PaperKind.SUPERIOR_REPORT, judged.campaign, number=3, render=bare)
    assert numbers(judged) == ["03/BC-UBND"]


def test_a_drawing_that_fails_takes_no_number(judged: Review) -> None:
    def broken(_content: PaperContent) -> bytes:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - only that it comes through
        judged.workspace.write(office_papers.issue, PaperKind.SUPERIOR_REPORT, judged.campaign, render=broken)
    assert judged.workspace.read(office_papers.next_number, PaperKind.SUPERIOR_REPORT, TODAY) == "01/BC-UBND"


def test_no_paper_of_tomorrow(judged: Review) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(ValidationError) as caught:
        judged.workspace.write(
            office_papers.issue, PaperKind.SUPERIOR_REPORT, judged.campaign, on=tomorrow, render=bare
        )
    assert [problem.field for problem in caught.value.problems] == ["issued_on"]


# ---- frozen


def test_an_issued_paper_stays_what_it_was(posted: tuple[Review, UUID]) -> None:
    review, posting = posted
    made = review.workspace.write(office_papers.issue, PaperKind.POSTING, posting, render=render_paper)
    review.workspace.write(lambda uow: setattr(uow.record(ReviewCase, review.case("á")), "head_name", "Ai Khác"))
    assert review.workspace.read(office_papers.pdf, made.id) == made.pdf
    content = review.workspace.read(office_papers.content, made.id)
    assert render_paper(content) == made.pdf
    assert "Ai Khác" not in " ".join(pages_of(made.pdf))
    (row,) = review.workspace.read(office_papers.papers, PaperQuery(kind=PaperKind.POSTING, year=2026))
    assert (row.number, row.subject_id, row.campaign_id) == ("01/TB-UBND", posting, review.campaign)
    other = PaperQuery(subject_id=review.case("á"))
    assert review.workspace.read(office_papers.papers, other) == []


def test_a_damaged_paper_is_not_handed_out(judged: Review) -> None:
    made = judged.workspace.write(office_papers.issue, PaperKind.SUPERIOR_REPORT, judged.campaign, render=bare)
    judged.workspace.write(lambda uow: setattr(uow.record(OfficePaper, made.id), "pdf", b"other"))
    with pytest.raises(NotFoundError, match=r"hỏng|damaged"):
        judged.workspace.read(office_papers.pdf, made.id)


def test_issuing_is_a_step_that_cannot_be_taken_back(judged: Review) -> None:
    judged.workspace.write(office_papers.issue, PaperKind.SUPERIOR_REPORT, judged.campaign, render=bare)
    assert judged.workspace.read(history.next_undo) is None


# ---- the counter


# ---- wording


def test_the_offices_own_wording_holds_from_its_day_on(judged: Review) -> None:
    base = judged.workspace.read(templates.letter, keys.SUPERIOR_REPORT, TODAY)
    words = replace(base.wording, symbol="BC-UBND-VHXH", title="BÁO CÁO NHANH")
    judged.workspace.write(
        templates.save_letter,
        keys.SUPERIOR_REPORT,
        replace(base, wording=words),
        title="Của xã",
        valid_from=date(2026, 10, 1),
    )
    made = judged.workspace.write(office_papers.issue, PaperKind.SUPERIOR_REPORT, judged.campaign, render=render_paper)
    assert made.number == "01/BC-UBND-VHXH"
    assert "BÁO CÁO NHANH" in pages_of(made.pdf)[0]
    assert judged.workspace.read(templates.letter, keys.SUPERIOR_REPORT, date(2026, 9, 1)).title == base.title
    own = judged.workspace.read(templates.letter_versions, keys.SUPERIOR_REPORT)[-1]
    assert own.own


def test_a_wording_that_loses_a_line_with_a_place_is_refused(workspace: Workspace) -> None:
    base = workspace.read(templates.letter, keys.SURVEY, TODAY)
    words = replace(base.wording, waters=base.wording.waters[:-1])
    with pytest.raises(ValidationError) as caught:
        workspace.write(
            templates.save_letter, keys.SURVEY, replace(base, wording=words), title="Ngắn", valid_from=TODAY
        )
    assert [problem.field for problem in caught.value.problems] == ["wording.waters"]


def test_a_version_needs_a_name_and_a_title(workspace: Workspace) -> None:
    base = workspace.read(templates.letter, keys.MINUTES, TODAY)
    words = replace(base.wording, title="", subject=" ")
    with pytest.raises(ValidationError) as caught:
        workspace.write(templates.save_letter, keys.MINUTES, replace(base, wording=words), title=" ", valid_from=TODAY)
    assert {problem.field for problem in caught.value.problems} == {"title", "wording.title"}


def test_papers_of_next_year_warn_that_their_wording_is_of_this_one(judged: Review) -> None:
    template = judged.workspace.read(templates.letter, keys.DECISION, date(2027, 1, 5))
    assert templates.notice(template, date(2027, 1, 5))


# ---- who may


def test_a_viewer_reads_drafts_and_issues_nothing(judged: Review) -> None:
    def as_viewer(uow: UnitOfWork) -> None:
        uow.actor = replace(uow.actor, role=Role.VIEWER)
        office_papers.draft(uow, PaperKind.SUPERIOR_REPORT, judged.campaign)
        office_papers.issue(uow, PaperKind.SUPERIOR_REPORT, judged.campaign, render=bare)

    with pytest.raises(NotAllowedError):
        judged.workspace.write(as_viewer)


def test_the_average_review_has_its_own_decision(workspace: Workspace, make: Make) -> None:
    campaign = workspace.write(
        campaigns.open_campaign, replace(workspace.read(campaigns.propose, CampaignKind.AVERAGE, 2026))
    )
    draft = workspace.read(office_papers.draft, PaperKind.AVERAGE_DECISION, campaign)
    assert isinstance(draft.content, DecisionContent)
    assert draft.kind is PaperKind.AVERAGE_DECISION
    assert "mức sống trung bình" in draft.content.wording.subject
    assert refusals(draft) == {"decision", "lists"}
    assert workspace.read(lambda uow: uow.record(Campaign, campaign).kind) == "average"


def test_a_rehearsal_gives_the_list_of_what_it_misses(judged: Review) -> None:
    tried = judged.workspace.read(lambda uow: rehearsal.rehearse(uow, packs.shipped()[2]))
    content = judged.workspace.read(survey_prints.rehearsal_todo, tried, TODAY)
    named = {row[2]: row[3] for _hamlet, rows in content.groups for row in rows}
    expected = {line.head for line in tried.missing if line.reviewed}
    assert expected
    assert set(named) == expected
    assert all(named.values())
    assert content.wording.subject == packs.shipped()[2].title


def test_without_a_signatory_the_name_stays_open(judged: Review) -> None:
    view = judged.workspace.read(offices.signatories)[0]
    judged.workspace.write(offices.correct_signatory, view.id, view.version, replace(view.data, active=False))
    draft = judged.workspace.read(office_papers.draft, PaperKind.SUPERIOR_REPORT, judged.campaign)
    assert draft.content.signing.name == ""
    assert draft.content.signing.title_lines == ("CHỦ TỊCH",)
    assert any("người ký" in words or "signatory" in words for words in draft.warnings)


def test_a_decision_number_of_another_kind_stays_as_it_is(posted: tuple[Review, UUID]) -> None:
    review, _posting = posted
    data = DecideData(number="QĐ đặc biệt", signed_on=date(2026, 11, 20), issue_certificates=False)
    review.workspace.write(review_decisions.decide, review.campaign, data)
    made = review.workspace.write(office_papers.issue, PaperKind.DECISION, review.campaign, render=render_paper)
    assert made.number == "QĐ đặc biệt"
    assert "Số: QĐ đặc biệt" in pages_of(made.pdf)[0]
    assert numbers(review) == ["QĐ đặc biệt"]
    assert review.workspace.read(office_papers.next_number, PaperKind.DECISION, TODAY) == "01/QĐ-UBND"
    with pytest.raises(ValidationError, match="QĐ đặc biệt"):
        review.workspace.write(office_papers.issue, PaperKind.DECISION, review.campaign, render=bare)

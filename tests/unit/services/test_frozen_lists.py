"""Papers of support are numbered and frozen: lists, a refusal with its reason, and a posting that tells no secrets."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.distributions import DistributionData
from casemgr.domain.households import HouseholdClass
from casemgr.domain.loans import LoanData
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.support import EnrolmentData, EnrolmentStatus, FundSource
from casemgr.domain.support_papers import PayListContent, SupportPostingContent, SupportPostingRow
from casemgr.errors import ValidationError
from casemgr.reports.office_papers import render_paper
from casemgr.services import distributions, enrolments, kept_papers, loans, office_papers
from casemgr.services.households import HouseholdQuery
from casemgr.services.kept_papers import Asked
from casemgr.services.office_papers import IssuedPaper, PaperQuery
from casemgr.workspace import Workspace
from tests.support.pdfs import pages_of
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
GIFTS = DistributionData("Quà Tết Đinh Mùi", "QUA-XH", TODAY, source=FundSource.SPONSOR, place="Nhà văn hóa ấp")


@pytest.fixture
def payout(workspace: Workspace, make: Make) -> UUID:
    """A list of two households with everything on file that must not hang in public."""
    for name, number in (("Nguyễn Thị Á", "083179000015"), ("Lê Văn Bình", "083079000023")):
        make.poor(make.household(make.person(name, id_number=number, phone="0901234567"), address="Tổ 7"))
    found = workspace.read(distributions.propose, GIFTS, HouseholdQuery(), amount=500_000)
    return workspace.write(distributions.make, found.data, [row.data("đã xác minh") for row in found.rows])


def issue(workspace: Workspace, asked: Asked, on: date = TODAY) -> IssuedPaper:
    return workspace.write(kept_papers.issue, asked, on, render=render_paper)


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [
        (PaperKind.PAY_LIST, "01/BK", "BẢNG KÊ HỖ TRỢ HỘ GIA ĐÌNH"),
        (PaperKind.RECEIPT_LIST, "01/DS", "DANH SÁCH KÝ NHẬN"),
        (PaperKind.SUPPORT_POSTING, "01/TB-UBND", "Niêm yết công khai danh sách hỗ trợ: Quà Tết Đinh Mùi"),
    ],
)
def test_a_list_gets_its_number_and_stays_as_it_was(
    workspace: Workspace, payout: UUID, kind: PaperKind, number: str, said: str
) -> None:
    asked = Asked(kind, (payout,))
    made = issue(workspace, asked)
    assert made.number == number
    text = " ".join(pages_of(made.pdf))
    assert said in text
    assert f"Số: {number}" in text
    assert workspace.read(office_papers.pdf, made.id) == made.pdf
    look = workspace.read(kept_papers.look, asked, date(2026, 11, 25))
    assert look.standing.kept is not None
    assert look.standing.kept.id == made.id
    assert not look.standing.changed


def test_a_list_that_changed_is_issued_under_the_next_number(workspace: Workspace, payout: UUID) -> None:
    asked = Asked(PaperKind.PAY_LIST, (payout,))
    first = issue(workspace, asked)
    row = workspace.read(distributions.rows, payout)[0]
    version = workspace.read(distributions.view, payout).version
    workspace.write(distributions.set_amounts, payout, version, {row.id: 400_000})
    assert workspace.read(kept_papers.look, asked, TODAY).standing.changed
    assert issue(workspace, asked).number == "02/BK"
    content = workspace.read(office_papers.content, first.id)
    assert isinstance(content, PayListContent)
    assert content.total == 1_000_000
    assert len(workspace.read(office_papers.papers, PaperQuery(subject_id=payout))) == 2


def test_what_hangs_in_public_has_no_room_for_secrets(workspace: Workspace, payout: UUID) -> None:
    assert set(SupportPostingRow.__dataclass_fields__) == {"head", "hamlet", "category", "what"}
    made = issue(workspace, Asked(PaperKind.SUPPORT_POSTING, (payout,)))
    assert isinstance(workspace.read(office_papers.content, made.id), SupportPostingContent)
    text = " ".join(pages_of(made.pdf))
    assert "Nguyễn Thị Á" in text
    assert "500.000 đồng" in text
    for secret in ("083179000015", "1979", "0901234567", "Tổ 7"):
        assert secret not in text


def test_a_refusal_of_support_needs_its_reason(workspace: Workspace, make: Make) -> None:
    home = make.household("Nguyễn Thị Á")
    make.poor(home, value=HouseholdClass.NEAR_POOR)
    asked_on = date(2026, 11, 2)
    need = EnrolmentData("NHA-KC", home, status=EnrolmentStatus.NEED, need_on=asked_on)
    enrolment = workspace.write(enrolments.keep_enrolment, need)
    asked = Asked(PaperKind.SUPPORT_REFUSAL, (enrolment,))
    assert {one.field for one in workspace.read(kept_papers.look, asked, TODAY).draft.refusals} == {"status"}
    with pytest.raises(ValidationError):
        issue(workspace, asked)
    version = workspace.read(enrolments.view, enrolment).version
    reason = "nhà chưa thuộc trường hợp phải di dời khẩn cấp"
    refused = EnrolmentData("NHA-KC", home, status=EnrolmentStatus.REFUSED, need_on=asked_on, reason=reason)
    workspace.write(enrolments.keep_enrolment, refused, enrolment_id=enrolment, version=version)
    made = issue(workspace, asked)
    text = " ".join(pages_of(made.pdf))
    assert made.number == "01/TB-UBND"
    for said in (
        "THÔNG BÁO",
        f"Lý do: {reason}",
        "ngày 02 tháng 11 năm 2026",
        "Nghị định số 20/2021/NĐ-CP",
        "khiếu nại",
    ):
        assert said in text


def test_loans_and_cards_are_kept_by_what_they_list(workspace: Workspace, make: Make) -> None:
    home = make.household(make.person("Nguyễn Thị Á", id_number="083179000015"))
    make.poor(home)
    loan = workspace.write(
        loans.keep, None, None, LoanData("TD-HN", home, amount=50_000_000, purpose="Nuôi bò", asked_on=TODAY)
    )
    listed = issue(workspace, Asked(PaperKind.LOAN_LIST, (loan,)))
    assert listed.number == ""
    assert "03/TD" in " ".join(pages_of(listed.pdf))
    assert workspace.read(kept_papers.look, Asked(PaperKind.LOAN_LIST, (loan,)), TODAY).standing.kept is not None
    period = Asked(PaperKind.INSURANCE_LIST, (), date(2025, 12, 1), TODAY)
    cards = issue(workspace, period)
    assert cards.number == "01/DS-UBND"
    assert workspace.read(kept_papers.look, period, TODAY).standing.kept is not None
    other = Asked(PaperKind.INSURANCE_LIST, (), date(2025, 12, 2), TODAY)
    assert workspace.read(kept_papers.look, other, TODAY).standing.kept is None

"""Papers of the counter and working sheets: receipts, refusals, confirmations, prefilled forms and survey sheets."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.domain.paper_codes import read_case_qr, read_request_qr
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.reviews import (
    RequestData,
    RequestKind,
    RequestStatus,
)
from casemgr.errors import ValidationError
from casemgr.reports.office_papers import render_paper
from casemgr.services import (
    classes,
    counter_papers,
    office_papers,
    requests,
    survey_prints,
)
from casemgr.workspace import Workspace
from tests.support.office_review import Review, open_review, refusals
from tests.support.pdfs import pages_of
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)


@pytest.fixture
def review(workspace: Workspace, make: Make) -> Review:
    return open_review(workspace, make)


def ask(review: Review, kind: RequestKind = RequestKind.ENTER, **values: object) -> UUID:
    data = RequestData(
        kind,
        review.make.household("Kim Thị Sa Rây"),
        **{"received_on": date(2026, 11, 16), "reasons": ("other",), "reason_text": "Mất mùa"} | values,  # type: ignore[arg-type]
    )
    return review.workspace.write(requests.receive, data)


def test_the_receipt_carries_number_due_date_and_a_code(review: Review) -> None:
    request = ask(review)
    made = review.workspace.write(office_papers.issue, PaperKind.RECEIPT, request, render=render_paper)
    content = review.workspace.read(office_papers.content, made.id)
    assert read_request_qr(content.qr) == request  # type: ignore[union-attr]
    (text,) = pages_of(made.pdf)
    assert "Mã hồ sơ: 02/2026" in text
    assert "Hẹn trả kết quả: ngày 30 tháng 12 năm 2026" in text
    assert "Kim Thị Sa Rây" in text
    assert "Nguyễn Thị Lan" in text  # who took it in


def test_a_refusal_needs_its_reason_first(review: Review) -> None:
    request = ask(review)
    draft = review.workspace.read(office_papers.draft, PaperKind.REFUSAL, request)
    assert refusals(draft) == {"request"}
    version = review.workspace.read(requests.view, request).version
    reason = "thu nhập của hộ trên mức chuẩn"
    review.workspace.write(requests.refuse, request, version, on=TODAY, reason=reason)
    assert review.workspace.read(requests.view, request).row.status is RequestStatus.REFUSED
    made = review.workspace.write(office_papers.issue, PaperKind.REFUSAL, request, render=render_paper)
    text = " ".join(pages_of(made.pdf))
    assert made.number == "01/UBND"
    assert f"Lý do: {reason}" in text
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in text
    assert "V/v trả lời đề nghị rà soát hộ nghèo, hộ cận nghèo" in text


def test_only_who_is_of_average_standard_by_decision_is_confirmed(review: Review) -> None:
    household = review.make.household("Kim Thị Sa Rây")
    draft = review.workspace.read(office_papers.draft, PaperKind.CONFIRMATION, household)
    assert refusals(draft) == {"class"}
    review.workspace.write(classes.set_class, household, ClassData(2026, HouseholdClass.AVERAGE))
    draft = review.workspace.read(office_papers.draft, PaperKind.CONFIRMATION, household)
    assert refusals(draft) == {"decision"}
    review.make.poor(household, 2026, HouseholdClass.AVERAGE)
    made = review.workspace.write(office_papers.issue, PaperKind.CONFIRMATION, household, render=render_paper)
    text = " ".join(pages_of(made.pdf))
    assert "có mức sống trung bình năm 2026" in text
    assert "Quyết định số 46/QĐ-UBND ngày 12 tháng 12 năm 2025" in text


def test_request_forms_hold_what_is_known(review: Review) -> None:
    form = review.workspace.read(
        counter_papers.request_form, review.households["á"], RequestKind.ENTER, TODAY, reason_text="Mất mùa"
    )
    assert form.values[0] == "Nguyễn Thị Á"
    assert form.values[4] == "083179001234"
    assert [(member.name, member.relation) for member in form.members] == [
        ("Nguyễn Thị Á", "Chủ hộ"),
        ("Trần Văn Út", "Con"),
    ]
    assert form.reason == "Mất mùa"
    leave = review.workspace.read(counter_papers.request_form, review.households["á"], RequestKind.LEAVE, TODAY)
    assert leave.members == ()
    assert leave.wording.form == "Mẫu số 04"


def test_the_form_of_a_request_carries_its_reason_and_income(review: Review) -> None:
    request = ask(review, RequestKind.AVERAGE, income_year=120_000_000)
    form = review.workspace.read(counter_papers.request_form_of, request)
    assert form.income == "120.000.000 đồng"
    assert form.reason == "Mất mùa"


def test_requests_as_a_list(review: Review) -> None:
    request = ask(review)
    content = review.workspace.read(counter_papers.request_list, [request], TODAY, period="Năm 2026")
    assert content.count == 1
    assert content.groups[0][1][0][:3] == ("02/2026", "16/11/2026", "Kim Thị Sa Rây")


# ---- working sheets


def test_survey_sheets_of_a_review_come_prefilled_in_the_order_asked(review: Review) -> None:
    cases = [review.case("đào"), review.case("á")]
    sheets = review.workspace.read(survey_prints.survey_sheets, cases, TODAY)
    assert [read_case_qr(sheet.qr) for sheet in sheets] == cases
    second = sheets[1]
    assert second.household[1] == "Nguyễn Thị Á"
    assert second.household[7] == "Hộ nghèo năm 2026; B1: 120; B2: 40"
    assert [member.name for member in second.members] == ["Nguyễn Thị Á", "Trần Văn Út"]
    assert second.members[0].id_number == "083179001234"
    assert second.members[1].sex == ""
    assert len(second.indicators) == 12
    assert second.area == 0
    assert (second.walls, second.water, second.devices) == (None, None, ())


def test_sheets_belong_to_one_review(review: Review) -> None:
    with pytest.raises(ValidationError):
        review.workspace.read(survey_prints.survey_sheets, [], TODAY)


def test_the_quick_sheet_says_that_the_signs_are_missing(review: Review) -> None:
    (sheet,) = review.workspace.read(survey_prints.quick_sheets, [review.case("đào")], TODAY)
    assert (sheet.items, sheet.rule) == ((), "")
    assert sheet.household[1] == "Đặng Thị Đào"


def test_what_is_missing_is_listed_by_hamlet_in_vietnamese_order(review: Review) -> None:
    items = [
        survey_prints.TodoItem(hamlet, f"H-{place:05d}", "Nguyễn Thị Á", ("xử lý rác thải", "internet"))
        for place, hamlet in enumerate(("Ấp 10", "Ấp 2", "Ấp 10"), 1)
    ]
    content = review.workspace.read(survey_prints.todo_list, items, TODAY, period="Theo chuẩn VN-2027")
    assert [heading for heading, _rows in content.groups] == ["Ấp 2", "Ấp 10"]
    assert content.groups[1][1][1] == ("2", "H-00003", "Nguyễn Thị Á", "xử lý rác thải; internet", "")
    assert content.wording.subject == "Theo chuẩn VN-2027"

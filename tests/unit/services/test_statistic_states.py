"""What does not balance or is missing is told; before the decision figures are preliminary; closed stays closed."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from casemgr import i18n
from casemgr.domain.households import ClassData, EndReason, HouseholdClass
from casemgr.domain.offices import Area, DecisionData, HamletData
from casemgr.domain.reviews import CampaignStatus, DenominatorData
from casemgr.domain.statistics import MEMBER_ROWS, forms
from casemgr.errors import ConflictError, ValidationError
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import classes, denominators, households, offices, statistic_basis, statistics
from casemgr.workspace import Workspace
from tests.support.figures import Review, review, set_status, table
from tests.support.small_review import GOLDEN, LONG_AGO, QUAN_AN, TOTAL, figures, small_review
from tests.support.workspaces import Make


@pytest.fixture(autouse=True)
def _english(language: str) -> Any:
    """Warnings in the source language; the sheets are Vietnamese all the same."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def golden(workspace: Workspace, make: Make) -> Review:
    """Nine households: every way into, out of and along the lists."""
    return small_review(workspace, make)


# ---- what does not balance, what is empty


def _edit(uow: UnitOfWork, household: UUID, **values: Any) -> None:
    case = uow.session.scalars(select(ReviewCase).where(ReviewCase.household_id == household)).one()
    for name, value in values.items():
        setattr(case, name, value)
    uow.name_step("review.add", case)


def test_a_movement_that_is_not_that_of_the_classes_is_a_gap(golden: Review) -> None:
    golden.workspace.write(_edit, golden.homes[1], movement="poor_escaped")
    gaps = figures(golden, "3").gaps
    assert any("Report 3, Ấp Phú Nhơn, households: column 9 counts 2, its formula gives 1." in gap for gap in gaps)
    assert any("poor to near-poor" in gap and "0 by movement, 1 by class" in gap for gap in gaps)
    assert figures(golden, "1").gaps == ()


def test_a_household_of_the_last_list_that_is_not_reviewed_is_a_gap(golden: Review, make: Make) -> None:
    forgotten = make.household("Lê Thị Quên")
    make.poor(forgotten, 2026)
    assert any("1 household stood on the list of 2026" in gap for gap in figures(golden, "2").gaps)
    assert figures(golden, "3").gaps == ()


def test_totals_that_are_missing_leave_percentages_empty_and_are_named(golden: Review, make: Make) -> None:
    golden.workspace.write(
        denominators.keep_denominators, golden.campaign, {make.hamlet("Quân An"): DenominatorData(people=200)}
    )
    found = figures(golden, "1")
    by_name = table(found)
    assert by_name[QUAN_AN][:4] == [None, 200, 1, None]
    assert by_name[QUAN_AN][9] == pytest.approx(1.5)
    assert by_name[TOTAL][:4] == [None, 550, 3, None]
    told = next(warning for warning in found.warnings if "Totals are missing" in warning)
    assert "Ấp Quân An" in told
    assert "Phú Nhơn" not in told
    assert "columns 1)" in told
    assert "4, 6, 8 stay empty" in told


def test_overlapping_groups_are_told_and_the_office_may_print_the_formula(golden: Review) -> None:
    found = figures(golden, "8")
    assert found.value("total:households", "5") == 1
    told = next(warning for warning in found.warnings if "Column 5 (households)" in warning)
    assert "5=1-2-3-4 gives 0" in told
    assert figures(golden, "8", printed_formula=True).value("total:households", "5") == 0
    golden.workspace.write(statistic_basis.prefer_formula, formula=True)
    chosen = figures(golden, "8")
    assert chosen.value("total:households", "5") == 0
    assert any("subtracted twice" in warning for warning in chosen.warnings)
    assert figures(golden, "8", printed_formula=False).value("total:households", "5") == 1


def test_causes_are_not_added_up(golden: Review) -> None:
    assert any("several causes" in warning for warning in figures(golden, "10").warnings)


def test_the_office_chooses_the_peoples_of_report_9(golden: Review) -> None:
    golden.workspace.write(statistic_basis.choose_ethnic, ["08", "22"])
    found = figures(golden, "9")
    assert [column.heads[-1] for column in found.columns[3:6]] == ["Mông", "Xtiêng", "Khác"]
    assert table(found)[TOTAL][:6] == [3, 2, 1, 0, 0, 1]
    for wrong in (["01"], ["08", "08"], ["99"]):
        with pytest.raises(ValidationError):
            golden.workspace.write(statistic_basis.choose_ethnic, wrong)


def test_one_hamlet_alone(golden: Review, make: Make) -> None:
    found = figures(golden, "2", hamlet=make.hamlet("Quân An"))
    assert list(table(found)) == [f"{name} {unit}" for name in (QUAN_AN, TOTAL) for unit in ("households", "people")]
    assert table(found)[f"{TOTAL} people"] == GOLDEN["2"][f"{QUAN_AN} people"]
    assert "Địa bàn: Ấp Quân An" in found.lines


def test_households_of_no_hamlet_have_a_row_of_their_own(workspace: Workspace, make: Make) -> None:
    made = review(workspace, make)
    home = made.case("poor", "poor", 2, hamlet_id=None)
    assert table(figures(made, "1"))["Chưa ghi thôn, ấp"][2] == 1
    assert workspace.read(statistics.names_behind, "1", made.campaign, "none", "3") == (home,)


# ---- before the decision


def test_a_running_review_is_preliminary_and_counts_who_is_not_keyed_as_staying(
    workspace: Workspace, make: Make
) -> None:
    made = review(workspace, make, decided=False)
    homes = [
        made.case("poor", result, people, before=3) for result, people in (("near_poor", 4), (None, 3), ("none", 2))
    ]
    for home in homes:
        make.poor(home, 2026)
    relapsed = make.household("Trần Thị Lại")
    make.poor(relapsed, 2024)
    make.poor(relapsed, 2025, HouseholdClass.ESCAPED_POOR)
    made.case("escaped_poor", "poor", 2, household=relapsed)
    gone = make.household("Võ Văn Đi")
    make.poor(gone, 2026)
    workspace.write(households.end_household, gone, 1, on=date(2026, 7, 1), reason=EndReason.MOVED)
    found = figures(made, "2")
    assert not found.official
    assert "SỐ LIỆU SƠ BỘ, CHƯA CÓ QUYẾT ĐỊNH CÔNG NHẬN" in found.lines
    assert table(found)[f"{TOTAL} households"] == [4, 1, 1, 1, 0, 1, 0, 0, 2]
    assert table(found)[f"{TOTAL} people"] == [10, 4, 2, 2, 0, 2, 0, 1, 5]
    assert found.gaps == ()
    assert any("1 household is not keyed yet" in warning for warning in found.warnings)
    assert figures(made, "1").title.startswith("TỔNG HỢP KẾT QUẢ SƠ BỘ")
    assert gone in workspace.read(statistics.names_behind, "2", made.campaign, "total:households", "4")


def test_households_taken_off_the_list_are_not_counted(workspace: Workspace, make: Make) -> None:
    made = review(workspace, make, decided=False)
    made.case("unreviewed", "poor", 2, state="removed")
    assert table(figures(made, "1"))[TOTAL][2] == 0


# ---- closed


def test_a_closed_review_stays_what_it_was(golden: Review, make: Make) -> None:
    workspace = golden.workspace
    workspace.write(set_status, golden.campaign, CampaignStatus.CLOSED, LONG_AGO)
    listed = [form.number for form in forms() if form.rows != MEMBER_ROWS]
    before = {form: figures(golden, form) for form in listed}
    home = golden.homes[0]
    view = make.view(home)
    workspace.write(
        households.correct_household, home, view.version, replace(view.data, hamlet_id=make.hamlet("Quân An"), flags=())
    )
    decision = workspace.write(classes.record_decision, DecisionData("7/QĐ-UBND", date(2027, 1, 5), 2027))
    workspace.write(classes.set_class, home, ClassData(2027, HouseholdClass.NONE, decision_id=decision))
    workspace.write(households.end_household, golden.homes[3], make.view(golden.homes[3]).version, on=date(2027, 1, 6),
                    reason=EndReason.MOVED)  # fmt: skip
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Tân Lập", Area.RURAL))
    after = {form: figures(golden, form) for form in listed}
    for form in listed:
        assert table(after[form]) == table(before[form]), form
    with pytest.raises(ConflictError, match="closed"):
        workspace.write(denominators.keep_denominators, golden.campaign, {make.hamlet(): DenominatorData(1000, 4000)})
    assert figures(golden, "1").value("total", "1") == 150


def test_a_hamlet_made_after_the_closing_is_not_in_the_closed_review(golden: Review) -> None:
    workspace = golden.workspace
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Tân Lập", Area.RURAL))
    assert "Ấp Tân Lập" in table(figures(golden, "4"))
    workspace.write(set_status, golden.campaign, CampaignStatus.CLOSED, LONG_AGO)
    assert "Ấp Tân Lập" not in table(figures(golden, "4"))

"""Report figures of a small review worked out by hand, the lists of people, other reviews and standards."""

from datetime import date
from typing import Any

import pytest

from casemgr import i18n
from casemgr.domain.households import ClassData, EndReason, HouseholdClass
from casemgr.domain.packs import shipped
from casemgr.domain.people import Relation, Sex
from casemgr.domain.reviews import DenominatorData
from casemgr.errors import NotFoundError, ValidationError
from casemgr.services import classes, denominators, households, statistic_basis, statistics
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.figures import Review, review, table
from tests.support.small_review import GOLDEN, LACKS, PHU_NHON, QUAN_AN, TOTAL, figures, rows, small_review
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


def test_every_form_of_the_small_review(golden: Review) -> None:
    for form, expected in GOLDEN.items():
        assert rows(golden, form) == expected, f"report {form}"


def test_a_balanced_review_has_no_gaps(golden: Review) -> None:
    assert figures(golden, "2").warnings == figures(golden, "3").warnings == ()


def test_a_state_of_a_day_is_the_latest_decided_review(golden: Review) -> None:
    for form, expected in GOLDEN.items():
        if form in ("2", "3"):
            continue
        found = table(golden.workspace.read(statistics.figures_as_of, form, date(2026, 12, 31)))
        for name, values in expected.items():
            assert [pytest.approx(v, abs=0.01) if isinstance(v, float) else v for v in values] == found[name], form


def test_before_the_decision_the_classes_it_started_from_hold_and_nothing_else_of_it(golden: Review) -> None:
    found = table(golden.workspace.read(statistics.figures_as_of, "4", date(2026, 12, 9)))
    assert found[TOTAL] == [4, *([0] * 13)]


def test_a_movement_report_needs_a_review(golden: Review) -> None:
    with pytest.raises(ValidationError, match="needs a review"):
        golden.workspace.read(statistics.figures_as_of, "2", date(2026, 12, 31))


def test_the_class_on_record_counts_where_no_review_decided(workspace: Workspace, make: Make) -> None:
    home = make.household(make.person("Thạch Thị Sa", ethnic="05"), flags=("ethnic_minority", "merit"))
    make.poor(home, 2026)
    ended = make.household("Lê Văn Đi")
    make.poor(ended, 2026)
    workspace.write(households.end_household, ended, 1, on=date(2026, 5, 1), reason=EndReason.MOVED)
    found = workspace.read(statistics.figures_as_of, "8", date(2026, 11, 24))
    assert table(found)[f"{TOTAL} households"] == [1, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    assert "1 household is counted from the class on record" in " ".join(found.warnings)
    before_the_end = workspace.read(statistics.figures_as_of, "8", date(2026, 4, 30))
    assert table(before_the_end)[f"{TOTAL} households"][0] == 2
    assert table(workspace.read(statistics.figures_as_of, "8", date(2025, 1, 1)))[f"{TOTAL} households"][0] == 0
    children = workspace.read(statistics.figures_as_of, "11", date(2026, 11, 24))
    assert "children of households counted without a review" in " ".join(children.warnings)


def test_who_was_imported_poor_and_escaped_within_the_year_was_poor_before(workspace: Workspace, make: Make) -> None:
    home = make.household("Trần Thị Mãn")
    made = review(workspace, make, on=date(2026, 6, 1), number="11/QĐ-UBND", title="Tháng 6", kind="in_year")
    made.case("poor", "none", 2, before=3, household=home, deprivations=LACKS)
    escaped = ClassData(2026, HouseholdClass.ESCAPED_POOR, since=date(2026, 6, 1))
    workspace.write(classes.set_class, home, escaped)  # the decision writes over the class the year began with
    for day, homes, people in ((date(2026, 5, 31), 1, 3), (date(2026, 6, 1), 0, 0), (date(2024, 12, 31), 0, 0)):
        found = table(workspace.read(statistics.figures_as_of, "16", day))
        assert (found[f"{TOTAL} households"][2], found[f"{TOTAL} people"][2]) == (homes, people), day
    lacking = table(workspace.read(statistics.figures_as_of, "4", date(2026, 5, 31)))
    assert lacking[TOTAL][:3] == [1, 0, 0]  # what it lacked then nobody wrote down
    assert workspace.read(statistics.names_behind_as_of, "1", date(2026, 5, 31), "total", "3") == (home,)


def test_the_latest_of_two_reviews_counts(workspace: Workspace, make: Make) -> None:
    first = review(workspace, make, on=date(2026, 3, 1), number="9/QĐ-UBND", title="Tháng 3", kind="in_year")
    home = first.case("unreviewed", "poor", 3)
    second = review(workspace, make)
    second.case("poor", "near_poor", 4, household=home)
    for day, expected in ((date(2026, 3, 1), [1, 0]), (date(2026, 12, 9), [1, 0]), (date(2026, 12, 10), [0, 1])):
        found = table(workspace.read(statistics.figures_as_of, "16", day))[f"{TOTAL} households"]
        assert found[2:4] == expected, day


# ---- lists of people


def test_the_detailed_list_names_every_member_head_first(workspace: Workspace, make: Make) -> None:
    made = review(workspace, make)
    home = make.household(
        make.person("Trần Thị Năm", sex=Sex.FEMALE, ethnic="05"),
        NewMember(make.person("Trần Văn Út", sex=Sex.MALE), Relation.CHILD),
    )
    made.case("unreviewed", "poor", 2, household=home, merit=True, no_labour=True, local_minority=True)
    made.case("poor", "near_poor", 1)
    found = figures(made, "15")
    assert [row.values[:10] for row in found.rows] == [
        (None, None, PHU_NHON, None, None, None, None, None, None, None),
        (1, 1, "Trần Thị Năm", None, "1979", "Khơ-me", "Chủ hộ", "x", None, None),
        (None, 2, "Trần Văn Út", "1979", None, "Kinh", "Con", None, None, None),
    ]
    assert found.rows[1].values[10:13] == ("x", "x", "x")
    assert found.rows[2].household_id == home
    assert workspace.read(statistics.names_behind, "15", made.campaign, found.rows[2].key, "3") == (home,)
    with pytest.raises(NotFoundError):
        workspace.read(statistics.names_behind, "15", made.campaign, found.rows[0].key, "3")
    near = figures(made, "14")
    assert [row.values[7] for row in near.rows] == [None, "x"]
    assert figures(made, "14", hamlet=make.hamlet("Quân An")).rows == ()


# ---- other reviews, other standards


def test_the_yearly_review_of_a_year_is_found_and_several_others_are_refused(workspace: Workspace, make: Make) -> None:
    march = review(workspace, make, kind="in_year", number="1/QĐ-UBND", year=2025)
    assert workspace.read(statistic_basis.campaign_of_year, 2025) == march.campaign
    review(workspace, make, kind="in_year", number="2/QĐ-UBND", year=2025)
    with pytest.raises(ValidationError, match="There are 2 reviews in 2025"):
        workspace.read(statistic_basis.campaign_of_year, 2025)
    yearly = review(workspace, make, number="3/QĐ-UBND", year=2025)
    assert workspace.read(statistic_basis.campaign_of_year, 2025) == yearly.campaign
    assert [one for one, _title, _year, _status in workspace.read(statistic_basis.campaigns_for_reports)]


def test_an_in_year_review_says_so_and_its_opening_lacks_nobody(workspace: Workspace, make: Make) -> None:
    march = review(workspace, make, kind="in_year", title="Rà soát tháng 3")
    make.poor(make.household("Lê Thị Khác"), 2026)
    march.case("unreviewed", "poor", 2)
    found = figures(march, "2")
    assert found.lines[:2] == (
        "(Kèm theo báo cáo kết quả rà soát thường xuyên)",
        "Rà soát tháng 3 - theo Chuẩn nghèo đa chiều giai đoạn 2022 - 2025",
    )
    assert found.gaps == ()


def test_a_running_in_year_review(workspace: Workspace, make: Make) -> None:
    march = review(workspace, make, decided=False, kind="in_year", class_year=2026)
    march.case("unreviewed", "poor", 2)
    assert table(figures(march, "2"))[f"{TOTAL} households"] == [0, 0, 0, 0, 0, 0, 1, 0, 1]


def test_a_standard_without_indicators_says_so(workspace: Workspace, make: Make) -> None:
    old = next(pack for pack in shipped() if not pack.indicators)
    made = review(workspace, make, pack=old.id, pack_sha256=old.sha256)
    made.case("poor", "poor", 2, deprivations=("x",))
    found = figures(made, "4")
    assert [column.shown for column in found.columns] == ["1", "2=0"]
    assert any("no list of indicators" in warning for warning in found.warnings)


def test_totals_of_the_extra_export_that_are_missing(workspace: Workspace, make: Make) -> None:
    made = review(workspace, make)
    made.case("poor", "poor", 2)
    told = figures(made, "16").warnings
    assert told == ("Totals are missing (columns D, E) for: Ấp Phú Nhơn, Ấp Quân An.",)


def test_typed_totals_smaller_than_the_lists_are_told(golden: Review, make: Make) -> None:
    typed = {make.hamlet(): DenominatorData(1, 3), make.hamlet("Quân An"): DenominatorData()}
    golden.workspace.write(denominators.keep_denominators, golden.campaign, typed)
    assert any("typed 1, but 4 are poor or near-poor" in warning for warning in figures(golden, "1").warnings)


def test_a_list_of_a_day_and_households_without_a_hamlet(workspace: Workspace, make: Make) -> None:
    made = review(workspace, make)
    made.case("poor", "poor", 1, hamlet_id=None)
    made.case("poor", "poor", 1, hamlet="Quân An")
    for found in (figures(made, "15"), workspace.read(statistics.figures_as_of, "15", date(2026, 12, 31))):
        assert [row.label for row in found.rows if row.label] == [QUAN_AN, "Chưa ghi thôn, ấp"]
    running = review(workspace, make, decided=False)
    home = make.household(make.person("Lê Văn Không", sex=None, ethnic=None, birth=None))
    running.case("unreviewed", "poor", 1, household=home)
    assert figures(running, "15").rows[1].values[2:7] == ("Lê Văn Không", None, None, None, "Chủ hộ")


def test_the_local_peoples_are_a_setting(golden: Review) -> None:
    workspace = golden.workspace
    workspace.write(statistic_basis.choose_local_ethnic, ["12", "10"])
    assert workspace.read(statistic_basis.local_ethnic) == ("12", "10")
    with pytest.raises(ValidationError):
        workspace.write(statistic_basis.choose_local_ethnic, ["01"])

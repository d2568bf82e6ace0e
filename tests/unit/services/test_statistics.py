"""Report figures of a small review worked out by hand; every number is that of its list; closed stays closed."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from casemgr import i18n
from casemgr.domain.formulas import evaluate
from casemgr.domain.households import ClassData, EndReason, HouseholdClass
from casemgr.domain.offices import Area, DecisionData, HamletData
from casemgr.domain.packs import shipped
from casemgr.domain.people import Relation, Sex
from casemgr.domain.reviews import CampaignStatus, DenominatorData
from casemgr.domain.statistics import MEMBER_ROWS, forms
from casemgr.errors import ConflictError, NotFoundError, ValidationError
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import classes, denominators, households, movements, offices, statistic_basis, statistics
from casemgr.services.members import NewMember
from casemgr.services.statistics import Figures
from casemgr.workspace import Workspace
from tests.support.figures import Review, review, set_status, table
from tests.support.workspaces import Make

PHU_NHON, QUAN_AN, TOTAL = "Ấp Phú Nhơn", "Ấp Quân An", "TỔNG CỘNG"
LONG_AGO = date(2020, 1, 1)
"""Before everything these tests make: a hamlet is as old as its id says."""
LACKS = ("viec_lam", "bhyt", "nha_tieu")


@pytest.fixture(autouse=True)
def _english(language: str) -> Any:
    """Warnings in the source language; the sheets are Vietnamese all the same."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def golden(workspace: Workspace, make: Make) -> Review:
    """Nine households: every way into, out of and along the lists."""
    made = review(workspace, make)
    made.case(
        "poor", "poor", 4, before=3, deprivations=LACKS, causes=("1", "3"), minority=True, no_labour=True,
        head_ethnic="05", local_minority=True, children=2, children_nutrition=1, children_school=1,
    )  # fmt: skip
    made.case("poor", "near_poor", 5, before=6, deprivations=("bhyt",), causes=("1",), children=1, children_insurance=1)
    made.case("poor", "none", 2)
    made.case("near_poor", "poor", 3, hamlet="Quân An", deprivations=(*LACKS, "nguon_nuoc"), merit=True)
    made.case("near_poor", "near_poor", 2, hamlet="Quân An", head_female=True, minority=True, head_ethnic="08")
    made.case("unreviewed", "poor", 1, again=True, causes=("7",), head_female=True)
    made.case("unreviewed", "near_poor", 4, came_in=True)
    made.case("poor", None, 3, out=True)
    made.case("unreviewed", "average", 3)
    workspace.write(
        denominators.keep_denominators,
        made.campaign,
        {
            make.hamlet(): DenominatorData(100, 350, 20, 60, 5, 12),
            make.hamlet("Quân An"): DenominatorData(50, 200, 10, 40, 0, 0),
        },
    )
    return made


def figures(made: Review, form: str, **options: Any) -> Figures:
    return made.workspace.read(statistics.figures, form, made.campaign, **options)


def rows(made: Review, form: str, **options: Any) -> dict[str, list[Any]]:
    found = table(figures(made, form, **options))
    return {name: [round(v, 2) if isinstance(v, float) else v for v in values] for name, values in found.items()}


GOLDEN: dict[str, dict[str, list[Any]]] = {
    "1": {
        PHU_NHON: [100, 350, 2, 2.0, 2, 2.0, 1, 1.0, 5, 1.43, 9, 2.57, 3, 0.86],
        QUAN_AN: [50, 200, 1, 2.0, 1, 2.0, 0, 0.0, 3, 1.5, 2, 1.0, 0, 0.0],
        TOTAL: [150, 550, 3, 2.0, 3, 2.0, 1, 0.67, 8, 1.45, 11, 2.0, 3, 0.55],
    },
    "2": {
        f"{PHU_NHON} households": [4, 1, 1, 1, 0, 1, 0, 0, 2],
        f"{PHU_NHON} people": [14, 5, 2, 4, 0, 1, 0, 1, 5],
        f"{QUAN_AN} households": [0, 0, 0, 0, 1, 0, 0, 0, 1],
        f"{QUAN_AN} people": [0, 0, 0, 0, 3, 0, 0, 0, 3],
        f"{TOTAL} households": [4, 1, 1, 1, 1, 1, 0, 0, 3],
        f"{TOTAL} people": [14, 5, 2, 4, 3, 1, 0, 1, 8],
    },
    "3": {
        f"{PHU_NHON} households": [0, 0, 0, 0, 1, 0, 0, 1, 2],
        f"{PHU_NHON} people": [0, 0, 0, 0, 5, 0, 0, 4, 9],
        f"{QUAN_AN} households": [2, 1, 0, 0, 0, 0, 0, 0, 1],
        f"{QUAN_AN} people": [5, 3, 0, 0, 0, 0, 0, 0, 2],
        f"{TOTAL} households": [2, 1, 0, 0, 1, 0, 0, 1, 3],
        f"{TOTAL} people": [5, 3, 0, 0, 5, 0, 0, 4, 11],
    },
    "4": {
        PHU_NHON: [2, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0],
        QUAN_AN: [1, 4, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0],
        TOTAL: [3, 7, 2, 0, 0, 2, 0, 0, 0, 0, 1, 2, 0, 0],
    },
    "5": {
        PHU_NHON: [2, 50.0, 0.0, 0.0, 50.0, 0.0, 0.0, 0.0, 0.0, 0.0, 50.0, 0.0, 0.0],
        QUAN_AN: [1, 100.0, 0.0, 0.0, 100.0, 0.0, 0.0, 0.0, 0.0, 100.0, 100.0, 0.0, 0.0],
        TOTAL: [3, 66.67, 0.0, 0.0, 66.67, 0.0, 0.0, 0.0, 0.0, 33.33, 66.67, 0.0, 0.0],
    },
    "6": {
        PHU_NHON: [2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        QUAN_AN: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        TOTAL: [3, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    },
    "7": {
        PHU_NHON: [2, 0.0, 0.0, 0.0, 50.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        QUAN_AN: [1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        TOTAL: [3, 0.0, 0.0, 0.0, 33.33, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    },
    "8": {
        f"{PHU_NHON} households": [2, 1, 1, 0, 1, 2, 0, 0, 0, 2],
        f"{PHU_NHON} people": [5, 4, 4, 0, 1, 9, 0, 0, 0, 9],
        f"{QUAN_AN} households": [1, 0, 0, 1, 0, 1, 1, 0, 0, 0],
        f"{QUAN_AN} people": [3, 0, 0, 3, 0, 2, 2, 0, 0, 0],
        f"{TOTAL} households": [3, 1, 1, 1, 1, 3, 1, 0, 0, 2],
        f"{TOTAL} people": [8, 4, 4, 3, 1, 11, 2, 0, 0, 9],
    },
    "9": {
        PHU_NHON: [2, 1, 1, 1, 0, 0, 2, 2, 0, 0, 0, 0],
        QUAN_AN: [1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0],
        TOTAL: [3, 2, 1, 1, 0, 0, 3, 2, 1, 0, 1, 0],
    },
    "10": {
        PHU_NHON: [2, 0, 1, 0, 0, 0, 1, 0],
        QUAN_AN: [0] * 8,
        TOTAL: [2, 0, 1, 0, 0, 0, 1, 0],
    },
    "11": {
        PHU_NHON: [2, 1, 0, 1, 1, 0, 1, 0],
        QUAN_AN: [0] * 8,
        TOTAL: [2, 1, 0, 1, 1, 0, 1, 0],
    },
    "12": {
        PHU_NHON: [100, 80, 20, 5, 350, 290, 60, 12, 2, 1, 1, 1, 0, 1, 1, 5, 1, 4, 4, 2.0, 5.0, 20.0],
        QUAN_AN: [50, 40, 10, 0, 200, 160, 40, 0, 1, 1, 0, 0, 1, 0, 0, 3, 3, 0, 0, 2.0, 0.0, None],
        TOTAL: [150, 120, 30, 5, 550, 450, 100, 12, 3, 2, 1, 1, 1, 1, 1, 8, 4, 4, 4, 2.0, 3.33, 20.0],
    },
    "13": {
        PHU_NHON: [100, 80, 20, 5, 350, 290, 60, 12, 2, 2, 0, 0, 0, 0, 0, 9, 9, 0, 0, 2.0, 0.0, 0.0],
        QUAN_AN: [50, 40, 10, 0, 200, 160, 40, 0, 1, 0, 1, 0, 0, 0, 1, 2, 0, 2, 0, 2.0, 10.0, None],
        TOTAL: [150, 120, 30, 5, 550, 450, 100, 12, 3, 2, 1, 0, 0, 0, 1, 11, 9, 2, 0, 2.0, 3.33, 0.0],
    },
    "16": {
        f"{PHU_NHON} households": [100, 20, 2, 2, 1, 0, 1, 0, 0, 0],
        f"{PHU_NHON} people": [350, 60, 5, 9, 4, 0, 4, 0, 0, 0],
        f"{QUAN_AN} households": [50, 10, 1, 1, 0, 1, 0, 0, 1, 0],
        f"{QUAN_AN} people": [200, 40, 3, 2, 0, 2, 0, 0, 3, 0],
        f"{TOTAL} households": [150, 30, 3, 3, 1, 1, 1, 0, 1, 0],
        f"{TOTAL} people": [550, 100, 8, 11, 4, 2, 4, 0, 3, 0],
    },
}


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
    for day, households, people in ((date(2026, 5, 31), 1, 3), (date(2026, 6, 1), 0, 0), (date(2024, 12, 31), 0, 0)):
        found = table(workspace.read(statistics.figures_as_of, "16", day))
        assert (found[f"{TOTAL} households"][2], found[f"{TOTAL} people"][2]) == (households, people), day
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


# ---- every cell is the number of its list


def _amount(uow: UnitOfWork, campaign: UUID, ids: Sequence[UUID], count: str, of: str) -> int:
    """What a list adds up to, from the cases themselves."""
    cases = {
        case.household_id: case
        for case in uow.session.scalars(select(ReviewCase).where(ReviewCase.campaign_id == campaign))
    }
    assert len(set(ids)) == len(ids)
    found = [cases[one] for one in ids]
    if of == "households":
        return len(found)
    if of != "people":
        return sum(getattr(case, of) for case in found)
    if count.endswith("_opening"):
        return sum(case.opening_people for case in found)
    if count.endswith("_down"):
        out = ("poor_out", "near_poor_out")
        return sum(case.opening_people if case.movement in out else case.opening_people - case.people for case in found)
    if count.endswith("_up"):
        came = ("poor_in", "near_poor_in")
        return sum(case.people if case.movement in came else case.people - case.opening_people for case in found)
    return sum(case.people for case in found)


def check_cells(made: Review) -> int:
    """Each counted cell against its list; how many cells there were."""
    checked = 0
    for form in forms():
        if form.rows == MEMBER_ROWS:
            continue
        found = figures(made, form.number)
        for row in found.all_rows:
            for place, column in enumerate(found.columns):
                if not column.counts:
                    continue
                ids = made.workspace.read(statistics.names_behind, form.number, made.campaign, row.key, column.number)
                of = column.of or row.unit or "households"
                counted = made.workspace.read(_amount, made.campaign, ids, column.count, of)
                value = row.values[place]
                if column.share_of:
                    whole = found.value(row.key, column.share_of)
                    assert value == (counted / whole * 100 if whole else None)  # type: ignore[operator]
                else:
                    assert value == counted, (form.number, row.key, column.number)
                checked += 1
    return checked


def test_every_cell_is_the_number_of_its_list(golden: Review) -> None:
    assert check_cells(golden) > 300


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_cell_of_any_review_is_the_number_of_its_list(workspace: Workspace, make: Make, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - invented households
    made = review(workspace, make)
    for _household in range(25):
        opening = chance.choice(["poor", "near_poor", "unreviewed", "none"])
        people = chance.randint(1, 7)
        children = chance.randint(0, people - 1)
        made.case(
            opening,
            chance.choice(["poor", "near_poor", "average", "none"]),
            people,
            before=chance.randint(1, 7),
            hamlet=chance.choice(["Phú Nhơn", "Quân An"]),
            out=opening in ("poor", "near_poor") and chance.random() < 0.15,
            again=chance.random() < 0.3,
            came_in=chance.random() < 0.2,
            minority=chance.random() < 0.5,
            local_minority=chance.random() < 0.3,
            no_labour=chance.random() < 0.3,
            merit=chance.random() < 0.3,
            head_female=chance.random() < 0.5,
            head_ethnic=chance.choice(["01", "05", "08", None]),
            deprivations=tuple(chance.sample(["viec_lam", "bhyt", "nha_tieu", "nguon_nuoc"], chance.randint(0, 4))),
            causes=tuple(chance.sample(list("12345678"), chance.randint(0, 3))),
            children=children,
            children_nutrition=chance.randint(0, children),
            children_insurance=chance.randint(0, children),
            children_school=chance.randint(0, children),
        )
    check_cells(made)
    for form in ("2", "3"):
        found = figures(made, form)
        assert found.gaps == ()
        names = frozenset(column.number for column in found.columns)
        for row in found.all_rows:
            values = {column.number: value for column, value in zip(found.columns, row.values, strict=True)}
            assert values["9"] == evaluate("1-2-3-4+5+6+7+8", names, values.get)  # type: ignore[arg-type]
    total = "total:people"
    assert figures(made, "2").value(total, "2") == figures(made, "3").value(total, "5")
    assert figures(made, "3").value(total, "2") == figures(made, "2").value(total, "5")


def test_a_column_that_counts_no_households_has_no_list(golden: Review) -> None:
    for form, column in (("1", "1"), ("1", "4"), ("4", "2"), ("1", "99")):
        with pytest.raises(NotFoundError):
            golden.workspace.read(statistics.names_behind, form, golden.campaign, "total", column)
    as_of = golden.workspace.read(statistics.names_behind_as_of, "1", date(2026, 12, 31), "total", "3")
    assert set(as_of) == set(golden.workspace.read(statistics.names_behind, "1", golden.campaign, "total", "3"))


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


# ---- the same numbers as the movement of the decision


def _balance(uow: UnitOfWork, campaign: UUID) -> dict[str, list[int]]:
    """Reports 2 and 3 as `services/movements.py` works them out household by household."""
    found = movements.movements(uow, campaign).balance
    return {
        f"{report} {unit}": list(getattr(value, unit).values)
        for report, value in (("2", found.poor), ("3", found.near_poor))
        for unit in ("households", "people")
    }


@pytest.mark.parametrize("seed", [11, 12])
def test_a_running_review_counts_what_the_decision_would_write(workspace: Workspace, make: Make, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - invented households
    made = review(workspace, make, decided=False)
    listed = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
    for number in range(24):
        home = make.household(f"Nguyễn Văn Thứ {number}", hamlet=chance.choice(["Phú Nhơn", "Quân An"]))
        for year in (2024, 2025, 2026):
            if chance.random() < 0.6:
                value = chance.choice([*listed, HouseholdClass.ESCAPED_POOR, HouseholdClass.NONE])
                make.poor(home, year, value)
        if number < 20:
            made.case(
                "unreviewed",
                chance.choice(["poor", "near_poor", "none", None]),
                chance.randint(1, 6),
                before=chance.randint(1, 6),
                household=home,
                came_in=chance.random() < 0.2,
            )
        if chance.random() < 0.2:
            workspace.write(
                households.end_household, home, make.view(home).version, on=date(2026, 8, 1), reason=EndReason.MOVED
            )
    expected = workspace.read(_balance, made.campaign)
    for report in ("2", "3"):
        found = table(figures(made, report))
        for unit in ("households", "people"):
            assert found[f"{TOTAL} {unit}"] == expected[f"{report} {unit}"], (report, unit)


def test_a_decided_review_counts_what_the_decision_wrote(golden: Review) -> None:
    expected = golden.workspace.read(_balance, golden.campaign)
    for report in ("2", "3"):
        for unit in ("households", "people"):
            assert GOLDEN[report][f"{TOTAL} {unit}"] == expected[f"{report} {unit}"]


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

"""Every number of a report is that of its list; a running review counts what its decision would write."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from casemgr import i18n
from casemgr.domain.formulas import evaluate
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.statistics import MEMBER_ROWS, forms
from casemgr.errors import NotFoundError
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import households, movements, statistics
from casemgr.workspace import Workspace
from tests.support.figures import Review, review, table
from tests.support.small_review import GOLDEN, TOTAL, figures, small_review
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

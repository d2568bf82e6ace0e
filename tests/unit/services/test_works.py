"""The register of public works: planned, being built, accepted, with its money."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr import i18n
from casemgr.domain.works import WorksData
from casemgr.errors import ValidationError
from casemgr.services import works, works_sheet
from casemgr.services.works import WorksQuery, WorksState
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)


@pytest.fixture
def english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


def built(workspace: Workspace, **values: object) -> UUID:
    usual = {
        "name": "Đường bê tông Ấp Phú Nhơn",
        "kind": "road",
        "budget": 1_200_000_000,
        "disbursed": 600_000_000,
        "start_on": date(2026, 3, 1),
        "progress": 60,
        "households": 40,
    }
    return workspace.write(works.keep_works, WorksData(**{**usual, **values}))  # type: ignore[arg-type]  # each test names its own fields


def problems(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return [problem.field for problem in error.value.problems]


def test_the_state_follows_dates_and_progress(workspace: Workspace) -> None:
    road = built(workspace)
    row = workspace.read(works.view, road, TODAY)
    assert (row.state, row.paid_percent) == (WorksState.RUNNING, 50)
    assert workspace.read(works.view, road, date(2026, 2, 1)).state is WorksState.PLANNED
    done = replace(row.data, progress=100)
    workspace.write(works.keep_works, done, works_id=road, version=row.version)
    assert workspace.read(works.view, road, TODAY).state is WorksState.FINISHED
    accepted = replace(done, accepted_on=date(2026, 11, 20))
    workspace.write(works.keep_works, accepted, works_id=road, version=row.version + 1)
    assert workspace.read(works.view, road, TODAY).state is WorksState.ACCEPTED
    assert workspace.read(works.view, road, date(2026, 11, 19)).state is WorksState.FINISHED


def test_totals_are_the_sums_of_the_lines(workspace: Workspace, make: Make) -> None:
    built(workspace, hamlet_id=make.hamlet(), contribution=30_000_000, contribution_days=120, planned_for=True)
    built(workspace, name="Nhà văn hóa ấp Quân An", kind="culture", start_on=None, progress=0, disbursed=0, budget=0)
    made = workspace.read(works.totals, TODAY)
    assert (made.count, made.budget, made.disbursed, made.contribution_days) == (2, 1_200_000_000, 600_000_000, 120)
    assert sum(made.by_state.values()) == made.count
    assert (made.planned_for, made.households, made.contribution) == (1, 80, 30_000_000)
    rows = workspace.read(works.rows, WorksQuery(), TODAY)
    assert [row.paid_percent for row in rows] == [50, None]


def test_the_register_is_narrowed(workspace: Workspace, make: Make) -> None:
    built(workspace, hamlet_id=make.hamlet())
    built(workspace, name="Cống thoát nước", kind="irrigation", start_on=None, progress=0)
    assert [row.hamlet for row in workspace.read(works.rows, WorksQuery(text="phu nhon"), TODAY)] == ["Ấp Phú Nhơn"]
    assert len(workspace.read(works.rows, WorksQuery(kinds=("irrigation",)), TODAY)) == 1
    assert len(workspace.read(works.rows, WorksQuery(states=("running",)), TODAY)) == 1


def test_what_cannot_be_is_refused(workspace: Workspace) -> None:
    with pytest.raises(ValidationError) as refused:
        built(workspace, name="", kind="tower", progress=101, budget=-1, disbursed=5, start_on=None)
    assert problems(refused) == ["name", "kind", "progress", "budget", "disbursed", "start_on"]
    with pytest.raises(ValidationError) as refused:
        built(workspace, accepted_on=date(2026, 1, 1))
    assert problems(refused) == ["progress", "accepted_on"]
    with pytest.raises(ValidationError) as refused:
        built(workspace, progress=100, accepted_on=date(2027, 1, 1))
    assert problems(refused) == ["accepted_on"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"land": -1}, "land"),
        ({"budget_sources": {"central": 1_000_000_000}}, "budget_sources"),
        ({"budget_sources": {"kho_bac": 1_200_000_000}}, "budget_sources"),
        ({"budget_sources": {"central": 1_300_000_000, "commune": -100_000_000}}, "budget_sources"),
        ({"maintenance_due": date(2027, 3, 1)}, "maintenance_due"),
        (
            {"progress": 100, "accepted_on": date(2026, 10, 1), "maintained_on": date(2026, 9, 30)},
            "maintained_on",
        ),
        (
            {"progress": 100, "accepted_on": date(2026, 10, 1), "maintained_on": date(2026, 11, 25)},
            "maintained_on",
        ),
    ],
)
def test_land_funds_and_upkeep_that_cannot_be(workspace: Workspace, values: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        built(workspace, **values)
    assert problems(error) == [field]


def test_the_register_in_excel_has_funds_land_upkeep_and_sums(workspace: Workspace, english: None) -> None:
    built(workspace, budget_sources={"central": 1_000_000_000, "commune": 200_000_000, "province": 0}, land=350)
    built(
        workspace, name="Cầu Quân An", kind="road", progress=100, accepted_on=date(2026, 5, 1), land=50,
        maintenance="Tổ tự quản số 2", maintenance_due=date(2026, 11, 1),
    )  # fmt: skip
    made = workspace.read(works_sheet.sheet, WorksQuery(), TODAY)
    bridge, road, total = (dict(zip(made.columns, line, strict=True)) for line in made.rows)
    assert (road["From: Central budget"], road["From: Commune budget"]) == (1_000_000_000, 200_000_000)
    assert "From: Provincial budget" not in made.columns
    assert (bridge["Kept up by"], bridge["Upkeep overdue"]) == ("Tổ tự quản số 2", True)
    assert (total["Land given by people, in m²"], total["From: Central budget"]) == (400, 1_000_000_000)
    assert total["Note"] is None
    assert workspace.read(works.totals, TODAY).land == 400

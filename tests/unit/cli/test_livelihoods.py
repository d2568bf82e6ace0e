"""`casemgr livelihoods` as support staff type it: list, show, a step, projects, the ledger."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.livelihoods import PlanState
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.domain.revolving import DutyLine
from casemgr.services import community_projects, offices, revolving
from casemgr.services.community_projects import ProjectData
from casemgr.workspace import Workspace
from tests.support.livelihoods import Livelihoods
from tests.support.workspaces import COMMUNE, PASSPHRASE, START


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the clock of the machine: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


class Desk:
    """The command line on one case file with a draft and a plan under way."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "xa.casemgr"
        self.passphrase = folder / "passphrase.txt"
        self.passphrase.write_text(f"{PASSPHRASE}\n", "utf-8")
        workspace, _code = Workspace.create(
            self.file,
            offices.default_office(COMMUNE),
            user=UserData("lan", "Nguyễn Thị Lan"),
            passphrase=PASSPHRASE,
        )
        workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
        plans = Livelihoods(workspace)
        self.draft = plans.plan()
        self.running = plans.to(PlanState.RUNNING)
        duties = [DutyLine(date(2026, 11, 2), animals=1), DutyLine(date(2029, 2, 28), amount=5_000_000)]
        workspace.write(revolving.write_duties, self.running, duties)
        project = ProjectData("Nuôi bò Phú Nhơn", "SK-CD", area="hard", total_cost=100, state_amount=96)
        workspace.write(community_projects.keep, project)
        workspace.close()

    def run(self, *words: str) -> Result:
        options = ["--language", "vi", "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, "livelihoods", *words])

    def data(self, *words: str) -> Any:
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_plans_are_listed_by_state_hamlet_and_day(desk: Desk) -> None:
    (row,) = desk.data("list", "--state", "running")
    assert (row["id"], row["state"], row["hamlet"]) == (str(desk.running), "running", "Ấp Phú Nhơn")
    assert len(desk.data("list")) == 2
    assert desk.data("list", "--due", "01/01/2026") == []
    assert desk.run("list", "--hamlet", "Phú Xa").exit_code != 0


def test_a_plan_is_shown_with_its_figures_and_next_steps(desk: Desk) -> None:
    plan = desk.data("show", str(desk.running))
    assert plan["total"] == 42_000_000
    assert plan["expected_income"] == 2_200_000
    (expected,) = [move for move in plan["moves"] if move["expected"]]
    assert expected["to"] == "accepted"
    assert expected["findings"][0]["severity"] == "refuse"
    assert "42.000.000" in desk.run("show", plan["household"]).stdout


def test_a_step_is_taken_and_a_bad_one_is_refused(desk: Desk) -> None:
    plan = str(desk.draft)
    assert desk.run("step", plan, "registered", "--date", "20/11/2026").exit_code == 0
    assert desk.data("show", plan)["state"] == "registered"
    refused = desk.run("step", plan, "voted", "--date", "21/11/2026")
    assert refused.exit_code != 0
    assert desk.run("step", plan, "voted", "--present", "30", "--agreed", "25").exit_code == 0


def test_projects_and_the_ledger(desk: Desk) -> None:
    (project,) = desk.data("projects")
    assert (project["state_share"], project["findings"][0]["law"][:10]) == (9600, "Nghị định ")
    ledger = desk.data("ledger", "--open")
    assert (ledger["open"], ledger["open_animals"]) == (5_000_000, 1)
    assert [line["overdue_days"] for line in ledger["lines"]] == [22, 0]
    assert "22" in desk.run("ledger").stdout

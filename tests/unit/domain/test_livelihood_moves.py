"""Every pair of states of a plan and of a project: allowed or refused, and what each move asks for."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from casemgr.domain.case_papers import CasePaperWording
from casemgr.domain.findings import Severity, refused
from casemgr.domain.livelihoods import PLAN_MACHINE, PROJECT_MACHINE, PlanState, ProjectState
from casemgr.domain.paper_templates import shipped_letters

TABLE = Path(__file__).parents[2] / "data" / "casework" / "livelihood_moves.csv"
MACHINES = {machine.kind: machine for machine in (PLAN_MACHINE, PROJECT_MACHINE)}
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
LABELS = [f"{row['machine']}:{row['from']}→{row['to']}" for row in ROWS]


def test_the_table_holds_every_pair_once() -> None:
    pairs = [(row["machine"], row["from"], row["to"]) for row in ROWS]
    wanted = {("livelihood", one.value, other.value) for one in PlanState for other in PlanState if one != other}
    wanted |= {("project", one.value, other.value) for one in ProjectState for other in ProjectState if one != other}
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == wanted


@pytest.mark.parametrize("row", ROWS, ids=LABELS)
def test_a_pair_is_allowed_or_refused_with_its_needs(row: Mapping[str, str]) -> None:
    machine = MACHINES[row["machine"]]
    codes = row["refuses"].split() + row["warns"].split()
    met, unmet = dict.fromkeys(codes, True), dict.fromkeys(codes, False)
    found = machine.check(row["from"], row["to"], met, reason="Theo đề nghị của hộ")
    if row["way"] == "refused":
        (finding,) = found
        assert finding.severity is Severity.REFUSE
        assert finding.field == "to"
        return
    assert found == ()
    without = machine.check(row["from"], row["to"], unmet, reason="Theo đề nghị của hộ")
    severities = [one.severity for one in without]
    assert severities.count(Severity.REFUSE) == len(row["refuses"].split())
    assert severities.count(Severity.WARN) == len(row["warns"].split())
    silent = machine.check(row["from"], row["to"], met, reason=" ")
    assert refused(silent) == (row["way"] == "back")
    move = machine.move(row["from"], row["to"])
    assert move is not None
    assert list(move.papers) == row["papers"].split()


@pytest.mark.parametrize("paper", sorted({paper for row in ROWS for paper in row["papers"].split()}))
def test_the_papers_of_a_step_exist(paper: str) -> None:
    assert isinstance(shipped_letters(paper)[-1].wording, CasePaperWording)

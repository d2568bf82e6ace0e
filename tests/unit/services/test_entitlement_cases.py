"""For every programme with a rule: a household or person that gets it, and one that just does not."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from casemgr.domain.pack_parts import VERIFIED
from casemgr.domain.support import Unit
from casemgr.services import programmes
from casemgr.workspace import Workspace
from tests.support.support import Supported, area, fields, flags
from tests.support.workspaces import copy_file, open_file

FILE = Path(__file__).parents[2] / "data" / "programmes" / "cases.csv"
RESULTS = {"yes": True, "no": False, "unknown": None}


def _cases() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def office(case_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One file for all cases; each makes a household of its own and says what holds for the commune."""
    folder = tmp_path_factory.mktemp("cases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        opened = open_file(copy_file(case_file, folder / "xa.casemgr"))
        yield opened
        opened.close()


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case['programme']}: {case['case']}")
def test_case(office: Workspace, case: dict[str, str]) -> None:
    supported = Supported(office)
    home = fields(case["household"])
    household = supported.household(
        case["person"],
        *filter(None, case["others"].split("|")),
        area=area(home.get("area")),
        flags=flags(home.get("flags", "")),
    )
    head = next(
        one
        for one in supported.people(household)
        if (one == supported.people(household)[0]) == ("died" not in case["person"])
    )
    lacking = tuple(filter(None, home.get("deprivations", "").split("+")))
    supported.of_class(household, case["class"], deprivations=lacking)
    supported.commune(case["commune"])
    supported.note(household, head, case["noted"])
    unit = office.read(programmes.catalogue).programme(case["programme"]).unit
    told = supported.entitled(
        household, case["programme"], date.fromisoformat(case["day"]), head if unit is Unit.PERSON else None
    )
    if case["result"] == "absent":
        assert told is None
        return
    assert told is not None
    assert told.result is RESULTS[case["result"]], (told.reason, told.missing)
    if told.result is True:
        assert told.rule == case["rule"]
        assert told.amount == (int(case["amount"]) if case["amount"] else None)
        assert told.reason
        assert told.citation
    elif told.result is False:
        assert told.reason
        assert told.amount is None
    else:
        assert told.missing or told.certainty == "U"


def test_every_programme_with_a_verified_rule_has_both_cases() -> None:
    found = programmes.shipped_catalogue()
    seen: dict[str, set[str]] = defaultdict(set)
    for case in _cases():
        seen[case["programme"]].add(case["result"])
    verified = {rule.programme for rule in found.rules.values() if rule.certainty == VERIFIED}
    assert {code for code in verified if not {"yes", "no"} <= seen[code]} == set()
    assert set(seen) >= {code for code, one in found.programmes.items() if one.entitles} - {"NHA-XNT"}


SAME_CONDITION = {"NHA-DA5-SUA": "NHA-DA5-MOI"}
"""Rules that hold for the same people as one that gives more: which of both it is, the office says at the delivery."""


def test_every_verified_rule_decides_a_case_and_just_does_not_in_another() -> None:
    found = programmes.shipped_catalogue()
    cases = _cases()
    decided = {case["rule"] for case in cases if case["result"] == "yes"}
    refused = {
        rule.id
        for rule in found.rules.values()
        for case in cases
        if case["programme"] == rule.programme
        and case["result"] in ("no", "absent")
        and (case["result"] == "absent" or rule.valid(date.fromisoformat(case["day"])))
    }
    verified = {rule.id for rule in found.rules.values() if rule.certainty == VERIFIED}
    assert verified - decided == set(SAME_CONDITION)
    for rule, other in SAME_CONDITION.items():
        assert found.rules[rule].condition == found.rules[other].condition
    assert verified - refused == set()

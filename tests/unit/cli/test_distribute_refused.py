"""What a pay-out must not do, on the command line: refused or asking for a reason, with the person and the why."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.domain.people import LeaveReason, Relation
from casemgr.domain.support import BudgetData, FundSource
from casemgr.services import budgets, households, members, offices
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import COMMUNE, PASSPHRASE, START, Make

ELDER = "Nguyễn Văn Cụ"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the clock of the machine: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


class Desk:
    """The command line on one case file: two poor households, and one with an old man of 78."""

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
        make = Make(workspace)
        self.homes = []
        for name, number in (("Nguyễn Thị Á", "083179000015"), ("Lê Văn Bình", "083079000023")):
            home = make.household(make.person(name, id_number=number))
            make.poor(home)
            self.homes.append(home)
        self.elder = make.person(ELDER, birth=PartialDate(1948, 1, 2), id_number="083048000012")
        head = make.person("Nguyễn Văn Con", id_number="083079000066")
        self.homes.append(make.household(head, NewMember(self.elder, Relation.PARENT)))
        workspace.close()

    def change(self, act: Callable[[Workspace, Make], object]) -> None:
        """Something happens between two commands."""
        workspace = Workspace.open(self.file, passphrase=PASSPHRASE)
        act(workspace, Make(workspace))
        workspace.close()

    def run(self, *words: str | Path) -> Result:
        options = ["--language", "vi", "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, "distribute", *map(str, words)])

    def ok(self, *words: str | Path) -> str:
        done = self.run(*words)
        assert done.exit_code == 0, done.output
        return done.stdout

    def refused(self, *words: str | Path) -> str:
        done = self.run(*words)
        assert done.exit_code == 1, done.output
        return done.stderr

    def power(self, *more: str) -> str:
        return self.ok("make", "DIEN", "--source", "province", "--title", "Tiền điện quý IV", *more).strip()

    def states(self) -> list[str]:
        return [row["status"] for row in json.loads(self.ok("list", "--json"))]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def end(desk: Desk, place: int, on: date, reason: EndReason) -> None:
    def act(workspace: Workspace, make: Make) -> None:
        view = make.view(desk.homes[place])
        workspace.write(households.end_household, desk.homes[place], view.version, on=on, reason=reason)

    desk.change(act)


@pytest.mark.parametrize("reason", [EndReason.DIED_OUT, EndReason.MOVED])
def test_a_household_gone_since_stops_the_decision_by_name(desk: Desk, reason: EndReason) -> None:
    one = desk.power()
    end(desk, 0, date(2026, 11, 22), reason)
    told = desk.refused("approve", one, "--number", "1/QĐ-UBND", "--date", "20/11/2026")
    assert "Nguyễn Thị Á (H-00001)" in told
    assert "22/11/2026" in told
    assert "Lê Văn Bình" not in told
    assert desk.states() == ["draft"]


@pytest.mark.parametrize("reason", [LeaveReason.DIED, LeaveReason.MOVED])
def test_a_person_who_died_or_left_is_not_proposed_and_stops_a_list_he_stands_on(
    desk: Desk, reason: LeaveReason
) -> None:
    given = ("HTXH", "--source", "central")
    one = desk.ok("make", *given, "--title", "Hưu trí xã hội", "--reason", "đã xác minh").strip()
    assert [line["name"] for line in json.loads(desk.ok("show", one, "--json"))["lines"]] == [ELDER]

    def goes(workspace: Workspace, make: Make) -> None:
        member = next(one for one in make.view(desk.homes[2]).members if one.person.full_name == ELDER)
        version = member.membership_version
        workspace.write(members.leave, member.membership_id, version, on=date(2026, 11, 21), reason=reason)

    desk.change(goes)
    told = desk.refused("approve", one, "--number", "1/QĐ-UBND", "--date", "20/11/2026")
    assert ELDER in told
    assert "21/11/2026" in told
    again = json.loads(desk.ok("propose", *given, "--json"))
    assert not again["rows"]


def test_a_hand_over_before_its_decision_is_refused_with_both_days(desk: Desk) -> None:
    one = desk.power("--date", "18/11/2026")
    told = desk.refused("approve", one, "--number", "1/QĐ-UBND", "--date", "20/11/2026")
    assert "18/11/2026" in told
    assert "20/11/2026" in told
    two = desk.power("--title", "Lần hai", "--period", "2026-Q3", "--reason", "trả bù", "--date", "24/11/2026")
    desk.ok("approve", two, "--number", "2/QĐ-UBND", "--date", "20/11/2026")
    told = desk.refused("receive", two, "--all", "--date", "19/11/2026")
    assert "Nguyễn Thị Á" in told
    assert "20/11/2026" in told


def test_twice_in_a_period_leaves_them_out_with_day_and_article(desk: Desk) -> None:
    desk.power()
    told = json.loads(desk.ok("propose", "DIEN", "--source", "province", "--json"))
    assert not told["rows"]
    found = {one["name"]: one["findings"][0] for one in told["excluded"]}["Lê Văn Bình"]
    assert (found["cause"], found["severity"]) == ("twice", "refuse")
    assert "24/11/2026" in found["message"]
    assert "28/2014/QĐ-TTg" in found["citation"]
    assert desk.refused("make", "DIEN", "--source", "province", "--title", "Lần hai", "--reason", "xin thêm")


def test_above_a_sum_the_rule_only_doubts_is_left_out_until_a_reason_is_written(desk: Desk) -> None:
    given = ("DIEN", "--source", "province", "--amount", "250000", "--title", "Tiền điện")
    desk.refused("make", *given)  # every row needs a reason, so nobody is left
    one = desk.ok("make", *given, "--reason", "tỉnh quy định mức cao hơn").strip()
    assert {line["amount"] for line in json.loads(desk.ok("show", one, "--json"))["lines"]} == {250_000}


def test_above_a_cap_that_is_law_no_reason_helps(desk: Desk) -> None:
    given = ("NHA-DA5", "--rule", "NHA-DA5-MOI", "--class", HouseholdClass.POOR.value)
    told = json.loads(desk.ok("propose", *given, "--amount", "40000001", "--json"))
    assert not told["rows"]
    assert {(one["findings"][0]["cause"], one["findings"][0]["severity"]) for one in told["excluded"]} == {
        ("cap", "refuse")
    }
    assert desk.refused("make", *given, "--amount", "40000001", "--title", "Nhà ở", "--reason", "xin thêm")
    assert json.loads(desk.ok("propose", *given, "--amount", "40000000", "--json"))["rows"]


def test_an_exhausted_budget_names_the_row_it_does_not_reach(desk: Desk) -> None:
    found = []

    def pays(workspace: Workspace, _make: Make) -> None:
        data = BudgetData(2026, "DIEN", FundSource.PROVINCE, 200_000, "QĐ 12/QĐ-UBND")
        found.append(workspace.write(budgets.keep_budget, data))

    desk.change(pays)
    given = ("make", "DIEN", "--source", "province", "--title", "Tiền điện", "--budget", str(found[0]))
    told = desk.refused(*given)
    assert "Lê Văn Bình (H-00002)" in told
    assert "21.440" in told
    assert "Nguyễn Thị Á" not in told
    assert not desk.states()


def test_another_programme_for_a_list_there_is(desk: Desk) -> None:
    gifts = ("make", "QUA-XH", "--source", "sponsor", "--amount", "500000", "--title", "Quà Tết")
    desk.ok(*gifts, "--reason", "đã xác minh")
    told = json.loads(desk.ok("propose", "DIEN", "--like", "qua tet", "--source", "province", "--json"))
    assert {row["name"] for row in told["rows"]} == {"Nguyễn Thị Á", "Lê Văn Bình"}
    assert {one["name"] for one in told["excluded"]} == {"Nguyễn Văn Con"}
    assert desk.run("propose", "DIEN", "--like", "qua tet", "--hamlet", "Phú Nhơn").exit_code == 2

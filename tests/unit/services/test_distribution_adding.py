"""More beneficiaries for a list being prepared, by number, code or name, with the reasons against others."""

from datetime import date
from uuid import UUID

from casemgr.domain.distributions import DistributionData
from casemgr.domain.support import FundSource
from casemgr.services import distribution_adding, distributions
from casemgr.services.distribution_adding import Added
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

POWER = DistributionData("Tiền điện quý IV năm 2026", "DIEN", date(2026, 11, 24), source=FundSource.PROVINCE)


def home(make: Make, name: str, number: str | None, *, poor: bool = True) -> UUID:
    found = make.household(make.person(name, id_number=number))
    if poor:
        make.poor(found)
    return found


def prepared(workspace: Workspace, homes: list[UUID]) -> UUID:
    found = workspace.read(distributions.propose, POWER, homes)
    return workspace.write(distributions.make, found.data, [row.data() for row in found.rows])


def add(workspace: Workspace, one: UUID, *lines: str) -> Added:
    view = workspace.read(distributions.view, one)
    return workspace.write(distribution_adding.add_found, one, view.version, lines)


def names(workspace: Workspace, one: UUID) -> set[str]:
    return {row.name for row in workspace.read(distributions.rows, one)}


def test_pasted_numbers_and_names_come_onto_the_list_once(workspace: Workspace, make: Make) -> None:
    one = prepared(workspace, [home(make, "Nguyễn Thị Á", "083179000015")])
    home(make, "Lê Văn Bình", "083079000023")
    home(make, "Võ Thị Em", "083179000056")
    added = add(workspace, one, "1\tLê Văn Bình\t083079000023", "võ thị em", "083179000015")
    assert (added.rows, added.already, added.refused, added.unknown) == (2, 1, (), ())
    assert names(workspace, one) == {"Nguyễn Thị Á", "Lê Văn Bình", "Võ Thị Em"}


def test_who_may_not_be_on_it_is_told_with_the_reason_and_who_is_not_known_too(
    workspace: Workspace, make: Make
) -> None:
    one = prepared(workspace, [home(make, "Nguyễn Thị Á", "083179000015")])
    home(make, "Trần Thị Cúc", None)
    home(make, "Lê Văn Bình", "083079000023")
    home(make, "Lê Văn Bình", "083079000031")
    added = add(workspace, one, "Trần Thị Cúc", "Lê Văn Bình", "Người Lạ")
    assert added.rows == 0
    assert [row.name for row in added.refused] == ["Trần Thị Cúc"]
    assert "60/2026/TT-BTC" in added.refused[0].reason
    assert added.unknown == ("Lê Văn Bình", "Người Lạ")
    assert names(workspace, one) == {"Nguyễn Thị Á"}

"""Totals of a hamlet typed per review: kept, checked, refused where they cannot be."""

from uuid import UUID

import pytest

from casemgr.domain.reviews import DenominatorData
from casemgr.errors import ValidationError
from casemgr.services import denominators, step_names
from casemgr.workspace import Workspace
from tests.support.figures import review
from tests.support.workspaces import Make


@pytest.fixture
def campaign(workspace: Workspace, make: Make) -> UUID:
    made = review(workspace, make)
    made.case("poor", "poor", 5)
    made.case("poor", "near_poor", 4)
    return made.campaign


def test_what_is_typed_is_kept_and_can_be_corrected(workspace: Workspace, make: Make, campaign: UUID) -> None:
    hamlet = make.hamlet()
    assert workspace.read(denominators.denominators, campaign) == {}
    typed = DenominatorData(100, 350, 20, 60)
    assert workspace.write(denominators.keep_denominators, campaign, {hamlet: typed}) == ()
    assert workspace.read(denominators.denominators, campaign) == {hamlet: typed}
    corrected = DenominatorData(110, 350)
    workspace.write(denominators.keep_denominators, campaign, {hamlet: corrected})
    assert workspace.read(denominators.denominators, campaign) == {hamlet: corrected}
    assert workspace.write(denominators.keep_denominators, campaign, {make.hamlet("Quân An"): DenominatorData()}) == ()
    assert list(workspace.read(denominators.denominators, campaign)) == [hamlet]
    assert "campaign.denominators" in step_names.ACTIONS


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (DenominatorData(households=-1), "households"),
        (DenominatorData(people=5_000_000), "people"),
        (DenominatorData(households=100, people=99), "households"),
        (DenominatorData(households=100, households_minority=101), "households_minority"),
        (DenominatorData(people=100, people_minority=101), "people_minority"),
        (DenominatorData(households_minority=10, households_local=11), "households_local"),
        (DenominatorData(people_minority=10, people_local=11), "people_local"),
    ],
)
def test_what_cannot_be_is_refused_in_its_place(
    workspace: Workspace, make: Make, campaign: UUID, data: DenominatorData, field: str
) -> None:
    hamlet = make.hamlet()
    with pytest.raises(ValidationError) as refused:
        workspace.write(denominators.keep_denominators, campaign, {hamlet: data})
    assert [problem.field for problem in refused.value.problems] == [f"{hamlet.hex}.{field}"]
    assert "Ấp Phú Nhơn" in str(refused.value)
    assert workspace.read(denominators.denominators, campaign) == {}


def test_totals_smaller_than_the_lists_are_told(workspace: Workspace, make: Make, campaign: UUID) -> None:
    told = workspace.write(denominators.keep_denominators, campaign, {make.hamlet(): DenominatorData(1, 8)})
    assert len(told) == 2
    assert "Ấp Phú Nhơn" in told[0]

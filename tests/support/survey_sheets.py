"""People and answers for survey sheets."""

from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.packs import of_id, shipped
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.domain.reviews import SurveyData
from casemgr.errors import ValidationError
from casemgr.services import (
    surveys,
)
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace

PACK = of_id(shipped(), "VN-2022")


def member(name: str, birth: PartialDate, relation: Relation = Relation.CHILD, **values: Any) -> NewMember:
    return NewMember(PersonData(name, sex=Sex.MALE, birth=birth, ethnic="01", **values), relation)


def refused(workspace: Workspace, sheet: UUID, data: SurveyData) -> set[str]:
    """The fields a sheet is refused at; nothing of it is kept."""
    with pytest.raises(ValidationError) as error:
        workspace.write(surveys.keep_survey, sheet, data)
    assert not workspace.read(surveys.sheet, sheet).keyed
    return {problem.field for problem in error.value.problems}

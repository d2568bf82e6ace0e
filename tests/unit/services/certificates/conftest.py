"""A household entitled to a certificate, in English."""

from datetime import date
from uuid import UUID

import pytest

from casemgr import i18n
from casemgr.domain.dates import PartialDate
from casemgr.domain.people import Relation, Sex
from casemgr.services.members import NewMember
from tests.support.workspaces import Make


@pytest.fixture(autouse=True)
def _english(language: str) -> None:
    """Messages in the source language; the papers themselves are Vietnamese all the same."""
    i18n.choose("en")


@pytest.fixture
def household(make: Make) -> UUID:
    made = make.household(
        make.person("Nguyễn Thị Ngưỡng", id_number="083179001234", id_issued_on=date(2021, 8, 12)),
        NewMember(make.person("Trần Văn Út", sex=Sex.MALE, birth=PartialDate(1985)), Relation.CHILD),
        NewMember(make.person("Lê Thị Bé Ba", birth=PartialDate(1987, 5), ethnic="05"), Relation.CHILD_IN_LAW),
    )
    make.poor(made)
    return made

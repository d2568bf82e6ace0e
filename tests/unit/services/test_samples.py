"""Samples are the same for the same seed, and their families, papers and classes go together."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from casemgr.domain.households import HouseholdClass
from casemgr.domain.identity import check_cccd, read_insurance, read_person_name, read_phone
from casemgr.domain.people import Relation, Sex
from casemgr.errors import ConflictError, ValidationError
from casemgr.jobs import Cancelled
from casemgr.persistence.models import Dwelling, Household, HouseholdClassRow, Membership, Person, PersonCondition
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import households, offices
from casemgr.services.households import HouseholdQuery, HouseholdView
from casemgr.services.samples import make_sample
from casemgr.workspace import Workspace
from tests.support.workspaces import copy_file, open_file

SIZE = 150


def _content(uow: UnitOfWork) -> list[tuple[Any, ...]]:
    tables = (Household, Person, Membership, HouseholdClassRow, Dwelling, PersonCondition)
    return [tuple(row) for table in tables for row in uow.session.execute(select(*table.__table__.columns))]


def _views(uow: UnitOfWork) -> list[HouseholdView]:
    return [households.view(uow, found) for found in households.find(uow, HouseholdQuery(order="code"))]


@pytest.fixture
def sample(workspace: Workspace) -> list[HouseholdView]:
    workspace.write(make_sample, households=SIZE, seed=5)
    return workspace.read(_views)


def test_the_seed_decides_everything(case_file: Path, tmp_path: Path) -> None:
    contents = []
    for place, seed in enumerate((5, 5, 6)):
        opened = open_file(copy_file(case_file, tmp_path / f"{place}.casemgr"))
        opened.write(make_sample, households=30, seed=seed)
        contents.append(opened.read(_content))
        opened.close()
    assert contents[0] == contents[1]
    assert contents[0] != contents[2]


def test_the_summary_counts_what_was_made(workspace: Workspace) -> None:
    told: list[tuple[int, int]] = []
    made = workspace.write(
        make_sample, households=SIZE, seed=5, progress=lambda done, total, _message: told.append((done, total))
    )
    views = workspace.read(_views)
    assert (made.households, made.hamlets) == (len(views), 2) == (SIZE, 2)
    assert made.people == sum(len(view.members) for view in views)
    assert 3.5 < made.people / made.households < 4.5
    assert told[-1] == (SIZE, SIZE)


def test_papers_go_with_the_person(sample: list[HouseholdView]) -> None:
    people = [member.person for view in sample for member in view.members]
    numbers = [person.id_number for person in people if person.id_number]
    assert len(numbers) == len(set(numbers)) > len(people) / 2
    for person in people:
        if person.id_number:
            year = person.birth.year if person.birth else None
            assert check_cccd(person.id_number, year=year, sex=person.sex) == ()
        if person.insurance_number:
            assert read_insurance(person.insurance_number).value is not None
        if person.phone:
            assert read_phone(person.phone).value == person.phone
        name = read_person_name(person.full_name)
        assert (name.value and name.value.name, name.warnings) == (person.full_name, ())
    assert {number[:3] for number in numbers} >= {"083", "084", "086"}
    assert {person.birth.precision for person in people if person.birth} == {"year", "month", "day"}
    assert Counter(person.ethnic for person in people)["05"] > 0
    assert {person.full_name.split()[0] for person in people if person.ethnic == "05"} & {"Thạch", "Kim", "Sơn"}


def test_families_hold_together(sample: list[HouseholdView]) -> None:
    today = date(2026, 11, 24)
    for view in sample:
        head = view.head
        assert head is not None
        assert [member.relation for member in view.members].count(Relation.HEAD) == 1
        ages = {m.membership_id: m.person.birth.age_on(today) for m in view.members if m.person.birth}
        parents = [m for m in view.members if m.relation in (Relation.HEAD, Relation.SPOUSE)]
        for member in view.members:
            if member.relation is Relation.SPOUSE:
                assert member.person.sex is not head.person.sex
                assert member.relation_text == ("Vợ" if member.person.sex is Sex.FEMALE else "Chồng")
            if member.relation is Relation.CHILD and member.membership_id in ages:
                elders = [ages[m.membership_id] for m in parents if m.membership_id in ages]
                assert all(elder - ages[member.membership_id] >= 12 for elder in elders)
                surnames = {m.person.full_name.split()[0] for m in parents}
                assert member.person.full_name.split()[0] in surnames
            if member.relation is Relation.PARENT and head.membership_id in ages:
                assert ages[member.membership_id] > ages[head.membership_id] + 15


def test_the_unusual_ones_are_there(sample: list[HouseholdView]) -> None:
    big, poorest, long = sample[0], sample[1], sample[2]
    assert (big.code, len(big.members)) == ("H-00001", 14)
    assert {member.relation for member in big.members} >= {Relation.PARENT, Relation.GRANDCHILD, Relation.CHILD_IN_LAW}
    alone = poorest.members[0].person
    assert (alone.birth, alone.id_number, alone.insurance_number, alone.phone) == (None, None, None, None)
    assert len(long.members[0].person.full_name) == 60


def test_classes_have_decisions_scores_and_reasons(sample: list[HouseholdView]) -> None:
    current = Counter(view.current_class.data.value for view in sample if view.current_class)
    assert set(current) >= {HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.AVERAGE, HouseholdClass.NONE}
    assert any(view.current_class is None for view in sample)
    for view in sample:
        for entry in view.classes:
            assert entry.data.b1 is not None
            assert entry.data.b2 == 10 * len(entry.data.deprivations)
            if entry.data.value is HouseholdClass.POOR:
                assert entry.data.b1 <= 140
                assert entry.data.b2 >= 30
                assert entry.data.causes
                assert entry.decision is not None
                assert entry.decision.signed_on is not None
                assert entry.decision.signed_on.year == entry.data.year - 1
            if entry.data.value is HouseholdClass.NEAR_POOR:
                assert entry.data.b1 <= 140
                assert entry.data.b2 < 30
        assert ("ethnic_minority" in view.data.flags) is (view.members[0].person.ethnic != "01")


def test_hamlets_are_made_where_the_office_has_none(tmp_path: Path) -> None:
    from casemgr.domain.offices import UserData
    from casemgr.persistence.keyslots import LIGHT_PROFILE

    for code, kind, name in (("28901", "Ấp", "Phú Nhơn"), ("28789", "Khu phố", None)):
        opened, _code = Workspace.create(
            tmp_path / f"{code}.casemgr",
            offices.default_office(code, sample=True),
            user=UserData("lan", "Lan"),
            passphrase="mưa chiều trên bến đò",
            profile=LIGHT_PROFILE,
        )
        opened.write(make_sample, households=3, seed=1)
        hamlets = [view.data for view in opened.read(offices.hamlets)]
        opened.close()
        assert {hamlet.kind for hamlet in hamlets} == {kind}
        assert name is None or name in {hamlet.name for hamlet in hamlets}


def test_a_file_with_households_is_left_alone(workspace: Workspace) -> None:
    workspace.write(make_sample, households=3, seed=1)
    with pytest.raises(ConflictError):
        workspace.write(make_sample, households=3, seed=2)
    with pytest.raises(ValidationError):
        workspace.write(make_sample, households=0, seed=1)
    assert len(workspace.read(_views)) == 3


def test_a_stopped_sample_leaves_nothing(workspace: Workspace) -> None:
    def stop(done: int, total: int, message: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        workspace.write(make_sample, households=3, seed=1, progress=stop)
    assert workspace.read(_views) == []

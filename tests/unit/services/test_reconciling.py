"""Comparing a list with the file: every planted difference is found, none is invented, nothing is written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.imports import CellNote, ImportedHousehold, ImportedList, ImportedPerson, Severity
from casemgr.domain.people import LeaveReason, Relation
from casemgr.domain.permissions import Role
from casemgr.domain.reconciling import Reconciliation
from casemgr.errors import NotAllowedError
from casemgr.persistence.models import Change, Journal
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import households, imports, members, reconciling
from casemgr.services.imports import ImportChoices
from casemgr.workspace import Workspace
from tests.support.planting import PLANTS, SHEET, agreeing, household, person
from tests.support.workbooks import Lists, register
from tests.support.workspaces import Make, copy_file, open_file

COUNT = 24


@pytest.fixture(scope="module")
def filled(case_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A file that holds the agreeing list; these tests only read it."""
    folder = tmp_path_factory.mktemp("reconciling")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        workspace = open_file(copy_file(case_file, folder / "xa.casemgr"))
        workspace.write(imports.apply, agreeing(COUNT), ImportChoices(year=2026))
        yield workspace
        workspace.close()


def compare(workspace: Workspace, imported: ImportedList, **options: Any) -> Reconciliation:
    return workspace.read(reconciling.reconcile, imported, **options)


def rows_written(workspace: Workspace) -> tuple[int, int]:
    def count(uow: UnitOfWork) -> tuple[int, int]:
        counted = [
            uow.session.execute(select(func.count()).select_from(model)).scalar_one() for model in (Journal, Change)
        ]
        return counted[0], counted[1]

    return workspace.read(count)


def with_household(imported: ImportedList, at: int, changed: ImportedHousehold | None) -> ImportedList:
    households_ = [one if number != at else changed for number, one in enumerate(imported.households)]
    return replace(imported, households=tuple(one for one in households_ if one is not None))


def test_a_list_that_agrees_differs_in_nothing(filled: Workspace) -> None:
    found = compare(filled, agreeing(COUNT))
    assert (found.only_here, found.only_there, found.differs) == ((), (), ())
    assert (found.same, found.here, found.there, found.year) == (COUNT, COUNT, COUNT, 2026)
    assert found.classes == (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)


@pytest.mark.parametrize("field", PLANTS)
def test_each_planted_difference_is_the_only_one_found(filled: Workspace, field: str) -> None:
    imported = agreeing(COUNT)
    changed = PLANTS[field](imported.households[7])
    found = compare(filled, with_household(imported, 7, changed))
    assert (found.only_here, found.only_there, found.same) == ((), (), COUNT - 1)
    (one,) = found.differs
    assert [difference.field for difference in one.differences] == [field]
    assert (one.sheet, one.row) == (SHEET, imported.households[7].row)
    assert one.differences[0].here != one.differences[0].there


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.integers(0, COUNT - 1), st.sampled_from([*PLANTS, "gone"]), max_size=8),
    st.integers(0, 3),
)
def test_all_planted_differences_are_found_and_none_is_invented(
    filled: Workspace, planted: dict[int, str], strangers: int
) -> None:
    imported = agreeing(COUNT)
    there: list[ImportedHousehold] = []
    for number, one in enumerate(imported.households):
        if planted.get(number) != "gone":
            there.append(PLANTS[planted[number]](one) if number in planted else one)
    there += [household(5_000 + number, 5_000 + 10 * number, 2) for number in range(strangers)]
    before = rows_written(filled)
    found = compare(filled, replace(imported, households=tuple(there)))
    assert rows_written(filled) == before
    assert sorted(one.code for one in found.only_here) == sorted(
        f"H-{number + 1:05d}" for number, what in planted.items() if what == "gone"
    )
    assert [one.row for one in found.only_there] == [5_000 + 10 * number for number in range(strangers)]
    assert {one.code: [difference.field for difference in one.differences] for one in found.differs} == {
        f"H-{number + 1:05d}": [what] for number, what in planted.items() if what != "gone"
    }


def test_a_new_number_of_the_identity_card_is_a_difference(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    one = imported.households[6]
    members = list(one.members)
    members[0] = replace(members[0], data=replace(members[0].data, id_number="083199999999"))
    found = compare(filled, with_household(imported, 6, replace(one, members=tuple(members))))
    (differing,) = found.differs
    assert [(d.field, d.here, d.there) for d in differing.differences] == [
        ("identity", one.head.data.id_number, "083199999999")
    ]


def test_codes_of_others_are_never_a_key(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    shuffled = [replace(one, code="HN00001") for one in imported.households]
    found = compare(filled, replace(imported, households=tuple(shuffled)))
    assert (found.only_here, found.only_there, found.differs) == ((), (), ())


def test_a_vaguer_birth_in_the_list_is_no_difference_but_here_it_is(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    one = imported.households[1]
    assert one.members[1].data.birth is not None
    members = [one.members[0], replace(one.members[1], data=replace(one.members[1].data, birth=None))]
    year = PartialDate(one.members[1].data.birth.year)
    vague = [one.members[0], replace(one.members[1], data=replace(one.members[1].data, birth=year))]
    assert not compare(filled, with_household(imported, 1, replace(one, members=tuple(vague)))).differs
    (differing,) = compare(filled, with_household(imported, 1, replace(one, members=tuple(members)))).differs
    assert [(d.field, d.there) for d in differing.differences] == [("birth", "")]


def test_a_member_gone_there_and_one_who_lives_elsewhere_here(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    mother, other = imported.households[7], imported.households[11]
    moved = other.members[3]
    shrunk = replace(other, members=other.members[:3])
    grown = replace(mother, members=(*mother.members, replace(moved, relation=Relation.CHILD)))
    changed = with_household(with_household(imported, 7, grown), 11, shrunk)
    found = compare(filled, changed)
    told = {one.code: [(d.field, d.here, d.there) for d in one.differences] for one in found.differs}
    name = moved.data.full_name
    ((field, here, there),) = told.pop("H-00008")
    assert (field, "H-00012" in here, there) == ("member", True, name)
    assert told == {"H-00012": [("member", name, "")]}


def test_another_head_is_said_once(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    one = imported.households[5]
    head, spouse = one.members
    swapped = replace(one, members=(replace(spouse, relation=Relation.HEAD), replace(head, relation=Relation.SPOUSE)))
    (differing,) = compare(filled, with_household(imported, 5, swapped)).differs
    assert [(d.field, d.here, d.there) for d in differing.differences] == [
        ("head", head.data.full_name, spouse.data.full_name)
    ]


def test_a_list_of_heads_compares_the_number_of_people_only(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    heads = [replace(one, members=one.members[:1], stated_members=len(one.members)) for one in imported.households]
    heads[3] = replace(heads[3], stated_members=9)
    found = compare(filled, replace(imported, households=tuple(heads)))
    (differing,) = found.differs
    assert [(d.field, d.here, d.there) for d in differing.differences] == [("members", "4", "9")]


def test_an_unreadable_cell_counts_as_it_is_written(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    one = imported.households[2]
    head = replace(one.head, data=replace(one.head.data, id_number=None))
    number = one.head.data.id_number or ""
    spoilt = replace(one, members=(head, *one.members[1:]))

    def written(raw: str, reason: str) -> list[tuple[str, str]]:
        note = CellNote(SHEET, head.row, 7, "identity", raw, "", reason, Severity.ERROR)
        found = compare(filled, with_household(imported, 2, replace(spoilt, notes=(note,))))
        return [(d.field, d.there) for one in found.differs for d in one.differences]

    assert written("8.3156E+10", "scientific") == [("identity", "8.3156E+10")]
    assert written(number, "duplicate-id") == []


def test_a_household_twice_in_the_list_is_told_with_its_first_place(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    again = replace(imported.households[4], row=400)
    found = compare(filled, replace(imported, households=(*imported.households, again)))
    (one,) = found.only_there
    assert (one.row, one.household_id is not None, found.differs) == (400, True, ())
    assert [remark.code for remark in one.remarks] == ["twice"]
    assert f"{SHEET}!{imported.households[4].row}" in one.remarks[0].message


def test_a_household_that_left_poverty_for_near_poverty_stands_on_two_sheets(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    near = imported.households[3]
    escaped = replace(near, sheet="Thoát nghèo", row=10, value=HouseholdClass.ESCAPED_POOR)
    found = compare(filled, replace(imported, households=(escaped, *imported.households)))
    assert (found.only_here, found.only_there, found.differs) == ((), (), ())


def test_a_list_of_one_hamlet_is_compared_with_that_hamlet(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    part = tuple(one for one in imported.households if one.hamlet == "Ấp Quân An")
    found = compare(filled, replace(imported, households=part[1:]))
    assert found.hamlets == ("Ấp Quân An",)
    assert [one.head for one in found.only_here] == [part[0].head.data.full_name]


def test_a_list_of_poor_households_does_not_miss_the_near_poor(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    (table,) = imported.tables
    titled = replace(table, columns=tuple(use for use in table.columns if use.field != "class"))
    poor = tuple(one for one in imported.households if one.value is HouseholdClass.POOR)
    listed = replace(imported, tables=(titled,), households=poor)
    assert compare(filled, listed).only_here == ()
    both = compare(filled, listed, classes=[HouseholdClass.POOR, HouseholdClass.NEAR_POOR])
    assert len(both.only_here) == COUNT - len(poor)


def test_another_year_is_compared_with_its_own_classes(filled: Workspace) -> None:
    found = compare(filled, agreeing(COUNT), year=2025)
    assert found.here == 0
    assert {d.field for one in found.differs for d in one.differences} == {"class"}


def test_a_household_that_has_ended_here_is_told_so(workspace: Workspace, make: Make) -> None:
    imported = agreeing(3)
    workspace.write(imports.apply, imported, ImportChoices(year=2026))
    ended = make.view(workspace.read(households.find, households.HouseholdQuery(order="code"))[0])
    workspace.write(households.end_household, ended.id, ended.version, on=date(2026, 5, 1), reason=EndReason.MOVED)
    found = compare(workspace, imported)
    (one,) = found.only_there
    assert (one.row, one.household_id, found.only_here) == (imported.households[0].row, ended.id, ())
    assert [remark.code for remark in one.remarks] == ["ended"]
    assert "H-00001" in one.remarks[0].message


def test_the_ministrys_export_agrees_with_what_it_made(workspace: Workspace, lists: Lists) -> None:
    imported = lists.read(register(lists.folder / "r.xlsx"))
    workspace.write(imports.apply, imported, ImportChoices(year=2026))
    found = compare(workspace, imported, year=2026)
    assert (found.only_here, found.only_there, found.differs, found.same) == ((), (), (), 4)
    assert found.classes == (
        HouseholdClass.POOR,
        HouseholdClass.NEAR_POOR,
        HouseholdClass.ESCAPED_POOR,
        HouseholdClass.ESCAPED_NEAR_POOR,
    )


def without_number(one: ImportedHousehold) -> ImportedHousehold:
    members = tuple(replace(each, data=replace(each.data, id_number=None)) for each in one.members)
    return replace(one, members=members)


def test_a_household_without_numbers_that_moved_hamlet_is_found_by_name_and_birth(workspace: Workspace) -> None:
    imported = agreeing(6)
    bare = replace(imported, households=tuple(map(without_number, imported.households)))
    workspace.write(imports.apply, bare, ImportChoices(year=2026))
    moved = PLANTS["hamlet"](bare.households[3])
    found = compare(workspace, with_household(bare, 3, moved))
    (differing,) = found.differs
    assert (differing.code, found.only_here, found.only_there) == ("H-00004", (), ())
    assert [(d.field, d.here, d.there) for d in differing.differences] == [("hamlet", "Ấp Phú Nhơn", "Ấp Quân An")]


def test_what_is_known_of_people_in_a_household_that_is_only_there(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    one = imported.households[7]
    head, _spouse, child, other = one.members
    stranger = person(801, 501, Relation.HEAD)
    number = replace(stranger, data=replace(stranger.data, id_number=other.data.id_number, full_name="Hồ Ê"))
    elsewhere = replace(child, row=502, relation=Relation.CHILD)
    there = replace(one, row=501, members=(number, elsewhere))
    found = compare(filled, replace(imported, households=(*imported.households[:7], there, *imported.households[8:])))
    (listed,) = found.only_there
    assert [remark.code for remark in listed.remarks] == ["number-taken", "elsewhere"]
    (missing,) = found.only_here
    assert (missing.code, missing.head) == ("H-00008", head.data.full_name)
    assert [remark.code for remark in missing.remarks] == ["in-list"]
    assert f"{SHEET}!502" in missing.remarks[0].message


def test_a_son_alone_in_the_list_is_known_here_in_his_parents_household(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    parents = imported.households[7]
    son = replace(parents.members[2], row=600, relation=Relation.HEAD)
    kept = replace(parents, members=(*parents.members[:2], parents.members[3]))
    own = replace(household(70, 600, 1), members=(son,))
    found = compare(filled, with_household(replace(imported, households=(*imported.households, own)), 7, kept))
    (listed,) = found.only_there
    assert ([remark.code for remark in listed.remarks], listed.household_id is not None) == (["elsewhere"], True)
    assert [d.field for one in found.differs for d in one.differences] == ["member"]


def test_two_rows_for_one_household_on_file(workspace: Workspace) -> None:
    """Our own code and the head's name on two rows: the second says that the household is taken."""
    imported = agreeing(2)
    bare = [without_number(one) for one in imported.households]
    nameless = [replace(one, members=(member_without_birth(one.members[0]),), hamlet="") for one in bare]
    workspace.write(imports.apply, replace(imported, households=(nameless[0],)), ImportChoices(year=2026))
    coded = replace(nameless[0], code="H-00001")
    found = compare(workspace, replace(imported, households=(coded, replace(coded, row=99))))
    (listed,) = found.only_there
    assert (listed.row, [remark.code for remark in listed.remarks]) == (99, ["taken"])
    assert listed.remarks[0].message


def member_without_birth(one: ImportedPerson) -> ImportedPerson:
    return replace(one, data=replace(one.data, birth=None))


def test_somebody_who_left_her_household_is_known(workspace: Workspace, make: Make) -> None:
    imported = agreeing(4)
    workspace.write(imports.apply, imported, ImportChoices(year=2026))
    view = next(
        make.view(one)
        for one in workspace.read(households.find, households.HouseholdQuery(order="code"))
        if len(make.view(one).members) == 4
    )
    gone = view.members[3]
    workspace.write(
        members.leave, gone.membership_id, gone.membership_version, on=date(2026, 3, 1), reason=LeaveReason.MOVED
    )
    listed = imported.households[3].members[3]
    own = replace(household(90, 700, 1), members=(replace(listed, row=700, relation=Relation.HEAD),))
    kept = replace(imported.households[3], members=imported.households[3].members[:3])
    found = compare(
        workspace,
        replace(with_household(imported, 3, kept), households=(*with_household(imported, 3, kept).households, own)),
    )
    (there,) = found.only_there
    assert ([remark.code for remark in there.remarks], there.household_id) == (["nowhere"], None)


def test_a_son_on_file_with_his_parents_is_not_their_household(workspace: Workspace) -> None:
    imported = agreeing(4)
    bare = without_number(imported.households[3])
    workspace.write(imports.apply, replace(imported, households=(bare,)), ImportChoices(year=2026))
    son = replace(bare.members[2], row=600, relation=Relation.HEAD)
    found = compare(workspace, replace(imported, households=(replace(bare, row=600, members=(son,)),)))
    assert [one.head for one in found.only_here] == [bare.head.data.full_name]
    (there,) = found.only_there
    assert [remark.code for remark in there.remarks] == ["elsewhere"]


def test_relations_and_old_numbers(workspace: Workspace) -> None:
    imported = agreeing(4)
    one = imported.households[3]
    old = replace(one.members[3], data=replace(one.members[3].data, id_number=None, old_id_number="320123456"))
    workspace.write(
        imports.apply,
        with_household(imported, 3, replace(one, members=(*one.members[:3], old))),
        ImportChoices(year=2026),
    )
    sister = replace(one.members[2], relation=Relation.SIBLING, relation_text="Em gái")
    other = replace(old, data=replace(old.data, old_id_number="320999999"))
    there = replace(one, members=(*one.members[:2], sister, other))
    (differing,) = compare(workspace, with_household(imported, 3, there)).differs
    assert [(d.field, d.there) for d in differing.differences] == [
        ("relation", "Em gái"),
        ("old_identity", "320999999"),
    ]


def test_a_head_on_file_who_is_not_in_the_list(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    one = imported.households[7]
    _head, spouse, child, other = one.members
    widow = replace(one, members=(replace(spouse, relation=Relation.HEAD), child, other))
    (differing,) = compare(filled, with_household(imported, 7, widow)).differs
    assert [(d.field, d.here != "", d.there != "") for d in differing.differences] == [
        ("head", True, True),
        ("member", True, False),
    ]


def test_a_stranger_in_the_place_of_the_head_is_said_once(filled: Workspace) -> None:
    imported = agreeing(COUNT)
    one = imported.households[7]
    stranger = person(812, one.members[0].row, Relation.HEAD)
    (differing,) = compare(
        filled, with_household(imported, 7, replace(one, members=(stranger, *one.members[1:])))
    ).differs
    assert [(d.field, d.here, d.there) for d in differing.differences] == [
        ("head", one.head.data.full_name, stranger.data.full_name)
    ]


def test_a_class_neither_side_has_is_no_difference(workspace: Workspace) -> None:
    imported = agreeing(2)
    blank = tuple(
        replace(one, value=None, b1=None, b2=None, causes=(), decision_number="") for one in imported.households
    )
    unclassed = replace(imported, households=blank)
    workspace.write(imports.apply, unclassed, ImportChoices(year=2026))
    found = compare(workspace, unclassed)
    assert (found.differs, found.same) == ((), 2)


def test_a_newborn_on_file_only(workspace: Workspace) -> None:
    imported = agreeing(4)
    grown = replace(
        imported.households[3],
        members=(*imported.households[3].members, person(800, 30, Relation.GRANDCHILD)),
    )
    workspace.write(imports.apply, with_household(imported, 3, grown), ImportChoices(year=2026))
    (differing,) = compare(workspace, imported).differs
    assert [(d.field, d.there) for d in differing.differences] == [("member", "")]


def test_only_who_may_import_may_compare(workspace: Workspace) -> None:
    workspace.actor = replace(workspace.actor, role=Role.VIEWER)
    with pytest.raises(NotAllowedError):
        compare(workspace, agreeing(1))

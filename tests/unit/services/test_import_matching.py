"""The corners of finding people again and of saying what differs."""

from dataclasses import replace
from typing import Any

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.domain.offices import Area, DecisionData, HamletData
from casemgr.domain.people import LeaveReason, Relation, Sex
from casemgr.exchange.lists import find_tables, with_field
from casemgr.services import classes, households, imports, members, offices
from casemgr.services.households import HouseholdQuery
from casemgr.services.import_differences import FieldChange
from casemgr.services.import_places import split_hamlet
from casemgr.services.imports import Action, ImportChoices, PlannedHousehold
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workbooks import Lists, write_xlsx
from tests.support.workspaces import Make

TITLES = ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Số CCCD", "Ấp", "Loại hộ", "Điểm B1", "Hộ DTTS"]


def row(name: str, *, birth: Any = 1960, number: Any = None, hamlet: str = "Phú Nhơn", **more: Any) -> list[Any]:
    """One head of household."""
    values = {"STT": 1, "Họ và tên": name, "Quan hệ với chủ hộ": "CH", "Năm sinh": birth, "Số CCCD": number}
    values |= {"Ấp": hamlet, "Loại hộ": "HN"} | {key.replace("_", " "): value for key, value in more.items()}
    return [values.get(title) for title in TITLES]


def plans(workspace: Workspace, lists: Lists, *rows: list[Any], **choices: Any) -> list[PlannedHousehold]:
    imported = lists.of([TITLES, *rows])
    return list(workspace.read(imports.plan, imported, ImportChoices(**choices)).households)


def one(workspace: Workspace, lists: Lists, *rows: list[Any], **choices: Any) -> PlannedHousehold:
    return plans(workspace, lists, *rows, **choices)[0]


@pytest.fixture
def hoa(make: Make) -> Any:
    """Trần Thị Hoà, born 1960, with a husband, in Phú Nhơn."""
    head = make.person("Trần Thị Hoà", birth=PartialDate(1960), id_number=None)
    spouse = make.person("Lê Văn Bảy", sex=Sex.MALE, birth=PartialDate(1958), id_number="083058000111")
    household = make.household(head, NewMember(spouse, Relation.SPOUSE, "chồng"))
    make.poor(household)
    return household


def test_tone_placement_is_no_difference(workspace: Workspace, lists: Lists, hoa: Any) -> None:
    assert one(workspace, lists, row("Trần Thị Hòa")).action is Action.UNCHANGED


def test_marks_are_added_and_a_score_of_nothing_counts(workspace: Workspace, lists: Lists, hoa: Any) -> None:
    changes = one(workspace, lists, row("Trần Thị Hoà", Điểm_B1=0, Hộ_DTTS="x")).changes
    assert [(change.field, change.shown(change.old), change.shown(change.new)) for change in changes] == [
        ("household.flags", "", "ethnic_minority"),
        ("household_class.b1", "120", "0"),
    ]
    assert all(change.label for change in changes)


def test_values_in_words() -> None:
    change = FieldChange("household_class.causes", "Trần Thị Hoà", ("1",), ("1", "7"))
    assert (change.shown(change.new), change.shown(None)) == ("1, 7", "")
    assert FieldChange("person.sex", "", None, "male").shown("male") == "Nam"


def test_another_relation_is_a_difference_and_a_vague_one_is_not(workspace: Workspace, lists: Lists, hoa: Any) -> None:
    husband = row("Lê Văn Bảy", birth=1958)
    husband[0], husband[2], husband[4] = None, "con", "083058000111"
    changes = one(workspace, lists, row("Trần Thị Hoà"), husband).changes
    assert [(change.field, change.new) for change in changes] == [
        ("membership.relation", "child"),
        ("membership.relation_text", "con"),
    ]
    husband[2] = "ở nhờ"
    assert one(workspace, lists, row("Trần Thị Hoà"), husband).action is Action.UNCHANGED


@pytest.mark.parametrize(
    "other",
    [
        row("Trần Thị Hoà", birth=1975),
        row("Trần Thị Hoà", hamlet="Quân An"),
    ],
)
def test_namesakes_are_other_people(workspace: Workspace, lists: Lists, hoa: Any, other: list[Any]) -> None:
    assert one(workspace, lists, other).action is Action.NEW


def test_namesakes_of_one_hamlet_with_other_numbers_are_asked_about(
    workspace: Workspace, lists: Lists, make: Make
) -> None:
    """The year alone does not say whether it is a corrected number or another person."""
    make.household(make.person("Trần Thị Hoa", birth=PartialDate(1960), id_number="083160000001"))
    asked = row("Trần Thị Hoa", number="083160000002")
    planned = one(workspace, lists, asked)
    assert (planned.action, planned.blocks) == (Action.BLOCKED, ("number-differs",))
    (known,) = planned.known
    assert (known.on_file, known.certain, known.must_choose) == ("Trần Thị Hoa", False, True)
    imported = lists.of([TITLES, asked])
    workspace.write(imports.apply, imported, ImportChoices(known={known.key: "new"}))
    ids = workspace.read(households.find, HouseholdQuery(order="code"))
    heads = [workspace.read(households.view, each).members[0].person for each in ids]
    assert [head.id_number for head in heads] == ["083160000001", "083160000002"]


def test_namesakes_of_whom_both_are_in_the_list_are_other_people(
    workspace: Workspace, lists: Lists, make: Make
) -> None:
    make.household(make.person("Trần Thị Hoa", birth=PartialDate(1960), id_number="083160000001"))
    both = [row("Trần Thị Hoa", number="083160000001"), row("Trần Thị Hoa", number="083160000002")]
    assert [planned.action for planned in plans(workspace, lists, *both)] == [Action.UPDATE, Action.NEW]


def test_a_corrected_number_of_a_head_with_the_same_people_is_a_change(
    workspace: Workspace, lists: Lists, make: Make
) -> None:
    head = make.person("Trần Thị Hoa", birth=PartialDate(1960), id_number="083160000001")
    spouse = make.person("Lê Văn Bảy", sex=Sex.MALE, birth=PartialDate(1958), id_number="083058000111")
    make.household(head, NewMember(spouse, Relation.SPOUSE, "chồng"))
    husband = row("Lê Văn Bảy", birth=1958, number="083058000111")
    husband[0], husband[2] = None, "chồng"
    planned = one(workspace, lists, row("Trần Thị Hoa", number="083160000002"), husband)
    assert (planned.action, planned.code, planned.new_people) == (Action.UPDATE, "H-00001", 0)
    (change,) = [change for change in planned.changes if change.field == "person.id_number"]
    assert (change.old, change.new) == ("083160000001", "083160000002")


def test_a_corrected_number_of_a_head_with_the_same_day_of_birth_is_a_change(
    workspace: Workspace, lists: Lists, make: Make
) -> None:
    make.household(make.person("Trần Thị Hoa", birth=PartialDate(1960, 3, 5), id_number="083160000001"))
    planned = one(workspace, lists, row("Trần Thị Hoa", birth="05/03/1960", number="083160000002"))
    assert (planned.action, planned.code) == (Action.UPDATE, "H-00001")
    assert "person.id_number" in [change.field for change in planned.changes]


def test_a_corrected_number_of_a_head_among_other_people_is_asked_about(
    workspace: Workspace, lists: Lists, make: Make
) -> None:
    head = make.person("Trần Thị Hoa", birth=PartialDate(1960, 3, 5), id_number="083160000001")
    make.household(head, NewMember(make.person("Lê Văn Bảy", birth=PartialDate(1958)), Relation.SPOUSE))
    other = row("Võ Văn Tám", birth=1957)
    other[0], other[2] = None, "chồng"
    planned = one(workspace, lists, row("Trần Thị Hoa", birth="05/03/1960", number="083160000002"), other)
    assert (planned.action, planned.blocks) == (Action.BLOCKED, ("number-differs",))


def test_a_changed_hamlet_is_told_by_name(workspace: Workspace, lists: Lists, make: Make) -> None:
    make.household(make.person("Trần Thị Hoa", birth=PartialDate(1960), id_number="083160000001"))
    changes = one(workspace, lists, row("Trần Thị Hoa", number="083160000001", hamlet="Quân An")).changes
    (change,) = [change for change in changes if change.field == "household.hamlet_id"]
    assert (change.shown(change.old), change.shown(change.new)) == ("Ấp Phú Nhơn", "Ấp Quân An")


def test_a_changed_name_of_a_member_without_a_number_is_mentioned(
    workspace: Workspace, lists: Lists, make: Make
) -> None:
    child = make.person("Trần Thị Sáu", birth=PartialDate(2012), id_number=None)
    household = make.household(make.person("Trần Thị Hoa", birth=PartialDate(1960)), NewMember(child, Relation.CHILD))
    renamed = row("Trần Thị Sáu Nhỏ Em", birth=2012)
    renamed[0], renamed[2] = None, "con"
    imported = lists.of([TITLES, row("Trần Thị Hoa"), renamed])
    (planned,) = workspace.read(imports.plan, imported).households
    (known,) = planned.known
    assert (known.name, known.on_file, known.must_choose) == ("Trần Thị Sáu Nhỏ Em", "Trần Thị Sáu", False)
    workspace.write(imports.apply, imported, ImportChoices(known={known.key: "link"}))
    view = workspace.read(households.view, household)
    assert [member.person.full_name for member in view.members if member.left_reason is None] == [
        "Trần Thị Hoa",
        "Trần Thị Sáu Nhỏ Em",
    ]


def test_a_second_child_of_the_same_year_is_not_mentioned(workspace: Workspace, lists: Lists, make: Make) -> None:
    child = make.person("Trần Thị Sáu", birth=PartialDate(2012), id_number=None)
    make.household(make.person("Trần Thị Hoa", birth=PartialDate(1960)), NewMember(child, Relation.CHILD))
    children = [row("Trần Thị Sáu", birth=2012), row("Trần Văn Bảy Lớn", birth=2012)]
    for each in children:
        each[0], each[2] = None, "con"
    planned = one(workspace, lists, row("Trần Thị Hoa"), *children)
    assert (planned.known, planned.new_people) == ((), 1)


def test_a_member_of_that_name_is_no_head_of_that_name(workspace: Workspace, lists: Lists, hoa: Any) -> None:
    assert one(workspace, lists, row("Lê Văn Bảy", birth=1958)).action is Action.NEW


def test_a_misspelt_member_is_found_and_corrected(workspace: Workspace, lists: Lists, make: Make) -> None:
    child = make.person("Lê Thị Thanh Thao", birth=PartialDate(2010, 5, 1))
    make.household("Trần Thị Hoa", NewMember(child, Relation.CHILD), NewMember(make.person("Võ Anh"), Relation.OTHER))
    member = row("Lê Thị Thanh Thảoo", birth=2010)
    member[0], member[2] = None, "con"
    changes = one(workspace, lists, row("Trần Thị Hoa", birth=1979), member).changes
    assert "person.full_name" in [change.field for change in changes]


def test_a_corrected_number_of_a_member_is_a_change(workspace: Workspace, lists: Lists, make: Make) -> None:
    child = make.person("Lê Thị Thảo", birth=PartialDate(2010), id_number="083310000001")
    other = make.person("Lê Thị Thảo Em", birth=PartialDate(2012))
    make.household("Trần Thị Hoa", NewMember(child, Relation.CHILD), NewMember(other, Relation.CHILD))
    member = row("Lê Thị Thảo", birth=2010, number="083310000002")
    member[0], member[2] = None, "con"
    unborn = row("Lê Thị Thảo Nhỏ", birth=None)
    unborn[0], unborn[2] = None, "con"
    planned = one(workspace, lists, row("Trần Thị Hoa", birth=1979), member, unborn)
    assert planned.new_people == 1
    assert "person.id_number" in [change.field for change in planned.changes]


def test_the_same_name_and_birth_elsewhere_is_mentioned(workspace: Workspace, lists: Lists, make: Make) -> None:
    make.household(make.person("Trần Thị Hoa", birth=PartialDate(1960, 3, 5)), hamlet="Quân An")
    (known,) = one(workspace, lists, row("Trần Thị Hoa", birth="05/03/1960")).known
    assert (known.on_file, known.household, known.certain) == ("Trần Thị Hoa", "H-00001", False)


def test_people_who_left_are_known_and_can_come_back(workspace: Workspace, lists: Lists, make: Make) -> None:
    son = make.person("Lê Văn Tư", sex=Sex.MALE, birth=PartialDate(1985), id_number="083085000001")
    household = make.household("Trần Thị Hoa", NewMember(son, Relation.CHILD))
    member = make.view(household).members[1]
    workspace.write(
        members.leave, member.membership_id, member.membership_version,
        on=workspace.now.date(), reason=LeaveReason.MOVED,
    )  # fmt: skip
    imported = lists.of([TITLES, row("Lê Văn Tư", birth=1985, number="083085000001", hamlet="Quân An")])
    (planned,) = workspace.read(imports.plan, imported).households
    assert (planned.blocks, planned.known[0].household) == (("known",), "")
    workspace.write(imports.apply, imported, ImportChoices(known_default="link"))
    assert make.view(workspace.read(households.by_code, "H-00002")).members[0].person.full_name == "Lê Văn Tư"


@pytest.fixture
def son(make: Make) -> Any:
    """A son in his parents' household of three."""
    person = make.person("Lê Văn Tư", sex=Sex.MALE, birth=PartialDate(1985), id_number="083085000001")
    other = NewMember(make.person("Lê Văn Năm", sex=Sex.MALE), Relation.CHILD)
    return make.household("Trần Thị Hoa", NewMember(person, Relation.CHILD), other)


def test_a_son_with_a_household_of_his_own_does_not_take_over_his_parents(
    workspace: Workspace, lists: Lists, son: Any
) -> None:
    planned = one(workspace, lists, row("Lê Văn Tư", birth=1985, number="083085000001"))
    assert (planned.household_id, planned.blocks, planned.known[0].household) == (None, ("known",), "H-00001")


def test_a_head_left_out_while_others_remain_is_held_back(workspace: Workspace, lists: Lists, son: Any) -> None:
    wife = row("Trần Thị Bé", birth=1986)
    wife[0], wife[2] = None, "vợ"
    head = row("Lê Văn Tư", birth=1985, number="083085000001")
    planned = one(workspace, lists, head, wife, known_default="skip")
    assert (planned.action, planned.blocks) == (Action.BLOCKED, ("head-skipped",))


def test_a_lonely_head_left_out_is_left_out(workspace: Workspace, lists: Lists, son: Any) -> None:
    planned = one(workspace, lists, row("Lê Văn Tư", birth=1985, number="083085000001"), known_default="skip")
    assert planned.action is Action.SKIPPED


def test_one_household_of_the_file_twice_in_the_list_is_held_back(
    workspace: Workspace, lists: Lists, make: Make
) -> None:
    make.household(make.person("Trần Thị Hoa", birth=PartialDate(1960), old_id_number="320123456"))
    twice = row("Trần Thị Hoa", number="320123456")
    assert [each.blocks for each in plans(workspace, lists, twice, twice)] == [(), ("twice",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.Phú Nhơn", ("Ấp", "Phú Nhơn")),
        ("A. Phú Nhơn", ("Ấp", "Phú Nhơn")),
        ("ấp Phú nhơn", ("Ấp", "Phú nhơn")),
        ("KP 3", ("Khu phố", "3")),
        ("khu phố 3", ("Khu phố", "3")),
        ("Tổ dân phố 12", ("Tổ dân phố", "12")),
        ("Phú Nhơn", ("", "Phú Nhơn")),
        ("Ấp", ("", "Ấp")),
    ],
)
def test_kind_and_name_of_hamlets(text: str, expected: tuple[str, str]) -> None:
    assert split_hamlet(text) == expected


def test_two_hamlets_of_one_name_are_told_apart_by_kind(workspace: Workspace, lists: Lists) -> None:
    workspace.write(offices.add_hamlet, HamletData("Khu phố", "Phú Nhơn", Area.URBAN))
    planned = plans(workspace, lists, row("Võ Hoa", hamlet="KP Phú Nhơn"), row("Lê Tư", hamlet="Phú Nhơn"))
    assert [each.hamlet for each in planned] == ["Khu phố Phú Nhơn", "Phú Nhơn"]
    workspace.write(imports.apply, lists.of([TITLES, row("Lê Tư", hamlet="Phú Nhơn")]))
    (lost,) = workspace.read(households.rows, workspace.read(households.find, HouseholdQuery()))
    assert lost.hamlet == ""


def test_numbered_hamlets_are_told_apart_by_kind(workspace: Workspace, lists: Lists) -> None:
    workspace.write(offices.add_hamlet, HamletData("Ấp", "3", Area.RURAL))
    imported = lists.of([TITLES, row("A Hoa", hamlet="3"), row("B Tư", hamlet="Khu phố 3"), row("C An", hamlet="4")])
    planned = workspace.read(imports.plan, imported)
    assert [each.hamlet for each in planned.households] == ["Ấp 3", "Khu phố 3", "Ấp 4"]
    assert [each.data.full_name for each in planned.hamlets] == ["Khu phố 3", "Ấp 4"]


def test_a_closed_hamlet_is_not_made_again(workspace: Workspace, lists: Lists) -> None:
    view = next(each for each in workspace.read(offices.hamlets) if each.data.name == "Quân An")
    workspace.write(offices.correct_hamlet, view.id, view.version, view.data, active=False)
    imported = lists.of([TITLES, row("Võ Hoa", hamlet="Ấp Quân An")])
    assert workspace.read(imports.plan, imported).hamlets == ()
    workspace.write(imports.apply, imported)


def test_a_decision_learns_its_date(workspace: Workspace, lists: Lists) -> None:
    titles = ["STT", "Họ và tên", "Loại hộ", "Số quyết định", "Ngày quyết định"]
    workspace.write(classes.record_decision, DecisionData("45/QĐ-UBND", None, 2026))
    first = [1, "Võ Hoa", "HN", "45/QĐ-UBND", None], [2, "Lê Tư", "HN", "45/QĐ-UBND", "12/12/2025"]
    second = [3, "Lê Năm", "HN", "46/QĐ-UBND", None], [4, "Lê Sáu", "HN", "46/QĐ-UBND", "13/12/2025"]
    workspace.write(imports.apply, lists.of([titles, *first, *second]), ImportChoices(year=2026))
    found = {made.number: str(made.signed_on) for _id, made in workspace.read(classes.decisions)}
    assert found == {"45/QĐ-UBND": "2025-12-12", "46/QĐ-UBND": "2025-12-13"}


def test_scores_without_a_class_wait_as_unreviewed(workspace: Workspace, lists: Lists, make: Make) -> None:
    workspace.write(imports.apply, lists.of([["STT", "Họ và tên", "Điểm B1"], [1, "Võ Hoa", 120]]), ImportChoices())
    view = make.view(workspace.read(households.by_code, "H-00001"))
    assert view.current_class is not None
    assert view.current_class.data == ClassData(2026, HouseholdClass.UNREVIEWED, b1=120)


def test_a_corrected_mapping_replaces_the_remembered_one(workspace: Workspace, lists: Lists) -> None:
    path = write_xlsx(lists.folder / "c.xlsx", {"A": [["STT", "Họ và tên", "Mã gì"], [1, "Lê Lành", "083160001234"]]})
    (table,) = find_tables(lists.reader.read(path))
    assert table is not None
    workspace.write(imports.remember_columns, [table])
    workspace.write(imports.remember_columns, [with_field(table, 3, "identity")])
    (columns,) = workspace.read(imports.remembered_columns).values()
    assert columns[2].field == "identity"
    workspace.write(imports.remember_columns, [replace(table, fingerprint="x")])
    assert len(workspace.read(imports.remembered_columns)) == 2


def test_one_person_cannot_be_linked_to_two_households(workspace: Workspace, lists: Lists, make: Make) -> None:
    make.household(make.person("Trần Thị Hoa", birth=PartialDate(1960, 3, 5)), hamlet="Quân An")
    rows = [row("Trần Thị Hoa", birth="05/03/1960"), row("Trần Thị Hoa", birth="05/03/1960")]
    known = {each.known[0].key: "link" for each in plans(workspace, lists, *rows)}
    assert [each.blocks for each in plans(workspace, lists, *rows, known=known)] == [(), ("linked-twice",)]


def test_a_household_under_a_head_new_to_the_file_is_found_by_its_people(
    workspace: Workspace, lists: Lists, hoa: Any, make: Make
) -> None:
    """Half of two people, none of them the head, is too little to know the household by."""
    husband = row("Lê Văn Bảy", birth=1958, number="083058000111")
    husband[0], husband[2] = None, "chồng"
    planned = one(workspace, lists, row("Võ Thị Sen", birth=1962, number="083162000009"), husband)
    assert (planned.household_id, planned.blocks) == (None, ("known",))
    make.household(
        make.person("Kim Thị Lan", birth=PartialDate(1950), id_number="083150000001"),
        NewMember(make.person("Kim Văn Dũng", sex=Sex.MALE, id_number="083079000002"), Relation.CHILD),
    )
    members = [row("Kim Thị Lan", birth=1950, number="083150000001"),
               row("Kim Văn Dũng", birth=1979, number="083079000002")]  # fmt: skip
    for member in members:
        member[0], member[2] = None, "con"
    planned = one(workspace, lists, row("Kim Văn Tám", birth=1948), *members)
    assert (planned.code, planned.new_people) == ("H-00002", 1)

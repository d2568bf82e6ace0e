"""Households at the counter: opened, corrected, members come and go, and lists in Vietnamese order."""

from dataclasses import replace
from datetime import date

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import (
    EndReason,
    HouseholdClass,
    HouseholdData,
    PolicyFlag,
    household_code,
    parse_household_code,
)
from casemgr.domain.offices import Area
from casemgr.domain.people import LeaveReason, PersonData, Relation, Sex
from casemgr.errors import ConflictError, NotAllowedError, NotFoundError, ValidationError
from casemgr.services import households, members, people
from casemgr.services.households import HouseholdQuery
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make


def fields_of(error: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return {problem.field for problem in error.value.problems}


def test_a_household_of_two_is_opened_and_read_back(make: Make) -> None:
    husband = NewMember(PersonData("Trần Văn Dũng", Sex.MALE, PartialDate(1976)), Relation.SPOUSE)
    household = make.household(make.person("Nguyễn Thị Á", id_number="083179001234"), husband, phone="0912 345 678")
    view = make.view(household)
    assert view.code == "H-00001"
    assert view.name == "Nguyễn Thị Á"
    assert [member.person.full_name for member in view.members] == ["Nguyễn Thị Á", "Trần Văn Dũng"]
    assert view.members[1].person.birth == PartialDate(1976)
    assert view.address == "Tổ 3, ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long"
    assert view.permanent_address == view.address
    assert view.area is Area.RURAL
    assert view.data.phone == "0912345678"
    assert view.current_class is None


def test_codes_carry_neither_class_nor_year_and_run_on(make: Make) -> None:
    assert [make.view(make.household()).code for _ in range(3)] == ["H-00001", "H-00002", "H-00003"]
    assert household_code(147) == "H-00147"
    assert [parse_household_code(text) for text in ("H-00147", "h147", "147", " H 147 ")] == [147] * 4
    assert parse_household_code("HN-147") is None
    assert make.workspace.read(households.by_code, "h2") == make.workspace.read(households.by_code, "H-00002")
    with pytest.raises(NotFoundError, match="H-00099"):
        make.workspace.read(households.by_code, "H-00099")


@pytest.mark.parametrize("members", [[], [Relation.SPOUSE], [Relation.HEAD, Relation.HEAD]])
def test_a_household_has_exactly_one_head(make: Make, members: list[Relation]) -> None:
    people_in = [NewMember(make.person(), relation) for relation in members]
    with pytest.raises(ValidationError) as refused:
        make.workspace.write(households.open_household, HouseholdData(None), people_in)
    assert fields_of(refused) == {"members"}
    assert make.workspace.read(households.find, HouseholdQuery()) == []


def test_wrong_values_are_refused_beside_their_fields(make: Make) -> None:
    wrong = PersonData(
        " ",
        birth=PartialDate(2030),
        id_number="83179001234",
        old_id_number="12345",
        phone="12345",
        insurance_number="X",
        ethnic="99",
        died_on=date(2027, 1, 1),
    )
    with pytest.raises(ValidationError) as refused:
        make.household(wrong)
    assert fields_of(refused) == {
        "full_name", "birth", "id_number", "old_id_number", "phone", "insurance_number", "ethnic", "died_on",
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        make.household(make.person("A" * 201, birth=PartialDate(1990), died_on=date(1980, 1, 1)))
    assert fields_of(refused) == {"full_name", "died_on"}
    with pytest.raises(ValidationError) as refused:
        make.household(phone="12", flags=("rich",))
    assert fields_of(refused) == {"phone", "flags"}


def test_an_identity_number_belongs_to_one_person_and_the_message_says_to_whom(make: Make) -> None:
    first = make.household(make.person("Nguyễn Thị Á", id_number="083179001234"))
    with pytest.raises(ValidationError, match=r"Nguyễn Thị Á.*H-00001") as refused:
        make.household(make.person("Lê Thị Bé Ba", id_number="083 179 001 234"))
    assert fields_of(refused) == {"id_number"}
    same = make.view(first).members[0]
    make.workspace.write(
        people.correct_person, same.person_id, same.person_version, replace(same.person, phone="0912345678")
    )


def test_doubts_are_shown_and_do_not_refuse(make: Make) -> None:
    odd = PersonData("Kim Văn Tám", Sex.MALE, PartialDate(1900), id_number="083179001234")
    member = make.view(make.household(odd)).members[0]
    assert len(member.doubts) == 3
    child = PersonData("Lê Minh Khôi", Sex.MALE, PartialDate(2018), labour=people.LabourCapacity.ABLE)
    assert len(make.view(make.household(child)).members[0].doubts) == 1
    assert make.view(make.household(make.person(id_number="083179001235"))).members[0].doubts == ()


def test_a_correction_of_an_old_copy_is_a_conflict(make: Make) -> None:
    member = make.view(make.household()).members[0]
    make.workspace.write(
        people.correct_person, member.person_id, member.person_version, replace(member.person, notes="a")
    )
    with pytest.raises(ConflictError):
        make.workspace.write(
            people.correct_person, member.person_id, member.person_version, replace(member.person, notes="b")
        )
    assert make.workspace.read(people.person, member.person_id)[1].notes == "a"


def test_household_data_are_corrected(make: Make) -> None:
    household = make.household()
    view = make.view(household)
    data = replace(
        view.data,
        area=Area.URBAN,
        permanent_address="Số 5, xã Vĩnh Thành, tỉnh Vĩnh Long",
        flags=(PolicyFlag.MERIT, PolicyFlag.ETHNIC_MINORITY),
    )
    make.workspace.write(households.correct_household, household, view.version, data)
    after = make.view(household)
    assert after.area is Area.URBAN
    assert after.permanent_address == "Số 5, xã Vĩnh Thành, tỉnh Vĩnh Long"
    assert after.data.flags == ("ethnic_minority", "merit")
    make.workspace.write(households.correct_household, household, after.version, replace(after.data, notes="mái tôn"))


def test_members_join_leave_and_die(make: Make) -> None:
    household = make.household()
    make.workspace.write(
        members.add_member,
        household,
        NewMember(PersonData("Trần Quốc Vượng"), Relation.CHILD, "con nuôi", date(2020, 5, 1)),
    )
    child = make.view(household).members[1]
    assert (child.relation, child.relation_text, child.joined_on) == (Relation.CHILD, "con nuôi", date(2020, 5, 1))
    with pytest.raises(ValidationError):
        make.workspace.write(members.add_member, household, NewMember(PersonData("Ai"), Relation.HEAD))
    head = make.view(household).head
    assert head is not None
    with pytest.raises(ValidationError):
        make.workspace.write(
            members.leave, head.membership_id, head.membership_version, on=date(2026, 1, 1), reason=LeaveReason.DIED
        )
    with pytest.raises(ValidationError):
        make.workspace.write(
            members.leave,
            child.membership_id,
            child.membership_version,
            on=date(2027, 1, 1),
            reason=LeaveReason.MOVED,
        )
    make.workspace.write(
        members.leave, child.membership_id, child.membership_version, on=date(2026, 1, 1), reason=LeaveReason.DIED
    )
    view = make.view(household)
    assert [member.person.full_name for member in view.members] == ["Nguyễn Thị Á"]
    assert view.former[0].person.died_on == date(2026, 1, 1)
    assert make.workspace.read(households.rows, [household])[0].people == 1


def test_a_new_head_is_named_and_the_old_one_stays(make: Make) -> None:
    household = make.household("Nguyễn Thị Á", NewMember(PersonData("Trần Văn Dũng", Sex.MALE), Relation.SPOUSE))
    other = make.household("Lê Thị Bé Ba")
    view = make.view(household)
    husband = view.members[1]
    with pytest.raises(ValidationError):
        make.workspace.write(members.change_relation, husband.membership_id, husband.membership_version, Relation.HEAD)
    with pytest.raises(ValidationError):
        make.workspace.write(members.change_head, household, husband.membership_id, old_head_relation=Relation.HEAD)
    with pytest.raises(ValidationError):
        make.workspace.write(members.change_head, other, husband.membership_id, old_head_relation=Relation.SPOUSE)
    make.workspace.write(members.change_head, household, husband.membership_id, old_head_relation=Relation.SPOUSE)
    view = make.view(household)
    assert [(member.person.full_name, member.relation) for member in view.members] == [
        ("Trần Văn Dũng", Relation.HEAD),
        ("Nguyễn Thị Á", Relation.SPOUSE),
    ]
    assert make.workspace.read(households.rows, [household])[0].head == "Trần Văn Dũng"
    wife = view.members[1]
    make.workspace.write(members.change_relation, wife.membership_id, wife.membership_version, Relation.OTHER, "vợ kế")
    assert make.view(household).members[1].relation_text == "vợ kế"


def test_somebody_on_file_moves_in_from_another_household(make: Make) -> None:
    old = make.household("Nguyễn Thị Á", NewMember(PersonData("Trần Thị Ngưỡng"), Relation.CHILD))
    new = make.household("Lê Văn Tám")
    daughter = make.view(old).members[1]
    make.workspace.write(members.move_in, new, daughter.person_id, Relation.CHILD_IN_LAW, joined_on=date(2026, 2, 1))
    assert make.view(old).former[0].left_on == date(2026, 2, 1)
    assert make.view(new).members[1].person_id == daughter.person_id
    with pytest.raises(ValidationError):
        make.workspace.write(members.move_in, new, daughter.person_id, Relation.CHILD, joined_on=None)


def test_an_ended_household_leaves_the_list_and_can_come_back(make: Make) -> None:
    household = make.household()
    make.workspace.write(
        households.end_household, household, make.view(household).version, on=date(2026, 3, 1), reason=EndReason.MOVED
    )
    assert make.view(household).end_reason is EndReason.MOVED
    assert make.workspace.read(households.count, HouseholdQuery()) == 0
    assert make.workspace.read(households.find, HouseholdQuery(ended=True)) == [household]
    make.workspace.write(households.reopen_household, household, make.view(household).version)
    assert make.workspace.read(households.find, HouseholdQuery()) == [household]


def test_lists_are_sorted_by_given_name_and_filtered(make: Make) -> None:
    names = ["Trần Thị Ân", "Nguyễn Văn An", "Phạm Thị Ánh", "Đỗ Văn Ảnh", "Nguyễn Anh", "Lê Văn Ẩn"]
    made = {make.household(name, hamlet="Quân An" if name.startswith("Nguyễn") else "Phú Nhơn"): name for name in names}
    ids = make.workspace.read(households.find, HouseholdQuery())
    assert [made[household] for household in ids] == [
        "Nguyễn Văn An", "Nguyễn Anh", "Đỗ Văn Ảnh", "Phạm Thị Ánh", "Trần Thị Ân", "Lê Văn Ẩn",
    ]  # fmt: skip
    rows = make.workspace.read(households.rows, ids)
    assert [row.head for row in rows] == [made[household] for household in ids]
    assert rows[0].hamlet == "Ấp Quân An"
    assert rows[0].class_value is HouseholdClass.UNREVIEWED
    poor = ids[2]
    make.poor(poor)
    find = make.workspace.read
    assert find(households.find, HouseholdQuery(classes=("poor",))) == [poor]
    assert len(find(households.find, HouseholdQuery(hamlets=(make.hamlet("Quân An"),)))) == 2
    assert [made[i] for i in find(households.find, HouseholdQuery(text="tran an"))] == ["Trần Thị Ân"]
    assert find(households.count, HouseholdQuery(text='"dung')) == 0
    for order in ("code", "hamlet", "class", "people"):
        there = find(households.find, HouseholdQuery(order=order))
        assert set(there) == set(find(households.find, HouseholdQuery(order=order, descending=True))) == set(made)
    assert find(households.find, HouseholdQuery(order="code", descending=True))[0] == list(made)[-1]


def test_near_matches_warn_before_a_second_entry(make: Make) -> None:
    household = make.household(make.person("Nguyễn Thị Á", id_number="083179001234"))
    match = make.workspace.read
    by_number = match(people.near_matches, PersonData("Người Khác", id_number="083179001234"))
    assert [(found.household_id, found.certain) for found in by_number] == [(household, True)]
    by_name = match(people.near_matches, PersonData("nguyen thi a", birth=PartialDate(1979)))
    assert [(found.household, found.certain) for found in by_name] == [("H-00001", False)]
    assert match(people.near_matches, PersonData("Nguyễn Thị Á", birth=PartialDate(1950))) == []
    assert len(match(people.near_matches, PersonData("Nguyễn Thị Á"), limit=1)) == 1
    assert match(people.near_matches, PersonData("")) == []


def test_a_viewer_may_not_change_anything(make: Make, workspace: Workspace) -> None:
    household = make.household()
    workspace.actor = replace(workspace.actor, role="viewer")
    with pytest.raises(NotAllowedError):
        make.household("Lê Thị Bé Ba")
    assert make.view(household).name == "Nguyễn Thị Á"

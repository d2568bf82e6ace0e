"""Matching a list with the file: people known by number or likeness, households by code, hamlets by name."""

from typing import Any

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.imports import ImportedList
from casemgr.domain.people import Relation, Sex
from casemgr.services.imports import Action
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.import_lists import HEAD, OTHER, SON, TITLES, apply, changed, everyone, plan
from tests.support.workbooks import Lists
from tests.support.workspaces import Make


def test_one_household_on_file_for_two_in_the_list_is_held_back(
    workspace: Workspace, lists: Lists, usual: ImportedList
) -> None:
    apply(workspace, usual)
    twin = [TITLES, HEAD, [2, *SON[1:2], "Chủ hộ", *SON[3:]], OTHER]
    planned = plan(workspace, lists.of(twin))
    assert planned.households[1].blocks == ("known",)
    assert planned.households[1].action is Action.BLOCKED


# --- people already known ---


@pytest.fixture
def known(workspace: Workspace, make: Make) -> Any:
    """The son lives in a household of his own already."""
    son = make.person("Trần Văn Út", sex=Sex.MALE, id_number="083085004321")
    wife = NewMember(make.person("Lê Thị Sen"), Relation.SPOUSE)
    return make.household("Võ Thị Hoa", NewMember(son, Relation.CHILD), wife, hamlet="Quân An")


def test_a_number_on_file_elsewhere_waits_for_a_decision(workspace: Workspace, known: Any, usual: ImportedList) -> None:
    (first, second) = plan(workspace, usual).households
    assert (first.action, first.blocks) == (Action.BLOCKED, ("known",))
    (someone,) = first.known
    assert (someone.name, someone.on_file, someone.household, someone.certain) == (
        "Trần Văn Út",
        "Trần Văn Út",
        "H-00001",
        True,
    )
    assert second.action is Action.NEW


def test_linking_moves_the_person(workspace: Workspace, known: Any, usual: ImportedList) -> None:
    (first, _second) = plan(workspace, usual).households
    apply(workspace, usual, known={first.known[0].key: "link"})
    old, new, _other = everyone(workspace)
    assert [one.person.full_name for one in old.members] == ["Võ Thị Hoa", "Lê Thị Sen"]
    assert [one.person.full_name for one in old.former] == ["Trần Văn Út"]
    assert [one.person.id_number for one in new.members] == ["083160001234", "083085004321"]


def test_a_new_person_gives_the_number_up(workspace: Workspace, known: Any, usual: ImportedList) -> None:
    apply(workspace, usual, known_default="new")
    _old, new, _other = everyone(workspace)
    assert (new.members[1].person.id_number, new.members[1].person.notes) == (None, "CCCD: 083085004321")


def test_skipping_leaves_the_person_out(workspace: Workspace, known: Any, usual: ImportedList) -> None:
    apply(workspace, usual, known_default="skip")
    _old, new, _other = everyone(workspace)
    assert [one.person.full_name for one in new.members] == ["Nguyễn Thị Ngưỡng"]


def test_a_head_cannot_be_linked_away_from_those_who_remain(
    workspace: Workspace, make: Make, usual: ImportedList
) -> None:
    head = make.person("Trần Văn Út", sex=Sex.MALE, id_number="083085004321")
    make.household(head, NewMember(make.person("Lê Thị Sen"), Relation.SPOUSE), hamlet="Quân An")
    planned = plan(workspace, usual, known_default="link")
    assert "head-elsewhere" in planned.households[0].blocks


def test_people_of_like_name_year_and_hamlet_are_mentioned(
    workspace: Workspace, make: Make, usual: ImportedList
) -> None:
    make.household(make.person("Kim Văn Tân", sex=Sex.MALE, birth=PartialDate(1958, 1, 5)), hamlet="Quân An")
    second = plan(workspace, usual).households[1]
    assert (second.action, second.blocks) == (Action.NEW, ())
    assert [(one.on_file, one.birth, one.certain) for one in second.known] == [("Kim Văn Tân", "1958-01-05", False)]


def test_the_same_name_with_other_tones_is_shown_as_a_change(
    workspace: Workspace, make: Make, usual: ImportedList
) -> None:
    make.household(make.person("Kim Văn Tấm", sex=Sex.MALE, birth=PartialDate(1958)), hamlet="Quân An")
    second = plan(workspace, usual).households[1]
    assert second.action is Action.UPDATE
    assert ("person.full_name", "Kim Văn Tấm", "Kim Văn Tám") in [(c.field, c.old, c.new) for c in second.changes]


def test_an_old_number_finds_the_person(workspace: Workspace, lists: Lists, make: Make) -> None:
    make.household(make.person("Thạch Thị Sa Rây", old_id_number="320123456"), hamlet="Quân An")
    row = changed(HEAD, Họ_và_tên="Thạch Thị Sa Rây", Số_CCCD="083156000111/320123456", Ngày_sinh="05/03/1979")
    (one,) = plan(workspace, lists.of([TITLES, row])).households
    assert one.action is Action.UPDATE
    assert "person.id_number" in [change.field for change in one.changes]


def test_our_own_code_finds_the_household(workspace: Workspace, lists: Lists, make: Make) -> None:
    make.household(make.person("Võ Thị Hoa", birth=None), hamlet="Quân An")
    rows = [["STT", "Mã hộ", "Họ và tên", "Ấp"], [1, "H-00001", "Võ Thị Hoa", "Phú Nhơn"]]
    (one,) = plan(workspace, lists.of(rows)).households
    assert (one.action, one.code) == (Action.UPDATE, "H-00001")


def test_a_wrong_number_does_not_touch_its_owner(workspace: Workspace, lists: Lists, make: Make) -> None:
    make.household(make.person("Võ Thị Hoa", id_number="083160001234"), hamlet="Quân An")
    (one,) = plan(workspace, lists.of([TITLES, HEAD])).households
    assert one.action is Action.BLOCKED
    assert one.known[0].conflict


# --- hamlets, classes, columns ---


def test_unknown_hamlets_are_proposed_and_added(workspace: Workspace, lists: Lists) -> None:
    read = lists.of([TITLES, changed(HEAD, Ấp="ấp phú hiệp"), changed(OTHER, Ấp="Phú Hiệp")])
    (hamlet,) = plan(workspace, read).hamlets
    assert (hamlet.data.full_name, hamlet.households) == ("Ấp Phú Hiệp", 2)
    apply(workspace, read)
    assert {one.hamlet for one in everyone(workspace)} == {"Ấp Phú Hiệp"}


def test_unknown_hamlets_can_be_refused_and_their_words_stay(workspace: Workspace, lists: Lists) -> None:
    apply(workspace, lists.of([TITLES, changed(HEAD, Ấp="ấp Phú Hiệp")]), create_hamlets=False)
    (view,) = everyone(workspace)
    assert (view.hamlet, view.data.address) == ("", "ấp Phú Hiệp")


def test_unknown_hamlets_can_be_one_on_file(workspace: Workspace, lists: Lists, make: Make) -> None:
    read = lists.of([TITLES, changed(HEAD, Ấp="ấp Phú Nhon 1")])
    (hamlet,) = plan(workspace, read).hamlets
    apply(workspace, read, hamlets={hamlet.key: make.hamlet()})
    assert everyone(workspace)[0].hamlet == "Ấp Phú Nhơn"


def test_the_sheet_may_name_the_hamlet(workspace: Workspace, lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Loại hộ"], [1, "Lê Thị Lành", "HN"]]
    apply(workspace, lists.of(rows, name="Ấp Quân An "))
    assert everyone(workspace)[0].hamlet == "Ấp Quân An"

"""Importing a list: new, changed, unchanged, held back; people already known; one step that can be taken back."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass, PolicyFlag
from casemgr.domain.imports import ImportedList
from casemgr.domain.offices import DecisionData
from casemgr.domain.people import Relation, Sex
from casemgr.domain.permissions import Role
from casemgr.errors import NotAllowedError, ValidationError
from casemgr.exchange.lists import find_tables, with_field
from casemgr.jobs import Cancelled
from casemgr.persistence.models import Change, ImportBatch, Journal
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import classes, history, households, imports, offices
from casemgr.services.households import HouseholdQuery, HouseholdView
from casemgr.services.imports import Action, ImportChoices, ImportPlan
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workbooks import Lists, large, nasty, register, write_xlsx
from tests.support.workspaces import Make

TITLES = ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Ấp", "Loại hộ",
          "Điểm B1", "Điểm B2", "SĐT", "Ghi chú"]  # fmt: skip
HEAD: list[Any] = [1, "Nguyễn Thị Ngưỡng", "Chủ hộ", "05/03/1960", "Nữ", "083160001234", "Kinh", "Ấp Phú Nhơn",
                   "Hộ nghèo", 120, 30, "0912345678", None]  # fmt: skip
SON: list[Any] = [None, "Trần Văn Út", "Con", "05/03/1985", "Nam", "083085004321", "Kinh", *[None] * 6]
OTHER: list[Any] = [
    2,
    "Kim Văn Tám",
    "Chủ hộ",
    "1958",
    "Nam",
    None,
    "Khmer",
    "Quân An",
    "HCN",
    145,
    10,
    None,
    "neo đơn",
]


def changed(row: list[Any], **values: Any) -> list[Any]:
    """The row with other cells, by title."""
    return [values.get(title.replace(" ", "_"), cell) for title, cell in zip(TITLES, row, strict=True)]


@pytest.fixture
def usual(lists: Lists) -> ImportedList:
    return lists.of([TITLES, HEAD, SON, OTHER])


def plan(workspace: Workspace, imported: ImportedList, **choices: Any) -> ImportPlan:
    return workspace.read(imports.plan, imported, ImportChoices(**choices))


def apply(workspace: Workspace, imported: ImportedList, **choices: Any) -> imports.ImportResult:
    return workspace.write(imports.apply, imported, ImportChoices(**choices))


def everyone(workspace: Workspace) -> list[HouseholdView]:
    ids = workspace.read(households.find, HouseholdQuery(order="code"))
    return [workspace.read(households.view, one) for one in ids]


def journal_rows(workspace: Workspace) -> int:
    def count(uow: UnitOfWork) -> int:
        return int(uow.session.execute(select(func.count()).select_from(Journal)).scalar_one())

    return workspace.read(count)


def test_a_list_becomes_households(workspace: Workspace, usual: ImportedList) -> None:
    planned = plan(workspace, usual)
    assert (planned.count(Action.NEW), planned.people, planned.clean, planned.hamlets) == (2, 3, True, ())
    done = apply(workspace, usual)
    assert (done.created, done.people, done.year) == (2, 3, 2026)
    first, second = everyone(workspace)
    assert [(one.person.full_name, one.relation, one.relation_text) for one in first.members] == [
        ("Nguyễn Thị Ngưỡng", Relation.HEAD, ""),
        ("Trần Văn Út", Relation.CHILD, "Con"),
    ]
    assert (first.code, first.hamlet, first.data.phone) == ("H-00001", "Ấp Phú Nhơn", "0912345678")
    assert (second.hamlet, second.data.notes, second.members[0].person.ethnic) == ("Ấp Quân An", "neo đơn", "05")
    assert first.current_class is not None
    assert (first.current_class.data.value, first.current_class.data.b1, first.current_class.data.year) == (
        HouseholdClass.POOR,
        120,
        2026,
    )


def test_the_same_list_again_changes_nothing(workspace: Workspace, lists: Lists, usual: ImportedList) -> None:
    apply(workspace, usual)
    before = journal_rows(workspace)
    again = lists.of([TITLES, HEAD, SON, OTHER])
    assert plan(workspace, again).count(Action.UNCHANGED) == 2
    done = apply(workspace, again)
    assert (done.created, done.updated, done.unchanged) == (0, 0, 2)
    assert journal_rows(workspace) == before


@pytest.mark.parametrize("maker", [nasty, register])
def test_messy_lists_change_nothing_the_second_time(workspace: Workspace, lists: Lists, maker: Any) -> None:
    path = maker(lists.folder / "a.xlsx")
    apply(workspace, lists.read(path), keep_unreadable=True)
    before = journal_rows(workspace)
    planned = plan(workspace, lists.read(path), keep_unreadable=True)
    assert {one.action for one in planned.households} == {Action.UNCHANGED}
    apply(workspace, lists.read(path), keep_unreadable=True)
    assert journal_rows(workspace) == before


def test_changes_are_named_field_by_field_and_empty_cells_change_nothing(
    workspace: Workspace, lists: Lists, usual: ImportedList
) -> None:
    apply(workspace, usual)
    row = changed(HEAD, Ngày_sinh=None, SĐT="0987654321", Loại_hộ="HCN", Điểm_B1=None, Ấp="quân an")
    planned = plan(workspace, lists.of([TITLES, row, changed(SON, Giới_tính=None), OTHER]))
    first = planned.households[0]
    assert (first.action, first.code) == (Action.UPDATE, "H-00001")
    shown = {change.field: (change.shown(change.old), change.shown(change.new)) for change in first.changes}
    assert shown.pop("household.hamlet_id")
    assert shown == {
        "household.phone": ("0912345678", "0987654321"),
        "household_class.value": ("Hộ nghèo", "Hộ cận nghèo"),
    }
    apply(workspace, lists.of([TITLES, row, SON, OTHER]))
    view = everyone(workspace)[0]
    assert view.members[0].person.birth is not None
    assert (view.data.phone, view.hamlet) == ("0987654321", "Ấp Quân An")
    assert view.current_class is not None
    assert (view.current_class.data.value, view.current_class.data.b1) == (HouseholdClass.NEAR_POOR, 120)


def test_a_vaguer_birth_does_not_replace_a_known_day(workspace: Workspace, lists: Lists, usual: ImportedList) -> None:
    apply(workspace, usual)
    planned = plan(workspace, lists.of([TITLES, changed(HEAD, Ngày_sinh="1960"), SON, OTHER]))
    assert planned.households[0].action is Action.UNCHANGED


def test_a_fuller_birth_replaces_a_year(workspace: Workspace, lists: Lists, usual: ImportedList) -> None:
    apply(workspace, usual)
    planned = plan(workspace, lists.of([TITLES, HEAD, SON, changed(OTHER, Ngày_sinh="02/09/1958")]))
    assert [(one.field, one.new) for one in planned.households[1].changes] == [("person.birth", "1958-09-02")]


def test_next_years_class_stands_beside_the_old_one(workspace: Workspace, usual: ImportedList) -> None:
    apply(workspace, usual, year=2025)
    apply(workspace, usual, year=2026)
    view = everyone(workspace)[0]
    assert [one.data.year for one in view.classes] == [2026, 2025]


def test_a_new_member_joins(workspace: Workspace, lists: Lists, usual: ImportedList) -> None:
    apply(workspace, usual)
    baby = changed(SON, Họ_và_tên="Trần Thị Bé", Ngày_sinh="01/10/2026", Giới_tính="Nữ", Số_CCCD=None)
    apply(workspace, lists.of([TITLES, HEAD, SON, baby, OTHER]))
    assert [one.person.full_name for one in everyone(workspace)[0].members][-1] == "Trần Thị Bé"


def test_members_missing_from_the_list_stay(workspace: Workspace, lists: Lists, usual: ImportedList) -> None:
    apply(workspace, usual)
    assert plan(workspace, lists.of([TITLES, HEAD, OTHER])).households[0].action is Action.UNCHANGED


def test_another_head_in_the_list(workspace: Workspace, lists: Lists, usual: ImportedList) -> None:
    """The mother died; the son heads the household in this year's list."""
    apply(workspace, usual)
    apply(workspace, lists.of([TITLES, changed(SON, STT=1, Quan_hệ_với_chủ_hộ="Chủ hộ", Ấp="Phú Nhơn"), OTHER]))
    view = everyone(workspace)[0]
    assert view.head is not None
    assert view.head.person.full_name == "Trần Văn Út"
    assert [one.relation for one in view.members].count(Relation.HEAD) == 1


def test_one_import_is_one_step_back(workspace: Workspace, usual: ImportedList) -> None:
    before = everyone(workspace)
    apply(workspace, usual)
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "import.apply"
    workspace.write(history.undo, step.txn)
    assert everyone(workspace) == before
    assert workspace.read(history.verify_journal) == []
    assert apply(workspace, usual).created == 2


def test_an_update_is_one_step_back(workspace: Workspace, lists: Lists, usual: ImportedList) -> None:
    apply(workspace, usual)
    before = everyone(workspace)
    apply(workspace, lists.of([TITLES, changed(HEAD, SĐT="0987654321", Ngày_sinh="06/03/1960"), SON, OTHER]))
    step = workspace.read(history.next_undo)
    assert step is not None
    workspace.write(history.undo, step.txn)
    after = everyone(workspace)
    assert [one.data for one in after] == [one.data for one in before]
    assert [m.person for one in after for m in one.members] == [m.person for one in before for m in one.members]


def test_every_field_is_logged_with_the_one_transaction(workspace: Workspace, usual: ImportedList) -> None:
    apply(workspace, usual)

    def logged(uow: UnitOfWork) -> list[tuple[str, str]]:
        rows = uow.session.scalars(select(Change).where(Change.table == "person"))
        return [(row.op, json.loads(row.new or "{}")["full_name"]) for row in rows]

    assert workspace.read(logged) == [("i", "Nguyễn Thị Ngưỡng"), ("i", "Trần Văn Út"), ("i", "Kim Văn Tám")]


def test_the_batch_is_on_record(workspace: Workspace, usual: ImportedList) -> None:
    apply(workspace, usual)

    def batches(uow: UnitOfWork) -> list[tuple[str, int, int]]:
        return [(one.label, one.people, one.created) for one in uow.session.scalars(select(ImportBatch))]

    assert workspace.read(batches) == [("ds.xlsx", 3, 2)]


# --- held back ---


def test_unreadable_cells_hold_a_household_back_until_they_are_accepted(workspace: Workspace, lists: Lists) -> None:
    read = lists.of([TITLES, changed(HEAD, Số_CCCD="8.3E+10", Loại_hộ="??"), SON, OTHER])
    planned = plan(workspace, read)
    assert [one.action for one in planned.households] == [Action.BLOCKED, Action.NEW]
    assert planned.households[0].blocks == ("unreadable",)
    assert not planned.clean
    done = apply(workspace, read)
    assert (done.created, done.held_back) == (1, 1)
    assert apply(workspace, read, keep_unreadable=True).created == 1
    view = next(one for one in everyone(workspace) if one.name == "Nguyễn Thị Ngưỡng")
    assert "8.3E+10" in view.members[0].person.notes
    assert "??" in view.data.notes


def test_households_can_be_left_out(workspace: Workspace, usual: ImportedList) -> None:
    planned = plan(workspace, usual, skip=frozenset({("Danh sách", 2)}))
    assert [one.action for one in planned.households] == [Action.SKIPPED, Action.NEW]


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


def test_decisions_stand_behind_classes(workspace: Workspace, lists: Lists) -> None:
    apply(workspace, lists.read(register(lists.folder / "r.xlsx")), year=2026)
    ((_id, decision),) = workspace.read(classes.decisions)
    assert (decision.number, decision.signed_on) == ("45/QĐ-UBND", date(2025, 12, 12))
    view = everyone(workspace)[0]
    assert view.current_class is not None
    assert view.current_class.decision == decision
    assert view.data.flags == (PolicyFlag.NO_LABOUR.value,)


def test_a_decision_can_be_given_for_the_whole_list(workspace: Workspace, usual: ImportedList) -> None:
    apply(workspace, usual, decision=DecisionData("50/QĐ-UBND", date(2025, 12, 20), 2026))
    assert [one.number for _id, one in workspace.read(classes.decisions)] == ["50/QĐ-UBND"]


def test_a_class_can_be_given_for_a_list_without_one(workspace: Workspace, lists: Lists) -> None:
    apply(workspace, lists.of([["STT", "Họ và tên"], [1, "Lê Thị Lành"]]), value=HouseholdClass.POOR)
    view = everyone(workspace)[0]
    assert view.current_class is not None
    assert view.current_class.data.value is HouseholdClass.POOR


def test_confirmed_columns_are_remembered(workspace: Workspace, lists: Lists) -> None:
    path = write_xlsx(lists.folder / "c.xlsx", {"A": [["STT", "Họ và tên", "Mã gì"], [1, "Lê Lành", "083160001234"]]})
    (table,) = find_tables(lists.reader.read(path))
    assert table is not None
    apply(workspace, lists.read(path, tables=[with_field(table, 3, "identity")]))
    remembered = workspace.read(imports.remembered_columns)
    (again,) = find_tables(lists.reader.read(path), remembered)
    assert again is not None
    assert again.columns[2].field == "identity"


# --- refusals ---


def test_an_impossible_year_is_refused(workspace: Workspace, usual: ImportedList) -> None:
    with pytest.raises(ValidationError):
        plan(workspace, usual, year=1200)


def test_only_those_who_may_import(workspace: Workspace, usual: ImportedList) -> None:
    workspace.actor = replace(workspace.actor, role=Role.VIEWER)
    for use_case in (imports.plan, imports.apply):
        with pytest.raises(NotAllowedError):
            workspace.read(use_case, usual)


def test_a_cancelled_import_leaves_no_trace(workspace: Workspace, lists: Lists) -> None:
    read = lists.read(large(lists.folder / "l.xlsx", 50))
    before = journal_rows(workspace)

    def stop(_done: int, _total: int, message: str) -> None:
        if "hộ" in message or "household" in message.lower():
            raise Cancelled

    with pytest.raises(Cancelled):
        workspace.write(imports.apply, read, ImportChoices(), stop)
    assert everyone(workspace) == []
    assert journal_rows(workspace) == before
    assert workspace.read(offices.hamlets)[0].households == 0


# --- on two sheets ---


def test_a_household_that_left_poverty_for_near_poverty_is_imported_once(
    workspace: Workspace, lists: Lists, tmp_path: Path
) -> None:
    """The ministry's export names it on the sheet of its new class and on the sheet of those who escaped."""
    path = register(tmp_path / "bo.xlsx")
    book = load_workbook(path)
    escaped = book["Thoát nghèo"]
    for letter, value in zip("CEFG", ("Thạch Sa Rây", "Nam", "20/11/1956", "084056000321"), strict=True):
        escaped[f"{letter}10"] = value
    escaped.delete_rows(11)
    book.save(path)
    imported = lists.read(path)
    planned = plan(workspace, imported, year=2026)
    assert (planned.count(Action.NEW), planned.count(Action.SKIPPED), planned.clean) == (3, 1, True)
    assert [one.blocks for one in planned.households if one.action is Action.SKIPPED] == [("moved",)]
    done = apply(workspace, imported, year=2026)
    assert (done.created, done.people) == (3, 6)
    again = apply(workspace, lists.read(path), year=2026)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    assert {view.name: view.current_class.data.value for view in everyone(workspace) if view.current_class}[
        "Thạch Sa Rây"
    ] is HouseholdClass.NEAR_POOR

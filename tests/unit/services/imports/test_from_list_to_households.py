"""A list imported: households made and changed field by field, once, in one step that can be taken back."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from casemgr.domain.households import HouseholdClass, PolicyFlag
from casemgr.domain.imports import ImportedList
from casemgr.domain.offices import DecisionData
from casemgr.domain.people import Relation
from casemgr.domain.permissions import Role
from casemgr.errors import NotAllowedError, ValidationError
from casemgr.exchange.lists import find_tables, with_field
from casemgr.jobs import Cancelled
from casemgr.persistence.models import Change, ImportBatch, Journal
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import classes, history, imports, journal_proof, offices
from casemgr.services.imports import Action, ImportChoices
from casemgr.workspace import Workspace
from tests.support.import_lists import HEAD, OTHER, SON, TITLES, apply, changed, everyone, plan
from tests.support.workbooks import Lists, large, nasty, register, write_xlsx


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
    assert workspace.read(journal_proof.verify_journal) == []
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

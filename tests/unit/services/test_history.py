"""Every change leaves a trace, the last step can be taken back, and the journal proves itself."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update
from sqlalchemy.event import listen, remove

from casemgr.domain.dates import PartialDate
from casemgr.domain.people import LeaveReason, PersonData, Relation, Sex
from casemgr.errors import ConflictError, NotFoundError
from casemgr.persistence.base import Base, new_id
from casemgr.persistence.models import Certificate, Change, HouseholdIndex, Journal, SearchEntry
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import history, households, journal_proof, members, people, step_names
from casemgr.services.households import HouseholdQuery
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

DERIVED = {"change", "journal"}


def everything(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """The logical content of the file, without the log and without the versions and row numbers that only grow."""

    def dump(uow: UnitOfWork) -> dict[str, list[tuple[object, ...]]]:
        content = {}
        for table in Base.metadata.sorted_tables:
            if table.name in DERIVED:
                continue
            columns = [
                c
                for c in table.columns
                if c.name != "version" and not (table.name == "search_entry" and c.name == "id")
            ]
            content[table.name] = sorted((tuple(row) for row in uow.session.execute(select(*columns))), key=repr)
        content["words"] = sorted(
            tuple(row)
            for row in uow.session.execute(text("SELECT count(*) FROM search_text WHERE search_text MATCH 'loose:n*'"))
        )
        return content

    return workspace.read(dump)


def test_a_corrected_birth_date_is_in_the_history_and_ctrl_z_takes_it_back(make: Make) -> None:
    household = make.household(
        "Nguyễn Thị Á", NewMember(PersonData("Trần Văn Dũng", Sex.MALE, PartialDate(1976)), Relation.SPOUSE)
    )
    before = everything(make.workspace)
    member = make.view(household).members[1]
    make.workspace.write(
        people.correct_person,
        member.person_id,
        member.person_version,
        replace(member.person, birth=PartialDate(1977, 1, 2)),
    )
    event = make.workspace.read(history.household_events, household)[0]
    assert (event.who, event.action, event.subject, event.undone) == (
        "Nguyễn Thị Lan",
        "person.birth",
        "Trần Văn Dũng",
        False,
    )
    assert [(f.field, f.old, f.new) for f in event.fields] == [("birth", "1976", "1977-01-02")]
    step = make.workspace.read(history.next_undo)
    assert step is not None
    assert step.title.endswith("Trần Văn Dũng")
    make.workspace.write(history.undo, step.txn)
    assert make.view(household).members[1].person.birth == PartialDate(1976)
    assert everything(make.workspace) == before
    assert make.workspace.read(history.household_events, household)[1].undone
    assert make.workspace.read(history.record_events, member.person_id)[0].action == "undo"


def test_every_step_of_a_morning_is_taken_back_in_turn(make: Make) -> None:
    states = [everything(make.workspace)]
    household = make.household()
    states.append(everything(make.workspace))
    make.workspace.write(members.add_member, household, NewMember(PersonData("Trần Quốc Vượng"), Relation.CHILD))
    states.append(everything(make.workspace))
    child = make.view(household).members[1]
    make.workspace.write(
        members.leave, child.membership_id, child.membership_version, on=date(2026, 1, 1), reason=LeaveReason.DIED
    )
    states.append(everything(make.workspace))
    make.poor(household, decided=False)
    for state in reversed(states):
        step = make.workspace.read(history.next_undo)
        assert step is not None
        make.workspace.write(history.undo, step.txn)
        assert everything(make.workspace) == state
    assert make.workspace.read(journal_proof.verify_journal) == []


def test_undo_refuses_what_was_changed_again_or_taken_back(make: Make) -> None:
    household = make.household()
    opened = make.workspace.read(history.next_undo)
    assert opened is not None
    member = make.view(household).members[0]
    make.workspace.write(
        people.correct_person, member.person_id, member.person_version, replace(member.person, notes="a")
    )
    first = make.workspace.read(history.next_undo)
    make.workspace.write(
        people.correct_person, member.person_id, member.person_version + 1, replace(member.person, notes="b")
    )
    assert first is not None
    with pytest.raises(ConflictError):
        make.workspace.write(history.undo, first.txn)
    with pytest.raises(ConflictError):
        make.workspace.write(history.undo, opened.txn)
    last = make.workspace.read(history.next_undo)
    assert last is not None
    make.workspace.write(history.undo, last.txn)
    with pytest.raises(ConflictError):
        make.workspace.write(history.undo, last.txn)
    with pytest.raises(NotFoundError):
        make.workspace.write(history.undo, new_id())
    assert make.workspace.read(people.person, member.person_id)[1].notes == "a"


def test_undo_does_not_break_what_was_built_on_a_step(make: Make) -> None:
    opened = make.workspace.read(history.next_undo)
    assert opened is None or opened.action == "signatory.add"
    make.household(make.person("Nguyễn Thị Á", id_number="083179001234"))
    hamlet = make.workspace.read(
        lambda uow: uow.session.scalars(select(Journal.txn).where(Journal.action == "hamlet.add")).first()
    )
    before = everything(make.workspace)
    with pytest.raises(ConflictError):
        make.workspace.write(history.undo, hamlet)
    assert everything(make.workspace) == before
    member = make.view(make.household(make.person("Lê Thị Bé Ba", id_number="083180001111"))).members[0]
    make.workspace.write(
        people.correct_person, member.person_id, member.person_version, replace(member.person, id_number="083180002222")
    )
    step = make.workspace.read(history.next_undo)
    assert step is not None
    make.household(make.person("Kim Văn Tám", id_number="083180001111"))
    with pytest.raises(ConflictError):
        make.workspace.write(history.undo, step.txn)


def test_what_is_not_undoable_says_so(make: Make) -> None:
    founded = make.workspace.read(
        lambda uow: uow.session.scalars(select(Journal.txn).where(Journal.action == "office.found")).one()
    )
    with pytest.raises(ConflictError):
        make.workspace.write(history.undo, founded)


def test_a_step_whose_values_were_erased_cannot_be_taken_back(make: Make) -> None:
    make.household()
    step = make.workspace.read(history.next_undo)
    assert step is not None
    make.workspace.write(
        lambda uow: uow.session.execute(delete(Change).where(Change.txn == step.txn, Change.table == "person"))
    )
    with pytest.raises(ConflictError):
        make.workspace.write(history.undo, step.txn)
    assert make.workspace.read(journal_proof.verify_journal) == [], "erasing values on request leaves the chain whole"


@pytest.mark.parametrize("damage", ["journal", "delete", "change"])
def test_tampering_is_named_with_its_place(make: Make, damage: str) -> None:
    make.household()
    make.household("Lê Thị Bé Ba")

    def tamper(uow: UnitOfWork) -> None:
        if damage == "journal":
            uow.session.execute(update(Journal).where(Journal.seq == 3).values(action="person.correct"))
        elif damage == "delete":
            uow.session.execute(delete(Journal).where(Journal.seq == 3))
        else:
            row = uow.session.scalars(select(Change).where(Change.table == "person").order_by(Change.seq)).first()
            assert row is not None
            row.new = json.dumps({"full_name": "Người Khác"})

    make.workspace.write(tamper)
    found = make.workspace.read(journal_proof.verify_journal)
    assert len(found) == 1
    assert re.search(r"\d+", found[0])


def test_a_new_record_is_one_row_and_a_correction_one_row_per_field(make: Make) -> None:
    household = make.household(make.person("Nguyễn Thị Á", id_number="083179001234"))
    member = make.view(household).members[0]
    make.workspace.write(
        people.correct_person,
        member.person_id,
        member.person_version,
        replace(member.person, phone="0912345678", birth=None, occupation="làm thuê"),
    )
    rows = make.workspace.read(
        lambda uow: uow.session.execute(
            select(Change.op, Change.field, Change.old, Change.new, Change.user_id, Change.device_id, Change.commune)
            .where(Change.record_id == member.person_id)
            .order_by(Change.seq)
        ).all()
    )
    assert rows[0].op == "i"
    assert json.loads(rows[0].new)["full_name"] == "Nguyễn Thị Á"
    assert "name_sort" not in json.loads(rows[0].new)
    assert {(row.field, row.old, row.new) for row in rows[1:]} == {
        ("birth", '"1979-03-05"', None),
        ("occupation", '""', '"làm thuê"'),
        ("phone", None, '"0912345678"'),
    }
    assert {(row.user_id, row.device_id, row.commune) for row in rows} == {
        (make.workspace.actor.user_id, make.workspace.actor.device_id, "28901")
    }


def test_a_failed_action_leaves_nothing(make: Make) -> None:
    before = everything(make.workspace)
    changes = make.workspace.read(lambda uow: uow.session.scalars(select(Change.seq)).all())

    def half(uow: UnitOfWork) -> None:
        households.open_household(uow, make.view(household).data, [NewMember(PersonData("Ai Đó"), Relation.HEAD)])
        uow.session.flush()
        message = "power cut"
        raise RuntimeError(message)

    household = make.household()
    states = everything(make.workspace)
    with pytest.raises(RuntimeError):
        make.workspace.write(half)
    assert everything(make.workspace) == states != before
    assert len(make.workspace.read(lambda uow: uow.session.scalars(select(Change.seq)).all())) > len(changes)


def test_derived_rows_follow_their_records(make: Make) -> None:
    household = make.household()
    member = make.view(household).members[0]
    make.workspace.write(
        people.correct_person,
        member.person_id,
        member.person_version,
        replace(member.person, full_name="Đặng Thị Ưởng"),
    )
    row = make.workspace.read(lambda uow: uow.session.scalars(select(HouseholdIndex)).one())
    assert row.head_name == "Đặng Thị Ưởng"
    keys = make.workspace.read(lambda uow: uow.session.scalars(select(SearchEntry.name_key)).all())
    assert keys == ["dang thi uong"]
    assert make.workspace.read(households.find, HouseholdQuery(text="dang thi uong")) == [household]
    assert make.workspace.read(households.find, HouseholdQuery(text="nguyen")) == []


def test_large_actions_spill_their_log_and_stay_one_step(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemgr.persistence.uow.SPILL", 5)
    before = everything(make.workspace)

    def many(uow: UnitOfWork) -> None:
        ids = uow.insert_many(people.Person, [people.person_values(make.person(f"Người {n}")) for n in range(30)])
        uow.update_many(
            people.Person,
            {ids[0]: {"notes": ("", "a"), "full_name": ("Người 0", "Người Không")}, ids[1]: {"notes": ("", "b")}},
        )
        uow.delete_many(people.Person, ids[20:])
        assert uow.insert_many(people.Person, []) == []

    make.workspace.write(many)
    assert len(everything(make.workspace)["person"]) == 20
    assert make.workspace.read(journal_proof.verify_journal) == []
    step = make.workspace.read(history.next_undo)
    assert step is not None
    assert step.changes == 30 + 3 + 10
    make.workspace.write(history.undo, step.txn)
    assert everything(make.workspace) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=st.lists(st.text(max_size=20).filter(str.strip), min_size=1, max_size=4))
def test_do_then_undo_is_the_same_file(make: Make, notes: list[str]) -> None:
    household = make.household()
    before = everything(make.workspace)
    done = 0
    for note in notes:
        member = make.view(household).members[0]
        if member.person.notes != note.strip():
            make.workspace.write(
                people.correct_person, member.person_id, member.person_version, replace(member.person, notes=note)
            )
            done += 1
    for _step in range(done):
        step = make.workspace.read(history.next_undo)
        assert step is not None
        make.workspace.write(history.undo, step.txn)
    assert everything(make.workspace) == before


def test_papers_are_part_of_a_households_history(make: Make) -> None:
    assert Certificate.__tablename__ == "certificate"
    assert all(step_names.action_label(code) for code in step_names.ACTIONS)
    assert step_names.action_label("unnamed") == "unnamed"


def test_a_long_history_is_read_with_as_many_questions_as_a_short_one(make: Make) -> None:
    household = make.household("Lê Văn Tư")

    def reading() -> tuple[list[history.Event], int]:
        asked: list[str] = []

        def read(uow: UnitOfWork) -> list[history.Event]:
            engine = uow.session.get_bind()
            listen(engine, "before_cursor_execute", heard)
            try:
                return history.household_events(uow, household)
            finally:
                remove(engine, "before_cursor_execute", heard)

        def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        return make.workspace.read(read), len(asked)

    def call(number: int) -> None:
        present = make.view(household).members[0]
        data = replace(present.person, phone=f"090100000{number}")
        make.workspace.write(people.correct_person, present.person_id, present.person_version, data)

    call(0)
    _few_events, few = reading()
    for number in range(1, 6):
        call(number)
    events, many = reading()
    assert [event.subject for event in events[:5]] == ["Lê Văn Tư"] * 5
    assert events[-1].subject == make.view(household).code
    assert many == few

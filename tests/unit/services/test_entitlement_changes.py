"""A change of class: which support ends and begins, and one task for each, opened once."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.offices import DecisionData
from casemgr.jobs import Cancelled
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import classes, entitlement_changes, entitlements, households, programmes, tasks
from casemgr.workspace import Workspace
from tests.support import surveyed
from tests.support.support import TODAY, Supported

DECIDED = date(2026, 12, 12)


@pytest.fixture
def supported(workspace: Workspace) -> Supported:
    return Supported(workspace)


@pytest.fixture
def household(supported: Supported) -> UUID:
    """A near-poor household with a woman of 72 who draws the social pension, her son and a pupil."""
    made = supported.household("birth=1954-03-01", "birth=1985;labour=able", "birth=2015;school=primary")
    supported.of_class(made, "near_poor")
    grandmother = supported.people(made)[0]
    supported.note(made, grandmother, "pension=no")
    supported.enrolled("HTXH", made, grandmother, from_on=date(2025, 8, 1))
    supported.commune("commune_hard=no;commune_coastal=no;commune_poor=no")
    return made


def test_leaving_the_list_ends_the_pension_of_the_seventies(supported: Supported, household: UUID) -> None:
    ends, begins = supported.workspace.read(
        entitlements.class_effects, household, HouseholdClass.NEAR_POOR, HouseholdClass.ESCAPED_NEAR_POOR, DECIDED
    )
    ended = {(one.programme, one.person_id) for one in ends}
    grandmother, *others = supported.people(household)
    assert ("HTXH", grandmother) in ended
    assert {person for code, person in ended if code == "BHYT-HCN"} == {grandmother, *others}
    assert ("TD-HCN", None) in ended
    started = {one.programme: one for one in begins}
    assert started["TD-HMTN"].amount == 100_000_000
    assert started["TD-HMTN"].sure
    pension = next(one for one in ends if one.programme == "HTXH")
    assert (pension.receiving, pension.citation) == (True, "Nghị định số 176/2025/NĐ-CP")


def test_falling_back_begins_what_the_poor_have(supported: Supported, household: UUID) -> None:
    ends, begins = supported.workspace.read(
        entitlements.class_effects, household, HouseholdClass.NEAR_POOR, HouseholdClass.POOR, DECIDED
    )
    started = {one.programme for one in begins}
    assert {"BHYT-HN", "CPHT", "DIEN", "TD-HN"} <= started
    assert "HTXH" not in started | {one.programme for one in ends}
    assert {"BHYT-HCN", "TD-HCN"} <= {one.programme for one in ends}


def test_what_cannot_be_said_is_to_be_checked(supported: Supported) -> None:
    made = supported.household("birth=1955")
    supported.of_class(made, "none")
    _ends, begins = supported.workspace.read(
        entitlements.class_effects, made, HouseholdClass.NONE, HouseholdClass.NEAR_POOR, TODAY
    )
    pension = next(one for one in begins if one.programme == "HTXH")
    assert (pension.sure, pension.amount) == (False, None)


def test_every_change_becomes_one_task(supported: Supported, household: UUID) -> None:
    supported.of_class(household, f"escaped_near_poor@{DECIDED}")
    opened = supported.workspace.write(entitlements.open_tasks, [household], DECIDED, None)
    told = supported.workspace.read(tasks.of_household, household)
    assert len(told) == opened
    by_programme = {(one.data.programme, one.data.kind): one for one in told}
    pension = by_programme["HTXH", tasks.END_SUPPORT]
    assert pension.data.title.endswith("Trợ cấp hưu trí xã hội")
    assert pension.data.due_on == DECIDED + timedelta(days=10)
    assert pension.person == supported.make.view(household).members[0].person.full_name
    cards = by_programme["BHYT-HCN", tasks.END_SUPPORT]
    assert cards.data.person_id is None
    assert "(3 " in cards.data.title
    assert ("TD-HMTN", tasks.BEGIN_SUPPORT) in by_programme
    assert ("TD-HCN", tasks.END_SUPPORT) not in by_programme  # a loan is repaid, not stopped
    found = supported.workspace.read(programmes.catalogue)
    assert all(found.programme(code).follow for code, _kind in by_programme)


def test_tasks_are_opened_once_and_only_for_changed_classes(supported: Supported, household: UUID) -> None:
    other = supported.household("birth=1954")
    supported.of_class(other, "near_poor")
    write = supported.workspace.write
    assert write(entitlements.open_tasks, [household, other], DECIDED, None) == 0
    supported.of_class(household, f"escaped_near_poor@{DECIDED}")
    assert write(entitlements.open_tasks, [household, other], DECIDED, None) > 0
    assert write(entitlements.open_tasks, [household, other], DECIDED, None) == 0
    assert supported.workspace.read(tasks.of_household, other) == []
    assert write(entitlements.open_tasks, [], DECIDED, None) == 0


def test_the_class_before_is_the_one_the_review_started_from(supported: Supported, household: UUID) -> None:
    """A decision of the same year writes over the class; its review still knows what it was."""
    supported.of_class(household, f"near_poor@2025-12-12|escaped_near_poor@{DECIDED}")
    write, read = supported.workspace.write, supported.workspace.read
    decision = write(classes.record_decision, DecisionData("45/QĐ-UBND", DECIDED, 2026))
    write(_decided, household, decision)
    other = supported.household("birth=1954")
    supported.of_class(other, f"near_poor@2025-12-12|poor@{DECIDED}")
    assert write(entitlements.open_tasks, [household], DECIDED, decision) == 0
    assert write(entitlements.open_tasks, [household, other], DECIDED, decision) > 0
    of_both = [{one.data.programme for one in read(tasks.of_household, one)} for one in (household, other)]
    assert of_both[0] == set()  # by its review it was on no list before, whatever stood in the year now written over
    assert "BHYT-HN" in of_both[1]
    assert {one.data.cause_id for one in read(tasks.of_household, other)} == {decision}


def _decided(uow: UnitOfWork, household: UUID, decision: UUID) -> None:
    uow.name_step("household.open", undoable=False)
    row = surveyed.case(
        surveyed.campaign(uow), household, state="decided", opening_class="none", decision_id=decision,
        decided_on=DECIDED, result_class="escaped_near_poor",
    )  # fmt: skip
    uow.insert_many(ReviewCase, [row])


def test_nobody_left_is_no_reason_for_a_task(supported: Supported, household: UUID) -> None:
    view = supported.make.view(household)
    supported.workspace.write(
        households.end_household, household, view.version, on=date(2026, 11, 20), reason=EndReason.MOVED
    )
    assert supported.workspace.write(entitlements.open_tasks, [household], DECIDED, None) == 0


# ---- many changes at once


def test_many_changes_tell_what_each_of_them_tells_alone(supported: Supported, household: UUID) -> None:
    """The same programmes begin and end as for one household after the other."""
    pupil = supported.household("birth=1990", "birth=2014;school=primary")
    open_one = supported.household("birth=1955")
    for one in (pupil, open_one):
        supported.of_class(one, "none")
    changes = [
        (household, HouseholdClass.NEAR_POOR, HouseholdClass.NONE),
        (pupil, HouseholdClass.NONE, HouseholdClass.POOR),
        (open_one, HouseholdClass.NONE, HouseholdClass.NEAR_POOR),
    ]
    read = supported.workspace.read
    sure: set[tuple[str, UUID]] = set()
    may: set[tuple[str, UUID]] = set()
    ended: set[tuple[str, UUID]] = set()
    for one, old, new in changes:
        ends, begins = read(entitlements.class_effects, one, old, new, DECIDED)
        ended |= {(each.programme, one) for each in ends}
        sure |= {(each.programme, one) for each in begins if each.sure}
        may |= {(each.programme, one) for each in begins if not each.sure}
    told = read(entitlement_changes.effects, changes, DECIDED)
    assert {(one.programme, home) for one in told for home in one.begins} == sure
    assert {(one.programme, home) for one in told for home in one.may_begin} == may - sure
    assert {(one.programme, home) for one in told for home in one.ends} == ended
    assert sure
    assert may - sure
    assert ended
    cards = next(one for one in told if one.programme == "BHYT-HCN")
    assert (len(cards.ends), cards.ends_for) == (1, 3)
    order = list(read(programmes.catalogue).programmes)
    assert [one.programme for one in told] == sorted((one.programme for one in told), key=order.index)


def test_all_households_at_once_tell_the_same(
    supported: Supported, household: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From many on everybody is read in one pass; who does not change is left out."""
    other = supported.household("birth=1954")
    supported.of_class(other, "near_poor")
    changes = [(household, HouseholdClass.NEAR_POOR, HouseholdClass.POOR)]
    in_parts = supported.workspace.read(entitlement_changes.effects, changes, DECIDED)
    monkeypatch.setattr(entitlement_changes, "_ALL_FROM", 0)
    assert supported.workspace.read(entitlement_changes.effects, changes, DECIDED) == in_parts
    assert all(set(one.begins) | set(one.may_begin) | set(one.ends) == {household} for one in in_parts)


def test_weighing_many_can_be_stopped_and_nobody_changes_nothing(supported: Supported, household: UUID) -> None:
    def stop(done: int, total: int, message: str) -> None:
        raise Cancelled

    changes = [(household, HouseholdClass.NEAR_POOR, HouseholdClass.POOR)]
    with pytest.raises(Cancelled):
        supported.workspace.read(entitlement_changes.effects, changes, DECIDED, stop)
    assert supported.workspace.read(entitlement_changes.effects, [], DECIDED) == ()

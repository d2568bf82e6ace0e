"""Tests of cards: one at a time, the best benefit, lists pasted, who has none, increases and decreases (C24)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import ClassData, EndReason, HouseholdClass
from casemgr.domain.insurance import OTHER_GROUP, CardData, CardState, Cause, ChangeKind
from casemgr.domain.people import LeaveReason, Relation
from casemgr.errors import ValidationError
from casemgr.services import classes, conditions, history, households, insurance, insurance_lists, members, people
from casemgr.services.insurance_lists import CoverageQuery
from casemgr.services.members import NewMember
from casemgr.services.programmes import shipped_catalogue
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)


@pytest.fixture
def poor(make: Make) -> UUID:
    child = NewMember(make.person("Nguyễn Văn Nam", birth=PartialDate(2015, 9, 2)), Relation.CHILD)
    household = make.household(make.person("Nguyễn Thị Á", id_number="083179000001"), child)
    make.poor(household)
    return household


def head(make: Make, household: UUID) -> UUID:
    return make.view(household).members[0].person_id


def card(person: UUID, group: str = "BHYT-HN", year: int = 2026, **values: object) -> CardData:
    plain = {"number": "8312345678", "valid_from": date(year, 1, 1), "valid_to": date(year, 12, 31)}
    return CardData(person_id=person, group=group, **plain | values)  # type: ignore[arg-type] # names of CardData


def test_a_card_makes_the_person_insured_for_the_review(workspace: Workspace, make: Make, poor: UUID) -> None:
    person = head(make, poor)
    workspace.write(insurance.keep_card, None, None, card(person, facility=" Trạm y tế  xã "))
    (view,) = workspace.read(insurance.cards_of, person)
    assert (view.data.facility, view.household_class) == ("Trạm y tế xã", "poor")
    assert "hộ nghèo" in view.group_name
    assert workspace.read(conditions.conditions, poor)[person].insured is True
    assert make.view(poor).members[0].person.insurance_number == "8312345678"
    assert workspace.read(insurance.insured_on, [person], date(2026, 12, 31)) == {person: True}
    assert workspace.read(insurance.insured_on, [person], date(2027, 1, 1)) == {person: False}
    workspace.write(insurance.end_card, view.id, view.version, on=date(2026, 10, 31))
    assert workspace.read(conditions.conditions, poor)[person].insured is False


def test_undo_takes_card_and_condition_back(workspace: Workspace, make: Make, poor: UUID) -> None:
    person = head(make, poor)
    workspace.write(insurance.keep_card, None, None, card(person))
    step = workspace.read(history.next_undo)
    assert step is not None
    workspace.write(history.undo, step.txn)
    assert workspace.read(insurance.cards_of, person) == []
    assert workspace.read(conditions.conditions, poor)[person].insured is None


def test_a_better_card_takes_the_place_of_the_lesser(workspace: Workspace, make: Make, poor: UUID) -> None:
    person = head(make, poor)
    workspace.write(insurance.keep_card, None, None, card(person, "BHYT-HCN"))
    workspace.write(insurance.keep_card, None, None, card(person, valid_from=date(2026, 7, 1), valid_to=None))
    new, old = workspace.read(insurance.cards_of, person)
    assert (old.data.group, old.data.valid_to) == ("BHYT-HCN", date(2026, 6, 30))
    assert new.data.group == "BHYT-HN"


def test_a_lesser_card_does_not_end_a_better_one_unless_told(workspace: Workspace, make: Make, poor: UUID) -> None:
    person = head(make, poor)
    workspace.write(insurance.keep_card, None, None, card(person))
    lesser = card(person, "BHYT-HCN", valid_from=date(2026, 7, 1))
    with pytest.raises(ValidationError) as told:
        workspace.write(insurance.keep_card, None, None, lesser)
    assert told.value.problems[0].field == "group"
    workspace.write(insurance.keep_card, None, None, lesser, ends_better=True)
    assert len(workspace.read(insurance.cards_of, person)) == 2


def test_shares_of_the_premium_follow_the_catalogue() -> None:
    found = shipped_catalogue()
    shares = {code: insurance.percent_of(found, code, TODAY) for code in insurance.card_groups(found)}
    assert shares == {"BHYT-HN": 100, "BHYT-HCN": 70, "BHYT-NDTB": 30}
    assert insurance.percent_of(found, OTHER_GROUP, TODAY) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": "12"}, "number"),
        ({"group": "TD-HN"}, "group"),
        ({"valid_to": date(2025, 12, 31)}, "valid_to"),
        ({"payer_percent": 101}, "payer_percent"),
    ],
)
def test_what_is_wrong_is_refused_with_its_field(
    workspace: Workspace, make: Make, poor: UUID, values: dict[str, object], field: str
) -> None:
    data = card(head(make, poor), **{"group": "BHYT-HN"} | values)  # type: ignore[arg-type] # names of CardData
    with pytest.raises(ValidationError) as told:
        workspace.write(insurance.keep_card, None, None, data)
    assert [problem.field for problem in told.value.problems] == [field]


def test_two_cards_never_begin_on_days_of_each_other(workspace: Workspace, make: Make, poor: UUID) -> None:
    person = head(make, poor)
    workspace.write(insurance.keep_card, None, None, card(person, valid_from=date(2026, 7, 1)))
    with pytest.raises(ValidationError) as told:
        workspace.write(insurance.keep_card, None, None, card(person))
    assert told.value.problems[0].field == "valid_from"
    assert "01/07/2026" in told.value.problems[0].message


def test_a_card_is_corrected_but_stays_with_its_person(workspace: Workspace, make: Make, poor: UUID) -> None:
    person, child = (member.person_id for member in make.view(poor).members)
    kept = workspace.write(insurance.keep_card, None, None, card(person))
    (view,) = workspace.read(insurance.cards_of, person)
    workspace.write(insurance.keep_card, kept, view.version, card(person, number="8312345679"))
    assert workspace.read(insurance.cards_of, person)[0].data.number == "8312345679"
    with pytest.raises(ValidationError):
        workspace.write(insurance.keep_card, kept, None, card(child))


def test_nobody_gets_a_card_after_death(workspace: Workspace, make: Make, poor: UUID) -> None:
    view = make.view(poor).members[1]
    workspace.write(
        members.leave, view.membership_id, view.membership_version, on=date(2025, 12, 1), reason=LeaveReason.DIED
    )
    with pytest.raises(ValidationError):
        workspace.write(insurance.keep_card, None, None, card(view.person_id))


def lines(*more: list[str]) -> list[list[str]]:
    titles = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Thôn, ấp", "Số thẻ", "Nhóm", "Từ ngày", "Đến ngày"]
    return [titles, *more]


def test_a_pasted_list_finds_people_by_number_then_by_name_birth_and_hamlet(
    workspace: Workspace, make: Make, poor: UUID
) -> None:
    make.household("Trần Văn Bền", hamlet="Quân An")
    make.household("Trần Văn Bền", hamlet="Phú Nhơn")
    rows = lines(
        ["1", "NGUYỄN THỊ Á", "1979", "083179000001", "", "8312345678", "HN", "01/01/2026", "31/12/2026"],
        ["2", "Trần Văn Bền", "05/03/1979", "", "Quân An", "8312345679", "HCN", "01/01/2026", ""],
        ["3", "Trần Văn Bền", "05/03/1979", "", "", "8312345670", "HCN", "01/01/2026", ""],
        ["4", "Người Lạ", "1990", "", "", "8312345671", "HN", "01/01/2026", ""],
        ["5", "Nguyễn Thị Á", "1979", "083179000001", "", "8312345672", "HN", "01/01/2026", "31/12/2026"],
        ["6", "Người Lạ", "1990", "083179000009", "", "12", "HN", "01/01/2026", ""],
    )
    found = workspace.read(insurance.read_list, rows)
    assert [match.data is not None for match in found] == [True, True, False, False, False, False]
    assert found[0].person == "Nguyễn Thị Á"
    assert "2" in found[4].problem
    kept = workspace.write(insurance.keep_many, [match.data for match in found if match.data is not None])
    assert len(kept) == 2
    again = workspace.read(insurance.read_list, rows[:2])
    assert again[0].data is None
    assert again[0].problem


def test_a_list_that_does_not_fit_writes_nothing(workspace: Workspace, make: Make, poor: UUID) -> None:
    first, second = (member.person_id for member in make.view(poor).members)
    with pytest.raises(ValidationError, match="Nguyễn Văn Nam"):
        workspace.write(insurance.keep_many, [card(first), card(second, number="12")])
    assert workspace.read(insurance.cards_of, first) == []


def test_who_has_none_and_whose_card_ends(workspace: Workspace, make: Make, poor: UUID) -> None:
    near = make.household("Lê Thị Cẩm", hamlet="Quân An")
    make.poor(near, value=HouseholdClass.NEAR_POOR)
    make.household("Võ Văn Kỳ")
    workspace.write(insurance.keep_card, None, None, card(head(make, poor)))
    workspace.write(insurance.keep_card, None, None, card(head(make, near), "BHYT-HCN", valid_to=date(2027, 12, 31)))
    rows = workspace.read(insurance_lists.coverage, CoverageQuery())
    assert [(row.who.name, row.group, row.state) for row in rows] == [
        ("Nguyễn Thị Á", "BHYT-HN", CardState.ENDING),
        ("Nguyễn Văn Nam", "BHYT-HN", CardState.NONE),
        ("Lê Thị Cẩm", "BHYT-HCN", CardState.VALID),
    ]
    assert insurance_lists.counts(rows)[CardState.NONE] == 1
    find = insurance_lists.coverage
    assert len(workspace.read(find, CoverageQuery(states=("none",)))) == 1
    assert len(workspace.read(find, CoverageQuery(groups=("BHYT-HCN",)))) == 1
    assert len(workspace.read(find, CoverageQuery(text="nam"))) == 1
    assert len(workspace.read(find, CoverageQuery(hamlets=(make.hamlet("Quân An"),)))) == 1
    assert next(row.state for row in workspace.read(find, CoverageQuery(within=10))) is CardState.VALID


def test_increases_and_decreases_between_two_days(workspace: Workspace, make: Make, poor: UUID) -> None:
    """The list C24 after a year: a household came, one left, one changed its group, a child was born, somebody died."""
    came = make.household("Trần Văn Bền")
    left = make.household("Lê Thị Cẩm")
    changed = make.household("Phạm Văn Đẹp")
    gone = make.household("Võ Văn Kỳ")
    for household in (left, changed, gone):
        make.poor(household, 2025)
    make.poor(poor, 2025)
    make.poor(came, 2026)
    workspace.write(classes.set_class, left, ClassData(2026, HouseholdClass.ESCAPED_POOR, since=date(2025, 12, 20)))
    make.poor(changed, 2026, HouseholdClass.NEAR_POOR)
    baby = NewMember(
        make.person("Nguyễn Thị Tí", birth=PartialDate(2026, 4, 5)), Relation.CHILD, joined_on=date(2026, 4, 5)
    )
    workspace.write(members.add_member, poor, baby)
    child = make.view(poor).members[1]
    workspace.write(
        members.leave, child.membership_id, child.membership_version, on=date(2026, 5, 6), reason=LeaveReason.MOVED
    )
    view = make.view(gone)
    workspace.write(households.end_household, gone, view.version, on=date(2026, 3, 1), reason=EndReason.MOVED)
    found = workspace.read(insurance_lists.changes, date(2025, 12, 1), date(2026, 11, 24))
    told = {(change.kind, change.who.name, change.cause, change.group) for change in found}
    assert told == {
        (ChangeKind.INCREASE, "Trần Văn Bền", Cause.CLASS_BEGAN, "BHYT-HN"),
        (ChangeKind.INCREASE, "Phạm Văn Đẹp", Cause.GROUP, "BHYT-HCN"),
        (ChangeKind.INCREASE, "Nguyễn Thị Tí", Cause.BORN, "BHYT-HN"),
        (ChangeKind.DECREASE, "Lê Thị Cẩm", Cause.CLASS_ENDED, "BHYT-HN"),
        (ChangeKind.DECREASE, "Phạm Văn Đẹp", Cause.GROUP, "BHYT-HN"),
        (ChangeKind.DECREASE, "Nguyễn Văn Nam", Cause.LEFT, "BHYT-HN"),
        (ChangeKind.DECREASE, "Võ Văn Kỳ", Cause.HOUSEHOLD_ENDED, "BHYT-HN"),
    }
    assert [change.kind for change in found] == sorted((change.kind for change in found), reverse=True)
    assert workspace.read(insurance_lists.changes, TODAY, TODAY) == []


def test_what_the_review_knows_is_made_to_agree_for_all(workspace: Workspace, make: Make, poor: UUID) -> None:
    person = head(make, poor)
    workspace.write(insurance.keep_card, None, None, card(person))
    known = workspace.read(conditions.conditions, poor)
    workspace.write(conditions.keep_conditions, poor, {person: replace(known[person], insured=False)})
    assert workspace.write(insurance.agree) == 1
    assert workspace.write(insurance.agree) == 0
    assert workspace.read(conditions.conditions, poor)[person].insured is True
    assert workspace.read(people.person, person)[1].insurance_number == "8312345678"


def test_an_earlier_day_names_who_lived_there_and_the_card_of_then(
    workspace: Workspace, make: Make, poor: UUID
) -> None:
    mother, child = (member.person_id for member in make.view(poor).members)
    workspace.write(insurance.keep_card, None, None, CardData(child, "8312345678", "BHYT-HN", date(2025, 12, 12)))
    card = workspace.read(insurance.cards_of, child)[0]
    workspace.write(insurance.end_card, card.id, card.version, on=date(2026, 6, 30))
    place = make.view(poor).members[1]
    workspace.write(
        members.leave, place.membership_id, place.membership_version, on=date(2026, 7, 1), reason=LeaveReason.MOVED
    )
    then = workspace.read(insurance_lists.coverage, CoverageQuery(), date(2026, 6, 1))
    assert {row.who.person_id: row.state for row in then} == {mother: CardState.NONE, child: CardState.ENDING}
    now = workspace.read(insurance_lists.coverage, CoverageQuery())
    assert [row.who.person_id for row in now] == [mother]

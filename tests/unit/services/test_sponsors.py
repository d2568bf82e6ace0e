"""Sponsors as the officer keeps them: a promise, what came of it, gifts beside it, an end with its reason."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.sponsors import SponsorData, SponsorshipData, SponsorshipStatus
from casemgr.domain.support import DeliveryStatus
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import history, sponsor_giving, sponsors
from casemgr.services.sponsors import SponsorQuery
from casemgr.workspace import Workspace
from tests.support.giving import plant
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)


@pytest.fixture
def sponsor(workspace: Workspace) -> UUID:
    return workspace.write(
        sponsors.keep_sponsor, SponsorData("Công ty TNHH Dừa Xanh", "enterprise", "Chị Hạnh", "0912 345 678")
    )


def promised(workspace: Workspace, sponsor: UUID, household: UUID, **values: object) -> UUID:
    usual = {
        "form": "cash",
        "amount": 500_000,
        "from_on": date(2026, 1, 10),
        "status": SponsorshipStatus.RUNNING,
    }
    data = SponsorshipData(sponsor, household, **{**usual, **values})  # type: ignore[arg-type]  # each test names its own fields
    return workspace.write(sponsors.keep_sponsorship, data)


def problems(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return [problem.field for problem in error.value.problems]


def test_a_promise_is_compared_with_what_came(workspace: Workspace, make: Make, sponsor: UUID) -> None:
    home, other = make.household("Nguyễn Thị Á"), make.household("Lê Văn Tư", hamlet="Quân An")
    first = promised(workspace, sponsor, home)
    promised(workspace, sponsor, other, rhythm_months=3)
    for month in range(1, 10):
        workspace.write(plant, first, date(2026, month, 12), 500_000)
    workspace.write(plant, first, date(2026, 10, 12), 500_000, status=DeliveryStatus.CANCELLED)
    workspace.write(plant, first, date(2026, 10, 13), 100_000, goods_value=50_000, status=DeliveryStatus.DELIVERED)
    row = workspace.read(sponsors.sponsorship, first, TODAY)
    assert (row.standing.times, row.standing.received, row.standing.arrears) == (11, 4_650_000, 850_000)
    assert (row.sponsor, row.head, row.hamlet, row.active, row.gift) == (
        "Công ty TNHH Dừa Xanh",
        "Nguyễn Thị Á",
        "Ấp Phú Nhơn",
        True,
        False,
    )
    (line,) = workspace.read(sponsors.rows, SponsorQuery(), TODAY)
    assert (line.households, line.expected, line.received) == (2, 5_500_000 + 2_000_000, 4_650_000)
    assert line.arrears == 850_000 + 2_000_000
    assert [given.value for given in workspace.read(sponsors.given, first)][:2] == [150_000, 500_000]
    assert [row.id for row in workspace.read(sponsors.of_household, home, TODAY)] == [first]


def test_a_household_with_two_sponsors_is_sponsored_once_and_a_gift_is_no_sponsoring(
    workspace: Workspace, make: Make, sponsor: UUID
) -> None:
    home, other = make.household(), make.household("Lê Văn Tư")
    second = workspace.write(sponsors.keep_sponsor, SponsorData("Bà Nguyễn Thị Mai", "person"))
    promised(workspace, sponsor, home)
    promised(workspace, second, home, person_id=make.view(home).members[0].person_id)
    gift = promised(
        workspace,
        second,
        other,
        amount=0,
        rhythm_months=0,
        form="gifts",
        to_on=date(2026, 1, 10),
        status=SponsorshipStatus.ENDED,
    )
    workspace.write(plant, gift, date(2026, 1, 10), 0, goods_value=300_000)
    assert workspace.read(sponsors.sponsored, TODAY) == {home}
    assert workspace.read(sponsors.sponsored, date(2026, 1, 9)) == frozenset()
    view = workspace.read(sponsors.view, second, TODAY)
    assert [(row.gift, row.person) for row in view.sponsorships] == [(False, "Nguyễn Thị Á"), (True, "")]
    line = next(row for row in workspace.read(sponsors.rows, SponsorQuery(kinds=("person",)), TODAY))
    assert (line.gifts, line.households) == (300_000, 1)


def test_giving_by_kind_of_sponsor_sums_to_what_was_given(workspace: Workspace, make: Make, sponsor: UUID) -> None:
    home = make.household()
    promise = promised(workspace, sponsor, home)
    gift = promised(
        workspace, sponsor, home, amount=0, rhythm_months=0, to_on=date(2026, 5, 1), status=SponsorshipStatus.ENDED
    )
    workspace.write(plant, promise, date(2026, 2, 1), 500_000)
    workspace.write(plant, promise, date(2025, 12, 31), 500_000)
    workspace.write(plant, gift, date(2026, 5, 1), 0, goods_value=200_000)
    found = {line.kind: line for line in workspace.read(sponsor_giving.giving, date(2026, 1, 1), date(2026, 12, 31))}
    made = found["enterprise"]
    assert (made.money, made.goods, made.households, made.sponsors) == (500_000, 200_000, 1, 1)
    assert (made.promised, made.kept) == (12 * 500_000, 500_000)
    assert found["person"].money == 0


def test_the_list_is_narrowed_by_letters_and_by_arrears(workspace: Workspace, make: Make, sponsor: UUID) -> None:
    workspace.write(sponsors.keep_sponsor, SponsorData("Hội Phụ nữ xã"))
    promised(workspace, sponsor, make.household())
    names = [row.name for row in workspace.read(sponsors.rows, SponsorQuery(text="dua xanh"), TODAY)]
    assert names == ["Công ty TNHH Dừa Xanh"]
    late = workspace.read(sponsors.rows, SponsorQuery(in_arrears=True), TODAY)
    assert [row.name for row in late] == ["Công ty TNHH Dừa Xanh"]


def test_a_sponsor_needs_a_name_of_its_own_and_a_real_phone(workspace: Workspace, sponsor: UUID) -> None:
    with pytest.raises(ValidationError) as refused:
        workspace.write(sponsors.keep_sponsor, SponsorData("công ty tnhh dừa  xanh", "club", phone="123"))
    assert problems(refused) == ["name", "kind", "phone"]
    with pytest.raises(ValidationError) as refused:
        workspace.write(sponsors.keep_sponsor, SponsorData(" "))
    assert problems(refused) == ["name"]


def test_a_correction_of_what_somebody_else_changed_is_refused(workspace: Workspace, sponsor: UUID) -> None:
    view = workspace.read(sponsors.view, sponsor, TODAY)
    corrected = replace(view.data, contact="Anh Bình")
    workspace.write(sponsors.keep_sponsor, corrected, sponsor_id=sponsor, version=view.version)
    assert workspace.read(sponsors.view, sponsor, TODAY).data.contact == "Anh Bình"
    with pytest.raises(ConflictError):
        workspace.write(sponsors.keep_sponsor, corrected, sponsor_id=sponsor, version=view.version)


def test_a_promise_is_checked(workspace: Workspace, make: Make, sponsor: UUID) -> None:
    home, other = make.household(), make.household("Lê Văn Tư")
    stranger = make.view(other).members[0].person_id
    with pytest.raises(ValidationError) as refused:
        promised(workspace, sponsor, home, form="gold", amount=-1, from_on=None, person_id=stranger)
    assert problems(refused) == ["form", "amount", "from_on", "person_id"]
    with pytest.raises(ValidationError) as refused:
        promised(workspace, sponsor, home, to_on=date(2026, 1, 1))
    assert problems(refused) == ["to_on"]
    with pytest.raises(ValidationError) as refused:
        promised(workspace, sponsor, home, status=SponsorshipStatus.ENDED)
    assert problems(refused) == ["to_on", "end_reason"]


def test_a_promise_stays_with_its_household_and_its_state_only_goes_on(
    workspace: Workspace, make: Make, sponsor: UUID
) -> None:
    promise = promised(workspace, sponsor, make.household())
    row = workspace.read(sponsors.sponsorship, promise, TODAY)
    ended = replace(row.data, status=SponsorshipStatus.ENDED, to_on=date(2026, 10, 31), end_reason="Hộ đã thoát nghèo")
    other = replace(row.data, household_id=make.household("Lê Văn Tư"))
    with pytest.raises(ValidationError) as refused:
        workspace.write(sponsors.keep_sponsorship, other, sponsorship_id=promise, version=row.version)
    assert problems(refused) == ["household_id"]
    workspace.write(sponsors.keep_sponsorship, ended, sponsorship_id=promise, version=row.version)
    assert workspace.read(sponsors.sponsored, TODAY) == frozenset()
    assert len(workspace.read(sponsors.sponsored, date(2026, 10, 31))) == 1
    with pytest.raises(ValidationError) as refused:
        workspace.write(sponsors.keep_sponsorship, row.data, sponsorship_id=promise, version=row.version + 1)
    assert problems(refused) == ["status"]


def test_a_pause_is_not_owed(workspace: Workspace, make: Make, sponsor: UUID) -> None:
    home = make.household()
    promise = promised(workspace, sponsor, home)
    row = workspace.read(sponsors.sponsorship, promise, TODAY)
    with pytest.raises(ValidationError) as refused:
        workspace.write(sponsors.resume, promise, row.version, TODAY)
    assert problems(refused) == ["status"]
    paused = replace(row.data, status=SponsorshipStatus.PAUSED, to_on=date(2026, 3, 31), end_reason="Gặp khó khăn")
    workspace.write(sponsors.keep_sponsorship, paused, sponsorship_id=promise, version=row.version)
    with pytest.raises(ValidationError) as refused:
        workspace.write(sponsors.resume, promise, row.version + 1, date(2026, 3, 31))
    assert problems(refused) == ["from_on"]
    again = workspace.write(sponsors.resume, promise, row.version + 1, date(2026, 10, 10))
    lines = {line.id: line for line in workspace.read(sponsors.of_household, home, TODAY)}
    assert lines[promise].data.status is SponsorshipStatus.ENDED
    assert lines[again].data.status is SponsorshipStatus.RUNNING
    assert sum(line.standing.times for line in lines.values()) == 3 + 2
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "sponsorship.keep"
    workspace.write(history.undo, step.txn)
    assert [line.data.status for line in workspace.read(sponsors.of_household, home, TODAY)] == [
        SponsorshipStatus.PAUSED
    ]

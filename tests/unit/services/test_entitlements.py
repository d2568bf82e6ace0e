"""Entitlements beside what is received: overlaps, once in a lifetime, cards, papers; one household and all agree."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from casemgr.domain.households import EndReason
from casemgr.domain.people import LeaveReason
from casemgr.domain.support import DeliveryStatus, EnrolmentStatus
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import entitlements, households, members, programmes
from casemgr.services.entitlements import Outcome
from casemgr.workspace import Workspace
from tests.support.support import TODAY, Supported


@pytest.fixture
def supported(workspace: Workspace) -> Supported:
    return Supported(workspace)


def _all(supported: Supported, on: date = TODAY, **options: object) -> list[Outcome]:
    def collected(uow: UnitOfWork) -> list[Outcome]:
        return list(entitlements.of_all(uow, on, **options))  # type: ignore[arg-type]

    return supported.workspace.read(collected)


def test_a_place_in_the_programme_says_it_is_received(supported: Supported) -> None:
    household = supported.household("birth=1950")
    person = supported.people(household)[0]
    supported.note(household, person, "pension=no")
    told = supported.entitled(household, "HTXH", person=person)
    assert told is not None
    assert (told.result, told.receiving, bool(told.papers)) == (True, False, True)
    supported.enrolled("HTXH", household, person, from_on=date(2025, 8, 1))
    told = supported.entitled(household, "HTXH", person=person)
    assert told is not None
    assert (told.result, told.receiving, told.papers) == (True, True, ())
    before = supported.entitled(household, "HTXH", date(2025, 7, 31), person)
    assert before is not None
    assert not before.receiving


@pytest.mark.parametrize(
    ("status", "to_on", "receiving"),
    [
        (EnrolmentStatus.APPROVED, None, True),
        (EnrolmentStatus.RUNNING, date(2026, 11, 24), True),
        (EnrolmentStatus.RUNNING, date(2026, 11, 23), False),
        (EnrolmentStatus.SUSPENDED, None, False),
        (EnrolmentStatus.ENDED, date(2026, 12, 31), True),
        (EnrolmentStatus.ENDED, None, False),
        (EnrolmentStatus.NEED, None, False),
    ],
)
def test_which_places_are_received(
    supported: Supported, status: EnrolmentStatus, to_on: date | None, receiving: bool
) -> None:
    household = supported.household("birth=1950")
    person = supported.people(household)[0]
    supported.enrolled("HTXH", household, person, status=status, to_on=to_on)
    told = supported.entitled(household, "HTXH", person=person)
    assert told is not None
    assert told.receiving is receiving


def test_the_higher_of_pension_and_allowance_with_the_reason(supported: Supported) -> None:
    household = supported.household("birth=1950;disability=severe")
    person = supported.people(household)[0]
    supported.note(household, person, "pension=no")
    pension, allowance = (supported.entitled(household, code, person=person) for code in ("HTXH", "TCXH"))
    assert pension is not None
    assert allowance is not None
    assert (pension.result, allowance.result, allowance.amount) == (False, True, 1_000_000)
    assert pension.reason[0].endswith("chỉ hưởng mức cao hơn.")


def test_once_in_a_lifetime_is_closed_by_what_was_handed_over(supported: Supported) -> None:
    household = supported.household()
    supported.note(household, supported.people(household)[0], "water_listed=yes")
    supported.delivered("NUOC-PT", household, on=date(2024, 5, 6))
    told = supported.entitled(household, "NUOC-PT")
    assert told is not None
    assert (told.result, told.received_on, told.amount) == (False, date(2024, 5, 6), None)
    assert told.reason[0].startswith("Nước sinh hoạt phân tán chỉ hỗ trợ một lần")
    assert "06/05/2024" in told.reason[1]
    assert not [one for one in _all(supported, programme="NUOC-PT") if one.household_id == household]
    refused = [one for one in _all(supported, programme="NUOC-PT", refused=True) if one.household_id == household]
    assert [one.result for one in refused] == [False]


def test_what_never_reached_anybody_closes_nothing(supported: Supported) -> None:
    household = supported.household()
    supported.note(household, supported.people(household)[0], "water_listed=yes")
    supported.delivered("NUOC-PT", household, status=DeliveryStatus.CANCELLED.value)
    supported.delivered("NUOC-PT", household, on=TODAY + timedelta(days=1))
    told = supported.entitled(household, "NUOC-PT")
    assert told is not None
    assert (told.result, told.received_on) == (True, None)


def test_the_same_content_from_another_programme_is_told(supported: Supported) -> None:
    household = supported.household()
    head = supported.people(household)[0]
    supported.of_class(household, "poor")
    supported.note(household, head, "house_need=yes")
    supported.delivered("NHA-XNT", household, head, on=date(2025, 6, 1))
    assert [one.result for one in _all(supported, programme="NHA-DDK")] == [True]
    told = supported.entitled(household, "NHA-DDK")
    assert told is not None
    assert told.result is True
    assert any("Cùng nội dung hỗ trợ nhà ở" in one for one in told.conflicts)
    assert any("01/06/2025" in one for one in told.conflicts)


def test_two_productions_at_once_are_told(supported: Supported) -> None:
    household = supported.household()
    supported.of_class(household, "poor")
    supported.enrolled("SK-LK", household, from_on=date(2026, 4, 1))
    told = supported.entitled(household, "SK-CD")
    assert told is not None
    assert any("sản xuất" in one for one in told.conflicts)


def test_a_card_decides_whether_somebody_is_insured(supported: Supported) -> None:
    household = supported.household("birth=1980;insured=yes")
    person = supported.people(household)[0]
    supported.of_class(household, "poor")
    told = supported.entitled(household, "BHYT-HN", person=person)
    assert told is not None
    assert told.receiving
    supported.card(person, "BHYT-HCN", date(2025, 1, 1), date(2025, 12, 31))
    told = supported.entitled(household, "BHYT-HN", person=person)
    assert told is not None
    assert not told.receiving
    supported.card(person, "BHYT-HN", date(2026, 1, 1), date(2026, 12, 31))
    told = supported.entitled(household, "BHYT-HN", person=person)
    assert told is not None
    assert told.receiving


def test_a_recent_payment_of_what_recurs_is_receiving(supported: Supported) -> None:
    household = supported.household()
    supported.of_class(household, "poor")
    supported.delivered("DIEN", household, rule="DIEN-HN", on=TODAY - timedelta(days=184))
    told = supported.entitled(household, "DIEN")
    assert told is not None
    assert told.receiving
    later = supported.entitled(household, "DIEN", TODAY + timedelta(days=1))
    assert later is not None
    assert (later.receiving, later.received_on) == (False, TODAY - timedelta(days=184))
    supported.delivered("KHONG-CON", household)
    assert supported.entitled(household, "DIEN") is not None


def test_a_loan_that_runs_is_received(supported: Supported) -> None:
    household = supported.household()
    supported.of_class(household, "poor")
    supported.loan("TD-HN", household, 50_000_000)
    told = supported.entitled(household, "TD-HN")
    assert told is not None
    assert (told.receiving, told.interest) == (True, 62_400)


def test_papers_on_file_are_not_asked_again(supported: Supported) -> None:
    household = supported.household("birth=1986;disability=severe")
    person = supported.people(household)[0]
    told = supported.entitled(household, "TCXH", person=person)
    assert told is not None
    assert "Giấy xác nhận khuyết tật" not in told.papers
    assert any("Mẫu 1d" in one for one in told.papers)


def test_the_dead_have_no_other_entitlement(supported: Supported) -> None:
    household = supported.household("birth=1940;died=2026-11-01", "birth=1970")
    dead = supported.people(household)[1]
    supported.enrolled("HTXH", household, dead, from_on=date(2025, 7, 1), to_on=date(2026, 11, 30))
    told = supported.workspace.read(entitlements.entitlements, household, TODAY)
    of_dead = {one.programme: one.result for one in told if one.person_id == dead}
    assert of_dead == {"MTP": True, "TGKC": False}


def test_a_household_without_people_or_ended(supported: Supported) -> None:
    household = supported.household()
    supported.of_class(household, "poor")
    workspace = supported.workspace
    view = supported.make.view(household)
    head = view.members[0]
    workspace.write(
        members.leave, head.membership_id, head.membership_version, on=date(2026, 11, 1), reason=LeaveReason.MOVED
    )
    told = workspace.read(entitlements.entitlements, household, TODAY, refused=False)
    assert told
    assert {one.person_id for one in told} == {None}
    assert {one.programme for one in _all(supported)} == {one.programme for one in told}
    workspace.write(households.end_household, household, view.version, on=date(2026, 11, 20), reason=EndReason.MOVED)
    assert workspace.read(entitlements.entitlements, household, TODAY) == []
    assert _all(supported) == []


def test_one_household_and_all_agree(supported: Supported) -> None:
    """The words of each and the marks of all come from the same rules."""
    made: list[UUID] = []
    for told, head, others in (
        ("poor", "birth=1950;disability=severe;ethnic=05", ("birth=2015;school=primary", "birth=1985;labour=able")),
        ("near_poor", "birth=1956", ("birth=2022",)),
        ("poor@2023-12-12|escaped_poor@2024-12-12", "birth=1990;labour=able", ()),
        ("", "birth=1951-11-24", ("birth=2009;work=studying", "birth=2007;work=employed")),
    ):
        household = supported.household(head, *others)
        supported.of_class(household, told, deprivations=("nha_tieu",) if told else ())
        made.append(household)
    supported.note(made[0], supported.people(made[0])[0], "pension=no;house_need=yes")
    supported.enrolled("HTXH", made[1], supported.people(made[1])[0])
    supported.commune("commune_hard=yes")
    whole = {(one.household_id, one.person_id, one.programme): one for one in _all(supported, refused=True)}
    some = {
        (one.household_id, one.person_id, one.programme): one for one in _all(supported, households=made, refused=True)
    }
    assert some == {key: one for key, one in whole.items() if key[0] in made}
    words = supported.workspace.read(entitlements.of_households, made, TODAY)
    assert {(one.household_id, one.person_id, one.programme) for one in words} == set(some)
    for one in words:
        same = some[one.household_id, one.person_id, one.programme]
        assert (one.result, one.receiving) == (same.result, same.receiving), one
        if one.result is True:
            assert (one.amount, one.rule) == (same.amount, same.rule)
    kept = _all(supported, households=made)
    assert kept == [one for one in _all(supported, households=made, refused=True) if one.result is not False]
    shown = supported.workspace.read(entitlements.of_households, made, TODAY, refused=False)
    assert [one for one in words if one.result is not False] == shown


def test_progress_is_told_and_many_are_read_at_once(supported: Supported, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [supported.household() for _number in range(3)]
    for household in made:
        supported.of_class(household, "poor")
    monkeypatch.setattr(entitlements, "_REPORT", 1)
    monkeypatch.setattr(entitlements, "_ALL_FROM", 2)
    told: list[tuple[int, int]] = []
    found = _all(
        supported,
        progress=lambda done, total, _message: told.append((done, total)),
        programme="TTHONG",
        households=made[:2],
    )
    assert sorted(one.household_id for one in found) == sorted(made[:2])
    assert [done for done, _total in told] == [1, 2, 3]


def _overlap(supported: Supported, **change: object) -> None:
    table = {
        "id": "CHUA-CHAC", "programmes": ["NUOC-PT"], "scope": "household", "span": "lifetime", "action": "block",
        "text": "Nghe nói chỉ hỗ trợ một lần.", "citation": "Chưa tìm được văn bản", "certainty": "U",
    }  # fmt: skip
    supported.workspace.write(programmes.keep, "exclusion", table | change)


@pytest.mark.parametrize(("certainty", "result"), [("V", False), ("R", False), ("U", True)])
def test_an_uncertain_overlap_closes_nothing_but_is_told(supported: Supported, certainty: str, result: bool) -> None:
    supported.workspace.write(programmes.remove, "exclusion", "NUOC-PT")
    _overlap(supported, certainty=certainty)
    household = supported.household("birth=1980")
    supported.of_class(household, "poor")
    supported.note(household, supported.people(household)[0], "water_listed=yes")
    supported.delivered("NUOC-PT", household, on=date(2024, 5, 2))
    told = supported.entitled(household, "NUOC-PT")
    assert told is not None
    assert told.result is result
    assert "Nghe nói chỉ hỗ trợ một lần." in (told.conflicts if result else told.reason)
    assert {one.result for one in _all(supported, programme="NUOC-PT", refused=True)} == {result}


@pytest.mark.parametrize(("certainty", "result"), [("V", False), ("U", True)])
def test_an_uncertain_rule_of_the_higher_one_takes_nothing_away(
    supported: Supported, certainty: str, result: bool
) -> None:
    supported.workspace.write(programmes.remove, "exclusion", "HTXH-TCXH")
    _overlap(
        supported, id="CAO-HON", programmes=["HTXH", "TCXH"], scope="person", span="period", action="take_higher",
        certainty=certainty,
    )  # fmt: skip
    household = supported.household("birth=1950;disability=severe")
    supported.of_class(household, "poor")
    person = supported.people(household)[0]
    supported.note(household, person, "pension=no")
    supported.enrolled("TCXH", household, person, from_on=date(2025, 8, 1))
    told = supported.entitled(household, "HTXH", person=person)
    assert told is not None
    assert told.result is result
    if result:
        assert "Nghe nói chỉ hỗ trợ một lần." in told.conflicts

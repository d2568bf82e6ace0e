"""Targets from the case records: abroad, training and jobs, models, plans; who counts and who just does not."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from casemgr import i18n
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import LabourCapacity
from casemgr.domain.targets import Item
from casemgr.persistence.models import (
    AbroadCase,
    CommunityProject,
    Course,
    GroupMember,
    JobFollowUp,
    Learner,
    Livelihood,
    LivelihoodGroup,
    Startup,
    StateStep,
)
from casemgr.services import target_items
from casemgr.services.targets import REST, UNKNOWN, WHOLE, Figure
from casemgr.workspace import Workspace
from tests.support.target_story import ESCAPED, NEAR, POOR, Story, counts, look, part
from tests.support.workspaces import Make

NONE = HouseholdClass.NONE


@pytest.fixture(autouse=True)
def _english(language: str) -> Any:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def story(workspace: Workspace, make: Make) -> Story:
    return Story(workspace, make)


def abroad(story: Story, home: UUID, **values: Any) -> UUID:
    """A case of the head of a household; returns the person."""
    person = story.people(home)[0]
    blank = {
        "status": "working", "status_on": date(2026, 1, 1), "incident": "", "form": "service", "market": "JAPAN",
        "country": "Nhật Bản", "programme_name": "", "generation": "B", "groups": (), "class_value": "poor",
        "firm": "", "licence": "", "supply_registration": "", "contract_months": 36, "wage": 0, "return_reason": "",
        "private_debt": 0, "content": "{}", "note": "",
    }  # fmt: skip
    story.row(AbroadCase, **(blank | {"person_id": person, "household_id": home} | values))
    return person


def learner(story: Story, home: UUID, status: str, *, person: UUID | None = None, **values: Any) -> UUID:
    """Somebody of a household on the way from a need to the job."""
    blank = {
        "status_on": date(2026, 2, 1), "trade": "May", "class_value": "poor", "groups": (), "decision_number": "",
        "drop_reason": "", "result": "", "certificate_number": "", "certificate_by": "", "content": "{}", "note": "",
        "registered_on": date(2026, 2, 1),
    }  # fmt: skip
    made = {"household_id": home, "person_id": person or story.people(home)[0], "status": status}
    return story.row(Learner, **(blank | made | values))


def course(story: Story, start: date) -> UUID:
    return story.row(
        Course, code="MAY-01", trade="May", level="elementary", provider="", contract="", theory_hours=0,
        practice_hours=0, place="", area="other", start_on=start, end_on=start + timedelta(days=60), days=(),
        capacity=0, tuition=0, source="central", generation="C", decision_number="", note="",
    )  # fmt: skip


def asked(story: Story, learner_id: UUID, on: date, *, in_work: bool, month: int = 6) -> None:
    story.row(
        JobFollowUp, learner_id=learner_id, month=month, on_date=on, in_work=in_work, employer="", wage=0, contract="",
        reason="", note="",
    )  # fmt: skip


def project(story: Story, status: str, **values: Any) -> UUID:
    blank = {
        "title": "Nuôi bò sinh sản", "programme": "MH-GN", "generation": "B", "area": "other", "leader": "",
        "status_on": date(2026, 2, 1), "decision_number": "", "contract_number": "", "total_cost": 0,
        "state_amount": 0, "revolving": "{}", "note": "",
    }  # fmt: skip
    return story.row(CommunityProject, **(blank | {"status": status} | values))


def plan(story: Story, home: UUID, status: str, **values: Any) -> UUID:
    blank = {
        "programme": "SK-CD", "generation": "B", "area": "other", "status_on": date(2026, 2, 1), "at_risk": False,
        "trade": "animals", "product": "Bò", "class_value": "poor", "decision_number": "", "total_cost": 0,
        "state_amount": 0, "own_amount": 0, "content": "{}",
    }  # fmt: skip
    return story.row(Livelihood, **(blank | {"household_id": home, "status": status} | values))


def step(story: Story, kind: str, subject: UUID, on: date, to: str) -> None:
    story.row(
        StateStep, kind=kind, subject_id=subject, from_state="", to_state=to, on_date=on, document_number="",
        reason="", detail="{}",
    )  # fmt: skip


def able(story: Story, name: str, **values: Any) -> UUID:
    """A poor household whose head is of working age and able to work."""
    head = {"labour": LabourCapacity.ABLE, "birth": PartialDate(1990, 1, 1)}
    return story.home(name, head=head | values.pop("head", {}), **values)


# ---- I13: work abroad, start-ups


def test_departures_of_the_period(story: Story) -> None:
    left = abroad(story, story.home("Đi"), departed_on=date(2026, 1, 1), signed_on=date(2025, 12, 1))
    abroad(story, story.home("Trước"), departed_on=date(2025, 12, 31))
    abroad(story, story.home("Sau"), departed_on=date(2026, 11, 25))
    abroad(story, story.home("Khá", NONE), departed_on=date(2026, 3, 1))
    found = look(story, "I13")
    assert set(found.ids()) == {left}
    assert part(found, "Left in the period") == 1
    assert part(found, "Contract signed in the period") == 0
    assert part(found, "Abroad on the day") == 2
    (row,) = story.workspace.read(target_items.items, found.measure.item, found.ids())
    assert (row.name, row.household_id) == ("Nguyễn Thị Đi", story.homes["Đi"])


def test_support_counts_as_a_departure_only_without_a_case(story: Story) -> None:
    without, followed = story.home("Chưa có hồ sơ"), story.home("Có hồ sơ")
    person = story.people(without)[0]
    story.enrolled(without, "NN-HT", "running", person_id=person, from_on=date(2026, 8, 1))
    preparing = abroad(story, followed, status="signed")
    story.enrolled(followed, "NN-HT", "running", person_id=preparing, from_on=date(2026, 8, 1))
    assert set(look(story, "I13").ids()) == {person}
    assert set(look(story, "I13-abroad").ids()) == {person}
    assert look(story, "I13-abroad", date(2026, 7, 1)).value == 0


def test_still_abroad_on_the_day(story: Story) -> None:
    there = abroad(story, story.home("Còn"), departed_on=date(2026, 2, 1))
    abroad(story, story.home("Về"), departed_on=date(2024, 2, 1), returned_on=date(2026, 11, 24), status="returned")
    later = abroad(story, story.home("Mai về"), departed_on=date(2024, 2, 1), returned_on=date(2026, 11, 25))
    registered = abroad(story, story.home("Thoát nghèo", NONE), departed_on=date(2024, 2, 1))
    abroad(story, story.home("Khá", NONE), departed_on=date(2026, 2, 1), class_value="none")
    assert set(look(story, "I13-abroad").ids()) == {there, later, registered}


def test_returned_at_the_end_of_the_contract(story: Story) -> None:
    end = date(2026, 9, 1)
    ways = {
        "Đúng": {"contract_to": end, "returned_on": end + timedelta(days=30)},
        "Muộn": {"contract_to": end, "returned_on": end + timedelta(days=31)},
        "Sớm": {"contract_to": end, "returned_on": end - timedelta(days=1)},
        "Ở lại": {"contract_to": end},
        "Chờ": {"contract_to": date(2026, 10, 25)},
        "Quá chờ": {"contract_to": date(2026, 10, 24)},
        "Năm trước": {"contract_to": date(2025, 12, 31), "returned_on": date(2025, 12, 31)},
        "Còn hạn": {"contract_to": date(2026, 11, 25)},
    }
    people = {
        name: abroad(story, story.home(name), departed_on=date(2023, 9, 1), **values) for name, values in ways.items()
    }
    found = look(story, "I13-returned")
    assert set(found.ids()) == {people["Đúng"]}
    assert set(found.ids(UNKNOWN)) == {people["Chờ"]}
    assert set(found.ids(REST)) == {people[name] for name in ("Muộn", "Sớm", "Ở lại", "Quá chờ")}
    assert counts(found) == (1, 5, 1)
    assert part(found, "Still abroad after the end of the contract") == 2


def test_a_return_after_the_day_is_not_known_on_the_day(story: Story) -> None:
    end = date(2026, 9, 1)
    person = abroad(
        story, story.home("Sau"), departed_on=date(2023, 9, 1), contract_to=end, returned_on=date(2026, 9, 20)
    )
    assert set(look(story, "I13-returned", date(2026, 9, 10)).ids(UNKNOWN)) == {person}
    assert counts(look(story, "I13-returned")) == (1, 1, 0)


def test_businesses_begun(story: Story) -> None:
    begun, planned, before = (story.home(name) for name in ("Bắt đầu", "Ý tưởng", "Năm trước"))
    other = story.home("Khá", NONE)
    blank = {"idea": "Quán phở", "savings": 0, "training": "", "result": "", "note": ""}
    for home, status, on in (
        (begun, "running", date(2026, 1, 1)),
        (planned, "planned", date(2026, 3, 1)),
        (before, "running", date(2025, 12, 31)),
        (other, "running", date(2026, 3, 1)),
    ):
        person = story.people(home)[0]
        story.row(Startup, household_id=home, person_id=person, status=status, start_on=on, **blank)
    assert set(look(story, "I13-startup").ids()) == {begun}


# ---- I14: training, jobs


def test_trained_of_those_who_ask_and_can(story: Story) -> None:
    names = ("Xong", "Đang học", "Bỏ", "Nhu cầu", "Trước kỳ")
    done, attending, dropped, waiting, before = (able(story, name) for name in names)
    weak = able(story, "Yếu", head={"labour": LabourCapacity.NONE})
    old = able(story, "Già", head={"birth": PartialDate(1960, 1, 1)})
    unclear = story.home("Chưa ghi", head={"birth": PartialDate(1990, 1, 1)})
    rich = able(story, "Khá", value=NONE)
    class_id = course(story, date(2026, 10, 1))
    learner(story, done, "certified", ended_on=date(2026, 6, 1))
    learner(story, attending, "learning", course_id=class_id)
    learner(story, dropped, "dropped", course_id=class_id, ended_on=date(2026, 10, 20))
    learner(story, waiting, "need", registered_on=None)
    learner(story, before, "in_work", registered_on=date(2025, 3, 1), ended_on=date(2025, 12, 31))
    for home in (weak, old, unclear, rich):
        learner(story, home, "finished", ended_on=date(2026, 6, 1))
    found = look(story, "I14")
    heads = {home: story.people(home)[0] for home in (done, attending, dropped, waiting, unclear)}
    assert set(found.ids(WHOLE)) == set(heads.values())
    assert set(found.ids()) == {heads[done], heads[attending]}
    assert set(found.ids(UNKNOWN)) == {heads[unclear]}
    assert counts(found) == (2, 4, 1)
    assert part(found, "In a class on the day") == 1
    assert part(found, "Dropped out in the period") == 1
    assert set(look(story, "I14", date(2026, 9, 30)).ids()) == {heads[done]}  # the class began a day later
    assert heads[dropped] in look(story, "I14", date(2026, 10, 19)).ids()


def test_support_for_training_counts_only_without_a_record(story: Story) -> None:
    without, followed = able(story, "Chưa có"), able(story, "Có")
    for home in (without, followed):
        person = story.people(home)[0]
        values = {"person_id": person, "need_on": date(2026, 1, 5), "from_on": date(2026, 3, 1)}
        story.enrolled(home, "DN-SC", "running", **values)
    learner(story, followed, "approved")
    found = look(story, "I14")
    assert set(found.ids()) == {story.people(without)[0]}
    assert counts(found) == (1, 2, 0)


def test_finished_is_what_the_page_of_training_counts(story: Story) -> None:
    from casemgr.services import training_lists

    homes = [story.home(f"Số {at}") for at in range(4)]
    learner(story, homes[0], "finished", ended_on=date(2026, 1, 1))
    learner(story, homes[0], "no_work", ended_on=date(2026, 9, 1))
    learner(story, homes[1], "in_work", ended_on=date(2025, 12, 31))
    learner(story, homes[2], "finished", ended_on=date(2026, 5, 1), class_value="none")
    learner(story, homes[3], "dropped", ended_on=date(2026, 5, 1))
    found = look(story, "I14-finished")
    assert set(found.ids()) == {story.people(homes[0])[0]}
    told = story.workspace.read(training_lists.figures, date(2026, 1, 1), date(2026, 11, 24))
    assert found.value == told.trained


def test_in_work_six_months_later_and_who_was_not_asked(story: Story) -> None:
    homes = [story.home(f"Số {at}") for at in range(4)]
    one, two, three, four = (learner(story, home, "finished", ended_on=date(2026, 2, 1)) for home in homes)
    asked(story, one, date(2026, 8, 1), in_work=True)
    asked(story, two, date(2026, 8, 1), in_work=False)
    asked(story, three, date(2026, 5, 1), in_work=True, month=3)
    asked(story, four, date(2026, 11, 25), in_work=True)  # after the day looked at
    found = look(story, "I14-work")
    heads = [story.people(home)[0] for home in homes]
    assert set(found.ids()) == {heads[0]}
    assert set(found.ids(REST)) == {heads[1]}
    assert set(found.ids(UNKNOWN)) == {heads[2], heads[3]}
    assert counts(found) == (1, 2, 2)
    assert look(story, "I14-work", date(2026, 1, 5)).reason


# ---- I15: models


def test_models_running_and_replicated(story: Story) -> None:
    first = project(story, "ended", status_on=date(2026, 12, 1))
    step(story, "project", first, date(2026, 3, 1), "running")
    step(story, "project", first, date(2026, 12, 1), "ended")
    copy = project(story, "running", copies_id=first, title="Nuôi bò, ấp Quân An")
    project(story, "approved", copies_id=first)
    project(story, "running", programme="SK-CD")
    over = project(story, "ended")
    step(story, "project", over, date(2025, 3, 1), "running")
    step(story, "project", over, date(2026, 11, 24), "ended")
    found = look(story, "I15-models")
    assert set(found.ids()) == {first, copy}
    assert part(found, "Models that others replicate") == 1
    assert set(look(story, "I15-copies").ids()) == {copy}
    assert set(look(story, "I15-models", date(2026, 2, 28)).ids()) == {copy, over}
    assert found.measure.item is Item.PROJECT
    rows = story.workspace.read(target_items.items, Item.PROJECT, found.ids())
    assert {(row.id, row.name) for row in rows} == {(first, "Nuôi bò sinh sản"), (copy, "Nuôi bò, ấp Quân An")}
    assert any(row.detail == "Being carried out" for row in rows)


def test_without_models_nothing_is_said(story: Story) -> None:
    assert look(story, "I15-models").reason
    assert look(story, "I15-copies").value is None


def test_households_in_models(story: Story) -> None:
    group = story.row(LivelihoodGroup, name="Tổ bò", kind="", certificate="", rules="", account="", note="")
    idle = story.row(LivelihoodGroup, name="Tổ chờ", kind="", certificate="", rules="", account="", note="")
    model = project(story, "running", group_id=group)
    project(story, "approved", group_id=idle)
    names = ("Kế hoạch", "Thành viên", "Hưởng", "Rời nhóm", "Tổ chưa chạy", "Mới bầu", "Khác")
    planned, member, enrolled, gone, waiting, voted, other = (story.home(name) for name in names)
    rich = story.home("Khá", NONE)
    for home, of, to in (
        (member, group, None),
        (rich, group, None),
        (gone, group, date(2025, 12, 31)),
        (waiting, idle, None),
    ):
        values = {"role": "member", "experienced": False, "from_on": date(2025, 1, 1), "to_on": to}
        story.row(GroupMember, group_id=of, household_id=home, **values)
    plan(story, planned, "committed", project_id=model)
    plan(story, voted, "voted", project_id=model)
    plan(story, other, "running")
    story.enrolled(enrolled, "MH-GN", "running", from_on=date(2026, 2, 1))
    found = look(story, "I15")
    assert set(found.ids()) == {planned, member, enrolled, rich}
    assert counts(look(story, "I15-share")) == (3, 4, 0)


def test_a_plan_completed_before_the_period_is_no_part_of_it(story: Story) -> None:
    homes = [story.home("Một"), story.home("Hai")]
    for home, on in zip(homes, (date(2025, 12, 31), date(2026, 1, 1)), strict=True):
        made = plan(story, home, "completed", programme="MH-GN", status_on=on)
        step(story, "livelihood", made, date(2024, 5, 1), "committed")
        step(story, "livelihood", made, on, "completed")
    assert set(look(story, "I15").ids()) == {homes[1]}


def test_escaped_after_one_review_and_after_two(story: Story) -> None:
    lately, early, still, fresh = (story.home(name, since=date(2024, 12, 10)) for name in ("Một", "Hai", "Ba", "Bốn"))
    for home in (lately, early, still):
        made = plan(story, home, "running", programme="MH-GN")
        step(story, "livelihood", made, date(2025, 3, 1), "running")
    plan(story, fresh, "running", programme="MH-GN")  # since 2026
    for home in (lately, still, fresh):
        story.value(home, POOR, date(2025, 12, 10))
    story.value(early, ESCAPED, date(2025, 12, 10))
    for home in (lately, fresh):
        story.decide(home, ESCAPED, date(2026, 10, 1))
    one = look(story, "I15-escaped")
    assert set(one.ids()) == {lately, fresh}
    assert set(one.ids(UNKNOWN)) == {still}
    two = look(story, "I15-escaped-two")
    assert set(two.ids()) == {lately, early}
    assert set(two.ids(UNKNOWN)) == {still}
    assert fresh not in two.ids(WHOLE)
    assert "1 year before" in look(story, "I15-escaped-two", date(2024, 11, 24)).reason


# ---- I02, I04


def test_a_plan_handed_over_is_a_livelihood(story: Story) -> None:
    names = ("Bàn giao", "Cam kết", "Năm trước", "Lùi lại")
    handed, committed, before, back = (story.home(name, head={"merit": True}) for name in names)
    for home, status, on in (
        (handed, "running", date(2026, 1, 1)),
        (before, "running", date(2025, 12, 31)),
        (back, "committed", date(2026, 3, 1)),
    ):
        step(story, "livelihood", plan(story, home, status), on, "handed_over")
    step(story, "livelihood", plan(story, committed, "committed"), date(2026, 3, 1), "committed")
    found = look(story, "I02a")
    assert set(found.ids()) == {handed}
    assert counts(found) == (1, 4, 0)


def test_training_and_departure_are_livelihoods_too(story: Story) -> None:
    homes = [story.home(name, head={"merit": True}) for name in ("Học", "Bỏ", "Đi", "Chuẩn bị")]
    learner(story, homes[0], "finished", ended_on=date(2026, 6, 1))
    learner(story, homes[1], "dropped", ended_on=date(2026, 6, 1))
    abroad(story, homes[2], departed_on=date(2026, 6, 1))
    abroad(story, homes[3], status="signed")
    found: Figure = look(story, "I02a")
    assert set(found.ids()) == {homes[0], homes[2]}


def test_an_event_of_the_extension_programme_is_extension_training(story: Story) -> None:
    one, two = story.home("Một", NEAR), story.home("Hai", NEAR)
    story.event("other", date(2026, 4, 4), one, programme="KHUYEN")
    story.event("other", date(2026, 4, 4), two, programme="TTHONG")
    found = look(story, "I04")
    assert set(found.ids()) == {one}

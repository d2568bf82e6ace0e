"""Targets of a small commune worked out by hand; 88 = 66 + 22 from real records; every number is that of its list."""

from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from casemgr import i18n
from casemgr.domain.conditions import ConditionData, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import LabourCapacity
from casemgr.domain.reviews import DenominatorData
from casemgr.domain.targets import SHARES, Item, State, TargetUnit, shipped
from casemgr.errors import NotFoundError, ValidationError
from casemgr.persistence.models import Budget, PovertyOfficer, Works
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import conditions, denominators, exit_marks, statistics, target_plans, targets
from casemgr.services.target_items import items
from casemgr.services.targets import PART, REST, UNKNOWN, WHOLE, Board, Figure
from casemgr.workspace import Workspace
from tests.support.figures import review
from tests.support.target_story import DAY, ESCAPED, NEAR, POOR, START, Story
from tests.support.workspaces import Make


@pytest.fixture(autouse=True)
def _english(language: str) -> Any:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def story(workspace: Workspace, make: Make) -> Story:
    return Story(workspace, make)


def look(story: Story, code: str, day: date = DAY, **options: Any) -> Figure:
    return story.workspace.read(targets.figure, code, day, **options)


def counts(figure: Figure) -> tuple[int, int, int]:
    """Counted, known, unknown."""
    return int(figure.numerator or 0), int(figure.denominator or 0), figure.unknown


def part(figure: Figure, label: str) -> int:
    return int(next(one.value for one in figure.parts if one.label == label))


# ---- I01, I25: the rate


def rated(story: Story, year_before: tuple[int, int], result: tuple[int, int]) -> None:
    """Two yearly reviews: so many poor of so many households each."""
    for year, (poor, total) in ((2025, year_before), (2026, result)):
        on = date(year, 11, 20)
        made = review(
            story.workspace, story.make, on=on, year=year, class_year=year + 1, opened_on=date(year, 9, 1),
            title=f"Rà soát {year}", number=f"{year}/QĐ-UBND",
        )  # fmt: skip
        homes = list(story.homes.values())
        for at in range(max(poor, len(homes))):
            opening = "unreviewed" if year == 2025 else "poor"
            home = homes[at] if at < len(homes) else None
            made.case(opening, "poor" if at < poor else "none", 3, household=home)
        story.homes = {str(at): home for at, home in enumerate(made.homes)}
        half = {story.make.hamlet(): total - 50, story.make.hamlet("Quân An"): 50}
        typed = {hamlet: DenominatorData(households=count, people=count * 4) for hamlet, count in half.items()}
        story.workspace.write(denominators.keep_denominators, made.campaign, typed)


def test_the_fall_is_in_points_under_one_standard_with_report_2(story: Story) -> None:
    rated(story, (5, 100), (3, 100))
    found = look(story, "I01", set_code="bentre-2023")
    assert found.value == Fraction(2)
    assert found.measure.unit is TargetUnit.POINTS
    assert found.state is State.REACHED
    assert part(found, "On the list at the start") == 5
    assert part(found, "Report 2: At the start") - part(found, "Report 2: Escaped") == part(
        found, "Report 2: At the end"
    )
    assert part(found, "Report 2: At the end") == 3 == len(found.ids())
    assert look(story, "I01-rate").value == Fraction(3)


def test_a_small_fall_does_not_reach_the_plan(story: Story) -> None:
    rated(story, (5, 1000), (3, 1000))
    found = look(story, "I01", set_code="bentre-2023")
    assert (found.value, found.state) == (Fraction(1, 5), State.NOT_REACHED)


def test_without_the_total_of_households_nothing_is_said(story: Story) -> None:
    story.home("Á")
    found = look(story, "I01", set_code="bentre-2023")
    assert (found.value, found.state) == (None, State.CANNOT_SAY)
    assert "tells the total of households" in found.reason


def test_two_standards_are_not_compared(story: Story) -> None:
    found = look(story, "I01", date(2027, 6, 30), start=date(2026, 12, 31))
    ends = {story.workspace.read(lambda uow, day=day: targets.Reading(uow, shipped(), START, DAY).standard(day))
            for day in (date(2026, 12, 31), date(2027, 6, 30))}  # fmt: skip
    assert len(ends) == 2
    assert "two standards" in found.reason


def test_the_list_of_a_day_is_that_of_the_reports(story: Story) -> None:
    rated(story, (5, 100), (3, 100))
    story.home("Ngoài", NEAR)
    for day in (date(2025, 12, 31), date(2026, 6, 1), DAY):
        reading = story.workspace.read(_lists, day)
        for name, column in (("poor", "3"), ("near_poor", "5")):
            assert reading[name] == set(
                story.workspace.read(statistics.names_behind_as_of, "1", day, "total", column)
            ), (day, name)


def _lists(uow: UnitOfWork, day: date) -> dict[str, set[UUID]]:
    listing = targets.Reading(uow, shipped(), START, day).on
    return {name: {UUID(bytes=one) for one in listing.of((name,))} for name in ("poor", "near_poor")}


# ---- I02, I03, I04: livelihood, loans, training


def test_livelihood_with_both_denominators(story: Story) -> None:
    homes = [story.home(name, head={"merit": True}) for name in ("Một", "Hai", "Ba", "Bốn")]
    story.home("Thường")
    story.mark(homes[0], "able")
    story.mark(homes[1], "able")
    story.mark(homes[2], "protected")
    story.delivered(homes[0], "SK-CD", date(2026, 3, 1))
    story.delivered(homes[2], "QUA-XH", date(2026, 3, 1))  # a gift is no livelihood
    story.delivered(homes[3], "SK-CD", date(2025, 6, 1))  # before the period
    assert counts(look(story, "I02a")) == (1, 4, 0)
    able = look(story, "I02a-able")
    assert counts(able) == (1, 2, 1)
    assert part(able, "Not sorted yet") == 1


def test_a_delivery_counts_when_received_and_not_given_back(story: Story) -> None:
    home = story.home("Một", head={"merit": True})
    story.delivered(home, "SK-CD", date(2026, 3, 1), status="approved", received_on=None)
    assert counts(look(story, "I02a")) == (0, 1, 0)
    given = story.delivered(home, "SK-CD", date(2026, 4, 1))
    assert counts(look(story, "I02a")) == (1, 1, 0)
    story.delivered(home, "SK-CD", date(2026, 5, 1), -1_000_000, status="returned", corrects_id=given)
    assert counts(look(story, "I02a")) == (0, 1, 0)
    assert look(story, "I19-money").value == 0


def test_common_income(story: Story) -> None:
    made = review(story.workspace, story.make, on=date(2026, 11, 20))
    incomes = (3_000_000, 1_000_000, None)
    for at, income in enumerate(incomes):
        home = story.home(f"Số {at}", head={"merit": True})
        made.case("poor", "poor", 1, household=home, income=income)
    assert "has not been entered" in look(story, "I02b").reason
    benchmark = target_plans.Benchmark(2026, _rural(), 2_500_000, "Niên giám 2025")
    story.workspace.write(target_plans.keep_benchmark, benchmark)
    assert story.workspace.read(target_plans.benchmarks) == [benchmark]
    assert counts(look(story, "I02b")) == (1, 2, 1)


def _rural() -> Any:
    from casemgr.domain.offices import Area

    return Area.RURAL


def test_loans_of_those_who_ask_and_may(story: Story) -> None:
    paid, waiting, refused, unclear, silent = (story.home(name) for name in ("Một", "Hai", "Ba", "Bốn", "Năm"))
    story.loan(paid, "running", paid=date(2026, 5, 5))
    story.loan(waiting, "listed")
    story.loan(refused, "refused")
    story.enrolled(unclear, "TD-HN", "need", need_on=date(2026, 3, 3))
    found = look(story, "I03")
    assert counts(found) == (1, 2, 1)
    assert set(found.ids(REST)) == {waiting}
    assert part(found, "No need recorded") == 1
    assert silent not in found.ids(WHOLE)


def test_who_left_the_list_in_march_stays_in_the_credit_target(story: Story) -> None:
    home = story.home("Một")
    story.loan(home, "running", paid=date(2026, 2, 5))
    story.decide(home, ESCAPED, date(2026, 3, 15))
    assert counts(look(story, "I03")) == (1, 1, 0)
    assert counts(look(story, "I20")) == (0, 0, 0)


def test_extension_training_of_all_and_of_those_in_need(story: Story) -> None:
    one, two, three = (story.home(name, NEAR) for name in ("Một", "Hai", "Ba"))
    story.enrolled(one, "KHUYEN", "need", need_on=date(2026, 1, 10))
    story.enrolled(two, "KHUYEN", "need", need_on=date(2026, 1, 10))
    story.event("extension", date(2026, 4, 4), one, three, programme="KHUYEN", purposes=("income",))
    story.event("extension", date(2025, 4, 4), two, programme="KHUYEN")
    assert counts(look(story, "I04")) == (2, 3, 0)
    assert counts(look(story, "I04-need")) == (1, 2, 0)
    assert counts(look(story, "I06")) == (2, 3, 0)
    assert counts(look(story, "I06-income")) == (2, 3, 0)
    assert counts(look(story, "I06-market")) == (0, 3, 0)


# ---- I07, I08: cards and pupils


def test_cards_people_and_whole_households(story: Story) -> None:
    child = story.make.person("Nguyễn Văn Con", birth=PartialDate(2015, 3, 1))
    both = story.home("Đủ", POOR, child)
    half = story.home("Thiếu", NEAR, story.make.person("Nguyễn Văn Út", birth=PartialDate(2016, 1, 1)))
    open_one = story.home("Chưa rõ")
    for person in story.people(both):
        story.card(person, date(2026, 1, 1), date(2026, 12, 31))
    head, young = story.people(half)
    story.card(head, date(2026, 1, 1))
    story.card(young, date(2025, 1, 1), date(2025, 12, 31))
    found = look(story, "I07")
    assert counts(found) == (3, 4, 1)
    assert found.bounds is not None
    assert (found.bounds.low, found.bounds.high) == (Fraction(60), Fraction(80))
    assert set(found.ids(REST)) == {young}
    whole = look(story, "I07-household")
    assert counts(whole) == (1, 2, 1)
    assert set(whole.ids(UNKNOWN)) == {open_one}


def test_what_the_review_noted_stands_where_no_card_is_recorded(story: Story) -> None:
    yes, no = story.home("Có"), story.home("Không")
    for home, insured in ((yes, True), (no, False)):
        said = {story.people(home)[0]: ConditionData(insured=insured)}
        story.workspace.write(conditions.keep_conditions, home, said)
    assert counts(look(story, "I07")) == (1, 2, 0)


def test_pupils_exempted(story: Story) -> None:
    pupils = [story.make.person(f"Nguyễn Văn Bé {at}", birth=PartialDate(2014, 5, at + 1)) for at in range(3)]
    home = story.home("Mẹ", POOR, *pupils, story.make.person("Nguyễn Văn Lớn", birth=PartialDate(2000, 1, 1)))
    _head, first, second, third, _grown = story.people(home)
    said = {person: ConditionData(school=SchoolLevel.PRIMARY) for person in (first, second)}
    story.workspace.write(conditions.keep_conditions, home, said)
    story.enrolled(home, "HP-MIEN", "running", person_id=first, from_on=date(2026, 9, 1))
    found = look(story, "I08a")
    assert counts(found) == (1, 2, 1)
    assert set(found.ids(UNKNOWN)) == {third}
    assert counts(look(story, "I08c")) == (0, 2, 1)


# ---- I09, I23: deprivations


def test_help_alone_ends_no_deprivation(story: Story) -> None:
    over, still, helped = (
        story.home(name, POOR, lacks=("chat_luong_nha", "vien_thong")) for name in ("Hết", "Còn", "Chờ")
    )
    for home in (over, still, helped):
        story.decide(home, POOR, date(2025, 12, 10), lacks=("chat_luong_nha", "vien_thong"))
    story.decide(over, NEAR, date(2026, 6, 1))
    story.decide(still, POOR, date(2026, 6, 1), lacks=("dien_tich_nha",))
    story.delivered(helped, "NHA-DDK", date(2026, 7, 1), 40_000_000)
    found = look(story, "I09-housing")
    assert counts(found) == (1, 2, 1)
    assert set(found.ids()) == {over}
    assert part(found, "Supported, waiting for the review") == 1
    assert counts(look(story, "I23")) == (2, 2, 1)
    assert "Nobody" in look(story, "I09-water").reason or "No household" in look(story, "I09-water").reason


# ---- I12 to I15: officers, work


def test_officers_in_place(story: Story) -> None:
    terms = [
        story.row(PovertyOfficer, name=f"Trần Văn {at}", position="hamlet_head", from_on=date(2024, 1, 1))
        for at in range(3)
    ]
    story.row(PovertyOfficer, name="Đã nghỉ", position="hamlet_head", from_on=date(2020, 1, 1), to_on=date(2026, 2, 1))
    course = story.event("officer_training", date(2026, 5, 5), topics=("planning",))
    from casemgr.persistence.models import Attendance

    for term, result in zip(terms, ("completed", "not_completed"), strict=False):
        story.row(Attendance, activity_id=course, officer_id=term, name="", days=1, contribution=0, result=result)
    assert counts(look(story, "I12")) == (1, 3, 0)
    assert counts(look(story, "I12-planning")) == (1, 3, 0)
    assert counts(look(story, "I12-management")) == (0, 3, 0)


def test_training_and_work_abroad(story: Story) -> None:
    able = story.make.person("Nguyễn Văn Khỏe", labour=LabourCapacity.ABLE, birth=PartialDate(2000, 1, 1))
    unclear = story.make.person("Nguyễn Văn Chưa", birth=PartialDate(2001, 1, 1))
    home = story.home("Mẹ", NEAR, able, unclear)
    _head, first, second = story.people(home)
    story.enrolled(home, "DN-SC", "running", person_id=first, need_on=date(2026, 1, 5), from_on=date(2026, 3, 1))
    story.enrolled(home, "DN-SC", "need", person_id=second, need_on=date(2026, 1, 5))
    story.enrolled(home, "NN-HT", "running", person_id=first, from_on=date(2026, 8, 1))
    assert counts(look(story, "I14")) == (1, 1, 1)
    assert look(story, "I13").value == 1
    assert look(story, "I13-abroad").value == 1
    assert look(story, "I13-abroad", date(2026, 7, 1)).value == 0
    for code in ("I13-returned", "I14-work", "I15-copies", "I05-upkeep"):
        found = look(story, code)
        assert (found.value, found.numerator) == (None, None)
        assert found.reason


def test_models(story: Story) -> None:
    inside, left, outside = story.home("Một"), story.home("Hai"), story.home("Ba", HouseholdClass.NONE)
    for home in (inside, left, outside):
        story.enrolled(home, "MH-GN", "running", from_on=date(2026, 2, 1))
    story.decide(left, ESCAPED, date(2026, 10, 1))
    assert look(story, "I15").value == 3
    assert counts(look(story, "I15-share")) == (2, 3, 0)
    assert counts(look(story, "I15-escaped")) == (1, 1, 1)


# ---- I16


def partitioned(story: Story) -> list[UUID]:
    homes = [story.home(f"Số {at:02d}", head={"merit": True}) for at in range(88)]
    for at, home in enumerate(homes):
        story.mark(home, "protected" if at < 66 else "able")
    story.sponsor(*homes[:25])
    return homes


def test_88_are_66_and_22_and_25_of_66_are_sponsored(story: Story) -> None:
    homes = partitioned(story)
    board = story.workspace.read(targets.board, DAY, "bentre-2023", only=["I16"])
    by_code = {figure.measure.code: figure for figure in board.figures}
    whole = by_code["I16"]
    labels = ("Live on social protection", "Able to leave poverty", "Not sorted yet")
    assert [part(whole, label) for label in labels] == [66, 22, 0]
    assert counts(whole) == (88, 88, 0)
    assert counts(by_code["I16-sponsored"]) == (25, 66, 0)
    assert by_code["I16-sponsored"].text == "37.88 %"
    assert by_code["I16-sponsored-all"].text == "28.41 %"
    made = story.workspace.read(exit_marks.partition, START)
    assert (len(made.whole), len(made.protected), len(made.able)) == (88, 66, 22)
    states = {code: by_code[code].state for code in ("I16-protected", "I16-able", "I16-sponsored-count")}
    assert set(states.values()) == {State.REACHED}
    assert counts(by_code["I16-escaped"]) == (0, 0, 22)
    assert by_code["I16-escaped"].state is State.CANNOT_SAY
    for home in homes[66:86]:
        story.decide(home, ESCAPED, date(2026, 11, 1))
    assert counts(look(story, "I16-escaped")) == (20, 20, 2)


def test_an_unsorted_household_leaves_the_partition_open(story: Story) -> None:
    story.mark(story.home("Một", head={"merit": True}), "protected")
    story.home("Hai", head={"merit": True})
    found = look(story, "I16")
    assert part(found, "Not sorted yet") == 1
    assert counts(found) == (1, 2, 0)
    assert look(story, "I16-protected").unknown == 1


# ---- I05, I17 to I22: sums


def test_works(story: Story) -> None:
    def works(**values: Any) -> None:
        blank = {
            "kind": "road", "programme": "CT-HT", "investor": "", "approval": "", "contribution": 0,
            "contribution_days": 0, "households": 0, "note": "", "start_on": date(2026, 1, 1),
        }  # fmt: skip
        story.row(Works, **(blank | values))

    works(name="Cầu Phú Nhơn", budget=300, disbursed=300, progress=100, planned_for=True, accepted_on=date(2026, 6, 1))
    works(name="Đường Quân An", budget=100, disbursed=20, progress=40, planned_for=False)
    assert counts(look(story, "I05")) == (1, 2, 0)
    assert counts(look(story, "I05-plan")) == (1, 2, 0)
    assert look(story, "I05-volume").value == Fraction(100 * 340, 400)
    assert look(story, "I05-paid").value == Fraction(100 * 320, 400)


def test_money_budget_and_left_behind(story: Story) -> None:
    one, two, three = (story.home(name) for name in ("Một", "Hai", "Ba"))
    budget = story.row(Budget, year=2026, programme="DIEN", source="central", amount=2_000_000, document="")
    story.delivered(one, "DIEN", date(2026, 3, 1), 500_000, budget_id=budget)
    story.delivered(two, "QUA-XH", date(2026, 1, 20), 300_000, source="sponsor", goods_value=200_000)
    story.delivered(three, "DIEN", date(2025, 11, 24), 100_000)
    assert look(story, "I19").value == Fraction(25)
    assert look(story, "I19-money").value == 1_000_000
    assert look(story, "I19-households").value == 2
    assert look(story, "I17").value == 500_000
    assert look(story, "I17-households").ids() == (two,)
    behind = look(story, "I20", set_code="bentre-2023")
    assert (set(behind.ids()), behind.state) == ({three}, State.NOT_REACHED)
    assert look(story, "I20", date(2026, 11, 23)).value == 0


def test_balances(story: Story) -> None:
    first, second = story.home("Một"), story.home("Hai")
    old = story.loan(first, "running", paid=date(2025, 3, 1), amount=40_000_000, asked_on=date(2025, 1, 1))
    story.move(old, "repaid", date(2026, 4, 1), 10_000_000, date(2026, 5, 1))
    story.loan(second, "running", paid=date(2026, 6, 1), amount=30_000_000)
    assert look(story, "I22").value == 60_000_000
    assert look(story, "I22-growth").value == Fraction(50)
    assert look(story, "I22-overdue").value == Fraction(50)
    assert counts(look(story, "I22-share")) == (2, 2, 0)


def test_housing_stages_requests_and_sessions(story: Story) -> None:
    one, two, three = (story.home(name) for name in ("Một", "Hai", "Ba"))
    story.enrolled(one, "NHA-DA5", "ended", need_on=date(2026, 1, 1), to_on=date(2026, 9, 1))
    story.enrolled(two, "NHA-DA5", "approved", need_on=date(2026, 1, 1))
    story.delivered(one, "NHA-DA5", date(2026, 5, 1), 40_000_000)
    assert counts(look(story, "I21")) == (1, 2, 0)
    assert part(look(story, "I21"), "At least one payment") == 1
    story.enrolled(one, "TGPL", "ended", need_on=date(2026, 2, 1))
    story.enrolled(two, "TGPL", "running", need_on=date(2026, 2, 1))
    story.enrolled(three, "TGPL", "need", need_on=date(2026, 2, 1))
    assert counts(look(story, "I10-cases")) == (2, 2, 1)
    assert counts(look(story, "I10-solved")) == (1, 3, 0)
    story.event("communication", date(2026, 3, 3), one, two, programme="TTHONG", topics=("law",))
    assert counts(look(story, "I11")) == (2, 3, 0)
    assert look(story, "I11-sessions").value == 1
    assert look(story, "I24-law").value == 1
    assert counts(look(story, "I09-culture")) == (2, 3, 0)


def test_review_progress(story: Story) -> None:
    made = review(story.workspace, story.make, decided=False)
    made.case("poor", "poor", 2)
    made.case("poor", None, 2)
    assert counts(look(story, "I18")) == (1, 2, 0)
    assert counts(look(story, "I18-time")) == (0, 0, 2)
    assert look(story, "I18-open").value == 0


def test_women_and_minorities(story: Story) -> None:
    story.home("Một", head={"ethnic": "05"})
    story.make.person()
    story.home("Hai")
    assert counts(look(story, "I24-women")) == (2, 2, 0)
    found = look(story, "I24-minority")
    assert counts(found) == (1, 2, 0)
    assert part(found, "Headed by women") == 1


# ---- the board as a whole


def everything(story: Story) -> Board:
    partitioned(story)
    home = story.home("Mẹ", NEAR, story.make.person("Nguyễn Văn Bé", birth=PartialDate(2014, 5, 1)))
    story.loan(home, "running", paid=date(2026, 5, 5))
    story.delivered(home, "DIEN", date(2026, 3, 1))
    story.event("extension", date(2026, 4, 4), home, programme="KHUYEN", purposes=("income",))
    return story.workspace.read(targets.board, DAY, "bentre-2023")


def test_every_number_is_the_length_of_its_list(story: Story) -> None:
    board = everything(story)
    assert {figure.measure.code for figure in board.figures} == set(shipped().measures)
    for figure in board.figures:
        code = figure.measure.code
        if figure.finding.value is None and figure.numerator is not None and not figure.finding.numerator:
            assert figure.numerator == len(figure.ids(PART)), code
        if figure.finding.whole is not None:
            whole, unknown = set(figure.ids(WHOLE)), set(figure.ids(UNKNOWN))
            counted, rest = set(figure.ids(PART)), set(figure.ids(REST))
            if not figure.reason:
                assert whole == counted | unknown | rest, code
                assert len(whole) == len(counted) + len(unknown) + len(rest), code
                assert figure.denominator == len(whole) - len(unknown), code
        if figure.value is not None and figure.bounds is not None and figure.finding.whole is not None:
            assert figure.bounds.low <= figure.value <= figure.bounds.high, code
        if (
            figure.measure.unit not in SHARES
            and figure.measure.unit is not TargetUnit.DONG
            and figure.value is not None
        ):
            assert figure.value == len(figure.ids()), code
        for one in figure.parts:
            if one.ids:
                assert one.value == len(one.ids), (code, one.label)


def test_every_list_has_its_lines(story: Story) -> None:
    for figure in everything(story).figures:
        for which in (PART, WHOLE):
            ids = figure.ids(which)
            lines = story.workspace.read(items, figure.measure.item, ids)
            assert {line.id for line in lines} == set(ids), figure.measure.code
            if figure.measure.item in (Item.HOUSEHOLD, Item.PERSON):
                assert all(line.household_id and line.name for line in lines)


def test_the_board_of_empty_data_invents_nothing(workspace: Workspace) -> None:
    board = workspace.read(targets.board, DAY, "bentre-2023")
    for figure in board.figures:
        if figure.measure.unit in SHARES:
            assert figure.value is None, figure.measure.code
            assert figure.reason, figure.measure.code
            assert figure.state in (State.CANNOT_SAY, State.NO_PLAN)
    assert any("2023" in warning for warning in board.warnings)


def test_trend_is_computed_from_what_held_then(story: Story) -> None:
    one = story.home("Một", since=date(2023, 12, 10))
    story.value(one, POOR, date(2024, 12, 10))
    story.value(one, POOR, date(2025, 12, 10))
    story.card(story.people(one)[0], date(2024, 1, 1), date(2024, 12, 31))
    for person in story.people(story.home("Hai", since=date(2025, 12, 10))):
        story.card(person, date(2026, 1, 1))
    points = story.workspace.read(targets.trend, "I07", DAY, "bentre-2023", years=3)
    assert [point.day for point in points] == [date(2024, 12, 31), date(2025, 12, 31), DAY]
    assert [point.value for point in points] == [Fraction(100), Fraction(0), Fraction(50)]
    assert points[0].plan == Fraction(100)


def test_refusals(story: Story) -> None:
    with pytest.raises(NotFoundError, match="I99"):
        look(story, "I99")
    with pytest.raises(NotFoundError, match="bentre-2023"):
        story.workspace.read(targets.board, DAY, "không có")
    with pytest.raises(ValidationError, match="before the day"):
        story.workspace.read(targets.board, DAY, start=DAY)
    with pytest.raises(NotFoundError):
        look(story, "I20").ids("ai")

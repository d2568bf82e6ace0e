"""Plan lines, the common income, own indicators and the list of households left behind."""

from dataclasses import replace
from datetime import date

import pytest

from casemgr import i18n
from casemgr.domain.offices import Area
from casemgr.domain.target_plans import TargetData
from casemgr.domain.targets import OwnIndicatorData, State
from casemgr.errors import NotFoundError, ValidationError
from casemgr.services import left_behind, own_indicators, step_names, target_plans, targets
from casemgr.workspace import Workspace
from tests.support.target_story import DAY, NEAR, Story
from tests.support.workspaces import Make

LINE = TargetData("own", "I07", 2026, "ge", 10000, "percent", "Kế hoạch 12/KH-UBND")


@pytest.fixture
def story(workspace: Workspace, make: Make) -> Story:
    i18n.choose("en")
    return Story(workspace, make)


def test_a_line_is_written_once_per_year_and_can_be_taken_out(story: Story) -> None:
    write, read = story.workspace.write, story.workspace.read
    first = write(target_plans.keep_line, LINE)
    assert write(target_plans.keep_line, replace(LINE, value_hundredths=9500)) == first
    assert read(target_plans.lines_of, "own", 2026)["I07"].value_hundredths == 9500
    assert read(target_plans.lines_of, "own", 2027) == {}
    write(target_plans.remove_line, "own", "I07", 2026)
    assert read(target_plans.lines_of, "own", 2026) == {}
    with pytest.raises(NotFoundError):
        write(target_plans.remove_line, "own", "I07", 2026)


def test_the_office_wins_over_a_ready_made_line(story: Story) -> None:
    story.workspace.write(target_plans.keep_line, replace(LINE, set_code="bentre-2023", value_hundredths=9000))
    lines = story.workspace.read(target_plans.lines_of, "bentre-2023", 2026)
    assert lines["I07"].value_hundredths == 9000
    assert lines["I03"].value_hundredths == 10000


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"indicator": "I99"}, "indicator"),
        ({"unit": "points"}, "unit"),
        ({"unit": "kg"}, "unit"),
        ({"comparison": "about"}, "comparison"),
        ({"comparison": "falls_by"}, "comparison"),
        ({"value_hundredths": 10001}, "value"),
        ({"value_hundredths": 10**16}, "value"),
        ({"year": 26}, "year"),
        ({"set_code": " "}, "set_code"),
    ],
)
def test_lines_that_cannot_be(story: Story, change: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        story.workspace.write(target_plans.keep_line, replace(LINE, **change))  # type: ignore[arg-type]  # names of fields
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_fall_in_per_cent_is_refused_for_a_fall_in_points(story: Story) -> None:
    wrong = replace(LINE, indicator="I01", comparison="falls_by", value_hundredths=100, unit="percent")
    with pytest.raises(ValidationError, match="percentage points, not in per cent"):
        story.workspace.write(target_plans.keep_line, wrong)
    story.workspace.write(target_plans.keep_line, replace(wrong, unit="points"))


def test_taking_a_set_over_leaves_what_is_there(story: Story) -> None:
    write, read = story.workspace.write, story.workspace.read
    write(target_plans.keep_line, replace(LINE, value_hundredths=9000))
    shipped = read(target_plans.set_of, "bentre-2023")
    assert write(target_plans.copy_set, "bentre-2023", 2026) == len(shipped.lines) - 1
    lines = read(target_plans.lines_of, "own", 2026)
    assert lines["I07"].value_hundredths == 9000
    assert {line.year for line in lines.values()} == {2026}
    assert {one.code for one in read(target_plans.sets)} == {"bentre-2023", "own"}


def test_common_income_needs_its_source(story: Story) -> None:
    one = target_plans.Benchmark(2026, Area.RURAL, 2_500_000, "Niên giám")
    for wrong in (replace(one, income=0), replace(one, source=" "), replace(one, year=26)):
        with pytest.raises(ValidationError):
            story.workspace.write(target_plans.keep_benchmark, wrong)
    story.workspace.write(target_plans.keep_benchmark, one)
    story.workspace.write(target_plans.keep_benchmark, replace(one, income=2_600_000))
    assert [found.income for found in story.workspace.read(target_plans.benchmarks)] == [2_600_000]


def test_an_own_indicator_by_all_its_filters(story: Story) -> None:
    near = [story.home(name, NEAR) for name in ("Một", "Hai")]
    other = story.home("Ba", NEAR, hamlet="Quân An")
    flagged = story.home("Bốn", NEAR, flags=("no_labour",))
    story.home("Năm")
    story.delivered(near[0], "QUA-XH", date(2026, 3, 1))
    story.loan(near[1], "running", paid=date(2026, 3, 1))

    def value(**filters: object) -> tuple[int | None, set[object]]:
        data = OwnIndicatorData("", "Thử", **({"classes": ("near_poor",)} | filters))  # type: ignore[arg-type]  # names of fields
        made = story.workspace.write(own_indicators.keep_own_indicator, data)
        view = next(one for one in story.workspace.read(own_indicators.own_indicators) if one.id == made)
        figure = story.workspace.read(targets.figure, view.data.code, DAY)
        story.workspace.write(own_indicators.remove_own_indicator, view.id, view.version)
        return (None if figure.value is None else int(figure.value)), set(figure.ids())

    hamlet = story.make.hamlet("Quân An").hex
    assert value() == (4, {*near, other, flagged})
    assert value(classes=())[0] == 5
    assert value(hamlets=(hamlet,)) == (1, {other})
    assert value(flags=("no_labour",)) == (1, {flagged})
    assert value(received=("QUA-XH",)) == (1, {near[0]})
    assert value(not_received=("QUA-XH", "TD-HN")) == (2, {other, flagged})
    assert value(received=("QUA-XH",), months=3) == (0, set())
    assert value(received=("QUA-XH",), months=12)[0] == 1
    assert value(received=("QUA-XH", "TD-HN"), share=True)[0] == 50


def test_own_indicators_that_cannot_be(story: Story) -> None:
    wrong = OwnIndicatorData("", " ", ("rich",), ("00",), ("tall",), ("NO-SUCH", "QUA-XH"), ("QUA-XH",), 999)
    with pytest.raises(ValidationError) as refused:
        story.workspace.write(own_indicators.keep_own_indicator, wrong)
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"title", "classes", "hamlets", "flags", "received", "not_received", "months"}


def test_an_own_indicator_has_a_plan_and_stays_while_the_plan_names_it(story: Story) -> None:
    story.home("Một", NEAR)
    write, read = story.workspace.write, story.workspace.read
    write(own_indicators.keep_own_indicator, OwnIndicatorData("", "Hộ cận nghèo", ("near_poor",)))
    (view,) = read(own_indicators.own_indicators)
    line = TargetData("own", view.data.code, 2026, "le", 100, "households")
    write(target_plans.keep_line, line)
    board = read(targets.board, DAY, only=[view.data.code])
    assert [figure.state for figure in board.figures] == [State.REACHED]
    with pytest.raises(ValidationError, match="plan line"):
        write(own_indicators.remove_own_indicator, view.id, view.version)
    changed = replace(view.data, title="Hộ cận nghèo của xã")
    write(own_indicators.keep_own_indicator, changed, indicator_id=view.id, version=view.version)
    assert read(own_indicators.own_indicators)[0].data.title == "Hộ cận nghèo của xã"
    assert {"target.keep", "indicator.keep"} <= step_names.ACTIONS.keys()


def test_left_behind_with_the_last_thing_ever_received(story: Story) -> None:
    never, long_ago, lately = story.home("Một"), story.home("Hai", NEAR, hamlet="Quân An"), story.home("Ba")
    story.delivered(long_ago, "DIEN", date(2025, 3, 1))
    story.delivered(lately, "DIEN", date(2026, 3, 1))
    found = story.workspace.read(left_behind.left_behind, DAY)
    assert (found.months, found.listed) == (12, 3)
    assert [(row.household_id, row.last_on, row.last_programme) for row in found.rows] == [
        (never, None, ""),
        (long_ago, date(2025, 3, 1), "DIEN"),
    ]
    assert [row.household_id for row in story.workspace.read(left_behind.left_behind, DAY, 24).rows] == [never]
    assert len(story.workspace.read(left_behind.left_behind, DAY, 1).rows) == 3
    for wrong in (0, 121):
        with pytest.raises(ValidationError):
            story.workspace.read(left_behind.left_behind, DAY, wrong)

"""The review at the reference size: opening it, keying sheet after sheet, the board and the lists behind it."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from casemgr.domain.reviews import CampaignKind, CaseSource, CaseState, SurveyData
from casemgr.persistence.models import CaseStep, Judgement, Survey
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_board, campaign_steps, campaigns, surveys
from casemgr.services.campaign_board import CaseQuery
from casemgr.services.surveys import SurveyResult
from casemgr.workspace import Workspace
from tests.support.workspaces import copy_file, open_file

OPEN_SECONDS = 90.0
KEY_MS = 50.0
JUDGE_MS = 5.0
BOARD_MS = 100.0
SHEETS = 200


@pytest.fixture(scope="module")
def review(reference_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, UUID]]:
    """A copy of the reference file in which every household is in the yearly review."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("review")
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        workspace = open_file(copy_file(reference_file, folder / "ra-soat.casemgr"))
        data = workspace.read(campaigns.propose, CampaignKind.PERIODIC, 2026)
        started = time.perf_counter()
        campaign = workspace.write(campaigns.open_campaign, data)
        opened = time.perf_counter() - started
        listed = workspace.read(campaigns.view, campaign).cases
        others = workspace.read(_not_listed, campaign)
        started = time.perf_counter()
        workspace.write(campaigns.add_households, campaign, others, CaseSource.ADDED)
        added = time.perf_counter() - started
        print(f"\nopened with {listed} households in {opened:.1f} s; {len(others)} more added in {added:.1f} s")
        assert opened + added <= OPEN_SECONDS
        yield workspace, campaign
        workspace.close()


def _not_listed(uow: UnitOfWork, campaign: UUID) -> list[UUID]:
    found = uow.session.connection().execute(
        text(
            "SELECT household_id FROM household_index WHERE active AND household_id NOT IN "
            "(SELECT household_id FROM review_case WHERE campaign_id = :campaign)"
        ),
        {"campaign": campaign.bytes},
    )
    return [UUID(bytes=row[0]) for row in found]


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] * 1000


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _best(work: Callable[[], object]) -> float:
    """Milliseconds of the best of five: other programs on the machine take less from it."""
    return min(_timed(work) for _attempt in range(5)) * 1000


def _bare_keying(uow: UnitOfWork, case: UUID, number: int) -> None:
    """What the database itself needs for the same rows: members read; case, sheet, judgement and step written."""
    connection = uow.session.connection()
    connection.exec_driver_sql(
        "SELECT p.* FROM membership m JOIN person p ON p.id = m.person_id JOIN review_case c "
        "ON c.household_id = m.household_id WHERE c.id = ?",
        (case.bytes,),
    ).fetchall()
    connection.exec_driver_sql("UPDATE review_case SET b1 = ?, b2 = ? WHERE id = ?", (number, number, case.bytes))
    for model, changed in (
        (Survey, {"round": "1000 + round"}),
        (Judgement, {"scope": "'bare'"}),
        (CaseStep, {}),
    ):
        names = [column.name for column in model.__table__.columns]
        values = ["randomblob(16)" if name == "id" else changed.get(name, name) for name in names]
        connection.exec_driver_sql(
            f"INSERT INTO {model.__tablename__} ({', '.join(names)}) SELECT {', '.join(values)} "  # noqa: S608 - names of ours
            f"FROM {model.__tablename__} WHERE case_id = ? LIMIT 1",
            (case.bytes,),
        )


@pytest.mark.benchmark
def test_keying_the_next_sheet_never_waits(review: tuple[Workspace, UUID]) -> None:
    workspace, campaign = review
    at: UUID | None = workspace.read(surveys.next_case, campaign)
    keeping, showing, judging, bare = [], [], [], []
    for number in range(SHEETS):
        assert at is not None
        started = time.perf_counter()
        view = workspace.read(surveys.sheet, at)
        showing.append(time.perf_counter() - started)
        answers = dict.fromkeys(view.pack.codes, number % 3 == 0) | view.data.answers
        data = SurveyData(date(2026, 10, 5), "Lê Văn Tám", b1=100 + number % 80, answers=answers)
        data = replace(data, override_reasons=dict.fromkeys(answers, "Rà soát viên xem tại nhà"), causes=("2",))
        judging += [_timed(lambda case=at, sheet=data: workspace.read(surveys.judge, case, sheet))]
        started = time.perf_counter()
        result: SurveyResult = workspace.write(surveys.keep_survey, at, data)
        keeping.append(time.perf_counter() - started)
        bare.append(_timed(lambda case=at, points=data.b1 or 0: workspace.write(_bare_keying, case, points)))
        at = result.next_case
    both = [keep + show for keep, show in zip(keeping[:-1], showing[1:], strict=True)]
    print(
        f"\nkeying: save and show the next p95 {_p95(both):.1f} ms "
        f"(save {_p95(keeping):.1f}, show {_p95(showing):.1f}), "
        f"median {statistics.median(both) * 1000:.1f} ms; class while keying p95 {_p95(judging):.2f} ms; "
        f"bare write and read p95 {_p95(bare):.1f} ms, ratio {_p95(both) / _p95(bare):.1f}"
    )
    assert _p95(both) <= KEY_MS
    assert _p95(judging) <= JUDGE_MS


def _bare_board(uow: UnitOfWork, campaign: UUID) -> int:
    found = uow.session.connection().exec_driver_sql(
        "SELECT hamlet_id, state, count(*) FROM review_case WHERE campaign_id = ? GROUP BY hamlet_id, state",
        (campaign.bytes,),
    )
    return len(found.fetchall())


def _bare_list(uow: UnitOfWork, campaign: UUID) -> int:
    found = uow.session.connection().exec_driver_sql(
        "SELECT c.id FROM review_case c LEFT JOIN hamlet h ON h.id = c.hamlet_id WHERE c.campaign_id = ? "
        "AND c.state != 'removed' ORDER BY h.name_key, c.head_sort, c.id",
        (campaign.bytes,),
    )
    return len(found.fetchall())


@pytest.mark.benchmark
def test_the_board_and_the_lists_behind_it(review: tuple[Workspace, UUID]) -> None:
    workspace, campaign = review
    hamlet = workspace.read(campaign_board.board, campaign).rows[0].hamlet_id
    assert hamlet is not None
    board = _best(lambda: workspace.read(campaign_board.board, campaign))
    late = _best(lambda: workspace.read(campaign_board.board, campaign, date(2026, 12, 20)))
    bare = _best(lambda: workspace.read(_bare_board, campaign))
    everyone = _best(lambda: workspace.read(campaign_board.cases, CaseQuery(campaign)))
    bare_list = _best(lambda: workspace.read(_bare_list, campaign))
    query = CaseQuery(campaign, hamlets=(hamlet,), states=(CaseState.LISTED,))
    behind = _best(lambda: workspace.read(campaign_board.cases, query))
    found = _best(lambda: workspace.read(campaign_board.cases, CaseQuery(campaign, text="nguyen thi hoa")))
    ids = workspace.read(campaign_board.cases, query)
    lines = _best(lambda: workspace.read(campaign_board.rows, ids[:200]))
    print(
        f"\nboard {board:.0f} ms, {late:.0f} ms when late; bare count {bare:.0f} ms, ratio {board / bare:.1f}; all "
        f"households in paper order {everyone:.0f} ms, bare {bare_list:.0f} ms, ratio {everyone / bare_list:.1f}; "
        f"behind one number {behind:.0f} ms ({len(ids)}); by name {found:.0f} ms; 200 lines {lines:.0f} ms"
    )
    assert max(board, late, behind, found, lines) <= BOARD_MS
    assert everyone <= max(BOARD_MS, 1.5 * bare_list)


@pytest.mark.benchmark
def test_a_step_of_a_whole_commune(review: tuple[Workspace, UUID]) -> None:
    workspace, campaign = review
    cases = list(workspace.read(campaign_board.cases, CaseQuery(campaign, states=(CaseState.LISTED,))))
    shown = _timed(lambda: workspace.read(campaign_steps.preview, cases, CaseState.SURVEYED))
    taken = _timed(lambda: workspace.write(campaign_steps.advance, cases, CaseState.SURVEYED, on=date(2026, 11, 24)))
    print(f"\na step of {len(cases)} households: shown in {shown:.1f} s, taken in {taken:.1f} s")
    assert shown + taken <= OPEN_SECONDS

"""The board of learners and the opening of one among 20,000; ratios to the bare SQL of the same rows."""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from uuid import UUID

import pytest
from sqlalchemy import select, text

from casemgr.domain.paper_json import to_json
from casemgr.domain.training import LearnerState, NeedContent
from casemgr.persistence.keyfile import keys_path
from casemgr.persistence.models import Learner
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import learners
from casemgr.services.learners import LearnerQuery
from casemgr.workspace import Workspace
from tests.benchmarks.conftest import ROOM
from tests.support.workspaces import open_file

pytestmark = pytest.mark.benchmark

LEARNERS = int(os.environ.get("CASEMGR_BENCHMARK_LEARNERS", "20000"))
BOARD, OPENING = 0.100 * ROOM, 0.050 * ROOM
"""Seconds of the processor: what other programs do meanwhile does not count."""
ROUNDS = 7
TODAY = date(2026, 11, 24)

_STATES = tuple(LearnerState)
_FILL = text(
    """
    INSERT INTO learner (
        id, version, commune, person_id, household_id, status, status_on, trade, class_value, groups, km, course_id,
        registered_on, decision_number, decision_on, trained_before, ended_on, drop_reason, result,
        certificate_number, certificate_on, certificate_by, due_on, officer_id, content, note
    )
    SELECT randomblob(16), 1, i.commune, m.person_id, i.household_id,
        (SELECT s.value FROM json_each(:states) s WHERE s.key = i.number % json_array_length(:states)),
        '2026-09-01', 'May công nghiệp', 'poor', '[]', 160, NULL,
        '2026-08-01', '', NULL, 0, NULL, '', '', '', NULL, '',
        CASE WHEN i.number % 3 THEN date('2026-11-01', '+' || (i.number % 200) || ' days') END, NULL, :content, ''
    FROM household_index i JOIN membership m ON m.household_id = i.household_id
    WHERE m.left_on IS NULL AND m.left_reason IS NULL LIMIT :learners
    """
)
_BARE = """
    SELECT l.*, p.full_name, p.birth, i.number, i.head_name, i.hamlet_id FROM learner l
    JOIN person p ON p.id = l.person_id JOIN household_index i ON i.household_id = l.household_id
    WHERE l.status = ? ORDER BY l.due_on IS NULL, l.due_on, l.id LIMIT 40
"""
_BARE_ONE = (
    "SELECT l.*, p.*, i.* FROM learner l JOIN person p ON p.id = l.person_id "
    "JOIN household_index i ON i.household_id = l.household_id WHERE l.id = ?",
    "SELECT m.*, p.* FROM membership m JOIN person p ON p.id = m.person_id JOIN learner l ON l.household_id = "
    "m.household_id WHERE l.id = ?",
)


def _fill(uow: UnitOfWork) -> None:
    states = json.dumps([state.value for state in _STATES])
    uow.session.execute(_FILL, {"states": states, "content": to_json(NeedContent()), "learners": LEARNERS})


@pytest.fixture(scope="module")
def trained_file(reference_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the reference file with the learners in it."""
    path = tmp_path_factory.mktemp("trained") / "tinh.casemgr"
    shutil.copy(reference_file, path)
    shutil.copy(keys_path(reference_file), keys_path(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(path.parent / "home"))
        workspace = open_file(path)
        workspace.write(_fill)
        workspace.close()
    return path


@pytest.fixture
def trained(trained_file: Path) -> Iterator[Workspace]:
    workspace = open_file(trained_file)
    yield workspace
    workspace.close()


def _bare_board(uow: UnitOfWork) -> int:
    connection = uow.session.connection()
    return sum(len(connection.exec_driver_sql(_BARE, (state.value,)).fetchall()) for state in _STATES)


def _bare_one(uow: UnitOfWork, one: UUID) -> int:
    connection = uow.session.connection()
    return sum(len(connection.exec_driver_sql(statement, (one.bytes,)).fetchall()) for statement in _BARE_ONE)


def _whole_board(uow: UnitOfWork) -> int:
    rows = learners.board(uow, LearnerQuery())
    learners.counts(uow, LearnerQuery())
    return len(rows)


def _some(uow: UnitOfWork) -> list[UUID]:
    return list(uow.session.scalars(select(Learner.id).limit(ROUNDS + 1)))


def _seconds(workspace: Workspace, *call: object) -> float:
    started = process_time()
    workspace.read(*call)  # type: ignore[arg-type]
    return process_time() - started


def test_the_board_of_all_states(trained: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert trained.read(_whole_board) == trained.read(_bare_board)
    own = median(_seconds(trained, _whole_board) for _round in range(ROUNDS))
    bare = median(_seconds(trained, _bare_board) for _round in range(ROUNDS))
    due = median(_seconds(trained, learners.board, LearnerQuery(due_until=TODAY)) for _round in range(ROUNDS))
    with capsys.disabled():
        print(
            f"\nboard of {LEARNERS} learners: {own * 1000:.0f} ms (at most {BOARD * 1000:.0f} ms), bare SQL "
            f"{bare * 1000:.0f} ms, ratio {own / bare:.2f}; what is due only: {due * 1000:.0f} ms"
        )
    assert own <= BOARD


def test_opening_a_learner(trained: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    first, *others = trained.read(_some)
    _seconds(trained, learners.view, first)
    own = median(_seconds(trained, learners.view, one) for one in others)
    bare = median(_seconds(trained, _bare_one, one) for one in others)
    with capsys.disabled():
        print(
            f"\nopening one of {LEARNERS} learners: {own * 1000:.1f} ms (at most {OPENING * 1000:.0f} ms), bare SQL "
            f"{bare * 1000:.2f} ms, ratio {own / bare:.0f}"
        )
    assert own <= OPENING

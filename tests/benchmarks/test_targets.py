"""All targets over 100,000 households of which half are on a list, with what each received; ratio to bare SQL."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

import pytest
from sqlalchemy import text

from casemgr.jobs import without_collecting
from casemgr.persistence.keyfile import keys_path
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import left_behind, targets
from casemgr.workspace import Workspace
from tests.support.workspaces import open_file

pytestmark = pytest.mark.benchmark

SECONDS = 3.0
"""Of the processor: what other programs do meanwhile does not count."""
ROUNDS = 3
DAY = date(2026, 11, 24)

_DELIVERIES = text(
    """
    INSERT INTO delivery (
        id, version, commune, programme, rule, household_id, hamlet_id, class_value, on_date, period, amount, goods,
        goods_value, source, decision_number, stage, status, override_reason, received_on, received_by,
        received_relation, authorisation, note
    )
    SELECT randomblob(16), 1, i.commune, CASE i.number % 3 WHEN 0 THEN 'DIEN' WHEN 1 THEN 'QUA-XH' ELSE 'SK-CD' END,
        '', i.household_id, i.hamlet_id, i.class_value, '2026-05-20', '2026', 500000, '[]', 0, 'central', '', '',
        'received', '', '2026-05-20', '', '', '', ''
    FROM household_index i WHERE i.active AND i.number % 10 < 8
    """
)
_CARDS = text(
    """
    INSERT INTO insurance_card (
        id, version, commune, person_id, number, "group", valid_from, valid_to, facility, household_class
    )
    SELECT randomblob(16), 1, m.commune, m.person_id, '', 'BHYT-HN', '2026-01-01', '2026-12-31', '', 'poor'
    FROM membership m JOIN household_index i ON i.household_id = m.household_id
    WHERE i.number % 4 = 0 AND m.left_on IS NULL
    """
)
_BARE = (
    "SELECT c.household_id, c.value, c.year, coalesce(c.since, d.signed_on) FROM household_class c "
    "LEFT JOIN decision d ON d.id = c.decision_id",
    "SELECT person_id, household_id FROM membership WHERE left_on IS NULL",
    "SELECT id, birth FROM person WHERE died_on IS NOT NULL OR merit OR birth >= '2007'",
    "SELECT person_id, max(valid_from) FROM insurance_card GROUP BY person_id",
    "SELECT DISTINCT programme, household_id FROM delivery WHERE status = 'received'",
    "SELECT person_id, insured, school FROM person_condition",
    "SELECT household_id, person_id, departed_on, contract_to, returned_on FROM abroad_case",
    "SELECT household_id, person_id, status, registered_on, ended_on FROM learner",
    "SELECT household_id, programme, status, status_on FROM livelihood",
    "SELECT i.household_id, p.sex, p.ethnic FROM household_index i JOIN person p ON p.id = i.head_id "
    "WHERE p.sex = 'female' OR p.ethnic <> '01'",
)
"""The rows the targets must look at, read and thrown away."""


def _fill(uow: UnitOfWork) -> None:
    for statement in (_DELIVERIES, _CARDS):
        uow.session.execute(statement)


@pytest.fixture(scope="module")
def supported_file(reference_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the reference file with 80,000 deliveries and a quarter of the people insured."""
    path = tmp_path_factory.mktemp("supported") / "tinh.casemgr"
    shutil.copy(reference_file, path)
    shutil.copy(keys_path(reference_file), keys_path(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(path.parent / "home"))
        workspace = open_file(path)
        workspace.write(_fill)
        workspace.close()
    return path


@pytest.fixture
def supported(supported_file: Path) -> Iterator[Workspace]:
    workspace = open_file(supported_file)
    yield workspace
    workspace.close()


def _bare(uow: UnitOfWork) -> int:
    """Both sides run without the collector, which else walks through every row that is held."""
    connection = uow.session.connection()
    with without_collecting():
        return sum(len(connection.exec_driver_sql(statement).fetchall()) for statement in _BARE)


def _seconds(workspace: Workspace, *call: object) -> float:
    started = process_time()
    workspace.read(*call)  # type: ignore[arg-type]
    return process_time() - started


def test_all_targets(supported: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    _seconds(supported, targets.board, DAY, "bentre-2023")
    own = [_seconds(supported, targets.board, DAY, "bentre-2023") for _round in range(ROUNDS)]
    bare = [_seconds(supported, _bare) for _round in range(ROUNDS)]
    one = _seconds(supported, targets.figure, "I20", DAY)
    behind = _seconds(supported, left_behind.left_behind, DAY)
    with capsys.disabled():
        print(
            f"\nall targets: {median(own):.2f} s (at most {SECONDS:.0f} s), bare SQL of the same rows "
            f"{median(bare):.2f} s, ratio {median(own) / median(bare):.2f}; one with its list {one:.2f} s; "
            f"left behind {behind:.2f} s"
        )
    assert median(own) <= SECONDS

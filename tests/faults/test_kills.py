"""The program is killed at random moments and at chosen system calls: nothing acknowledged is ever lost."""

import multiprocessing
import random
import shutil
import time
from pathlib import Path

import pytest

from casemgr.persistence import schema
from casemgr.persistence.archive import Archive
from casemgr.persistence.engine import close, find_damage, open_engine
from casemgr.persistence.keyfile import LIGHT_PROFILE, KeyFile
from casemgr.persistence.restoring import Staging, staging_folder
from casemgr.services.backup import list_backups, verify, verify_backup
from tests.faults.conftest import copy_case, households_in
from tests.support import fault_workers
from tests.support.schemas import contents
from tests.support.tracing import can_trace, count_calls, run_killed
from tests.support.workspaces import PASSPHRASE

pytestmark = pytest.mark.faults

SEED = 20261124
KILLS = 40
_fork = multiprocessing.get_context("forkserver")
_fork.set_forkserver_preload(["tests.support.fault_workers"])
traced = pytest.mark.skipif(not can_trace(), reason="tracing of system calls is not permitted here")


def chance(salt: int = 0) -> random.Random:
    return random.Random(SEED + salt)  # noqa: S311 - a seed, to find the same moments again


def test_killed_at_random_moments_nothing_acknowledged_is_lost(case_file: Path) -> None:
    moments = chance()
    present = 2
    acknowledged = 0
    for kill in range(KILLS):
        here, there = _fork.Pipe(duplex=False)
        worker = _fork.Process(target=fault_workers.add_until_killed, args=(case_file, there))
        worker.start()
        there.close()
        told = here.recv()
        deadline = time.monotonic() + moments.uniform(0, 0.25)
        while (left := deadline - time.monotonic()) > 0 and here.poll(left):
            told = here.recv()
        worker.kill()
        worker.join()
        try:
            while here.poll():
                told = here.recv()
        except EOFError:
            pass
        here.close()
        found = households_in(case_file) - present
        assert told <= found <= told + 1, f"kill {kill} of seed {SEED}: told {told}, found {found}"
        present += found
        acknowledged += told
    assert acknowledged >= KILLS


def test_of_two_starts_exactly_one_gets_the_file(case_file: Path) -> None:
    for race in range(20):
        runners = []
        for _number in range(2):
            start_here, start_there = _fork.Pipe()
            result_here, result_there = _fork.Pipe()
            process = _fork.Process(target=fault_workers.open_once, args=(case_file, start_there, result_there))
            process.start()
            runners.append((process, start_here, result_here))
        for _process, start, _result in runners:
            start.send("go")
        outcomes = sorted(result.recv() for _process, _start, result in runners)
        assert outcomes == ["FileInUseError", "opened"], f"race {race}"
        for process, start, _result in runners:
            if process.is_alive():
                start.send("leave")
            process.join()


def sample(counts: dict[str, int], most: int) -> list[tuple[str, int]]:
    """Moments spread over every kind of call, the last ones of each always among them."""
    every = [(call, number + 1) for call, count in counts.items() for number in range(count)]
    last = [(call, count - step) for call, count in counts.items() for step in range(2) if count > step]
    others = [moment for moment in every if moment not in last]
    return last + chance(1).sample(others, max(0, min(len(others), most - len(last))))


@traced
def test_a_restore_killed_anywhere_leaves_the_old_or_the_new_file(
    case_file: Path, backup_file: Path, original: Path
) -> None:
    folder = case_file.parent
    seen = set()
    counts = count_calls("restore", str(case_file), str(backup_file))
    for call, number in sample(counts, 30):
        copy_case(original, folder)
        run_killed(call, number, "restore", str(case_file), str(backup_file))
        found = households_in(case_file)
        assert found in {1, 2}, f"{call} {number}"
        aside = list(folder.glob("*aside*"))
        assert len(aside) == (1 if found == 1 else 0), f"{call} {number}"
        if aside:
            assert households_in(aside[0] / case_file.name) == 2
        assert not staging_folder(case_file).exists()
        seen.add(found)
    assert seen == {1, 2}, "the sample has moments on both sides of the point of no return"


@traced
def test_finishing_a_restore_may_be_killed_again(case_file: Path, backup_file: Path) -> None:
    """A crash while recovering from a crash: the restore was committed, and the opening that finishes it is killed."""
    staging = Staging(case_file)
    staging.begin()
    keys = KeyFile.load(case_file, profile=LIGHT_PROFILE)
    dek = keys.unlock(PASSPHRASE).dek
    with Archive(backup_file) as archive:
        verify(archive, dek, staging.database)
        journal = archive.manifest.survey.journal
    staging.commit(keys.for_restore(journal.sequence, journal.digest, after=0), "An Phú-aside-1")
    committed = case_file.parent.with_name("committed")
    shutil.copytree(case_file.parent, committed)
    words = ("open", str(case_file))
    for call, number in sample(count_calls(*words), 12):
        shutil.rmtree(case_file.parent)
        shutil.copytree(committed, case_file.parent)
        run_killed(call, number, *words)
        assert households_in(case_file) == 1, f"{call} {number}"
        assert households_in(case_file.parent / "An Phú-aside-1" / case_file.name) == 2, f"{call} {number}"


@traced
def test_a_backup_killed_anywhere_leaves_no_half_file_with_a_final_name(case_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    words = ("backup", str(case_file), str(folder))
    for call, number in sample(count_calls(*words), 18):
        run_killed(call, number, *words)
        finished = list(folder.glob("*.casemgr-backup"))
        assert len(finished) == len(list_backups(folder)), f"{call} {number}"
        for file in finished:
            assert verify_backup(file, fault_workers.SECRET).households == 2, f"{call} {number}"
            file.unlink()
    assert households_in(case_file) == 2


@traced
def test_an_upgrade_killed_anywhere_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    key = bytes(range(32))
    original = tmp_path / "original.casemgr"
    engine = open_engine(original, key, create=True)
    schema.create(engine)
    with engine.execution_options(casemgr_write=True).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
        connection.exec_driver_sql("INSERT INTO parent VALUES (1, 'Hoa'), (2, 'Đặng')")
    close(engine)
    revisions = tmp_path / "revisions"
    revisions.mkdir()
    (revisions / "v0002_more.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n"
        "revision, down_revision, branch_labels, depends_on = '0002', '0001', None, None\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('parent') as table:\n"
        "        table.add_column(sa.Column('note', sa.Text(), nullable=False, server_default=''))\n"
    )
    path = tmp_path / "case" / "a.casemgr"
    path.parent.mkdir()

    def fresh() -> tuple[str, ...]:
        for entry in path.parent.iterdir():
            entry.unlink()
        path.write_bytes(original.read_bytes())
        return "upgrade", str(path), str(revisions)

    seen = set()
    for call, number in sample(count_calls(*fresh()), 16):
        run_killed(call, number, *fresh())
        engine = open_engine(path, key)
        version = schema.version_of(engine)
        with engine.connect() as connection:
            rows = contents(connection)["parent"]
        assert find_damage(engine) == ()
        close(engine)
        assert (version, rows) in [(1, [(1, "Hoa"), (2, "Đặng")]), (2, [(1, "Hoa", ""), (2, "Đặng", "")])], (
            f"{call} {number}"
        )
        seen.add(version)
    assert seen == {1, 2}

"""Bits rot and files are mixed up by hand: wrong data is never shown as right."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from casemgr.errors import StorageError
from casemgr.persistence.engine import close, copy_into, find_damage, open_engine
from casemgr.persistence.keyfile import LIGHT_PROFILE, KeyFile
from tests.faults.conftest import households_in
from tests.support.schemas import contents
from tests.support.workspaces import PASSPHRASE, Make, open_file

pytestmark = pytest.mark.faults

SEED = 20261124
FLIPS = 300


def key_of(path: Path) -> bytes:
    return KeyFile.load(path, profile=LIGHT_PROFILE).unlock(PASSPHRASE).database_key


def outcome(path: Path, key: bytes, expected: dict[str, list[tuple[object, ...]]]) -> str:
    """What a person gets: "refused" by the opening, "noticed" while reading, "same" data, or wrong data."""
    try:
        engine = open_engine(path, key, read_only=True)
    except StorageError:
        return "refused"
    try:
        with engine.connect() as connection:
            shown = contents(connection)
    except DBAPIError:
        return "noticed"
    finally:
        found = find_damage(engine)
        close(engine)
    if shown != expected:
        return "wrong"
    return "same, found by the check" if found else "same, unnoticed"


def test_every_flipped_bit_is_noticed_before_wrong_data_is_shown(case_file: Path) -> None:
    key, good = key_of(case_file), case_file.read_bytes()
    engine = open_engine(case_file, key)
    with engine.connect() as connection:
        expected = contents(connection)
    close(engine)
    chance = random.Random(SEED)  # noqa: S311 - a seed, to find the same bits again
    for _flip in range(FLIPS):
        spot, bit = chance.randrange(len(good)), chance.randrange(8)
        flipped = bytearray(good)
        flipped[spot] ^= 1 << bit
        case_file.write_bytes(flipped)
        result = outcome(case_file, key, expected)
        assert result not in {"wrong", "same, unnoticed"}, f"bit {bit} of byte {spot}: {result}"


def test_a_plain_file_would_not_notice(tmp_path: Path) -> None:
    """The twin of the test above: without seals the same flips show wrong data that the database calls good."""
    path = tmp_path / "plain"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)")
    connection.executemany("INSERT INTO person (name) VALUES (?)", [(f"Nguyễn Văn {n}" * 5,) for n in range(300)])
    connection.commit()
    connection.text_factory = bytes
    expected = connection.execute("SELECT * FROM person").fetchall()
    connection.close()
    good, chance, wrong = path.read_bytes(), random.Random(SEED), 0  # noqa: S311 - a seed
    for _flip in range(60):
        flipped = bytearray(good)
        flipped[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        connection = sqlite3.connect(path)
        connection.text_factory = bytes
        try:
            checked = connection.execute("PRAGMA integrity_check").fetchall()
            shown = connection.execute("SELECT * FROM person").fetchall()
            wrong += checked == [(b"ok",)] and shown != expected
        except sqlite3.DatabaseError:
            pass
        finally:
            connection.close()
    assert wrong > 0


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_shortened_file_is_noticed(case_file: Path, part: float) -> None:
    key, good = key_of(case_file), case_file.read_bytes()
    engine = open_engine(case_file, key)
    with engine.connect() as connection:
        expected = contents(connection)
    close(engine)
    case_file.write_bytes(good[: int(len(good) * part)])
    assert outcome(case_file, key, expected) in {"refused", "noticed", "same, found by the check"}


def test_zeroed_sectors_are_noticed(case_file: Path) -> None:
    key, good = key_of(case_file), case_file.read_bytes()
    chance = random.Random(SEED)  # noqa: S311 - a seed
    for _sector in range(60):
        start = chance.randrange(len(good) // 512) * 512
        case_file.write_bytes(good[:start] + bytes(512) + good[start + 512 :])
        assert outcome(case_file, key, {}) in {"refused", "noticed", "wrong"}
        if outcome(case_file, key, {}) == "wrong":  # every row differs from none: then the check must tell
            engine = open_engine(case_file, key, read_only=True)
            assert find_damage(engine)
            close(engine)


def test_a_copy_of_an_open_file_without_its_log_lacks_the_newest(case_file: Path, tmp_path: Path) -> None:
    """Why copies are made by the program only: this is what a copy by hand would hold."""
    workspace = open_file(case_file)
    workspace.engine.connect().close()
    Make(workspace).household("Trần Thị Bé")
    by_hand, by_us = tmp_path / "by-hand", tmp_path / "by-us"
    shutil.copy(case_file, by_hand)
    copy_into(workspace.engine, by_us)
    key = key_of(case_file)
    counts = []
    for copy in (by_hand, by_us):
        engine = open_engine(copy, key, read_only=True)
        with engine.connect() as connection:
            counts.append(connection.execute(text("SELECT count(*) FROM household")).scalar_one())
        close(engine)
    workspace.close()
    assert counts == [2, 3]


def test_a_stale_log_changes_a_file_silently(case_file: Path) -> None:
    """The twin of the restore tests: left in place, an old log is replayed into a newer file and nothing complains."""
    log = case_file.with_name(f"{case_file.name}-wal")
    workspace = open_file(case_file)
    for number in range(3):
        Make(workspace).household(f"Trần Thị Bé {number}")
    stale = log.read_bytes()
    workspace.close()
    key = key_of(case_file)
    engine = open_engine(case_file, key)
    with engine.execution_options(casemgr_write=True).begin() as connection:
        connection.exec_driver_sql("DELETE FROM journal")
        connection.exec_driver_sql("DELETE FROM change")
    close(engine)
    log.write_bytes(stale)
    engine = open_engine(case_file, key)
    with engine.connect() as connection:
        back = connection.execute(text("SELECT count(*) FROM journal")).scalar_one()
    close(engine)
    assert back > 0, "the rows deleted after the log was made are back"


def test_the_whole_file_is_fine_to_begin_with(case_file: Path) -> None:
    assert households_in(case_file) == 2

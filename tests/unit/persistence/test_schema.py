"""The format of the case file: made at once or by revisions, refused when newer, upgraded whole or not at all."""

import hashlib
import logging
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from casemgr.errors import StorageError
from casemgr.jobs import Cancelled
from casemgr.persistence import schema
from casemgr.persistence.engine import close, find_damage, open_engine
from casemgr.persistence.keyfile import keys_path
from tests.support import first_revision
from tests.support.schemas import contents, describe

KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)

GOOD = """
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None
def upgrade():
    with op.batch_alter_table("parent") as table:
        table.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        table.create_check_constraint("named", "length(name) > 0")
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True), sqlite_strict=True)
    op.execute("INSERT INTO extra VALUES (1)")
"""
FAILS = GOOD + '    raise ValueError("half way")\n'
ORPHANS = GOOD.replace("INSERT INTO extra VALUES (1)", "DELETE FROM parent WHERE id = 2")
KILLED = GOOD + "    import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)\n"


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    """A file of today's format with two more tables, parent and child, and a key file."""
    path = tmp_path / "An Phú.casemgr"
    engine = open_engine(path, KEY, create=True)
    schema.create(engine)
    with engine.execution_options(casemgr_write=True).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
        connection.exec_driver_sql(
            "CREATE TABLE child (id INTEGER PRIMARY KEY, "
            "parent_id INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE)"
        )
        connection.exec_driver_sql("INSERT INTO parent VALUES (1, 'Nguyễn Thị Hoa'), (2, 'Lê Văn Đặng')")
        connection.exec_driver_sql("INSERT INTO child VALUES (10, 1), (11, 2), (12, 2)")
    close(engine)
    keys_path(path).write_text("keys")
    return path


def revisions(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "revisions"
    folder.mkdir(exist_ok=True)
    (folder / "v0002_more.py").write_text(text, "utf-8")
    return folder


def upgrade(case_file: Path, folder: Path) -> Path | None:
    return schema.upgrade_if_older(case_file, KEY, now=NOW, target=2, extra=[folder])


def reading(path: Path) -> Engine:
    return open_engine(path, KEY, read_only=True)


def everything(path: Path) -> tuple[dict[str, object], dict[str, list[tuple[object, ...]]], int]:
    engine = reading(path)
    try:
        with engine.connect() as connection:
            return describe(connection), contents(connection), schema.version_of(engine)
    finally:
        close(engine)


def test_revisions_and_models_make_the_same_file(tmp_path: Path) -> None:
    made, migrated = tmp_path / "made.casemgr", tmp_path / "migrated.casemgr"
    engine = open_engine(made, KEY, create=True)
    schema.create(engine)
    schema.require_current(engine)
    assert find_damage(engine) == ()
    close(engine)
    engine = open_engine(migrated, KEY, create=True)
    with engine.execution_options(casemgr_write=True).begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = -1")  # an empty file of before the first format
    close(engine)
    assert schema.upgrade_if_older(migrated, KEY, now=NOW) is not None
    for left, right in zip(everything(made), everything(migrated), strict=True):
        assert left == right


def test_the_first_revision_is_written_from_the_models() -> None:
    """Until the first release: run `python -m tests.support.first_revision`; after it: freeze, and add a revision."""
    assert first_revision.TARGET.read_text("utf-8") == first_revision.text()


def test_a_current_file_is_left_alone(case_file: Path) -> None:
    before = case_file.read_bytes()
    assert schema.upgrade_if_older(case_file, KEY, now=NOW) is None
    assert case_file.read_bytes() == before
    assert sorted(path.name for path in case_file.parent.glob("An Phú*")) == ["An Phú.casemgr", "An Phú.casemgr.keys"]


def test_a_newer_file_is_refused_untouched(case_file: Path) -> None:
    engine = open_engine(case_file, KEY)
    with engine.execution_options(casemgr_write=True).begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 47")
    close(engine)
    before = hashlib.sha256(case_file.read_bytes()).digest()
    with pytest.raises(StorageError, match=rf"47.*{schema.CURRENT}"):
        schema.upgrade_if_older(case_file, KEY, now=NOW)
    engine = reading(case_file)
    with pytest.raises(StorageError, match="47"):
        schema.require_current(engine)
    close(engine)
    assert hashlib.sha256(case_file.read_bytes()).digest() == before


def test_an_unfinished_or_older_file_is_refused_by_the_check(case_file: Path) -> None:
    for version in (0, -1):
        engine = open_engine(case_file, KEY)
        with engine.execution_options(casemgr_write=True).begin() as connection:
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")
        with pytest.raises(StorageError, match="An Phú"):
            schema.require_current(engine)
        close(engine)


def test_an_upgrade_keeps_every_row_and_leaves_a_copy_that_opens(case_file: Path, tmp_path: Path) -> None:
    before = everything(case_file)
    copy = upgrade(case_file, revisions(tmp_path, GOOD))
    assert copy is not None
    assert copy.name == "An Phú-format-1-20261124-083000.casemgr"
    assert everything(copy) == before
    assert keys_path(copy).read_text() == "keys"
    _shape, rows, version = everything(case_file)
    assert version == 2
    assert rows["parent"] == [(1, "Nguyễn Thị Hoa", ""), (2, "Lê Văn Đặng", "")]
    assert rows["child"] == [(10, 1), (11, 2), (12, 2)]
    assert rows["extra"] == [(1,)]
    assert rows["alembic_version"] == [("0002",)]
    assert upgrade(case_file, tmp_path / "revisions") is None


@pytest.mark.parametrize("text", [FAILS, ORPHANS], ids=["fails", "orphans"])
def test_a_failing_upgrade_changes_nothing(
    case_file: Path, tmp_path: Path, text: str, expected_warnings: list[logging.LogRecord]
) -> None:
    before = everything(case_file)
    with pytest.raises(StorageError, match="format-1"):
        upgrade(case_file, revisions(tmp_path, text))
    assert everything(case_file) == before
    assert len(expected_warnings) == 1
    assert upgrade(case_file, revisions(tmp_path, GOOD)) is not None


def test_an_upgrade_killed_half_way_changes_nothing(case_file: Path, tmp_path: Path) -> None:
    before = everything(case_file)
    folder = revisions(tmp_path, KILLED)
    script = (
        "import sys; from pathlib import Path; from casemgr.persistence import schema\n"
        "schema.upgrade_if_older(Path(sys.argv[1]), bytes(range(32)), target=2, extra=[Path(sys.argv[2])])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(case_file), str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert everything(case_file) == before
    assert upgrade(case_file, revisions(tmp_path, GOOD)) is not None


def test_stopping_is_possible_until_the_change_begins(case_file: Path, tmp_path: Path) -> None:
    before = case_file.read_bytes()

    def stop(done: int, total: int, message: str) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        schema.upgrade_if_older(case_file, KEY, now=NOW, target=2, extra=[revisions(tmp_path, GOOD)], progress=stop)
    assert case_file.read_bytes() == before


def test_a_damaged_file_is_not_upgraded(case_file: Path, tmp_path: Path) -> None:
    data = bytearray(case_file.read_bytes())
    data[-2000] ^= 4
    case_file.write_bytes(data)
    with pytest.raises(StorageError, match="An Phú"):
        upgrade(case_file, revisions(tmp_path, GOOD))
    assert case_file.read_bytes() == bytes(data)
    assert not list(case_file.parent.glob("*format-1*"))

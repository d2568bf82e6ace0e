"""The one place that opens a case file: what it sets, what it refuses, what it leaves behind."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casemgr.errors import StorageError, WrongKeyError
from casemgr.persistence.engine import (
    APPLICATION_ID,
    checkpoint,
    close,
    copy_into,
    find_damage,
    is_read_only,
    open_engine,
    path_of,
    translate_database_error,
)

KEY = bytes(range(32))
NAME = "Xã An Phú #1?.casemgr"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    engine = open_engine(path, KEY, create=True)
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
        connection.exec_driver_sql("INSERT INTO person VALUES (1, 'Đặng Thị Ưng')")
    close(engine)
    return path


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    engine = open_engine(path, KEY)
    yield engine
    close(engine)


def writing(engine: Engine) -> Engine:
    return engine.execution_options(casemgr_write=True)


def people(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one())


def test_the_library_is_new_enough() -> None:
    assert driver.sqlite_version_info >= (3, 51, 3)


@pytest.mark.parametrize("write", [True, False])
def test_every_connection_has_the_pragmas(engine: Engine, write: bool) -> None:
    expected = {
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "recursive_triggers": 1,
        "busy_timeout": 5000,
        "cache_size": -64000,
        "wal_autocheckpoint": 200,
        "application_id": APPLICATION_ID,
        "journal_mode": "wal",
        "locking_mode": "normal",
        "query_only": 0 if write else 1,
    }
    with engine.execution_options(casemgr_write=write).connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
        assert connection.exec_driver_sql("PRAGMA mmap_size").scalar() in {None, 0}  # SQLCipher does not map at all
    assert found == expected


def test_nothing_in_the_file_is_readable(path: Path) -> None:
    data = path.read_bytes()
    assert not data.startswith(b"SQLite format 3")
    assert "Đặng Thị Ưng".encode() not in data
    assert b"CREATE TABLE" not in data


def test_ddl_rolls_back_with_the_transaction(engine: Engine) -> None:
    with writing(engine).connect() as connection:
        connection.exec_driver_sql("CREATE TABLE extra (id INTEGER)")
        connection.exec_driver_sql("INSERT INTO extra VALUES (1)")
        connection.rollback()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").scalar_one() == 0


def test_a_reading_connection_cannot_write_and_a_pooled_one_can_change_sides(engine: Engine) -> None:
    for _turn in range(3):
        with engine.connect() as connection, pytest.raises(DBAPIError) as refused:
            connection.exec_driver_sql("INSERT INTO person VALUES (9, 'Lê Văn Cả')")
        assert translate_database_error(refused.value, path_of(engine)) is None, "a bug of ours, not of the disk"
        with writing(engine).begin() as connection:
            connection.exec_driver_sql("INSERT INTO person (name) VALUES ('Lê Văn Cả')")
    assert people(engine) == 4


def test_reading_goes_on_while_a_thread_writes_and_sees_whole_transactions(engine: Engine) -> None:
    wrote, read = threading.Event(), threading.Event()

    def write() -> None:
        with Session(writing(engine)) as session, session.begin():
            session.connection().exec_driver_sql("INSERT INTO person (name) VALUES ('Trần Thị Bé')")
            wrote.set()
            assert read.wait(10)

    thread = threading.Thread(target=write)
    thread.start()
    assert wrote.wait(10)
    before = people(engine)
    read.set()
    thread.join()
    assert (before, people(engine)) == (1, 2)


def test_two_writers_take_turns(engine: Engine) -> None:
    def write() -> None:
        for _row in range(20):
            with writing(engine).begin() as connection:
                connection.exec_driver_sql("INSERT INTO person (name) VALUES ('Trần Thị Bé')")

    threads = [threading.Thread(target=write) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert people(engine) == 61


def test_at_rest_there_is_one_file(path: Path) -> None:
    engine = open_engine(path, KEY)
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("INSERT INTO person (name) VALUES ('Trần Thị Bé')")
    log = path.with_name(f"{NAME}-wal")
    assert log.stat().st_size > 0
    assert checkpoint(engine)
    assert log.stat().st_size == 0
    assert people(engine) == 2
    close(engine)
    assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(NAME)] == [NAME]


def test_a_wrong_key_is_not_damage(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WrongKeyError, match="An Phú"):
        open_engine(path, bytes(32))
    assert capfd.readouterr().err == "", "SQLCipher keeps quiet"
    close(open_engine(path, KEY))


@pytest.mark.parametrize("spot", [20, 100, 4000])
def test_a_damaged_first_page_is_not_a_wrong_key(path: Path, spot: int) -> None:
    data = bytearray(path.read_bytes())
    data[spot] ^= 1
    path.write_bytes(data)
    with pytest.raises(StorageError, match="An Phú") as refused:
        open_engine(path, KEY)
    assert not isinstance(refused.value, WrongKeyError)
    assert path.read_bytes() == bytes(data)


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"SQLite format 3\0" + bytes(8176), bytes(8192)])
def test_what_is_no_case_file_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.casemgr"
    path.write_bytes(content)
    with pytest.raises(StorageError, match="other"):
        open_engine(path, KEY)
    assert path.read_bytes() == content


def test_a_database_of_another_program_with_the_same_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.casemgr"
    connection = driver.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match="other"):
        open_engine(path, KEY)


def test_missing_and_existing_files(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="khong-co"):
        open_engine(tmp_path / "khong-co.casemgr", KEY)
    assert not (tmp_path / "khong-co.casemgr").exists()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="An Phú"):
        open_engine(path, KEY, create=True)
    assert path.read_bytes() == before
    with pytest.raises(StorageError, match="nowhere"):
        open_engine(tmp_path / "nowhere" / "a.casemgr", KEY, create=True)


def test_a_short_key_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_engine(tmp_path / "a.casemgr", b"short", create=True)


def test_reading_only_on_request_changes_no_byte(path: Path) -> None:
    before = path.read_bytes()
    engine = open_engine(path, KEY, read_only=True)
    assert is_read_only(engine)
    assert people(engine) == 1
    with pytest.raises(DBAPIError), writing(engine).begin() as connection:
        connection.exec_driver_sql("INSERT INTO person (name) VALUES ('Trần Thị Bé')")
    assert checkpoint(engine)
    close(engine)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(NAME)] == [NAME]


def test_a_copy_is_whole_encrypted_and_has_the_same_key(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    copy_into(engine, target)
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("INSERT INTO person (name) VALUES ('Trần Thị Bé')")
    copy = open_engine(target, KEY, read_only=True)
    assert (people(copy), find_damage(copy)) == (1, ())
    close(copy)
    assert not target.read_bytes().startswith(b"SQLite format 3")


def test_damage_inside_is_named_by_page_and_by_reference(path: Path) -> None:
    engine = open_engine(path, KEY)
    with writing(engine).connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            connection.exec_driver_sql("CREATE TABLE child (id INTEGER, person INTEGER REFERENCES person(id))")
            connection.exec_driver_sql("INSERT INTO child VALUES (1, 77)")
    assert [text for text in find_damage(engine) if "child" in text]
    close(engine)
    data = bytearray(path.read_bytes())
    data[4096 + 50] ^= 1
    path.write_bytes(data)
    engine = open_engine(path, KEY, read_only=True)
    assert any("page 2" in text for text in find_damage(engine))
    close(engine)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (13, "MB"),
        (10, "disk|đĩa"),
        (1034, "disk|đĩa"),
        (11, "backup|sao lưu"),
        (26, "backup|sao lưu"),
        (5, "An Phú"),
        (14, "An Phú"),
    ],
)
def test_each_failure_of_the_disk_has_a_sentence(path: Path, code: int, word: str) -> None:
    error = driver.OperationalError("x")
    error.sqlite_errorcode = code
    translated = translate_database_error(error, path)
    assert isinstance(translated, StorageError)
    assert re.search(word, str(translated))


def test_a_bug_stays_a_bug(path: Path) -> None:
    error = driver.OperationalError("no such table: t")
    error.sqlite_errorcode = 1
    assert translate_database_error(error, path) is None
    assert translate_database_error(KeyError("x"), path) is None


def as_nobody(script: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a script without the rights of the superuser, for whom nothing is read-only."""
    head = """
        import os, sys
        from pathlib import Path
        import casemgr.persistence.engine as engines
        from casemgr.errors import StorageError
        from sqlalchemy.exc import DBAPIError
        import sqlalchemy.dialects.sqlite.pysqlite, sqlite3, unicodedata
        if os.getuid() == 0:
            os.setgroups([]), os.setgid(65534), os.setuid(65534)
        key, path = bytes(range(32)), Path(sys.argv[1])
    """
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}  # noqa: PTH109 - the checkout
    environment.pop("COVERAGE_PROCESS_CONFIG", None)  # nobody could not write coverage's data either
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(script), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


READ = """
    engine = engines.open_engine(path, key)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one()
    print("read", rows, engines.is_read_only(engine), engines.find_damage(engine))
    try:
        with engine.execution_options(casemgr_write=True).begin() as connection:
            connection.exec_driver_sql("DELETE FROM person")
    except DBAPIError as error:
        print(engines.translate_database_error(error, path))
    engines.close(engine)
"""


@pytest.fixture
def shared(path: Path) -> Iterator[Path]:
    """The file in a folder that everybody may enter: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(shutil.copy(path, folder))
        Path(folder).chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are not bits there")
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o644, 0o555), (0o444, 0o777), (0o666, 0o555)])
def test_a_place_that_cannot_be_written_opens_for_reading(shared: Path, file_mode: int, folder_mode: int) -> None:
    shared.chmod(file_mode)
    before, names = shared.read_bytes(), sorted(entry.name for entry in shared.parent.iterdir())
    shared.parent.chmod(folder_mode)
    done = as_nobody(READ, str(shared))
    shared.parent.chmod(0o755)
    assert done.stdout.startswith("read 1 True ()"), done.stderr
    assert "An Phú" in done.stdout.split("\n")[1]
    assert done.stderr == ""
    assert shared.read_bytes() == before
    assert sorted(entry.name for entry in shared.parent.iterdir()) == names


@pytest.mark.skipif(sys.platform == "win32", reason="rights are not bits there")
def test_a_file_that_was_not_closed_is_not_shown_half_from_a_read_only_place(shared: Path) -> None:
    shared.with_name(f"{NAME}-wal").write_bytes(b"x" * 5000)
    shared.parent.chmod(0o555)
    script = """
        try:
            engines.open_engine(path, key)
        except StorageError as error:
            print(error)
    """
    done = as_nobody(script, str(shared))
    shared.parent.chmod(0o755)
    assert "An Phú" in done.stdout, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="rights are not bits there")
def test_no_file_is_made_in_a_place_that_cannot_be_written(shared: Path) -> None:
    shared.parent.chmod(0o555)
    script = """
        try:
            engines.open_engine(path.with_name("moi.casemgr"), key, create=True)
        except StorageError as error:
            print(error)
    """
    done = as_nobody(script, str(shared))
    shared.parent.chmod(0o755)
    assert str(shared.parent) in done.stdout, done.stderr

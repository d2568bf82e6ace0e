"""The check of an open file: whole ones pass, and each kind of damage is named."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from casemgr.persistence.engine import close, open_engine
from casemgr.persistence.keyfile import KeyFile, keys_path
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services.checks import check
from casemgr.workspace import Workspace
from tests.support.workspaces import PASSPHRASE, Make, make_file, open_file


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "An Phú.casemgr"
    make_file(path)
    opened = open_file(path)
    make = Make(opened)
    make.household("Nguyễn Thị Á")
    make.poor(make.household("Lê Văn Đặng"))
    yield opened
    opened.close()


def wrong(workspace: Workspace) -> set[str]:
    return {finding.code for finding in check(workspace) if not finding.good}


def damage(workspace: Workspace, *statements: str) -> None:
    with workspace.engine.connect().execution_options(casemgr_write=True) as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            for statement in statements:
                connection.exec_driver_sql(statement)


def test_a_whole_file_passes(workspace: Workspace) -> None:
    steps: list[str] = []
    findings = check(workspace, progress=lambda _done, _total, text: steps.append(text))
    assert [finding.code for finding in findings] == ["pages", "journal", "anchor", "search", "papers"]
    assert all(finding.good for finding in findings)
    assert len(steps) == 6


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE journal SET action = 'x' WHERE seq = 2", "journal"),
        ("DELETE FROM journal WHERE seq = 2", "journal"),
        ("DELETE FROM search_entry WHERE id = 1", "search"),
        ("DELETE FROM household_index WHERE number = 1", "search"),
        ("DELETE FROM search_text WHERE rowid = 1", "search"),
        ("DELETE FROM person WHERE full_name = 'Nguyễn Thị Á'", "pages"),
    ],
)
def test_each_damage_is_found(workspace: Workspace, statement: str, code: str) -> None:
    damage(workspace, statement)
    assert code in wrong(workspace)


def test_a_paper_that_was_altered_is_found(workspace: Workspace) -> None:
    household = "(SELECT id FROM household LIMIT 1)"
    columns = workspace.engine.connect()
    with columns:
        names = [
            (row[1], row[2], row[3])
            for row in columns.exec_driver_sql("SELECT * FROM pragma_table_info('certificate')")
        ]
    values = {"id": f"x'{7:032x}'", "household_id": household, "pdf": "x'25504446'", "sha256": "'00'"}
    usual = {"TEXT": "''", "INTEGER": "1", "BLOB": "NULL"}
    row = ", ".join(values.get(name, usual[kind] if required else "NULL") for name, kind, required in names)
    damage(workspace, f"INSERT INTO certificate VALUES ({row})")  # noqa: S608 - made here
    assert "papers" in wrong(workspace)


def test_a_file_of_yesterday_is_found(tmp_path: Path) -> None:
    path = tmp_path / "An Phú.casemgr"
    make_file(path)
    yesterday = path.read_bytes()
    opened = open_file(path)
    Make(opened).household("Nguyễn Thị Á")
    opened.close()
    path.write_bytes(yesterday)
    opened = open_file(path)
    assert wrong(opened) == {"anchor"}
    opened.close()


def test_a_rewritten_journal_is_found_by_its_anchor(tmp_path: Path) -> None:
    path = tmp_path / "An Phú.casemgr"
    make_file(path)
    keys = KeyFile.load(path, profile=LIGHT_PROFILE)
    key = keys.unlock(PASSPHRASE).database_key
    keys.set_anchor(1, "00" * 32)
    close(open_engine(path, key))
    opened = open_file(path)
    assert wrong(opened) == {"anchor"}
    opened.close()
    assert keys_path(path).exists()


def test_a_damaged_page_is_named_and_the_other_checks_still_run(
    tmp_path: Path, expected_warnings: list[logging.LogRecord]
) -> None:
    path = tmp_path / "An Phú.casemgr"
    make_file(path)
    opened = open_file(path)
    make = Make(opened)
    make.household("Nguyễn Thị Á")
    with opened.engine.connect() as connection:
        pages = connection.exec_driver_sql("SELECT rootpage FROM sqlite_schema WHERE name LIKE 'ix~_%' ESCAPE '~'")
        indexes = pages.scalars().all()
    opened.close()
    assert len(indexes) > 20
    data = bytearray(path.read_bytes())
    for page in indexes:
        data[(page - 1) * 4096 + 99] ^= 1
    path.write_bytes(data)
    opened = open_file(path)
    findings = {finding.code: finding for finding in check(opened)}
    assert len(findings) == 5
    assert len(findings["pages"].problems) == 21, "the first twenty, and how many more"
    opened.close()
    assert expected_warnings

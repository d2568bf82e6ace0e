"""The format of the case file: made new, checked, and upgraded whole or not at all after a verified copy."""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from casemgr.errors import AppError, StorageError
from casemgr.files import atomic_write, replace, require_space, sync_file, temporary_beside
from casemgr.i18n import _
from casemgr.jobs import Cancelled, Progress, silent
from casemgr.persistence.base import Base
from casemgr.persistence.engine import (
    WRITE_OPTION,
    close,
    copy_into,
    damaged,
    find_damage,
    open_engine,
    path_of,
    translate_database_error,
)
from casemgr.persistence.keyfile import keys_path
from casemgr.persistence.models import EXTRA_DDL

CURRENT: Final = 1
"""The format this program writes; the number of the newest revision."""

MIGRATIONS: Final = Path(__file__).with_name("migrations")
_VERSION_TABLE: Final = (  # as Alembic itself would make it
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)

_log = logging.getLogger(__name__)


def create(engine: Engine) -> None:
    """Make every table of a new case file in one transaction, without running through the revisions."""
    with engine.execution_options(**{WRITE_OPTION: True}).begin() as connection:
        Base.metadata.create_all(connection, checkfirst=False)
        for statement in EXTRA_DDL:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(_VERSION_TABLE)
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision(CURRENT),))
        connection.exec_driver_sql(f"PRAGMA user_version = {CURRENT}")


def create_by_revisions(engine: Engine) -> None:
    """Make every table by running through the revisions: the way an installation proves that upgrades work."""
    _upgrade(engine, CURRENT, (MIGRATIONS / "versions",))


def revision(version: int) -> str:
    """The name of the revision that makes a format."""
    return f"{version:04}"


def version_of(engine: Engine) -> int:
    """The format of an open file."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def require_current(engine: Engine) -> None:
    """Refuse a file of another format; nothing in it is touched."""
    found, path = version_of(engine), path_of(engine)
    if found > CURRENT:
        raise newer(path, found)
    if found == 0:
        raise StorageError(
            _("{file} was never finished: making it was interrupted. Delete it and make it again.").format(file=path)
        )
    if found < CURRENT:
        raise StorageError(
            _(
                "{file} has the older format {found}; this program works with {known}. Open it once to upgrade it."
            ).format(file=path, found=found, known=CURRENT)
        )


def newer(path: Path, found: int, known: int = CURRENT) -> StorageError:
    """The message for a file of a later program."""
    return StorageError(
        _(
            "{file} was written by a newer version of the program: it has format {found}, this program knows "
            "up to {known}. Update the program on this computer; the file was not changed."
        ).format(file=path, found=found, known=known)
    )


def upgrade_if_older(
    path: Path,
    key: bytes,
    *,
    progress: Progress = silent,
    now: datetime | None = None,
    target: int = CURRENT,
    extra: Sequence[Path] = (),
) -> Path | None:
    """Bring an older file to `target` after a verified copy, whose path is returned; None when nothing was to do.

    `extra` are folders of further revisions. Stopping through `progress` is possible until the change itself begins.
    """
    engine = open_engine(path, key, read_only=True)
    try:
        found = version_of(engine)
    finally:
        close(engine)
    if found > target:
        raise newer(path, found, target)
    if found in {0, target}:
        return None
    progress(0, 3, _("Copying the case file"))
    copy = _verified_copy(path, key, found, now or datetime.now().astimezone())
    progress(1, 3, _("Upgrading the case file"))
    engine = open_engine(path, key)
    try:
        _upgrade(engine, target, (MIGRATIONS / "versions", *extra))
    except (AppError, Cancelled):
        raise
    except Exception as error:
        _log.exception("upgrade from format %s to %s failed", found, target)
        raise _failed(error, path, copy) from error
    finally:
        close(engine)
    progress(3, 3, _("The case file is upgraded"))
    return copy


def tables_of(connection: Connection) -> dict[str, int]:
    """Every table with its number of rows, shadow tables of the search index too."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).scalars()
    return {
        name: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())  # noqa: S608 - own names
        for name in names.all()
    }


def _verified_copy(path: Path, key: bytes, found: int, now: datetime) -> Path:
    """A copy beside that opens, is whole and has the same rows, with its own key file."""
    copy = path.with_name(f"{path.stem}-format-{found}-{now:%Y%m%d-%H%M%S}{path.suffix}")
    require_space(path, size=2 * path.stat().st_size)
    temporary = temporary_beside(copy)
    temporary.unlink(missing_ok=True)
    try:
        engine = open_engine(path, key, read_only=True)
        try:
            if find_damage(engine):
                raise damaged(path)
            copy_into(engine, temporary)
            with engine.connect() as connection:
                expected = tables_of(connection)
        finally:
            close(engine)
        sync_file(temporary)
        engine = open_engine(temporary, key, read_only=True)
        try:
            with engine.connect() as connection:
                rows = tables_of(connection)
            if find_damage(engine) or rows != expected:
                raise damaged(temporary)
        finally:
            close(engine)
        if keys_path(path).exists():
            atomic_write(keys_path(copy), keys_path(path).read_bytes())
        replace(temporary, copy)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return copy


def _upgrade(engine: Engine, target: int, folders: Sequence[Path]) -> None:
    """Run the revisions in one transaction with references unchecked, and check them all before the commit."""
    import os

    from alembic import command  # takes 0.1 s, and is needed once a year
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", os.pathsep.join(map(str, folders)).replace("%", "%%"))
    with engine.connect().execution_options(**{WRITE_OPTION: True}) as connection:
        # Rebuilding a parent table with references checked would delete the rows of its children.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr] # open
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, revision(target))
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                message = f"{len(broken)} references broken, first in table {broken[0][0]}"
                raise RuntimeError(message)
            connection.exec_driver_sql(f"PRAGMA user_version = {target}")


def _failed(error: Exception, path: Path, copy: Path) -> StorageError:
    known = translate_database_error(error, path) if isinstance(error, DBAPIError) else None
    if isinstance(known, StorageError):
        return known
    return StorageError(
        _(
            "{file} could not be upgraded to the format of this program. It is unchanged: go on with the earlier "
            "version of the program, and send the report of this error to the people who support it. "
            "A copy is in {copy}."
        ).format(file=path, copy=copy)
    )

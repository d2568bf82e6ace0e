"""The only place that opens a case file: its key, pragmas and transactions, and what its errors mean for a person."""

import hashlib
import hmac
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from casemgr.errors import AppError, StorageError, WrongKeyError
from casemgr.files import disk_full, folder_writable, free_space_mb, sync_folder
from casemgr.i18n import _

KEY_BYTES: Final = 32
APPLICATION_ID: Final = 0x434D4752  # "CMGR", inside the ciphertext
WRITE_OPTION: Final = "casemgr_write"
"""Execution option of connections that may write: they begin IMMEDIATE, all others cannot write."""

MINIMUM_SQLITE: Final = (3, 51, 3)  # earlier ones can corrupt a file when the WAL is reset
PAGE_SIZE: Final = 4096
_PLAIN_HEADER: Final = b"SQLite format 3"
_BUSY_SECONDS: Final = 5.0
_FULL_NEEDS_MB: Final = 64

_FULL, _IOERR, _CORRUPT, _NOTADB, _CANTOPEN, _READONLY, _BUSY, _LOCKED, _PERM = 13, 10, 11, 26, 14, 8, 5, 6, 3

_CONNECTION_PRAGMAS: Final = (
    "cipher_compatibility = 4",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "mmap_size = 0",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "recursive_triggers = ON",
    "cache_size = -64000",
    "wal_autocheckpoint = 200",
)

_log = logging.getLogger(__name__)


def open_engine(path: Path, key: bytes, *, read_only: bool = False, create: bool = False) -> Engine:
    """Open the case file at `path` with its raw key; `create` makes a new one and refuses an existing one.

    A file or folder that cannot be written opens for reading only: ask `is_read_only`.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    if driver.sqlite_version_info < MINIMUM_SQLITE:
        raise StorageError(
            _(
                "The database library {version} of this installation is too old and could damage case files. "
                "Install the program again."
            ).format(version=driver.sqlite_version)
        )
    path = path.absolute()
    if create:
        _create(path, key)
    _refuse_missing(path)
    immutable = not (os.access(path, os.W_OK) and folder_writable(path.parent))
    if immutable:
        _refuse_unfinished(path)
    engine = _engine(path, key, read_only=read_only or immutable, immutable=immutable)
    try:
        with engine.connect() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    except DBAPIError as error:
        engine.dispose()
        raise _cannot_open(error, path, key) from error
    if application != APPLICATION_ID:
        engine.dispose()
        raise StorageError(_("{file} is not a case file of this program.").format(file=path))
    return engine


def path_of(engine: Engine) -> Path:
    """The case file behind an engine."""
    return Path(engine.url.database or "")


def is_read_only(engine: Engine) -> bool:
    """Whether the file was opened for reading only, on request or because its place cannot be written."""
    return engine.url.query.get("mode") == "ro"


def checkpoint(engine: Engine) -> bool:
    """Move everything from the log into the file, so that it is whole alone; False while it is being read."""
    if is_read_only(engine):
        return True
    with _raw(engine) as connection:
        busy, _log, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def close(engine: Engine) -> None:
    """Close the file so that it lies alone, without `-wal` and `-shm`."""
    try:
        if not is_read_only(engine):
            with _raw(engine) as connection:
                connection.execute("PRAGMA query_only = OFF")
                connection.execute("PRAGMA optimize")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (StorageError, driver.Error):
        # Everything committed is in the log, and the next opening finds it there.
        _log.warning("the case file was closed without emptying its log")
    finally:
        engine.dispose()


def copy_into(engine: Engine, target: Path) -> None:
    """Write a compact copy with the same key to `target`, which must not exist; the caller syncs and renames it."""
    with _raw(engine) as connection:
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("VACUUM INTO ?", (str(target),))


def find_damage(engine: Engine) -> tuple[str, ...]:
    """What is wrong with the pages' seals, the trees of tables and indexes, and references; for the support desk."""
    found: list[str] = []
    with _raw(engine) as connection:
        try:
            found += [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
            found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found += [
                f"foreign key: {table} row {row} -> {parent}"
                for table, row, parent, _key in connection.execute("PRAGMA foreign_key_check")
            ]
        except driver.DatabaseError as error:
            found.append(str(error))
    return tuple(found)


def disk_failed(error: BaseException) -> bool:
    """Whether the disk itself refused: after a failed sync nobody knows what is on it, so writing must end."""
    return _code(error) & 0xFF == _IOERR


def translate_database_error(error: BaseException, path: Path) -> AppError | None:
    """The sentence for a person when the disk or the file failed; None when the error is a bug of ours."""
    code = _code(error)
    primary = code & 0xFF
    if primary == _FULL or (primary == _IOERR and free_space_mb(path) == 0):
        return disk_full(path, needed_mb=_FULL_NEEDS_MB)
    if primary == _IOERR:
        return StorageError(
            _(
                "The disk failed while {file} was read or written; the last change was not saved. "
                "Close the program, check the disk and its cable, and make a backup as soon as it opens again."
            ).format(file=path)
        )
    if primary in {_CORRUPT, _NOTADB}:
        return damaged(path)
    if primary in {_BUSY, _LOCKED}:
        return StorageError(
            _("Another task is still saving to {file}. Wait until it is finished, then try again.").format(file=path)
        )
    if primary in {_CANTOPEN, _PERM}:
        return StorageError(
            _("{file} cannot be opened. Check that the folder is there and that you may read and write in it.").format(
                file=path
            )
        )
    if primary == _READONLY and not (os.access(path, os.W_OK) and folder_writable(path.parent)):
        return StorageError(
            _(
                "{file} or its folder cannot be written, so nothing can be changed. "
                "Copy it to a folder of your own and open it there."
            ).format(file=path)
        )
    return None


def damaged(path: Path) -> StorageError:
    """The message for a file whose seals do not hold."""
    return StorageError(
        _(
            "{file} is damaged: its content does not match its seal. Nothing was changed. "
            "Restore the newest verified backup; the damaged file is set aside, not deleted."
        ).format(file=path)
    )


def _create(path: Path, key: bytes) -> None:
    if path.exists():
        raise StorageError(_("{file} exists already. Choose another name, or open it.").format(file=path))
    if not path.parent.is_dir() or not folder_writable(path.parent):
        raise StorageError(
            _(
                "No file can be made in the folder {folder}. Choose a folder that exists and that you may write in."
            ).format(folder=path.parent)
        )
    try:
        connection = _connect(_uri(path, "rwc"), key)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
    except driver.Error as error:
        path.unlink(missing_ok=True)
        raise translate_database_error(error, path) or error from error
    with path.open("rb") as file:
        header = file.read(len(_PLAIN_HEADER))
    if header == _PLAIN_HEADER or len(header) < len(_PLAIN_HEADER):
        path.unlink()
        raise StorageError(_("The database library of this installation does not encrypt. Install the program again."))
    sync_folder(path.parent)


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise StorageError(_("There is no case file {file}. Check the name, or restore a backup.").format(file=path))
    if path.stat().st_size < PAGE_SIZE:
        raise damaged(path)


def _refuse_unfinished(path: Path) -> None:
    """Without write access the log cannot be read safely, and without the log the newest changes would be missing."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise StorageError(
            _(
                "{file} was not closed properly and its folder cannot be written, "
                "so its newest changes cannot be shown. "
                "Copy the whole folder to this computer's own disk and open the copy."
            ).format(file=path)
        )


def _uri(path: Path, mode: str) -> str:
    return f"{path.as_uri()}?mode={mode}"


def _connect(uri: str, key: bytes) -> driver.Connection:
    connection = driver.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        for pragma in _CONNECTION_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _engine(path: Path, key: bytes, *, read_only: bool, immutable: bool) -> Engine:
    uri = _uri(path, "ro&immutable=1" if immutable else "rw")

    def connect() -> driver.Connection:
        connection = _connect(uri, key)
        try:
            if not read_only:
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path), query={"mode": "ro", "uri": "true"} if read_only else {}),
        module=driver,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        pool_use_lifo=True,  # one warm page cache instead of four
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Our own BEGIN: the driver's would leave DDL and reads outside of transactions."""
    write = bool(connection.get_execution_options().get(WRITE_OPTION)) and not is_read_only(connection.engine)
    if connection.info.get(WRITE_OPTION) is not write:
        connection.exec_driver_sql("PRAGMA query_only = OFF" if write else "PRAGMA query_only = ON")
        connection.info[WRITE_OPTION] = write
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def _raw(engine: Engine) -> Iterator[driver.Connection]:
    """A pooled connection outside of any transaction."""
    pooled = engine.raw_connection()
    try:
        yield pooled.driver_connection
    except driver.Error as error:
        raise translate_database_error(error, path_of(engine)) or error from error
    finally:
        pooled.info.pop(WRITE_OPTION, None)  # the next BEGIN sets query_only anew
        pooled.close()


def _code(error: BaseException) -> int:
    origin = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(origin, "sqlite_errorcode", None)
    return code if isinstance(code, int) else 0


def _cannot_open(error: DBAPIError, path: Path, key: bytes) -> Exception:
    if _code(error) & 0xFF != _NOTADB:
        return translate_database_error(error, path) or error
    with path.open("rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            return StorageError(_("{file} is not encrypted and not a case file of this program.").format(file=path))
    if key_fits(path, key):
        return damaged(path)
    return WrongKeyError(
        _(
            "The key does not open {file}: its key file belongs to another case file, or the first page is damaged. "
            "Put back the key file that belongs to it, or restore the newest backup."
        ).format(file=path)
    )


def key_fits(path: Path, key: bytes) -> bool:
    """Whether any of a few pages carries a seal made with this key: then the file is damaged, the key is right."""
    size = path.stat().st_size // PAGE_SIZE
    with path.open("rb") as file:
        salt = file.read(16)
        seal_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
        for number in {1 + step * max(size - 1, 0) // 16 for step in range(17)}:
            file.seek((number - 1) * PAGE_SIZE)
            page = file.read(PAGE_SIZE)
            body = page[16 if number == 1 else 0 : -64] + number.to_bytes(4, "little")
            if len(page) == PAGE_SIZE and hmac.compare_digest(hmac.digest(seal_key, body, "sha512"), page[-64:]):
                return True
    return False

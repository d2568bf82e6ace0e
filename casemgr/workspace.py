"""An open case file: runs each use case inside one transaction and tells who listens what changed."""

import json
import logging
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from casemgr import paths
from casemgr.domain.offices import OfficeData, UserData
from casemgr.domain.permissions import Role
from casemgr.domain.recovery import RecoveryCode
from casemgr.errors import AppError, ConflictError, NotAllowedError, StorageError
from casemgr.files import atomic_write, where_is
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence import engine as engines
from casemgr.persistence import indexing, schema
from casemgr.persistence.base import new_id
from casemgr.persistence.keyfile import DEFAULT_PROFILE, KdfProfile, KeyFile, derive, keys_path
from casemgr.persistence.lock import CaseLock
from casemgr.persistence.models import Device, Journal, Office, User
from casemgr.persistence.restoring import finish_restore
from casemgr.persistence.uow import Actor, UnitOfWork, watch

_log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
Clock = Callable[[], datetime]
Listener = Callable[[frozenset[str]], None]


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


class Workspace:
    """One case file, open for one person. Use cases go through `read` and `write`; nothing else opens a session."""

    def __init__(
        self,
        path: Path,
        engine: Engine,
        keys: KeyFile,
        dek: bytes,
        lock: CaseLock | None,
        actor: Actor,
        commune: str,
        clock: Clock,
    ) -> None:
        self.path = path
        self.keys = keys
        self.actor = actor
        self.commune = commune
        self.last_saved: datetime | None = None
        self._engine = engine
        self._dek = dek
        self._lock = lock
        self._clock = clock
        self._writing = threading.RLock()
        self._listeners: list[Listener] = []
        self._disk_failed = False

    @classmethod
    def create(
        cls,
        path: Path,
        office: OfficeData,
        *,
        user: UserData,
        passphrase: str,
        profile: KdfProfile = DEFAULT_PROFILE,
        clock: Clock = system_clock,
    ) -> tuple[Self, RecoveryCode]:
        """Make a new case file with its first user; the recovery code is returned once and stored nowhere."""
        path = path.absolute()
        _require_local(path)
        if path.exists() or keys_path(path).exists():
            raise StorageError(_("{file} already exists. Choose another name or open it.").format(file=path))
        lock = CaseLock(path)
        lock.acquire()
        engine: Engine | None = None
        try:
            keys, dek, code = KeyFile.create(path, login=user.login, passphrase=passphrase, profile=profile)
            engine = engines.open_engine(path, derive(dek, "database"), create=True)
            schema.create(engine)
            now = clock()
            record = User(id=new_id(), login=user.login, name=user.name, role=user.role, active=True)
            device = Device(id=_machine_id(), label=socket.gethostname(), first_seen=now)
            actor = Actor(record.id, user.login, user.name, Role(user.role), device.id)
            workspace = cls(path, engine, keys, dek, lock, actor, office.commune, clock)
            workspace.write(_found, office, record, device)
        except BaseException:
            if engine is not None:
                engines.close(engine)
            lock.release()
            raise
        return workspace, code

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        passphrase: str | None = None,
        recovery: str | None = None,
        login: str | None = None,
        profile: KdfProfile = DEFAULT_PROFILE,
        clock: Clock = system_clock,
        progress: Progress = silent,
    ) -> Self:
        """Open with a passphrase or the recovery code; an older file is copied, verified and then upgraded."""
        path = path.absolute()
        _require_local(path)
        _require_reachable(path)
        lock = CaseLock(path)
        writable = lock.acquire_if_writable()
        try:
            if writable:
                finish_restore(path)
            keys = KeyFile.load(path, profile=profile)
            unlocked = keys.recover(recovery) if recovery is not None else keys.unlock(passphrase or "", login=login)
            schema.upgrade_if_older(path, unlocked.database_key, progress=progress)
            engine = engines.open_engine(path, unlocked.database_key)
            try:
                schema.require_current(engine)
                actor, commune = _actor(engine, unlocked.login, recovered=recovery is not None)
                workspace = cls(path, engine, keys, unlocked.dek, lock if writable else None, actor, commune, clock)
                workspace.write_device()
            except BaseException:
                engines.close(engine)
                raise
        except BaseException:
            lock.release()
            raise
        return workspace

    @property
    def read_only(self) -> bool:
        """Whether the file or its folder refuses to be written, or the disk failed since the file was opened."""
        return self._lock is None or self._disk_failed or engines.is_read_only(self._engine)

    @property
    def engine(self) -> Engine:
        """For backup and checks, which handle the file as a whole."""
        return self._engine

    @property
    def dek(self) -> bytes:
        """The file's data key: for backup manifests and new key slots."""
        return self._dek

    @property
    def now(self) -> datetime:
        """The moment, from the workspace's clock."""
        return self._clock()

    def read(self, use_case: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case that only reads."""
        try:
            with self._engine.connect() as connection, Session(connection, autoflush=False) as session:
                return use_case(self._unit(session), *args, **kwargs)
        except DBAPIError as error:
            raise self._expected(error) from error

    def write(self, use_case: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case in one transaction; when this returns, its changes are on the disk."""
        if self.read_only:
            raise NotAllowedError(_("{file} is open for reading only: it cannot be saved here.").format(file=self.path))
        with self._writing:
            try:
                with self._engine.connect().execution_options(casemgr_write=True) as connection, connection.begin():
                    session = Session(connection, expire_on_commit=False)
                    uow = self._unit(session)
                    watch(session, uow)
                    result = use_case(uow, *args, **kwargs)
                    session.flush()
                    indexing.refresh(session, uow.records, uow.households)
                    uow.close_journal()
                    session.close()
            except StaleDataError as error:
                raise ConflictError(
                    _(
                        "This record was changed in the meantime. "
                        "Look at the present state, then make your change again."
                    )
                ) from error
            except DBAPIError as error:
                raise self._expected(error) from error
            if uow.tables:
                self.last_saved = self._clock()
        if uow.tables:
            changed = frozenset(uow.tables)
            for listener in tuple(self._listeners):
                listener(changed)
        return result

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the changed tables after every write, on the writing thread; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def anchor(self) -> tuple[int, str]:
        """Sequence number and hash of the newest journal row: what backups and the key file remember."""
        with self._engine.connect() as connection:
            row = connection.execute(select(Journal.seq, Journal.hash).order_by(Journal.seq.desc()).limit(1)).first()
        return (row[0], row[1]) if row else (0, "")

    def checkpoint(self) -> None:
        """Move everything from the log into the file itself, so that the file is whole on its own."""
        if not self.read_only:
            engines.checkpoint(self._engine)

    def close(self) -> None:
        """Anchor the journal in the key file, leave one whole file behind, and let others in."""
        try:
            if not self.read_only:
                self.keys.set_anchor(*self.anchor())
        except (DBAPIError, AppError):
            # The file is damaged or the disk is full: both were or will be told, and closing must go on.
            _log.warning("the journal could not be anchored in the key file")
        finally:
            engines.close(self._engine)
            if self._lock is not None:
                self._lock.release()
            self._dek = b""

    def write_device(self) -> None:
        """Make this computer known to the file when it writes for the first time."""
        if not self.read_only:
            self.write(_know_device, self.actor.device_id, socket.gethostname())

    def _unit(self, session: Session) -> UnitOfWork:
        now = self._clock()
        return UnitOfWork(
            session=session,
            actor=self.actor,
            now=now,
            today=now.astimezone().date(),
            commune=self.commune,
            journal_key=derive(self._dek, "journal"),
        )

    def _expected(self, error: DBAPIError) -> BaseException:
        if isinstance(error, IntegrityError):
            return _clash(error)
        if engines.disk_failed(error):
            self._disk_failed = True
        return engines.translate_database_error(error, self.path) or error


def _clash(error: IntegrityError) -> BaseException:
    """What the rules of the file refused although the use case let it pass: mostly a step taken back too late."""
    if "FOREIGN KEY" in str(error.orig):
        return ConflictError(_("Something entered later belongs to this record. Take that back first."))
    if "UNIQUE" in str(error.orig):
        return ConflictError(_("A number or name of this record now belongs to another one. Nothing was changed."))
    return error


def _require_local(path: Path) -> None:
    problem = where_is(path)
    if problem is not None:
        raise StorageError(problem.message)


def _require_reachable(path: Path) -> None:
    try:
        path.stat()
    except PermissionError as error:
        raise StorageError(
            _("{file} cannot be reached: this computer's account may not open its folder. Ask who owns it.").format(
                file=path
            )
        ) from error
    except OSError:
        return  # missing: whoever opens it says so


def _found(uow: UnitOfWork, office: OfficeData, user: User, device: Device) -> None:
    uow.name_step("office.found", undoable=False)
    uow.add(device)
    uow.add(user)
    uow.add(
        Office(
            commune_name=office.commune_name,
            province_code=office.province_code,
            province_name=office.province_name,
            agency_lines=office.agency_lines,
            place_name=office.place_name,
            certificate_symbol=office.certificate_symbol,
            sample=office.sample,
        )
    )


def _know_device(uow: UnitOfWork, device_id: UUID, label: str) -> None:
    if uow.session.get(Device, device_id) is None:
        uow.name_step("device.added", undoable=False)
        uow.add(Device(id=device_id, label=label, first_seen=uow.now))


def _actor(engine: Engine, login: str | None, *, recovered: bool) -> tuple[Actor, str]:
    """Who acts: the owner of the key slot, or, by the office's recovery code, its first administrator."""
    with engine.connect() as connection, Session(connection) as session:
        user = session.scalars(select(User).where(User.login == login)).first() if login else None
        office = session.scalars(select(Office)).first()
        if user is None and recovered:
            user = session.scalars(select(User).where(User.role == Role.ADMIN, User.active).order_by(User.id)).first()
        if user is None or office is None or not user.active:
            raise NotAllowedError(
                _("{login} may not open this file any more. Ask the administrator.").format(login=login)
            )
        return Actor(user.id, user.login, user.name, Role(user.role), _machine_id()), office.commune


def _machine_id() -> UUID:
    """The computer's id for the change log, made once per profile."""
    file = paths.data_folder() / "device.json"
    try:
        return UUID(json.loads(file.read_text(encoding="utf-8"))["id"])
    except (OSError, ValueError, KeyError, TypeError):
        made = new_id()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(file, json.dumps({"id": str(made)}).encode())
    except (OSError, AppError):
        return made
    return made

"""Accounts of an open case file: a person's record and key slot made in one go, passphrases, a new recovery code."""

from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.offices import UserData
from casemgr.domain.passphrases import check_passphrase
from casemgr.domain.permissions import Permission, Role
from casemgr.domain.recovery import RecoveryCode
from casemgr.errors import AppError, NotAllowedError, NotFoundError, Problem, ValidationError, WrongKeyError
from casemgr.i18n import _
from casemgr.persistence.keyfile import KeyFile
from casemgr.persistence.models import User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import founding, offices
from casemgr.workspace import Workspace


@dataclass(frozen=True)
class NewRecovery:
    """A recovery code that is not in force yet: `accept_recovery` puts it there once its sheet is on paper."""

    code: RecoveryCode
    keys: KeyFile = field(repr=False)


def add_account(workspace: Workspace, data: UserData, passphrase: str) -> UUID:
    """Give another person an account: the record and the key slot, both or neither."""
    _check(passphrase, data.login)
    added = False

    def use_case(uow: UnitOfWork) -> UUID:
        nonlocal added
        record = offices.add_user(uow, data)
        uow.session.flush()
        workspace.keys.add_user(data.login, passphrase)
        added = True
        workspace.keys.save()  # last: when it fails the record is rolled back
        return record

    try:
        return workspace.write(use_case)
    except BaseException:
        if added:
            with suppress(AppError):
                workspace.keys.remove_user(data.login)
                workspace.keys.save()
        raise


def close_account(workspace: Workspace, login: str) -> None:
    """Take a person's account away; copies and backups made earlier still open with the old passphrase."""
    workspace.write(_close, login)
    with suppress(NotFoundError):
        workspace.keys.remove_user(login)
        workspace.keys.save()


def change_passphrase(workspace: Workspace, old: str, new: str) -> None:
    """Replace one's own passphrase, knowing the old one."""
    login = workspace.actor.login
    _require_writable(workspace)
    try:
        KeyFile.from_bytes(workspace.path, workspace.keys.to_bytes(), profile=workspace.keys.profile).unlock(old, login)
    except WrongKeyError:
        raise ValidationError([Problem("old", _("This is not your present passphrase."))]) from None
    _check(new, login)
    workspace.keys.change_passphrase(login, new)
    workspace.keys.save()


def reset_passphrase(workspace: Workspace, login: str, new: str) -> None:
    """An administrator gives a person who forgot it a new passphrase; the recovery code makes one an administrator."""
    _require_writable(workspace)
    workspace.read(_may_manage_users)
    _check(new, login)
    workspace.write(_note_reset, login)
    workspace.keys.change_passphrase(login, new)
    workspace.keys.save()


def prepare_recovery(workspace: Workspace) -> NewRecovery:
    """A new recovery code; until it is accepted the old one stays in force."""
    _require_writable(workspace)
    workspace.read(_may_manage_users)
    keys = KeyFile.from_bytes(workspace.path, workspace.keys.to_bytes(), profile=workspace.keys.profile)
    if not keys.adopt(workspace.dek):
        raise NotAllowedError(_("The key file was changed meanwhile. Close the program and open the file again."))
    return NewRecovery(keys.new_recovery(), keys)


def accept_recovery(workspace: Workspace, new: NewRecovery) -> None:
    """Put a new recovery code in force: its sheet was seen on paper."""
    new.keys.save()
    workspace.keys = new.keys
    workspace.write(founding.note_recovery_sheet)


def _close(uow: UnitOfWork, login: str) -> None:
    uow.require(Permission.USERS)
    record = uow.session.scalars(select(User).where(User.login == login, User.active)).first()
    if record is None:
        raise NotFoundError(_("There is no user {login}.").format(login=login))
    if record.id == uow.actor.user_id:
        raise ValidationError([Problem("login", _("You cannot close your own account. Ask another administrator."))])
    admins = uow.session.scalars(select(User.id).where(User.role == Role.ADMIN.value, User.active)).all()
    if record.role == Role.ADMIN.value and len(admins) == 1:
        raise ValidationError([Problem("login", _("The last administrator cannot be removed."))])
    record.active = False
    uow.name_step("user.close", record, undoable=False)


def _note_reset(uow: UnitOfWork, login: str) -> None:
    uow.require(Permission.USERS)
    if uow.session.scalars(select(User.id).where(User.login == login, User.active)).first() is None:
        raise NotFoundError(_("There is no user {login}.").format(login=login))


def _may_manage_users(uow: UnitOfWork) -> None:
    uow.require(Permission.USERS)


def _require_writable(workspace: Workspace) -> None:
    if workspace.read_only:
        raise NotAllowedError(
            _("{file} is open for reading only: it cannot be saved here.").format(file=workspace.path)
        )


def _check(passphrase: str, login: str) -> None:
    problems = [Problem("passphrase", message) for message in check_passphrase(passphrase, login=login)]
    if problems:
        raise ValidationError(problems)

"""The key file beside a case file and its copy on this computer: who may open it, and what was last known of it."""

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from casemgr.domain.passphrases import normal
from casemgr.domain.recovery import RecoveryCode
from casemgr.errors import NotFoundError, Problem, StorageError, ValidationError, WrongKeyError
from casemgr.files import atomic_write
from casemgr.i18n import _
from casemgr.paths import data_folder
from casemgr.persistence.engine import key_fits
from casemgr.persistence.keyslots import (
    DEFAULT_PROFILE,
    KEY_BYTES,
    LIGHT_PROFILE,
    Anchor,
    KdfProfile,
    KeyState,
    Slot,
    derive,
    login_key,
    parse,
)

__all__ = [
    "DEFAULT_PROFILE",
    "LIGHT_PROFILE",
    "Anchor",
    "KdfProfile",
    "KeyFile",
    "RecoveryCode",
    "Unlocked",
    "derive",
    "keys_path",
]

DATABASE_KEY: Final = "database"
BACKUP_KEY: Final = "backup manifest"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Unlocked:
    """What a right passphrase or recovery code gives; `trusted` is False when the rest of the key file was altered."""

    dek: bytes = field(repr=False)
    login: str  # "" when the recovery code opened it
    trusted: bool

    @property
    def database_key(self) -> bytes:
        """The key for `open_engine`."""
        return derive(self.dek, DATABASE_KEY)


def keys_path(case_file: Path) -> Path:
    """The key file beside a case file."""
    return case_file.with_name(f"{case_file.name}.keys")


def database_of(case_file: Path) -> UUID | None:
    """Which case file the keys beside it belong to, without opening them."""
    state = _read(keys_path(case_file), allow_light=True)
    return state.database if state else None


def copies_folder() -> Path:
    """Where the second copies of key files lie on this computer."""
    return data_folder() / "keys"


class KeyFile:
    """The keys of one case file; to be changed they must be unlocked, or new."""

    def __init__(
        self,
        case_file: Path,
        beside: KeyState | None,
        copies: tuple[KeyState, ...] = (),
        *,
        profile: KdfProfile = DEFAULT_PROFILE,
        dek: bytes | None = None,
        healing: bool = True,
    ) -> None:
        self.case_file = case_file
        self.profile = profile
        self._healing = healing
        self._beside = beside
        self._copies = copies
        self._state = beside or copies[0]

        self._dek = dek

    @classmethod
    def create(
        cls,
        case_file: Path,
        *,
        login: str,
        passphrase: str,
        dek: bytes | None = None,
        database: UUID | None = None,
        profile: KdfProfile = DEFAULT_PROFILE,
    ) -> tuple["KeyFile", bytes, RecoveryCode]:
        """Make and save the keys of a new case file: keys, data key, and the recovery code that is kept nowhere."""
        if keys_path(case_file).exists():
            raise StorageError(
                _("{file} exists already. It may be the only key to another case file: move it away first.").format(
                    file=keys_path(case_file)
                )
            )
        dek = dek if dek is not None else secrets.token_bytes(KEY_BYTES)
        made = cls(case_file, KeyState(database or uuid4()), profile=profile, dek=dek)
        made.add_user(login, passphrase)
        code = made.new_recovery()
        made.save()
        return made, dek, code

    @classmethod
    def load(cls, case_file: Path, *, profile: KdfProfile = DEFAULT_PROFILE) -> "KeyFile":
        """Read the keys beside the case file; when they are missing or damaged, the copies on this computer."""
        light = not profile.strong
        beside = _read(keys_path(case_file), allow_light=light)
        copies = tuple(_copies(beside.database if beside else None, allow_light=light))
        if beside is None and not copies:
            raise _unreadable(case_file)
        return cls(case_file, beside, copies, profile=profile)

    @classmethod
    def from_bytes(cls, case_file: Path, data: bytes, *, profile: KdfProfile = DEFAULT_PROFILE) -> "KeyFile":
        """Read the keys that lie in a backup of `case_file`; unlocking them writes nothing."""
        state = parse(data, allow_light=not profile.strong)
        if state is None:
            raise _unreadable(case_file)
        return cls(case_file, state, profile=profile, healing=False)

    @property
    def database(self) -> UUID:
        """Which case file these keys belong to."""
        return self._state.database

    @property
    def generation(self) -> int:
        """Counts every saving."""
        return self._state.generation

    @property
    def logins(self) -> tuple[str, ...]:
        """The login names that have a slot."""
        return tuple(slot.login for slot in self._state.slots if slot.login is not None)

    @property
    def anchor(self) -> Anchor | None:
        """The newest journal row known beside the file or on this computer; None before unlocking."""
        dek = self._dek
        if dek is None:
            return None
        known = [state.anchor for state in (self._state, *self._newer_copies(dek)) if state.anchor]
        return max(known, key=lambda anchor: anchor.sequence, default=None)

    def adopt(self, dek: bytes) -> bool:
        """Unlock with the key itself; False when these keys are sealed for another one or were altered."""
        if not self._state.holds(dek):
            return False
        self._dek = dek
        return True

    def unlock(self, passphrase: str, login: str | None = None) -> Unlocked:
        """Open a user's slot; without a login every user's slot is tried."""
        if unlocked := self._try(passphrase, login):
            return unlocked
        raise WrongKeyError(
            _(
                "The passphrase does not open this case file. "
                "Check Caps Lock and the Vietnamese keyboard, then try again."
            )
        )

    def recover(self, code: RecoveryCode | str) -> Unlocked:
        """Open the recovery slot; give the office a new code afterwards."""
        if unlocked := self._try(RecoveryCode.parse(code) if isinstance(code, str) else code, None):
            return unlocked
        raise WrongKeyError(
            _("The recovery code is well written but belongs to another case file, or was replaced by a newer code.")
        )

    def add_user(self, login: str, passphrase: str) -> None:
        """Give another person a slot; the caller saves."""
        if not login_key(login):
            raise ValidationError([Problem("login", _("The login name is missing."))])
        if self._state.user(login) is not None:
            raise ValidationError([Problem("login", _("The login name {login} is taken already.").format(login=login))])
        self._put(Slot.for_user(self.database, normal(login).strip(), passphrase, self._key(), self.profile))

    def change_passphrase(self, login: str, passphrase: str) -> None:
        """Replace a person's slot; the caller saves."""
        old = self._existing(login)
        self._drop(old)
        self._put(Slot.for_user(self.database, old.login or login, passphrase, self._key(), self.profile))

    def remove_user(self, login: str) -> None:
        """Take a person's slot away; copies and backups made earlier still open with the old passphrase."""
        slot = self._existing(login)
        if len(self.logins) == 1:
            raise ValidationError(
                [Problem("login", _("The last user cannot be removed: nobody could open the case file any more."))]
            )
        self._drop(slot)

    def new_recovery(self) -> RecoveryCode:
        """Replace the recovery code; the caller saves. The old code opens only older copies."""
        code = RecoveryCode.new()
        for slot in self._state.slots:
            if slot.login is None:
                self._drop(slot)
        self._put(Slot.for_recovery(self.database, code, self._key()))
        return code

    def set_anchor(self, sequence: int, digest: str) -> None:
        """Remember the newest journal row, on the disk too."""
        if self._state.anchor != Anchor(sequence, digest):
            self._state = replace(self._state, anchor=Anchor(sequence, digest))
            self.save()

    def for_restore(self, sequence: int, digest: str, *, after: int) -> bytes:
        """The keys to lie beside a restored file: they say that its older state is meant, and outrank `after`."""
        state = replace(self._next(), anchor=Anchor(sequence, digest))
        return replace(state, generation=max(state.generation, after + 1)).sealed(self._key()).to_bytes()

    def save(self) -> None:
        """Write the keys beside the case file and their copy on this computer."""
        self._state = self._next().sealed(self._key())
        atomic_write(keys_path(self.case_file), self._state.to_bytes())
        self._beside, self._copies = self._state, ()
        _keep_copy(self._state)

    def to_bytes(self) -> bytes:
        """The keys as last saved, for a backup."""
        return self._state.to_bytes()

    def _try(self, secret: str | RecoveryCode, login: str | None) -> Unlocked | None:
        for state in [self._beside, *self._copies]:
            if state is None:
                continue
            slots = state.slots
            if login is not None:
                own = state.user(login)
                slots = (own,) if own else ()
            for slot in slots:
                dek = slot.open(state.database, secret)
                if dek is not None and self._accept(state, dek):
                    return Unlocked(dek, slot.login or "", self._state.holds(dek))
        return None

    def _accept(self, state: KeyState, dek: bytes) -> bool:
        """Take the state that was opened, unless it is a copy that the keys beside the file have overruled."""
        beside = self._beside
        if state is not beside and beside is not None and (beside.database != state.database or beside.holds(dek)):
            return False
        if beside is None and self.case_file.exists() and not key_fits(self.case_file, derive(dek, DATABASE_KEY)):
            return False
        sound = [s for s in (state, *self._copies) if s.database == state.database and s.holds(dek)]
        self._dek = dek
        self._state = state if state in sound or not sound else max(sound, key=lambda s: s.generation)
        if sound and self._healing:
            self._heal()
        return True

    def _heal(self) -> None:
        """Put back what is missing or damaged from what is sound; a place that cannot be written is left as it is."""
        if self._state is not self._beside:
            try:
                atomic_write(keys_path(self.case_file), self._state.to_bytes())
                self._beside = self._state
            except StorageError:
                _log.warning("the key file could not be put back beside the case file")
        if not self._newer_copies(self._key()):
            _keep_copy(self._state)

    def _newer_copies(self, dek: bytes) -> list[KeyState]:
        """Copies that outrank the keys in use: somebody put older keys back."""
        own = self._state
        return [
            s for s in self._copies if s.database == own.database and s.generation > own.generation and s.holds(dek)
        ]

    def _next(self) -> KeyState:
        related = [state.generation for state in (self._state, *self._copies) if state.database == self.database]
        return replace(self._state, generation=max(related) + 1)

    def _key(self) -> bytes:
        if self._dek is None:
            message = "the key file is locked"
            raise RuntimeError(message)
        return self._dek

    def _existing(self, login: str) -> Slot:
        slot = self._state.user(login)
        if slot is None:
            raise NotFoundError(_("There is no user {login}.").format(login=login))
        return slot

    def _put(self, slot: Slot) -> None:
        self._state = replace(self._state, slots=(*self._state.slots, slot))

    def _drop(self, slot: Slot) -> None:
        self._state = replace(self._state, slots=tuple(kept for kept in self._state.slots if kept.id != slot.id))


def _read(path: Path, *, allow_light: bool) -> KeyState | None:
    try:
        return parse(path.read_bytes(), allow_light=allow_light)
    except OSError:
        return None


def _copies(database: UUID | None, *, allow_light: bool) -> Iterator[KeyState]:
    """The copies for one case file; all of them when nothing says which file it is."""
    folder = copies_folder()
    names = [folder / f"{database}.keys"] if database else sorted(folder.glob("*.keys"))
    for name in names:
        if state := _read(name, allow_light=allow_light):
            yield state


def _keep_copy(state: KeyState) -> None:
    """A copy in the profile is a second chance, not a condition of working."""
    target = copies_folder() / f"{state.database}.keys"
    try:
        if target.exists() and target.read_bytes() == state.to_bytes():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(target, state.to_bytes())
        target.chmod(0o600)
    except (OSError, StorageError):
        _log.warning("the copy of the key file could not be written")


def _unreadable(case_file: Path) -> StorageError:
    return StorageError(
        _(
            "The key file {file} is missing or damaged, and this computer has no copy of it. "
            "Put back the key file that lay beside the case file, or restore a backup: every backup holds the keys."
        ).format(file=keys_path(case_file))
    )

"""How the key of a case file is sealed, one slot per user and one for the recovery code, and how that is written."""

import hmac
import json
import secrets
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID, uuid4

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casemgr.domain.passphrases import normal
from casemgr.domain.recovery import RecoveryCode

KEY_BYTES: Final = 32
_SEAL_KEY: Final = "key file seal"
_MAGIC: Final = "casemgr-keys"
_FORMAT: Final = 1
_LARGEST: Final = 1024 * 1024
_MOST_SLOTS: Final = 64


@dataclass(frozen=True)
class KdfProfile:
    """The cost of trying one passphrase (Argon2id)."""

    memory_kib: int
    time: int
    lanes: int

    @property
    def strong(self) -> bool:
        """Not below the floor that a real office needs."""
        return self.memory_kib >= 64 * 1024 and self.time >= 3 and self.lanes >= 1

    @property
    def sane(self) -> bool:
        """Not so costly that a hostile file could stop the computer."""
        return 8 <= self.memory_kib <= 1024 * 1024 and 1 <= self.time <= 16 and 1 <= self.lanes <= 16


DEFAULT_PROFILE: Final = KdfProfile(memory_kib=128 * 1024, time=4, lanes=2)
LIGHT_PROFILE: Final = KdfProfile(memory_kib=64, time=1, lanes=1)
"""For tests only: a key file made with it is refused unless it is also opened with it."""


@dataclass(frozen=True)
class Anchor:
    """The newest journal row known outside the case file: it shows that an older file was put back."""

    sequence: int
    digest: str


@dataclass(frozen=True)
class Slot:
    """The key of the case file under one person's passphrase; without a login under the recovery code."""

    id: str
    login: str | None
    kdf: KdfProfile | None
    salt: bytes
    nonce: bytes
    sealed: bytes

    @classmethod
    def for_user(cls, database: UUID, login: str, passphrase: str, dek: bytes, kdf: KdfProfile) -> "Slot":
        """A slot that the passphrase opens."""
        salt = secrets.token_bytes(16)
        return _close(cls(uuid4().hex, login, kdf, salt, b"", b""), database, _stretch(passphrase, salt, kdf), dek)

    @classmethod
    def for_recovery(cls, database: UUID, code: RecoveryCode, dek: bytes) -> "Slot":
        """A slot that the recovery code opens."""
        salt = secrets.token_bytes(16)
        return _close(cls(uuid4().hex, None, None, salt, b"", b""), database, _recovery_key(code, salt), dek)

    def open(self, database: UUID, secret: str | RecoveryCode) -> bytes | None:
        """The key of the case file, or None when the secret is not this slot's."""
        if isinstance(secret, RecoveryCode):
            key = _recovery_key(secret, self.salt) if self.kdf is None else None
        else:
            key = _stretch(secret, self.salt, self.kdf) if self.kdf is not None else None
        if key is None:
            return None
        try:
            return AESGCM(key).decrypt(self.nonce, self.sealed, self.bound(database))
        except InvalidTag:
            return None

    def bound(self, database: UUID) -> bytes:
        """What the seal binds besides the key: nobody can swap logins or weaken the parameters."""
        document = {name: value for name, value in self.document().items() if name not in {"nonce", "sealed"}}
        return canonical({"format": _FORMAT, "database": database.hex, "slot": document})

    def document(self) -> dict[str, object]:
        """The slot as JSON."""
        kdf: dict[str, object] = {"name": "hkdf-sha256"}
        if self.kdf is not None:
            kdf = {
                "name": "argon2id",
                "memory_kib": self.kdf.memory_kib,
                "time": self.kdf.time,
                "lanes": self.kdf.lanes,
            }
        return {
            "id": self.id,
            "login": self.login,
            "kdf": kdf,
            "salt": self.salt.hex(),
            "nonce": self.nonce.hex(),
            "sealed": self.sealed.hex(),
        }


@dataclass(frozen=True)
class KeyState:
    """The content of a key file."""

    database: UUID
    generation: int = 0
    anchor: Anchor | None = None
    slots: tuple[Slot, ...] = ()
    seal: bytes = b""

    def user(self, login: str) -> Slot | None:
        """A person's slot; the login's case does not matter."""
        wanted = login_key(login)
        return next((slot for slot in self.slots if slot.login is not None and login_key(slot.login) == wanted), None)

    def sealed(self, dek: bytes) -> "KeyState":
        """The same content with the seal that shows any change."""
        return replace(self, seal=self._seal(dek))

    def holds(self, dek: bytes) -> bool:
        """Whether the content is as it was sealed."""
        return hmac.compare_digest(self.seal, self._seal(dek))

    def to_bytes(self) -> bytes:
        """The file, readable enough for the support desk to see what it is."""
        return json.dumps({**self._document(), "seal": self.seal.hex()}, ensure_ascii=False, indent=1).encode()

    def _document(self) -> dict[str, object]:
        anchor = self.anchor and {"sequence": self.anchor.sequence, "digest": self.anchor.digest}
        return {
            "magic": _MAGIC,
            "format": _FORMAT,
            "database": self.database.hex,
            "generation": self.generation,
            "anchor": anchor,
            "slots": [slot.document() for slot in self.slots],
        }

    def _seal(self, dek: bytes) -> bytes:
        return hmac.digest(derive(dek, _SEAL_KEY), canonical(self._document()), "sha256")


def derive(dek: bytes, purpose: str) -> bytes:
    """A separate 32-byte key for each purpose, so that one never stands for another."""
    return HKDF(SHA256(), KEY_BYTES, None, b"casemgr " + purpose.encode()).derive(dek)


def login_key(login: str) -> str:
    """Two logins are the same person's when this is equal."""
    return normal(login).strip().casefold()


def canonical(document: object) -> bytes:
    """The one byte form of a document, for seals."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def parse(data: bytes, *, allow_light: bool = False) -> KeyState | None:
    """Read a key file; None when it is damaged, of a newer format, or weaker than an office needs."""
    if len(data) > _LARGEST:
        return None
    try:
        document = json.loads(data.decode())
        if document["magic"] != _MAGIC or document["format"] != _FORMAT or len(document["slots"]) > _MOST_SLOTS:
            return None
        anchor = document["anchor"]
        state = KeyState(
            UUID(hex=document["database"]),
            int(document["generation"]),
            Anchor(int(anchor["sequence"]), str(anchor["digest"])) if anchor else None,
            tuple(_slot(slot) for slot in document["slots"]),
            bytes.fromhex(document["seal"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    profiles = [slot.kdf for slot in state.slots if slot.kdf is not None]
    if all(profile.sane and (allow_light or profile.strong) for profile in profiles):
        return state
    return None


def _slot(document: dict[str, object]) -> Slot:
    kdf = document["kdf"]
    if not isinstance(kdf, dict) or kdf["name"] not in {"argon2id", "hkdf-sha256"}:
        raise ValueError(kdf)
    profile = None
    if kdf["name"] == "argon2id":
        profile = KdfProfile(int(kdf["memory_kib"]), int(kdf["time"]), int(kdf["lanes"]))
    login = document["login"]
    if (login is None) != (profile is None) or not (login is None or isinstance(login, str)):
        raise ValueError(login)
    salt, nonce, sealed = (bytes.fromhex(str(document[name])) for name in ("salt", "nonce", "sealed"))
    if len(salt) != 16 or len(nonce) != 12 or len(sealed) != KEY_BYTES + 16:
        raise ValueError(document["id"])
    return Slot(str(document["id"]), login, profile, salt, nonce, sealed)


def _close(slot: Slot, database: UUID, key: bytes, dek: bytes) -> Slot:
    nonce = secrets.token_bytes(12)
    return replace(slot, nonce=nonce, sealed=AESGCM(key).encrypt(nonce, dek, slot.bound(database)))


def _stretch(passphrase: str, salt: bytes, kdf: KdfProfile) -> bytes:
    return hash_secret_raw(
        normal(passphrase).encode(),
        salt,
        time_cost=kdf.time,
        memory_cost=kdf.memory_kib,
        parallelism=kdf.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _recovery_key(code: RecoveryCode, salt: bytes) -> bytes:
    """The code is random enough to need no stretching."""
    return HKDF(SHA256(), KEY_BYTES, salt, b"casemgr recovery").derive(code.secret)

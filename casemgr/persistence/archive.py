"""The backup file: one stored zip with the database, its keys and a sealed manifest, ending in a digest of itself."""

import hashlib
import hmac
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Final
from uuid import UUID

from sqlalchemy import Engine, select

from casemgr.errors import StorageError
from casemgr.files import why
from casemgr.i18n import _
from casemgr.persistence.keyfile import BACKUP_KEY
from casemgr.persistence.keyslots import Anchor, canonical, derive
from casemgr.persistence.models import Journal
from casemgr.persistence.schema import tables_of

SUFFIX: Final = ".casemgr-backup"
DATABASE: Final = "database"
KEYS: Final = "keys"
FILES: Final = "files/"
_MANIFEST: Final = "manifest.json"
_MAGIC: Final = "casemgr-backup"
_FORMAT: Final = 1
_BLOCK: Final = 1024 * 1024
_LARGEST_MANIFEST: Final = 4 * 1024 * 1024
_MOST_PARTS: Final = 200_000
_COMMENT: Final = b"casemgr-backup sha256 "
_DIGEST_LETTERS: Final = 64
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,  # an "encrypted" flag, an unknown version or method
    struct.error,
)
"""What a damaged backup makes the readers of zip and JSON raise."""
_PART: Final = re.compile(r"database|keys|files/[0-9A-Za-z_-][0-9A-Za-z._-]{0,99}")


@dataclass(frozen=True)
class Survey:
    """What a database holds, so that a copy can be compared with it."""

    schema: int
    counts: Mapping[str, int]
    journal: Anchor


@dataclass(frozen=True)
class Part:
    """One file inside the backup."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; sealed with a key of the case file, readable without."""

    name: str
    program: str
    database: UUID
    made: datetime
    survey: Survey
    parts: Mapping[str, Part]
    seal: str = ""

    def sealed(self, dek: bytes) -> "Manifest":
        """The same with the seal that shows any change."""
        return replace(self, seal=self._seal(dek))

    def holds(self, dek: bytes) -> bool:
        """Whether it is as it was sealed."""
        return hmac.compare_digest(self.seal, self._seal(dek))

    def to_bytes(self) -> bytes:
        """The manifest as it is written."""
        return json.dumps({**self._document(), "seal": self.seal}, ensure_ascii=False, indent=1).encode()

    def _document(self) -> dict[str, object]:
        return {
            "magic": _MAGIC,
            "format": _FORMAT,
            "name": self.name,
            "program": self.program,
            "schema": self.survey.schema,
            "database": self.database.hex,
            "made": self.made.astimezone(UTC).isoformat(),
            "counts": dict(self.survey.counts),
            "journal": {"sequence": self.survey.journal.sequence, "digest": self.survey.journal.digest},
            "parts": {name: {"size": part.size, "sha256": part.sha256} for name, part in self.parts.items()},
        }

    def _seal(self, dek: bytes) -> str:
        return hmac.digest(derive(dek, BACKUP_KEY), canonical(self._document()), "sha256").hex()


def survey(engine: Engine) -> Survey:
    """Count every table and note the newest journal row, in one snapshot."""
    with engine.connect() as connection:
        schema = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        newest = connection.execute(select(Journal.seq, Journal.hash).order_by(Journal.seq.desc()).limit(1)).first()
        return Survey(schema, tables_of(connection), Anchor(newest[0], newest[1]) if newest else Anchor(0, ""))


def write_archive(target: Path, manifest: Manifest, dek: bytes, parts: Mapping[str, Path | bytes]) -> Manifest:
    """Write a backup under a name nobody reads yet, on the disk when this returns; the manifest gets its parts."""
    made: dict[str, Part] = {}
    with target.open("w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, source in parts.items():
                made[name] = _add(archive, name, source)
            manifest = replace(manifest, parts=made).sealed(dek)
            archive.writestr(_entry(_MANIFEST), manifest.to_bytes())
            archive.comment = _COMMENT + b"0" * _DIGEST_LETTERS
        file.seek(-_DIGEST_LETTERS, os.SEEK_END)
        end = file.tell()
        file.seek(0)
        digest = _digest(file, end)
        file.seek(end)
        file.write(digest.encode())
        file.flush()
        os.fsync(file.fileno())
    return manifest


class Archive:
    """An open backup; everything that does not match its manifest is refused before it is used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise StorageError(
                _("The backup {file} cannot be read: {reason}. Check that the drive is connected.").format(
                    file=path, reason=why(error)
                )
            ) from error
        try:
            self._zip = zipfile.ZipFile(self._file)
            self.manifest = self._read_manifest()
        except StorageError:
            self._file.close()
            raise
        except _BROKEN as error:
            self._file.close()
            raise damaged(path) from error

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._file.close()

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return self.path.stat().st_size

    def check_digest(self) -> None:
        """Compare every byte with the digest at the end; needs no key."""
        end = self.size - _DIGEST_LETTERS
        comment = self._zip.comment
        self._file.seek(0)
        if not comment.startswith(_COMMENT) or _digest(self._file, end).encode() != comment[len(_COMMENT) :]:
            raise damaged(self.path)

    def keys(self) -> bytes:
        """The key file in the backup."""
        part = self.manifest.parts[KEYS]
        if part.size > _LARGEST_MANIFEST:
            raise damaged(self.path)
        try:
            data = self._zip.read(KEYS)
        except _BROKEN as error:
            raise damaged(self.path) from error
        if hashlib.sha256(data).hexdigest() != part.sha256:
            raise damaged(self.path)
        return data

    def extract(self, name: str, target: Path) -> None:
        """Write one part to `target`, on the disk when this returns."""
        part, digest, size = self.manifest.parts[name], hashlib.sha256(), 0
        with target.open("wb") as file:
            for block in self._blocks(name):
                digest.update(block)
                size += len(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        if size != part.size or digest.hexdigest() != part.sha256:
            raise damaged(self.path)

    def _blocks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as source:
                while block := source.read(_BLOCK):
                    yield block
        except _BROKEN as error:
            raise damaged(self.path) from error

    def _read_manifest(self) -> Manifest:
        entries = {entry.filename: entry for entry in self._zip.infolist()}
        if len(entries) != len(self._zip.infolist()) or len(entries) > _MOST_PARTS:
            raise ValueError(len(entries))
        if entries[_MANIFEST].file_size > _LARGEST_MANIFEST:
            raise ValueError(entries[_MANIFEST].file_size)
        document = json.loads(self._zip.read(_MANIFEST).decode())
        if document["magic"] != _MAGIC:
            raise ValueError(document["magic"])
        if document["format"] != _FORMAT:
            raise StorageError(
                _("The backup {file} was made by a newer version of the program. Update the program first.").format(
                    file=self.path
                )
            )
        parts = {str(name): Part(int(part["size"]), str(part["sha256"])) for name, part in document["parts"].items()}
        if set(parts) | {_MANIFEST} != set(entries) or not {DATABASE, KEYS} <= set(parts):
            raise ValueError(parts)
        for name, part in parts.items():
            entry = entries[name]
            if not _PART.fullmatch(name) or entry.compress_type != zipfile.ZIP_STORED or entry.file_size != part.size:
                raise ValueError(name)
        journal = Anchor(int(document["journal"]["sequence"]), str(document["journal"]["digest"]))
        counts = {str(name): int(count) for name, count in document["counts"].items()}
        return Manifest(
            str(document["name"]),
            str(document["program"]),
            UUID(hex=document["database"]),
            datetime.fromisoformat(document["made"]),
            Survey(int(document["schema"]), counts, journal),
            parts,
            str(document["seal"]),
        )


def damaged(path: Path) -> StorageError:
    """The message for a backup that cannot be trusted."""
    return StorageError(
        _("{file} is damaged or not a backup of this program. Nothing was changed. Take another backup.").format(
            file=path
        )
    )


def _add(archive: zipfile.ZipFile, name: str, source: Path | bytes) -> Part:
    digest, size = hashlib.sha256(), 0
    entry = _entry(name)
    if isinstance(source, bytes):
        archive.writestr(entry, source)
        return Part(len(source), hashlib.sha256(source).hexdigest())
    with source.open("rb") as file, archive.open(entry, "w", force_zip64=True) as target:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
            target.write(block)
    return Part(size, digest.hexdigest())


def _entry(name: str) -> zipfile.ZipInfo:
    """The same bytes for the same content: no clock of this computer in it."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def _digest(file: IO[bytes], end: int) -> str:
    digest = hashlib.sha256()
    left = end
    while left and (block := file.read(min(_BLOCK, left))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest()

"""Signed policy packs (`.casepack`): a zip of the pack's TOML files, a manifest of their hashes, and its signature.

`signature.sig` is the raw Ed25519 signature over the bytes of `manifest.json`, so that other tools can verify it:
`openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin -in manifest.json -sigfile signature.sig`.
"""

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from casemgr import assets
from casemgr.domain.packs import SignedPack, check_whole, read_pack
from casemgr.errors import Problem, StorageError, ValidationError
from casemgr.i18n import _

FORMAT: Final = "casepack-1"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature.sig"
DEVELOPMENT_KEY: Final = "development"
"""Its private half is public: an installed program refuses what it signed."""

FILE_LIMIT: Final = 5 * 1024 * 1024
ENTRY_LIMIT: Final = 40
MEMBER_LIMIT: Final = 1024 * 1024

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}\.toml")
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


def read_packfile(path: Path) -> SignedPack:
    """The pack in a file, if its signature and everything in it is right."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise _refused(
                _("{file} is larger than a policy pack can be ({limit} MB). It was not opened.").format(
                    file=path.name, limit=FILE_LIMIT >> 20
                )
            )
        data = path.read_bytes()
    except OSError as error:
        raise StorageError(_("The file {file} cannot be read.").format(file=path)) from error
    return open_packfile(data, path.name)


def open_packfile(data: bytes, label: str) -> SignedPack:
    """The same from bytes; `label` is what messages call the file."""
    members = _members(data, label)
    manifest = members.pop(MANIFEST, None)
    signature = members.pop(SIGNATURE, None)
    if manifest is None or signature is None:
        raise _refused(_("{file} is no policy pack: its manifest or signature is missing.").format(file=label))
    told = _manifest(manifest, label)
    _verify(told.key, manifest, signature, label)
    if set(told.files) != set(members):
        raise _refused(_("{file} does not hold exactly the files its manifest names.").format(file=label))
    for name, content in members.items():
        if hashlib.sha256(content).hexdigest() != told.files[name]:
            raise _refused(_("{name} in {file} was changed after it was signed.").format(name=name, file=label))
    pack = read_pack(members)
    check_whole(pack)
    if (pack.id, pack.revision) != (told.id, told.revision):
        raise _refused(_("The manifest of {file} names another pack than the one inside.").format(file=label))
    return SignedPack(pack, told.key)


def make_packfile(files: Mapping[str, bytes], key: str, private_key: Ed25519PrivateKey) -> bytes:
    """A signed file of the pack in `files`; the same input always gives the same bytes."""
    pack = read_pack(files)
    check_whole(pack)
    manifest = json.dumps(
        {
            "format": FORMAT,
            "id": pack.id,
            "revision": pack.revision,
            "key": key,
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
        },
        indent=2,
    ).encode()
    members = {**dict(sorted(files.items())), MANIFEST: manifest, SIGNATURE: private_key.sign(manifest)}
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def sign_folder(folder: Path, key_file: Path, key: str) -> bytes:
    """A signed file of the pack in a folder, with the private key in a PEM file."""
    try:
        files = {file.name: file.read_bytes() for file in sorted(folder.glob("*.toml"))}
        private_key = load_pem_private_key(key_file.read_bytes(), password=None)
    except OSError as error:
        raise StorageError(_("The file {file} cannot be read.").format(file=error.filename)) from error
    except (ValueError, TypeError) as error:
        raise _refused(_("{file} holds no Ed25519 key without a passphrase.").format(file=key_file.name)) from error
    if not isinstance(private_key, Ed25519PrivateKey):
        raise _refused(_("{file} holds no Ed25519 key without a passphrase.").format(file=key_file.name))
    return make_packfile(files, key, private_key)


def known_keys() -> dict[str, Ed25519PublicKey]:
    """The public keys this program trusts, by name; an installed program never trusts the development key."""
    found = {}
    for file in sorted(assets.resource("standards", "keys").glob("*.pem")):
        key = load_pem_public_key(file.read_bytes())
        if isinstance(key, Ed25519PublicKey) and not (file.stem == DEVELOPMENT_KEY and _installed()):
            found[file.stem] = key
    return found


def _installed() -> bool:
    return assets.resource("standards").parents[1].name == "_data"


def _verify(key: str, manifest: bytes, signature: bytes, label: str) -> None:
    public = known_keys().get(key)
    if public is None and key == DEVELOPMENT_KEY:
        raise _refused(
            _("{file} is signed with the development key, which is for tests only. Ask for the official file.").format(
                file=label
            )
        )
    if public is None:
        raise _refused(
            _("{file} is signed with the key “{key}”, which this program does not know.").format(file=label, key=key)
        )
    try:
        public.verify(signature, manifest)
    except InvalidSignature as error:
        raise _refused(
            _(
                "The signature of {file} is wrong: the file was changed or damaged. Get it again from its source."
            ).format(file=label)
        ) from error


def _members(data: bytes, label: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRY_LIMIT:
                raise _refused(
                    _("{file} has {count} parts, more than the {limit} a policy pack can have.").format(
                        file=label, count=len(entries), limit=ENTRY_LIMIT
                    )
                )
            for entry in entries:
                name = entry.filename
                if name not in (MANIFEST, SIGNATURE) and not _NAME.fullmatch(name):
                    raise _refused(
                        _("{file} holds “{name}”, which does not belong in a policy pack.").format(
                            file=label, name=name
                        )
                    )
                if name in found:
                    raise _refused(_("{file} holds “{name}” twice.").format(file=label, name=name))
                with archive.open(entry) as member:
                    found[name] = member.read(MEMBER_LIMIT + 1)
                if len(found[name]) > MEMBER_LIMIT:
                    raise _refused(
                        _("“{name}” in {file} is larger than {limit} MB.").format(
                            name=name, file=label, limit=MEMBER_LIMIT >> 20
                        )
                    )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error) as error:
        raise _refused(
            _("{file} is damaged or is no policy pack (.casepack). Get it again from its source.").format(file=label)
        ) from error
    return found


@dataclass(frozen=True)
class _Manifest:
    id: str
    revision: int
    key: str
    files: Mapping[str, str]


def _manifest(data: bytes, label: str) -> _Manifest:
    try:
        raw = json.loads(data)
        if raw.pop("format") == FORMAT and set(raw) == {"id", "revision", "key", "files"}:
            files = {str(name): str(value) for name, value in raw["files"].items()}
            return _Manifest(str(raw["id"]), int(raw["revision"]), str(raw["key"]), files)
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(_("The manifest of {file} cannot be read.").format(file=label)) from error
    raise _refused(_("{file} has a form this program does not know. A newer program may be needed.").format(file=label))


def _refused(message: str) -> ValidationError:
    return ValidationError([Problem("file", message)])

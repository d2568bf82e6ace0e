"""Signed policy packs: what a good file gives, every bad one refused, and the signature as other tools see it."""

import hashlib
import io
import json
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from casemgr import assets
from casemgr.errors import AppError, StorageError, ValidationError
from casemgr.exchange import packfile
from casemgr.exchange.packfile import known_keys, make_packfile, open_packfile, read_packfile, sign_folder
from tests.support.packfiles import KEY_FILE, changed, pack_files, private_key, revised


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()


def signed_anew(parts: Mapping[str, bytes], **manifest: object) -> bytes:
    """The members with a changed manifest, signed by the development key all the same."""
    told = json.loads(parts["manifest.json"]) | manifest
    data = json.dumps(told).encode()
    return zipped({**parts, "manifest.json": data, "signature.sig": private_key().sign(data)})


def refusal(data: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        open_packfile(data, "goi.casepack")
    return str(refused.value)


GOOD = make_packfile(revised(), "development", private_key())


def test_a_good_file_gives_its_pack(tmp_path: Path) -> None:
    file = tmp_path / "chuẩn 2027.casepack"
    file.write_bytes(GOOD)
    signed = read_packfile(file)
    assert (signed.pack.id, signed.pack.revision, signed.key) == ("VN-2027", 2, "development")
    assert make_packfile(revised(), "development", private_key()) == GOOD


def test_openssl_verifies_the_signature(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl on this computer")
    for name, content in members(GOOD).items():
        (tmp_path / name).write_bytes(content)
    key = assets.resource("standards", "keys", "development.pem")
    command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", str(key), "-rawin"]
    command += ["-in", "manifest.json", "-sigfile", "signature.sig"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "manifest.json").write_bytes(members(GOOD)["manifest.json"] + b" ")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_a_changed_file_is_refused() -> None:
    files = members(GOOD)
    content = files["pack.toml"].replace(b"2200000", b"2300000")
    assert "pack.toml" in refusal(zipped({**files, "pack.toml": content}))
    manifest = files["manifest.json"].replace(b'"revision": 2', b'"revision": 3')
    assert "goi.casepack" in refusal(zipped({**files, "manifest.json": manifest}))
    assert refusal(zipped({**files, "signature.sig": bytes(64)})) == refusal(zipped({**files, "signature.sig": b"x"}))


def test_another_key_is_refused() -> None:
    stranger = Ed25519PrivateKey.generate()
    assert refusal(make_packfile(revised(), "development", stranger)) != ""
    assert "tinh-vinh-long" in refusal(make_packfile(revised(), "tinh-vinh-long", stranger))
    assert "../keys/development" in refusal(make_packfile(revised(), "../keys/development", private_key()))


def test_an_installed_program_refuses_the_development_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(known_keys()) == {"development"}
    package = tmp_path / "casemgr"
    shutil.copytree(assets.resource("standards"), package / "_data" / "resources" / "standards")
    monkeypatch.setattr(assets, "__file__", str(package / "assets.py"))
    assert known_keys() == {}
    with pytest.raises(ValidationError) as refused:
        open_packfile(GOOD, "goi.casepack")
    monkeypatch.undo()
    assert str(refused.value) != refusal(make_packfile(revised(), "khac", private_key()))


def test_keys_of_another_kind_are_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_by_release = make_packfile(revised(), "release", private_key())
    package = tmp_path / "casemgr"
    keys = package / "_data" / "resources" / "standards" / "keys"
    keys.mkdir(parents=True)
    public = generate_private_key(SECP256R1()).public_key()
    (keys / "other.pem").write_bytes(
        public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    (keys / "release.pem").write_bytes(assets.resource("standards", "keys", "development.pem").read_bytes())
    monkeypatch.setattr(assets, "__file__", str(package / "assets.py"))
    assert set(known_keys()) == {"release"}
    assert open_packfile(signed_by_release, "goi.casepack").key == "release"


@pytest.mark.parametrize("missing", ["manifest.json", "signature.sig"])
def test_manifest_and_signature_must_be_there(missing: str) -> None:
    files = members(GOOD)
    del files[missing]
    assert "goi.casepack" in refusal(zipped(files))


@pytest.mark.parametrize(
    "manifest",
    [
        b"not json",
        b"[]",
        b"{}",
        b'{"format": "casepack-1"}',
        b'{"format": "casepack-9", "id": "VN-2027", "revision": 2, "key": "development", "files": {}}',
        b'{"format": "casepack-1", "id": "VN-2027", "revision": 2, "key": "development", "files": 3}',
        b"\xff\xfe\x00",
    ],
)
def test_an_unreadable_manifest_is_refused(manifest: bytes) -> None:
    assert "goi.casepack" in refusal(zipped({**members(GOOD), "manifest.json": manifest}))


def test_the_manifest_must_tell_the_truth() -> None:
    files = members(GOOD)
    hashes = json.loads(files["manifest.json"])["files"]
    assert "goi.casepack" in refusal(signed_anew(files, revision=7))
    assert "goi.casepack" in refusal(signed_anew(files, files=hashes | {"more.toml": "0" * 64}))
    assert "goi.casepack" in refusal(signed_anew({**files, "more.toml": b""}))
    assert "pack.toml" in refusal(signed_anew(files, files=hashes | {"pack.toml": "0" * 64}))


@pytest.mark.parametrize("name", ["../pack.toml", "/etc/passwd", "keys/release.pem", "PACK.TOML", "run.py", "a/"])
def test_foreign_names_are_refused(name: str) -> None:
    assert name in refusal(zipped({**members(GOOD), name: b""}))


def test_limits_of_the_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "41" in refusal(zipped({f"a{number}.toml": b"" for number in range(41)}))
    assert "big.toml" in refusal(zipped({"big.toml": bytes(packfile.MEMBER_LIMIT + 1)}))
    memory = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(memory, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("pack.toml", b"")
        archive.writestr("pack.toml", b"")
    assert "pack.toml" in refusal(memory.getvalue())
    for damaged in (b"", b"PK", GOOD[:-40], b"%PDF-1.7 no pack at all"):
        assert "goi.casepack" in refusal(damaged)
    large = tmp_path / "large.casepack"
    large.write_bytes(GOOD)
    monkeypatch.setattr(packfile, "FILE_LIMIT", len(GOOD) - 1)
    with pytest.raises(ValidationError, match=r"large\.casepack"):
        read_packfile(large)
    with pytest.raises(StorageError, match=r"none\.casepack"):
        read_packfile(tmp_path / "none.casepack")


def test_a_signed_pack_must_still_be_a_whole_pack() -> None:
    files = changed(revised(), ("days = 3", "days = -3"), file="procedure.toml")
    good = members(GOOD)
    bad = {**good, "procedure.toml": files["procedure.toml"]}
    hashes = json.loads(good["manifest.json"])["files"]
    hashes["procedure.toml"] = hashlib.sha256(bad["procedure.toml"]).hexdigest()
    assert "deadlines.posting.days" in refusal(signed_anew(bad, files=hashes))
    with pytest.raises(ValidationError, match="indicator"):
        make_packfile({**revised(), "indicators.toml": b""}, "development", private_key())


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_no_changed_byte_changes_what_is_read(place: int, flip: int) -> None:
    damaged = bytearray(GOOD)
    damaged[place] ^= flip
    try:
        read = open_packfile(bytes(damaged), "goi.casepack").pack
    except ValidationError:
        return
    assert read == open_packfile(GOOD, "goi.casepack").pack  # the byte belonged to the zip's own book-keeping


def test_signing_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "VN-2027"
    folder.mkdir()
    for name, content in pack_files().items():
        (folder / name).write_bytes(content)
    assert open_packfile(sign_folder(folder, KEY_FILE, "development"), "x").pack.revision == 1
    curve = tmp_path / "curve.pem"
    curve.write_bytes(
        generate_private_key(SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (tmp_path / "text.pem").write_text("no key")
    for key in (curve, tmp_path / "text.pem", tmp_path / "none.pem"):
        with pytest.raises(AppError, match=key.name):
            sign_folder(folder, key, "development")

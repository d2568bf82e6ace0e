"""Policy packs for tests: the shipped files, changed where a test says so, signed with the development key."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from casemgr.assets import resource
from casemgr.domain.packs import SignedPack
from casemgr.exchange.packfile import DEVELOPMENT_KEY, make_packfile, open_packfile

KEY_FILE = Path(__file__).parents[1] / "data" / "standards" / "development-private.pem"


ZONES = ("TT", "NT1", "NT2", "NT3", "NT4", "NT5", "NT6")
HEAD = ["Nhóm", "Mục", "Nội dung", "Kiểu", *ZONES]
SCORE_ROWS: list[list[Any]] = [
    ["Bảng điểm B1 (số liệu bịa để thử)"],
    HEAD,
    [1, 1, "Hộ có 1 người", "chọn một", 70, 60, 60, 60, 60, 60, 60],
    [1, 2, "Hộ có 2 người", "chọn một", 60, 50, 50, 50, 50, 50, 50],
    [2, "a", "Có ô tô", "có/không", 40, 40, 40, 40, 40, 40, 40],
    [None],
    [3, 1, "Từ 1 người", "count_band", "15", 10, 10, 10, 10, 10, 10],
]
"""A point table as a spreadsheet; every number is invented."""


def private_key() -> Ed25519PrivateKey:
    """The development key, which is no secret."""
    key = load_pem_private_key(KEY_FILE.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def pack_files(pack_id: str = "VN-2027") -> dict[str, bytes]:
    """The files of a shipped pack."""
    return {file.name: file.read_bytes() for file in sorted(resource("standards", pack_id).glob("*.toml"))}


def changed(files: Mapping[str, bytes], *changes: tuple[str, str], file: str = "pack.toml") -> dict[str, bytes]:
    """The files with texts of one of them replaced, each of which must be there."""
    text = files[file].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return {**files, file: text.encode()}


def revised(pack_id: str = "VN-2027", revision: int = 2, *changes: tuple[str, str]) -> dict[str, bytes]:
    """A newer revision of a shipped pack."""
    return changed(pack_files(pack_id), ("revision = 1", f"revision = {revision}"), *changes)


def official_2027() -> dict[str, bytes]:
    """The pack of 2027 as if its indicators had been confirmed."""
    return revised("VN-2027", 2, ('status = "draft"', 'status = "in_force"'))


def local_pack(province: str, *changes: tuple[str, str]) -> dict[str, bytes]:
    """A provincial standard of 2026 with higher lines, without points."""
    text = pack_files("VN-2022")["pack.toml"].decode()
    text = re.sub(r"\[score\].*?(?=\[limits\])", "", text, flags=re.DOTALL)
    files = {
        "pack.toml": text.replace('id = "VN-2022"', 'id = "VL-2026"')
        .replace('scope = "national"', f'scope = "local"\nprovince = "{province}"')
        .replace("valid_from = 2022-01-01", "valid_from = 2026-01-01")
        .replace("rural = 1500000, urban = 2000000", "rural = 1800000, urban = 2200000")
        .encode(),
        "indicators.toml": pack_files("VN-2022")["indicators.toml"],
    }
    return changed(files, *changes)


def signed(files: Mapping[str, bytes]) -> SignedPack:
    """The pack as it comes out of its signed file."""
    return open_packfile(make_packfile(files, DEVELOPMENT_KEY, private_key()), "goi.casepack")

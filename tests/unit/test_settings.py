"""Preferences survive damage, other versions and a full disk."""

import dataclasses
import json
import logging
import os
from pathlib import Path

import pytest

from casemgr import settings
from casemgr.errors import StorageError
from casemgr.settings import Settings

CHANGED = Settings(
    language="en",
    theme="dark",
    scale=150,
    text_size=13,
    last_file="/srv/Xã Mỏ Cày.casemgr",
    second_backup="/media/usb",
    window="AAEC/w==",
    columns={"households": ("code", "head")},
)


def test_what_was_saved_is_read_back() -> None:
    settings.save(CHANGED)
    assert settings.load() == CHANGED


def test_the_first_start_has_the_defaults() -> None:
    assert settings.load() == Settings()


def test_keys_of_another_version_are_kept() -> None:
    settings.save(CHANGED)
    file = settings.settings_file()
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "ký": [1, {"a": None}]}), encoding="utf-8")
    settings.save(dataclasses.replace(settings.load(), theme="light"))
    written = json.loads(file.read_text("utf-8"))
    assert written["ký"] == [1, {"a": None}]
    assert written["theme"] == "light"


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe\x00", b"[1]", b"null"])
def test_a_damaged_file_gives_the_defaults_and_a_line_in_the_log(
    damage: bytes, expected_warnings: list[logging.LogRecord]
) -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(damage)
    assert settings.load() == Settings()
    assert len(expected_warnings) == 1
    settings.save(CHANGED)
    assert settings.load() == CHANGED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("theme", []),
        ("scale", 300),
        ("scale", True),
        ("text_size", "lớn"),
        ("last_file", 1),
        ("columns", {"households": "code"}),
        ("columns", ["code"]),
    ],
)
def test_one_wrong_value_costs_only_itself(
    name: str, value: object, expected_warnings: list[logging.LogRecord]
) -> None:
    settings.save(CHANGED)
    file = settings.settings_file()
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), name: value}), encoding="utf-8")
    assert settings.load() == dataclasses.replace(CHANGED, **{name: getattr(Settings(), name)})
    assert [name in record.getMessage() for record in expected_warnings] == [True]


def test_a_failed_write_leaves_the_old_file_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(CHANGED)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError):
        settings.save(Settings())
    assert settings.load() == CHANGED
    assert [path.name for path in settings.settings_file().parent.iterdir()] == ["settings.json"]


def test_a_file_that_may_not_be_read_gives_the_defaults(
    tmp_path: Path, expected_warnings: list[logging.LogRecord]
) -> None:
    assert settings.load(tmp_path) == Settings()  # a folder where the file should be
    assert len(expected_warnings) == 1


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("", encoding="utf-8")
    with pytest.raises(StorageError):
        settings.save(CHANGED, tmp_path / "tệp" / "settings.json")

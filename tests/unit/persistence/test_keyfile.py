"""The key file: who opens it, what damage does, and that nobody can weaken it."""

import json
import logging
import unicodedata
from pathlib import Path

import pytest

from casemgr.domain.recovery import RecoveryCode
from casemgr.errors import NotFoundError, StorageError, ValidationError, WrongKeyError
from casemgr.persistence import keyfile
from casemgr.persistence.engine import close, open_engine
from casemgr.persistence.keyfile import DEFAULT_PROFILE, LIGHT_PROFILE, Anchor, KdfProfile, KeyFile, keys_path

PASSPHRASE = "lua chin vang dong que"
OTHER = "con thuyen tren song Tien"


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    return tmp_path / "An Phú.casemgr"


def make(case_file: Path) -> tuple[KeyFile, RecoveryCode]:
    keys, _dek, code = KeyFile.create(case_file, login="lan.ntk", passphrase=PASSPHRASE, profile=LIGHT_PROFILE)
    return keys, code


def load(case_file: Path) -> KeyFile:
    return KeyFile.load(case_file, profile=LIGHT_PROFILE)


def only_copy(home: Path) -> Path:
    (copy,) = (home / "data" / "keys").iterdir()
    return copy


def test_passphrase_and_recovery_code_open_the_same_key(case_file: Path) -> None:
    made, code = make(case_file)
    by_passphrase = load(case_file).unlock(PASSPHRASE)
    by_login = load(case_file).unlock(PASSPHRASE, "LAN.NTK")
    by_code = load(case_file).recover(code.text.lower().replace("-", " "))
    assert by_passphrase.dek == by_login.dek == by_code.dek
    assert len(by_passphrase.dek) == 32
    assert (by_passphrase.login, by_code.login) == ("lan.ntk", "")
    assert by_passphrase.trusted
    assert by_passphrase.dek.hex() not in repr(by_passphrase)
    assert made.logins == ("lan.ntk",)


def test_the_file_holds_neither_key_nor_passphrase(case_file: Path) -> None:
    _keys, code = make(case_file)
    dek = load(case_file).unlock(PASSPHRASE).dek
    text = keys_path(case_file).read_text("utf-8")
    assert keys_path(case_file).name == "An Phú.casemgr.keys"
    for secret in (dek.hex(), PASSPHRASE, code.secret.hex(), code.groups[0]):
        assert secret not in text


def test_wrong_passphrase_wrong_login_and_foreign_code(case_file: Path) -> None:
    make(case_file)
    keys = load(case_file)
    with pytest.raises(WrongKeyError):
        keys.unlock("lua chin vang dong que ")
    with pytest.raises(WrongKeyError):
        keys.unlock(PASSPHRASE, "hung.tv")
    with pytest.raises(WrongKeyError):
        keys.recover(RecoveryCode.new())
    with pytest.raises(RuntimeError):
        keys.add_user("hung.tv", OTHER)


def test_composed_and_decomposed_letters_are_one_passphrase(case_file: Path) -> None:
    KeyFile.create(case_file, login="đức", passphrase="Sông Tiền đỏ nặng phù sa", profile=LIGHT_PROFILE)
    assert load(case_file).unlock(unicodedata.normalize("NFD", "Sông Tiền đỏ nặng phù sa"), "ĐỨC").login == "đức"


def test_users_come_and_go(case_file: Path) -> None:
    keys, code = make(case_file)
    keys.add_user("hung.tv", OTHER)
    with pytest.raises(ValidationError):
        keys.add_user("HUNG.tv", OTHER)
    keys.save()
    again = load(case_file)
    assert again.unlock(OTHER).login == "hung.tv"
    again.change_passphrase("lan.ntk", "bong lua tram bong hat")
    again.remove_user("hung.tv")
    with pytest.raises(ValidationError):
        again.remove_user("lan.ntk")
    with pytest.raises(NotFoundError):
        again.change_passphrase("hung.tv", OTHER)
    newer = again.new_recovery()
    again.save()
    last = load(case_file)
    for refused in (PASSPHRASE, OTHER):
        with pytest.raises(WrongKeyError):
            last.unlock(refused)
    with pytest.raises(WrongKeyError):
        last.recover(code)
    assert last.unlock("bong lua tram bong hat").dek == last.recover(newer).dek
    assert last.generation == 3


def test_missing_or_damaged_keys_are_healed_from_the_copy(case_file: Path) -> None:
    make(case_file)
    good = keys_path(case_file).read_bytes()
    for damage in (None, b"", good[:100], good.replace(b"{", b"[", 1), b"\xff" * 50):
        if damage is None:
            keys_path(case_file).unlink()
        else:
            keys_path(case_file).write_bytes(damage)
        assert load(case_file).unlock(PASSPHRASE).trusted
        assert keys_path(case_file).read_bytes() == good


def test_a_missing_copy_comes_back(case_file: Path, home: Path) -> None:
    make(case_file)
    copy = only_copy(home)
    copy.unlink()
    load(case_file).unlock(PASSPHRASE)
    assert copy.read_bytes() == keys_path(case_file).read_bytes()


def test_without_any_key_file_the_message_names_it(case_file: Path) -> None:
    with pytest.raises(StorageError, match=r"An Phú\.casemgr\.keys"):
        KeyFile.load(case_file)


def test_an_old_passphrase_does_not_come_back_through_the_copy(case_file: Path, home: Path) -> None:
    make(case_file)
    copy, old = only_copy(home), only_copy(home).read_bytes()
    keys = load(case_file)
    keys.unlock(PASSPHRASE)
    keys.change_passphrase("lan.ntk", OTHER)
    keys.save()
    copy.write_bytes(old)
    with pytest.raises(WrongKeyError):
        load(case_file).unlock(PASSPHRASE)
    assert load(case_file).unlock(OTHER).trusted


def test_every_flipped_bit_is_noticed(case_file: Path, home: Path) -> None:
    make(case_file)
    good = keys_path(case_file).read_bytes()
    copy = only_copy(home)
    for position in range(0, len(good), 7):
        flipped = bytearray(good)
        flipped[position] ^= 1 << position % 8
        keys_path(case_file).write_bytes(flipped)
        copy.unlink(missing_ok=True)
        try:
            unlocked = load(case_file).unlock(PASSPHRASE)
        except (StorageError, WrongKeyError):
            continue
        # JSON allows other spellings of the same content (blanks, escapes): then nothing was changed.
        assert not unlocked.trusted or json.loads(flipped) == json.loads(good) or same(flipped, good), position


def same(left: bytes, right: bytes) -> bool:
    return left.lower() == right.lower()  # hexadecimal digits in capitals


def test_a_damaged_but_readable_file_is_replaced_by_the_sealed_copy(case_file: Path) -> None:
    make(case_file)
    good = keys_path(case_file).read_bytes()
    document = json.loads(good)
    document["anchor"] = {"sequence": 9999, "digest": "00"}
    keys_path(case_file).write_text(json.dumps(document))
    keys = load(case_file)
    assert keys.unlock(PASSPHRASE).trusted
    assert keys.anchor is None
    assert keys_path(case_file).read_bytes() == good


def test_weak_parameters_are_refused_and_cannot_be_smuggled_in(case_file: Path, home: Path) -> None:
    make(case_file)
    only_copy(home).unlink()
    with pytest.raises(StorageError):
        KeyFile.load(case_file)  # LIGHT_PROFILE is below the floor
    document = json.loads(keys_path(case_file).read_text())
    document["slots"][0]["kdf"]["time"] = 2
    keys_path(case_file).write_text(json.dumps(document))
    with pytest.raises(WrongKeyError):
        load(case_file).unlock(PASSPHRASE)
    document["slots"][0]["kdf"]["memory_kib"] = 2**31
    keys_path(case_file).write_text(json.dumps(document))
    with pytest.raises(StorageError):
        load(case_file)
    assert DEFAULT_PROFILE.strong
    assert KdfProfile(128 * 1024, 4, 2) == DEFAULT_PROFILE
    assert not LIGHT_PROFILE.strong


def test_the_default_cost_opens_without_permission(case_file: Path) -> None:
    KeyFile.create(case_file, login="lan", passphrase=PASSPHRASE)
    assert KeyFile.load(case_file).unlock(PASSPHRASE).trusted


def test_slots_cannot_change_owner(case_file: Path, home: Path) -> None:
    keys, _code = make(case_file)
    keys.add_user("hung.tv", OTHER)
    keys.save()
    only_copy(home).unlink()
    document = json.loads(keys_path(case_file).read_text())
    first, _recovery, second = document["slots"]
    first["login"], second["login"] = second["login"], first["login"]
    keys_path(case_file).write_text(json.dumps(document))
    with pytest.raises(WrongKeyError):
        load(case_file).unlock(PASSPHRASE)


def test_the_anchor_is_the_newest_known_anywhere(case_file: Path) -> None:
    keys, _code = make(case_file)
    keys.set_anchor(41, "01" * 32)
    older = keys_path(case_file).read_bytes()
    keys.set_anchor(57, "02" * 32)
    keys_path(case_file).write_bytes(older)  # somebody put yesterday's file back
    again = load(case_file)
    assert again.anchor is None
    again.unlock(PASSPHRASE)
    assert again.anchor == Anchor(57, "02" * 32)


def test_a_moved_case_file_finds_its_own_copy_among_others(tmp_path: Path) -> None:
    for name in ("mot", "hai", "ba"):
        path = tmp_path / f"{name}.casemgr"
        make(path)
        close(open_engine(path, keyfile.derive(load(path).unlock(PASSPHRASE).dek, keyfile.DATABASE_KEY), create=True))
    moved = tmp_path / "moved" / "hai.casemgr"
    moved.parent.mkdir()
    (tmp_path / "hai.casemgr").rename(moved)
    unlocked = load(moved).unlock(PASSPHRASE)
    close(open_engine(moved, unlocked.database_key))
    assert keys_path(moved).read_bytes() == keys_path(tmp_path / "hai.casemgr").read_bytes()


def test_an_existing_key_file_is_never_overwritten(case_file: Path) -> None:
    make(case_file)
    good = keys_path(case_file).read_bytes()
    with pytest.raises(StorageError):
        make(case_file)
    assert keys_path(case_file).read_bytes() == good


def test_purposes_give_different_keys() -> None:
    dek = b"\x07" * 32
    keys = {keyfile.derive(dek, purpose) for purpose in (keyfile.DATABASE_KEY, keyfile.BACKUP_KEY, "")}
    assert len(keys) == 3
    assert dek not in keys


def test_keys_from_a_backup_that_are_no_keys(case_file: Path) -> None:
    with pytest.raises(StorageError, match="An Phú"):
        KeyFile.from_bytes(case_file, b"{}", profile=LIGHT_PROFILE)


def test_a_login_of_blanks_is_refused(case_file: Path) -> None:
    keys, _code = make(case_file)
    with pytest.raises(ValidationError) as refused:
        keys.add_user("  ", OTHER)
    assert refused.value.problems[0].field == "login"


def test_places_that_cannot_be_written_do_not_keep_anybody_out(
    case_file: Path, home: Path, expected_warnings: list[logging.LogRecord]
) -> None:
    make(case_file)
    copy = only_copy(home).read_bytes()
    keys_path(case_file).unlink()
    keys_path(case_file).mkdir()
    assert load(case_file).unlock(PASSPHRASE).trusted
    keys_path(case_file).rmdir()
    keys_path(case_file).write_bytes(copy)
    only_copy(home).unlink()
    (home / "data" / "keys").rmdir()
    (home / "data" / "keys").write_text("a file, not a folder")
    assert load(case_file).unlock(PASSPHRASE).trusted
    assert len(expected_warnings) == 2


def test_strange_slots_make_the_file_unreadable_not_open(case_file: Path, home: Path) -> None:
    make(case_file)
    only_copy(home).unlink()
    good = json.loads(keys_path(case_file).read_text())
    for change in ({"kdf": {"name": "md5"}}, {"kdf": 7}, {"salt": "00"}, {"login": 7}, {"login": None}):
        document = json.loads(json.dumps(good))
        document["slots"][0] |= change
        keys_path(case_file).write_text(json.dumps(document))
        with pytest.raises(StorageError, match="An Phú"):
            load(case_file)
    keys_path(case_file).write_bytes(b" " * (1024 * 1024 + 1))
    with pytest.raises(StorageError, match="An Phú"):
        load(case_file)

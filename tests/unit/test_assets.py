"""Where shipped files and this machine's folders are found."""

import sys
from pathlib import Path

import pytest

from casemgr import assets, paths


def test_a_checkout_uses_its_own_folders() -> None:
    top = Path(__file__).resolve().parents[2]
    assert assets.resource("fonts") == top / "resources" / "fonts"
    assert assets.locale_dir() == top / "i18n"


def test_an_installed_package_uses_the_data_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "casemgr"
    (package / "_data").mkdir(parents=True)
    monkeypatch.setattr(assets, "__file__", str(package / "assets.py"))
    assert assets.resource("data", "admin-units.csv") == package / "_data" / "resources" / "data" / "admin-units.csv"
    assert assets.locale_dir() == package / "_data" / "i18n"


FOLDERS = [paths.config_folder, paths.data_folder, paths.backup_folder, paths.log_folder, paths.documents_folder]


def test_one_variable_moves_every_folder(home: Path) -> None:
    assert len({folder() for folder in FOLDERS}) == len(FOLDERS)
    assert all(folder().is_relative_to(home) for folder in FOLDERS)


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of this system only")
def test_without_it_the_folders_are_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEMGR_HOME")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert paths.config_folder() == tmp_path / ".config" / "casemgr"
    assert paths.backup_folder() == tmp_path / ".local" / "share" / "casemgr" / "backups"
    assert all(folder().is_relative_to(tmp_path) for folder in FOLDERS)

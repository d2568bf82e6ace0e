"""A case file with two households and a backup with one, for every fault to work on."""

import shutil
from pathlib import Path

import pytest

from casemgr.persistence.engine import find_damage
from casemgr.services import backup, households
from casemgr.services.checks import check
from casemgr.services.households import HouseholdQuery
from tests.support.workspaces import Make, make_file, open_file


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: the file and its backup."""
    folder = tmp_path_factory.mktemp("faults")
    path = folder / "An Phú.casemgr"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        make_file(path)
        workspace = open_file(path)
        make = Make(workspace)
        make.household("Nguyễn Thị Á")
        backup.create_backup(workspace, folder / "backups")
        make.household("Lê Văn Đặng")
        workspace.close()
    return folder


@pytest.fixture
def case_file(original: Path, tmp_path: Path) -> Path:
    """A copy of the file and its keys in a folder of its own."""
    return copy_case(original, tmp_path / "case")


@pytest.fixture
def backup_file(original: Path) -> Path:
    """The backup with one household."""
    return next((original / "backups").iterdir())


def copy_case(original: Path, folder: Path) -> Path:
    """The closed file with its keys, in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("An Phú.casemgr", "An Phú.casemgr.keys"):
        shutil.copy(original / name, folder / name)
    return folder / "An Phú.casemgr"


def households_in(path: Path) -> int:
    """Open as a person would, prove that the file is whole, and count."""
    workspace = open_file(path)
    try:
        assert find_damage(workspace.engine) == ()
        assert [finding for finding in check(workspace) if not finding.good and finding.code != "anchor"] == []
        return len(workspace.read(households.find, HouseholdQuery()))
    finally:
        workspace.close()

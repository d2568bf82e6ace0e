"""What the command line writes never lies on top of something that must stay."""

import os
from pathlib import Path

import pytest

from casemgr.cli.outputs import require_output
from casemgr.errors import StorageError


@pytest.mark.parametrize(
    "name", ["xa.casemgr", "xa.casemgr.keys", "xa.casemgr-wal", "xa.casemgr.pdf", "khac.casemgr", "cu.casemgr-backup"]
)
def test_the_programs_own_files_are_not_written_over(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError):
        require_output(tmp_path / name, keep=[tmp_path / "xa.casemgr"])


def test_a_case_file_of_any_name_and_a_link_to_it_are_not_written_over(tmp_path: Path) -> None:
    case = tmp_path / "so.dat"
    case.write_bytes(b"x")
    os.link(case, tmp_path / "other.pdf")
    for path in (case, tmp_path / "other.pdf"):
        with pytest.raises(StorageError):
            require_output(path, keep=[case])
    require_output(tmp_path / "giay.pdf", keep=[case])


def test_a_missing_folder_and_what_is_no_plain_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        require_output(tmp_path / "none" / "a.pdf", keep=[])
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(StorageError):
            require_output(tmp_path / "pipe", keep=[])

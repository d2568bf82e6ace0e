"""What every test shares: an offscreen screen, a folder of its own, one language, and no unexpected warnings."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from casemgr import i18n
from casemgr.workspace import Workspace
from tests.support.workspaces import Make, copy_file, make_file, open_file


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands for this user's settings, data, backups, logs and documents."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CASEMGR_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def language() -> Iterator[str]:
    """Every test starts in Vietnamese, whatever the test before it chose."""
    i18n.choose("vi")
    yield "vi"
    i18n.choose("vi")


@pytest.fixture(scope="session")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case file, made once; copy it, never open it."""
    folder = tmp_path_factory.mktemp("case")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        make_file(folder / "xa.casemgr")
    return folder / "xa.casemgr"


@pytest.fixture
def workspace(case_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    """An open case file of its own, with two hamlets and a signatory, as of 24 November 2026."""
    opened = open_file(copy_file(case_file, tmp_path / "xa.casemgr"))
    yield opened
    opened.close()


@pytest.fixture
def make(workspace: Workspace) -> Make:
    """Factories over `workspace`."""
    return Make(workspace)


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def expected_warnings(_warning_log: _Warnings) -> list[logging.LogRecord]:
    """Ask for this in a test that provokes warnings: they no longer fail it, and can be looked at."""
    return _warning_log.records


@pytest.fixture
def _warning_log() -> Iterator[_Warnings]:
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture(autouse=True)
def _no_warnings(request: pytest.FixtureRequest, _warning_log: _Warnings) -> Iterator[None]:
    yield
    if "expected_warnings" not in request.fixturenames and _warning_log.records:
        told = "\n".join(f"{record.name}: {record.getMessage()}" for record in _warning_log.records)
        pytest.fail(f"unexpected warnings in the log:\n{told}", pytrace=False)

"""The case file of the reference size, made once for all figures: 100,000 households, 400,000 people."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casemgr.domain.offices import UserData
from casemgr.persistence.keyslots import LIGHT_PROFILE
from casemgr.services import offices
from casemgr.services.samples import make_sample
from casemgr.workspace import Workspace
from tests.support.workspaces import COMMUNE, PASSPHRASE, open_file

HOUSEHOLDS = int(os.environ.get("CASEMGR_BENCHMARK_HOUSEHOLDS", "100000"))
"""Figures count at the reference size only; smaller ones show that the benchmarks still run."""

ROOM = 1.0 if HOUSEHOLDS >= 100_000 else 4.0
"""Budgets of single calls hold at the reference size, on a quiet machine; a small run only catches what is far off."""


@pytest.fixture(scope="session")
def reference_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file; CASEMGR_REFERENCE names one made before, which then is used or written."""
    named = os.environ.get("CASEMGR_REFERENCE")
    path = Path(named) if named else tmp_path_factory.mktemp("reference") / "tinh.casemgr"
    if not path.exists():
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CASEMGR_HOME", str(path.parent / "home"))
            workspace, _code = Workspace.create(
                path,
                offices.default_office(COMMUNE, sample=True),
                user=UserData("lan", "Nguyễn Thị Lan"),
                passphrase=PASSPHRASE,
                profile=LIGHT_PROFILE,
            )
            started = time.perf_counter()
            made = workspace.write(make_sample, households=HOUSEHOLDS, seed=7)
            print(
                f"\nsample of {made.households} households, {made.people} people: {time.perf_counter() - started:.0f} s"
            )
            workspace.close()
    return path


@pytest.fixture
def reference(reference_file: Path) -> Iterator[Workspace]:
    """The file of the reference size, open; do not write to it."""
    workspace = open_file(reference_file)
    yield workspace
    workspace.close()

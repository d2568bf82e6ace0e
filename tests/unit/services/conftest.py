"""Reading lists for the tests of what importing them does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casemgr.exchange.workbooks import WorkbookReader
from tests.support.workbooks import Lists


@pytest.fixture(scope="session")
def reader() -> Iterator[WorkbookReader]:
    """The reading process."""
    with WorkbookReader() as reader:
        yield reader


@pytest.fixture
def lists(tmp_path: Path, reader: WorkbookReader) -> Lists:
    """Writes lists and reads them back."""
    folder = tmp_path / "lists"
    folder.mkdir()
    return Lists(folder, reader)

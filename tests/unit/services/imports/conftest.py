"""An ordinary list of two households, read."""

import pytest

from casemgr.domain.imports import ImportedList
from tests.support.import_lists import HEAD, OTHER, SON, TITLES
from tests.support.workbooks import Lists


@pytest.fixture
def usual(lists: Lists) -> ImportedList:
    return lists.of([TITLES, HEAD, SON, OTHER])

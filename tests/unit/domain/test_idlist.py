"""Ids kept as bytes behave as the list of UUIDs they stand for."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.idlist import IdList


@given(st.lists(st.uuids(), unique=True))
def test_it_reads_like_the_list(ids: list[UUID]) -> None:
    found = IdList(each.bytes for each in ids)
    assert list(found) == ids
    assert found == ids
    assert ids == found
    assert len(found) == len(ids)
    assert found[1:3] == ids[1:3]
    assert [found.index(each) for each in ids] == list(range(len(ids)))
    assert all(each in found for each in ids)
    assert found == IdList(each.bytes for each in ids)
    assert hash(found) == hash(IdList(each.bytes for each in ids))


def test_what_is_not_there_is_not_found() -> None:
    one = uuid4()
    found = IdList([one.bytes])
    assert found[0] == found[-1] == one
    assert uuid4() not in found
    assert "x" not in found
    assert found != [uuid4()]
    assert found != 7
    assert repr(one) in repr(found)
    with pytest.raises(ValueError, match="not in list"):
        found.index(uuid4())
    with pytest.raises(IndexError):
        found[1]

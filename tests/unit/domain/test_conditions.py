"""Living areas as people write them, and what the standard asks of whom."""

from datetime import date

import pytest

from casemgr.domain.conditions import read_area
from casemgr.domain.dates import PartialDate
from casemgr.domain.indicator_words import square_metres
from casemgr.domain.indicators import Member, questions
from casemgr.domain.packs import of_id, shipped

PACK = of_id(shipped(), "VN-2022")
ON = date(2026, 10, 15)
WORK = {"seeks_work", "wage_work", "contract"}


@pytest.mark.parametrize(
    ("text", "dm2"),
    [("36", 3600), ("36,5", 3650), ("36.25 m²", 3625), (" 8 m2 ", 800), ("0,5", 50)],
)
def test_areas(text: str, dm2: int) -> None:
    assert read_area(text) == dm2
    assert read_area(square_metres(dm2)) == dm2


@pytest.mark.parametrize("text", ["", "-3", "36,555", "1.000.000", "ba mươi", "36 ha"])
def test_no_areas(text: str) -> None:
    assert read_area(text) is None


@pytest.mark.parametrize(
    ("birth", "asked"),
    [
        (PartialDate(2024, 1, 1), {"nutrition"}),
        (PartialDate(2022, 1, 1), {"nutrition", "school"}),
        (PartialDate(2016, 1, 1), {"nutrition", "school", "insured"}),
        (PartialDate(2006, 1, 1), {"school", "trained", "insured", *WORK}),
        (PartialDate(1980, 1, 1), {"insured", *WORK}),
        (PartialDate(1940, 1, 1), {"insured"}),
        (None, {"nutrition", "school", "trained", "insured", *WORK}),
    ],
)
def test_each_age_is_asked_what_concerns_it(birth: PartialDate | None, asked: set[str]) -> None:
    assert questions(PACK, Member(birth=birth), ON) == asked
    assert questions(of_id(shipped(), "VN-2016"), Member(birth=birth), ON) == frozenset()

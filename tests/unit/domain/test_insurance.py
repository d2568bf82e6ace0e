"""Tests of cards: days covered, how a person stands, and lists of cards read with and without a heading."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.insurance import OTHER_GROUP, CardData, CardState, covers, group_of, overlap, read_cards, state_on

TODAY = date(2026, 11, 24)
GROUPS = {"BHYT-HN": "Cấp thẻ cho người thuộc hộ nghèo", "BHYT-HCN": "Hỗ trợ đóng cho người thuộc hộ cận nghèo"}


def card(first: date, last: date | None, group: str = "BHYT-HN") -> CardData:
    return CardData(UUID(int=1), "8312345678", group, first, last)


YEAR = card(date(2026, 1, 1), date(2026, 12, 31))
NEXT = card(date(2027, 1, 1), date(2027, 12, 31))


def test_a_card_covers_its_first_and_last_day() -> None:
    assert covers(YEAR, date(2026, 1, 1))
    assert covers(YEAR, date(2026, 12, 31))
    assert not covers(YEAR, date(2027, 1, 1))
    assert covers(card(date(2026, 1, 1), None), date(2090, 1, 1))


def test_cards_overlap_on_a_common_day() -> None:
    assert not overlap(YEAR, NEXT)
    assert overlap(YEAR, card(date(2026, 12, 31), None))
    assert overlap(card(date(2026, 1, 1), None), card(date(2030, 1, 1), None))


@pytest.mark.parametrize(
    ("cards", "state"),
    [
        ([], CardState.NONE),
        ([YEAR], CardState.ENDING),
        ([YEAR, NEXT], CardState.VALID),
        ([card(date(2026, 1, 1), date(2027, 6, 30))], CardState.VALID),
        ([card(date(2025, 1, 1), date(2025, 12, 31))], CardState.ENDED),
        ([NEXT], CardState.NONE),
        ([card(date(2026, 1, 1), None)], CardState.VALID),
    ],
)
def test_how_a_person_stands(cards: list[CardData], state: CardState) -> None:
    assert state_on(cards, TODAY)[0] is state


def test_ending_depends_on_how_far_one_looks() -> None:
    assert state_on([YEAR], TODAY, within=37)[0] is CardState.ENDING
    assert state_on([YEAR], TODAY, within=36)[0] is CardState.VALID


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HN", "BHYT-HN"),
        ("hcn", "BHYT-HCN"),
        ("BHYT-HCN", "BHYT-HCN"),
        ("Hộ nghèo", "BHYT-HN"),
        ("hộ cận nghèo", "BHYT-HCN"),
        ("thuộc hộ", None),
        ("TE", None),
        ("", None),
    ],
)
def test_a_group_by_its_words(text: str, code: str | None) -> None:
    assert group_of(text, GROUPS) == code


def test_a_list_with_a_heading_in_any_order() -> None:
    rows = [
        ["DANH SÁCH CẤP THẺ BHYT"],
        ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Mã số BHXH", "Nhóm đối tượng", "Từ ngày", "Đến ngày", "Nơi KCB"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
        [
            1.0,
            "Nguyễn Thị Á",
            "05/03/1979",
            "083179000001",
            8312345678.0,
            "HN",
            date(2026, 1, 1),
            "31/12/2026",
            "TYT xã",
        ],
        ["", "", "", "", "", "", "", "", ""],
        [2.0, "Trần Văn Bền", "1956", "", "8312345679", "TE", "01/01/2026", "", ""],
    ]
    first, second = read_cards(rows, GROUPS, today=TODAY)
    assert (first.line, first.name, first.birth) == (4, "Nguyễn Thị Á", PartialDate(1979, 3, 5))
    assert (first.id_number, first.number, first.group) == ("083179000001", "8312345678", "BHYT-HN")
    assert (first.valid_from, first.valid_to, first.facility) == (date(2026, 1, 1), date(2026, 12, 31), "TYT xã")
    assert first.problems == ()
    assert (second.group, second.valid_to, second.id_number) == (OTHER_GROUP, None, None)


def test_a_list_without_a_heading_has_the_usual_columns() -> None:
    rows = [
        [
            "083179000001",
            "Nguyễn Thị Á",
            "1979",
            "Ấp Phú Nhơn",
            "8312345678",
            "HCN",
            "1/1/2026",
            "31/12/2026",
            "TYT",
            "70",
        ]
    ]
    (line,) = read_cards(rows, GROUPS, today=TODAY)
    assert (line.hamlet, line.group, line.payer_percent) == ("Ấp Phú Nhơn", "BHYT-HCN", 70)


def test_what_cannot_be_read_is_said_with_its_column() -> None:
    rows = [["0831790000", "Nguyễn Thị Á", "32/13/1979", "", "12", "HN", "2026", ""], ["", "Lê Thị Cẩm", "1980"]]
    first, second = read_cards(rows, GROUPS, today=TODAY)
    told = " ".join(first.problems)
    assert len(first.problems) == 4
    assert first.valid_from is None
    assert told.count(":") >= 4
    assert len(second.problems) == 1

"""Text that finds room: measured against the handbook's widths, never cut."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.reports.fitting import fit, wrap
from casemgr.reports.fonts import Face, width
from casemgr.reports.layout import COUNTRY, MOTTO


@pytest.mark.parametrize(
    ("text", "face", "size", "millimetres"),
    [
        (COUNTRY, Face.BOLD, 12, 88.3),
        (COUNTRY, Face.BOLD, 13, 95.7),
        (MOTTO, Face.BOLD, 13, 56.1),
        (MOTTO, Face.BOLD, 14, 60.5),
        ("ỦY BAN NHÂN DÂN", Face.BOLD, 13, 43.2),
        ("XÃ HƯNG KHÁNH TRUNG", Face.BOLD, 13, 58.0),
        ("Hưng Khánh Trung, ngày 24 tháng 11 năm 2026", Face.ITALIC, 13, 89.8),
        ("Hưng Khánh Trung, ngày 24 tháng 11 năm 2026", Face.ITALIC, 14, 96.7),
        ("TM. ỦY BAN NHÂN DÂN", Face.BOLD, 14, 56.9),
    ],
)
def test_widths_are_those_of_times(text: str, face: Face, size: float, millimetres: float) -> None:
    assert width(text, face, size) == pytest.approx(millimetres, abs=0.1)


def test_short_text_keeps_its_size() -> None:
    assert fit("Chủ hộ", Face.REGULAR, 12, 30, smallest=10).size == 12


def test_a_little_too_long_becomes_smaller_on_one_line() -> None:
    fitted = fit("Trần Đặng Khánh Quỳnh", Face.REGULAR, 12, 40, smallest=9)
    assert len(fitted.lines) == 1
    assert 9 <= fitted.size < 12


def test_much_too_long_is_wrapped() -> None:
    fitted = fit("Công Tằng Tôn Nữ Nguyễn Phước Thị Hoàng Ngọc", Face.REGULAR, 12, 50, smallest=10, lines=2)
    assert len(fitted.lines) == 2


NAMES = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyẠẢẤẦẨỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ <>&-'", min_size=1, max_size=120
)


@given(text=NAMES, room=st.floats(8, 80), lines=st.integers(1, 3))
def test_nothing_is_ever_lost_or_too_wide(text: str, room: float, lines: int) -> None:
    fitted = fit(text, Face.REGULAR, 13, room, smallest=9, lines=lines)
    assert "".join("".join(fitted.lines).split()) == "".join(text.split())
    assert all(width(line, Face.REGULAR, fitted.size) <= room + 0.01 for line in fitted.lines if line.strip())


@given(text=NAMES, first=st.floats(0, 20))
def test_wrapping_keeps_every_word(text: str, first: float) -> None:
    lines = wrap(text, Face.ITALIC, 12, 60, first=first)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_decomposed_letters_are_composed() -> None:
    assert fit(normalize("NFD", "Nguyễn Thị Ngưỡng"), Face.BOLD, 12, 90, smallest=10).lines == ("Nguyễn Thị Ngưỡng",)

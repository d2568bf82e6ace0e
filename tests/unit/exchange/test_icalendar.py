"""Calendar files: whole days, lines folded between letters, signs escaped, the same entry again under the same name."""

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from casemgr.exchange import icalendar
from casemgr.exchange.icalendar import Entry

MADE = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
LONG = "Trả lời đăng ký hợp đồng lao động trực tiếp giao kết của bà Nguyễn Thị Ngọc Hân, ấp Phước Lý; gấp"


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_due_day_is_a_whole_day_with_a_reminder() -> None:
    lines = unfolded(icalendar.text([Entry("task-1", date(2028, 2, 29), "Thăm hộ", "H-00147")], MADE))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20280229" in lines
    assert "DTEND;VALUE=DATE:20280301" in lines
    assert "DTSTAMP:20261124T083000Z" in lines
    assert "UID:task-1@casemgr" in lines
    assert "TRIGGER:-PT16H" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_signs_are_escaped() -> None:
    lines = unfolded(icalendar.text([Entry("x", date(2026, 12, 1), "a;b,c\\d", "dòng 1\ndòng 2")], MADE))
    assert "SUMMARY:a\\;b\\,c\\\\d" in lines
    assert "DESCRIPTION:dòng 1\\ndòng 2" in lines


@given(title=st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_lines_are_folded_between_letters(title: str) -> None:
    raw = icalendar.text([Entry("x", date(2026, 12, 1), title + LONG)], MADE)
    assert all(len(line.encode("utf-8")) <= 75 for line in raw.split("\r\n"))
    summary = next(line for line in unfolded(raw) if line.startswith("SUMMARY:"))
    plain = summary.removeprefix("SUMMARY:").replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\")
    assert plain == title + LONG


def test_the_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "viec-can-lam.ics"
    icalendar.write(path, [Entry("x", date(2026, 12, 1), LONG)], MADE)
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]

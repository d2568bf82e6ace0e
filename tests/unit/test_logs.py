"""The log keeps what went wrong and nothing of the people it went wrong with."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr import logs, paths


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def written(file: Path | None) -> str:
    assert file is not None
    return file.read_text(encoding="utf-8")


def test_numbers_of_people_are_blacked_out() -> None:
    file = logs.set_up()
    logging.getLogger("casemgr.test").info("household %s of %s", "H-00147", "083199000123")
    text = written(file)
    assert file == paths.log_folder() / "casemgr.log"
    assert "H-00147" in text
    assert "083199000123" not in text
    assert "[…]" in text


@given(
    st.integers(9, 15).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)), st.sampled_from(["", " ", "x"])
)
def test_every_run_of_9_to_15_digits_goes(number: str, around: str) -> None:
    assert number not in logs.redact(around + number + around)


@pytest.mark.parametrize("kept", ["20261124", "1.500.000", "0190a12f-77aa-7bcd-8e2f-1c2d3e4f5a6b", "1" * 16])
def test_other_numbers_stay(kept: str) -> None:
    assert logs.redact(kept) == kept


def fail_on(name: str) -> None:
    try:
        {}[name]
    except KeyError as error:
        raise ValueError(f"{name} sinh năm 1956") from error


def test_an_exception_leaves_its_place_and_kind_but_not_its_words(expected_warnings: list[logging.LogRecord]) -> None:
    file = logs.set_up()
    try:
        fail_on(" ".join(("Nguyễn", "Thị", "Ánh")))
    except ValueError:
        logging.getLogger("casemgr.test").exception("import of a row failed")
    text = written(file)
    assert "Nguyễn Thị Ánh" not in text
    assert text.index("KeyError") < text.index("followed by") < text.rindex("ValueError")
    assert "in fail_on" in text
    assert len(expected_warnings) == 1


def test_words_about_code_and_error_numbers_are_kept() -> None:
    assert logs.describe(AttributeError("no attribute 'head'")).endswith("AttributeError: no attribute 'head'")
    told = logs.describe(PermissionError(13, "Permission denied", "/home/Nguyễn Văn A.xlsx"))
    assert told.endswith("PermissionError: errno 13")
    assert logs.describe(logs_cycle()).count("ValueError") == 1


def logs_cycle() -> ValueError:
    error = ValueError("a")
    error.__context__ = error
    return error


def test_a_second_set_up_replaces_the_first(tmp_path: Path) -> None:
    first, second = logs.set_up(tmp_path / "a"), logs.set_up(tmp_path / "b")
    logging.getLogger("casemgr.test").info("once")
    assert "once" not in written(first)
    assert written(second).count("once") == 1


def test_a_folder_that_cannot_be_written_costs_the_log_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert logs.set_up(tmp_path / "file" / "logs") is None

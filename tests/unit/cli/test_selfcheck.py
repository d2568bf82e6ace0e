"""The installation's own check finds what is broken and says it without a traceback."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.reports import certificate


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., Result]:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "self-check", str(tmp_path / "thư mục")])

    return run


def test_a_whole_installation_passes_in_both_languages(check: Callable[..., Result], tmp_path: Path) -> None:
    vietnamese, english = check(), check("--language", "en")
    assert vietnamese.exit_code == 0, vietnamese.output
    assert vietnamese.output.splitlines()[-1] == "Bản cài đặt này đầy đủ."
    assert english.output.splitlines()[-1] == "This installation is whole."
    assert english.output.count("good: ") == 6
    assert len(list((tmp_path / "thư mục").glob("*/certificate.pdf"))) == 2


@pytest.mark.parametrize(
    ("drawn", "told"),
    [(OSError(2, "No such file or directory", "LiberationSerif-Regular.ttf"), "No such file"), (b"", "PdfiumError")],
)
def test_a_broken_part_is_named_and_the_rest_still_checked(
    check: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    expected_warnings: list[logging.LogRecord],
    drawn: bytes | Exception,
    told: str,
) -> None:
    def render(_content: object) -> bytes:
        if isinstance(drawn, Exception):
            raise drawn
        return drawn

    monkeypatch.setattr(certificate, "render_certificate", render)
    result = check("--language", "en")
    assert result.exit_code == 1
    assert "failed: drawing a certificate" in result.stderr
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout.count("good: ") == 5
    assert "whole" not in result.stdout
    assert len(expected_warnings) == 1


def test_a_paper_without_the_name_is_found_out(
    check: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, expected_warnings: list[logging.LogRecord]
) -> None:
    from reportlab.pdfgen.canvas import Canvas

    def render(_content: object) -> bytes:
        canvas = Canvas("")
        canvas.drawString(72, 72, "Nguyen Thi Nguong")
        data: bytes = canvas.getpdfdata()
        return data

    monkeypatch.setattr(certificate, "render_certificate", render)
    result = check()
    assert result.exit_code == 1
    assert "“Nguyễn Thị Ngưỡng”" in result.stderr
    assert len(expected_warnings) == 1


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("", encoding="utf-8")
    result = CliRunner().invoke(main, ["--language", "en", "self-check", str(tmp_path / "tệp" / "con")])
    assert result.exit_code == 1
    assert "cannot be made" in result.stderr

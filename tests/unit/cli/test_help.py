"""Every command's help, and click's refusals, in the language that was chosen."""

import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from casemgr import i18n
from casemgr.cli import main

TOP = Path(__file__).resolve().parents[3]
LANGUAGE = {"vi": ("--language", "vi"), "en": ("--language=en",)}


def command_lines() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield (), main
    with click.Context(main) as ctx:
        for name in main.list_commands(ctx):
            command = main.get_command(ctx, name)
            assert command is not None
            yield (name,), command
            if isinstance(command, click.Group):
                yield from (((name, part), below) for part, below in command.commands.items())


COMMANDS = list(command_lines())


@pytest.fixture(autouse=True)
def _same_language_afterwards() -> Iterator[None]:
    before = i18n.current()
    yield
    i18n.choose(before)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def say(*words: str) -> str:
    return squeezed(CliRunner().invoke(main, words, terminal_width=500).output)


@pytest.fixture(scope="module")
def words() -> set[str]:
    """The sentences of the command line that Vietnamese says otherwise."""
    catalogue = runpy.run_path(str(TOP / "installer" / "catalogue.py"))
    found = catalogue["extract"](TOP)
    texts = {m.id for m in found if m.id and any(name.startswith("casemgr/cli/") for name, _line in m.locations)}
    return {squeezed(text) for text in texts if isinstance(text, str) and len(text.split()) > 1 and "{" not in text}


@pytest.mark.parametrize(
    ("line", "command"), COMMANDS, ids=["-".join(line) or "casemgr" for line, _command in COMMANDS]
)
def test_help_speaks_the_chosen_language(line: tuple[str, ...], command: click.Command, words: set[str]) -> None:
    english = say(*LANGUAGE["en"], *line, "--help")
    vietnamese = say(*LANGUAGE["vi"], *line, "--help")
    own = [command.help, *(p.help for p in command.params if isinstance(p, click.Option))]
    assert all(own), "every command and option has help"
    for text in filter(None, own):
        assert squeezed(text) in words, "marked with N_"
        assert squeezed(text) in english
    assert english.startswith("Usage: ")
    assert "Show this message and exit." in english
    assert vietnamese.startswith("Cách dùng: ")
    assert "Hiện hướng dẫn này rồi thoát." in vietnamese
    assert [text for text in words if text in vietnamese] == []
    assert not re.search(r"Options:|Commands:|\[default|required\]", vietnamese)


def test_lists_of_commands_are_translated_and_help_is_vietnamese_unless_asked() -> None:
    assert say("--language", "en", "backup").count("Open the backup FILE") == 1
    assert "Mở bản sao lưu FILE" in say("backup")
    assert "Kiểm tra bản cài đặt này" in say("--help")
    assert say("--help", "--language", "en").startswith("Usage:")


@pytest.mark.parametrize(
    ("typed", "english", "vietnamese"),
    [
        (["--filr"], "Error: No such option '--filr'.", "Lỗi: Không có tùy chọn “--filr”."),
        (
            ["backup", "verfy"],
            "'verfy'. Did you mean 'verify'?",
            "Không có lệnh “verfy”. Có phải ý anh/chị là 'verify'?",
        ),
        (["office", "create"], "Missing option '--commune'.", "Lỗi: Thiếu tùy chọn '--commune'."),
        (["backup", "verify"], "Missing argument 'FILE'.", "Lỗi: Thiếu tham số 'FILE'."),
        (["sample", "--households", "0"], "0 is not in the range", "0 nằm ngoài khoảng"),
        (["sample", "--households", "ba"], "'ba' is not a valid integer range.", "“ba” không đúng kiểu integer range."),
        (["households", "list", "--order", "x"], "'x' is not one of 'name'", "“x” không thuộc các giá trị 'name'"),
        (["check", "a", "b"], "Got unexpected extra arguments (a b)", "Thừa các tham số (a b)"),
        (["check"], "Error: Name the case file with --file PATH.", "Lỗi: Hãy chỉ ra tệp hồ sơ bằng --file"),
    ],
)
def test_refusals_of_click_speak_the_chosen_language(typed: list[str], english: str, vietnamese: str) -> None:
    assert english in say(*LANGUAGE["en"], *typed)
    said = say(*LANGUAGE["vi"], *typed)
    assert vietnamese in said
    assert "Gõ “" in said


def test_an_unknown_language_is_refused_in_vietnamese() -> None:
    assert "“fr” không thuộc các giá trị 'vi', 'en'." in say("--language", "fr", "--help")


def test_help_needs_no_window() -> None:
    code = (
        "import sys\nfrom casemgr.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr

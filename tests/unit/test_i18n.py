"""Words, dates, numbers and money in both languages."""

import datetime
import threading
import zoneinfo
from pathlib import Path

import pytest
import time_machine

from casemgr import i18n
from casemgr.i18n import N_, _, ngettext, pgettext

SAMPLE = """
msgid ""
msgstr ""
"Language: vi\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Household"
msgstr "Hộ gia đình"

msgid "{n} household"
msgid_plural "{n} households"
msgstr[0] "{n} hộ"

msgctxt "paper"
msgid "Issue"
msgstr "Cấp"
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "i18n" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "casemgr.po").write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(i18n, "locale_dir", lambda: tmp_path / "i18n")
    i18n._catalogue.cache_clear()
    monkeypatch.setattr(i18n, "_catalogue", i18n._catalogue.__wrapped__)
    return folder


@pytest.mark.usefixtures("catalogue")
def test_a_checkout_without_compiled_catalogues_speaks_vietnamese() -> None:
    assert _("Household") == "Hộ gia đình"
    assert ngettext("{n} household", "{n} households", 3).format(n=3) == "3 hộ"
    assert pgettext("paper", "Issue") == "Cấp"


def test_a_newer_source_wins_over_an_old_compiled_catalogue(catalogue: Path) -> None:
    (catalogue / "casemgr.mo").write_bytes(b"")
    import os

    os.utime(catalogue / "casemgr.mo", (1, 1))
    assert _("Household") == "Hộ gia đình"


def test_the_compiled_catalogue_is_read_when_it_stands_alone(catalogue: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (catalogue / "casemgr.po").open("rb") as source, (catalogue / "casemgr.mo").open("wb") as compiled:
        write_mo(compiled, read_po(source))
    (catalogue / "casemgr.po").unlink()
    assert _("Household") == "Hộ gia đình"
    assert _("Not in the catalogue") == "Not in the catalogue"


@pytest.mark.usefixtures("catalogue")
def test_english_is_the_source_with_its_plurals() -> None:
    i18n.choose("en")
    assert _("Household") == "Household"
    assert [ngettext("{n} household", "{n} households", n).format(n=n) for n in (1, 2)] == [
        "1 household",
        "2 households",
    ]
    assert pgettext("paper", "Issue") == "Issue"


def test_a_marked_text_stays_as_it_is() -> None:
    assert N_("Household") == "Household"


def test_another_language_holds_inside_the_block_and_the_thread_only() -> None:
    seen: list[str] = []
    with i18n.using("en"):
        thread = threading.Thread(target=lambda: seen.append(i18n.current()))
        thread.start()
        thread.join()
        assert i18n.current() == "en"
    assert seen == ["vi"]
    assert i18n.current() == "vi"


def test_a_language_we_do_not_speak_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        i18n.choose("fr")
    with pytest.raises(ValueError, match="fr"), i18n.using("fr"):
        pass
    assert i18n.current() == "vi"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_written_day_first_in_both_languages(language: str) -> None:
    with i18n.using(language):
        assert i18n.format_date(datetime.date(2026, 3, 5)) == "05/03/2026"


def test_a_moment_is_written_in_local_time() -> None:
    moment = datetime.datetime(2026, 3, 4, 18, 5, 9, tzinfo=datetime.UTC)
    with time_machine.travel(moment.astimezone(zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")), tick=False):
        assert i18n.format_moment(moment) == "01:05:09 05/03/2026"
    with pytest.raises(ValueError, match="time zone"):
        i18n.format_moment(datetime.datetime(2026, 3, 4))  # noqa: DTZ001 - the very thing refused


@pytest.mark.parametrize(
    ("language", "whole", "broken", "money"),
    [
        ("vi", "-1.234.567", "1.234,5", "1.500.000 đồng"),
        ("en", "-1,234,567", "1,234.5", "1,500,000 dong"),
    ],
)
def test_numbers_and_money(language: str, whole: str, broken: str, money: str) -> None:
    with i18n.using(language):
        assert i18n.format_number(-1234567) == whole
        assert i18n.format_number(1234.5, decimals=1) == broken
        assert i18n.format_number(999.6) == "1.000".translate({46: whole[2]})
        assert i18n.format_money(1_500_000) == money

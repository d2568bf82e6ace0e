"""Every text of the program is translated, and every translation fits its text."""

import re
import runpy
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from casemgr.i18n import LANGUAGES, SOURCE_LANGUAGE

TOP = Path(__file__).resolve().parents[2]
TOOL = runpy.run_path(str(TOP / "installer" / "catalogue.py"))
PLACEHOLDER = re.compile(r"(?<!\{)\{([^{}]*?)(?:!r)?\}(?!\})")
SHIPPED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]


def key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    catalog: Catalog = TOOL["extract"](TOP)
    return catalog


@pytest.fixture(params=SHIPPED)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    read: Catalog = TOOL["read"](TOP / "i18n" / request.param / "LC_MESSAGES" / "casemgr.po")
    return read


def test_the_catalogue_holds_every_text_and_no_other(extracted: Catalog, catalog: Catalog) -> None:
    wanted = {key(message) for message in TOOL["messages"](extracted)}
    present = {key(message) for message in TOOL["messages"](catalog)}
    assert len(wanted) > 100
    assert wanted - present == set(), "run: python installer/catalogue.py update"
    assert present - wanted == set(), "run: python installer/catalogue.py update"


def test_the_template_is_the_one_the_code_gives(extracted: Catalog) -> None:
    template = TOOL["read"](TOP / "i18n" / "casemgr.pot")
    assert {key(m) for m in TOOL["messages"](template)} == {key(m) for m in TOOL["messages"](extracted)}


def test_every_text_is_translated_for_good(catalog: Catalog) -> None:
    loose = [key(m) for m in TOOL["messages"](catalog) if m.fuzzy or not TOOL["is_translated"](m)]
    assert not loose, f"{len(loose)} texts; python installer/catalogue.py update names them"


def test_every_translation_has_the_placeholders_of_its_text(catalog: Catalog) -> None:
    wrong = []
    for message in TOOL["messages"](catalog):
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        allowed = placeholders(texts[-1])
        wrong += [
            (text, form) for form in forms(message) for text in texts[-1:] if form and placeholders(form) != allowed
        ]
    assert not wrong, "\n".join(f"{source!r}: {form!r}" for source, form in wrong)


def test_placeholders_are_named(extracted: Catalog) -> None:
    texts = [text for m in TOOL["messages"](extracted) for text in ([m.id] if isinstance(m.id, str) else m.id)]
    assert [t for t in texts if not all(name.isidentifier() for name in placeholders(t))] == []


def test_no_translation_shouts_or_has_loose_ends(catalog: Catalog) -> None:
    odd = []
    for message in TOOL["messages"](catalog):
        source = message.id if isinstance(message.id, str) else message.id[-1]
        alike = source.replace("...", "…")
        for form in filter(None, forms(message)):
            ends = all(form.endswith(end) == alike.endswith(end) for end in (".", "…", ":", "?", "\n", " "))
            # A letter for the keyboard may be left out where another control of the page has it already.
            if "!" in form or form.startswith(" ") or not ends or form.count("&") > source.count("&"):
                odd.append((source, form))
    assert not odd, "\n".join(f"{source!r}: {form!r}" for source, form in odd)


SOURCE = """
from casemgr.i18n import _, N_, ngettext, pgettext
A = N_("Household")
def f(n): return _("Case {number}"), ngettext("{n} case", "{n} cases", n), pgettext("paper", "Issue")
"""
CATALOGUE = """msgid ""
msgstr ""
"Language: vi\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Gone from the code"
msgstr "Không còn"

msgid "Household"
msgstr "Hộ gia đình"
"""
FRAGMENT = """msgid "Case {number}"
msgstr "Hồ sơ {number}"

msgid "Household"
msgstr "Hộ"

msgid "{n} case"
msgid_plural "{n} cases"
msgstr[0] "{n} hồ sơ"

msgctxt "paper"
msgid "Issue"
msgstr "Cấp"
"""


def test_updating_takes_fragments_keeps_what_stands_and_drops_what_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("casemgr", "ui", "i18n/vi/LC_MESSAGES"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ui" / "page.py").write_text(SOURCE, encoding="utf-8")
    po = tmp_path / "i18n" / "vi" / "LC_MESSAGES" / "casemgr.po"
    po.write_text(CATALOGUE, encoding="utf-8")
    fragment = tmp_path / "page.po"
    fragment.write_text(FRAGMENT, encoding="utf-8")
    assert TOOL["update"]([], tmp_path) == 3
    assert TOOL["update"]([fragment], tmp_path) == 0
    first = po.read_bytes()
    assert TOOL["update"]([fragment], tmp_path) == 0
    assert po.read_bytes() == first
    assert "Gone" not in first.decode()
    told = {key(m): m.string for m in TOOL["messages"](TOOL["read"](po))}
    assert told == {
        (None, "Case {number}"): "Hồ sơ {number}",
        (None, "Household"): "Hộ gia đình",
        (None, "{n} case"): ("{n} hồ sơ",),
        ("paper", "Issue"): "Cấp",
    }
    assert "differs page.po: 'Household'" in capsys.readouterr().out
    (compiled,) = TOOL["compile_all"](tmp_path)
    assert compiled.name == "casemgr.mo"
    assert compiled.stat().st_size > 0


def test_no_text_hides_inside_an_f_string() -> None:
    """Python 3.11's extraction does not look into them: such a text would stay English for ever."""
    hidden = [
        f"{file.relative_to(TOP)}:{number}"
        for package in ("casemgr", "ui")
        for file in sorted((TOP / package).rglob("*.py"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if re.search(r"""f["'][^"']*\{[^}]*\b(_|N_|ngettext|pgettext)\(["']""", line)
    ]
    assert hidden == []

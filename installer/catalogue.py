"""The words: extract them from the code, merge translations, compile what the program reads.

python installer/catalogue.py compile             every .po becomes a .mo beside it
python installer/catalogue.py update [FRAGMENT…]  extract, update the catalogues, fill them from fragment .po files
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PACKAGES = ("casemgr", "ui")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # no date in the files: they change when words change, and only then


def sources(top: Path = TOP) -> list[Path]:
    """Every catalogue that people edit."""
    return sorted((top / "i18n").glob("*/LC_MESSAGES/*.po"))


def read(path: Path, language: str | None = None) -> Catalog:
    """Read one .po file."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compile_all(top: Path = TOP) -> list[Path]:
    """Compile every catalogue whose .mo is missing or old; returns all .mo files."""
    compiled = []
    for source in sources(top):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            beside = target.with_suffix(".mo.new")
            with beside.open("wb") as file:
                write_mo(file, read(source))
            beside.replace(target)
        compiled.append(target)
    return compiled


def extract(top: Path = TOP) -> Catalog:
    """Collect every text of the code, with the files (no lines) it stands in."""
    template = Catalog(project="casemgr", version="1", charset="utf-8", creation_date=LONG_AGO, revision_date=LONG_AGO)
    for package in PACKAGES:
        for name, _line, text, comments, context in extract_from_dir(top / package, keywords=KEYWORDS):
            template.add(text, None, [(f"{package}/{name}", 0)], auto_comments=comments, context=context)
    return template


def messages(catalog: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in catalog if message.id)


def is_translated(message: Message) -> bool:
    """Every form of it has text."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(forms) and all(forms)


def merge(catalog: Catalog, fragments: Iterable[Path]) -> list[str]:
    """Fill what has no translation yet from the fragments; returns what they disagree on."""
    quarrels = []
    for path in fragments:
        for theirs in messages(read(path, "vi")):
            ours = catalog.get(theirs.id, theirs.context)
            if ours is None or not is_translated(theirs):
                continue
            wanted = theirs.string
            if ours.pluralizable and isinstance(wanted, str):
                wanted = (wanted,)
            elif not ours.pluralizable and not isinstance(wanted, str):
                wanted = wanted[0]
            if not is_translated(ours):
                ours.string = wanted
            elif ours.string != wanted:
                quarrels.append(f"{path.name}: {theirs.id!r}: {wanted!r}, kept {ours.string!r}")
    return quarrels


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue in the order of its texts, so that two people's changes rarely meet."""
    catalog.revision_date = catalog.creation_date = LONG_AGO
    catalog.fuzzy = False
    catalog.header_comment = (
        f"# {path.name}: the words of casemgr. Made by installer/catalogue.py, the translations by people."
    )
    with path.open("wb") as file:
        write_po(
            file, catalog, width=0, sort_output=True, omit_header=False, include_lineno=False, ignore_obsolete=True
        )
    text = path.read_text(encoding="utf-8")
    dated = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Report-Msgid-Bugs-To",
        "Generated-By",
        "Language-Team: LANGUAGE",
    )
    kept = [line for line in text.splitlines() if not line.startswith(tuple(f'"{name}' for name in dated))]
    path.write_text("\n".join(kept).rstrip() + "\n", encoding="utf-8")


def update(fragments: Iterable[Path], top: Path = TOP) -> int:
    """Bring template and catalogues up to date; returns how many texts lack a translation."""
    template = extract(top)
    write(top / "i18n" / "casemgr.pot", template)
    missing = 0
    for source in sources(top):
        catalog = read(source)
        catalog.update(template, no_fuzzy_matching=True)
        for quarrel in merge(catalog, fragments):
            print("differs", quarrel)
        for message in messages(catalog):
            if not is_translated(message):
                missing += 1
                print("missing", repr(message.context), repr(message.id), *(name for name, _ in message.locations))
        write(source, catalog)
    return missing


def main(arguments: list[str]) -> int:
    """Do what the first argument says."""
    match arguments:
        case ["compile"]:
            compile_all()
            return 0
        case ["update", *fragments]:
            missing = update([Path(name) for name in fragments])
            compile_all()
            print(f"{missing} without translation")
            return 1 if missing else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

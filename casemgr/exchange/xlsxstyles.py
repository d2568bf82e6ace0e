"""What an .xlsx says besides its values: legacy fonts, struck and red cells, hidden rows, merges, failed formulas.

One pass of a bare XML tokenizer over each part: no document is built, and declared entities are refused, so that
neither "billion laughs" nor an external entity has anything to work with.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from casemgr.domain import legacy
from casemgr.exchange.limits import CELL_LIMIT, RefusedError

FONTS = {"tcvn3": 1, "tcvn3-upper": 2, "vni": 3, "decoded": 4}
FONT_MASK = 7
STRUCK = 8
RED = 16

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, all counted from 0 and inclusive."""

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_SKIPPED_PARTS = ("dialogsheet", "chartsheet")


@dataclass
class SheetStyles:
    """What was found on one sheet; rows and columns are counted from 0."""

    marks: dict[int, dict[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    faults: dict[int, dict[int, str]] = field(default_factory=dict)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    """Rich text whose runs use legacy fonts, decoded run by run."""


def column_index(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _forbid(*_arguments: object) -> int:
    raise RefusedError("entities")


def _tokenize(source: IO[bytes], start: Callable[[str, dict[str, str]], None], parser: expat.XMLParserType) -> None:
    parser.EntityDeclHandler = _forbid
    parser.UnparsedEntityDeclHandler = _forbid
    parser.ExternalEntityRefHandler = _forbid
    parser.StartElementHandler = start
    parser.buffer_text = True
    parser.ParseFile(source)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _looks(archive: ZipFile) -> dict[int, int]:
    """Mark by cell style number, for the styles that mean something to us."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    fonts: list[int] = []
    fills: list[bool] = []
    looks: dict[int, int] = {}
    section = ""
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal section, count
        tag = _local(name)
        if tag in {"fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}:
            section = tag
        elif section == "fonts":
            if tag == "font":
                fonts.append(0)
            elif tag == "name" and fonts:
                fonts[-1] |= FONTS.get(legacy.encoding_of_font(attributes.get("val", "")) or "", 0)
            elif tag == "strike" and fonts and attributes.get("val", "1") not in {"0", "false"}:
                fonts[-1] |= STRUCK
        elif section == "fills":
            if tag == "fill":
                fills.append(False)
            elif tag == "fgColor" and fills:
                fills[-1] = _is_red(attributes.get("rgb", ""))
        elif section == "cellXfs" and tag == "xf":
            font, fill = int(attributes.get("fontId", "0")), int(attributes.get("fillId", "0"))
            mark = fonts[font] if font < len(fonts) else 0
            if fill < len(fills) and fills[fill]:
                mark |= RED
            if mark:
                looks[count] = mark
            count += 1

    with archive.open("xl/styles.xml") as source:
        _tokenize(source, start, expat.ParserCreate())
    return looks


def _is_red(argb: str) -> bool:
    if len(argb) != 8:
        return False
    red, green, blue = (int(argb[at : at + 2], 16) for at in (2, 4, 6))
    return red >= 0xC0 and green <= 0x50 and blue <= 0x50


@dataclass
class _RichText:
    texts: dict[int, str]
    struck: set[int]


def _rich_texts(archive: ZipFile) -> _RichText:
    """Shared strings with legacy fonts or strikes in single runs."""
    found = _RichText({}, set())
    if "xl/sharedStrings.xml" not in archive.namelist():
        return found
    with archive.open("xl/sharedStrings.xml") as source:
        if not _mentions(source, (b".Vn", b"VNI", b"strike")):
            return found
    index = -1
    runs: list[list[str]] = []
    fonts: list[str] = []
    struck = False
    inside = False

    def settle() -> None:
        if any(fonts):
            pairs = zip(("".join(run) for run in runs), fonts, strict=True)
            found.texts[index] = "".join(decode(text, font) for text, font in pairs)
        if struck:
            found.struck.add(index)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal index, struck, inside
        tag = _local(name)
        inside = tag == "t" and bool(runs)
        if tag == "si":
            settle()
            index += 1
            runs.clear()
            fonts.clear()
            struck = False
        elif tag == "r":
            runs.append([])
            fonts.append("")
        elif tag == "rFont" and fonts:
            fonts[-1] = legacy.encoding_of_font(attributes.get("val", "")) or ""
        elif tag == "strike":
            struck = struck or attributes.get("val", "1") not in {"0", "false"}
        elif tag == "rPh":  # phonetic hints are not part of the text
            runs.append([])
            fonts.append("")

    def text(data: str) -> None:
        if inside and runs:
            runs[-1].append(data)

    def end(_name: str) -> None:
        nonlocal inside
        inside = False

    parser = expat.ParserCreate()
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    with archive.open("xl/sharedStrings.xml") as source:
        _tokenize(source, start, parser)
    settle()
    return found


def _mentions(source: IO[bytes], needles: tuple[bytes, ...]) -> bool:
    tail = b""
    while block := source.read(1 << 20):
        text = tail + block
        if any(needle in text for needle in needles):
            return True
        tail = block[-16:]
    return False


def decode(text: str, encoding: str) -> str:
    """Text of one run or cell, by the encoding its font tells."""
    if encoding == "vni":
        return legacy.decode_vni(text)
    if encoding in {"tcvn3", "tcvn3-upper"}:
        return legacy.decode_tcvn3(text, upper_font=encoding == "tcvn3-upper")
    return text


def _parts(archive: ZipFile) -> dict[str, str]:
    """Part name by sheet name; "" where it is no worksheet."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            target = attributes.get("Target", "")
            kind = attributes.get("Type", "").lower()
            skipped = any(part in kind for part in _SKIPPED_PARTS) or attributes.get("TargetMode") == "External"
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = "" if skipped else full

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            sheets[attributes.get("name", "")] = ids[0] if ids else ""

    with archive.open("xl/_rels/workbook.xml.rels") as source:
        _tokenize(source, relation, expat.ParserCreate())
    with archive.open("xl/workbook.xml") as source:
        _tokenize(source, sheet, expat.ParserCreate())
    return {name: targets.get(sheet_id, "") for name, sheet_id in sheets.items()}


def _read_sheet(source: IO[bytes], looks: dict[int, int], rich: _RichText) -> SheetStyles:
    styles = SheetStyles()
    needed = bool(looks)
    follow_texts = bool(rich.texts or rich.struck)
    row = -1
    column = -1
    last_row = last_column = 0
    formula: str | None = None
    valued = False
    failed = False
    shared = False
    value: list[str] = []
    parser = expat.ParserCreate()

    def listen(*, on: bool) -> None:
        parser.CharacterDataHandler = text if on else None
        parser.EndElementHandler = end if on else None

    def text(data: str) -> None:
        value.append(data)

    def end(name: str) -> None:
        nonlocal formula, valued
        tag = _local(name)
        content = "".join(value)
        value.clear()
        if tag == "f":
            formula = content
        elif tag == "v":
            valued = valued or bool(content)
            if failed:
                styles.faults.setdefault(row, {})[column] = content
            elif shared and content.isdecimal():
                number = int(content)
                if number in rich.texts:
                    styles.texts.setdefault(row, {})[column] = rich.texts[number]
                if number in rich.struck:
                    mark = styles.marks.setdefault(row, {})
                    mark[column] = mark.get(column, 0) | STRUCK
        listen(on=False)

    def settle() -> None:
        nonlocal formula
        if formula is not None and not valued:
            styles.faults.setdefault(row, {}).setdefault(column, f"={formula}")
        formula = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, last_row, last_column, formula, valued, failed, shared
        tag = _local(name)
        if tag == "c":
            if formula is not None:
                settle()
            reference = attributes.get("r")
            match = _REFERENCE.fullmatch(reference) if reference else None
            if match:
                column = column_index(match[1])
                row = int(match[2]) - 1
            else:
                column += 1
            kind = attributes.get("t")
            failed = kind == "e"
            shared = follow_texts and kind == "s"
            if needed:
                mark = looks.get(int(attributes.get("s", "0")), 0)
                if mark:
                    styles.marks.setdefault(row, {})[column] = mark
        elif tag == "v" or tag == "is":
            last_row = max(last_row, row)
            last_column = max(last_column, column)
            if failed or shared or formula is not None:
                value.clear()
                listen(on=True)
        elif tag == "f":
            formula = ""
            valued = False
            value.clear()
            listen(on=True)
        elif tag == "row":
            if formula is not None:
                settle()
            number = attributes.get("r")
            row = int(number) - 1 if number else row + 1
            column = -1
            if attributes.get("hidden") in {"1", "true"}:
                styles.hidden_rows.add(row)
        elif tag == "mergeCell":
            merge = _merge(attributes.get("ref", ""))
            if merge:
                styles.merges.append(merge)
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            styles.hidden_columns.update(range(first - 1, min(last, 1_000)))

    _tokenize(source, start, parser)
    settle()
    if (last_row + 1) * (last_column + 1) > CELL_LIMIT:
        raise RefusedError("stray-cell", row=last_row + 1, column=last_column + 1)
    return styles


def _merge(reference: str) -> Merge | None:
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    return (int(top) - 1, column_index(left), int(bottom) - 1, column_index(right))


def read_styles(archive: ZipFile) -> dict[str, SheetStyles]:
    """What was found, by sheet name."""
    looks = _looks(archive)
    rich = _rich_texts(archive)
    names = set(archive.namelist())
    found = {}
    for sheet, part in _parts(archive).items():
        if part in names:
            with archive.open(part) as source:
                found[sheet] = _read_sheet(source, looks, rich)
    return found

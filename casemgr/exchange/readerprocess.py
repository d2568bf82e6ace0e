"""The reading process: opens one foreign file after another under limits and prints plain rows as JSON lines.

It runs as a child of the program, never inside it. A request is `{"path": …}` on standard input; the answer is a line
`{"sheet": …}` before the rows of each sheet, lines `{"rows": […]}`, and at last `{"end": …}` or `{"refused": …}`.
"""

import datetime
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from casemgr.exchange import delimited, xlsxstyles
from casemgr.exchange.limits import FILE_LIMIT, RefusedError, check_zip, limit_memory
from casemgr.exchange.xlsxstyles import SheetStyles

Json = dict[str, object]
_CHUNK = 500
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(path: Path) -> str:
    """The kind of file by its first bytes, whatever its name says."""
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("empty")
    if size > FILE_LIMIT:
        raise RefusedError("file-size", limit=FILE_LIMIT >> 20)
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        return "xlsx"
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise RefusedError("password")
        return "xls"
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        return "xls"
    lowered = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if lowered.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        raise RefusedError("web-page")
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}:
        raise RefusedError("corrupt")
    return "csv"


def _plain(cell: object) -> tuple[object, str | None]:
    """A cell as JSON can carry it, and its ISO text when it is a date."""
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return int(cell), None
        return (cell, None) if cell == cell and abs(cell) != float("inf") else (str(cell), None)
    if isinstance(cell, (datetime.datetime, datetime.date)):
        return None, cell.isoformat()
    if isinstance(cell, (datetime.time, datetime.timedelta)):
        return str(cell), None
    return cell, None


def _row(number: int, cells: list[object], styles: SheetStyles) -> list[object] | None:
    """`[row, values, dates, marks, faults]`, or nothing for a row without content."""
    dates: dict[int, str] = {}
    for column, cell in enumerate(cells):
        if cell == "":
            cells[column] = None
        elif not isinstance(cell, str):
            cells[column], moment = _plain(cell)
            if moment:
                dates[column] = moment
    for column, text in styles.texts.get(number, {}).items():
        if column < len(cells):
            cells[column] = text
    faults = styles.faults.get(number)
    width = max((column for column, cell in enumerate(cells) if cell is not None), default=-1)
    width = max(width, max(dates, default=-1), max(faults or (), default=-1)) + 1
    if width == 0:
        return None
    del cells[width:]
    cells.extend([None] * (width - len(cells)))
    marks = dict(styles.marks.get(number, {}))
    for column in styles.texts.get(number, ()):
        marks[column] = marks.get(column, 0) & ~xlsxstyles.FONT_MASK | xlsxstyles.FONTS["decoded"]
    return [number, cells, dates, {column: mark for column, mark in marks.items() if column < width}, faults or {}]


def _chunks(rows: Iterable[list[object]], styles: SheetStyles) -> Iterator[Json]:
    chunk: list[list[object]] = []
    for number, cells in enumerate(rows):
        row = _row(number, cells, styles)
        if row is not None:
            chunk.append(row)
        if len(chunk) == _CHUNK:
            yield {"rows": chunk}
            chunk = []
    if chunk:
        yield {"rows": chunk}


def _state(meta: SheetMetadata) -> str:
    if meta.visible == SheetVisibleEnum.Visible:
        return "visible"
    return "hidden" if meta.visible == SheetVisibleEnum.Hidden else "very-hidden"


def _head(name: str, state: str, styles: SheetStyles, height: int) -> Json:
    return {
        "sheet": name,
        "state": state,
        "height": height,
        "merges": styles.merges,
        "hidden_rows": sorted(row for row in styles.hidden_rows if row < height),
        "hidden_columns": sorted(styles.hidden_columns),
    }


def _styles(path: Path, kind: str) -> dict[str, SheetStyles] | None:
    """Fonts and the rest; none when only the values can be rescued."""
    try:
        if kind == "xlsx":
            with ZipFile(path) as archive:
                return xlsxstyles.read_styles(archive)
        from casemgr.exchange import xlsstyles

        return xlsstyles.read_styles(path)
    except (RefusedError, MemoryError):
        raise
    except Exception:  # a foreign file may break the parsers in any way; its values may still be readable
        return None


def read_file(path: Path) -> Iterator[Json]:
    """The lines that answer one request."""
    kind = kind_of(path)
    if kind == "csv":
        rows = list(delimited.read(path))
        yield _head(path.stem, "visible", SheetStyles(), len(rows))
        yield from _chunks(((list[object](row)) for row in rows), SheetStyles())
        yield {"end": True, "kind": kind, "styles": True}
        return
    if kind == "xlsx":
        check_zip(path)
    styles = _styles(path, kind)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:  # by content, not by name
            for index, meta in enumerate(workbook.sheets_metadata):
                if meta.typ != SheetTypeEnum.WorkSheet:
                    continue
                known = (styles or {}).get(meta.name, SheetStyles())
                sheet = workbook.get_sheet_by_index(index)
                height = sheet.end[0] + 1 if sheet.end else 0
                yield _head(meta.name, _state(meta), known, height)
                left: list[object] = [""] * (sheet.start[1] if sheet.start else 0)  # calamine leaves them out
                yield from _chunks((left + list[object](row) for row in sheet.iter_rows()), known)
    except PasswordError as error:
        raise RefusedError("password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedError("corrupt") from error
    yield {"end": True, "kind": kind, "styles": styles is not None}


def _answer(path: Path) -> Iterator[Json]:
    try:
        yield from read_file(path)
    except RefusedError as error:
        yield {"refused": error.code, "detail": error.detail}
    except FileNotFoundError:
        yield {"refused": "missing", "detail": {}}
    except OSError:
        yield {"refused": "unreadable", "detail": {}}
    except MemoryError:
        yield {"refused": "memory", "detail": {}}
    except Exception:  # whatever a foreign file breaks ends here, as a refusal
        yield {"refused": "corrupt", "detail": {}}


def main() -> None:
    """Serve requests until standard input closes."""
    sys.dont_write_bytecode = True
    limit_memory()
    output = sys.stdout
    output.write('{"ready":true}\n')
    output.flush()
    for line in sys.stdin:
        for answer in _answer(Path(json.loads(line)["path"])):
            output.write(json.dumps(answer, separators=(",", ":")))
            output.write("\n")
        output.flush()


if __name__ == "__main__":
    main()

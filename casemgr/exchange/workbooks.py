"""Reading a spreadsheet safely: a child process opens it under limits of memory and time and hands over plain rows."""

import datetime
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import IO, Any, Self

from casemgr.errors import AppError
from casemgr.exchange.xlsxstyles import FONT_MASK, RED, STRUCK, Merge
from casemgr.i18n import N_, _
from casemgr.jobs import Progress, silent

TIME_LIMIT = 60.0
"""Seconds one file may take."""

Value = str | int | float | bool | datetime.date | datetime.datetime | None

REFUSALS = {
    "empty": N_("The file {file} is empty."),
    "missing": N_("The file {file} is not there any more. Choose it again."),
    "unreadable": N_(
        "The file {file} cannot be opened. Close it in other programs, or copy it to this computer first."
    ),
    "corrupt": N_(
        "The file {file} is damaged or is not an Excel list. "
        "Open it in Excel, save it as a new .xlsx file and choose that one."
    ),
    "password": N_(
        "The file {file} is protected by a password. Open it in Excel, remove the password, save it and try again."
    ),
    "not-text": N_("The file {file} is not a text table this program can read. Open it in Excel and save it as .xlsx."),
    "web-page": N_(
        "The file {file} is a web page saved under the name of an Excel file. "
        "Open it in Excel and save it as .xlsx, then try again."
    ),
    "file-size": N_("The file {file} is larger than {limit} MB. Split it into several files."),
    "zip-entries": N_("The file {file} has {count} parts, more than the {limit} a list can have. It was not opened."),
    "zip-size": N_("The file {file} would unpack to {size} MB, more than {limit} MB. It was not opened."),
    "zip-ratio": N_("The file {file} is compressed more than {limit} times, which no list is. It was not opened."),
    "zip-nested": N_("The file {file} holds another archive inside. Copy the list alone into a new Excel file."),
    "entities": N_("The file {file} declares entities of its own, which no list needs. It was not read."),
    "stray-cell": N_(
        "A sheet of {file} reaches to row {row}, column {column}. "
        "Delete the empty rows and columns after the list and save it."
    ),
    "memory": N_("The file {file} needs too much memory. Split it into several files."),
    "not-started": N_(
        "The file {file} was not read: the program could not start the part that reads lists. "
        "Close other programs and try again; if it happens again, restart the computer."
    ),
    "time": N_("Reading the file {file} took too long and was stopped. Split it into several files."),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the file has it."""

    value: Value
    mark: int = 0
    fault: str = ""
    """An error such as `#REF!`, or the formula that has no stored result."""

    @property
    def font(self) -> int:
        """Which encoding the font tells: a value of `xlsxstyles.FONTS`, 0 = none."""
        return self.mark & FONT_MASK

    @property
    def crossed(self) -> bool:
        """Struck through or filled red: how offices mark people to be removed."""
        return bool(self.mark & (STRUCK | RED))


NO_CELL = Cell(None)
_NO_MARKS: Mapping[int, int] = MappingProxyType({})
_NO_FAULTS: Mapping[int, str] = MappingProxyType({})


@dataclass(slots=True)
class Row:
    """One row with content; columns count from 0."""

    number: int
    values: list[Value]
    marks: Mapping[int, int]
    faults: Mapping[int, str]

    def cell(self, column: int) -> Cell:
        """The cell in that column, empty when the row ends before it."""
        if column >= len(self.values):
            return NO_CELL
        return Cell(self.values[column], self.marks.get(column, 0), self.faults.get(column, ""))


@dataclass
class Sheet:
    """One sheet: its rows with content, by row number counted from 0."""

    name: str
    state: str
    height: int
    rows: list[Row] = field(default_factory=list)
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """Number of columns up to the last one with content."""
        return max((len(row.values) for row in self.rows), default=0)


@dataclass
class Workbook:
    """A file as read: plain values, nothing of the file itself stays open."""

    label: str
    """File name without its folder, to show and to keep with the import."""
    kind: str
    sheets: list[Sheet]
    styles_read: bool
    """False when fonts, merges and hidden rows could not be read, only values."""


def refusal(code: str, file: str, **detail: str | int) -> AppError:
    """The sentence for a refused file: what, why, what to do."""
    return AppError(_(REFUSALS.get(code, REFUSALS["corrupt"])).format(file=file, **detail))


def _command() -> list[str]:
    """How to start the reading process: our own interpreter, isolated; the console program of a frozen bundle."""
    if getattr(sys, "frozen", False):
        own = Path(sys.executable)
        return [str(own.with_name("casemgr" + own.suffix)), "import", "read-workbook"]
    root = str(Path(__file__).resolve().parents[2])
    start = f"import sys; sys.path.insert(0, {root!r}); from casemgr.exchange.readerprocess import main; main()"
    return [sys.executable, "-I", "-X", "utf8", "-c", start]


class WorkbookReader:
    """Keeps one reading process for several files; a process that failed or was stopped is replaced."""

    def __init__(self, *, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the reading process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # a request the dead process never took
                    stream.close()

    def read(self, path: Path, progress: Progress = silent) -> Workbook:
        """Everything the file says, or an AppError with the reason it is refused."""
        try:
            pipes = self._pipes()
        except OSError as error:
            self.close()
            raise refusal("not-started", path.name) from error
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            if self._process is not None:
                self._process.kill()

        timer = threading.Timer(self._time_limit, stop)
        timer.daemon = True
        timer.start()
        complete = False
        try:
            book = _gather(_ask(*pipes, path), path.name, progress)
            complete = True
        except (OSError, EOFError, ValueError) as error:  # the process ended before it answered
            code = "time" if stopped.is_set() else "corrupt"
            raise refusal(code, path.name) from error
        except AppError:
            complete = True
            raise
        finally:
            timer.cancel()
            if not complete:
                self.close()
        return book

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        started = self._process is None or self._process.poll() is not None
        if started:
            self.close()
            flags = 0x0800_0000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter with a fixed command
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=flags,
            )
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise OSError("the reading process has no pipes")
        if started and b"ready" not in process.stdout.readline():
            raise OSError("the reading process did not start")
        return process.stdin, process.stdout


_Answer = dict[str, Any]  # JSON of our own reading process


def _ask(requests: IO[bytes], answers: IO[bytes], path: Path) -> Iterator[_Answer]:
    requests.write(json.dumps({"path": str(path.absolute())}).encode() + b"\n")
    requests.flush()
    while True:
        line = answers.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer = json.loads(line)
        yield answer
        if "end" in answer or "refused" in answer:
            return


def _moment(text: str) -> datetime.date:
    return datetime.datetime.fromisoformat(text) if "T" in text else datetime.date.fromisoformat(text)


def _gather(answers: Iterator[_Answer], label: str, progress: Progress) -> Workbook:
    book = Workbook(label, "", [], styles_read=True)
    for answer in answers:
        if "refused" in answer:
            raise refusal(answer["refused"], label, **answer["detail"])
        if "sheet" in answer:
            book.sheets.append(_sheet(answer))
        elif "rows" in answer:
            sheet = book.sheets[-1]
            sheet.rows.extend(_row(*row) for row in answer["rows"])
            progress(sheet.rows[-1].number + 1, sheet.height, _("Reading sheet {name}").format(name=sheet.name.strip()))
        else:
            book.kind, book.styles_read = answer["kind"], answer["styles"]
    return book


def _sheet(answer: _Answer) -> Sheet:
    return Sheet(
        name=answer["sheet"],
        state=answer["state"],
        height=answer["height"],
        merges=tuple((top, left, bottom, right) for top, left, bottom, right in answer["merges"]),
        hidden_rows=frozenset(answer["hidden_rows"]),
        hidden_columns=frozenset(answer["hidden_columns"]),
    )


def _row(number: int, values: list[Value], dates: dict[str, str], marks: dict[str, int], faults: dict[str, str]) -> Row:
    for column, text in dates.items():
        values[int(column)] = _moment(text)
    return Row(
        number,
        values,
        {int(column): mark for column, mark in marks.items()} if marks else _NO_MARKS,
        {int(column): fault for column, fault in faults.items()} if faults else _NO_FAULTS,
    )


def read_workbook(path: Path, progress: Progress = silent) -> Workbook:
    """Read one file in a reading process of its own."""
    with WorkbookReader() as reader:
        return reader.read(path, progress)

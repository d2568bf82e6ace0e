"""Foreign files: limits before opening, damage of every kind, and a reading process that can be stopped."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from casemgr import i18n
from casemgr.errors import AppError
from casemgr.exchange.lists import read_list
from casemgr.exchange.workbooks import REFUSALS, WorkbookReader, read_workbook
from casemgr.i18n import _
from casemgr.jobs import Cancelled
from casemgr.services import imports
from tests.support.workbooks import (
    TODAY,
    column,
    mutated,
    nasty,
    register,
    write_xls,
    write_xlsx,
    zip_bomb,
)
from tests.support.workspaces import make_file, open_file

DAMAGED = 500


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Good files to damage."""
    folder = tmp_path_factory.mktemp("samples")
    old = write_xls(folder / "c.xls", {"Danh sách": column("Năm sinh", *range(1950, 1990))})
    files = [nasty(folder / "a.xlsx"), register(folder / "b.xlsx"), old]
    return [file.read_bytes() for file in files]


def test_500_damaged_workbooks(tmp_path: Path, reader: WorkbookReader, samples: list[bytes]) -> None:
    """None crashes, hangs or half-imports: each is read or refused in words."""
    make_file(tmp_path / "a.casemgr")
    workspace = open_file(tmp_path / "a.casemgr")
    read = refused = 0
    said: set[str] = set()
    try:
        for seed in range(DAMAGED):
            source = samples[seed % len(samples)]
            path = tmp_path / ("d.xls" if source.startswith(b"\xd0\xcf") else "d.xlsx")
            path.write_bytes(mutated(source, seed))
            try:
                imported = read_list(reader.read(path), today=TODAY)
            except AppError as error:
                said.add(str(error).replace(path.name, "{file}"))
                refused += 1
                continue
            read += 1
            plan = workspace.read(imports.plan, imported, imports.ImportChoices(keep_unreadable=True, year=2026))
            assert len(plan.households) == len(imported.households), seed
    finally:
        workspace.close()
    assert read + refused == DAMAGED
    assert read > 20
    assert refused > 100
    known = [re.sub(r"\\{\w+\\}", ".+", re.escape(_(sentence))) for sentence in REFUSALS.values()]
    assert all(any(re.fullmatch(one, sentence) for one in known) for sentence in said), said


@pytest.mark.parametrize("megabytes", [210, 60])
def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path, reader: WorkbookReader, megabytes: int) -> None:
    path = zip_bomb(tmp_path / "bom.xlsx", megabytes)
    with i18n.using("en"), pytest.raises(AppError, match="It was not opened"):
        reader.read(path)


def test_too_many_parts_are_refused(tmp_path: Path, reader: WorkbookReader) -> None:
    path = tmp_path / "nhieu.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2001):
            archive.writestr(f"xl/{number}.xml", b"")
    with i18n.using("en"), pytest.raises(AppError, match="2001 parts"):
        reader.read(path)


def test_an_archive_in_the_archive_is_refused(tmp_path: Path, reader: WorkbookReader) -> None:
    path = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/embeddings/a.bin", path.read_bytes())
    with i18n.using("en"), pytest.raises(AppError, match="another archive"):
        reader.read(path)


BOMBS = {
    "laughs": "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
    "external": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
}


@pytest.mark.parametrize("kind", BOMBS)
@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_declared_entities_are_refused(tmp_path: Path, reader: WorkbookReader, kind: str, part: str) -> None:
    good = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)})
    path = tmp_path / "xau.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                data = data.replace(b"<styleSheet", BOMBS[kind].encode() + b"<styleSheet", 1)
                data = data.replace(b"<worksheet", BOMBS[kind].encode() + b"<worksheet", 1)
            new.writestr(name, data)
    with i18n.using("en"), pytest.raises(AppError, match="declares entities"):
        reader.read(path)


def test_a_stray_cell_far_below_is_named(tmp_path: Path, reader: WorkbookReader) -> None:
    from openpyxl import load_workbook

    path = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)})
    book = load_workbook(path)
    book["A"]["XFA1048576"] = "x"
    book.save(path)
    with i18n.using("en"), pytest.raises(AppError, match="row 1048576, column 16381"):
        reader.read(path)


def test_macros_and_links_are_not_followed(tmp_path: Path, reader: WorkbookReader) -> None:
    """A macro part and a link to another file lie in the workbook; only its values are taken."""
    good = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)})
    path = tmp_path / "macro.xlsm"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                link = (
                    b'<Relationship Id="x9" Type="externalLink" Target="http://vi-du.invalid/a" TargetMode="External"/>'
                )
                data = data.replace(b"</Relationships>", link + b"</Relationships>")
            new.writestr(name, data)
        new.writestr("xl/vbaProject.bin", b"\xcc\x61 Sub AutoOpen()")
    assert len(read_list(reader.read(path), today=TODAY).households) == 1


def test_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", *range(1900, 1990))})
    with WorkbookReader(time_limit=0.0) as reader, i18n.using("en"), pytest.raises(AppError, match="took too long"):
        reader.read(path)


def test_reading_can_be_cancelled_and_goes_on_afterwards(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)})

    def stop(_done: int, _total: int, _message: str) -> None:
        raise Cancelled

    with WorkbookReader() as reader:
        with pytest.raises(Cancelled):
            reader.read(path, stop)
        assert len(reader.read(path).sheets) == 1


def test_a_reading_process_that_dies_is_replaced(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)})
    with WorkbookReader() as reader:
        reader.read(path)
        assert reader._process is not None
        reader._process.kill()
        reader._process.wait()
        assert len(reader.read(path).sheets) == 1


def test_progress_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", *[1960] * 1200)})
    seen: list[tuple[int, int]] = []
    read_workbook(path, lambda done, total, _message: seen.append((done, total)))
    assert seen[-1] == (1201, 1201)
    assert len(seen) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_AS; on Windows a Job Object sets the same limit")
def test_the_reading_process_limits_its_own_memory(tmp_path: Path) -> None:
    code = (
        "from casemgr.exchange.limits import limit_memory; limit_memory()\n"
        "try:\n    bytearray(600 << 20)\nexcept MemoryError:\n    print('refused')\n"
        "try:\n    open('x.tmp', 'wb', buffering=0).write(b'x' * 10)\nexcept OSError:\n    print('no files')"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )
    assert done.stdout.split("\n")[:2] == ["refused", "no files"]


def test_columns_keep_their_letters_when_the_first_ones_are_empty(tmp_path: Path, reader: WorkbookReader) -> None:
    rows = [[None, None, None], [None, None, "STT", "Họ và tên", "Năm sinh"], [None, None, 1, "Võ Hoa", "1960"]]
    book = reader.read(write_xlsx(tmp_path / "ds.xlsx", {"A": rows}))
    assert book.sheets[0].rows[1].values == [None, None, 1, "Võ Hoa", "1960"]
    assert book.sheets[0].rows[1].number == 2


def test_a_reading_process_that_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the memory is used up or a virus scanner holds the program back."""
    path = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)})
    with WorkbookReader() as reader:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "executable", str(tmp_path / "khong-co"))
            with i18n.using("en"), pytest.raises(AppError, match=r"ds\.xlsx was not read"):
                reader.read(path)
        assert len(reader.read(path).sheets) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a program that ends at once, by its POSIX name")
def test_a_reading_process_that_ends_at_once_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "ds.xlsx", {"A": column("Năm sinh", 1960)})
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with WorkbookReader() as reader, i18n.using("en"), pytest.raises(AppError, match=r"ds\.xlsx was not read"):
        reader.read(path)

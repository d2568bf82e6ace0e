"""Files the command line writes: never over the case file, its keys, a backup, or anything that is no plain file."""

from collections.abc import Iterable
from pathlib import Path

import click

from casemgr.cli import Session
from casemgr.errors import StorageError
from casemgr.files import folder_writable
from casemgr.i18n import _

OWN_ENDINGS = (".casemgr", ".keys", ".lock", ".owner", ".casemgr-backup", "-wal", "-shm", "-journal")
"""Names only the program's own files have."""


class OutputFile(click.Path):
    """An option naming a file to write; it is checked before anything is done."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(super().convert(str(value), param, ctx)))
        session = ctx.find_object(Session) if ctx else None
        require_output(path, keep=[session.file] if session and session.file else [])
        return path


def require_output(path: Path, *, keep: Iterable[Path]) -> None:
    """Refuse a place that cannot be written or holds something to keep: `keep` and the files that belong to them."""
    path = path.absolute()
    if not path.parent.is_dir() or not folder_writable(path.parent):
        raise StorageError(_("The folder {folder} does not exist or cannot be written to.").format(folder=path.parent))
    if path.exists() and not path.is_file():
        raise StorageError(_("{file} is no plain file and is not written over. Choose another name.").format(file=path))
    for kept in keep:
        same = path.exists() and kept.exists() and path.samefile(kept)
        beside = path.parent == kept.absolute().parent and path.name.startswith(kept.name)
        if same or beside:
            raise StorageError(_("{file} would be lost: choose another name for what is written.").format(file=path))
    if path.name.lower().endswith(OWN_ENDINGS):
        raise StorageError(
            _("{file} has the ending of this program's own files. Choose another name, such as one in .pdf.").format(
                file=path
            )
        )

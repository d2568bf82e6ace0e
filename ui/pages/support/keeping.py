"""Writes an entry of the catalogue from a form; what does not fit is told beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from casemgr.domain.programme_reading import code_of
from casemgr.errors import ValidationError
from casemgr.i18n import _
from casemgr.services import programmes
from ui.pages.support.programme_forms import placed
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.domain.programmes import Catalogue
    from ui.desk import Desk
    from ui.jobs import Job


def keep_entry(
    desk: Desk,
    kind: str,
    make: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    typed: Mapping[str, Any],
    *,
    replaces: str | None,
) -> Job:
    """Keep what `make` makes of the values typed."""

    def work(uow: Any) -> str:  # noqa: ANN401 - the unit of work is handed through
        table = make(typed)
        try:
            return programmes.keep(uow, kind, table, replaces=replaces)
        except ValidationError as error:
            raise placed(error, kind, code_of(kind, table), tuple(typed)) from error

    return desk.write(work)


def take_out_entry(desk: Desk, found: Catalogue, kind: str, code: str) -> tuple[Job, Notice]:
    """Take it out, or give the shipped one its place back; with what is said when that is done."""
    shipped = (kind, code) in found.own and _was_shipped(kind, code)
    job = desk.write(programmes.restore if shipped else programmes.remove, kind, code)
    done = _("The shipped entry is back.") if shipped else _("Removed. Undo brings it back.")
    return job, Notice(done, "ok")


def _was_shipped(kind: str, code: str) -> bool:
    found = programmes.shipped_catalogue()
    codes = {
        "programme": found.programmes,
        "rule": found.rules,
        "fact": found.facts,
        "exclusion": {one.id for one in found.exclusions},
        "rate": {rate.key for rate in found.rates},
    }
    return code in codes[kind]

"""The columns of a point table: its lines and one column of points for each zone, the office's own first."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from casemgr.domain.packs import ScoreItem, ScoreTable
from casemgr.i18n import N_, _, format_number
from ui.models.rows import Column

KIND_WORDS: Final = {
    "choice": N_("one of the group"),
    "flag": N_("yes or no"),
    "count_band": N_("by number"),
}


def zone_words(code: str, name: str) -> str:
    """A zone with its code."""
    return f"{code} – {name}"


def score_columns(table: ScoreTable, zone: str | None) -> tuple[Column[ScoreItem], ...]:
    """The columns of this table."""
    return tuple(_columns(table, zone))


def _columns(table: ScoreTable, zone: str | None) -> Iterator[Column[ScoreItem]]:
    yield Column[ScoreItem]("code", N_("Item"), lambda row: row.code, 64, code=True)
    yield Column[ScoreItem]("label", N_("Wording"), lambda row: row.label, 300)
    yield Column[ScoreItem]("kind", N_("Kind"), lambda row: _(KIND_WORDS[row.kind]), 120, code=True)
    own = [zone] if zone is not None and zone in table.zones else []
    for code in (*own, *(each for each in table.zones if each != zone)):
        title = f"▸ {code}" if code == zone else code
        yield Column[ScoreItem](code, title, partial(_points, code), 62, right=True, spare=code != zone and bool(own))


def _points(zone: str, row: ScoreItem) -> str:
    return format_number(row.points[zone]) if zone in row.points else ""

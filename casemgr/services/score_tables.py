"""Use cases of the B1 point table: loading the official one for a standard, the office's zone, points of a case."""

import hashlib
import json
from collections.abc import Mapping

from casemgr.domain.pack_points import score_points
from casemgr.domain.pack_reading import score_table_content, score_table_from_content
from casemgr.domain.packs import Pack, ScoreTable
from casemgr.domain.permissions import Permission
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import ScoreTableRow
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices, packs

ZONE = "review.zone"
"""Setting: the zone of the point table the commune lies in; after mergers the province does not tell it."""


def score_table(uow: UnitOfWork, pack: Pack) -> ScoreTable | None:
    """The newest table loaded for a standard, else the empty one it was shipped with; None when it has no points."""
    return packs.by_id(uow, pack.id).score_table


def import_score_table(uow: UnitOfWork, pack_id: str, table: ScoreTable) -> None:
    """Use this table for the standard from now on; results already keyed keep their points."""
    uow.require(Permission.SETTINGS)
    pack = packs.by_id(uow, pack_id)
    if pack.score is None or pack.score_table is None:
        message = _("{pack} has no cut-offs in points, so it can have no point table.").format(pack=pack.id)
        raise ValidationError([Problem("pack", message)])
    content = score_table_content(table)
    score_table_from_content(content, pack.limits["b1_item"])
    record = ScoreTableRow(
        pack=pack.id,
        title=table.title,
        source=table.source,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        loaded_at=uow.now,
        loaded_by=uow.actor.user_id,
    )
    uow.add(record)
    uow.name_step("pack.score_table", record, undoable=False)


def zone(uow: UnitOfWork) -> str | None:
    """The office's zone; None until it was chosen."""
    kept = offices.setting(uow, ZONE)
    return None if kept is None else str(json.loads(kept))


def keep_zone(uow: UnitOfWork, pack: Pack, code: str) -> None:
    """Choose the zone the commune lies in."""
    uow.require(Permission.SETTINGS)
    table = score_table(uow, pack)
    if table is None or code not in table.zones:
        known = ", ".join(table.zones) if table else ""
        message = _("There is no zone “{code}” in the point table of {pack} ({zones}).").format(
            code=code, pack=pack.id, zones=known
        )
        raise ValidationError([Problem("zone", message)])
    offices.keep_setting(uow, ZONE, json.dumps(code))


def points(uow: UnitOfWork, pack: Pack, answers: Mapping[str, int]) -> int:
    """B1 of a household by the loaded table and the office's zone."""
    table = score_table(uow, pack)
    if table is None:
        message = _("{pack} has no cut-offs in points, so it can have no point table.").format(pack=pack.id)
        raise ValidationError([Problem("b1", message)])
    return score_points(table, zone(uow) or "", answers)

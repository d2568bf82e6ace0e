"""The cases behind a number of the funnel: who came to a state, who is abroad, who gave up."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.abroad import AWAY, AbroadState
from casemgr.domain.permissions import Permission
from casemgr.persistence.models import AbroadCase, StateStep
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.abroad_board import KIND

TOTAL, ABROAD, CANCELLED = "total", "abroad", "cancelled"
_NOW: Final = {ABROAD: tuple(one.value for one in AWAY), CANCELLED: (AbroadState.CANCELLED.value,)}


def behind(
    uow: UnitOfWork, number: str, market: str | None, *, first: date | None = None, last: date | None = None
) -> list[UUID]:
    """Ids of the cases a number counts: a state's name, `TOTAL`, `ABROAD` or `CANCELLED`; every market for None."""
    uow.require(Permission.READ)
    statement = select(AbroadCase.id).order_by(AbroadCase.id)
    if market is not None:
        statement = statement.where(AbroadCase.market == market)
    if first is not None:
        statement = statement.where(AbroadCase.registered_on >= first)
    if last is not None:
        statement = statement.where(AbroadCase.registered_on <= last)
    if number in _NOW:
        statement = statement.where(AbroadCase.status.in_(_NOW[number]))
    elif number not in (TOTAL, AbroadState.ADVISED):
        came = select(StateStep.subject_id).where(StateStep.kind == KIND, StateStep.to_state == number)
        statement = statement.where(AbroadCase.id.in_(came))
    return list(uow.session.scalars(statement))

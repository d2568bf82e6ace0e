"""What a signed contract says beyond its case: the circumstance that programmes of support and loans ask for."""

from typing import Final

from sqlalchemy import select

from casemgr.domain.support import CircumstanceData
from casemgr.persistence.models import AbroadCase, Circumstance
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import circumstances
from casemgr.services.programmes import catalogue

CONTRACT: Final = "overseas_contract"


def note_contract(uow: UnitOfWork, record: AbroadCase) -> None:
    """Note that the worker has signed a contract, once; nothing where it is noted or the list does not know it."""
    if record.signed_on is None or CONTRACT not in catalogue(uow).facts:
        return
    same = select(Circumstance.id).where(
        Circumstance.person_id == record.person_id,
        Circumstance.code == CONTRACT,
        Circumstance.holds.is_(True),
        Circumstance.to_on.is_(None),
    )
    if uow.session.scalar(same.limit(1)) is None:
        circumstances.keep(
            uow, CircumstanceData(CONTRACT, holds=True, person_id=record.person_id, from_on=record.signed_on)
        )

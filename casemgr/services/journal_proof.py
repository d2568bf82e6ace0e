"""Proof that the journal is whole: its chain and the changes of each entry, computed again."""

from hashlib import blake2b

from sqlalchemy import select

from casemgr.i18n import _
from casemgr.persistence.models import Change, Journal
from casemgr.persistence.uow import UnitOfWork, change_bytes, journal_hash


def verify_journal(uow: UnitOfWork) -> list[str]:
    """Recompute the chain; each break is named with its sequence number. Empty: whole."""
    broken: list[str] = []
    previous = ""
    for entry in uow.session.scalars(select(Journal).order_by(Journal.seq).execution_options(yield_per=1000)):
        if entry.previous != previous or journal_hash(entry) != entry.hash:
            broken.append(
                _("Journal entry {number} was altered or entries before it are missing.").format(number=entry.seq)
            )
        previous = entry.hash
        digest = blake2b(key=uow.journal_key, digest_size=32)
        count = 0
        for row in uow.session.execute(
            select(Change.__table__).where(Change.txn == entry.txn).order_by(Change.seq)
        ).mappings():
            digest.update(change_bytes({"table": row["table_name"], **row}))
            count += 1
        if count == entry.changes and digest.hexdigest() != entry.digest:
            broken.append(_("The changes of journal entry {number} were altered.").format(number=entry.seq))
    return broken

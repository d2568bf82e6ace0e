"""Records of list imports: what came in, and the column mapping remembered for next time."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from casemgr.persistence.base import STRICT, Record


class ImportBatch(Record):
    """One applied import, undone as one step."""

    __tablename__ = "import_batch"

    at: Mapped[datetime]
    label: Mapped[str]
    year: Mapped[int]
    people: Mapped[int]
    created: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]


class ColumnMapping(Record):
    """How the columns under a header were understood and confirmed; `mapping` is JSON text."""

    __tablename__ = "column_mapping"
    __table_args__ = (UniqueConstraint("commune", "fingerprint"), STRICT)

    fingerprint: Mapped[str]
    mapping: Mapped[str]

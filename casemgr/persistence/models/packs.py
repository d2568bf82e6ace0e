"""Records of policy packs: contents kept for replay or accepted from a file, and point tables loaded for them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from casemgr.persistence.base import STRICT, Record


class PolicyPack(Record):
    """The content of one revision of a pack, word for word; a content that judged a household is never deleted."""

    __tablename__ = "policy_pack"
    __table_args__ = (UniqueConstraint("commune", "sha256"), STRICT)

    pack: Mapped[str]
    """Id of the pack, e.g. VN-2022."""
    revision: Mapped[int]
    scope: Mapped[str]
    """national or local."""
    province: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    status: Mapped[str]
    content: Mapped[str]
    """Canonical JSON."""
    sha256: Mapped[str]
    origin: Mapped[str]
    """shipped (kept for replay) or imported (accepted from a signed file)."""
    signed_by: Mapped[str]
    accepted_at: Mapped[datetime]
    accepted_by: Mapped[UUID]


class ScoreTableRow(Record):
    """A B1 point table loaded for a pack; the newest of a pack wins."""

    __tablename__ = "score_table"

    pack: Mapped[str]
    title: Mapped[str]
    source: Mapped[str]
    content: Mapped[str]
    """Canonical JSON of zones and items."""
    sha256: Mapped[str]
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[UUID]

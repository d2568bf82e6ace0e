"""The search index: derived rows, rebuilt by `persistence/indexing.py` for whatever a transaction touched.

`search_entry` has one row per thing that can be found; its `id` is the rowid of the FTS5 table `search_text`
(contentless, tokens folded in Python, prefix index of 1 to 3 letters) with three columns:

* `kind`: household, person or certificate. A head of household is found as kind household (name, code, CCCD);
  other current members as kind person; certificates by number.
* `loose`: `domain.searching.loose_tokens`: without tones, đ as d, y as i; name, initials, number of the household,
  digits, and digits reversed with a leading "z" (for the tail of an identity number).
* `exact`: `domain.searching.exact_tokens`: lower case NFC with tones in the old placement.
"""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Base


class SearchEntry(Base):
    """One thing that can be found; `name_key` is the folded whole name for equality."""

    __tablename__ = "search_entry"
    __table_args__ = (Index(None, "household_id"), Index(None, "name_key"), Index(None, "record_id"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    commune: Mapped[str]
    kind: Mapped[str]
    record_id: Mapped[UUID]
    household_id: Mapped[UUID]
    title: Mapped[str]
    name_key: Mapped[str]


SEARCH_DDL = (
    "CREATE VIRTUAL TABLE search_text USING fts5(kind, loose, exact, content='', contentless_delete=1, "
    "tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')"
)

INDEXED_TABLES = frozenset({"person", "membership", "household_class", "certificate"})
"""Tables whose rows the derived list and search rows of a household are made from, beside the household itself."""

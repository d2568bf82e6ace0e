"""Writes the first revision from the models: used until the first release, frozen for ever after it."""

import textwrap
from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.dialects import sqlite

from casemgr.persistence.base import Base
from casemgr.persistence.models import EXTRA_DDL
from casemgr.persistence.schema import MIGRATIONS

TARGET = MIGRATIONS / "versions" / "v0001_first_tables.py"

HEAD = '''"""The tables of the first release, as they were."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
'''

TAIL = """)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
"""


def statements() -> list[str]:
    """The DDL of every table and index of the models, in the order of their dependencies."""
    made: list[str] = []
    dialect = sqlite.dialect()
    engine = create_mock_engine(
        "sqlite://", lambda element, *_args, **_kwargs: made.append(str(element.compile(dialect=dialect)))
    )
    Base.metadata.create_all(engine, checkfirst=False)
    made = [" ".join(statement.split()) for statement in made]
    indexes = sorted(statement for statement in made if not statement.startswith("CREATE TABLE"))
    return [statement for statement in made if statement not in indexes] + indexes + list(EXTRA_DDL)


def wrap(statement: str) -> str:
    """Blanks mean nothing between the words of these statements."""
    return "\n    ".join(textwrap.wrap(statement, 112, break_long_words=False, break_on_hyphens=False))


def text() -> str:
    """The module."""
    return HEAD + "".join(f'    """{wrap(statement)}""",\n' for statement in statements()) + TAIL


if __name__ == "__main__":
    Path(TARGET).write_text(text(), "utf-8")

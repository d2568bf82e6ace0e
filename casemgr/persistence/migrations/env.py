"""Alembic's entry into a running upgrade: the connection and its transaction are `schema.py`'s."""

from alembic import context

from casemgr.persistence.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()

"""Alembic's environment: which database, which tables, how types are written down."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from tracker.models import Base
from tracker.models.base import Exact, Instant, Word


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Write our column types as plain ones, so that old migrations need no code of today."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Exact):
        return "EXACT"
    return "sa.String(32)" if isinstance(item, Word) else False


def run() -> None:
    """Migrate inside one transaction; SQLite changes tables by copying them.

    A table that is copied is dropped once, so SQLite must not look at what refers to it before
    the copy has its name; what was referred to is checked before the commit.
    """
    engine = current_app.extensions["migrate"].db.engine
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if is_sqlite:
            _look_at_references(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            render_as_batch=is_sqlite,
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise RuntimeError(f"rows would refer to nothing: {broken[:5]}")
        connection.commit()
        if is_sqlite:
            _look_at_references(connection, "ON")


def _look_at_references(connection: Connection, whether: str) -> None:
    """Switch the check of references on or off: SQLite takes that outside transactions only."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys = {whether}")


run()

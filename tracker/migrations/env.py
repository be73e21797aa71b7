"""Alembic's environment: which database, which tables, how types are written down."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

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
    """Migrate inside one transaction; SQLite changes tables by copying them."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()

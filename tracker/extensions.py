"""The Flask extensions: objects only, bound to an application in ``create_app``.

The one module where the database's engine is set up, because durability is decided there.
"""

import sqlite3
from typing import Any

from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine, event, text
from sqlalchemy.pool import ConnectionPoolEntry

from tracker.models import Base

db = SQLAlchemy(model_class=Base, session_options={"autoflush": True, "expire_on_commit": False})
migrate = Migrate()
csrf = CSRFProtect()
login_manager = LoginManager()

#: What each SQLite connection is told: an acknowledged save survives a power cut.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    # Text that was deleted is overwritten, not only unlinked.
    "PRAGMA secure_delete = FAST",
)


@event.listens_for(Engine, "connect")
def _set_up_connection(connection: Any, _record: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # Python's driver would begin late and upgrade a read to a write: we begin ourselves.
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name != "sqlite":
        return
    writes = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


#: Writers take turns on PostgreSQL as they do on SQLite: what one has read, no other changes
#: before it is done. Waiting ends when SQLite's does.
POSTGRESQL_TURN = (
    text("SET LOCAL lock_timeout = '5s'"),
    text("SELECT pg_advisory_xact_lock(20170315)"),
)


def begin_writing() -> None:
    """Begin the transaction as one that writes: it takes its lock before it reads anything."""
    connection = db.session.connection(execution_options={"is_writing": True})
    if connection.dialect.name == "postgresql":
        for statement in POSTGRESQL_TURN:
            connection.execute(statement)

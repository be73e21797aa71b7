"""Counting what a page asks of the database, so that no page asks more of a larger plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from tracker.extensions import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """Give a list that fills with the SQL statements that are run meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


#: What only frames a transaction, takes the writers' lock, or sets a connection up.
FRAME = (
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
    "PRAGMA",
    "SET LOCAL",
    "SELECT pg_advisory_xact_lock",
)


@dataclass
class Asked:
    """What was asked of a database, each statement with its parameters."""

    engine: Engine
    statements: list[tuple[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)

    @property
    def rows(self) -> int:
        """How many rows the statements read, counted by asking again."""
        with self.engine.connect() as connection:
            return sum(
                len(connection.exec_driver_sql(statement, parameters).all())
                for statement, parameters in self.statements
            )


@contextmanager
def asked_of(engine: Engine) -> Iterator[Asked]:
    """Give what is asked of a database meanwhile, without what frames its transactions."""
    asked = Asked(engine)

    def note(
        _connection: object, _cursor: object, statement: str, parameters: Any, *_more: object
    ) -> None:
        if not statement.startswith(FRAME):
            asked.statements.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)

"""What every service does with a row: read its fields for the ledger, refuse stale forms."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, RuleBroken
from tracker.domain.ledger import difference

#: Columns that say nothing of their own in the ledger.
_SILENT = frozenset({"id", "version", "ledger_seq", "ledger_hash", "password_hash"})


class VersionedRow(Protocol):
    """A row that people edit."""

    version: Any


def stored_fields(row: object, *, without: Collection[str] = ()) -> dict[str, Any]:
    """Return a row's own columns by name, as the ledger writes them."""
    columns = inspect(type(row)).mapper.column_attrs.keys()
    return {n: getattr(row, n) for n in columns if n not in _SILENT and n not in without}


def refuse_stale(row: VersionedRow, seen_version: int, what: str, shown: Mapping[str, str]) -> None:
    """Raise when somebody saved the row after the form was opened.

    :param shown: field name to the stored value in words, so that the form can show both.
    :raises Conflict: with the version that is stored now.
    """
    if row.version != seen_version:
        raise Conflict(
            f"Somebody else changed {what} while you were writing. What you typed is kept below.",
            shown,
            row.version,
        )


def apply_changes(
    row: VersionedRow, values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the fields that differ, count the version up, and return before and after."""
    before, after = difference({name: getattr(row, name) for name in values}, values)
    for name, value in after.items():
        setattr(row, name, value)
    if after:
        row.version += 1
    return before, after


def flush_unique(session: Session, message: str, field: str) -> None:
    """Write to the database now, and translate its refusal of a duplicate.

    :raises RuleBroken: beside ``field`` with ``message``.
    """
    try:
        session.flush()
    except IntegrityError as error:
        raise RuleBroken(message, field) from error

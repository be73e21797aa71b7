"""The declarative base, its column types, and the rules every table shares.

Knows SQLAlchemy and nothing of Flask: ``extensions`` binds this metadata.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, MetaData, Numeric, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every table; named constraints, so that migrations can drop them."""

    metadata = MetaData(naming_convention=NAMING)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; naive values are refused on the way in, aware ones come out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; SQLite keeps no zone, so it gets none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal kept to the last digit: text on SQLite, which only has floats."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type that loses nothing."""
        chosen: TypeEngine[Any] = String(40) if dialect.name == "sqlite" else Numeric()
        return dialect.type_descriptor(chosen)

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Write plain digits, never an exponent."""
        if value is None or dialect.name != "sqlite":
            return value
        return format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Read a decimal whatever the driver gave."""
        return None if value is None else Decimal(value)


class Word(TypeDecorator[StrEnum]):
    """A word of the vocabulary, stored as its value; the table checks that it is one."""

    impl = String(32)
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__(32)
        self.vocabulary = vocabulary

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Refuse what is not a word of the list."""
        return None if value is None else self.vocabulary(value).value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        """Give the enum back: by looking it up, for a plan has thousands of words."""
        words: dict[str | None, StrEnum | None] = {word.value: word for word in self.vocabulary}
        words[None] = None
        return words.__getitem__


def one_of(column: str, vocabulary: type[StrEnum]) -> CheckConstraint:
    """Return the check that a column holds only words of its list."""
    words = ", ".join(f"'{word.value}'" for word in vocabulary)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_is_a_word")


def not_blank(column: str) -> CheckConstraint:
    """Return the check that a text is more than blanks."""
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_is_not_blank")


class Versioned:
    """Columns of a row that people edit: its version tells a stale form from a fresh one."""

    version: Mapped[int] = mapped_column(default=1)


class Recorded:
    """Columns of an append-only row: when it became known, and who wrote it down."""

    known_at: Mapped[datetime] = mapped_column(Instant)

"""The newest judgement on an item, read in the statement that reads the item itself.

Columns and joins for statements about measures, objectives and priorities, so that judgements
cost no statement of their own.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from tracker.domain.facts import JudgementFacts
from tracker.domain.periods import local_date
from tracker.domain.vocabulary import ItemKind, JudgementEventKind
from tracker.models import Judgement, JudgementEvent, Person
from tracker.queries.reading import UNTIL

_FIELDS = ("id", "status", "computed", "reason", "expires_on", "known_at", "author_id")


class JudgementColumns:
    """Where a statement finds the newest judgement of a kind of item.

    :param item_id: column with the id of the item.
    """

    def __init__(self, kind: ItemKind, item_id: Any) -> None:
        self._prefix = f"{kind}_judgement_"
        self._row: Any = aliased(Judgement)
        self._author: Any = aliased(Person)
        self._is_newest = self._row.id == _newest(kind, item_id)

    @property
    def columns(self) -> Sequence[ColumnElement[Any]]:
        """What to select."""
        return columns_of(self._row, self._author, self._prefix)

    def join(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """Return the statement with the judgement joined, and kept where there is none."""
        joined = query.outerjoin(self._row, self._is_newest)
        return joined.outerjoin(self._author, self._author.id == self._row.author_id)

    def read(self, row: Row[Any]) -> JudgementFacts | None:
        """Return the judgement of a row, ``None`` where the item has none."""
        found = row._mapping  # noqa: SLF001 - the documented way to columns by name
        if found[f"{self._prefix}id"] is None:
            return None
        return judgement_from(
            {name.removeprefix(self._prefix): value for name, value in found.items()}
        )


def columns_of(row: Any, author: Any, prefix: str = "") -> list[ColumnElement[Any]]:
    """Return what to select of judgements that are joined with their authors."""
    return [
        *(getattr(row, name).label(prefix + name) for name in _FIELDS),
        author.name.label(f"{prefix}author"),
        _seconded_by(row).label(f"{prefix}seconded_by"),
        _is_withdrawn(row).label(f"{prefix}is_withdrawn"),
    ]


def judgement_from(found: Any) -> JudgementFacts:
    """Return a judgement from its columns by name."""
    return JudgementFacts(
        id=found["id"],
        status=found["status"],
        computed=found["computed"],
        reason=found["reason"],
        author=found["author"] or "The system",
        judged_on=local_date(found["known_at"]),
        expires_on=found["expires_on"],
        seconded_by=found["seconded_by"] or "",
        is_withdrawn=bool(found["is_withdrawn"]),
        author_id=found["author_id"],
    )


def _newest(kind: ItemKind, item_id: Any) -> Any:
    row = aliased(Judgement)
    return (
        select(func.max(row.id))
        .where(row.subject_kind == kind, row.subject_id == item_id, row.known_at < UNTIL)
        .scalar_subquery()
    )


def _seconded_by(judgement: Any) -> Any:
    event, seconder = aliased(JudgementEvent), aliased(Person)
    return (
        select(seconder.name)
        .join(event, event.author_id == seconder.id)
        .where(_is_event(event, judgement, JudgementEventKind.SECONDED))
        .scalar_subquery()
    )


def _is_withdrawn(judgement: Any) -> Any:
    event = aliased(JudgementEvent)
    return exists().where(_is_event(event, judgement, JudgementEventKind.WITHDRAWN))


def _is_event(event: Any, judgement: Any, kind: JudgementEventKind) -> ColumnElement[bool]:
    return and_(event.judgement_id == judgement.id, event.kind == kind, event.known_at < UNTIL)

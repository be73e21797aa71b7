"""The ledger in words: who did what to which thing, before and after."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.actors import Audience
from tracker.domain.periods import local_date
from tracker.domain.vocabulary import ItemKind, Marking
from tracker.domain.wording import plain, plain_date
from tracker.models import (
    Action,
    LedgerEntry,
    Measure,
    Objective,
    Person,
    Priority,
    action_partners,
)

#: Entries on one page.
PAGE = 50
#: A share that was worked out, and to how many decimals it is told; its parts stand beside it.
_LONG = re.compile(r"-?\d{1,20}\.\d{5,}")
_SHOWN = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change; an empty text says that there was, or is, none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change in words."""

    seq: int
    at: datetime
    actor: str
    verb: str
    subject: str
    item_kind: ItemKind | None
    item_id: int | None
    changes: tuple[FieldChange, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which entries are asked for.

    :param plan_id: whose chain; ``None`` for the installation's own.
    :param until: the first moment that no longer counts.
    """

    plan_id: int | None
    until: datetime
    person_id: int | None = None
    item_kind: ItemKind | None = None
    item_id: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Fifty entries, newest first."""

    entries: tuple[HistoryEntry, ...]
    has_older: bool


def history_page(session: Session, wanted: HistoryFilter, audience: Audience) -> HistoryPage:
    """Return a page of the ledger; what the audience may not know of is left out. One query."""
    query = (
        select(LedgerEntry)
        .where(_chain(wanted), LedgerEntry.at < wanted.until, _is_visible(audience))
        .order_by(LedgerEntry.seq.desc())
        .offset((wanted.page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    if wanted.person_id is not None:
        query = query.where(LedgerEntry.actor_id == wanted.person_id)
    if wanted.item_kind is not None and wanted.item_id is not None:
        query = query.where(_is_about(wanted.item_kind, wanted.item_id))
    rows = session.scalars(query).all()
    return HistoryPage(tuple(_entry(row) for row in rows[:PAGE]), len(rows) > PAGE)


def people_in_history(session: Session) -> list[tuple[int, str]]:
    """Return everybody with an account, for the filter. One query."""
    rows = session.execute(select(Person.id, Person.name).order_by(Person.name))
    return [(row.id, row.name) for row in rows]


def items_in_history(session: Session, plan_id: int, audience: Audience) -> list[tuple[str, str]]:
    """Return the plan's actions and measures as "kind:id" and title, for the filter. Two queries."""
    return [
        *_items(session, plan_id, Action, ItemKind.ACTION, _visible_actions(audience)),
        *_items(session, plan_id, Measure, ItemKind.MEASURE, _visible_measures(audience)),
    ]


def _items(
    session: Session, plan_id: int, model: Any, kind: ItemKind, condition: ColumnElement[bool]
) -> list[tuple[str, str]]:
    query = (
        select(model.id, model.code, model.title)
        .join(Objective, model.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .where(Priority.plan_id == plan_id, condition)
        .order_by(Priority.position, Objective.position, model.position)
    )
    return [(f"{kind}:{row.id}", f"{row.code} {row.title}") for row in session.execute(query)]


def _chain(wanted: HistoryFilter) -> ColumnElement[bool]:
    name = "installation" if wanted.plan_id is None else f"plan:{wanted.plan_id}"
    return LedgerEntry.chain == name


def _is_about(kind: ItemKind, item_id: int) -> ColumnElement[bool]:
    own = and_(LedgerEntry.subject_kind == kind, LedgerEntry.subject_id == item_id)
    return or_(and_(LedgerEntry.item_kind == kind, LedgerEntry.item_id == item_id), own)


def _is_visible(audience: Audience) -> ColumnElement[bool]:
    """Return the condition that an entry is about nothing the audience may not know of."""
    if audience.sees_everything:
        return true()
    actions = _ids(Action, _visible_actions(audience))
    measures = _ids(Measure, _visible_measures(audience))
    open_parents = or_(
        LedgerEntry.subject_kind.not_in([ItemKind.PRIORITY, ItemKind.OBJECTIVE, "review"]),
        _is_open_parent(),
    )
    return or_(
        and_(LedgerEntry.item_kind == ItemKind.ACTION, LedgerEntry.item_id.in_(actions)),
        and_(LedgerEntry.item_kind == ItemKind.MEASURE, LedgerEntry.item_id.in_(measures)),
        and_(LedgerEntry.item_kind.is_(None), open_parents),
    )


def _is_open_parent() -> ColumnElement[bool]:
    priorities = select(Priority.id).where(Priority.marking == Marking.OFFICIAL)
    objectives = (
        select(Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .where(Objective.marking == Marking.OFFICIAL, Priority.marking == Marking.OFFICIAL)
    )
    return or_(
        and_(LedgerEntry.subject_kind == ItemKind.PRIORITY, LedgerEntry.subject_id.in_(priorities)),
        and_(
            LedgerEntry.subject_kind == ItemKind.OBJECTIVE, LedgerEntry.subject_id.in_(objectives)
        ),
        LedgerEntry.subject_kind == "review",
    )


def _ids(model: Any, condition: ColumnElement[bool]) -> Any:
    return (
        select(model.id)
        .join(Objective, model.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .where(condition)
    )


def _visible_actions(audience: Audience) -> ColumnElement[bool]:
    partner_id = audience.partner_id or 0
    supports = (
        select(action_partners.c.action_id)
        .where(action_partners.c.partner_id == partner_id)
        .scalar_subquery()
    )
    named = or_(Action.lead_partner_id == partner_id, Action.id.in_(supports))
    return _open_or_named(Action, named, audience)


def _visible_measures(audience: Audience) -> ColumnElement[bool]:
    return _open_or_named(Measure, Measure.owner_partner_id == (audience.partner_id or 0), audience)


def _open_or_named(
    model: Any, named: ColumnElement[bool], audience: Audience
) -> ColumnElement[bool]:
    if audience.sees_everything:
        return true()
    markings = (model.marking, Objective.marking, Priority.marking)
    is_open = and_(*(marking == Marking.OFFICIAL for marking in markings))
    return or_(is_open, named if audience.partner_id else false())


def _entry(row: LedgerEntry) -> HistoryEntry:
    return HistoryEntry(
        seq=row.seq,
        at=row.at,
        actor=row.actor_name,
        verb=row.verb,
        subject=row.subject_title,
        item_kind=ItemKind(row.item_kind) if row.item_kind else None,
        item_id=row.item_id,
        changes=_changes(json.loads(row.before), json.loads(row.after)),
        hash=row.hash,
    )


def _changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(
            name.replace("_", " ").capitalize(), _words(before.get(name)), _words(after[name])
        )
        for name in after
        if _words(before.get(name)) or _words(after[name])
    )


def _words(value: object) -> str:
    """Return a stored value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{n.replace('_', ' ')} {_words(v) or 'none'}" for n, v in value.items())
    if isinstance(value, list):
        return ", ".join(_words(v) for v in value)
    text = str(value)
    return plain(Decimal(text).quantize(_SHOWN)) if _LONG.fullmatch(text) else _day_in_words(text)


def _day_in_words(text: str) -> str:
    """Return a stored date or moment as a local date in words; other texts as they are."""
    try:
        moment = datetime.fromisoformat(text) if text[:4].isdecimal() and len(text) >= 10 else None
    except ValueError:
        return text
    if moment is None:
        return text
    return plain_date(local_date(moment) if moment.tzinfo else moment.date())

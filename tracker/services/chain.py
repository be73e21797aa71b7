"""Appending to the ledger: the one way that a change is written down.

Taking the head locks the plan (or the installation), so two writers cannot fork the chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.ledger import Entry, canonical
from tracker.models import Installation, LedgerEntry, Plan

INSTALLATION_CHAIN = "installation"


def plan_chain(plan_id: int) -> str:
    """Return the name of a plan's chain."""
    return f"plan:{plan_id}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What was changed; ``item_*`` is the action or measure whose history it belongs to."""

    kind: str
    id: int
    title: str
    item_kind: str | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words and in values; ``before`` is empty for something new."""

    verb: str
    subject: Subject
    after: Mapping[str, Any]
    before: Mapping[str, Any] | None = None


#: By whose head it is, put together once: every save takes a head and moves it.
_TAKE_HEAD = {
    owner: select(owner.ledger_seq, owner.ledger_hash)
    .where(owner.id == bindparam("owner"))
    .with_for_update()
    for owner in (Plan, Installation)
}
_MOVE_HEAD = {
    owner: update(owner)
    .where(owner.id == bindparam("owner"))
    .values(ledger_seq=bindparam("seq"), ledger_hash=bindparam("hash"))
    .execution_options(synchronize_session=False)
    for owner in (Plan, Installation)
}


def append_to_plan(
    session: Session, plan_id: int, change: Change, *, actor: Actor, now: datetime
) -> LedgerEntry:
    """Append a change to a plan's chain. Three statements."""
    return _append(session, Plan, plan_id, change, actor=actor, now=now)


def append_to_installation(
    session: Session, change: Change, *, actor: Actor, now: datetime
) -> LedgerEntry:
    """Append a change to the installation's own chain. Three statements."""
    return _append(session, Installation, 1, change, actor=actor, now=now)


def _append(
    session: Session,
    owner: type[Plan] | type[Installation],
    owner_id: int,
    change: Change,
    *,
    actor: Actor,
    now: datetime,
) -> LedgerEntry:
    session.flush()
    seq, last = session.execute(_TAKE_HEAD[owner], {"owner": owner_id}).one()
    entry = _entry(owner_id if owner is Plan else None, seq + 1, last, change, actor=actor, now=now)
    row = LedgerEntry(
        **{name: getattr(entry, name) for name in entry.__slots__},
        plan_id=owner_id if owner is Plan else None,
        hash=entry.hash(),
    )
    session.add(row)
    moved = {"owner": owner_id, "seq": entry.seq, "hash": row.hash}
    session.execute(_MOVE_HEAD[owner], moved)
    return row


def _entry(
    plan_id: int | None, seq: int, last: str, change: Change, *, actor: Actor, now: datetime
) -> Entry:
    role = f", {actor.role.value.replace('_', ' ')}" if actor.role else ""
    return Entry(
        chain=INSTALLATION_CHAIN if plan_id is None else plan_chain(plan_id),
        seq=seq,
        at=now,
        actor_id=actor.person_id,
        actor_name=f"{actor.name}{role}",
        verb=change.verb,
        subject_kind=change.subject.kind,
        subject_id=change.subject.id,
        subject_title=change.subject.title,
        item_kind=change.subject.item_kind,
        item_id=change.subject.item_id,
        before=canonical(dict(change.before or {})),
        after=canonical(dict(change.after)),
        previous_hash=last,
    )

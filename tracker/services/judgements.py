"""Judging a status: make a judgement, second one, withdraw one.

The computed status is worked out by the caller, from the plan as it stands in the same
transaction; services know no assessment.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import Conflict, NotPermitted, RuleBroken
from tracker.domain.judgements import (
    JudgementEntry,
    Seen,
    StandingJudgement,
    check_judgement,
    check_second,
    check_withdrawal,
    may_improve,
)
from tracker.domain.periods import local_date
from tracker.domain.vocabulary import ItemKind, JudgementEventKind, Status
from tracker.domain.wording import status_label
from tracker.models import Judgement, JudgementEvent, Measure, Objective, Plan, Priority
from tracker.services.chain import Change, append_to_plan
from tracker.services.items import kind_of, plan_of, subject_of
from tracker.services.plans import refuse_closed
from tracker.services.rows import flush_unique

Judged = Measure | Objective | Priority

_NEWEST = (
    select(Judgement)
    .where(
        Judgement.subject_kind == bindparam("kind"), Judgement.subject_id == bindparam("subject")
    )
    .order_by(Judgement.id.desc())
    .limit(1)
)


def newest_judgement(session: Session, item: Judged) -> Judgement | None:
    """Return the newest judgement on an item, ``None`` if there is none. One query."""
    told = {"kind": kind_of(item), "subject": item.id}
    return session.scalar(_NEWEST, told)


def judge(
    session: Session,
    item: Judged,
    entry: JudgementEntry,
    computed: Status,
    seen: Seen,
    *,
    actor: Actor,
    now: datetime,
) -> Judgement:
    """Put a person's status beside the computed one; it replaces an earlier judgement.

    :param computed: the status that is worked out for the item now.
    :raises Conflict: if the computed status changed, or somebody judged, since the form was opened.
    :raises RuleBroken: beside the field.
    """
    plan = _refuse_gone(item)
    newest = newest_judgement(session, item)
    _refuse_stale(newest, kind_of(item), computed, seen)
    checked_entry = check_judgement(
        entry,
        kind_of(item),
        computed=computed,
        today=local_date(now),
        improving=may_improve(actor),
    )
    row = Judgement(
        plan_id=plan.id,
        subject_kind=kind_of(item),
        subject_id=item.id,
        status=checked_entry.judged,
        computed=computed,
        reason=checked_entry.reason,
        expires_on=checked_entry.expires_on,
        author_id=actor.person_id,
        known_at=now,
    )
    session.add(row)
    session.flush()
    _write_down(session, item, "judged", _fields(row, computed), actor=actor, now=now)
    return row


def second(
    session: Session,
    judgement: Judgement,
    item: Judged,
    standing: StandingJudgement,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Agree to a judgement that improves a status: from now on it is in force.

    :param standing: the judgement with its state at this moment.
    :raises NotPermitted: if the actor is its author.
    :raises RuleBroken: if it does not await a second.
    """
    _refuse_gone(item)
    if actor.person_id is None or actor.person_id == judgement.author_id:
        raise NotPermitted("Nobody seconds their own judgement")
    check_second(standing)
    _add_event(session, judgement, JudgementEventKind.SECONDED, "", actor=actor, now=now)
    after = {"status": judgement.status, "expires_on": judgement.expires_on}
    _write_down(session, item, "seconded the judgement of", after, actor=actor, now=now)


def withdraw(
    session: Session,
    judgement: Judgement,
    item: Judged,
    standing: StandingJudgement,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a judgement back: the computed status stands alone.

    :param standing: the judgement with its state at this moment.
    :raises RuleBroken: beside "reason", or if nothing is left to withdraw.
    """
    refuse_closed(plan_of(item))
    why = check_withdrawal(standing, reason)
    _add_event(session, judgement, JudgementEventKind.WITHDRAWN, why, actor=actor, now=now)
    after = {"status": None, "reason": why}
    before = {"status": judgement.status}
    _write_down(session, item, "withdrew the judgement of", after, before, actor=actor, now=now)


def has_left(item: Judged) -> bool:
    """Whether an item, or what it stands under, has left the plan."""
    chain: tuple[Any, ...] = (item,)
    if isinstance(item, Measure):
        chain = (item, item.objective, item.objective.priority)
    elif isinstance(item, Objective):
        chain = (item, item.priority)
    return any(part.left_at is not None for part in chain)


def _refuse_gone(item: Judged) -> Plan:
    plan = plan_of(item)
    refuse_closed(plan)
    if has_left(item):
        raise RuleBroken("This item is archived: restore it before you judge its status")
    return plan


def _refuse_stale(newest: Judgement | None, kind: ItemKind, computed: Status, seen: Seen) -> None:
    newest_id = newest.id if newest else 0
    if seen.computed is not computed:
        now_is = status_label(computed, kind)
        was = status_label(seen.computed, kind) if seen.computed else "another"
        message = f"The computed status is {now_is} now; it was {was} when you opened this page."
        raise Conflict(message, {}, newest_id)
    if newest is not None and newest_id != seen.newest_id:
        theirs = {
            "judged": newest.status,
            "reason": newest.reason,
            "expires_on": newest.expires_on.isoformat(),
        }
        raise Conflict("Somebody else judged this status meanwhile.", theirs, newest_id)


def _add_event(
    session: Session,
    judgement: Judgement,
    kind: JudgementEventKind,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    event = JudgementEvent(
        judgement_id=judgement.id,
        kind=kind,
        reason=reason,
        author_id=actor.person_id,
        known_at=now,
    )
    session.add(event)
    flush_unique(session, f"This judgement was {kind} already", "reason")


def _fields(row: Judgement, computed: Status) -> dict[str, Any]:
    fields = {"status": row.status, "reason": row.reason, "expires_on": row.expires_on}
    # What is computed for a parent follows from what its reader may know of, and everybody who
    # may know of the parent reads the ledger.
    is_the_same_for_all = row.subject_kind is ItemKind.MEASURE
    return {"computed": computed, **fields} if is_the_same_for_all else fields


def _write_down(
    session: Session,
    item: Judged,
    verb: str,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    change = Change(verb, subject_of(item), after, before)
    append_to_plan(session, plan_of(item).id, change, actor=actor, now=now)

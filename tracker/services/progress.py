"""Reporting on an action: log progress, correct what was logged, tick milestones."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import Conflict, RuleBroken
from tracker.domain.periods import local_date
from tracker.domain.progress import ProgressEntry, check_progress
from tracker.domain.texts import checked
from tracker.domain.vocabulary import ItemKind, Role
from tracker.models import Action, Milestone, MilestoneCompletion, ProgressUpdate
from tracker.services.chain import Change, Subject, append_to_plan
from tracker.services.items import is_archived
from tracker.services.plans import refuse_closed, refuse_unreported
from tracker.services.rows import stored_fields

#: Fields of an entry that a progress update stores as they are.
_STORED = (
    "state",
    "confidence",
    "percent",
    "is_blocked",
    "happened",
    "next_steps",
    "help_needed",
    "provenance",
    "source",
)

_DONE_ON = (
    select(MilestoneCompletion.done_on)
    .where(MilestoneCompletion.milestone_id == Milestone.id)
    .order_by(MilestoneCompletion.id.desc())
    .limit(1)
    .scalar_subquery()
)
_MILESTONES = (
    select(Milestone, _DONE_ON)
    .where(Milestone.action_id == bindparam("action"), Milestone.left_at.is_(None))
    .order_by(Milestone.position, Milestone.id)
)


def log_progress(
    session: Session, action: Action, entry: ProgressEntry, *, actor: Actor, now: datetime
) -> ProgressUpdate:
    """Record what is reported on an action, and the milestones done with it. Six statements.

    An officer's entry is recorded as on behalf of the partner that leads.

    :raises RuleBroken: beside the first field that breaks a rule.
    """
    refuse_unreported(action.objective.priority.plan)
    if is_archived(action):
        raise RuleBroken("This action is archived: restore it before you report on it")
    update = _new_update(action, check_progress(entry), actor=actor, now=now)
    session.add(update)
    session.flush()
    done = _tick_milestones(session, action, entry, actor=actor, now=now)
    _write_down(
        session,
        "logged progress on",
        action,
        after=_fields(update, done),
        before=None,
        actor=actor,
        now=now,
    )
    return update


def correct_progress(
    session: Session,
    earlier: ProgressUpdate,
    entry: ProgressEntry,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> ProgressUpdate:
    """Supersede an update with a corrected one; the earlier stays in the history.

    Only the newest update of an action can be corrected: a later one has taken its place.

    :raises Conflict: if somebody corrected it or reported anew meanwhile.
    :raises RuleBroken: beside the first field that breaks a rule, "reason" among them.
    """
    refuse_closed(earlier.action.objective.priority.plan)
    successor = session.scalar(
        select(ProgressUpdate)
        .where(ProgressUpdate.action_id == earlier.action_id, ProgressUpdate.id > earlier.id)
        .order_by(ProgressUpdate.id.desc())
        .limit(1)
    )
    if successor is not None:
        raise Conflict(
            "A newer update stands in the place of this one. What you typed is kept below.",
            {"happened": successor.happened, "next_steps": successor.next_steps},
            successor.id,
        )
    action = earlier.action
    update = _new_update(action, check_progress(entry), actor=actor, now=now)
    update.supersedes_id = earlier.id
    update.correction_reason = checked(reason, "reason", label="why it is corrected", longest=500)
    session.add(update)
    session.flush()
    before = {name: getattr(earlier, name) for name in _STORED}
    _write_down(
        session,
        "corrected progress on",
        action,
        after=_fields(update, {}),
        before=before,
        actor=actor,
        now=now,
    )
    return update


def _new_update(
    action: Action, entry: ProgressEntry, *, actor: Actor, now: datetime
) -> ProgressUpdate:
    values = asdict(entry)
    is_officer = actor.role is Role.OFFICER
    return ProgressUpdate(
        action_id=action.id,
        known_at=now,
        author_id=actor.person_id,
        on_behalf_of_id=action.lead_partner_id if is_officer else None,
        **{name: values[name] for name in _STORED},
    )


def _tick_milestones(
    session: Session,
    action: Action,
    entry: ProgressEntry,
    *,
    actor: Actor,
    now: datetime,
) -> dict[str, date | None]:
    """Record what changed about the milestones; return title to day, ``None`` if open again."""
    wanted = entry.milestones_done
    if wanted is None:
        return {}
    stored = milestones_with_completion(session, action.id)
    if wanted.keys() - {milestone.id for milestone, _was in stored}:
        raise RuleBroken("A milestone that you ticked is no longer in this action", "milestones")
    changed = {
        m: wanted.get(m.id)
        for m, was in stored
        if _was_touched(m.id, entry) and (was is None) != (m.id not in wanted)
    }
    if any(done_on > local_date(now) for done_on in changed.values() if done_on):
        raise RuleBroken("A milestone cannot be done on a day to come", "milestones")
    if changed:
        known = {"known_at": now, "author_id": actor.person_id}
        rows = [{"milestone_id": m.id, "done_on": on, **known} for m, on in changed.items()]
        session.execute(insert(MilestoneCompletion), rows)
    return {milestone.title: done_on for milestone, done_on in changed.items()}


def _was_touched(milestone_id: int, entry: ProgressEntry) -> bool:
    """Whether this form changed a tick: what somebody else ticked meanwhile stays ticked."""
    wanted, seen = entry.milestones_done or {}, entry.milestones_seen
    return seen is None or (milestone_id in wanted) != (milestone_id in seen)


def milestones_with_completion(
    session: Session, action_id: int
) -> list[tuple[Milestone, date | None]]:
    """Return the action's live milestones in order, each with the day it was done. One query."""
    found = session.execute(_MILESTONES, {"action": action_id})
    return [(milestone, done_on) for milestone, done_on in found]


def _fields(update: ProgressUpdate, milestones: Mapping[str, date | None]) -> dict[str, Any]:
    fields = {n: v for n, v in stored_fields(update).items() if v not in (None, "", False)}
    return {**fields, "milestones": dict(milestones)} if milestones else fields


def _write_down(
    session: Session,
    verb: str,
    action: Action,
    *,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    actor: Actor,
    now: datetime,
) -> None:
    subject = Subject(
        "progress_update", action.id, f"{action.code} {action.title}", ItemKind.ACTION, action.id
    )
    plan_id = action.objective.priority.plan_id
    append_to_plan(session, plan_id, Change(verb, subject, after, before), actor=actor, now=now)

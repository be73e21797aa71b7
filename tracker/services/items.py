"""Editing the parts of a plan: add, change, move, archive and restore.

Priorities, objectives, actions, milestones and measures are one hierarchy; what differs
between them is their details and their siblings, so the verbs are written once.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.items import (
    ActionDetails,
    MeasureDetails,
    MilestoneDetails,
    ObjectiveDetails,
    PriorityDetails,
    TargetDetails,
)
from tracker.domain.vocabulary import ItemKind
from tracker.models import (
    Action,
    DueDate,
    Measure,
    Milestone,
    Objective,
    Partner,
    Plan,
    Priority,
    Target,
)
from tracker.services.chain import Change, Subject, append_to_plan
from tracker.services.kinds import refuse_other_values
from tracker.services.plans import refuse_closed
from tracker.services.rows import apply_changes, flush_unique, refuse_stale

Item = Priority | Objective | Action | Milestone | Measure
Row = TypeVar("Row", bound=Item)

_KINDS: dict[type, ItemKind] = {
    Priority: ItemKind.PRIORITY,
    Objective: ItemKind.OBJECTIVE,
    Action: ItemKind.ACTION,
    Milestone: ItemKind.MILESTONE,
    Measure: ItemKind.MEASURE,
}
#: The column that says which siblings an item is ordered among.
_PARENTS: dict[type, str] = {
    Priority: "plan_id",
    Objective: "priority_id",
    Action: "objective_id",
    Milestone: "action_id",
    Measure: "objective_id",
}
_CODE_TAKEN = "This code is taken: enter another one"


def kind_of(item: Item) -> ItemKind:
    """Return the word for what an item is."""
    return _KINDS[type(item)]


def plan_of(item: Item) -> Plan:
    """Return the plan that an item belongs to; its parents must be loaded."""
    if isinstance(item, Priority):
        return item.plan
    if isinstance(item, Objective):
        return item.priority.plan
    if isinstance(item, Milestone):
        return item.action.objective.priority.plan
    return item.objective.priority.plan


def is_archived(item: Action | Measure) -> bool:
    """Whether an item, its objective or its priority has left the plan."""
    chain = (item, item.objective, item.objective.priority)
    return any(part.left_at is not None for part in chain)


def subject_of(item: Item) -> Subject:
    """Return how the ledger names an item, and whose history it belongs to."""
    kind = kind_of(item)
    title = item.title if isinstance(item, Milestone) else f"{item.code} {item.title}"
    if isinstance(item, Milestone):
        return Subject(kind, item.id, title, ItemKind.ACTION, item.action_id)
    has_history = kind in (ItemKind.ACTION, ItemKind.MEASURE)
    return Subject(
        kind, item.id, title, kind if has_history else None, item.id if has_history else None
    )


def add_priority(
    session: Session, plan: Plan, details: PriorityDetails, *, actor: Actor, now: datetime
) -> Priority:
    """Add a priority or strand at the end of a plan; RuleBroken beside the field."""
    row = Priority(plan_id=plan.id, plan=plan, **asdict(details.checked()))
    return _add(session, row, {}, actor=actor, now=now)


def add_objective(
    session: Session, priority: Priority, details: ObjectiveDetails, *, actor: Actor, now: datetime
) -> Objective:
    """Add an objective at the end of a priority; RuleBroken beside the field."""
    row = Objective(priority_id=priority.id, priority=priority, **asdict(details.checked()))
    return _add(session, row, {}, actor=actor, now=now)


def add_action(
    session: Session, objective: Objective, details: ActionDetails, *, actor: Actor, now: datetime
) -> Action:
    """Add an action with its first due date, the baseline; RuleBroken beside the field."""
    values = _action_values(details.checked())
    supporting = _partners(session, details.supporting_partner_ids)
    row = Action(
        objective_id=objective.id, objective=objective, supporting_partners=supporting, **values
    )
    extra = {"due_on": details.due_on, "supporting": [p.short_name for p in supporting]}
    _add(session, row, extra, actor=actor, now=now)
    session.add(_due_date(row, details, actor, now))
    return row


def add_milestone(
    session: Session, action: Action, details: MilestoneDetails, *, actor: Actor, now: datetime
) -> Milestone:
    """Add a milestone at the end of an action; RuleBroken beside the field."""
    row = Milestone(action_id=action.id, action=action, **asdict(details.checked()))
    return _add(session, row, {}, actor=actor, now=now)


def add_measure(
    session: Session,
    objective: Objective,
    details: MeasureDetails,
    target: TargetDetails,
    *,
    actor: Actor,
    now: datetime,
) -> Measure:
    """Add a measure with its first target; RuleBroken beside the field."""
    row = Measure(objective_id=objective.id, objective=objective, **asdict(details.checked()))
    terms = asdict(target.checked(details.unit, details.direction))
    _add(session, row, {"target": terms}, actor=actor, now=now)
    session.add(Target(measure_id=row.id, known_at=now, author_id=actor.person_id, **terms))
    return row


def change_item(
    session: Session,
    item: Priority | Objective | Milestone,
    details: PriorityDetails | ObjectiveDetails | MilestoneDetails,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a priority, objective or milestone.

    :raises Conflict: if somebody saved it since the form was opened.
    :raises RuleBroken: beside the field.
    """
    _change(session, item, asdict(details.checked()), seen_version, actor=actor, now=now)


def change_action(
    session: Session,
    action: Action,
    details: ActionDetails,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Change an action; a due date that moves keeps the original and needs a reason.

    :raises Conflict: if somebody saved it since the form was opened.
    :raises RuleBroken: beside the field, "due_reason" where the reason is missing.
    """
    wanted = details.checked()
    supporting = _partners(session, wanted.supporting_partner_ids)
    due_was = current_due_date(session, action.id)
    moves = due_was.due_on != wanted.due_on
    if moves and not wanted.due_reason:
        raise RuleBroken("Say why the due date moves: the board sees both dates", "due_reason")
    was, becomes = _beside_action(action, supporting, due_was.due_on, wanted)
    changed = _change(
        session,
        action,
        _action_values(wanted),
        seen_version,
        was=was,
        becomes=becomes,
        actor=actor,
        now=now,
    )
    if not changed:
        return
    action.supporting_partners = supporting
    if moves:
        session.add(_due_date(action, wanted, actor, now))


def change_measure(
    session: Session,
    measure: Measure,
    details: MeasureDetails,
    target: TargetDetails,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a measure; a target that changes keeps the old one and needs a reason.

    :raises Conflict: if somebody saved it since the form was opened.
    :raises RuleBroken: beside the field, "target_reason" where the reason is missing, "unit" or
        "per" where the values that are stored would say something else.
    """
    values = asdict(details.checked())
    terms = asdict(target.checked(details.unit, details.direction))
    refuse_other_values(session, measure, values)
    reason = terms.pop("reason")
    newest = current_target(session, measure.id)
    was = {name: getattr(newest, name) for name in terms}
    moves = was != terms
    if moves and not reason:
        raise RuleBroken("Say why the baseline or target changes", "target_reason")
    changed = _change(
        session,
        measure,
        values,
        seen_version,
        was={"target": was} if moves else None,
        becomes={"target": {**terms, "reason": reason}} if moves else None,
        actor=actor,
        now=now,
    )
    if changed and moves:
        row = Target(measure_id=measure.id, known_at=now, author_id=actor.person_id, **terms)
        row.reason = reason
        session.add(row)


def archive_item(session: Session, item: Item, *, actor: Actor, now: datetime) -> None:
    """Take an item out of the plan from now on; its history stays and it can be restored."""
    _set_left(session, item, now, "archived", actor=actor, now=now)


def restore_item(session: Session, item: Item, *, actor: Actor, now: datetime) -> None:
    """Put an archived item back."""
    _set_left(session, item, None, "restored", actor=actor, now=now)


def move_item(session: Session, item: Item, step: int, *, actor: Actor, now: datetime) -> None:
    """Move an item among its live siblings, one place up (-1) or down (+1).

    Moving the first up or the last down changes nothing.
    """
    refuse_closed(plan_of(item))
    siblings = live_siblings(session, item)
    at = next(i for i, sibling in enumerate(siblings) if sibling.id == item.id)
    to = at + step
    if not 0 <= to < len(siblings):
        return
    siblings[at], siblings[to] = siblings[to], siblings[at]
    for position, sibling in enumerate(siblings, start=1):
        sibling.position = position
    change = Change("moved", subject_of(item), {"place": to + 1}, {"place": at + 1})
    append_to_plan(session, plan_of(item).id, change, actor=actor, now=now)


def live_siblings(session: Session, item: Item) -> list[Any]:
    """Return the items that share the item's parent, archived ones left out. One query."""
    model: Any = type(item)
    parent = _PARENTS[model]
    query = (
        select(model)
        .where(getattr(model, parent) == getattr(item, parent), model.left_at.is_(None))
        .order_by(model.position, model.id)
    )
    return list(session.scalars(query))


def current_due_date(session: Session, action_id: int) -> DueDate:
    """Return the due date that holds now. One query."""
    query = (
        select(DueDate).where(DueDate.action_id == action_id).order_by(DueDate.id.desc()).limit(1)
    )
    return session.scalars(query).one()


def current_target(session: Session, measure_id: int) -> Target:
    """Return the baseline and target that hold now. One query."""
    query = (
        select(Target).where(Target.measure_id == measure_id).order_by(Target.id.desc()).limit(1)
    )
    return session.scalars(query).one()


def _add(
    session: Session, row: Row, extra: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Row:
    refuse_closed(plan_of(row))
    model: Any = type(row)
    parent = _PARENTS[model]
    last = select(func.max(model.position)).where(getattr(model, parent) == getattr(row, parent))
    with session.no_autoflush:
        row.position = (session.scalar(last) or 0) + 1
    row.joined_at = now
    session.add(row)
    flush_unique(session, _CODE_TAKEN, "code")
    subject = subject_of(row)
    fields = {"title": row.title, "code": getattr(row, "code", None), **extra}
    append_to_plan(session, plan_of(row).id, Change("added", subject, fields), actor=actor, now=now)
    return row


def _change(
    session: Session,
    item: Item,
    values: Mapping[str, Any],
    seen_version: int,
    *,
    was: Mapping[str, Any] | None = None,
    becomes: Mapping[str, Any] | None = None,
    actor: Actor,
    now: datetime,
) -> bool:
    """Apply and write down a change; ``was`` and ``becomes`` are what stands in other tables."""
    refuse_closed(plan_of(item))
    refuse_stale(item, seen_version, "this", {n: str(getattr(item, n)) for n in values})
    before, after = apply_changes(item, values)
    before, after = {**before, **(was or {})}, {**after, **(becomes or {})}
    if not after:
        return False
    if item.version == seen_version:
        item.version += 1
    flush_unique(session, _CODE_TAKEN, "code")
    change = Change("changed", subject_of(item), after, before)
    append_to_plan(session, plan_of(item).id, change, actor=actor, now=now)
    return True


def _set_left(
    session: Session,
    item: Item,
    left_at: datetime | None,
    verb: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    refuse_closed(plan_of(item))
    if (item.left_at is None) == (left_at is None):
        return
    before, after = apply_changes(item, {"left_at": left_at})
    change = Change(verb, subject_of(item), after, before)
    append_to_plan(session, plan_of(item).id, change, actor=actor, now=now)


def _action_values(details: ActionDetails) -> dict[str, Any]:
    values = asdict(details)
    for elsewhere in ("due_on", "due_reason", "supporting_partner_ids"):
        del values[elsewhere]
    return values


def _partners(session: Session, ids: tuple[int, ...]) -> list[Partner]:
    return list(session.scalars(select(Partner).where(Partner.id.in_(ids)).order_by(Partner.name)))


def _due_date(action: Action, details: ActionDetails, actor: Actor, now: datetime) -> DueDate:
    return DueDate(
        action_id=action.id,
        due_on=details.due_on,
        reason=details.due_reason,
        known_at=now,
        author_id=actor.person_id,
    )


def _beside_action(
    action: Action, supporting: list[Partner], due_was: Any, wanted: ActionDetails
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what changes about an action outside its own row, before and after."""
    was: dict[str, Any] = {}
    becomes: dict[str, Any] = {}
    if due_was != wanted.due_on:
        was["due_on"], becomes["due_on"] = due_was, wanted.due_on
        becomes["due_reason"] = wanted.due_reason
    names = [p.short_name for p in action.supporting_partners]
    if names != [p.short_name for p in supporting]:
        was["supporting"], becomes["supporting"] = names, [p.short_name for p in supporting]
    return was, becomes

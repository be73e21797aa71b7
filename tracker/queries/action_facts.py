"""Actions as known at the end of a day: due date, milestones and last words, in two queries."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.facts import ActionFacts, MilestoneFacts, PartnerFacts, UpdateFacts
from tracker.domain.periods import local_date
from tracker.domain.vocabulary import ActionState
from tracker.models import (
    Action,
    DueDate,
    Milestone,
    MilestoneCompletion,
    Objective,
    Partner,
    Person,
    Priority,
    ProgressUpdate,
    action_partners,
)
from tracker.queries.reading import (
    PARTNER_ID,
    UNTIL,
    Extent,
    Reading,
    is_visible,
    newest,
    was_in_plan,
)


def actions_by_objective(
    session: Session,
    extent: Extent,
    which: int,
    partners: Mapping[int, PartnerFacts],
    reading: Reading,
) -> tuple[dict[int, list[ActionFacts]], int]:
    """Return actions in order under the id of their objective, and how many are hidden.

    :param which: id of the plan or of the one action. Two queries.
    """
    told = reading.told(id=which)
    rows = session.execute(_actions(extent), told).all()
    milestones = _milestones_by_action(session, extent, told)
    found: dict[int, list[ActionFacts]] = defaultdict(list)
    for row in rows:
        if row.is_visible:
            facts = _action(row, partners, tuple(milestones.get(row.id, ())))
            found[row.objective_id].append(facts)
    return found, sum(not row.is_visible for row in rows)


def actions_of_objective(
    session: Session, objective_id: int, reading: Reading
) -> tuple[ActionFacts, ...]:
    """Return an objective's actions in order, each with its lead. Two queries."""
    told = reading.told(id=objective_id)
    rows = session.execute(_actions_with_lead(), told).all()
    milestones = _milestones_by_action(session, Extent.OBJECTIVE, told)
    leads = {row.lead_partner_id: _lead(row, reading.as_at) for row in rows}
    return tuple(
        _action(row, leads, tuple(milestones.get(row.id, ()))) for row in rows if row.is_visible
    )


@cache
def _actions_with_lead() -> Select[*tuple[Any, ...]]:
    lead = (
        Partner.code.label("lead_code"),
        Partner.name.label("lead_name"),
        Partner.short_name.label("lead_short_name"),
        Partner.statutory_from.label("lead_statutory_from"),
    )
    query = _actions(Extent.OBJECTIVE).join(Partner, Partner.id == Action.lead_partner_id)
    return query.add_columns(*lead)


def _lead(row: Row[Any], as_at: date) -> PartnerFacts:
    since = row.lead_statutory_from
    is_statutory = since is not None and since <= as_at
    return PartnerFacts(
        row.lead_partner_id, row.lead_code, row.lead_name, row.lead_short_name, is_statutory
    )


@cache
def _actions(extent: Extent) -> Select[*tuple[Any, ...]]:
    newest_due = newest(DueDate, "action_id", Action.id)
    newest_update = newest(ProgressUpdate, "action_id", Action.id)
    first, moved = aliased(DueDate), aliased(DueDate)
    baseline = (
        select(first.due_on)
        .where(first.action_id == Action.id)
        .order_by(first.id)
        .limit(1)
        .scalar_subquery()
    )
    moves = (
        select(func.count() - 1)
        .where(moved.action_id == Action.id, moved.known_at < UNTIL)
        .scalar_subquery()
    )
    return (
        select(
            Action.id,
            Action.objective_id,
            Action.code,
            Action.title,
            Action.lead_partner_id,
            Action.starts_on,
            Action.is_critical,
            Action.marking,
            DueDate.due_on,
            baseline.label("baseline_due_on"),
            moves.label("due_moves"),
            _completed_at().label("completed_at"),
            is_visible(Action, Action.lead_partner_id, _supports()),
            *_update_columns(),
        )
        .join(Objective, Action.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .join(DueDate, DueDate.id == newest_due)
        .outerjoin(ProgressUpdate, ProgressUpdate.id == newest_update)
        .outerjoin(Person, Person.id == ProgressUpdate.author_id)
        .where(extent.covers(Action), was_in_plan(Action))
        .order_by(Action.position, Action.id)
    )


def _completed_at() -> Any:
    """Return when the newest unbroken run of reports that it is complete began."""
    opened, completed = aliased(ProgressUpdate), aliased(ProgressUpdate)
    last_open = (
        select(func.coalesce(func.max(opened.id), 0))
        .where(
            opened.action_id == Action.id,
            opened.known_at < UNTIL,
            opened.state != ActionState.COMPLETED,
        )
        .correlate(Action)
        .scalar_subquery()
    )
    return (
        select(func.min(completed.known_at))
        .where(
            completed.action_id == Action.id,
            completed.known_at < UNTIL,
            completed.id > last_open,
        )
        .scalar_subquery()
    )


def _update_columns() -> tuple[Any, ...]:
    return (
        ProgressUpdate.id.label("update_id"),
        ProgressUpdate.known_at,
        ProgressUpdate.state,
        ProgressUpdate.confidence,
        ProgressUpdate.percent,
        ProgressUpdate.is_blocked,
        ProgressUpdate.happened,
        ProgressUpdate.next_steps,
        ProgressUpdate.help_needed,
        ProgressUpdate.provenance,
        Person.name.label("author"),
    )


def _supports() -> ColumnElement[bool]:
    return exists().where(
        action_partners.c.action_id == Action.id,
        action_partners.c.partner_id == PARTNER_ID,
    )


def _milestones_by_action(
    session: Session, extent: Extent, told: Mapping[str, Any]
) -> dict[int, list[MilestoneFacts]]:
    found: dict[int, list[MilestoneFacts]] = defaultdict(list)
    for row in session.execute(_milestones(extent), told):
        found[row.action_id].append(MilestoneFacts(row.id, row.title, row.due_on, row.done_on))
    return found


@cache
def _milestones(extent: Extent) -> Select[*tuple[Any, ...]]:
    newest_row = newest(MilestoneCompletion, "milestone_id", Milestone.id)
    return (
        select(
            Milestone.action_id,
            Milestone.id,
            Milestone.title,
            Milestone.due_on,
            MilestoneCompletion.done_on,
        )
        .join(Action, Milestone.action_id == Action.id)
        .join(Objective, Action.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .outerjoin(MilestoneCompletion, MilestoneCompletion.id == newest_row)
        .where(extent.covers(Action), was_in_plan(Milestone))
        .order_by(Milestone.position, Milestone.id)
    )


def _action(
    row: Row[Any], partners: Mapping[int, PartnerFacts], milestones: tuple[MilestoneFacts, ...]
) -> ActionFacts:
    return ActionFacts(
        id=row.id,
        code=row.code,
        title=row.title,
        lead=partners[row.lead_partner_id],
        starts_on=row.starts_on,
        due_on=row.due_on,
        baseline_due_on=row.baseline_due_on,
        due_moves=row.due_moves,
        is_critical=row.is_critical,
        marking=row.marking,
        milestones=milestones,
        latest=_update(row) if row.update_id is not None else None,
        completed_on=local_date(row.completed_at) if row.completed_at is not None else None,
    )


def _update(row: Row[Any]) -> UpdateFacts:
    return UpdateFacts(
        id=row.update_id,
        known_at=row.known_at,
        known_on=local_date(row.known_at),
        author=row.author,
        state=row.state,
        confidence=row.confidence,
        percent=row.percent,
        is_blocked=row.is_blocked,
        happened=row.happened,
        next_steps=row.next_steps,
        help_needed=row.help_needed,
        provenance=row.provenance,
    )

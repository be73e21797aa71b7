"""What an address names: one row with all the policy needs to know of it, in one query.

The row's parents up to the plan are loaded with it, for services and breadcrumbs.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.vocabulary import Marking
from tracker.models import (
    Action,
    Measure,
    Milestone,
    Objective,
    Observation,
    Partner,
    Person,
    Plan,
    Priority,
    ProgressUpdate,
    Review,
)


@dataclass(frozen=True, slots=True)
class Thing:
    """A row and what decides who may do what to it.

    :param is_sensitive: whether it or a parent is marked OFFICIAL-SENSITIVE.
    :param partner_ids: partners named on it, who may see it even then.
    :param lead_partner_id: whose leads report on it.
    """

    row: Any
    is_sensitive: bool = False
    partner_ids: frozenset[int] = field(default_factory=frozenset)
    lead_partner_id: int | None = None
    author_id: int | None = None
    chair_id: int | None = None
    frozen_by_id: int | None = None


_PRIORITY = (joinedload(Priority.plan), joinedload(Priority.lead_partner))
_TO_PLAN = joinedload(Objective.priority).joinedload(Priority.plan)
_TO_LEAD = joinedload(Objective.priority).joinedload(Priority.lead_partner)


def plan(session: Session, plan_id: int) -> Thing | None:
    """Return a plan. One query."""
    row = session.get(Plan, plan_id)
    return Thing(row) if row else None


def priority(session: Session, priority_id: int) -> Thing | None:
    """Return a priority with its plan. One query."""
    row = session.scalar(select(Priority).where(Priority.id == priority_id).options(*_PRIORITY))
    if row is None:
        return None
    return Thing(row, _is_marked(row), frozenset({row.lead_partner_id}))


def objective(session: Session, objective_id: int) -> Thing | None:
    """Return an objective with its priority and plan. One query."""
    query = select(Objective).where(Objective.id == objective_id).options(_TO_PLAN, _TO_LEAD)
    row = session.scalar(query)
    if row is None:
        return None
    lead = row.priority.lead_partner_id
    return Thing(row, _is_marked(row, row.priority), frozenset({lead}))


def action(session: Session, action_id: int) -> Thing | None:
    """Return an action with its partners, objective, priority and plan. One query."""
    row = _one(
        session,
        select(Action)
        .where(Action.id == action_id)
        .options(
            joinedload(Action.objective).options(_TO_PLAN),
            joinedload(Action.lead_partner),
            joinedload(Action.supporting_partners),
        ),
    )
    return _action_thing(row, row) if row else None


def milestone(session: Session, milestone_id: int) -> Thing | None:
    """Return a milestone with its action and all above it. One query."""
    row = _one(
        session,
        select(Milestone)
        .where(Milestone.id == milestone_id)
        .options(
            joinedload(Milestone.action).options(
                joinedload(Action.objective).options(_TO_PLAN),
                joinedload(Action.lead_partner),
                joinedload(Action.supporting_partners),
            )
        ),
    )
    return _action_thing(row, row.action) if row else None


def measure(session: Session, measure_id: int) -> Thing | None:
    """Return a measure with its owner, objective, priority and plan. One query."""
    row = session.scalar(
        select(Measure)
        .where(Measure.id == measure_id)
        .options(joinedload(Measure.objective).options(_TO_PLAN), joinedload(Measure.owner_partner))
    )
    return _measure_thing(row, row) if row else None


def progress_update(session: Session, update_id: int) -> Thing | None:
    """Return a progress update with its author, action and all above it. One query."""
    row = _one(
        session,
        select(ProgressUpdate)
        .where(ProgressUpdate.id == update_id)
        .options(
            joinedload(ProgressUpdate.author),
            joinedload(ProgressUpdate.action).options(
                joinedload(Action.objective).options(_TO_PLAN),
                joinedload(Action.lead_partner),
                joinedload(Action.supporting_partners),
            ),
        ),
    )
    return _action_thing(row, row.action, author_id=row.author_id) if row else None


def observation(session: Session, observation_id: int) -> Thing | None:
    """Return an observation with its measure and all above it. One query."""
    row = session.scalar(
        select(Observation)
        .where(Observation.id == observation_id)
        .options(
            joinedload(Observation.measure).options(
                joinedload(Measure.objective).options(_TO_PLAN), joinedload(Measure.owner_partner)
            )
        )
    )
    return _measure_thing(row, row.measure, author_id=row.author_id) if row else None


def partner(session: Session, partner_id: int) -> Thing | None:
    """Return a partner with its parent. One query."""
    query = select(Partner).where(Partner.id == partner_id).options(joinedload(Partner.parent))
    row = session.scalar(query)
    return Thing(row) if row else None


def person(session: Session, person_id: int) -> Thing | None:
    """Return a person with their partner. One query."""
    query = select(Person).where(Person.id == person_id).options(joinedload(Person.partner))
    row = session.scalar(query)
    return Thing(row) if row else None


def review(session: Session, review_id: int, **_more: Any) -> Thing | None:
    """Return a review with its plan and chair. One query."""
    row = session.scalar(
        select(Review)
        .where(Review.id == review_id)
        .options(joinedload(Review.plan), joinedload(Review.chair))
    )
    if row is None:
        return None
    return Thing(row, chair_id=row.chair_id, frozen_by_id=row.frozen_by_id)


def _one(session: Session, query: Select[Any]) -> Any:
    """Return the one row of a query that joins a collection, or ``None``."""
    return session.scalars(query).unique().one_or_none()


def _is_marked(*rows: Priority | Objective | Action | Measure) -> bool:
    return any(row.marking is Marking.OFFICIAL_SENSITIVE for row in rows)


def _action_thing(row: Any, of: Action, *, author_id: int | None = None) -> Thing:
    partner_ids = {of.lead_partner_id, *(p.id for p in of.supporting_partners)}
    return Thing(
        row,
        _is_marked(of, of.objective, of.objective.priority),
        frozenset(partner_ids),
        lead_partner_id=of.lead_partner_id,
        author_id=author_id,
    )


def _measure_thing(row: Any, of: Measure, *, author_id: int | None = None) -> Thing:
    return Thing(
        row,
        _is_marked(of, of.objective, of.objective.priority),
        frozenset({of.owner_partner_id}),
        lead_partner_id=of.owner_partner_id,
        author_id=author_id,
    )

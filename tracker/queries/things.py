"""What an address names: one row with all the policy needs to know of it, in one query.

The row's parents up to the plan are loaded with it, for services and breadcrumbs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from tracker.domain.vocabulary import ItemKind, Marking
from tracker.models import (
    Action,
    Judgement,
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
    :param lead_partner_id: whose leads report on it, or judge it worse.
    :param about: the row that a judgement is about, with its parents.
    """

    row: Any
    is_sensitive: bool = False
    partner_ids: frozenset[int] = field(default_factory=frozenset)
    lead_partner_id: int | None = None
    author_id: int | None = None
    chair_id: int | None = None
    frozen_by_id: int | None = None
    about: Any = None


_TO_PLAN = joinedload(Objective.priority).joinedload(Priority.plan)
_TO_LEAD = joinedload(Objective.priority).joinedload(Priority.lead_partner)
_ABOVE_ACTION = (
    joinedload(Action.objective).options(_TO_PLAN),
    joinedload(Action.lead_partner),
    joinedload(Action.supporting_partners),
)
_ABOVE_MEASURE = (
    joinedload(Measure.objective).options(_TO_PLAN),
    joinedload(Measure.owner_partner),
)


def _query(kind: Any, *options: ORMOption) -> Select[*tuple[Any, ...]]:
    """Return the statement for the row of an ``id``; putting it together costs more than asking."""
    return select(kind).where(kind.id == bindparam("id")).options(*options)


_PRIORITY = _query(Priority, joinedload(Priority.plan), joinedload(Priority.lead_partner))
_OBJECTIVE = _query(Objective, _TO_PLAN, _TO_LEAD)
_ACTION = _query(Action, *_ABOVE_ACTION)
_MILESTONE = _query(Milestone, joinedload(Milestone.action).options(*_ABOVE_ACTION))
_MEASURE = _query(Measure, *_ABOVE_MEASURE)
_UPDATE = _query(
    ProgressUpdate,
    joinedload(ProgressUpdate.author),
    joinedload(ProgressUpdate.action).options(*_ABOVE_ACTION),
)
_OBSERVATION = _query(Observation, joinedload(Observation.measure).options(*_ABOVE_MEASURE))
_PARTNER = _query(Partner, joinedload(Partner.parent))
_PERSON = _query(Person, joinedload(Person.partner))
_REVIEW = _query(Review, joinedload(Review.plan), joinedload(Review.chair))


def plan(session: Session, plan_id: int) -> Thing | None:
    """Return a plan. One query."""
    row = session.get(Plan, plan_id)
    return Thing(row) if row else None


def priority(session: Session, priority_id: int) -> Thing | None:
    """Return a priority with its plan. One query."""
    row = _one(session, _PRIORITY, priority_id)
    if row is None:
        return None
    lead = row.lead_partner_id
    return Thing(row, _is_marked(row), frozenset({lead}), lead_partner_id=lead)


def objective(session: Session, objective_id: int) -> Thing | None:
    """Return an objective with its priority and plan. One query."""
    row = _one(session, _OBJECTIVE, objective_id)
    if row is None:
        return None
    lead = row.priority.lead_partner_id
    is_marked = _is_marked(row, row.priority)
    return Thing(row, is_marked, frozenset({lead}), lead_partner_id=lead)


def action(session: Session, action_id: int) -> Thing | None:
    """Return an action with its partners, objective, priority and plan. One query."""
    row = _one(session, _ACTION, action_id)
    return _action_thing(row, row) if row else None


def milestone(session: Session, milestone_id: int) -> Thing | None:
    """Return a milestone with its action and all above it. One query."""
    row = _one(session, _MILESTONE, milestone_id)
    return _action_thing(row, row.action) if row else None


def measure(session: Session, measure_id: int) -> Thing | None:
    """Return a measure with its owner, objective, priority and plan. One query."""
    row = _one(session, _MEASURE, measure_id)
    return _measure_thing(row, row) if row else None


def progress_update(session: Session, update_id: int) -> Thing | None:
    """Return a progress update with its author, action and all above it. One query."""
    row = _one(session, _UPDATE, update_id)
    return _action_thing(row, row.action, author_id=row.author_id) if row else None


def observation(session: Session, observation_id: int) -> Thing | None:
    """Return an observation with its measure and all above it. One query."""
    row = _one(session, _OBSERVATION, observation_id)
    return _measure_thing(row, row.measure, author_id=row.author_id) if row else None


def judgement(session: Session, judgement_id: int) -> Thing | None:
    """Return a judgement with what it is about and all above that. Two queries."""
    row = session.get(Judgement, judgement_id)
    thing = _JUDGED[row.subject_kind](session, row.subject_id) if row else None
    if row is None or thing is None:
        return None
    return replace(thing, row=row, about=thing.row, author_id=row.author_id)


#: How what a judgement is about is found.
_JUDGED: dict[ItemKind, Callable[[Session, int], Thing | None]] = {
    ItemKind.MEASURE: measure,
    ItemKind.OBJECTIVE: objective,
    ItemKind.PRIORITY: priority,
}


def partner(session: Session, partner_id: int) -> Thing | None:
    """Return a partner with its parent. One query."""
    row = _one(session, _PARTNER, partner_id)
    return Thing(row) if row else None


def person(session: Session, person_id: int) -> Thing | None:
    """Return a person with their partner. One query."""
    row = _one(session, _PERSON, person_id)
    return Thing(row) if row else None


def review(session: Session, review_id: int, **_more: Any) -> Thing | None:
    """Return a review with its plan and chair. One query."""
    row = _one(session, _REVIEW, review_id)
    if row is None:
        return None
    return Thing(row, chair_id=row.chair_id, frozen_by_id=row.frozen_by_id)


def _one(session: Session, query: Select[*tuple[Any, ...]], id_: int) -> Any:
    """Return the row of an id, ``None`` if there is none."""
    return session.scalars(query, {"id": id_}).unique().one_or_none()


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

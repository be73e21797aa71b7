"""The facts of a plan as known at the end of a day, in six queries whatever its size.

Rows are read as columns and joined in memory. An item that was not in the plan on that day,
or that the audience may not know of, is not in the result.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from tracker.domain.facts import (
    ActionFacts,
    MeasureFacts,
    ObjectiveFacts,
    PartnerFacts,
    PlanFacts,
    PriorityFacts,
)
from tracker.domain.vocabulary import ItemKind, Marking
from tracker.models import Objective, Partner, Priority
from tracker.queries.action_facts import actions_by_objective
from tracker.queries.heads import PlanHead
from tracker.queries.judgement_facts import JudgementColumns
from tracker.queries.measure_facts import measures_by_objective
from tracker.queries.reading import PARTNER_ID, SEES_EVERYTHING, Extent, Reading, was_in_plan

_OF_PRIORITY = JudgementColumns(ItemKind.PRIORITY, Priority.id)
_OF_OBJECTIVE = JudgementColumns(ItemKind.OBJECTIVE, Objective.id)


def plan_facts(session: Session, head: PlanHead, reading: Reading) -> PlanFacts:
    """Return a whole plan. Six queries."""
    partners = partner_facts(session, reading.as_at)
    skeleton = session.execute(_skeleton(), reading.told(id=head.id)).all()
    actions, hidden_actions = actions_by_objective(session, Extent.PLAN, head.id, partners, reading)
    measures, hidden_measures = measures_by_objective(
        session, Extent.PLAN, head.id, partners, reading
    )
    priorities = _priorities(skeleton, partners, actions, measures)
    return PlanFacts(
        id=head.id,
        title=head.title,
        vision=head.vision,
        starts_on=head.starts_on,
        ends_on=head.ends_on,
        review_on=head.review_on,
        rules=head.rules,
        priorities=priorities,
        left_out=hidden_actions + hidden_measures,
    )


def partner_facts(session: Session, as_at: date) -> dict[int, PartnerFacts]:
    """Return every partner by id, statutory as of a day. One query."""
    rows = session.execute(
        select(Partner.id, Partner.code, Partner.name, Partner.short_name, Partner.statutory_from)
    )
    return {
        row.id: PartnerFacts(
            row.id,
            row.code,
            row.name,
            row.short_name,
            row.statutory_from is not None and row.statutory_from <= as_at,
        )
        for row in rows
    }


@cache
def _skeleton() -> Select[*tuple[Any, ...]]:
    in_plan = and_(Objective.priority_id == Priority.id, was_in_plan(Objective))
    query = (
        select(
            Priority.id,
            Priority.code,
            Priority.kind,
            Priority.title,
            Priority.aim,
            Priority.lead_partner_id,
            Objective.id.label("objective_id"),
            Objective.code.label("objective_code"),
            Objective.title.label("objective_title"),
            Objective.is_critical,
            *_OF_PRIORITY.columns,
            *_OF_OBJECTIVE.columns,
        )
        .outerjoin(Objective, in_plan)
        .where(Extent.PLAN.covers(Priority), was_in_plan(Priority))
        .where(_may_see_parent())
        .order_by(Priority.position, Priority.id, Objective.position, Objective.id)
    )
    return _OF_OBJECTIVE.join(_OF_PRIORITY.join(query))


def _may_see_parent() -> ColumnElement[bool]:
    """Return the condition that a priority and its objective are open to the audience."""
    is_open = and_(
        Priority.marking == Marking.OFFICIAL,
        or_(Objective.marking.is_(None), Objective.marking == Marking.OFFICIAL),
    )
    return or_(SEES_EVERYTHING, is_open, Priority.lead_partner_id == PARTNER_ID)


def _priorities(
    rows: Iterable[Row[Any]],
    partners: Mapping[int, PartnerFacts],
    actions: Mapping[int, list[ActionFacts]],
    measures: Mapping[int, list[MeasureFacts]],
) -> tuple[PriorityFacts, ...]:
    objectives: dict[int, list[ObjectiveFacts]] = defaultdict(list)
    heads: dict[int, PriorityFacts] = {}
    for row in rows:
        lead = partners[row.lead_partner_id]
        judged = _OF_PRIORITY.read(row)
        heads[row.id] = PriorityFacts(
            row.id, row.code, row.kind, row.title, row.aim, lead, (), judged
        )
        if row.objective_id is not None:
            objectives[row.id].append(
                ObjectiveFacts(
                    row.objective_id,
                    row.objective_code,
                    row.objective_title,
                    row.is_critical,
                    tuple(actions.get(row.objective_id, ())),
                    tuple(measures.get(row.objective_id, ())),
                    _OF_OBJECTIVE.read(row),
                )
            )
    return tuple(replace(p, objectives=tuple(objectives[p.id])) for p in heads.values())

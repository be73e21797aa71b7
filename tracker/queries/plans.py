"""What a plan's own pages need beside its assessment: the items that were archived."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.periods import local_date
from tracker.domain.vocabulary import ItemKind
from tracker.models import Action, Measure, Milestone, Objective, Priority


@dataclass(frozen=True, slots=True)
class ArchivedItem:
    """An item that left the plan; its history stays and it can be restored.

    :param code: its own code; empty for a milestone.
    :param within: code of the item it stands under; empty for a priority.
    """

    kind: ItemKind
    id: int
    code: str
    title: str
    within: str
    left_on: date


def archived_items(session: Session, plan_id: int) -> list[ArchivedItem]:
    """Return the items of a plan that were archived, the newest first. One query."""
    rows = union_all(
        _priorities(plan_id),
        _objectives(plan_id),
        _under_objective(Action, ItemKind.ACTION, plan_id),
        _under_objective(Measure, ItemKind.MEASURE, plan_id),
        _milestones(plan_id),
    ).subquery()
    query = select(rows).order_by(rows.c.left_at.desc(), rows.c.kind, rows.c.id)
    return [
        ArchivedItem(
            ItemKind(row.kind), row.id, row.code, row.title, row.within, local_date(row.left_at)
        )
        for row in session.execute(query)
    ]


def _columns(model: Any, kind: ItemKind, code: Any, within: Any) -> Select[Any]:
    return select(
        literal(kind.value).label("kind"),
        model.id,
        code.label("code"),
        model.title,
        within.label("within"),
        model.left_at,
    ).where(model.left_at.is_not(None))


def _priorities(plan_id: int) -> Select[Any]:
    query = _columns(Priority, ItemKind.PRIORITY, Priority.code, literal(""))
    return query.where(Priority.plan_id == plan_id)


def _objectives(plan_id: int) -> Select[Any]:
    query = _columns(Objective, ItemKind.OBJECTIVE, Objective.code, Priority.code)
    return query.join(Priority, Objective.priority_id == Priority.id).where(
        Priority.plan_id == plan_id
    )


def _under_objective(model: Any, kind: ItemKind, plan_id: int) -> Select[Any]:
    query = _columns(model, kind, model.code, Objective.code)
    return (
        query.join(Objective, model.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .where(Priority.plan_id == plan_id)
    )


def _milestones(plan_id: int) -> Select[Any]:
    query = _columns(Milestone, ItemKind.MILESTONE, literal(""), Action.code)
    return (
        query.join(Action, Milestone.action_id == Action.id)
        .join(Objective, Action.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .where(Priority.plan_id == plan_id)
    )

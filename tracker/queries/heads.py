"""Where the ledger's chains stand: the version of everything that is shown."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, case, select, true
from sqlalchemy.orm import Session

from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import PlanState
from tracker.models import Installation, Plan


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A plan's own row, with the heads of its chain and of the installation's."""

    id: int
    title: str
    vision: str
    starts_on: date
    ends_on: date
    review_on: date
    state: PlanState
    version: int
    suppression_threshold: int
    rules: StatusRules
    ledger_seq: int
    ledger_hash: str
    installation_hash: str

    @property
    def key(self) -> tuple[int, str, str]:
        """What every page of the plan depends on, besides its reader and its date."""
        return (self.id, self.ledger_hash, self.installation_hash)


_HEADS = (
    select(
        Plan.id,
        Plan.title,
        Plan.vision,
        Plan.starts_on,
        Plan.ends_on,
        Plan.review_on,
        Plan.state,
        Plan.version,
        Plan.suppression_threshold,
        Plan.rules,
        Plan.ledger_seq,
        Plan.ledger_hash,
        Installation.ledger_hash.label("installation_hash"),
    )
    .select_from(Plan)
    .join(Installation, true())
)
_NEWEST_FIRST = _HEADS.order_by(Plan.starts_on.desc(), Plan.id)
_ONE = _HEADS.where(Plan.id == bindparam("id"))
_TODAY = bindparam("today", type_=Date)
_IS_NOW = (Plan.starts_on <= _TODAY) & (Plan.ends_on >= _TODAY)
_RANK = case(
    (_IS_NOW & (Plan.state == PlanState.ACTIVE), 0),
    (Plan.state == PlanState.ACTIVE, 1),
    (_IS_NOW, 2),
    else_=3,
)
_CURRENT = _HEADS.order_by(_RANK, Plan.starts_on.desc(), Plan.id.desc()).limit(1)


def plan_heads(session: Session) -> list[PlanHead]:
    """Return every plan, newest period first. One query."""
    return [_head(row, row.installation_hash) for row in session.execute(_NEWEST_FIRST)]


def plan_head(session: Session, plan_id: int) -> PlanHead | None:
    """Return one plan, ``None`` if there is none of this id. One query."""
    row = session.execute(_ONE, {"id": plan_id}).one_or_none()
    return None if row is None else _head(row, row.installation_hash)


def current_plan(session: Session, today: date) -> PlanHead | None:
    """Return the plan that people work on: the open one of today's period, else the newest.

    ``None`` where no plan has been begun. One query.
    """
    row = session.execute(_CURRENT, {"today": today}).one_or_none()
    return None if row is None else _head(row, row.installation_hash)


def head_of(plan: Plan, installation_hash: str) -> PlanHead:
    """Return a plan that is loaded already with the installation's head. No query."""
    return _head(plan, installation_hash)


def _head(plan: Any, installation_hash: str) -> PlanHead:
    return PlanHead(
        id=plan.id,
        title=plan.title,
        vision=plan.vision,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        review_on=plan.review_on,
        state=plan.state,
        version=plan.version,
        suppression_threshold=plan.suppression_threshold,
        rules=StatusRules.from_json(plan.rules),
        ledger_seq=plan.ledger_seq,
        ledger_hash=plan.ledger_hash,
        installation_hash=installation_hash,
    )

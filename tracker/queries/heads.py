"""Where the ledger's chains stand: the version of everything that is shown."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, select, true
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


def plan_heads(session: Session) -> list[PlanHead]:
    """Return every plan, newest period first. One query."""
    query = _plans().order_by(Plan.starts_on.desc(), Plan.id)
    return [head_of(plan, last) for plan, last in session.execute(query)]


def plan_head(session: Session, plan_id: int) -> PlanHead | None:
    """Return one plan, ``None`` if there is none of this id. One query."""
    row = session.execute(_plans().where(Plan.id == plan_id)).one_or_none()
    return None if row is None else head_of(row[0], row[1])


def current_plan(session: Session, today: date) -> PlanHead | None:
    """Return the plan that people work on: the open one of today's period, else the newest.

    ``None`` where no plan has been begun. One query.
    """
    is_now = (Plan.starts_on <= today) & (Plan.ends_on >= today)
    rank = case(
        (is_now & (Plan.state == PlanState.ACTIVE), 0),
        (Plan.state == PlanState.ACTIVE, 1),
        (is_now, 2),
        else_=3,
    )
    query = _plans().order_by(rank, Plan.starts_on.desc(), Plan.id.desc()).limit(1)
    row = session.execute(query).one_or_none()
    return None if row is None else head_of(row[0], row[1])


def _plans() -> Select[Plan, str]:
    return select(Plan, Installation.ledger_hash).select_from(Plan).join(Installation, true())


def head_of(plan: Plan, installation_hash: str) -> PlanHead:
    """Return a plan that is loaded already with the installation's head. No query."""
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

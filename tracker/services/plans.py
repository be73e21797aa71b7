"""A plan's own life: begin one, change it, open it for reporting, close it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.items import PlanDetails
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import PlanState
from tracker.models import Plan
from tracker.services.chain import Change, Subject, append_to_plan
from tracker.services.rows import apply_changes, flush_unique, refuse_stale

_TITLE_TAKEN = "Another plan has this title: enter a different one"


def begin_plan(
    session: Session,
    details: PlanDetails,
    *,
    sources: dict[str, Any] | None = None,
    actor: Actor,
    now: datetime,
) -> Plan:
    """Start a plan as a draft, with the default status rules.

    :param sources: code to title and address of the documents its items cite.
    :raises RuleBroken: beside the field.
    """
    values = asdict(details.checked())
    plan = Plan(
        **values,
        state=PlanState.DRAFT,
        rules=StatusRules().to_json(),
        sources=sources or {},
        created_at=now,
    )
    session.add(plan)
    flush_unique(session, _TITLE_TAKEN, "title")
    _write_down(session, plan, "began", after=values, before=None, actor=actor, now=now)
    return plan


def change_plan(
    session: Session,
    plan: Plan,
    details: PlanDetails,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> Plan:
    """Change a plan's title, vision or dates.

    :raises Conflict: if somebody saved it since the form was opened.
    :raises RuleBroken: beside the field.
    """
    values = asdict(details.checked())
    refuse_stale(plan, seen_version, "the plan", {n: str(getattr(plan, n)) for n in values})
    before, after = apply_changes(plan, values)
    if after:
        flush_unique(session, _TITLE_TAKEN, "title")
        _write_down(session, plan, "changed", after=after, before=before, actor=actor, now=now)
    return plan


def set_plan_state(
    session: Session, plan: Plan, state: PlanState, *, actor: Actor, now: datetime
) -> Plan:
    """Open a draft for reporting, close a plan, or open a closed one again."""
    if state is PlanState.DRAFT and plan.state is not PlanState.DRAFT:
        raise RuleBroken("A plan that was reported on cannot become a draft again")
    before, after = apply_changes(plan, {"state": state})
    if after:
        verb = "opened" if state is PlanState.ACTIVE else "closed"
        _write_down(session, plan, verb, after=after, before=before, actor=actor, now=now)
    return plan


def refuse_closed(plan: Plan) -> None:
    """Raise RuleBroken where nothing may be written into the plan any more."""
    if plan.state is PlanState.CLOSED:
        raise RuleBroken("This plan is closed: open it again before you change it")


def refuse_unreported(plan: Plan) -> None:
    """Raise RuleBroken where nobody reports: in a plan that is closed, or still a draft."""
    refuse_closed(plan)
    if plan.state is PlanState.DRAFT:
        raise RuleBroken("This plan is a draft: open it for reporting before you report on it")


def _write_down(
    session: Session,
    plan: Plan,
    verb: str,
    *,
    after: dict[str, Any],
    before: dict[str, Any] | None,
    actor: Actor,
    now: datetime,
) -> None:
    change = Change(verb, Subject("plan", plan.id, plan.title), after, before)
    append_to_plan(session, plan.id, change, actor=actor, now=now)

"""Preparing the annual review: open it, write it, decide the refresh.

Signature stands in :mod:`tracker.services.sign_off`.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import Conflict, RuleBroken
from tracker.domain.periods import local_date
from tracker.domain.refresh import DecisionDetails, ItemKey
from tracker.domain.review.details import NarrativeDetails, ReviewDetails
from tracker.domain.vocabulary import Decision, ItemKind, ReviewState, Role
from tracker.domain.wording import plain_date
from tracker.models import (
    Action,
    Measure,
    Narrative,
    Objective,
    Person,
    Plan,
    Priority,
    RefreshDecision,
    Review,
)
from tracker.services.chain import Change, Subject, append_to_plan
from tracker.services.items import Item, subject_of
from tracker.services.rows import apply_changes, flush_unique, refuse_stale

#: A decision's fields before anybody decided.
_UNDECIDED: dict[str, Any] = {"decision": None, "new_wording": "", "reason": ""}
_DECIDED_MEANWHILE = "Somebody else decided on this item just now: reload the page to see it"


def title_of(review: Review) -> str:
    """Return what the ledger calls a review."""
    return f"{review.edition.value.replace('_', ' ').capitalize()} of {review.board_on.isoformat()}"


def subject_of_review(review: Review) -> Subject:
    """Return how the ledger names a review."""
    return Subject("review", review.id, title_of(review))


def open_review(
    session: Session, plan: Plan, details: ReviewDetails, *, actor: Actor, now: datetime
) -> Review:
    """Open a review of a plan; an edition that is not signed off yet must be finished first.

    :raises RuleBroken: beside the field.
    """
    values = asdict(details.checked(local_date(now)))
    _refuse_before_plan(plan, details)
    _refuse_wrong_chair(session, details.chair_id)
    unfinished = session.scalar(
        select(Review.id)
        .where(Review.plan_id == plan.id, Review.state != ReviewState.SIGNED_OFF)
        .limit(1)
    )
    if unfinished is not None:
        raise RuleBroken("A review of this plan is being prepared: sign it off before the next one")
    review = Review(plan_id=plan.id, plan=plan, opened_at=now, state=ReviewState.DRAFT, **values)
    session.add(review)
    session.flush()
    write_down(session, review, "opened", values, None, actor=actor, now=now)
    return review


def change_review(
    session: Session,
    review: Review,
    details: ReviewDetails,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a review's dates, chair or texts.

    :raises Conflict: if somebody saved it since the form was opened.
    :raises RuleBroken: beside the field, or if it is not a draft any more.
    """
    refuse_frozen(review)
    values = asdict(details.checked(local_date(now)))
    _refuse_before_plan(review.plan, details)
    _refuse_wrong_chair(session, details.chair_id)
    refuse_stale(review, seen_version, "the review", {n: str(getattr(review, n)) for n in values})
    before, after = apply_changes(review, values)
    if after:
        session.flush()
        write_down(session, review, "changed", after, before, actor=actor, now=now)


def _refuse_before_plan(plan: Plan, details: ReviewDetails) -> None:
    if details.cut_off_on < plan.starts_on:
        first = plain_date(plan.starts_on)
        raise RuleBroken(f"Enter {first} or a later date: the plan began then", "cut_off_on")


def write_narrative(
    session: Session,
    review: Review,
    priority: Priority,
    details: NarrativeDetails,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write what was achieved and learnt under a priority.

    :param seen_version: 0 where nothing was written yet.
    :raises Conflict: if somebody saved it since the form was opened.
    :raises RuleBroken: beside the field, or if the review is not a draft any more.
    """
    refuse_frozen(review)
    if priority.plan_id != review.plan_id:
        raise RuleBroken("This priority belongs to another plan")
    values = asdict(details.checked())
    row = session.scalar(_narrative(review, priority)) or Narrative(
        review_id=review.id, priority_id=priority.id, achieved="", learnt="", version=0
    )
    refuse_stale(row, seen_version, "this", {n: getattr(row, n) for n in values})
    before, after = apply_changes(row, values)
    if not after:
        return
    session.add(row)
    flush_unique(
        session, "Somebody else wrote this just now: reload the page to see it", "achieved"
    )
    subject = Subject(ItemKind.PRIORITY, priority.id, f"{priority.code} {priority.title}")
    _append(session, review, Change("reviewed", subject, after, before), actor, now)


def decide_refresh(
    session: Session,
    review: Review,
    key: ItemKey,
    details: DecisionDetails,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> RefreshDecision:
    """Decide what becomes of one item of the plan.

    :param seen_version: 0 where nothing was decided yet.
    :raises Conflict: if somebody decided since the form was opened.
    :raises RuleBroken: beside the field, or if the review is not a draft any more.
    """
    refuse_frozen(review)
    values = asdict(details.checked())
    if details.decision is Decision.ADD:
        raise RuleBroken("Choose keep, amend or close", "decision")
    item = _item(session, review, key)
    row: RefreshDecision | None = session.scalar(_decision(review, key))
    if row is None:
        _refuse_gone(seen_version)
        row = RefreshDecision(
            review_id=review.id, item_kind=key[0], item_id=key[1], version=0, **_UNDECIDED
        )
    refuse_stale(row, seen_version, "this decision", {n: str(getattr(row, n)) for n in values})
    before, after = apply_changes(row, values)
    if after:
        row.author_id = _person_id(actor)
        session.add(row)
        flush_unique(session, _DECIDED_MEANWHILE, "decision")
        _append(session, review, Change("decided on", subject_of(item), after, before), actor, now)
    return row


def add_new_item(
    session: Session,
    review: Review,
    kind: ItemKind,
    details: DecisionDetails,
    *,
    actor: Actor,
    now: datetime,
) -> RefreshDecision:
    """Put an item that the next plan is to have into the review; RuleBroken beside the field."""
    refuse_frozen(review)
    values = asdict(details.checked())
    if details.decision is not Decision.ADD or kind is ItemKind.MILESTONE:
        raise RuleBroken("Choose a priority, an objective, an action or a measure", "item_kind")
    row = RefreshDecision(
        review_id=review.id, item_kind=kind, author_id=_person_id(actor), **values
    )
    session.add(row)
    session.flush()
    fields = {"new_item": kind.value, **values}
    write_down(session, review, "added to", fields, None, actor=actor, now=now)
    return row


def remove_decision(
    session: Session,
    review: Review,
    decision_id: int,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a decision back, or a new item out: the item is a proposal again, or gone.

    :raises Conflict: if somebody changed it since the page was opened.
    :raises RuleBroken: if it is gone, or the review is not a draft any more.
    """
    refuse_frozen(review)
    row = session.get(RefreshDecision, decision_id)
    if row is None or row.review_id != review.id:
        raise RuleBroken("This decision was taken back already")
    fields = {"decision": row.decision, "new_wording": row.new_wording, "reason": row.reason}
    refuse_stale(row, seen_version, "this decision", {n: str(v) for n, v in fields.items()})
    subject = subject_of_review(review)
    if row.item_id is not None:
        subject = subject_of(_item(session, review, (row.item_kind, row.item_id)))
    session.delete(row)
    session.flush()
    emptied = dict.fromkeys(fields)
    _append(
        session, review, Change("took back a decision on", subject, emptied, fields), actor, now
    )


def refuse_frozen(review: Review) -> None:
    """Raise RuleBroken where a review may not be edited any more."""
    if review.state is ReviewState.SIGNED_OFF:
        raise RuleBroken("This review is signed off and never changes: correct it by a new edition")
    if review.state is ReviewState.FROZEN:
        raise RuleBroken("This review is frozen for signature: unfreeze it before you change it")


def write_down(
    session: Session,
    review: Review,
    verb: str,
    after: dict[str, Any],
    before: dict[str, Any] | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Append a change of the review itself to the plan's ledger. Three statements."""
    _append(session, review, Change(verb, subject_of_review(review), after, before), actor, now)


def _append(session: Session, review: Review, change: Change, actor: Actor, now: datetime) -> None:
    append_to_plan(session, review.plan_id, change, actor=actor, now=now)


def _refuse_wrong_chair(session: Session, chair_id: int) -> None:
    chair = session.get(Person, chair_id)
    if chair is None or chair.role is not Role.BOARD_MEMBER or chair.is_disabled:
        raise RuleBroken("Choose a board member: only one may sign the review off", "chair_id")


def _refuse_gone(seen_version: int) -> None:
    """Raise where a form was opened over a decision that somebody took back since."""
    if seen_version:
        raise Conflict(
            "Somebody else took this decision back while you were writing. "
            "What you typed is kept below.",
            {},
            0,
        )


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise RuleBroken("Only a person can decide: sign in first")
    return actor.person_id


def _narrative(review: Review, priority: Priority) -> Select[Any]:
    return select(Narrative).where(
        Narrative.review_id == review.id, Narrative.priority_id == priority.id
    )


def _decision(review: Review, key: ItemKey) -> Select[Any]:
    return select(RefreshDecision).where(
        RefreshDecision.review_id == review.id,
        RefreshDecision.item_kind == key[0],
        RefreshDecision.item_id == key[1],
    )


def _item(session: Session, review: Review, key: ItemKey) -> Item:
    """Return the plan's item of a key; RuleBroken where the plan has none. One query."""
    kind, item_id = key
    of_plan = Priority.plan_id == review.plan_id
    query: Any = None
    if kind is ItemKind.PRIORITY:
        query = select(Priority).where(Priority.id == item_id, of_plan)
    elif kind is ItemKind.OBJECTIVE:
        query = select(Objective).join(Objective.priority).where(Objective.id == item_id, of_plan)
    elif kind in (ItemKind.ACTION, ItemKind.MEASURE):
        model: Any = Action if kind is ItemKind.ACTION else Measure
        up = select(model).join(model.objective).join(Objective.priority)
        query = up.where(model.id == item_id, of_plan)
    item: Item | None = session.scalar(query) if query is not None else None
    if item is None:
        raise RuleBroken("The plan has no such item: reload the page")
    return item

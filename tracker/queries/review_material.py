"""What a review is built from, read for one readership as at its cut-off date."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Audience
from tracker.domain.assessment import PlanAssessment
from tracker.domain.facts import PartnerFacts
from tracker.domain.periods import end_of_day_utc
from tracker.domain.refresh import Decided, ItemKey, refresh_items
from tracker.domain.review.details import NarrativeDetails, ReviewDetails
from tracker.domain.review.material import (
    Definition,
    Duty,
    LedgerCount,
    ReviewMaterial,
    Source,
    compared_with,
)
from tracker.domain.snapshot import Readership
from tracker.domain.vocabulary import ReviewState
from tracker.models import (
    Installation,
    LedgerEntry,
    Measure,
    Narrative,
    Objective,
    Partner,
    Person,
    Plan,
    Priority,
    RefreshDecision,
    Review,
)
from tracker.queries.assessed import assessed_plan
from tracker.queries.heads import PlanHead
from tracker.queries.reading import Reading

_EVERYBODY = Audience(sees_everything=False)


def review_material(
    session: Session,
    head: PlanHead,
    details: ReviewDetails,
    readership: Readership,
    *,
    review_id: int | None,
) -> ReviewMaterial:
    """Return what a review is built from, without pictures. 26 queries at most.

    :param review_id: whose narrative and decisions are read; ``None`` for a review that nobody
        has opened, which then has none.
    """
    cut_off_on = details.cut_off_on
    earlier_on = compared_with(
        cut_off_on, head.starts_on, _last_cut_off(session, head.id, cut_off_on)
    )
    reading = Reading.of(cut_off_on, readership.audience)
    now = assessed_plan(session, head, reading)
    earlier = assessed_plan(session, head, Reading.of(earlier_on, readership.audience))
    decisions = decisions_of(session, review_id) if review_id is not None else ()
    return ReviewMaterial(
        partnership=session.scalar(select(Installation.name)) or "",
        readership=readership,
        details=details,
        now=now,
        earlier=earlier,
        earlier_on=earlier_on,
        narratives=narratives_of(session, review_id) if review_id is not None else {},
        refresh=refresh_items(now, by_item(decisions)),
        added=tuple(decision for decision in decisions if decision.item_id is None),
        duties=_duties(session, reading),
        definitions=_definitions(session, head.id),
        sources=_sources(session, head.id),
        ledger=_ledger(session, head.id, end_of_day_utc(earlier_on), reading.until),
        sensitive=_sensitive(session, head, reading, now),
        pictures={},
    )


def details_of(review: Review) -> ReviewDetails:
    """Return a stored review as it was typed. No query."""
    return ReviewDetails(**{name: getattr(review, name) for name in ReviewDetails.__slots__})


def narratives_of(session: Session, review_id: int) -> dict[int, NarrativeDetails]:
    """Return the texts of a review by the id of their priority. One query."""
    rows = session.execute(
        select(Narrative.priority_id, Narrative.achieved, Narrative.learnt).where(
            Narrative.review_id == review_id
        )
    )
    return {row.priority_id: NarrativeDetails(row.achieved, row.learnt) for row in rows}


def decisions_of(session: Session, review_id: int) -> tuple[Decided, ...]:
    """Return what was decided in a review, the oldest decision first. One query."""
    rows = session.execute(
        select(
            RefreshDecision.id,
            RefreshDecision.version,
            RefreshDecision.item_kind,
            RefreshDecision.item_id,
            RefreshDecision.decision,
            RefreshDecision.new_wording,
            RefreshDecision.reason,
            Person.name,
        )
        .join(Person, Person.id == RefreshDecision.author_id)
        .where(RefreshDecision.review_id == review_id)
        .order_by(RefreshDecision.id)
    )
    return tuple(Decided(*row) for row in rows)


def by_item(decisions: tuple[Decided, ...]) -> dict[ItemKey, Decided]:
    """Return decisions under the item that they are about; new items are about none."""
    return {(d.kind, d.item_id): d for d in decisions if d.item_id is not None}


def _last_cut_off(session: Session, plan_id: int, before: date) -> date | None:
    query = select(func.max(Review.cut_off_on)).where(
        Review.plan_id == plan_id,
        Review.state == ReviewState.SIGNED_OFF,
        Review.cut_off_on < before,
    )
    return session.scalar(query)


def _sensitive(session: Session, head: PlanHead, reading: Reading, now: PlanAssessment) -> int:
    """Return how many of the items that are shown not everybody may know of."""
    if not reading.audience.sees_everything:
        return 0
    everybody = assessed_plan(session, head, Reading.of(reading.as_at, _EVERYBODY))
    return everybody.facts.left_out - now.facts.left_out


def _duties(session: Session, reading: Reading) -> tuple[Duty, ...]:
    query = (
        select(Partner)
        .where(Partner.left_on.is_(None) | (Partner.left_on > reading.as_at))
        .order_by(Partner.statutory_from.is_(None), Partner.name)
    )
    return tuple(_duty(partner, reading) for partner in session.scalars(query))


def _duty(row: Partner, reading: Reading) -> Duty:
    is_statutory = row.statutory_from is not None and row.statutory_from <= reading.as_at
    facts = PartnerFacts(row.id, row.code, row.name, row.short_name, is_statutory)
    return Duty(facts, row.legal_basis if is_statutory else "")


def _definitions(session: Session, plan_id: int) -> dict[int, Definition]:
    rows = session.execute(
        select(
            Measure.id,
            Measure.definition,
            Measure.data_source,
            Measure.licence,
            Measure.note,
            Measure.has_small_numbers,
        )
        .join(Objective, Measure.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .where(Priority.plan_id == plan_id)
    )
    return {row.id: Definition(*row[1:]) for row in rows}


def _sources(session: Session, plan_id: int) -> tuple[Source, ...]:
    stored = session.scalar(select(Plan.sources).where(Plan.id == plan_id)) or {}
    return tuple(
        Source(code, said.get("title", ""), said.get("address", ""))
        for code, said in stored.items()
        if isinstance(said, dict)
    )


def _ledger(
    session: Session, plan_id: int, after: datetime, until: datetime
) -> tuple[LedgerCount, ...]:
    counted = func.count()
    query = (
        select(LedgerEntry.verb, counted)
        .where(LedgerEntry.plan_id == plan_id, LedgerEntry.at >= after, LedgerEntry.at < until)
        .group_by(LedgerEntry.verb)
        .order_by(counted.desc(), LedgerEntry.verb)
    )
    return tuple(LedgerCount(verb, count) for verb, count in session.execute(query))

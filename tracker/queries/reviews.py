"""Reviews as people prepare and read them: the list, the workbench, the decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.domain.assessment import (
    ActionAssessment,
    MeasureAssessment,
    PlanAssessment,
    PriorityAssessment,
)
from tracker.domain.refresh import Decided, RefreshItem, refresh_items
from tracker.domain.review.details import NarrativeDetails, ReviewDetails
from tracker.domain.snapshot import Report, read_snapshot
from tracker.domain.vocabulary import Edition, ReviewState, Role, Status
from tracker.models import Narrative, Person, Priority, Review, Snapshot
from tracker.queries.assessed import assessed_plan
from tracker.queries.heads import PlanHead
from tracker.queries.reading import Reading
from tracker.queries.review_material import by_item, decisions_of, details_of, narratives_of

#: Texts of the review itself, with what the readiness list calls them.
_TEXTS = (
    ("committee", "Committee"),
    ("report_author", "Report author"),
    ("summary", "Summary"),
    ("recommendations", "Recommendations"),
    ("conclusion", "Conclusion"),
)


_EMPTY = NarrativeDetails()


@dataclass(frozen=True, slots=True)
class Signed:
    """The snapshot of a signed-off review."""

    number: int
    sha256: str
    previous_sha256: str
    ledger_seq: int
    ledger_hash: str
    signed_by: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review in the list; ``signed`` is ``None`` until it is signed off."""

    id: int
    edition: Edition
    state: ReviewState
    board_on: date
    cut_off_on: date
    chair: str
    signed: Signed | None


class Mend(StrEnum):
    """Where a gap is mended."""

    TEXTS = "texts"
    NARRATIVE = "narrative"
    DECISION = "decision"
    MEASURE = "measure"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing.

    :param id: of the item; 0 for a text of the review itself.
    :param priority_id: the priority it stands under; 0 where that does not matter.
    :param anchor: the item's place on its page, such as "action-12"; empty if it has none.
    """

    title: str
    id: int = 0
    priority_id: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the readiness list: how many things are as they should be, and the gaps."""

    name: str
    mend: Mend
    total: int
    gaps: tuple[Gap, ...]

    @property
    def done(self) -> int:
        """How many are as they should be."""
        return self.total - len(self.gaps)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands in the way of the review."""

    checks: tuple[Check, ...]

    @property
    def percent(self) -> int:
        """How much is ready, in whole percent, rounded down: 100 means that nothing is missing."""
        total = sum(check.total for check in self.checks)
        return 100 * sum(check.done for check in self.checks) // total if total else 100

    @property
    def gaps(self) -> int:
        """How many things are missing."""
        return sum(len(check.gaps) for check in self.checks)


@dataclass(frozen=True, slots=True)
class NarrativeLine:
    """A priority with what is written of it."""

    priority_id: int
    code: str
    title: str
    written: NarrativeDetails


@dataclass(frozen=True, slots=True)
class Workbench:
    """A review's own page.

    :param frozen_by: who put it before the chair; empty while it is a draft.
    """

    plan: PlanAssessment
    narratives: tuple[NarrativeLine, ...]
    readiness: Readiness
    frozen_by: str
    signed: Signed | None


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """Every item with its proposal and decision, under its priority, and the new items."""

    plan: PlanAssessment
    items: tuple[tuple[int, RefreshItem], ...]
    added: tuple[Decided, ...]

    def of_priority(self, priority_id: int) -> list[RefreshItem]:
        """Return the items of a priority, itself first, in the plan's order."""
        return [item for owner, item in self.items if owner == priority_id]

    @property
    def undecided(self) -> int:
        """How many items are proposals still."""
        return sum(item.decided is None for _owner, item in self.items)


def reviews_of(session: Session, plan_id: int) -> list[ReviewLine]:
    """Return the reviews of a plan, the newest first. One query."""
    signer = aliased(Person)
    query = (
        select(Review, Person.name, Snapshot, signer.name)
        .join(Person, Person.id == Review.chair_id)
        .outerjoin(Snapshot, Snapshot.review_id == Review.id)
        .outerjoin(signer, signer.id == Snapshot.signed_by_id)
        .where(Review.plan_id == plan_id)
        .order_by(Review.id.desc())
    )
    return [
        ReviewLine(
            review.id,
            review.edition,
            review.state,
            review.board_on,
            review.cut_off_on,
            chair,
            _signed(snapshot, name) if snapshot else None,
        )
        for review, chair, snapshot, name in session.execute(query)
    ]


def latest_review_of(session: Session, plan_id: int, cut_off_on: date | None) -> Review | None:
    """Return a plan's newest review, ``None`` if it has none. One query.

    :param cut_off_on: only one with this cut-off date; ``None`` takes any.
    """
    query = select(Review).where(Review.plan_id == plan_id).order_by(Review.id.desc()).limit(1)
    if cut_off_on is not None:
        query = query.where(Review.cut_off_on == cut_off_on)
    return session.scalar(query)


def chairs(session: Session) -> list[tuple[int, str]]:
    """Return the board members who can sign in, by name, for a choice. One query."""
    query = (
        select(Person.id, Person.name)
        .where(Person.role == Role.BOARD_MEMBER, Person.is_disabled.is_(False))
        .order_by(Person.name)
    )
    return [(row.id, row.name) for row in session.execute(query)]


def signed_report(session: Session, review: Review) -> Report | None:
    """Return a signed-off review exactly as it was signed, ``None`` if it is not. One query.

    :raises Tampered: if it is no longer what was signed.
    """
    row = session.execute(
        select(Snapshot.document, Snapshot.sha256).where(Snapshot.review_id == review.id)
    ).one_or_none()
    return None if row is None else read_snapshot(row.document, row.sha256)


def name_of(session: Session, person_id: int | None) -> str:
    """Return a person's name, empty where there is none. One query."""
    if person_id is None:
        return ""
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def workbench(session: Session, head: PlanHead, review: Review, reading: Reading) -> Workbench:
    """Return a review's own page. Ten queries at most, four if the plan is kept.

    :param reading: as at the review's cut-off date, for whoever looks.
    """
    plan = assessed_plan(session, head, reading)
    written = narratives_of(session, review.id)
    decisions = by_item(decisions_of(session, review.id))
    narratives = tuple(
        NarrativeLine(p.facts.id, p.facts.code, p.facts.title, written.get(p.facts.id, _EMPTY))
        for p in plan.priorities
    )
    items = refresh_items(plan, decisions)
    signed = session.execute(
        select(Snapshot, Person.name)
        .join(Person, Person.id == Snapshot.signed_by_id)
        .where(Snapshot.review_id == review.id)
    ).one_or_none()
    return Workbench(
        plan=plan,
        narratives=narratives,
        readiness=readiness(details_of(review), plan, narratives, items),
        frozen_by=name_of(session, review.frozen_by_id),
        signed=_signed(*signed) if signed else None,
    )


def readiness(
    details: ReviewDetails,
    plan: PlanAssessment,
    narratives: Iterable[NarrativeLine],
    items: Iterable[RefreshItem],
) -> Readiness:
    """Return what stands in the way of a review. No query."""
    lines, decisions = list(narratives), list(items)
    measures, off_track = list(plan.measures), _off_track(plan)
    texts = tuple(Gap(label) for field, label in _TEXTS if not getattr(details, field))
    unwritten = tuple(
        Gap(f"{line.code} {line.title}", line.priority_id)
        for line in lines
        if not line.written.is_complete
    )
    undecided = tuple(_undecided(plan, decisions))
    next_steps = "Off-track actions with next steps"
    return Readiness(
        (
            Check("Texts of the review", Mend.TEXTS, len(_TEXTS), texts),
            Check("What was achieved and learnt", Mend.NARRATIVE, len(lines), unwritten),
            Check("Refresh decisions", Mend.DECISION, len(decisions), undecided),
            Check("Measures with data", Mend.MEASURE, len(measures), _without_value(measures)),
            Check(next_steps, Mend.ACTION, len(off_track), _without_next(off_track)),
        )
    )


def decisions_page(
    session: Session, head: PlanHead, review: Review, reading: Reading
) -> DecisionsPage:
    """Return the refresh of a review. Seven queries, one if the plan is kept."""
    plan = assessed_plan(session, head, reading)
    decisions = decisions_of(session, review.id)
    items = refresh_items(plan, by_item(decisions))
    added = tuple(decision for decision in decisions if decision.item_id is None)
    return DecisionsPage(plan, tuple(_with_owner(plan, items)), added)


def narrative_of(session: Session, review: Review, priority_id: int) -> Narrative | None:
    """Return what is written of a priority, ``None`` if nothing is yet. One query."""
    query = select(Narrative).where(
        Narrative.review_id == review.id, Narrative.priority_id == priority_id
    )
    return session.scalar(query)


def priority_of(session: Session, review: Review, priority_id: int) -> Priority | None:
    """Return a priority of the review's plan, ``None`` if it has none of this id. One query."""
    query = select(Priority).where(Priority.id == priority_id, Priority.plan_id == review.plan_id)
    return session.scalar(query)


def _signed(row: Snapshot, signer: str) -> Signed:
    return Signed(
        row.number,
        row.sha256,
        row.previous_sha256,
        row.ledger_seq,
        row.ledger_hash,
        signer,
        row.signed_at,
    )


def _with_owner(
    plan: PlanAssessment, items: Iterable[RefreshItem]
) -> Iterable[tuple[int, RefreshItem]]:
    """Return each item after the id of the priority that it stands under."""
    owners = (p.facts.id for p in plan.priorities for _ in range(_size(p)))
    return zip(owners, items, strict=True)


def _undecided(plan: PlanAssessment, items: Iterable[RefreshItem]) -> Iterable[Gap]:
    return (
        Gap(
            f"{item.proposal.code} {item.proposal.title}",
            item.proposal.item_id,
            owner,
            f"{item.proposal.kind}-{item.proposal.item_id}",
        )
        for owner, item in _with_owner(plan, items)
        if item.decided is None
    )


def _size(priority: PriorityAssessment) -> int:
    """Return how many items a priority has, itself included."""
    within = (1 + len(o.actions) + len(o.measures) for o in priority.objectives)
    return 1 + sum(within)


def _off_track(plan: PlanAssessment) -> list[ActionAssessment]:
    return [action for action in plan.actions if action.verdict.status is Status.RED]


def _without_next(actions: Iterable[ActionAssessment]) -> tuple[Gap, ...]:
    return tuple(
        Gap(f"{a.facts.code} {a.facts.title}", a.facts.id)
        for a in actions
        if a.facts.latest is None or not a.facts.latest.next_steps
    )


def _without_value(measures: Iterable[MeasureAssessment]) -> tuple[Gap, ...]:
    return tuple(
        Gap(f"{m.facts.code} {m.facts.title}", m.facts.id)
        for m in measures
        if m.verdict.status is Status.NO_DATA
    )

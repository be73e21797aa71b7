"""The register of a plan's judgements as at a day: where people see a status differently."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.assessment import PlanAssessment, PriorityAssessment
from tracker.domain.disagreements import Disagreement, Judgeable, disagreements, judgeable
from tracker.domain.facts import JudgementFacts
from tracker.domain.judgements import JudgementState, StandingJudgement, standing_judgement
from tracker.domain.periods import local_date
from tracker.domain.vocabulary import ItemKind, JudgementEventKind
from tracker.models import Judgement, JudgementEvent, Person
from tracker.queries.judgement_facts import columns_of, judgement_from
from tracker.queries.reading import UNTIL, Reading

_WITHDRAWAL, _WITHDRAWER = aliased(JudgementEvent), aliased(Person)
_JUDGEMENTS = (
    select(
        *columns_of(Judgement, Person),
        Judgement.subject_kind,
        Judgement.subject_id,
        _WITHDRAWAL.known_at.label("withdrawn_at"),
        _WITHDRAWAL.reason.label("withdrawn_because"),
        _WITHDRAWER.name.label("withdrawn_by"),
    )
    .outerjoin(Person, Person.id == Judgement.author_id)
    .outerjoin(
        _WITHDRAWAL,
        and_(
            _WITHDRAWAL.judgement_id == Judgement.id,
            _WITHDRAWAL.kind == JudgementEventKind.WITHDRAWN,
            _WITHDRAWAL.known_at < UNTIL,
        ),
    )
    .outerjoin(_WITHDRAWER, _WITHDRAWER.id == _WITHDRAWAL.author_id)
    .order_by(Judgement.id.desc())
)
_OF_PLAN = _JUDGEMENTS.where(Judgement.plan_id == bindparam("plan"), Judgement.known_at < UNTIL)
_OF_ITEM = _JUDGEMENTS.where(
    Judgement.subject_kind == bindparam("kind"),
    Judgement.subject_id == bindparam("subject"),
    Judgement.known_at < UNTIL,
)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a judgement back, when and why."""

    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class PastJudgement:
    """A judgement that no longer stands beside a status."""

    about: Judgeable
    facts: JudgementFacts
    state: JudgementState
    withdrawal: Withdrawal | None


@dataclass(frozen=True, slots=True)
class Register:
    """A plan's judgements as at a day.

    :param groups: those that stand beside a status, by priority: worst first, in each group too.
    :param past: those that lapsed, expired, were withdrawn or replaced, the newest first.
    """

    groups: tuple[tuple[PriorityAssessment, tuple[Disagreement, ...]], ...]
    past: tuple[PastJudgement, ...]

    @property
    def standing(self) -> tuple[Disagreement, ...]:
        """Every judgement that stands beside a status."""
        return tuple(one for _priority, group in self.groups for one in group)


def judgement_register(session: Session, plan: PlanAssessment, reading: Reading) -> Register:
    """Return the judgements on items that are in the plan and open to the audience. One query."""
    rows = session.execute(_OF_PLAN, reading.told(plan=plan.facts.id)).all()
    return Register(_by_priority(disagreements(plan)), tuple(_past(rows, plan)))


def judgement_now(
    session: Session, judgement: Judgement, about: Judgeable | None, reading: Reading
) -> StandingJudgement:
    """Return one judgement with its state, for whom and when it is read. One query.

    :param about: ``None`` where the item left the plan; the judgement then has lapsed.
    """
    told = reading.told(kind=judgement.subject_kind, subject=judgement.subject_id)
    rows = session.execute(_OF_ITEM, told).all()
    row = next(row for row in rows if row.id == judgement.id)
    facts = judgement_from(row._mapping)  # noqa: SLF001 - the documented way to columns by name
    if row.id != rows[0].id:
        return StandingJudgement(facts, JudgementState.REPLACED)
    standing = standing_judgement(facts, about.verdict.status, reading.as_at) if about else None
    return standing or StandingJudgement(facts, JudgementState.LAPSED)


def _by_priority(
    found: Iterable[Disagreement],
) -> tuple[tuple[PriorityAssessment, tuple[Disagreement, ...]], ...]:
    """Group by priority: the one with the worst first, and so within each."""
    groups: dict[int, list[Disagreement]] = {}
    for one in found:
        groups.setdefault(one.about.priority.facts.id, []).append(one)
    return tuple((group[0].about.priority, tuple(group)) for group in groups.values())


def _past(rows: Iterable[Any], plan: PlanAssessment) -> Iterator[PastJudgement]:
    items = {(about.kind, about.id): about for about in judgeable(plan)}
    seen: set[tuple[ItemKind, int]] = set()
    for row in rows:
        key = (row.subject_kind, row.subject_id)
        about, is_newest = items.get(key), key not in seen
        seen.add(key)
        if about is None:
            continue
        facts = judgement_from(row._mapping)  # noqa: SLF001 - the documented way to columns by name
        state = _state(facts, about, plan, is_newest=is_newest)
        if not state.is_shown and _may_be_told(facts, about, plan):
            yield PastJudgement(about, facts, state, _withdrawal(row))


def _state(
    facts: JudgementFacts, about: Judgeable, plan: PlanAssessment, *, is_newest: bool
) -> JudgementState:
    if not is_newest:
        return JudgementState.WITHDRAWN if facts.is_withdrawn else JudgementState.REPLACED
    standing = standing_judgement(facts, about.verdict.status, plan.as_at)
    return standing.state if standing is not None else JudgementState.LAPSED


def _may_be_told(facts: JudgementFacts, about: Judgeable, plan: PlanAssessment) -> bool:
    """Whether a past judgement gives nothing away of what is left out for its reader.

    A parent's computed status follows from what its author could see: where something is left
    out for the reader, a status that differs from theirs would say how that stands.
    """
    is_same_for_all = about.kind is ItemKind.MEASURE or not plan.facts.left_out
    return is_same_for_all or facts.computed is about.verdict.status


def _withdrawal(row: Row[Any]) -> Withdrawal | None:
    if row.withdrawn_at is None:
        return None
    by = row.withdrawn_by or "The system"
    return Withdrawal(by, local_date(row.withdrawn_at), row.withdrawn_because)

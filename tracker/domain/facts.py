"""The facts of a plan as they were known at the end of one day.

Queries fill these rows, the status rules read them, and nothing in them is computed:
a tree of frozen values, cheap to build and safe to keep in a cache.
Dates are local (Europe/London), instants are UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import (
    ActionState,
    Aggregation,
    Confidence,
    Direction,
    Frequency,
    Marking,
    ObservationState,
    PriorityKind,
    Provenance,
    Standing,
    Status,
    Trajectory,
    Unit,
)


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """An organisation, or a team within one."""

    id: int
    code: str
    name: str
    short_name: str
    is_statutory: bool


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A step of an action; ``done_on`` is the day it was done, if it was known by then."""

    id: int
    title: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class UpdateFacts:
    """What a lead last reported on an action.

    :param percent: progress, 0 to 100; ``None`` where none was given.
    """

    id: int
    known_at: datetime
    known_on: date
    author: str
    state: ActionState
    confidence: Confidence | None
    percent: int | None
    is_blocked: bool
    happened: str
    next_steps: str
    help_needed: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What will be done, by whom, by when, and what was last heard of it.

    :param baseline_due_on: the first due date; late is judged against it.
    :param due_moves: how often the due date was moved since.
    :param completed_on: day it was first reported complete and has stayed so; ``None`` if open.
    """

    id: int
    code: str
    title: str
    lead: PartnerFacts
    starts_on: date
    due_on: date
    baseline_due_on: date
    due_moves: int = 0
    is_critical: bool = False
    marking: Marking = Marking.OFFICIAL
    milestones: tuple[MilestoneFacts, ...] = ()
    latest: UpdateFacts | None = None
    completed_on: date | None = None


@dataclass(frozen=True, slots=True)
class JudgementFacts:
    """The newest judgement on a measure, objective or priority, as known on the day.

    :param computed: the status that was worked out when it was made; it lapses when that changes.
    :param expires_on: the last day on which it holds.
    :param seconded_by: who seconded it; empty if nobody has.
    """

    id: int
    status: Status
    computed: Status
    reason: str
    author: str
    judged_on: date
    expires_on: date
    seconded_by: str = ""
    is_withdrawn: bool = False
    author_id: int | None = None


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """By what a measure is rated: where we started, where to be, by which path.

    :param baseline: value before the plan; ``None`` if there is none (zero is a value).
    :param target: value to reach by ``ends_on``; ``None`` if none is set. Where the
        measure adds up over the year it is the year's total.
    :param tolerance_percent: shortfall that is still amber, in percent of the value required.
    :param tolerance_absolute: the same in the measure's unit; where set, it alone counts.
    :param band_low: where the measure is to be maintained, the least that is good;
        ``band_high`` the most. ``None`` leaves that side open.
    :param starts_on: first day of the path; ``ends_on`` its last.
    """

    baseline: Decimal | None
    baseline_label: str
    target: Decimal | None
    tolerance_percent: Decimal
    starts_on: date
    ends_on: date
    trajectory: Trajectory = Trajectory.LINEAR
    provenance: Provenance = Provenance.RECORDED
    tolerance_absolute: Decimal | None = None
    band_low: Decimal | None = None
    band_high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ObservationFacts:
    """The newest known version of one period; ``value`` is ``None`` unless its state has one.

    :param numerator: what a rate or percentage counts, over its ``denominator``; for a
        percentage or an average without numerator the denominator is the number of answers
        behind it. ``None`` where it was not given.
    """

    id: int
    period_start: date
    value: Decimal | None
    state: ObservationState
    version: int
    known_at: datetime
    provenance: Provenance
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    def __hash__(self) -> int:
        # A version never changes: its number and value tell nearly all apart, and quickly.
        return hash((self.id, self.value))


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A number over time, with the target it is held against.

    :param unit_noun: what is counted, in the plural ("crimes"); empty for percentages.
    :param lag_days: days after a period's end until its value is due.
    :param collected_from: first day whose period is expected; periods before it are never overdue.
    :param collected_until: last day whose period is expected; ``None`` while it goes on.
    :param observations: newest known version of each period, oldest period first.
    :param per: of how many a rate counts (1,000 residents); ``None`` for all other units.
    :param breaks: days from which values are no longer comparable with those before, in order.
    :param baseline_points: how many points of each segment set its limits for good; ``None``
        lets every point count.
    :param is_screened: whether extreme moving ranges are left out of the limits.
    """

    id: int
    code: str
    title: str
    owner: PartnerFacts
    unit: Unit
    unit_noun: str
    standing: Standing
    direction: Direction
    frequency: Frequency
    aggregation: Aggregation
    is_cumulative: bool
    lag_days: int
    collected_from: date
    target: TargetFacts | None
    marking: Marking = Marking.OFFICIAL
    provenance: Provenance = Provenance.RECORDED
    observations: tuple[ObservationFacts, ...] = ()
    collected_until: date | None = None
    per: Decimal | None = None
    breaks: tuple[date, ...] = ()
    baseline_points: int | None = None
    is_screened: bool = True
    judgement: JudgementFacts | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveFacts:
    """What should become true, with what is done for it and how we know."""

    id: int
    code: str
    title: str
    is_critical: bool
    actions: tuple[ActionFacts, ...]
    measures: tuple[MeasureFacts, ...]
    judgement: JudgementFacts | None = None


@dataclass(frozen=True, slots=True)
class PriorityFacts:
    """What the partnership chose to work on."""

    id: int
    code: str
    kind: PriorityKind
    title: str
    aim: str
    lead: PartnerFacts
    objectives: tuple[ObjectiveFacts, ...]
    judgement: JudgementFacts | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A whole plan as one audience may see it.

    :param left_out: how many sensitive items this audience may not see.
    """

    id: int
    title: str
    vision: str
    starts_on: date
    ends_on: date
    review_on: date
    rules: StatusRules
    priorities: tuple[PriorityFacts, ...]
    left_out: int = 0

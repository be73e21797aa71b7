"""A whole plan assessed: its facts, each with the verdict on it, as a tree.

What is counted over the tree is counted once, when it is first asked for: an assessed plan
is kept and shown many times.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from tracker.domain.analysis import MeasureAnalysis, analyse
from tracker.domain.facts import (
    ActionFacts,
    MeasureFacts,
    ObjectiveFacts,
    ObservationFacts,
    PartnerFacts,
    PlanFacts,
    PriorityFacts,
)
from tracker.domain.judgements import StandingJudgement, standing_judgement
from tracker.domain.measure_status import status_of
from tracker.domain.rollup import (
    ChildLight,
    MeasureLight,
    Tally,
    delivery,
    objective_status,
    outcome,
    priority_status,
    tally,
)
from tracker.domain.rules import StatusRules
from tracker.domain.status import ReasonCode, Verdict, action_status
from tracker.domain.targets import Position


@dataclass(frozen=True, slots=True)
class ActionAssessment:
    """An action and the verdict on it."""

    facts: ActionFacts
    verdict: Verdict

    @property
    def is_overdue(self) -> bool:
        """Whether its due date has passed and it is neither complete nor closed."""
        return any(reason.code is ReasonCode.OVERDUE for reason in self.verdict.reasons)


@dataclass(frozen=True, slots=True)
class MeasureAssessment:
    """A measure, the verdict on it, and what was worked out about it.

    :param latest: what is known of the newest reported period; ``None`` if nothing ever was.
    """

    facts: MeasureFacts
    verdict: Verdict
    analysis: MeasureAnalysis
    latest: ObservationFacts | None

    @property
    def position(self) -> Position | None:
        """Where it stands against its path; ``None`` where no value counts."""
        return self.analysis.position

    judgement: StandingJudgement | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveAssessment:
    """An objective with its two lights."""

    facts: ObjectiveFacts
    verdict: Verdict
    outcome: Verdict
    delivery: Verdict
    actions: tuple[ActionAssessment, ...]
    measures: tuple[MeasureAssessment, ...]
    judgement: StandingJudgement | None = None


@dataclass(frozen=True)
class PriorityAssessment:
    """A priority or strand with its objectives."""

    facts: PriorityFacts
    verdict: Verdict
    objectives: tuple[ObjectiveAssessment, ...]
    judgement: StandingJudgement | None = None

    @cached_property
    def actions(self) -> tuple[ActionAssessment, ...]:
        """Its actions, in the order of the plan."""
        return tuple(action for objective in self.objectives for action in objective.actions)

    @cached_property
    def measures(self) -> tuple[MeasureAssessment, ...]:
        """Its measures, in the order of the plan."""
        return tuple(measure for objective in self.objectives for measure in objective.measures)

    @cached_property
    def objective_tally(self) -> Tally:
        """How many objectives of each status."""
        return tally(objective.verdict.status for objective in self.objectives)

    @cached_property
    def action_tally(self) -> Tally:
        """How many actions of each status."""
        return tally(action.verdict.status for action in self.actions)

    @cached_property
    def measure_tally(self) -> Tally:
        """How many measures of each status."""
        return tally(measure.verdict.status for measure in self.measures)


@dataclass(frozen=True)
class Workload:
    """What one partner has to do in the plan."""

    partner: PartnerFacts
    actions: tuple[ActionAssessment, ...]
    measures: tuple[MeasureAssessment, ...]

    @cached_property
    def action_tally(self) -> Tally:
        """How many of its actions of each status."""
        return tally(action.verdict.status for action in self.actions)

    @cached_property
    def overdue(self) -> int:
        """How many of its actions are past their due date."""
        return sum(action.is_overdue for action in self.actions)


@dataclass(frozen=True)
class PlanAssessment:
    """A plan as at a day."""

    facts: PlanFacts
    as_at: date
    priorities: tuple[PriorityAssessment, ...]

    @cached_property
    def objectives(self) -> tuple[ObjectiveAssessment, ...]:
        """Every objective, in the order of the plan."""
        return tuple(o for priority in self.priorities for o in priority.objectives)

    @cached_property
    def actions(self) -> tuple[ActionAssessment, ...]:
        """Every action, in the order of the plan."""
        return tuple(action for priority in self.priorities for action in priority.actions)

    @cached_property
    def measures(self) -> tuple[MeasureAssessment, ...]:
        """Every measure, in the order of the plan."""
        return tuple(m for priority in self.priorities for m in priority.measures)

    @cached_property
    def action_tally(self) -> Tally:
        """How many actions of each status."""
        return tally(action.verdict.status for action in self.actions)

    @cached_property
    def measure_tally(self) -> Tally:
        """How many measures of each status."""
        return tally(measure.verdict.status for measure in self.measures)

    @cached_property
    def workloads(self) -> tuple[Workload, ...]:
        """What each partner leads and owns, most actions first."""
        led, owned = _by_lead(self.actions), _by_owner(self.measures)
        loads = (
            Workload(partner, tuple(led[partner]), tuple(owned[partner]))
            for partner in led.keys() | owned.keys()
        )
        return tuple(sorted(loads, key=lambda w: (-len(w.actions), w.partner.name)))


def assess(plan: PlanFacts, as_at: date) -> PlanAssessment:
    """Return the verdict on every part of a plan as at a day."""
    return PlanAssessment(
        plan, as_at, tuple(_priority(priority, plan.rules, as_at) for priority in plan.priorities)
    )


#: Measures that are kept assessed: after a write all but one are as they were.
_KEPT = 256


@lru_cache(_KEPT)
def assess_measure(measure: MeasureFacts, rules: StatusRules, as_at: date) -> MeasureAssessment:
    """Return the verdict on one measure, with what it was worked out from."""
    latest = max(measure.observations, key=lambda o: o.period_start, default=None)
    analysis = analyse(measure, rules, as_at)
    verdict = status_of(analysis)
    judged = standing_judgement(measure.judgement, verdict.status, as_at)
    return MeasureAssessment(measure, verdict, analysis, latest, judged)


def _priority(facts: PriorityFacts, rules: StatusRules, as_at: date) -> PriorityAssessment:
    objectives = tuple(_objective(objective, rules, as_at) for objective in facts.objectives)
    lights = [ChildLight(o.facts.is_critical, o.verdict.status) for o in objectives]
    verdict = priority_status(lights)
    judged = standing_judgement(facts.judgement, verdict.status, as_at)
    return PriorityAssessment(facts, verdict, objectives, judged)


def _objective(facts: ObjectiveFacts, rules: StatusRules, as_at: date) -> ObjectiveAssessment:
    actions = tuple(
        ActionAssessment(action, action_status(action, rules, as_at)) for action in facts.actions
    )
    measures = tuple(assess_measure(measure, rules, as_at) for measure in facts.measures)
    shown = outcome([MeasureLight(m.facts.standing, m.verdict.status) for m in measures])
    done = delivery([ChildLight(a.facts.is_critical, a.verdict.status) for a in actions])
    verdict = objective_status(shown.status, done.status)
    judged = standing_judgement(facts.judgement, verdict.status, as_at)
    return ObjectiveAssessment(facts, verdict, shown, done, actions, measures, judged)


def _by_lead(actions: Iterable[ActionAssessment]) -> dict[PartnerFacts, list[ActionAssessment]]:
    led: dict[PartnerFacts, list[ActionAssessment]] = defaultdict(list)
    for action in actions:
        led[action.facts.lead].append(action)
    return led


def _by_owner(measures: Iterable[MeasureAssessment]) -> dict[PartnerFacts, list[MeasureAssessment]]:
    owned: dict[PartnerFacts, list[MeasureAssessment]] = defaultdict(list)
    for measure in measures:
        owned[measure.facts.owner].append(measure)
    return owned

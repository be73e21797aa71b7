"""A whole plan assessed: its facts, each with the verdict on it, as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.facts import (
    ActionFacts,
    MeasureFacts,
    ObjectiveFacts,
    ObservationFacts,
    PartnerFacts,
    PlanFacts,
    PriorityFacts,
)
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
from tracker.domain.status import ReasonCode, Verdict, action_status, measure_status
from tracker.domain.targets import Position, position


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
    """A measure, the verdict on it, and where it stands against its path.

    :param position: ``None`` where no value counts.
    :param latest: what is known of the newest reported period; ``None`` if nothing ever was.
    """

    facts: MeasureFacts
    verdict: Verdict
    position: Position | None
    latest: ObservationFacts | None


@dataclass(frozen=True, slots=True)
class ObjectiveAssessment:
    """An objective with its two lights."""

    facts: ObjectiveFacts
    verdict: Verdict
    outcome: Verdict
    delivery: Verdict
    actions: tuple[ActionAssessment, ...]
    measures: tuple[MeasureAssessment, ...]


@dataclass(frozen=True, slots=True)
class PriorityAssessment:
    """A priority or strand with its objectives."""

    facts: PriorityFacts
    verdict: Verdict
    objectives: tuple[ObjectiveAssessment, ...]

    @property
    def actions(self) -> tuple[ActionAssessment, ...]:
        """Its actions, in the order of the plan."""
        return tuple(action for objective in self.objectives for action in objective.actions)

    @property
    def measures(self) -> tuple[MeasureAssessment, ...]:
        """Its measures, in the order of the plan."""
        return tuple(measure for objective in self.objectives for measure in objective.measures)

    @property
    def objective_tally(self) -> Tally:
        """How many objectives of each status."""
        return tally(objective.verdict.status for objective in self.objectives)

    @property
    def action_tally(self) -> Tally:
        """How many actions of each status."""
        return tally(action.verdict.status for action in self.actions)

    @property
    def measure_tally(self) -> Tally:
        """How many measures of each status."""
        return tally(measure.verdict.status for measure in self.measures)


@dataclass(frozen=True, slots=True)
class Workload:
    """What one partner has to do in the plan."""

    partner: PartnerFacts
    actions: tuple[ActionAssessment, ...]
    measures: tuple[MeasureAssessment, ...]

    @property
    def action_tally(self) -> Tally:
        """How many of its actions of each status."""
        return tally(action.verdict.status for action in self.actions)

    @property
    def overdue(self) -> int:
        """How many of its actions are past their due date."""
        return sum(action.is_overdue for action in self.actions)


@dataclass(frozen=True, slots=True)
class PlanAssessment:
    """A plan as at a day."""

    facts: PlanFacts
    as_at: date
    priorities: tuple[PriorityAssessment, ...]

    @property
    def objectives(self) -> Iterator[ObjectiveAssessment]:
        """Every objective, in the order of the plan."""
        return (objective for priority in self.priorities for objective in priority.objectives)

    @property
    def actions(self) -> Iterator[ActionAssessment]:
        """Every action, in the order of the plan."""
        return (action for priority in self.priorities for action in priority.actions)

    @property
    def measures(self) -> Iterator[MeasureAssessment]:
        """Every measure, in the order of the plan."""
        return (measure for priority in self.priorities for measure in priority.measures)

    @property
    def action_tally(self) -> Tally:
        """How many actions of each status."""
        return tally(action.verdict.status for action in self.actions)

    @property
    def measure_tally(self) -> Tally:
        """How many measures of each status."""
        return tally(measure.verdict.status for measure in self.measures)

    @property
    def workloads(self) -> tuple[Workload, ...]:
        """What each partner leads and owns, most actions first."""
        partners = {a.facts.lead.id: a.facts.lead for a in self.actions}
        partners |= {m.facts.owner.id: m.facts.owner for m in self.measures}
        loads = (self._workload(partner) for partner in partners.values())
        return tuple(sorted(loads, key=lambda w: (-len(w.actions), w.partner.name)))

    def _workload(self, partner: PartnerFacts) -> Workload:
        actions = tuple(a for a in self.actions if a.facts.lead.id == partner.id)
        measures = tuple(m for m in self.measures if m.facts.owner.id == partner.id)
        return Workload(partner, actions, measures)


def assess(plan: PlanFacts, as_at: date) -> PlanAssessment:
    """Return the verdict on every part of a plan as at a day."""
    return PlanAssessment(
        plan, as_at, tuple(_priority(priority, plan.rules, as_at) for priority in plan.priorities)
    )


def assess_measure(measure: MeasureFacts, rules: StatusRules, as_at: date) -> MeasureAssessment:
    """Return the verdict on one measure, with its position."""
    latest = max(measure.observations, key=lambda o: o.period_start, default=None)
    verdict = measure_status(measure, rules, as_at)
    return MeasureAssessment(measure, verdict, position(measure, as_at), latest)


def _priority(facts: PriorityFacts, rules: StatusRules, as_at: date) -> PriorityAssessment:
    objectives = tuple(_objective(objective, rules, as_at) for objective in facts.objectives)
    lights = [ChildLight(o.facts.is_critical, o.verdict.status) for o in objectives]
    return PriorityAssessment(facts, priority_status(lights), objectives)


def _objective(facts: ObjectiveFacts, rules: StatusRules, as_at: date) -> ObjectiveAssessment:
    actions = tuple(
        ActionAssessment(action, action_status(action, rules, as_at)) for action in facts.actions
    )
    measures = tuple(assess_measure(measure, rules, as_at) for measure in facts.measures)
    shown = outcome([MeasureLight(m.facts.standing, m.verdict.status) for m in measures])
    done = delivery([ChildLight(a.facts.is_critical, a.verdict.status) for a in actions])
    verdict = objective_status(shown.status, done.status)
    return ObjectiveAssessment(facts, verdict, shown, done, actions, measures)

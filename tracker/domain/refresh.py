"""The refresh: what becomes of each item of a plan when the next one begins.

The facts propose a decision for every item; a proposal stays one until a person decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.assessment import (
    ActionAssessment,
    MeasureAssessment,
    ObjectiveAssessment,
    PlanAssessment,
)
from tracker.domain.facts import ActionFacts, MeasureFacts, ObjectiveFacts, PriorityFacts
from tracker.domain.texts import checked
from tracker.domain.vocabulary import ActionState, Decision, ItemKind, Standing, Status
from tracker.domain.wording import plain_date

#: What proposals are made for; milestones go with their action.
_Item = PriorityFacts | ObjectiveFacts | ActionFacts | MeasureFacts
#: An item: what kind it is, and its id among its kind.
ItemKey = tuple[ItemKind, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the facts suggest for one item, with the reason."""

    kind: ItemKind
    item_id: int
    code: str
    title: str
    decision: Decision
    reason: str

    @property
    def key(self) -> ItemKey:
        """Which item it is for."""
        return (self.kind, self.item_id)


@dataclass(frozen=True, slots=True)
class DecisionDetails:
    """A decision as it is typed.

    :param new_wording: new wording, date, target or lead; needed to amend or add.
    """

    decision: Decision
    reason: str
    new_wording: str = ""

    def checked(self) -> "DecisionDetails":
        """Return the decision with trimmed texts; raise RuleBroken beside the field."""
        changes = self.decision in (Decision.AMEND, Decision.ADD)
        label = "the new item" if self.decision is Decision.ADD else "what changes"
        wording = checked(
            self.new_wording, "new_wording", label=label, longest=1000, needed=changes
        )
        reason = checked(self.reason, "reason", label="the reason", longest=1000)
        return replace(self, new_wording=wording, reason=reason)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that a person has made.

    :param item_id: ``None`` for a new item.
    """

    id: int
    version: int
    kind: ItemKind
    item_id: int | None
    decision: Decision
    new_wording: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class RefreshItem:
    """An item with what is proposed for it, and what was decided if somebody has."""

    proposal: Proposal
    decided: Decided | None

    @property
    def decision(self) -> Decision:
        """What becomes of it as things stand."""
        return self.decided.decision if self.decided else self.proposal.decision

    @property
    def reason(self) -> str:
        """Why."""
        return self.decided.reason if self.decided else self.proposal.reason


def refresh_items(
    plan: PlanAssessment, decisions: Mapping[ItemKey, Decided]
) -> tuple[RefreshItem, ...]:
    """Return each item of the plan once, in the plan's order, with what was decided for it."""
    return tuple(RefreshItem(p, decisions.get(p.key)) for p in propose(plan))


def propose(plan: PlanAssessment) -> tuple[Proposal, ...]:
    """Return exactly one proposal for each priority, objective, action and measure, in order."""
    return tuple(_proposals(plan))


def _proposals(plan: PlanAssessment) -> Iterator[Proposal]:
    ends_on = plan.facts.ends_on
    for priority in plan.priorities:
        kept = (Decision.KEEP, "Carried into the next plan")
        yield _proposal(ItemKind.PRIORITY, priority.facts, kept)
        for objective in priority.objectives:
            yield _proposal(ItemKind.OBJECTIVE, objective.facts, _for_objective(objective))
            for action in objective.actions:
                yield _proposal(ItemKind.ACTION, action.facts, _for_action(action, ends_on))
            for measure in objective.measures:
                yield _proposal(ItemKind.MEASURE, measure.facts, _for_measure(measure))


def _proposal(kind: ItemKind, item: _Item, suggested: tuple[Decision, str]) -> Proposal:
    decision, reason = suggested
    return Proposal(kind, item.id, item.code, item.title, decision, reason)


def _for_objective(objective: ObjectiveAssessment) -> tuple[Decision, str]:
    if not objective.measures:
        return Decision.AMEND, "No measure shows whether it is reached: give it one"
    if objective.verdict.status is Status.NOT_EVIDENCED:
        return Decision.AMEND, "Its measures cannot show yet whether it is reached"
    if objective.outcome.status is Status.RED and objective.delivery.status is Status.GREEN:
        return Decision.AMEND, "Delivered but not working: rethink its actions"
    return Decision.KEEP, "Carried into the next plan"


def _for_action(action: ActionAssessment, ends_on: date) -> tuple[Decision, str]:
    facts = action.facts
    if action.verdict.status is Status.COMPLETE:
        return Decision.CLOSE, "Complete"
    if facts.latest is not None and facts.latest.state is ActionState.CANCELLED:
        return Decision.CLOSE, "Cancelled"
    if facts.latest is None and action.verdict.status is not Status.NOT_STARTED:
        return Decision.AMEND, "Never reported on: say what it is to be now, or close it"
    due = plain_date(facts.due_on)
    if facts.due_on > ends_on:
        return Decision.KEEP, f"It runs on until {due}"
    if action.is_overdue:
        return Decision.KEEP, f"Overdue since {due}: set a new date"
    return Decision.KEEP, f"Not complete yet, due {due}: set a new date"


def _for_measure(measure: MeasureAssessment) -> tuple[Decision, str]:
    facts = measure.facts
    if not any(observation.state.has_value for observation in facts.observations):
        return Decision.AMEND, "It has no value: find a source, or measure something else"
    if facts.standing is Standing.CONTEXT:
        return Decision.KEEP, "Shown for context; it is not rated"
    if facts.target is None or facts.target.target is None:
        return Decision.AMEND, "It has no target: set one"
    if measure.verdict.status is Status.NO_DATA:
        return Decision.AMEND, "Its latest value is overdue: settle who supplies it, and when"
    return Decision.KEEP, "The series goes on"

"""Where a person sees a status differently from the computed one, over a whole plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.assessment import (
    MeasureAssessment,
    ObjectiveAssessment,
    PlanAssessment,
    PriorityAssessment,
)
from tracker.domain.judgements import StandingJudgement, severity
from tracker.domain.status import Verdict
from tracker.domain.vocabulary import ItemKind
from tracker.domain.wording import count_words

#: An item that can be judged, with its verdict.
JudgedItem = MeasureAssessment | ObjectiveAssessment | PriorityAssessment


@dataclass(frozen=True, slots=True)
class Judgeable:
    """An item that can be judged, and the priority it belongs to; of a priority, itself."""

    kind: ItemKind
    item: JudgedItem
    priority: PriorityAssessment

    @property
    def id(self) -> int:
        """The item's id."""
        return self.item.facts.id

    @property
    def name(self) -> str:
        """The item's code and title."""
        return f"{self.item.facts.code} {self.item.facts.title}"

    @property
    def verdict(self) -> Verdict:
        """What was worked out."""
        return self.item.verdict


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A judgement that stands beside a computed status, or awaits a second to do so."""

    about: Judgeable
    judgement: StandingJudgement

    @property
    def badness(self) -> int:
        """How bad the worse of the two statuses is."""
        return max(severity(self.about.verdict.status), severity(self.judgement.facts.status))


def judgeable(plan: PlanAssessment) -> Iterator[Judgeable]:
    """Yield every priority, objective and measure, each parent before what stands under it."""
    for priority in plan.priorities:
        yield Judgeable(ItemKind.PRIORITY, priority, priority)
        for objective in priority.objectives:
            yield Judgeable(ItemKind.OBJECTIVE, objective, priority)
            for measure in objective.measures:
                yield Judgeable(ItemKind.MEASURE, measure, priority)


def find_judgeable(plan: PlanAssessment, kind: ItemKind, item_id: int) -> Judgeable | None:
    """Return one item of the plan, ``None`` where it is not in it or may not be known of."""
    return next((j for j in judgeable(plan) if j.kind is kind and j.id == item_id), None)


def disagreements(plan: PlanAssessment) -> tuple[Disagreement, ...]:
    """Return the judgements that stand beside a status, worst first, else in the plan's order."""
    found = (
        Disagreement(about, about.item.judgement)
        for about in judgeable(plan)
        if about.item.judgement is not None and about.item.judgement.is_shown
    )
    return tuple(sorted(found, key=lambda one: -one.badness))


def disagreement_sentence(found: Sequence[Disagreement]) -> str:
    """Return how many statuses people see differently, as one sentence.

    >>> disagreement_sentence([])
    'Every status is as computed.'
    """
    waiting = sum(one.judgement.is_awaiting_second for one in found)
    counted = len(found) - waiting
    if not counted and not waiting:
        return "Every status is as computed."
    if not counted:
        judgements = "judgement awaits" if waiting == 1 else "judgements await"
        return f"{count_words(waiting)} {judgements} a second; every status is as computed."
    statuses = "status is" if counted == 1 else "statuses are"
    sentence = f"{count_words(counted)} {statuses} judged differently from what is computed"
    if not waiting:
        return f"{sentence}."
    awaits = "awaits" if waiting == 1 else "await"
    return f"{sentence}; {count_words(waiting).lower()} more {awaits} a second."

"""The one sentence that a page opens with: worst first, figures with denominators."""

from dataclasses import dataclass

from tracker.domain.assessment import PlanAssessment, PriorityAssessment
from tracker.domain.vocabulary import PriorityKind, Status
from tracker.domain.wording import count_words

#: What the sentence looks for, in this order; missing evidence is said beside a rating too.
_RATED_WORST = (Status.RED, Status.AMBER)
_WORST = (*_RATED_WORST, Status.NOT_EVIDENCED)
_WORDS = {
    Status.RED: "red",
    Status.AMBER: "amber",
    Status.NOT_EVIDENCED: "not evidenced",
    Status.GREEN: "green",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; ``about`` is the anchor of its explanation, empty for plain text."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """A verdict, and the sentence that goes on from it in pieces that can be links."""

    verdict: str
    rest: tuple[Part, ...]

    @property
    def sentence(self) -> str:
        """Both as one text."""
        return " ".join(part for part in (self.verdict, "".join(p.text for p in self.rest)) if part)


@dataclass(frozen=True, slots=True)
class Worst:
    """How many priorities stand worst.

    :param whole: of how many; strands count only where there is nothing else.
    :param unproven: how many have no evidence, where the worst is a rating; else 0.
    """

    status: Status
    count: int
    whole: int
    unproven: int


def plan_headline(plan: PlanAssessment) -> Headline:
    """Return how a plan stands: its priorities, then its actions, measures and silences."""
    if not plan.priorities:
        return Headline("This plan has no priorities yet.", ())
    if not plan.action_tally.total and not plan.measure_tally.total:
        return Headline("This plan has no actions and no measures yet.", ())
    return Headline(_verdict(plan), _rest(plan))


def judged_by(plan: PlanAssessment) -> tuple[PriorityAssessment, ...]:
    """Return the priorities that a plan is judged by: its strands only where it has no other."""
    chosen = (p for p in plan.priorities if p.facts.kind is PriorityKind.PRIORITY)
    return tuple(chosen) or plan.priorities


def worst_priorities(plan: PlanAssessment) -> Worst:
    """Return how many priorities stand worst; a plan without any is green."""
    statuses = [p.verdict.status for p in judged_by(plan)]
    worst = next((status for status in _WORST if status in statuses), Status.GREEN)
    unproven = statuses.count(Status.NOT_EVIDENCED) if worst in _RATED_WORST else 0
    return Worst(worst, statuses.count(worst), len(statuses), unproven)


def _verdict(plan: PlanAssessment) -> str:
    worst = worst_priorities(plan)
    unproven, count = worst.unproven, worst.count
    more = (
        f" and {count_words(unproven).lower()} {_are(unproven)} not evidenced" if unproven else ""
    )
    return f"{_some(count, worst.whole)} {_are(count)} {_WORDS[worst.status]}{more}."


def _some(count: int, whole: int) -> str:
    total = count_words(whole).lower()
    if count == whole:
        return "The one priority" if whole == 1 else f"All {total} priorities"
    return f"{count_words(count)} of {total} priorities"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _rest(plan: PlanAssessment) -> tuple[Part, ...]:
    actions, measures = plan.action_tally, plan.measure_tally
    pieces = [
        _piece(actions.of(Status.RED), actions.total, "action", "off track", "actions-red"),
        _piece(measures.of(Status.RED), measures.total, "measure", "red", "measures-red"),
        _piece(
            actions.of(Status.NOT_UPDATED),
            actions.total,
            "action",
            "not updated",
            "actions-not_updated",
        ),
        _without_data(measures.of(Status.NO_DATA), "measures-no_data"),
    ]
    said = [piece for piece in pieces if piece is not None]
    if not said:
        return (Part("No action is off track, and everything was reported."),)
    parts: list[Part] = []
    for place, piece in enumerate(said):
        joint = "" if not place else (" and " if place == len(said) - 1 else ", ")
        parts += [Part(joint), piece] if joint else [piece]
    return (*parts, Part("."))


def _piece(count: int, whole: int, noun: str, word: str, about: str) -> Part | None:
    if not count:
        return None
    plural = noun if whole == 1 else f"{noun}s"
    return Part(f"{count:,} of {whole:,} {plural} {_are(count)} {word}", about)


def _without_data(count: int, about: str) -> Part | None:
    if not count:
        return None
    return Part(
        f"{count:,} measure has no data" if count == 1 else f"{count:,} measures have no data",
        about,
    )

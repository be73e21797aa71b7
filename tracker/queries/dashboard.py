"""The board's dashboard: how the plan stands, what is off track, what was not reported."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.assessment import (
    ActionAssessment,
    MeasureAssessment,
    PlanAssessment,
    PriorityAssessment,
)
from tracker.domain.facts import ActionFacts, PartnerFacts, UpdateFacts
from tracker.domain.vocabulary import PriorityKind, Standing, Status
from tracker.queries.assessed import assessed_plan
from tracker.queries.heads import PlanHead
from tracker.queries.reading import Reading

#: What is an exception at all, and what was not reported, where nothing narrows it.
OFF_TRACK = frozenset({Status.RED})
SILENT = frozenset({Status.NOT_UPDATED, Status.NO_DATA})
#: What the filter by status offers, and which statuses it means.
STATUS_FILTERS: dict[str, tuple[str, frozenset[Status]]] = {
    "off-track": ("Off track or red", OFF_TRACK),
    "at-risk": ("At risk or amber", frozenset({Status.AMBER})),
    "not-reported": ("Not reported", SILENT),
}
#: Exceptions that are told in full; the rest are folded lines.
TOLD_IN_FULL = 5


@dataclass(frozen=True, slots=True)
class DashboardFilter:
    """What the reader narrowed the dashboard to; ``None`` is everything."""

    priority_id: int | None = None
    partner_id: int | None = None
    status: str | None = None

    @classmethod
    def of(cls, priority: str | None, partner: str | None, status: str | None) -> "DashboardFilter":
        """Read the filter from an address; what it does not know counts as everything."""
        return cls(_id(priority), _id(partner), status if status in STATUS_FILTERS else None)

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != DashboardFilter()

    @property
    def statuses(self) -> frozenset[Status]:
        """The statuses that are listed: those off track or silent unless others are asked for."""
        return STATUS_FILTERS[self.status][1] if self.status else OFF_TRACK | SILENT

    def admits(self, line: "ExceptionLine") -> bool:
        """Whether an action or measure is wanted."""
        is_partner = self.partner_id in (None, line.partner.id)
        return is_partner and line.status in self.statuses


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """An action or measure to look at, with the priority it belongs to."""

    priority: PriorityAssessment
    item: ActionAssessment | MeasureAssessment

    @property
    def is_action(self) -> bool:
        """Whether it is an action; else it is a measure."""
        return isinstance(self.item, ActionAssessment)

    @property
    def partner(self) -> PartnerFacts:
        """Who leads the action or owns the measure."""
        facts = self.item.facts
        return facts.lead if isinstance(facts, ActionFacts) else facts.owner

    @property
    def status(self) -> Status:
        """Its status."""
        return self.item.verdict.status

    @property
    def last_words(self) -> UpdateFacts | None:
        """What was last said of an action; ``None`` for measures and where nothing was."""
        facts = self.item.facts
        return facts.latest if isinstance(facts, ActionFacts) else None

    @property
    def help_needed(self) -> str:
        """What its lead last asked for; empty if nothing."""
        return self.last_words.help_needed if self.last_words else ""


@dataclass(frozen=True, slots=True)
class Board:
    """A dashboard, filtered.

    :param exceptions: what is off track, those that ask something of the board first.
    :param silent: what was not reported.
    """

    plan: PlanAssessment
    priorities: tuple[PriorityAssessment, ...]
    strands: tuple[PriorityAssessment, ...]
    exceptions: tuple[ExceptionLine, ...]
    silent: tuple[ExceptionLine, ...]

    @property
    def told(self) -> tuple[ExceptionLine, ...]:
        """The exceptions that are told in full: what is asked of the board comes first."""
        return self.exceptions[:TOLD_IN_FULL]

    @property
    def folded(self) -> tuple[ExceptionLine, ...]:
        """The other exceptions."""
        return self.exceptions[TOLD_IN_FULL:]

    @property
    def asked(self) -> int:
        """How many exceptions ask something of the board."""
        return sum(bool(line.help_needed) for line in self.exceptions)


def board_dashboard(
    session: Session, head: PlanHead, reading: Reading, wanted: DashboardFilter
) -> Board:
    """Return the dashboard. Six queries, none if the plan is kept."""
    plan = assessed_plan(session, head, reading)
    chosen = [p for p in plan.priorities if wanted.priority_id in (None, p.facts.id)]
    lines = [line for p in chosen for line in _lines(p) if wanted.admits(line)]
    told = [line for line in lines if line.status not in SILENT]
    return Board(
        plan=plan,
        priorities=_of_kind(chosen, PriorityKind.PRIORITY),
        strands=_of_kind(chosen, PriorityKind.STRAND),
        exceptions=tuple(sorted(told, key=lambda line: not line.help_needed)),
        silent=tuple(line for line in lines if line.status in SILENT),
    )


def headline(priority: PriorityAssessment) -> MeasureAssessment | None:
    """Return the measure that stands for a priority: its first headline measure."""
    measures = [m for objective in priority.objectives for m in objective.measures]
    first = (m for m in measures if m.facts.standing is Standing.HEADLINE)
    return next(first, measures[0] if measures else None)


def _lines(priority: PriorityAssessment) -> Iterable[ExceptionLine]:
    """Yield a priority's actions and measures, in the order of the plan."""
    for objective in priority.objectives:
        yield from (ExceptionLine(priority, action) for action in objective.actions)
        yield from (ExceptionLine(priority, measure) for measure in objective.measures)


def _of_kind(
    priorities: Iterable[PriorityAssessment], kind: PriorityKind
) -> tuple[PriorityAssessment, ...]:
    return tuple(p for p in priorities if p.facts.kind is kind)


def _id(text: str | None) -> int | None:
    digits = text or ""
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None

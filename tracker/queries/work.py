"""A lead's own work: what they lead and own, what is due, and what they last said."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.assessment import ActionAssessment, MeasureAssessment, PlanAssessment
from tracker.domain.periods import Period
from tracker.domain.series import Release, expected_periods
from tracker.domain.vocabulary import Status
from tracker.queries.assessed import assessed_plan
from tracker.queries.heads import PlanHead
from tracker.queries.reading import Reading

#: Statuses of actions on which nothing more is reported.
_ENDED = (Status.COMPLETE, Status.CLOSED)
#: Days since the last update after which an action is asked for again: a month.
FRESH_DAYS = 31


@dataclass(frozen=True, slots=True)
class ActionTask:
    """An action of the partner; ``is_due`` asks for an update."""

    item: ActionAssessment
    is_due: bool
    days_since: int | None


@dataclass(frozen=True, slots=True)
class MeasureTask:
    """A measure of the partner, with the ended periods that have no answer, oldest first."""

    item: MeasureAssessment
    missing: tuple[Period, ...]
    overdue: int
    next_due_on: date | None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that one partner reports on."""

    actions: tuple[ActionTask, ...]
    measures: tuple[MeasureTask, ...]

    @property
    def due(self) -> int:
        """How many items ask for something."""
        return len(self.due_actions) + len(self.due_measures)

    @property
    def total(self) -> int:
        """How many items there are to report on."""
        return len(self.actions) + len(self.measures)

    @property
    def due_actions(self) -> tuple[ActionTask, ...]:
        """Actions that ask for an update, the longest silent first."""
        due = [task for task in self.actions if task.is_due]
        return tuple(sorted(due, key=lambda t: -(t.days_since or 10_000)))

    @property
    def due_measures(self) -> tuple[MeasureTask, ...]:
        """Measures with a period to answer, the most overdue first."""
        due = [task for task in self.measures if task.missing]
        return tuple(sorted(due, key=lambda t: -t.overdue))

    @property
    def done_actions(self) -> tuple[ActionTask, ...]:
        """Actions that ask for nothing now."""
        return tuple(task for task in self.actions if not task.is_due)

    @property
    def done_measures(self) -> tuple[MeasureTask, ...]:
        """Measures that ask for nothing now."""
        return tuple(task for task in self.measures if not task.missing)


def work_of_partner(session: Session, head: PlanHead, reading: Reading, partner_id: int) -> Work:
    """Return what a partner reports on. Six queries, none if the plan is kept."""
    plan = assessed_plan(session, head, reading)
    return Work(_actions(plan, partner_id), _measures(plan, partner_id))


def _actions(plan: PlanAssessment, partner_id: int) -> tuple[ActionTask, ...]:
    mine = (a for a in plan.actions if a.facts.lead.id == partner_id)
    return tuple(_action_task(action, plan.as_at) for action in mine)


def _action_task(action: ActionAssessment, as_at: date) -> ActionTask:
    latest = action.facts.latest
    since = (as_at - latest.known_on).days if latest else None
    is_live = action.verdict.status not in (*_ENDED, Status.NOT_STARTED)
    return ActionTask(action, is_live and (since is None or since > FRESH_DAYS), since)


def _measures(plan: PlanAssessment, partner_id: int) -> tuple[MeasureTask, ...]:
    mine = (m for m in plan.measures if m.facts.owner.id == partner_id)
    return tuple(_measure_task(measure, plan.as_at) for measure in mine)


def _measure_task(measure: MeasureAssessment, as_at: date) -> MeasureTask:
    expected = expected_periods(measure.facts, as_at)
    missing = [e for e in expected if e.release in (Release.AWAITED, Release.OVERDUE)]
    ahead = [e.due_on for e in expected if e.release in (Release.AWAITED, Release.OPEN)]
    return MeasureTask(
        item=measure,
        missing=tuple(e.period for e in missing),
        overdue=sum(e.release is Release.OVERDUE for e in missing),
        next_due_on=min(ahead, default=None),
    )

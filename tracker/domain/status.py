"""The status of one action and of one measure, with the reasons for it.

Section 3 of the status design: pure functions of facts, rules and a day. Measures are rated
by their target alone; a status is never carried past a value that is overdue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from tracker.domain.facts import ActionFacts, MeasureFacts, ObservationFacts, UpdateFacts
from tracker.domain.periods import Period
from tracker.domain.rules import StatusRules
from tracker.domain.series import first_due_on, last_due
from tracker.domain.targets import Position, position, rate
from tracker.domain.vocabulary import (
    ActionState,
    Confidence,
    Direction,
    ObservationState,
    Standing,
    Status,
)
from tracker.domain.wording import days, number, plain_date


class ReasonCode(StrEnum):
    """Why a status is what it is."""

    CANCELLED = "cancelled"
    COMPLETED = "completed"
    OPEN_MILESTONE = "open_milestone"
    STARTS_LATER = "starts_later"
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    LOW_CONFIDENCE = "low_confidence"
    MILESTONES_LATE = "milestones_late"
    BEHIND = "behind"
    MILESTONE_LATE = "milestone_late"
    MEDIUM_CONFIDENCE = "medium_confidence"
    BEHIND_A_LITTLE = "behind_a_little"
    NOT_SIGNED_OFF = "not_signed_off"
    DUE_DATE_MOVED = "due_date_moved"
    SILENT = "silent"
    ON_TRACK = "on_track"
    CONTEXT = "context"
    NO_VALUE = "no_value"
    VALUE_OVERDUE = "value_overdue"
    WITHHELD = "withheld"
    NOT_COLLECTED = "not_collected"
    NO_TARGET = "no_target"
    BY_TARGET = "by_target"
    PROVISIONAL = "provisional"
    ROLLED_UP = "rolled_up"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as a short fact, and how bad it alone would make the status."""

    code: ReasonCode
    severity: Status
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with its reasons, those that decide first."""

    status: Status
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> str:
        """The first reason; empty if there is none."""
        return self.reasons[0].sentence if self.reasons else ""


def action_status(action: ActionFacts, rules: StatusRules, as_at: date) -> Verdict:
    """Return the status of an action on a day: the first line of the design that holds."""
    settled = _settled(action, as_at)
    return settled if settled is not None else _running(action, rules, as_at)


def measure_status(measure: MeasureFacts, rules: StatusRules, as_at: date) -> Verdict:  # noqa: ARG001
    """Return the status of a measure on a day, by its target.

    :param rules: thresholds; those of the chart of a measure will come from them.
    """
    if measure.standing is Standing.CONTEXT or measure.direction is Direction.NEUTRAL:
        return _one(Status.NOT_RATED, ReasonCode.CONTEXT, "context: shown, not rated")
    missing = _missing(measure, as_at)
    if missing is not None:
        return Verdict(Status.NO_DATA, (missing,))
    with_all = position(measure, as_at)
    if with_all is None:
        return Verdict(Status.NO_DATA, (_no_value_yet(measure),))
    if with_all.required is None:
        return _one(Status.NOT_RATED, ReasonCode.NO_TARGET, "no target is set")
    return _rated(measure, with_all, as_at)


def _one(status: Status, code: ReasonCode, sentence: str) -> Verdict:
    return Verdict(status, (Reason(code, status, sentence),))


def _settled(action: ActionFacts, as_at: date) -> Verdict | None:
    """Return the verdict that no trigger changes: ended, or not to be started yet."""
    update = action.latest
    if update is not None and update.state is ActionState.CANCELLED:
        return _one(Status.CLOSED, ReasonCode.CANCELLED, f"cancelled: {update.happened}")
    if update is not None and update.state is ActionState.COMPLETED:
        return _completed(action, update)
    is_blocked = update is not None and update.is_blocked
    if action.starts_on > as_at and not is_blocked:
        starts = f"starts on {plain_date(action.starts_on)}"
        return _one(Status.NOT_STARTED, ReasonCode.STARTS_LATER, starts)
    return None


def _running(action: ActionFacts, rules: StatusRules, as_at: date) -> Verdict:
    """Return the verdict on an action that is going on: the worst of its triggers."""
    red = tuple(_red_triggers(action, rules, as_at))
    amber = tuple(_amber_triggers(action, rules, as_at))
    if red:
        return Verdict(Status.RED, red + amber)
    silence = _silence(action, rules, as_at)
    if silence is not None:
        return Verdict(Status.NOT_UPDATED, (silence, *amber))
    if amber:
        return Verdict(Status.AMBER, amber)
    due = f"due {plain_date(action.due_on)}"
    return _one(Status.GREEN, ReasonCode.ON_TRACK, due)


def _completed(action: ActionFacts, update: UpdateFacts) -> Verdict:
    still_open = [m for m in action.milestones if m.done_on is None]
    if still_open:
        count, first = len(still_open), min(still_open, key=lambda m: (m.due_on, m.id))
        steps = "milestone is" if count == 1 else "milestones are"
        sentence = f"reported complete, but {count} {steps} open: {first.title}"
        return _one(Status.AMBER, ReasonCode.OPEN_MILESTONE, sentence)
    completed_on = action.completed_on or update.known_on
    late = (completed_on - action.baseline_due_on).days
    when = "on time" if late <= 0 else f"{days(late)} late"
    return _one(Status.COMPLETE, ReasonCode.COMPLETED, f"completed {when}")


def _red_triggers(action: ActionFacts, rules: StatusRules, as_at: date) -> Iterator[Reason]:
    """Yield what makes an action red, in the order of the design's table."""
    update = action.latest
    if as_at > action.due_on:
        overdue = days((as_at - action.due_on).days)
        yield Reason(ReasonCode.OVERDUE, Status.RED, f"{overdue} overdue")
    if update is not None and update.is_blocked:
        yield Reason(ReasonCode.BLOCKED, Status.RED, "blocked")
    if update is not None and update.confidence is Confidence.LOW:
        yield Reason(ReasonCode.LOW_CONFIDENCE, Status.RED, "low confidence")
    late = _days_late(action, as_at)
    if late and _is_late_for_red(late, rules):
        yield Reason(ReasonCode.MILESTONES_LATE, Status.RED, _late(late))
    behind = _points_behind(action, as_at)
    if behind is not None and behind > rules.behind_red_points:
        yield Reason(ReasonCode.BEHIND, Status.RED, _behind(behind))


def _amber_triggers(action: ActionFacts, rules: StatusRules, as_at: date) -> Iterator[Reason]:
    """Yield what makes an action amber, in the order of the design's table."""
    update = action.latest
    late = _days_late(action, as_at)
    if late and not _is_late_for_red(late, rules):
        yield Reason(ReasonCode.MILESTONE_LATE, Status.AMBER, _late(late))
    if update is not None and update.confidence is Confidence.MEDIUM:
        yield Reason(ReasonCode.MEDIUM_CONFIDENCE, Status.AMBER, "medium confidence")
    behind = _points_behind(action, as_at)
    if behind is not None and rules.behind_amber_points < behind <= rules.behind_red_points:
        yield Reason(ReasonCode.BEHIND_A_LITTLE, Status.AMBER, _behind(behind))
    if update is not None and update.percent == 100:
        sentence = "100% done, but not reported complete"
        yield Reason(ReasonCode.NOT_SIGNED_OFF, Status.AMBER, sentence)
    if action.due_moves >= rules.due_moves_for_amber:
        times = "twice" if action.due_moves == 2 else f"{action.due_moves} times"
        yield Reason(ReasonCode.DUE_DATE_MOVED, Status.AMBER, f"due date moved {times}")


def _days_late(action: ActionFacts, as_at: date) -> list[int]:
    """Return by how many days each open milestone is past its date; one due today is not."""
    still_open = (m for m in action.milestones if m.done_on is None)
    return [(as_at - m.due_on).days for m in still_open if as_at > m.due_on]


def _is_late_for_red(late: Sequence[int], rules: StatusRules) -> bool:
    """Whether milestones so many days late, one at least, make their action red."""
    is_very_late = max(late) > rules.milestone_very_late_days
    return is_very_late or len(late) >= rules.milestones_late_for_red


def _late(late: Sequence[int]) -> str:
    if len(late) == 1:
        return f"a milestone is {days(late[0])} late"
    return f"{len(late)} milestones late"


def _points_behind(action: ActionFacts, as_at: date) -> Decimal | None:
    """Return by how many points progress trails the time that has gone.

    ``None`` where no progress was given, and after the due date.
    """
    percent = action.latest.percent if action.latest is not None else None
    if percent is None or as_at > action.due_on:
        return None
    whole = (action.due_on - action.starts_on).days
    gone = (as_at - action.starts_on).days
    elapsed = Decimal(100) if whole <= 0 else Decimal(100 * gone) / whole
    return min(max(elapsed, Decimal(0)), Decimal(100)) - percent


def _behind(points: Decimal) -> str:
    return f"progress is {points.quantize(Decimal(1), ROUND_HALF_UP)} points behind time"


def _silence(action: ActionFacts, rules: StatusRules, as_at: date) -> Reason | None:
    since = action.latest.known_on if action.latest is not None else action.starts_on
    silent = (as_at - since).days
    if silent <= rules.silence_days:
        return None
    if action.latest is None:
        sentence = f"never reported in {days(silent)}"
    else:
        sentence = f"no update for {days(silent)}"
    return Reason(ReasonCode.SILENT, Status.NOT_UPDATED, sentence)


def _missing(measure: MeasureFacts, as_at: date) -> Reason | None:
    """Return why a measure has no data: the last period that was due has no number."""
    due = last_due(measure, as_at)
    if due is None or (due.observation is not None and due.observation.state.has_value):
        return None
    if due.observation is None:
        late = days((as_at - due.due_on).days)
        sentence = f"{due.period.short_label} is {late} overdue"
        return Reason(ReasonCode.VALUE_OVERDUE, Status.NO_DATA, sentence)
    return _without_number(due.period, due.observation)


def _without_number(period: Period, answer: ObservationFacts) -> Reason:
    if answer.state is ObservationState.WITHHELD:
        sentence = f"{period.short_label} is withheld by its owner"
        return Reason(ReasonCode.WITHHELD, Status.NO_DATA, sentence)
    sentence = f"{period.short_label} was not collected"
    return Reason(ReasonCode.NOT_COLLECTED, Status.NO_DATA, sentence)


def _no_value_yet(measure: MeasureFacts) -> Reason:
    """Return why nothing is overdue and yet no value counts."""
    newest = max(measure.observations, key=lambda o: o.period_start, default=None)
    if newest is None:
        sentence = f"first value due {plain_date(first_due_on(measure))}"
        return Reason(ReasonCode.NO_VALUE, Status.NO_DATA, sentence)
    if not newest.state.has_value:
        return _without_number(Period(measure.frequency, newest.period_start), newest)
    since = measure.target.starts_on if measure.target is not None else measure.collected_from
    sentence = f"no value yet since {plain_date(since)}"
    return Reason(ReasonCode.NO_VALUE, Status.NO_DATA, sentence)


def _rated(measure: MeasureFacts, with_all: Position, as_at: date) -> Verdict:
    """Rate with and without provisional values; the worse counts, amber at best without."""
    status = _rate(measure, with_all)
    reason = Reason(ReasonCode.BY_TARGET, status, _by_target(measure, with_all))
    if not with_all.is_latest_provisional:
        return Verdict(status, (reason,))
    final = position(measure, as_at, include_provisional=False)
    if final is None:
        return _held_back(reason, Status.AMBER, "every value is provisional: amber at best")
    return _held_back(reason, _rate(measure, final), "a provisional value cannot improve it")


def _held_back(by_target: Reason, without: Status, sentence: str) -> Verdict:
    """Return the worse of two statuses: with the provisional values and without them."""
    if _worse(by_target.severity, without) is by_target.severity:
        return Verdict(by_target.severity, (by_target,))
    provisional = Reason(ReasonCode.PROVISIONAL, without, sentence)
    return Verdict(without, (provisional, by_target))


def _rate(measure: MeasureFacts, where: Position) -> Status:
    required = where.required if where.required is not None else Decimal(0)
    return rate(where.actual, required, where.tolerance, good=measure.direction)


def _by_target(measure: MeasureFacts, where: Position) -> str:
    required = where.required if where.required is not None else Decimal(0)
    actual, asked = number(where.actual, measure.unit), number(required, measure.unit)
    so_far = " so far" if where.is_year_to_date else ""
    return f"by target: {actual}{so_far}, {asked} required by {where.period.short_label}"


def _worse(one: Status, other: Status) -> Status:
    order = (Status.GREEN, Status.AMBER, Status.RED)
    return max(one, other, key=order.index)

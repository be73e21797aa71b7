"""What a status with its reasons is, and the status of one action.

Pure functions of facts, rules and a day. The status of a measure stands in
:mod:`tracker.domain.measure_status`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from tracker.domain.facts import ActionFacts, UpdateFacts
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import ActionState, Confidence, Status
from tracker.domain.wording import days, plain_date


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
    BY_BAND = "by_band"
    BY_CHART = "by_chart"
    YEAR_UNLIKELY = "year_unlikely"
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


def verdict_of(status: Status, code: ReasonCode, sentence: str) -> Verdict:
    """Return a status with the one reason for it."""
    return Verdict(status, (Reason(code, status, sentence),))


def _settled(action: ActionFacts, as_at: date) -> Verdict | None:
    """Return the verdict that no trigger changes: ended, or not to be started yet."""
    update = action.latest
    if update is not None and update.state is ActionState.CANCELLED:
        return verdict_of(Status.CLOSED, ReasonCode.CANCELLED, f"cancelled: {update.happened}")
    if update is not None and update.state is ActionState.COMPLETED:
        return _completed(action, update)
    is_blocked = update is not None and update.is_blocked
    if action.starts_on > as_at and not is_blocked:
        starts = f"starts on {plain_date(action.starts_on)}"
        return verdict_of(Status.NOT_STARTED, ReasonCode.STARTS_LATER, starts)
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
    return verdict_of(Status.GREEN, ReasonCode.ON_TRACK, due)


def _completed(action: ActionFacts, update: UpdateFacts) -> Verdict:
    still_open = [m for m in action.milestones if m.done_on is None]
    if still_open:
        count, first = len(still_open), min(still_open, key=lambda m: (m.due_on, m.id))
        steps = "milestone is" if count == 1 else "milestones are"
        sentence = f"reported complete, but {count} {steps} open: {first.title}"
        return verdict_of(Status.AMBER, ReasonCode.OPEN_MILESTONE, sentence)
    completed_on = action.completed_on or update.known_on
    late = (completed_on - action.baseline_due_on).days
    when = "on time" if late <= 0 else f"{days(late)} late"
    return verdict_of(Status.COMPLETE, ReasonCode.COMPLETED, f"completed {when}")


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
    behind = points_behind(action, as_at)
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
    behind = points_behind(action, as_at)
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


def time_elapsed(action: ActionFacts, as_at: date) -> Decimal:
    """Return how much of an action's time has gone, 0 to 100: from its start to its due date."""
    whole = (action.due_on - action.starts_on).days
    gone = (as_at - action.starts_on).days
    elapsed = Decimal(100) if whole <= 0 else Decimal(100 * gone) / whole
    return min(max(elapsed, Decimal(0)), Decimal(100))


def points_behind(action: ActionFacts, as_at: date) -> Decimal | None:
    """Return by how many points progress trails the time that has gone.

    ``None`` where no progress was given, and after the due date.
    """
    percent = action.latest.percent if action.latest is not None else None
    if percent is None or as_at > action.due_on:
        return None
    return time_elapsed(action, as_at) - percent


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

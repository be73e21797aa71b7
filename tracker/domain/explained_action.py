"""The figures of an action explained: its status, its dates, its progress, its silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.explained import Explanation, explanation
from tracker.domain.explained_rules import rule_of
from tracker.domain.facts import ActionFacts, MilestoneFacts, UpdateFacts
from tracker.domain.rules import StatusRules
from tracker.domain.status import Verdict, points_behind, time_elapsed
from tracker.domain.vocabulary import ActionState, ItemKind, Unit
from tracker.domain.wording import days, number, plain_date, plain_date_range, status_label

_ENDED = (ActionState.COMPLETED, ActionState.CANCELLED)


@dataclass(frozen=True, slots=True)
class DueMove:
    """A due date that was set: the first is the baseline."""

    due_on: date
    set_on: date
    reason: str
    author: str


def explain_action(
    facts: ActionFacts,
    verdict: Verdict,
    moves: Sequence[DueMove],
    rules: StatusRules,
    as_at: date,
) -> list[Explanation]:
    """Return the explanation of each figure that a page shows of an action, in page order.

    :param moves: every due date that was set, the first one first.
    """
    parts = [
        _status(facts, verdict, rules, as_at),
        _due(facts, as_at),
        _milestones(facts, rules, as_at),
        _progress(facts, rules, as_at),
        _silence(facts, rules, as_at),
        _moves(moves, rules),
    ]
    return [part for part in parts if part is not None]


def reported(latest: UpdateFacts | None) -> str:
    """Return who last reported on an action, and when."""
    return f"{latest.author}, {plain_date(latest.known_on)}" if latest else "nobody yet"


def _status(facts: ActionFacts, verdict: Verdict, rules: StatusRules, as_at: date) -> Explanation:
    label = status_label(verdict.status, ItemKind.ACTION)
    reasons = (
        f"{reason.sentence} ({status_label(reason.severity, ItemKind.ACTION).lower()})"
        for reason in verdict.reasons
    )
    rows = [
        ("Reasons", "; ".join(reasons)),
        ("Rule", f"{label.lower()}: {rule_of(ItemKind.ACTION, verdict.status, rules)}"),
        ("Inputs", f"{plain_date_range(facts.starts_on, facts.due_on)}; {_counts(facts)}"),
        ("Critical", "its objective's delivery is red if it is" if facts.is_critical else ""),
        ("Last report", reported(facts.latest)),
        ("Rules", f"version {rules.version}, as at {plain_date(as_at)}"),
    ]
    return explanation("status", f"Status: {label}", label, rows)


def _counts(facts: ActionFacts) -> str:
    done = sum(milestone.done_on is not None for milestone in facts.milestones)
    return f"{done} of {len(facts.milestones)} milestones done"


def _due(facts: ActionFacts, as_at: date) -> Explanation | None:
    """Return how late it is or was, or how many days are left; none where it is cancelled."""
    state = facts.latest.state if facts.latest is not None else None
    if state is ActionState.CANCELLED:
        return None
    if state is ActionState.COMPLETED and facts.latest is not None:
        return _completed(facts, facts.completed_on or facts.latest.known_on)
    left = (facts.due_on - as_at).days
    if left < 0:
        figure = f"{days(-left)} overdue"
        formula = f"{plain_date(as_at)} less {plain_date(facts.due_on)} = {days(-left)}"
    else:
        figure = f"{days(left)} left"
        formula = f"{plain_date(facts.due_on)} less {plain_date(as_at)} = {days(left)}"
    rows = [
        ("Formula", formula),
        ("Rule", "Overdue from the day after the due date that is in force; it is off track then."),
        ("Baseline", f"first due {plain_date(facts.baseline_due_on)}"),
    ]
    return explanation("due", f"Due {plain_date(facts.due_on)}: {figure}", figure, rows)


def _completed(facts: ActionFacts, completed_on: date) -> Explanation:
    late = (completed_on - facts.baseline_due_on).days
    figure = f"{days(late)} late" if late > 0 else "on time"
    formula = (
        f"{plain_date(completed_on)} less {plain_date(facts.baseline_due_on)} = {days(late)}"
        if late > 0
        else f"{plain_date(completed_on)} is not after {plain_date(facts.baseline_due_on)}"
    )
    rows = [
        ("Formula", formula),
        ("Rule", "Late is judged against the first due date, however often it moved since."),
        ("In force", f"due {plain_date(facts.due_on)}"),
        ("Reported", reported(facts.latest)),
    ]
    return explanation("due", f"Reported complete: {figure}", figure, rows)


def _milestones(facts: ActionFacts, rules: StatusRules, as_at: date) -> Explanation | None:
    if not facts.milestones:
        return None
    done = sum(milestone.done_on is not None for milestone in facts.milestones)
    figure = f"{done} of {len(facts.milestones)}"
    rule = (
        f"{rules.milestones_late_for_red} late, or one more than {rules.milestone_very_late_days} "
        "days, and it is off track; one late, and it is at risk. One due today is not late."
    )
    rows = [
        ("Formula", f"{figure} = the milestones that are ticked as done, of all"),
        ("Rule", rule),
        *((one.title, _milestone(one, as_at)) for one in facts.milestones),
    ]
    return explanation("milestones", f"{figure} milestones done", figure, rows)


def _milestone(one: MilestoneFacts, as_at: date) -> str:
    due = f"due {plain_date(one.due_on)}"
    if one.done_on is not None:
        return f"{due}, done {plain_date(one.done_on)}"
    late = (as_at - one.due_on).days
    return f"{due}, {days(late)} late" if late > 0 else f"{due}, open"


def _progress(facts: ActionFacts, rules: StatusRules, as_at: date) -> Explanation | None:
    """Return what was reported to be done against the time that has gone; none without it."""
    latest = facts.latest
    if latest is None or latest.percent is None or latest.state in _ENDED:
        return None
    is_counted = points_behind(facts, as_at) is not None
    rule = _behind_rule(rules) if is_counted else "After the due date only lateness counts."
    rows = [
        ("Formula", _behind_words(facts, latest.percent, as_at)),
        ("Time elapsed", _elapsed(facts, as_at) if is_counted else ""),
        ("Rule", rule),
        ("Reported", reported(latest)),
    ]
    figure = f"{latest.percent}%"
    return explanation("progress", f"{figure} done", figure, rows)


def _behind_words(facts: ActionFacts, percent: int, as_at: date) -> str:
    behind = points_behind(facts, as_at)
    if behind is None:
        return f"as reported: {percent}%"
    elapsed, gap = _whole(time_elapsed(facts, as_at)), _whole(abs(behind))
    side = "behind" if behind > 0 else "ahead of"
    return f"{percent}% done against {elapsed}% of its time elapsed: {gap} points {side} time"


def _elapsed(facts: ActionFacts, as_at: date) -> str:
    gone, whole = (as_at - facts.starts_on).days, (facts.due_on - facts.starts_on).days
    path = plain_date_range(facts.starts_on, facts.due_on)
    return f"{max(gone, 0):,} of {whole:,} days, {path} = {_whole(time_elapsed(facts, as_at))}%"


def _whole(value: Decimal) -> str:
    return number(value, Unit.COUNT)


def _behind_rule(rules: StatusRules) -> str:
    return (
        f"More than {rules.behind_red_points} points behind is off track, more than "
        f"{rules.behind_amber_points} at risk."
    )


def _silence(facts: ActionFacts, rules: StatusRules, as_at: date) -> Explanation | None:
    """Return how long nothing was said; none where it has ended or has not begun."""
    latest = facts.latest
    if (latest is not None and latest.state in _ENDED) or facts.starts_on > as_at:
        return None
    since = latest.known_on if latest is not None else facts.starts_on
    silent = days((as_at - since).days)
    what = "the last report" if latest is not None else "the start, without any report"
    allowed = f"{rules.reporting_cycle_days} of the reporting cycle and {rules.grace_days} of grace"
    rule = f"More than {rules.silence_days} days is not updated: {allowed}. What is off track stays so."
    rows = [
        ("Formula", f"{plain_date(as_at)} less {plain_date(since)} = {silent} since {what}"),
        ("Rule", rule),
        ("Last report", reported(latest)),
    ]
    return explanation("silence", f"{silent} since {what}", silent, rows)


def _moves(moves: Sequence[DueMove], rules: StatusRules) -> Explanation | None:
    if not moves:
        return None
    count = len(moves) - 1
    times = {0: "never moved", 1: "moved once"}.get(count, f"moved {count} times")
    rows = [
        *((plain_date(move.due_on), _set(move)) for move in moves),
        ("Rule", f"Moved {rules.due_moves_for_amber} times or more is at risk."),
    ]
    return explanation("moves", f"The due date {times}", str(count), rows)


def _set(move: DueMove) -> str:
    said = f"set on {plain_date(move.set_on)} by {move.author}"
    return f"{said}: {move.reason}" if move.reason else f"{said} (the first: its baseline)"

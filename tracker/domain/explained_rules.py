"""By which rule a status comes about, in a sentence, with the thresholds in force."""

from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import ItemKind, Status


def rule_of(kind: ItemKind, status: Status, rules: StatusRules) -> str:
    """Return what gives items of a kind a status; empty where the kind does not know it."""
    if kind is ItemKind.ACTION:
        return _of_actions(rules).get(status, "")
    if kind is ItemKind.MEASURE:
        return _of_measures(rules).get(status, "")
    return (_OF_PRIORITIES if kind is ItemKind.PRIORITY else _OF_OBJECTIVES).get(status, "")


def _of_actions(rules: StatusRules) -> dict[Status, str]:
    return {
        Status.RED: (
            "overdue; blocked; low confidence; "
            f"{rules.milestones_late_for_red} milestones late, or one more than "
            f"{rules.milestone_very_late_days} days; progress more than "
            f"{rules.behind_red_points} points behind the time that has gone"
        ),
        Status.AMBER: (
            "one milestone late; medium confidence; more than "
            f"{rules.behind_amber_points} points behind; 100% done but not reported complete; "
            f"reported complete with a milestone open; due date moved "
            f"{rules.due_moves_for_amber} times or more; and nothing that makes it off track"
        ),
        Status.NOT_UPDATED: (
            f"no report for more than {rules.silence_days} days ({rules.reporting_cycle_days} of "
            f"the reporting cycle and {rules.grace_days} of grace), and not off track"
        ),
        Status.NOT_STARTED: "it starts later and is not blocked",
        Status.GREEN: "reported on in time, and nothing that makes it at risk or off track",
        Status.COMPLETE: "reported complete, with every milestone done",
        Status.CLOSED: "cancelled, with its reason",
    }


def _of_measures(rules: StatusRules) -> dict[Status, str]:
    by_points = (
        f"with {rules.chart_points} final values or more the chart decides, with fewer the target"
    )
    return {
        Status.RED: (
            "misses its target and is not improving; hit or miss and getting worse, or with a year "
            f"that is unlikely to meet it; or off by more than its tolerance: {by_points}"
        ),
        Status.AMBER: (
            "hit or miss, passing but getting worse, improving but not enough, or off by no more "
            f"than its tolerance: {by_points}; amber at best while every value is provisional"
        ),
        Status.GREEN: f"meets its target, or is on its path: {by_points}",
        Status.NO_DATA: "the last value that was due is missing, withheld or was not collected",
        Status.NOT_RATED: "shown as context, or no target is set",
    }


_OF_OBJECTIVES = {
    Status.RED: (
        "the outcome is red; or the delivery is red and the outcome is not green: the two lights "
        "are never averaged"
    ),
    Status.AMBER: (
        "the outcome is amber and the delivery is not red; or the outcome is green and the "
        "delivery is late, at risk or silent"
    ),
    Status.NOT_EVIDENCED: "nothing shows the outcome, and the delivery is not red",
    Status.GREEN: "the outcome is green, and the delivery is green or there is no live action",
}
_OF_PRIORITIES = {
    Status.RED: "a critical objective is red, or half or more of those with evidence are",
    Status.NOT_EVIDENCED: "there is no objective, or half or more have no evidence and none is red",
    Status.AMBER: "an objective is red, amber or not evidenced, but too few for a worse status",
    Status.GREEN: "every objective is green",
}

#: The lines of the three lists of :mod:`tracker.domain.rollup`, in their order.
OUTCOME_LINES = (
    "no measure is rated: not evidenced",
    "a headline measure is red: red",
    "half or more of the rated measures are red: red",
    "half or more of the headline measures have no data: not evidenced",
    "a headline measure is amber, any measure is red, or any has no data: amber",
    "half or more of the rated measures are amber: amber",
    "none of these: green",
)
DELIVERY_LINES = (
    "no action is live: none",
    "a critical action is off track: red",
    "a third or more of the actions that are reported on are off track: red",
    "more than half are not updated, and none is off track: not updated",
    "any is off track or not updated, or a third or more are at risk: amber",
    "none of these: green",
)
PRIORITY_LINES = (
    "there is no objective: not evidenced",
    "a critical objective is red: red",
    "half or more of the objectives with evidence are red: red",
    "half or more have no evidence, and none is red: not evidenced",
    "any is red, amber or not evidenced: amber",
    "none of these: green",
)

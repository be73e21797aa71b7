"""How the statuses of children make their parent's: two lights, never averaged.

Section 3 of the status design. In each list the first line that holds decides; a share of an
empty group never holds.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.domain.status import Reason, ReasonCode, Verdict
from tracker.domain.vocabulary import Standing, Status
from tracker.domain.wording import plural

_RATED = (Status.GREEN, Status.AMBER, Status.RED)


@dataclass(frozen=True, slots=True)
class MeasureLight:
    """What an objective's outcome needs to know of one measure."""

    standing: Standing
    status: Status


@dataclass(frozen=True, slots=True)
class ChildLight:
    """A child's status, and whether its parent is red when it is."""

    is_critical: bool
    status: Status


#: A line of a list: whether it holds, the status it gives, and what it found.
Line = tuple[bool, Status, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each status, worst first."""

    counts: tuple[tuple[Status, int], ...]

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(count for _status, count in self.counts)

    def of(self, *statuses: Status) -> int:
        """How many have one of these statuses."""
        return sum(count for status, count in self.counts if status in statuses)


def tally(statuses: Iterable[Status]) -> Tally:
    """Count statuses, worst first: the order of the vocabulary."""
    counted = Counter(statuses)
    return Tally(tuple((status, counted[status]) for status in Status if counted[status]))


def outcome(measures: Sequence[MeasureLight]) -> Verdict:
    """Return an objective's outcome light, from its measures."""
    return _first_that_holds(outcome_lines(measures))


def outcome_lines(measures: Sequence[MeasureLight]) -> tuple[Line, ...]:
    """Return the lines of the outcome, in order; the last one always holds."""
    statuses = [m.status for m in measures]
    headline = [m.status for m in measures if m.standing is Standing.HEADLINE]
    rated = [status for status in statuses if status in _RATED]
    red, amber, missing = map(statuses.count, (Status.RED, Status.AMBER, Status.NO_DATA))
    silent = headline.count(Status.NO_DATA)
    of_rated = f"of {plural(len(rated), 'rated measure')}"
    of_headline = f"of {plural(len(headline), 'headline measure')}"
    return (
        (not rated, Status.NOT_EVIDENCED, "no measure is rated"),
        (Status.RED in headline, Status.RED, "a headline measure is red"),
        (_is_share(red, len(rated), 2), Status.RED, f"{red} {of_rated} red"),
        (
            _is_share(silent, len(headline), 2),
            Status.NOT_EVIDENCED,
            f"{silent} {of_headline} without data",
        ),
        (
            bool(Status.AMBER in headline or red or missing),
            Status.AMBER,
            _mixed(headline, red, missing),
        ),
        (_is_share(amber, len(rated), 2), Status.AMBER, f"{amber} {of_rated} amber"),
        (True, Status.GREEN, f"{len(rated)} rated, none red or missing"),
    )


def delivery(actions: Sequence[ChildLight]) -> Verdict:
    """Return an objective's delivery light, from its live actions; complete counts as green."""
    return _first_that_holds(delivery_lines(actions))


def delivery_lines(actions: Sequence[ChildLight]) -> tuple[Line, ...]:
    """Return the lines of the delivery, in order; the last one always holds."""
    live = [a for a in actions if a.status not in (Status.CLOSED, Status.NOT_STARTED)]
    statuses = [a.status for a in live]
    red, amber, silent = map(statuses.count, (Status.RED, Status.AMBER, Status.NOT_UPDATED))
    updated = len(live) - silent
    return (
        (not live, Status.NONE, "no live action"),
        (_has_critical_red(live), Status.RED, "a critical action is off track"),
        (
            _is_share(red, updated, 3),
            Status.RED,
            f"{red} of {plural(updated, 'action')} off track",
        ),
        (
            2 * silent > len(live) and not red,
            Status.NOT_UPDATED,
            f"{silent} of {plural(len(live), 'action')} not updated",
        ),
        (
            bool(red or silent or _is_share(amber, updated, 3)),
            Status.AMBER,
            _delivery_mix(red, silent, amber, len(live)),
        ),
        (True, Status.GREEN, f"{plural(len(live), 'live action')}, on track or complete"),
    )


#: Outcome, then delivery, to the objective's status and the sentence for it.
_GRID: dict[Status, dict[Status, tuple[Status, str]]] = {
    Status.GREEN: {
        Status.GREEN: (Status.GREEN, "working"),
        Status.AMBER: (Status.AMBER, "the outcome is green, delivery is at risk"),
        Status.RED: (
            Status.AMBER,
            "working despite late delivery, check that the actions matter",
        ),
        Status.NONE: (Status.GREEN, "the outcome is green, no live action"),
        Status.NOT_UPDATED: (Status.AMBER, "the outcome is green, actions are not updated"),
    },
    Status.AMBER: {
        Status.GREEN: (Status.AMBER, "delivered, the outcome is not there yet"),
        Status.AMBER: (Status.AMBER, "outcome and delivery are at risk"),
        Status.RED: (Status.RED, "the outcome is at risk and delivery is off track"),
        Status.NONE: (Status.AMBER, "the outcome is at risk, no live action"),
        Status.NOT_UPDATED: (Status.AMBER, "the outcome is at risk, actions are not updated"),
    },
    Status.RED: {
        Status.GREEN: (Status.RED, "delivered but not working, rethink the actions"),
        Status.AMBER: (Status.RED, "the outcome is red, delivery is at risk"),
        Status.RED: (Status.RED, "neither delivered nor working"),
        Status.NONE: (Status.RED, "the outcome is red, no live action"),
        Status.NOT_UPDATED: (Status.RED, "the outcome is red, actions are not updated"),
    },
    Status.NOT_EVIDENCED: {
        Status.GREEN: (Status.NOT_EVIDENCED, "busy but unproven, get the data"),
        Status.AMBER: (Status.NOT_EVIDENCED, "unproven, delivery is at risk"),
        Status.RED: (Status.RED, "unproven, and delivery is off track"),
        Status.NONE: (Status.NOT_EVIDENCED, "no evidence and no live action"),
        Status.NOT_UPDATED: (Status.NOT_EVIDENCED, "no evidence, actions are not updated"),
    },
}


def objective_status(outcome_light: Status, delivery_light: Status) -> Verdict:
    """Return an objective's status from its two lights, with the grid's sentence."""
    status, sentence = _GRID[outcome_light][delivery_light]
    return _verdict(status, sentence)


def priority_status(objectives: Sequence[ChildLight]) -> Verdict:
    """Return a priority's status from its objectives."""
    return _first_that_holds(priority_lines(objectives))


def priority_lines(objectives: Sequence[ChildLight]) -> tuple[Line, ...]:
    """Return the lines of a priority, in order; the last one always holds."""
    statuses = [o.status for o in objectives]
    red, green, unproven = map(statuses.count, (Status.RED, Status.GREEN, Status.NOT_EVIDENCED))
    evidenced = len(statuses) - unproven
    in_all = plural(len(statuses), "objective")
    return (
        (not statuses, Status.NOT_EVIDENCED, "no objective"),
        (_has_critical_red(objectives), Status.RED, "a critical objective is red"),
        (
            _is_share(red, evidenced, 2),
            Status.RED,
            f"{red} of {plural(evidenced, 'evidenced objective') if unproven else in_all} red",
        ),
        (
            2 * unproven >= len(statuses) and not red,
            Status.NOT_EVIDENCED,
            f"{unproven} of {in_all} not evidenced",
        ),
        (
            green < len(statuses),
            Status.AMBER,
            f"{len(statuses) - green} of {in_all} not green",
        ),
        (True, Status.GREEN, f"{in_all} green"),
    )


def _first_that_holds(lines: Iterable[Line]) -> Verdict:
    """Return the verdict of the first line whose condition holds; the last one always does."""
    return next(_verdict(status, sentence) for holds, status, sentence in lines if holds)


def _is_share(count: int, whole: int, parts: int) -> bool:
    """Whether a count is one of so many parts of the whole, or more; never of an empty one."""
    return whole > 0 and parts * count >= whole


def _has_critical_red(children: Sequence[ChildLight]) -> bool:
    return any(child.is_critical and child.status is Status.RED for child in children)


def _verdict(status: Status, sentence: str) -> Verdict:
    return Verdict(status, (Reason(ReasonCode.ROLLED_UP, status, sentence),))


def _mixed(headline: Sequence[Status], red: int, missing: int) -> str:
    parts = [
        "a headline measure is amber" if Status.AMBER in headline else "",
        f"{red} red" if red else "",
        f"{missing} without data" if missing else "",
    ]
    return ", ".join(part for part in parts if part)


def _delivery_mix(red: int, silent: int, amber: int, live: int) -> str:
    parts = [
        f"{red} off track" if red else "",
        f"{silent} not updated" if silent else "",
        f"{amber} at risk" if amber else "",
    ]
    return ", ".join(part for part in parts if part) + f" of {plural(live, 'action')}"

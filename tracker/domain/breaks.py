"""Breaks in a series and the freezing of its baseline: what a person may set, and why not.

A break says that values from one period on cannot be compared with those before; a frozen
baseline says how many points of each segment set its limits for good. Both are made by people,
with a reason. The chart may suggest a break (:func:`suggested_break`); nothing makes one.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tracker.domain.dates import checked_day
from tracker.domain.errors import RuleBroken
from tracker.domain.facts import MeasureFacts
from tracker.domain.periods import Period, periods_between
from tracker.domain.spc import LEAST_BASELINE
from tracker.domain.spc_chart import Side, XmrChart
from tracker.domain.texts import checked
from tracker.domain.vocabulary import Frequency, ObservationState, Unit
from tracker.domain.wording import count_words, number

#: Characters that a reason has at least, so that it is one.
SHORTEST_REASON = 10
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class BreakDetails:
    """A break that is marked or withdrawn.

    :param starts_on: any day within the period that the break begins with.
    """

    starts_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class FreezeDetails:
    """A baseline that is frozen at so many points of each segment, or released.

    :param points: ``None`` releases it: every point counts again.
    """

    points: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The points between two breaks that count: those with a final value.

    :param begins: ``None`` for the first one, which no break begins.
    """

    begins: Period | None
    counting: int


@dataclass(frozen=True, slots=True)
class KnownSeries:
    """What is known of a measure when a break or a baseline is set.

    :param held: first day of each period that has a value.
    :param counting: those of them whose value is final.
    :param breaks: the days of the breaks that stand.
    :param baseline_points: ``None`` where the baseline is not frozen.
    """

    frequency: Frequency
    held: frozenset[date]
    counting: frozenset[date]
    breaks: frozenset[date]
    baseline_points: int | None = None

    @classmethod
    def of(cls, measure: MeasureFacts) -> "KnownSeries":
        """Return what is known of a measure by its facts."""
        present = [one for one in measure.observations if one.value is not None]
        return cls(
            frequency=measure.frequency,
            held=frozenset(one.period_start for one in present),
            counting=frozenset(
                one.period_start for one in present if one.state is ObservationState.FINAL
            ),
            breaks=frozenset(measure.breaks),
            baseline_points=measure.baseline_points,
        )

    @property
    def first(self) -> Period | None:
        """The first period with a value."""
        return Period.containing(self.frequency, min(self.held)) if self.held else None

    @property
    def broken(self) -> frozenset[Period]:
        """The periods that the standing breaks begin with."""
        return frozenset(Period.containing(self.frequency, day) for day in self.breaks)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """How many points count in each segment, the earliest first; empty ones are left out."""
        starts = sorted(self.breaks)
        counts = Counter(bisect_right(starts, day) for day in self.counting)
        return tuple(
            Stretch(
                Period.containing(self.frequency, starts[place - 1]) if place else None,
                counts[place],
            )
            for place in sorted(counts)
        )

    @property
    def longest(self) -> int:
        """How many points count in the longest segment."""
        return max((stretch.counting for stretch in self.stretches), default=0)


def periods_for_a_break(series: KnownSeries, today: date) -> list[Period]:
    """Return the ended periods that a new break may begin with, the latest first."""
    first, last = series.first, _last_ended(series.frequency, today)
    if first is None:
        return []
    broken = series.broken
    offered = periods_between(first.next(), last)
    return [period for period in reversed(offered) if period not in broken]


def check_break(details: BreakDetails, series: KnownSeries, today: date) -> BreakDetails:
    """Return the break on the first day of its period, if it may be marked on this day.

    :raises RuleBroken: beside "starts_on", where nothing before it or no ended period is left
        to compare, or the break stands already; beside "reason".
    """
    period = _period(details, series)
    first, last = series.first, _last_ended(series.frequency, today)
    if first is None:
        raise RuleBroken("No value is stored yet: a break stands between two values", "starts_on")
    if period <= first:
        raise RuleBroken(
            f"{first.label} is the first period with a value: choose a later one, so that there "
            "is something to compare with",
            "starts_on",
        )
    if period > last:
        raise RuleBroken(
            f"{period.label} is not over yet: choose {last.label} or an earlier period", "starts_on"
        )
    if period in series.broken:
        raise RuleBroken(
            f"A break from {period.label} stands already: choose another period", "starts_on"
        )
    label = "why the values before and after cannot be compared"
    return BreakDetails(period.start, _reason(details.reason, label))


def check_withdrawal(details: BreakDetails, series: KnownSeries) -> BreakDetails:
    """Return the withdrawal with the day that the break stands on.

    :raises RuleBroken: beside "starts_on", where no such break stands; beside "reason".
    """
    period = _period(details, series)
    days = [day for day in series.breaks if Period.containing(series.frequency, day) == period]
    if not days:
        raise RuleBroken(f"No break from {period.label} stands: choose one that does", "starts_on")
    day = details.starts_on if details.starts_on in days else min(days)
    return BreakDetails(day, _reason(details.reason, "why the break is withdrawn"))


def check_freeze(details: FreezeDetails, series: KnownSeries) -> FreezeDetails:
    """Return the freezing or releasing of a baseline, if it changes something that it can.

    :raises RuleBroken: beside "points" or "reason".
    """
    if details.points is None:
        if series.baseline_points is None:
            raise RuleBroken("The baseline is not frozen: every final value counts already")
        return replace(details, reason=_reason(details.reason, "why the baseline is released"))
    _check_points(details.points, series)
    return replace(details, reason=_reason(details.reason, "why the baseline is frozen"))


def _check_points(points: int, series: KnownSeries) -> None:
    longest = series.longest
    if longest < LEAST_BASELINE:
        raise RuleBroken(
            f"Wait for more values: a baseline takes {LEAST_BASELINE} final values between two "
            f"breaks, and the longest segment has {longest}",
            "points",
        )
    if points < LEAST_BASELINE:
        raise RuleBroken(
            f"Enter {LEAST_BASELINE} or more: fewer values say too little about usual variation",
            "points",
        )
    if points > longest:
        raise RuleBroken(
            f"Enter {longest} or fewer: the longest segment has {longest} final values", "points"
        )
    if points == series.baseline_points:
        raise RuleBroken(
            f"The baseline is frozen at {points} values already: enter another number", "points"
        )


def _period(details: BreakDetails, series: KnownSeries) -> Period:
    return Period.containing(series.frequency, checked_day(details.starts_on, "starts_on"))


def _last_ended(frequency: Frequency, today: date) -> Period:
    return Period.containing(frequency, today).previous()


def _reason(text: str, label: str) -> str:
    reason = checked(text, "reason", label=label, longest=LONGEST_REASON)
    if len(reason) < SHORTEST_REASON:
        raise RuleBroken(f"Say {label} in {SHORTEST_REASON} characters or more", "reason")
    return reason


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where a chart suggests a break, and what it goes by.

    :param count: how many values, from ``period`` on, lie on one ``side`` of the ``mean``.
    """

    period: Period
    count: int
    side: Side
    mean: Decimal

    def evidence(self, unit: Unit) -> str:
        """Return in one sentence what it goes by."""
        where = "above" if self.side is Side.HIGH else "below"
        return (
            f"The latest {self.count} values, from {self.period.label} on, all lie {where} the "
            f"average of {number(self.mean, unit)}"
        )


def suggested_break(chart: XmrChart, frequency: Frequency) -> Suggestion | None:
    """Return the break that a chart suggests, ``None`` if it suggests none.

    :param chart: its labels are the first days of the periods.
    """
    current, label = chart.current, chart.suggested_break
    if current is None or current.mean is None or label is None:
        return None
    later = [one.value for one in chart.points if one.label >= label and one.value is not None]
    side = Side.HIGH if later[0] > current.mean else Side.LOW
    return Suggestion(Period.containing(frequency, label), len(later), side, current.mean)


def standing_words(breaks: int, baseline_points: int | None) -> str:
    """Return in a sentence what stands.

    >>> standing_words(1, None)
    'One break stands. Every final value counts in the limits of its segment.'
    >>> standing_words(0, 24)
    'No break stands. The first 24 final values of each segment set its limits.'
    """
    stand = "break stands" if breaks < 2 else "breaks stand"
    rest = (
        "Every final value counts in the limits of its segment"
        if baseline_points is None
        else f"The first {baseline_points} final values of each segment set its limits"
    )
    return f"{count_words(breaks)} {stand}. {rest}."


def stretch_words(series: KnownSeries) -> str:
    """Return how many values count in each segment: "16 before May 2016, 5 from May 2016 on"."""
    if len(series.stretches) < 2:
        return f"{series.longest}"
    parts = [
        f"{stretch.counting} from {stretch.begins.label} on"
        if stretch.begins
        else f"{stretch.counting} before {min(series.broken).label}"
        for stretch in series.stretches
    ]
    return ", ".join(parts)

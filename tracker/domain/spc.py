"""Signal from noise: the XmR chart of a series.

The method is that of NHS England's *Making Data Count* and of the R package NHSRplotthedots,
but for the departures that ``docs/statistics.md`` lists. It knows ordered labels and decimals,
nothing of measures, months or wording.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from tracker.domain.distributions import normal_cdf
from tracker.domain.errors import RuleBroken
from tracker.domain.spc_chart import (
    Assurance,
    ChartedPoint,
    Finding,
    Meaning,
    Point,
    Segment,
    Side,
    Signal,
    Variation,
    XmrChart,
)
from tracker.domain.vocabulary import Direction

#: Moving ranges of so many times their mean are left out of it once: D4 of two points.
SCREEN_FACTOR = Decimal("3.267")
#: Points in a row that make a shift or a trend.
RUN = 7
#: Counting points from which a segment's limits are more than a trial.
ENOUGH = 13
#: Fewest points that a baseline can be frozen at.
LEAST_BASELINE = 12
#: Latest points on one side of the mean that suggest a break.
SUGGESTING = 8
_TOLERANCE = Decimal("1e-9")


def xmr(
    points: Sequence[Point],
    *,
    good: Direction,
    target: Decimal | None = None,
    breaks: Collection[Any] = (),
    baseline_points: int | None = None,
    is_screened: bool = True,
    enough: int = ENOUGH,
) -> XmrChart:
    """Return the chart of a series; the order in which points are given says nothing.

    :param points: a period that is absent between first and last must be given as missing.
    :param target: the **end** target, in the unit of a point.
    :param breaks: labels; a segment starts at the first point on or after each.
    :param baseline_points: so many first counting points of each segment set its limits.
    :param is_screened: whether extreme moving ranges are left out, once.
    :param enough: counting points from which a segment is more than a trial.
    :raises RuleBroken: for two points of one period, a value that is no finite number, and a
        baseline of under 12 points.
    """
    if baseline_points is not None and baseline_points < LEAST_BASELINE:
        raise RuleBroken(f"Enter {LEAST_BASELINE} points or more for a baseline", "points")
    ordered = sorted(points, key=lambda point: point.label)
    _refuse_unusable(ordered, target)
    near = _tolerance(ordered)
    method = _Method(baseline_points, is_screened, enough, near)
    segments = [
        _segment(number, ordered, places, method)
        for number, places in enumerate(_stretches(ordered, breaks))
    ]
    charted = [one for segment in segments for one in _charted(ordered, segment, near)]
    return _judged(XmrChart(tuple(charted), tuple(segments), good, target), near)


def _refuse_unusable(points: Sequence[Point], target: Decimal | None) -> None:
    for one, other in pairwise(points):
        if one.label == other.label:
            raise RuleBroken(f"There are two values for {one.label}: keep one", "period")
    values = [point.value for point in points if point.value is not None]
    for value in values if target is None else [*values, target]:
        if not value.is_finite():
            raise RuleBroken(
                "A value must be a number: not-a-number and infinity are none", "value"
            )


def _tolerance(points: Sequence[Point | ChartedPoint], *others: Decimal) -> Decimal:
    """Return by how much two values may differ and count as equal, for series of any scale."""
    sizes = [abs(point.value) for point in points if point.value is not None]
    return _TOLERANCE * max([*sizes, *map(abs, others)], default=Decimal(0))


def _stretches(points: Sequence[Point], breaks: Collection[Any]) -> Iterator[range]:
    """Yield the places of each segment's points."""
    starts = {0} if points else set()
    for label in breaks:
        on_or_after = (i for i, point in enumerate(points) if point.label >= label)
        place = next(on_or_after, None)
        if place is not None:
            starts.add(place)
    for start, end in pairwise([*sorted(starts), len(points)]):
        yield range(start, end)


@dataclass(frozen=True, slots=True)
class _Method:
    """How the limits of each segment are worked out; values within ``near`` count as equal."""

    baseline_points: int | None
    is_screened: bool
    enough: int
    near: Decimal


def _segment(number: int, points: Sequence[Point], places: range, method: _Method) -> Segment:
    counting = [i for i in places if points[i].counts]
    base = counting[: method.baseline_points]
    values = [value for i in base if (value := points[i].value) is not None]
    mean = sum(values, Decimal(0)) / len(values) if values else None
    ranges = [
        abs(later - earlier)
        for (i, earlier), (j, later) in pairwise(zip(base, values, strict=True))
        if j == i + 1
    ]
    return Segment(
        number=number,
        first=places[0],
        last=places[-1],
        counting=len(counting),
        is_trial=len(counting) < method.enough,
        mean=mean,
        mean_range=_mean_range(ranges, method),
    )


def _mean_range(ranges: list[Decimal], method: _Method) -> Decimal | None:
    if not ranges:
        return None
    mean = sum(ranges, Decimal(0)) / len(ranges)
    if not method.is_screened:
        return mean
    cut = SCREEN_FACTOR * mean - method.near
    kept = [one for one in ranges if one < cut]
    # Nothing left, or nothing but zeros: what was screened out is all the variation there is.
    return (sum(kept, Decimal(0)) / len(kept) if kept else Decimal(0)) or mean


def _charted(points: Sequence[Point], segment: Segment, near: Decimal) -> Iterator[ChartedPoint]:
    """Yield the points of a segment with their signals."""
    places = range(segment.first, segment.last + 1)
    found: dict[int, dict[Finding, Side]] = {}
    if segment.mean_range is not None:
        for run in _unbroken(points, places):
            _mark_run(run, segment, near, found)
    for i in places:
        marked = found.get(i)
        signals = tuple(Signal(f, marked[f]) for f in Finding if f in marked) if marked else ()
        point = points[i]
        yield ChartedPoint(point.label, point.value, point.is_provisional, segment.number, signals)


_Run = list[tuple[int, Decimal]]


def _unbroken(points: Sequence[Point], places: range) -> Iterator[_Run]:
    """Yield each stretch of neighbouring points with a value: place and value."""
    for is_present, stretch in groupby(places, lambda i: points[i].value is not None):
        if is_present:
            yield [(i, value) for i in stretch if (value := points[i].value) is not None]


def _mark_run(
    run: _Run, segment: Segment, near: Decimal, found: dict[int, dict[Finding, Side]]
) -> None:
    for finding, marks in (
        (Finding.OUTSIDE, _outside(run, segment, near)),
        (Finding.TREND, _trends(run, near)),
        (Finding.TWO_OF_THREE, _two_of_three(run, segment, near)),
        (Finding.SHIFT, _shifts(run, segment, near)),
    ):
        for place, side in marks:
            found.setdefault(place, {})[finding] = side


_Marks = Iterator[tuple[int, Side]]


def _side(value: Decimal, low: Decimal, high: Decimal, near: Decimal) -> Side | None:
    """Return on which side of a stretch a value lies, ``None`` within it or on its edge."""
    if value - high > near:
        return Side.HIGH
    return Side.LOW if low - value > near else None


def _outside(run: _Run, segment: Segment, near: Decimal) -> _Marks:
    if segment.lower is None or segment.upper is None:
        return
    low, high = segment.lower, segment.upper
    for place, value in run:
        side = _side(value, low, high, near)
        if side is not None:
            yield place, side


def _trends(run: _Run, near: Decimal) -> _Marks:
    """Yield the points of steps that go one way; where two trends meet, the later one is last."""
    steps = [_side(later, value, value, near) for (_, value), (_, later) in pairwise(run)]
    for start, length, side in _runs_of(steps):
        if length >= RUN - 1:
            for place, _value in run[start : start + length + 1]:
                yield place, side


def _shifts(run: _Run, segment: Segment, near: Decimal) -> _Marks:
    mean = segment.mean
    if mean is None:
        return
    for start, length, side in _runs_of([_side(value, mean, mean, near) for _, value in run]):
        if length >= RUN:
            for place, _value in run[start : start + length]:
                yield place, side


def _two_of_three(run: _Run, segment: Segment, near: Decimal) -> _Marks:
    mean, low, high = segment.mean, segment.near_lower, segment.near_upper
    if mean is None or low is None or high is None or len(run) < 3:
        return
    sides = [_side(value, mean, mean, near) for _, value in run]
    beyond = [_side(value, low, high, near) for _, value in run]
    for i in range(len(run) - 2):
        side = sides[i]
        if side is None or sides[i + 1] is not side or sides[i + 2] is not side:
            continue
        hits = [j for j in range(i, i + 3) if beyond[j] is side]
        if len(hits) >= 2:
            for j in hits:
                yield run[j][0], side


def _runs_of(sides: Sequence[Side | None]) -> Iterator[tuple[int, int, Side]]:
    """Yield where each stretch of one side starts and how long it is."""
    start = 0
    for side, stretch in groupby(sides):
        length = sum(1 for _ in stretch)
        if side is not None:
            yield start, length, side
        start += length


def _judged(chart: XmrChart, near: Decimal) -> XmrChart:
    """Return the chart with what its last segment says, if that is more than a trial."""
    current = chart.current
    if current is None or current.is_trial or current.mean_range is None:
        return chart
    return replace(
        chart,
        variation=_variation(chart),
        assurance=_assurance(chart, current),
        chance=_chance(chart, current),
        suggested_break=_suggested_break(chart, current, near),
    )


def _variation(chart: XmrChart) -> Variation | None:
    latest = chart.latest
    if latest is None:
        return None
    if latest.signal is None:
        return Variation(Meaning.COMMON_CAUSE)
    return Variation(chart.meaning(latest.signal), latest.signal.side)


def _has_goal(chart: XmrChart) -> bool:
    return chart.target is not None and chart.good in (Direction.LOWER, Direction.HIGHER)


def _assurance(chart: XmrChart, current: Segment) -> Assurance | None:
    target, low, high = chart.target, current.lower, current.upper
    if target is None or low is None or high is None or not _has_goal(chart):
        return None
    near = _tolerance(chart.points, target)
    is_above, is_below = target - high >= -near, low - target >= -near
    if chart.good is Direction.LOWER:
        passes, fails = is_above, is_below
    else:
        passes, fails = is_below, is_above
    if passes:
        return Assurance.PASSING
    return Assurance.FAILING if fails else Assurance.HIT_OR_MISS


def _chance(chart: XmrChart, current: Segment) -> float | None:
    target, mean, sigma = chart.target, current.mean, current.sigma
    if target is None or mean is None or sigma is None or not _has_goal(chart):
        return None
    ahead = mean - target if chart.good is Direction.HIGHER else target - mean
    if sigma == 0:
        return float(ahead >= -_tolerance(chart.points, target))
    return normal_cdf(float(ahead / sigma))


def _suggested_break(chart: XmrChart, current: Segment, near: Decimal) -> Any:
    """Return the label from which the latest points, eight or more, lie on one side."""
    mean, first = current.mean, None
    if mean is None:
        return None
    side, count = None, 0
    for point in reversed(chart.points[current.first : current.last + 1]):
        if point.value is None:
            if count:
                break
            continue
        lies = _side(point.value, mean, mean, near)
        if lies is None or (count and lies is not side):
            break
        side, count, first = lies, count + 1, point.label
    return first if count >= SUGGESTING else None

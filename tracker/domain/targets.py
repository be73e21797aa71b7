"""Position against the plan: what was reached, what was required by then, how far off is amber.

Section 2 of the status design. Decimals throughout, nothing rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.facts import MeasureFacts, ObservationFacts, TargetFacts
from tracker.domain.periods import Period, count_between
from tracker.domain.series import is_running_total, kind_of, period_values
from tracker.domain.totals import figure_of
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    ObservationState,
    Status,
    Trajectory,
)

#: Of the larger of two values: what only the last digit of a division can set apart.
_SAME = Decimal("1e-20")


@dataclass(frozen=True, slots=True)
class Position:
    """Where a measure stands against its path, in the measure's unit.

    :param period: the newest period with a value.
    :param actual: what is rated: the year so far where the measure adds up, else the latest.
    :param required: what the path asks by then, or the nearer edge of the band; ``None``
        where there is neither.
    :param shortfall: how far the actual is on the wrong side; negative on the right side;
        ``None`` where there is no target, or neither side is wrong.
    :param tolerance: shortfall that is still amber.
    :param periods_counted: periods in ``actual``.
    :param is_provisional: whether a provisional value is in ``actual``.
    :param is_latest_provisional: whether the newest value is provisional.
    """

    period: Period
    actual: Decimal
    required: Decimal | None
    shortfall: Decimal | None
    tolerance: Decimal
    is_year_to_date: bool
    periods_counted: int
    is_provisional: bool
    is_latest_provisional: bool


def rate(actual: Decimal, required: Decimal, tolerance: Decimal, *, good: Direction) -> Status:
    """Rate one value against what is required.

    :param tolerance: shortfall still amber, in the measure's unit; 0 leaves no amber.

    >>> rate(Decimal(105), Decimal(100), Decimal(10), good=Direction.LOWER)
    <Status.AMBER: 'amber'>
    """
    return _rated(_shortfall(actual, required, good), tolerance, _near(actual, required))


def rate_position(where: Position) -> Status:
    """Rate where a measure stands; green where neither side is wrong."""
    near = _near(where.actual, where.required or Decimal(0))
    return _rated(where.shortfall or Decimal(0), where.tolerance, near)


def _rated(shortfall: Decimal, tolerance: Decimal, near: Decimal) -> Status:
    if shortfall <= near:
        return Status.GREEN
    return Status.AMBER if shortfall - tolerance <= near else Status.RED


def _near(actual: Decimal, required: Decimal) -> Decimal:
    """Return by how much two values may differ and be the same: the last digit of a division."""
    return _SAME * max(abs(actual), abs(required))


def position(
    measure: MeasureFacts, as_at: date, *, include_provisional: bool = True
) -> Position | None:
    """Return where a measure stands, ``None`` if it has no value that counts.

    :param include_provisional: whether provisional values count.
    """
    counted = counted_observations(measure, as_at, include_provisional=include_provisional)
    if not counted:
        return None
    newest = Period(measure.frequency, counted[-1].period_start)
    is_level = measure.aggregation is Aggregation.LATEST
    actual = _actual(measure, counted)
    required = _required(measure, newest, counted)
    tolerance, shortfall = Decimal(0), None
    if required is not None and measure.target is not None:
        tolerance = _tolerance(measure.target, required)
        shortfall = _off_course(measure, actual, required)
    return Position(
        period=newest,
        actual=actual,
        required=required,
        shortfall=shortfall,
        tolerance=tolerance,
        is_year_to_date=_is_of_many(measure, counted),
        periods_counted=len(counted),
        is_provisional=any(map(_is_provisional, counted if not is_level else counted[-1:])),
        is_latest_provisional=_is_provisional(counted[-1]),
    )


def path_value(target: TargetFacts, period: Period) -> Decimal | None:
    """Return the value that a level (not a sum) is required to have at a period's end.

    Linear from the baseline, which may be zero, to the target; flat where no baseline is known.
    """
    if target.target is None:
        return None
    if target.baseline is None or target.trajectory is Trajectory.FLAT:
        return target.target
    first, last = _span(target, period)
    steps = count_between(first, last)
    done = min(count_between(first, period), steps)
    return target.baseline + (target.target - target.baseline) * done / steps


def target_per_period(measure: MeasureFacts) -> Decimal | None:
    """Return the even share of a year's total that falls to one period, else the target."""
    target = measure.target
    if target is None or target.target is None or measure.direction is Direction.MAINTAIN:
        return None
    if measure.aggregation is not Aggregation.SUM and not is_running_total(measure):
        return target.target
    return target.target / _periods_in_span(measure, target)


def adds_up(measure: MeasureFacts) -> bool:
    """Whether the periods of a year make its total, and the year so far is what is rated."""
    return measure.aggregation is Aggregation.SUM and measure.direction is not Direction.MAINTAIN


def _is_of_many(measure: MeasureFacts, counted: Sequence[ObservationFacts]) -> bool:
    """Whether the actual is made of the year so far, not of its newest period alone."""
    if measure.direction is Direction.MAINTAIN:
        return False
    is_average = measure.aggregation is Aggregation.AVERAGE and len(counted) > 1
    return adds_up(measure) or is_average


def _tolerance(target: TargetFacts, required: Decimal) -> Decimal:
    if target.tolerance_absolute is not None:
        return target.tolerance_absolute
    return abs(required) * target.tolerance_percent / 100


def _off_course(measure: MeasureFacts, actual: Decimal, required: Decimal) -> Decimal | None:
    """Return how far the actual is on the wrong side; ``None`` where neither side is wrong."""
    if measure.direction is Direction.NEUTRAL:
        return None
    if measure.direction is not Direction.MAINTAIN or measure.target is None:
        return _shortfall(actual, required, measure.direction)
    low, high = measure.target.band_low, measure.target.band_high
    below = Decimal("-Infinity") if low is None else low - actual
    above = Decimal("-Infinity") if high is None else actual - high
    return max(below, above)


def _shortfall(actual: Decimal, required: Decimal, good: Direction) -> Decimal:
    return actual - required if good is Direction.LOWER else required - actual


def counted_observations(
    measure: MeasureFacts, as_at: date, *, include_provisional: bool = True
) -> Sequence[ObservationFacts]:
    """Return the observations with a value that count, in the order of their periods."""
    states = {ObservationState.FINAL}
    if include_provisional:
        states.add(ObservationState.PROVISIONAL)
    first, last = _days_counted(measure, as_at)
    known = (o for o in measure.observations if o.state in states)
    counted = (o for o in known if first <= o.period_start <= last)
    return sorted(counted, key=lambda o: o.period_start)


def _days_counted(measure: MeasureFacts, as_at: date) -> tuple[date, date]:
    """Return between which days a period must begin to count.

    A level keeps its meaning from before the path; what adds up begins anew with it.
    """
    target = measure.target
    is_level = measure.aggregation is Aggregation.LATEST and not is_running_total(measure)
    if target is None or is_level:
        return date.min, as_at
    first = Period.containing(measure.frequency, target.starts_on)
    return first.start, min(as_at, target.ends_on)


def _actual(measure: MeasureFacts, counted: Sequence[ObservationFacts]) -> Decimal:
    """Return what is rated; the latest value alone where the others lack what they are made of."""
    latest = counted[-1].value or Decimal(0)
    if measure.aggregation is Aggregation.LATEST or measure.direction is Direction.MAINTAIN:
        return latest
    whole = figure_of(period_values(measure, counted), kind_of(measure))
    return latest if whole is None else whole


def _required(
    measure: MeasureFacts, newest: Period, counted: Sequence[ObservationFacts]
) -> Decimal | None:
    """Return what is required by the newest counted period, of the periods that are counted."""
    target = measure.target
    if target is None:
        return None
    if measure.direction is Direction.MAINTAIN:
        return _nearer_edge(target, counted[-1].value)
    if target.target is None:
        return None
    if measure.aggregation is Aggregation.SUM:
        part, whole = _share_of_path(measure, target, counted)
        return target.target * part / whole
    if is_running_total(measure):
        part, whole = _share_so_far(measure, target, newest)
        return target.target * part / whole
    return path_value(target, newest)


def _nearer_edge(target: TargetFacts, value: Decimal | None) -> Decimal | None:
    """Return the edge of the band that a value is nearer to; ``None`` where there is no band."""
    edges = [edge for edge in (target.band_low, target.band_high) if edge is not None]
    if value is None or not edges:
        return None
    return min(edges, key=lambda edge: abs(value - edge))


def _share_of_path(
    measure: MeasureFacts, target: TargetFacts, counted: Sequence[ObservationFacts]
) -> tuple[Decimal, Decimal]:
    """Return the counted periods' part of the year and the whole: last year's shape, else even."""
    shape = last_year(measure, target)
    if shape is None:
        return Decimal(len(counted)), Decimal(_periods_in_span(measure, target))
    first = Period.containing(measure.frequency, target.starts_on)
    places = [
        count_between(first, Period(measure.frequency, seen.period_start)) - 1 for seen in counted
    ]
    return sum((shape[place] for place in places), Decimal(0)), sum(shape, Decimal(0))


def _share_so_far(
    measure: MeasureFacts, target: TargetFacts, newest: Period
) -> tuple[Decimal, Decimal]:
    """Return the part of a year's running total that is due by a period, and the whole."""
    first, last = _span(target, newest)
    steps = count_between(first, last)
    done = min(count_between(first, newest), steps)
    running = last_year(measure, target)
    if running is None:
        return Decimal(done), Decimal(steps)
    return running[done - 1], running[-1]


def last_year(measure: MeasureFacts, target: TargetFacts) -> list[Decimal] | None:
    """Return the values of the periods before the path, as many as it has, oldest first.

    ``None`` unless every one of them has a value and they add up to more than nothing.
    """
    first = Period.containing(measure.frequency, target.starts_on)
    steps = _periods_in_span(measure, target)
    starts = []
    for _step in range(steps):
        first = first.previous()
        starts.append(first.start)
    known = {seen.period_start: seen.value for seen in measure.observations}
    values = [value for start in reversed(starts) if (value := known.get(start)) is not None]
    year = values[-1:] if is_running_total(measure) else values
    return values if len(values) == steps and sum(year) > 0 else None


def _periods_in_span(measure: MeasureFacts, target: TargetFacts) -> int:
    first = Period.containing(measure.frequency, target.starts_on)
    return count_between(first, Period.containing(measure.frequency, target.ends_on))


def _span(target: TargetFacts, period: Period) -> tuple[Period, Period]:
    return (
        Period.containing(period.frequency, target.starts_on),
        Period.containing(period.frequency, target.ends_on),
    )


def _is_provisional(observation: ObservationFacts) -> bool:
    return observation.state is ObservationState.PROVISIONAL

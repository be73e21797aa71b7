"""Position against the plan: what was reached, what was required by then, how far off is amber.

Section 2 of the status design. Decimals throughout, nothing rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.facts import MeasureFacts, ObservationFacts, TargetFacts
from tracker.domain.periods import Period, count_between
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    ObservationState,
    Status,
    Trajectory,
)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a measure stands against its path, in the measure's unit.

    :param period: the newest period with a value.
    :param actual: what is rated: the year so far where the measure adds up, else the latest.
    :param required: what the path asks by then; ``None`` where there is no target.
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
    shortfall = _shortfall(actual, required, good)
    if shortfall <= 0:
        return Status.GREEN
    return Status.AMBER if shortfall <= tolerance else Status.RED


def position(
    measure: MeasureFacts, as_at: date, *, include_provisional: bool = True
) -> Position | None:
    """Return where a measure stands, ``None`` if it has no value that counts.

    :param include_provisional: whether provisional values count.
    """
    counted = _counted(measure, as_at, include_provisional=include_provisional)
    if not counted:
        return None
    newest = Period(measure.frequency, counted[-1].period_start)
    is_level = measure.aggregation is Aggregation.LATEST
    actual = _actual(measure.aggregation, counted)
    required = _required(measure, newest, len(counted))
    tolerance, shortfall = Decimal(0), None
    if required is not None and measure.target is not None:
        tolerance = abs(required) * measure.target.tolerance_percent / 100
        if measure.direction is not Direction.NEUTRAL:
            shortfall = _shortfall(actual, required, measure.direction)
    return Position(
        period=newest,
        actual=actual,
        required=required,
        shortfall=shortfall,
        tolerance=tolerance,
        is_year_to_date=measure.aggregation is Aggregation.SUM,
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
    if target is None or target.target is None:
        return None
    if measure.aggregation is not Aggregation.SUM:
        return target.target
    return target.target / _periods_in_span(measure, target)


def _shortfall(actual: Decimal, required: Decimal, good: Direction) -> Decimal:
    return actual - required if good is Direction.LOWER else required - actual


def _counted(
    measure: MeasureFacts, as_at: date, *, include_provisional: bool
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
    is_level = measure.aggregation is Aggregation.LATEST and not measure.is_cumulative
    if target is None or is_level:
        return date.min, as_at
    first = Period.containing(measure.frequency, target.starts_on)
    return first.start, min(as_at, target.ends_on)


def _actual(aggregation: Aggregation, counted: Sequence[ObservationFacts]) -> Decimal:
    values = [o.value for o in counted if o.value is not None]
    if aggregation is Aggregation.LATEST:
        return values[-1]
    total = sum(values, Decimal(0))
    return total if aggregation is Aggregation.SUM else total / len(values)


def _required(measure: MeasureFacts, newest: Period, counted: int) -> Decimal | None:
    target = measure.target
    if target is None or target.target is None:
        return None
    if measure.aggregation is Aggregation.SUM:
        return target.target * counted / _periods_in_span(measure, target)
    if measure.is_cumulative:
        first, last = _span(target, newest)
        steps = count_between(first, last)
        return target.target * min(count_between(first, newest), steps) / steps
    return path_value(target, newest)


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

"""A measure's year so far against the same periods of last year, and against its baseline.

Each kind of measure is compared in its own way; what can be said of chance follows from the
interval alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tracker.domain.change import (
    Change,
    Share,
    change_in_counts,
    change_in_means,
    change_in_percentages,
    change_in_rates,
    change_in_shares,
)
from tracker.domain.facts import MeasureFacts
from tracker.domain.periods import Period, count_between
from tracker.domain.rates import MonthlyTally, Tally
from tracker.domain.rules import StatusRules
from tracker.domain.series import is_running_total, kind_of, period_values
from tracker.domain.targets import adds_up
from tracker.domain.totals import LikeForLike, PeriodValue, Total, like_for_like, year_to_date
from tracker.domain.vocabulary import Aggregation, Unit


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures of a measure, and what changed from the earlier to the now.

    :param change: ``None`` where nothing can be compared, such as yes and no.
    :param is_by_average: whether averages a period are compared, as the sides differ in length.
    """

    now: Total
    earlier: Total
    change: Change | None
    is_by_average: bool = False


def is_broken(measure: MeasureFacts, first: date, last: date) -> bool:
    """Whether a break lies within a span: what is on its two sides cannot be compared or run on."""
    return any(first < day <= last for day in measure.breaks)


def break_in_the_way(measure: MeasureFacts) -> date | None:
    """Return the last break that keeps this year from last year or from its own end.

    ``None`` where there is none from a year before the path to its last day.
    """
    target = measure.target
    if target is None:
        return None
    since = _a_year_before(target.starts_on)
    return max((day for day in measure.breaks if since < day <= target.ends_on), default=None)


def against_last_year(measure: MeasureFacts, rules: StatusRules) -> Comparison | None:
    """Return the year so far against last year, of the periods that have a value in both.

    ``None`` where no period has. The year is that of the newest value.
    """
    values = [
        value for value in period_values(measure, measure.observations) if value.value is not None
    ]
    if not values or measure.unit is Unit.YES_NO:
        return None
    through = max(value.period for value in values)
    found = like_for_like(values, through, kind_of(measure))
    if not found.pairs or is_broken(measure, found.earlier.first.start, through.end):
        return None
    change = _CHANGES[measure.unit](measure, found, rules)
    return Comparison(found.now, found.earlier, change)


def against_baseline(measure: MeasureFacts, as_at: date, rules: StatusRules) -> Comparison | None:
    """Return the year so far against a baseline that is a year's total.

    A year that is not over yet is compared by the average of a period. ``None`` for what does
    not add up, and where there is no baseline or no value.
    """
    target = measure.target
    if target is None or target.baseline is None or not adds_up(measure):
        return None
    first = Period.containing(measure.frequency, target.starts_on)
    last = Period.containing(measure.frequency, target.ends_on)
    held = [
        value for value in period_values(measure, measure.observations) if value.value is not None
    ]
    so_far = [value for value in held if first <= value.period <= min(last, _through(last, as_at))]
    if not so_far or measure.unit is not Unit.COUNT or target.baseline % 1:
        return None
    if is_broken(measure, _a_year_before(first.start), last.end):
        return None
    now = year_to_date(so_far, max(value.period for value in so_far), kind_of(measure))
    whole = count_between(first, last)
    earlier = Total(target.baseline, whole, whole, first, last, is_provisional=False)
    is_by_average = now.counted != whole
    change = change_in_rates(
        Tally(now.value or Decimal(0), Decimal(now.counted)),
        Tally(target.baseline, Decimal(whole)),
        per=Decimal(1 if is_by_average else whole),
    )
    return Comparison(
        now, earlier, _floored(change, target.baseline, rules), is_by_average=is_by_average
    )


def _floored(change: Change | None, earlier: Decimal, rules: StatusRules) -> Change | None:
    """Return the change with its percentage shown only where the earlier count allows it."""
    if change is None:
        return None
    is_enough = earlier >= rules.change_floor
    return replace(change, is_percentage_shown=change.is_percentage_shown and is_enough)


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1)


def _through(last: Period, as_at: date) -> Period:
    return Period.containing(last.frequency, as_at)


def _of_counts(measure: MeasureFacts, found: LikeForLike, rules: StatusRules) -> Change | None:
    if is_running_total(measure):
        return change_in_counts(
            [value for value in (found.now.value,) if value is not None],
            [value for value in (found.earlier.value,) if value is not None],
            floor=rules.change_floor,
        )
    if measure.aggregation is not Aggregation.SUM:
        return _floored(_of_means(measure, found, rules), found.earlier.value or Decimal(0), rules)
    return change_in_counts(_values(found, 0), _values(found, 1), floor=rules.change_floor)


def _values(found: LikeForLike, side: int) -> list[Decimal]:
    return [value for pair in found.pairs if (value := pair[side].value) is not None]


def _of_means(_measure: MeasureFacts, found: LikeForLike, _rules: StatusRules) -> Change | None:
    now, earlier = found.now.value, found.earlier.value
    return None if now is None or earlier is None else change_in_means(now, earlier)


def _of_rates(measure: MeasureFacts, found: LikeForLike, rules: StatusRules) -> Change | None:
    sides = [_tally(measure, [pair[side] for pair in found.pairs]) for side in (0, 1)]
    now, earlier = sides
    if now is None or earlier is None or measure.per is None:
        return _of_means(measure, found, rules)
    return change_in_rates(now, earlier, per=measure.per)


def _tally(measure: MeasureFacts, values: Sequence[PeriodValue]) -> Tally | MonthlyTally | None:
    made_of = values[-1:] if measure.aggregation is Aggregation.LATEST else values
    parts = [
        (value.numerator, value.denominator)
        for value in made_of
        if value.numerator is not None and value.denominator
    ]
    if len(parts) != len(made_of) or any(above % 1 for above, _below in parts):
        return None
    return MonthlyTally(tuple(a for a, _b in parts), tuple(b for _a, b in parts))


def _of_percentages(
    measure: MeasureFacts, found: LikeForLike, _rules: StatusRules
) -> Change | None:
    is_latest = measure.aggregation is Aggregation.LATEST
    pairs = found.pairs[-1:] if is_latest else found.pairs
    now, earlier = (_share([pair[side] for pair in pairs]) for side in (0, 1))
    if now is not None and earlier is not None:
        return change_in_shares(now, earlier)
    if found.now.value is None or found.earlier.value is None:
        return None
    return change_in_percentages(found.now.value, found.earlier.value)


def _share(values: Sequence[PeriodValue]) -> Share | None:
    """Return what periods make together; of a share whose numerator was not given, by its value."""
    above, below = Decimal(0), Decimal(0)
    for value in values:
        if not value.denominator or value.value is None:
            return None
        known = value.numerator
        above += value.value * value.denominator / 100 if known is None else known
        below += value.denominator
    return Share(above, below)


_CHANGES: dict[Unit, Callable[[MeasureFacts, LikeForLike, StatusRules], Change | None]] = {
    Unit.COUNT: _of_counts,
    Unit.RATE: _of_rates,
    Unit.PERCENT: _of_percentages,
    Unit.AVERAGE: _of_means,
}

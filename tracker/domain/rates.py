"""Rates, proportions and means with their intervals, and whether one of two is clearly higher.

Every interval is at 95% with two equal tails; z is the normal quantile of 0.975 in full. Methods
are those of OHID Fingertips (*Public Health Data Science: Technical Guide, Confidence Intervals*,
2018) for one figure and are named at each function for two. Decimals in and out, worked out to 34
digits and never rounded; gamma, beta and t quantiles are good to 12 digits
(:mod:`tracker.domain.distributions`).

Every function refuses with :class:`~tracker.domain.errors.RuleBroken` what is no number, infinite
or of 1e15 or more, negative events, and a part larger than its whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from tracker.domain.distributions import beta_odds_quantile, gamma_quantile, student_t_quantile
from tracker.domain.errors import RuleBroken
from tracker.domain.numbers import EXACT, Z_95, counted, decimal, finite, positive, whole

_TAIL = 0.025
#: From so many events Byar's method is within 0.2% of the exact limits (Technical Guide, 2018).
_BYAR_FROM = 10
#: Months on each side from which their scatter is counted in.
_MONTHS_FOR_SCATTER = 6


class Movement(StrEnum):
    """Whether a figure moved, by the interval of the change alone."""

    CLEAR_RISE = "clear_rise"
    CLEAR_FALL = "clear_fall"
    NO_CLEAR_CHANGE = "no_clear_change"


class RatioMethod(StrEnum):
    """How the interval of a ratio of two counts was worked out."""

    EXACT = "exact"
    OVERDISPERSED = "overdispersed"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95% interval.

    :param lower: ``None`` where there is no lower bound.
    :param upper: ``None`` where there is no upper bound.
    """

    lower: Decimal | None
    upper: Decimal | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its interval.

    :param value: ``None`` where there is nothing to divide by.
    :param interval: ``None`` where there is too little to say.
    """

    value: Decimal | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Events that were counted.

    :param exposure: that they are counted over, in any unit of both sides: months, residents.
    """

    events: Decimal
    exposure: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class MonthlyTally:
    """Events that were counted month by month.

    :param exposures: of each month, in any unit of both sides; empty for 1 each.
    """

    counts: tuple[Decimal, ...]
    exposures: tuple[Decimal, ...] = ()

    @property
    def months(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Count and exposure of each month.

        :raises RuleBroken: if there are not as many exposures as counts.
        """
        if self.exposures and len(self.exposures) != len(self.counts):
            raise RuleBroken("Enter one exposure for each month")
        ones = (Decimal(1),) * len(self.counts)
        return tuple(zip(self.counts, self.exposures or ones, strict=True))

    @property
    def tally(self) -> Tally:
        """All months together."""
        months = self.months
        with localcontext(EXACT):
            return Tally(
                sum((events for events, _ in months), Decimal(0)),
                sum((exposure for _, exposure in months), Decimal(0)),
            )


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times the second of two rates the first is.

    :param value: ``None`` where the second has no events.
    :param dispersion: phi, by which the variance of the counts exceeds that of chance alone.
    """

    value: Decimal | None
    interval: Interval
    method: RatioMethod
    dispersion: Decimal = Decimal(1)


def rate(numerator: Decimal, denominator: Decimal, *, per: Decimal = Decimal(1)) -> Estimate:
    """Return events per so many of a denominator.

    Exact Poisson limits under 10 events (F. Garwood, 1936), Byar's method from 10 (N. Breslow and
    N. Day, *Statistical Methods in Cancer Research* II, 1987), as ``phe_rate`` of the R package
    PHEindicatormethods has it. Nothing for a denominator of 0.

    :param numerator: events, a whole number if under 10.
    :param per: the multiplier, such as 1,000 residents.

    >>> found = rate(Decimal(65), Decimal(100), per=Decimal(100))
    >>> [round(limit, 4) for limit in (found.interval.lower, found.interval.upper)]
    [Decimal('50.1632'), Decimal('82.8491')]
    """
    events, base = counted(numerator, "numerator"), counted(denominator, "denominator")
    multiplier = positive(per, "multiplier")
    if not base:
        return Estimate(None, None)
    positive(base, "denominator")
    limits = _byar(events) if events >= _BYAR_FROM else _poisson_limits(events)
    with localcontext(EXACT):
        scale = multiplier / base
        return Estimate(events * multiplier / base, _scaled(limits, scale))


def proportion(numerator: Decimal, denominator: Decimal) -> Estimate:
    """Return a part of a whole, from 0 to 1.

    The score interval without continuity correction (E. B. Wilson, 1927). Nothing for a
    denominator of 0.

    >>> found = proportion(Decimal(0), Decimal(10))
    >>> round(found.interval.upper, 4)
    Decimal('0.2775')
    """
    part, base = counted(numerator, "numerator"), counted(denominator, "denominator")
    if part > base:
        raise RuleBroken("The numerator cannot be greater than the denominator", "numerator")
    if not base:
        return Estimate(None, None)
    with localcontext(EXACT):
        square, twice = Z_95 * Z_95, 2 * (base + Z_95 * Z_95)
        centre = 2 * part + square
        reach = Z_95 * (square + 4 * part * (base - part) / base).sqrt()
        lower = (centre - reach) / twice if part else Decimal(0)
        upper = (centre + reach) / twice if part < base else Decimal(1)
        return Estimate(part / base, Interval(lower, upper))


def mean(values: Sequence[Decimal]) -> Estimate:
    """Return the mean of values, its interval by Student's t.

    No interval under 2 values, and no mean of none.

    >>> found = mean([Decimal(3), Decimal(5)])
    >>> found.value, round(found.interval.lower, 3)
    (Decimal('4'), Decimal('-8.706'))
    """
    numbers = [finite(value, "value") for value in values]
    if not numbers:
        return Estimate(None, None)
    with localcontext(EXACT):
        middle = sum(numbers, Decimal(0)) / len(numbers)
        squares = sum(((value - middle) ** 2 for value in numbers), Decimal(0))
        deviation = (squares / max(1, len(numbers) - 1)).sqrt()
    return _mean(middle, deviation, len(numbers))


def mean_of_summary(mean: Decimal, deviation: Decimal, count: int) -> Estimate:
    """Return a mean that is known with its spread, its interval by Student's t.

    :param deviation: standard deviation of the values, by n - 1.
    :param count: how many values; under 2 there is no interval, of none no mean.
    """
    middle, spread = finite(mean, "mean"), counted(deviation, "standard deviation")
    return _mean(middle, spread, count) if count > 0 else Estimate(None, None)


def difference_of_proportions(
    numerator: Decimal,
    denominator: Decimal,
    other_numerator: Decimal,
    other_denominator: Decimal,
) -> Estimate:
    """Return the first proportion less the second, from -1 to 1.

    R. G. Newcombe's hybrid score interval without continuity correction: method 10 of
    *Interval estimation for the difference between independent proportions*, Statistics in
    Medicine 17 (1998). Nothing if either denominator is 0.

    >>> found = difference_of_proportions(Decimal(56), Decimal(70), Decimal(48), Decimal(80))
    >>> round(found.interval.lower, 4), round(found.interval.upper, 4)
    (Decimal('0.0524'), Decimal('0.3339'))
    """
    first = proportion(numerator, denominator)
    second = proportion(other_numerator, other_denominator)
    p, q, of_p, of_q = first.value, second.value, first.interval, second.interval
    if p is None or q is None or of_p is None or of_q is None:
        return Estimate(None, None)
    down, up = _reaches(p, of_p), _reaches(q, of_q)
    with localcontext(EXACT):
        lower = p - q - (down[0] ** 2 + up[1] ** 2).sqrt()
        upper = p - q + (down[1] ** 2 + up[0] ** 2).sqrt()
        return Estimate(p - q, Interval(max(lower, Decimal(-1)), min(upper, Decimal(1))))


def compare_counts(now: Tally | MonthlyTally, earlier: Tally | MonthlyTally) -> Ratio:
    """Return the ratio of two rates of events, its interval by the method that suits them.

    By the scatter of the months where they are known, 6 or more on each side and neither total
    is 0; else exact. Which one never depends on what it finds.
    """
    if isinstance(now, MonthlyTally) and isinstance(earlier, MonthlyTally):
        fewest = min(len(now.counts), len(earlier.counts))
        totals = _checked(now).events, _checked(earlier).events
        if fewest >= _MONTHS_FOR_SCATTER and all(totals):
            return overdispersed_ratio(now, earlier)
    return exact_ratio(*(_in_one(side) for side in (now, earlier)))


def exact_ratio(now: Tally, earlier: Tally) -> Ratio:
    """Return the ratio of two rates of events that chance alone scatters.

    Given the total of both, the first count is binomial: the limits are those of C. J. Clopper
    and E. S. Pearson (1934) as odds, times the ratio of exposures. The same as ``poisson.test``
    of R. No lower limit above 0 without events now, no upper one without events earlier.

    :raises RuleBroken: also if a count is not whole or an exposure is not above 0.

    >>> found = exact_ratio(Tally(Decimal(11), Decimal(800)), Tally(Decimal(21), Decimal(3011)))
    >>> round(found.interval.lower, 7), round(found.interval.upper, 7)
    (Decimal('0.8584264'), Decimal('4.2772659'))
    """
    a, b = whole(now.events, "count"), whole(earlier.events, "count")
    over_a, over_b = (positive(side.exposure, "exposure") for side in (now, earlier))
    lower = beta_odds_quantile(_TAIL, float(a), float(b + 1)) if a else 0.0
    upper = beta_odds_quantile(_TAIL, float(a + 1), float(b), is_upper=True) if b else None
    with localcontext(EXACT):
        odds = Interval(decimal(lower), None if upper is None else decimal(upper))
        value = a * over_b / (b * over_a) if b else None
        return Ratio(value, _scaled(odds, over_b / over_a), RatioMethod.EXACT)


def overdispersed_ratio(now: MonthlyTally, earlier: MonthlyTally) -> Ratio:
    """Return the ratio of two rates of events whose months scatter by more than chance.

    Quasi-Poisson: phi is Pearson's chi-squared over the n - 2 degrees of freedom of all n months
    about the rate of their side, never under 1 (P. McCullagh and J. Nelder, *Generalized Linear
    Models*, 1989, 4.5); the logarithm of the ratio is normal with variance phi (1/a + 1/b).

    :raises RuleBroken: also if a side has no events, or there are under 3 months in all.
    """
    total, total_earlier = _checked(now), _checked(earlier)
    months = len(now.counts) + len(earlier.counts)
    if months < 3 or not (total.events and total_earlier.events):
        raise RuleBroken("The scatter of months is known from 3 months with events on each side")
    with localcontext(EXACT):
        chi = _pearson(now, total) + _pearson(earlier, total_earlier)
        phi = max(Decimal(1), chi / (months - 2))
        value = total.events * total_earlier.exposure / (total_earlier.events * total.exposure)
        error = (phi * (1 / total.events + 1 / total_earlier.events)).sqrt()
        limits = Interval(value * (-Z_95 * error).exp(), value * (Z_95 * error).exp())
        return Ratio(value, limits, RatioMethod.OVERDISPERSED, phi)


def movement_of_ratio(interval: Interval | None) -> Movement:
    """Return whether a ratio is clearly off 1; an interval that touches 1 is no clear change."""
    return _movement(interval, Decimal(1))


def movement_of_difference(interval: Interval | None) -> Movement:
    """Return whether a difference is clearly off 0; an interval that touches 0 is no clear change.

    >>> movement_of_difference(Interval(Decimal(0), Decimal(3)))
    <Movement.NO_CLEAR_CHANGE: 'no_clear_change'>
    """
    return _movement(interval, Decimal(0))


def _poisson_limits(events: Decimal) -> Interval:
    n = float(whole(events, "numerator"))
    lower = gamma_quantile(_TAIL, n) if n else 0.0
    return Interval(decimal(lower), decimal(gamma_quantile(_TAIL, n + 1, is_upper=True)))


def _byar(events: Decimal) -> Interval:
    with localcontext(EXACT):
        more = events + 1
        lower = events * (1 - 1 / (9 * events) - Z_95 / (3 * events.sqrt())) ** 3
        upper = more * (1 - 1 / (9 * more) + Z_95 / (3 * more.sqrt())) ** 3
        return Interval(lower, upper)


def _mean(middle: Decimal, deviation: Decimal, count: int) -> Estimate:
    if count < 2:
        return Estimate(middle, None)
    t = decimal(student_t_quantile(1 - _TAIL, count - 1))
    with localcontext(EXACT):
        reach = t * deviation / Decimal(count).sqrt()
        return Estimate(middle, Interval(middle - reach, middle + reach))


def _scaled(interval: Interval, by: Decimal) -> Interval:
    lower, upper = interval.lower, interval.upper
    return Interval(None if lower is None else lower * by, None if upper is None else upper * by)


def _reaches(value: Decimal, interval: Interval) -> tuple[Decimal, Decimal]:
    """Return how far a bounded interval reaches below and above its value."""
    lower, upper = interval.lower or Decimal(0), interval.upper or Decimal(0)
    with localcontext(EXACT):
        return value - lower, upper - value


def _in_one(side: Tally | MonthlyTally) -> Tally:
    return _checked(side) if isinstance(side, MonthlyTally) else side


def _checked(side: MonthlyTally) -> Tally:
    for events, exposure in side.months:
        counted(events, "count")
        positive(exposure, "exposure")
    return side.tally


def _pearson(side: MonthlyTally, total: Tally) -> Decimal:
    level = total.events / total.exposure
    return sum(
        ((events - level * exposure) ** 2 / (level * exposure) for events, exposure in side.months),
        Decimal(0),
    )


def _movement(interval: Interval | None, unchanged: Decimal) -> Movement:
    if interval is None:
        return Movement.NO_CLEAR_CHANGE
    if interval.lower is not None and interval.lower > unchanged:
        return Movement.CLEAR_RISE
    if interval.upper is not None and interval.upper < unchanged:
        return Movement.CLEAR_FALL
    return Movement.NO_CLEAR_CHANGE

"""The year-end forecast of a count: what the year will come to if it goes on as it did so far.

Section 2 of the status design, at 95% with two equal tails. Two ways:

- *Run rate*: the remaining periods go on at the average of those counted. With a gamma belief
  about the rate (Jeffreys' prior) the remaining count of a Poisson process is negative binomial
  (A. Gelman and others, *Bayesian Data Analysis*, 2.6). Where the periods scatter by more than
  chance it is taken as normal instead, with the variance of a quasi-Poisson prediction.
- *Last year's shape*: the remaining periods keep to last year's share. Always normal.

Counts may be decimals (weighted or estimated ones): the negative binomial takes any size, and
since what it counts is whole, a target is reached by as many whole events as fit in or make up
the distance to it. A year's total is never under what it has come to already: bounds and chance
keep to that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from enum import StrEnum

from tracker.domain.distributions import (
    negative_binomial_cdf,
    negative_binomial_quantile,
    normal_cdf,
)
from tracker.domain.errors import RuleBroken
from tracker.domain.numbers import EXACT, Z_95, counted, finite
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import Direction

_TAIL = 0.025


class ForecastMethod(StrEnum):
    """How the remaining periods were worked out; none remain of a complete year."""

    RUN_RATE = "run_rate"
    LAST_YEAR_SHAPE = "last_year_shape"
    COMPLETE = "complete"


class Chance(StrEnum):
    """The chance that the year meets its target, in words."""

    UNLIKELY = "unlikely"
    UNCERTAIN = "uncertain"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class LastYear:
    """A full last year.

    :param counted: its sum over the same periods that have values this year.
    :param rest: its sum over the periods that remain this year.
    """

    counted: Decimal
    rest: Decimal


@dataclass(frozen=True, slots=True)
class Goal:
    """What a year's total should come to.

    :param target: itself included; may have a fraction.
    :param good: which way is good; where neither is, there is no chance to speak of.
    """

    target: Decimal
    good: Direction


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a year will come to, in the measure's unit.

    :param point: the expected total.
    :param lower: and ``upper``, the bounds of the 95% range of the total.
    :param year_to_date: sum of the periods counted.
    :param counted: periods of the year with values.
    :param remaining: periods of the year without; a missing one is in neither.
    :param phi: by how much the periods scatter more than chance, 1 or more.
    :param chance: that the target is met, from 0 to 1; ``None`` without a goal.
    :param chance_in_words: by the thresholds; ``None`` without a goal.
    :param is_shown: whether enough periods have values for it to be shown.
    """

    point: Decimal
    lower: Decimal
    upper: Decimal
    year_to_date: Decimal
    counted: int
    remaining: int
    phi: Decimal
    method: ForecastMethod
    chance: float | None
    chance_in_words: Chance | None
    is_shown: bool


@dataclass(frozen=True, slots=True)
class _Progress:
    """How far the year is.

    :param share: last year's sums, where they say anything.
    """

    year_to_date: Decimal
    counted: int
    remaining: int
    phi: Decimal
    share: LastYear | None

    @property
    def method(self) -> ForecastMethod:
        if not self.remaining:
            return ForecastMethod.COMPLETE
        return ForecastMethod.RUN_RATE if self.share is None else ForecastMethod.LAST_YEAR_SHAPE

    @property
    def expected(self) -> Decimal:
        """What the remaining periods should come to."""
        if self.share is None:
            return self.year_to_date * self.remaining / self.counted
        return self.year_to_date / self.share.counted * self.share.rest

    @property
    def deviation(self) -> Decimal:
        """The standard deviation of a normal forecast of the remaining periods."""
        if self.share is None:
            widening = Decimal(self.remaining) / self.counted
        else:
            widening = self.share.rest / self.share.counted
        return (self.phi * self.expected * (1 + widening)).sqrt()

    @property
    def is_poisson(self) -> bool:
        return self.method is ForecastMethod.RUN_RATE and self.phi == 1

    @property
    def size(self) -> float:
        return float(self.year_to_date) + 0.5

    @property
    def success(self) -> float:
        return self.counted / (self.counted + self.remaining)


def year_end_forecast(
    values: Sequence[Decimal],
    remaining: int,
    *,
    last_year: LastYear | None = None,
    goal: Goal | None = None,
    rules: StatusRules | None = None,
) -> Forecast | None:
    """Return what a year will come to; ``None`` while no period of it has a value.

    :param values: of the periods that have one, in any order.
    :param remaining: how many periods of the year are still to come.
    :param last_year: its shape is used where its same periods come to more than 0.
    :param rules: for when it is shown and which chance is which word; the defaults if ``None``.
    :raises RuleBroken: if a count is no number, infinite, negative or of 1e15 or more.

    >>> found = year_end_forecast([Decimal(20)] * 6, 6, goal=Goal(Decimal(260), Direction.LOWER))
    >>> found.point, found.lower, found.upper, found.chance_in_words
    (Decimal('240'), Decimal('212'), Decimal('272'), <Chance.LIKELY: 'likely'>)
    """
    if not values:
        return None
    rules = StatusRules() if rules is None else rules
    with localcontext(EXACT):
        progress = _progress(values, remaining, last_year)
        lower, upper = _range(progress)
        chance = None if goal is None else _chance(progress, goal)
        return Forecast(
            point=progress.year_to_date + progress.expected,
            lower=lower,
            upper=upper,
            year_to_date=progress.year_to_date,
            counted=progress.counted,
            remaining=progress.remaining,
            phi=progress.phi,
            method=progress.method,
            chance=chance,
            chance_in_words=None if chance is None else chance_in_words(chance, rules),
            is_shown=progress.counted >= rules.forecast_from,
        )


def _progress(values: Sequence[Decimal], remaining: int, last_year: LastYear | None) -> _Progress:
    if remaining < 0:
        raise RuleBroken("The periods that remain cannot be fewer than none")
    counts = [counted(value, "count") for value in values]
    year_to_date = sum(counts, Decimal(0))
    share = last_year if remaining and _has_shape(last_year) else None
    return _Progress(year_to_date, len(counts), remaining, _phi(counts, year_to_date), share)


def _has_shape(last_year: LastYear | None) -> bool:
    if last_year is None:
        return False
    counted(last_year.rest, "last year's count")
    return counted(last_year.counted, "last year's count") > 0


def _phi(counts: Sequence[Decimal], total: Decimal) -> Decimal:
    """Return Pearson's chi-squared about the even share, by its degrees of freedom; 1 at least.

    From sums, which 34 digits hold in full, so that no order of the counts changes the last digit.
    """
    if len(counts) < 2 or not total:
        return Decimal(1)
    squares = sum((count * count for count in counts), Decimal(0))
    scatter = len(counts) * squares - total * total
    return max(Decimal(1), scatter / (total * (len(counts) - 1)))


def _range(progress: _Progress) -> tuple[Decimal, Decimal]:
    """Return the bounds of the year's total."""
    so_far = progress.year_to_date
    if not progress.remaining:
        return so_far, so_far
    if progress.is_poisson:
        few, many = (
            negative_binomial_quantile(tail, progress.size, progress.success)
            for tail in (_TAIL, 1 - _TAIL)
        )
        return so_far + int(few), so_far + int(many)
    point, reach = so_far + progress.expected, Z_95 * progress.deviation
    return max(so_far, point - reach), point + reach


def _chance(progress: _Progress, goal: Goal) -> float | None:
    """Return the chance that the year's total meets its target, the target included."""
    if goal.good not in {Direction.LOWER, Direction.HIGHER}:
        return None
    is_higher = goal.good is Direction.HIGHER
    distance = finite(goal.target, "target") - progress.year_to_date
    if distance < 0 or (is_higher and distance == 0):
        return 1.0 if is_higher else 0.0
    if progress.is_poisson:
        return _chance_of_events(progress, distance, is_higher=is_higher)
    deviation, beyond = progress.deviation, distance - progress.expected
    if not deviation:
        return float(beyond <= 0 if is_higher else beyond >= 0)
    return normal_cdf(float((-beyond if is_higher else beyond) / deviation))


def _chance_of_events(progress: _Progress, distance: Decimal, *, is_higher: bool) -> float:
    """Return the chance of at most (at least, where more is better) so many whole events."""
    rounding = ROUND_CEILING if is_higher else ROUND_FLOOR
    events = float(distance.to_integral_value(rounding)) - is_higher
    return negative_binomial_cdf(events, progress.size, progress.success, is_upper=is_higher)


def chance_in_words(chance: float, rules: StatusRules) -> Chance:
    """Return a chance, 0 to 1, as the one of three words that it is shown by."""
    if chance < rules.unlikely_percent / 100:
        return Chance.UNLIKELY
    return Chance.LIKELY if chance > rules.likely_percent / 100 else Chance.UNCERTAIN

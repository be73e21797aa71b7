"""Probabilities and quantiles of the distributions that intervals and forecasts are read from.

Floats in and out. Probabilities run from 0 to 1; at 0 and 1 a quantile is the end of what is
possible, which may be infinite or, for a gamma or beta of a tiny shape, 0 for all a double can
tell. Where only the smaller tail is exact it can be given as such: ``is_upper``.

Relative error of the quantiles: under 1e-12 for parameters from 1 to 1e12, under 5e-12 from 0.001.
A quantile's error is that of the tail (:mod:`tracker.domain.special`), divided by how fast the
tail changes, so that it shrinks as counts grow: from 1e6 it is that of a double.
"""

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import NamedTuple

from tracker.domain.special import Area, beta_area, gamma_area

_STANDARD = NormalDist()
#: A tail that misses the wanted one by less than this share has reached it.
_TIE = 1e-12
_MOST_STEPS = 60
#: Below it (and above its inverse) a point counts as 0 (as infinite).
_LEAST = 1e-306
_MOST_WALKED = 300
_MOST_COUNTED = 1e15


class Tails(NamedTuple):
    """A probability and the rest to 1, the smaller of them exact."""

    lower: float
    upper: float


def normal_cdf(z: float) -> float:
    """Return the standard normal probability of less than z, exact to 1e-13 in either tail.

    >>> round(normal_cdf(1.959963984540054), 12)
    0.975
    """
    return math.erfc(-z / math.sqrt(2)) / 2


def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile: M. J. Wichura's algorithm AS 241 (1988), to 1e-15.

    >>> abs(normal_quantile(0.975) - 1.959963984540054) < 1e-15
    True
    """
    if probability <= 0:
        return -math.inf
    return math.inf if probability >= 1 else _STANDARD.inv_cdf(probability)


def gamma_quantile(probability: float, shape: float, *, is_upper: bool = False) -> float:
    """Return the quantile of the gamma distribution with scale 1.

    :param is_upper: whether the probability is that of more, not of less.

    >>> round(gamma_quantile(0.5, 1.0), 12) == round(math.log(2), 12)
    True
    """
    tails = _tails(probability, is_upper=is_upper)
    if min(tails) <= 0:
        return 0.0 if tails.lower <= 0 else math.inf
    spread = math.hypot(1 / math.sqrt(shape), 1 / shape)
    return _solve(tails, _gamma_start(tails, shape), spread, lambda x: gamma_area(x, shape))


def chi_squared_quantile(probability: float, degrees: float, *, is_upper: bool = False) -> float:
    """Return the quantile of chi-squared, twice that of the gamma with half as large a shape.

    :param degrees: of freedom, above 0.
    """
    return 2 * gamma_quantile(probability, degrees / 2, is_upper=is_upper)


def beta_odds_quantile(probability: float, a: float, b: float, *, is_upper: bool = False) -> float:
    """Return x / (1 - x) for the quantile x of the beta distribution, exact also for x near 1.

    >>> round(beta_odds_quantile(0.75, 1.0, 1.0), 12)
    3.0
    """
    tails = _tails(probability, is_upper=is_upper)
    if min(tails) <= 0:
        return 0.0 if tails.lower <= 0 else math.inf
    return _beta_odds(tails, a, b)


def beta_quantile(probability: float, a: float, b: float, *, is_upper: bool = False) -> float:
    """Return the quantile of the beta distribution.

    >>> round(beta_quantile(0.25, 2.0, 1.0), 12)
    0.5
    """
    odds = beta_odds_quantile(probability, a, b, is_upper=is_upper)
    return 1.0 if math.isinf(odds) else odds / (1 + odds)


def student_t_quantile(probability: float, degrees: float) -> float:
    """Return the quantile of Student's t, from the beta distribution of t^2 / (t^2 + degrees).

    :param degrees: of freedom, above 0; need not be whole.
    :returns: infinite where it would be above 1e153.

    >>> round(student_t_quantile(0.75, 1.0), 12)
    1.0
    """
    tail = min(probability, 1 - probability)
    if tail <= 0:
        return math.copysign(math.inf, probability - 0.5)
    if tail >= 0.5:
        return 0.0
    odds = _beta_odds(Tails(1 - 2 * tail, 2 * tail), 0.5, degrees / 2)
    return math.copysign(math.sqrt(degrees * odds), probability - 0.5)


def negative_binomial_cdf(
    count: float, size: float, success: float, *, is_upper: bool = False
) -> float:
    """Return the probability of so many failures or fewer before the ``size``-th success.

    The incomplete beta function I_success(size, count + 1).

    :param count: whole; below 0 nothing is that few.
    :param size: above 0; need not be whole.
    :param success: probability of a success, above 0 and up to 1.
    :param is_upper: whether the probability of more is asked for.

    >>> round(negative_binomial_cdf(1, 1.0, 0.5), 12)
    0.75
    """
    if count < 0:
        return 1.0 if is_upper else 0.0
    area = beta_area(success, size, count + 1)
    return area.upper if is_upper else area.lower


def negative_binomial_quantile(probability: float, size: float, success: float) -> float:
    """Return the least count whose probability of it or fewer is as large as the one given.

    Starts from Cornish and Fisher's expansion, works out the probability there and walks to the
    answer by the recursion of single probabilities. A tail that misses by less than 1e-12 of
    itself, as rounding leaves it where the two are equal, counts as reached.

    :returns: a whole number; infinite for a probability of 1.

    >>> negative_binomial_quantile(0.75, 1.0, 0.5)
    1.0
    """
    if probability <= 0 or success >= 1:
        return 0.0
    if probability >= 1:
        return math.inf
    # The smaller tail decides, the upper one with a minus: so both grow with the count.
    is_low = probability <= 0.5
    wanted = probability * (1 - _TIE) if is_low else (probability - 1) * (1 + _TIE)
    start = _negative_binomial_start(probability, size, success)
    found = _walk(start, wanted, size, success)
    return _bisect(start, wanted, size, success) if found is None else found


def _tails(probability: float, *, is_upper: bool) -> Tails:
    rest = 1 - probability
    return Tails(rest, probability) if is_upper else Tails(probability, rest)


def _z(tails: Tails) -> float:
    if tails.lower <= tails.upper:
        return normal_quantile(tails.lower)
    return -normal_quantile(tails.upper)


def _exp(x: float) -> float:
    """Return e^x, held between 0 and the infinite."""
    return math.exp(x) if x < 709 else math.inf


def _solve(tails: Tails, start: float, spread: float, area_at: Callable[[float], Area]) -> float:
    """Return the point with the given tails, by Halley's steps on the logarithm of the smaller.

    Steps are taken in the logarithm of the point, in which the density is log-concave; so the
    logarithm of a tail is concave too, and a step too far to one side is made good by the next.
    A step is at most a few spreads long, and a step outside what is known to hold the point is
    replaced by halving that. A step of Halley's cubes the error, so none follows one that is tiny
    for the spread and for how fast the density falls there.

    :param spread: standard deviation of the point's logarithm, roughly.
    """
    point, low, high = min(max(start, _LEAST), 1 / _LEAST), 0.0, math.inf
    for _ in range(_MOST_STEPS):
        area = area_at(point)
        step = _step(tails, area, 8 * spread)
        low, high = (point, high) if step > 0 else (low, point)
        moved = min(max(point * _exp(step), _LEAST), 1 / _LEAST)
        if moved == point:
            break
        if not low < moved < high:
            moved = math.sqrt(low) * math.sqrt(high)
            step = math.inf
        point = moved
        if abs(step) * max(1.0, 1 / spread, abs(area.slope)) <= 1e-5:
            break
    if point <= _LEAST:
        return 0.0
    return math.inf if point >= 1 / _LEAST else point


def _step(tails: Tails, area: Area, most: float) -> float:
    """Return Halley's step towards the point with the given tails, at most so long."""
    is_lower = tails.lower <= tails.upper
    tail, goal = (area.lower, tails.lower) if is_lower else (area.upper, tails.upper)
    side = 1 if is_lower else -1
    if tail <= 0 or area.density <= 0:
        return side * most if tail < goal else -side * most
    excess = math.log(tail / goal) if goal > 1e-300 else math.log(tail) - math.log(goal)
    hazard = area.density / tail
    newton = max(-most, min(most, -side * excess / hazard))
    bend = area.slope - side * hazard
    step = newton / max(0.5, 1 + newton * bend / 2)
    return max(-most, min(most, step))


def _gamma_start(tails: Tails, shape: float) -> float:
    """Return a first guess: Wilson and Hilferty's cube, or the power that P begins with."""
    root = 1 - 1 / (9 * shape) + _z(tails) / (3 * math.sqrt(shape))
    if shape >= 0.5 and root > 0.3:
        return shape * root**3
    return _exp((math.log(tails.lower) + math.lgamma(shape + 1)) / shape)


def _beta_odds(tails: Tails, a: float, b: float) -> float:
    def area_at(odds: float) -> Area:
        return beta_area(odds / (1 + odds), a, b, rest=1 / (1 + odds))

    spread = math.hypot(1 / math.sqrt(a), 1 / a, 1 / math.sqrt(b), 1 / b)
    return _solve(tails, _beta_odds_start(tails, a, b), spread, area_at)


def _beta_odds_start(tails: Tails, a: float, b: float) -> float:
    """Return a first guess of the odds.

    Carter's approximation (Abramowitz and Stegun 26.5.22), or for a parameter below 1 the power
    that the nearer tail begins with, the tails shared as if each went on to the mean.
    """
    if min(a, b) >= 1:
        z = -_z(tails)
        of_a, of_b = 1 / (2 * a - 1), 1 / (2 * b - 1)
        h = 2 / (of_a + of_b)
        bend = (z * z - 3) / 6
        w = z * math.sqrt(h + bend) / h - (of_b - of_a) * (bend + 5 / 6 - 2 / (3 * h))
        return a / b * _exp(-2 * w)
    left = math.exp(a * math.log(a / (a + b))) / a
    right = math.exp(b * math.log(b / (a + b))) / b
    if tails.lower * (left + right) < left:
        share = min((math.log(a * (left + right)) + math.log(tails.lower)) / a, -0.001)
        return _exp(share) / -math.expm1(share)
    share = min((math.log(b * (left + right)) + math.log(tails.upper)) / b, -0.001)
    return -math.expm1(share) * _exp(-share)


def _negative_binomial_start(probability: float, size: float, success: float) -> float:
    """Return a first guess: by Cornish and Fisher, or for a skew count by the gamma it mixes."""
    failure = 1 - success
    scale = failure / success
    if size * failure < 16:
        return float(math.floor(gamma_quantile(probability, size) * scale))
    z = normal_quantile(probability)
    skew = (1 + failure) / math.sqrt(size * failure)
    kurtosis = 6 / size + success * success / (size * failure)
    moved = z + (z * z - 1) * skew / 6 + (z**3 - 3 * z) * kurtosis / 24
    moved -= (2 * z**3 - 5 * z) * skew * skew / 36
    return max(
        0.0, float(math.floor(size * scale + moved * math.sqrt(size * scale / success) + 0.5))
    )


def _reached(area: Area, wanted: float) -> float:
    return area.lower if wanted > 0 else -area.upper


def _walk(count: float, wanted: float, size: float, success: float) -> float | None:
    """Return the least count with the wanted probability, ``None`` if it is far from this one.

    It counts as far where subtraction would lose digits, as the probability here is 1,000 times as
    large, and where one more is hardly more to a double.
    """
    failure = 1 - success
    area = beta_area(success, size, count + 1)
    reached, single = _reached(area, wanted), area.density / (failure * (size + count))
    if abs(reached) > 1e3 * abs(wanted) or count > _MOST_COUNTED:
        return None
    for _ in range(_MOST_WALKED):
        if reached < wanted:
            count += 1
            single *= failure * (size + count - 1) / count
            reached += single
            if reached >= wanted:
                return count
        else:
            if count <= 0 or reached - single < wanted:
                return count
            reached -= single
            single *= count / (failure * (size + count - 1))
            count -= 1
    return None


def _bisect(count: float, wanted: float, size: float, success: float) -> float:
    """Return the least count with the wanted probability, from any first guess."""

    def is_reached(at: int) -> bool:
        return _reached(beta_area(success, size, at + 1.0), wanted) >= wanted

    low, high = -1, max(int(count), 1)
    while high < 1e250 and not is_reached(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_reached(middle) else (middle, high)
    return float(high)

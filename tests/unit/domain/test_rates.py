"""Published figures are as printed; what is not printed is solved here, in fractions or decimals,
from what defines it, and not by the formula under test.
"""

import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.exact_sums import poisson_tails
from tests.unit.domain.limits import bounds, decimals, near, printed
from tracker.domain.errors import RuleBroken
from tracker.domain.rates import (
    Interval,
    difference_of_proportions,
    mean,
    mean_of_summary,
    proportion,
    rate,
)

COUNTS = st.integers(0, 10**6).map(Decimal)
EXPOSURES = st.decimals("0.001", "1e7", places=3).filter(lambda exposure: exposure > 0)
TAIL = Fraction(25, 1000)


def root(function: Callable[[Decimal], Decimal], low: Decimal, high: Decimal) -> Decimal:
    """Return where a function changes its sign, by halving."""
    with localcontext(prec=50):
        is_up = function(high) > 0
        for _ in range(150):
            middle = (low + high) / 2
            low, high = (low, middle) if (function(middle) > 0) is is_up else (middle, high)
        return low


def score_limits(part: int, whole: int) -> tuple[Decimal, Decimal]:
    """Return the shares that are as far from the observed one as 95% allows, by their own error."""
    with localcontext(prec=50):
        # The normal quantile of 0.975, computed with mpmath at 50 digits.
        z = Decimal("1.9599639845400542355245944305205515279555500778695")
        seen = Decimal(part) / whole

        def excess(share: Decimal) -> Decimal:
            return (seen - share) ** 2 * whole - z * z * share * (1 - share)

        lower = root(excess, Decimal(0), seen) if part else Decimal(0)
        upper = root(excess, seen, Decimal(1)) if part < whole else Decimal(1)
        return lower, upper


# E. S. Pearson and H. O. Hartley, Biometrika Tables for Statisticians I (1966), table 40.
@pytest.mark.parametrize(
    ("events", "limits"),
    [
        (0, (0.0, 3.69)),
        (1, (0.03, 5.57)),
        (2, (0.24, 7.22)),
        (3, (0.62, 8.77)),
        (4, (1.09, 10.24)),
        (5, (1.62, 11.67)),
        (6, (2.20, 13.06)),
        (7, (2.81, 14.42)),
        (8, (3.45, 15.76)),
        (9, (4.12, 17.08)),
    ],
)
def test_a_rate_of_few_events_has_the_poisson_limits_of_the_tables(events, limits):
    assert printed(rate(Decimal(events), Decimal(1)).interval, 2) == limits


@pytest.mark.parametrize("events", range(10))
def test_the_poisson_limits_leave_a_fortieth_on_either_side(events):
    lower, upper = bounds(rate(Decimal(events), Decimal(1)).interval)
    if events:
        assert near(poisson_tails(Fraction(lower), events)[1], TAIL)
    assert near(poisson_tails(Fraction(upper), events + 1)[0], TAIL)


# Byar's formula, computed with mpmath at 50 digits.
@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [
        ("10", "4.78744991396756181403464", "18.39145860575647555821759"),
        ("65", "50.16318771045944169516279", "82.84913854593985930857735"),
        ("1045", "982.5932018073326848582694", "1110.33121298564982703658"),
        ("1e12", "999998040036.962613042687", "1000001959965.931693817758"),
    ],
)
def test_a_rate_of_ten_events_or_more_has_byars_limits(events, lower, upper):
    found = bounds(rate(Decimal(events), Decimal(1)).interval)
    assert near(found[0], Decimal(lower), 1e-20)
    assert near(found[1], Decimal(upper), 1e-20)


# "Byar's method is within 0.2% of the exact value for numerators of 10 or more": Public Health
# England, Technical Guide: Confidence Intervals (2018).
@pytest.mark.parametrize("events", [10, 11, 15, 30, 100, 400])
def test_byars_limits_are_within_a_fifth_of_a_percent_of_the_exact_ones(events):
    lower, upper = bounds(rate(Decimal(events), Decimal(1)).interval)
    lower, upper = Fraction(lower), Fraction(upper)
    step = Fraction(2, 1000)
    assert poisson_tails(lower * (1 - step), events)[1] < TAIL
    assert poisson_tails(lower * (1 + step), events)[1] > TAIL
    assert poisson_tails(upper * (1 - step), events + 1)[0] > TAIL
    assert poisson_tails(upper * (1 + step), events + 1)[0] < TAIL


def test_a_rate_is_per_so_many_of_its_denominator():
    found = rate(Decimal(5), Decimal(2000), per=Decimal(1000))
    assert found.value == Decimal("2.5")
    assert printed(found.interval, 3) == (0.812, 5.834)


def test_a_rate_needs_no_whole_events_from_ten():
    assert rate(Decimal("10.5"), Decimal(7)).interval is not None


def test_more_events_than_people_are_a_rate():
    assert rate(Decimal(30), Decimal(7)).value == pytest.approx(Decimal(30) / 7)


# R. G. Newcombe, Two-sided confidence intervals for the single proportion (Statistics in Medicine
# 17, 1998), table I, method 3.
@pytest.mark.parametrize(
    ("part", "whole", "limits"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_a_proportion_has_the_score_limits_that_are_published(part, whole, limits):
    assert printed(proportion(Decimal(part), Decimal(whole)).interval, 4) == limits


@pytest.mark.parametrize(
    ("part", "whole"), [(0, 1), (1, 1), (1, 2), (81, 263), (999, 1000), (7, 10**9)]
)
def test_the_score_limits_are_as_far_off_as_their_own_error_allows(part, whole):
    lower, upper = bounds(proportion(Decimal(part), Decimal(whole)).interval)
    wanted = score_limits(part, whole)
    assert near(lower, wanted[0], 1e-20)
    assert near(upper, wanted[1], 1e-20)


# R. G. Newcombe, Interval estimation for the difference between independent proportions
# (Statistics in Medicine 17, 1998), table II, method 10.
@pytest.mark.parametrize(
    ("first", "second", "limits"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_a_difference_has_newcombes_published_limits_and_all_their_digits(first, second, limits):
    found = difference_of_proportions(*decimals(*first), *decimals(*second))
    assert printed(found.interval, 4) == limits
    (low, high), (other_low, other_high) = score_limits(*first), score_limits(*second)
    with localcontext(prec=50):
        p, q = Decimal(first[0]) / first[1], Decimal(second[0]) / second[1]
        lower = p - q - ((p - low) ** 2 + (other_high - q) ** 2).sqrt()
        upper = p - q + ((high - p) ** 2 + (q - other_low) ** 2).sqrt()
    assert bounds(found.interval) == (
        pytest.approx(lower, abs=Decimal("1e-20")),
        pytest.approx(upper, abs=Decimal("1e-20")),
    )


def test_a_mean_of_two_values_has_a_closed_form():
    # Student's t of 1 degree is tan(pi (p - 1/2)).
    reach = math.tan(math.pi * 0.475) * math.sqrt(2) / math.sqrt(2)
    found = mean([Decimal(3), Decimal(5)])
    assert found.value == 4
    assert printed(found.interval, 9) == (round(4 - reach, 9), round(4 + reach, 9))


def test_a_mean_of_three_values_has_a_closed_form():
    # Student's t of 2 degrees is (2p - 1) / sqrt(2p (1 - p)); the deviation of 1, 2, 6 sqrt(7).
    with localcontext(prec=40):
        t = Decimal("0.95") / (2 * Decimal("0.975") * Decimal("0.025")).sqrt()
        reach = t * (Decimal(7) / 3).sqrt()
    lower, upper = bounds(mean(decimals(1, 2, 6)).interval)
    assert near(lower, 3 - reach)
    assert near(upper, 3 + reach)


def test_a_mean_is_the_same_from_its_summary():
    with localcontext(prec=34):
        deviation = Decimal(7).sqrt()
    assert mean_of_summary(Decimal(3), deviation, 3) == mean(decimals(1, 2, 6))


def test_a_mean_of_values_that_agree_is_sure():
    assert mean(decimals(4, 4, 4)).interval == Interval(Decimal(4), Decimal(4))


def test_a_mean_of_values_far_from_zero_keeps_their_spread():
    lower, upper = bounds(mean(decimals("100000000000001", "100000000000003")).interval)
    assert near(upper - lower, 2 * math.tan(math.pi * 0.475), 1e-12)


def test_one_value_is_a_mean_without_an_interval():
    assert (mean([Decimal(7)]).value, mean([Decimal(7)]).interval) == (7, None)
    assert mean_of_summary(Decimal(7), Decimal(0), 1).interval is None


def test_no_values_have_no_mean():
    assert mean([]).value is mean_of_summary(Decimal(7), Decimal(0), 0).value is None


def test_nothing_is_said_of_a_denominator_of_zero():
    for found in (
        rate(Decimal(3), Decimal(0)),
        proportion(Decimal(0), Decimal(0)),
        difference_of_proportions(*decimals(0, 0, 1, 2)),
        difference_of_proportions(*decimals(1, 2, 0, 0)),
    ):
        assert (found.value, found.interval) == (None, None)


@pytest.mark.parametrize("bad", ["NaN", "sNaN", "Infinity", "-Infinity", "1e15", "-1"])
def test_what_is_no_count_is_refused(bad):
    wrong, one = Decimal(bad), Decimal(1)
    for refused in (
        lambda: rate(wrong, one),
        lambda: rate(one, wrong),
        lambda: rate(one, one, per=wrong),
        lambda: proportion(wrong, one),
        lambda: proportion(one, wrong),
        lambda: difference_of_proportions(one, one, wrong, one),
        lambda: mean_of_summary(one, wrong, 5),
    ):
        with pytest.raises(RuleBroken):
            refused()


@pytest.mark.parametrize("bad", ["NaN", "sNaN", "Infinity", "1e15"])
def test_what_is_no_number_has_no_mean(bad):
    with pytest.raises(RuleBroken):
        mean([Decimal(1), Decimal(bad)])


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (lambda: rate(*decimals("9.5", 7)), "The numerator must be a whole number"),
        (lambda: rate(*decimals(-1, 7)), "The numerator cannot be negative"),
        (lambda: rate(*decimals("NaN", 7)), "Enter a number for the numerator"),
        (lambda: rate(Decimal(1), Decimal(7), per=Decimal(0)), "multiplier must be more than 0"),
        (lambda: proportion(*decimals(8, 7)), "cannot be greater than the denominator"),
    ],
)
def test_a_refusal_says_what_to_enter(refused, message):
    with pytest.raises(RuleBroken, match=message):
        refused()


def test_a_refusal_stands_beside_its_field():
    with pytest.raises(RuleBroken) as broken:
        mean_of_summary(Decimal(1), Decimal(-1), 5)
    assert broken.value.field == "standard_deviation"


def test_the_callers_precision_changes_nothing():
    wanted = rate(*decimals(37, 113)), mean(decimals(1, 2, 7))
    with localcontext(prec=5):
        assert wanted == (rate(*decimals(37, 113)), mean(decimals(1, 2, 7)))


@given(events=COUNTS, base=EXPOSURES)
def test_a_rate_lies_within_its_interval(events, base):
    found = rate(events, base)
    lower, upper = bounds(found.interval)
    assert found.value is not None
    assert 0 <= lower <= found.value < upper


@given(events=COUNTS, base=EXPOSURES, factor=st.integers(2, 1000))
def test_twice_the_denominator_halves_the_rate_and_its_limits(events, base, factor):
    one, more = rate(events, base), rate(events, base * factor)
    for small, big in zip(bounds(more.interval), bounds(one.interval), strict=True):
        assert near(small * factor, big, 1e-25)


@given(part=COUNTS, rest=COUNTS)
def test_a_proportion_lies_within_its_interval_which_lies_within_nought_and_one(part, rest):
    whole = part + rest
    if whole:
        found = proportion(part, whole)
        lower, upper = bounds(found.interval)
        assert found.value is not None
        assert 0 <= lower <= found.value <= upper <= 1
        mirrored = bounds(proportion(rest, whole).interval)
        assert lower + mirrored[1] == pytest.approx(Decimal(1), abs=Decimal("1e-25"))


@given(a=COUNTS, rest_a=COUNTS, b=COUNTS, rest_b=COUNTS)
def test_a_difference_lies_within_its_interval_and_turns_round_with_its_sides(a, rest_a, b, rest_b):
    if a + rest_a and b + rest_b:
        found = difference_of_proportions(a, a + rest_a, b, b + rest_b)
        turned = difference_of_proportions(b, b + rest_b, a, a + rest_a)
        lower, upper = bounds(found.interval)
        assert found.value is not None
        assert -1 <= lower <= found.value <= upper <= 1
        assert bounds(turned.interval) == pytest.approx((-upper, -lower), abs=Decimal("1e-25"))

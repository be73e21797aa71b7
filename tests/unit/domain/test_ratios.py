import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.exact_sums import binomial_tails
from tests.unit.domain.limits import bounds, decimals, near, printed
from tracker.domain.errors import RuleBroken
from tracker.domain.rates import (
    Interval,
    MonthlyTally,
    Movement,
    RatioMethod,
    Tally,
    compare_counts,
    exact_ratio,
    movement_of_difference,
    movement_of_ratio,
    overdispersed_ratio,
)

COUNTS = st.integers(0, 10**6).map(Decimal)
EXPOSURES = st.decimals("0.001", "1e7", places=3).filter(lambda exposure: exposure > 0)
TAIL = Fraction(25, 1000)


def test_a_ratio_of_counts_is_that_of_the_example_in_r():
    # poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)), the manual's example on lung
    # cancer in Fredericia: 0.8584264 to 4.2772659.
    found = exact_ratio(Tally(*decimals(11, 800)), Tally(*decimals(21, 3011)))
    assert printed(found.interval, 7) == (0.8584264, 4.2772659)
    assert near(found.value or Decimal(0), Fraction(11 * 3011, 800 * 21))


@pytest.mark.parametrize(
    ("a", "b", "over_a", "over_b"),
    [
        (1, 1, "1", "1"),
        (3, 1, "12", "6"),
        (25, 20, "365", "366"),
        (1, 300, "2.5", "1"),
        (300, 2, "1", "3"),
        (250, 310, "1", "1"),
    ],
)
def test_the_exact_limits_of_a_ratio_leave_a_fortieth_on_either_side(a, b, over_a, over_b):
    found = exact_ratio(Tally(*decimals(a, over_a)), Tally(*decimals(b, over_b)))
    for limit, at_least in zip(bounds(found.interval), (True, False), strict=True):
        odds = Fraction(limit) * Fraction(over_a) / Fraction(over_b)
        fewer, more = binomial_tails(odds / (1 + odds), a + b, a if at_least else a + 1)
        assert near(Decimal(float(more if at_least else fewer)), TAIL)


def test_no_events_now_leave_no_lower_bound_above_zero():
    found = exact_ratio(Tally(Decimal(0)), Tally(Decimal(12)))
    # Nothing of 12: the upper share is 1 - 0.025^(1/12).
    share = 1 - 0.025 ** (1 / 12)
    assert found.value == 0
    assert bounds(found.interval)[0] == 0
    assert near(bounds(found.interval)[1], share / (1 - share))


def test_no_events_earlier_leave_no_upper_bound_and_no_ratio():
    found = exact_ratio(Tally(Decimal(12)), Tally(Decimal(0)))
    assert (found.value, found.interval.upper) == (None, None)
    share = 0.025 ** (1 / 12)
    assert near(found.interval.lower or Decimal(0), share / (1 - share))


def test_no_events_at_all_say_nothing_of_a_ratio():
    found = exact_ratio(Tally(Decimal(0)), Tally(Decimal(0)))
    assert (found.value, found.interval) == (None, Interval(Decimal(0), None))


def test_a_ratio_of_huge_counts_is_as_narrow_as_the_normal_says():
    found = exact_ratio(Tally(Decimal(10**12)), Tally(Decimal(10**12)))
    lower, upper = bounds(found.interval)
    # The logarithm's standard error is sqrt(1/a + 1/b); half an event is 5e-13 of the ratio.
    reach = 1.959963984540054 * math.sqrt(2e-12)
    assert near(upper, math.exp(reach), 2e-12)
    assert near(lower, math.exp(-reach), 2e-12)


QUIET = MonthlyTally(decimals(20, 21, 19, 20, 22, 18))
LOUD = MonthlyTally(decimals(5, 60, 12, 48, 3, 52))


def test_months_that_scatter_widen_the_interval():
    found = overdispersed_ratio(LOUD, QUIET)
    # 180 and 120 events in 6 months: 30 and 20 a month.
    chi = Fraction(25**2 + 30**2 + 18**2 + 18**2 + 27**2 + 22**2, 30) + Fraction(10, 20)
    phi = chi / 10
    reach = 1.959963984540054 * math.sqrt(phi * (Fraction(1, 180) + Fraction(1, 120)))
    assert near(found.dispersion, phi, 1e-30)
    assert found.value == Decimal("1.5")
    assert near(bounds(found.interval)[0], 1.5 * math.exp(-reach))
    assert near(bounds(found.interval)[1], 1.5 * math.exp(reach))


def test_months_that_scatter_less_than_chance_are_taken_as_chance():
    assert overdispersed_ratio(QUIET, QUIET).dispersion == 1


def test_a_month_is_expected_to_have_its_sides_rate_times_its_exposure():
    now = MonthlyTally(decimals(30, 60), decimals(1, 2))
    earlier = MonthlyTally(decimals(40, 10, 40), decimals(1, 1, 1))
    found = overdispersed_ratio(now, earlier)
    assert found.value == 1
    # The first side is as expected; the second, 30 a month, is off by 10, 20 and 10.
    assert near(found.dispersion, Fraction(10**2 + 20**2 + 10**2, 30) / 3, 1e-30)


def test_months_on_both_sides_are_compared_by_their_scatter():
    assert compare_counts(LOUD, QUIET).method is RatioMethod.OVERDISPERSED
    assert compare_counts(QUIET, QUIET).method is RatioMethod.OVERDISPERSED


@pytest.mark.parametrize(
    ("now", "earlier"),
    [
        (MonthlyTally(decimals(5, 60, 12, 48, 3)), QUIET),
        (QUIET, MonthlyTally(decimals(0, 0, 0, 0, 0, 0))),
        (LOUD, Tally(Decimal(120), Decimal(6))),
        (Tally(Decimal(180)), Tally(Decimal(120))),
    ],
    ids=["five months", "none earlier", "months on one side", "no months"],
)
def test_counts_are_compared_exactly_where_months_say_too_little(now, earlier):
    assert compare_counts(now, earlier).method is RatioMethod.EXACT


def test_months_compared_exactly_are_taken_together():
    months = MonthlyTally(decimals(1, 2), decimals(10, 20))
    assert compare_counts(months, Tally(*decimals(4, 30))) == exact_ratio(
        Tally(*decimals(3, 30)), Tally(*decimals(4, 30))
    )


@pytest.mark.parametrize(
    ("lower", "upper", "movement"),
    [
        ("1.01", "1.9", Movement.CLEAR_RISE),
        ("1", "1.9", Movement.NO_CLEAR_CHANGE),
        ("0.4", "1", Movement.NO_CLEAR_CHANGE),
        ("0.4", "0.99", Movement.CLEAR_FALL),
        ("0.4", "1.9", Movement.NO_CLEAR_CHANGE),
        ("1.2", None, Movement.CLEAR_RISE),
        ("0", None, Movement.NO_CLEAR_CHANGE),
        (None, "0.5", Movement.CLEAR_FALL),
    ],
)
def test_a_ratio_moves_clearly_if_its_interval_is_off_one(lower, upper, movement):
    limits = (None if bound is None else Decimal(bound) for bound in (lower, upper))
    assert movement_of_ratio(Interval(*limits)) is movement


@pytest.mark.parametrize(
    ("lower", "upper", "movement"),
    [
        ("0.001", "0.2", Movement.CLEAR_RISE),
        ("0", "0.2", Movement.NO_CLEAR_CHANGE),
        ("-0.2", "0", Movement.NO_CLEAR_CHANGE),
        ("-0.2", "-0.001", Movement.CLEAR_FALL),
    ],
)
def test_a_difference_moves_clearly_if_its_interval_is_off_zero(lower, upper, movement):
    assert movement_of_difference(Interval(*decimals(lower, upper))) is movement


def test_without_an_interval_nothing_moved_clearly():
    assert movement_of_ratio(None) is movement_of_difference(None) is Movement.NO_CLEAR_CHANGE


@pytest.mark.parametrize("bad", ["NaN", "sNaN", "Infinity", "-Infinity", "1e15", "-1"])
def test_a_ratio_of_what_is_no_count_is_refused(bad):
    wrong, one = Decimal(bad), Decimal(1)
    for refused in (
        lambda: exact_ratio(Tally(wrong), Tally(one)),
        lambda: exact_ratio(Tally(one), Tally(one, wrong)),
        lambda: compare_counts(MonthlyTally((wrong, one) * 6), QUIET),
        lambda: compare_counts(MonthlyTally((one,) * 6, (wrong, *(one,) * 5)), QUIET),
        lambda: compare_counts(MonthlyTally((wrong, one)), Tally(one)),
    ):
        with pytest.raises(RuleBroken):
            refused()


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (lambda: exact_ratio(Tally(Decimal("1.5")), Tally(Decimal(1))), "whole number"),
        (
            lambda: exact_ratio(Tally(*decimals(1, 0)), Tally(Decimal(1))),
            "The exposure must be more than 0",
        ),
        (lambda: MonthlyTally(decimals(1, 2), decimals(1)).months, "one exposure for each month"),
        (
            lambda: overdispersed_ratio(QUIET, MonthlyTally(decimals(0, 0))),
            "3 months with events on each side",
        ),
        (
            lambda: overdispersed_ratio(*[MonthlyTally(decimals(3))] * 2),
            "3 months with events on each side",
        ),
    ],
)
def test_a_refused_ratio_says_what_to_enter(refused, message):
    with pytest.raises(RuleBroken, match=message):
        refused()


def test_the_callers_precision_changes_no_ratio():
    wanted = compare_counts(LOUD, QUIET)
    with localcontext(prec=5):
        assert compare_counts(LOUD, QUIET) == wanted


@given(a=COUNTS, b=COUNTS, over_a=EXPOSURES, over_b=EXPOSURES)
def test_a_ratio_lies_within_its_interval_and_turns_round_with_its_sides(a, b, over_a, over_b):
    found = exact_ratio(Tally(a, over_a), Tally(b, over_b))
    turned = exact_ratio(Tally(b, over_b), Tally(a, over_a))
    if found.value is not None and turned.value is not None:
        lower, upper = bounds(found.interval)
        assert lower < found.value < upper
        assert near(1 / bounds(turned.interval)[1], lower)


@given(a=COUNTS, b=COUNTS, over=EXPOSURES, factor=st.integers(2, 1000))
def test_as_many_events_in_a_longer_time_are_a_smaller_ratio(a, b, over, factor):
    one = exact_ratio(Tally(a, over), Tally(b, over))
    slower = exact_ratio(Tally(a, over * factor), Tally(b, over))
    assert near((slower.interval.lower or Decimal(0)) * factor, one.interval.lower or Decimal(0))


@given(months=st.lists(st.tuples(COUNTS, COUNTS), min_size=6, max_size=12))
def test_scatter_never_narrows_an_interval(months):
    now, earlier = (MonthlyTally(side) for side in zip(*months, strict=True))
    found = compare_counts(now, earlier)
    if found.method is RatioMethod.OVERDISPERSED:
        lower, upper = bounds(found.interval)
        assert found.dispersion >= 1
        assert found.value is not None
        assert lower < found.value < upper

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.exact_sums import negative_binomial_sum
from tracker.domain.errors import RuleBroken
from tracker.domain.forecast import (
    Chance,
    Forecast,
    ForecastMethod,
    Goal,
    LastYear,
    year_end_forecast,
)
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import Direction

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
COUNTS = st.lists(st.integers(0, 5000).map(Decimal), min_size=1, max_size=12)
REMAINING = st.integers(0, 11)
LAST_YEAR = st.none() | st.builds(
    LastYear, st.integers(0, 50000).map(Decimal), st.integers(0, 50000).map(Decimal)
)
TARGETS = st.decimals(0, 200000, places=1)
#: 30, 30, 30: 90 events in 3 months that scatter by no more than chance.
EVEN = ("30", "30", "30")
#: 210 in 6 months, 35 a month: chi-squared 1750 / 35 = 50 on 5 degrees, phi 10.
UNEVEN = ("10", "20", "30", "40", "50", "60")


def forecast(values=EVEN, remaining=9, *, target=None, good=LOWER, **more) -> Forecast:
    goal = None if target is None else Goal(Decimal(target), good)
    found = year_end_forecast([Decimal(value) for value in values], remaining, goal=goal, **more)
    assert found is not None
    return found


def chance(values, remaining, target, good, **more) -> float:
    found = forecast(values, remaining, target=target, good=good, **more).chance
    assert found is not None
    return found


def last_year(counted, rest) -> LastYear:
    return LastYear(Decimal(counted), Decimal(rest))


def test_the_rest_of_the_year_goes_on_at_the_average_so_far():
    found = forecast(("28", "31", "31"), 9)
    assert (found.point, found.year_to_date) == (360, 90)
    assert (found.counted, found.remaining) == (3, 9)
    assert (found.method, found.phi) == (ForecastMethod.RUN_RATE, 1)


@pytest.mark.parametrize(
    ("values", "remaining"),
    [
        (("30",), 11),
        (EVEN, 9),
        (("0", "0", "0"), 9),
        (("0",), 1),
        (("1", "0", "1", "2"), 8),
        (("3",) * 11, 1),
        (("250", "241", "262", "255", "238", "249"), 6),
        (("40", "38"), 2),
    ],
)
def test_the_range_cuts_a_fortieth_off_either_side_of_the_negative_binomial(values, remaining):
    found = forecast(values, remaining)
    size = Fraction(found.year_to_date) + Fraction(1, 2)
    success = Fraction(len(values), len(values) + remaining)
    for bound, tail in ((found.lower, "0.025"), (found.upper, "0.975")):
        count = int(bound - found.year_to_date)
        assert negative_binomial_sum(count, size, success) >= Decimal(tail)
        assert count == 0 or negative_binomial_sum(count - 1, size, success) < Decimal(tail)


@pytest.mark.parametrize("target", ["330", "359", "360", "399.5", "401"])
def test_the_chance_sums_what_meets_the_target_the_target_included(target):
    size, success = Fraction(181, 2), Fraction(3, 12)
    most = math.floor(Decimal(target)) - 90
    least = math.ceil(Decimal(target)) - 90
    up_to = float(negative_binomial_sum(most, size, success))
    from_there = 1 - float(negative_binomial_sum(least - 1, size, success))
    assert chance(EVEN, 9, target, LOWER) == pytest.approx(up_to, rel=1e-12)
    assert chance(EVEN, 9, target, HIGHER) == pytest.approx(from_there, rel=1e-12)


def test_decimal_counts_keep_the_negative_binomial_with_a_size_that_is_not_whole():
    found = forecast(("30.2", "30.1", "30.4"), 9, target="362")
    size, success = Fraction(912, 10), Fraction(1, 4)
    count = int(found.lower - Decimal("90.7"))
    assert found.lower == Decimal("90.7") + count
    assert negative_binomial_sum(count, size, success) >= Decimal("0.025")
    assert negative_binomial_sum(count - 1, size, success) < Decimal("0.025")
    # 271.3 more may come: 271 whole events.
    assert found.chance == pytest.approx(
        float(negative_binomial_sum(271, size, success)), rel=1e-12
    )


def test_decimal_counts_need_as_many_whole_events_as_make_up_a_target():
    wanted = 1 - float(negative_binomial_sum(271, Fraction(912, 10), Fraction(1, 4)))
    assert chance(("30.2", "30.1", "30.4"), 9, "362", HIGHER) == pytest.approx(wanted, rel=1e-12)


def test_months_that_scatter_make_the_forecast_normal_and_wider():
    found = forecast(UNEVEN, 6, target=400)
    # phi mu (1 + m/k) = 10 x 210 x 2.
    normal = NormalDist(420, math.sqrt(4200))
    assert (found.point, found.phi) == (420, 10)
    assert float(found.lower) == pytest.approx(normal.inv_cdf(0.025), rel=1e-12)
    assert float(found.upper) == pytest.approx(normal.inv_cdf(0.975), rel=1e-12)
    assert found.chance == pytest.approx(normal.cdf(400), rel=1e-12)


def test_months_that_scatter_leave_no_total_under_what_was_counted():
    found = forecast(("0", "0", "0", "0", "0", "400"), 1)
    assert (found.lower, round(found.point, 3)) == (400, Decimal("466.667"))


def test_months_that_scatter_exactly_as_chance_does_are_taken_as_chance():
    # 5 and 3: chi-squared (1 + 1) / 4 is under 1; 8 and 2: 18 / 5 is over; 3 and 1: 2 / 2 is 1.
    phis = [forecast(values, 10).phi for values in (("5", "3"), ("8", "2"), ("3", "1"))]
    assert phis == [1, Decimal("3.6"), 1]
    assert forecast(("3", "1"), 10) == forecast(("2", "2"), 10)


def test_last_years_shape_is_kept_where_it_is_known():
    found = forecast(EVEN, 9, last_year=last_year(60, 200), target=400)
    # 90 / 60 x 200 more, with variance 300 (1 + 200/60).
    normal = NormalDist(390, math.sqrt(1300))
    assert (found.method, found.point, found.phi) == (ForecastMethod.LAST_YEAR_SHAPE, 390, 1)
    assert float(found.lower) == pytest.approx(normal.inv_cdf(0.025), rel=1e-12)
    assert float(found.upper) == pytest.approx(normal.inv_cdf(0.975), rel=1e-12)
    assert found.chance == pytest.approx(normal.cdf(400), rel=1e-12)


def test_months_that_scatter_widen_last_years_shape_too():
    found = forecast(UNEVEN, 6, last_year=last_year(100, 50), target=300, good=HIGHER)
    normal = NormalDist(315, math.sqrt(10 * 105 * 1.5))
    assert (found.point, found.phi) == (315, 10)
    assert float(found.upper) == pytest.approx(normal.inv_cdf(0.975), rel=1e-12)
    assert found.chance == pytest.approx(1 - normal.cdf(300), rel=1e-12)


def test_a_last_year_without_events_by_then_has_no_shape():
    assert forecast(EVEN, 9, last_year=last_year(0, 200)) == forecast(EVEN, 9)


@pytest.mark.parametrize(
    ("values", "year"), [(EVEN, last_year(60, 0)), (("0", "0", "0"), last_year(60, 200))]
)
def test_where_nothing_more_is_expected_by_last_years_shape_the_range_is_what_was_counted(
    values, year
):
    found = forecast(values, 9, last_year=year)
    assert found.point == found.lower == found.upper == found.year_to_date
    assert chance(values, 9, found.year_to_date, LOWER, last_year=year) == 1
    assert chance(values, 9, found.year_to_date, HIGHER, last_year=year) == 1
    assert chance(values, 9, found.year_to_date + 1, HIGHER, last_year=year) == 0


def test_a_complete_year_is_its_total():
    found = forecast(("10",) * 12, 0, last_year=last_year(60, 0))
    assert found.point == found.lower == found.upper == 120
    assert found.method is ForecastMethod.COMPLETE


@pytest.mark.parametrize(
    ("target", "good", "certainty"),
    [
        ("120", LOWER, 1),
        ("119.5", LOWER, 0),
        ("121", LOWER, 1),
        ("120", HIGHER, 1),
        ("119", HIGHER, 1),
        ("120.5", HIGHER, 0),
    ],
)
def test_a_complete_year_has_met_its_target_or_not(target, good, certainty):
    assert chance(("10",) * 12, 0, target, good) == certainty


@pytest.mark.parametrize("values", [("90",), EVEN, ("5", "80", "5")])
@pytest.mark.parametrize("year", [None, last_year(60, 200)])
def test_a_target_below_what_was_counted_is_decided_already(values, year):
    assert chance(values, 9, "89", LOWER, last_year=year) == 0
    assert chance(values, 9, "89", HIGHER, last_year=year) == 1
    assert chance(values, 9, "90", HIGHER, last_year=year) == 1


def test_a_month_alone_scatters_by_chance():
    found = forecast(("30",), 11)
    assert (found.phi, found.point) == (1, 360)


def test_a_year_without_events_so_far_may_still_have_some():
    found = forecast(("0", "0", "0"), 9, target=0)
    assert (found.point, found.lower, found.phi) == (0, 0, 1)
    assert found.upper > 0
    # (1/4)^(1/2): no failure before the half success.
    assert found.chance == pytest.approx(0.5, rel=1e-12)


def test_huge_counts_are_forecast_as_the_normal_says():
    found = forecast(("1e12",) * 6, 6, target="12000000000000")
    deviation = math.sqrt(6e12 * 2)
    assert found.point == 12 * Decimal(10) ** 12
    assert float(found.upper - found.point) == pytest.approx(1.959964 * deviation, rel=1e-5)
    assert found.chance == pytest.approx(0.5, abs=1e-5)


def test_there_is_no_forecast_before_the_first_value():
    assert year_end_forecast([], 12) is None


@pytest.mark.parametrize(("counted", "is_shown"), [(1, False), (2, False), (3, True), (12, True)])
def test_a_forecast_is_shown_from_three_periods(counted, is_shown):
    assert forecast(("10",) * counted, 12 - counted).is_shown is is_shown


def test_the_plan_may_show_a_forecast_sooner():
    assert forecast(("10",), 11, rules=StatusRules(forecast_from=1)).is_shown


@pytest.mark.parametrize(
    ("target", "word"),
    [("300", Chance.UNLIKELY), ("360", Chance.UNCERTAIN), ("440", Chance.LIKELY)],
)
def test_the_chance_has_a_word(target, word):
    assert forecast(EVEN, 9, target=target).chance_in_words is word


@pytest.mark.parametrize(
    ("unlikely", "likely", "word"),
    [(50, 80, Chance.UNCERTAIN), (51, 80, Chance.UNLIKELY), (20, 49, Chance.LIKELY)],
)
def test_a_chance_at_a_threshold_is_uncertain(unlikely, likely, word):
    rules = StatusRules(unlikely_percent=unlikely, likely_percent=likely)
    found = forecast(EVEN, 9, last_year=last_year(60, 200), target=390, rules=rules)
    assert found.chance == 0.5
    assert found.chance_in_words is word


@pytest.mark.parametrize("good", [Direction.NEUTRAL, Direction.MAINTAIN])
def test_there_is_no_chance_where_neither_less_nor_more_is_better(good):
    found = forecast(EVEN, 9, target=400, good=good)
    assert (found.chance, found.chance_in_words) == (None, None)


def test_there_is_no_chance_without_a_target():
    assert forecast().chance is forecast().chance_in_words is None


@pytest.mark.parametrize("bad", ["NaN", "sNaN", "Infinity", "-1", "1e15"])
def test_what_is_no_count_is_refused(bad):
    for refused in (
        lambda: forecast(("10", bad), 10),
        lambda: forecast(EVEN, 9, last_year=last_year(bad, 10)),
        lambda: forecast(EVEN, 9, last_year=last_year(10, bad)),
    ):
        with pytest.raises(RuleBroken):
            refused()


def test_a_target_that_is_no_number_is_refused():
    with pytest.raises(RuleBroken, match="Enter a number for the target"):
        forecast(EVEN, 9, target="NaN")


def test_a_year_cannot_have_fewer_than_no_periods_left():
    with pytest.raises(RuleBroken, match="cannot be fewer than none"):
        forecast(EVEN, -1)


def test_the_callers_precision_changes_nothing():
    wanted = forecast(UNEVEN, 6, target=400)
    with localcontext(prec=4):
        assert forecast(UNEVEN, 6, target=400) == wanted


@given(values=COUNTS, remaining=REMAINING, year=LAST_YEAR)
def test_the_range_holds_the_point_and_nothing_under_what_was_counted(values, remaining, year):
    found = year_end_forecast(values, remaining, last_year=year)
    assert found is not None
    assert found.year_to_date <= found.lower <= found.point <= found.upper


@given(values=COUNTS, remaining=REMAINING, year=LAST_YEAR, targets=st.tuples(TARGETS, TARGETS))
def test_a_target_further_on_the_good_side_is_less_likely(values, remaining, year, targets):
    near, far = sorted(targets)
    below = [chance(values, remaining, t, LOWER, last_year=year) for t in (near, far)]
    above = [chance(values, remaining, t, HIGHER, last_year=year) for t in (near, far)]
    assert below[0] <= below[1] * (1 + 1e-12)
    assert above[1] <= above[0] * (1 + 1e-12)


@given(values=COUNTS, remaining=REMAINING, year=LAST_YEAR, target=TARGETS)
def test_the_year_comes_to_less_or_to_more_than_a_target_between_whole_numbers(
    values, remaining, year, target
):
    between = target.to_integral_value() + Decimal("0.5")
    less = chance(values, remaining, between, LOWER, last_year=year)
    assert less + chance(values, remaining, between, HIGHER, last_year=year) == pytest.approx(1)


@given(values=COUNTS, remaining=REMAINING, year=LAST_YEAR)
def test_the_order_of_the_periods_changes_nothing(values, remaining, year):
    backwards = year_end_forecast(values[::-1], remaining, last_year=year)
    assert year_end_forecast(values, remaining, last_year=year) == backwards


@given(values=COUNTS, remaining=REMAINING, year=LAST_YEAR, target=TARGETS)
def test_a_chance_is_a_probability(values, remaining, year, target):
    assert 0 <= chance(values, remaining, target, LOWER, last_year=year) <= 1
    assert 0 <= chance(values, remaining, target, HIGHER, last_year=year) <= 1

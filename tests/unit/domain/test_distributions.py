"""Reference values: closed forms, sums of decimals of 50 digits, printed tables, or constants that
mpmath computed at 50 digits by solving its own series.
"""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.exact_sums import negative_binomial_sum
from tracker.domain.distributions import (
    beta_odds_quantile,
    beta_quantile,
    chi_squared_quantile,
    gamma_quantile,
    negative_binomial_cdf,
    negative_binomial_quantile,
    normal_cdf,
    normal_quantile,
    student_t_quantile,
)
from tracker.domain.special import beta_area, gamma_area

SIZES = st.one_of(
    st.floats(0.001, 50), st.floats(50, 5e4), st.floats(0, 12).map(lambda power: 10.0**power)
)
PROBABILITIES = st.one_of(
    st.floats(0.001, 0.999), st.floats(-250, 0).map(lambda power: 10.0**power * 0.999)
)


# Computed with mpmath at 50 digits.
@pytest.mark.parametrize(
    ("z", "probability"),
    [
        (-20.0, 2.7536241186062336951e-89),
        (-8.0, 6.2209605742717841235e-16),
        (-1.0, 0.15865525393145705141),
        (0.0, 0.5),
        (0.5, 0.69146246127401310364),
        (3.0, 0.99865010196836990547),
    ],
)
def test_the_normal_probability_is_right_far_into_its_tails(z, probability):
    assert normal_cdf(z) == pytest.approx(probability, rel=1e-13)


# Computed with mpmath at 50 digits.
@pytest.mark.parametrize(
    ("probability", "z"),
    [
        (1e-300, -37.047096299361199237),
        (1e-10, -6.3613409024040561991),
        (0.01, -2.3263478740408410931),
        (0.3, -0.52440051270804081597),
        (0.975, 1.9599639845400538556),
        (0.999, 3.0902323061678132778),
    ],
)
def test_the_normal_quantile_has_every_digit(probability, z):
    assert normal_quantile(probability) == pytest.approx(z, rel=1e-14)


# As printed in tables such as that of Fisher and Yates (1963), IV.
@pytest.mark.parametrize(
    ("degrees", "probability", "printed"),
    [
        (1, 0.95, 3.841),
        (5, 0.05, 1.145),
        (10, 0.95, 18.307),
        (10, 0.99, 23.209),
        (30, 0.05, 18.493),
        (30, 0.999, 59.703),
    ],
)
def test_chi_squared_is_as_printed_in_tables(degrees, probability, printed):
    assert round(chi_squared_quantile(probability, degrees), 3) == printed


@pytest.mark.parametrize("probability", [1e-200, 1e-9, 0.025, 0.5, 0.975, 1 - 2**-40])
def test_a_gamma_of_shape_one_waits_as_long_as_the_logarithm_says(probability):
    assert gamma_quantile(probability, 1.0) == pytest.approx(-math.log1p(-probability), rel=1e-13)


# probability, shape, quantile: computed with mpmath at 50 digits.
@pytest.mark.parametrize(
    ("probability", "shape", "quantile"),
    [
        (0.3, 0.01, 2.9174171917458686172e-53),
        (0.025, 0.5, 0.0004910345585876280107),
        (0.975, 0.5, 2.5119430936574437091),
        (0.025, 2.5, 0.41560580674333121933),
        (1e-12, 2.5, 0.00002562321748415267946),
        (0.975, 137.25, 161.1437107661453435),
    ],
)
def test_a_gamma_quantile_has_twelve_digits(probability, shape, quantile):
    assert gamma_quantile(probability, shape) == pytest.approx(quantile, rel=1e-12)


# Cornish and Fisher's expansion (Abramowitz and Stegun 26.2.49) for skew 2/sqrt(n): at such a
# shape its next term is under 1e-15 of the quantile.
@pytest.mark.parametrize("shape", [1e9, 1e12])
def test_a_gamma_quantile_of_a_huge_shape_follows_its_expansion(shape):
    z = 1.959963984540054
    near = shape + z * math.sqrt(shape) + (z * z - 1) / 3 + (z**3 - 7 * z) / 36 / math.sqrt(shape)
    assert gamma_quantile(0.025, shape, is_upper=True) == pytest.approx(near, rel=1e-15)


@pytest.mark.parametrize("b", [1.0, 5.0, 1e3, 1e6, 1e12])
@pytest.mark.parametrize("probability", [1e-200, 1e-9, 0.025, 0.5, 0.975])
def test_the_odds_of_the_least_of_many_follow_a_closed_form(probability, b):
    # P(more) = (1 - x)^b.
    odds = beta_odds_quantile(probability, 1.0, b, is_upper=True)
    assert odds == pytest.approx(math.expm1(-math.log(probability) / b), rel=1e-12)


# probability, a, b, quantile: computed with mpmath at 50 digits.
@pytest.mark.parametrize(
    ("probability", "a", "b", "quantile"),
    [
        (0.025, 0.5, 0.5, 0.0015413331334360120721),
        (0.975, 2.5, 7.25, 0.55508756511682881691),
        (1e-12, 3.5, 90.5, 8.1919487866814691779e-6),
        (0.025, 11.0, 22.0, 0.18571909171656612591),
    ],
)
def test_a_beta_quantile_has_twelve_digits(probability, a, b, quantile):
    assert beta_quantile(probability, a, b) == pytest.approx(quantile, rel=1e-12)
    assert beta_quantile(probability, b, a, is_upper=True) == pytest.approx(1 - quantile, rel=1e-12)


def test_a_step_that_would_go_round_in_circles_is_halved():
    # From where the tail is 0 to a double to where it is most of 1, and back. The odds are those of a
    # quadrature with mpmath at 50 digits.
    odds = beta_odds_quantile(1e-143, 0.0017, 3e10, is_upper=True)
    assert odds == pytest.approx(1.05713611241514e-8, rel=1e-12)


@pytest.mark.parametrize("probability", [1e-120, 1e-9, 0.025, 0.4999, 0.5, 0.6, 0.975, 0.9995])
def test_students_t_of_one_and_two_degrees_follows_its_closed_form(probability):
    exact = Fraction(probability)
    two = float(2 * exact - 1) / math.sqrt(float(2 * exact * (1 - exact)))
    assert student_t_quantile(probability, 2) == pytest.approx(two, rel=1e-12)
    tail = min(exact, 1 - exact)
    one = math.copysign(1 / math.tan(math.pi * tail), probability - 0.5) if tail != 0.5 else 0
    assert student_t_quantile(probability, 1) == pytest.approx(one, rel=1e-12, abs=1e-15)


# probability, degrees, quantile: computed with mpmath at 50 digits.
@pytest.mark.parametrize(
    ("probability", "degrees", "quantile"),
    [
        (0.975, 3, 3.1824463052837084359),
        (0.975, 11, 2.2009851600916393594),
        (0.975, 29.5, 2.0437249667721228625),
        (0.995, 1000, 2.5807546980659507706),
        (0.975, 1e6, 1.9599663568141066553),
        (0.6, 0.5, 0.39797542678479058738),
        (1e-9, 5, -98.937224648369955557),
    ],
)
def test_students_t_has_twelve_digits(probability, degrees, quantile):
    assert student_t_quantile(probability, degrees) == pytest.approx(quantile, rel=1e-12)


# As printed in tables such as that of Fisher and Yates (1963), III.
@pytest.mark.parametrize(
    ("degrees", "printed"), [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042)]
)
def test_students_t_is_as_printed_in_tables(degrees, printed):
    assert round(student_t_quantile(0.975, degrees), 3) == printed


@pytest.mark.parametrize(
    ("size", "success"),
    [
        ("1/2", "1/12"),
        ("1/2", "11/12"),
        ("5/2", "1/2"),
        ("25/2", "1/4"),
        ("67/2", "7/12"),
        ("601/2", "1/2"),
        ("6001/2", "7/12"),
        ("1/100", "1/50"),
        ("3", "1/1000"),
        ("40", "1/3"),
    ],
)
@pytest.mark.parametrize("probability", [1e-6, 0.025, 0.5, 0.8, 0.975])
def test_the_negative_binomial_quantile_is_the_least_count_that_reaches(size, success, probability):
    real, chance = Fraction(size), Fraction(success)
    count = negative_binomial_quantile(probability, float(real), float(chance))
    reached = negative_binomial_sum(int(count), real, chance)
    assert reached >= Decimal(probability)
    assert negative_binomial_cdf(count, float(real), float(chance)) == pytest.approx(
        float(reached), rel=1e-12
    )
    if count:
        assert negative_binomial_sum(int(count) - 1, real, chance) < Decimal(probability)


@pytest.mark.parametrize("size", [1e6 + 0.5, 1e12 + 0.5])
@pytest.mark.parametrize("probability", [1e-9, 0.025, 0.975])
def test_the_negative_binomial_quantile_of_a_huge_size_is_the_least_count_too(size, probability):
    count = negative_binomial_quantile(probability, size, 7 / 12)
    assert negative_binomial_cdf(count - 1, size, 7 / 12) < probability
    assert probability <= negative_binomial_cdf(count, size, 7 / 12)


@pytest.mark.parametrize(
    ("size", "success"), [(1.0, 0.5), (17.0, 0.001), (20.5, 0.5), (1000.5, 0.1), (30000.5, 0.01)]
)
@pytest.mark.parametrize("power", [-250, -30, -9, -1])
def test_far_into_either_tail_the_quantile_is_the_least_count_too(size, success, power):
    tail = 10.0**power
    count = negative_binomial_quantile(tail, size, success)
    assert negative_binomial_cdf(count - 1, size, success) < tail
    assert tail <= negative_binomial_cdf(count, size, success)
    probability = 1 - max(tail, 2.0**-50)
    count = negative_binomial_quantile(probability, size, success)
    above = 1 - probability
    assert negative_binomial_cdf(count - 1, size, success, is_upper=True) > above
    assert above * (1 + 1e-12) >= negative_binomial_cdf(count, size, success, is_upper=True)


@pytest.mark.parametrize("probability", [0.025, 0.5, 0.975])
def test_a_count_beyond_the_whole_numbers_of_a_double_is_as_near_as_one_can_be(probability):
    # So rare a success leaves the gamma that the negative binomial mixes, at 1e21 failures.
    count = negative_binomial_quantile(probability, 1e12, 1e-9)
    assert count == pytest.approx(gamma_quantile(probability, 1e12) * 1e9, rel=2e-9)


def test_a_probability_that_a_count_reaches_exactly_is_reached():
    # One success in two: 1/2, 3/4, 7/8 and so on.
    reached = [1 - 0.5**k for k in range(1, 40)]
    assert [negative_binomial_quantile(p, 1.0, 0.5) for p in reached] == list(range(39))


def test_no_failures_come_before_a_sure_success():
    assert negative_binomial_quantile(0.975, 3.5, 1.0) == 0
    assert negative_binomial_cdf(0, 3.5, 1.0) == 1


def test_fewer_than_no_failures_cannot_be():
    assert negative_binomial_cdf(-1, 3.5, 0.5) == 0
    assert negative_binomial_cdf(-1, 3.5, 0.5, is_upper=True) == 1


def test_at_the_ends_a_quantile_is_the_end_of_what_is_possible():
    assert (normal_quantile(0), normal_quantile(1)) == (-math.inf, math.inf)
    assert (gamma_quantile(0, 2.5), gamma_quantile(1, 2.5)) == (0, math.inf)
    assert (beta_quantile(0, 2.5, 3.5), beta_quantile(1, 2.5, 3.5)) == (0, 1)
    assert (student_t_quantile(0, 3), student_t_quantile(1, 3)) == (-math.inf, math.inf)
    assert negative_binomial_quantile(0, 2.5, 0.5) == 0
    assert negative_binomial_quantile(1, 2.5, 0.5) == math.inf


def test_a_point_too_small_for_a_double_is_zero():
    assert gamma_quantile(0.025, 0.001) == beta_quantile(0.025, 0.001, 5.0) == 0
    assert beta_odds_quantile(0.025, 5.0, 0.001, is_upper=True) == math.inf


@given(probability=PROBABILITIES, shape=SIZES, is_upper=st.booleans())
def test_a_gamma_quantile_has_the_tail_that_was_asked_for(probability, shape, is_upper):
    x = gamma_quantile(probability, shape, is_upper=is_upper)
    if 0 < x < math.inf:
        area = gamma_area(x, shape)
        missed = abs((area.upper if is_upper else area.lower) - probability)
        assert missed <= 2e-12 * area.density + 1e-12 * probability


@given(probability=PROBABILITIES, a=SIZES, b=SIZES, is_upper=st.booleans())
def test_beta_odds_have_the_tail_that_was_asked_for(probability, a, b, is_upper):
    odds = beta_odds_quantile(probability, a, b, is_upper=is_upper)
    if 0 < odds < math.inf:
        area = beta_area(odds / (1 + odds), a, b, rest=1 / (1 + odds))
        missed = abs((area.upper if is_upper else area.lower) - probability)
        assert missed <= 2e-12 * area.density + 1e-12 * probability


@given(step=st.integers(1, 2**40 - 1), degrees=SIZES)
def test_students_t_is_symmetric_and_wider_than_the_normal(step, degrees):
    # Of the form that a double can mirror in 1/2 without rounding.
    probability = step / 2**41
    t = student_t_quantile(probability, degrees)
    assert student_t_quantile(1 - probability, degrees) == -t
    assert t <= normal_quantile(probability) * (1 - 1e-12)


@given(probability=PROBABILITIES, size=SIZES, success=st.floats(0.001, 1))
def test_a_negative_binomial_quantile_reaches_and_its_predecessor_does_not(
    probability, size, success
):
    count = negative_binomial_quantile(probability, size, success)
    assert negative_binomial_cdf(count, size, success) >= probability * (1 - 1e-9)
    assert negative_binomial_cdf(count - 1, size, success) <= probability * (1 + 1e-9)


@given(count=st.integers(0, 10**6), size=SIZES, success=st.floats(0.001, 1))
def test_up_to_a_count_and_above_it_is_everything(count, size, success):
    lower = negative_binomial_cdf(count, size, success)
    assert lower + negative_binomial_cdf(count, size, success, is_upper=True) == pytest.approx(1)


@given(
    probability=st.floats(0, 1),
    a=st.floats(1e-4, 1e14),
    b=st.floats(1e-4, 1e14),
    success=st.floats(1e-9, 1),
)
def test_no_quantile_is_ever_refused(probability, a, b, success):
    assert 0 <= gamma_quantile(probability, a) <= math.inf
    assert 0 <= beta_quantile(probability, a, b) <= 1
    assert not math.isnan(student_t_quantile(probability, a))
    assert 0 <= negative_binomial_quantile(probability, a, success) <= math.inf

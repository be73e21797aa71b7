"""Reference values: sums of fractions or of 60-digit decimals, made here, or constants that
mpmath computed at 50 digits (by its hypergeometric series, for large parameters by quadrature).
"""

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.exact_sums import binomial_tails, poisson_tails
from tracker.domain.special import (
    INTEGRATE_FROM,
    beta_area,
    gamma_area,
    log1p_less,
    stirling_error,
)

#: Parameters of every size, on either side of where a fraction gives way to an integral.
SIZES = st.one_of(
    st.floats(0.001, 50), st.floats(50, 5e4), st.floats(0, 12).map(lambda power: 10.0**power)
)
#: How many standard deviations from the mean.
DISTANCES = st.floats(-12, 12)


def near(got: float, wanted: Decimal | Fraction | str, share: float = 1e-12) -> bool:
    exact = Fraction(wanted)
    return abs(Fraction(got) - exact) <= share * exact


@pytest.mark.parametrize(
    ("shape", "x"),
    [
        (1, 1e-9),
        (1, 40.0),
        (2, 0.3),
        (3, 3.0),
        (10, 2.0),
        (10, 10.0),
        (10, 45.5),
        (50, 12.0),
        (50, 49.0),
        (300, 250.0),
        (300, 450.0),
        (3000, 2700.0),
        (3000, 3001.0),
        (9999, 9800.0),
        (10000, 9800.0),
        (10000, 10300.0),
    ],
)
def test_a_whole_shape_gives_the_tails_of_a_poisson_count(shape, x):
    fewer, more = poisson_tails(Fraction(x), shape)
    area = gamma_area(x, float(shape))
    assert near(area.upper, fewer)
    assert near(area.lower, more)


@pytest.mark.parametrize(
    ("a", "b", "x"),
    [
        (1, 1, 0.25),
        (1, 5, 1e-12),
        (3, 4, 0.001),
        (3, 4, 0.999),
        (10, 1, 0.5),
        (50, 50, 0.3),
        (50, 50, 0.5),
        (20, 180, 0.2),
        (180, 20, 0.8),
        (400, 300, 0.5),
        (400, 300, 0.6),
        (1, 700, 0.01),
    ],
)
def test_whole_parameters_give_the_tails_of_a_binomial_count(a, b, x):
    fewer, more = binomial_tails(Fraction(x), a + b - 1, a)
    area = beta_area(x, float(a), float(b))
    assert near(area.lower, more)
    assert near(area.upper, fewer)


# x, shape, P, Q: computed with mpmath at 50 digits.
@pytest.mark.parametrize(
    ("x", "shape", "lower", "upper"),
    [
        (1e-300, 0.001, "0.50147619801088660306", "0.49852380198911339694"),
        (0.5, 0.001, "0.99943993334352925011", "0.00056006665647074988868"),
        (3.0, 0.001, "0.99998692686019878626", "0.000013073139801213742569"),
        (30.0, 0.001, "0.99999999999999999697", "3.0336895065899309139e-18"),
        (0.25, 0.5, "0.52049987781304653768", "0.47950012218695346232"),
        (0.001, 2.5, "9.5085345986079498136e-9", "0.99999999049146540139"),
        (40.0, 2.5, "0.99999999999999916082", "8.3918251148316100895e-16"),
        (19500.0, 20000.5, "0.00018080593651834719725", "0.9998191940634816528"),
        (20500.0, 20000.5, "0.99977197457177722528", "0.00022802542822277472013"),
        (998000.0, 1e6, "0.022696114006736802806", "0.97730388599326319719"),
        (1005000.0, 1e6, "0.99999970125098598854", "2.9874901401146348544e-7"),
        (1e12 - 1e6, 1e12, "0.15865525393141672293", "0.84134474606858327707"),
        (1e12 + 2e6, 1e12, "0.97724981406088127512", "0.022750185939118724885"),
        (1e12 - 2e7, 1e12, "2.7462909290344113522e-89", "1"),
    ],
)
def test_the_incomplete_gamma_function_is_right_from_tiny_to_huge_shapes(x, shape, lower, upper):
    area = gamma_area(x, shape)
    assert near(area.lower, lower, 2e-12)
    assert near(area.upper, upper, 2e-12)


# x, a, b, I_x(a, b) and the rest to 1: computed with mpmath at 50 digits.
@pytest.mark.parametrize(
    ("x", "a", "b", "lower", "upper"),
    [
        (0.3, 0.001, 0.001, "0.4995769621396764663", "0.5004230378603235337"),
        (0.9, 0.001, 5.0, "0.99999999781331684675", "2.186683153249227451e-9"),
        (1e-9, 0.001, 1e6, "0.99368764621350517955", "0.0063123537864948204486"),
        (0.05, 0.5, 7.5, "0.61171409884410775148", "0.38828590115589224852"),
        (0.999, 7.5, 0.5, "0.90410138275496999969", "0.095898617245030000312"),
        (0.25, 3e4, 8.9e4, "0.04736166130542200307", "0.95263833869457799693"),
        (0.5, 1e6, 997000.0, "0.01688053087341966104", "0.98311946912658033896"),
        (0.0999995, 1e11, 9e11, "0.047790195075577319369", "0.95220980492442268063"),
        (0.5000001, 1e12, 1e12, "0.61135129454816269102", "0.38864870545183730898"),
        (0.49999999, 1e12, 1e12, "0.48871771266001585116", "0.51128228733998414884"),
        (0.49999, 1e12 + 0.5, 1e12, "2.697905574707798498e-176", "1"),
    ],
)
def test_the_incomplete_beta_function_is_right_from_tiny_to_huge_parameters(x, a, b, lower, upper):
    area = beta_area(x, a, b)
    assert near(area.lower, lower, 2e-12)
    assert near(area.upper, upper, 2e-12)


@pytest.mark.parametrize("n", [1, 2, 7, 15, 16, 17, 100, 1000])
def test_the_error_of_stirlings_formula_is_that_of_the_factorial(n):
    with localcontext(prec=60):
        # 2 pi = 6.283..., NIST DLMF 3.12.1
        turn = Decimal("6.283185307179586476925286766559005768394338798750211641949889")
        formula = (turn * n).sqrt() * (n / Decimal(1).exp()) ** n
        exact = (Decimal(math.factorial(n)) / formula).ln()
    assert abs(Decimal(stirling_error(float(n))) - exact) < Decimal("2e-14")


@pytest.mark.parametrize("t", [-0.9, -0.4, -0.39, -1e-9, 1e-12, 0.01, 0.4, 0.41, 3.0])
def test_a_logarithm_less_its_first_term_keeps_its_digits(t):
    with localcontext(prec=60):
        share = Decimal(t)
        series = sum((-((-share) ** k) / k for k in range(2, 60)), Decimal(0))
        exact = (1 + share).ln() - share if abs(t) > 0.1 else series
    assert near(-log1p_less(t), -exact, 1e-15)


def test_nothing_lies_below_the_end_of_what_is_possible():
    assert gamma_area(0.0, 3.0)[:2] == beta_area(0.0, 3.0, 4.0)[:2] == (0, 1)


def test_everything_lies_below_the_other_end():
    assert gamma_area(math.inf, 3.0)[:2] == beta_area(1.0, 3.0, 4.0)[:2] == (1, 0)


def test_what_is_too_small_for_a_double_is_zero():
    assert gamma_area(1.0, 1e6)[:2] == beta_area(1e-5, 1e6, 1e6)[:2] == (0, 1)


@given(shape=SIZES, distance=DISTANCES)
def test_one_more_event_takes_its_single_probability_off_a_gamma_tail(shape, distance):
    x = shape * math.exp(distance / math.sqrt(shape + 1))
    area, more = gamma_area(x, shape), gamma_area(x, shape + 1)
    # P(a, x) = P(a + 1, x) + x^a e^-x / gamma(a + 1), NIST DLMF 8.8.5
    assert area.lower == pytest.approx(more.lower + area.density / shape, rel=1e-11)
    assert more.upper == pytest.approx(area.upper + area.density / shape, rel=1e-11)


@given(a=SIZES, b=SIZES, distance=DISTANCES)
def test_one_more_success_takes_its_single_probability_off_a_beta_tail(a, b, distance):
    odds = a / b * math.exp(distance * math.sqrt(1 / (a + 1) + 1 / (b + 1)))
    x, rest = odds / (1 + odds), 1 / (1 + odds)
    area, more = beta_area(x, a, b, rest=rest), beta_area(x, a + 1, b, rest=rest)
    # I_x(a, b) = I_x(a + 1, b) + x^a y^b / (a B(a, b)), NIST DLMF 8.17.20
    assert area.lower == pytest.approx(more.lower + area.density / a, rel=1e-11)


@given(a=SIZES, b=SIZES, x=st.floats(0, 1))
def test_the_tails_of_a_beta_area_change_places_with_its_parameters(a, b, x):
    area, mirrored = beta_area(x, a, b), beta_area(1 - x, b, a, rest=x)
    assert area.lower + mirrored.lower == pytest.approx(1, abs=1e-12)
    assert area.upper == pytest.approx(mirrored.lower, rel=1e-11)


@given(shape=SIZES, points=st.lists(st.floats(0.01, 3), min_size=2, max_size=6))
def test_more_lies_below_a_point_further_up(shape, points):
    lower = [gamma_area(shape * point, shape).lower for point in sorted(points)]
    assert all(b >= a - 1e-13 * a for a, b in pairwise(lower))


@given(
    x=st.floats(0, 1e308),
    shape=st.floats(1e-6, 1e15),
    a=st.floats(1e-6, 1e15),
    b=st.floats(1e-6, 1e15),
)
def test_an_area_is_always_a_probability(x, shape, a, b):
    areas = gamma_area(x, shape), beta_area(min(x, 1.0), a, b)
    assert all(0 <= tail <= 1 for area in areas for tail in area[:2])


def test_the_integral_takes_over_from_the_fraction_without_a_step():
    below, above = math.nextafter(INTEGRATE_FROM, 0), INTEGRATE_FROM
    for x in (9700.0, 9999.0, 10400.0):
        fraction, integral = gamma_area(x, below), gamma_area(x, above)
        assert fraction.lower == pytest.approx(integral.lower, rel=1e-12)
        assert fraction.upper == pytest.approx(integral.upper, rel=1e-12)

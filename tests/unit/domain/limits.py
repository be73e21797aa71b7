"""Numbers and limits as the tests of intervals write and compare them."""

from decimal import Decimal
from fractions import Fraction

from tracker.domain.rates import Interval


def decimals(*numbers: str | int) -> tuple[Decimal, ...]:
    return tuple(Decimal(number) for number in numbers)


def bounds(interval: Interval | None) -> tuple[Decimal, Decimal]:
    assert interval is not None
    assert interval.lower is not None
    assert interval.upper is not None
    return interval.lower, interval.upper


def printed(interval: Interval | None, places: int) -> tuple[float, ...]:
    return tuple(float(round(bound, places)) for bound in bounds(interval))


def near(got: Decimal, wanted: Fraction | Decimal | float, share: float = 1e-12) -> bool:
    exact = Fraction(wanted)
    return abs(Fraction(got) - exact) <= share * abs(exact)
